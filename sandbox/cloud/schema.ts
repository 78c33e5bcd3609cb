import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import * as path from "node:path";
import ts from "typescript";

/** The type of an input, as the SDK's own declarations have it. */
export type Shape =
  | { readonly kind: "string" | "number" | "boolean" | "any" }
  /** JSON, as text or as an object. */
  | { readonly kind: "document" }
  | { readonly kind: "list" | "map"; readonly of: Shape }
  | { readonly kind: "object"; readonly name: string };

export interface Field {
  readonly shape: Shape;
  readonly required: boolean;
}

/** Reads an SDK's `.d.ts` files: the one description of inputs that is here without the provider's plugin. */
export class SdkSchema {
  /** Version of the SDK; the provider's plugin has the same. */
  readonly version: string;
  readonly #folder: string;
  readonly #args = new Map<string, ReadonlyMap<string, Field>>();
  readonly #members = new Map<string, ReadonlyMap<string, Field>>();
  /** The text of nested types: all of it under "", and of each namespace that was asked for. */
  readonly #nested = new Map<string, string>();

  /** `sdk`: name of the npm package. */
  constructor(sdk: string) {
    const manifest = createRequire(import.meta.url).resolve(`${sdk}/package.json`);
    this.#folder = path.dirname(manifest);
    this.version = (JSON.parse(readFileSync(manifest, "utf8")) as { version: string }).version;
  }

  /** The inputs of a resource type, e.g. `confluentcloud:index/kafkaTopic:KafkaTopic`. Throws when the SDK has no such type. */
  inputs(type: string): ReadonlyMap<string, Field> {
    return remembered(this.#args, type, () => {
      const [, module = "", name = ""] = type.split(":");
      const unit = module === "index" ? name.charAt(0).toLowerCase() + name.slice(1) : module.replace(/^index\//, "");
      const file = path.join(this.#folder, `${unit}.d.ts`);
      const declared = declaration(readFileSync(file, "utf8"), `export interface ${name}Args`);
      if (declared === undefined) {
        throw new Error(`${file} declares no ${name}Args`);
      }
      return fieldsOf(declared);
    });
  }

  /** The members of a nested block, e.g. `Plain` or `ec2.LaunchTemplateMonitoring`. */
  members(name: string): ReadonlyMap<string, Field> {
    return remembered(this.#members, name, () => {
      const [own = "", namespace] = name.split(".").reverse();
      const declared =
        namespace === undefined
          ? declaration(this.#types(), `export interface ${own}`)
          : declaration(this.#namespace(namespace), `interface ${own}`);
      return declared === undefined ? new Map<string, Field>() : fieldsOf(declared);
    });
  }

  #types(): string {
    return remembered(this.#nested, "", () => readFileSync(path.join(this.#folder, "types", "input.d.ts"), "utf8"));
  }

  #namespace(name: string): string {
    return remembered(this.#nested, name, () => declaration(this.#types(), `export declare namespace ${name}`) ?? "");
  }
}

function remembered<Value>(known: Map<string, Value>, key: string, find: () => Value): Value {
  const value = known.get(key) ?? find();
  known.set(key, value);
  return value;
}

/** Cuts one declaration out, from its head to its last brace: AWS's nested types are 5.7 MB, of which a program needs little. */
function declaration(text: string, head: string): string | undefined {
  const start = text.indexOf(`${head} {`);
  if (start < 0) {
    return undefined;
  }
  const part = /\/\*[^]*?\*\/|"[^"]*"|[{}]/g; // a brace in a comment or in a name counts for nothing
  part.lastIndex = start;
  let depth = 0;
  for (let found = part.exec(text); found !== null; found = part.exec(text)) {
    depth += found[0] === "{" ? 1 : found[0] === "}" ? -1 : 0;
    if (found[0] === "}" && depth === 0) {
      return text.slice(start, part.lastIndex);
    }
  }
  return undefined;
}

function fieldsOf(text: string): Map<string, Field> {
  const [declared] = ts.createSourceFile("it.d.ts", text, ts.ScriptTarget.Latest).statements;
  const members: readonly ts.TypeElement[] =
    declared !== undefined && ts.isInterfaceDeclaration(declared) ? declared.members : [];
  return new Map(
    members.filter(ts.isPropertySignature).map((member) => [
      ts.isIdentifier(member.name) || ts.isStringLiteral(member.name) ? member.name.text : "",
      {
        shape: member.type === undefined ? { kind: "any" } : shapeOf(member.type),
        required: member.questionToken === undefined,
      },
    ]),
  );
}

function shapeOf(node: ts.TypeNode): Shape {
  if (ts.isParenthesizedTypeNode(node)) {
    return shapeOf(node.type);
  }
  if (ts.isUnionTypeNode(node)) {
    return shapeOfUnion(node.types.filter((type) => type.kind !== ts.SyntaxKind.UndefinedKeyword));
  }
  if (ts.isArrayTypeNode(node)) {
    return { kind: "list", of: shapeOf(node.elementType) };
  }
  if (ts.isTypeLiteralNode(node)) {
    const index = node.members.find(ts.isIndexSignatureDeclaration);
    return index === undefined ? { kind: "any" } : { kind: "map", of: shapeOf(index.type) };
  }
  if (ts.isTypeReferenceNode(node)) {
    return shapeOfReference(node);
  }
  switch (node.kind) {
    case ts.SyntaxKind.StringKeyword:
      return { kind: "string" };
    case ts.SyntaxKind.NumberKeyword:
      return { kind: "number" };
    case ts.SyntaxKind.BooleanKeyword:
      return { kind: "boolean" };
    default:
      return { kind: "any" };
  }
}

/** Text, or an enumeration of texts, or a resource that the SDK puts the id for, is text to the provider. */
function shapeOfUnion(types: readonly ts.TypeNode[]): Shape {
  const [first, second] = types;
  if (first === undefined || second === undefined) {
    return first === undefined ? { kind: "any" } : shapeOf(first);
  }
  const references = types.filter(ts.isTypeReferenceNode);
  const isText = types.some(({ kind }) => kind === ts.SyntaxKind.StringKeyword);
  if (!isText || references.length < types.length - 1) {
    return { kind: "any" };
  }
  return references.some((reference) => shapeOf(reference).kind === "object")
    ? { kind: "document" }
    : { kind: "string" };
}

function shapeOfReference(node: ts.TypeReferenceNode): Shape {
  const name = entityName(node.typeName);
  const argument = node.typeArguments?.[0];
  if (name === "pulumi.Input" && argument !== undefined) {
    return shapeOf(argument);
  }
  if (name.startsWith("enums.")) {
    return { kind: "string" };
  }
  return name.startsWith("inputs.") ? { kind: "object", name: name.slice("inputs.".length) } : { kind: "any" };
}

function entityName(name: ts.EntityName): string {
  return ts.isIdentifier(name) ? name.text : `${entityName(name.left)}.${name.right.text}`;
}
