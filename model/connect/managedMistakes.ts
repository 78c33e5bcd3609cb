import type { Source } from "../graph.ts";
import { systemTitles } from "../names.ts";
import { nearest } from "../words.ts";
import { keyFields } from "./debeziumNames.ts";
import { managedClasses, managedSecrets } from "./managedClasses.ts";
import type { ManagedDatabase } from "./managedConnector.ts";

/** A mistake, and the key of the source's config that it is in: `tls` for `<source>.tls`. */
export interface ManagedMistake {
  readonly key: "host" | "tls" | "ca" | "settings" | "tables";
  readonly text: string;
}

const elsewhere = "or let workers of your own run the connector (connect.placement: ec2 or onPremises)";

/** What Confluent's connector cannot do of what our own workers can: nothing of it may be left out in silence. */
export function managedMistakes(
  source: Source,
  database: Pick<ManagedDatabase, "host" | "tls" | "ca">,
  extra: Readonly<Record<string, string>> = {},
): ManagedMistake[] {
  return [
    ...hostMistakes(database.host),
    ...tlsMistakes(source, database),
    ...Object.keys(extra).flatMap((name) => settingMistakes(source, name)),
    ...keyMistakes(source),
  ];
}

/** Confluent puts `\` in a password as it is into a file in which it means something else. */
export function managedPasswordMistake(password: string): string | undefined {
  return password.includes("\\")
    ? `Confluent's connectors take no \\ in a password. Give the database's user another one, ${elsewhere}.`
    : undefined;
}

function hostMistakes(host: string): ManagedMistake[] {
  return /^(localhost|127\.[\d.]+|::1)$/i.test(host)
    ? [
        {
          key: "host",
          text: `${host} is Confluent's own machine to its connectors. Write a name that the internet or your private link knows, ${elsewhere}.`,
        },
      ]
    : [];
}

function tlsMistakes({ kind }: Source, { tls, ca }: Pick<ManagedDatabase, "tls" | "ca">): ManagedMistake[] {
  if (tls !== "verify") {
    return [];
  }
  const connector = `Confluent's connector for ${systemTitles[kind]}`;
  if (kind === "sqlServer") {
    return [
      {
        key: "tls",
        text: `${connector} encrypts the connection but believes any certificate. Write trust if that will do, as over a private link, ${elsewhere}.`,
      },
    ];
  }
  if (kind === "postgres") {
    return ca === ""
      ? [
          {
            key: "ca",
            text: `${connector} knows no public authorities: it checks a certificate only against one that is given. Write the authority's certificate, ${elsewhere}.`,
          },
        ]
      : [];
  }
  return ca === ""
    ? []
    : [
        {
          key: "ca",
          text: `${connector} takes an authority of one's own only as a Java trust store, which the stack does not make. Use a certificate that a public authority signed, ${elsewhere}.`,
        },
      ];
}

function settingMistakes({ kind }: Source, name: string): ManagedMistake[] {
  const { name: className, properties } = managedClasses[kind];
  if (managedSecrets.includes(name)) {
    return [{ key: "settings", text: `${name} is a secret, and settings are none. Take it out.` }];
  }
  if (properties.includes(name) || /^(transforms|predicates)\./.test(name)) {
    return [];
  }
  const instead = nearest(name, properties);
  return [
    {
      key: "settings",
      text: `${className} has no ${name} and would not look at it. ${instead === undefined ? "Take it out" : `Write ${instead}, take it out`}, ${elsewhere}.`,
    },
  ];
}

/** Such a key has a name of Debezium's in its schema, so that no row of another writer has the same bytes. */
function keyMistakes(source: Source): ManagedMistake[] {
  return source.tables
    .filter((table) => source.kind === "postgres" && keyFields(table).length === 1)
    .filter((table) => table.columns.some(({ name, type }) => name === table.key[0] && type.logical === "uuid"))
    .map(({ path, key }) => ({
      key: "tables",
      text: `${path}: Confluent's connector marks the key ${key.join()} as a uuid in its schema, and joins on it would find nothing. Choose another key, ${elsewhere}.`,
    }));
}

/** What is not the same as on workers of our own, for people who choose between them. */
export const managedDifferences: readonly string[] = [
  "SQL Server: the connection is encrypted, but the server's certificate is not checked; Confluent sets `database.trustServerCertificate=true`.",
  "MySQL and MariaDB: the certificate must be from a public authority; one of your own would need a Java trust store.",
  "Postgres: the certificate of the authority must be given, a public one's too.",
  "MySQL and MariaDB: Confluent chooses `database.server.id`; `<source>.serverId` is not used.",
  "TLS 1.2 for MySQL and MariaDB, whatever newer the server offers.",
  "Records may have Debezium's own headers (`__debezium.context.*`): `extended.headers.enabled` cannot be set. Nothing reads them.",
  "A value that cannot be converted stops a MySQL or MariaDB connector, as it does on our workers; from SQL Server and Postgres it comes as NULL, with a line in the log.",
  "Postgres: changes can be missed when the connector starts, which our workers prevent: see [where a Postgres source begins](reliability.md#where-a-postgres-source-begins).",
  "A failed task is tried again three times and then by Confluent (`auto.restart.on.user.error`); no setting of the stack changes that.",
  "A record has at most 8 MB, on dedicated clusters 20 MB.",
  "Passwords may have no backslash.",
  "Changes are written to the topics under the connector's own account, `source-<source>`, not that of the workers.",
  "Positions are Confluent's to keep: they do not come from, or go to, the workers' `_connect.offsets`.",
];
