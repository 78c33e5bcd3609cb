import { types } from "../../sandbox/cloud/aws/common.ts";
import { objectsIn, writeObject } from "../../sandbox/cloud/aws/objects.ts";
import { summaryOf } from "../../sandbox/summary.ts";
import { ending, nameOf, stepsOf, TestStack, whatExists, type Change } from "./harness.ts";

const connector = "confluentcloud:index/connector:Connector";
const bucket = "pipeline-local-lake-123456789012";
const isChange = (step: string) => !/^(refresh|same) /.test(step);

/** A stack with one change after the other, each as it was previewed. */
class ChangedStack extends TestStack {
  async changed(change: Change, args: readonly string[] = []): Promise<string[]> {
    await this.declare(change);
    const preview = await ending(0, this.engine.preview(args));
    const up = await ending(0, this.engine.up(args));
    const steps = stepsOf(up).filter(isChange);
    expect(steps).toEqual(stepsOf(preview).filter(isChange));
    return steps;
  }

  /** What a test puts under a key of the target. */
  readonly with = (config: Record<string, unknown>): Change => ({
    config: Object.fromEntries(Object.entries(config).map(([key, value]) => [`lake.${key}`, value])),
  });

  files(): unknown[] {
    return objectsIn(this.cloud, bucket).map(({ properties }) => properties.key);
  }
}

/** What a lake is made of, but for the rights of its connector's account. */
const things = [
  "BucketLifecycleConfiguration lake-lake-bucket-lifecycle",
  "BucketOwnershipControls lake-lake-bucket-owned",
  "BucketPolicy lake-lake-bucket-policy",
  "BucketPublicAccessBlock lake-lake-bucket-closed",
  "BucketServerSideEncryptionConfiguration lake-lake-bucket-encrypted",
  "Bucket lake-lake-bucket",
  "CatalogDatabase lake-lake-database",
  "CatalogTable lake-lake-table-orders_enriched_history",
  "CatalogTable lake-lake-view-orders_enriched",
  "Connector connect-sink-lake-connector",
  "ManagedStatus connect-sink-lake-status",
  "NamedQuery lake-lake-query-freshness",
  "NamedQuery lake-lake-query-written_twice",
  "Policy lake-lake-readers",
  "PreparedStatement lake-lake-statement-best_customers",
  "PreparedStatement lake-lake-statement-files_of_day",
  "PreparedStatement lake-lake-statement-order_versions",
  "PreparedStatement lake-lake-statement-sales_by_hour",
  "PreparedStatement lake-lake-statement-sales_of_day",
  "ProviderIntegration lake-lake-integration",
  "RolePolicy lake-lake-writer-bucket",
  "Role lake-lake-writer",
  "Workgroup lake-lake-workgroup",
];

const rights = [
  "KafkaAcl sink-lake-create-topic-dlq-lcc*",
  "KafkaAcl sink-lake-create-topic-error-lcc*",
  "KafkaAcl sink-lake-create-topic-success-lcc*",
  "KafkaAcl sink-lake-describe-cluster-kafka-cluster",
  "KafkaAcl sink-lake-read-group-connect-lcc*",
  "KafkaAcl sink-lake-read-topic-ORDERS_ENRICHED",
  "KafkaAcl sink-lake-write-topic-dlq-lcc*",
  "KafkaAcl sink-lake-write-topic-error-lcc*",
  "KafkaAcl sink-lake-write-topic-success-lcc*",
  "RoleBinding sink-lake-DeveloperRead-subject-ORDERS_ENRICHED-key",
  "RoleBinding sink-lake-DeveloperRead-subject-ORDERS_ENRICHED-value",
  "ServiceAccount sink-lake-account",
];

const statusOfSink = ({ cloud }: TestStack) => cloud.all(connector)[0]?.properties.status;

const toDo = (operation: "create" | "delete") => [...things, ...rights].map((thing) => `${operation} ${thing}`).sort();

describe("the life of a lake", () => {
  const stack = new ChangedStack();
  afterAll(() => stack.close());
  let before: readonly string[];

  beforeAll(async () => {
    await stack.declare({ config: { stage: 2 } });
    await ending(0, stack.engine.up());
    before = whatExists(stack.cloud);
  });

  it("comes with the stage, and nothing else is touched", async () => {
    expect(await stack.changed({})).toEqual(toDo("create"));
    expect(whatExists(stack.cloud)).toEqual(expect.arrayContaining([...before]));
    expect(await stack.changed({})).toEqual([]);
    expect(await stack.changed({}, ["--refresh"])).toEqual([]);
  });

  it("has a file where its table looks for files", () => {
    const table = stack.cloud.get(types.catalogTable, "123456789012:pipeline_local:orders_enriched_history");
    const parameters = table?.properties.parameters as Record<string, string>;
    const template = parameters["storage.location.template"] ?? "";
    const folder = template.replace("${dt}", "2026-01-01").replace("${hour}", "00");
    expect(stack.files()).toEqual([
      `${folder.replace(`s3://${bucket}/`, "")}ORDERS_ENRICHED+0+0000000000.snappy.parquet`,
    ]);
  });

  it("is told of by the summary", () => {
    expect(summaryOf(stack.cloud)).toContain(
      [
        `S3: bucket ${bucket} in us-east-1, encrypted with S3's own key, 1 file; files go after 7 days`,
        "Glue: database pipeline_local in us-east-1",
        "  orders_enriched          view   11 columns",
        "  orders_enriched_history  table  13 columns, by dt and hour, from 2026-11-01 on",
        "Athena: workgroup pipeline-local-lake, reads 1024 MB a query at most",
        "  best_customers  statement  Who bought most between two days, each order counted once as it was last?",
      ].join("\n"),
    );
    expect(summaryOf(stack.cloud)).toContain(
      "IAM: policy pipeline-local-lake-readers, nobody has it: Asks questions of lake in Athena, and reads its files",
    );
  });

  it("is changed in place, and only what the change is about", async () => {
    const more = { minutesPerFile: 60, keepDays: 30, readers: ["group/analysts"] };
    expect(await stack.changed(stack.with({ since: "2026-11-15", scanLimitMb: 100, ...more }))).toEqual([
      "create GroupPolicyAttachment lake-lake-reader-group-analysts",
      "update BucketLifecycleConfiguration lake-lake-bucket-lifecycle",
      "update CatalogTable lake-lake-table-orders_enriched_history",
      "update Connector connect-sink-lake-connector",
      "update ManagedStatus connect-sink-lake-status",
      "update Workgroup lake-lake-workgroup",
    ]);
  });

  it("takes a key of the user's own, pauses, and gives both up again", async () => {
    const kmsKey = "arn:aws:kms:us-east-1:123456789012:key/0fa4e";
    expect(await stack.changed(stack.with({ kmsKey, paused: true }))).toEqual([
      "delete GroupPolicyAttachment lake-lake-reader-group-analysts",
      "update BucketLifecycleConfiguration lake-lake-bucket-lifecycle",
      "update BucketServerSideEncryptionConfiguration lake-lake-bucket-encrypted",
      "update CatalogTable lake-lake-table-orders_enriched_history",
      "update Connector connect-sink-lake-connector",
      "update ManagedStatus connect-sink-lake-status",
      "update Policy lake-lake-readers",
      "update RolePolicy lake-lake-writer-bucket",
      "update Workgroup lake-lake-workgroup",
    ]);
    expect(statusOfSink(stack)).toBe("PAUSED");
    await stack.changed({});
    expect(statusOfSink(stack)).toBe("RUNNING");
  });

  it("goes to another folder with another sink, which begins anew beside what is there", async () => {
    expect(await stack.changed(stack.with({ folder: "v2" }))).toEqual([
      "create-replacement Connector connect-sink-lake-connector",
      "delete-replaced Connector connect-sink-lake-connector",
      "replace Connector connect-sink-lake-connector",
      "update CatalogTable lake-lake-table-orders_enriched_history",
      "update ManagedStatus connect-sink-lake-status",
      "update Policy lake-lake-readers",
      "update RolePolicy lake-lake-writer-bucket",
    ]);
    expect(stack.files().map((file) => String(file).split("/")[0])).toEqual(["topics", "v2"]);
  });

  it("goes with the stage, with its files, and leaves the rest as it was", async () => {
    expect(await stack.changed({ config: { stage: 2 } })).toEqual(toDo("delete"));
    expect(whatExists(stack.cloud)).toEqual(before);
  });
});

describe("a lake that cannot be filled", () => {
  const stack = new ChangedStack();
  afterAll(() => stack.close());

  it("stops before the sink while its role lacks a right, and goes on with it", async () => {
    await stack.declare();
    stack.provider.intervene = (operation, urn) =>
      operation === "create" && nameOf(urn) === "lake-lake-writer-bucket" ? "fail" : undefined;
    const up = await stack.engine.up(["--continue-on-error"]);
    expect(up.code).not.toBe(0);
    const made = stack.cloud.all().map(({ type }) => type.split(":").at(-1));
    expect(made).toContain("Role");
    expect(made).not.toContain("Connector");
    stack.provider.intervene = () => undefined;
    await ending(0, stack.engine.up());
    expect(stack.files()).toHaveLength(1);
  });

  it("says what its role lacks, is there but not well, and runs as soon as the role has it", async () => {
    const policy = stack.cloud.find(types.rolePolicy, ({ role }) => role === "pipeline-local-sink-lake");
    stack.cloud.delete(types.rolePolicy, policy?.id ?? "");
    const urn =
      (await stack.engine.state()).find((resource) => resource.urn.endsWith("-sink-lake-connector"))?.urn ?? "";
    const up = await stack.engine.up(["--replace", urn]);
    expect(up.code).not.toBe(0);
    expect(up.output).toContain("is not authorized to perform: s3:ListAllMyBuckets on resource: arn:aws:s3:::*");
    expect(statusOfSink(stack)).toBe("FAILED");
    if (policy !== undefined) {
      stack.cloud.put(policy);
    }
    await ending(0, stack.engine.up());
    expect(statusOfSink(stack)).toBe("RUNNING");
  });

  it("is taken down with all that is in it", async () => {
    writeObject(stack.cloud, bucket, "topics/ORDERS_ENRICHED/by-hand.snappy.parquet");
    await ending(0, stack.engine.destroy(["--skip-preview"]));
    expect(stack.cloud.all()).toEqual([]);
  });
});

describe("a lake that lasts", () => {
  const stack = new TestStack("prod");
  afterAll(() => stack.close());
  const buckets = () => stack.cloud.all(types.bucket);
  const lakes = () => stack.cloud.all().filter(({ type }) => /^aws:(s3|glue|athena)/.test(type));

  it("is not let go of with its target", async () => {
    await stack.declare();
    await ending(0, stack.engine.up());
    expect(buckets().map(({ properties }) => properties.forceDestroy)).toEqual([false]);
    const before = lakes().length;
    await stack.declare({ config: { stage: 2 } });
    const without = await stack.engine.preview();
    expect(without.code).not.toBe(0);
    expect(without.output).toMatch(/(lake-lake-bucket|connect-sink-lake-connector)[^]*cannot be deleted/);
    expect(without.output).toContain("pulumi state unprotect");
    expect(lakes()).toHaveLength(before);
  });

  it("is not thrown away with files in it, even by who may", async () => {
    await stack.engine.call(["state", "unprotect", "--all", "--yes", "--stack", "prod"]);
    const up = await stack.engine.up(["--continue-on-error"]);
    expect(up.code).not.toBe(0);
    expect(up.output).toContain("BucketNotEmpty: The bucket you tried to delete is not empty. It has 1 objects.");
    expect(buckets()).toHaveLength(1);
  });

  it("goes once it has been emptied", async () => {
    objectsIn(stack.cloud, String(buckets()[0]?.id)).forEach(({ type, id }) => stack.cloud.delete(type, id));
    await ending(0, stack.engine.up());
    expect(lakes()).toEqual([]);
  });
});
