import { randomUUID } from "node:crypto";
import { isObject, valueAt } from "../check.ts";
import { CloudError, type Inventory, type Properties } from "../inventory.ts";
import { isKnown } from "../known.ts";
import { matching, notEmpty } from "../rules.ts";
import type { SimulatedResource } from "../simulated.ts";
import { deleteAll, idOf, isAbout, moment, newId, required, types } from "./common.ts";

/** Confluent's own account at AWS, in which it makes a role for each integration. */
const confluentAccount = "197857026523";

/** Lets Confluent take on a role in an account at AWS. Nothing of it can be changed. */
const providerIntegration: SimulatedResource = {
  computed: ["usages"],
  computedIn: { aws: ["externalId", "iamRoleArn"] },
  replacedBy: ["aws", "displayName", "environment"],
  rules: {
    displayName: notEmpty,
    "aws.customerRoleArn": matching(/^arn:aws[\w-]*:iam::\d{12}:role\/.+$/, "the ARN of a role"),
  },
  check: (inputs, refuse) => {
    if (inputs.aws === undefined && isKnown(inputs.aws)) {
      refuse("aws", "Invalid combination of arguments. one of `aws` must be specified");
    }
  },
  // The provider fills the other half of the block in: what the program gives stays the same.
  same: (property, before, after) =>
    property === "aws" && roleIn(before) !== undefined && roleIn(before) === roleIn(after),
  seconds: () => moment,
  create: (cloud, inputs) => {
    required(cloud, types.environment, idOf(inputs, "environment"), "environment");
    unused(cloud, inputs, "displayName");
    unused(cloud, inputs, "aws.customerRoleArn");
    const id = newId("cspi");
    return { id, outputs: { usages: [], aws: awsOf(inputs) } };
  },
  delete: (cloud, id) => {
    const user = usersOf(cloud, id)[0];
    if (user !== undefined) {
      throw new CloudError(
        `error deleting provider integration "${id}": 409 Conflict: the provider integration is in use by ${user}`,
      );
    }
    deleteAll(cloud, [types.roleBinding], ({ crnPattern }) => isAbout(crnPattern, id));
  },
};

function roleIn(aws: unknown): unknown {
  return isObject(aws) ? aws.customerRoleArn : undefined;
}

function awsOf(inputs: Properties): Properties {
  return {
    customerRoleArn: roleIn(inputs.aws),
    iamRoleArn: `arn:aws:iam::${confluentAccount}:role/${newId("cspi-role")}`,
    externalId: randomUUID(),
  };
}

function unused(cloud: Inventory, inputs: Properties, path: string): void {
  const namesake = cloud.find(
    types.providerIntegration,
    (other) =>
      idOf(other, "environment") === idOf(inputs, "environment") && valueAt(other, path) === valueAt(inputs, path),
  );
  if (namesake !== undefined) {
    throw new CloudError(
      `error creating provider integration: 409 Conflict: ${path} "${String(valueAt(inputs, path))}" is already in use in this environment`,
    );
  }
}

/** What works by an integration. */
function usersOf(cloud: Inventory, id: string): string[] {
  return [types.connector, types.tableflowTopic, types.catalogIntegration]
    .flatMap((type) => cloud.all(type))
    .filter(({ properties }) =>
      [properties.configNonsensitive, properties.byobAws, properties.awsGlue]
        .flatMap((block) => (isObject(block) ? Object.values(block) : []))
        .includes(id),
    )
    .map((user) => user.id);
}

export const providerIntegrations: Readonly<Record<string, SimulatedResource>> = {
  [types.providerIntegration]: providerIntegration,
};
