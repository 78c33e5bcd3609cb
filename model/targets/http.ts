import { managedSinkClasses } from "../connect/managedSinkClasses.ts";
import { connectorKeys, readManagedConnector, type ConnectorConfig } from "./connectorKeys.ts";
import type { TargetKind, TargetReader } from "./targetKind.ts";

interface HttpConfig extends ConnectorConfig {
  readonly url: string;
  /** Begins with `/`, or is empty. */
  readonly path: string;
  readonly method: (typeof methods)[number];
  /** Rows in a request; 1: each is an object, else they are in a list. */
  readonly batch: number;
  readonly auth: Auth;
  readonly user: string;
  /** Secrets. Empty: there is none. */
  readonly password: string;
  readonly token: string;
  readonly apiKey: string;
  readonly apiKeyName: string;
}

const methods = ["POST", "PUT", "PATCH"] as const;

/** By our word for it, Confluent's, and the keys that it needs. */
const auths = {
  none: { type: "NONE", needs: [] },
  basic: { type: "BASIC", needs: ["user", "password"] },
  bearer: { type: "BEARER", needs: ["token"] },
  apiKey: { type: "API_KEY", needs: ["apiKey"] },
} as const;
type Auth = keyof typeof auths;
const authWords = Object.keys(auths) as Auth[];
const authParts = ["user", "password", "token", "apiKey"] as const;

const sink = managedSinkClasses.http;

/** The same whatever the target. */
const rendered: Readonly<Record<string, string>> = {
  "apis.num": "1",
  "api1.request.body.format": "JSON",
  // What the other side refuses is not asked again: by default every answer from 400 on is.
  "api1.retry.on.status.codes": "408,429,500-",
  // By default every whole answer is kept, in a topic of Confluent's.
  "api1.report.only.status.code.to.success.topic": "true",
  "behavior.on.error": "FAIL",
  "api1.behavior.on.null.values": "IGNORE",
};

const rules = {
  sink,
  own: [
    ...Object.keys(rendered),
    "http.api.base.url",
    "api1.http.api.path",
    "api1.http.request.method",
    "api1.max.batch.size",
    "api1.batch.json.as.array",
    "api1.topics",
    "auth.type",
    "connection.user",
    "api.key.name",
    ...sink.properties.filter((key) => /^(api([2-9]|1\d)\.|oauth)/.test(key)),
  ],
  adjustable: ["api1.retry.on.status.codes", "behavior.on.error", "api1.behavior.on.null.values"],
};

/** An API of the user's: each row goes to it as JSON. */
export const http: TargetKind<HttpConfig> = {
  title: "HTTP",
  system: undefined,
  connector: "confluent",
  cost:
    "Confluent bills the connector by its tasks' hours and by volume, and keeps a topic of answers (success-lcc-…) and one " +
    "of refusals (error-lcc-…) in the cluster (2026-06).",
  keys: (target) => ({
    url: {
      type: "string",
      default: "",
      required: true,
      description: "Address of the API as the internet knows it, e.g. https://api.example.com/v1.",
    },
    path: {
      type: "string",
      default: "/${topic}",
      description: "What follows it. ${topic} and ${key} stand for a record's own.",
    },
    method: { type: "string", default: "POST", legal: methods, description: "POST, PUT or PATCH." },
    batch: {
      type: "integer",
      default: 1,
      description: "Rows in a request: 1, each an object, or up to 1000, in a list.",
    },
    auth: {
      type: "string",
      default: "none",
      legal: authWords,
      description: "How the connector shows who it is: none, basic (user, password), bearer (token) or apiKey.",
    },
    user: { type: "string", default: "", description: "User, for basic." },
    password: {
      type: "string",
      default: "",
      secret: true,
      description: `Password, for basic: pulumi config set --path --secret ${target.name}.password`,
    },
    token: {
      type: "string",
      default: "",
      secret: true,
      description: `Token, for bearer: pulumi config set --path --secret ${target.name}.token`,
    },
    apiKey: {
      type: "string",
      default: "",
      secret: true,
      description: `Key, for apiKey: pulumi config set --path --secret ${target.name}.apiKey`,
    },
    apiKeyName: { type: "string", default: "X-API-KEY", description: "Header that the key is in." },
    ...connectorKeys(target, "Confluent's HttpSinkV2"),
  }),
  read: (reader, target, { isOn }) => {
    const { name } = target;
    const config: HttpConfig = {
      url: reader.string(`${name}.url`, isOn),
      path: reader.string(`${name}.path`),
      method: reader.oneOf(`${name}.method`, methods),
      batch: reader.integer(`${name}.batch`),
      auth: reader.oneOf(`${name}.auth`, authWords),
      user: reader.string(`${name}.user`),
      password: reader.string(`${name}.password`),
      token: reader.string(`${name}.token`),
      apiKey: reader.string(`${name}.apiKey`),
      apiKeyName: reader.string(`${name}.apiKeyName`),
      ...readManagedConnector(reader, target, rules),
    };
    checkAddress(reader, name, config);
    checkLogin(reader, name, config, isOn);
    return config;
  },
  topicMistakes: ({ dataset }, { path }) =>
    path.includes("${key}") && dataset.key.length > 1
      ? [
          "its key has several columns, and ${key} in the path stands for one. Take ${key} out of the path, or the table out of the target's reads.",
        ]
      : [],
  managedSink: ({ url, path, method, batch, auth, paused, settings: extra, ...login }, topics) => ({
    sink,
    paused,
    settings: {
      ...rendered,
      "http.api.base.url": url,
      "api1.http.api.path": path,
      "api1.http.request.method": method,
      "api1.topics": topics.map(({ topic }) => topic).join(","),
      "api1.max.batch.size": String(batch),
      "api1.batch.json.as.array": String(batch > 1),
      "auth.type": auths[auth].type,
      ...(auth === "basic" ? { "connection.user": login.user } : {}),
      ...(auth === "apiKey" ? { "api.key.name": login.apiKeyName } : {}),
    },
    secrets: {
      ...(auth === "basic" ? { "connection.password": login.password } : {}),
      ...(auth === "bearer" ? { "bearer.token": login.token } : {}),
      ...(auth === "apiKey" ? { "api.key.value": login.apiKey } : {}),
    },
    extra,
  }),
};

function checkAddress(reader: TargetReader, name: string, { url, path, batch }: HttpConfig): void {
  const parsed = URL.canParse(url) ? new URL(url) : undefined;
  if (url !== "" && parsed?.protocol !== "https:") {
    reader.mistake(
      `${name}.url`,
      `"${url}" is not an address over TLS, and rows would be read on the way. Write one, e.g. https://api.example.com.`,
    );
  } else if (parsed !== undefined && parsed.username + parsed.password !== "") {
    reader.mistake(
      `${name}.url`,
      `it holds a login, which would be read by all. Take it out, and write ${name}.auth: basic.`,
    );
  } else if (url.endsWith("/")) {
    reader.mistake(`${name}.url`, `"${url}" ends with /, and the path begins with one. Take it out.`);
  }
  if (path !== "" && !path.startsWith("/")) {
    reader.mistake(`${name}.path`, `"${path}" does not begin with /. Write /${path}.`);
  }
  if (batch < 1 || batch > 1000) {
    reader.mistake(`${name}.batch`, `${String(batch)} is out of range. Write 1 to 1000.`);
  } else if (batch > 1 && path.includes("${key}")) {
    reader.mistake(
      `${name}.batch`,
      `it is ${String(batch)}, and rows of one request have no one key. Write 1, or take \${key} out of ${name}.path.`,
    );
  }
}

function checkLogin(reader: TargetReader, name: string, config: HttpConfig, isOn: boolean): void {
  const needs: readonly string[] = auths[config.auth].needs;
  for (const part of authParts) {
    const isGiven = config[part] !== "";
    if (isOn && needs.includes(part) && !isGiven) {
      reader.mistake(
        `${name}.${part}`,
        `it is missing, and ${name}.auth is ${config.auth}. Set it, or write another auth.`,
      );
    } else if (isGiven && !needs.includes(part)) {
      reader.mistake(
        `${name}.${part}`,
        `it has no use, since ${name}.auth is ${config.auth}. Take it out, or write another auth.`,
      );
    }
  }
}
