import * as fc from "fast-check";
import { date, decimal, int32, int64, text, timestamp, uuid } from "../../../../model/columnTypes.ts";
import { declaredGraph } from "../../../../model/graph.ts";
import { checkKsql } from "../../../../model/ksql/check.ts";
import { sourceRelation, sourceStatement } from "../../../../model/ksql/sources.ts";
import type { PipelineDeclaration, SourceDeclaration, TableDeclaration } from "../../../../model/pipeline.ts";
import { anyDeclaration } from "../declarations.ts";

function statementsOf(tables: SourceDeclaration["tables"]): string[] {
  const declaration: PipelineDeclaration = {
    sources: { shop: { kind: "sqlServer", database: "shop", tables } },
    transformations: {},
    targets: {},
    consumers: {},
  };
  return declaredGraph(declaration).tables.map((table) => sourceStatement(sourceRelation(table)));
}

const orders: TableDeclaration = {
  kind: "facts",
  key: "order_id",
  columns: { item: text(50), order_id: int32, total: decimal(5, 2), placed: timestamp(3), day: date },
};

describe("the statement that declares a table", () => {
  it("of facts is a stream, the key first and not in the value", () => {
    expect(statementsOf({ "dbo.ORDERS": { ...orders, eventTime: "placed" } })).toEqual([
      `CREATE STREAM ORDERS (
  ORDER_ID INTEGER KEY,
  ITEM STRING,
  TOTAL DECIMAL(5,2),
  PLACED TIMESTAMP,
  DAY DATE,
  __OP STRING,
  __SOURCE_TS_MS BIGINT,
  __DELETED STRING
) WITH (KAFKA_TOPIC = 'shop.dbo.ORDERS', FORMAT = 'AVRO', TIMESTAMP = 'PLACED');`,
    ]);
  });

  it("of an entity is a table, with a key of several columns", () => {
    const prices: TableDeclaration = {
      kind: "entity",
      key: ["region", "item"],
      columns: { item: uuid, region: text(2), price: { type: decimal(9, 2), as: "unit_price" } },
      name: "prices",
    };
    expect(statementsOf({ "dbo.PriceList": prices })).toEqual([
      `CREATE TABLE PRICES (
  REGION STRING PRIMARY KEY,
  ITEM STRING PRIMARY KEY,
  UNIT_PRICE DECIMAL(9,2),
  __OP STRING,
  __SOURCE_TS_MS BIGINT,
  __DELETED STRING
) WITH (KAFKA_TOPIC = 'shop.dbo.PriceList', FORMAT = 'AVRO');`,
    ]);
  });

  it("takes the time of the event under the name that topics have for it", () => {
    const renamed = {
      ...orders,
      columns: { ...orders.columns, ms: { type: int64, as: "placed_ms" } },
      eventTime: "ms",
    };
    expect(statementsOf({ "dbo.ORDERS": renamed }).join()).toContain("TIMESTAMP = 'PLACED_MS'");
  });

  it("passes the checks and means the same relation again, whatever is declared", () => {
    fc.assert(
      fc.property(anyDeclaration, (declaration) => {
        for (const table of declaredGraph(declaration).tables) {
          const relation = sourceRelation(table);
          const topics = new Map([[relation.topic, relation.partitions]]);
          const { relations, mistakes } = checkKsql([{ file: "x.sql", text: sourceStatement(relation) }], { topics });
          expect(mistakes).toEqual([]);
          expect(relations.get(relation.name)).toEqual({
            ...relation,
            timestamp: relation.timestamp,
            windowed: undefined,
          });
        }
      }),
    );
  });
});

it("has as many partitions as the table declares, or else the environment", () => {
  const declaration = (partitions: number | undefined): PipelineDeclaration => ({
    sources: {
      shop: {
        kind: "sqlServer",
        database: "shop",
        tables: { "dbo.ORDERS": partitions === undefined ? orders : { ...orders, partitions } },
      },
    },
    transformations: {},
    targets: {},
    consumers: {},
  });
  const partitionsOf = (partitions: number | undefined) =>
    declaredGraph(declaration(partitions)).tables.map((table) => sourceRelation(table, 6).partitions);
  expect([partitionsOf(3), partitionsOf(undefined)]).toEqual([[3], [6]]);
});
