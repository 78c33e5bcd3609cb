/** What the engine puts where a value is not known yet. */
export const unknown = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

/** Whether all of a value is known. */
export function isKnown(value: unknown): boolean {
  return value !== unknown && (typeof value !== "object" || value === null || Object.values(value).every(isKnown));
}
