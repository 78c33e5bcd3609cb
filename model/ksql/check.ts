import { all } from "../words.ts";
import { analyse } from "./analysis/analyse.ts";
import type { Topics } from "./analysis/createSource.ts";
import { queryRegrets, regrets } from "./checks/regrets.ts";
import { togetherMistakes, type Placed } from "./checks/together.ts";
import type { Report } from "./reading/build.ts";
import { readKsql, type ReadFile } from "./reading/read.ts";
import type { AnalysedStatement, Header, Mistake, Relation, Severity } from "./statement.ts";
import type { StatementSyntax } from "./syntax.ts";

export interface SqlFile {
  /** Path as mistakes shall name it. */
  readonly file: string;
  readonly text: string;
}

export interface CheckOptions {
  /** What is there before any of the statements: declared tables, as ksqlDB sees them. */
  readonly relations?: readonly Relation[] | undefined;
  /** Topics that are there, with their partitions. Default: whatever the statements say. */
  readonly topics?: Topics | undefined;
  /** Persistent queries that the cluster runs; `Infinity`: they are not counted here. Default: 40. */
  readonly queryLimit?: number | undefined;
}

/** A statement whose names and types are known as far as its mistakes let them be. */
export interface CheckedStatement extends AnalysedStatement {
  readonly file: string;
  readonly header: Header;
}

export interface Checked {
  /** In an order in which every statement comes after what it reads. */
  readonly statements: readonly CheckedStatement[];
  /** The given relations and the results of all statements, by name. */
  readonly relations: ReadonlyMap<string, Relation>;
  /** All of all files, in the order of files, lines and columns. */
  readonly mistakes: readonly Mistake[];
}

interface Pending {
  readonly file: ReadFile;
  readonly syntax: StatementSyntax;
}

/** Reads and checks the statements of all files together: each may read what another makes, whatever the order of files. */
export function checkKsql(files: readonly SqlFile[], options: CheckOptions = {}): Checked {
  const read = files.map(({ file, text }) => readKsql(file, text));
  const mistakes = read.flatMap((file) => file.mistakes);
  const given = options.relations ?? [];
  const relations = new Map(given.map((relation) => [relation.name, relation]));
  const taken = new Set(relations.keys());
  const statements: CheckedStatement[] = [];
  const { ordered, looped } = inOrder(read.flatMap((file) => file.statements.map((syntax) => ({ file, syntax }))));
  const broken = new Set(looped.flatMap(({ syntax }) => createdName(syntax) ?? []));
  for (const { file, syntax } of [...ordered, ...looped]) {
    const report = reporter(file.file, mistakes);
    const { statement, query } = analyse(syntax, { catalogue: relations, broken, topics: options.topics }, report);
    if (query !== undefined && statement.isPersistentQuery) {
      queryRegrets(query, report);
    }
    if (syntax.kind === "createAs" && query !== undefined && statement.result !== undefined) {
      regrets(syntax, query, statement.result, report);
    }
    if (syntax.kind === "createAs" || syntax.kind === "createSource") {
      if (statement.result === undefined) {
        broken.add(syntax.name.text);
      } else if (!relations.has(syntax.name.text) || syntax.orReplace) {
        relations.set(syntax.name.text, statement.result);
      }
    }
    statements.push({ ...statement, file: file.file, header: file.header });
  }
  mistakes.push(...loopMistakes(looped));
  mistakes.push(...togetherMistakes(asWritten(read, statements), taken, options.queryLimit));
  return { statements, relations, mistakes: inFileOrder(mistakes, files) };
}

function reporter(file: string, mistakes: Mistake[]): Report {
  return ({ line, column }, text, severity: Severity = "refused") =>
    mistakes.push({ file, line, column, severity, text });
}

/** Names that a statement needs to be there before it. */
function needsOf(syntax: StatementSyntax): string[] {
  switch (syntax.kind) {
    case "createAs":
    case "select":
      return sourcesOf(syntax.query);
    case "insertSelect":
      return [...sourcesOf(syntax.query), syntax.name.text];
    case "insertValues":
    case "drop":
    case "describe":
      return [syntax.name.text];
    default:
      return [];
  }
}

function sourcesOf({ from, joins }: Extract<StatementSyntax, { kind: "select" }>["query"]): string[] {
  return [from, ...joins.map(({ source }) => source)].map(({ name }) => name.text);
}

function createdName(syntax: StatementSyntax): string | undefined {
  return syntax.kind === "createAs" || syntax.kind === "createSource" ? syntax.name.text : undefined;
}

/** Each after what it needs, otherwise as written; what needs itself by way of others is left. */
function inOrder(pending: readonly Pending[]): { ordered: Pending[]; looped: Pending[] } {
  const ordered: Pending[] = [];
  let left = [...pending];
  for (;;) {
    const making = new Set(left.flatMap(({ syntax }) => createdName(syntax) ?? []));
    const ready = left.filter(({ syntax }) => !needsOf(syntax).some((name) => making.has(name)));
    if (ready.length === 0) {
      return { ordered, looped: left };
    }
    ordered.push(...ready);
    left = left.filter((item) => !ready.includes(item));
  }
}

function loopMistakes(looped: readonly Pending[]): Mistake[] {
  const [first] = looped;
  const names = [...new Set(looped.flatMap(({ syntax }) => createdName(syntax) ?? []))];
  if (first === undefined) {
    return [];
  }
  const text =
    names.length > 1
      ? `${all(names)} read each other, so none can be first. Take one out of what another reads.`
      : `${all(names)} reads its own result. Read something else.`;
  return [{ file: first.file.file, line: first.syntax.line, column: first.syntax.column, severity: "refused", text }];
}

/** Statements in the order of files and lines again, which counts where one comes twice. */
function asWritten(read: readonly ReadFile[], statements: readonly CheckedStatement[]): Placed[] {
  return read
    .flatMap(({ file }) =>
      statements
        .filter((statement) => statement.file === file)
        .toSorted((a, b) => a.at.line - b.at.line || a.at.column - b.at.column),
    )
    .map((statement) => ({ file: statement.file, statement }));
}

/** In the order of files, lines and columns, each once. */
export function inFileOrder(mistakes: readonly Mistake[], files: readonly SqlFile[]): Mistake[] {
  const places = new Map(files.map(({ file }, index) => [file, index]));
  const place = ({ file }: Mistake) => places.get(file) ?? files.length;
  const seen = new Set<string>();
  return mistakes
    .filter((mistake) => {
      const id = JSON.stringify(mistake);
      return !seen.has(id) && seen.add(id).size > 0;
    })
    .toSorted((a, b) => place(a) - place(b) || a.line - b.line || a.column - b.column);
}
