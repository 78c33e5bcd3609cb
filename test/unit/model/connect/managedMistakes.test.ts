import { readFileSync } from "node:fs";
import { int32, uuid } from "../../../../model/columnTypes.ts";
import {
  managedDifferences,
  managedMistakes,
  managedPasswordMistake,
} from "../../../../model/connect/managedMistakes.ts";
import type { Source } from "../../../../model/graph.ts";
import type { SourceDeclaration } from "../../../../model/pipeline.ts";
import { sourceOf } from "../declarations.ts";

const shopOf = (kind: SourceDeclaration["kind"], type = int32): Source => {
  const prefix = kind === "sqlServer" || kind === "postgres" ? "s." : "";
  const tables = { [`${prefix}t`]: { kind: "facts" as const, key: "id", columns: { id: type } } };
  return sourceOf("shop", { kind, database: "demo", tables });
};
const database = { host: "db.example.com", tls: "verify" as const, ca: "" };
const or = "or let workers of your own run the connector (connect.placement: ec2 or onPremises)";

it.each([
  ["sqlServer", { tls: "trust" }],
  ["sqlServer", { tls: "off" }],
  ["mySql", {}],
  ["mariaDb", {}],
  ["postgres", { ca: "PEM" }],
  ["postgres", { tls: "trust" }],
] as const)("%s with %j is what Confluent's connector can do", (kind, change) => {
  expect(managedMistakes(shopOf(kind), { ...database, ...change })).toEqual([]);
});

it("SQL Server's certificate cannot be checked", () => {
  expect(managedMistakes(shopOf("sqlServer"), database)).toEqual([
    {
      key: "tls",
      text: `Confluent's connector for SQL Server encrypts the connection but believes any certificate. Write trust if that will do, as over a private link, ${or}.`,
    },
  ]);
});

it("Postgres needs the authority's certificate", () => {
  expect(managedMistakes(shopOf("postgres"), database)).toEqual([
    {
      key: "ca",
      text: `Confluent's connector for PostgreSQL knows no public authorities: it checks a certificate only against one that is given. Write the authority's certificate, ${or}.`,
    },
  ]);
});

it.each([
  ["mySql", "MySQL"],
  ["mariaDb", "MariaDB"],
] as const)("%s cannot have an authority of its own", (kind, title) => {
  expect(managedMistakes(shopOf(kind), { ...database, ca: "PEM" })).toEqual([
    {
      key: "ca",
      text: `Confluent's connector for ${title} takes an authority of one's own only as a Java trust store, which the stack does not make. Use a certificate that a public authority signed, ${or}.`,
    },
  ]);
});

it.each(["localhost", "LOCALHOST", "127.0.0.1", "127.1", "::1"])("%s is not the user's machine", (host) => {
  expect(managedMistakes(shopOf("mySql"), { ...database, host })).toEqual([
    {
      key: "host",
      text: `${host} is Confluent's own machine to its connectors. Write a name that the internet or your private link knows, ${or}.`,
    },
  ]);
});

it.each(["10.0.0.5", "localhost.example.com", "db-127.example.com"])("%s may be reached", (host) => {
  expect(managedMistakes(shopOf("mySql"), { ...database, host })).toEqual([]);
});

describe("settings", () => {
  const mistakesOf = (kind: SourceDeclaration["kind"], name: string) =>
    managedMistakes(shopOf(kind), { ...database, tls: "trust" }, { [name]: "1" });

  it("that Confluent's connector has are taken", () => {
    expect(mistakesOf("mySql", "max.batch.size")).toEqual([]);
    expect(mistakesOf("mySql", "gtid.source.includes")).toEqual([]);
    expect(mistakesOf("mySql", "transforms.mask.type")).toEqual([]);
  });

  it("that it would pass over are refused, with the nearest that it has", () => {
    expect(mistakesOf("sqlServer", "gtid.source.includes")).toEqual([
      {
        key: "settings",
        text: `SqlServerCdcSourceV2 has no gtid.source.includes and would not look at it. Take it out, ${or}.`,
      },
    ]);
    expect(mistakesOf("mariaDb", "max.batch.sizes")[0]?.text).toBe(
      `MariaDbCdcSource has no max.batch.sizes and would not look at it. Write max.batch.size, take it out, ${or}.`,
    );
  });

  it("that are secrets are refused: settings are shown to everybody", () => {
    expect(mistakesOf("postgres", "database.sslkey")).toEqual([
      { key: "settings", text: "database.sslkey is a secret, and settings are none. Take it out." },
    ]);
  });
});

it("a uuid of Postgres as a key is refused, since nothing joins with it", () => {
  expect(managedMistakes(shopOf("postgres", uuid), { ...database, ca: "PEM" })).toEqual([
    {
      key: "tables",
      text: `s.t: Confluent's connector marks the key id as a uuid in its schema, and joins on it would find nothing. Choose another key, ${or}.`,
    },
  ]);
  expect(managedMistakes(shopOf("mySql", uuid), database)).toEqual([]);
});

it("a backslash in a password is refused, and the password not said", () => {
  expect(managedPasswordMistake("pass\\word")).toBe(
    `Confluent's connectors take no \\ in a password. Give the database's user another one, ${or}.`,
  );
  expect(managedPasswordMistake('p"$;{}/ß')).toBeUndefined();
});

it("what differs from workers of our own is said once each, and in the docs", () => {
  const docs = readFileSync("docs/connect.md", "utf8").replace(/\s+/g, " ");
  expect(new Set(managedDifferences).size).toBe(managedDifferences.length);
  expect(managedDifferences.filter((text) => !docs.includes(`- ${text} `))).toEqual([]);
});
