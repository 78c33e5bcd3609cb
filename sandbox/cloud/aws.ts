import { athena } from "./aws/athena.ts";
import { compute } from "./aws/compute.ts";
import { firewall } from "./aws/firewall.ts";
import { functions } from "./aws/functions.ts";
import { catalog } from "./aws/glue/catalog.ts";
import { identities } from "./aws/identity.ts";
import { network } from "./aws/network.ts";
import { operations } from "./aws/operations.ts";
import { redshift } from "./aws/redshift.ts";
import { scaling } from "./aws/scaling.ts";
import { secrets } from "./aws/secrets.ts";
import { storage } from "./aws/storage.ts";
import type { SimulatedPackage } from "./simulated.ts";

/** AWS as far as the stack uses it: what its provider refuses at preview, and what its services refuse later. */
export const aws: SimulatedPackage = {
  name: "aws",
  sdk: "@pulumi/aws",
  // Names of these are a region's. Those of buckets and roles are not; what else there is has ids, or names of its own.
  realm: (type, { region }) => (/^aws:(glue|athena)\//.test(type) && typeof region === "string" ? region : undefined),
  credentials: [
    "secretString",
    "secretStringWo",
    "secretBinary",
    "value",
    "valueWo",
    "adminUserPassword",
    "adminUserPasswordWo",
  ],
  resources: {
    ...network,
    ...firewall,
    ...compute,
    ...scaling,
    ...identities,
    ...secrets,
    ...operations,
    ...storage,
    ...catalog,
    ...athena,
    ...redshift,
  },
  functions,
  checkConfig: (config, refuse) => {
    if (config.region === undefined || config.region === "") {
      refuse(
        "region",
        "Missing region configuration. Make sure you've set your AWS Region, e.g., `pulumi config set aws:region us-west-2`.",
      );
    }
  },
};
