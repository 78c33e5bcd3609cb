/** What a user has to do before the sandbox can run; the message says it all. */
export class SetupError extends Error {}

/** What went wrong, in a sentence where it is something that a user can mend, and with its trace where it is our fault. */
export function explained(error: unknown): string {
  if (!(error instanceof Error)) {
    return String(error);
  }
  if (error instanceof SetupError || isCallMistake(error)) {
    return error.message;
  }
  switch (codeOf(error)) {
    case "ENOSPC":
      return `The disk is full (${error.message}). Free some space and try again: what was done so far is kept.`;
    case "EACCES":
    case "EROFS":
    case "ENOTDIR":
      return `A folder cannot be written (${error.message}). Set PIPELINE_SANDBOX or XDG_CACHE_HOME to one that can.`;
    default:
      return error.stack ?? error.message;
  }
}

/** An option that does not exist, or lacks its value. */
export function isCallMistake(error: unknown): boolean {
  return error instanceof Error && codeOf(error).startsWith("ERR_PARSE_ARGS");
}

function codeOf(error: Error): string {
  return "code" in error ? String(error.code) : "";
}
