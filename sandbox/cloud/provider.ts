import * as grpc from "@grpc/grpc-js";
import emptyPb from "google-protobuf/google/protobuf/empty_pb.js";
import structPb from "google-protobuf/google/protobuf/struct_pb.js";
import type { Struct } from "google-protobuf/google/protobuf/struct_pb.js";
import pluginPb from "@pulumi/pulumi/proto/plugin_pb.js";
import providerGrpc from "@pulumi/pulumi/proto/provider_grpc_pb.js";
import providerPb from "@pulumi/pulumi/proto/provider_pb.js";
import type {
  CheckRequest,
  CreateRequest,
  DeleteRequest,
  DiffRequest,
  InvokeRequest,
  ReadRequest,
  UpdateRequest,
} from "@pulumi/pulumi/proto/provider_pb.js";
import { checkedInputs, generatedName, unknown } from "./check.ts";
import { differences, type Difference } from "./differences.ts";
import { CloudError, type Inventory, type Properties } from "./inventory.ts";
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

/** What a test does to an operation: let it fail before anything happened, or hang until the engine gives up. */
export type Intervention = "fail" | "hang" | undefined;

/** A simulated cloud behind the engine's provider protocol, on a port of its own on loopback. */
export class SimulatedProvider {
  readonly done: Done[] = [];
  /** Asked before each operation. */
  intervene: (operation: Operation, urn: string) => Intervention = () => undefined;

  readonly #package: SimulatedPackage;
  readonly #cloud: Inventory;
  readonly #schema: SdkSchema;
  readonly #server = new grpc.Server();
  readonly #hanging: (() => void)[] = [];
  #port: Promise<number> | undefined;

  constructor(simulated: SimulatedPackage, cloud: Inventory) {
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
      checkConfig: unary((request: CheckRequest) => {
        const response = new providerPb.CheckResponse();
        response.setInputs(request.getNews());
        return response;
      }),
      diffConfig: unary(() => new providerPb.DiffResponse()),
      configure: unary(() => {
        // Like the bridged providers: secrets come in clear, and the engine marks the outputs of secret inputs itself.
        const response = new providerPb.ConfigureResponse();
        response.setSupportspreview(true);
        return response;
      }),
      check: unary((request: CheckRequest) => this.#check(request)),
      diff: unary((request: DiffRequest) => this.#diff(request)),
      create: unary((request: CreateRequest) => this.#create(request)),
      read: unary((request: ReadRequest) => this.#read(request)),
      update: unary((request: UpdateRequest) => this.#update(request)),
      delete: unary((request: DeleteRequest) => this.#delete(request)),
      invoke: unary((request: InvokeRequest) => this.#invoke(request)),
      cancel: unary(() => {
        this.#hanging.forEach((end) => end());
        return new emptyPb.Empty();
      }),
    };
  }

  #check(request: CheckRequest) {
    const { type, name, resource } = this.#resource(request);
    const response = new providerPb.CheckResponse();
    const refuse = (path: string, message: string) => {
      const failure = new providerPb.CheckFailure();
      failure.setReason(`${message}. Examine values at '${name}.${path}'.`);
      response.addFailures(failure);
    };
    response.setInputs(
      toStruct(checkedInputs(this.#schema, type, name, resource, fromStruct(request.getNews()), refuse)),
    );
    return response;
  }

  #diff(request: DiffRequest) {
    const { name, resource } = this.#resource(request);
    const before = fromStruct(request.getOldInputs());
    const after = fromStruct(request.getNews());
    const isSame = (property: string) => resource.same?.(property, before[property], after[property]) === true;
    const changed = differences(before, after).filter(({ path }) => !path.startsWith("__") && !isSame(rootOf(path)));
    const alsoReplaces = changed.length === 0 ? [] : (resource.plan?.(before, after, request.getId()) ?? []);
    const replacing = [...resource.replacedBy, ...alsoReplaces];

    const response = new providerPb.DiffResponse();
    const { DiffChanges } = providerPb.DiffResponse;
    response.setChanges(changed.length === 0 ? DiffChanges.DIFF_NONE : DiffChanges.DIFF_SOME);
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
    // The bridge's rule: only a name that could have been generated, and was given, makes it delete first.
    const named = resource.autoNamed === undefined ? undefined : after[resource.autoNamed];
    const isGiven = named !== undefined && named !== generatedName(name);
    response.setDeletebeforereplace(isGiven && response.getReplacesList().length > 0);
    return response;
  }

  async #create(request: CreateRequest) {
    const { type, resource } = this.#resource(request);
    const inputs = fromStruct(request.getProperties());
    const response = new providerPb.CreateResponse();
    if (request.getPreview()) {
      const computed = Object.fromEntries(resource.computed.map((output) => [output, unknown]));
      response.setProperties(toStruct({ ...computed, ...inputs }));
      return response;
    }
    const { id, outputs } = await this.#operate("create", request.getUrn(), resource, inputs, () => {
      const created = resource.create(this.#cloud, inputs);
      const properties = this.#withoutCredentials({ ...inputs, ...created.outputs });
      this.#cloud.put({ id: created.id, type, properties, hidden: created.hidden ?? {} });
      return created;
    });
    response.setId(id);
    response.setProperties(toStruct({ ...inputs, ...outputs }));
    return response;
  }

  /** The state of a thing is what the cloud says, and the credentials that only Pulumi has; one that is gone has no id. */
  #read(request: ReadRequest) {
    const { type } = this.#resource(request);
    const response = new providerPb.ReadResponse();
    const thing = this.#cloud.get(type, request.getId());
    if (thing !== undefined) {
      const inputs = this.#schema.inputs(type);
      const own = only(fromStruct(request.getProperties()), (key) => this.#package.credentials.includes(key));
      const properties = { ...own, ...thing.properties };
      response.setId(thing.id);
      response.setProperties(toStruct(properties));
      response.setInputs(toStruct(only(properties, (key) => inputs.has(key))));
    }
    return response;
  }

  async #update(request: UpdateRequest) {
    const { type, resource } = this.#resource(request);
    const id = request.getId();
    const inputs = fromStruct(request.getNews());
    const computed = only(fromStruct(request.getOlds()), (key) => resource.computed.includes(key));
    const properties = { ...computed, ...inputs };
    const response = new providerPb.UpdateResponse();
    if (!request.getPreview()) {
      await this.#operate("update", request.getUrn(), resource, inputs, () => {
        const thing = this.#cloud.get(type, id);
        if (thing === undefined) {
          throw new CloudError(`404 Not Found: "${id}" does not exist`);
        }
        resource.update?.(this.#cloud, id, inputs);
        this.#cloud.put({ ...thing, properties: this.#withoutCredentials(properties) });
      });
    }
    response.setProperties(toStruct(properties));
    return response;
  }

  async #delete(request: DeleteRequest) {
    const { type, resource } = this.#resource(request);
    const properties = fromStruct(request.getProperties());
    await this.#operate("delete", request.getUrn(), resource, properties, () => {
      if (this.#cloud.get(type, request.getId()) !== undefined) {
        resource.delete?.(this.#cloud, request.getId(), properties);
        this.#cloud.delete(type, request.getId());
      }
    });
    return new emptyPb.Empty();
  }

  #invoke(request: InvokeRequest) {
    const call = this.#package.functions[request.getTok()];
    if (call === undefined) {
      throw new Error(`the sandbox does not simulate the function ${request.getTok()}`);
    }
    const response = new providerPb.InvokeResponse();
    response.setReturn(toStruct(call(this.#cloud, fromStruct(request.getArgs()))));
    return response;
  }

  /** Does what the cloud does, and counts it once it is done. */
  async #operate<Result>(
    operation: Operation,
    urn: string,
    resource: SimulatedResource,
    properties: Properties,
    act: () => Result,
  ): Promise<Result> {
    const intervention = this.intervene(operation, urn);
    if (intervention === "fail") {
      throw new Error(`${operation} failed: 500 Internal Server Error (made to fail by the sandbox)`);
    }
    if (intervention === "hang") {
      await new Promise<void>((resolve) => this.#hanging.push(resolve));
      throw new Error(`${operation} was cancelled`);
    }
    const result = act();
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

  #withoutCredentials(properties: Properties): Properties {
    return only(properties, (key) => !this.#package.credentials.includes(key));
  }
}

function toStruct(properties: Properties): Struct {
  // Only the JSON types below can stand in a Struct; `undefined` would.
  return structPb.Struct.fromJavaScript(
    JSON.parse(JSON.stringify(properties)) as Parameters<typeof structPb.Struct.fromJavaScript>[0],
  );
}

function fromStruct(struct: Struct | undefined): Properties {
  return struct?.toJavaScript() ?? {};
}

function only(properties: Properties, isWanted: (key: string) => boolean): Properties {
  return Object.fromEntries(Object.entries(properties).filter(([key]) => isWanted(key)));
}

function rootOf(path: string): string {
  return path.split(/[.[]/)[0] ?? path;
}

function kindOf(change: Difference["change"], isReplaced: boolean) {
  const { Kind } = providerPb.PropertyDiff;
  switch (change) {
    case "add":
      return isReplaced ? Kind.ADD_REPLACE : Kind.ADD;
    case "delete":
      return isReplaced ? Kind.DELETE_REPLACE : Kind.DELETE;
    case "update":
      return isReplaced ? Kind.UPDATE_REPLACE : Kind.UPDATE;
  }
}
