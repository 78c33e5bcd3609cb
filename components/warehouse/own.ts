import type { Provider } from "@pulumi/snowflake/provider.js";
import type * as pulumi from "@pulumi/pulumi";

/** With what the children of a warehouse are made. */
export interface Own {
  readonly provider: Provider;
  readonly parent: pulumi.Resource;
  /** The database, for what is in it: dropping that drops all of it. */
  readonly deletedWith?: pulumi.Resource;
}

/** Snowflake would rename it in place, and what refers to it by name would not follow. */
export const replacedWithName = { replaceOnChanges: ["name"] };

/** What is there of several optional properties. */
export function present<T extends object>(properties: T): { [Name in keyof T]?: NonNullable<T[Name]> } {
  return Object.fromEntries(Object.entries(properties).filter(([, value]) => value !== undefined)) as {
    [Name in keyof T]?: NonNullable<T[Name]>;
  };
}
