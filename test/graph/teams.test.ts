import type { PipelineDeclaration } from "../../model/pipeline.ts";
import { pipeline } from "../../pipeline.ts";
import { kind, type Registration } from "./harness.ts";

/** Two teams, one of which reads what the other makes; their statements are the pipeline's own, in folders of theirs. */
const withTeams: PipelineDeclaration = {
  ...pipeline,
  transformations: {
    ORDERS_MENDED: { reads: ["ORDERS"], kind: "facts", team: "quality" },
    ORDERS_LARGE: { reads: ["ORDERS_MENDED"], kind: "facts", team: "risk" },
  },
  targets: {},
};

/** Large orders of those that are mended. */
function ofTeam(text: string | undefined): string | undefined {
  return text
    ?.replace("FROM orders\nWHERE order_total_usd >= 500", "FROM orders_mended\nWHERE order_total_usd >= 500")
    .replace(
      /order_id AS order_key,\n {2}AS_VALUE\(order_id\)(?=[\s\S]*orders_mended)/,
      "order_key,\n  AS_VALUE(order_key)",
    );
}

/** The streams of an environment with these teams, and whatever they need. */
async function graphOf(streams: string): Promise<Registration[]> {
  let graph: Registration[] = [];
  // The SDK keeps one monitor a copy of itself, so each graph gets a copy of its own.
  await jest.isolateModulesAsync(async () => {
    const { recordGraph } = await import("../../sandbox/graph.ts");
    const load = async () => {
      const { Account } = await import("../../components/kafka/account.ts");
      const { Cluster } = await import("../../components/kafka/cluster.ts");
      const { Topics } = await import("../../components/kafka/topics.ts");
      const { accountName, statementText } = await import("../../config.ts");
      const { sitesOf } = await import("../../config/streams.ts");
      const { principalsOf } = await import("../../model/access.ts");
      const { topicsOf } = await import("../../model/topics.ts");
      const { makeStreams } = await import("../../streams.ts");
      const { configOf, environmentOf } = await import("../unit/configs.ts");
      const config = Object.entries(configOf(`{ stage: 2, ephemeral: true, streams: ${streams} }`));
      const withoutTargets = Object.fromEntries(config.filter(([group]) => group !== "snowflake" && group !== "lake"));
      const environment = environmentOf(withoutTargets, {
        pipeline: withTeams,
        statement: (file) => ofTeam(statementText(file.replace(/\/(quality|risk)\//, "/"))),
      });
      const { kafka, ephemeral } = environment;
      const cluster = new Cluster("kafka", {
        displayName: "pipeline-dev",
        adminName: "pipeline-dev-admin",
        ...kafka,
        governance: "ESSENTIALS",
        ephemeral,
      });
      const topics = new Topics("topics", {
        cluster,
        topics: topicsOf(environment.graph, kafka),
        compatibility: "BACKWARD",
        ephemeral,
      });
      const accounts = new Map(
        principalsOf(environment.graph, "ec2", sitesOf(environment.streams)).map((principal) => [
          principal.name,
          new Account(principal.name, {
            cluster,
            principal,
            displayName: accountName(environment, principal.name),
            access: kafka.access,
          }),
        ]),
      );
      makeStreams(environment, { displayName: "pipeline-dev", cluster, topics, accounts, connectors: [] });
    };
    graph = await recordGraph({ stack: "dev", values: {}, secretKeys: [], load });
  });
  return graph;
}

const namesOf = (graph: readonly Registration[], of: string) =>
  graph
    .filter((item) => kind(item) === of)
    .map(({ name }) => name)
    .sort();
const keysOfStatements = (graph: readonly Registration[]) =>
  Object.fromEntries(
    graph
      .filter((item) => kind(item) === "Statement")
      .map(({ name, inputs }) => [name, /::([\w-]+)\|id/.exec(String(inputs.key))?.[1]]),
  );
const accessOf = (graph: readonly Registration[], account: string) =>
  graph
    .filter((item) => kind(item) === "KafkaAcl" && item.parent === `pipeline:kafka:Account::${account}`)
    .map(({ inputs }) => `${String(inputs.operation)} ${String(inputs.resourceName)}`)
    .filter((right) => !/ (\*|kafka-cluster)$/.test(right));

describe("teams without a ksqlDB of their own", () => {
  it("share one, and each sends its statements with an account and a key of its own, which may do nothing else", async () => {
    const graph = await graphOf("{}");
    expect(namesOf(graph, "KsqlCluster")).toEqual(["streams", "streams-cluster"]);
    expect(keysOfStatements(graph)).toEqual({
      "statements-ORDERS": "streams-key",
      "statements-ORDERS_MENDED": "streams-quality-key",
      "statements-ORDERS_LARGE": "streams-risk-key",
    });
    expect(accessOf(graph, "ksqldb-risk")).toEqual([]);
    expect(accessOf(graph, "ksqldb")).toEqual(["READ mssql.dbo.ORDERS", "ALL ORDERS_MENDED", "ALL ORDERS_LARGE"]);
    const admins = graph.filter(({ inputs }) => inputs.roleName === "KsqlAdmin").map(({ inputs }) => inputs.principal);
    expect(admins.sort()).toEqual(
      ["ksqldb", "ksqldb-quality", "ksqldb-risk"].map(
        (account) => `User:«confluentcloud:index/serviceAccount:ServiceAccount::${account}-account|id»`,
      ),
    );
  });
});

describe("a team with a ksqlDB of its own", () => {
  it("has a cluster that runs as its account, which reads what others make and nothing else of theirs", async () => {
    const graph = await graphOf("{ teams: { risk: { csu: 2 } } }");
    expect(namesOf(graph, "KsqlCluster")).toEqual([
      "streams",
      "streams-cluster",
      "streams-risk",
      "streams-risk-cluster",
    ]);
    expect(graph.find(({ name }) => name === "streams-risk-cluster")?.inputs).toMatchObject({
      displayName: "pipeline-dev-ksqldb-risk",
      csu: 2,
      credentialIdentity: { id: "«confluentcloud:index/serviceAccount:ServiceAccount::ksqldb-risk-account|id»" },
    });
    expect(accessOf(graph, "ksqldb-risk")).toEqual(["READ ORDERS_MENDED", "ALL ORDERS_LARGE"]);
    expect(accessOf(graph, "ksqldb")).toEqual(["READ mssql.dbo.ORDERS", "ALL ORDERS_MENDED"]);
    expect(keysOfStatements(graph)).toEqual({
      "statements-ORDERS": "streams-key",
      "statements-ORDERS_MENDED": "streams-quality-key",
      "statements-risk-ORDERS_MENDED": "streams-risk-key",
      "statements-risk-ORDERS_LARGE": "streams-risk-key",
    });
    const declared = graph.find(({ name }) => name === "statements-risk-ORDERS_MENDED");
    expect(declared?.inputs.sql).toMatch(
      /^CREATE STREAM ORDERS_MENDED \(ORDER_KEY INTEGER KEY, .*KAFKA_TOPIC = 'ORDERS_MENDED'/,
    );
    expect(declared?.inputs.file).toBe("pipeline.ts");
  });

  it("waits for the statement that fills the topic it reads", async () => {
    const graph = await graphOf("{ teams: { risk: { csu: 2 } } }");
    const declared = graph.find(({ name }) => name === "statements-risk-ORDERS_MENDED");
    expect(declared?.dependsOn).toContain("dataplane:ksqldb:Statement::statements-ORDERS_MENDED");
  });

  it("may run it itself", async () => {
    const graph = await graphOf("{ teams: { risk: { endpoint: 'https://risk.example.com' } } }");
    expect(namesOf(graph, "KsqlCluster")).toEqual(["streams", "streams-cluster"]);
    expect(graph.find(({ name }) => name === "statements-risk-ORDERS_LARGE")?.inputs.endpoint).toBe(
      "https://risk.example.com",
    );
    expect(namesOf(graph, "ApiKey")).toEqual(
      expect.arrayContaining(["ksqldb-risk-kafka-key", "ksqldb-risk-registry-key"]),
    );
  });
});
