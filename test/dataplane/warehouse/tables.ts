import {
  boolean,
  bytes,
  date,
  decimal,
  float64,
  int32,
  int64,
  text,
  time,
  timestamp,
} from "../../../model/columnTypes.ts";
import type { TableDeclaration } from "../../../model/pipeline.ts";
import { landingTable, type LandingTable } from "../../../model/warehouse/landing.ts";
import { sourceOf } from "../../unit/model/declarations.ts";

const columns: TableDeclaration["columns"] = {
  region: text(20),
  id: int32,
  flag: boolean,
  big: int64,
  whole: decimal(38, 0),
  part: decimal(38, 37),
  ratio: float64,
  day: date,
  hour: time,
  moment: timestamp(3),
  raw: bytes,
  note: text(16_777_216),
};

/** The landing table of an entity that has a column of every type, by this key of them. */
export function everyType(key: readonly string[]): LandingTable {
  const things = { kind: "entity" as const, key, columns };
  const [table] = sourceOf("shop", { kind: "mariaDb", database: "shop", tables: { things } }).tables;
  if (table === undefined) {
    throw new Error("no table");
  }
  return landingTable(table, "mariaDb");
}
