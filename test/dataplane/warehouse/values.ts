import * as fc from "fast-check";
import type { Cell } from "../../../dataplane/engines/snowflake.ts";

/** A value as the connector sends it, and as a query shows it. */
export interface LandedValue {
  readonly landed: string | null;
  readonly shown: Cell;
}

const nothing: LandedValue = { landed: null, shown: null };
const same = (text: string): LandedValue => ({ landed: text, shown: text });

/** What shows how text, times and numbers are mistaken for something else. */
const strange = [
  "",
  " ",
  "NULL",
  "null",
  "true",
  "a",
  "A",
  "ä",
  "a\u0308",
  "ß",
  "👍",
  "'",
  "\\",
  '"',
  "\n",
  "%",
  "0",
  "1.0",
];
/** Hours that some clocks skip or have twice, and the ends of days and years. */
const moments = [
  "2026-03-29T02:30:00.000Z",
  "2026-10-25T02:30:00.000Z",
  "2026-03-08T02:30:00.123Z",
  "1970-01-01T00:00:00.000Z",
  "1969-12-31T23:59:59.999Z",
  "2024-02-29T23:59:59.999Z",
  "9999-12-31T23:59:59.999Z",
];

/** Any value of one of Snowflake's types, as `landingTable` writes it, without NULL. */
export function valueOf(type: string): fc.Arbitrary<LandedValue> {
  const [, name = type, size = "0", scale = "0"] = /^(\w+)(?:\((\d+)(?:,(\d+))?\))?$/.exec(type) ?? [];
  switch (name) {
    case "NUMBER":
      return numberOf(Number(size), Number(scale)).map(same);
    case "VARCHAR":
      return fc
        .oneof(fc.constantFrom(...strange), fc.string({ unit: "grapheme", maxLength: 8 }))
        .filter((text) => text.length <= Number(size) && !text.includes("\0"))
        .map(same);
    case "BOOLEAN":
      return fc.boolean().map((value) => ({ landed: String(value), shown: value }));
    case "FLOAT":
      return fc
        .oneof(fc.constantFrom(Number.NaN, Infinity, -Infinity), fc.double({ noNaN: true }))
        .map((value) => value + 0) // no negative zero: it is equal to zero
        .map((value) => ({ landed: String(value), shown: Number.isFinite(value) ? value : String(value) }));
    case "DATE":
      return moment.map((at) => ({ landed: at.replace(/T.*/, "T00:00:00.000Z"), shown: at.replace(/T.*/, "") }));
    case "TIME":
      return moment.map((at) => ({ landed: at.replace(/.*T/, ""), shown: at.slice(11, -1) }));
    case "TIMESTAMP_NTZ":
      return moment.map((at) => ({ landed: at, shown: at.slice(0, -1) }));
    case "BINARY":
      return fc.uint8Array({ maxLength: 6 }).map((bytes) => same(Buffer.from(bytes).toString("hex")));
    default:
      throw new Error(`no values of ${type}`);
  }
}

/** Also NULL, one time in four. */
export function nullable(type: string): fc.Arbitrary<LandedValue> {
  return fc.oneof({ weight: 1, arbitrary: fc.constant(nothing) }, { weight: 3, arbitrary: valueOf(type) });
}

const moment = fc.oneof(
  fc.constantFrom(...moments),
  fc
    .date({ min: new Date("1900-01-01"), max: new Date("9999-12-31"), noInvalidDate: true })
    .map((value) => value.toISOString()),
);

/** All digits that fit, and the greatest. */
function numberOf(precision: number, scale: number): fc.Arbitrary<string> {
  const most = 10n ** BigInt(precision) - 1n;
  return fc.oneof(fc.constantFrom(most, -most, 0n), fc.bigInt({ min: -most, max: most })).map((unscaled) => {
    const digits = String(unscaled < 0n ? -unscaled : unscaled).padStart(scale + 1, "0");
    const point = digits.length - scale;
    return `${unscaled < 0n ? "-" : ""}${digits.slice(0, point)}${scale > 0 ? "." : ""}${digits.slice(point)}`;
  });
}
