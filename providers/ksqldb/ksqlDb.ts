import { Refused } from "./answers.ts";
import { create, remove, replaceInPlace, revive } from "./apply.ts";
import type { KsqlClient } from "./client.ts";
import { differenceOf } from "./difference.ts";
import { look } from "./look.ts";
import { selectOf } from "./rewrite.ts";
import type { StreamEngine } from "./streamEngine.ts";

/** ksqlDB, as what runs the statements. */
export function ksqlDb(client: KsqlClient): StreamEngine {
  return {
    difference: differenceOf,
    create: (inputs) => create(client, inputs),
    replaceInPlace: (inputs) => replaceInPlace(client, inputs),
    revive: (inputs, state) => revive(client, inputs, state),
    remove: (state, deletesTopic) => remove(client, state, deletesTopic),
    look: (state) => look(client, state),

    /**
     * EXPLAIN plans the query and leaves no trace. A trial under another name would make a topic and read with it. A
     * declaration of a source has no query to plan: what is wrong with it, the checker knows.
     */
    async rehearse({ sql }) {
      const select = selectOf(sql);
      if (select === undefined) {
        return;
      }
      try {
        await client.rehearse(select);
      } catch (error) {
        // A server that does not answer says nothing about the statement.
        if (error instanceof Refused && Math.floor(error.code / 100) === 400) {
          throw error;
        }
      }
    },
  };
}
