import * as pulumi from "@pulumi/pulumi";
import type { RegisterResourceRequest } from "@pulumi/pulumi/proto/resource_pb.js";
import { isObject } from "./cloud/check.ts";
import { simulatedFunction, simulatedResource } from "./cloud/clouds.ts";
import { Inventory, type Properties } from "./cloud/inventory.ts";
import { withComputed } from "./cloud/provider.ts";
import type { SimulatedResource } from "./cloud/simulated.ts";

/** A resource as the program registered it. */
export interface Registration {
  readonly urn: string;
  readonly type: string;
  readonly name: string;
  readonly custom: boolean;
  readonly parent: string;
  readonly dependsOn: readonly string[];
  readonly deletedWith: string;
  /** What it is made anew with, besides that. */
  readonly replaceWith: readonly string[];
  readonly replaceOnChanges: readonly string[];
  readonly deleteBeforeReplace: boolean;
  readonly ignoreChanges: readonly string[];
  /** The provider that was made for it; `""` for the package's default. */
  readonly provider: string;
  readonly protect: boolean;
  /** Secrets unwrapped; a value that only another resource has stands as `«urn|property»`. */
  readonly inputs: Properties;
  /** Paths of the inputs that are secret. */
  readonly secrets: readonly string[];
}

export interface RecordOptions {
  readonly stack: string;
  /** Config values as the engine hands them over: full key to text. */
  readonly values: Record<string, string>;
  readonly secretKeys: readonly string[];
  /** Loads the program. */
  readonly load: () => Promise<unknown>;
}

/** Runs the program in this process without engine or cloud, and gives everything that it registers. Once a process. */
export async function recordGraph({ stack, values, secretKeys, load }: RecordOptions): Promise<Registration[]> {
  pulumi.runtime.setAllConfig(values, [...secretKeys]);
  process.env.PULUMI_CONFIG_SECRET_KEYS = JSON.stringify(secretKeys);
  const requests: RegisterResourceRequest[] = [];
  await pulumi.runtime.setMocks(new Mocks(), "pipeline", stack);
  recordRequests(requests);
  let mistake: unknown;
  await pulumi.runtime.runInPulumiStack(() =>
    load().catch((error: unknown) => {
      mistake = error;
    }),
  );
  await pulumi.runtime.disconnect(); // waits for every registration
  if (mistake instanceof Error) {
    throw mistake;
  }
  return requests.filter((request) => request.getType() !== "pulumi:pulumi:Stack").map(registrationOf);
}

/** Functions whose answers depend on what exists, with the answers' properties. */
const lookUps: Readonly<Record<string, readonly string[]>> = {
  "confluentcloud:index/getSchemaRegistryCluster:getSchemaRegistryCluster": [
    "id",
    "apiVersion",
    "kind",
    "restEndpoint",
    "resourceName",
  ],
};

/** What our own provider's resources have once they are made. */
const ownOutputs: Readonly<Record<string, readonly string[]>> = {
  "dataplane:ksqldb:Statement": ["revision", "queryId"],
  "dataplane:snowflake:KeyPair": ["publicKey", "privateKey", "fingerprint"],
};

/** Stands in for the engine: outputs that only a cloud can tell are references. */
class Mocks implements pulumi.runtime.Mocks {
  /** Configuration of the providers that the program makes, by id. */
  readonly #configs = new Map<string, Properties>();

  newResource({ type, name, inputs }: pulumi.runtime.MockResourceArgs) {
    const given = inputs as Properties;
    const id = `«${type}::${name}|id»`;
    this.#configs.set(id, given);
    const resource: Pick<SimulatedResource, "computed" | "computedIn" | "autoNamed"> = simulatedResource(type) ?? {
      computed: [],
    };
    const { computed, autoNamed } = resource;
    const unknown = [...computed, ...(ownOutputs[type] ?? []), ...(autoNamed === undefined ? [] : [autoNamed])];
    const outputs = Object.fromEntries(unknown.map((property) => [property, `«${type}::${name}|${property}»`]));
    const state = withComputed(resource, { ...outputs, ...given }, (path) => `«${type}::${name}|${path}»`);
    return { id, state };
  }

  call({ token, inputs, provider = "" }: pulumi.runtime.MockCallArgs): Properties {
    const properties = lookUps[token];
    if (properties !== undefined) {
      return Object.fromEntries(properties.map((property) => [property, `«${token}|${property}»`]));
    }
    const answer = simulatedFunction(token);
    if (answer === undefined) {
      throw new Error(`no simulated cloud has the function ${token}`);
    }
    const [, config = {}] = [...this.#configs].find(([id]) => provider.endsWith(`::${id}`)) ?? [];
    return answer(new Inventory(), inputs as Properties, config);
  }
}

/** The mock monitor keeps neither parents nor dependencies nor protection; the requests have them. */
function recordRequests(requests: RegisterResourceRequest[]): void {
  const monitor = pulumi.runtime.getMonitor();
  if (monitor === undefined) {
    throw new Error("there is no monitor to record");
  }
  const register = monitor.registerResource.bind(monitor) as (
    request: RegisterResourceRequest,
    ...rest: unknown[]
  ) => void;
  Object.assign(monitor, {
    registerResource: (request: RegisterResourceRequest, ...rest: unknown[]) => {
      requests.push(request);
      register(request, ...rest);
    },
    registerResourceHook: (_: unknown, callback: (error: null, response: unknown) => void) => callback(null, {}),
  });
}

function registrationOf(request: RegisterResourceRequest): Registration {
  const secrets: string[] = [];
  return {
    urn: `${request.getType()}::${request.getName()}`,
    type: request.getType(),
    name: request.getName(),
    custom: request.getCustom(),
    parent: shortUrn(request.getParent()),
    dependsOn: request.getDependenciesList().map(shortUrn).sort(),
    deletedWith: shortUrn(request.getDeletedwith()),
    replaceWith: request.getReplaceWithList().map(shortUrn),
    replaceOnChanges: request.getReplaceonchangesList(),
    deleteBeforeReplace: request.getDeletebeforereplace(),
    ignoreChanges: request.getIgnorechangesList(),
    provider: shortUrn(request.getProvider()),
    protect: request.getProtect() ?? false,
    inputs: unwrapped(request.getObject()?.toJavaScript() ?? {}, "", secrets) as Properties,
    secrets,
  };
}

/** `type::name`: enough to know a resource by within a stack. */
function shortUrn(urn: string): string {
  const [, , types = "", name = ""] = urn.split("::");
  return urn === "" ? "" : `${types.split("$").at(-1) ?? ""}::${name}`;
}

const signatureKey = "4dabf18193072939515e22adb298388d";

function unwrapped(value: unknown, at: string, secrets: string[]): unknown {
  if (Array.isArray(value)) {
    return value.map((item, index) => unwrapped(item, `${at}[${String(index)}]`, secrets));
  }
  if (!isObject(value)) {
    return value;
  }
  if (signatureKey in value) {
    secrets.push(at);
    return unwrapped(value.value, at, []);
  }
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key, unwrapped(item, at === "" ? key : `${at}.${key}`, secrets)]),
  );
}
