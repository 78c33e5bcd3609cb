import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { aws } from "../../sandbox/cloud/aws.ts";
import { docker, dockerBuild } from "../../sandbox/cloud/docker.ts";
import { Inventory, type Properties } from "../../sandbox/cloud/inventory.ts";
import { SdkSchema } from "../../sandbox/cloud/schema.ts";
import { halfMade, region } from "./awsClient.ts";
import { ProviderClient, type Made } from "./providerClient.ts";

describe("a Docker host", () => {
  const types = {
    container: "docker:index/container:Container",
    network: "docker:index/network:Network",
    volume: "docker:index/volume:Volume",
    remoteImage: "docker:index/remoteImage:RemoteImage",
  };
  type Kind = keyof typeof types;
  const right: Record<Kind, Properties> = {
    container: {
      name: "mysql",
      image: "mysql:8.4",
      ports: [{ internal: 3306, external: 3306 }],
      envs: ["MYSQL_ROOT_PASSWORD=hush"],
      uploads: [{ file: "/docker-entrypoint-initdb.d/a.sql", content: "hush" }],
      healthcheck: { tests: ["CMD", "mysqladmin", "ping"], interval: "5s" },
      restart: "unless-stopped",
      start: true,
    },
    network: { name: "sources", ipamDriver: "default" },
    volume: { name: "mysql" },
    remoteImage: { name: "mysql:8.4" },
  };

  let client: ProviderClient;
  beforeEach(async () => {
    client = await ProviderClient.start(new Inventory(), docker);
  });
  afterEach(() => client.close());

  const make = (kind: Kind, changes: Properties = {}) => client.create(types[kind], { ...right[kind], ...changes });
  const remove = (kind: Kind, made: Made) => client.delete(types[kind], made);

  it("has right inputs here for every type that is simulated, and needs no configuration", async () => {
    expect(Object.values(types).sort()).toEqual(Object.keys(docker.resources).sort());
    for (const kind of Object.keys(right) as Kind[]) {
      const { inputs, failures } = await client.check(types[kind], right[kind]);
      expect([kind, failures]).toEqual([kind, []]);
      expect(inputs).toMatchObject(right[kind]);
    }
    expect(await client.checkConfig({ host: "ssh://me@host" })).toEqual([]);
  });

  it.each<[Properties, at: string, problem: string]>([
    [{ image: undefined }, "image", "Missing required argument"],
    [{ restart: "sometimes" }, "restart", "(no|on-failure|always|unless-stopped)"],
    [{ cpuSet: "a" }, "cpuSet", "doesn't match the pattern"],
    [{ memory: -1 }, "memory", "to be at least"],
    [{ healthcheck: { tests: ["NONE"], interval: "5" } }, "healthcheck.interval", "is not a valid duration"],
    [{ uploads: [{ file: "/a" }] }, "uploads[0]", "only one of 'content', 'content_base64' or 'source'"],
    [{ uploads: [{ file: "/a", content: "a", permissions: "644" }] }, "uploads[0].permissions", "^0[0-7]{3}$"],
    [{ envs: { A: "b" } }, "envs", "Attribute must be a list"],
    [{ environment: [] }, "environment", "Invalid or unknown key"],
  ])("refuses a container with %j at preview", async (changes, at, problem) => {
    const { failures } = await client.check(types.container, { ...right.container, ...changes });
    expect(failures).toEqual([expect.stringContaining(problem)]);
    expect(failures[0]).toContain(`'it.${at}'`);
  });

  it("lets a port through that no host has, and refuses it then", async () => {
    const ports = [{ internal: 3306, external: 99_999 }];
    expect((await client.check(types.container, { ...right.container, ports })).failures).toEqual([]);
    await expect(make("container", { ports })).rejects.toThrow('invalid port specification: "99999"');
  });

  it("replaces containers for nearly everything, and networks and volumes for all of it", async () => {
    const replacing = async (kind: Kind) => {
      const schema = new SdkSchema(docker.sdk);
      const found: string[] = [];
      for (const input of schema.inputs(types[kind]).keys()) {
        const before = { ...right[kind], [input]: "before" };
        found.push(...(await client.diff(types[kind], before, { ...before, [input]: "after" })).replaces);
      }
      return found;
    };
    expect(await replacing("container")).toEqual(
      expect.arrayContaining(["envs", "image", "name", "networksAdvanced", "ports", "uploads", "volumes"]),
    );
    for (const input of ["restart", "memory", "healthcheck", "mustRun"]) {
      expect(await replacing("container")).not.toContain(input);
    }
    expect(await replacing("network")).toEqual([...new SdkSchema(docker.sdk).inputs(types.network).keys()]);
    expect(await replacing("volume")).toEqual([...new SdkSchema(docker.sdk).inputs(types.volume).keys()]);
  });

  it.each<[Kind, Properties, refusal: string]>([
    ["container", { name: "there" }, 'The container name "/there" is already in use'],
    ["container", { image: `sha256:${"0".repeat(64)}` }, "unable to find or pull image"],
    ["container", { image: "Mysql:" }, "unable to find or pull image"],
    ["container", { networksAdvanced: [{ name: "elsewhere" }] }, "network elsewhere not found"],
    ["network", { name: "there" }, "network with name there already exists"],
    ["network", { name: "host" }, "operation is not permitted on predefined host network"],
    ["remoteImage", { name: "mysql:8.4:1" }, "invalid reference format"],
  ])("refuses %s with %j", async (kind, changes, refusal) => {
    await make("container", { name: "there", ports: [] });
    await make("network", { name: "there" });
    await expect(make(kind, changes)).rejects.toThrow(refusal);
  });

  it("keeps what a container uses", async () => {
    const network = await make("network");
    const volume = await make("volume");
    const image = await make("remoteImage");
    const container = await make("container", {
      image: image.properties.imageId,
      networksAdvanced: [{ name: "sources" }],
      volumes: [{ volumeName: "mysql", containerPath: "/var/lib/mysql" }],
    });
    await expect(remove("network", network)).rejects.toThrow("network sources has active endpoints");
    await expect(remove("volume", volume)).rejects.toThrow(`volume is in use - [${container.id}]`);
    await expect(remove("remoteImage", image)).rejects.toThrow("must force");
    await remove("container", container);
    await remove("network", network);
    await remove("volume", volume);
    await remove("remoteImage", image);
    expect(client.cloud.all()).toEqual([]);
  });

  it("leaves a container there that finds its port taken", async () => {
    await make("container");
    const half = await halfMade(make("container", { name: "second" }));
    expect(half.reasons).toEqual([expect.stringContaining("Bind for 0.0.0.0:3306 failed: port is already allocated")]);
    expect(client.cloud.get(types.container, half.id)).toBeDefined();
    const other = [{ internal: 3306, external: 3307 }];
    await expect(make("container", { name: "stopped", ports: other, start: false })).resolves.toBeDefined();
    await expect(make("container", { name: "third", ports: other })).resolves.toBeDefined();
    await expect(make("container", { name: "fourth", ports: [{ internal: 3306 }] })).resolves.toBeDefined();
  });

  it("keeps no secret", async () => {
    await make("container");
    expect(JSON.stringify(client.cloud.all())).not.toContain("hush");
  });
});

describe("built images", () => {
  const type = "docker-build:index:Image";
  const registry = "123456789012.dkr.ecr.eu-central-1.amazonaws.com";
  let folder: string;
  let client: ProviderClient;
  let amazon: ProviderClient;
  beforeEach(async () => {
    folder = mkdtempSync(path.join(os.tmpdir(), "context-"));
    writeFileSync(path.join(folder, "Dockerfile"), "FROM scratch\n");
    const cloud = new Inventory();
    client = await ProviderClient.start(cloud, dockerBuild);
    amazon = await ProviderClient.start(cloud, aws);
    await amazon.configure({ region });
  });
  afterEach(() => {
    client.close();
    amazon.close();
    rmSync(folder, { recursive: true });
  });

  const repository = (changes: Properties = {}) =>
    amazon.create("aws:ecr/repository:Repository", { name: "connect", ...changes });
  const image = (changes: Properties = {}): Properties => ({
    push: true,
    buildOnPreview: false,
    network: "default",
    context: { location: folder },
    platforms: ["linux/arm64"],
    tags: [`${registry}/connect:1`],
    registries: [{ address: `${registry}/connect`, username: "AWS", password: "hush" }],
    ...changes,
  });

  it.each<[Properties, at: string, problem: string]>([
    [{ push: undefined }, "push", "Missing required argument"],
    [{ tags: ["Connect:1"] }, "tags[0]", "invalid reference format: Connect:1"],
    [{ tags: undefined }, "push", "at least one tag is needed"],
    [{ platforms: ["linux/arm65"] }, "platforms[0]", "is not a platform"],
    [{ context: { location: "/none" } }, "context.location", "no such file or directory"],
    [{ dockerfile: { location: "/none" } }, "dockerfile", "no such file or directory"],
    [{ contexts: {} }, "contexts", "Invalid or unknown key"],
  ])("are refused with %j at preview", async (changes, at, problem) => {
    expect((await client.check(type, image())).failures).toEqual([]);
    const { failures } = await client.check(type, image(changes));
    expect(failures).toEqual([expect.stringContaining(problem)]);
    expect(failures[0]).toContain(`'it.${at}'`);
  });

  it("need no folder when they come from elsewhere, and no file when it is given as text", async () => {
    const elsewhere = image({
      context: { location: "https://example.com/a.git" },
      dockerfile: { inline: "FROM scratch" },
    });
    expect((await client.check(type, elsewhere)).failures).toEqual([]);
  });

  it("say what they are: the same for the same files, another for others", async () => {
    await repository();
    const made = await client.create(type, image());
    const { digest, ref, contextHash } = made.properties;
    expect(digest).toMatch(/^sha256:[0-9a-f]{64}$/);
    expect([made.id, ref]).toEqual([digest, `${registry}/connect:1@${String(digest)}`]);
    const same = await client.diff(type, image(), image(), made.properties);
    expect([same.changes, same.stale]).toEqual([{}, undefined]);

    mkdirSync(path.join(folder, "plugins"));
    writeFileSync(path.join(folder, "plugins", "a.jar"), "a");
    const diff = await client.diff(type, image(), image(), made.properties);
    expect(diff).toMatchObject({ changes: {}, stale: ["contextHash"], replaces: [] });
    const updated = await client.update(type, made, image());
    expect(updated.digest).not.toBe(digest);
    expect(updated.contextHash).not.toBe(contextHash);
    expect(updated.ref).toBe(`${registry}/connect:1@${String(updated.digest)}`);
  });

  it("do not change with the password of a registry", async () => {
    const before = image();
    const of = (username: string, password: string) =>
      image({ registries: [{ address: `${registry}/connect`, username, password }] });
    expect((await client.diff(type, before, of("AWS", "other"))).changes).toEqual({});
    expect(Object.keys((await client.diff(type, before, of("me", "hush"))).changes)).toEqual([
      "registries[0].username",
    ]);
  });

  it.each<[what: string, repository: Properties | undefined, Properties, refusal: string]>([
    ["no repository", undefined, {}, "The repository with name 'connect' does not exist"],
    ["no login", {}, { registries: [] }, "no basic auth credentials"],
  ])("are not pushed with %s", async (_, target, changes, refusal) => {
    if (target !== undefined) {
      await repository(target);
    }
    await expect(client.create(type, image(changes))).rejects.toThrow(refusal);
  });

  it("do not take an immutable tag over", async () => {
    await repository({ imageTagMutability: "IMMUTABLE" });
    const made = await client.create(type, image());
    await expect(client.update(type, made, image())).resolves.toBeDefined();
    writeFileSync(path.join(folder, "more"), "more");
    await expect(client.update(type, made, image())).rejects.toThrow("the tag is immutable");
    await expect(client.update(type, made, image({ tags: [`${registry}/connect:2`] }))).resolves.toBeDefined();
  });

  it("keep no password", async () => {
    await repository();
    await client.create(type, image());
    expect(JSON.stringify(client.cloud.all())).not.toContain("hush");
  });
});
