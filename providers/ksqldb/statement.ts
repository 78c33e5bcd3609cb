import { createHash } from "node:crypto";
import type { ResourceKind } from "../resourceKind.ts";

/** Holds the place of the resource that sends statements: it records them, and sends nothing yet. */
export const statement: ResourceKind = {
  replacedBy: [],
  create: ({ sql }) => Promise.resolve(createHash("sha256").update(String(sql)).digest("hex").slice(0, 12)),
  update: () => Promise.resolve(),
  read: (state) => Promise.resolve(state),
  delete: () => Promise.resolve(),
};
