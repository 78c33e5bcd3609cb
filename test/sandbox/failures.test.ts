import { readdirSync, readFileSync } from "node:fs";
import type { Operation } from "../../sandbox/cloud/simulated.ts";
import { resourcesBehind, waitsFor } from "../../sandbox/clock.ts";
import type { StateResource } from "../../sandbox/engine/engine.ts";
import { ending, nameOf, TestStack, whatExists, withConsumer } from "./harness.ts";

/** How an undisturbed run goes: what exists after it, and which operations it needs, in groups that are independent. */
interface Undisturbed {
  readonly exists: readonly string[];
  readonly creates: readonly (readonly string[])[];
  readonly deletes: readonly (readonly string[])[];
}

async function undisturbed(): Promise<Undisturbed> {
  const stack = new TestStack();
  try {
    await stack.declare(withConsumer);
    await ending(0, stack.engine.up());
    const resources = await stack.engine.state();
    const created = operationsOf(stack, "create");
    const exists = whatExists(stack.cloud);
    await ending(0, stack.engine.destroy(["--skip-preview"]));
    return {
      exists,
      creates: independentGroups(created, resources),
      deletes: independentGroups(operationsOf(stack, "delete"), resources).reverse(),
    };
  } finally {
    stack.close();
  }
}

function operationsOf({ provider }: TestStack, operation: Operation): string[] {
  return provider.done.filter((done) => done.operation === operation).map(({ urn }) => urn);
}

/** By the number of resources that have to be there before: within a group nothing waits for anything. */
function independentGroups(told: readonly string[], resources: readonly StateResource[]): string[][] {
  const dependencies = waitsFor(resources);
  const resourceOf = resourcesBehind(resources);
  const depths = new Map<string, number>();
  const depthOf = (urn: string): number => {
    const known = depths.get(urn);
    if (known !== undefined) {
      return known;
    }
    const depth = 1 + Math.max(0, ...(dependencies.get(urn) ?? []).map(depthOf));
    depths.set(urn, depth);
    return depth;
  };
  const groups = new Map<number, string[]>();
  for (const urn of told) {
    const depth = depthOf(resourceOf(urn));
    groups.set(depth, [...(groups.get(depth) ?? []), urn]);
  }
  return [...groups].sort(([a], [b]) => a - b).map(([, group]) => group);
}

/** Lets each of these fail at its first try; gives the names of those that did. */
function failingOnce({ provider }: TestStack, operation: Operation, urns: readonly string[]): string[] {
  const failed: string[] = [];
  provider.intervene = (attempted, urn) => {
    if (attempted !== operation || !urns.includes(urn) || failed.includes(nameOf(urn))) {
      return undefined;
    }
    failed.push(nameOf(urn));
    return "fail";
  };
  return failed;
}

describe("every operation fails once", () => {
  let plain: Undisturbed;
  beforeAll(async () => {
    plain = await undisturbed();
  });

  it("covers everything that is made", () => {
    // ksqlDB makes topics of its own, and a sink files.
    const declared = plain.exists.filter(
      (thing) => !/"topicName":"(pksqlc|_confluent-ksql)|^aws:s3:object /.test(thing),
    );
    // A statement that is run in Snowflake is no thing.
    const made = plain.creates.flat().filter((urn) => !urn.includes(":Execute::"));
    expect(made).toHaveLength(declared.length);
    expect(plain.creates.length).toBeGreaterThan(5);
  });

  it("creates: the second up ends where an undisturbed one does", async () => {
    for (const group of plain.creates) {
      const stack = new TestStack();
      try {
        await stack.declare(withConsumer);
        const failed = failingOnce(stack, "create", group);
        const disturbed = await stack.engine.up(["--continue-on-error"]);
        expect(disturbed.code).not.toBe(0);
        expect(disturbed.output).toContain("made to fail by the sandbox");
        expect(failed.sort()).toEqual(group.map(nameOf).sort());
        await ending(0, stack.engine.up());
        expect(whatExists(stack.cloud)).toEqual(plain.exists);
      } finally {
        stack.close();
      }
    }
  }, 900_000);

  it("deletes of destroy: the second destroy leaves nothing", async () => {
    const stack = new TestStack();
    try {
      for (const group of plain.deletes) {
        await stack.declare(withConsumer);
        await ending(0, stack.engine.up());
        const failed = failingOnce(stack, "delete", group);
        const disturbed = await stack.engine.destroy(["--skip-preview", "--continue-on-error"]);
        expect(disturbed.code).not.toBe(0);
        expect(failed.sort()).toEqual(group.map(nameOf).sort());
        await ending(0, stack.engine.destroy(["--skip-preview"]));
        expect(stack.cloud.all()).toEqual([]);
      }
    } finally {
      stack.close();
    }
  }, 900_000);

  it("deletes of an up: the second up ends where an undisturbed one does", async () => {
    const stack = new TestStack();
    try {
      await stack.declare();
      await ending(0, stack.engine.up());
      const without = whatExists(stack.cloud);
      const before = new Set((await stack.engine.state()).map(({ urn }) => urn));
      await stack.declare(withConsumer);
      await ending(0, stack.engine.up());
      const added = (await stack.engine.state()).map(({ urn }) => urn).filter((urn) => !before.has(urn));

      await stack.declare();
      const failed = failingOnce(stack, "delete", added);
      let runs = 0;
      for (let code = 1; code !== 0; runs += 1) {
        expect(runs).toBeLessThan(10);
        ({ code } = await stack.engine.up(["--continue-on-error"]));
      }
      expect(failed.length).toBeGreaterThan(1);
      expect(runs).toBeGreaterThan(1);
      expect(whatExists(stack.cloud)).toEqual(without);
    } finally {
      stack.close();
    }
  });
});

describe("an operation hangs and the user presses Ctrl-C", () => {
  async function interrupted(stack: TestStack, operation: Operation, name: string): Promise<void> {
    let press: () => void = () => undefined;
    const hangs = new Promise<void>((resolve) => (press = resolve));
    stack.provider.intervene = (attempted, urn) => {
      if (attempted !== operation || nameOf(urn) !== name) {
        return undefined;
      }
      press();
      return "hang";
    };
    const options = {
      onStart: (child: { kill(signal: NodeJS.Signals): boolean }) => void hangs.then(() => child.kill("SIGINT")),
    };
    const run = await (operation === "create"
      ? stack.engine.up([], options)
      : stack.engine.destroy(["--skip-preview"], options));
    expect(run.code).not.toBe(0);
    stack.provider.intervene = () => undefined;
  }

  it.each(["kafka-cluster", "topics-mssql.dbo.ORDERS", "connectors-mssql"])(
    "while %s is made: the next up goes on",
    async (name) => {
      const stack = new TestStack("local", { checkpoints: true });
      const plain = new TestStack();
      try {
        await plain.declare();
        await ending(0, plain.engine.up());
        await stack.declare();
        await interrupted(stack, "create", name);
        await ending(0, stack.engine.up());
        expect(whatExists(stack.cloud)).toEqual(whatExists(plain.cloud));
      } finally {
        stack.close();
        plain.close();
      }
    },
  );

  it("while the cluster is deleted: the next destroy leaves nothing", async () => {
    const stack = new TestStack("local", { checkpoints: true });
    try {
      await stack.declare();
      await ending(0, stack.engine.up());
      await interrupted(stack, "delete", "kafka-cluster");
      await ending(0, stack.engine.destroy(["--skip-preview"]));
      expect(stack.cloud.all()).toEqual([]);
    } finally {
      stack.close();
    }
  });
});

describe("the engine is killed outright", () => {
  /** Processes that were started for the stack (Linux). */
  function processesOf(stack: TestStack): string[] {
    return readdirSync("/proc")
      .filter((name) => /^\d+$/.test(name) && name !== String(process.pid))
      .filter((pid) => {
        try {
          return readFileSync(`/proc/${pid}/environ`, "latin1").includes(stack.folder);
        } catch {
          return false; // it has just ended
        }
      });
  }

  it("leaves no process behind", async () => {
    const stack = new TestStack("local", { checkpoints: true });
    try {
      await stack.declare();
      let kill: () => void = () => undefined;
      stack.provider.intervene = (_, urn) => {
        if (nameOf(urn) === "kafka-cluster") {
          kill();
          return "hang";
        }
        return undefined;
      };
      const run = await stack.engine.up([], { onStart: (child) => (kill = () => child.kill("SIGKILL")) });
      expect(run.code).not.toBe(0);
      for (let tries = 0; processesOf(stack).length > 0 && tries < 50; tries += 1) {
        await new Promise((resolve) => setTimeout(resolve, 200));
      }
      expect(processesOf(stack)).toEqual([]);
    } finally {
      stack.close();
    }
  });
});
