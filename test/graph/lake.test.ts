import { readFileSync } from "node:fs";
import { historyTable } from "../../model/lake/glueTable.ts";
import { glueView, viewFile, viewSql } from "../../model/lake/view.ts";
import { guardrails } from "../../policy/guardrails.ts";
import { lakeOf } from "../unit/model/lake/tables.ts";
import { graphOf, kind, named, ofKind, type Registration } from "./harness.ts";

const bucketName = "pipeline-local-lake-123456789012";
const policyOf = (item: Registration) =>
  JSON.parse(String(item.inputs.policy)) as { Statement: { Action: string | string[]; Resource: string | string[] }[] };
const dependsOn = (item: Registration) => item.dependsOn.map((urn) => urn.split("::").at(-1));

describe("a lake of files", () => {
  let graph: Registration[];
  beforeAll(async () => {
    graph = await graphOf("local", {
      "pipeline:lake": { since: "2026-11-01", readers: ["role/Analysts", "group/finance", "user/ann"] },
    });
  });

  it("is all that it takes, and in its own region", () => {
    const its = graph.filter(({ name, custom }) => custom && name.startsWith("lake-lake-"));
    expect(its.map((item) => `${kind(item)} ${item.name}`).sort()).toEqual([
      "Bucket lake-lake-bucket",
      "BucketLifecycleConfiguration lake-lake-bucket-lifecycle",
      "BucketOwnershipControls lake-lake-bucket-owned",
      "BucketPolicy lake-lake-bucket-policy",
      "BucketPublicAccessBlock lake-lake-bucket-closed",
      "BucketServerSideEncryptionConfiguration lake-lake-bucket-encrypted",
      "CatalogDatabase lake-lake-database",
      "CatalogTable lake-lake-table-orders_enriched_history",
      "CatalogTable lake-lake-view-orders_enriched",
      "GroupPolicyAttachment lake-lake-reader-group-finance",
      "NamedQuery lake-lake-query-freshness",
      "NamedQuery lake-lake-query-written_twice",
      "Policy lake-lake-readers",
      "PreparedStatement lake-lake-statement-best_customers",
      "PreparedStatement lake-lake-statement-files_of_day",
      "PreparedStatement lake-lake-statement-order_versions",
      "PreparedStatement lake-lake-statement-sales_by_hour",
      "PreparedStatement lake-lake-statement-sales_of_day",
      "ProviderIntegration lake-lake-integration",
      "Role lake-lake-writer",
      "RolePolicy lake-lake-writer-bucket",
      "RolePolicyAttachment lake-lake-reader-role-Analysts",
      "UserPolicyAttachment lake-lake-reader-user-ann",
      "Workgroup lake-lake-workgroup",
    ]);
    const ofAws = its.filter(({ type }) => type.startsWith("aws:"));
    expect(new Set(ofAws.map(({ provider }) => provider))).toEqual(
      new Set(["pulumi:providers:aws::aws-lake-provider"]),
    );
    expect(named(graph, "aws-lake-provider").inputs.region).toBe("us-east-1");
  });

  it("has a bucket that is the account's alone, and empties itself in a demo", () => {
    expect(named(graph, "lake-lake-bucket").inputs).toEqual({ bucket: bucketName, forceDestroy: true });
    expect(named(graph, "lake-lake-bucket-closed").inputs).toMatchObject({
      blockPublicAcls: true,
      blockPublicPolicy: true,
      ignorePublicAcls: true,
      restrictPublicBuckets: true,
    });
    expect(named(graph, "lake-lake-bucket-owned").inputs.rule).toEqual({ objectOwnership: "BucketOwnerEnforced" });
    expect(named(graph, "lake-lake-bucket-encrypted").inputs.rules).toEqual([
      { applyServerSideEncryptionByDefault: { sseAlgorithm: "AES256" } },
    ]);
    expect(named(graph, "lake-lake-bucket-lifecycle").inputs.rules).toEqual([
      {
        id: "uploads",
        status: "Enabled",
        filter: { prefix: "" },
        abortIncompleteMultipartUpload: { daysAfterInitiation: 1 },
      },
      { id: "expiry", status: "Enabled", filter: { prefix: "" }, expiration: { days: 7 } },
    ]);
    expect(dependsOn(named(graph, "lake-lake-bucket-policy"))).toContain("lake-lake-bucket-closed");
  });

  it("breaks the circle of integration and role: the ARN follows from the name", () => {
    const integration = "«confluentcloud:index/providerIntegration:ProviderIntegration::lake-lake-integration|";
    expect(named(graph, "lake-lake-integration").inputs).toEqual({
      displayName: "pipeline-local-lake",
      environment: { id: "«confluentcloud:index/environment:Environment::kafka-environment|id»" },
      aws: { customerRoleArn: "arn:aws:iam::123456789012:role/pipeline-local-sink-lake" },
    });
    const role = named(graph, "lake-lake-writer");
    expect(role.inputs.name).toBe("pipeline-local-sink-lake");
    expect(JSON.parse(String(role.inputs.assumeRolePolicy))).toEqual({
      Version: "2012-10-17",
      Statement: [
        {
          Effect: "Allow",
          Principal: { AWS: `${integration}aws.iamRoleArn»` },
          Action: "sts:AssumeRole",
          Condition: { StringEquals: { "sts:ExternalId": `${integration}aws.externalId»` } },
        },
      ],
    });
    expect(
      policyOf(named(graph, "lake-lake-writer-bucket"))
        .Statement.flatMap(({ Resource }) => Resource)
        .sort(),
    ).toEqual(["*", `arn:aws:s3:::${bucketName}`, `arn:aws:s3:::${bucketName}/topics/*`]);
  });

  it("has a connector that comes with everything it needs, and begins anew with another folder", () => {
    const connector = named(graph, "connect-sink-lake-connector");
    expect(connector.inputs.configNonsensitive).toMatchObject({
      "connector.class": "S3_SINK",
      name: "sink-lake",
      topics: "ORDERS_ENRICHED",
      "s3.bucket.name": bucketName,
      "s3.region": "us-east-1",
      "topics.dir": "topics",
      "flush.size": "100000",
      "rotate.schedule.interval.ms": "600000",
      "provider.integration.id":
        "«confluentcloud:index/providerIntegration:ProviderIntegration::lake-lake-integration|id»",
    });
    expect(connector.inputs.configSensitive).toEqual({});
    expect(dependsOn(connector)).toEqual(
      expect.arrayContaining([
        "lake-lake-writer-bucket",
        "lake-lake-bucket-policy",
        "lake-lake-bucket-encrypted",
        "topics-ORDERS_ENRICHED",
      ]),
    );
    expect(connector.replaceOnChanges).toContain('configNonsensitive["topics.dir"]');
    expect(connector.replaceWith.map((urn) => urn.split("::").at(-1)).sort()).toEqual([
      "lake-lake-bucket",
      "topics-ORDERS_ENRICHED",
    ]);
  });

  it("has a table and a view in Glue that know where files are", () => {
    const table = named(graph, "lake-lake-table-orders_enriched_history").inputs as {
      readonly parameters: Readonly<Record<string, string>>;
      readonly storageDescriptor: { readonly location: string };
    };
    expect(table).toMatchObject({ name: "orders_enriched_history", tableType: "EXTERNAL_TABLE" });
    expect(table.parameters["storage.location.template"]).toBe(
      `s3://${bucketName}/topics/ORDERS_ENRICHED/dt=\${dt}/hour=\${hour}/`,
    );
    expect(table.parameters["projection.dt.range"]).toBe("2026-11-01,NOW");
    expect(table.storageDescriptor.location).toBe(`s3://${bucketName}/topics/ORDERS_ENRICHED/`);
    const view = named(graph, "lake-lake-view-orders_enriched");
    expect(view.inputs).toMatchObject({ name: "orders_enriched", tableType: "VIRTUAL_VIEW" });
    expect(dependsOn(view)).toContain("lake-lake-table-orders_enriched_history");
    const text = Buffer.from(String(view.inputs.viewOriginalText).split(" ")[3] ?? "", "base64").toString();
    expect(text).toContain("FROM pipeline_local.orders_enriched_history");
  });

  it("hands Glue over what the tests on Trino do", () => {
    const enriched = lakeOf("ORDERS_ENRICHED");
    const inDatabase = { databaseName: named(graph, "lake-lake-database").inputs.name };
    expect(named(graph, "lake-lake-table-orders_enriched_history").inputs).toEqual({
      ...historyTable(enriched, { bucket: bucketName, folder: "topics" }, "2026-11-01"),
      ...inDatabase,
    });
    const sql = viewSql(enriched, readFileSync(viewFile("facts"), "utf8"), "pipeline_local");
    expect(named(graph, "lake-lake-view-orders_enriched").inputs).toEqual({
      ...glueView(enriched, sql, "pipeline_local"),
      ...inDatabase,
    });
  });

  it("has a workgroup whose limits nobody can lift, and whose results Athena keeps", () => {
    expect(named(graph, "lake-lake-workgroup").inputs).toEqual({
      name: "pipeline-local-lake",
      description: "Questions to lake",
      forceDestroy: true,
      configuration: {
        enforceWorkgroupConfiguration: true,
        bytesScannedCutoffPerQuery: 1_073_741_824,
        publishCloudwatchMetricsEnabled: true,
        engineVersion: { selectedEngineVersion: "Athena engine version 3" },
        managedQueryResultsConfiguration: { enabled: true },
      },
    });
    expect(named(graph, "lake-lake-statement-sales_of_day").inputs).toEqual({
      name: "sales_of_day",
      description: "What was sold on a day, by item?",
      workgroup: "pipeline-local-lake",
      queryStatement:
        "SELECT\n    item,\n    COUNT(*) AS orders,\n    SUM(order_total_usd) AS total_usd\nFROM orders_enriched\nWHERE dt = ?\nGROUP BY item\nORDER BY total_usd DESC, item",
    });
  });

  it("lets those read who are named", () => {
    const attached = ofKind(graph, "RolePolicyAttachment", "GroupPolicyAttachment", "UserPolicyAttachment").filter(
      ({ name }) => name.startsWith("lake-"),
    );
    expect(attached.map(({ inputs }) => inputs.role ?? inputs.group ?? inputs.user).sort()).toEqual([
      "Analysts",
      "ann",
      "finance",
    ]);
    const { Statement } = policyOf(named(graph, "lake-lake-readers"));
    expect(Statement.flatMap(({ Resource }) => Resource)).toEqual(
      expect.arrayContaining([
        "arn:aws:athena:us-east-1:123456789012:workgroup/pipeline-local-lake",
        "arn:aws:glue:us-east-1:123456789012:table/pipeline_local/*",
        `arn:aws:s3:::${bucketName}/topics/*`,
      ]),
    );
  });

  it("keeps every guardrail", () => {
    expect(graph.flatMap((resource) => guardrails.flatMap((guardrail) => guardrail(resource)))).toEqual([]);
  });
});

it("is protected where it lasts: nothing empties it, versions are kept for a while, and old files move to cheaper tiers", async () => {
  const key = "arn:aws:kms:us-east-1:123456789012:key/1";
  const graph = await graphOf("prod", {
    "pipeline:lake": { since: "2026-11-01", kmsKey: key, keepDays: 400, bucket: "kept" },
  });
  expect(named(graph, "lake-lake-bucket")).toMatchObject({
    protect: true,
    inputs: { bucket: "kept", forceDestroy: false },
  });
  expect(named(graph, "lake-lake-workgroup").inputs.forceDestroy).toBe(false);
  expect(named(graph, "lake-lake-bucket-versioned").inputs.versioningConfiguration).toEqual({ status: "Enabled" });
  expect(named(graph, "lake-lake-bucket-encrypted").inputs.rules).toEqual([
    {
      applyServerSideEncryptionByDefault: { sseAlgorithm: "aws:kms", kmsMasterKeyId: key },
      bucketKeyEnabled: true,
    },
  ]);
  expect(named(graph, "lake-lake-bucket-lifecycle").inputs.rules).toEqual([
    {
      id: "uploads",
      status: "Enabled",
      filter: { prefix: "" },
      abortIncompleteMultipartUpload: { daysAfterInitiation: 7 },
    },
    {
      id: "tiers",
      status: "Enabled",
      filter: { prefix: "" },
      transitions: [{ days: 30, storageClass: "INTELLIGENT_TIERING" }],
    },
    { id: "expiry", status: "Enabled", filter: { prefix: "" }, expiration: { days: 400 } },
    {
      id: "versions",
      status: "Enabled",
      filter: { prefix: "" },
      noncurrentVersionExpiration: { noncurrentDays: 30 },
    },
  ]);
  expect(named(graph, "connect-sink-lake-connector").inputs.configNonsensitive).toMatchObject({
    "s3.ssea.name": "aws:kms",
    "s3.sse.kms.key.id": key,
  });
});

it("is kept by Tableflow as Iceberg tables, with no connector and no tables of ours", async () => {
  const graph = await graphOf("prod", { "pipeline:lake": { format: "iceberg" } });
  expect(graph.filter(({ name }) => name.startsWith("connect-sink-lake"))).toEqual([]);
  expect(ofKind(graph, "CatalogTable", "PreparedStatement", "NamedQuery")).toEqual([]);
  const integration = "«confluentcloud:index/providerIntegration:ProviderIntegration::lake-lake-integration|id»";
  expect(named(graph, "tableflow-lake-ORDERS_ENRICHED")).toMatchObject({
    protect: true,
    inputs: {
      displayName: "ORDERS_ENRICHED",
      tableFormats: ["ICEBERG"],
      byobAws: { bucketName: "pipeline-prod-lake-123456789012", providerIntegrationId: integration },
      errorHandling: { mode: "LOG", logTarget: "dlq.lake" },
      metadataColumnNamingScheme: "PORTABLE",
    },
  });
  expect(named(graph, "tableflow-lake-catalog").inputs).toMatchObject({
    displayName: "lake",
    awsGlue: { providerIntegrationId: integration, customDatabase: "pipeline_prod" },
  });
  expect(dependsOn(named(graph, "tableflow-lake-ORDERS_ENRICHED"))).toEqual(
    expect.arrayContaining(["lake-lake-writer-bucket", "lake-lake-writer-catalog", "statements-ORDERS_ENRICHED"]),
  );
  expect(named(graph, "tableflow-lake-key").inputs.managedResource).toMatchObject({
    id: "tableflow",
    apiVersion: "tableflow/v1",
    kind: "Tableflow",
  });
  const roles = ofKind(graph, "RoleBinding").filter(({ name }) => name.startsWith("tableflow-"));
  expect(roles.map(({ inputs }) => inputs.roleName).sort()).toEqual(["Assigner", "CloudClusterAdmin"]);
  expect(dependsOn(named(graph, "tableflow-lake-key"))).toEqual(
    expect.arrayContaining(["tableflow-lake-cluster", "tableflow-lake-integration"]),
  );
  expect(policyOf(named(graph, "lake-lake-writer-catalog")).Statement).toEqual([
    {
      Effect: "Allow",
      Action: [
        "glue:CreateDatabase",
        "glue:CreateTable",
        "glue:DeleteTable",
        "glue:GetDatabase",
        "glue:GetTable",
        "glue:UpdateDatabase",
        "glue:UpdateTable",
      ],
      Resource: [
        "arn:aws:glue:us-east-1:123456789012:catalog",
        "arn:aws:glue:us-east-1:123456789012:database/pipeline_prod",
        "arn:aws:glue:us-east-1:123456789012:table/pipeline_prod/*",
      ],
    },
  ]);
});
