import { statementFiles } from "../../../../tools/streams/tables.ts";
import { readCaseFiles, type CaseRecord, type NamedCaseFile } from "../../../../tools/streams/cases.ts";
import { knownStatements } from "../../../../tools/streams/catalogue.ts";
import { checkCases } from "../../../../tools/streams/check.ts";
import { lastRows } from "../../../../tools/streams/final.ts";

const statements = knownStatements();
const files = readCaseFiles();

describe("the cases of test/streams", () => {
  it("are there for every statement of sql/ksqldb, and for nothing else", () => {
    expect(files.map(({ statement }) => statement)).toEqual(statementFiles().map(({ file }) => file));
  });

  it("say only what their statements can read and write", () => {
    expect(files.flatMap((file) => checkCases(file, statements))).toEqual([]);
  });

  /** Kinds of events that a statement must be asked about, by what it reads. */
  const all = files.map((file) => {
    const known = statements.get(file.statement);
    const inputs = file.tests.flatMap((test) => test.inputs);
    return { name: file.name, file, known, inputs };
  });

  it.each(all)("$name: has late, duplicate, deleted and keyless events", ({ file, known, inputs }) => {
    const kinds = new Set(known?.reads.map(({ kind }) => kind));
    const tellsDeletions =
      known?.reads.some(({ columns }) => columns.some(({ name }) => name === "__DELETED")) ?? false;
    const isDeleted = ({ value }: CaseRecord) => value?.__DELETED === "true";
    expect({
      late: file.tests.some((test) => isLate(test.inputs)),
      duplicate: file.tests.some(({ inputs: records }) =>
        records.some((one, i) => records.slice(0, i).some(same(one))),
      ),
      deleted: kinds.has("table")
        ? inputs.some(({ value }) => value === null)
        : inputs.some(isDeleted) === tellsDeletions,
      keyless: inputs.some(({ key }) => key === null),
    }).toEqual({ late: true, duplicate: true, deleted: true, keyless: true });
  });

  it.each(all.filter(({ known }) => known?.result.windowed !== undefined))(
    "$name: grows beyond what one total can be",
    ({ file }) => {
      const sums = file.tests.flatMap(({ outputs }) =>
        outputs.map(({ value }) => Number(value?.TURNOVER_USD ?? value?.SPENT_USD ?? 0)),
      );
      expect(Math.max(...sums)).toBeGreaterThan(999.99);
    },
  );

  it("run elsewhere, or say why not", () => {
    const notProven = files.flatMap(({ name, tests }) =>
      tests.filter(({ proof }) => proof !== undefined).map((test) => `${name}: ${test.name}`),
    );
    expect(notProven).toEqual([
      "CUSTOMERS_BY_COMPANY: rows without a key are dropped",
      "CUSTOMERS_CLEAN: a row without a key is dropped",
      "CUSTOMERS_LOYAL: rows without a key are dropped",
      "CUSTOMER_SESSIONS: it also joins a visit that was over: RETENTION keeps it for seven days",
      "ITEM_SALES_HOURLY: where no order has a total the turnover is 0.00, not NULL",
      "ORDERS_ENRICHED: a late order gets the customer as it is now, not as it was then",
      "ORDERS_ENRICHED: a customer's row that comes late, with an older time, replaces the newer one",
      "ORDERS_ENRICHED: a row without a key in the customers' topic is dropped",
      "ORDERS_SHIPPED: a shipment that comes after the hour of grace still finds its order while ksqlDB keeps it",
    ]);
  });
});

function same(one: CaseRecord): (other: CaseRecord) => boolean {
  const text = (record: CaseRecord) => JSON.stringify([record.topic, record.key, record.value]);
  return (other) => text(one) === text(other);
}

function isLate(records: readonly CaseRecord[]): boolean {
  return records.some((one, i) => records.slice(0, i).some((other) => other.timestamp > one.timestamp));
}

describe("checkCases", () => {
  const record: CaseRecord = { topic: "mssql.dbo.ORDERS", key: 1, value: { ORDER_TOTAL_USD: "700.00" }, timestamp: 0 };
  const value = { ORDER_ID: 1, CUSTOMER_ID: null, ORDER_TS: 0, ORDER_TOTAL_USD: "700.00", ITEM: "desk" };
  const written: CaseRecord = { topic: "ORDERS_LARGE", key: 1, value, timestamp: 0 };
  const large = (inputs: readonly unknown[], outputs: readonly unknown[], more: object = {}): NamedCaseFile =>
    ({
      name: "ORDERS_LARGE",
      statement: "sql/ksqldb/ORDERS_LARGE.sql",
      proof: { not: "it is a test" },
      tests: [{ name: "one", inputs, outputs }],
      ...more,
    }) as NamedCaseFile;

  it("takes what the statement reads and writes", () => {
    expect(checkCases(large([record], [written]), statements)).toEqual([]);
  });

  const table: readonly (readonly [string, NamedCaseFile, string])[] = [
    [
      "an unknown topic",
      large([{ ...record, topic: "x" }], []),
      "input 1: nothing is read from x. Write mssql.dbo.ORDERS.",
    ],
    [
      "an unknown column",
      large([record], [{ ...written, value: { ...value, TOTAL: "1" } }]),
      "output 1: there is no column TOTAL in the value. Write ORDER_ID, CUSTOMER_ID, ORDER_TS, ORDER_TOTAL_USD or ITEM.",
    ],
    [
      "a column of the key in an input's value",
      large([{ ...record, value: { ORDER_ID: 1 } }], []),
      "input 1: there is no column ORDER_ID in the value. Write CUSTOMER_ID, ORDER_TS, ORDER_TOTAL_USD, ITEM, __OP, __SOURCE_TS_MS or __DELETED.",
    ],
    [
      "a missing column",
      large([record], [{ ...written, value: { ORDER_ID: 1 } }]),
      "output 1: the value lacks CUSTOMER_ID, ORDER_TS, ORDER_TOTAL_USD and ITEM.",
    ],
    [
      "a decimal as a number",
      large([{ ...record, value: { ORDER_TOTAL_USD: 7 } }], []),
      "input 1: ORDER_TOTAL_USD is 7. Write a DECIMAL(5,2) in quotes, with 2 digits after the point.",
    ],
    [
      "too large a decimal",
      large([{ ...record, value: { ORDER_TOTAL_USD: "1000.00" } }], []),
      'input 1: ORDER_TOTAL_USD is "1000.00". Write a DECIMAL(5,2) in quotes, with 2 digits after the point.',
    ],
    ["another type of key", large([{ ...record, key: "1" }], []), 'input 1: ORDER_ID is "1". Write an INTEGER.'],
    [
      "a time as text",
      large([{ ...record, value: { ORDER_TS: "2026-11-16" } }], []),
      'input 1: ORDER_TS is "2026-11-16". Write a TIMESTAMP in milliseconds since 1970.',
    ],
    [
      "a stream's row that is gone",
      large([{ ...record, value: null }], []),
      "input 1: only a table's row can be gone. Write the row with __DELETED, as the connectors do.",
    ],
    [
      "a window that is none",
      large([record], [{ ...written, window: { start: 0, end: 1, type: "time" } }]),
      "output 1: the window's type is time. Write no window.",
    ],
    [
      "a word of its own",
      large([{ ...record, offset: 3 }], []),
      'input 1: "offset" means nothing here. Write topic, key, value, timestamp, window or comment.',
    ],
    [
      "no time",
      large([{ ...record, timestamp: -1 }], []),
      "input 1: the timestamp is -1. Write milliseconds since 1970.",
    ],
  ];
  it.each(table)("finds %s", (_, file, text) => {
    expect(checkCases(file, statements)).toEqual([`ORDERS_LARGE.json: "one": ${text}`]);
  });

  it("finds a file of another statement, an engine that nobody has, and two cases of one name", () => {
    expect(checkCases(large([], [], { statement: "sql/ksqldb/ORDERS_REGULAR.sql" }), statements)).toEqual([
      "ORDERS_LARGE.json: statement is sql/ksqldb/ORDERS_REGULAR.sql. Write the path of the SQL file with the same name.",
    ]);
    const twice = {
      proof: { engine: "spark", sql: [] },
      tests: ["one", "one"].map((name) => ({ name, inputs: [], outputs: [] })),
    };
    expect(checkCases(large([], [], twice), statements)).toEqual([
      'ORDERS_LARGE.json: proof: engine is spark. Write "flink", or "not" with the reason.',
      'ORDERS_LARGE.json: two cases are called "one".',
    ]);
  });

  it("finds a window that its columns contradict", () => {
    const window = { start: 0, end: 3_600_000, type: "time" };
    const counted = { ITEM: "pen", WINDOW_START: 0, WINDOW_END: 1, ORDERS: 1, TURNOVER_USD: "1.00" };
    const output = { topic: "ITEM_SALES_HOURLY", key: "pen", value: counted, timestamp: 0, window };
    const file = large([], [output], { name: "ITEM_SALES_HOURLY", statement: "sql/ksqldb/ITEM_SALES_HOURLY.sql" });
    expect(checkCases(file, statements)).toEqual([
      'ITEM_SALES_HOURLY.json: "one": output 1: WINDOW_END is 1, and the window says 3600000.',
    ]);
  });
});

test("a table's last rows are by key and window, without what was taken away", () => {
  const record = (key: number, value: number | null, start = 0): CaseRecord => ({
    topic: "T",
    key,
    value: value === null ? null : { X: value },
    timestamp: 0,
    window: { start, end: start + 1, type: "time" },
  });
  expect(lastRows([record(1, 1), record(2, 2), record(1, 3), record(1, 4, 1), record(2, null)])).toEqual([
    record(1, 3),
    record(1, 4, 1),
  ]);
});
