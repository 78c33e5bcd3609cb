import type { ConfigKey } from "../configKey.ts";
import type { Target } from "../graph.ts";
import { connectorKeys } from "../targets/connectorKeys.ts";

/** Sizes of a warehouse that the provider takes (its Warehouse, 1.3.0); each costs twice as much an hour as the one before. */
export const warehouseSizes = ["XSMALL", "SMALL", "MEDIUM", "LARGE", "XLARGE", "XXLARGE", "XXXLARGE"] as const;
/** How the current state is kept. */
export const currentStates = ["view", "dynamicTable"] as const;

/** The keys of one Snowflake target, by their last part (`snowflake.account` is `account`). */
export function snowflakeKeys({ name }: Pick<Target, "name">): Readonly<Record<string, ConfigKey>> {
  return {
    organization: {
      type: "string",
      default: "",
      required: true,
      description: "Name of the Snowflake organization: SELECT CURRENT_ORGANIZATION_NAME().",
    },
    account: {
      type: "string",
      default: "",
      required: true,
      description: "Name of the account in that organization, not its locator: SELECT CURRENT_ACCOUNT_NAME().",
    },
    region: {
      type: "string",
      default: "",
      description:
        "Region of the account, as SELECT CURRENT_REGION() says it, e.g. AWS_US_EAST_1: only to warn about the price of transfer. Empty: not known.",
    },
    user: {
      type: "string",
      default: "PIPELINE_DEPLOYER",
      description:
        "User that the deployment logs in as, with a private key: SNOWFLAKE_PRIVATE_KEY, or pulumi config set --secret snowflake:privateKey.",
    },
    role: {
      type: "string",
      default: "PIPELINE_DEPLOYER",
      description: "Role that makes and owns everything. sql/snowflake/setup.sql makes both.",
    },
    database: {
      type: "string",
      default: "",
      description: `Name of ${name}'s database, in upper case. Empty: the project and the stack, e.g. PIPELINE_DEV. A change makes another one and drops this one.`,
    },
    warehouseSize: {
      type: "string",
      default: "XSMALL",
      legal: warehouseSizes,
      description: "Size of the warehouse that queries run in. It is suspended after 60 s without one.",
    },
    creditQuota: {
      type: "integer",
      default: 0,
      description:
        "Credits that the warehouse may use in a month; then it is suspended. 0: no limit. Else the deployment's user needs the role ACCOUNTADMIN too.",
    },
    currentState: {
      type: "string",
      default: "view",
      legal: currentStates,
      description:
        "view: computed by each query, seconds old, nothing runs. dynamicTable: kept by Snowflake, targetLag old; the warehouse runs as long as rows come.",
    },
    targetLag: {
      type: "integer",
      default: 60,
      description: "Seconds by which a dynamic table may be behind: 60 or more.",
    },
    generations: {
      type: "object",
      default: {},
      description:
        "Which landing tables there are, by table, where a column had to be removed or retyped, e.g. ORDERS: [1, 2]; the last takes the rows (docs/warehouse.md).",
    },
    loaderKeys: {
      type: "array",
      default: [],
      description:
        'One or two public keys of the user that loads rows, by slot; "" leaves a slot empty. None: the stack makes the pair.',
    },
    loaderKey: {
      type: "string",
      default: "",
      secret: true,
      description: `Private half of one of loaderKeys, PKCS#8, for the connector: pulumi config set --path --secret ${name}.loaderKey < FILE`,
    },
    loaderKeyPassphrase: {
      type: "string",
      default: "",
      secret: true,
      description: `Passphrase of loaderKey, if it is encrypted: pulumi config set --path --secret ${name}.loaderKeyPassphrase`,
    },
    loaderKeyUse: {
      type: "integer",
      default: 1,
      description: "Number of the pair, of those that the stack makes, that the connector logs in with: 1 or more.",
    },
    loaderKeyAlso: {
      type: "integer",
      default: 0,
      description: "Number of another pair that is accepted too, while keys are changed; 0: none.",
    },
    allowedIps: {
      type: "array",
      default: [],
      description:
        "Addresses or ranges (CIDR, IPv4) from which rows are loaded, e.g. that of the workers' way out. Empty: any.",
    },
    ...connectorKeys({ name }, "Snowflake's connector"),
  };
}
