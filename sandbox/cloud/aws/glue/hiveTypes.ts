/** Why Athena does not read a type as Hive's; `undefined` for one that it does. */
export function typeMistake(type: string): string | undefined {
  const end = endOfType(type, 0);
  if (typeof end === "object") {
    return end.problem;
  }
  return end === type.length ? undefined : `Error: end expected at the position ${String(end)} of '${type}'`;
}

type End = number | { readonly problem: string };

const simple = [
  "boolean",
  "tinyint",
  "smallint",
  "int",
  "bigint",
  "float",
  "double",
  "string",
  "binary",
  "date",
  "timestamp",
];

/** Where the type that begins at a place ends. */
function endOfType(text: string, from: number): End {
  const [name = ""] = /^[a-z_]\w*/.exec(text.slice(from)) ?? [];
  const after = from + name.length;
  const unexpected = {
    problem: `Error: type expected at the position ${String(from)} of '${text}' but '${text.slice(from)}' is found.`,
  };
  switch (name) {
    case "decimal":
      return endOfDecimal(text, after);
    case "char":
    case "varchar":
      return endOfText(text, name, after);
    case "array":
      return endOfList(text, after, [""]);
    case "map":
      return endOfList(text, after, ["", ""]);
    case "struct":
      return endOfList(text, after, undefined);
    default:
      return simple.includes(name) ? after : unexpected;
  }
}

/** Athena reads 38 digits. */
function endOfDecimal(text: string, from: number): End {
  const [all = "", precision = "10", scale = "0"] = /^(?:\((\d+)(?:,(\d+))?\))?/.exec(text.slice(from)) ?? [];
  if (Number(precision) < 1 || Number(precision) > 38) {
    return { problem: `DECIMAL precision must be in range [1, 38]: ${precision}` };
  }
  return Number(scale) > Number(precision)
    ? { problem: `DECIMAL scale must be in range [0, precision (${precision})]: ${scale}` }
    : from + all.length;
}

function endOfText(text: string, name: "char" | "varchar", from: number): End {
  const [all, length] = /^\((\d+)\)/.exec(text.slice(from)) ?? [];
  const most = name === "char" ? 255 : 65_535;
  return all === undefined || Number(length) < 1 || Number(length) > most
    ? { problem: `${name} length must be in range [1, ${String(most)}]: ${text.slice(from)}` }
    : from + all.length;
}

/** `<a,b>`: as many types as there are labels; or any number of types with labels. */
function endOfList(text: string, from: number, labels: readonly string[] | undefined): End {
  if (text[from] !== "<") {
    return { problem: `Error: < expected at the position ${String(from)} of '${text}'` };
  }
  let at = from + 1;
  for (let count = 1; ; count += 1) {
    const label = labels === undefined ? /^\w+:/.exec(text.slice(at))?.[0] : "";
    if (label === undefined) {
      return { problem: `Error: name expected at the position ${String(at)} of '${text}'` };
    }
    const end = endOfType(text, at + label.length);
    if (typeof end === "object") {
      return end;
    }
    const isLast = labels === undefined ? text[end] !== "," : count === labels.length;
    if (text[end] !== (isLast ? ">" : ",")) {
      return { problem: `Error: ${isLast ? ">" : ","} expected at the position ${String(end)} of '${text}'` };
    }
    at = end + 1;
    if (isLast) {
      return at;
    }
  }
}
