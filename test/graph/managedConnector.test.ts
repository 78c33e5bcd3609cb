import type { RegisterResourceRequest } from "@pulumi/pulumi/proto/resource_pb.js";
import type { ManagedConnectorArgs } from "../../components/connect/managedConnector.ts";
import type { Source } from "../../model/graph.ts";
import type { Registration } from "../../sandbox/graph.ts";

process.setMaxListeners(0); // each copy of the SDK listens for the end of the process

/** What the connector's registration says of replacements; the recorded graph does not have it. */
interface Replacement {
  onChanges: readonly string[];
  deletesFirst: boolean;
}

type Change = Partial<Pick<ManagedConnectorArgs, "ephemeral" | "status" | "extra" | "password">>;

const source: Source = {
  name: "mysql",
  kind: "mySql",
  database: "demo",
  stage: 0,
  tables: [
    {
      name: "CUSTOMERS",
      source: "mysql",
      path: "customers",
      kind: "entity",
      key: ["id"],
      columns: [{ source: "id", name: "id", type: { logical: "int32" }, required: true }],
      topic: "mysql.customers",
      partitions: 6,
      compatibility: undefined,
      stage: 0,
      onByDefault: true,
    },
  ],
};

/** The component in a program of its own, with a cluster, an account, a topic that it waits for, and a change. */
async function graphOf(
  change: Change = {},
  replacement?: Replacement,
  values: Record<string, string> = {},
): Promise<Registration[]> {
  let graph: Registration[] = [];
  await jest.isolateModulesAsync(async () => {
    const { recordGraph } = await import("../../sandbox/graph.ts");
    const load = async () => {
      const { ManagedConnector } = await import("../../components/connect/managedConnector.ts");
      const { Account } = await import("../../components/kafka/account.ts");
      const { Cluster } = await import("../../components/kafka/cluster.ts");
      const pulumi = await import("@pulumi/pulumi");
      const monitor = pulumi.runtime.getMonitor();
      const register = monitor?.registerResource.bind(monitor) as (
        request: RegisterResourceRequest,
        ...rest: unknown[]
      ) => void;
      Object.assign(monitor ?? {}, {
        registerResource: (request: RegisterResourceRequest, ...rest: unknown[]) => {
          if (replacement !== undefined && request.getType().endsWith(":Connector")) {
            replacement.onChanges = request.getReplaceonchangesList();
            replacement.deletesFirst = request.getDeletebeforereplace();
          }
          register(request, ...rest);
        },
      });
      const cluster = new Cluster("kafka", {
        displayName: "pipeline-dev",
        adminName: "pipeline-dev-admin",
        cloud: "AWS",
        region: "eu-central-1",
        type: "basic",
        availability: "SINGLE_ZONE",
        cku: 1,
        governance: "ESSENTIALS",
        ephemeral: true,
      });
      const account = new Account("source-mysql", {
        cluster,
        displayName: "pipeline-dev-source-mysql",
        access: "acl",
        principal: {
          name: "source-mysql",
          purpose: "test",
          keys: [],
          grants: [{ resource: "TOPIC", pattern: "PREFIXED", name: "mysql.", operations: ["WRITE"] }],
        },
      });
      new ManagedConnector(
        "connector-mysql",
        {
          cluster,
          account,
          source,
          stack: "dev",
          database: { host: "db", port: 3306, database: "shop", user: "cdc", tls: "verify", ca: "" },
          password: pulumi.secret("hush"),
          extra: {},
          ephemeral: true,
          ...change,
        },
        { dependsOn: [account] },
      );
    };
    graph = await recordGraph({ stack: "dev", values, secretKeys: Object.keys(values), load });
  });
  return graph;
}

const connectorIn = (graph: readonly Registration[]): Registration => {
  const found = graph.find(({ type }) => type === "confluentcloud:index/connector:Connector");
  if (found === undefined) {
    throw new Error("no connector");
  }
  return found;
};

describe("a managed connector", () => {
  const replacement: Replacement = { onChanges: [], deletesFirst: false };
  let connector: Registration;
  beforeAll(async () => {
    connector = connectorIn(await graphOf({}, replacement));
  });

  it("is its component's child, in the cluster, and acts as its account", () => {
    expect(connector.name).toBe("connector-mysql-connector");
    expect(connector.parent).toBe("pipeline:connect:ManagedConnector::connector-mysql");
    expect(connector.inputs).toMatchObject({
      environment: { id: "«confluentcloud:index/environment:Environment::kafka-environment|id»" },
      kafkaCluster: { id: "«confluentcloud:index/kafkaCluster:KafkaCluster::kafka-cluster|id»" },
      configNonsensitive: {
        name: "mysql",
        "connector.class": "MySqlCdcSourceV2",
        "kafka.service.account.id": "«confluentcloud:index/serviceAccount:ServiceAccount::source-mysql-account|id»",
        "database.include.list": "(?-i)shop",
      },
    });
  });

  it("has its password among the secrets only", () => {
    expect(connector.inputs.configSensitive).toEqual({ "database.password": "hush" });
    expect(JSON.stringify(connector.inputs.configNonsensitive)).not.toContain("hush");
    expect(connector.secrets.filter((path) => !path.startsWith("configSensitive"))).toEqual([]);
    expect(connector.secrets).not.toEqual([]);
  });

  it("waits for what its component waits for: the account's rights", () => {
    expect(connector.dependsOn).toContain("confluentcloud:index/kafkaAcl:KafkaAcl::source-mysql-write-topic-mysql.*");
  });

  it("is replaced when its name or class changes, the old one going first", () => {
    const parts = ['["connector.class"]', '["topics.dir"]'];
    const onChanges = ["configNonsensitive.name", ...parts.map((part) => `configNonsensitive${part}`)];
    expect(replacement).toEqual({ onChanges, deletesFirst: true });
  });

  it("never says how far it has read, and its status only when asked", () => {
    expect(Object.keys(connector.inputs).sort()).toEqual([
      "configNonsensitive",
      "configSensitive",
      "environment",
      "kafkaCluster",
    ]);
  });
});

describe("its status", () => {
  const login = { "confluentcloud:cloudApiKey": "KEY", "confluentcloud:cloudApiSecret": "s3cret" };
  const statusIn = (graph: readonly Registration[]) => {
    const found = graph.find(({ type }) => type === "dataplane:connect:ManagedStatus");
    if (found === undefined) {
      throw new Error("no status");
    }
    return found;
  };
  const digests = async (change: Change) => {
    const { settings, secretSettings } = statusIn(await graphOf(change)).inputs;
    return { settings, secretSettings };
  };

  it("is looked at when the connector is there, with the key of Confluent's own provider", async () => {
    const status = statusIn(await graphOf({}, undefined, login));
    expect(status.name).toBe("connector-mysql-status");
    expect(status.parent).toBe("pipeline:connect:ManagedConnector::connector-mysql");
    expect(status.dependsOn).toContain("confluentcloud:index/connector:Connector::connector-mysql-connector");
    expect(status.inputs).toEqual({
      environment: "«confluentcloud:index/environment:Environment::kafka-environment|id»",
      cluster: "«confluentcloud:index/kafkaCluster:KafkaCluster::kafka-cluster|id»",
      name: "mysql",
      connector: "«confluentcloud:index/connector:Connector::connector-mysql-connector|id»",
      settings: expect.stringMatching(/^[0-9a-f]{12}$/) as string,
      secretSettings: expect.stringMatching(/^[0-9a-f]{12}$/) as string,
      apiKey: "KEY",
      apiSecret: "s3cret",
    });
    expect([...status.secrets].sort()).toEqual(["apiKey", "apiSecret", "secretSettings"]);
  });

  it("is told another service's address as the provider is", async () => {
    const graph = await graphOf({}, undefined, { "confluentcloud:endpoint": "https://api.example.com" });
    expect(statusIn(graph).inputs.endpoint).toBe("https://api.example.com");
  });

  it("changes with the settings, and with the secret ones in secret", async () => {
    const before = await digests({});
    expect(await digests({})).toEqual(before);
    const withExtra = await digests({ extra: { "poll.interval.ms": "250" } });
    expect(withExtra.settings).not.toBe(before.settings);
    expect(withExtra.secretSettings).toBe(before.secretSettings);
    const withPassword = await digests({ password: "other" });
    expect(withPassword.settings).toBe(before.settings);
    expect(withPassword.secretSettings).not.toBe(before.secretSettings);
  });

  it("is to be paused when the connector is", async () => {
    expect(statusIn(await graphOf({ status: "PAUSED" })).inputs.status).toBe("PAUSED");
  });
});

it("is paused when asked", async () => {
  expect(connectorIn(await graphOf({ status: "PAUSED" })).inputs.status).toBe("PAUSED");
});

it.each([true, false])("with ephemeral %s is protected or not", async (ephemeral) => {
  expect(connectorIn(await graphOf({ ephemeral })).protect).toBe(!ephemeral);
});
