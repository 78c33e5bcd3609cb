import { mayDo } from "./aws/access.ts";
import { accountId, arn, types } from "./aws/common.ts";
import { secretsFile } from "../../model/connect/worker.ts";
import type { Inventory, Properties, Thing } from "./inventory.ts";
import { instancesOf, roleOn, type Instance } from "./instances.ts";

/**
 * What the cloud itself keeps of a parameter's value, which a journal must not hold: the keys of a sink's lines, and, until
 * the next value, the instances that have fetched it.
 */
export function keptOf(value: string): Properties {
  return { keys: [...value.matchAll(/^(sink-[\w.-]+)=/gm)].map(([, key]) => key), fetchedOn: [] };
}

const keysOf = ({ hidden }: Thing) => (hidden?.keys ?? []) as string[];
const fetchedOn = ({ hidden }: Thing) => (hidden?.fetchedOn ?? []) as string[];

/**
 * What `pipeline-secrets` does on an instance, as far as the inventory knows of it: each parameter below the path in its
 * user data counts as fetched there, until it changes. What an instance fetched when it booted does not count, since it
 * may have booted before. Gives what the AWS CLI says when the instance's role may not.
 */
export function fetchSecrets(cloud: Inventory, instance: Instance): string | undefined {
  const { userData: encoded } = instance.template;
  const userData = typeof encoded === "string" ? Buffer.from(encoded, "base64").toString() : "";
  const path = /^path='([^']+)'$/m.exec(userData)?.[1];
  const role = roleOn(cloud, instance);
  if (path === undefined || role === undefined) {
    return path === undefined
      ? "/usr/local/sbin/pipeline-secrets: No such file or directory"
      : 'Unable to locate credentials. You can configure credentials by running "aws login".';
  }
  const below = cloud
    .all(types.parameter)
    .filter(({ id, properties }) => id.startsWith(`${path}/`) && properties.region === instance.region);
  const calls = [["GetParametersByPath", path] as const, ...below.map(({ id }) => ["GetParameter", id] as const)].map(
    ([call, name]) => ({ call, resource: arn("ssm", instance.region, `parameter${name}`) }),
  );
  const refused = calls.find(({ call, resource }) => !mayDo(cloud, role, `ssm:${call}`, resource));
  if (refused !== undefined) {
    const { call, resource } = refused;
    return (
      `An error occurred (AccessDeniedException) when calling the ${call} operation: ` +
      `User: arn:aws:sts::${accountId}:assumed-role/${role.id}/${instance.id} is not authorized to perform: ` +
      `ssm:${call} on resource: ${resource} because no identity-based policy allows the ssm:${call} action`
    );
  }
  for (const parameter of below) {
    const on = [...new Set([...fetchedOn(parameter), instance.id])];
    cloud.put({ ...parameter, hidden: { ...parameter.hidden, fetchedOn: on } });
  }
  return undefined;
}

/**
 * The trace of a sink's task that starts where an instance has not fetched its secrets, or only what they were before:
 * Kafka Connect leaves a reference that it cannot resolve as it stands, and no login looks like that.
 */
export function unresolvedSecret(cloud: Inventory, config: Readonly<Record<string, string>>): string | undefined {
  const instances = instancesOf(cloud);
  const referred = Object.values(config).flatMap((value) =>
    [...value.matchAll(/\$\{file:([^:}]+):(sink-[^}]+)\}/g)].filter(([, file]) => file === secretsFile),
  );
  const everywhere = cloud
    .all(types.parameter)
    .filter((parameter) => instances.every(({ id }) => fetchedOn(parameter).includes(id)));
  const isMissing = referred.some(([, , key = ""]) => !everywhere.some((parameter) => keysOf(parameter).includes(key)));
  return instances.length > 0 && isMissing
    ? [
        "org.apache.kafka.common.KafkaException: Failed to construct kafka consumer",
        "\tat org.apache.kafka.clients.consumer.internals.ClassicKafkaConsumer.<init>(ClassicKafkaConsumer.java:291)",
        "Caused by: java.lang.IllegalArgumentException: Login module control flag is not available in the JAAS config",
        "\tat org.apache.kafka.common.security.JaasConfig.loginModuleControlFlag(JaasConfig.java:85)",
      ].join("\n")
    : undefined;
}
