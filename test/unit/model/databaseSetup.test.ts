import { readFileSync } from "node:fs";
import * as path from "node:path";
import * as fc from "fast-check";
import { decimal, int32, text, type SourceKind } from "../../../model/columnTypes.ts";
import type { Source } from "../../../model/graph.ts";
import { databaseSetup, templateOf, type DatabaseSetup, type SetupPart } from "../../../model/sources/databaseSetup.ts";
import { sourceOf } from "./declarations.ts";

const kinds: readonly SourceKind[] = ["sqlServer", "mySql", "mariaDb", "postgres"];
const parts: readonly SetupPart[] = ["enable", "undo"];
const each = kinds.flatMap((kind) => parts.map((part) => [kind, part] as const));
const setup: DatabaseSetup = { stack: "dev", database: "demo", user: "cdc_reader" };

interface Names {
  readonly database: string;
  readonly user: string;
  readonly userHost: string;
  readonly table: string;
  readonly column: string;
}

function shopOf(kind: SourceKind, table = "ORDERS", column = "total"): Source {
  const schema = { sqlServer: "dbo.", postgres: "sales.", mySql: "", mariaDb: "" }[kind];
  const columns = { order_id: int32, [column]: decimal(5, 2) };
  return sourceOf("shop", {
    kind,
    database: "demo",
    tables: {
      [schema + table]: { kind: "facts", key: "order_id", columns },
      [`${schema}ITEMS`]: { kind: "entity", key: "id", columns: { id: int32, name: text(50) } },
    },
  });
}

function templateText(kind: SourceKind, part: SetupPart): string {
  return readFileSync(path.join("sql", "sources", templateOf(kind, part)), "utf8");
}

function scriptOf(kind: SourceKind, part: SetupPart, changed: Partial<DatabaseSetup> = {}): string {
  return databaseSetup(shopOf(kind), { ...setup, ...changed }, templateText(kind, part));
}

/** The statements that change something: neither comments nor checks, each on one line. */
function statementsOf(script: string): string[] {
  return script
    .replace(/^\s*--.*$/gm, "")
    .split(/;\n|^GO$/m)
    .map((statement) => statement.trim().replace(/\s+/g, " "));
}

describe("the scripts", () => {
  it.each(each)("%s, %s: whole, for two tables", (kind, part) => {
    expect(scriptOf(kind, part)).toMatchSnapshot();
  });

  it("names the slot, the publication, the role and the capture instances as the connector has them, by stack", () => {
    expect(statementsOf(scriptOf("postgres", "enable", { stack: "prod" }))).toContain(
      'ALTER PUBLICATION "prod_shop" SET TABLE "sales"."ORDERS", "sales"."ITEMS", "public"."debezium_signal"',
    );
    const sqlServer = statementsOf(scriptOf("sqlServer", "enable", { stack: "prod" })).join("\n");
    expect(sqlServer).toContain(
      "@source_schema = N'dbo', @source_name = N'ORDERS', @capture_instance = N'prod_shop_dbo_ORDERS', " +
        "@captured_column_list = N'[order_id], [total]', @role_name = N'prod_shop', @supports_net_changes = 0",
    );
  });

  it("gives the user the declared tables to read, and no other right on rows", () => {
    const grants = kinds.map((kind) =>
      statementsOf(scriptOf(kind, "enable")).filter((line) => /^GRANT .*(SELECT|INSERT|UPDATE|DELETE|ALL)/.test(line)),
    );
    expect(grants).toEqual([
      [
        "GRANT SELECT ON SCHEMA::cdc TO [dev_shop]",
        "GRANT INSERT ON [dbo].[debezium_signal] TO [dev_shop]",
        "GRANT SELECT ON [dbo].[ORDERS] TO [dev_shop]",
        "GRANT SELECT ON [dbo].[ITEMS] TO [dev_shop]",
        "GRANT SELECT ON [dbo].[debezium_signal] TO [dev_shop]",
      ],
      ...[0, 1].map(() => [
        "GRANT SELECT, INSERT ON `debezium_signal` TO 'cdc_reader'@'%'",
        "GRANT SELECT ON `ORDERS` TO 'cdc_reader'@'%'",
        "GRANT SELECT ON `ITEMS` TO 'cdc_reader'@'%'",
      ]),
      [
        'GRANT SELECT, INSERT ON "public"."debezium_signal" TO "cdc_reader"',
        'GRANT SELECT ON "sales"."ORDERS" TO "cdc_reader"',
        'GRANT SELECT ON "sales"."ITEMS" TO "cdc_reader"',
      ],
    ]);
  });

  it("asks for TLS unless the stack has it off, and for as much time as the connector may be down", () => {
    expect(scriptOf("mySql", "enable")).toContain("' REQUIRE ', 'SSL')");
    expect(scriptOf("mySql", "enable", { tls: false })).toContain("' REQUIRE ', 'NONE')");
    expect(scriptOf("sqlServer", "enable", { outageHours: 24 })).toContain("WHEN retention < 1440");
  });

  it.each(kinds)("%s: MySQL's wildcards in a database's name stand for themselves", (kind) => {
    const script = scriptOf(kind, "enable", { database: "my_shop%" });
    expect(script.includes("GRANT REFERENCES ON `my\\_shop\\%`.* TO")).toBe(kind === "mySql" || kind === "mariaDb");
  });

  it.each(each)("%s, %s: every place is filled, and no password stands in it", (kind, part) => {
    expect(scriptOf(kind, part)).not.toMatch(/:\{|PASSWORD\s*=\s*N?'\w|IDENTIFIED (WITH \w+ )?BY '\w|PASSWORD '\w/);
  });
});

/** Letters that end something in one of the four databases, or in their clients. */
const strange = fc
  .array(
    fc.constantFrom(
      "]",
      "[",
      '"',
      "'",
      "`",
      "\\",
      "$",
      "-",
      "/",
      "*",
      ";",
      ":",
      "{",
      "}",
      "%",
      "_",
      " ",
      "a",
      "é",
      "$$",
      "--",
      "GO",
    ),
    {
      minLength: 1,
      maxLength: 12,
    },
  )
  .map((letters) => letters.join(""));
const anyNames: fc.Arbitrary<Names> = fc.record({
  database: strange,
  user: strange,
  userHost: strange,
  table: strange,
  column: strange,
});

/**
 * A script without what is in quotes and comments, and those texts as the database understands them. Written from each
 * database's lexical rules, not from our way of quoting.
 */
function read(kind: SourceKind, script: string): { skeleton: string; texts: string[] } {
  const backslash = kind === "mySql" || kind === "mariaDb";
  const string = backslash ? /'(?:[^'\\]|''|\\[\s\S])*'/y : /'(?:[^']|'')*'/y;
  const name = {
    sqlServer: /\[(?:[^\]]|\]\])*\]/y,
    postgres: /"(?:[^"]|"")*"/y,
    mySql: /`(?:[^`]|``)*`/y,
    mariaDb: /`(?:[^`]|``)*`/y,
  }[kind];
  const close = { sqlServer: "]", postgres: '"', mySql: "`", mariaDb: "`" }[kind];
  const comment = /--[^\n]*/y;
  const body = kind === "postgres" ? /\$\$[\s\S]*?\$\$/y : /(?!)/y;
  let skeleton = "";
  const texts: string[] = [];
  for (let at = 0; at < script.length;) {
    const token = [comment, body, string, name].flatMap((pattern) => {
      pattern.lastIndex = at;
      return pattern.exec(script)?.[0] ?? [];
    })[0];
    if (token === undefined) {
      skeleton += script.charAt(at);
      at += 1;
      continue;
    }
    at += token.length;
    const inner = token.slice(1, -1);
    if (token.startsWith("'")) {
      skeleton += "'…'";
      texts.push((backslash ? inner.replace(/\\([\s\S])/g, "$1") : inner).replaceAll("''", "'"));
    } else if (token.startsWith("$$")) {
      skeleton += token;
    } else if (!token.startsWith("--")) {
      skeleton += "<…>";
      texts.push(inner.replaceAll(close + close, close));
    }
  }
  return { skeleton, texts };
}

describe("names", () => {
  it.each(each)("%s, %s: whatever letters they have, the statements stay the same", (kind, part) => {
    const template = templateText(kind, part);
    const plain = { database: "demo", user: "reader", userHost: "host", table: "orders", column: "total" };
    const render = ({ table, column, ...changed }: Names) =>
      read(kind, databaseSetup(shopOf(kind, table, column), { ...setup, ...changed }, template));
    const { skeleton } = render(plain);
    fc.assert(
      fc.property(anyNames, (names) => {
        const script = render(names);
        expect(script.skeleton).toBe(skeleton);
        const there = template.includes("{for tables}") ? [names.table] : [];
        expect(script.texts).toEqual(expect.arrayContaining([names.database, names.user, ...there]));
      }),
      { numRuns: 100 },
    );
  });

  it.each(kinds)("%s: a name stands as itself, in the database's quotes and as a literal", (kind) => {
    fc.assert(
      fc.property(strange, (user) => {
        const script = databaseSetup(shopOf(kind), { ...setup, user }, ":{user} :{'user'}");
        const prefix = kind === "sqlServer" ? "<…> N'…'" : "<…> '…'";
        expect(read(kind, script)).toEqual({ skeleton: prefix, texts: [user, user] });
      }),
    );
  });

  it.each(["a\nDROP TABLE x", "a\rGO", "a\0", "a\u2028b"])("%j is refused: it could end a comment", (user) => {
    kinds.forEach((kind) => {
      expect(() => scriptOf(kind, "enable", { user })).toThrow("control character");
    });
  });

  it("with what sqlcmd would replace is refused for SQL Server only", () => {
    expect(() => scriptOf("sqlServer", "enable", { user: "$(HOME)" })).toThrow('"$(HOME)" cannot stand in a script');
    expect(scriptOf("postgres", "enable", { user: "$(HOME)" })).toContain('TO "$(HOME)"');
  });
});

describe("a template", () => {
  const filled = (template: string) => databaseSetup(shopOf("sqlServer"), setup, template);

  it("repeats lists, also lists in lists, and leaves everything else as it is", () => {
    const template = [
      "before :{database}, :{'database'}, :{outageMinutes}",
      "-- :{for tables}",
      "table :{table}, :{'table'} of :{database}",
      "-- :{for columns}",
      "  column :{column}",
      "-- :{end}",
      "-- :{end}",
      "after",
    ].join("\n");
    expect(filled(template).split("\n")).toEqual([
      "before [demo], N'demo', 4320",
      "table [dbo].[ORDERS], N'[dbo].[ORDERS]' of [demo]",
      "  column [order_id]",
      "  column [total]",
      "table [dbo].[ITEMS], N'[dbo].[ITEMS]' of [demo]",
      "  column [id]",
      "  column [name]",
      "after",
    ]);
  });

  it.each([
    ["SELECT :{databse}", "the template asks for databse, which there is not"],
    ["-- :{for views}\n-- :{end}", "the template asks for views, which there is not"],
    ["-- :{for tables}\n-- :{for columns}\n-- :{end}", "the template has no end for -- :{for tables}"],
    ["SELECT :{cdcMark}", "the template has text cdcMark where a name belongs"],
  ])("with a mistake fails: %j", (template, message) => {
    expect(() => filled(template)).toThrow(message);
  });
});
