import { setTimeout as pause } from "node:timers/promises";

const cancellation = new AbortController();

/** The user has pressed Ctrl-C: whatever waits ends now. What a worker was asked to do goes on there. */
export function cancel(): void {
  cancellation.abort(new Error("it was cancelled"));
}

export const cancelled: AbortSignal = cancellation.signal;

/** Waits so many milliseconds. Throws when it is cancelled meanwhile. */
export async function wait(ms: number): Promise<void> {
  await pause(ms, undefined, { signal: cancelled }).catch(() => cancelled.throwIfAborted());
}
