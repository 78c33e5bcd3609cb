import type { CaseRecord } from "./cases.ts";
import { lastRows, rowText } from "./final.ts";

/** `every`: each record that is written, in order. `last`: what a table holds in the end. */
export type Compared = "every" | "last";

/**
 * What was written and should not have been, and the opposite, in lines. Records are compared key by key, since several
 * tasks of a server write side by side.
 */
export function differences(
  expected: readonly CaseRecord[],
  received: readonly CaseRecord[],
  compared: Compared,
): string[] {
  const [wanted, found] = compared === "every" ? [expected, received] : [lastRows(expected), lastRows(received)];
  const keys = [...new Set([...wanted, ...found].map(keyText))];
  return keys.flatMap((key) => {
    const [want, have] = [wanted.filter((one) => keyText(one) === key), found.filter((one) => keyText(one) === key)];
    return Array.from({ length: Math.max(want.length, have.length) }, (_, index) =>
      difference(want[index], have[index]),
    ).flat();
  });
}

function difference(want: CaseRecord | undefined, have: CaseRecord | undefined): string[] {
  const [expected, received] = [recordText(want), recordText(have)];
  if (expected === received) {
    return [];
  }
  const fields = want === undefined || have === undefined ? [] : differentFields(want, have);
  return [
    `  expected  ${expected}`,
    `  received  ${received}`,
    ...(fields.length > 0 ? [`  differs   ${fields.join(", ")}`] : []),
  ];
}

function differentFields(want: CaseRecord, have: CaseRecord): string[] {
  const flat = ({ value, timestamp, window }: CaseRecord): Record<string, unknown> => ({
    ...value,
    timestamp,
    ...(window === undefined ? {} : { "window's start": window.start, "window's end": window.end }),
  });
  const [a, b] = [flat(want), flat(have)];
  return want.value === null || have.value === null
    ? []
    : [...new Set([...Object.keys(a), ...Object.keys(b)])].filter((field) => a[field] !== b[field]);
}

function keyText({ key }: CaseRecord): string {
  return typeof key === "object" && key !== null ? rowText(key) : JSON.stringify(key);
}

function recordText(record: CaseRecord | undefined): string {
  if (record === undefined) {
    return "nothing";
  }
  const { value, timestamp, window } = record;
  return [
    keyText(record),
    ...(window === undefined ? [] : [`[${window.start}, ${window.end}]`]),
    value === null ? "gone" : rowText(value),
    `at ${timestamp}`,
  ].join(" ");
}
