import { quoted, written } from "../shell.ts";
import type { DemoContainer } from "./demoContainer.ts";

/** What the demo's instance runs; none of it is secret. */
export interface DemoHostSettings {
  /** By source. `port`: the one at which the instance offers it. */
  readonly containers: Readonly<Record<string, DemoContainer & { readonly port: number; readonly offeredAt: number }>>;
  /** The secret: a JSON object of each source's password. */
  readonly secretArn: string;
  /** Region of the secret. */
  readonly region: string;
}

/**
 * User data of the demo's instance (Amazon Linux 2023, x86_64): it installs Docker, and at every boot fetches the
 * passwords into memory and starts the databases, whose files stay on the instance's disk.
 */
export function demoUserData(settings: DemoHostSettings): string {
  const files = Object.entries(settings.containers).flatMap(([source, { files }]) =>
    Object.entries(files).map(([path, text]) =>
      written({ path: path.replace("/opt/demo/", `/opt/demo/${source}/`), mode: "0444", text }),
    ),
  );
  return [
    "#!/bin/bash",
    "# Makes this instance the host of the demo's databases. It holds no secret.",
    "set -euo pipefail",
    ...files,
    written({ path: "/usr/local/sbin/demo-sources", mode: "0755", text: startScript(settings) }),
    written({ path: "/etc/systemd/system/demo-sources.service", mode: "0644", text: unit }),
    "until dnf install -y docker; do sleep 10; done",
    "systemctl daemon-reload",
    "systemctl enable docker demo-sources",
    "systemctl start --no-block demo-sources",
    "",
  ].join("\n");
}

const unit = `[Unit]
Description=Databases of the demo
Wants=network-online.target
Requires=docker.service
After=docker.service network-online.target

[Service]
Type=oneshot
RemainAfterExit=yes
ExecStart=/usr/local/sbin/demo-sources
Restart=on-failure
RestartSec=10

[Install]
WantedBy=multi-user.target
`;

function startScript({ containers, secretArn, region }: DemoHostSettings): string {
  return `#!/bin/bash
# Fetches the passwords into memory and starts the databases anew, with the files that they have.
set -euo pipefail
umask 077
metadata=http://169.254.169.254/latest
ask() { curl --fail --silent --show-error --retry 10 --retry-connrefused "$@"; }
token=$(ask --request PUT --header "X-aws-ec2-metadata-token-ttl-seconds: 300" "$metadata/api/token")
address=$(ask --header "X-aws-ec2-metadata-token: $token" "$metadata/meta-data/local-ipv4")
secret=$(aws secretsmanager get-secret-value --region ${quoted(region)} --secret-id ${quoted(secretArn)} --query SecretString --output text)
password() { python3 -c 'import json, sys; sys.stdout.write(json.load(sys.stdin)[sys.argv[1]])' "$1" <<<"$secret"; }
${Object.entries(containers)
  .map(([source, container]) => startOf(source, container))
  .join("")}`;
}

/** Docker itself must not start them at boot: there are no passwords yet. */
function startOf(source: string, container: DemoHostSettings["containers"][string]): string {
  const [program = "", ...rest] = container.start;
  const environment = Object.entries(container.environment).map(
    ([name, value]) => ` --env ${quoted(`${name}=${value}`)}`,
  );
  return `
install -d -m 0755 /run/demo /run/demo/${source}
password ${source} | install -m 0400 -o ${container.user} /dev/stdin /run/demo/${source}/password
docker rm --force demo-${source} >/dev/null 2>&1 || true
docker run --detach --name demo-${source} --restart on-failure --user ${container.user} --memory ${container.memory}m \\
  --publish "$address:${container.offeredAt}:${container.port}"${environment.join("")} \\
  --mount type=bind,source=/opt/demo/${source},target=/opt/demo,readonly \\
  --mount type=bind,source=/run/demo/${source},target=/run/demo,readonly \\
  --mount type=volume,source=demo-${source},target=${container.data} \\
  --entrypoint ${program} ${quoted(container.image)} ${rest.map(quoted).join(" ")}
`;
}
