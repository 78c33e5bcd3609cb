import { either } from "./words.ts";

/**
 * What is wrong with addresses that may reach something: each an address or a range (CIDR) of IPv4, and not every one that
 * there is. A sentence; `undefined`: nothing. `instead`: what to write in place of every address, a sentence.
 */
export function addressesMistake(addresses: readonly string[], instead: string): string | undefined {
  const octet = "(25[0-5]|2[0-4]\\d|1?\\d?\\d)";
  const range = new RegExp(`^${octet}(\\.${octet}){3}(/(3[0-2]|[12]?\\d))?$`);
  const strange = addresses.filter((address) => !range.test(address));
  if (strange.length > 0) {
    return `${either(strange.map((address) => `"${address}"`))} is not an address or a range of IPv4. Write one, e.g. 203.0.113.7 or 203.0.113.0/24.`;
  }
  return addresses.some((address) => address.endsWith("/0"))
    ? `it holds every address there is. ${instead}`
    : undefined;
}
