import { certificatesIn, containerUser, stopSeconds, temporaryFolder } from "./host.ts";
import { propertyLine } from "./properties.ts";

export interface BundleSettings {
  /** The stack that the bundle is of, e.g. `prod`. */
  readonly stack: string;
  /** Image with its digest. */
  readonly image: string;
  /** The text of `worker.properties`. */
  readonly workerProperties: string;
  /** Certificates (PEM) of the databases' authorities, by source. */
  readonly certificates: Readonly<Record<string, string>>;
  /** Whose connectors these are, e.g. `pipeline-prod`: reconcile touches no other's. */
  readonly owner: string;
  /** Configuration of each connector, by name. */
  readonly connectors: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** `true`: offsets and replication slots go with a connector. `false`: both are kept. */
  readonly forget: boolean;
  /** For each key of the secrets file, a sentence that says where its value comes from. */
  readonly secrets: Readonly<Record<string, string>>;
  /** The stack's secret output that holds the text of the secrets file. */
  readonly secretsOutput: string;
}

/** Where the folder is on the user's host. */
const home = "/opt/pipeline-connect";

/** What a host of the user's needs to run a worker, text by path in the folder. No text holds a secret. */
export function bundleFiles(settings: BundleSettings): Record<string, string> {
  const { certificates, connectors, workerProperties } = settings;
  return {
    ".gitignore": "secrets.properties\n.env\n",
    "README.md": readme(settings),
    "compose.yaml": composeFile(settings),
    "pipeline-connect.service": unit(settings),
    "worker.properties": workerProperties,
    "connectors.json": declaration(settings, connectors),
    "no-connectors.json": declaration(settings, {}),
    ...Object.fromEntries(
      Object.entries(certificates).map(([source, pem]) => [`ca/${source}.pem`, certificatesIn(source, pem)]),
    ),
    "secrets.properties.example": secretsExample(settings),
  };
}

/** What reconcile takes. Keys are sorted, so that a change shows as what it is. */
function declaration(
  { owner, forget }: BundleSettings,
  connectors: Readonly<Record<string, Readonly<Record<string, string>>>>,
): string {
  const declared = Object.fromEntries(
    sorted(connectors).map(([name, config]) => [name, { config: Object.fromEntries(sorted(config)) }]),
  );
  return `${JSON.stringify({ connectors: declared, forget, owner, undeclared: "delete" }, undefined, 2)}\n`;
}

function sorted<T>(entries: Readonly<Record<string, T>>): [string, T][] {
  return Object.entries(entries).sort(([a], [b]) => (a < b ? -1 : 1));
}

/**
 * The worker shares the host's network, so that its REST interface is on one address of the host: on 127.0.0.1, where
 * only the host itself reaches it, unless `CONNECT_HOST` says another.
 */
function composeFile({ stack, image, certificates }: BundleSettings): string {
  const mounts = [
    ["./worker.properties", "/etc/connect/worker.properties"],
    ...(Object.keys(certificates).length === 0 ? [] : [["./ca", "/etc/connect/ca"]]),
    ["/run/connect", "/run/connect"],
  ] as const;
  return `# Kafka Connect of stack ${stack}, made by npm run bundle: what is changed here is lost when it runs again.
name: pipeline-connect

x-container: &container
  image: ${JSON.stringify(image)}
  network_mode: host
  user: "${containerUser}:${containerUser}"
  read_only: true
  tmpfs: ["${temporaryFolder}"]
  cap_drop: [ALL]
  security_opt: ["no-new-privileges:true"]
  environment: &environment
    # Where REST listens. With several hosts: each one's own address, in the file .env beside this one.
    CONNECT_HOST: "\${CONNECT_HOST:-127.0.0.1}"
  logging: { driver: local, options: { max-size: 10m, max-file: "5" } }

services:
  connect:
    <<: *container
    environment:
      <<: *environment
      # Empty: from the host's memory. Otherwise e.g. 2g.
      CONNECT_HEAP: "\${CONNECT_HEAP:-}"
    ulimits: { nofile: 65536 }
    stop_grace_period: ${stopSeconds}s
    healthcheck:
      test:
        - CMD
        - node
        - --eval
        - "fetch('http://' + process.env.CONNECT_HOST + ':8083/health').then((health) => process.exit(health.ok ? 0 : 1), () => process.exit(1))"
      interval: 30s
      timeout: 10s
      retries: 3
      start_period: 2m
    volumes:
${mounts.map(([from, to]) => bind(from, to)).join("\n")}

  # docker compose run --rm reconcile: makes the connectors what connectors.json says. With --dry-run it only looks.
  reconcile:
${oneShot("connectors.json")}

  # docker compose run --rm remove: takes every connector of this stack away.
  remove:
${oneShot("no-connectors.json")}
`;
}

/** A host path that is missing is an error: Docker would make an empty folder of root's in its place. */
function bind(from: string, to: string): string {
  return `      - { type: bind, source: ${from}, target: ${to}, read_only: true, bind: { create_host_path: false } }`;
}

function oneShot(file: string): string {
  return `    <<: *container
    profiles: [tools]
    entrypoint: [node, /opt/connect/reconcile.js, --declaration, /etc/connect/${file}]
    volumes:
${bind(`./${file}`, `/etc/connect/${file}`)}`;
}

function unit({ stack }: BundleSettings): string {
  const owned = `-o ${containerUser} -g ${containerUser}`;
  const fill = `install -d -m 0700 ${owned} /run/connect && install -m 0400 ${owned} secrets.properties /run/connect/`;
  return `# Made by npm run bundle for stack ${stack}. README.md says how it is used.
[Unit]
Description=Kafka Connect of stack ${stack}
Requires=docker.service
Wants=network-online.target
After=docker.service network-online.target
StartLimitIntervalSec=0

[Service]
WorkingDirectory=${home}
# The container sees the secrets in memory only. Without the file, something else has put them there.
ExecStartPre=/bin/sh -c 'test ! -e secrets.properties || { ${fill}; }'
ExecStart=/usr/bin/docker compose up connect
ExecStop=-/usr/bin/docker compose stop --timeout ${stopSeconds} connect
TimeoutStopSec=${stopSeconds + 30}
Restart=always
RestartSec=5

[Install]
WantedBy=multi-user.target
`;
}

function secretsExample({ stack, secrets, secretsOutput }: BundleSettings): string {
  const keys = Object.entries(secrets).map(([key, origin]) => `# ${origin}\n${propertyLine(key, "")}\n`);
  return `# What the worker logs in with. The stack writes the whole file, with every value escaped as Java reads it:
#   pulumi stack output ${secretsOutput} --show-secrets --stack ${stack} > secrets.properties

${keys.join("\n")}`;
}

function readme(settings: BundleSettings): string {
  const { stack, secretsOutput, connectors, forget } = settings;
  const names = Object.keys(connectors).sort();
  return `# Kafka Connect of stack ${stack}, on a host of yours

\`npm run bundle -- --stack ${stack}\` made this folder, and writes it again after a change. It runs one Kafka Connect
worker with ${names.length === 1 ? "the connector" : "the connectors"} ${names.map((name) => `\`${name}\``).join(", ")}.

The host needs Linux with systemd, Docker 24 or newer with its Compose plugin, 4 GB of memory, a way to the databases, and
a way out to Confluent Cloud on ports 443 and 9092. Nothing needs a way in: Kafka Connect's REST interface listens on
127.0.0.1:8083. Whoever reaches it can run programs as the worker and read its secrets, so leave it there.

## Start

The stack has to be deployed (\`pulumi up\`), since it makes the topics and the keys. Then, with this folder as
\`${home}\` on the host:

1. Write the secrets, where the repository and your login of Pulumi are, and bring the file to the host:

   \`\`\`sh
   (umask 077 && pulumi stack output ${secretsOutput} --show-secrets --stack ${stack} > secrets.properties)
   \`\`\`

   \`secrets.properties.example\` lists its keys, and where each value comes from. On the host it belongs to root alone:
   \`chown root: ${home}/secrets.properties && chmod 600 ${home}/secrets.properties\`.

2. Start the worker, now and at every boot:

   \`\`\`sh
   cp ${home}/pipeline-connect.service /etc/systemd/system/
   systemctl daemon-reload
   systemctl enable --now pipeline-connect
   \`\`\`

3. Make the connectors. It ends when all their tasks run, or says why one does not:

   \`\`\`sh
   cd ${home} && docker compose run --rm reconcile
   \`\`\`

\`docker compose ps\` says whether the worker is healthy, \`journalctl -u pipeline-connect\` what it does.

To keep no secret on the disk, leave \`secrets.properties\` out and let your vault's agent write it to \`/run/connect/\`
before the service starts: the file owned by user ${containerUser} with mode 0400, the folder with mode 0700.

## Update

\`\`\`sh
npm run bundle -- --stack ${stack}     # where the repository is; bring the folder to the host
cd ${home}
cp pipeline-connect.service /etc/systemd/system/ && systemctl daemon-reload
systemctl restart pipeline-connect     # a new image, worker.properties, or certificate
docker compose run --rm reconcile --dry-run   # what would change
docker compose run --rm reconcile
\`\`\`

Connectors stop for the restart and go on where they were. A connector that is no longer declared is taken away.

## Rotate

After \`pulumi up\` has made new keys, or you have set a new password in the configuration: write \`secrets.properties\` again
as above and \`systemctl restart pipeline-connect\`. Old keys must work until then.

## Several hosts

The same folder on each, and on each a file \`${home}/.env\` with \`CONNECT_HOST=\` and the host's own private
address. Let only these hosts reach each other's port 8083. Run reconcile on one of them.

## Remove

\`\`\`sh
cd ${home}
docker compose run --rm remove                # the connectors
systemctl disable --now pipeline-connect      # the worker
docker compose down && rm -r /run/connect ${home} /etc/systemd/system/pipeline-connect.service
\`\`\`

Remove the connectors before the worker, and both before \`pulumi destroy\`: only a worker can delete them. What stays:

- Stopped, the worker leaves everything: it goes on where it was, as long as the databases still have their logs.
- Removed connectors leave their topics and the rows in them. ${forget ? forgotten : kept}
- \`pulumi destroy\` leaves the databases as they are: users, publications and change capture are yours to undo.
`;
}

const forgotten = "Their offsets and, on Postgres, their replication slots are deleted.";
const kept =
  "Their offsets stay too, so that the same connectors go on where they were. A Postgres server keeps its log for the\n" +
  "  replication slot that stays: if the connector does not come back, drop the slot as the output says.";
