import { dockerBuild } from "../../sandbox/cloud/docker.ts";
import { types } from "../../sandbox/cloud/aws/common.ts";
import type { Properties } from "../../sandbox/cloud/inventory.ts";
import { base64, halfMade, makeGroup, makeNetwork, policy, startAws, trustPolicy } from "./awsClient.ts";
import { ProviderClient, type Made } from "./providerClient.ts";

let client: ProviderClient;
beforeEach(async () => {
  client = await startAws();
});
afterEach(() => client.close());

/** Types of what exists, without their packages. */
function left(): string[] {
  return client.cloud.all().map(({ type }) => type.split(":").slice(2).join(":"));
}

const make = (kind: keyof typeof types, inputs: Properties) => client.create(types[kind], inputs);
const remove = (kind: keyof typeof types, made: Made) => client.delete(types[kind], made);

describe("networks", () => {
  let network: Awaited<ReturnType<typeof makeNetwork>>;
  beforeEach(async () => {
    network = await makeNetwork(client);
  });

  it.each<[what: string, keyof typeof types, () => Properties, refusal: string]>([
    [
      "a VPC that is not there",
      "subnet",
      () => ({ vpcId: "vpc-one", cidrBlock: "10.0.0.128/25" }),
      "InvalidVpcID.NotFound",
    ],
    ["addresses outside", "subnet", () => ({ vpcId: network.vpc.id, cidrBlock: "10.1.0.0/25" }), "InvalidSubnet.Range"],
    [
      "addresses that are taken",
      "subnet",
      () => ({ vpcId: network.vpc.id, cidrBlock: "10.0.0.64/26" }),
      "InvalidSubnet.Conflict",
    ],
    [
      "another region's zone",
      "subnet",
      () => ({ vpcId: network.vpc.id, cidrBlock: "10.0.0.128/25", availabilityZone: "us-east-1a" }),
      "Value (us-east-1a) for parameter availabilityZone is invalid",
    ],
    [
      "a second gateway",
      "internetGateway",
      () => ({ vpcId: network.vpc.id }),
      "already has an internet gateway attached",
    ],
    [
      "a table that is not there",
      "route",
      () => ({ routeTableId: "rtb-one", destinationCidrBlock: "0.0.0.0/0", gatewayId: network.gateway.id }),
      "InvalidRouteTableID.NotFound",
    ],
    [
      "a gateway that is not there",
      "route",
      () => ({ routeTableId: network.table.id, destinationCidrBlock: "0.0.0.0/0", gatewayId: "igw-one" }),
      "InvalidInternetGatewayID.NotFound",
    ],
  ])("refuses %s", async (_, kind, inputs, refusal) => {
    await expect(make(kind, inputs())).rejects.toThrow(refusal);
  });

  it("takes a destination once, and a gateway of the same network", async () => {
    const route = { routeTableId: network.table.id, destinationCidrBlock: "0.0.0.0/0", gatewayId: network.gateway.id };
    await make("route", route);
    await expect(make("route", route)).rejects.toThrow("RouteAlreadyExists");
    const { gateway } = await makeNetwork2();
    const other = { ...route, destinationCidrBlock: "10.9.0.0/16", gatewayId: gateway.id };
    await expect(make("route", other)).rejects.toThrow("belong to different networks");
  });

  it("gives a subnet one table, of the same network", async () => {
    const association = { routeTableId: network.table.id, subnetId: network.subnet.id };
    await make("routeTableAssociation", association);
    await expect(make("routeTableAssociation", association)).rejects.toThrow("Resource.AlreadyAssociated");
    const { table } = await makeNetwork2();
    await expect(make("routeTableAssociation", { ...association, routeTableId: table.id })).rejects.toThrow(
      "belong to different networks",
    );
  });

  it("takes what somebody else has made", async () => {
    await expect(make("subnet", { vpcId: "vpc-0123456789abcdef0", cidrBlock: "10.0.0.0/25" })).resolves.toBeDefined();
  });

  it("deletes a VPC when nothing is in it, and a table with its routes and associations", async () => {
    await make("route", {
      routeTableId: network.table.id,
      destinationCidrBlock: "0.0.0.0/0",
      gatewayId: network.gateway.id,
    });
    await make("routeTableAssociation", { routeTableId: network.table.id, subnetId: network.subnet.id });
    for (const [kind, made] of [
      ["routeTable", network.table],
      ["internetGateway", network.gateway],
      ["subnet", network.subnet],
      ["securityGroup", network.group],
    ] as const) {
      await expect(remove("vpc", network.vpc)).rejects.toThrow(`The vpc '${network.vpc.id}' has dependencies`);
      await remove(kind, made);
    }
    await remove("vpc", network.vpc);
    expect(left()).toEqual([]);
  });

  it("keeps what instances run in", async () => {
    const { instances } = await makeGroup(client, network);
    const attempts = [remove("subnet", network.subnet), remove("securityGroup", network.group)];
    for (const attempt of attempts) {
      await expect(attempt).rejects.toThrow("DependencyViolation");
    }
    await expect(remove("internetGateway", network.gateway)).rejects.toThrow("has some mapped public address(es)");
    await client.update(types.group, instances, { ...instances.properties, minSize: 0, desiredCapacity: 0 });
    await remove("subnet", network.subnet);
    await remove("securityGroup", network.group);
    await remove("internetGateway", network.gateway);
  });

  const makeNetwork2 = async () => {
    const vpc = await make("vpc", { cidrBlock: "10.9.0.0/24" });
    return {
      gateway: await make("internetGateway", { vpcId: vpc.id }),
      table: await make("routeTable", { vpcId: vpc.id }),
      group: await make("securityGroup", { vpcId: vpc.id, name: "workers", description: "d" }),
    };
  };

  describe("security groups", () => {
    const rule = (changes: Properties = {}): Properties => ({
      securityGroupId: network.group.id,
      ipProtocol: "tcp",
      fromPort: 443,
      toPort: 443,
      cidrIpv4: "0.0.0.0/0",
      ...changes,
    });

    it("have a name of their own in their VPC", async () => {
      const inputs = { name: "workers", description: "d", vpcId: network.vpc.id };
      await expect(make("securityGroup", inputs)).rejects.toThrow("InvalidGroup.Duplicate");
      await expect(makeNetwork2()).resolves.toBeDefined();
    });

    it.each<[Properties, refusal: string]>([
      [{ securityGroupId: "sg-one" }, "InvalidGroup.NotFound"],
      [{ cidrIpv4: undefined, referencedSecurityGroupId: "sg-one" }, "InvalidGroup.NotFound"],
      [{ toPort: undefined }, "Must specify both from and to ports"],
      [{ toPort: 80 }, "Invalid TCP/UDP port range (443-80)"],
    ])("refuse a rule with %j", async (changes, refusal) => {
      await expect(make("ingressRule", rule(changes))).rejects.toThrow(refusal);
      await expect(make("egressRule", rule(changes))).rejects.toThrow(refusal);
    });

    it("have each rule once in each direction", async () => {
      const made = await make("ingressRule", rule());
      await make("egressRule", rule());
      await expect(make("ingressRule", rule())).rejects.toThrow(
        'InvalidPermission.Duplicate: the specified rule "peer: 0.0.0.0/0, TCP, from port: 443, to port: 443, ALLOW" already exists',
      );
      await expect(client.update(types.ingressRule, made, rule({ description: "d" }))).resolves.toBeDefined();
      await make("ingressRule", rule({ fromPort: 80, toPort: 80 }));
      await expect(client.update(types.ingressRule, made, rule({ fromPort: 80, toPort: 80 }))).rejects.toThrow(
        "InvalidPermission.Duplicate",
      );
    });

    it("stay while another's rule names them, and go with their own rules", async () => {
      const other = await make("securityGroup", { name: "other", description: "d", vpcId: network.vpc.id });
      await make("ingressRule", rule({ cidrIpv4: undefined, referencedSecurityGroupId: network.group.id }));
      const naming = await make(
        "ingressRule",
        rule({ securityGroupId: other.id, cidrIpv4: undefined, referencedSecurityGroupId: network.group.id }),
      );
      await expect(remove("securityGroup", network.group)).rejects.toThrow("has a dependent object");
      await remove("ingressRule", naming);
      await remove("securityGroup", network.group);
      expect(left().filter((type) => type.endsWith("Rule"))).toEqual([]);
    });
  });

  describe("launch templates", () => {
    it.each<[what: string, Properties, refusal: string | undefined]>([
      ["no encoding", { userData: "#!/bin/sh" }, "Invalid BASE64 encoding of user data"],
      ["one byte too many", { userData: base64("a".repeat(16_385)) }, "User data is limited to 16384 bytes"],
      ["as much as fits", { userData: base64("a".repeat(16_384)) }, undefined],
    ])("user data: %s", async (_, inputs, refusal) => {
      const creation = make("launchTemplate", { name: "workers", ...inputs });
      const made = await make("launchTemplate", { name: "other" });
      const change = client.update(types.launchTemplate, made, { name: "other", ...inputs });
      for (const attempt of [creation, change]) {
        await (refusal === undefined
          ? expect(attempt).resolves.toBeDefined()
          : expect(attempt).rejects.toThrow(`InvalidUserData.Malformed: ${refusal}`));
      }
    });

    it("have a name of their own", async () => {
      await make("launchTemplate", { name: "workers" });
      await expect(make("launchTemplate", { name: "workers" })).rejects.toThrow("AlreadyExistsException");
    });
  });

  describe("groups", () => {
    const launched = "You must use a valid fully-formed launch template";

    it.each<[what: string, Properties & { template?: Properties }, refusal: string]>([
      [
        "sizes the wrong way round",
        { minSize: 3, maxSize: 1 },
        "Max bound, 1, must be greater than or equal to min bound, 3",
      ],
      ["a size outside", { desiredCapacity: 5 }, "Desired capacity:5 must be between"],
      ["lives of an hour", { maxInstanceLifetime: 3600 }, "Maximum instance lifetime"],
      ["no place", { vpcZoneIdentifiers: [] }, "At least one Availability Zone or VPC Subnet is required"],
      ["a zone elsewhere", { vpcZoneIdentifiers: [], availabilityZones: ["us-east-1a"] }, "Invalid Availability Zones"],
      ["a subnet that is not there", { vpcZoneIdentifiers: ["subnet-one"] }, "InvalidSubnetID.NotFound"],
      ["a template that is not there", { launchTemplate: { id: "lt-0fa4e000000000000" } }, "does not exist"],
      [
        "a template by a name that is not there",
        { launchTemplate: { name: "none" } },
        "with name none, does not exist",
      ],
      [
        "a group that is not there",
        { template: { vpcSecurityGroupIds: ["sg-one"] } },
        `${launched}. InvalidGroup.NotFound`,
      ],
      [
        "a profile that is not there",
        { template: { iamInstanceProfile: { name: "none" } } },
        "Invalid IAM Instance Profile",
      ],
    ])("refuse %s", async (_, inputs, refusal) => {
      await expect(makeGroup(client, network, inputs)).rejects.toThrow(refusal);
      expect(client.cloud.all(types.group)).toEqual([]);
    });

    it("refuse a version that is not there, also in a change", async () => {
      const { template, instances } = await makeGroup(client, network);
      const change = (version: string) =>
        client.update(types.group, instances, {
          ...instances.properties,
          launchTemplate: { id: template.id, version },
        });
      await expect(change("2")).rejects.toThrow(`${launched}. Could not find the specified version 2`);
      await client.update(types.launchTemplate, template, { ...template.properties, userData: base64("other") });
      await expect(change("2")).resolves.toBeDefined();
      await expect(change("$Latest")).resolves.toBeDefined();
    });

    it("refuse a security group of another network", async () => {
      const { group } = await makeNetwork2();
      await expect(makeGroup(client, { ...network, group })).rejects.toThrow("belong to different networks");
    });

    it("have a name of their own", async () => {
      await makeGroup(client, network);
      await expect(makeGroup(client, network, { template: { name: "other" } })).rejects.toThrow("AlreadyExists");
    });

    it("are there, but not well, when no instance can start", async () => {
      const template = { instanceType: "t3.large" };
      const half = await halfMade(makeGroup(client, network, { template }));
      expect(half).toMatchObject({ id: "workers", properties: { name: "workers", desiredCapacity: 1 } });
      expect(half.reasons[0]).toMatch(
        /^waiting for Auto Scaling Group \(workers\) capacity satisfied.*'x86_64'.*'arm64'/,
      );
      expect(client.cloud.get(types.group, "workers")).toBeDefined();
    });

    it.each<[Properties & { template?: Properties }]>([
      [{ waitForCapacityTimeout: "0" }],
      [{ minSize: 0, desiredCapacity: 0 }],
      [{ template: { instanceType: "c7gn.large" } }],
      [{ template: { instanceType: "t3.large", imageId: "ami-0123456789abcdef0" } }],
    ])("nothing waits in vain with %j", async (inputs) => {
      const all = { ...inputs, template: { instanceType: "t3.large", ...inputs.template } };
      await expect(makeGroup(client, network, all)).resolves.toBeDefined();
    });
  });

  describe("instances", () => {
    const instance = (changes: Properties = {}): Properties => ({
      ami: "ami-1-arm64",
      instanceType: "m7g.large",
      subnetId: network.subnet.id,
      vpcSecurityGroupIds: [network.group.id],
      ...changes,
    });

    it.each<[Properties, refusal: string]>([
      [{ instanceType: "t3.large" }, "does not match the architecture 'arm64'"],
      [{ subnetId: "subnet-one" }, "InvalidSubnetID.NotFound"],
      [{ vpcSecurityGroupIds: ["sg-one"] }, "InvalidGroup.NotFound"],
      [{ iamInstanceProfile: "none" }, "Invalid IAM Instance Profile"],
      [{ userDataBase64: "a" }, "Invalid BASE64"],
    ])("refuse %j", async (changes, refusal) => {
      await expect(make("instance", instance(changes))).rejects.toThrow(refusal);
    });

    it("hold on to their place, and to themselves when told to", async () => {
      const made = await make("instance", instance({ disableApiTermination: true }));
      await expect(remove("subnet", network.subnet)).rejects.toThrow("DependencyViolation");
      await expect(remove("instance", made)).rejects.toThrow("may not be terminated");
      const free = await client.update(types.instance, made, instance());
      await remove("instance", { ...made, properties: free });
      await remove("subnet", network.subnet);
    });
  });

  it("a log group that instances write to comes back", async () => {
    const logs = await make("logGroup", { name: "workers-logs", retentionInDays: 7 });
    const { instances } = await makeGroup(client, network);
    await remove("logGroup", logs);
    expect(left()).toContain("LogGroup (made again by instances that log to it)");
    await expect(make("logGroup", { name: "workers-logs" })).rejects.toThrow("ResourceAlreadyExistsException");
    await remove("group", instances);
    const others = await make("logGroup", { name: "others" });
    await remove("logGroup", others);
    expect(left()).not.toContain("LogGroup");
  });
});

describe("identities", () => {
  const role = { name: "workers", assumeRolePolicy: trustPolicy, path: "/" };
  const statement = (changes: Properties, of = policy) => {
    const document = JSON.parse(of) as { Statement: Properties[] };
    return JSON.stringify({ ...document, Statement: [{ ...document.Statement[0], ...changes }] });
  };

  it.each<[keyof typeof types, Properties, refusal: string]>([
    ["role", { assumeRolePolicy: "{}" }, "Syntax errors in policy"],
    ["role", { assumeRolePolicy: policy }, "Missing required field Principal"],
    ["role", { assumeRolePolicy: statement({ Resource: "*" }, trustPolicy) }, "Has prohibited field Resource"],
    ["role", { assumeRolePolicy: statement({ Effect: "allow" }, trustPolicy) }, "Invalid effect: allow"],
    ["rolePolicy", { policy: statement({ Resource: undefined }) }, "Missing required field Resource"],
    ["rolePolicy", { policy: statement({ Principal: "*" }) }, "Has prohibited field Principal"],
    ["rolePolicy", { policy: policy.replace("2012-10-17", "2026-01-01") }, "must contain a valid version string"],
    [
      "rolePolicy",
      { policy: statement({ Sid: "a".repeat(10_240) }) },
      "LimitExceeded: Maximum policy size of 10240 bytes",
    ],
    ["rolePolicy", { role: "none" }, "NoSuchEntity: The role with name none cannot be found"],
    ["policy", { policy: statement({ Principal: "*" }) }, "Has prohibited field Principal"],
    ["policy", { policy: statement({ Sid: "a".repeat(6_144) }) }, "Cannot exceed quota for PolicySize: 6144"],
    [
      "rolePolicyAttachment",
      { policyArn: "arn:aws:iam::123456789012:policy/none" },
      "NoSuchEntity: Policy arn:aws:iam::123456789012:policy/none does not exist or is not attachable.",
    ],
    ["instanceProfile", { role: "none" }, "NoSuchEntity"],
  ])("%s: refuses %j", async (kind, changes, refusal) => {
    await make("role", { ...role, name: "there" });
    const right: Partial<Record<keyof typeof types, Properties>> = {
      role,
      rolePolicy: { name: "workers", role: "there", policy },
      policy: { name: "analysts", path: "/", policy },
      rolePolicyAttachment: { role: "there", policyArn: "arn:aws:iam::aws:policy/A" },
      instanceProfile: { name: "workers", role: "there", path: "/" },
    };
    await expect(make(kind, { ...right[kind], ...changes })).rejects.toThrow(refusal);
    await expect(make(kind, right[kind] ?? {})).resolves.toBeDefined();
  });

  it("have names of their own", async () => {
    await make("role", role);
    await expect(make("role", role)).rejects.toThrow("EntityAlreadyExists: Role with name workers already exists");
    const profile = { name: "workers", path: "/" };
    await make("instanceProfile", profile);
    await expect(make("instanceProfile", profile)).rejects.toThrow("EntityAlreadyExists");
  });

  it("a policy stays while somebody has it: a role of the stack, or a role, user or group of the account", async () => {
    const made = await make("policy", { name: "analysts", path: "/", policy });
    expect(made.id).toBe("arn:aws:iam::123456789012:policy/analysts");
    await expect(make("policy", { name: "analysts", path: "/", policy })).rejects.toThrow(
      "EntityAlreadyExists: Policy with name analysts already exists.",
    );
    for (const [kind, who] of [
      ["rolePolicyAttachment", { role: "readers" }],
      ["userPolicyAttachment", { user: "ann" }],
      ["groupPolicyAttachment", { group: "analysts" }],
    ] as const) {
      const attached = await make(kind, { ...who, policyArn: made.id });
      await expect(remove("policy", made)).rejects.toThrow(
        "DeleteConflict: Cannot delete a policy attached to entities.",
      );
      await remove(kind, attached);
    }
    await remove("policy", made);
    expect(left()).toEqual([]);
  });

  it("a role stays while it has policies, and leaves its profile", async () => {
    const made = await make("role", role);
    const profile = await make("instanceProfile", { name: "workers", path: "/", role: "workers" });
    const inline = await make("rolePolicy", { name: "workers", role: "workers", policy });
    await expect(remove("role", made)).rejects.toThrow(
      "DeleteConflict: Cannot delete entity, must delete policies first",
    );
    await remove("rolePolicy", inline);
    const attached = await make("rolePolicyAttachment", { role: "workers", policyArn: "arn:aws:iam::aws:policy/A" });
    await expect(remove("role", made)).rejects.toThrow("must detach all policies first");
    await remove("role", { ...made, properties: { ...made.properties, forceDetachPolicies: true } });
    expect(client.cloud.get(types.rolePolicyAttachment, attached.id)).toBeUndefined();
    expect(client.cloud.get(types.instanceProfile, profile.id)?.properties.role).toBeUndefined();
  });
});

describe("secrets", () => {
  it("without a window go at once, with their versions", async () => {
    const made = await make("secret", { name: "workers", recoveryWindowInDays: 0 });
    await make("secretVersion", { secretId: made.id, secretString: "hush" });
    await expect(make("secret", { name: "workers" })).rejects.toThrow("ResourceExistsException");
    await remove("secret", made);
    expect(left()).toEqual([]);
    await expect(make("secret", { name: "workers" })).resolves.toBeDefined();
  });

  it("with a window are left behind, and keep their name", async () => {
    const made = await make("secret", { name: "workers", recoveryWindowInDays: 7 });
    await remove("secret", made);
    expect(left()).toEqual(["Secret (scheduled for deletion)"]);
    expect((await client.read(types.secret, made)).id).toBe("");
    await expect(make("secret", { name: "workers" })).rejects.toThrow("is already scheduled for deletion");
  });

  it.each<[Properties, refusal: string]>([
    [{ secretId: "none", secretString: "hush" }, "Secrets Manager can't find the specified secret"],
    [{ secretString: "" }, "You must provide either SecretString or SecretBinary"],
    [{ secretString: "a".repeat(65_537) }, "at most 65536 bytes"],
  ])("refuse the version %j", async (inputs, refusal) => {
    const made = await make("secret", { name: "workers" });
    await expect(make("secretVersion", { secretId: made.id, ...inputs })).rejects.toThrow(refusal);
  });

  it.each<[Properties, refusal: string]>([
    [{ name: "/aws/a" }, "is not allowed"],
    [{ name: "/a b" }, "is not allowed"],
    [{ name: "/a/" }, "is not allowed"],
    [{ name: "a/b" }, "must be a fully qualified name"],
    [{ name: "/a".repeat(16) }, "HierarchyLevelLimitExceededException"],
    [{ value: "" }, "length of at least 1"],
    [{ value: "a{{b}}c" }, "can't nest another parameter"],
    [{ value: "a".repeat(4097) }, "maximum parameter value of 4096"],
    [
      { value: "a".repeat(8193), tier: "Advanced" },
      "Advanced tier parameters support a maximum parameter value of 8192",
    ],
    [{ value: "a".repeat(8193), tier: "Intelligent-Tiering" }, "maximum parameter value of 8192"],
    [{ name: "/there" }, "ParameterAlreadyExists"],
  ])("refuse the parameter %j", async (inputs, refusal) => {
    await make("parameter", { name: "/there", type: "String", value: "a" });
    await expect(make("parameter", { name: "/a", type: "String", value: "a", ...inputs })).rejects.toThrow(refusal);
  });

  it("a parameter has the tier that its length needs, and counts its versions", async () => {
    const given = { name: "/a", type: "SecureString", tier: "Intelligent-Tiering" };
    const made = await make("parameter", { ...given, value: "hush" });
    expect(made.properties).toMatchObject({ tier: "Standard", version: 1, keyId: "alias/aws/ssm" });
    const longer = await client.update(types.parameter, made, { ...given, value: "a".repeat(5000) });
    expect(longer).toMatchObject({ tier: "Advanced", version: 2 });
    const thing = { id: made.id, properties: longer };
    expect(await client.update(types.parameter, thing, { ...given, value: "a" })).toMatchObject({
      tier: "Advanced",
      version: 3,
    });
    await expect(client.update(types.parameter, thing, { ...given, value: "{{a}}" })).rejects.toThrow("nest");
    expect(JSON.stringify(client.cloud.all())).not.toContain("hush");
  });
});

describe("logs and commands", () => {
  it("log groups have names of their own, and go only if they may", async () => {
    const made = await make("logGroup", { name: "logs", deletionProtectionEnabled: true });
    await expect(make("logGroup", { name: "logs" })).rejects.toThrow("The specified log group already exists");
    await expect(remove("logGroup", made)).rejects.toThrow("deletion protection");
    await remove("logGroup", await make("logGroup", { name: "kept", skipDestroy: true }));
    expect(left()).toEqual(["LogGroup", "LogGroup (kept)"]);
  });

  const document = { name: "reconcile", documentType: "Command", documentFormat: "JSON" };
  const content = '{"schemaVersion":"2.2","mainSteps":[{}]}';

  it.each<[what: string, Properties, refusal: string]>([
    ["no JSON", { content: "{" }, "InvalidDocumentContent: JSON not well-formed"],
    ["no version", { content: "{}" }, "no schemaVersion"],
    ["nothing to do", { content: '{"schemaVersion":"2.2"}' }, "no mainSteps"],
    ["too much", { content: content.replace("{}", `{"a":"${"a".repeat(65_536)}"}`) }, "MaxDocumentSizeExceeded"],
    ["a name that is taken", { name: "there" }, "DocumentAlreadyExists"],
  ])("refuses a document with %s", async (_, inputs, refusal) => {
    const there = await make("document", { ...document, name: "there", content });
    await expect(make("document", { ...document, content, ...inputs })).rejects.toThrow(refusal);
    if (inputs.content !== undefined) {
      await expect(client.update(types.document, there, { ...document, ...inputs })).rejects.toThrow(refusal);
    }
  });
});

describe("images", () => {
  const rules = '{"rules":[{"rulePriority":1}]}';

  it("repositories have names of their own, in lower case", async () => {
    await make("repository", { name: "demo/connect" });
    await expect(make("repository", { name: "demo/connect" })).rejects.toThrow("RepositoryAlreadyExistsException");
    await expect(make("repository", { name: "Demo" })).rejects.toThrow("failed to satisfy constraint");
  });

  it("lifecycle policies are for a repository that is there, and have rules of different priorities", async () => {
    await expect(make("lifecyclePolicy", { repository: "demo", policy: rules })).rejects.toThrow("RepositoryNotFound");
    await make("repository", { name: "demo" });
    const twice = '{"rules":[{"rulePriority":1},{"rulePriority":1}]}';
    for (const policyText of ["{}", twice]) {
      await expect(make("lifecyclePolicy", { repository: "demo", policy: policyText })).rejects.toThrow(
        "validation failure",
      );
    }
    await expect(make("lifecyclePolicy", { repository: "demo", policy: rules })).resolves.toBeDefined();
  });

  it("a repository with images goes only with force, and takes them along", async () => {
    const repository = await make("repository", { name: "demo" });
    await make("lifecyclePolicy", { repository: "demo", policy: rules });
    const builder = await ProviderClient.start(client.cloud, dockerBuild);
    try {
      const address = String(repository.properties.repositoryUrl);
      await builder.create("docker-build:index:Image", {
        push: true,
        tags: [`${address}:1`],
        registries: [{ address, username: "AWS", password: "hush" }],
      });
    } finally {
      builder.close();
    }
    await expect(remove("repository", repository)).rejects.toThrow("not empty, consider using force_delete");
    await remove("repository", { ...repository, properties: { ...repository.properties, forceDelete: true } });
    expect(left()).toEqual([]);
  });
});

it("keeps what was made when a test lets the wait for it fail", async () => {
  client.provider.intervene = (operation) => (operation === "create" ? "half" : undefined);
  const half = await halfMade(make("vpc", { cidrBlock: "10.0.0.0/24" }));
  expect(half.reasons).toEqual(["500 Internal Server Error (made to fail by the sandbox)"]);
  expect(client.cloud.get(types.vpc, half.id)?.properties).toMatchObject(half.properties);
});
