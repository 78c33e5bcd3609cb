import { Provider } from "@pulumi/snowflake/provider.js";
import * as pulumi from "@pulumi/pulumi";
import { present } from "./own.ts";

export interface AccountArgs {
  /** Name of the organization. */
  organization: string;
  /** Name of the account in it. */
  account: string;
  /** User of the deployment; its private key is in the environment (`SNOWFLAKE_PRIVATE_KEY`) or the stack's `snowflake:privateKey`. */
  user: string;
  /** Role that makes and owns everything. */
  role: string;
}

/** What of the resources in use the provider calls a preview; an explicit provider does not read it from the stack. */
const previewFeatures = ["snowflake_table_resource", "snowflake_dynamic_table_resource"];

/** The provider that makes things in an account, as a role. It logs in with every preview. */
export function accountProvider(
  name: string,
  { organization, account, user, role }: AccountArgs,
  parent: pulumi.Resource,
): Provider {
  const config = new pulumi.Config("snowflake");
  return new Provider(
    name,
    {
      organizationName: organization,
      accountName: account,
      user,
      role,
      authenticator: "SNOWFLAKE_JWT",
      ...present({
        privateKey: config.getSecret("privateKey"),
        privateKeyPassphrase: config.getSecret("privateKeyPassphrase"),
      }),
      previewFeaturesEnabled: previewFeatures,
    },
    { parent },
  );
}
