import { gzipSync } from "node:zlib";
import {
  GetCommandInvocationCommand,
  InvocationDoesNotExist,
  paginateDescribeInstanceInformation,
  SendCommandCommand,
  SSMClient,
} from "@aws-sdk/client-ssm";
import type { Declaration, Report } from "../../image/connect/reconcile/reconcile.ts";
import { secretsVersionKey } from "../../model/connect/sinkParameters.ts";
import { wait } from "../cancellation.ts";
import { Unreachable, type Reach } from "./reach.ts";

type SsmReach = Extract<Reach, { by: "ssm" }>;

const minute = 60_000;
/** An instance is up after about two minutes; a rolling refresh replaces them one after the other. */
const bootDeadline = 20 * minute;
/** reconcile gives up by itself before the document does, and the document before we do. */
const commandDeadline = 30 * minute;
/** Systems Manager takes no more instances for a command. */
const mostInstances = 50;

/**
 * Runs reconcile on an instance, with the image that it runs, and gives its report. Waits for all instances of the
 * release when something is to be made, and lets each of them fetch the secrets of a connector that has its own; throws
 * `Unreachable` when there is none to look at or to delete from.
 */
export async function reconcileOnInstance(
  reach: SsmReach,
  declaration: Declaration,
  { dryRun }: { readonly dryRun: boolean },
): Promise<Report> {
  const client = new SSMClient({ region: reach.region });
  try {
    const isMade = !dryRun && Object.keys(declaration.connectors).length > 0;
    const [instance, ...others] = await instancesOf(client, reach, isMade ? bootDeadline : 0);
    if (isMade && Object.values(declaration.connectors).some(({ config }) => secretsVersionKey in config)) {
      await fetchSecrets(client, reach, [instance, ...others]);
    }
    const sent = await client.send(
      new SendCommandCommand({
        DocumentName: reach.document,
        InstanceIds: [instance],
        Parameters: {
          Declaration: [gzipSync(JSON.stringify(declaration)).toString("base64")],
          DryRun: [String(dryRun)],
        },
      }),
    );
    return reportIn(await endOf(client, sent.Command?.CommandId ?? "", instance, "reconcile"));
  } finally {
    client.destroy();
  }
}

/** Its tasks may start on any worker, and each reads the file of its own host. */
async function fetchSecrets(client: SSMClient, reach: SsmReach, instances: readonly string[]): Promise<void> {
  const failures: string[] = [];
  for (let from = 0; from < instances.length; from += mostInstances) {
    const some = instances.slice(from, from + mostInstances);
    const sent = await client.send(
      // One that has gone meanwhile is not waited for: by default for an hour.
      new SendCommandCommand({ DocumentName: reach.secretsDocument, InstanceIds: some, TimeoutSeconds: 120 }),
    );
    const ends = await Promise.all(
      some.map((instance) => endOf(client, sent.Command?.CommandId ?? "", instance, "pipeline-secrets")),
    );
    failures.push(
      ...ends
        .filter(({ status }) => status !== "Success")
        .map(({ instance, status, words }) => `${instance} (${status}): ${words}`),
    );
  }
  if (failures.length > 0) {
    throw new Error(
      `The secrets of the sinks could not be fetched on every worker, and the connector is left as it was.\n${failures.join("\n")}`,
    );
  }
}

/**
 * The instances that Systems Manager reaches, one at least: of the release, once there are as many as declared. Who takes a connector away
 * or looks at one knows the release of its last deployment, and the workers may be of a newer one by then: any will do.
 */
async function instancesOf(
  client: SSMClient,
  { release, name, workers }: SsmReach,
  patience: number,
): Promise<readonly [string, ...string[]]> {
  const wanted = patience === 0 ? 1 : workers;
  const deadline = Date.now() + patience;
  for (let pause = 500; ; pause = Math.min(pause * 2, 10_000)) {
    const online = await onlineWith(client, "pipeline-release", release);
    const [first, ...further] = online;
    if (first !== undefined && online.length >= wanted) {
      return [first, ...further];
    }
    if (Date.now() + pause > deadline) {
      const [other] = patience === 0 ? await onlineWith(client, "Name", name) : [];
      if (other !== undefined) {
        return [other];
      }
      throw new Unreachable(
        `Systems Manager reaches ${String(online.length)} of ${String(wanted)} worker instances of release ${release}. ` +
          "Look at the instances' system log: they need a way out to the internet, or VPC endpoints for ssm, ssmmessages and ec2messages",
      );
    }
    await wait(pause);
  }
}

/** Ids of the instances with a tag that Systems Manager reaches. */
async function onlineWith(client: SSMClient, tag: string, value: string): Promise<string[]> {
  const online: string[] = [];
  const Filters = [
    { Key: `tag:${tag}`, Values: [value] },
    { Key: "PingStatus", Values: ["Online"] },
  ];
  for await (const { InstanceInformationList = [] } of paginateDescribeInstanceInformation({ client }, { Filters })) {
    online.push(...InstanceInformationList.flatMap(({ InstanceId }) => InstanceId ?? []));
  }
  return online.sort();
}

interface End {
  readonly instance: string;
  readonly status: string;
  readonly output: string;
  /** What it said of its failure. */
  readonly words: string;
}

/** Waits until a command has ended on an instance. `what`: what it runs there. */
async function endOf(client: SSMClient, command: string, instance: string, what: string): Promise<End> {
  const deadline = Date.now() + commandDeadline;
  for (let pause = 250; ; pause = Math.min(pause * 2, 5_000)) {
    await wait(pause);
    const invocation = await client
      .send(new GetCommandInvocationCommand({ CommandId: command, InstanceId: instance }))
      .catch((error: unknown) => {
        if (error instanceof InvocationDoesNotExist) {
          return undefined; // it takes a moment until a command that was sent can be seen
        }
        throw error;
      });
    const status = invocation?.Status ?? "Pending";
    if (!["Pending", "InProgress", "Delayed", "Cancelling"].includes(status)) {
      const output = invocation?.StandardOutputContent ?? "";
      const errors = invocation?.StandardErrorContent ?? "";
      const words = (errors.trim() === "" ? output.trim() : errors.trim()).slice(-2_000);
      return { instance, status, output, words };
    }
    if (Date.now() > deadline) {
      throw new Error(`${what} did not end on ${instance} within ${String(commandDeadline / minute)} minutes`);
    }
  }
}

/** The report is the last line of the output; without one, the program itself did not run. */
function reportIn({ instance, status, output, words }: End): Report {
  const last = output.trim().split("\n").at(-1) ?? "";
  try {
    return JSON.parse(last) as Report;
  } catch {
    throw new Error(`reconcile on ${instance} ended as ${status} without a report:\n${words}`);
  }
}
