import type { AccountRole } from "@pulumi/snowflake/accountRole.js";
import { GrantAccountRole } from "@pulumi/snowflake/grantAccountRole.js";
import { NetworkPolicy } from "@pulumi/snowflake/networkPolicy.js";
import { ServiceUser } from "@pulumi/snowflake/serviceUser.js";
import * as pulumi from "@pulumi/pulumi";
import { keyPlan, type LoaderKeys } from "../../model/warehouse/rotation.ts";
import type { LoaderArgs } from "./args.ts";
import { KeyPair } from "./keyPair.ts";
import type { Landed } from "./landing.ts";
import { present, replacedWithName, type Own } from "./own.ts";

/** Whoever loads rows: the sink connector. */
export interface Loader {
  /** Secret; PKCS#8 in one line. `undefined`: whoever runs the workers has it. */
  readonly privateKey: pulumi.Output<string> | undefined;
  /** Secret. `undefined`: the key is not encrypted. */
  readonly passphrase: pulumi.Output<string> | undefined;
  /** What has to be there before it loads the first row. */
  readonly after: readonly pulumi.Resource[];
}

interface LoaderRights {
  readonly role: AccountRole;
  /** What the role may do. */
  readonly loaderGrants: readonly pulumi.Resource[];
  readonly landed: ReadonlyMap<string, Landed>;
}

/** A service user, which has no password: two slots for public keys, one role, and the addresses that it may come from. */
export function makeLoader(
  name: string,
  args: LoaderArgs,
  { role, loaderGrants, landed }: LoaderRights,
  own: Own,
): Loader {
  const keys = keysOf(name, args.keys, own.parent);
  const policy =
    args.allowedIps.length === 0
      ? undefined
      : new NetworkPolicy(
          `${name}-network-policy`,
          { name: args.networkPolicy, allowedIpLists: [...args.allowedIps] },
          { ...own, ...replacedWithName },
        );
  const user = new ServiceUser(
    `${name}-loader`,
    {
      name: args.name,
      comment: "Loads rows into landing tables",
      defaultRole: role.name,
      defaultSecondaryRolesOption: "NONE", // no role but its own
      ...present({ rsaPublicKey: keys.slots[0], rsaPublicKey2: keys.slots[1], networkPolicy: policy?.name }),
    },
    { ...own, ...replacedWithName, dependsOn: [...loaderGrants] },
  );
  const has = new GrantAccountRole(
    `${name}-loader-role`,
    { roleName: role.name, userName: user.name },
    { ...own, deletedWith: user, deleteBeforeReplace: true },
  );
  const errors = [...landed.values()].map((landing) => landing.errors);
  return {
    privateKey: keys.privateKey,
    passphrase: keys.passphrase,
    after: [...loaderGrants, ...errors, has],
  };
}

interface Keys extends Pick<Loader, "privateKey" | "passphrase"> {
  readonly slots: readonly [pulumi.Input<string> | undefined, pulumi.Input<string> | undefined];
}

function keysOf(name: string, keys: LoaderKeys, parent: pulumi.Resource): Keys {
  if (keys.from === "config") {
    const secret = (text: string) => (text === "" ? undefined : pulumi.secret(text));
    return { slots: keys.publicKeys, privateKey: secret(keys.privateKey), passphrase: secret(keys.passphrase) };
  }
  const plan = keyPlan(keys.generations);
  const pairs = new Map(
    plan.generations.map((generation) => [
      generation,
      new KeyPair(`${name}-key-${String(generation)}`, { generation }, { parent }),
    ]),
  );
  const inSlot = (slot: 1 | 2) => pairs.get(plan.slots[slot] ?? 0)?.publicKey;
  return { slots: [inSlot(1), inSlot(2)], privateKey: pairs.get(plan.use)?.privateKey, passphrase: undefined };
}
