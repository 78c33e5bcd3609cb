import { isObject, valueAt } from "../check.ts";
import { CloudError, type Inventory, type Properties } from "../inventory.ts";
import { atLeastOne, between, conflicting, every, lengthBetween, matching, oneOf } from "../rules.ts";
import type { Refuse, SimulatedResource } from "../simulated.ts";
import { arn, assumed, listIn, moment, nameOf, newId, regional, sameAs, textOf, types } from "./common.ts";
import { requiredGroup } from "./firewall.ts";
import { requiredSubnet } from "./network.ts";

const onOrOff = oneOf("disabled", "enabled");

/** IMDS, of templates and instances alike. */
const metadata = {
  "metadataOptions.httpEndpoint": onOrOff,
  "metadataOptions.httpProtocolIpv6": onOrOff,
  "metadataOptions.httpPutResponseHopLimit": between(1, 64),
  "metadataOptions.httpTokens": oneOf("optional", "required"),
  "metadataOptions.instanceMetadataTags": onOrOff,
};

const volumeTypes = ["standard", "io1", "io2", "gp2", "sc1", "st1", "gp3"];

/** What a change of these does not make a new version of. */
const apartFromVersions = ["name", "namePrefix", "description", "defaultVersion", "updateDefaultVersion", "tags"];

const launchTemplate = regional({
  computed: ["arn", "defaultVersion", "latestVersion"],
  replacedBy: ["name", "namePrefix"],
  autoNamed: "name",
  rules: {
    ...metadata,
    name: every(lengthBetween(3, 128), matching(/^[0-9A-Za-z()./_-]+$/, "must match [a-zA-Z0-9\\(\\)\\.\\-/_]")),
    description: lengthBetween(0, 255),
    defaultVersion: atLeastOne,
    instanceInitiatedShutdownBehavior: oneOf("stop", "terminate"),
    "instanceMarketOptions.marketType": oneOf("spot", "capacity-block", "interruptible-capacity-reservation"),
  },
  check: (inputs, refuse) => {
    conflicting(inputs, "name", "namePrefix", refuse);
    conflicting(inputs, "defaultVersion", "updateDefaultVersion", refuse);
    conflicting(inputs, "vpcSecurityGroupIds", "securityGroupNames", refuse);
    if (isObject(inputs.iamInstanceProfile)) {
      conflicting(inputs.iamInstanceProfile, "arn", "name", refuse);
    }
    checkVolumes(inputs, refuse);
  },
  same: sameAs(["vpcSecurityGroupIds", "securityGroupNames"]),
  seconds: () => moment,
  create: (cloud, inputs) => {
    const name = nameOf(inputs);
    if (
      cloud.find(types.launchTemplate, (other) => other.name === name && other.region === inputs.region) !== undefined
    ) {
      throw new CloudError("InvalidLaunchTemplateName.AlreadyExistsException: Launch template name already in use.");
    }
    checkUserData(inputs.userData);
    const id = newId("lt");
    const own = { arn: arn("ec2", inputs.region, `launch-template/${id}`), name };
    return { id, outputs: { ...own, latestVersion: 1, defaultVersion: inputs.defaultVersion ?? 1 } };
  },
  update: (_cloud, _id, inputs) => {
    checkUserData(inputs.userData);
    return undefined;
  },
  recomputed: ({ properties }, inputs) => {
    const latest = Number(properties.latestVersion) + 1;
    if (!isAnotherVersion(properties, inputs)) {
      return {};
    }
    return { latestVersion: latest, ...(inputs.updateDefaultVersion === true ? { defaultVersion: latest } : {}) };
  },
});

function isAnotherVersion(before: Properties, after: Properties): boolean {
  const known = (properties: Properties) =>
    Object.fromEntries(
      Object.entries(properties).filter(
        ([key]) => !/^(arn|latestVersion|region|__.*)$/.test(key) && !apartFromVersions.includes(key),
      ),
    );
  const text = (properties: Properties) =>
    JSON.stringify(Object.entries(known(properties)).sort(([a], [b]) => (a < b ? -1 : 1)));
  return text(before) !== text(after);
}

function checkVolumes(inputs: Properties, refuse: Refuse): void {
  listIn(inputs, "blockDeviceMappings").forEach((mapping, index) => {
    const at = `blockDeviceMappings[${String(index)}].ebs.volumeType`;
    const message = isObject(mapping)
      ? oneOf(...volumeTypes)(
          valueAt(mapping, "ebs.volumeType"),
          `block_device_mappings.${String(index)}.ebs.0.volume_type`,
        )
      : undefined;
    if (message !== undefined) {
      refuse(at, message);
    }
  });
}

/** The service's limit is for the text itself, not for its encoded form. */
function checkUserData(base64: unknown): void {
  if (base64 === undefined) {
    return;
  }
  const text = textOf(base64);
  if (text.length % 4 !== 0 || !/^[A-Za-z0-9+/]*={0,2}$/.test(text)) {
    throw new CloudError("InvalidUserData.Malformed: Invalid BASE64 encoding of user data.");
  }
  if (Buffer.from(text, "base64").length > userDataLimit) {
    throw new CloudError(`InvalidUserData.Malformed: User data is limited to ${String(userDataLimit)} bytes.`);
  }
}

const userDataLimit = 16_384;

/** Graviton types have a `g` after their generation (`m7g`, `c7gn`); `a1` is one too. */
function architectureOf(instanceType: unknown): string {
  return /^(a1|[a-z]+\d+g[a-z]*)\./.test(String(instanceType)) ? "arm64" : "x86_64";
}

/** What hinders instances of this type to start from the image; images that do not say their architecture start. */
export function mismatch(instanceType: unknown, imageId: unknown): string | undefined {
  const ofImage = /(arm64|x86_64)/.exec(String(imageId))?.[1];
  const ofType = architectureOf(instanceType);
  return instanceType === undefined || ofImage === undefined || ofImage === ofType
    ? undefined
    : `The architecture '${ofType}' of the specified instance type does not match the architecture '${ofImage}' of the specified AMI. ` +
        "Specify an instance type and an AMI that have matching architectures, and try again.";
}

/** Security groups and subnets must be there, and in one network. */
export function checkPlace(
  cloud: Inventory,
  region: unknown,
  subnets: readonly unknown[],
  groups: readonly unknown[],
): void {
  const networks = subnets.map((id) => requiredSubnet(cloud, id, region)?.properties.vpcId);
  for (const id of groups) {
    const home = requiredGroup(cloud, id, region)?.properties.vpcId;
    const elsewhere = networks.findIndex((network) => network !== undefined && home !== undefined && network !== home);
    if (elsewhere >= 0) {
      throw new CloudError(
        `InvalidParameter: Security group ${String(id)} and subnet ${String(subnets[elsewhere])} belong to different networks.`,
      );
    }
  }
}

/** An instance profile must be there; one of another account or path is not ours to know. */
export function checkProfile(cloud: Inventory, parameter: string, value: unknown, by: "arn" | "name"): void {
  const isOurs = cloud.find(types.instanceProfile, (profile) => profile[by] === value) !== undefined;
  if (value !== undefined && !isOurs) {
    throw new CloudError(
      `InvalidParameterValue: Value (${textOf(value)}) for parameter ${parameter} is invalid. Invalid IAM Instance Profile`,
    );
  }
}

/** Inputs of instances that change in place; every other change replaces the instance. */
const changing = [
  "capacityReservationSpecification",
  "creditSpecification",
  "disableApiStop",
  "disableApiTermination",
  "ebsOptimized",
  "forceDestroy",
  "getPasswordData",
  "iamInstanceProfile",
  "instanceInitiatedShutdownBehavior",
  "instanceType",
  "launchTemplate",
  "maintenanceOptions",
  "metadataOptions",
  "monitoring",
  "privateDnsNameOptions",
  "region",
  "rootBlockDevice",
  "sourceDestCheck",
  "tags",
  "userData",
  "userDataBase64",
  "userDataReplaceOnChange",
  "volumeTags",
  "vpcSecurityGroupIds",
];

const replacing = [
  "ami",
  "associatePublicIpAddress",
  "availabilityZone",
  "cpuOptions",
  "ebsBlockDevices",
  "enclaveOptions",
  "ephemeralBlockDevices",
  "hibernation",
  "hostId",
  "instanceMarketOptions",
  "ipv6Addresses",
  "keyName",
  "networkInterfaces",
  "placementGroup",
  "privateIp",
  "subnetId",
  "tenancy",
];

const instance = regional({
  computed: [
    "arn",
    "availabilityZone",
    "instanceState",
    "primaryNetworkInterfaceId",
    "privateDns",
    "privateIp",
    "publicDns",
    "publicIp",
  ],
  replacedBy: replacing.filter((input) => !changing.includes(input)),
  rules: { ...metadata, userData: lengthBetween(0, userDataLimit) },
  check: (inputs, refuse) => {
    conflicting(inputs, "userData", "userDataBase64", refuse);
    if (inputs.launchTemplate === undefined && (inputs.ami === undefined || inputs.instanceType === undefined)) {
      const missing = inputs.ami === undefined ? "ami" : "instanceType";
      refuse(missing, "Missing required argument. `ami` and `instance_type` are required without `launch_template`");
    }
  },
  plan: (before, after) =>
    after.userDataReplaceOnChange === true
      ? ["userData", "userDataBase64"].filter((input) => before[input] !== after[input])
      : [],
  same: sameAs(["vpcSecurityGroupIds", "securityGroups"]),
  seconds: (operation) =>
    operation === "create" ? assumed.instanceRuns : operation === "delete" ? assumed.instanceTerminates : moment,
  create: (cloud, inputs) => {
    const subnets = inputs.subnetId === undefined ? [] : [inputs.subnetId];
    checkPlace(cloud, inputs.region, subnets, listIn(inputs, "vpcSecurityGroupIds"));
    checkProfile(cloud, "iamInstanceProfile.name", inputs.iamInstanceProfile, "name");
    checkUserData(inputs.userDataBase64);
    const problem = mismatch(inputs.instanceType, inputs.ami);
    if (problem !== undefined) {
      throw new CloudError(`InvalidParameterValue: ${problem}`);
    }
    const id = newId("i");
    const at = cloud.get(types.subnet, inputs.subnetId)?.properties ?? {};
    const address = `10.0.0.${String(cloud.all(types.instance).length + 10)}`;
    return {
      id,
      outputs: {
        arn: arn("ec2", inputs.region, `instance/${id}`),
        availabilityZone: at.availabilityZone ?? `${String(inputs.region)}a`,
        instanceState: "running",
        primaryNetworkInterfaceId: newId("eni"),
        privateIp: inputs.privateIp ?? address,
        privateDns: `ip-${address.replaceAll(".", "-")}.${String(inputs.region)}.compute.internal`,
        publicIp: "",
        publicDns: "",
      },
    };
  },
  update: (cloud, id, inputs) => {
    const { region, subnetId } = cloud.get(types.instance, id)?.properties ?? {};
    checkPlace(cloud, region, [subnetId].filter(Boolean), listIn(inputs, "vpcSecurityGroupIds"));
    checkProfile(cloud, "iamInstanceProfile.name", inputs.iamInstanceProfile, "name");
    return undefined;
  },
  delete: (_cloud, id, inputs) => {
    if (inputs.disableApiTermination === true && inputs.forceDestroy !== true) {
      throw new CloudError(
        `OperationNotPermitted: The instance '${id}' may not be terminated. Modify its 'disableApiTermination' instance attribute and try again.`,
      );
    }
  },
});

/** Instances, and what they are made from. */
export const compute: Readonly<Record<string, SimulatedResource>> = {
  [types.launchTemplate]: launchTemplate,
  [types.instance]: instance,
};
