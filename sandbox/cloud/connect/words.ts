/** The values of a list in a configuration: `a, b`. */
export function valuesOf(list = ""): string[] {
  return list
    .split(",")
    .map((value) => value.trim())
    .filter((value) => value !== "");
}
