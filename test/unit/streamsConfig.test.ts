import { statementText, type ConfigInput, type Environment } from "../../config.ts";
import type { PipelineDeclaration } from "../../model/pipeline.ts";
import { pipeline } from "../../pipeline.ts";
import { configOf, environmentOf, mistakesOf as reported, password } from "./configs.ts";

const secretKeys = new Set(["pipeline:mssql", "pipeline:mysql", "pipeline:streams"]);

/** Two teams; their statements are those of the pipeline's own files, moved to the teams' folders. */
const withTeams: PipelineDeclaration = {
  ...pipeline,
  transformations: {
    ...pipeline.transformations,
    ORDERS_LARGE: { reads: ["ORDERS"], kind: "facts", team: "risk" },
    ORDERS_LABELLED: { reads: ["ORDERS"], kind: "facts", team: "logistics" },
  },
};

function environment(text: string, changed: Partial<ConfigInput> = {}): Environment {
  return environmentOf(configOf(text), { secretKeys, ...changed });
}

const mistakesOf = (text: string, changed: Partial<ConfigInput> = {}) => reported(text, { secretKeys, ...changed });

const readStatement = (file: string) => statementText(file);
const ofTeams = (file: string) => readStatement(file.replace(/\/(risk|logistics)\//, "/"));

describe("a mistake in streams", () => {
  it.each<[string, string]>([
    ["{ csu: 3 }", "streams.csu: 3 is not one of 1, 2, 4, 8 or 12. Write one of them; the default is 1."],
    ["{ csu: 0 }", "streams.csu: 0 is not one of 1, 2, 4, 8 or 12. Write one of them; the default is 1."],
    ["{ csu: large }", 'streams.csu: "large" is not one of 1, 2, 4, 8 or 12. Write one of them; the default is 1.'],
    [
      "{ topicOnReplacement: remove }",
      'streams.topicOnReplacement: "remove" is not one of auto, keep or delete. Write one of them; the default is auto.',
    ],
    [
      "{ reprocess: never }",
      'streams.reprocess: "never" is not one of beginning or now. Write one of them; the default is beginning.',
    ],
    [
      "{ endpoint: ksqldb.lan }",
      'streams.endpoint: "ksqldb.lan" is not an address. Write one, e.g. https://ksqldb.lan:8088.',
    ],
    [
      "{ endpoint: 'https://me:pass@ksqldb.lan' }",
      "streams.endpoint: it holds a password, which would stand in the state in clear. Write streams.key and streams.secret.",
    ],
    [
      "{ endpoint: 'http://ksqldb.lan:8088', key: me, secret: hush }",
      "streams.endpoint: it is not encrypted, and the key would go to it in clear. Write https.",
    ],
    [
      "{ endpoint: 'https://ksqldb.lan', key: me }",
      "streams.secret: it is missing, and streams.key is there. Write both, or none.",
    ],
    [
      "{ endpoint: 'https://ksqldb.lan', secret: hush }",
      "streams.key: it is missing, and streams.secret is there. Write both, or none.",
    ],
    [
      "{ endpoint: 'https://ksqldb.lan', csu: 4 }",
      "streams.csu: it is the size of a cluster of Confluent's, and streams.endpoint says where yours is. Take one out.",
    ],
    [
      "{ endpoint: 'https://ksqldb.lan', serviceId: 'a b' }",
      'streams.serviceId: "a b" cannot be in a topic\'s name. Write ksql.service.id as your server has it.',
    ],
    [
      "{ key: me }",
      "streams.key: it is for a ksqlDB of your own, and there is no streams.endpoint. Take it out, or write that.",
    ],
    [
      "{ secret: hush }",
      "streams.secret: it is for a ksqlDB of your own, and there is no streams.endpoint. Take it out, or write that.",
    ],
    [
      "{ teams: { risk: { csu: 2 } } }",
      "streams.teams: risk: no transformation in pipeline.ts has a team. Take it out.",
    ],
  ])("%s", (streams, mistake) => {
    expect(mistakesOf(`streams: ${streams}`)).toEqual([mistake]);
  });

  it.each<[string, string]>([
    ["{ risks: { csu: 2 } }", "streams.teams: risks: no transformation in pipeline.ts is this team's. Write risk."],
    [
      "{ risk: 2 }",
      "streams.teams: risk: it is a group of settings. Write csu, endpoint, key, secret or serviceId below it.",
    ],
    [
      "{ risk: { size: 2 } }",
      "streams.teams: risk: there is no such setting as size. Write csu, endpoint, key, secret or serviceId.",
    ],
    ["{ risk: { csu: 3 } }", "streams.teams: risk: its csu is not one of 1, 2, 4, 8 or 12. Write one of them."],
    ["{ risk: { endpoint: 8088 } }", "streams.teams: risk: its endpoint is not text. Put it in quotes."],
    [
      "{ risk: { endpoint: 'https://risk.lan', csu: 2 } }",
      "streams.teams: risk: its csu: it is the size of a cluster of Confluent's, and endpoint says where yours is. Take one out.",
    ],
    [
      "{ risk: { key: me } }",
      "streams.teams: risk: its key: it is for a ksqlDB of your own, and there is no endpoint. Take it out, or write that.",
    ],
    [
      "{ risk: { endpoint: 'https://risk.lan', key: me, secret: hush } }",
      "streams.teams: risk: its secret stands in clear. Change it, then: pulumi config set --path --secret streams.teams.risk.secret …",
    ],
  ])("teams: %s", (teams, mistake) => {
    const openly = new Set(["pipeline:mssql", "pipeline:mysql"]);
    const given = { pipeline: withTeams, statement: ofTeams, secretKeys: openly };
    expect(mistakesOf(`streams: { teams: ${teams} }`, given)).toEqual([mistake]);
  });

  it("may be a secret in clear, which is not shown", () => {
    const text = `streams: { endpoint: 'https://ksqldb.lan', key: me, secret: ${password} }`;
    const openly = { secretKeys: new Set(["pipeline:mssql", "pipeline:mysql"]) };
    expect(mistakesOf(text, openly)).toEqual([
      "streams.secret: it stands in clear. Change the password, then: pulumi config set --path --secret streams.secret …",
    ]);
  });

  it("is a transformation that is on before its stage", () => {
    expect(mistakesOf("{ stage: 1, transformations: [ITEM_SALES_HOURLY] }")).toEqual([
      "transformations: ITEM_SALES_HOURLY comes with stage 2, and stage is 1. Write stage: 2, or take ITEM_SALES_HOURLY out.",
    ]);
  });

  it("is an enterprise cluster, also with a ksqlDB of one's own, for another reason", () => {
    expect(mistakesOf("kafka: { type: enterprise }")).toEqual([
      "kafka.type: enterprise clusters have no managed ksqlDB, which stage 3 needs. Write standard or dedicated.",
    ]);
    expect(mistakesOf("{ kafka: { type: enterprise }, streams: { endpoint: 'https://ksqldb.lan' } }")).toEqual([
      "kafka.type: enterprise clusters are reached over private networking only, which this stack does not make. Write basic, standard or dedicated.",
    ]);
  });
});

describe("statements", () => {
  const changed = (edit: (text: string) => string) => ({
    statement: (file: string) => {
      const text = readStatement(file);
      return text === undefined || !file.endsWith("ENRICHED.sql") ? text : edit(text);
    },
  });

  it("are checked before anything is made, every mistake with its place, beside those of the configuration", () => {
    const broken = changed((text) => text.replace("c.city", "c.town").replace("o.item AS", "o.thing AS"));
    expect(mistakesOf("kafka: { partitions: 3, cku: 2 }", broken)).toEqual([
      "kafka.cku: only a dedicated cluster has a size in CKU. Take kafka.cku out, or write kafka.type: dedicated.",
      "sql/ksqldb/ORDERS_ENRICHED.sql:6:3: ORDERS has no column THING. There are ORDER_ID, CUSTOMER_ID, ORDER_TS, ORDER_TOTAL_USD, ITEM, __OP, __SOURCE_TS_MS and __DELETED.",
      "sql/ksqldb/ORDERS_ENRICHED.sql:12:3: CUSTOMERS has no column TOWN. There are ID, FIRST_NAME, LAST_NAME, BIRTHDATE, EMAIL, COMPANY, STREET_ADDRESS, CITY, COUNTRY, FAV_MOVIE, FAV_COLOUR, FAV_ANIMAL, __OP, __SOURCE_TS_MS and __DELETED.",
    ]);
  });

  it("that are off are not even read", () => {
    const broken = changed(() => "nonsense");
    expect(mistakesOf("stage: 1", broken)).toEqual([]);
    expect(mistakesOf("{ stage: 2, transformations: [ORDERS_LARGE] }", broken)).toEqual([]);
  });

  it("may make people wonder, which is said and stops nothing", () => {
    const odd = changed((text) => text.replace("o.item AS item", "o.item AS `item`"));
    expect(environment("", odd).warnings).toEqual([
      "sql/ksqldb/ORDERS_ENRICHED.sql:6:13: `item` keeps its lower case here, and is another name than ITEM in some targets. Write ITEM.",
    ]);
  });

  it("that are all on agree with pipeline.ts and with each other", () => {
    const all = Object.keys(pipeline.transformations).join(", ");
    const { warnings, plans } = environment(`transformations: [${all}]`);
    expect(warnings).toEqual([]);
    expect(plans[0]?.statements).toHaveLength(5 + 14);
  });

  it("are counted for each cluster of Confluent's", () => {
    const names = Array.from({ length: 41 }, (_, index) => `LARGE_${String(index)}`);
    const many = (team?: string): Partial<ConfigInput> => ({
      pipeline: {
        ...pipeline,
        transformations: Object.fromEntries(
          names.map((name) => [
            name,
            { reads: ["ORDERS"], kind: "facts" as const, ...(team === undefined ? {} : { team }) },
          ]),
        ),
        targets: { snowflake: { kind: "snowflake" }, lake: { kind: "lake", reads: ["ORDERS"], stage: 3 } },
      },
      statement: (file) =>
        readStatement("sql/ksqldb/ORDERS_LARGE.sql")?.replaceAll("ORDERS_LARGE", /(\w+)\.sql/.exec(file)?.[1] ?? ""),
    });
    const tooMany = (where: string) =>
      `transformations: 41 are on in ${where}, and a cluster runs 40 queries. Take 1 out, or give a team a cluster of its own (streams.teams).`;
    expect(mistakesOf("stage: 2", many())).toEqual([tooMany("the shared ksqlDB cluster")]);
    expect(mistakesOf("{ stage: 2, streams: { teams: { risk: {} } } }", many("risk"))).toEqual([
      tooMany("team risk's ksqlDB cluster"),
    ]);
    expect(mistakesOf("{ stage: 2, streams: { endpoint: 'https://ksqldb.lan' } }", many())).toEqual([]);
  });
});

describe("a good configuration", () => {
  it.each([
    ["ephemeral: true", "delete topic"],
    ["ephemeral: false", "keep topic"],
    ["{ ephemeral: true, streams: { topicOnReplacement: keep } }", "keep topic"],
    ["{ ephemeral: false, streams: { topicOnReplacement: delete } }", "delete topic"],
  ])("%s decides what becomes of topics", (text, expected) => {
    const { plans } = environment(text);
    expect(plans[0]?.statements.map(({ name, onReplacement }) => [name, onReplacement])).toEqual([
      ["ORDERS", "keep topic"],
      ["CUSTOMERS", "keep topic"],
      ["ORDERS_ENRICHED", expected],
    ]);
  });

  it("gives way to what a file says", () => {
    const statement = (file: string) =>
      readStatement(file)?.replace("\n", "\n-- on replacement: delete topic\n-- reprocess: from now\n");
    expect(environment("", { statement }).plans[0]?.statements.at(-1)).toMatchObject({
      onReplacement: "delete topic",
      reprocess: "from now",
    });
  });

  it("may have a ksqlDB of one's own", () => {
    const { streams } = environment(
      "streams: { endpoint: 'http://127.0.0.1:8088', key: me, secret: hush, serviceId: shop_ }",
    );
    expect(streams.shared).toEqual({
      runs: "own",
      endpoint: "http://127.0.0.1:8088",
      key: "me",
      secret: "hush",
      serviceId: "shop_",
    });
  });

  it("gives a team a ksqlDB of its own, and lets the others share", () => {
    const { plans } = environment("{ stage: 2, streams: { teams: { risk: { csu: '4' } } } }", {
      pipeline: withTeams,
      statement: ofTeams,
    });
    expect(
      plans.map(({ name, guests, statements }) => [
        name,
        guests,
        statements.map((one) => [one.name, one.file, one.team]),
      ]),
    ).toEqual([
      [
        "ksqldb",
        ["logistics"],
        [
          ["ORDERS", "pipeline.ts", undefined],
          ["CUSTOMERS", "pipeline.ts", undefined],
          ["ORDERS_ENRICHED", "sql/ksqldb/ORDERS_ENRICHED.sql", undefined],
          ["ORDERS_LABELLED", "sql/ksqldb/logistics/ORDERS_LABELLED.sql", "logistics"],
        ],
      ],
      [
        "ksqldb-risk",
        [],
        [
          ["ORDERS", "pipeline.ts", undefined],
          ["ORDERS_LARGE", "sql/ksqldb/risk/ORDERS_LARGE.sql", undefined],
        ],
      ],
    ]);
  });
});
