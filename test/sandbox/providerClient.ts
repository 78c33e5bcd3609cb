import * as grpc from "@grpc/grpc-js";
import emptyPb from "google-protobuf/google/protobuf/empty_pb.js";
import structPb from "google-protobuf/google/protobuf/struct_pb.js";
import pluginPb from "@pulumi/pulumi/proto/plugin_pb.js";
import type { PluginInfo } from "@pulumi/pulumi/proto/plugin_pb.js";
import providerGrpc from "@pulumi/pulumi/proto/provider_grpc_pb.js";
import type { ResourceProviderClient } from "@pulumi/pulumi/proto/provider_grpc_pb.js";
import providerPb from "@pulumi/pulumi/proto/provider_pb.js";
import type {
  CheckResponse,
  ConfigureResponse,
  CreateResponse,
  DiffResponse,
  InvokeResponse,
  ReadResponse,
  UpdateResponse,
} from "@pulumi/pulumi/proto/provider_pb.js";
import { confluentCloud } from "../../sandbox/cloud/confluent.ts";
import { Inventory, type Properties } from "../../sandbox/cloud/inventory.ts";
import { SimulatedProvider } from "../../sandbox/cloud/provider.ts";
import type { SimulatedPackage } from "../../sandbox/cloud/simulated.ts";

export interface Made {
  readonly id: string;
  readonly properties: Properties;
}

export interface Diff {
  /** By path in Pulumi's form, e.g. `UPDATE` or `ADD_REPLACE`. */
  readonly changes: Readonly<Record<string, string>>;
  readonly replaces: readonly string[];
  readonly deletesFirst: boolean;
  /** Outputs that are out of date, if there are any. */
  readonly stale?: readonly string[];
}

/** `kafkaTopic` -> `confluentcloud:index/kafkaTopic:KafkaTopic`; a token of another package stays as it is. */
export function tokenOf(kind: string): string {
  return kind.includes(":") ? kind : `confluentcloud:index/${kind}:${kind.charAt(0).toUpperCase()}${kind.slice(1)}`;
}

function urnOf(kind: string, name: string): string {
  return `urn:pulumi:local::pipeline::pipeline:kafka:Cluster$${tokenOf(kind)}::${name}`;
}

/** The simulated provider as the engine sees it: over gRPC, in the engine's own messages. */
export class ProviderClient {
  readonly cloud: Inventory;
  readonly provider: SimulatedProvider;
  readonly #client: ResourceProviderClient;

  private constructor(cloud: Inventory, provider: SimulatedProvider, port: number) {
    this.cloud = cloud;
    this.provider = provider;
    this.#client = new providerGrpc.ResourceProviderClient(
      `127.0.0.1:${String(port)}`,
      grpc.credentials.createInsecure(),
      { "grpc.use_local_subchannel_pool": 1 }, // a connection of its own, as each of the engine's providers has
    );
  }

  static async start(cloud = new Inventory(), simulated: SimulatedPackage = confluentCloud): Promise<ProviderClient> {
    const provider = new SimulatedProvider(simulated, cloud);
    return new ProviderClient(cloud, provider, await provider.listen());
  }

  /** Another provider of the same package, as the engine has one for each region. */
  async another(): Promise<ProviderClient> {
    return new ProviderClient(this.cloud, this.provider, await this.provider.listen());
  }

  async configure(config: Properties): Promise<void> {
    const request = new providerPb.ConfigureRequest();
    request.setArgs(struct(config));
    await answer<ConfigureResponse>((done) => this.#client.configure(request, done));
  }

  /** What the provider refuses of its own configuration. */
  async checkConfig(config: Properties): Promise<string[]> {
    const request = new providerPb.CheckRequest();
    request.setNews(struct(config));
    const response = await answer<CheckResponse>((done) => this.#client.checkConfig(request, done));
    return response.getFailuresList().map((failure) => `${failure.getProperty()}: ${failure.getReason()}`);
  }

  close(): void {
    this.#client.close();
    this.provider.close();
  }

  /** What the engine asks before anything else. */
  async introduce(config: Properties): Promise<{ version: string; config: Properties; supportsPreview: boolean }> {
    await answer((done) => this.#client.handshake(new providerPb.ProviderHandshakeRequest(), done));
    await answer((done) => this.#client.attach(new pluginPb.PluginAttach(), done));
    const info = await answer<PluginInfo>((done) => this.#client.getPluginInfo(new emptyPb.Empty(), done));
    const check = new providerPb.CheckRequest();
    check.setNews(struct(config));
    const checked = await answer<CheckResponse>((done) => this.#client.checkConfig(check, done));
    const diff = await answer<DiffResponse>((done) => this.#client.diffConfig(new providerPb.DiffRequest(), done));
    if (diff.getReplacesList().length > 0) {
      throw new Error("another configuration must not replace everything");
    }
    const request = new providerPb.ConfigureRequest();
    const configured = await answer<ConfigureResponse>((done) => this.#client.configure(request, done));
    return {
      version: info.getVersion(),
      config: plain(checked.getInputs()),
      supportsPreview: configured.getSupportspreview(),
    };
  }

  /** `before`: the inputs in the state, of a resource that is kept. */
  async check(
    kind: string,
    inputs: Properties,
    name = "it",
    before: Properties = {},
  ): Promise<{ inputs: Properties; failures: string[] }> {
    const request = new providerPb.CheckRequest();
    request.setUrn(urnOf(kind, name));
    request.setOlds(struct(before));
    request.setNews(struct(inputs));
    const response = await answer<CheckResponse>((done) => this.#client.check(request, done));
    return {
      inputs: plain(response.getInputs()),
      failures: response.getFailuresList().map((failure) => failure.getReason()),
    };
  }

  /** `state`: the outputs, when they count. */
  async diff(kind: string, before: Properties, after: Properties, state: Properties = before): Promise<Diff> {
    const request = new providerPb.DiffRequest();
    request.setUrn(urnOf(kind, "it"));
    request.setId("lkc-1");
    request.setOlds(struct(state));
    request.setOldInputs(struct(before));
    request.setNews(struct(after));
    const response = await answer<DiffResponse>((done) => this.#client.diff(request, done));
    const names = Object.keys(providerPb.PropertyDiff.Kind);
    const changes: Record<string, string> = {};
    const stale: string[] = [];
    response.getDetaileddiffMap().forEach((detail, path) => {
      if (detail.getInputdiff()) {
        changes[path] = names[detail.getKind()] ?? "";
      } else {
        stale.push(path);
      }
    });
    const isNone = response.getChanges() === providerPb.DiffResponse.DiffChanges.DIFF_NONE;
    if (
      !response.getHasdetaileddiff() ||
      isNone !== (Object.keys(changes).length + stale.length === 0) ||
      isNone !== (response.getDiffsList().length === 0)
    ) {
      throw new Error("the answer contradicts itself");
    }
    return {
      changes,
      replaces: [...new Set(response.getReplacesList())],
      deletesFirst: response.getDeletebeforereplace(),
      ...(stale.length > 0 ? { stale } : {}),
    };
  }

  async create(kind: string, inputs: Properties, { preview = false, name = "it" } = {}): Promise<Made> {
    const request = new providerPb.CreateRequest();
    request.setUrn(urnOf(kind, name));
    request.setProperties(struct(inputs));
    request.setPreview(preview);
    const response = await answer<CreateResponse>((done) => this.#client.create(request, done));
    return { id: response.getId(), properties: plain(response.getProperties()) };
  }

  async read(
    kind: string,
    made: Made,
    inputs: Properties = made.properties,
  ): Promise<{ id: string; properties: Properties; inputs: Properties }> {
    const request = new providerPb.ReadRequest();
    request.setUrn(urnOf(kind, "it"));
    request.setId(made.id);
    request.setProperties(struct(made.properties));
    request.setInputs(struct(inputs));
    const response = await answer<ReadResponse>((done) => this.#client.read(request, done));
    return { id: response.getId(), properties: plain(response.getProperties()), inputs: plain(response.getInputs()) };
  }

  async update(kind: string, made: Made, inputs: Properties, { preview = false } = {}): Promise<Properties> {
    const request = new providerPb.UpdateRequest();
    request.setUrn(urnOf(kind, "it"));
    request.setId(made.id);
    request.setOlds(struct(made.properties));
    request.setNews(struct(inputs));
    request.setPreview(preview);
    const response = await answer<UpdateResponse>((done) => this.#client.update(request, done));
    return plain(response.getProperties());
  }

  async delete(kind: string, made: Made): Promise<void> {
    const request = new providerPb.DeleteRequest();
    request.setUrn(urnOf(kind, "it"));
    request.setId(made.id);
    request.setProperties(struct(made.properties));
    await answer((done) => this.#client.delete(request, done));
  }

  async invoke(name: string, args: Properties): Promise<Properties> {
    const request = new providerPb.InvokeRequest();
    request.setTok(name.includes(":") ? name : `confluentcloud:index/${name}:${name}`);
    request.setArgs(struct(args));
    const response = await answer<InvokeResponse>((done) => this.#client.invoke(request, done));
    return plain(response.getReturn());
  }

  async cancel(): Promise<void> {
    await answer((done) => this.#client.cancel(new emptyPb.Empty(), done));
  }
}

export type Admin = Awaited<ReturnType<typeof makeAdmin>>;

/** An environment with a cluster, and an account that may do everything in it, with its keys. `type`: the cluster's block. */
export async function makeAdmin(client: ProviderClient, type: Properties = { basic: {} }, displayName = "demo") {
  const environment = await client.create("environment", { displayName });
  const cluster = await client.create("kafkaCluster", clusterIn(environment, type));
  const registry = await client.invoke("getSchemaRegistryCluster", { environment: { id: environment.id } });
  const crn = {
    environment: String(environment.properties.resourceName),
    cluster: String(cluster.properties.rbacCrn),
    registry: String(registry.resourceName),
  };
  const account = await client.create("serviceAccount", { displayName: `${displayName}-admin` });
  const clusterBinding = await client.create("roleBinding", binding(account, "CloudClusterAdmin", crn.cluster));
  await client.create("roleBinding", binding(account, "ResourceOwner", `${crn.registry}/subject=*`));
  const kafkaKey = await client.create("apiKey", keyOf(account, cluster.id, "cmk/v2"));
  const registryKey = await client.create("apiKey", keyOf(account, registry.id, "srcm/v3"));

  const inCluster = (inputs: Properties, key = kafkaKey): Properties => ({
    kafkaCluster: { id: cluster.id },
    restEndpoint: cluster.properties.restEndpoint,
    credentials: credentialsOf(key),
    ...inputs,
  });
  const inRegistry = (inputs: Properties, key = registryKey): Properties => ({
    schemaRegistryCluster: { id: registry.id },
    restEndpoint: registry.restEndpoint,
    credentials: credentialsOf(key),
    ...inputs,
  });
  return { environment, cluster, registry, crn, account, clusterBinding, kafkaKey, registryKey, inCluster, inRegistry };
}

export function clusterIn(environment: Made, type: Properties = { basic: {} }): Properties {
  const place = { availability: "SINGLE_ZONE", cloud: "AWS", region: "eu-central-1" };
  return { displayName: "demo", environment: { id: environment.id }, ...place, ...type };
}

export function binding(account: Made, roleName: string, crnPattern: string): Properties {
  return { principal: `User:${account.id}`, roleName, crnPattern };
}

export function keyOf(account: Made, id: unknown, apiVersion: string): Properties {
  return {
    owner: { id: account.id, apiVersion: "iam/v2", kind: "ServiceAccount" },
    managedResource: { id, apiVersion, kind: "Cluster" },
  };
}

export function credentialsOf({ id, properties }: Made): Properties {
  return { key: id, secret: properties.secret };
}

/** The answer to a call, or the error with the words that the provider has for it. */
function answer<Response>(call: (done: (error: grpc.ServiceError | null, response: Response) => void) => unknown) {
  return new Promise<Response>((resolve, reject) => {
    call((error, response) =>
      error === null
        ? resolve(response)
        : reject(Object.assign(new Error(error.details), { metadata: error.metadata })),
    );
  });
}

function struct(properties: Properties) {
  return structPb.Struct.fromJavaScript(
    JSON.parse(JSON.stringify(properties)) as Parameters<typeof structPb.Struct.fromJavaScript>[0],
  );
}

function plain(properties: { toJavaScript(): object } | undefined): Properties {
  return { ...properties?.toJavaScript() };
}

/** The inputs of an ACL, but for where it is. */
export const readOrders = {
  resourceType: "TOPIC",
  resourceName: "orders",
  patternType: "LITERAL",
  principal: "User:sa-1",
  host: "*",
  operation: "READ",
  permission: "ALLOW",
};
