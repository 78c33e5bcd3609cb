import { createHash } from "node:crypto";
import type { Properties, ResourceKind } from "../resourceKind.ts";

/** Holds the place of the resource that sends statements: it records them, and sends nothing yet. */
export const statement: ResourceKind = {
  replacedBy: [],
  outputs: (inputs) => ({ revision: digestOf(inputs), queryId: "" }),
  create: (inputs) => Promise.resolve(digestOf(inputs)),
  update: () => Promise.resolve(),
  read: (state) => Promise.resolve(state),
  delete: () => Promise.resolve(),
};

function digestOf({ sql }: Properties): string {
  return createHash("sha256").update(String(sql)).digest("hex").slice(0, 12);
}
