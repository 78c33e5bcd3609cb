import { targetsOfKind } from "../../model/targets/registry.ts";
import { configOf, environmentOf, mistakesOf } from "./configs.ts";

const secretKeys = new Set(["pipeline:mssql", "pipeline:mysql", "pipeline:jdbc"]);

describe("a target of kind jdbc", () => {
  const on = (more: string, targets = "[jdbc]") => `targets: ${targets}\njdbc: { ${more} }`;

  it("has every default that nobody gives", () => {
    const { targets } = environmentOf(configOf(on("host: db.example.com, database: shop, password: encrypted")), {
      secretKeys,
    });
    expect(targetsOfKind(targets, "jdbc")[0]?.config).toEqual({
      target: "jdbc",
      system: "postgres",
      host: "db.example.com",
      port: 5432,
      database: "shop",
      schema: "pipeline",
      user: "pipeline_writer",
      password: "encrypted",
      tls: "verify",
      ca: "",
      paused: false,
      settings: {},
    });
  });

  it("is told everything that is wrong at once", () => {
    const wrong =
      "system: mySql, host: 'db.example.com:3306/', port: 70000, database: 'a b', schema: x, user: root, password: encrypted, ca: none, settings: { insert.mode: insert }";
    expect(mistakesOf(on(wrong), { secretKeys })).toEqual([
      "jdbc.port: 70000 is not a port. Write a number from 1 to 65535, or 0 for the usual one.",
      "jdbc.ca: it is not a certificate in PEM form, which starts with -----BEGIN CERTIFICATE-----. Write the whole text, not a file's name.",
      "jdbc.settings: insert.mode: the pipeline sets it itself: a table has the current rows of its topic, by their key. Take it out.",
      'jdbc.host: "db.example.com:3306/" is more than a host. Write its name or address alone; port and database have keys of their own.',
      'jdbc.database: "a b" cannot stand in the address of a database: it has a space in it, or one of / ? & = % # ;. Write another name.',
      "jdbc.user: root may do far more than this needs. Write pipeline_writer, which the script of npm run targets:sql makes.",
      "jdbc.schema: mySql has no schemas in a database. Take it out.",
    ]);
  });
});

describe("a target of kind redshift", () => {
  const on = (more: string) => `targets: [redshift]\nredshift: { ${more} }`;
  const made = "vpc: vpc-1, subnets: [a, b, c], allowedIps: [203.0.113.0/24]";

  it("is made where no host is given, and has no connector before there is a password", () => {
    const { targets } = environmentOf(configOf(on(made)));
    expect(targetsOfKind(targets, "redshift")[0]?.config).toMatchObject({
      host: undefined,
      password: "",
      made: { region: "us-east-1", capacity: 8, adminPassword: "" },
    });
  });

  it("needs to know where it is made, and for whom it opens", () => {
    expect(mistakesOf(on("capacity: 9, allowedIps: [0.0.0.0/0]"))).toEqual([
      "redshift.vpc: it is missing. Write the id of the VPC that the workgroup is made in. Or write redshift.host, of a workgroup that is there.",
      "redshift.subnets: a workgroup needs three subnets or more, in three zones. Write their ids. Or write redshift.host, of a workgroup that is there.",
      "redshift.allowedIps: it holds every address there is. Write those that Confluent's connectors come from.",
      "redshift.capacity: 9 RPU is not to be had. Write 8 to 512, in steps of 8.",
    ]);
  });

  it("that is there is not made as well, and has a password", () => {
    expect(mistakesOf(on("host: w.1.us-east-1.redshift-serverless.amazonaws.com, vpc: vpc-1, user: awsuser"))).toEqual([
      "redshift.user: awsuser may do far more than this needs. Write pipeline_loader, whose rights the script of npm run targets:sql gives it.",
      "redshift.password: it is missing. Set it: pulumi config set --path --secret redshift.password …",
      "redshift.vpc: it is of a workgroup that is made, and redshift.host names one that is there. Take one of them out.",
    ]);
  });

  it("takes rows from Kafka in AWS only", () => {
    const elsewhere = "kafka: { cloud: GCP, region: us-central1 }\naws: { region: us-east-1 }";
    expect(mistakesOf(`${on(`${made}, region: us-east-1`)}\n${elsewhere}`)).toEqual([
      "targets: redshift takes rows from Kafka in AWS only, where Confluent's sink for Redshift runs, and kafka.cloud is GCP. Take it out.",
    ]);
  });
});
