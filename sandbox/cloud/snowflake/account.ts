import { CloudError, type Inventory, type Properties } from "../inventory.ts";
import { every, type Rule } from "../rules.ts";
import type { SimulatedResource } from "../simulated.ts";
import {
  at,
  compilation,
  isSameName,
  isSameSet,
  listOf,
  notAllowed,
  qualified,
  refuseRename,
  required,
  statement,
  textOf,
  types,
  unquoted,
  unusedName,
} from "./common.ts";
import { dropWith } from "./drop.ts";
import { checkMayMake, checkOwns, ownedBy, roleOf } from "./rights.ts";

/** What the provider's boolean texts accept; `default` is its own word for one that is left out. */
export const booleanText: Rule = (value, key) =>
  typeof value === "string" && !["true", "false", "default"].includes(value)
    ? `expected [{{} ${key}}] to be one of ["true" "false"], got ${value}`
    : undefined;

export const atLeast =
  (least: number): Rule =>
  (value, key) =>
    typeof value === "number" && value < least && value !== -1
      ? `expected ${key} to be at least (${String(least)}), got ${String(value)}`
      : undefined;

/** One of some words, whatever their case, with the message of the provider's own reader. */
export const wordOf =
  (words: readonly string[], message: string): Rule =>
  (value) =>
    typeof value === "string" && !words.includes(value.toUpperCase()) ? `${message}: ${value}` : undefined;

/** Sizes with their other spellings. */
const sizes: Readonly<Record<string, string>> = {
  XSMALL: "XSMALL",
  "X-SMALL": "XSMALL",
  SMALL: "SMALL",
  MEDIUM: "MEDIUM",
  LARGE: "LARGE",
  XLARGE: "XLARGE",
  "X-LARGE": "XLARGE",
  XXLARGE: "XXLARGE",
  X2LARGE: "XXLARGE",
  "2X-LARGE": "XXLARGE",
  XXXLARGE: "XXXLARGE",
  X3LARGE: "XXXLARGE",
  "3X-LARGE": "XXXLARGE",
  X4LARGE: "X4LARGE",
  "4X-LARGE": "X4LARGE",
  X5LARGE: "X5LARGE",
  "5X-LARGE": "X5LARGE",
  X6LARGE: "X6LARGE",
  "6X-LARGE": "X6LARGE",
};

/** What a warehouse has that is not told: giving just that is no change. */
const ofItself: Properties = {
  autoResume: "true",
  autoSuspend: 600,
  enableQueryAcceleration: "false",
  maxClusterCount: 1,
  minClusterCount: 1,
  queryAccelerationMaxScaleFactor: 8,
  scalingPolicy: "STANDARD",
  warehouseSize: "XSMALL",
  warehouseType: "STANDARD",
};

const untold = ["default", -1, undefined];

const parameters = { maxConcurrencyLevel: 8, statementQueuedTimeoutInSeconds: 0, statementTimeoutInSeconds: 172_800 };

const warehouse: SimulatedResource = {
  computed: ["fullyQualifiedName", "parameters", "showOutputs"],
  replacedBy: [],
  autoNamed: "name",
  defaults: {
    autoResume: "default",
    autoSuspend: -1,
    enableQueryAcceleration: "default",
    queryAccelerationMaxScaleFactor: -1,
  },
  rules: {
    autoResume: booleanText,
    autoSuspend: atLeast(0),
    enableQueryAcceleration: booleanText,
    maxClusterCount: atLeast(1),
    maxConcurrencyLevel: atLeast(1),
    minClusterCount: atLeast(1),
    scalingPolicy: wordOf(["STANDARD", "ECONOMY"], "invalid scaling policy"),
    statementQueuedTimeoutInSeconds: atLeast(0),
    statementTimeoutInSeconds: every(atLeast(0), (value, key) =>
      Number(value) > 604_800
        ? `expected ${key} to be in the range (0 - 604800), got ${JSON.stringify(value)}`
        : undefined,
    ),
    warehouseSize: wordOf(Object.keys(sizes), "invalid warehouse size"),
    warehouseType: wordOf(["STANDARD", "SNOWPARK-OPTIMIZED"], "invalid warehouse type"),
  },
  same: (property, before, after) => {
    if (property === "initiallySuspended") {
      return true; // counts at creation only
    }
    if (["name", "resourceMonitor"].includes(property)) {
      return isSameName(before, after);
    }
    return (
      property in ofItself && meaning(untold.includes(before as never) ? ofItself[property] : before) === meaning(after)
    );
  },
  plan: (before, after) =>
    before.warehouseSize !== undefined && after.warehouseSize === undefined ? ["warehouseSize"] : [],
  seconds: statement,
  create: (cloud, inputs, config) => {
    const path = [unquoted(inputs.name)];
    checkMayMake(types.warehouse, config);
    unusedName(cloud, types.warehouse, path);
    if (unquoted(config.warehouse) === path[0] && config.validateDefaultParameters !== "false") {
      throw new CloudError(
        `390201 (08004): The requested warehouse does not exist or not authorized. The provider's connection names ${textOf(path[0])}, which is only now to be made`,
      );
    }
    checkMonitor(cloud, inputs.resourceMonitor, config);
    return {
      id: textOf(path[0]),
      outputs: { fullyQualifiedName: qualified(path), ...parameters, ...given(inputs, parameters) },
      hidden: { ...ownedBy(config, path), ...monitored(inputs) },
    };
  },
  update: (cloud, id, inputs, config) => {
    const thing = cloud.get(types.warehouse, id);
    refuseRename(thing, inputs);
    checkOwns(cloud, thing, config);
    const { resourceMonitor: before } = thing?.properties ?? {};
    if (thing !== undefined && before !== inputs.resourceMonitor && !isSameName(before, inputs.resourceMonitor)) {
      checkMonitor(cloud, inputs.resourceMonitor, config);
      cloud.put({ ...thing, hidden: { ...thing.hidden, ...monitored(inputs) } });
    }
  },
  delete: (cloud, id, _inputs, config) => {
    const thing = cloud.get(types.warehouse, id);
    checkOwns(cloud, thing, config);
    if (thing !== undefined) {
      dropWith(cloud, thing);
    }
  },
};

function meaning(value: unknown): string {
  const text = JSON.stringify(value);
  return sizes[textOf(value).toUpperCase()] ?? (typeof value === "string" ? text.toUpperCase() : text);
}

/** The monitor that a warehouse is under; a statement can set it too, behind the resource's back. */
function monitored({ resourceMonitor }: Properties): Properties {
  return { monitor: resourceMonitor === undefined ? undefined : unquoted(resourceMonitor) };
}

/** Those of the inputs that are given. */
function given(inputs: Properties, of: Properties): Properties {
  return Object.fromEntries(Object.entries(inputs).filter(([key, value]) => key in of && value !== undefined));
}

/** Only ACCOUNTADMIN puts a warehouse under a monitor (TF#3019, and the provider's own note). */
export function checkMonitor(cloud: Inventory, monitor: unknown, config: Properties): void {
  if (monitor !== undefined) {
    required(cloud, types.resourceMonitor, [unquoted(monitor)]);
    if (roleOf(config) !== "ACCOUNTADMIN") {
      throw notAllowed(`resource monitor '${unquoted(monitor)}'`);
    }
  }
}

const triggers = ["notifyTriggers", "suspendTrigger", "suspendImmediateTrigger"];

const resourceMonitor: SimulatedResource = {
  computed: ["fullyQualifiedName", "showOutputs"],
  replacedBy: ["name"],
  autoNamed: "name",
  rules: {
    creditQuota: atLeast(1),
    frequency: wordOf(["MONTHLY", "DAILY", "WEEKLY", "YEARLY", "NEVER"], "invalid frequency type"),
    suspendTrigger: atLeast(1),
    suspendImmediateTrigger: atLeast(1),
  },
  check: (inputs, refuse) => {
    for (const [one, other, key] of [
      ["frequency", "startTimestamp", "frequency,start_timestamp"],
      ["startTimestamp", "frequency", "frequency,start_timestamp"],
    ] as const) {
      if (inputs[one] !== undefined && inputs[other] === undefined) {
        refuse(one, `Missing required argument. "${one}": all of \`${key}\` must be specified`);
      }
    }
  },
  same: (property, before, after) =>
    property === "name"
      ? isSameName(before, after)
      : property === "frequency"
        ? textOf(before).toUpperCase() === textOf(after).toUpperCase()
        : isSameSet(before, after),
  // Snowflake cannot take the last trigger away.
  plan: (before, after) =>
    triggers.some((trigger) => after[trigger] !== undefined) ? [] : triggers.filter((trigger) => trigger in before),
  seconds: statement,
  create: (cloud, inputs, config) => {
    const path = [unquoted(inputs.name)];
    checkMayMake(types.resourceMonitor, config);
    unusedName(cloud, types.resourceMonitor, path);
    return {
      id: textOf(path[0]),
      outputs: { fullyQualifiedName: qualified(path) },
      hidden: ownedBy(config, path),
    };
  },
  update: (cloud, id, _inputs, config) => checkOwns(cloud, cloud.get(types.resourceMonitor, id), config),
  delete: (cloud, id, _inputs, config) => {
    checkOwns(cloud, cloud.get(types.resourceMonitor, id), config);
    for (const one of cloud.all(types.warehouse).filter(({ hidden }) => hidden?.monitor === id)) {
      cloud.put({ ...one, hidden: { ...one.hidden, monitor: undefined } });
    }
  },
};

const address = /^(\d{1,3}\.){3}\d{1,3}(\/\d{1,2})?$/;

const networkPolicy: SimulatedResource = {
  computed: ["describeOutputs", "fullyQualifiedName", "showOutputs"],
  replacedBy: [],
  autoNamed: "name",
  check: (inputs, refuse) => {
    if (listOf(inputs.blockedIpLists).includes("0.0.0.0/0")) {
      refuse(
        "blockedIpLists",
        "invalid value (0.0.0.0/0) set for a field [{{} blocked_ip_list}]. **Do not** add `0.0.0.0/0` to `blocked_ip_list`, in order to block all IP addresses except a select list, you only need to add IP addresses to `allowed_ip_list`.",
      );
    }
  },
  same: (property, before, after) => (property === "name" ? isSameName(before, after) : isSameSet(before, after)),
  seconds: statement,
  create: (cloud, inputs, config) => {
    const path = [unquoted(inputs.name)];
    checkMayMake(types.networkPolicy, config);
    unusedName(cloud, types.networkPolicy, path);
    checkAddresses(inputs);
    return { id: textOf(path[0]), outputs: { fullyQualifiedName: qualified(path) }, hidden: ownedBy(config, path) };
  },
  update: (cloud, id, inputs, config) => {
    const thing = cloud.get(types.networkPolicy, id);
    refuseRename(thing, inputs);
    checkOwns(cloud, thing, config);
    checkAddresses(inputs);
  },
  delete: (cloud, id, _inputs, config) => {
    checkOwns(cloud, cloud.get(types.networkPolicy, id), config);
    const user = cloud.find(types.serviceUser, ({ networkPolicy: policy }) => unquoted(policy) === id);
    if (user !== undefined) {
      throw compilation(
        "001492 (42601)",
        `Cannot perform Drop operation on network policy ${id}. The policy is attached to USER with name ${user.id}. Unset the network policy from USER and try the Drop operation again.`,
      );
    }
  },
};

function checkAddresses({ allowedIpLists, blockedIpLists }: Properties): void {
  const wrong = [...listOf(allowedIpLists), ...listOf(blockedIpLists)].map(textOf).find((text) => !isAddress(text));
  if (wrong !== undefined) {
    throw compilation("001420 (22023)", `Invalid IP address or CIDR block '${wrong}' in a network policy.`);
  }
}

function isAddress(text: string): boolean {
  const [bytes = "", bits = "32"] = text.split("/");
  return address.test(text) && bytes.split(".").every((byte) => Number(byte) <= 255) && Number(bits) <= 32;
}

/** Refuses a policy that is not there. */
export function checkPolicy(cloud: Inventory, { networkPolicy: name }: Properties): void {
  if (name !== undefined && at(cloud, types.networkPolicy, [unquoted(name)]) === undefined) {
    throw compilation("002003 (02000)", `Network policy '${unquoted(name)}' does not exist or not authorized.`);
  }
}

/** What belongs to the account and to no database. */
export const account: Readonly<Record<string, SimulatedResource>> = {
  [types.warehouse]: warehouse,
  [types.resourceMonitor]: resourceMonitor,
  [types.networkPolicy]: networkPolicy,
};
