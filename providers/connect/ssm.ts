import { gzipSync } from "node:zlib";
import {
  GetCommandInvocationCommand,
  InvocationDoesNotExist,
  paginateDescribeInstanceInformation,
  SendCommandCommand,
  SSMClient,
} from "@aws-sdk/client-ssm";
import type { Declaration, Report } from "../../image/connect/reconcile/reconcile.ts";
import { wait } from "../cancellation.ts";
import { Unreachable, type Reach } from "./reach.ts";

type SsmReach = Extract<Reach, { by: "ssm" }>;

const minute = 60_000;
/** An instance is up after about two minutes; a rolling refresh replaces them one after the other. */
const bootDeadline = 20 * minute;
/** reconcile gives up by itself before the document does, and the document before we do. */
const commandDeadline = 30 * minute;

/**
 * Runs reconcile on an instance, with the image that it runs, and gives its report. Waits for all instances of the
 * release when something is to be made; throws `Unreachable` when there is none to look at or to delete from.
 */
export async function reconcileOnInstance(
  reach: SsmReach,
  declaration: Declaration,
  { dryRun }: { readonly dryRun: boolean },
): Promise<Report> {
  const client = new SSMClient({ region: reach.region });
  try {
    const isMade = !dryRun && Object.keys(declaration.connectors).length > 0;
    const instance = await instanceOf(client, reach, isMade ? bootDeadline : 0);
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
    return await reportOf(client, sent.Command?.CommandId ?? "", instance);
  } finally {
    client.destroy();
  }
}

/**
 * An instance that Systems Manager reaches: of the release, once there are as many as declared. Who takes a connector away
 * or looks at one knows the release of its last deployment, and the workers may be of a newer one by then: any will do.
 */
async function instanceOf(client: SSMClient, { release, name, workers }: SsmReach, patience: number): Promise<string> {
  const wanted = patience === 0 ? 1 : workers;
  const deadline = Date.now() + patience;
  for (let pause = 500; ; pause = Math.min(pause * 2, 10_000)) {
    const online = await onlineWith(client, "pipeline-release", release);
    const [first] = online;
    if (first !== undefined && online.length >= wanted) {
      return first;
    }
    if (Date.now() + pause > deadline) {
      const [other] = patience === 0 ? await onlineWith(client, "Name", name) : [];
      if (other !== undefined) {
        return other;
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

async function reportOf(client: SSMClient, command: string, instance: string): Promise<Report> {
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
      return reportIn(
        invocation?.StandardOutputContent ?? "",
        invocation?.StandardErrorContent ?? "",
        instance,
        status,
      );
    }
    if (Date.now() > deadline) {
      throw new Error(`reconcile did not end on ${instance} within ${String(commandDeadline / minute)} minutes`);
    }
  }
}

/** The report is the last line of the output; without one, the program itself did not run. */
function reportIn(output: string, errors: string, instance: string, status: string): Report {
  const last = output.trim().split("\n").at(-1) ?? "";
  try {
    return JSON.parse(last) as Report;
  } catch {
    const words = errors.trim() === "" ? output.trim() : errors.trim();
    throw new Error(`reconcile on ${instance} ended as ${status} without a report:\n${words.slice(-2_000)}`);
  }
}
