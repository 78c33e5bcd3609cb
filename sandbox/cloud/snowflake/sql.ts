/** A token of a statement. Unquoted words are in upper case, as Snowflake reads them. */
export interface Token {
  readonly kind: "word" | "quoted" | "string" | "number" | "sign";
  readonly text: string;
  /** Where it begins, from 0. */
  readonly position: number;
}

const pattern =
  /(?<space>\s+|--[^\n]*|\/\/[^\n]*|\/\*[^]*?\*\/)|(?<string>'(?:[^'\\]|''|\\[^])*'|\$\$[^]*?\$\$)|"(?<quoted>(?:[^"]|"")*)"|(?<word>[A-Za-z_][\w$]*)|(?<number>\d+(?:\.\d+)?)|(?<sign>[^])/y;

export function tokensOf(sql: string): Token[] {
  const tokens: Token[] = [];
  pattern.lastIndex = 0;
  for (let found = pattern.exec(sql); found !== null; found = pattern.exec(sql)) {
    const { word, quoted, string, number, sign } = found.groups ?? {};
    const position = found.index;
    if (word !== undefined) {
      tokens.push({ kind: "word", text: word.toUpperCase(), position });
    } else if (quoted !== undefined) {
      tokens.push({ kind: "quoted", text: quoted.replaceAll('""', '"'), position });
    } else if (string !== undefined) {
      tokens.push({ kind: "string", text: string, position });
    } else if (number !== undefined) {
      tokens.push({ kind: "number", text: number, position });
    } else if (sign !== undefined) {
      tokens.push({ kind: "sign", text: sign, position });
    }
  }
  return tokens;
}

/** A name in a statement: `A."b".C`. */
export interface Name {
  readonly parts: readonly string[];
  /** Index of its first token. */
  readonly from: number;
  /** Index of the token after it. */
  readonly to: number;
}

export function isName(token: Token | undefined): token is Token {
  return token?.kind === "word" || token?.kind === "quoted";
}

export function isSign(token: Token | undefined, sign: string): boolean {
  return token?.kind === "sign" && token.text === sign;
}

export function isWord(token: Token | undefined, ...words: readonly string[]): boolean {
  return token?.kind === "word" && words.includes(token.text);
}

/** The name that begins at a token; `undefined` when none does. */
export function nameAt(tokens: readonly Token[], from: number): Name | undefined {
  const parts: string[] = [];
  let to = from;
  for (let token = tokens[to]; isName(token); token = tokens[to]) {
    parts.push(token.text);
    to += 1;
    if (!isSign(tokens[to], ".")) {
      break;
    }
    to += 1;
  }
  return parts.length === 0 ? undefined : { parts, from, to };
}
