import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { confluentCloud } from "../../sandbox/cloud/confluent.ts";
import { Inventory, type Properties } from "../../sandbox/cloud/inventory.ts";
import type { Operation } from "../../sandbox/cloud/simulated.ts";
import {
  binding,
  clusterIn,
  credentialsOf,
  keyOf,
  makeAdmin,
  ProviderClient,
  readOrders,
  tokenOf,
  type Admin,
  type Made,
} from "./providerClient.ts";

let client: ProviderClient;
beforeEach(async () => {
  client = await ProviderClient.start();
});
afterEach(() => client.close());

describe("the service", () => {
  let admin: Admin;
  beforeEach(async () => {
    admin = await makeAdmin(client);
  });

  const topic = (topicName: string, change: Properties = {}): Promise<Made> =>
    client.create("kafkaTopic", admin.inCluster({ topicName, partitionsCount: 6, ...change }));
  const acl = (change: Properties = {}): Promise<Made> =>
    client.create("kafkaAcl", admin.inCluster({ ...readOrders, ...change }));
  const level = (subjectName: string, key?: Made): Promise<Made> =>
    client.create("subjectConfig", admin.inRegistry({ subjectName, compatibilityLevel: "FULL" }, key));
  const idsOf = (kind: string) => client.cloud.all(tokenOf(kind)).map(({ id }) => id);
  /** Runs it, and expects that it is refused in exactly these words, or in some like these, and that nothing in the cloud has changed. */
  async function refused(attempt: () => Promise<unknown>, message: RegExp | string): Promise<void> {
    const before = JSON.stringify(client.cloud.all());
    const done = client.provider.done.length;
    await expect(attempt()).rejects.toThrow(typeof message === "string" ? new Error(message) : message);
    expect(JSON.stringify(client.cloud.all())).toBe(before);
    expect(client.provider.done).toHaveLength(done);
  }

  describe("names", () => {
    it.each(["environment", "serviceAccount"] as const)("an %s has a name that is its own", async (kind) => {
      const first = await client.create(kind, { displayName: "one" });
      await refused(() => client.create(kind, { displayName: "one" }), /^409 Conflict: .* "one" is already in use$/);
      const second = await client.create(kind, { displayName: "two" });
      await refused(() => client.update(kind, second, { displayName: "one" }), /^409 Conflict/);
      await client.update(kind, first, { displayName: "one", description: "keeps its name" });
      await client.delete(kind, first);
      await client.create(kind, { displayName: "one" });
    });

    it("clusters and keys may share a name", async () => {
      const { id } = await client.create("kafkaCluster", clusterIn(admin.environment));
      expect(id).not.toBe(admin.cluster.id);
      await client.create("apiKey", { ...keyOf(admin.account, id, "cmk/v2"), displayName: "key" });
      await client.create("apiKey", { ...keyOf(admin.account, id, "cmk/v2"), displayName: "key" });
    });

    it("an account's name has at most 64 characters", async () => {
      const tooLong = "400 Bad Request: a service account's display name has at most 64 characters";
      const made = await client.create("serviceAccount", { displayName: "a".repeat(64) });
      await refused(() => client.create("serviceAccount", { displayName: "b".repeat(65) }), tooLong);
      await refused(() => client.update("serviceAccount", made, { displayName: "b".repeat(65) }), tooLong);
    });

    it("a topic's name is its own in its cluster, a dot being the same as an underscore", async () => {
      await topic("mssql.dbo.ORDERS");
      await refused(() => topic("mssql.dbo.ORDERS"), "409 Conflict: Topic 'mssql.dbo.ORDERS' already exists.");
      await refused(
        () => topic("mssql_dbo.ORDERS"),
        "400 Bad Request: Topic 'mssql_dbo.ORDERS' collides with existing topics: mssql.dbo.ORDERS",
      );
      await topic("mssql-dbo-ORDERS");
      const other = await makeAdmin(client, { basic: {} }, "other");
      await client.create("kafkaTopic", other.inCluster({ topicName: "mssql.dbo.ORDERS" }));
    });

    it("a topic's name has at most 249 characters", async () => {
      await topic("a".repeat(249));
      const long = "b".repeat(250);
      await refused(() => topic(long), `400 Bad Request: the length of topic name "${long}" is longer than 249`);
    });
  });

  describe("what does not exist", () => {
    it.each<[what: string, string, (admin: Admin) => Properties]>([
      ["a cluster's environment", "kafkaCluster", () => clusterIn({ id: "env-0", properties: {} })],
      ["a key's owner", "apiKey", () => keyOf({ id: "sa-0", properties: {} }, admin.cluster.id, "cmk/v2")],
      ["a key's resource", "apiKey", () => keyOf(admin.account, "lkc-0", "cmk/v2")],
      ["a key's registry", "apiKey", () => keyOf(admin.account, "lsrc-0", "srcm/v3")],
      [
        "a role's account",
        "roleBinding",
        () => binding({ id: "sa-0", properties: {} }, "CloudClusterAdmin", admin.crn.cluster),
      ],
      [
        "a role's cluster",
        "roleBinding",
        () => binding(admin.account, "CloudClusterAdmin", `${admin.crn.environment}/cloud-cluster=lkc-0`),
      ],
      [
        "a role's registry",
        "roleBinding",
        () => binding(admin.account, "ResourceOwner", `${admin.crn.environment}/schema-registry=lsrc-0/subject=*`),
      ],
    ])("%s: 404", async (_, kind, inputs) => {
      await refused(() => client.create(kind, inputs(admin)), /^404 Not Found: .*-0" does not exist$/);
    });

    it("a user has a key and a role though nobody made them here", async () => {
      const user = { id: "u-1", properties: {} };
      await client.create("apiKey", keyOf(user, admin.cluster.id, "cmk/v2"));
      await client.create("roleBinding", binding(user, "CloudClusterAdmin", admin.crn.cluster));
    });

    it("there is no Schema Registry before there is a cluster", async () => {
      const { id } = await client.create("environment", { displayName: "empty" });
      const lookUp = () => client.invoke("getSchemaRegistryCluster", { environment: { id } });
      await refused(lookUp, "error reading Schema Registry Clusters: there are no SR clusters in the environment");
      await refused(
        () => client.create("apiKey", keyOf(admin.account, id.replace("env", "lsrc"), "srcm/v3")),
        /^404 Not Found/,
      );
    });

    it("the Schema Registry of an environment stays what it is", async () => {
      const lookUp = () => client.invoke("getSchemaRegistryCluster", { environment: { id: admin.environment.id } });
      const first = await lookUp();
      const [, suffix = ""] = admin.environment.id.split("env-");
      const restEndpoint = `https://psrc-${suffix}.eu-central-1.confluent.cloud`;
      expect(first).toEqual({
        id: `lsrc-${suffix}`,
        displayName: "Stream Governance Package",
        resourceName: `${admin.crn.environment}/schema-registry=lsrc-${suffix}`,
        restEndpoint,
        catalogEndpoint: restEndpoint,
        privateRestEndpoint: "",
        privateRegionalRestEndpoints: {},
        apiVersion: "srcm/v3",
        kind: "Cluster",
        cloud: "AWS",
        region: "eu-central-1",
        package: "ESSENTIALS",
        environment: { id: admin.environment.id },
      });
      await client.create("kafkaCluster", clusterIn(admin.environment, { region: "us-east-2", basic: {} }));
      await client.delete("kafkaCluster", admin.cluster);
      await client.update("environment", admin.environment, {
        displayName: "demo",
        streamGovernance: { package: "ADVANCED" },
      });
      expect(await lookUp()).toEqual({ ...first, package: "ADVANCED" });
    });

    it("what is gone cannot be updated, and does not come back", async () => {
      await client.delete("serviceAccount", admin.account);
      await refused(
        () => client.update("serviceAccount", admin.account, { displayName: "back" }),
        `404 Not Found: "${admin.account.id}" does not exist`,
      );
    });
  });

  describe("keys", () => {
    const unauthorized = "401 Unauthorized: the API key is not valid for this resource";
    const keyed = (key: unknown, secret: unknown) => ({ credentials: { key, secret } });

    it("without credentials, or an endpoint, there is no request", async () => {
      await refused(() => topic("a", { credentials: undefined }), "credentials must be set here or in the provider");
      await refused(() => topic("a", { restEndpoint: undefined }), "restEndpoint must be set here or in the provider");
    });

    it.each<[what: string, () => Properties]>([
      ["a wrong secret", () => keyed(admin.kafkaKey.id, "wrong")],
      ["no secret", () => keyed(admin.kafkaKey.id, undefined)],
      ["a key that was made up", () => keyed("KEY-0", admin.kafkaKey.properties.secret)],
      ["the registry's key", () => ({ credentials: credentialsOf(admin.registryKey) })],
      ["another endpoint", () => ({ restEndpoint: admin.registry.restEndpoint })],
      ["another cluster", () => ({ kafkaCluster: { id: "lkc-0" } })],
      ["no cluster", () => ({ kafkaCluster: undefined })],
    ])("%s is unauthorized", async (_, change) => {
      await refused(() => topic("a", change()), unauthorized);
      await refused(() => acl(change()), unauthorized);
    });

    it("the cluster's key is unauthorized at the registry", async () => {
      await refused(() => level("a-value", admin.kafkaKey), unauthorized);
    });

    it("another cluster's key and endpoint are unauthorized", async () => {
      const other = await makeAdmin(client, { basic: {} }, "other");
      await refused(
        () =>
          client.create("kafkaTopic", {
            ...other.inCluster({ topicName: "a" }),
            kafkaCluster: { id: admin.cluster.id },
          }),
        unauthorized,
      );
    });

    it.each<[what: string, () => Promise<unknown>]>([
      ["the key is deleted", () => client.delete("apiKey", admin.kafkaKey)],
      ["its owner is deleted", () => client.delete("serviceAccount", admin.account)],
    ])("when %s, requests are unauthorized, deletions too", async (_, happens) => {
      const [orders, reading] = [await topic("orders"), await acl()];
      await happens();
      await refused(() => topic("a"), unauthorized);
      await refused(
        () => client.update("kafkaTopic", orders, { ...orders.properties, partitionsCount: 12 }),
        unauthorized,
      );
      await refused(() => client.delete("kafkaTopic", orders), unauthorized);
      await refused(() => client.delete("kafkaAcl", reading), unauthorized);
    });

    it("when the owner's role is taken, requests are forbidden", async () => {
      const orders = await topic("orders");
      await client.delete("roleBinding", admin.clusterBinding);
      const roles = "CloudClusterAdmin, EnvironmentAdmin, OrganizationAdmin";
      const forbidden = `403 Forbidden: ${admin.account.id} lacks a role for ${admin.crn.cluster}: ${roles}`;
      await refused(() => topic("a"), forbidden);
      await refused(() => client.delete("kafkaTopic", orders), forbidden);
      await client.create("roleBinding", admin.clusterBinding.properties);
      await client.delete("kafkaTopic", orders);
    });

    it.each<[what: string, role: string, crn: () => string, inCluster: boolean, inRegistry: boolean]>([
      ["without a role", "", () => "", false, false],
      ["with a role on the cluster", "CloudClusterAdmin", () => admin.crn.cluster, true, false],
      ["with one on the environment", "EnvironmentAdmin", () => admin.crn.environment, true, true],
      ["with one on everything", "OrganizationAdmin", () => "crn://confluent.cloud/organization=sandbox", true, true],
      ["with a lesser one", "Operator", () => admin.crn.cluster, false, false],
      ["with one on something else", "CloudClusterAdmin", () => `${admin.crn.environment}/x=1`, false, false],
    ])("another account, %s", async (_, role, crn, inCluster, inRegistry) => {
      const account = await client.create("serviceAccount", { displayName: "another" });
      if (role !== "") {
        await client.create("roleBinding", binding(account, role, crn()));
      }
      const kafkaKey = await client.create("apiKey", keyOf(account, admin.cluster.id, "cmk/v2"));
      const registryKey = await client.create("apiKey", keyOf(account, admin.registry.id, "srcm/v3"));
      const makeTopic = () => client.create("kafkaTopic", admin.inCluster({ topicName: "a" }, kafkaKey));
      await (inCluster ? makeTopic() : refused(makeTopic, /^403 Forbidden/));
      const setLevel = () => level("a-value", registryKey);
      await (inRegistry ? setLevel() : refused(setLevel, /^403 Forbidden/));
    });

    it("a role on subjects is for these", async () => {
      const account = await client.create("serviceAccount", { displayName: "another" });
      const subjects = `${admin.crn.registry}/subject`;
      await client.create("roleBinding", binding(account, "ResourceOwner", `${subjects}=orders-*`));
      await client.create("roleBinding", binding(account, "ResourceOwner", `${subjects}=customers%2Fvalue`));
      await client.create("roleBinding", binding(account, "DeveloperRead", `${subjects}=*`));
      const key = await client.create("apiKey", keyOf(account, admin.registry.id, "srcm/v3"));
      await level("orders-value", key);
      await level("customers/value", key);
      await refused(() => level("customers/value-2", key), /^403 Forbidden/);
      await refused(() => level("payments-value", key), /^403 Forbidden/);
      await refused(() => client.create("schemaRegistryClusterConfig", admin.inRegistry({}, key)), /^403 Forbidden/);
      await client.create("schemaRegistryClusterConfig", admin.inRegistry({}));
    });

    it("the registry's own level is left where it is, without a request", async () => {
      const made = await client.create("schemaRegistryClusterConfig", admin.inRegistry({ compatibilityLevel: "FULL" }));
      const subject = await level("orders-value");
      await client.delete("apiKey", admin.registryKey);
      await refused(() => client.update("schemaRegistryClusterConfig", made, made.properties), unauthorized);
      await refused(() => client.update("subjectConfig", subject, subject.properties), unauthorized);
      await refused(() => client.delete("subjectConfig", subject), unauthorized);
      await client.delete("schemaRegistryClusterConfig", made);
      expect(idsOf("schemaRegistryClusterConfig")).toEqual([]);
    });
  });

  describe("rules of its own", () => {
    const bind = (role: string, at: string, { crn, account }: Admin = admin) =>
      client.create("roleBinding", binding(account, role, `${crn.cluster}${at}`));
    const parts = ["topic", "group", "transactional-id"].map((part) => `/kafka=lkc-1/${part}=orders*`);

    it("basic clusters have no roles on what is in them", async () => {
      for (const part of parts) {
        await refused(
          () => bind("DeveloperRead", part),
          "403 Forbidden: granular roles are not available on a Basic cluster",
        );
      }
      const other = await makeAdmin(client, { standard: {} }, "other");
      for (const part of parts) {
        await bind("DeveloperRead", part, other);
      }
    });

    it("roles exist, and are for what they are for", async () => {
      await refused(() => bind("Emperor", ""), '400 Bad Request: role "Emperor" does not exist');
      await refused(
        () => bind("ResourceOwner", ""),
        '400 Bad Request: role "ResourceOwner" is for resources in a cluster, not for all of it',
      );
      for (const role of [
        "CloudClusterAdmin",
        "DataSteward",
        "EnvironmentAdmin",
        "KsqlAdmin",
        "MetricsViewer",
        "Operator",
      ]) {
        await bind(role, "");
      }
      for (const role of ["DeveloperManage", "DeveloperRead", "DeveloperWrite", "ResourceOwner"]) {
        await client.create("roleBinding", binding(admin.account, role, `${admin.crn.registry}/subject=*`));
      }
    });

    it.each<[Properties, string | undefined]>([
      [
        { availability: "MULTI_ZONE", dedicated: { cku: 1 } },
        "multi-zone dedicated clusters must have at least 2 CKUs",
      ],
      [{ availability: "HIGH", dedicated: { cku: 1 } }, "multi-zone dedicated clusters must have at least 2 CKUs"],
      [{ availability: "HIGH", dedicated: { cku: 2 } }, undefined],
      [{ availability: "SINGLE_ZONE", dedicated: { cku: 1 } }, undefined],
      [{ availability: "MULTI_ZONE", basic: {} }, undefined],
    ])("units: %j", async (type, message) => {
      const attempt = () => client.create("kafkaCluster", { ...clusterIn(admin.environment, {}), ...type });
      await (message === undefined ? attempt() : refused(attempt, message));
    });

    it("units do not go below two in many zones", async () => {
      const type = { availability: "MULTI_ZONE", dedicated: { cku: 2 } };
      const made = await client.create("kafkaCluster", clusterIn(admin.environment, type));
      const change = (cku: number) => client.update("kafkaCluster", made, { ...made.properties, dedicated: { cku } });
      await refused(() => change(1), "multi-zone dedicated clusters must have at least 2 CKUs");
      await change(3);
    });

    it("a topic may have all these settings", async () => {
      const numbers = ["delete.retention.ms", "max.compaction.lag.ms", "max.message.bytes", "min.compaction.lag.ms"]
        .concat(["after", "before", "difference"].map((what) => `message.timestamp.${what}.max.ms`))
        .concat(["min.insync.replicas", "retention.bytes", "retention.ms", "segment.bytes", "segment.ms"])
        .map((key) => [key, "1000"]);
      await topic("set", { config: { ...Object.fromEntries(numbers), "message.timestamp.type": "CreateTime" } });
    });

    it.each<[Properties, string | undefined]>([
      [{ "cleanup.policy": "compact", "retention.ms": "-1", "min.insync.replicas": "2" }, undefined],
      [{ "cleanup.policy": "compact,delete" }, undefined],
      [{ "cleanup.policy": "delete,compact", "message.timestamp.type": "CreateTime" }, undefined],
      [{ "retention.days": "7" }, "400 Bad Request: Config property 'retention.days' with value '7' is not supported"],
      [{ "cleanup.policy": "compress" }, "400 Bad Request: Invalid value compress for configuration cleanup.policy"],
    ])("topic settings: %j", async (config, message) => {
      const plain = await topic("plain");
      const create = () => topic("set", { config });
      const update = () => client.update("kafkaTopic", plain, { ...plain.properties, config });
      for (const attempt of [create, update]) {
        await (message === undefined ? attempt() : refused(attempt, message));
      }
    });

    it("partitions are never taken away", async () => {
      const made = await topic("orders", { partitionsCount: 6 });
      const change = (partitionsCount: number) =>
        client.update("kafkaTopic", made, { ...made.properties, partitionsCount });
      await change(12);
      await refused(
        () => change(9),
        "400 Bad Request: Topic currently has 12 partitions, which is higher than the requested 9.",
      );
    });

    it.each<[Properties, string]>([
      [{ principal: "sa-1" }, '400 Bad Request: the principal "sa-1" does not start with User:'],
      [
        { resourceType: "CLUSTER", resourceName: "mine" },
        "400 Bad Request: the only cluster resource is kafka-cluster",
      ],
      [{ operation: "ANY" }, "400 Bad Request: UNKNOWN, ANY and MATCH are for looking ACLs up, not for making them"],
      [
        { patternType: "MATCH" },
        "400 Bad Request: UNKNOWN, ANY and MATCH are for looking ACLs up, not for making them",
      ],
      [
        { permission: "UNKNOWN" },
        "400 Bad Request: UNKNOWN, ANY and MATCH are for looking ACLs up, not for making them",
      ],
    ])("ACLs: %j", async (change, message) => {
      await refused(() => acl(change), message);
    });

    it("gives the outputs that the rest of a stack is made of", () => {
      const { cluster, crn, account, environment, kafkaKey, clusterBinding } = admin;
      expect(environment.properties).toMatchObject({
        resourceName: `crn://confluent.cloud/organization=sandbox/environment=${environment.id}`,
      });
      const host = /^https:\/\/(pkc-[0-9a-f]{10}\.eu-central-1\.aws\.confluent\.cloud):443$/;
      expect(cluster.properties.restEndpoint).toMatch(host);
      const [restEndpoint, name] = host.exec(String(cluster.properties.restEndpoint)) ?? [];
      const endpoint = { restEndpoint, bootstrapEndpoint: `SASL_SSL://${name ?? ""}:9092` };
      expect(cluster.properties).toEqual({
        ...clusterIn(environment),
        ...endpoint,
        apiVersion: "cmk/v2",
        kind: "Cluster",
        rbacCrn: `${crn.environment}/cloud-cluster=${cluster.id}`,
        endpoints: [{ ...endpoint, accessPointId: "PUBLIC", connectionType: "PUBLIC" }],
      });
      expect(account.properties).toMatchObject({ apiVersion: "iam/v2", kind: "ServiceAccount" });
      const ids = [environment, cluster, account, clusterBinding, kafkaKey].map(({ id }) => id.toLowerCase());
      expect(new Set(ids).size).toBe(5);
      expect(ids.map((id) => id.replace(/-[0-9a-f]{10}$/, ""))).toEqual(["env", "lkc", "sa", "rb", "key"]);
    });

    it("ids of what is in a cluster say what it is", async () => {
      expect((await topic("orders")).id).toBe(`${admin.cluster.id}/orders`);
      expect((await acl({ resourceType: "CLUSTER", resourceName: "kafka-cluster" })).id).toBe(
        `${admin.cluster.id}/CLUSTER#kafka-cluster#LITERAL#User:sa-1#*#READ#ALLOW`,
      );
      expect((await level("orders-value")).id).toBe(`${String(admin.registry.id)}/orders-value`);
      const { id } = await client.create("schemaRegistryClusterConfig", admin.inRegistry({}));
      expect(id).toBe(admin.registry.id);
    });
  });

  describe("what goes with what", () => {
    it("an environment with a cluster stays", async () => {
      await refused(
        () => client.delete("environment", admin.environment),
        `409 Conflict: environment "${admin.environment.id}" is not empty: it has Kafka cluster "${admin.cluster.id}"`,
      );
    });

    it("a cluster with a connector stays", async () => {
      const properties = { kafkaCluster: { id: admin.cluster.id } };
      client.cloud.put({ type: tokenOf("connector"), id: "lcc-1", properties });
      client.cloud.put({ type: tokenOf("connector"), id: "lcc-2", properties: { kafkaCluster: { id: "lkc-0" } } });
      const destroy = () => client.delete("kafkaCluster", admin.cluster);
      await refused(destroy, "409 Conflict: Cannot delete Kafka cluster with associated connect clusters");
      client.cloud.delete(tokenOf("connector"), "lcc-1");
      await destroy();
    });

    /** A second admin's things, with a topic, an ACL and levels: what goes with the first admin's must not take them along. */
    async function fill(owner: Admin): Promise<void> {
      await client.create("kafkaTopic", owner.inCluster({ topicName: "orders" }));
      await client.create("kafkaAcl", owner.inCluster(readOrders));
      await client.create("subjectConfig", owner.inRegistry({ subjectName: "orders-value" }));
      await client.create("schemaRegistryClusterConfig", owner.inRegistry({}));
    }
    /** What is left of an admin's things, by kind. */
    const left = (before: string) =>
      Object.fromEntries(
        Object.keys(everything).map((kind) => [
          kind,
          client.cloud.all(tokenOf(kind)).filter(({ id }) => before.includes(`"${id}"`)).length,
        ]),
      );
    const everything = {
      environment: 1,
      kafkaCluster: 1,
      serviceAccount: 1,
      roleBinding: 2,
      apiKey: 2,
      kafkaTopic: 1,
      kafkaAcl: 1,
      subjectConfig: 1,
      schemaRegistryClusterConfig: 1,
    };

    it.each<[what: string, destroy: () => Promise<void>, gone: Partial<typeof everything>]>([
      [
        "a cluster",
        () => client.delete("kafkaCluster", admin.cluster),
        { kafkaCluster: 0, kafkaTopic: 0, kafkaAcl: 0, apiKey: 1, roleBinding: 1 },
      ],
      [
        "an account",
        () => client.delete("serviceAccount", admin.account),
        { serviceAccount: 0, apiKey: 0, roleBinding: 0 },
      ],
      [
        "an environment",
        async () => {
          await client.delete("kafkaCluster", admin.cluster);
          await client.delete("environment", admin.environment);
        },
        {
          environment: 0,
          kafkaCluster: 0,
          kafkaTopic: 0,
          kafkaAcl: 0,
          subjectConfig: 0,
          schemaRegistryClusterConfig: 0,
          apiKey: 0,
          roleBinding: 0,
        },
      ],
    ])("%s takes what is its own, and no more", async (_, destroy, gone) => {
      await fill(admin);
      const mine = JSON.stringify(client.cloud.all());
      const before = new Set(client.cloud.all().map(({ id }) => id));
      await fill(await makeAdmin(client, { basic: {} }, "other"));
      const others = JSON.stringify(client.cloud.all().filter(({ id }) => !before.has(id)));
      expect([left(mine), left(others)]).toEqual([everything, everything]);
      await destroy();
      expect([left(mine), left(others)]).toEqual([{ ...everything, ...gone }, everything]);
    });

    it("deleting twice is no error", async () => {
      const orders = await topic("orders");
      const things = [
        ["kafkaTopic", orders],
        ["apiKey", admin.kafkaKey],
        ["kafkaCluster", admin.cluster],
        ["environment", admin.environment],
      ] as const;
      for (const [kind, made] of [...things, ...things]) {
        await client.delete(kind, made);
        expect(client.cloud.get(tokenOf(kind), made.id)).toBeUndefined();
      }
    });
  });

  describe("refresh", () => {
    it("finds things as they are", async () => {
      const orders = await topic("orders", { config: { "retention.ms": "1" } });
      for (const [kind, made] of [
        ["environment", admin.environment],
        ["kafkaCluster", admin.cluster],
        ["serviceAccount", admin.account],
        ["roleBinding", admin.clusterBinding],
        ["apiKey", admin.kafkaKey],
        ["kafkaTopic", orders],
      ] as const) {
        const { inputs, ...found } = await client.read(kind, made);
        expect(found).toEqual(made);
        const computed = confluentCloud.resources[tokenOf(kind)]?.computed ?? [];
        expect(inputs).toEqual(
          Object.fromEntries(Object.entries(made.properties).filter(([key]) => !computed.includes(key))),
        );
      }
    });

    it("shows what was changed, added and taken away by hand", async () => {
      const made = await client.create("serviceAccount", { displayName: "one", description: "ours" });
      const type = tokenOf("serviceAccount");
      const thing = client.cloud.get(type, made.id);
      client.cloud.put({ id: made.id, type, properties: { ...thing?.properties, displayName: "two" } });
      expect((await client.read("serviceAccount", made)).inputs).toEqual({ displayName: "two", description: "ours" });
      client.cloud.put({ id: made.id, type, properties: { displayName: "two" } });
      expect(await client.read("serviceAccount", made)).toEqual({
        id: made.id,
        properties: { displayName: "two" },
        inputs: { displayName: "two" },
      });
    });

    it("gives no id for what is gone", async () => {
      await client.delete("serviceAccount", admin.account);
      expect(await client.read("serviceAccount", admin.account)).toEqual({ id: "", properties: {}, inputs: {} });
    });

    it("imports what exists, without the secrets that only Pulumi had", async () => {
      const { id } = await topic("orders");
      const { inputs } = await client.read("kafkaTopic", { id, properties: {} });
      expect(inputs).toEqual(admin.inCluster({ topicName: "orders", partitionsCount: 6, credentials: undefined }));
      const key = await client.read("apiKey", { id: admin.kafkaKey.id, properties: {} });
      expect(key.properties).toEqual(keyOf(admin.account, admin.cluster.id, "cmk/v2"));
    });
  });

  it("keeps a key's secret, and takes new credentials over, in an update", async () => {
    const renamed = await client.update("apiKey", admin.kafkaKey, {
      ...keyOf(admin.account, admin.cluster.id, "cmk/v2"),
      displayName: "renamed",
    });
    expect(renamed).toMatchObject({ displayName: "renamed", secret: admin.kafkaKey.properties.secret });
    const orders = await topic("orders");
    const second = await client.create("apiKey", keyOf(admin.account, admin.cluster.id, "cmk/v2"));
    await client.delete("apiKey", { ...admin.kafkaKey, properties: renamed });
    const properties = await client.update("kafkaTopic", orders, admin.inCluster({ topicName: "orders" }, second));
    expect(properties.credentials).toEqual(credentialsOf(second));
    await client.delete("kafkaTopic", { id: orders.id, properties });
    expect(idsOf("kafkaTopic")).toEqual([]);
  });
});

describe("the inventory", () => {
  let folder: string;
  let journal: string;
  beforeEach(() => {
    folder = mkdtempSync(path.join(os.tmpdir(), "cloud-"));
    journal = path.join(folder, "clouds", "local.jsonl");
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const thing = (id: string, properties: Properties = {}) => ({ type: "topic", id, properties });

  it("keeps no secret: one is handed out once, and never again", async () => {
    const own = await ProviderClient.start(new Inventory(journal));
    try {
      const admin = await makeAdmin(own);
      const orders = await own.create("kafkaTopic", admin.inCluster({ topicName: "orders" }));
      await own.update("kafkaTopic", orders, admin.inCluster({ topicName: "orders", partitionsCount: 12 }));
      await own.create("subjectConfig", admin.inRegistry({ subjectName: "orders-value" }));
      await own.update("apiKey", admin.kafkaKey, { ...admin.kafkaKey.properties, displayName: "renamed" });
      const secrets = [admin.kafkaKey, admin.registryKey].map(({ properties }) => String(properties.secret));
      expect(new Set(secrets).size).toBe(2);
      const written = readFileSync(journal, "utf8");
      expect(written).toContain("renamed");
      for (const secret of secrets) {
        expect(secret).toMatch(/^[\w+/]{64}$/);
        expect(written).not.toContain(secret);
      }
      expect(written).not.toContain("credentials");
      expect((await own.read("apiKey", { id: admin.kafkaKey.id, properties: {} })).properties.secret).toBeUndefined();
    } finally {
      own.close();
    }
  });

  it("is the same when it is opened again, and so are its keys", async () => {
    const first = await ProviderClient.start(new Inventory(journal));
    const admin = await makeAdmin(first);
    first.close();
    const second = await ProviderClient.start(new Inventory(journal));
    try {
      expect(second.cloud.all()).toEqual(first.cloud.all());
      await second.create("kafkaTopic", admin.inCluster({ topicName: "orders" }));
      await second.create("subjectConfig", admin.inRegistry({ subjectName: "orders-value" }));
    } finally {
      second.close();
    }
  });

  it("is the same after many changes", () => {
    const cloud = new Inventory(journal);
    for (let step = 0; step < 1000; step += 1) {
      const id = String((step * 7919) % 37);
      if (step % 3 === 0) {
        cloud.delete("topic", id);
      } else {
        cloud.put(thing(id, { step, text: "a\nb\u2028é" }));
      }
    }
    expect(cloud.all().length).toBeGreaterThan(10);
    expect(new Inventory(journal).all()).toEqual(cloud.all());
  });

  it("keeps what has one name in two accounts apart, and what was there before accounts were known to all", () => {
    const cloud = new Inventory(journal);
    cloud.put(thing("old"));
    const [one, two] = ["ONE", "TWO"].map((account) =>
      cloud.within((type) => (type === "topic" ? account : undefined)),
    );
    one?.put(thing("a", { in: 1 }));
    two?.put(thing("a", { in: 2 }));
    two?.put(thing("old", { in: 2 }));
    const seen = (of: Inventory | undefined) => of?.all().map(({ id, properties }) => [id, properties.in]);
    expect([seen(one), seen(two)]).toEqual([
      [
        ["old", 2],
        ["a", 1],
      ],
      [
        ["old", 2],
        ["a", 2],
      ],
    ]);
    one?.delete("topic", "a");
    expect([one?.get("topic", "a"), two?.get("topic", "a")?.properties.in]).toEqual([undefined, 2]);
    const reopened = new Inventory(journal);
    expect(reopened.all()).toEqual(cloud.all());
    expect(reopened.get("topic", "a")?.realm).toBe("TWO");
  });

  it("survives a process that is killed in the middle of a write, at any byte", () => {
    const cloud = new Inventory(journal);
    cloud.put(thing("a"));
    cloud.put(thing("b", { name: "é" }));
    const before = readFileSync(journal);
    cloud.put(thing("b", { name: "ü" }));
    cloud.delete("topic", "a");
    const written = readFileSync(journal);
    const whole = new Set<string>();
    for (let length = before.length; length <= written.length; length += 1) {
      writeFileSync(journal, written.subarray(0, length));
      const reopened = new Inventory(journal);
      whole.add(JSON.stringify(reopened.all()));
      reopened.put(thing("c"));
      expect(new Inventory(journal).all()).toEqual(reopened.all());
    }
    expect([...whole].map((all) => JSON.parse(all) as unknown)).toEqual([
      [thing("a"), thing("b", { name: "é" })],
      [thing("a"), thing("b", { name: "ü" })],
      [thing("b", { name: "ü" })],
    ]);
  });

  it("has nothing in mind that could not be written", () => {
    const cloud = new Inventory(journal);
    cloud.put(thing("a"));
    rmSync(path.dirname(journal), { recursive: true });
    expect(() => cloud.put(thing("b"))).toThrow("ENOENT");
    expect(cloud.all()).toEqual([thing("a")]);
  });
});

describe("what a test does to an operation", () => {
  it("fail: it leaves nothing behind", async () => {
    const made = await client.create("serviceAccount", { displayName: "one" });
    const before = client.cloud.all();
    const asked: string[] = [];
    client.provider.intervene = (operation, urn) => {
      asked.push(`${operation} ${urn.split("::").at(-1) ?? ""}`);
      return "fail";
    };
    const message = (operation: Operation) =>
      `${operation} failed: 500 Internal Server Error (made to fail by the sandbox)`;
    await expect(client.create("serviceAccount", { displayName: "two" }, { name: "two" })).rejects.toThrow(
      message("create"),
    );
    await expect(client.update("serviceAccount", made, { displayName: "two" })).rejects.toThrow(message("update"));
    await expect(client.delete("serviceAccount", made)).rejects.toThrow(message("delete"));
    await client.create("serviceAccount", { displayName: "three" }, { preview: true });
    expect(asked).toEqual(["create two", "update it", "delete it"]);
    expect(client.cloud.all()).toEqual(before);
    expect(client.provider.done).toHaveLength(1);
  });

  it("hang: it ends with an error once the engine cancels, and only then", async () => {
    client.provider.intervene = (_, urn) => (urn.endsWith("::stuck") ? "hang" : undefined);
    let ended = false;
    const hangs = client
      .create("serviceAccount", { displayName: "one" }, { name: "stuck" })
      .finally(() => (ended = true));
    hangs.catch(() => undefined);
    await client.create("serviceAccount", { displayName: "two" });
    expect(ended).toBe(false);
    await client.cancel();
    await expect(hangs).rejects.toThrow("create was cancelled");
    expect(client.cloud.all().map(({ properties }) => properties.displayName)).toEqual(["two"]);
    expect(client.provider.done).toHaveLength(1);
  });

  it("closing: what hangs ends, and nobody answers any more", async () => {
    client.provider.intervene = () => "hang";
    const hangs = client.create("serviceAccount", { displayName: "one" });
    hangs.catch(() => undefined);
    await client.check("serviceAccount", {});
    client.provider.close();
    await expect(hangs).rejects.toThrow();
    await expect(client.check("serviceAccount", {})).rejects.toThrow(/ECONNREFUSED|dropped|UNAVAILABLE/i);
    expect(client.cloud.all()).toEqual([]);
  });
});

describe("the virtual clock", () => {
  const key = (apiVersion: string) => ({ managedResource: { id: "1", apiVersion, kind: "Cluster" } });

  it.each<[string, Operation, Properties, seconds: number]>([
    ["roleBinding", "create", {}, 90],
    ["roleBinding", "create", { disableWaitForReady: false }, 90],
    ["roleBinding", "create", { disableWaitForReady: true }, 2],
    ["roleBinding", "delete", {}, 2],
    ["apiKey", "create", key("cmk/v2"), 30],
    ["apiKey", "create", key("srcm/v3"), 60],
    ["apiKey", "create", key("srcm/v2"), 60],
    ["apiKey", "create", key("fcpm/v2"), 60],
    ["apiKey", "create", key("ksqldbcm/v2"), 300],
    ["apiKey", "create", { ...key("srcm/v3"), disableWaitForReady: true }, 2],
    ["apiKey", "update", key("srcm/v3"), 2],
    ["apiKey", "delete", key("srcm/v3"), 2],
    ["kafkaTopic", "create", {}, 10],
    ["kafkaTopic", "update", {}, 10],
    ["kafkaTopic", "delete", {}, 2],
    ["kafkaAcl", "create", {}, 10],
    ["kafkaAcl", "update", {}, 2],
    ["kafkaAcl", "delete", {}, 2],
    ["subjectConfig", "create", {}, 10],
    ["subjectConfig", "update", {}, 10],
    ["subjectConfig", "delete", {}, 10],
    ["schemaRegistryClusterConfig", "create", {}, 10],
    ["schemaRegistryClusterConfig", "delete", {}, 2],
    ["kafkaCluster", "create", { basic: {} }, 300],
    ["kafkaCluster", "create", { standard: {} }, 300],
    ["kafkaCluster", "create", { dedicated: { cku: 1 } }, 1500],
    ["kafkaCluster", "update", { standard: {} }, 2],
    ["kafkaCluster", "delete", { basic: {} }, 60],
    ["environment", "create", {}, 2],
    ["serviceAccount", "create", {}, 2],
  ])("%s: %s with %j", (kind, operation, inputs, seconds) => {
    expect(confluentCloud.resources[tokenOf(kind)]?.seconds(operation, inputs)).toBe(seconds);
  });

  it("counts what was done, with how long it would have taken", async () => {
    const admin = await makeAdmin(client);
    client.provider.done.length = 0;
    const quick = { ...admin.clusterBinding.properties, disableWaitForReady: true };
    const made = await client.create("roleBinding", admin.clusterBinding.properties, { name: "slow" });
    await client.create("roleBinding", quick, { name: "quick" });
    await client.update("roleBinding", made, made.properties);
    await client.delete("roleBinding", made);
    expect(
      client.provider.done.map(({ operation, urn, seconds }) => [operation, urn.split("::").at(-1), seconds]),
    ).toEqual([
      ["create", "slow", 90],
      ["create", "quick", 2],
      ["update", "it", 2],
      ["delete", "it", 2],
    ]);
  });
});
