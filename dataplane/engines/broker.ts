import { writeFileSync } from "node:fs";
import kafkajs, { type AclEntry, type Admin, type ITopicConfig, type Kafka } from "kafkajs";
import { certificates } from "./certificates.ts";
import { readZstd } from "./codecs.ts";
import { java } from "./java.ts";
import { testJars } from "./jars.ts";
import { accepts, freePorts } from "./ports.ts";
import type { Lab, RunningProcess } from "./processes.ts";

export interface BrokerArgs {
  /** Names and passwords that may log in over SASL_SSL with PLAIN. They may do only what an ACL allows. Default: none. */
  readonly users?: Readonly<Record<string, string>>;
  readonly name?: string;
  /** Where its log is, if not in the lab's folder. */
  readonly disk?: Disk;
}

/** A place that only programs see which are started with a prefix of their command. */
export interface Disk {
  readonly folder: string;
  /** Command and arguments that run another command where the folder is. */
  readonly within: readonly string[];
}

/** A right, in Kafka's words, e.g. TOPIC, PREFIXED, READ. */
export interface AllowedOperation {
  readonly resourceType: keyof typeof kafkajs.AclResourceTypes;
  readonly resourceName: string;
  readonly patternType: keyof typeof kafkajs.ResourcePatternTypes;
  readonly operation: keyof typeof kafkajs.AclOperationTypes;
}

export interface Broker {
  /** `127.0.0.1:port` with SASL_SSL and PLAIN, as Confluent Cloud's; its certificate is the lab's. */
  readonly saslSsl: string;
  /** `127.0.0.1:port` in the clear, without login: the superuser. */
  readonly plaintext: string;
  readonly process: RunningProcess;
  /** A client of the superuser. */
  readonly client: Kafka;
  /** Makes topics, one replica each; one partition unless said otherwise. */
  createTopics(topics: readonly ITopicConfig[]): Promise<void>;
  /** What a user may do from now on, too. */
  allow(user: string, rights: readonly AllowedOperation[]): Promise<void>;
  topics(): Promise<string[]>;
}

/** One Kafka node, broker and controller in one, that creates no topic by itself. */
export async function startBroker(lab: Lab, args: BrokerArgs = {}): Promise<Broker> {
  const { users = {}, name = "broker", disk = { folder: lab.path(name, "data"), within: [] } } = args;
  const { kafka } = await testJars();
  const [plain = 0, secure = 0, controller = 0] = await freePorts(3);
  const file = lab.path(name, "server.properties");
  writeFileSync(file, serverProperties({ lab, users, plain, secure, controller, data: disk.folder }));
  await format(lab, kafka, file, disk);
  readZstd();

  const plaintext = `127.0.0.1:${plain}`;
  const client = new kafkajs.Kafka({ brokers: [plaintext], logLevel: kafkajs.logLevel.NOTHING, retry: { retries: 2 } });
  const process = await lab.start({
    name,
    ...on(disk, java("320m", "-cp", kafka, "kafka.Kafka", file)),
    ready: () => accepts(plain),
  });
  return {
    saslSsl: `127.0.0.1:${secure}`,
    plaintext,
    process,
    client,
    createTopics: (topics) =>
      asAdmin(client, async (admin) => {
        await admin.createTopics({
          topics: topics.map((topic) => ({ replicationFactor: 1, numPartitions: 1, ...topic })),
        });
      }),
    allow: (user, rights) =>
      asAdmin(client, async (admin) => {
        await admin.createAcls({ acl: rights.map((right) => aclEntry(user, right)) });
      }),
    topics: () => asAdmin(client, async (admin) => (await admin.listTopics()).sort()),
  };
}

async function asAdmin<T>(client: Kafka, work: (admin: Admin) => Promise<T>): Promise<T> {
  const admin = client.admin();
  await admin.connect();
  try {
    return await work(admin);
  } finally {
    await admin.disconnect();
  }
}

function aclEntry(user: string, { resourceType, resourceName, patternType, operation }: AllowedOperation): AclEntry {
  return {
    principal: `User:${user}`,
    host: "*",
    permissionType: kafkajs.AclPermissionTypes.ALLOW,
    resourceType: kafkajs.AclResourceTypes[resourceType],
    resourceName,
    resourcePatternType: kafkajs.ResourcePatternTypes[patternType],
    operation: kafkajs.AclOperationTypes[operation],
  };
}

async function format(lab: Lab, kafka: string, file: string, disk: Disk): Promise<void> {
  const { command, args } = on(disk, java("128m", "-cp", kafka, "kafka.tools.StorageTool"));
  // Any id will do, as long as it is a UUID in URL-safe base64.
  await lab.run(command, [...args, "format", "-t", "MkU3OEVBNTcwNTJENDM2Qk", "-c", file]);
}

function on({ within }: Disk, program: { command: string; args: string[] }): { command: string; args: string[] } {
  const [command = program.command, ...args] = [...within, program.command, ...program.args];
  return { command, args };
}

interface ServerArgs {
  readonly lab: Lab;
  readonly users: Readonly<Record<string, string>>;
  readonly plain: number;
  readonly secure: number;
  readonly controller: number;
  readonly data: string;
}

function serverProperties({ lab, users, plain, secure, controller, data }: ServerArgs): string {
  const tls = certificates(lab);
  const logins = Object.entries(users).map(([user, password]) => ` user_${user}="${jaasText(password)}"`);
  const settings = {
    "process.roles": "broker,controller",
    "node.id": "1",
    "controller.quorum.voters": `1@127.0.0.1:${controller}`,
    "log.dirs": data,
    listeners: `PLAINTEXT://127.0.0.1:${plain},SASL_SSL://127.0.0.1:${secure},CONTROLLER://127.0.0.1:${controller}`,
    "advertised.listeners": `PLAINTEXT://127.0.0.1:${plain},SASL_SSL://127.0.0.1:${secure}`,
    "listener.security.protocol.map": "PLAINTEXT:PLAINTEXT,SASL_SSL:SASL_SSL,CONTROLLER:PLAINTEXT",
    "controller.listener.names": "CONTROLLER",
    "inter.broker.listener.name": "PLAINTEXT",
    "sasl.enabled.mechanisms": "PLAIN",
    "listener.name.sasl_ssl.plain.sasl.jaas.config": `org.apache.kafka.common.security.plain.PlainLoginModule required${logins.join("")};`,
    "listener.name.sasl_ssl.ssl.keystore.type": "PEM",
    "listener.name.sasl_ssl.ssl.keystore.location": tls.keyAndCertificate,
    "authorizer.class.name": "org.apache.kafka.metadata.authorizer.StandardAuthorizer",
    "super.users": "User:ANONYMOUS",
    "auto.create.topics.enable": "false",
    "group.initial.rebalance.delay.ms": "0",
    "offsets.topic.replication.factor": "1",
    "offsets.topic.num.partitions": "1",
    "transaction.state.log.replication.factor": "1",
    "transaction.state.log.min.isr": "1",
    "transaction.state.log.num.partitions": "1",
    "share.coordinator.state.topic.replication.factor": "1",
    "share.coordinator.state.topic.min.isr": "1",
    "log.flush.scheduler.interval.ms": "60000",
  };
  return Object.entries(settings)
    .map(([key, value]) => `${key}=${propertyText(value)}\n`)
    .join("");
}

/** Kafka reads its file as Latin-1. */
function propertyText(value: string): string {
  const code = (unit: string) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`;
  return value.replaceAll("\\", "\\\\").replace(/[^ -~]/g, code);
}

function jaasText(password: string): string {
  return password.replaceAll("\\", "\\\\").replaceAll('"', '\\"');
}
