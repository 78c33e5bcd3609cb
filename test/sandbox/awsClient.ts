import type { Metadata } from "@grpc/grpc-js";
import anyPb from "google-protobuf/google/protobuf/any_pb.js";
import providerPb from "@pulumi/pulumi/proto/provider_pb.js";
import statusPb from "@pulumi/pulumi/proto/status_pb.js";
import { aws } from "../../sandbox/cloud/aws.ts";
import { types } from "../../sandbox/cloud/aws/common.ts";
import { Inventory, type Properties } from "../../sandbox/cloud/inventory.ts";
import { ProviderClient, type Made } from "./providerClient.ts";

export const region = "eu-central-1";

/** A simulated provider of AWS for one region. */
export async function startAws(cloud = new Inventory()): Promise<ProviderClient> {
  const client = await ProviderClient.start(cloud, aws);
  await client.configure({ region });
  return client;
}

export const trustPolicy = JSON.stringify({
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Action: "sts:AssumeRole", Principal: { Service: "ec2.amazonaws.com" } }],
});

export const policy = JSON.stringify({
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Action: ["logs:PutLogEvents"], Resource: ["*"] }],
});

export const bucketPolicy = JSON.stringify({
  Version: "2012-10-17",
  Statement: [
    {
      Effect: "Deny",
      Principal: "*",
      Action: ["s3:*"],
      Resource: ["arn:aws:s3:::demo-lake", "arn:aws:s3:::demo-lake/*"],
      Condition: { Bool: { "aws:SecureTransport": "false" } },
    },
  ],
});

const parquet = "org.apache.hadoop.hive.ql.io.parquet";

/** A table as the lake has it: Parquet files in folders by day and hour, which Athena finds by itself. */
export const historyTable = {
  name: "orders_history",
  databaseName: "demo",
  tableType: "EXTERNAL_TABLE",
  owner: "pipeline",
  parameters: {
    "projection.enabled": "true",
    "projection.dt.type": "date",
    "projection.dt.format": "yyyy-MM-dd",
    "projection.dt.range": "2026-11-26,NOW",
    "projection.dt.interval": "1",
    "projection.dt.interval.unit": "DAYS",
    "projection.hour.type": "integer",
    "projection.hour.range": "0,23",
    "projection.hour.digits": "2",
    "storage.location.template": "s3://demo-lake/topics/ORDERS/dt=${dt}/hour=${hour}/",
  },
  partitionKeys: [
    { name: "dt", type: "string" },
    { name: "hour", type: "int" },
  ],
  storageDescriptor: {
    columns: [
      { name: "order_id", type: "int" },
      { name: "order_total_usd", type: "decimal(5,2)" },
    ],
    location: "s3://demo-lake/topics/ORDERS/",
    inputFormat: `${parquet}.MapredParquetInputFormat`,
    outputFormat: `${parquet}.MapredParquetOutputFormat`,
    serDeInfo: { name: "parquet", serializationLibrary: `${parquet}.serde.ParquetHiveSerDe` },
  },
};

export function base64(text: string): string {
  return Buffer.from(text).toString("base64");
}

/** A network with a subnet and a security group. */
export async function makeNetwork(client: ProviderClient) {
  const vpc = await client.create(types.vpc, { cidrBlock: "10.0.0.0/24" });
  const gateway = await client.create(types.internetGateway, { vpcId: vpc.id });
  const table = await client.create(types.routeTable, { vpcId: vpc.id });
  const subnet = await client.create(types.subnet, {
    vpcId: vpc.id,
    cidrBlock: "10.0.0.0/25",
    mapPublicIpOnLaunch: true,
  });
  const group = await client.create(types.securityGroup, { name: "workers", description: "workers", vpcId: vpc.id });
  return { vpc, gateway, table, subnet, group };
}

/** Instances that run in the network. */
export async function makeGroup(
  client: ProviderClient,
  { subnet, group }: { subnet: Made; group: Made },
  { template: changes = {}, ...inputs }: Properties & { template?: Properties } = {},
) {
  const template = await client.create(types.launchTemplate, {
    name: "workers",
    instanceType: "m7g.large",
    imageId: "resolve:ssm:/al2023-arm64",
    vpcSecurityGroupIds: [group.id],
    userData: base64("docker run --log-opt awslogs-group=workers-logs"),
    ...changes,
  });
  const instances = await client.create(types.group, {
    name: "workers",
    minSize: 1,
    maxSize: 1,
    vpcZoneIdentifiers: [subnet.id],
    launchTemplate: { id: template.id, version: "1" },
    ...inputs,
  });
  return { template, instances };
}

/** What was made though its creation failed, as the engine reads it from the error. */
export async function halfMade(creation: Promise<unknown>): Promise<Made & { reasons: readonly string[] }> {
  const error = await creation.then(
    () => new Error("it did not fail"),
    (reason: unknown) => reason as Error,
  );
  const [bytes] = "metadata" in error ? (error.metadata as Metadata).get("grpc-status-details-bin") : [];
  if (!Buffer.isBuffer(bytes)) {
    throw new Error(`nothing was made: ${error.message}`, { cause: error });
  }
  const [detail = new anyPb.Any()] = statusPb.Status.deserializeBinary(bytes).getDetailsList();
  const failed = providerPb.ErrorResourceInitFailed.deserializeBinary(detail.getValue_asU8());
  return {
    id: failed.getId(),
    properties: { ...failed.getProperties()?.toJavaScript() },
    reasons: failed.getReasonsList(),
  };
}
