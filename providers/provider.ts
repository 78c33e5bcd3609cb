import * as pulumi from "@pulumi/pulumi";
import provider from "@pulumi/pulumi/provider/index.js";
import type { Provider } from "@pulumi/pulumi/provider/index.js";
import { DependencyResource } from "@pulumi/pulumi/resource.js";
import * as runtime from "@pulumi/pulumi/runtime/index.js";
import { cancel } from "./cancellation.ts";
import { canonical } from "./canonical.ts";
import { bundle } from "./connect/bundle.ts";
import { connector } from "./connect/connector.ts";
import { managedStatus } from "./connect/managedStatus.ts";
import { internalTopics } from "./ksqldb/internalTopics.ts";
import { statement } from "./ksqldb/statement.ts";
import { keyPair } from "./snowflake/keyPair.ts";
import type { KindDifference, Properties, ResourceKind } from "./resourceKind.ts";

const kinds: Readonly<Record<string, ResourceKind>> = {
  "dataplane:connect:Connector": connector,
  "dataplane:connect:Bundle": bundle,
  "dataplane:connect:ManagedStatus": managedStatus,
  "dataplane:ksqldb:Statement": statement,
  "dataplane:ksqldb:InternalTopics": internalTopics,
  "dataplane:snowflake:KeyPair": keyPair,
};

/** Things of the data plane that no cloud's provider knows: what runs on our own workers. */
const dataplane: Provider = {
  version: "1.0.0",

  check: (urn, _, inputs: Properties) => Promise.resolve({ inputs, failures: kindOf(urn).check?.(inputs) ?? [] }),

  async diff(_, urn, before: Properties, after: Properties) {
    const { diff = plainDiff, createsFirst = false } = kindOf(urn);
    const { changes, replaces, words } = await diff(urn, before, after);
    await tell(urn, words);
    return { changes, replaces: [...replaces], deleteBeforeReplace: replaces.length > 0 && !createsFirst };
  },

  async create(urn, inputs: Properties) {
    const made = await kindOf(urn).create(inputs);
    return typeof made === "string"
      ? { id: made, outs: inputs }
      : { id: made.id, outs: { ...inputs, ...made.outputs } };
  },

  async update(_, urn, before: Properties, inputs: Properties) {
    return { outs: { ...inputs, ...(await kindOf(urn).update(before, inputs)) } };
  },

  async read(id, urn, state: Properties) {
    const { read, outputs = [] } = kindOf(urn);
    const now = await read(state);
    if (now === undefined) {
      return { id: "", props: {}, inputs: {} };
    }
    return {
      id,
      props: now,
      inputs: Object.fromEntries(Object.entries(now).filter(([name]) => !outputs.includes(name))),
    };
  },

  delete: (_, urn, state: Properties) => kindOf(urn).delete(state, urn),

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

function plainDiff(urn: string, before: Properties, after: Properties): Promise<KindDifference> {
  const { replacedBy, outputs = [] } = kindOf(urn);
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])].filter((name) => !outputs.includes(name));
  const changed = names.filter((name) => canonical(before[name]) !== canonical(after[name]));
  const replaces = replacedBy.filter((name) => changed.includes(name));
  return Promise.resolve({ changes: changed.length > 0, replaces, words: "" });
}

const told = new Set<string>();

/** Shows words beside the resource, once: the engine may ask for one difference many times. */
async function tell(urn: string, words: string): Promise<void> {
  const line = `${urn} ${words}`;
  if (words !== "" && !told.has(line)) {
    told.add(line);
    await pulumi.log.info(words, new DependencyResource(urn));
  }
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
