import * as pulumi from "@pulumi/pulumi";
import { AwsRegion } from "./components/aws/region.ts";
import type { ManagedSinkArgs } from "./components/connect/managedSink.ts";
import type { PlainTarget } from "./components/connect/plainSink.ts";
import type { Topics } from "./components/kafka/topics.ts";
import { Redshift } from "./components/targets/redshift.ts";
import type { Environment } from "./config.ts";
import { managedSink } from "./model/connect/managedSink.ts";
import { managedSinkClasses } from "./model/connect/managedSinkClasses.ts";
import type { RedshiftConfig } from "./model/redshift/config.ts";
import { redshiftSettings } from "./model/redshift/sink.ts";
import { targetsOfKind } from "./model/targets/registry.ts";

/** What the environment has of Redshift, by target: nothing where a host is given. */
export function makeRedshifts(
  { targets, ephemeral }: Environment,
  displayName: string,
  topics: Topics,
): ReadonlyMap<string, Redshift> {
  return new Map(
    targetsOfKind(targets, "redshift")
      .filter(({ config }) => config.host === undefined)
      .map(({ target, config }) => {
        const { region, ...made } = config.made;
        // A region of its own, so that one more target changes nothing of what is there.
        const aws = new AwsRegion(`aws-${target.name}`, { region, tags: { pipeline: displayName } });
        const redshift = new Redshift(
          `redshift-${target.name}`,
          {
            displayName: `${displayName}-${target.name}`,
            database: config.database,
            port: config.port,
            ...made,
            ephemeral,
          },
          // A connector that fills it is deleted before it is made anew: the topics' provider is then there to do it.
          { providers: [aws.provider], dependsOn: [topics] },
        );
        return [target.name, redshift] as const;
      }),
  );
}

/** Its sink, which is made only when the user that it logs in as is there: Confluent tries the login first. */
export function redshiftSinkArgs(
  { target, cluster, account, topics, kafkaTopics }: PlainTarget,
  config: RedshiftConfig,
  made: Redshift | undefined,
): ManagedSinkArgs {
  const host = made?.host ?? config.host ?? "";
  return {
    cluster,
    target,
    account,
    config: managedSink<pulumi.Input<string>>(target, managedSinkClasses.redshift, {
      topics,
      serviceAccount: account.account.id,
      settings: redshiftSettings<pulumi.Input<string>>({ ...config, host }),
      secrets: { "aws.redshift.password": pulumi.secret(config.password) },
      extra: config.settings,
    }),
    ends: [...Object.values(kafkaTopics), ...(made === undefined ? [] : [made.namespace])],
    after: made === undefined ? [] : [made],
    ...(config.paused ? { status: "PAUSED" as const } : {}),
  };
}
