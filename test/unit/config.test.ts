import * as pulumi from "@pulumi/pulumi";
import * as fc from "fast-check";
import { accountName, readEnvironment, type ConfigInput } from "../../config.ts";
import type { KafkaConfig } from "../../config/kafka.ts";
import { databaseKeys, environmentKeys } from "../../config/keys.ts";
import { principalsOf } from "../../model/access.ts";
import { reservedSourceNames } from "../../model/checks/declaration.ts";
import { declaredGraph } from "../../model/graph.ts";
import { clouds, regionsOf } from "../../model/regions.ts";
import { either } from "../../model/words.ts";
import { pipeline } from "../../pipeline.ts";
import { configOf, engineValues, environmentOf, image, password, type Config } from "./configs.ts";

/** What the user is told, whole; `undefined` when the configuration is good. Any other error fails the test. */
function messageOf(config: Config, changed?: Partial<ConfigInput>): string | undefined {
  try {
    environmentOf(config, changed);
    return undefined;
  } catch (error) {
    if (!pulumi.RunError.isInstance(error)) {
      throw error;
    }
    return error.message;
  }
}

const oneMistake = (mistake: string) => `Stack dev has 1 mistake; nothing was changed.\n  1. ${mistake}`;

type Row = [config: string, mistake: string];

/** Each has one mistake. The configuration is YAML, as in `Pulumi.dev.yaml`, and the title. */
function describeMistakes(what: string, rows: readonly Row[]): void {
  describe(what, () => {
    it.each(rows)("%s", (config, mistake) => {
      expect(messageOf(configOf(config))).toBe(oneMistake(mistake));
    });
  });
}

/** Every declared target has a group of keys. */
const targets = Object.keys(pipeline.targets);
const topWords = `stage, ephemeral, tables, transformations, targets, kafka, schemaRegistry, aws, connect, streams, sources, mssql, mysql, ${targets.join(", ")}`;
const kafkaKeys =
  "kafka.cloud, kafka.region, kafka.type, kafka.availability, kafka.cku, kafka.access, kafka.partitions, kafka.retentionDays";
const mssqlKeys =
  "mssql.host, mssql.port, mssql.database, mssql.user, mssql.password, mssql.tls, mssql.ca, mssql.state, mssql.position, mssql.settings";

describeMistakes("an unknown key", [
  ["stagee: 2", "stagee: there is no such key. Write stage, or take it out."],
  ["Stage: 2", "Stage: there is no such key. Write stage, or take it out."],
  ["ephemral: true", "ephemral: there is no such key. Write ephemeral, or take it out."],
  ["table: [ORDERS]", "table: there is no such key. Write tables, or take it out."],
  ["kafkaa: { type: basic }", "kafkaa: there is no such key. Write kafka, or take it out."],
  [
    "schemaregistry: { package: ADVANCED }",
    "schemaregistry: there is no such key. Write schemaRegistry, or take it out.",
  ],
  ["kafka: { tpye: basic }", "kafka.tpye: there is no such key. Write kafka.type, or take it out."],
  [
    "kafka: { retentiondays: 3 }",
    "kafka.retentiondays: there is no such key. Write kafka.retentionDays, or take it out.",
  ],
  ["mssql: { databse: demo }", "mssql.databse: there is no such key. Write mssql.database, or take it out."],
  ["kafka: { brokers: 3 }", `kafka.brokers: there is no such key. Write one of ${kafkaKeys}, or take it out.`],
  ["mssql: { encrypt: true }", `mssql.encrypt: there is no such key. Write one of ${mssqlKeys}, or take it out.`],
  ["elasticsearch: { account: x }", `elasticsearch: there is no such key. Write one of ${topWords}, or take it out.`],
  [
    "region: us-east-1",
    "region: there is no such key. Write kafka.region, aws.region, snowflake.region, lake.region, redshift.region or azureblob.region, or take it out.",
  ],
  [
    "host: sql.example.com",
    "host: there is no such key. Write mssql.host, mysql.host, redshift.host or jdbc.host, or take it out.",
  ],
  [
    "kafka: { compatibility: FULL }",
    "kafka.compatibility: there is no such key. Write schemaRegistry.compatibility, or take it out.",
  ],
  ["toString: x", `toString: there is no such key. Write one of ${topWords}, or take it out.`],
  ["'': x", `: there is no such key. Write one of ${topWords}, or take it out.`],
  ["kafka.tpye: basic", "kafka.tpye: there is no such key. Write kafka.type, or take it out."],
  [
    "kafka.type: basic",
    "kafka.type: it was set as one word with a dot in it. Write: pulumi config rm kafka.type, then: pulumi config set --path kafka.type …",
  ],
  [
    "mssql.password: secret",
    "mssql.password: it was set as one word with a dot in it. Write: pulumi config rm mssql.password, then: pulumi config set --path --secret mssql.password …",
  ],
]);

const isList = "is not a list of names. Start one: pulumi config set --path";

describeMistakes("a value of the wrong type", [
  ["stage: two", 'stage: "two" is not one of 0, 1, 2 or 3. Write one of them; the default is 3.'],
  ["stage: 1.5", 'stage: "1.5" is not one of 0, 1, 2 or 3. Write one of them; the default is 3.'],
  ["stage: [1]", 'stage: "[1]" is not one of 0, 1, 2 or 3. Write one of them; the default is 3.'],
  ["ephemeral: yes", 'ephemeral: "yes" is not true or false. Write true or false.'],
  ["ephemeral: 1", 'ephemeral: "1" is not true or false. Write true or false.'],
  ["tables: ORDERS", `tables: "ORDERS" ${isList} 'tables[0]' …`],
  ["tables: { ORDERS: true }", `tables: a group of keys ${isList} 'tables[0]' …`],
  ["transformations: true", `transformations: true ${isList} 'transformations[0]' …`],
  ["targets: 3", `targets: 3 ${isList} 'targets[0]' …`],
  ["tables: [ORDERS, 2024]", "tables: 2024 is not a name. Put it in quotes."],
  ["targets: [[snowflake]]", "targets: a list is not a name. Write a name."],
  ["transformations: [null]", "transformations: null is not a name. Write a name."],
  ["kafka: basic", `kafka: it is a group of keys, not a value. Set its keys: ${kafkaKeys}.`],
  ["kafka: [basic]", `kafka: it is a group of keys, not a value. Set its keys: ${kafkaKeys}.`],
  ["mssql: sql.example.com", `mssql: it is a group of keys, not a value. Set its keys: ${mssqlKeys}.`],
  [
    "schemaRegistry: 1",
    "schemaRegistry: it is a group of keys, not a value. Set its keys: schemaRegistry.package, schemaRegistry.compatibility.",
  ],
  ["kafka: { region: [us-east-1] }", "kafka.region: a list is not text. Write text, e.g. us-east-1."],
  ["kafka: { region: false }", "kafka.region: false is not text. Put it in quotes."],
  ["kafka: { cku: two, type: dedicated }", 'kafka.cku: "two" is not a whole number. Write a whole number, e.g. 0.'],
  ["kafka: { partitions: 1.5 }", "kafka.partitions: 1.5 is not a whole number. Write a whole number, e.g. 6."],
  [
    "kafka: { partitions: '6 partitions' }",
    'kafka.partitions: "6 partitions" is not a whole number. Write a whole number, e.g. 6.',
  ],
  [
    "kafka: { retentionDays: { days: 7 } }",
    "kafka.retentionDays: a group of keys is not a whole number. Write a whole number, e.g. 7.",
  ],
  ["mssql: { port: 1433.5 }", "mssql.port: 1433.5 is not a whole number. Write a whole number, e.g. 1433."],
  ["mysql: { port: mysql }", 'mysql.port: "mysql" is not a whole number. Write a whole number, e.g. 3306.'],
  ["mssql: { port: true }", "mssql.port: true is not a whole number. Write a whole number, e.g. 1433."],
  ["mssql: { host: [sql.example.com] }", "mssql.host: a list is not text. Write text."],
  ["mssql: { user: { name: cdc } }", "mssql.user: a group of keys is not text. Write text."],
  ["mssql: { user: true }", "mssql.user: true is not text. Put it in quotes."],
  ["mssql: { database: 1.5 }", "mssql.database: 1.5 is not text. Put it in quotes."],
  ["mysql: { database: [demo] }", "mysql.database: a list is not text. Write text, e.g. demo."],
  ["mssql: { password: true }", "mssql.password: the value is not text. Put it in quotes."],
  ["mssql: { password: { of: cdc } }", "mssql.password: the value is not text. Write text."],
]);

const compatibilities = "BACKWARD, BACKWARD_TRANSITIVE, FORWARD, FORWARD_TRANSITIVE, FULL, FULL_TRANSITIVE or NONE";

describeMistakes("a value that is not one of the legal ones", [
  ["stage: 4", "stage: 4 is not one of 0, 1, 2 or 3. Write one of them; the default is 3."],
  ["stage: -1", "stage: -1 is not one of 0, 1, 2 or 3. Write one of them; the default is 3."],
  ["kafka: { cloud: aws }", 'kafka.cloud: "aws" is not one of AWS, GCP or AZURE. Write AWS.'],
  [
    "kafka: { cloud: IBM }",
    'kafka.cloud: "IBM" is not one of AWS, GCP or AZURE. Write one of them; the default is AWS.',
  ],
  ["kafka: { cloud: 1 }", "kafka.cloud: 1 is not one of AWS, GCP or AZURE. Write one of them; the default is AWS."],
  ["kafka: { type: Standard }", 'kafka.type: "Standard" is not one of basic, standard or dedicated. Write standard.'],
  ["kafka: { type: ' basic' }", 'kafka.type: " basic" is not one of basic, standard or dedicated. Write basic.'],
  [
    "kafka: { type: serverless }",
    'kafka.type: "serverless" is not one of basic, standard or dedicated. Write one of them; the default is basic.',
  ],
  [
    "kafka: { type: [basic] }",
    "kafka.type: a list is not one of basic, standard or dedicated. Write one of them; the default is basic.",
  ],
  [
    "kafka: { availability: multi-zone }",
    'kafka.availability: "multi-zone" is not one of SINGLE_ZONE or MULTI_ZONE. Write MULTI_ZONE.',
  ],
  [
    "kafka: { availability: HIGH }",
    'kafka.availability: "HIGH" is not one of SINGLE_ZONE or MULTI_ZONE. Write one of them; the default is SINGLE_ZONE.',
  ],
  ["kafka: { access: RBAC }", 'kafka.access: "RBAC" is not one of auto, acl or rbac. Write rbac.'],
  [
    "kafka: { access: none }",
    'kafka.access: "none" is not one of auto, acl or rbac. Write one of them; the default is auto.',
  ],
  [
    "schemaRegistry: { package: advanced }",
    'schemaRegistry.package: "advanced" is not one of ESSENTIALS or ADVANCED. Write ADVANCED.',
  ],
  [
    "schemaRegistry: { package: FREE }",
    'schemaRegistry.package: "FREE" is not one of ESSENTIALS or ADVANCED. Write one of them; the default is ESSENTIALS.',
  ],
  [
    "schemaRegistry: { compatibility: backwards }",
    `schemaRegistry.compatibility: "backwards" is not one of ${compatibilities}. Write BACKWARD.`,
  ],
  [
    "schemaRegistry: { compatibility: ANY }",
    `schemaRegistry.compatibility: "ANY" is not one of ${compatibilities}. Write one of them; the default is BACKWARD.`,
  ],
]);

describeMistakes("a value out of range", [
  ["kafka: { partitions: 0 }", "kafka.partitions: 0 is too few. Write 1 or more."],
  ["kafka: { partitions: -6 }", "kafka.partitions: -6 is too few. Write 1 or more."],
  ["kafka: { retentionDays: 0 }", "kafka.retentionDays: 0 is out of range. Write 1 to 36500 days, or -1 for ever."],
  ["kafka: { retentionDays: -2 }", "kafka.retentionDays: -2 is out of range. Write 1 to 36500 days, or -1 for ever."],
  [
    "kafka: { retentionDays: 36501 }",
    "kafka.retentionDays: 36501 is out of range. Write 1 to 36500 days, or -1 for ever.",
  ],
  ["mssql: { port: 0 }", "mssql.port: 0 is not a port. Write a number from 1 to 65535."],
  ["mysql: { port: 65536 }", "mysql.port: 65536 is not a port. Write a number from 1 to 65535."],
  ["mssql: { port: '-1433' }", "mssql.port: -1433 is not a port. Write a number from 1 to 65535."],
]);

describeMistakes("a required key that is missing", [
  ["mssql: { host: null }", "mssql.host: it is missing. Set it: pulumi config set --path mssql.host …"],
  ["mssql: { user: '' }", "mssql.user: it is missing. Set it: pulumi config set --path mssql.user …"],
  [
    "mssql: { password: null }",
    "mssql.password: it is missing. Set it: pulumi config set --path --secret mssql.password …",
  ],
  ["{ stage: 1, mysql: { host: null } }", "mysql.host: it is missing. Set it: pulumi config set --path mysql.host …"],
  ["{ stage: 2, mysql: { user: null } }", "mysql.user: it is missing. Set it: pulumi config set --path mysql.user …"],
  [
    "{ stage: 3, mysql: { password: '' } }",
    "mysql.password: it is missing. Set it: pulumi config set --path --secret mysql.password …",
  ],
  ["{ stage: 0, mysql: { port: 0 } }", "mysql.port: 0 is not a port. Write a number from 1 to 65535."],
]);

const noPrivateNetwork =
  "clusters are reached over private networking only, which this stack does not make. Write basic, standard or dedicated.";
const gcp = regionsOf("GCP").join(", ");
const azure = regionsOf("AZURE").join(", ");

describeMistakes("what the service refuses", [
  [
    "kafka: { type: basic, access: rbac }",
    "kafka.access: a basic cluster knows no roles on topics and groups. Write acl or auto, or kafka.type: standard.",
  ],
  [
    "kafka: { access: rbac }",
    "kafka.access: a basic cluster knows no roles on topics and groups. Write acl or auto, or kafka.type: standard.",
  ],
  [
    "{ stage: 3, kafka: { type: enterprise } }",
    "kafka.type: enterprise clusters have no managed ksqlDB, which stage 3 needs. Write standard or dedicated.",
  ],
  [
    "{ stage: 2, kafka: { type: enterprise, access: rbac } }",
    "kafka.type: enterprise clusters have no managed ksqlDB, which stage 2 needs. Write standard or dedicated.",
  ],
  ["{ stage: 0, kafka: { type: enterprise } }", `kafka.type: enterprise ${noPrivateNetwork}`],
  ["{ stage: 1, kafka: { type: enterprise, cku: 2 } }", `kafka.type: enterprise ${noPrivateNetwork}`],
  ["kafka: { type: freight }", `kafka.type: freight ${noPrivateNetwork}`],
  [
    "kafka: { type: dedicated, availability: MULTI_ZONE, cku: 1 }",
    "kafka.cku: 1 is too small: a MULTI_ZONE cluster has at least 2 CKU. Write 2 or more.",
  ],
  [
    "kafka: { type: dedicated, cku: -1 }",
    "kafka.cku: -1 is too small: a SINGLE_ZONE cluster has at least 1 CKU. Write 1 or more.",
  ],
  [
    "kafka: { type: basic, cku: 1 }",
    "kafka.cku: only a dedicated cluster has a size in CKU. Take kafka.cku out, or write kafka.type: dedicated.",
  ],
  [
    "kafka: { type: standard, cku: -1 }",
    "kafka.cku: only a dedicated cluster has a size in CKU. Take kafka.cku out, or write kafka.type: dedicated.",
  ],
  [
    "kafka: { region: us-east-9 }",
    'kafka.region: Confluent has no region "us-east-9" in AWS. Write us-east-1 or another region of AWS.',
  ],
  [
    "kafka: { cloud: GCP, region: US-EAST1 }",
    'kafka.region: Confluent has no region "US-EAST1" in GCP. Write us-east1 or another region of GCP.',
  ],
  ["kafka: { cloud: GCP, region: moon }", `kafka.region: Confluent has no region "moon" in GCP. Write one of ${gcp}.`],
  [
    "kafka: { cloud: GCP, region: uksouth }",
    `kafka.region: uksouth is a region of AZURE, and kafka.cloud is GCP. Write kafka.cloud: AZURE, or one of ${gcp}.`,
  ],
  [
    "kafka: { region: us-east1 }",
    "kafka.region: us-east1 is a region of GCP, and kafka.cloud is AWS. Write kafka.cloud: GCP, or us-east-1 or another region of AWS.",
  ],
  [
    "kafka: { cloud: AZURE, region: eu-west-1 }",
    `kafka.region: eu-west-1 is a region of AWS, and kafka.cloud is AZURE. Write kafka.cloud: AWS, or one of ${azure}.`,
  ],
  [
    "kafka: { cloud: GCP }",
    "kafka.region: us-east-1 is a region of AWS, and kafka.cloud is GCP. Write kafka.cloud: AWS, or us-east1 or another region of GCP.",
  ],
]);

describeMistakes("what is on", [
  ["tables: [ORDER]", 'tables: "ORDER" is not declared in pipeline.ts. Write ORDERS.'],
  ["tables: [orders]", 'tables: "orders" is not declared in pipeline.ts. Write ORDERS.'],
  [
    "tables: [INVOICES]",
    'tables: "INVOICES" is not declared in pipeline.ts. Write ORDERS, SHIPMENTS, CUSTOMERS, LOYALTY or COMPANIES.',
  ],
  [
    "transformations: [ORDERS_ENRICHD]",
    'transformations: "ORDERS_ENRICHD" is not declared in pipeline.ts. Write ORDERS_ENRICHED.',
  ],
  ["targets: [oracle]", `targets: "oracle" is not declared in pipeline.ts. Write ${either(targets)}.`],
  ["targets: ['']", `targets: "" is not declared in pipeline.ts. Write ${either(targets)}.`],
  ["tables: [ORDERS, CUSTOMERS, ORDERS]", "tables: ORDERS is there twice. Take one out."],
  ["targets: [lake, lake]", "targets: lake is there twice. Take one out."],
  [
    "{ stage: 0, tables: [ORDERS, CUSTOMERS] }",
    "tables: CUSTOMERS comes with stage 1, and stage is 0. Write stage: 1, or take CUSTOMERS out.",
  ],
  [
    "{ stage: 1, transformations: [ORDERS_ENRICHED] }",
    "transformations: ORDERS_ENRICHED comes with stage 2, and stage is 1. Write stage: 2, or take ORDERS_ENRICHED out.",
  ],
  [
    "{ stage: 2, targets: [snowflake, lake] }",
    "targets: lake comes with stage 3, and stage is 2. Write stage: 3, or take lake out.",
  ],
  [
    "{ stage: 3, targets: [snowflake] }",
    "stage: nothing of what comes with stage 3 is on. Add lake to targets, or write stage: 2.",
  ],
  [
    "{ stage: 1, tables: [ORDERS] }",
    "stage: nothing of what comes with stage 1 is on. Add CUSTOMERS to tables, or write stage: 0.",
  ],
  [
    "{ stage: 2, tables: [ORDERS] }",
    "tables: transformation ORDERS_ENRICHED reads CUSTOMERS, which is left out. Add CUSTOMERS, or write stage: 1.",
  ],
]);

describe("a secret in clear", () => {
  const openly = { secretKeys: new Set<string>() };
  const inClear = (key: string) =>
    `${key}: it stands in clear. Change the password, then: pulumi config set --path --secret ${key} …`;

  it("is a mistake, one for each database", () => {
    expect(messageOf(configOf(""), openly)).toBe(
      "Stack dev has 2 mistakes; nothing was changed.\n" +
        `  1. ${inClear("mssql.password")}\n` +
        `  2. ${inClear("mysql.password")}`,
    );
  });

  it("is one in a database that the stage does not have yet", () => {
    expect(messageOf(configOf("stage: 0"), { secretKeys: new Set(["pipeline:mssql"]) })).toBe(
      oneMistake(inClear("mysql.password")),
    );
  });

  it("may be the provider's", () => {
    const config = configOf("'confluentcloud:cloudApiKey': KEY\n'confluentcloud:cloudApiSecret': in clear");
    const key = "confluentcloud:cloudApiSecret";
    expect(messageOf(config)).toBe(
      oneMistake(
        `${key}: it stands in clear. Make a new one in Confluent Cloud, then: pulumi config set --secret ${key} …`,
      ),
    );
    expect(messageOf(config, { secretKeys: new Set([key, "pipeline:mssql", "pipeline:mysql"]) })).toBeUndefined();
  });

  it("is not shown, whatever key it was given to", () => {
    const encrypted = { secretKeys: new Set(["pipeline:mssql", "pipeline:mysql", "pipeline:stage"]) };
    expect(messageOf(configOf(`stage: ${password}`), encrypted)).toBe(
      oneMistake("stage: the value is not one of 0, 1, 2 or 3. Write one of them; the default is 3."),
    );
  });
});

describe("names", () => {
  it("are too long when an account's name would be", () => {
    const stack = "s".repeat(41);
    expect(messageOf(configOf(""), { stack })).toBe(
      `Stack ${stack} has 1 mistake; nothing was changed.\n` +
        `  1. stack name: ${stack} is too long by 1: its account "pipeline-${stack}-sink-snowflake" would have 65 characters, ` +
        "and Confluent takes 64. Make a stack with a shorter name.",
    );
  });

  it("fit into 64 characters to the last one", () => {
    const stack = "s".repeat(40);
    const environment = environmentOf(configOf(""), { stack });
    const names = principalsOf(environment.graph).map(({ name }) => accountName(environment, name));
    expect(Math.max(...names.map((name) => name.length))).toBe(64);
  });

  it("count only if their account is on", () => {
    const stack = "s".repeat(44);
    expect(messageOf(configOf("{ stage: 0, tables: [ORDERS] }"), { stack })).toContain("too long by 4");
    expect(messageOf(configOf("{ stage: 3, targets: [lake] }"), { stack })).toBeUndefined();
  });
});

describe("a transformation's file", () => {
  const noFile = { statement: () => undefined };

  it("must be there", () => {
    expect(messageOf(configOf("stage: 2"), noFile)).toBe(
      oneMistake(
        "pipeline.ts: transformation ORDERS_ENRICHED: there is no sql/ksqldb/ORDERS_ENRICHED.sql. Write the statement " +
          "there, or take ORDERS_ENRICHED out.",
      ),
    );
  });

  it("is not asked for before its stage", () => {
    expect(messageOf(configOf("stage: 1"), noFile)).toBeUndefined();
  });
});

it("reports all mistakes in one list", () => {
  const config = configOf(`
    stage: 1
    ephemral: true
    tables: [ORDERS]
    kafka: { cloud: GCP, type: Basic, partitions: 0, retentionDays: 0, zone: a }
    mssql: { host: null, port: 70000, password: null }
    mysql: { pasword: ${password} }
  `);
  const secretKeys = new Set(["pipeline:mssql"]);
  expect(messageOf(config, { secretKeys })).toBe(
    `Stack dev has 12 mistakes; nothing was changed.
  1. ephemral: there is no such key. Write ephemeral, or take it out.
  2. kafka.zone: there is no such key. Write one of ${kafkaKeys}, or take it out.
  3. mysql.pasword: there is no such key. Write mysql.password, or take it out.
  4. mysql.password: it stands in clear. Change the password, then: pulumi config set --path --secret mysql.password …
  5. kafka.type: "Basic" is not one of basic, standard or dedicated. Write basic.
  6. kafka.region: us-east-1 is a region of AWS, and kafka.cloud is GCP. Write kafka.cloud: AWS, or us-east1 or another region of GCP.
  7. kafka.partitions: 0 is too few. Write 1 or more.
  8. kafka.retentionDays: 0 is out of range. Write 1 to 36500 days, or -1 for ever.
  9. mssql.port: 70000 is not a port. Write a number from 1 to 65535.
  10. mssql.host: it is missing. Set it: pulumi config set --path mssql.host …
  11. mssql.password: it is missing. Set it: pulumi config set --path --secret mssql.password …
  12. stage: nothing of what comes with stage 1 is on. Add CUSTOMERS to tables, or write stage: 0.`,
  );
});

it("reports what is wrong in pipeline.ts, and what is given for databases all the same", () => {
  const broken = { ...pipeline, consumers: { app: { reads: ["ORDER"] } } };
  expect(messageOf(configOf("mssql: { host: null, port: sql }"), { pipeline: broken })).toBe(
    "Stack dev has 2 mistakes; nothing was changed.\n" +
      '  1. mssql.port: "sql" is not a whole number. Write a whole number, e.g. 1433.\n' +
      '  2. pipeline.ts: consumer app: it reads "ORDER", which is not declared. Write ORDERS.',
  );
});

it("does not report what only follows from another mistake", () => {
  const config = configOf("{ stage: 4, kafka: { type: Dedicated, access: rbac, cku: 2 }, mysql: { host: null } }");
  expect(messageOf(config)).toBe(
    "Stack dev has 2 mistakes; nothing was changed.\n" +
      "  1. stage: 4 is not one of 0, 1, 2 or 3. Write one of them; the default is 3.\n" +
      '  2. kafka.type: "Dedicated" is not one of basic, standard or dedicated. Write dedicated.',
  );
});

describe("a good configuration", () => {
  const connect = {
    placement: "ec2",
    image,
    workers: 1,
    instanceType: "m7g.large",
    spot: false,
    vpc: "",
    subnets: [],
    url: "",
    logDays: 30,
    snowflakeVersion: "4.1.0",
  };

  it("has defaults for all but hosts, users and passwords", () => {
    const { graph, databases, plans, targets, ...environment } = environmentOf(configOf(""));
    expect(environment).toEqual({
      project: "pipeline",
      stack: "dev",
      stage: 3,
      ephemeral: false,
      kafka: {
        cloud: "AWS",
        region: "us-east-1",
        type: "basic",
        availability: "SINGLE_ZONE",
        cku: 0,
        access: "acl",
        partitions: 6,
        retentionDays: 7,
      },
      schemaRegistry: { package: "ESSENTIALS", compatibility: "BACKWARD" },
      awsRegion: "us-east-1",
      connect,
      streams: {
        shared: { runs: "managed", csu: 1 },
        teams: {},
        onReplacement: "keep topic",
        reprocess: "from beginning",
      },
      warnings: [],
      demo: { host: "off", dockerHost: "", address: "127.0.0.1" },
    });
    expect(databases).toMatchObject({
      mssql: { host: "sql.example.com", port: 1433, database: "demo", user: "cdc", password },
      mysql: { host: "my.example.com", port: 3306, database: "demo", user: "cdc", password },
    });
    expect(targets).toMatchObject([
      {
        kind: "snowflake",
        target: { name: "snowflake" },
        config: { organization: "ACME", account: "TEST", database: "PIPELINE_DEV" },
      },
      {
        kind: "lake",
        target: { name: "lake" },
        config: { format: "parquet", since: "2026-11-01", region: "us-east-1", database: "pipeline_dev" },
      },
    ]);
    const names = (items: readonly { readonly name: string }[]) => items.map(({ name }) => name);
    expect([names(graph.tables), names(graph.transformations), names(graph.targets)]).toEqual([
      ["ORDERS", "CUSTOMERS"],
      ["ORDERS_ENRICHED"],
      ["snowflake", "lake"],
    ]);
    expect(plans.flatMap(({ statements }) => names(statements))).toEqual(["ORDERS", "CUSTOMERS", "ORDERS_ENRICHED"]);
  });

  it("may set every key", () => {
    const { graph, databases, plans, targets, ...environment } = environmentOf(
      configOf(`
        stage: 2
        ephemeral: true
        tables: [CUSTOMERS, ORDERS]
        transformations: [ORDERS_ENRICHED]
        targets: [snowflake]
        kafka:
          cloud: GCP
          region: europe-west4
          type: dedicated
          availability: MULTI_ZONE
          cku: 3
          access: acl
          partitions: 12
          retentionDays: -1
        schemaRegistry: { package: ADVANCED, compatibility: FULL_TRANSITIVE }
        aws: { region: eu-west-1 }
        connect:
          placement: ec2
          workers: 3
          instanceType: c7g.xlarge
          spot: true
          vpc: vpc-0123abcd
          subnets: [subnet-0123abcd]
          logDays: 7
          snowflakeVersion: 3.5.4
        streams: { csu: 4, topicOnReplacement: keep, reprocess: now }
        sources: { demo: docker, dockerHost: "ssh://me@host", address: 10.0.0.4 }
        mssql: { host: a.example.com, port: 11433, database: shop, user: reader, tls: trust, settings: { max.batch.size: 1024 } }
        mysql: { host: b.example.com, port: 13306, database: crm, user: reader2, tls: trust, serverId: 5400 }
      `),
    );
    expect(environment).toEqual({
      project: "pipeline",
      stack: "dev",
      stage: 2,
      ephemeral: true,
      kafka: {
        cloud: "GCP",
        region: "europe-west4",
        type: "dedicated",
        availability: "MULTI_ZONE",
        cku: 3,
        access: "acl",
        partitions: 12,
        retentionDays: -1,
      },
      schemaRegistry: { package: "ADVANCED", compatibility: "FULL_TRANSITIVE" },
      awsRegion: "eu-west-1",
      connect: {
        ...connect,
        workers: 3,
        instanceType: "c7g.xlarge",
        spot: true,
        vpc: "vpc-0123abcd",
        subnets: ["subnet-0123abcd"],
        logDays: 7,
        snowflakeVersion: "3.5.4",
      },
      streams: { shared: { runs: "managed", csu: 4 }, teams: {}, onReplacement: "keep topic", reprocess: "from now" },
      warnings: [],
      demo: { host: "docker", dockerHost: "ssh://me@host", address: "10.0.0.4" },
    });
    expect(plans.map(({ name }) => name)).toEqual(["ksqldb"]);
    const given = { password, ca: "", state: "running", position: undefined };
    expect(databases).toEqual({
      mssql: {
        ...given,
        host: "a.example.com",
        port: 11433,
        database: "shop",
        user: "reader",
        tls: "trust",
        serverId: 0,
        settings: { "max.batch.size": "1024" },
      },
      mysql: {
        ...given,
        host: "b.example.com",
        port: 13306,
        database: "crm",
        user: "reader2",
        tls: "trust",
        serverId: 5400,
        settings: {},
      },
    });
    expect(graph.targets.map(({ name }) => name)).toEqual(["snowflake"]);
    expect(targets.map(({ kind }) => kind)).toEqual(["snowflake"]);
  });

  it("may have numbers and booleans as text, and text that looks like a number", () => {
    const environment = environmentOf(
      configOf(`
        stage: "2"
        ephemeral: "true"
        tables: '["ORDERS", "CUSTOMERS"]'
        kafka: { partitions: " 12 ", retentionDays: "-1" }
        mssql: { port: "11433", database: 2024, user: "0" }
      `),
    );
    expect(environment).toMatchObject({
      stage: 2,
      ephemeral: true,
      kafka: { partitions: 12, retentionDays: -1 },
      databases: { mssql: { port: 11433, database: "2024", user: "0" } },
    });
  });

  it("may have any port there is", () => {
    const { mssql, mysql } = environmentOf(configOf("{ mssql: { port: 1 }, mysql: { port: 65535 } }")).databases;
    expect([mssql?.port, mysql?.port]).toEqual([1, 65_535]);
  });

  it("knows each kind of database's usual port", () => {
    const kinds = ["sqlServer", "mySql", "mariaDb", "postgres"] as const;
    const ports = kinds.map((kind) => databaseKeys({ name: "crm", kind, database: "crm" }).port?.default);
    expect(ports).toEqual([1433, 3306, 3306, 5432]);
  });

  it("asks for a database only from the stage on that reads it", () => {
    const config = { ...configOf("stage: 0"), mysql: {} };
    expect(Object.keys(environmentOf(config).databases)).toEqual(["mssql"]);
    expect(messageOf({ ...config, stage: 1 })).toContain("mysql.host: it is missing.");
  });

  it("may have keys of other programs and providers", () => {
    expect(
      messageOf(configOf("{ 'aws:region': us-east-1, 'confluentcloud:maxRetries': 5, 'pipe:x': 1 }")),
    ).toBeUndefined();
  });

  it.each<[string, Partial<KafkaConfig>]>([
    ["{ type: basic }", { access: "acl", cku: 0 }],
    ["{ type: standard }", { access: "rbac", cku: 0 }],
    ["{ type: standard, access: acl }", { access: "acl" }],
    ["{ type: standard, access: rbac, availability: MULTI_ZONE }", { access: "rbac", cku: 0 }],
    ["{ type: dedicated }", { access: "rbac", cku: 1 }],
    ["{ type: dedicated, availability: MULTI_ZONE }", { cku: 2 }],
    ["{ type: dedicated, availability: MULTI_ZONE, cku: 2 }", { cku: 2 }],
    ["{ type: dedicated, cku: 1 }", { cku: 1 }],
    ["{ cloud: AZURE, region: westeurope }", { cloud: "AZURE", region: "westeurope" }],
    ["{ partitions: 1, retentionDays: 36500 }", { partitions: 1, retentionDays: 36500 }],
    ["{ retentionDays: 1 }", { retentionDays: 1 }],
  ])("makes of kafka: %s", (kafka, expected) => {
    const { kafka: made } = environmentOf(configOf(`{ kafka: ${kafka}, aws: { region: us-east-1 }, stage: 2 }`));
    expect(made).toMatchObject(expected);
  });

  it.each(clouds.flatMap((cloud) => regionsOf(cloud).map((region) => [cloud, region])))(
    "may have Kafka in %s %s",
    (cloud, region) => {
      const config = `{ kafka: { cloud: ${cloud}, region: ${region} }, aws: { region: us-east-1 }, stage: 2 }`;
      expect(messageOf(configOf(config))).toBeUndefined();
    },
  );
});

describe("any configuration", () => {
  const sources = declaredGraph(pipeline).sources;
  const keys = {
    ...environmentKeys,
    ...Object.fromEntries(
      sources.flatMap((source) => Object.entries(databaseKeys(source)).map(([k, key]) => [`${source.name}.${k}`, key])),
    ),
  };
  const canary = "CANARY-5c1f";
  const anyKey = fc.oneof(
    fc.constantFrom(...Object.keys(keys)),
    fc.constantFrom("kafka", "schemaRegistry", "__proto__", "constructor", "kafka.__proto__", "mssql.x", "mysqll.user"),
    fc.string(),
  );
  const anyValue = fc.oneof(
    fc.constantFrom<unknown>(...Object.values(keys).flatMap((key) => [key.default, ...(key.legal ?? [])])),
    fc.constantFrom<unknown>("GCP", "us-east1", "enterprise", -1, 0, 2, 70_000, ["ORDERS"], ["lake", "lake"], 1e300),
    fc.jsonValue({ maxDepth: 2 }),
  );
  /** The canary as the password, or somewhere in what was given as the password. */
  const anyPassword = fc.oneof(
    fc.constant<unknown>(canary),
    fc.constantFrom<unknown>([canary], { value: canary }, { [canary]: true }, [[{ deep: canary }]]),
  );
  const anyConfig = fc
    .record({
      pairs: fc.array(fc.tuple(anyKey, anyValue)),
      literal: fc.boolean(),
      password: anyPassword,
      group: fc.constantFrom("group", "text", "broken JSON"),
    })
    .map(({ pairs, literal, password: given, group }) => {
      const values: Record<string, string> = {};
      const groups: Record<string, Record<string, unknown>> = { mssql: { host: "sql", user: "cdc", password: given } };
      const set = (key: string, value: unknown) => {
        values[`pipeline:${key}`] = typeof value === "string" ? value : JSON.stringify(value);
      };
      for (const [key, value] of pairs.filter(([name]) => name !== "mssql.password" && name !== "mssql")) {
        const [name = "", member] = key.split(".");
        if (member === undefined || literal) {
          set(key, value);
        } else {
          (groups[name] ??= {})[member] = value;
        }
      }
      Object.entries(groups).forEach(([name, members]) => set(name, members));
      if (group !== "group") {
        set("mssql", group === "text" ? canary : `{"password": "${canary}"`);
      }
      return values;
    });
  const anySecretKeys = fc
    .subarray(["pipeline:mssql", "pipeline:mysql", "pipeline:kafka"])
    .map((names) => new Set(names));

  it("gives an environment or a list of mistakes, and shows no password", () => {
    fc.assert(
      fc.property(anyConfig, anySecretKeys, fc.boolean(), (values, secretKeys, hasStatements) => {
        const message = messageOf({}, { values, secretKeys, ...(hasStatements ? {} : { statement: () => undefined }) });
        if (message !== undefined) {
          expect(message).toMatch(/^Stack dev has (1 mistake|\d+ mistakes); nothing was changed\.\n {2}1\. /);
          expect(message).not.toContain(canary);
          expect(message).not.toMatch(/undefined|\[object/);
        }
      }),
      { numRuns: 1000 },
    );
  });

  it("that gives an environment gives one that the service takes", () => {
    const legal = (value: fc.Arbitrary<unknown>) => fc.option(value, { nil: undefined });
    const kafka = fc.record({
      cloud: legal(fc.constantFrom("AWS", "GCP")),
      region: legal(fc.constantFrom("us-east-1", "us-east1")),
      type: legal(fc.constantFrom("basic", "standard", "dedicated", "enterprise")),
      availability: legal(fc.constantFrom("SINGLE_ZONE", "MULTI_ZONE")),
      cku: legal(fc.integer({ min: -1, max: 3 })),
      access: legal(fc.constantFrom("auto", "acl", "rbac")),
      partitions: legal(fc.integer({ min: -1, max: 9 })),
    });
    fc.assert(
      fc.property(kafka, (given) => {
        const config = { ...configOf(""), kafka: given };
        if (messageOf(config) === undefined) {
          const made = environmentOf(config).kafka;
          const least = made.availability === "MULTI_ZONE" ? 2 : 1;
          expect(regionsOf(made.cloud)).toContain(made.region);
          expect(made.access === "rbac" && made.type === "basic").toBe(false);
          expect(made.type === "dedicated" ? made.cku >= least : made.cku === 0).toBe(true);
          expect(made.partitions).toBeGreaterThanOrEqual(1);
        }
      }),
    );
  });
});

it("reserves its own words, so that no source can have them", () => {
  const words = [...new Set(Object.keys(environmentKeys).map((key) => key.split(".")[0]))];
  expect(reservedSourceNames).toEqual(expect.arrayContaining(words));
});

describe("the running program", () => {
  afterEach(() => {
    jest.restoreAllMocks();
  });
  const encrypt = (...keys: string[]) =>
    jest.replaceProperty(process, "env", { ...process.env, PULUMI_CONFIG_SECRET_KEYS: JSON.stringify(keys) });

  it("reads what the engine hands over, and the files in sql/ksqldb", async () => {
    await pulumi.runtime.setMocks({ call: () => ({}), newResource: () => ({ id: "", state: {} }) }, "pipeline", "dev");
    pulumi.runtime.setAllConfig(engineValues(configOf("kafka: { partitions: 3 }")));
    encrypt("pipeline:mssql", "pipeline:mysql");
    expect(readEnvironment(pipeline)).toMatchObject({ project: "pipeline", stack: "dev", kafka: { partitions: 3 } });

    encrypt("pipeline:mssql");
    expect(() => readEnvironment(pipeline)).toThrow("mysql.password: it stands in clear.");

    const more = {
      ...pipeline,
      transformations: { ...pipeline.transformations, TOTALS: { reads: ["ORDERS"], kind: "facts" as const } },
    };
    expect(() => readEnvironment(more)).toThrow("there is no sql/ksqldb/TOTALS.sql");
  });
});
