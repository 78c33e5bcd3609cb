import { isObject, valueAt } from "../check.ts";
import { CloudError, type Inventory, type Properties, type Thing } from "../inventory.ts";
import { between, conflicting, every, exactlyOne, lengthBetween, matching, oneOf } from "../rules.ts";
import type { SimulatedResource } from "../simulated.ts";
import { arn, assumed, listIn, moment, nameOf, regional, required, sameAs, textOf, types } from "./common.ts";
import { checkPlace, checkProfile, mismatch } from "./compute.ts";
import { templateOf } from "./running.ts";
import { zonesOf } from "./zones.ts";

const preferences = "instanceRefresh.preferences";

const group = regional({
  computed: ["arn", "availabilityZones", "defaultCooldown", "desiredCapacity", "healthCheckType", "vpcZoneIdentifiers"],
  replacedBy: ["name", "namePrefix", "initialLifecycleHooks"],
  autoNamed: "name",
  defaults: {
    forceDelete: false,
    forceDeleteWarmPool: false,
    healthCheckGracePeriod: 300,
    ignoreFailedScalingActivities: false,
    metricsGranularity: "1Minute",
    protectFromScaleIn: false,
    waitForCapacityTimeout: "10m",
  },
  rules: {
    name: lengthBetween(0, 255),
    desiredCapacityType: oneOf("units", "vcpu", "memory-mib"),
    "instanceRefresh.strategy": oneOf("Rolling", "ReplaceRootVolume"),
    [`${preferences}.maxHealthyPercentage`]: between(100, 200),
    [`${preferences}.minHealthyPercentage`]: between(0, 100),
    [`${preferences}.scaleInProtectedInstances`]: oneOf("Refresh", "Ignore", "Wait"),
    [`${preferences}.standbyInstances`]: oneOf("Terminate", "Ignore", "Wait"),
    "launchTemplate.id": every(
      lengthBetween(1, 255),
      matching(/^lt-[a-z0-9]+$/, "must begin with 'lt-' and be comprised of only alphanumeric characters"),
    ),
    "launchTemplate.version": lengthBetween(1, 255),
    waitForCapacityTimeout: matching(/^(0|(\d+(\.\d+)?(ns|us|µs|ms|s|m|h))+)$/, "cannot be parsed as a duration"),
  },
  check: (inputs, refuse) => {
    exactlyOne(inputs, ["launchTemplate", "launchConfiguration", "mixedInstancesPolicy"], refuse);
    conflicting(inputs, "name", "namePrefix", refuse);
    conflicting(inputs, "availabilityZones", "vpcZoneIdentifiers", refuse);
    if (isObject(inputs.launchTemplate)) {
      conflicting(inputs.launchTemplate, "id", "name", refuse);
    }
  },
  same: sameAs(["availabilityZones", "enabledMetrics", "suspendedProcesses", "targetGroupArns", "vpcZoneIdentifiers"]),
  seconds: (operation, inputs) => {
    switch (operation) {
      case "create":
      case "update":
        return inputs.waitForCapacityTimeout === "0" || operation === "update" ? moment : assumed.capacity;
      case "delete":
        return inputs.forceDelete === true ? assumed.groupForced : assumed.groupDrained;
    }
  },
  create: (cloud, inputs) => {
    const name = nameOf(inputs);
    if (cloud.get(types.group, name)?.properties.region === inputs.region) {
      throw new CloudError(
        `AlreadyExists: AutoScalingGroup by this name already exists - A group with the name ${name} already exists`,
      );
    }
    checkSize(inputs);
    const template = launchable(cloud, inputs);
    const problem = mismatch(template?.properties.instanceType, template?.properties.imageId);
    const waits = inputs.waitForCapacityTimeout !== "0" && inputs.ignoreFailedScalingActivities !== true;
    const desired = inputs.desiredCapacity ?? inputs.minSize;
    const subnets = listIn(inputs, "vpcZoneIdentifiers");
    const zones = subnets.map((id) => cloud.get(types.subnet, id)?.properties.availabilityZone);
    const failed = `waiting for Auto Scaling Group (${name}) capacity satisfied: scaling activity: Failed: ${problem ?? ""} Launching EC2 instance failed.`;
    return {
      id: name,
      outputs: {
        name,
        arn: arn("autoscaling", inputs.region, `autoScalingGroup:0fa4e:autoScalingGroupName/${name}`),
        availabilityZones: inputs.availabilityZones ?? [...new Set(zones.filter((zone) => zone !== undefined))],
        defaultCooldown: inputs.defaultCooldown ?? 300,
        desiredCapacity: desired,
        healthCheckType: inputs.healthCheckType ?? "EC2",
        vpcZoneIdentifiers: subnets,
      },
      ...(problem !== undefined && waits && Number(desired) > 0 ? { problem: failed } : {}),
    };
  },
  update: (cloud, id, inputs) => {
    const { region } = cloud.get(types.group, id)?.properties ?? {};
    checkSize(inputs);
    const template = launchable(cloud, { ...inputs, region });
    const problem = mismatch(template?.properties.instanceType, template?.properties.imageId);
    if (problem !== undefined && inputs.instanceRefresh === undefined && inputs.waitForCapacityTimeout !== "0") {
      throw new CloudError(
        `waiting for Auto Scaling Group (${id}) capacity satisfied: scaling activity: Failed: ${problem}`,
      );
    }
    return undefined;
  },
  recomputed: ({ properties }, inputs) => {
    const [now, least, most] = [properties.desiredCapacity, inputs.minSize, inputs.maxSize].map(Number);
    const isOutside =
      inputs.desiredCapacity === undefined && now !== undefined && (now < Number(least) || now > Number(most));
    return isOutside ? { desiredCapacity: Math.min(Math.max(now, Number(least)), Number(most)) } : {};
  },
});

/** The service's own limits on sizes and lifetimes. */
function checkSize({ minSize, maxSize, desiredCapacity, maxInstanceLifetime }: Properties): void {
  const [least, most] = [Number(minSize), Number(maxSize)];
  if (least > most) {
    throw new CloudError(
      `ValidationError: Max bound, ${String(most)}, must be greater than or equal to min bound, ${String(least)}`,
    );
  }
  const desired = Number(desiredCapacity ?? least);
  if (desired < least || desired > most) {
    throw new CloudError(
      `ValidationError: Desired capacity:${String(desired)} must be between the specified min size:${String(least)} and max size:${String(most)}`,
    );
  }
  const lifetime = Number(maxInstanceLifetime ?? 0);
  if (lifetime !== 0 && (lifetime < 86_400 || lifetime > 31_536_000)) {
    throw new CloudError("ValidationError: Maximum instance lifetime must be 0, or between 86400 and 31536000 seconds");
  }
}

/** The template, when an instance can be asked for with it: only now the service looks at what the template names. */
function launchable(cloud: Inventory, inputs: Properties): Thing | undefined {
  const subnets = listIn(inputs, "vpcZoneIdentifiers");
  const zones = listIn(inputs, "availabilityZones");
  if (subnets.length + zones.length === 0) {
    throw new CloudError("ValidationError: At least one Availability Zone or VPC Subnet is required.");
  }
  const strange = zones.find((zone) => !zonesOf(inputs.region).names.includes(String(zone)));
  if (strange !== undefined) {
    throw new CloudError(`ValidationError: Invalid Availability Zones: [${textOf(strange)}]`);
  }
  if (inputs.launchTemplate === undefined) {
    return undefined;
  }
  const template = requiredTemplate(cloud, inputs);
  try {
    checkVersion(template, inputs);
    checkPlace(cloud, inputs.region, subnets, listIn(template?.properties ?? {}, "vpcSecurityGroupIds"));
    const profile = template?.properties.iamInstanceProfile;
    for (const by of ["arn", "name"] as const) {
      checkProfile(cloud, `iamInstanceProfile.${by}`, isObject(profile) ? profile[by] : undefined, by);
    }
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new CloudError(`ValidationError: You must use a valid fully-formed launch template. ${reason}`, {
      cause: error,
    });
  }
  return template;
}

function requiredTemplate(cloud: Inventory, inputs: Properties): Thing | undefined {
  const template = templateOf(cloud, inputs);
  const id = valueAt(inputs, "launchTemplate.id");
  if (template !== undefined && template.properties.region === inputs.region) {
    return template;
  }
  const named =
    id === undefined ? `name ${String(valueAt(inputs, "launchTemplate.name"))}` : `template ID ${textOf(id)}`;
  const refusal = `ValidationError: You must use a valid fully-formed launch template. The specified launch template, with ${named}, does not exist.`;
  return required(cloud, types.launchTemplate, id, inputs.region, refusal);
}

function checkVersion(template: Thing | undefined, inputs: Properties): void {
  const version = textOf(valueAt(inputs, "launchTemplate.version") ?? "$Default");
  const isSpecial = ["$Latest", "$Default"].includes(version);
  if (
    template !== undefined &&
    !isSpecial &&
    !(Number(version) >= 1 && Number(version) <= Number(template.properties.latestVersion))
  ) {
    throw new CloudError(
      `Could not find the specified version ${version} for the launch template with ID ${template.id}.`,
    );
  }
}

/** Groups of instances. */
export const scaling: Readonly<Record<string, SimulatedResource>> = { [types.group]: group };
