import type { Transformation } from "../graph.ts";
import { checkRedshifts, readRedshift, redshiftKeys, type RedshiftConfig } from "../redshift/config.ts";
import { redshiftSetup, redshiftTemplate } from "../redshift/setup.ts";
import { redshiftMistakes, redshiftTable } from "../redshift/table.ts";
import type { TakenTopic } from "./taken.ts";
import type { TargetKind } from "./targetKind.ts";

/** Every record of each topic in a table of Amazon Redshift, with a view of its current state; Confluent's sink adds the rows. */
export const redshift: TargetKind<RedshiftConfig> = {
  title: "Redshift",
  // Text of results has no length, which Redshift has to have: `topicMistakes` knows that, and checks the rest.
  system: undefined,
  connector: "confluent",
  keys: redshiftKeys,
  read: readRedshift,
  checkTogether: checkRedshifts,
  topicMistakes: ({ topic, dataset }) => (isResult(dataset) ? redshiftMistakes(dataset) : [ofATable(topic)]),
  place: ({ host, made }) => ({ cloud: "AWS", region: regionOf(host) ?? made.region }),
  cost:
    "A serverless workgroup takes $0.375 an RPU and hour (us-east-1, 2026-11), by the second and 60 at the least, while queries and rows " +
    "come: 8 RPU $3 an hour, and rows that keep coming keep it awake. Confluent takes its price by task and hour and by GB.",
  setup: ({ target, ...place }, topics, template) =>
    redshiftSetup(target, place, tablesOf(topics), template(redshiftTemplate)),
};

/** Confluent's sink calls a table as its topic is called, and takes what stands before a dot for a schema. */
function ofATable(topic: string): string {
  return `its topic is called ${topic}, and Confluent's sink would look for a schema and a table by its dots. Let the target read a result of sql/ksqldb/ that has these rows.`;
}

function isResult(dataset: TakenTopic["dataset"]): dataset is Transformation {
  return !("path" in dataset);
}

function tablesOf(topics: readonly TakenTopic[]) {
  return topics.flatMap(({ dataset }) => (isResult(dataset) ? [redshiftTable(dataset)] : []));
}

/** `NAME.ACCOUNT.us-east-1.redshift-serverless.amazonaws.com` */
function regionOf(host = ""): string | undefined {
  return /\.([a-z]{2}(?:-[a-z]+)+-\d)\.redshift(?:-serverless)?\.amazonaws\.com$/.exec(host)?.[1];
}
