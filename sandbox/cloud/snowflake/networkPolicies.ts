import type { Inventory, Properties } from "../inventory.ts";
import type { SimulatedResource } from "../simulated.ts";
import {
  at,
  compilation,
  isSameName,
  isSameSet,
  listOf,
  qualified,
  refuseRename,
  statement,
  textOf,
  types,
  unquoted,
  unusedName,
} from "./common.ts";
import { checkMayMake, checkOwns, ownedBy } from "./rights.ts";

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

/** From where users may come. */
export const networkPolicies: Readonly<Record<string, SimulatedResource>> = { [types.networkPolicy]: networkPolicy };
