import { NoViableAltException, Token, type Parser, type RecognitionException } from "antlr4ng";
import { KsqlLexer } from "../generated/KsqlLexer.js";
import { ksqlDbWords } from "../../reservedWords.ts";
import { either, nearest } from "../../words.ts";
import type { Position } from "../statement.ts";
import { tokenPosition } from "./build.ts";

const words = (list: string): readonly string[] => list.trim().split(/\s+/);

/** Beginnings of statements, for whoever starts one in another way. */
const beginnings = ["CREATE STREAM", "CREATE TABLE", "INSERT INTO", "DROP", "TERMINATE", "DESCRIBE", "SHOW", "ASSERT"];

export interface SyntaxMistake {
  readonly at: Position;
  readonly text: string;
}

/** What a parser that stopped at a token makes of it. */
export function syntaxMistake(
  parser: Parser,
  token: Token,
  tokens: readonly Token[],
  exception: RecognitionException | null,
): SyntaxMistake {
  const isEnd = token.type === Token.EOF;
  const previous = isEnd ? tokens.at(-1) : tokens[tokens.indexOf(token) - 1];
  const at = tokenPosition(isEnd ? (previous ?? token) : token);
  if (previous === undefined) {
    const choice = nearest(token.text ?? "", beginnings) ?? either(beginnings);
    return { at, text: `No statement starts with ${shown(token)}. Write ${choice}.` };
  }
  // Where several alternatives began together, what was expected at the token itself is not known.
  const expected = exception instanceof NoViableAltException ? [] : expectedWords(parser);
  for (const word of [token, previous]) {
    const slip = slipOf(word, expected);
    if (slip !== undefined) {
      return { at: tokenPosition(word), text: `${shown(word)} is not understood here. Write ${slip}.` };
    }
  }
  const word = (token.text ?? "").toUpperCase();
  const wantsName = expected.length === 0 || expected.includes("a name");
  if (wantsName && ksqlDbWords.has(word) && !isClause(token)) {
    return { at, text: `ksqlDB reserves ${word}. Write \`${word}\` in backticks, or take another name.` };
  }
  const what = isEnd
    ? `The statement ends too early, after ${shown(previous)}.`
    : `${shown(token)} is not understood here, after ${shown(previous)}.`;
  return { at, text: `${what} ${fixOf(expected, token, previous)}` };
}

function fixOf(expected: readonly string[], token: Token, previous: Token): string {
  if (expected.includes("MINUTES")) {
    return "Write a unit of time, e.g. MINUTES.";
  }
  const wantsValue = expected.length === 0 && (isClause(token) || token.type === Token.EOF);
  if (wantsValue && (isClause(previous) || /^\W+$/.test(previous.text ?? ""))) {
    return `Write a column or an expression after ${shown(previous)}${previous.text === "," ? ", or take the comma out" : ""}.`;
  }
  if (expected.includes("a name") && expected.includes("'text'")) {
    return `Write a column or an expression after ${shown(previous)}.`;
  }
  return expected.length === 0 || expected.length > 8
    ? "Look for a comma, a bracket or a word that is missing or too many."
    : `Write ${either(expected)}.`;
}

function expectedWords(parser: Parser): string[] {
  const words = parser.getExpectedTokens().toArray().map(nameOf);
  return [...new Set(words.filter((word) => word !== ""))];
}

/** A token as one writes it. */
function nameOf(type: number): string {
  if (type === Token.EOF) {
    return ";";
  }
  if (type === KsqlLexer.IDENTIFIER) {
    return "a name";
  }
  if (type === KsqlLexer.INTEGER) {
    return "a whole number";
  }
  if (type === KsqlLexer.STRING) {
    return "'text'";
  }
  const literal = KsqlLexer.literalNames[type];
  return literal?.slice(1, -1) ?? "";
}

/** Words in the middle of a statement; one that is misspelt is taken for a name, and only the next word is strange. */
const clauses = words(`
  FROM WHERE GROUP PARTITION HAVING EMIT CHANGES FINAL LIMIT JOIN LEFT INNER OUTER WINDOW TUMBLING HOPPING SESSION
  WITHIN GRACE PERIOD RETENTION ADVANCE BETWEEN
`);

/** The keyword that a word was most likely meant to be. */
function slipOf(token: Token, expected: readonly string[]): string | undefined {
  const word = token.text ?? "";
  if (token.type !== KsqlLexer.IDENTIFIER || word.length < 3) {
    return undefined;
  }
  const keywords = expected.filter((candidate) => /^[A-Z]{3,}$/.test(candidate));
  return nearest(word, keywords) ?? nearest(word, clauses);
}

function isClause(token: Token): boolean {
  return /^(FROM|WHERE|GROUP|HAVING|JOIN|ON|AS|AND|OR|WITH|SELECT|WINDOW|BY|THEN|ELSE|END|WHEN|WITHIN|INTO|VALUES)$/i.test(
    token.text ?? "",
  );
}

function shown(token: Token): string {
  return token.type === Token.EOF ? "the end" : `"${token.text ?? ""}"`;
}
