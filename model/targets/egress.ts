import { egressPrices, pricesOf } from "../prices.ts";
import { cloudTitles, type Cloud } from "../regions.ts";
import type { Place } from "./targetKind.ts";

/** What it costs that a target's rows come to rest elsewhere than Kafka runs; `undefined`: they do not, as far as is known. */
export function egressWarning(
  target: string,
  kafka: { readonly cloud: Cloud; readonly region: string },
  { cloud, region, elsewhere }: Place,
): string | undefined {
  const isSameCloud = cloud === kafka.cloud;
  if (isSameCloud && (region === undefined || region === kafka.region)) {
    return undefined;
  }
  const { toRegion, toInternet } = egressPrices[kafka.cloud];
  const price = isSameCloud ? toRegion : toInternet;
  const to = [cloudTitles[cloud], ...(region === undefined ? [] : [region])].join(" ");
  return [
    `target ${target}: its rows go from ${cloudTitles[kafka.cloud]} ${kafka.region}, where Kafka runs, to ${to}: about $${String(price)} for each GB ` +
      `(list price of ${pricesOf}), on the bill of whoever runs the connector.`,
    ...(elsewhere === undefined ? [] : [elsewhere]),
  ].join(" ");
}
