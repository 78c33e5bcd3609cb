import type { Properties } from "./cloud/inventory.ts";

export function sortedBy(
  things: readonly { readonly id: string; readonly properties: Properties }[],
  property: string,
): Properties[] {
  return things
    .map(({ id, properties }): Properties => ({ ...properties, id }))
    .sort((a, b) => text(a, property).localeCompare(text(b, property)));
}

export function table(rows: readonly (readonly string[])[]): string[] {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => (row[column] ?? "").length)));
  return rows.map((row) => `  ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join("  ")}`.trimEnd());
}

export function text(properties: Properties, key: string): string {
  const value = properties[key];
  return typeof value === "string" ? value : "";
}

export function count(number: number, noun: string): string {
  return `${String(number)} ${noun}${number === 1 ? "" : "s"}`;
}
