import { Provider } from "@pulumi/snowflake/provider.js";
import * as pulumi from "@pulumi/pulumi";
import type { AccountArgs } from "./args.ts";
import { present } from "./own.ts";

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
