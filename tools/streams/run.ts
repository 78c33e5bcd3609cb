import { setTimeout as sleep } from "node:timers/promises";
import type { CaseRecord, StreamsCase } from "./cases.ts";
import { differences, type Compared } from "./differences.ts";
import { withoutWindow, type Codec } from "./json.ts";
import type { Received, Topics } from "./kafka.ts";
import type { KsqlServer } from "./server.ts";
import type { Trial } from "./trial.ts";

export interface RunArgs {
  readonly server: KsqlServer;
  readonly topics: Topics;
  readonly codec: Codec;
  readonly compared: Compared;
  /** Milliseconds for what was sent to be joined, before another topic's turn. */
  readonly settle: number;
  /** Milliseconds for the results to arrive. */
  readonly within: number;
  /** Ends the waiting: Ctrl-C. */
  readonly signal: AbortSignal;
}

export interface CaseResult {
  /** Lines; none when the case holds. */
  readonly differences: readonly string[];
  /** What could not be taken away again. */
  readonly left: readonly string[];
}

/** Runs a case on a server, compares, and takes away all that it made, whatever happens. */
export async function runCase(test: StreamsCase, trial: Trial, args: RunArgs): Promise<CaseResult> {
  const { server, topics } = args;
  let found: readonly string[] = [];
  let failure: unknown;
  try {
    await topics.create(trial.inputs.map(({ topic }) => topic));
    for (const { create } of trial.inputs) {
      args.signal.throwIfAborted();
      await server.run(create);
    }
    args.signal.throwIfAborted();
    await server.run(trial.output.create);
    await sendInputs(test.inputs, trial, args);
    args.signal.throwIfAborted();
    found = differences(test.outputs, await readOutputs(test, trial, args), args.compared);
    args.signal.throwIfAborted();
  } catch (error) {
    failure = error;
  }
  const left = await cleanUp(trial, args);
  if (failure !== undefined) {
    throw new CaseFailure(failure, left);
  }
  return { differences: found, left };
}

/** A case that could not be run to its end; what of it is left. */
export class CaseFailure extends Error {
  readonly left: readonly string[];

  constructor(reason: unknown, left: readonly string[]) {
    super(reason instanceof Error ? reason.message : String(reason), { cause: reason });
    this.left = left;
  }
}

/** One after the other. Order between topics is not Kafka's: the server gets time to read one before the next. */
async function sendInputs(inputs: readonly CaseRecord[], trial: Trial, args: RunArgs): Promise<void> {
  let before = inputs[0]?.topic;
  if (inputs.some(({ topic }) => topic !== before)) {
    // The statement is accepted before its query reads.
    await sleep(args.settle, undefined, { signal: args.signal });
  }
  for (const record of inputs) {
    const input = trial.inputs.find(({ of }) => of.topic === record.topic);
    if (input === undefined) {
      throw new Error(`${record.topic} is not read`);
    }
    if (record.topic !== before) {
      await sleep(args.settle, undefined, { signal: args.signal });
    }
    before = record.topic;
    const bytes = await args.codec.encode(record, input.of, input.topic);
    await args.topics.send(input.topic, bytes, record.timestamp);
  }
}

/** Waits for as many as there should be, and a while longer, since there may be too many. */
async function readOutputs({ outputs }: StreamsCase, trial: Trial, args: RunArgs): Promise<CaseRecord[]> {
  const enough = new AbortController();
  const waiting = AbortSignal.any([
    AbortSignal.timeout(outputs.length > 0 ? args.within : args.settle),
    args.signal,
    enough.signal,
  ]);
  const received = await args.topics.read(
    trial.output.topic,
    (all) => {
      if (all.length === outputs.length) {
        setTimeout(() => enough.abort(), args.settle).unref();
      }
      return false;
    },
    waiting,
  );
  return Promise.all(received.map((record) => decoded(record, trial, args.codec)));
}

async function decoded(record: Received, { output }: Trial, codec: Codec): Promise<CaseRecord> {
  const { key, window } =
    record.key === null ? { key: null, window: undefined } : withoutWindow(record.key, output.of, output.windowMs);
  const row = await codec.decode({ key, value: record.value }, output.of, output.topic);
  return {
    topic: output.of.topic,
    ...row,
    timestamp: record.timestamp,
    ...(window === undefined ? {} : { window }),
  };
}

/** The result first, which reads the others. Every step is tried, whatever became of the one before. */
async function cleanUp({ inputs, output }: Trial, { server, topics }: RunArgs): Promise<string[]> {
  const left: string[] = [];
  const attempt = async (what: string, work: () => Promise<void>) => {
    try {
      await work();
    } catch (error) {
      left.push(`${what}: ${error instanceof Error ? error.message : String(error)}`);
    }
  };
  for (const { drop } of [output, ...inputs]) {
    await attempt(drop, () => server.run(drop));
  }
  const names = [output, ...inputs].map(({ topic }) => topic);
  await attempt(`topics ${names.join(", ")}`, () => topics.remove(names));
  return left;
}
