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
import { checkedInputs, differences, unknown } from "./check.ts";
import { Inventory, type Properties } from "./inventory.ts";
import { SdkSchema } from "./schema.ts";
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
  readonly #cancelled = new Set<() => void>();

  constructor(simulated: SimulatedPackage, cloud: Inventory) {
    this.#package = simulated;
    this.#cloud = cloud;
    this.#schema = new SdkSchema(simulated.sdk);
  }

  get name(): string {
    return this.#package.name;
  }

  /** Starts to listen; gives the port. */
  async listen(): Promise<number> {
    this.#server.addService(providerGrpc.ResourceProviderService, this.#handlers());
    return new Promise((resolve, reject) => {
      this.#server.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(), (error, port) =>
        error === null ? resolve(port) : reject(error),
      );
    });
  }

  close(): void {
    this.#cancel();
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
        this.#cancel();
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
    const { resource } = this.#resource(request);
    const before = fromStruct(request.getOldInputs() ?? request.getOlds());
    const after = fromStruct(request.getNews());
    const isSame = (property: string) => resource.same?.(property, before[property], after[property]) === true;
    const changed = [...differences(before, after)].filter(([path]) => !path.startsWith("__") && !isSame(rootOf(path)));
    const alsoReplaces = changed.length === 0 ? [] : (resource.plan?.(before, after) ?? []);
    const replacing = [...resource.replacedBy, ...alsoReplaces];

    const response = new providerPb.DiffResponse();
    const { DiffChanges } = providerPb.DiffResponse;
    response.setChanges(changed.length === 0 ? DiffChanges.DIFF_NONE : DiffChanges.DIFF_SOME);
    response.setHasdetaileddiff(true);
    for (const [path, change] of changed) {
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
    // Without a generated name, the new one would meet the old one: the bridge deletes first.
    response.setDeletebeforereplace(resource.autoNamed !== true || after.displayName === before.displayName);
    return response;
  }

  async #create(request: CreateRequest) {
    const { type, resource } = this.#resource(request);
    const inputs = fromStruct(request.getProperties());
    const response = new providerPb.CreateResponse();
    if (request.getPreview()) {
      const computed = Object.fromEntries(resource.computed.map((output) => [output, unknown]));
      response.setProperties(toStruct({ ...inputs, ...computed }));
      return response;
    }
    await this.#operate("create", request.getUrn(), resource, inputs);
    const { id, outputs, hidden = {} } = resource.create(this.#cloud, inputs);
    this.#cloud.put({ id, type, properties: this.#kept({ ...inputs, ...outputs }), hidden });
    response.setId(id);
    response.setProperties(toStruct({ ...inputs, ...outputs }));
    return response;
  }

  /** The state of a thing that was changed by hand is what the cloud says; one that is gone has no id. */
  #read(request: ReadRequest) {
    const { type } = this.#resource(request);
    const response = new providerPb.ReadResponse();
    const thing = this.#cloud.get(type, request.getId());
    if (thing !== undefined) {
      const inputNames = [...this.#schema.inputs(type).keys()];
      const properties = { ...fromStruct(request.getProperties()), ...thing.properties };
      const inputs = Object.fromEntries(
        Object.entries({ ...fromStruct(request.getInputs()), ...thing.properties }).filter(([key]) =>
          inputNames.includes(key),
        ),
      );
      response.setId(thing.id);
      response.setProperties(toStruct(properties));
      response.setInputs(toStruct(inputs));
    }
    return response;
  }

  async #update(request: UpdateRequest) {
    const { type, resource } = this.#resource(request);
    const inputs = fromStruct(request.getNews());
    const before = fromStruct(request.getOlds());
    const computed = Object.fromEntries(Object.entries(before).filter(([key]) => resource.computed.includes(key)));
    const response = new providerPb.UpdateResponse();
    if (!request.getPreview()) {
      await this.#operate("update", request.getUrn(), resource, inputs);
      resource.update?.(this.#cloud, request.getId(), inputs, before);
      const hidden = this.#cloud.get(type, request.getId())?.hidden ?? {};
      this.#cloud.put({ id: request.getId(), type, properties: this.#kept({ ...inputs, ...computed }), hidden });
    }
    response.setProperties(toStruct({ ...inputs, ...computed }));
    return response;
  }

  async #delete(request: DeleteRequest) {
    const { type, resource } = this.#resource(request);
    const inputs = fromStruct(request.getProperties());
    await this.#operate("delete", request.getUrn(), resource, inputs);
    if (this.#cloud.get(type, request.getId()) !== undefined) {
      resource.delete?.(this.#cloud, request.getId(), inputs);
      this.#cloud.delete(type, request.getId());
    }
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

  async #operate(operation: Operation, urn: string, resource: SimulatedResource, inputs: Properties): Promise<void> {
    const intervention = this.intervene(operation, urn);
    if (intervention === "fail") {
      throw new Error(`${operation} failed: 500 Internal Server Error (made to fail by the sandbox)`);
    }
    if (intervention === "hang") {
      await new Promise<void>((resolve) => this.#cancelled.add(resolve));
      throw new Error(`${operation} was cancelled`);
    }
    this.done.push({ operation, urn, seconds: resource.seconds(operation, inputs) });
  }

  #cancel(): void {
    this.#cancelled.forEach((cancel) => cancel());
    this.#cancelled.clear();
  }

  #resource(request: { getUrn(): string }): { type: string; name: string; resource: SimulatedResource } {
    const [, , types = "", name = ""] = request.getUrn().split("::");
    const type = types.split("$").at(-1) ?? "";
    const resource = this.#package.resources[type];
    if (resource === undefined) {
      throw new Error(`the sandbox does not simulate ${type}`);
    }
    return { type, name, resource };
  }

  #kept(properties: Properties): Properties {
    return Object.fromEntries(Object.entries(properties).filter(([key]) => !this.#package.credentials.includes(key)));
  }
}

function unary<Request, Response>(answer: (request: Request) => Response | Promise<Response>) {
  return (call: grpc.ServerUnaryCall<Request, Response>, callback: grpc.sendUnaryData<Response>): void => {
    Promise.resolve(call.request)
      .then(answer)
      .then(
        (response) => callback(null, response),
        (error: unknown) =>
          callback({ code: grpc.status.UNKNOWN, details: error instanceof Error ? error.message : String(error) }),
      );
  };
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

function rootOf(path: string): string {
  return path.split(/[.[]/)[0] ?? path;
}

function kindOf(change: "add" | "delete" | "update", isReplaced: boolean) {
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
