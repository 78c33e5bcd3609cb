import { types } from "../../../sandbox/cloud/aws/common.ts";
import { Inventory } from "../../../sandbox/cloud/inventory.ts";
import { instancesOf } from "../../../sandbox/cloud/instances.ts";
import { fetchSecrets, keptOf, unresolvedSecret } from "../../../sandbox/cloud/sinkSecrets.ts";

const region = "eu-west-1";
const path = "/pipeline-dev-workers";
const name = `${path}/sinks/jdbc`;
const config = {
  "consumer.override.sasl.jaas.config": "${file:/run/connect/secrets.properties:sink-jdbc.kafka.jaas}",
  topics: "ORDERS",
};
const arnOf = (resource: string) => `arn:aws:ssm:${region}:123456789012:parameter${resource}`;

/** Two workers whose role may read `resources`, and the secrets of one sink. */
function cloudWith(resources = [arnOf(path), arnOf(`${path}/*`)]): Inventory {
  const cloud = new Inventory();
  const put = (type: string, id: string, properties: Record<string, unknown>) =>
    cloud.put({ id, type, properties: { region, name: id, ...properties } });
  const Statement = [{ Effect: "Allow", Action: ["ssm:GetParametersByPath", "ssm:GetParameter"], Resource: resources }];
  put(types.role, "workers", { arn: "arn:aws:iam::123456789012:role/workers" });
  put(types.rolePolicy, "workers", { role: "workers", policy: JSON.stringify({ Statement }) });
  put(types.instanceProfile, "profile", { arn: "arn:aws:iam::123456789012:instance-profile/p", role: "workers" });
  put(types.launchTemplate, "lt-1", {
    iamInstanceProfile: { arn: "arn:aws:iam::123456789012:instance-profile/p" },
    userData: Buffer.from(`#!/bin/bash\npath='${path}'\n`).toString("base64"),
    tagSpecifications: [{ resourceType: "instance", tags: { "pipeline-release": "1" } }],
  });
  put(types.group, "group", { desiredCapacity: 2, launchTemplate: { id: "lt-1" } });
  change(cloud);
  return cloud;
}

function change(cloud: Inventory, properties = { region }): void {
  const hidden = keptOf("sink-jdbc.kafka.jaas=hush\nsink-jdbc.connection.password=hush\nhush");
  cloud.put({ id: name, type: types.parameter, properties, hidden });
}

const fetched = (cloud: Inventory, index: number) => {
  const instance = instancesOf(cloud)[index];
  return instance === undefined ? "no such instance" : fetchSecrets(cloud, instance);
};

it("a sink starts once every instance has fetched its secrets, and again after each change", () => {
  const cloud = cloudWith();
  expect(unresolvedSecret(cloud, config)).toContain("Login module control flag is not available in the JAAS config");
  expect(fetched(cloud, 0)).toBeUndefined();
  expect(unresolvedSecret(cloud, config)).toBeDefined();
  expect(fetched(cloud, 1)).toBeUndefined();
  expect(unresolvedSecret(cloud, config)).toBeUndefined();
  change(cloud);
  expect(unresolvedSecret(cloud, config)).toBeDefined();
});

it("a key that no parameter has is not resolved, and a source's is none of theirs", () => {
  const cloud = cloudWith();
  [0, 1].forEach((index) => fetched(cloud, index));
  const other = "${file:/run/connect/secrets.properties:sink-finance.kafka.jaas}";
  expect(unresolvedSecret(cloud, { ...config, "producer.override.sasl.jaas.config": other })).toBeDefined();
  expect(unresolvedSecret(cloud, { a: "${file:/run/connect/secrets.properties:mssql.password}" })).toBeUndefined();
});

it("workers elsewhere have a file that the cloud knows nothing of", () => {
  expect(unresolvedSecret(new Inventory(), config)).toBeUndefined();
});

it.each([
  [[arnOf(`${path}/*`)], "GetParametersByPath", path],
  [[arnOf(path)], "GetParameter", name],
  [[], "GetParametersByPath", path],
])("a role that may read %j is refused %s on %s", (resources, call, resource) => {
  const cloud = cloudWith(resources);
  expect(fetched(cloud, 0)).toContain(
    `not authorized to perform: ssm:${call} on resource: ${arnOf(resource)} because no identity-based policy`,
  );
  expect(cloud.get(types.parameter, name)?.hidden?.fetchedOn).toEqual([]);
});

it("another region's parameters are not found", () => {
  const cloud = cloudWith();
  change(cloud, { region: "us-east-1" });
  [0, 1].forEach((index) => fetched(cloud, index));
  expect(unresolvedSecret(cloud, config)).toBeDefined();
});

it("the journal gets no part of a value", () => {
  expect(JSON.stringify(cloudWith().all())).not.toContain("hush");
});
