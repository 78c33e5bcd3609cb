import type { Registration } from "../../sandbox/graph.ts";

/** npm packages of the clouds, by package name in type tokens, with the name that an import has in the program. */
const sdks: Readonly<Record<string, { readonly module: string; readonly name: string }>> = {
  aws: { module: "@pulumi/aws", name: "aws" },
  confluentcloud: { module: "@pulumi/confluentcloud", name: "confluentcloud" },
  docker: { module: "@pulumi/docker", name: "docker" },
  "docker-build": { module: "@pulumi/docker-build", name: "dockerBuild" },
  snowflake: { module: "@pulumi/snowflake", name: "snowflake" },
};

const registryLookUp = "confluentcloud:index/getSchemaRegistryCluster:getSchemaRegistryCluster";

/** The same resources with the same inputs, as a program of plain `new` calls, each in a line of its own. */
export function flatProgram(graph: readonly Registration[]): string {
  const variables = new Map(graph.map((item, index) => [item.urn, `r${String(index)}`]));
  const lines = graph.flatMap((item) => {
    const line = `const ${variableOf(item.urn, variables)} = ${creation(item, variables)};`;
    return item.type.endsWith(":KafkaCluster") ? [line, lookUp(item, graph, variables)] : [line];
  });
  const used = new Set(graph.map(({ type }) => packageOf(type)));
  const imports = Object.entries(sdks)
    .filter(([packageName]) => used.has(packageName))
    .map(([, { module, name }]) => `import * as ${name} from "${module}";`);
  return [
    'import * as pulumi from "@pulumi/pulumi";',
    ...imports,
    ...ownResource(outputsOfOwn(graph, variables, lines)),
    "",
    ...lines,
    `export const resources = ${String(graph.length)};`,
    "",
  ].join("\n");
}

/** What others take of resources that no SDK declares. */
function outputsOfOwn(
  graph: readonly Registration[],
  variables: ReadonlyMap<string, string>,
  lines: readonly string[],
): string[] {
  const own = new Set(graph.filter(isOwn).map(({ urn }) => variableOf(urn, variables)));
  const taken = lines.flatMap((line) => [...line.matchAll(/\b(r\d+)\.(\w+)/g)]);
  return [...new Set(taken.flatMap(([, variable = "", output = ""]) => (own.has(variable) ? output : [])))]
    .filter((output) => output !== "id" && output !== "urn")
    .sort();
}

/** The SDK hands on the outputs that it is told of. */
function ownResource(outputs: readonly string[]): string[] {
  return [
    "class OwnResource extends pulumi.CustomResource {",
    ...outputs.map((output) => `  declare readonly ${output}: pulumi.Output<string>;`),
    "  constructor(type: string, name: string, inputs: object, options: pulumi.CustomResourceOptions) {",
    `    super(type, name, { ...inputs, ${outputs.map((output) => `${output}: undefined`).join(", ")} }, options);`,
    "  }",
    "}",
  ];
}

/** No SDK makes secrets of these. */
function ownInputs({ inputs, secrets }: Registration, variables: ReadonlyMap<string, string>): string {
  const fields = Object.entries(inputs).map(([key, value]) => {
    const text = rendered(value, variables);
    return `${JSON.stringify(key)}: ${secrets.includes(key) ? `pulumi.secret(${text})` : text}`;
  });
  return `{ ${fields.join(", ")} }`;
}

function isOwn({ custom, type }: Registration): boolean {
  return custom && sdks[packageOf(type)] === undefined;
}

function creation(item: Registration, variables: ReadonlyMap<string, string>): string {
  const inputs = isOwn(item)
    ? ownInputs(item, variables)
    : rendered(isProvider(item) ? parsed(item.inputs) : item.inputs, variables);
  if (!item.custom) {
    const parent = variables.has(item.parent) ? `, { parent: ${variableOf(item.parent, variables)} }` : "";
    return `new pulumi.ComponentResource(${JSON.stringify(item.type)}, ${JSON.stringify(item.name)}, ${inputs}${parent})`;
  }
  const referenced = new Set(referencesIn(inputs));
  const explicit = item.dependsOn.map((urn) => variableOf(urn, variables)).filter((name) => !referenced.has(name));
  const options = [
    `parent: ${variableOf(item.parent, variables)}`,
    ...(explicit.length > 0 ? [`dependsOn: [${explicit.join(", ")}]`] : []),
    ...(item.deletedWith === "" ? [] : [`deletedWith: ${variableOf(item.deletedWith, variables)}`]),
    ...(item.protect ? ["protect: true"] : []),
    ...(item.provider === "" ? [] : [`provider: ${variableOf(item.provider, variables)}`]),
  ];
  const rest = `${JSON.stringify(item.name)}, ${inputs}, { ${options.join(", ")} }`;
  const sdk = sdks[packageOf(item.type)];
  return sdk === undefined
    ? `new OwnResource(${JSON.stringify(item.type)}, ${rest})`
    : `new ${sdk.name}.${classOf(item.type)}(${rest})`;
}

function isProvider({ type }: Registration): boolean {
  return type.startsWith("pulumi:providers:");
}

/** The SDK hands a provider's inputs on as JSON. */
function parsed(inputs: Registration["inputs"]): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(inputs).map(([key, value]): [string, unknown] => [
      key,
      typeof value === "string" && /^(true|false|[[{].*)$/.test(value) ? JSON.parse(value) : value,
    ]),
  );
}

/** `aws` of `aws:ec2/vpc:Vpc`, and of its provider `pulumi:providers:aws`. */
function packageOf(type: string): string {
  const [first = "", , last = ""] = type.split(":");
  return type.startsWith("pulumi:providers:") ? last : first;
}

/** `ec2.Vpc` of `aws:ec2/vpc:Vpc`. */
function classOf(type: string): string {
  const [, module = "", name = ""] = type.split(":");
  const [folder = ""] = module.split("/");
  return type.startsWith("pulumi:providers:") ? "Provider" : folder === "index" ? name : `${folder}.${name}`;
}

function lookUp(cluster: Registration, graph: readonly Registration[], variables: ReadonlyMap<string, string>): string {
  const environment = graph.find(({ type }) => type.endsWith(":Environment"))?.urn ?? "";
  return (
    `const registry = confluentcloud.getSchemaRegistryClusterOutput({ environment: { id: ${variableOf(environment, variables)}.id } }, ` +
    `{ parent: ${variableOf(cluster.parent, variables)}, dependsOn: [${variableOf(cluster.urn, variables)}] });`
  );
}

function rendered(value: unknown, variables: ReadonlyMap<string, string>): string {
  if (typeof value === "string") {
    return renderedText(value, variables);
  }
  if (Array.isArray(value)) {
    return `[${value.map((item) => rendered(item, variables)).join(", ")}]`;
  }
  if (typeof value === "object" && value !== null) {
    return `{ ${Object.entries(value)
      .map(([key, item]) => `${JSON.stringify(key)}: ${rendered(item, variables)}`)
      .join(", ")} }`;
  }
  return JSON.stringify(value);
}

/** Outputs that are numbers where the program gives them on as text. */
const numbers = ["latestVersion"];

function renderedText(text: string, variables: ReadonlyMap<string, string>): string {
  const decoded = /^[A-Za-z0-9+/]{40,}=*$/.test(text) ? Buffer.from(text, "base64").toString() : "";
  if (decoded.includes("«")) {
    return `${renderedText(decoded, variables)}.apply((text) => Buffer.from(text).toString("base64"))`;
  }
  const whole = /^«([^«»|]+)\|(\w+)»$/.exec(text);
  if (whole?.[1] !== undefined && whole[2] !== undefined) {
    const reference = `${variableOf(whole[1], variables)}.${whole[2]}`;
    return numbers.includes(whole[2]) ? `${reference}.apply(String)` : reference;
  }
  if (!text.includes("«")) {
    return JSON.stringify(text);
  }
  const template = text
    .replace(/[`\\]|\$(?=\{)/g, "\\$&")
    .replace(
      /«([^«»|]+)\|(\w+)»/g,
      (_, urn: string, property: string) => `\${${variableOf(urn, variables)}.${property}}`,
    );
  return `pulumi.interpolate\`${template}\``;
}

function referencesIn(code: string): string[] {
  return [...code.matchAll(/\b(r\d+)\./g)].flatMap((found) => found[1] ?? []);
}

function variableOf(urn: string, variables: ReadonlyMap<string, string>): string {
  if (urn === registryLookUp) {
    return "registry";
  }
  const variable = variables.get(urn);
  if (variable === undefined) {
    throw new Error(`nothing registers ${urn}`);
  }
  return variable;
}
