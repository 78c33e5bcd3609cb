import { readFileSync } from "node:fs";
import { declaredGraph } from "../../../../model/graph.ts";
import { checkPipelineSql } from "../../../../model/ksql/pipelineSql.ts";
import { mistakeText } from "../../../../model/ksql/statement.ts";
import type { PipelineDeclaration } from "../../../../model/pipeline.ts";
import { pipeline } from "../../../../pipeline.ts";

const file = "sql/ksqldb/ORDERS_ENRICHED.sql";
const text = readFileSync(file, "utf8");

function mistakesOf(declaration: PipelineDeclaration, sql = text): string[] {
  const { mistakes } = checkPipelineSql(declaredGraph(declaration), [{ file, text: sql }], { partitions: 6 });
  return mistakes.map(mistakeText);
}

const declaring = (changed: Partial<PipelineDeclaration["transformations"][string]>): PipelineDeclaration => ({
  ...pipeline,
  transformations: { ORDERS_ENRICHED: { reads: ["ORDERS", "CUSTOMERS"], kind: "facts", ...changed } },
});

describe("the declared pipeline and its SQL", () => {
  it("agree", () => {
    expect(mistakesOf(pipeline)).toEqual([]);
  });

  it("must agree on what a statement reads", () => {
    expect(mistakesOf(declaring({ reads: ["ORDERS"] }))).toEqual([
      `${file}:2:1: pipeline.ts says that ORDERS_ENRICHED reads ORDERS, and it reads ORDERS and CUSTOMERS. ` +
        'Write reads: ["ORDERS", "CUSTOMERS"] there.',
    ]);
  });

  it("must agree on what it makes", () => {
    expect(mistakesOf(declaring({ kind: "entity" }))).toEqual([
      `${file}:2:1: pipeline.ts says that ORDERS_ENRICHED is an entity, a table, and this makes a stream. ` +
        'Write kind: "facts" there.',
    ]);
  });

  it("must agree on the columns of tables", () => {
    expect(mistakesOf(pipeline, text.replace("c.city", "c.town"))).toEqual([
      `${file}:12:3: CUSTOMERS has no column TOWN. There are ID, FIRST_NAME, LAST_NAME, BIRTHDATE, EMAIL, COMPANY, ` +
        "STREET_ADDRESS, CITY, COUNTRY, FAV_MOVIE, FAV_COLOUR, FAV_ANIMAL, __OP, __SOURCE_TS_MS and __DELETED. ".trim(),
    ]);
  });

  it("must agree on the partitions of the topic, which the stack makes", () => {
    expect(mistakesOf(pipeline, text.replace("FORMAT =", "PARTITIONS = 3, FORMAT ="))).toEqual([
      `${file}:2:70: The topic ORDERS_ENRICHED has 6 partitions, and the result would have 3. Write PARTITIONS = 6.`,
    ]);
  });
});
