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

/** The secrets in memory: the same place on the host and in its containers. */
const secretsMount = ["/run/connect", "/run/connect"] as const;

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
    secretsMount,
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
  # It reads the secrets only to see that every key is there that a connector refers to.
  reconcile:
${oneShot("connectors.json", secretsMount)}

  # docker compose run --rm remove: takes every connector of this stack away.
  remove:
${oneShot("no-connectors.json")}
`;
}

/** A host path that is missing is an error: Docker would make an empty folder of root's in its place. */
function bind(from: string, to: string): string {
  return `      - { type: bind, source: ${from}, target: ${to}, read_only: true, bind: { create_host_path: false } }`;
}

function oneShot(file: string, ...mounts: readonly (readonly [from: string, to: string])[]): string {
  const all = [[`./${file}`, `/etc/connect/${file}`] as const, ...mounts];
  return `    <<: *container
    profiles: [tools]
    entrypoint: [node, /opt/connect/reconcile.js, --declaration, /etc/connect/${file}]
    volumes:
${all.map(([from, to]) => bind(from, to)).join("\n")}`;
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

\`npm run bundle -- --stack ${stack}\` made this folder, \`bundle/${stack}\` in the repository, and writes it again after a change.
It runs one Kafka Connect worker with ${names.length === 1 ? "the connector" : "the connectors"} ${names.map((name) => `\`${name}\``).join(", ")}.

The host needs Linux with systemd, Docker 24 or newer with its Compose plugin, 4 GB of memory, a way to the databases and
to the image's registry, and a way out to Confluent Cloud on ports 443 and 9092. Nothing needs a way in: Kafka Connect's
REST interface listens on 127.0.0.1:8083. Whoever reaches it can run programs as the worker and read its secrets, so leave
it there.

Below, "here" is where the repository and your login of Pulumi are, in the repository's folder; all else is done as root on
the host, \`HOST\`.

## Start

1. Here: deploy the stack, since it makes the topics and the keys, write this folder, and bring it to the host. The modes
   matter: the container's user ${containerUser} reads the files, but root alone the secrets.

   \`\`\`sh
   pulumi up --stack ${stack}
   npm run bundle -- --stack ${stack}
   ${copyFolder(stack)}
   \`\`\`

2. Here: bring the secrets to the host. The output is the whole text of \`secrets.properties\`;
   \`secrets.properties.example\` lists its keys and where each value comes from.

   \`\`\`sh
   ${copySecrets(stack, secretsOutput)}
   \`\`\`

3. On the host: start the worker, now and at every boot. If the image's registry wants a login, \`docker login\` first.

   \`\`\`sh
   cp ${home}/pipeline-connect.service /etc/systemd/system/
   systemctl daemon-reload
   systemctl enable --now pipeline-connect
   cd ${home} && docker compose ps     # healthy after a minute or two
   \`\`\`

4. Make the connectors. It ends when all their tasks run, or says why one does not:

   \`\`\`sh
   cd ${home} && docker compose run --rm reconcile
   \`\`\`

If the worker does not become healthy, \`journalctl -u pipeline-connect\` says why. A key that \`secrets.properties\` lacks is
named there, or by reconcile when only a connector needs it.

To keep no secret on the disk, leave out step 2 and let your vault's agent write the file to \`/run/connect/\` before the
service starts: owned by user ${containerUser} with mode 0400, the folder with mode 0700.

## Update

After a \`pulumi up\` that changed anything of Kafka Connect, here:

\`\`\`sh
npm run bundle -- --stack ${stack}     # lists the files that changed
${copyFolder(stack)}
\`\`\`

On the host:

\`\`\`sh
cp ${home}/pipeline-connect.service /etc/systemd/system/ && systemctl daemon-reload
systemctl restart pipeline-connect     # not needed when only connectors.json changed
cd ${home}
docker compose run --rm reconcile --dry-run     # what would change
docker compose run --rm reconcile
\`\`\`

A new source has a password: bring the secrets again as well, before the restart. Connectors stop for the restart and go on
where they were. A connector that is no longer declared is taken away.

## Rotate secrets

1. A database's password: change it in the database, then here
   \`pulumi config set --path --secret SOURCE.password --stack ${stack}\` and \`pulumi up --stack ${stack}\`.
   A key of Kafka or Schema Registry: \`pulumi up --stack ${stack} --replace URN_OF_THE_KEY\`.
2. Here, at once: \`pulumi up\` deletes the old key when the new one is made.

   \`\`\`sh
   ${copySecrets(stack, secretsOutput)}
   \`\`\`

3. On the host: \`systemctl restart pipeline-connect\`. With a vault's agent, let it write the new file first.

From the change to the restart the worker may be refused, and connectors may fail. Nothing is lost: they go on where they
were. \`docker compose run --rm reconcile\` sees that all run, and restarts what failed.

## Several hosts

The same folder and secrets on each, and on each a file \`${home}/.env\` with \`CONNECT_HOST=\` and the host's own private
address. Let only these hosts reach each other's port 8083. Restart one after the other. Run reconcile on one of them.

## Remove

Remove the connectors before the worker, and both before \`pulumi destroy\`: only a worker can delete them. On the host:

\`\`\`sh
cd ${home} && docker compose run --rm remove     # the connectors; only on the last host
systemctl disable --now pipeline-connect         # the worker
docker compose down --rmi all                    # its container and image
cd / && rm -r /run/connect ${home} /etc/systemd/system/pipeline-connect.service
systemctl daemon-reload
\`\`\`

What stays:

- Stopped, the worker leaves everything: it goes on where it was, as long as the databases still have their logs.
- Removed connectors leave their topics and the rows in them. ${forget ? forgotten : kept}
- \`pulumi destroy\` leaves the databases as they are: users, publications and change capture are yours to undo.
`;
}

/** What is the host's own stays; files that are no longer part of the bundle go. */
function copyFolder(stack: string): string {
  const own = "--exclude secrets.properties --exclude .env";
  return `rsync -rpt --delete --chmod=D755,F644 ${own} bundle/${stack}/ root@HOST:${home}/`;
}

/** Through a pipe, so that no copy is left where pulumi runs. Made anew, for its mode; not if pulumi printed nothing. */
function copySecrets(stack: string, output: string): string {
  const write = `cd ${home} && umask 077 && cat > .new && test -s .new && mv .new secrets.properties`;
  return `pulumi stack output ${output} --show-secrets --stack ${stack} | ssh root@HOST '${write}'`;
}

const forgotten = "Their offsets and, on Postgres, their replication slots are deleted.";
const kept =
  "Their offsets stay too, so that the same connectors go on where they were. A Postgres server keeps its log for the\n" +
  "  replication slot that stays: if the connector does not come back, drop the slot as the output says.";
