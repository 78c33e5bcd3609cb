/**
 * Spares the SDK's own stack traces: for every promise it takes one that only a search for leaked promises would read,
 * and for every resource one that only finds its line in the program. Formatting them is most of a preview's work in
 * Node (half the time at 1,000 tables). Errors keep their traces. Lost: the source positions that `pulumi` can show
 * beside a resource, and `PULUMI_DEBUG_PROMISE_LEAKS`, which therefore switches this off.
 */
const { prepareStackTrace: format } = Error as {
  prepareStackTrace?: (error: Error, frames: NodeJS.CallSite[]) => unknown;
};

// The runner of programs has set a formatter that maps lines; V8's own is fast, and cannot be called from here.
if (format !== undefined && process.env.PULUMI_DEBUG_PROMISE_LEAKS === undefined) {
  Error.prepareStackTrace = (error, frames) => {
    const caller = frames[0]?.getFunctionName();
    return caller === "debuggablePromise" || caller === "callsites" ? "" : format(error, frames);
  };
}
