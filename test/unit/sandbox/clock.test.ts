import { criticalPath, duration } from "../../../sandbox/clock.ts";
import type { StateResource } from "../../../sandbox/engine/engine.ts";

const resource = (name: string, dependencies: string[] = [], parent?: string): StateResource => ({
  urn: `u::${name}`,
  type: "t",
  dependencies: dependencies.map((dependency) => `u::${dependency}`),
  ...(parent === undefined ? {} : { parent: `u::${parent}` }),
});
const took = (name: string, seconds: number) => ({ operation: "create" as const, urn: `u::${name}`, seconds });

describe("the virtual clock", () => {
  // cluster -> binding -> key -> topic, and an account beside it
  const resources = [
    resource("component"),
    resource("cluster", [], "component"),
    resource("binding", ["cluster"], "component"),
    resource("key", ["binding"], "component"),
    resource("topic", ["key"], "component"),
    resource("account", [], "component"),
  ];
  const done = [took("cluster", 300), took("binding", 90), took("key", 30), took("topic", 10), took("account", 400)];

  it("finds a statement by what it makes", () => {
    const statement = { ...resource("streams-LARGE", ["topic"]), type: "dataplane:ksqldb:Statement", id: "LARGE" };
    const told = { operation: "create" as const, urn: "dataplane:ksqldb:Statement::LARGE", seconds: 2 };
    expect(criticalPath([took("topic", 10), told], [...resources, statement], "up")).toEqual({
      seconds: 12,
      chain: [
        { name: "topic", seconds: 10 },
        { name: "streams-LARGE", seconds: 2 },
      ],
    });
  });

  it("adds up the longest chain, not everything", () => {
    expect(criticalPath(done, resources, "up")).toEqual({
      seconds: 430,
      chain: [
        { name: "cluster", seconds: 300 },
        { name: "binding", seconds: 90 },
        { name: "key", seconds: 30 },
        { name: "topic", seconds: 10 },
      ],
    });
  });

  it("walks backwards when things are taken down", () => {
    expect(criticalPath(done, resources, "destroy").chain.map(({ name }) => name)).toEqual([
      "topic",
      "key",
      "binding",
      "cluster",
    ]);
  });

  it("counts only what was done", () => {
    expect(criticalPath([took("topic", 10)], resources, "up")).toEqual({
      seconds: 10,
      chain: [{ name: "topic", seconds: 10 }],
    });
    expect(criticalPath([], resources, "up")).toEqual({ seconds: 0, chain: [] });
    expect(criticalPath([], [], "up")).toEqual({ seconds: 0, chain: [] });
  });

  it("reads as people say it", () => {
    expect([0, 59, 60, 462].map(duration)).toEqual(["0 s", "59 s", "1 min 0 s", "7 min 42 s"]);
  });
});
