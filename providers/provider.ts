import provider from "@pulumi/pulumi/provider/index.js";
import type { Provider } from "@pulumi/pulumi/provider/index.js";
import * as runtime from "@pulumi/pulumi/runtime/index.js";
import { cancel } from "./cancellation.ts";
import { bundle } from "./connect/bundle.ts";
import { connector } from "./connect/connector.ts";
import { managedStatus } from "./connect/managedStatus.ts";
import { internalTopics } from "./ksqldb/internalTopics.ts";
import { statement } from "./ksqldb/statement.ts";
import type { Properties, ResourceKind } from "./resourceKind.ts";

const kinds: Readonly<Record<string, ResourceKind>> = {
  "dataplane:connect:Connector": connector,
  "dataplane:connect:Bundle": bundle,
  "dataplane:connect:ManagedStatus": managedStatus,
  "dataplane:ksqldb:InternalTopics": internalTopics,
  "dataplane:ksqldb:Statement": statement,
};

/** Things of the data plane that no cloud's provider knows: what runs on our own workers. */
const dataplane: Provider = {
  version: "1.0.0",

  check: (urn, _, inputs: Properties) => Promise.resolve({ inputs, failures: kindOf(urn).check?.(inputs) ?? [] }),

  diff(_, urn, before: Properties, after: Properties) {
    const names = [...new Set([...Object.keys(before), ...Object.keys(after)])];
    const kind = kindOf(urn);
    const outputs = Object.keys(kind.outputs?.(before) ?? {});
    const changed = names
      .filter((name) => !outputs.includes(name))
      .filter((name) => canonical(before[name]) !== canonical(after[name]));
    const replaces = kind.replacedBy.filter((name) => changed.includes(name));
    return Promise.resolve({ changes: changed.length > 0, replaces, deleteBeforeReplace: replaces.length > 0 });
  },

  async create(urn, inputs: Properties) {
    const kind = kindOf(urn);
    return { id: await kind.create(inputs), outs: { ...inputs, ...kind.outputs?.(inputs) } };
  },

  async update(_, urn, before: Properties, inputs: Properties) {
    const kind = kindOf(urn);
    await kind.update(before, inputs);
    return { outs: { ...inputs, ...kind.outputs?.(inputs) } };
  },

  async read(id, urn, state: Properties) {
    const now = await kindOf(urn).read(state);
    return now === undefined ? { id: "", props: {}, inputs: {} } : { id, props: now, inputs: now };
  },

  delete: (_, urn, state: Properties) => kindOf(urn).delete(state),

  cancel() {
    cancel();
    return Promise.resolve();
  },
};

function kindOf(urn: string): ResourceKind {
  const type = urn.split("::")[2]?.split("$").at(-1) ?? "";
  const kind = kinds[type];
  if (kind === undefined) {
    throw new Error(`there is no resource type ${type}`);
  }
  return kind;
}

/** Text that is equal for equal values, whatever the order of their keys. */
function canonical(value: unknown): string | undefined {
  const sorted = (_: string, part: unknown): unknown =>
    typeof part === "object" && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part;
  return JSON.stringify(value, sorted);
}

// An engine that was killed cannot end us: nothing would.
const engine = process.ppid;
setInterval(() => {
  if (process.ppid !== engine) {
    process.exit();
  }
}, 500).unref();

// Warnings go to the engine, which gave its address as the last argument: it shows nothing of what a provider prints.
runtime.resetOptions("", "", -1, process.argv.at(-1) ?? "", "", false, "");
await provider.main(dataplane, process.argv.slice(2));
