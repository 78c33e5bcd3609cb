import { recordColumns } from "../lake/columns.ts";

export interface RedshiftEndpoint<Value> {
  /** Host name of the workgroup or cluster. */
  readonly host: Value | string;
  /** 1 to 65535. */
  readonly port: number;
  readonly database: string;
  readonly schema: string;
  readonly user: string;
}

const transforms = "org.apache.kafka.connect.transforms";

/**
 * What Confluent's sink for Redshift is told, besides what every sink is: it adds a row for each record, to a table that is
 * there. It cannot write by key, nor take a row away. `Value`: what a value is that is known only when the stack runs.
 */
export function redshiftSettings<Value>(endpoint: RedshiftEndpoint<Value>): Record<string, Value | string> {
  return {
    "aws.redshift.domain": endpoint.host,
    "aws.redshift.port": String(endpoint.port),
    "aws.redshift.database": endpoint.database,
    "aws.redshift.user": endpoint.user,
    "authentication.method": "Password",
    "table.name.format": `${endpoint.schema}.\${topic}`,
    // An administrator makes the tables, with the declared columns.
    "auto.create": "false",
    "auto.evolve": "false",
    "db.timezone": "UTC",
    ...rowSettings,
  };
}

/** A tombstone is no row; where a record stands tells which version of a row is the last. */
const rowSettings: Readonly<Record<string, string>> = {
  transforms: "tombstones,place",
  "transforms.tombstones.type": `${transforms}.Filter`,
  "transforms.tombstones.predicate": "tombstones",
  predicates: "tombstones",
  "predicates.tombstones.type": `${transforms}.predicates.RecordIsTombstone`,
  "transforms.place.type": `${transforms}.InsertField$Value`,
  ...Object.fromEntries(recordColumns.map(({ name, property }) => [`transforms.place.${property}`, name])),
};
