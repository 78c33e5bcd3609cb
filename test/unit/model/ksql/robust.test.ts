import { CharStream } from "antlr4ng";
import * as fc from "fast-check";
import { readdirSync, readFileSync } from "node:fs";
import { checkTransformations } from "../../../../model/ksql/transformations.ts";
import { KsqlLexer } from "../../../../model/ksql/generated/KsqlLexer.js";
import { shop } from "./shop.ts";

const words = readdirSync("sql/ksqldb").map((file) => {
  const lexer = new KsqlLexer(CharStream.fromString(readFileSync(`sql/ksqldb/${file}`, "utf8")));
  return lexer.getAllTokens().map(({ text = "" }) => text);
});
const all = [...new Set(words.flat())];

/** A statement in which some words are left out, others are there twice or are others. */
const broken = fc
  .constantFrom(...words)
  .chain((statement) =>
    fc.tuple(
      fc.constant(statement),
      fc.array(
        fc.record({
          at: fc.nat({ max: statement.length - 1 }),
          remove: fc.nat({ max: 3 }),
          insert: fc.array(fc.constantFrom(...all), { maxLength: 2 }),
        }),
        { minLength: 1, maxLength: 4 },
      ),
    ),
  )
  .map(([statement, changes]) =>
    changes
      .reduce<string[]>(
        (text, { at, remove, insert }) => text.toSpliced(at, remove, ...insert.flatMap((word) => [" ", word, " "])),
        [...statement],
      )
      .join(""),
  );

it("says what is wrong with anything that is written, at a place in it and in whole sentences", () => {
  fc.assert(
    fc.property(fc.oneof(broken, fc.string()), (text) => {
      const lines = text.split("\n");
      const { mistakes } = checkTransformations([{ file: "X.sql", text }], { relations: shop });
      for (const { line, column, text: sentence } of mistakes) {
        expect(line).toBeGreaterThanOrEqual(1);
        expect(line).toBeLessThanOrEqual(lines.length);
        expect(column).toBeGreaterThanOrEqual(1);
        expect(column).toBeLessThanOrEqual((lines[line - 1] ?? "").length + 1);
        expect(sentence).toMatch(/^.+[.,)] [A-Z].*\.$/s);
        expect(sentence).not.toMatch(/undefined|\[object/);
      }
    }),
    { numRuns: 1500 },
  );
});
