import { readKsql } from "../../../../model/ksql/reading/read.ts";
import type { Header } from "../../../../model/ksql/statement.ts";

const nothing: Header = { question: "", onReplacement: undefined, reprocess: undefined };

const headers: Readonly<Record<string, readonly [comments: string, header: Header]>> = {
  "nothing without comments": ["", nothing],
  "a question": ["-- Who ordered what?\n", { ...nothing, question: "Who ordered what?" }],
  "a question of two lines": [
    "-- Who ordered what?\n--   And when?\n",
    { ...nothing, question: "Who ordered what? And when?" },
  ],
  "a question with a colon": ["-- Orders: who ordered what?\n", { ...nothing, question: "Orders: who ordered what?" }],
  "both options, in any case": [
    "-- Who?\n-- On replacement:  Keep Topic\n-- REPROCESS: from beginning\n",
    { question: "Who?", onReplacement: "keep topic", reprocess: "from beginning" },
  ],
  "the other values": [
    "-- on replacement: delete topic\r\n-- reprocess: from now\r\n",
    { ...nothing, onReplacement: "delete topic", reprocess: "from now" },
  ],
  "empty lines between comments": [
    "\n-- Who?\n\n-- reprocess: from now\n",
    { ...nothing, question: "Who?", reprocess: "from now" },
  ],
};

describe("the header of a file says", () => {
  it.each(Object.entries(headers))("%s", (_title, [comments, header]) => {
    const read = readKsql(
      "x.sql",
      `${comments}SELECT item FROM orders; -- reprocess: from beginning\n-- what comes last\n`,
    );
    expect(read.mistakes).toEqual([]);
    expect(read.header).toEqual(header);
  });
});
