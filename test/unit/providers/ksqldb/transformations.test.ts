import { readdirSync, readFileSync } from "node:fs";
import { planOf } from "../../../../model/ksql/change/statementPlan.ts";
import { checkKsql } from "../../../../model/ksql/check.ts";
import { sourceStatement } from "../../../../model/ksql/sources.ts";
import { isError, mistakeText } from "../../../../model/ksql/statement.ts";
import type { StatementProperties, StatementState } from "../../../../providers/ksqldb/properties.ts";
import { TopicsInMemory } from "../../../../sandbox/ksqldb/state.ts";
import { sourceRelations } from "../../../../tools/streams/tables.ts";
import { Lab, stopLabs } from "./lab.ts";

afterAll(stopLabs);

describe("every transformation of the pipeline", () => {
  const sources = sourceRelations(3).map((relation) => ({
    file: `${relation.name} in pipeline.ts`,
    text: sourceStatement(relation),
  }));
  const files = readdirSync("sql/ksqldb").map((name) => ({
    file: `sql/ksqldb/${name}`,
    text: readFileSync(`sql/ksqldb/${name}`, "utf8"),
  }));
  const topics = new TopicsInMemory(Object.fromEntries(sourceRelations(3).map(({ topic }) => [topic, 3])));
  const { statements, mistakes } = checkKsql([...sources, ...files], { topics: topics.all });
  const states: StatementState[] = [];
  let lab: Lab;

  const inputsOf = (statement: (typeof statements)[number]): StatementProperties => ({
    endpoint: lab.endpoint,
    key: "KEY",
    secret: "secret",
    file: statement.file,
    sql: statement.normal,
    plan: planOf(statement),
    reads: {},
    onReplacement: "delete topic",
    reprocess: "from beginning",
    deleteTopic: statement.kind !== "createSource",
  });

  it("is taken by the simulated server", async () => {
    expect(mistakes.filter(isError).map(mistakeText)).toEqual([]);
    lab = await Lab.start([], { topics });
    for (const statement of statements) {
      states.push((await lab.create(inputsOf(statement))) as unknown as StatementState);
    }
    expect(lab.has()).toHaveLength(sources.length + files.length);
  });

  it("is as it was made when it is read, and found when it is made a second time", async () => {
    const sent = lab.server.commands.length;
    for (const [index, statement] of statements.entries()) {
      expect(await lab.read(states[index] ?? inputsOf(statement))).toEqual(states[index]);
      // The state of a run that was cut knows nothing, and of a newer server the words.
      expect(await lab.create(inputsOf(statement))).toMatchObject({ queryId: states[index]?.queryId });
      const inOtherWords = { ...states[index], statement: "" } as StatementState;
      expect(await lab.read(inOtherWords)).toEqual(inOtherWords);
    }
    expect(lab.server.commands).toHaveLength(sent);
  });

  it("goes, and leaves the sources' topics", async () => {
    for (const state of states.toReversed()) {
      await lab.delete(state);
    }
    expect([lab.has(), lab.queries()]).toEqual([[], []]);
    expect(topics.names()).toEqual(
      sourceRelations(3)
        .map(({ topic }) => topic)
        .sort(),
    );
  });
});
