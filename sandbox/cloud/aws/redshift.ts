import { randomUUID } from "node:crypto";
import { CloudError, type Inventory, type Properties } from "../inventory.ts";
import { isKnown } from "../known.ts";
import { matching } from "../rules.ts";
import type { SimulatedResource } from "../simulated.ts";
import { accountId, arn, assumed, digest, listIn, moment, regional, sameAs, textOf, types } from "./common.ts";
import { requiredSubnet } from "./network.ts";
import { requiredGroup } from "./firewall.ts";

const name = /^[a-z0-9-]{3,64}$/;

const namespace = regional({
  computed: ["adminPasswordSecretArn", "arn", "namespaceId"],
  replacedBy: ["dbName", "namespaceName"],
  defaults: { dbName: "dev", manageAdminPassword: false },
  check: (inputs, refuse) => {
    const passwords = ["adminUserPassword", "adminUserPasswordWo"].filter((input) => inputs[input] !== undefined);
    if (inputs.manageAdminPassword === true) {
      passwords.forEach((input) =>
        refuse(input, `The ${wordOf(input)} cannot be provided if manage_admin_password is true.`),
      );
    } else if (inputs.adminUsername !== undefined && passwords.length === 0) {
      refuse("adminUserPassword", "You must specify admin_user_name if you provide an admin user password.");
    }
    if (passwords.length > 1) {
      refuse(
        "adminUserPassword",
        'Conflicting configuration arguments. "adminUserPassword": conflicts with adminUserPasswordWo',
      );
    }
    if ((inputs.adminUserPasswordWo === undefined) !== (inputs.adminUserPasswordWoVersion === undefined)) {
      refuse(
        "adminUserPasswordWo",
        "admin_user_password_wo and admin_user_password_wo_version must be specified together",
      );
    }
    const roles = listIn(inputs, "iamRoles");
    if (inputs.defaultIamRoleArn !== undefined && isKnown(roles) && !roles.includes(inputs.defaultIamRoleArn)) {
      refuse("defaultIamRoleArn", "The default_iam_role_arn must be in the list of iam_roles.");
    }
    if (isKnown(inputs.kmsKeyId) && inputs.kmsKeyId !== undefined && !textOf(inputs.kmsKeyId).startsWith("arn:")) {
      refuse("kmsKeyId", "The provided value cannot be parsed as an ARN.");
    }
  },
  same: (property, before, after) =>
    property === "adminUserPasswordWo" || sameAs(["iamRoles", "logExports"])(property, before, after),
  seconds: (operation) => (operation === "update" ? moment : assumed.redshiftNamespace),
  create: (cloud, inputs) => {
    const id = checkedName(cloud, types.namespace, "namespace", inputs.namespaceName);
    checkDatabase(inputs);
    const namespaceId = randomUUID();
    const secret = arn("secretsmanager", inputs.region, `secret:redshift!${id}-admin-${digest(id, 6)}`);
    return {
      id,
      outputs: {
        namespaceId,
        arn: arn("redshift-serverless", inputs.region, `namespace/${namespaceId}`),
        adminPasswordSecretArn: inputs.manageAdminPassword === true ? secret : "",
      },
    };
  },
  update: (_cloud, _id, inputs) => checkDatabase(inputs),
  delete: (cloud, id) => {
    if (cloud.find(types.serverlessWorkgroup, ({ namespaceName }) => namespaceName === id) !== undefined) {
      throw new CloudError(
        `ConflictException: There is a workgroup associated with the namespace ${id}. Delete it before the namespace.`,
      );
    }
  },
});

function wordOf(input: string): string {
  return input.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

function checkedName(cloud: Inventory, type: string, what: string, given: unknown): string {
  const id = String(given);
  if (!name.test(id)) {
    throw new CloudError(
      `ValidationException: the name of a ${what} has 3 to 64 lower-case letters, digits and hyphens, and "${id}" has others`,
    );
  }
  if (cloud.get(type, id) !== undefined) {
    throw new CloudError(`ConflictException: There is already a ${what} with name ${id}`);
  }
  return id;
}

function checkDatabase({ dbName, adminUserPassword, adminUserPasswordWo }: Properties): void {
  if (!/^[a-z_][a-z0-9_]{0,63}$/.test(String(dbName))) {
    throw new CloudError(`ValidationException: "${String(dbName)}" is no name for a database`);
  }
  const password = adminUserPassword ?? adminUserPasswordWo;
  const isGood = (text: string) =>
    text.length >= 8 &&
    text.length <= 64 &&
    /[a-z]/.test(text) &&
    /[A-Z]/.test(text) &&
    /\d/.test(text) &&
    !/['"\\/@ ]/.test(text);
  if (typeof password === "string" && !isGood(password)) {
    throw new CloudError(
      "ValidationException: the admin password must have 8 to 64 characters, with a lower-case letter, an upper-case letter and a " +
        "digit, and none of ' \" \\ / @ and spaces",
    );
  }
}

const parameters = [
  "auto_mv",
  "datestyle",
  "enable_case_sensitive_identifier",
  "enable_user_activity_logging",
  "query_group",
  "search_path",
  "require_ssl",
  "use_fips_ssl",
  "max_query_cpu_time",
  "max_query_blocks_read",
  "max_scan_row_count",
  "max_query_execution_time",
  "max_query_queue_time",
  "max_query_cpu_usage_percent",
  "max_query_temp_blocks_to_disk",
  "max_join_row_count",
  "max_nested_loop_join_row_count",
];

const workgroup = regional({
  computed: ["arn", "endpoints", "workgroupId"],
  replacedBy: ["namespaceName", "workgroupName"],
  rules: { trackName: matching(/^(current|trailing)$/, "current or trailing") },
  check: (inputs, refuse) => {
    listIn(inputs, "configParameters").forEach((parameter, index) => {
      const { parameterKey } = (parameter ?? {}) as Properties;
      if (isKnown(parameterKey) && !parameters.some((known) => known === parameterKey)) {
        refuse(
          `configParameters[${String(index)}].parameterKey`,
          `expected parameter_key to be one of [${parameters.map((known) => `"${known}"`).join(" ")}], got ${String(parameterKey)}`,
        );
      }
    });
  },
  same: sameAs(["configParameters", "securityGroupIds", "subnetIds"]),
  seconds: () => assumed.redshiftWorkgroup,
  create: (cloud, inputs) => {
    const id = checkedName(cloud, types.serverlessWorkgroup, "workgroup", inputs.workgroupName);
    const home = cloud.get(types.namespace, inputs.namespaceName);
    if (home?.properties.region !== inputs.region) {
      throw new CloudError(`ResourceNotFoundException: The namespace ${String(inputs.namespaceName)} doesn't exist.`);
    }
    const other = cloud.find(types.serverlessWorkgroup, ({ namespaceName }) => namespaceName === inputs.namespaceName);
    if (other !== undefined) {
      throw new CloudError(
        `ConflictException: the namespace ${String(inputs.namespaceName)} has the workgroup ${other.id}`,
      );
    }
    checkWorkgroup(cloud, inputs, inputs.region);
    const workgroupId = randomUUID();
    const address = `${id}.${accountId}.${String(inputs.region)}.redshift-serverless.amazonaws.com`;
    return {
      id,
      outputs: {
        workgroupId,
        arn: arn("redshift-serverless", inputs.region, `workgroup/${workgroupId}`),
        endpoints: [{ address, port: inputs.port ?? 5439, vpcEndpoints: [] }],
      },
    };
  },
  update: (cloud, _id, inputs, config) => checkWorkgroup(cloud, inputs, inputs.region ?? config.region),
});

function checkWorkgroup(cloud: Inventory, inputs: Properties, region: unknown): void {
  const invalid = (reason: string) => new CloudError(`ValidationException: ${reason}`);
  const base = Number(inputs.baseCapacity ?? 128);
  const isSize =
    base === 4 || (base >= 8 && base <= 512 && base % 8 === 0) || (base > 512 && base <= 1024 && base % 32 === 0);
  if (!isSize) {
    throw invalid(`base capacity ${String(base)} is none: 4, or 8 to 512 in steps of 8, or up to 1024 in steps of 32`);
  }
  if (inputs.maxCapacity !== undefined && Number(inputs.maxCapacity) < base) {
    throw invalid(`max capacity ${textOf(inputs.maxCapacity)} is less than the base capacity ${String(base)}`);
  }
  const port = Number(inputs.port ?? 5439);
  if (!((port >= 5431 && port <= 5455) || (port >= 8191 && port <= 8215))) {
    throw invalid(`port ${String(port)} is neither in 5431-5455 nor in 8191-8215`);
  }
  const zones = listIn(inputs, "subnetIds").map(
    (subnet) => requiredSubnet(cloud, subnet, region)?.properties.availabilityZone ?? subnet,
  );
  if (zones.length > 0 && new Set(zones).size < 3) {
    throw invalid(`subnets in three zones are needed, and these are in ${String(new Set(zones).size)}`);
  }
  listIn(inputs, "securityGroupIds").forEach((group) => requiredGroup(cloud, group, region));
}

/** A warehouse that is there when it is asked: what it keeps, and what computes. */
export const redshift: Readonly<Record<string, SimulatedResource>> = {
  [types.namespace]: namespace,
  [types.serverlessWorkgroup]: workgroup,
};
