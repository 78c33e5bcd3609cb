import type { ResourceKind } from "../resourceKind.ts";

/**
 * The files that a host of the user's runs, by name (`files`). It only records them: so that a preview shows which line
 * of which file changes.
 */
export const bundle: ResourceKind = {
  replacedBy: [],
  create: () => Promise.resolve("bundle"),
  update: () => Promise.resolve(undefined),
  read: (state) => Promise.resolve(state),
  delete: () => Promise.resolve(),
};
