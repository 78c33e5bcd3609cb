import * as yaml from "yaml";
import { declarationOf } from "../../../../image/connect/reconcile/declaration.ts";
import { bundleFiles, type BundleSettings } from "../../../../model/connect/bundle.ts";
import { secretKeys } from "../../../../model/connect/worker.ts";

const image = `registry.example.com/connect@sha256:${"0123456789abcdef".repeat(4)}`;
const certificate = "-----BEGIN CERTIFICATE-----\nQUJD\n-----END CERTIFICATE-----\n";
const settings: BundleSettings = {
  stack: "prod",
  image,
  workerProperties: "group.id=connect-workers\n",
  certificates: { mssql: certificate },
  owner: "pipeline-prod",
  connectors: {
    mysql: { "topic.prefix": "mysql", "connector.class": "io.debezium.connector.mysql.MySqlConnector" },
    mssql: { "connector.class": "io.debezium.connector.sqlserver.SqlServerConnector" },
  },
  forget: false,
  secrets: {
    [secretKeys.kafka]: "Login of the workers' Kafka key.",
    [secretKeys.password("mssql")]: "Password of mssql: pulumi config get mssql.password.",
  },
  secretsOutput: "connectSecrets",
};
const files = bundleFiles(settings);
const fileOf = (name: string, given = settings) => bundleFiles(given)[name] ?? "";

interface Service {
  readonly image: string;
  readonly entrypoint?: readonly string[];
  readonly profiles?: readonly string[];
  readonly ports?: unknown;
  readonly volumes: readonly { source: string; target: string; read_only: boolean; bind: unknown }[];
  readonly [key: string]: unknown;
}
const servicesOf = (given = settings) =>
  (yaml.parse(fileOf("compose.yaml", given), { merge: true }) as { services: Record<string, Service> }).services;

it("has these files", () => {
  expect(Object.keys(files)).toEqual([
    ".gitignore",
    "README.md",
    "compose.yaml",
    "pipeline-connect.service",
    "worker.properties",
    "connectors.json",
    "no-connectors.json",
    "ca/mssql.pem",
    "secrets.properties.example",
  ]);
  expect(files["worker.properties"]).toBe(settings.workerProperties);
  expect(files["ca/mssql.pem"]).toBe(certificate);
  expect(files[".gitignore"]).toContain("secrets.properties\n");
});

it("runs every container by digest, read-only, without rights, with REST where only the host reaches it", () => {
  const services = servicesOf();
  expect(Object.keys(services)).toEqual(["connect", "reconcile", "remove"]);
  for (const service of Object.values(services)) {
    expect(service).toMatchObject({
      image,
      network_mode: "host",
      user: "1000:1000",
      read_only: true,
      cap_drop: ["ALL"],
      security_opt: ["no-new-privileges:true"],
      environment: { CONNECT_HOST: "${CONNECT_HOST:-127.0.0.1}" },
    });
    expect(service.ports).toBeUndefined();
    expect(service.volumes.every((volume) => volume.read_only)).toBe(true);
  }
});

it("mounts the configuration, the certificates and the secrets in memory, none of which Docker may invent", () => {
  const mounts = servicesOf().connect?.volumes ?? [];
  expect(mounts.map(({ source, target }) => [source, target])).toEqual([
    ["./worker.properties", "/etc/connect/worker.properties"],
    ["./ca", "/etc/connect/ca"],
    ["/run/connect", "/run/connect"],
  ]);
  expect(mounts.every(({ bind }) => JSON.stringify(bind) === '{"create_host_path":false}')).toBe(true);
  const withoutCertificates = servicesOf({ ...settings, certificates: {} }).connect?.volumes ?? [];
  expect(withoutCertificates.map(({ source }) => source)).toEqual(["./worker.properties", "/run/connect"]);
});

it("asks the worker for its health", () => {
  const { test } = servicesOf().connect?.healthcheck as { test: string[] };
  expect(test.slice(0, 3)).toEqual(["CMD", "node", "--eval"]);
  expect(test[3]).toContain("'http://' + process.env.CONNECT_HOST + ':8083/health'");
});

it("reconciles and removes on demand, not by itself", () => {
  const { reconcile, remove } = servicesOf();
  const program = ["node", "/opt/connect/reconcile.js", "--declaration"];
  expect(reconcile?.entrypoint).toEqual([...program, "/etc/connect/connectors.json"]);
  expect(remove?.entrypoint).toEqual([...program, "/etc/connect/no-connectors.json"]);
  expect([reconcile?.profiles, remove?.profiles]).toEqual([["tools"], ["tools"]]);
  expect(reconcile?.volumes.map(({ source, target }) => [source, target])).toEqual([
    ["./connectors.json", "/etc/connect/connectors.json"],
    ["/run/connect", "/run/connect"],
  ]);
  expect(remove?.volumes.map(({ source }) => source)).toEqual(["./no-connectors.json"]);
});

it("declares the connectors as reconcile takes them, in an order that does not depend on the program", () => {
  expect(declarationOf(JSON.parse(fileOf("connectors.json")))).toEqual({
    owner: "pipeline-prod",
    undeclared: "delete",
    forget: false,
    connectors: {
      mssql: { config: settings.connectors.mssql },
      mysql: { config: settings.connectors.mysql },
    },
  });
  expect(declarationOf(JSON.parse(fileOf("no-connectors.json")))).toEqual({
    owner: "pipeline-prod",
    undeclared: "delete",
    forget: false,
    connectors: {},
  });
  const turned = Object.fromEntries(
    Object.entries(settings.connectors)
      .reverse()
      .map(([name, config]) => [name, Object.fromEntries(Object.entries(config).reverse())]),
  );
  expect(fileOf("connectors.json", { ...settings, connectors: turned })).toBe(files["connectors.json"]);
});

it("names the secrets and where they come from, and holds none", () => {
  expect(fileOf("secrets.properties.example").split("\n")).toEqual([
    "# What the worker logs in with. The stack writes the whole file, with every value escaped as Java reads it:",
    "#   pulumi stack output connectSecrets --show-secrets --stack prod > secrets.properties",
    "",
    "# Login of the workers' Kafka key.",
    "kafka.jaas=",
    "",
    "# Password of mssql: pulumi config get mssql.password.",
    "mssql.password=",
    "",
  ]);
});

it("fills memory with the secrets before it starts, for the container's user only", () => {
  const unit = fileOf("pipeline-connect.service").split("\n");
  expect(unit).toEqual(
    expect.arrayContaining([
      "WorkingDirectory=/opt/pipeline-connect",
      "ExecStartPre=/bin/sh -c 'test ! -e secrets.properties || { install -d -m 0700 -o 1000 -g 1000 /run/connect && " +
        "install -m 0400 -o 1000 -g 1000 secrets.properties /run/connect/; }'",
      "ExecStart=/usr/bin/docker compose up connect",
      "ExecStop=-/usr/bin/docker compose stop --timeout 60 connect",
      "Restart=always",
    ]),
  );
});

it("says what removing leaves behind, which differs with the environment", () => {
  expect(fileOf("README.md")).toContain("A Postgres server keeps its log");
  expect(fileOf("README.md", { ...settings, forget: true })).toContain("replication slots are deleted");
  expect(fileOf("README.md")).toContain("the connectors `mssql`, `mysql`");
});

it("tells an operator how to start, update, rotate and remove, with commands for this stack", () => {
  const readme = fileOf("README.md");
  expect(readme.match(/^## .*$/gm)).toEqual([
    "## Start",
    "## Update",
    "## Rotate secrets",
    "## Several hosts",
    "## Remove",
  ]);
  const sectionOf = (title: string) => (readme.split(`## ${title}\n`)[1] ?? "").split("\n## ")[0] ?? "";
  const inOrder = (title: string) =>
    [
      ...sectionOf(title).matchAll(
        /npm run bundle -- --stack prod|rsync|pulumi stack output connectSecrets --show-secrets --stack prod \| ssh|systemctl enable --now|systemctl restart|systemctl disable --now|docker compose run --rm \w+(?: --dry-run)?|docker compose down/g,
      ),
    ].map(([command]) => command);
  const secrets = "pulumi stack output connectSecrets --show-secrets --stack prod | ssh";
  const [bundle, reconcile] = ["npm run bundle -- --stack prod", "docker compose run --rm reconcile"];
  expect(inOrder("Start")).toEqual([bundle, "rsync", secrets, "systemctl enable --now", reconcile]);
  expect(inOrder("Update")).toEqual([bundle, "rsync", "systemctl restart", `${reconcile} --dry-run`, reconcile]);
  expect(inOrder("Rotate secrets")).toEqual([secrets, "systemctl restart", reconcile]);
  expect(inOrder("Remove")).toEqual([
    "docker compose run --rm remove",
    "systemctl disable --now",
    "docker compose down",
  ]);
});
