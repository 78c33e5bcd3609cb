import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import * as path from "node:path";
import ts from "typescript";

/** The type of an input, as the SDK's own declarations have it. */
export type Shape =
  | { readonly kind: "string" | "number" | "boolean" | "any" }
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
  readonly #args = new Map<string, Map<string, Field>>();
  #nested: Map<string, ts.InterfaceDeclaration> | undefined;

  /** `sdk`: name of the npm package. */
  constructor(sdk: string) {
    const manifest = createRequire(import.meta.url).resolve(`${sdk}/package.json`);
    this.#folder = path.dirname(manifest);
    this.version = (JSON.parse(readFileSync(manifest, "utf8")) as { version: string }).version;
  }

  /** The inputs of a resource type, e.g. `confluentcloud:index/kafkaTopic:KafkaTopic`. Throws when the SDK has no such type. */
  inputs(type: string): ReadonlyMap<string, Field> {
    const known = this.#args.get(type);
    if (known !== undefined) {
      return known;
    }
    const [, module = "", name = ""] = type.split(":");
    const file = path.join(this.#folder, `${module.replace(/^index\//, "")}.d.ts`);
    const declared = interfacesIn(file).get(`${name}Args`);
    if (declared === undefined) {
      throw new Error(`${file} declares no ${name}Args`);
    }
    const fields = fieldsOf(declared);
    this.#args.set(type, fields);
    return fields;
  }

  /** The members of a nested block. */
  members(name: string): ReadonlyMap<string, Field> {
    this.#nested ??= interfacesIn(path.join(this.#folder, "types", "input.d.ts"));
    const declared = this.#nested.get(name);
    return declared === undefined ? new Map() : fieldsOf(declared);
  }
}

/** Interfaces by name; those in a namespace as `s3.BucketRule`. */
function interfacesIn(file: string): Map<string, ts.InterfaceDeclaration> {
  const source = ts.createSourceFile(file, readFileSync(file, "utf8"), ts.ScriptTarget.Latest);
  const found = new Map<string, ts.InterfaceDeclaration>();
  const visit = (prefix: string) => (node: ts.Node) => {
    if (ts.isInterfaceDeclaration(node)) {
      found.set(prefix + node.name.text, node);
    } else if (ts.isModuleDeclaration(node) && node.body !== undefined) {
      ts.forEachChild(node.body, visit(`${prefix}${node.name.text}.`));
    }
  };
  ts.forEachChild(source, visit(""));
  return found;
}

function fieldsOf(declared: ts.InterfaceDeclaration): Map<string, Field> {
  const members = declared.members.filter(ts.isPropertySignature);
  return new Map(
    members.map((member) => [
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
    const shapes = node.types.filter((type) => type.kind !== ts.SyntaxKind.UndefinedKeyword).map(shapeOf);
    return shapes.length === 1 && shapes[0] !== undefined ? shapes[0] : { kind: "any" };
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

function shapeOfReference(node: ts.TypeReferenceNode): Shape {
  const name = entityName(node.typeName);
  const argument = node.typeArguments?.[0];
  if (name === "pulumi.Input" && argument !== undefined) {
    return shapeOf(argument);
  }
  return name.startsWith("inputs.") ? { kind: "object", name: name.slice("inputs.".length) } : { kind: "any" };
}

function entityName(name: ts.EntityName): string {
  return ts.isIdentifier(name) ? name.text : `${entityName(name.left)}.${name.right.text}`;
}
