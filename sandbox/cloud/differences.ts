import { isObject, pathTo } from "./check.ts";

export interface Difference {
  /** Where, in Pulumi's form: `config["retention.ms"]`. */
  readonly path: string;
  readonly change: "add" | "delete" | "update";
}

/** The smallest parts that differ. */
export function differences(before: unknown, after: unknown, path = ""): Difference[] {
  if (isObject(before) && isObject(after)) {
    const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])];
    return keys.flatMap((key) => differences(before[key], after[key], pathTo(path, key)));
  }
  if (Array.isArray(before) && Array.isArray(after)) {
    const longer: unknown[] = before.length > after.length ? before : after;
    return longer.flatMap((_, index) => differences(before[index], after[index], pathTo(path, index)));
  }
  if (before === after) {
    return [];
  }
  return [{ path, change: before === undefined ? "add" : after === undefined ? "delete" : "update" }];
}
