import { managedSinkClasses } from "../../../model/connect/managedSinkClasses.ts";
import { isObject } from "../check.ts";
import { CloudError, type Inventory, type Properties, type Thing } from "../inventory.ts";
import type { SimulatedResource } from "../simulated.ts";
import { hashOf, idOf, moment, newId, types } from "./common.ts";
import { mistakesIn, plugins, secretSettings, sinkNames, type Settings } from "./connectorPlugins.ts";
import { whyNotWritten, writeFiles } from "./s3Sink.ts";
import { mayWith, type TopicRight } from "./topicRights.ts";

/** Seconds, as users of the provider count them: it looks for the first time after three minutes, then once a minute. */
const creation = 360;

const connector: SimulatedResource = {
  computed: ["status"],
  replacedBy: ["environment", "kafkaCluster"],
  seconds: (operation) => (operation === "create" ? creation : moment),
  create: (cloud, inputs) => {
    const settings = settingsOf(inputs);
    const name = nameOf(settings);
    validate(cloud, inputs, settings);
    const isTaken = cloud.find(
      types.connector,
      (other) => idOf(other, "kafkaCluster") === idOf(inputs, "kafkaCluster") && settingsOf(other).name === name,
    );
    if (isTaken !== undefined) {
      throw new CloudError(`error creating Connector "${name}": 409 Conflict: Connector ${name} already exists`);
    }
    const id = newId("lcc");
    const trace = whyFailed(cloud, inputs, settings, id);
    if (trace === undefined) {
      deliver(cloud, settings);
    }
    return {
      id,
      // A status that is asked for at creation is ignored.
      outputs: { status: trace === undefined ? "RUNNING" : "FAILED", configNonsensitive: shown(inputs) },
      hidden: { sensitiveHash: sensitiveHash(inputs), trace, isDedicated: isDedicated(cloud, inputs) },
      ...(trace === undefined ? {} : { problem: notProvisioned(name, trace) }),
    };
  },
  update: (cloud, id, inputs) => {
    const thing = cloud.get(types.connector, id);
    if (thing === undefined || settingsOf(inputs).name !== settingsOf(thing.properties).name) {
      throw new CloudError(`error updating Connector "${id}": "name" attribute cannot be updated`);
    }
    checkStatus(thing, inputs);
    const settings = settingsOf(inputs);
    const mistakes = mistakesIn(settings, isDedicated(cloud, inputs)).map(([, text]) => text);
    const trace = mistakes.length > 0 ? mistakes.join("; ") : whyFailed(cloud, inputs, settings, id);
    if (trace === undefined) {
      deliver(cloud, settings);
    }
    cloud.put({ ...thing, hidden: { ...thing.hidden, sensitiveHash: sensitiveHash(inputs), trace } });
  },
  // The service takes a wrong configuration, says FAILED and goes on with the one before. The provider does not wait.
  recomputed: (thing, inputs) => ({
    status:
      mistakesIn(settingsOf(inputs), thing.hidden?.isDedicated === true).length > 0
        ? "FAILED"
        : (inputs.status ?? restarted(thing)),
    configNonsensitive: shown(inputs),
  }),
};

/** A connector that has failed is tried again with each configuration; one that is paused stays so. */
function restarted(thing: Thing): string {
  const status = statusOf(thing.properties);
  return status === "FAILED" ? "RUNNING" : status;
}

interface InCluster {
  readonly environment: string;
  readonly cluster: string;
}

function called(cloud: Inventory, { environment, cluster }: InCluster, name: string): Thing | undefined {
  return cloud.find(
    types.connector,
    (properties) =>
      idOf(properties, "environment") === environment &&
      idOf(properties, "kafkaCluster") === cluster &&
      settingsOf(properties).name === name,
  );
}

/** Lets a connector that is paused go on. */
export function resume(cloud: Inventory, inCluster: InCluster, name: string): void {
  const thing = called(cloud, inCluster, name);
  if (thing?.properties.status === "PAUSED") {
    cloud.put({ ...thing, properties: { ...thing.properties, status: "RUNNING" } });
  }
}

/** How a connector is, as the service shows it, and why it has failed. */
export function conditionOf(cloud: Inventory, inCluster: InCluster, name: string) {
  const thing = called(cloud, inCluster, name);
  const trace = thing?.hidden?.trace;
  return (
    thing && (typeof trace === "string" ? { state: "FAILED", trace } : { state: statusOf(thing.properties), trace: "" })
  );
}

function nameOf({ name = "" }: Settings): string {
  if (name === "") {
    throw new CloudError('error creating Connector: "name" attribute is missing in "config_nonsensitive" block');
  }
  return name;
}

/** What the provider asks the service before it makes a connector. */
function validate(cloud: Inventory, inputs: Properties, settings: Settings): void {
  const className = settings["connector.class"] ?? "";
  if (className === "") {
    throw new CloudError(
      'error creating Connector: error validating Connector config: "connector.class" attribute is missing in "config_nonsensitive" block',
    );
  }
  const cluster = cloud.get(types.kafkaCluster, idOf(inputs, "kafkaCluster"));
  if (idOf(cluster?.properties ?? {}, "environment") !== idOf(inputs, "environment") || !plugins.has(className)) {
    throw new CloudError(
      "error creating Connector: error creating Connector: error sending validation request: 404 Not Found",
    );
  }
  const mistakes = mistakesIn(settings, isDedicated(cloud, inputs));
  if (mistakes.length > 0) {
    const list = mistakes.map(([key, text], index) => `\n${String(index + 1)}. ${quoted(key)} : [${quoted(text)}]`);
    throw new CloudError(
      `error creating Connector: error creating Connector "${className}": error validating config: ${list.join("")}`,
    );
  }
  const account = settings["kafka.service.account.id"];
  if (account !== undefined && cloud.get(types.serviceAccount, account) === undefined) {
    throw new CloudError(
      `error creating Connector "${String(settings.name)}": 404 Not Found: service account "${account}" does not exist`,
    );
  }
}

/** Whether it runs beside a cluster that is the customer's own: shared ones grant less. */
function isDedicated(cloud: Inventory, inputs: Properties): boolean {
  return cloud.get(types.kafkaCluster, idOf(inputs, "kafkaCluster"))?.properties.dedicated !== undefined;
}

/** Why a connector with a valid configuration does not come to run: it may not do what it has to. */
function whyFailed(cloud: Inventory, inputs: Properties, settings: Settings, id: string): string | undefined {
  const account = settings["kafka.service.account.id"];
  const cluster = cloud.get(types.kafkaCluster, idOf(inputs, "kafkaCluster"));
  if (account === undefined || cluster === undefined) {
    return undefined; // with a key of its own: whose rights it has is not looked at here
  }
  const may = (right: TopicRight, topic: string) => mayWith(cloud, cluster, account, right, topic);
  if (sinkNames.has(settings["connector.class"] ?? "")) {
    const unreadable = (settings.topics ?? "").split(",").find((topic) => !may("READ", topic));
    return unreadable === undefined
      ? whyNotDelivered(cloud, inputs, settings)
      : `TopicAuthorizationException: ${account} may not READ topic ${unreadable}`;
  }
  const prefix = settings["topic.prefix"] ?? "";
  const topics = cloud
    .all(types.kafkaTopic)
    .filter(({ properties }) => idOf(properties, "kafkaCluster") === cluster.id)
    .map(({ properties }) => String(properties.topicName));
  const usable = (topic: string, rights: readonly TopicRight[]) => {
    const lacking = rights.find((right) => !may(right, topic));
    return !topics.includes(topic) && !may("CREATE", topic)
      ? `UnknownTopicOrPartitionException: topic ${topic} does not exist, and ${account} may not make it`
      : lacking && `TopicAuthorizationException: ${account} may not ${lacking} topic ${topic}`;
  };
  const data = topics.filter((topic) => topic.startsWith(`${prefix}.`));
  const history = settings["schema.history.internal.kafka.topic"] ?? `dbhistory.${prefix}.${id}`;
  const keepsHistory = plugins
    .get(settings["connector.class"] ?? "")
    ?.properties.includes("schema.history.internal.kafka.topic");
  return [
    ...(data.length > 0 ? data : [`${prefix}.`]).map((topic) => usable(topic, ["WRITE"])),
    keepsHistory === true ? usable(history, ["READ", "WRITE"]) : undefined,
  ].find((trace) => trace !== undefined);
}

function whyNotDelivered(cloud: Inventory, inputs: Properties, settings: Settings): string | undefined {
  return settings["connector.class"] === managedSinkClasses.s3.name
    ? whyNotWritten(cloud, inputs, settings)
    : undefined;
}

/** A sink that runs has written the first rows of each topic, wherever the sandbox knows what lies there. */
function deliver(cloud: Inventory, settings: Settings): void {
  if (settings["connector.class"] === managedSinkClasses.s3.name) {
    writeFiles(cloud, settings);
  }
}

function notProvisioned(name: string, trace: string): string {
  return (
    `error waiting for Connector "${name}" to provision: ` +
    `connector "display_name"="${name}" provisioning status is "FAILED": ${trace}`
  );
}

function checkStatus(thing: Thing, inputs: Properties): void {
  const now = statusOf(thing.properties);
  const next = inputs.status === undefined ? now : statusOf(inputs);
  if (next !== now && !["RUNNING PAUSED", "PAUSED RUNNING"].includes(`${now} ${next}`)) {
    throw new CloudError(
      `error updating Connector "${thing.id}": only "PAUSED"->"RUNNING" or "RUNNING"->"PAUSED" transitions are supported ` +
        `but "${now}"->"${next}" was attempted`,
    );
  }
}

function statusOf({ status }: Properties): string {
  return typeof status === "string" ? status : "NONE";
}

/** Both halves, as the service gets them. */
function settingsOf({ configNonsensitive, configSensitive }: Properties): Settings {
  return { ...textsIn(configNonsensitive), ...textsIn(configSensitive) };
}

/** What the service shows again: it hides secrets, in whichever half they came. */
function shown({ configNonsensitive }: Properties): Settings {
  return Object.fromEntries(
    Object.entries(textsIn(configNonsensitive)).filter(([key]) => !secretSettings.includes(key)),
  );
}

function sensitiveHash({ configSensitive }: Properties): string {
  return hashOf(JSON.stringify(Object.entries(textsIn(configSensitive)).sort()));
}

function textsIn(map: unknown): Settings {
  return isObject(map) ? (map as Settings) : {};
}

/** As Go writes a text in a message. */
function quoted(text: string): string {
  return JSON.stringify(text);
}

/** What Confluent runs beside the brokers. */
export const connectors: Readonly<Record<string, SimulatedResource>> = { [types.connector]: connector };
