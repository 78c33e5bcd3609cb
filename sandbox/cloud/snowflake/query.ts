import { isName, isSign, isWord, nameAt, tokensOf, type Name, type Token } from "./sql.ts";

/** What a SELECT reads and gives, as far as it shows without knowing the tables. */
export interface Query {
  /** Tables and views that it reads, without its own WITH names. */
  readonly reads: readonly (readonly string[])[];
  /** Names that must be columns of what it reads, with where they stand. */
  readonly columns: readonly { readonly name: string; readonly position: number }[];
  /** Names of its own result; `undefined` when a `*` is among them. */
  readonly gives: readonly string[] | undefined;
}

/** Functions with a FROM inside that names no table. */
const fromInside = ["EXTRACT", "TRIM", "SUBSTRING", "OVERLAY", "POSITION"];

/** Words of the language that stand where a column could. */
const keywords = new Set(
  `ALL AND ANY ARRAY AS ASC ASOF AT BEFORE BETWEEN BY CASE COLLATE CROSS CUBE CURRENT CURRENT_DATE CURRENT_TIME
  CURRENT_TIMESTAMP DATE DAY DESC DISTINCT ELSE END ESCAPE EXCEPT EXCLUDE EXISTS FALSE FETCH FILTER FIRST FOLLOWING FOR
  FROM FULL GROUP GROUPING HAVING HOUR IGNORE ILIKE IN INNER INTERSECT INTERVAL INTO IS JOIN LAST LATERAL LEFT LIKE LIMIT
  LOCALTIME LOCALTIMESTAMP MATCH_CONDITION MATCH_RECOGNIZE MINUS MINUTE MONTH NATURAL NEXT NOT NULL NULLS OFFSET ON ONLY
  OR ORDER OUTER OVER PARTITION PIVOT PRECEDING QUALIFY RANGE RECURSIVE REGEXP RENAME REPLACE RESPECT RIGHT RLIKE ROLLUP
  ROW ROWS SAMPLE SECOND SELECT SETS SOME TABLE TABLESAMPLE THEN TIME TIMESTAMP TOP TRUE UNBOUNDED UNION UNPIVOT USING
  VALUES WEEK WHEN WHERE WINDOW WITH WITHIN YEAR MILLISECOND MICROSECOND`.split(/\s+/),
);

/** Reads a SELECT; never fails: what it cannot follow, it leaves out. */
export function readQuery(sql: string): Query {
  const tokens = tokensOf(sql);
  const own = withNames(tokens);
  const relations = relationsIn(tokens).filter(({ parts }) => parts.length > 1 || !own.has(parts[0] ?? ""));
  const names = namesIn(tokens).filter(({ from }) => !relations.some((name) => from >= name.from && from < name.to));
  const declared = new Set(names.filter((name) => isAlias(tokens, name)).map(({ parts }) => parts[0] ?? ""));
  const aliases = new Set([...own, ...declared, ...relations.map(({ parts }) => parts.at(-1) ?? "")]);
  const used = names
    .filter((name) => !isAlias(tokens, name))
    // Of a name in parts, the first is what the column belongs to; what follows more is inside it.
    .filter(({ parts }) => parts.length === 1 || aliases.has(parts[0] ?? ""))
    .map(({ parts, from }) => ({ name: parts[1] ?? parts[0] ?? "", position: tokens[from]?.position ?? 0 }));
  return {
    reads: unique(relations.map(({ parts }) => parts)),
    columns: used.filter(({ name }) => !aliases.has(name)),
    gives: resultOf(tokens),
  };
}

/** The names that stand for columns or aliases: not words of the language, functions, types and paths into documents. */
function namesIn(tokens: readonly Token[]): Name[] {
  const names: Name[] = [];
  for (let index = 0; index < tokens.length; index += 1) {
    const name = nameAt(tokens, index);
    if (name === undefined) {
      continue;
    }
    index = name.to - 1;
    const [before, first, after] = [tokens[name.from - 1], tokens[name.from], tokens[name.to]];
    const isLanguage = name.parts.length === 1 && first?.kind === "word" && keywords.has(first.text);
    const isArgument = isSign(after, "=") && isSign(tokens[name.to + 1], ">");
    const isPath = [":", ".", "@"].some((sign) => isSign(before, sign));
    if (!isLanguage && !isArgument && !isPath && !isSign(after, "(")) {
      names.push(name);
    }
  }
  return names;
}

/** `x AS y`, and `x y`: a name right after an operand. */
function isAlias(tokens: readonly Token[], { from, parts }: Name): boolean {
  const before = tokens[from - 1];
  if (parts.length !== 1 || before === undefined) {
    return false;
  }
  if (isWord(before, "AS") || isSign(before, ")") || isWord(before, "END")) {
    return true;
  }
  const isOperand = isName(before) && !(before.kind === "word" && keywords.has(before.text));
  return isOperand || before.kind === "string" || before.kind === "number";
}

/** Names that WITH gives. */
function withNames(tokens: readonly Token[]): Set<string> {
  const names = new Set<string>();
  if (tokens.some((token) => isWord(token, "WITH"))) {
    tokens.forEach((token, index) => {
      const isGiven = isName(token) && isWord(tokens[index + 1], "AS") && isSign(tokens[index + 2], "(");
      if (isGiven && (isWord(tokens[index - 1], "WITH", "RECURSIVE") || isSign(tokens[index - 1], ","))) {
        names.add(token.text);
      }
    });
  }
  return names;
}

/** What stands after FROM and JOIN, and after the commas between. */
function relationsIn(tokens: readonly Token[]): Name[] {
  const found: Name[] = [];
  const levels: { opener: string; isInFrom: boolean }[] = [{ opener: "", isInFrom: false }];
  tokens.forEach((token, index) => {
    const level = levels.at(-1) ?? { opener: "", isInFrom: false };
    const before = tokens[index - 1];
    if (isSign(token, "(")) {
      levels.push({ opener: isName(before) ? before.text : "", isInFrom: false });
      return;
    }
    if (isSign(token, ")")) {
      levels.pop();
      return;
    }
    const isComparison = isWord(token, "FROM") && isWord(before, "DISTINCT") && isWord(tokens[index - 2], "IS", "NOT");
    const isFrom = isWord(token, "FROM") && !isComparison && !fromInside.includes(level.opener);
    const isNext = isWord(token, "JOIN") || (isSign(token, ",") && level.isInFrom);
    if (isWord(token, "WHERE", "GROUP", "HAVING", "QUALIFY", "ORDER", "LIMIT", "UNION", "EXCEPT", "SELECT")) {
      level.isInFrom = false;
    }
    if (isFrom || isNext) {
      level.isInFrom = true;
      const name = nameAt(tokens, index + 1);
      const isFunction = name !== undefined && isSign(tokens[name.to], "(");
      if (name !== undefined && !isFunction && !isWord(tokens[index + 1], "LATERAL", "TABLE", "VALUES", "SELECT")) {
        found.push(name);
      }
    }
  });
  return found;
}

/** The names in the outermost SELECT list. */
function resultOf(tokens: readonly Token[]): string[] | undefined {
  let depth = 0;
  let start = -1;
  const items: Token[][] = [[]];
  for (const [index, token] of tokens.entries()) {
    depth += isSign(token, "(") ? 1 : isSign(token, ")") ? -1 : 0;
    if (depth === 0 && isWord(token, "SELECT") && start < 0) {
      start = index;
    } else if (depth === 0 && start >= 0 && isWord(token, "FROM")) {
      break;
    } else if (depth === 0 && start >= 0 && isSign(token, ",")) {
      items.push([]);
    } else if (start >= 0) {
      items.at(-1)?.push(token);
    }
  }
  const names = items.map((item) => (isName(item.at(-1)) ? item.at(-1)?.text : undefined));
  return names.every((name) => name !== undefined) && !hasStar(items) ? names : undefined;
}

function hasStar(items: readonly (readonly Token[])[]): boolean {
  return items.some(([a, b, c]) => isSign(a, "*") || (isSign(b, ".") && isSign(c, "*")));
}

function unique(paths: readonly (readonly string[])[]): (readonly string[])[] {
  return [...new Map(paths.map((path) => [path.join("."), path])).values()];
}
