import { spawnSync } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { certificatesIn, hostFiles, userData, type HostSettings } from "../../../../model/connect/host.ts";
import { workerPropertiesText } from "../../../../model/connect/worker.ts";

const digest = `sha256:${"0123456789abcdef".repeat(4)}`;
const certificate = `-----BEGIN CERTIFICATE-----\n${"QUJD".repeat(16)}\n-----END CERTIFICATE-----\n`;
const settings: HostSettings = {
  image: `123456789012.dkr.ecr.eu-west-1.amazonaws.com/pipeline/connect@${digest}`,
  workerProperties: workerPropertiesText({
    bootstrapServers: "pkc-1.eu-west-1.aws.confluent.cloud:9092",
    registryUrl: "https://psrc-1.eu-west-1.aws.confluent.cloud",
  }),
  certificates: { mssql: certificate },
  secretArn: "arn:aws:secretsmanager:eu-west-1:123456789012:secret:workers-AbCdEf",
  secretVersion: "11111111-1111-1111-1111-111111111111",
  parameters: "/pipeline-dev-workers",
  region: "eu-west-1",
  logGroup: "pipeline-dev-workers",
};

const textOf = (file: string, given = settings) => hostFiles(given).find(({ path: at }) => at === file)?.text ?? "";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), "host-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Runs a script with stand-ins for the commands that only an instance has; they say what they were called with. */
function run(script: string, standIns: Record<string, string>, args: readonly string[] = [], input = "") {
  const bin = path.join(folder, "bin");
  mkdirSync(bin, { recursive: true });
  for (const [name, body] of Object.entries(standIns)) {
    writeFileSync(path.join(bin, name), `#!/bin/bash\n${body}\n`);
    chmodSync(path.join(bin, name), 0o755);
  }
  return spawnSync("bash", ["--norc", "-c", script, "script", ...args], {
    input,
    encoding: "utf8",
    env: { PATH: `${bin}:${process.env.PATH ?? ""}`, LOG: path.join(folder, "log") },
  });
}

const calls = () => readFileSync(path.join(folder, "log"), "utf8").trimEnd().split("\n");
const installed = spawnSync("which", ["install"], { encoding: "utf8" }).stdout.trim();
const metadata = `case "$*" in
  *api/token*) echo TOKEN ;;
  *"X-aws-ec2-metadata-token: TOKEN"*local-ipv4) echo 10.0.1.5 ;;
  *"X-aws-ec2-metadata-token: TOKEN"*instance-id) echo i-0abc ;;
  *) exit 22 ;;
esac`;
/** Like the real one, its login reads the password first: whoever writes it must not meet a closed pipe. */
const dockerWithoutImage =
  'if [ "$1" = login ]; then cat >/dev/null; fi; echo "docker $*" >>"$LOG"; if [ "$1" = image ]; then exit 1; fi';

it("writes every file as it is, whatever its text means to a shell", () => {
  const odd = { ...settings, workerProperties: "# $(touch /tmp/x) `id` '\"\\\nEND_OF_FILE\nkey=${file:/a:b}\n" };
  const script = userData(odd).split("until dnf")[0] ?? "";
  // As root's install would, but into a folder of the test's.
  const install = 'mkdir -p "$ROOT$(dirname "${@: -1}")" && cat >"$ROOT${@: -1}" && echo "$3 ${@: -1}" >>"$LOG"';
  const { status, stderr } = run(`export ROOT=${folder}/root\n${script}`, { install });
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  for (const file of hostFiles(odd)) {
    expect(readFileSync(`${folder}/root${file.path}`, "utf8")).toBe(file.text);
  }
  expect(calls()).toEqual(hostFiles(odd).map(({ mode, path: at }) => `${mode} ${at}`));
});

it("consists of scripts that bash can read", () => {
  const scripts = [
    userData(settings),
    ...hostFiles(settings).flatMap(({ mode, text }) => (mode === "0755" ? text : [])),
  ];
  expect(scripts).toHaveLength(4);
  for (const script of scripts) {
    expect(script).toMatch(/^#!\/bin\/bash\n/);
    expect(spawnSync("bash", ["-n"], { input: script, encoding: "utf8" })).toMatchObject({ status: 0, stderr: "" });
  }
});

it("installs Docker, and starts the worker now and at each boot, without waiting for it", () => {
  expect(userData(settings).split("\n").slice(-5)).toEqual([
    'until dnf install -y docker; do echo "Docker could not be installed; trying again." >&2; sleep 10; done',
    "systemctl daemon-reload",
    "systemctl enable docker pipeline-secrets pipeline-worker",
    "systemctl start --no-block pipeline-worker",
    "",
  ]);
});

it("runs the image by its digest, hardened, on the instance's own address", () => {
  const { status, stderr } = run(textOf("/usr/local/sbin/pipeline-worker"), {
    curl: metadata,
    aws: 'echo "aws $*" >>"$LOG"; echo PASSWORD',
    docker: dockerWithoutImage,
  });
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  expect(calls()).toEqual([
    `docker image inspect ${settings.image}`,
    "aws ecr get-login-password --region eu-west-1",
    "docker login --username AWS --password-stdin 123456789012.dkr.ecr.eu-west-1.amazonaws.com",
    `docker pull --quiet ${settings.image}`,
    "docker rm --force connect",
    "docker run --detach --rm --name connect --pull never --network host --env CONNECT_HOST=10.0.1.5 --user 1000:1000 " +
      "--read-only --tmpfs /tmp:rw,exec,nosuid,nodev,size=512m --cap-drop ALL --security-opt no-new-privileges " +
      "--ulimit nofile=65536:65536 --volume /etc/connect:/etc/connect:ro --volume /run/connect:/run/connect:ro " +
      "--stop-timeout 60 --log-driver awslogs --log-opt awslogs-region=eu-west-1 " +
      "--log-opt awslogs-group=pipeline-dev-workers --log-opt awslogs-stream=i-0abc " +
      `--log-opt awslogs-multiline-pattern=^[[{0-9] --log-opt mode=non-blocking --log-opt max-buffer-size=4m ${settings.image}`,
    "docker wait connect",
  ]);
});

it("logs in to ECR only, and pulls no image that is there", () => {
  const elsewhere = { ...settings, image: `registry.example.com/connect@${digest}` };
  const tools = { curl: metadata, aws: 'echo "aws $*" >>"$LOG"', docker: dockerWithoutImage };
  expect(run(textOf("/usr/local/sbin/pipeline-worker", elsewhere), tools).status).toBe(0);
  expect(calls().slice(0, 2)).toEqual([
    `docker image inspect ${elsewhere.image}`,
    `docker pull --quiet ${elsewhere.image}`,
  ]);
  expect(calls().join("\n")).not.toMatch(/^(aws|docker login)/m);

  rmSync(path.join(folder, "log"));
  expect(run(textOf("/usr/local/sbin/pipeline-worker"), { ...tools, docker: 'echo "docker $*" >>"$LOG"' }).status).toBe(
    0,
  );
  expect(calls().join("\n")).not.toMatch(/^(aws|docker (login|pull))/m);
});

describe("pipeline-secrets", () => {
  const byName = (name: string) => path.join(folder, "values", name.replaceAll("/", "_"));
  const value = (name: string, text: string) => {
    mkdirSync(path.join(folder, "values"), { recursive: true });
    writeFileSync(byName(name), text);
  };
  /** Answers as the CLI's text output does: the value and a line's end; names with tabs between, a line a page. */
  const aws = `echo "aws $*" >>"$LOG"
    if [ "$(grep -c "^aws" "$LOG")" = "$FAILS" ]; then echo "no answer" >&2; exit 254; fi
    name=; path=
    while [ $# -gt 0 ]; do case "$1" in --name) name=$2 ;; --secret-id) name=secret ;; --path) path=$2 ;; esac; shift; done
    if [ -n "$path" ]; then cat "$(dirname "$LOG")/names"; else cat "$(dirname "$LOG")/values/\${name//\//_}" && echo; fi`;
  const standIns = {
    install: `echo "install $*" >>"$LOG"; if [ "$1" = -d ]; then mkdir -p "\${@: -1}"; else ${installed} "$@"; fi`,
    chown: 'echo "chown $*" >>"$LOG"',
    sleep: 'echo "sleep $*" >>"$LOG"',
    flock: 'echo "flock $*" >>"$LOG"',
    aws,
  };
  const script = () =>
    textOf("/usr/local/sbin/pipeline-secrets")
      .replaceAll("/run/", `${folder}/run/`)
      .replaceAll("/etc/connect", `${folder}/etc`);
  /** `fails`: which of its calls to AWS is not answered; none by default. */
  const fetched = (names: string, fails = 0) => {
    mkdirSync(`${folder}/run`, { recursive: true });
    writeFileSync(path.join(folder, "names"), names);
    const { status, stderr } = run(`export FAILS=${String(fails)}\n${script()}`, standIns);
    return { status, stderr, file: readFileSync(`${folder}/run/connect/secrets.properties`, "utf8") };
  };
  const inRegion = "--region eu-west-1 --output text";
  const secret = `aws secretsmanager get-secret-value --secret-id ${settings.secretArn} --query SecretString ${inRegion}`;
  const list = `aws ssm get-parameters-by-path --path /pipeline-dev-workers --recursive --query Parameters[].Name ${inRegion}`;
  const one = (name: string) =>
    `aws ssm get-parameter --name ${name} --with-decryption --query Parameter.Value ${inRegion}`;

  beforeEach(() => {
    value("secret", "kafka.jaas=x\\\\y\n");
    value(
      "/pipeline-dev-workers/sinks/jdbc",
      "sink-jdbc.kafka.jaas=a b\tc\nsink-jdbc.connection.password=$(id) `id` \\u007b",
    );
    value("/pipeline-dev-workers/sinks/snowflake", "sink-snowflake.kafka.jaas=*");
    value("/pipeline-dev-workers/ca/jdbc", certificate.trimEnd());
  });

  it("keeps them in memory, for the container's user only, one after the other", () => {
    expect(script()).toContain(`folder=${folder}/run/connect\n`);
    expect(fetched("\n")).toEqual({ status: 0, stderr: "", file: "kafka.jaas=x\\\\y\n\n" });
    expect(calls()).toEqual([
      "flock 9",
      `install -d -m 0700 -o 1000 -g 1000 ${folder}/run/connect`,
      secret,
      list,
      `chown 1000:1000 ${folder}/run/connect/.new`,
    ]);
    const { stdout } = spawnSync("stat", ["-c", "%a", `${folder}/run/connect/secrets.properties`], {
      encoding: "utf8",
    });
    expect(stdout).toBe("400\n");
  });

  it("adds what each sink has, of however many pages, and puts its certificate beside the sources'", () => {
    const names =
      "/pipeline-dev-workers/sinks/jdbc\t/pipeline-dev-workers/ca/jdbc\n\n/pipeline-dev-workers/sinks/snowflake\n";
    expect(fetched(names)).toEqual({
      status: 0,
      stderr: "",
      file:
        "kafka.jaas=x\\\\y\n\nsink-jdbc.kafka.jaas=a b\tc\nsink-jdbc.connection.password=$(id) `id` \\u007b\n" +
        "sink-snowflake.kafka.jaas=*\n",
    });
    const pem = `${folder}/etc/ca/jdbc.pem`;
    expect(readFileSync(pem, "utf8")).toBe(certificate);
    const { stdout } = spawnSync("stat", ["-c", "%a", path.dirname(pem), pem], { encoding: "utf8" });
    expect(stdout).toBe("755\n644\n");
    expect(calls()).toContain(one("/pipeline-dev-workers/sinks/jdbc"));
  });

  it.each([1, 2, 3, 4, 5])("begins again when call %i of five is not answered, and never leaves a part", (call) => {
    const names =
      "/pipeline-dev-workers/sinks/jdbc\t/pipeline-dev-workers/ca/jdbc\t/pipeline-dev-workers/sinks/snowflake\n";
    const whole = fetched(names).file;
    rmSync(path.join(folder, "log"));
    const again = fetched(names, call);
    expect(again).toMatchObject({ status: 0, file: whole });
    expect(again.stderr).toBe("no answer\nThe secrets could not be read; trying again.\n");
    expect(calls().filter((line) => line.startsWith("sleep"))).toEqual(["sleep 10"]);
    expect(calls().filter((line) => line.startsWith("aws"))).toHaveLength(call + 5);
    expect(readFileSync(`${folder}/etc/ca/jdbc.pem`, "utf8")).toBe(certificate);
  });

  it("is the same however many sinks there are", () => {
    expect(textOf("/usr/local/sbin/pipeline-secrets")).not.toMatch(/jdbc|snowflake/);
  });
});

it("starts the worker after its secrets, again whenever it ends, and gives it time to leave", () => {
  const unit = textOf("/etc/systemd/system/pipeline-worker.service").split("\n");
  expect(unit).toEqual(
    expect.arrayContaining([
      "Requires=docker.service pipeline-secrets.service",
      "After=docker.service pipeline-secrets.service",
      "StartLimitIntervalSec=0",
      "Restart=always",
      "ExecStop=-/usr/bin/docker stop --time 60 connect",
      "TimeoutStopSec=90",
    ]),
  );
  expect(textOf("/etc/systemd/system/pipeline-secrets.service")).toContain("After=network-online.target");
});

it("runs reconcile in the container, with what it is given, once the container runs", () => {
  const docker = `if [ "$1" = inspect ]; then echo x >>"$LOG"; if [ "$(wc -l <"$LOG")" -lt 3 ]; then exit 1; fi; echo true
  else printf '[%s]' "$@"; cat; fi`;
  const { status, stdout } = run(
    textOf("/usr/local/bin/pipeline-reconcile"),
    { docker, sleep: "" },
    ["--json", "--declaration", "- -"],
    "standard input",
  );
  expect({ status, stdout }).toEqual({
    status: 0,
    stdout: "[exec][--interactive][connect][node][/opt/connect/reconcile.js][--json][--declaration][- -]standard input",
  });
});

it("says so when no worker comes up", () => {
  const { status, stderr } = run(textOf("/usr/local/bin/pipeline-reconcile"), { docker: "exit 1", sleep: "" });
  expect(status).toBe(75);
  expect(stderr).toContain("No worker runs on this instance");
});

it.each([
  ["image", { image: settings.image.replace("@sha256:0", "@sha256:f") }],
  ["worker.properties", { workerProperties: `${settings.workerProperties}a=b\n` }],
  ["secret", { secretVersion: "22222222-2222-2222-2222-222222222222" }],
  ["place of the sinks' secrets", { parameters: "/pipeline-prod-workers" }],
  ["certificate", { certificates: {} }],
])("changes with the %s, so that instances are replaced", (_, change) => {
  expect(userData({ ...settings, ...change })).not.toBe(userData(settings));
  expect(userData({ ...settings })).toBe(userData(settings));
});

it("takes of a certificate's text the certificates only", () => {
  const text = `# Subject: an authority\r\n${certificate.replaceAll("\n", "\r\n")}$(reboot)\n${certificate}`;
  expect(certificatesIn("mssql", text)).toBe(certificate + certificate);
  expect(() => certificatesIn("mssql", "/etc/ca.pem")).toThrow(
    "The certificate of mssql's authority is not in PEM form.",
  );
});

it("fits into user data with an authority of its own for each of four sources, and says so when it does not", () => {
  const real = certificate.replace(/QUJD/g, "QUJD".repeat(25)); // 1.6 kB each
  const four = { a: real, b: real, c: real, d: real };
  expect(Buffer.byteLength(userData({ ...settings, certificates: four }))).toBeLessThan(16_384);
  expect(() => userData({ ...settings, certificates: { ...four, mssql: real.repeat(20) } })).toThrow(
    /^The workers' user data would be \d+ bytes, and EC2 takes 16384\. .*mssql: 33\d+\)\.$/,
  );
});
