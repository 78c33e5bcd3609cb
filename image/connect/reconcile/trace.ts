interface Cause {
  readonly type: string;
  readonly message: string;
}

/** Types whose message says that something failed, and not what: the one above them names the host, the topic, the login. */
const bare = /^(java\.(net|io|nio|util\.concurrent|lang\.NullPointer|lang\.reflect)|javax\.net|sun\.|io\.netty)/;

/**
 * The line of a task's trace that tells a user most: the deepest cause with a message of its own. Where that is bare, as
 * in `Connection refused`, the line is what came of it, with the bare cause behind it.
 */
export function causeOf(trace: string | undefined): string {
  const chain = causesIn(trace ?? "").filter(({ message }) => message !== "");
  const deepest = chain.at(-1);
  if (deepest === undefined) {
    return firstLine(trace ?? "") || "the worker gives no reason";
  }
  const telling = chain.findLast(({ type }) => !bare.test(type));
  if (telling === undefined || telling === deepest) {
    return spoken(deepest);
  }
  return telling.message.includes(deepest.message) ? spoken(telling) : `${spoken(telling)} (${spoken(deepest)})`;
}

function spoken({ type, message }: Cause): string {
  return `${type.split(/[.$]/).at(-1) ?? type}: ${message}`;
}

/** The exceptions of a trace, the outermost first. A message that goes on over lines is taken up to its first stop. */
function causesIn(trace: string): Cause[] {
  const causes: Cause[] = [];
  let isFirst = true;
  for (const line of trace.split(/\r?\n/)) {
    const match = /^(Caused by: )?([\w$]+(?:\.[\w$]+)+)(?::\s?(.*))?$/.exec(line);
    const [, causedBy, type = "", message = ""] = match ?? [];
    if (match !== null && (isFirst || causedBy !== undefined)) {
      causes.push({ type, message: ownMessage(message.trim()) });
      isFirst = false;
    }
  }
  return causes;
}

/** An exception made of another says the other's type and message as its own. */
function ownMessage(message: string): string {
  return message.replace(/^([\w$]+\.)+[\w$]*(Exception|Error):\s*/, "");
}

function firstLine(text: string): string {
  return (
    text
      .split(/\r?\n/)
      .find((line) => line.trim() !== "")
      ?.trim() ?? ""
  );
}
