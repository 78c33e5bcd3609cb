import * as fc from "fast-check";
import { changeColumnNames } from "../../../model/changeColumns.ts";
import {
  collidingNames,
  nameIn,
  refusedName,
  systemTitles,
  type NameKind,
  type NameSystem,
} from "../../../model/names.ts";
import * as reservedWords from "../../../model/reservedWords.ts";

const systems = Object.keys(systemTitles) as readonly NameSystem[];
const kinds: readonly NameKind[] = ["topic", "table", "column"];
const a = (length: number) => "a".repeat(length);

/** Any text at all, and texts that are nearly a reserved or a good name. */
const anyName = fc.oneof(
  fc.string({ unit: "binary" }),
  fc.string({ unit: "grapheme", maxLength: 2000 }),
  fc.string({ unit: fc.constantFrom("_", "a", "Z", "9", ".", "$", "é", " ", "\0", "\ud800", "😀") }),
  fc.constantFrom(...Object.values(reservedWords).flatMap((words) => [...words])),
  fc
    .tuple(
      fc.string({ unit: "grapheme-ascii" }),
      fc.constantFrom(...reservedWords.bigQueryPrefixes, ...changeColumnNames),
    )
    .map(([rest, prefix]) => `${prefix}${rest}`),
  fc.nat({ max: 2000 }).map((length) => "é".repeat(length)),
);

describe("a name as a system stores it", () => {
  it.each<[NameSystem, string, string]>([
    ["ksqlDb", "order_id", "ORDER_ID"],
    ["snowflake", "Orders", "ORDERS"],
    ["glue", "ORDERS_ENRICHED", "orders_enriched"],
    ["redshift", "ORDERS", "orders"],
    ["redshift", "GRÖSSE", "grÖsse"],
    ["bigQuery", "Orders", "Orders"],
    ["kafka", "mssql.dbo.ORDERS", "mssql.dbo.ORDERS"],
    ["sqlServer", "ORDERS", "ORDERS"],
    ["postgres", "Orders", "Orders"],
  ])("%s stores %s as %s", (system, name, stored) => {
    expect(nameIn(system, name)).toBe(stored);
  });
});

describe("a refused name", () => {
  it.each<[NameSystem, NameKind, string, string, string]>([
    ["ksqlDb", "column", "size", "ksqlDB reserves SIZE", "size_"],
    ["ksqlDb", "column", "ROWTIME", "ksqlDB reserves ROWTIME", "ROWTIME_"],
    ["ksqlDb", "column", "windowstart", "ksqlDB reserves WINDOWSTART", "windowstart_"],
    ["ksqlDb", "table", "ORDER-ITEMS", 'ksqlDB takes only letters, digits and _, not "-"', "ORDER_ITEMS"],
    ["ksqlDb", "column", "2nd_name", "ksqlDB takes no name that starts with 2", "_2nd_name"],
    ["avro", "column", "größe", 'Avro takes only letters, digits and _, not "ö"', "gr__e"],
    ["snowflake", "column", "order", "Snowflake reserves ORDER", "order_"],
    ["snowflake", "table", "$TEMP", "Snowflake takes no name that starts with $", "_$TEMP"],
    ["snowflake", "table", a(256), "Snowflake takes at most 255 characters, not 256", a(255)],
    ["snowflake", "column", "record_metadata", "the pipeline adds a column RECORD_METADATA itself", "record_metadata_"],
    ["glue", "column", "DATE", "Athena reserves DATE", "DATE_"],
    ["glue", "column", "first", "Athena reserves FIRST", "first_"],
    ["glue", "column", "hour", "the pipeline adds a column hour itself", "hour_"],
    ["redshift", "column", "Tag", "Redshift reserves TAG", "Tag_"],
    ["redshift", "column", "xmin", "Redshift reserves XMIN", "xmin_"],
    ["redshift", "column", "é".repeat(64), "Redshift takes at most 127 bytes, not 128", "é".repeat(63)],
    [
      "bigQuery",
      "column",
      "_partition_no",
      "BigQuery reserves column names that start with _PARTITION",
      "partition_no",
    ],
    ["bigQuery", "column", "_PARTITION", "BigQuery reserves column names that start with _PARTITION", "PARTITION_"],
    ["bigQuery", "column", a(301), "BigQuery takes at most 300 characters, not 301", a(300)],
    [
      "kafka",
      "topic",
      "mssql.dbo.ORDER ITEMS",
      'Kafka takes only letters, digits, ., _ and -, not " "',
      "mssql.dbo.ORDER_ITEMS",
    ],
    ["kafka", "topic", a(250), "Kafka takes at most 249 characters, not 250", a(249)],
    ["kafka", "topic", "", "Kafka takes no empty name", "unnamed"],
    ["kafka", "topic", "..", "Kafka reserves ..", ".._"],
    ["sqlServer", "table", a(129), "SQL Server takes at most 128 characters, not 129", a(128)],
    ["mySql", "table", a(65), "MySQL takes at most 64 characters, not 65", a(64)],
    ["mariaDb", "column", "ok 😀", 'MariaDB takes only U+0001 to U+FFFF, not "😀"', "ok _"],
    ["postgres", "column", "é".repeat(32), "PostgreSQL takes at most 63 bytes, not 64", "é".repeat(31)],
    ["postgres", "column", "__op", "the pipeline adds a column __op itself", "op"],
  ])("%s, %s %s: %s", (system, kind, name, reason, nearest) => {
    expect(refusedName(system, kind, name)).toEqual({ reason, nearest });
  });

  it.each<[NameSystem, NameKind, string]>([
    ["ksqlDb", "column", "id"],
    ["ksqlDb", "column", "date"],
    ["ksqlDb", "table", "ROWTIME"],
    ["snowflake", "table", "ORDERS_ENRICHED"],
    ["snowflake", "column", "schema"],
    ["glue", "table", "hour"],
    ["glue", "column", "ORDER_TOTAL_USD"],
    ["redshift", "column", "größe"],
    ["bigQuery", "table", "_partition_no"],
    ["bigQuery", "table", a(1024)],
    ["kafka", "topic", "mssql.dbo.ORDERS"],
    ["kafka", "topic", "__op"],
    ["sqlServer", "column", "Order Total (USD)"],
    ["mySql", "column", "order"],
  ])("is not, for %s, %s %s", (system, kind, name) => {
    expect(refusedName(system, kind, name)).toBeUndefined();
  });

  it.each(systems)("is never the nearest one in %s", (system) => {
    fc.assert(
      fc.property(fc.constantFrom(...kinds), anyName, (kind, name) => {
        const refused = refusedName(system, kind, name);
        if (refused !== undefined) {
          expect(refusedName(system, kind, refused.nearest)).toBeUndefined();
        }
      }),
    );
  });

  it.each(systems)("is refused however %s stores it", (system) => {
    fc.assert(
      fc.property(fc.constantFrom(...kinds), anyName, (kind, name) => {
        const stored = nameIn(system, name);
        expect(refusedName(system, kind, stored)?.reason).toBe(refusedName(system, kind, name)?.reason);
      }),
    );
  });

  it.each(systems)("is a column that the pipeline adds, in %s", (system) => {
    const refused = [...changeColumnNames, "__OP"].map((name) => refusedName(system, "column", name)?.nearest);
    expect(refused).toEqual([
      "op",
      "source_ts_ms",
      "deleted",
      "source_commit_lsn",
      "source_change_lsn",
      "source_file",
      "source_pos",
      "source_lsn",
      "OP",
    ]);
  });
});

describe("names that a system cannot tell apart", () => {
  it.each<[NameSystem, string[], string[][]]>([
    ["ksqlDb", ["Orders", "ITEMS", "ORDERS"], [["Orders", "ORDERS"]]],
    ["glue", ["id", "ID", "iD"], [["id", "ID", "iD"]]],
    ["bigQuery", ["id", "ID"], [["id", "ID"]]],
    ["mySql", ["id", "ID"], [["id", "ID"]]],
    ["postgres", ["id", "ID"], []],
    ["avro", ["id", "ID"], []],
    ["kafka", ["shop.a_b", "shop.a.b", "shop.A.b"], [["shop.a_b", "shop.a.b"]]],
    ["snowflake", ["id", "id"], [["id", "id"]]],
    ["snowflake", [], []],
  ])("%s: %j", (system, names, groups) => {
    expect(collidingNames(system, names)).toEqual(groups);
  });

  it.each(systems)("are all in one group each, in %s", (system) => {
    fc.assert(
      fc.property(fc.array(anyName), (names) => {
        const grouped = collidingNames(system, names).flat();
        const alone = names.filter((name) => !grouped.includes(name));
        expect(grouped.length + alone.length).toBe(names.length);
        expect(collidingNames(system, alone)).toEqual([]);
      }),
    );
  });
});

describe("reserved words", () => {
  it.each(Object.entries(reservedWords))("%s are sorted and in upper case", (_, words) => {
    const list = [...words];
    expect(list).toEqual(list.map((word) => word.toUpperCase()).toSorted());
  });
});
