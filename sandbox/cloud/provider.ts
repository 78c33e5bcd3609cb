import * as grpc from "@grpc/grpc-js";
import emptyPb from "google-protobuf/google/protobuf/empty_pb.js";
import pluginPb from "@pulumi/pulumi/proto/plugin_pb.js";
import providerGrpc from "@pulumi/pulumi/proto/provider_grpc_pb.js";
import providerPb from "@pulumi/pulumi/proto/provider_pb.js";
import type {
  CheckRequest,
  ConfigureRequest,
  CreateRequest,
  DeleteRequest,
  DiffRequest,
  InvokeRequest,
  ReadRequest,
  UpdateRequest,
} from "@pulumi/pulumi/proto/provider_pb.js";
import { checkedInputs, generatedName, isGenerated, isObject } from "./check.ts";
import { unknown } from "./known.ts";
import { differences } from "./differences.ts";
import type { Struct } from "google-protobuf/google/protobuf/struct_pb.js";
import { CloudError, type Inventory, type Properties, type Thing } from "./inventory.ts";
import { fromStruct, halfMade, kindOf, toStruct } from "./messages.ts";
import { SdkSchema } from "./schema.ts";
import { unary } from "../rpc.ts";
import type { Operation, SimulatedPackage, SimulatedResource } from "./simulated.ts";

/** One operation that the cloud carried out. */
export interface Done {
  readonly operation: Operation;
  readonly urn: string;
  /** Seconds that it would have taken for real. */
  readonly seconds: number;
}

/**
 * What a test does to an operation: let it fail before anything happened, hang until the engine gives up, or (`"half"`,
 * of a creation) make the thing and then fail.
 */
export type Intervention = "fail" | "hang" | "half" | undefined;

export type Intervene = (operation: Operation, urn: string) => Intervention;

/** A simulated cloud behind the engine's provider protocol, on a port of its own on loopback. */
export class SimulatedProvider {
  readonly done: Done[];
  /** Asked before each operation. */
  intervene: Intervene = () => undefined;

  readonly #package: SimulatedPackage;
  readonly #cloud: Inventory;
  readonly #schema: SdkSchema;
  readonly #server = new grpc.Server();
  readonly #hanging: (() => void)[] = [];
  /** Configuration of each of the engine's providers, by who asks. */
  readonly #configs = new Map<string, Properties>();
  #port: Promise<number> | undefined;

  /** `done`: the list to keep what was done in, when several share one. */
  constructor(simulated: SimulatedPackage, cloud: Inventory, done: Done[] = []) {
    this.done = done;
    this.#package = simulated;
    this.#cloud = cloud;
    this.#schema = new SdkSchema(simulated.sdk);
  }

  get name(): string {
    return this.#package.name;
  }

  /** The port it listens on; starts to at the first call. */
  listen(): Promise<number> {
    this.#port ??= new Promise((resolve, reject) => {
      this.#server.addService(providerGrpc.ResourceProviderService, this.#handlers());
      this.#server.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(), (error, port) =>
        error === null ? resolve(port) : reject(error),
      );
    });
    return this.#port;
  }

  close(): void {
    this.#server.forceShutdown();
  }

  #handlers(): grpc.UntypedServiceImplementation {
    return {
      handshake: unary(() => new providerPb.ProviderHandshakeResponse()),
      attach: unary(() => new emptyPb.Empty()),
      getPluginInfo: unary(() => {
        const info = new pluginPb.PluginInfo();
        info.setVersion(this.#schema.version);
        return info;
      }),
      checkConfig: unary((request: CheckRequest) => this.#checkConfig(request)),
      diffConfig: unary(() => new providerPb.DiffResponse()),
      configure: unary((request: ConfigureRequest, peer) => {
        this.#configs.set(peer, fromStruct(request.getArgs()));
        // Like the bridged providers: secrets come in clear, and the engine marks the outputs of secret inputs itself.
        const response = new providerPb.ConfigureResponse();
        response.setSupportspreview(true);
        return response;
      }),
      check: unary((request: CheckRequest) => this.#check(request)),
      diff: unary((request: DiffRequest) => this.#diff(request)),
      create: unary((request: CreateRequest, peer) => this.#create(request, this.#configs.get(peer) ?? {})),
      read: unary((request: ReadRequest, peer) => this.#read(request, this.#configs.get(peer) ?? {})),
      update: unary((request: UpdateRequest, peer) => this.#update(request, this.#configs.get(peer) ?? {})),
      delete: unary((request: DeleteRequest, peer) => this.#delete(request, this.#configs.get(peer) ?? {})),
      invoke: unary((request: InvokeRequest, peer) => this.#invoke(request, this.#configs.get(peer) ?? {})),
      cancel: unary(() => {
        this.#hanging.forEach((end) => end());
        return new emptyPb.Empty();
      }),
    };
  }

  #checkConfig(request: CheckRequest) {
    const response = new providerPb.CheckResponse();
    response.setInputs(request.getNews());
    this.#package.checkConfig?.(fromStruct(request.getNews()), (path, message) => {
      const failure = new providerPb.CheckFailure();
      failure.setProperty(path);
      failure.setReason(message);
      response.addFailures(failure);
    });
    return response;
  }

  #check(request: CheckRequest) {
    const { type, name, resource } = this.#resource(request);
    const generated = this.#generatedName(type, name, resource, fromStruct(request.getOlds()));
    const response = new providerPb.CheckResponse();
    const refuse = (path: string, message: string) => {
      const failure = new providerPb.CheckFailure();
      failure.setReason(`${message}. Examine values at '${name}.${path}'.`);
      response.addFailures(failure);
    };
    response.setInputs(
      toStruct(checkedInputs(this.#schema, type, generated, resource, fromStruct(request.getNews()), refuse)),
    );
    return response;
  }

  /** A resource keeps its generated name; the one that replaces it gets another, since both exist for a while. */
  #generatedName(type: string, name: string, { autoNamed }: SimulatedResource, before: Properties): string {
    if (autoNamed === undefined) {
      return "";
    }
    const kept = before[autoNamed];
    if (typeof kept === "string" && isGenerated(kept, name)) {
      return kept;
    }
    let turn = 0;
    while (this.#cloud.find(type, (properties) => properties[autoNamed] === generatedName(name, turn)) !== undefined) {
      turn += 1;
    }
    return generatedName(name, turn);
  }

  #diff(request: DiffRequest) {
    const { name, resource } = this.#resource(request);
    const state = fromStruct(request.getOlds());
    const after = fromStruct(request.getNews());
    const given = fromStruct(request.getOldInputs());
    const before = resource.readBack?.(state, given, after) ?? given;
    const isSame = (property: string) => resource.same?.(property, before[property], after[property]) === true;
    const changed = differences(before, after).filter(({ path }) => !path.startsWith("__") && !isSame(rootOf(path)));
    const stale = resource.stale?.(state, after) ?? [];
    const alsoReplaces = changed.length === 0 ? [] : (resource.plan?.(before, after, request.getId()) ?? []);
    const replacing = [...resource.replacedBy, ...alsoReplaces];

    const response = new providerPb.DiffResponse();
    const { DiffChanges } = providerPb.DiffResponse;
    response.setChanges(changed.length + stale.length === 0 ? DiffChanges.DIFF_NONE : DiffChanges.DIFF_SOME);
    response.setHasdetaileddiff(true);
    for (const { path, change } of changed) {
      const isReplaced = replacing.includes(rootOf(path));
      const detail = new providerPb.PropertyDiff();
      detail.setKind(kindOf(change, isReplaced));
      detail.setInputdiff(true);
      response.getDetaileddiffMap().set(path, detail);
      response.addDiffs(rootOf(path));
      if (isReplaced) {
        response.addReplaces(rootOf(path));
      }
    }
    for (const output of stale) {
      const detail = new providerPb.PropertyDiff();
      detail.setKind(kindOf("update", false));
      response.getDetaileddiffMap().set(output, detail);
      response.addDiffs(output);
    }
    // The bridge's rule: only a name that could have been generated, and was given, makes it delete first.
    const named = resource.autoNamed === undefined ? undefined : after[resource.autoNamed];
    const isGiven = named !== undefined && !isGenerated(named, name);
    response.setDeletebeforereplace(isGiven && response.getReplacesList().length > 0);
    return response;
  }

  async #create(request: CreateRequest, config: Properties) {
    const { type, resource } = this.#resource(request);
    const inputs = fromStruct(request.getProperties());
    const response = new providerPb.CreateResponse();
    if (request.getPreview()) {
      const computed = Object.fromEntries(resource.computed.map((output) => [output, unknown]));
      response.setProperties(toStruct(withComputed(resource, { ...computed, ...inputs }, () => unknown)));
      return response;
    }
    const cloud = this.#cloudOf(config);
    const made = await this.#operate("create", request.getUrn(), resource, inputs, async (intervention) => {
      const made = resource.create(cloud, inputs, config);
      const created = { ...made, outputs: { ...made.outputs, ...(await resource.started?.(made, inputs)) } };
      if (resource.isAction !== true) {
        const properties = this.#withoutCredentials({ ...inputs, ...created.outputs });
        cloud.put({ id: created.id, type, properties, hidden: created.hidden ?? {} });
      }
      return intervention === "half" ? { ...created, problem: madeToFail } : created;
    });
    const properties = toStruct({ ...inputs, ...made.outputs });
    if (made.problem !== undefined) {
      throw halfMade(made.id, properties, made.problem);
    }
    response.setId(made.id);
    response.setProperties(properties);
    return response;
  }

  /** The state of a thing is what the cloud says, and the credentials that only Pulumi has; one that is gone has no id. */
  #read(request: ReadRequest, config: Properties) {
    const { type } = this.#resource(request);
    const response = new providerPb.ReadResponse();
    const thing = this.#thing(this.#cloudOf(config), request, request.getProperties());
    if (thing !== undefined) {
      const inputs = this.#schema.inputs(type);
      const own = only(fromStruct(request.getProperties()), (key) => this.#package.credentials.includes(key));
      const properties = { ...own, ...thing.properties };
      response.setId(thing.id);
      response.setProperties(toStruct(properties));
      // Like the bridge: a refresh looks at what the program gives, not at what the service filled in; an import at all.
      const given = fromStruct(request.getInputs());
      const isImport = Object.keys(given).length === 0;
      response.setInputs(toStruct(only(properties, (key) => inputs.has(key) && (isImport || key in given))));
    }
    return response;
  }

  async #update(request: UpdateRequest, config: Properties) {
    const { type, resource } = this.#resource(request);
    const id = request.getId();
    const inputs = fromStruct(request.getNews());
    const computed = only(fromStruct(request.getOlds()), (key) => resource.computed.includes(key));
    const response = new providerPb.UpdateResponse();
    const cloud = this.#cloudOf(config);
    if (request.getPreview()) {
      const thing = this.#thing(cloud, request, request.getOlds());
      const recomputed = Object.keys((thing && resource.recomputed?.(thing, inputs)) ?? {});
      const unknowns = Object.fromEntries(
        recomputed.filter((output) => resource.computed.includes(output)).map((output) => [output, unknown]),
      );
      response.setProperties(toStruct({ ...computed, ...inputs, ...unknowns }));
      return response;
    }
    const updated = await this.#operate("update", request.getUrn(), resource, inputs, () => {
      const thing = this.#thing(cloud, request, request.getOlds());
      if (thing === undefined) {
        throw new CloudError(`404 Not Found: "${id}" does not exist`);
      }
      resource.update?.(cloud, id, inputs, config);
      const properties = { ...computed, ...inputs, ...resource.recomputed?.(thing, inputs) };
      if (resource.isAction !== true) {
        const { hidden = {} } = cloud.get(type, id) ?? {};
        cloud.put({ id, type, properties: this.#withoutCredentials(properties), hidden });
      }
      return properties;
    });
    response.setProperties(toStruct(updated));
    return response;
  }

  async #delete(request: DeleteRequest, config: Properties) {
    const { type, resource } = this.#resource(request);
    const properties = fromStruct(request.getProperties());
    const cloud = this.#cloudOf(config);
    await this.#operate("delete", request.getUrn(), resource, properties, () => {
      if (resource.isDeletedBlindly === true || this.#thing(cloud, request, request.getProperties()) !== undefined) {
        resource.delete?.(cloud, request.getId(), properties, config);
        cloud.delete(type, request.getId());
      }
    });
    return new emptyPb.Empty();
  }

  #invoke(request: InvokeRequest, config: Properties) {
    const call = this.#package.functions[request.getTok()];
    if (call === undefined) {
      throw new Error(`the sandbox does not simulate the function ${request.getTok()}`);
    }
    const response = new providerPb.InvokeResponse();
    response.setReturn(toStruct(call(this.#cloudOf(config), fromStruct(request.getArgs()), config)));
    return response;
  }

  /** Does what the cloud does, and counts it once it is done. */
  async #operate<Result>(
    operation: Operation,
    urn: string,
    resource: SimulatedResource,
    properties: Properties,
    act: (intervention: Intervention) => Result | Promise<Result>,
  ): Promise<Result> {
    const intervention = this.intervene(operation, urn);
    if (intervention === "fail") {
      throw new Error(`${operation} failed: ${madeToFail}`);
    }
    if (intervention === "hang") {
      await new Promise<void>((resolve) => this.#hanging.push(resolve));
      throw new Error(`${operation} was cancelled`);
    }
    const result = await act(intervention);
    this.done.push({ operation, urn, seconds: resource.seconds(operation, properties) });
    return result;
  }

  #resource(request: { getUrn(): string }): { type: string; name: string; resource: SimulatedResource } {
    const [, , types = "", ...name] = request.getUrn().split("::");
    const type = types.split("$").at(-1) ?? "";
    const resource = this.#package.resources[type];
    if (resource === undefined) {
      throw new Error(`the sandbox does not simulate ${type}`);
    }
    return { type, name: name.join("::"), resource };
  }

  /** What exists, as a provider with this configuration sees it. */
  #cloudOf(config: Properties): Inventory {
    const { realm } = this.#package;
    return realm === undefined ? this.#cloud : this.#cloud.within((type) => realm(type, config));
  }

  /** What there is of a resource; of an action, what the state says. */
  #thing(
    cloud: Inventory,
    request: { getUrn(): string; getId(): string },
    state: Struct | undefined,
  ): Thing | undefined {
    const { type, resource } = this.#resource(request);
    const id = request.getId();
    return resource.isAction === true ? { id, type, properties: fromStruct(state) } : cloud.get(type, id);
  }

  #withoutCredentials(properties: Properties): Properties {
    return only(properties, (key) => !this.#package.credentials.includes(key));
  }
}

/** With what the provider fills in, in the blocks that are there. */
export function withComputed(
  { computedIn = {} }: Pick<SimulatedResource, "computedIn">,
  properties: Properties,
  value: (path: string) => unknown,
): Properties {
  const filled = Object.entries(computedIn).flatMap(([block, members]) => {
    const given = properties[block];
    const added = members.map((member) => [member, value(`${block}.${member}`)]);
    return isObject(given) ? [[block, { ...given, ...(Object.fromEntries(added) as Properties) }] as const] : [];
  });
  return { ...properties, ...(Object.fromEntries(filled) as Properties) };
}

const madeToFail = "500 Internal Server Error (made to fail by the sandbox)";

function only(properties: Properties, isWanted: (key: string) => boolean): Properties {
  return Object.fromEntries(Object.entries(properties).filter(([key]) => isWanted(key)));
}

function rootOf(path: string): string {
  return path.split(/[.[]/)[0] ?? path;
}
