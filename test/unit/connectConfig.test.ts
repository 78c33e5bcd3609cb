import type { Environment } from "../../config.ts";
import type { PipelineDeclaration } from "../../model/pipeline.ts";
import { pipeline } from "../../pipeline.ts";
import { configOf, environmentOf, image, mistakesOf } from "./configs.ts";

const parsed = (text: string): Environment => environmentOf(configOf(text));

const noDigest = (given: string) =>
  `connect.image: "${given}" has no digest, so that what runs could change unseen. Write name@sha256: and 64 hexadecimal digits.`;
const pem = "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n";
const inPem = JSON.stringify(pem);
const useless = (key: string) =>
  `${key}: Confluent runs the connectors (connect.placement: managed), so it has no use. Take it out.`;

describe("where Connect runs: one mistake each", () => {
  it.each([
    ["connect: { placement: ec3 }", 'connect.placement: "ec3" is not one of ec2, onPremises or managed. Write ec2.'],
    [
      "connect: { image: '' }",
      "connect.image: it is missing. Build and push image/connect once, then write the image with its digest, or connect.build: true.",
    ],
    [
      "connect: { image: '', placement: onPremises }",
      "connect.image: it is missing. Build and push image/connect once, then write the image with its digest.",
    ],
    ["connect: { image: registry.example.com/connect:1.0 }", noDigest("registry.example.com/connect:1.0")],
    [
      "connect: { snowflakeVersion: latest }",
      "connect.snowflakeVersion: \"latest\" is not a version of Snowflake's connector. Write the one in the workers' image, e.g. 4.1.0.",
    ],
    [`connect: { image: "${image.slice(0, -1)}" }`, noDigest(image.slice(0, -1))],
    ["connect: { build: true }", "connect.image: connect.build makes the image. Take one of the two out."],
    [
      "connect: { build: true, image: '', placement: onPremises }",
      "connect.build: the image goes to a registry in AWS, which a host of yours does not reach by itself. Push it to a registry of yours (image/connect/README.md) and write connect.image.",
    ],
    ["{ connect: { placement: managed }, mssql: { tls: trust } }", useless("connect.image")],
    ["{ connect: { placement: managed, image: '', build: true }, mssql: { tls: trust } }", useless("connect.build")],
    [
      "{ connect: { placement: managed, image: '', url: 'http://connect.lan:8083' }, mssql: { tls: trust } }",
      useless("connect.url"),
    ],
    [
      "{ connect: { placement: managed, image: '' }, mssql: { host: 127.0.0.1, tls: trust } }",
      "mssql.host: 127.0.0.1 is Confluent's own machine to its connectors. Write a name that the internet or your private link knows, or let workers of your own run the connector (connect.placement: ec2 or onPremises).",
    ],
    [
      "{ connect: { placement: managed, image: '' }, mssql: { tls: trust, settings: { max.batch.sise: 1 } } }",
      "mssql.settings: SqlServerCdcSourceV2 has no max.batch.sise and would not look at it. Write max.batch.size, take it out, or let workers of your own run the connector (connect.placement: ec2 or onPremises).",
    ],
    [
      "connect: { url: 'http://connect.lan:8083' }",
      "connect.url: workers on ec2 are reached through Systems Manager. Take it out.",
    ],
    [
      "connect: { placement: onPremises, url: connect.lan }",
      'connect.url: "connect.lan" is not an address. Write one, e.g. http://connect.lan:8083.',
    ],
    [
      "connect: { placement: onPremises, url: 'ftp://connect.lan' }",
      'connect.url: "ftp://connect.lan" is not an address. Write one, e.g. http://connect.lan:8083.',
    ],
    [
      "connect: { placement: onPremises, url: 'http://me:hush@connect.lan:8083' }",
      "connect.url: it holds a password, which would stand in the state in clear. Take it out.",
    ],
    ["connect: { workers: 0 }", "connect.workers: 0 is out of range. Write 1 to 20."],
    ["connect: { workers: 21 }", "connect.workers: 21 is out of range. Write 1 to 20."],
    [
      "connect: { instanceType: m7i.large }",
      "connect.instanceType: m7i.large has no arm64 processor, and the image is started as arm64. Write one with a g after the number, e.g. m7g.large.",
    ],
    [
      "connect: { instanceType: g4dn.xlarge }",
      "connect.instanceType: g4dn.xlarge has no arm64 processor, and the image is started as arm64. Write one with a g after the number, e.g. m7g.large.",
    ],
    [
      "connect: { vpc: my-vpc, subnets: [subnet-0123abcd] }",
      'connect.vpc: "my-vpc" is not the id of a VPC. Write one, e.g. vpc-0123456789abcdef0.',
    ],
    [
      "connect: { vpc: vpc-0123abcd }",
      "connect.subnets: it is missing. Write the ids of the subnets of connect.vpc that workers run in.",
    ],
    [
      "connect: { subnets: [subnet-0123abcd] }",
      "connect.vpc: it is missing, and connect.subnets names subnets of it. Write the VPC's id.",
    ],
    [
      "connect: { vpc: vpc-0123abcd, subnets: [10.0.0.0/24, subnet-0123abcd] }",
      'connect.subnets: "10.0.0.0/24" is not the id of a subnet. Write one, e.g. subnet-0123456789abcdef0.',
    ],
    ["connect: { spot: maybe }", 'connect.spot: "maybe" is not true or false. Write true or false.'],
    ["aws: { region: us_east_1 }", 'aws.region: "us_east_1" is not a region of AWS. Write one, e.g. us-east-1.'],
    [
      "{ stage: 2, kafka: { cloud: GCP, region: us-east1 } }",
      "aws.region: it is missing: Kafka does not run in AWS, and this does. Write a region of AWS, e.g. us-east-1.",
    ],
    ["sources: { demo: docker }", "sources.demo: a durable environment has no demo. Write off, or ephemeral: true."],
    [
      "sources: { demo: podman }",
      'sources.demo: "podman" is not one of off, docker or ec2. Write one of them; the default is off.',
    ],
  ])("%s", (text, mistake) => {
    expect(mistakesOf(text)).toEqual([mistake]);
  });

  it("an image that is built has the connector of Snowflake's that is declared", () => {
    const build = (version: string) => `connect: { image: '', build: true, snowflakeVersion: ${version} }`;
    const assembled = () => ({ context: ".sandbox/image", version: "1f2e", snowflake: "2.5.0" });
    expect(environmentOf(configOf(build("2.5.0")), { assembled }).connect.snowflakeVersion).toBe("2.5.0");
    expect(() => environmentOf(configOf(build("4.1.0")), { assembled })).toThrow(
      "connect.snowflakeVersion: the image that is built here has 2.5.0. Write that, or put 4.1.0 into image/connect/pom.xml and run npm run image:assemble -- --accept-checksums.",
    );
  });

  it("an image is built from what is assembled", () => {
    const build = configOf("connect: { image: '', build: true }");
    const assembled = { context: ".sandbox/image", version: "1f2e" };
    expect(mistakesOf("connect: { image: '', build: true }")).toEqual([
      "connect.build: there is nothing to build from yet. Run npm run image:assemble.",
    ]);
    expect(environmentOf(build, { assembled: () => assembled }).connect.image).toEqual(assembled);
  });

  it("days of logs are those that CloudWatch takes", () => {
    expect(mistakesOf("connect: { logDays: 8 }")).toEqual([
      expect.stringMatching(
        /^connect\.logDays: 8 is not one of 1, 3, 5, 7, .* or 3653\. Write one of them; the default is 30\.$/,
      ),
    ]);
  });
});

describe("a source's connection: one mistake each", () => {
  it.each([
    [
      "mssql: { tls: none }",
      'mssql.tls: "none" is not one of verify, trust or off. Write one of them; the default is verify.',
    ],
    [
      "mssql: { tls: trust }",
      "mssql.tls: trust is for development, and this environment is durable. Write verify; if no public authority signed the server's certificate, put that authority's certificate into mssql.ca.",
    ],
    [
      `{ ephemeral: true, mssql: { tls: "off", ca: ${inPem} } }`,
      "mssql.ca: with mssql.tls: off no certificate is checked. Write verify, or take it out.",
    ],
    [
      "mssql: { ca: /etc/ssl/mssql.pem }",
      "mssql.ca: it is not a certificate in PEM form, which starts with -----BEGIN CERTIFICATE-----. Write the whole text, not a file's name.",
    ],
    [
      "mysql: { serverId: 4294967296 }",
      "mysql.serverId: 4294967296 is out of range. Write 1 to 4294967295, or 0 to have it derived.",
    ],
    ["mysql: { serverId: -1 }", "mysql.serverId: -1 is out of range. Write 1 to 4294967295, or 0 to have it derived."],
    [
      "mssql: { settings: fast }",
      'mssql.settings: "fast" is not a group of settings. Write name: value lines below it.',
    ],
  ])("%s", (text, mistake) => {
    expect(mistakesOf(text)).toEqual([mistake]);
  });

  it("two replicas of one server cannot have one id", () => {
    const { mysql } = pipeline.sources;
    if (mysql === undefined) {
      throw new Error("pipeline.ts has no source mysql");
    }
    const twice = {
      ...pipeline,
      sources: {
        ...pipeline.sources,
        shop: { ...mysql, tables: { stores: { kind: "entity", key: "id", columns: { id: { logical: "int32" } } } } },
      },
    };
    const declared = twice as PipelineDeclaration;
    const shop = (host: string, id: number) =>
      `{ shop: { host: ${host}, user: cdc }, mysql: { host: my.example.com, serverId: 5400 } }`.replace(
        "user: cdc",
        `user: cdc, serverId: ${String(id)}`,
      );
    const withPassword = (text: string) =>
      mistakesOf(text, { pipeline: declared }).filter((mistake) => !mistake.startsWith("shop.password"));
    expect(withPassword(shop("my.example.com", 5400))).toEqual([
      "shop.serverId: 5400 is mysql's too, on the same server, which would drop one of the two. Write another number.",
    ]);
    expect(withPassword(shop("my.example.com", 5401))).toEqual([]);
    expect(withPassword(shop("other.example.com", 5400))).toEqual([]);
  });

  it("extra settings: every conflict is named, all at once", () => {
    expect(
      mistakesOf(
        "mssql: { settings: { table.whitelist: dbo.ORDERS, database.history.kafka.topic: x, topic.prefix: y, max.batch.size: 4096 } }",
      ).map((mistake) => mistake.split(":").slice(0, 2).join(":")),
    ).toEqual([
      "mssql.settings: database.history.kafka.topic",
      "mssql.settings: table.whitelist",
      "mssql.settings: topic.prefix",
    ]);
  });
});

describe("what is good", () => {
  it("fills in every default", () => {
    const { connect, demo, awsRegion, databases } = parsed("");
    expect(connect).toEqual({
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
    });
    expect(demo).toEqual({ host: "off", dockerHost: "", address: "127.0.0.1" });
    expect(awsRegion).toBe("us-east-1");
    expect(databases.mssql).toMatchObject({ tls: "verify", ca: "", serverId: 0, settings: {} });
    expect(databases.mysql?.serverId).toBeGreaterThan(0);
  });

  it("takes Kafka's region for AWS, unless it says another or needs none", () => {
    expect(parsed("kafka: { region: eu-west-1 }").awsRegion).toBe("eu-west-1");
    expect(parsed("{ kafka: { region: eu-west-1 }, aws: { region: eu-central-1 } }").awsRegion).toBe("eu-central-1");
    expect(parsed("connect: { placement: onPremises }").awsRegion).toBe("");
    expect(parsed("{ stage: 2, kafka: { cloud: GCP, region: us-east1 }, aws: { region: us-east-1 } }").awsRegion).toBe(
      "us-east-1",
    );
  });

  it("gives a managed connector its place, as text", () => {
    const text =
      "{ connect: { placement: managed, image: '' }, mssql: { tls: trust, position: { partition: { server: mssql }, offset: { event_serial_no: 1 } } } }";
    expect(parsed(text).databases.mssql?.position).toEqual({
      partition: { server: "mssql" },
      offset: { event_serial_no: "1" },
    });
  });

  it("derives an id for each replica, the same each time, another for another stack", () => {
    const id = (stack: string) => environmentOf(configOf(""), { stack }).databases.mysql?.serverId;
    expect(id("dev")).toBe(id("dev"));
    expect(id("dev")).not.toBe(id("prod"));
    expect(parsed("mysql: { serverId: 7 }").databases.mysql?.serverId).toBe(7);
  });

  it("takes certificates, settings as text, and a demo without hosts", () => {
    expect(parsed(`mssql: { ca: ${inPem} }`).databases.mssql?.ca).toBe(pem);
    expect(parsed("mssql: { settings: { max.batch.size: 4096 } }").databases.mssql?.settings).toEqual({
      "max.batch.size": "4096",
    });
    const { databases, demo } = parsed(
      "{ ephemeral: true, sources: { demo: docker }, mssql: { host: '', user: '', tls: trust }, mysql: { tls: trust } }",
    );
    expect(demo.host).toBe("docker");
    expect(databases.mssql).toMatchObject({ host: "", user: "cdc_reader" });
  });

  it.each(["m7g.large", "c8g.medium", "t4g.micro", "r7gd.xlarge", "im4gn.large", "m7g.metal"])(
    "%s is arm64",
    (type) => {
      expect(parsed(`connect: { instanceType: ${type} }`).connect.instanceType).toBe(type);
    },
  );
});
