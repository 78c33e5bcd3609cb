import * as fc from "fast-check";
import { int32, text, type SourceKind } from "../../../../model/columnTypes.ts";
import { derivedServerId, sourceConnector, type SourceSettings } from "../../../../model/connect/sourceConnector.ts";
import { declaredGraph } from "../../../../model/graph.ts";
import { changeColumnNames } from "../../../../model/changeColumns.ts";
import type { TableDeclaration } from "../../../../model/pipeline.ts";
import { anyDeclaration } from "../declarations.ts";
import { rendered } from "./rendered.ts";
import { shop, shopSettings } from "./shop.ts";

const kinds: readonly SourceKind[] = ["sqlServer", "mySql", "mariaDb", "postgres"];
const [withSchemas, withoutSchemas] = [["sqlServer", "postgres"] as const, ["mySql", "mariaDb"] as const];

describe("the connector of a source", () => {
  it.each(kinds)("is rendered whole: %s", (kind) => {
    expect(sourceConnector(shop(kind), shopSettings)).toEqual(rendered[kind]);
  });

  it.each(kinds)("is sorted by key, for a diff that can be read: %s", (kind) => {
    const keys = Object.keys(sourceConnector(shop(kind), shopSettings));
    expect(keys).toEqual(keys.toSorted());
  });

  it.each(kinds)("stays the same in whatever order tables are declared: %s", (kind) => {
    const source = shop(kind);
    const reversed = { ...source, tables: source.tables.toReversed() };
    expect(sourceConnector(reversed, shopSettings)).toEqual(rendered[kind]);
  });

  it.each(kinds)("differs only in lists and patterns when a table comes that is like another: %s", (kind) => {
    const order: TableDeclaration = { kind: "facts", key: "id", columns: { id: int32, note: text(9) } };
    const before = sourceConnector(shop(kind, { b: order }), shopSettings);
    const after = sourceConnector(shop(kind, { a: order, b: order }), shopSettings);
    expect(Object.keys(after)).toEqual(Object.keys(before));
    expect(Object.keys(after).filter((key) => after[key] !== before[key])).toEqual([
      "column.include.list",
      "message.key.columns",
      "predicates.facts.pattern",
      "predicates.key_id.pattern",
      ...(kind === "postgres" ? [] : ["predicates.route.pattern"]),
      "table.include.list",
    ]);
  });

  it("says of no transform that has nothing to do", () => {
    const config = sourceConnector(
      shop("postgres", {
        currencies: { kind: "entity", key: ["code", "day"], columns: { code: text(3), day: int32 } },
      }),
      shopSettings,
    );
    expect(config.transforms).toBe("signals,entity");
  });

  it("lets two swapped columns swap their names", () => {
    const swapped: TableDeclaration = {
      kind: "facts",
      key: "id",
      columns: { id: int32, a: { type: text(9), as: "b" }, b: { type: text(9), as: "a" } },
    };
    const config = sourceConnector(shop("mySql", { orders: swapped }), shopSettings);
    expect(config["transforms.rename_ORDERS.renames"]).toBe("a:b,b:a");
  });

  it("renames nothing that Debezium itself calls as declared", () => {
    const columns = { "Order Id": { type: int32, as: "Order_Id" }, "2nd": { type: int32, as: "_2nd" } };
    const config = sourceConnector(
      shop("mySql", { orders: { kind: "facts", key: "Order_Id", columns } }),
      shopSettings,
    );
    expect(config.transforms).toBe("signals,facts,key_Order_Id,route");
    expect(config["transforms.key_Order_Id.field"]).toBe("Order_Id");
  });

  it.each(kinds)("obeys the user's own settings: %s", (kind) => {
    const extra = { "max.batch.size": "4096", "snapshot.mode": "no_data" };
    expect(sourceConnector(shop(kind), { ...shopSettings, extra })).toEqual({ ...rendered[kind], ...extra });
  });

  it.each(kinds)("adds only columns that no table may have itself: %s", (kind) => {
    const fields = sourceConnector(shop(kind), shopSettings)["transforms.facts.add.fields"] ?? "";
    const columns = fields.split(",").map((field) => `__${field.replace(".", "_")}`);
    expect(changeColumnNames).toEqual(expect.arrayContaining([...columns, "__deleted"]));
    expect(columns.length).toBeGreaterThan(2);
  });
});

describe("encryption of the way to the database", () => {
  const tlsOf = (kind: SourceKind, tls: SourceSettings["database"]["tls"], hasCa: boolean) => {
    const database = { ...shopSettings.database, tls, hasCa };
    const config = sourceConnector(shop(kind), { ...shopSettings, database });
    return Object.fromEntries(
      Object.entries(config).filter(([key]) => key.startsWith("driver.") || key.startsWith("database.ssl")),
    );
  };
  const store = { "database.ssl.truststore": "/trust/shop.p12", "database.ssl.truststore.password": "changeit" };

  it.each<[SourceKind, SourceSettings["database"]["tls"], boolean, Record<string, string>]>([
    ["sqlServer", "verify", false, { "driver.encrypt": "true", "driver.trustServerCertificate": "false" }],
    ["sqlServer", "trust", false, { "driver.encrypt": "true", "driver.trustServerCertificate": "true" }],
    ["sqlServer", "trust", true, { "driver.encrypt": "true", "driver.trustServerCertificate": "true" }],
    ["sqlServer", "off", false, { "driver.encrypt": "false", "driver.trustServerCertificate": "false" }],
    ["mySql", "verify", false, { "database.ssl.mode": "verify_identity" }],
    ["mySql", "verify", true, { "database.ssl.mode": "verify_identity", ...store }],
    ["mySql", "trust", true, { "database.ssl.mode": "required" }],
    ["mySql", "off", false, { "database.ssl.mode": "disabled", "driver.allowPublicKeyRetrieval": "true" }],
    ["mariaDb", "verify", false, { "database.ssl.mode": "verify-full" }],
    ["mariaDb", "verify", true, { "database.ssl.mode": "verify-full", ...store }],
    ["mariaDb", "trust", true, { "database.ssl.mode": "trust" }],
    ["mariaDb", "off", false, { "database.ssl.mode": "disable" }],
    [
      "postgres",
      "verify",
      false,
      { "database.sslmode": "verify-full", "database.sslfactory": "org.postgresql.ssl.DefaultJavaSSLFactory" },
    ],
    ["postgres", "verify", true, { "database.sslmode": "verify-full", "database.sslrootcert": "/ca/shop.pem" }],
    ["postgres", "trust", true, { "database.sslmode": "require" }],
    ["postgres", "off", false, { "database.sslmode": "disable" }],
  ])("%s, %s, own authority: %s", (kind, tls, hasCa, config) => {
    expect(tlsOf(kind, tls, hasCa)).toEqual(config);
  });
});

/** What is matched whole, as Debezium and Kafka Connect do; JavaScript has no `(?-i)`, nor needs it. */
const matches = (pattern: string, name: string) =>
  new RegExp(`^(?:${pattern.replace(/^\(\?-i\)/, "")})$`, "u").test(name);
/** As Debezium splits its lists: at each comma that no backslash is before. */
const listed = (config: Record<string, string>, key: string) => (config[key] ?? "").split(/(?<!\\),/);

/** Names of tables and columns, the worst first. No database counts a character outside the BMP as one. */
const anyName = fc
  .string({ unit: fc.constantFrom(...Array.from("aB1_ .,;:|()[]{}^$*+?\\/-'\"é")), minLength: 1, maxLength: 8 })
  .map((name) => name.replaceAll(".", "_"));
const anyTables = fc.uniqueArray(anyName, { minLength: 2, maxLength: 6, selector: (name) => name });

describe("what is captured", () => {
  const tableOf = (index: number): TableDeclaration => ({
    name: `T${index}`,
    kind: "facts",
    key: "id",
    columns: { id: int32 },
  });

  it.each(kinds)("is each declared table and nothing else: %s", (kind) => {
    fc.assert(
      fc.property(anyTables, anyName, ([other = "", ...names], database) => {
        const source = shop(kind, Object.fromEntries(names.map((name, index) => [name, tableOf(index)])));
        const config = sourceConnector(source, { ...shopSettings, database: { ...shopSettings.database, database } });
        const patterns = listed(config, "table.include.list");
        const path = (name: string) =>
          kind === "sqlServer" ? `dbo.${name}` : kind === "postgres" ? `public.${name}` : `${database}.${name}`;
        const isCaptured = (name: string) => patterns.some((pattern) => matches(pattern, path(name)));
        expect(names.filter((name) => !isCaptured(name))).toEqual([]);
        expect(
          [other, `${names.join("")}x`, names.join("|")].filter((name) => !names.includes(name) && isCaptured(name)),
        ).toEqual([]);
        expect(isCaptured("debezium_signal")).toBe(true);
        expect(patterns).toHaveLength(names.length + 1);
      }),
    );
  });

  it.each(kinds)("has each declared column and no other: %s", (kind) => {
    fc.assert(
      fc.property(anyTables, ([other = "", ...names]) => {
        const columns = Object.fromEntries(names.map((name, index) => [name, { type: int32, as: `c${index}` }]));
        const config = sourceConnector(
          shop(kind, { t: { kind: "facts", key: names.slice(0, 2), columns } }),
          shopSettings,
        );
        const table = { sqlServer: "dbo.t", mySql: "My shop-1.t", mariaDb: "My shop-1.t", postgres: "public.t" }[kind];
        const patterns = listed(config, "column.include.list");
        const isCaptured = (name: string) => patterns.some((pattern) => matches(pattern, `${table}.${name}`));
        expect(names.filter((name) => !isCaptured(name))).toEqual([]);
        expect(isCaptured(other)).toBe(false);
        // One table, its columns in the key's order, as Debezium takes it apart.
        const [pattern = "", key = "", ...more] = (config["message.key.columns"] ?? "").split(":");
        expect(more).toEqual([]);
        expect(
          key.split(",").map((column) => names.filter((name) => matches(`${pattern}.${column}`, `${table}.${name}`))),
        ).toEqual(names.slice(0, 2).map((name) => [name]));
      }),
    );
  });
});

describe("what happens to a record on its way to its topic", () => {
  /** What Kafka Connect's chain does to a topic's name, and the transforms that see the record. */
  const travel = (config: Record<string, string>, topic: string) => {
    const seen: string[] = [];
    for (const name of (config.transforms ?? "").split(",")) {
      if (matches(config[`predicates.${config[`transforms.${name}.predicate`] ?? ""}.pattern`] ?? "", topic)) {
        seen.push(name);
        const { [`transforms.${name}.regex`]: regex, [`transforms.${name}.replacement`]: replacement } = config;
        topic = regex === undefined ? topic : topic.replace(new RegExp(`^${regex}$`), replacement ?? "");
      }
    }
    return { seen, topic };
  };
  const debeziumTopic = (kind: SourceKind, source: string, database: string, path: string) =>
    [source, ...(kind === "postgres" ? [] : [database]), path].join(".").replace(/[^\w.-]/g, "_");

  it("ends in the declared topic, with its key bare if it is one column", () => {
    fc.assert(
      fc.property(anyDeclaration, anyName, (declaration, database) => {
        for (const source of declaredGraph(declaration).sources) {
          const config = sourceConnector(source, { ...shopSettings, database: { ...shopSettings.database, database } });
          for (const table of source.tables) {
            const { seen, topic } = travel(config, debeziumTopic(source.kind, source.name, database, table.path));
            expect(topic).toBe(table.topic);
            expect(seen).toEqual([
              table.kind,
              ...(table.key.length === 1 ? [`key_${table.key.join()}`] : []),
              ...(source.kind === "postgres" ? [] : ["route"]),
            ]);
          }
        }
      }),
    );
  });

  it.each(kinds)("leaves alone what is no row of a declared table: %s", (kind) => {
    const config = sourceConnector(shop(kind), shopSettings);
    const others = ["_heartbeat.shop", "shop", "shop.message", "shop.transaction", "shopXMy_shop-1Xcustomers"];
    expect(others.map((topic) => travel(config, topic))).toEqual(others.map((topic) => ({ seen: [], topic })));
  });

  it.each([
    ...withSchemas.map((kind) => [kind, kind === "postgres" ? "shop.public" : "shop.My_shop-1.dbo"] as const),
    ...withoutSchemas.map((kind) => [kind, "shop.My_shop-1"] as const),
  ])("drops signals, which have no topic: %s", (kind, prefix) => {
    const config = sourceConnector(shop(kind), shopSettings);
    const { seen } = travel(config, `${prefix}.debezium_signal`);
    expect(seen).toEqual(["signals"]);
    expect(config["transforms.signals.type"]).toBe("org.apache.kafka.connect.transforms.Filter");
  });
});

describe("the derived number of a replica", () => {
  it("never changes, or a running connector would be another replica", () => {
    expect([derivedServerId("dev", "mysql"), derivedServerId("prod", "mysql")]).toEqual([2_331_209_462, 3_808_677_692]);
  });

  it("is legal, and no number that a person would give", () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (stack, source) => {
        const id = derivedServerId(stack, source);
        expect(Number.isInteger(id) && id >= 2 ** 31 && id <= 2 ** 32 - 1).toBe(true);
      }),
    );
  });

  it("is another for each of many stacks and sources", () => {
    const names = Array.from({ length: 40 }, (_, index) => `s${index}`);
    const ids = names.flatMap((stack) => names.map((source) => derivedServerId(stack, source)));
    expect(new Set(ids).size).toBe(1600);
  });
});
