import {
  BailErrorStrategy,
  BaseErrorListener,
  CharStream,
  CommonTokenStream,
  DefaultErrorStrategy,
  ListTokenSource,
  ParseCancellationException,
  PredictionMode,
  Token,
  type RecognitionException,
  type Recognizer,
  type ATNSimulator,
} from "antlr4ng";
import { KsqlLexer } from "../generated/KsqlLexer.js";
import { KsqlParser, type StatementContext } from "../generated/KsqlParser.js";
import type { Header, Mistake, Position, Severity } from "../statement.ts";
import type { StatementSyntax } from "../syntax.ts";
import { tokenPosition, Unreadable, type Report } from "./build.ts";
import { buildStatement } from "./buildStatement.ts";
import { readHeader } from "./header.ts";
import { refusedStatement } from "./refused.ts";
import { syntaxMistake, type SyntaxMistake } from "./syntaxMistake.ts";

/** What a file says, before anybody asks what the names in it mean. */
export interface ReadFile {
  readonly file: string;
  readonly header: Header;
  /** Those that could be read, in order. */
  readonly statements: readonly StatementSyntax[];
  readonly mistakes: readonly Mistake[];
}

/** Reads the statements of a file. A statement that cannot be read is a mistake, and keeps none of the others from being read. */
export function readKsql(file: string, text: string): ReadFile {
  const mistakes: Mistake[] = [];
  const report: Report = ({ line, column }: Position, problem: string, severity: Severity = "refused") =>
    mistakes.push({ file, line, column, severity, text: problem });
  const header = readHeader(text, report);
  const lexer = new KsqlLexer(CharStream.fromString(text));
  lexer.removeErrorListeners();
  const statements = splitStatements(lexer.getAllTokens(), report).flatMap((tokens) => readStatement(tokens, report));
  mistakes.sort((a, b) => a.line - b.line || a.column - b.column);
  return { file, header, statements, mistakes };
}

function splitStatements(tokens: readonly Token[], report: Report): Token[][] {
  const visible = tokens.filter((token) => token.channel === Token.DEFAULT_CHANNEL);
  const statements: Token[][] = [];
  let current: Token[] = [];
  for (const token of visible) {
    if (token.type === KsqlLexer.SEMICOLON) {
      statements.push(current);
      current = [];
    } else {
      current.push(token);
    }
  }
  const last = current.at(-1);
  if (last !== undefined) {
    statements.push(current);
    if (last.type !== KsqlLexer.UNCLOSED) {
      report(tokenPosition(last), `The statement has no end. Write ; after "${last.text ?? ""}".`);
    }
  }
  return statements.filter((statement) => statement.length > 0);
}

function readStatement(tokens: readonly Token[], report: Report): StatementSyntax[] {
  const strange = tokens.find(
    ({ type }) => type === KsqlLexer.UNCLOSED || type === KsqlLexer.STRANGE || type === KsqlLexer.DIGIT_IDENTIFIER,
  );
  if (strange !== undefined) {
    report(tokenPosition(strange), strangeText(strange));
    return [];
  }
  const refusal = refusedStatement(tokens.slice(0, 3).map((token) => token.text ?? ""));
  if (refusal !== undefined) {
    report(tokenPosition(tokens[0] ?? null), refusal.text, refusal.severity);
    return [];
  }
  const parsed = parse(tokens);
  if ("text" in parsed) {
    report(parsed.at, parsed.text);
    return [];
  }
  try {
    return [buildStatement(parsed, report)];
  } catch (error) {
    if (error instanceof Unreadable) {
      return [];
    }
    throw error;
  }
}

function strangeText(token: Token): string {
  const text = token.text ?? "";
  if (token.type === KsqlLexer.DIGIT_IDENTIFIER) {
    return `A name cannot start with a digit. Write \`${text}\` in backticks, or a letter before it.`;
  }
  const quote = text.startsWith("/*") ? "*/" : text.charAt(0);
  if (token.type === KsqlLexer.UNCLOSED) {
    return `What ${text.slice(0, quote.length)} begins has no end. Write ${quote} where it should be.`;
  }
  return `"${text}" has no meaning in ksqlDB. Take it out.`;
}

/** One for all statements: what it has learnt about the grammar stays with it. */
let parser: KsqlParser | undefined;

/** The fast way first, which is wrong for a few statements; the thorough way for those, and for what is wrong. */
function parse(tokens: readonly Token[]): StatementContext | SyntaxMistake {
  const stream = () => {
    const buffered = new CommonTokenStream(new ListTokenSource([...tokens]));
    buffered.fill();
    return buffered;
  };
  parser ??= new KsqlParser(stream());
  parser.removeErrorListeners();
  parser.tokenStream = stream();
  parser.errorHandler = new BailErrorStrategy();
  parser.interpreter.predictionMode = PredictionMode.SLL;
  try {
    return parser.singleStatement().statement();
  } catch (error) {
    if (!(error instanceof ParseCancellationException)) {
      throw error;
    }
  }
  const first = new FirstMistake(parser, tokens);
  parser.addErrorListener(first);
  parser.tokenStream = stream();
  parser.errorHandler = new DefaultErrorStrategy();
  parser.interpreter.predictionMode = PredictionMode.LL;
  const context = parser.singleStatement().statement();
  return first.mistake ?? context;
}

class FirstMistake extends BaseErrorListener {
  mistake: SyntaxMistake | undefined;
  readonly parser: KsqlParser;
  readonly tokens: readonly Token[];

  constructor(parser: KsqlParser, tokens: readonly Token[]) {
    super();
    this.parser = parser;
    this.tokens = tokens;
  }

  override syntaxError<T extends ATNSimulator>(
    _recognizer: Recognizer<T>,
    token: Token | null,
    _line: number,
    _column: number,
    _message: string,
    exception: RecognitionException | null,
  ): void {
    if (token !== null) {
      this.mistake ??= syntaxMistake(this.parser, token, this.tokens, exception);
    }
  }
}
