import { quoted, written, type ScriptedFile } from "../shell.ts";
import { workersTrust } from "./databaseTls.ts";
import { ecrImage } from "./ecr.ts";

/** What an instance needs to know to become a worker; none of it is secret. */
export interface HostSettings {
  /** Image with its digest, as `docker pull` takes it. */
  readonly image: string;
  /** The text of `worker.properties`. */
  readonly workerProperties: string;
  /** Certificates (PEM) of the databases' authorities, by source. */
  readonly certificates: Readonly<Record<string, string>>;
  /** The secret that holds the beginning of the secrets file: what the workers and the sources log in with. */
  readonly secretArn: string;
  /** Its version now. It is only written down, so that another one makes another text; a boot reads the current one. */
  readonly secretVersion: string;
  /** Path of the parameters that hold the rest of it, a sink's each, and the sinks' certificates: `parametersPath`. */
  readonly parameters: string;
  /** Region of the secret, of the parameters and of the logs. */
  readonly region: string;
  /** CloudWatch log group, which exists already. Each instance has a stream of its own in it. */
  readonly logGroup: string;
}

/** The user and group that run the container; the same numbers own the secrets file on its host. */
export const containerUser = 1000;

/** Seconds that a worker gets to leave its group: its tasks need up to half of them to note their positions. */
export const stopSeconds = 60;

/** Exec, because Snowflake's client unpacks a library there and loads it. */
export const temporaryFolder = "/tmp:rw,exec,nosuid,nodev,size=512m";

/** EC2 takes no longer user data. Bytes, before base64. */
const longestUserData = 16_384;

/**
 * User data of an instance (Amazon Linux 2023, arm64 or not): it installs Docker and starts the worker, now and at every
 * boot. Throws when it would be longer than EC2 takes, which only certificates can cause.
 */
export function userData(settings: HostSettings): string {
  const text = [
    "#!/bin/bash",
    "# Makes this instance a Kafka Connect worker. It holds no secret: they are fetched at each boot, into memory.",
    "set -euo pipefail",
    "",
    ...hostFiles(settings).flatMap((file) => [written(file), ""]),
    'until dnf install -y docker; do echo "Docker could not be installed; trying again." >&2; sleep 10; done',
    "systemctl daemon-reload",
    "systemctl enable docker pipeline-secrets pipeline-worker",
    "systemctl start --no-block pipeline-worker",
    "",
  ].join("\n");
  const { length } = new TextEncoder().encode(text);
  if (length > longestUserData) {
    const sizes = Object.entries(settings.certificates).map(([source, pem]) => `${source}: ${pem.length}`);
    throw new Error(
      `The workers' user data would be ${length} bytes, and EC2 takes ${longestUserData}. Give only the certificates ` +
        `of the authorities that signed the databases' own, not a bundle of many (bytes now: ${sizes.join(", ")}).`,
    );
  }
  return text;
}

/** A file on the instance. */
export interface HostFile extends ScriptedFile {
  readonly mode: "0644" | "0755";
}

/** Every file that the user data writes. First the one that `pulumi up` runs: it may come before Docker is there. */
export function hostFiles(settings: HostSettings): HostFile[] {
  const certificates = Object.entries(settings.certificates).map(([source, pem]): HostFile => ({
    path: `/etc/connect/ca/${source}.pem`,
    mode: "0644",
    text: certificatesIn(source, pem),
  }));
  return [
    { path: "/usr/local/bin/pipeline-reconcile", mode: "0755", text: reconcileScript },
    { path: "/etc/connect/worker.properties", mode: "0644", text: settings.workerProperties },
    ...certificates,
    { path: "/usr/local/sbin/pipeline-secrets", mode: "0755", text: secretsScript(settings) },
    { path: "/usr/local/sbin/pipeline-worker", mode: "0755", text: workerScript(settings) },
    { path: "/etc/systemd/system/pipeline-secrets.service", mode: "0644", text: secretsUnit },
    { path: "/etc/systemd/system/pipeline-worker.service", mode: "0644", text: workerUnit },
  ];
}

/** The certificates in a text, without what else may stand in it. Throws when there is none. */
export function certificatesIn(source: string, pem: string): string {
  const found = pem.match(/-----BEGIN CERTIFICATE-----[\sA-Za-z0-9+/=]+-----END CERTIFICATE-----/g);
  if (found === null) {
    throw new Error(`The certificate of ${source}'s authority is not in PEM form.`);
  }
  return found.map((certificate) => `${certificate.replace(/\r/g, "")}\n`).join("");
}

const reconcileScript = `#!/bin/bash
# Runs reconcile in the worker's container: its arguments and standard input are this script's. Waits up to five minutes
# for the container, since an instance can be reached before it is through with its boot.
set -euo pipefail
for ((waited = 0; waited < 300; waited += 2)); do
  if [ "$(docker inspect --format '{{.State.Running}}' connect 2>/dev/null)" = true ]; then
    exec docker exec --interactive connect node /opt/connect/reconcile.js "$@"
  fi
  sleep 2
done
echo "No worker runs on this instance: see systemctl status pipeline-worker pipeline-secrets, and the logs." >&2
exit 75
`;

/**
 * One file, whose sinks' lines come from as many parameters as there are: which these are is asked each time, so that the
 * script stays the same when a sink comes or goes.
 */
function secretsScript({ secretArn, secretVersion, parameters, region }: HostSettings): string {
  return `#!/bin/bash
# Fetches the worker's and the sinks' secrets into memory, for the container's user only: at each boot, and whenever a
# sink's have changed. Made for version ${secretVersion}.
set -euo pipefail
umask 077
folder=/run/connect
certificates=${workersTrust.caFolder}
path=${quoted(parameters)}
# One after the other: who began earlier must not end later, with what was there before.
exec 9>/run/pipeline-secrets.lock
flock 9
install -d -m 0700 -o ${containerUser} -g ${containerUser} "$folder"

ask() { aws "$@" --region ${quoted(region)} --output text; }
value() { ask ssm get-parameter --name "$1" --with-decryption --query Parameter.Value; }
# bash does not end a function that is a condition at its first failure.
fetch() {
  local names name pem
  ask secretsmanager get-secret-value --secret-id ${quoted(secretArn)} --query SecretString >"$folder/.new" || return
  names=$(ask ssm get-parameters-by-path --path "$path" --recursive --query 'Parameters[].Name') || return
  for name in $names; do
    case "$name" in
      "$path"/sinks/*) value "$name" >>"$folder/.new" || return ;;
      "$path"/ca/*)
        pem=$(value "$name") || return
        install -D -m 0644 /dev/stdin "$certificates/\${name##*/}.pem" <<<"$pem" || return
        ;;
    esac
  done
}
until fetch; do
  echo "The secrets could not be read; trying again." >&2
  sleep 10
done
chown ${containerUser}:${containerUser} "$folder/.new"
chmod 0400 "$folder/.new"
mv -f "$folder/.new" "$folder/secrets.properties"
`;
}

function workerScript({ image, region, logGroup }: HostSettings): string {
  return `#!/bin/bash
# Runs the worker's container until it ends.
set -euo pipefail
image=${quoted(image)}
metadata=http://169.254.169.254/latest
ask() { curl --fail --silent --show-error --retry 10 --retry-connrefused "$@"; }
token=$(ask --request PUT --header "X-aws-ec2-metadata-token-ttl-seconds: 300" "$metadata/api/token")
address=$(ask --header "X-aws-ec2-metadata-token: $token" "$metadata/meta-data/local-ipv4")
instance=$(ask --header "X-aws-ec2-metadata-token: $token" "$metadata/meta-data/instance-id")

if ! docker image inspect "$image" >/dev/null 2>&1; then
${pull(image)}
fi
docker rm --force connect >/dev/null 2>&1 || true
docker run --detach --rm --name connect --pull never \\
  --network host --env CONNECT_HOST="$address" \\
  --user ${containerUser}:${containerUser} --read-only --tmpfs ${temporaryFolder} \\
  --cap-drop ALL --security-opt no-new-privileges --ulimit nofile=65536:65536 \\
  --volume /etc/connect:/etc/connect:ro --volume /run/connect:/run/connect:ro \\
  --stop-timeout ${stopSeconds} \\
  --log-driver awslogs --log-opt awslogs-region=${quoted(region)} --log-opt awslogs-group=${quoted(logGroup)} \\
  --log-opt awslogs-stream="$instance" --log-opt awslogs-multiline-pattern='^[[{0-9]' \\
  --log-opt mode=non-blocking --log-opt max-buffer-size=4m \\
  "$image"
exec docker wait connect
`;
}

/** A registry in ECR wants a login, which is kept in memory and forgotten at the next boot. */
function pull(image: string): string {
  const registry = ecrImage(image);
  const login =
    registry === undefined
      ? []
      : [
          "export DOCKER_CONFIG=/run/pipeline-docker",
          `aws ecr get-login-password --region ${registry.region} | docker login --username AWS --password-stdin ${registry.host}`,
        ];
  return [...login, 'docker pull --quiet "$image"'].map((line) => `  ${line}`).join("\n");
}

const secretsUnit = `[Unit]
Description=Secrets of the Kafka Connect worker
Wants=network-online.target
After=network-online.target

[Service]
Type=oneshot
RemainAfterExit=yes
ExecStart=/usr/local/sbin/pipeline-secrets

[Install]
WantedBy=multi-user.target
`;

const workerUnit = `[Unit]
Description=Kafka Connect worker
Requires=docker.service pipeline-secrets.service
After=docker.service pipeline-secrets.service
StartLimitIntervalSec=0

[Service]
ExecStart=/usr/local/sbin/pipeline-worker
ExecStop=-/usr/bin/docker stop --time ${stopSeconds} connect
TimeoutStopSec=${stopSeconds + 30}
Restart=always
RestartSec=5

[Install]
WantedBy=multi-user.target
`;
