import { quoted } from "../shell.ts";
import { trustStorePassword, workersTrust } from "./databaseTls.ts";

/** What `pulumi up` runs on an instance: reconcile, and nothing but reconcile. A document of Systems Manager. */
export const reconcileCommand = {
  schemaVersion: "2.2",
  description: "Makes the Kafka Connect cluster match a declaration of connectors",
  parameters: {
    // The pattern leaves nothing in that a shell would read.
    Declaration: { type: "String", description: "gzip, base64", allowedPattern: "^[A-Za-z0-9+/=]+$" },
    DryRun: { type: "String", allowedValues: ["true", "false"], default: "false" },
  },
  mainSteps: [
    {
      action: "aws:runShellScript",
      name: "reconcile",
      inputs: {
        timeoutSeconds: "1500",
        runCommand: [
          waitFor("/usr/local/bin/pipeline-reconcile"),
          "set -- --json --deadline 840",
          "if [ '{{ DryRun }}' = true ]; then set -- \"$@\" --dry-run; fi",
          "/usr/local/bin/pipeline-reconcile \"$@\" --declaration-gz '{{ Declaration }}'",
        ],
      },
    },
  ],
} as const;

/**
 * A worker makes trust stores at its start, for drivers that take no PEM. This makes those of certificates that came
 * later, in its container: as `image/connect/bin/start` does, which images of before have too.
 */
const trustStores = `set -e
mkdir -p ${workersTrust.trustFolder}
for pem in ${workersTrust.caFolder}/*.pem; do
  store=${workersTrust.trustFolder}/$(basename "$pem" .pem).p12
  if [ ! -e "$pem" ] || [ "$store" -nt "$pem" ]; then continue; fi
  parts=$(mktemp -d) number=0
  while read -r line; do
    echo "$line" >>"$parts/$number.pem"
    case $line in *END*)
      keytool -importcert -noprompt -alias "$number" -file "$parts/$number.pem" -keystore "$parts/store" \\
        -storetype PKCS12 -storepass ${trustStorePassword} >&2
      number=$((number + 1))
      ;;
    esac
  done <"$pem"
  mv -f "$parts/store" "$store"
  rm -r "$parts"
done`;

/** What it runs on each instance before a connector starts whose secrets may be new. */
export const secretsCommand = {
  schemaVersion: "2.2",
  description: "Fetches the secrets of the Kafka Connect worker and its sinks anew",
  mainSteps: [
    {
      action: "aws:runShellScript",
      name: "secrets",
      inputs: {
        timeoutSeconds: "600",
        runCommand: [
          waitFor("/usr/local/sbin/pipeline-secrets"),
          // The script itself tries for ever, as an instance that boots has to.
          "timeout 240 /usr/local/sbin/pipeline-secrets || exit",
          // One that is not there yet makes them itself.
          `if [ -n "$(docker ps --quiet --filter name=^connect$ 2>/dev/null)" ]; then docker exec connect sh -c ${quoted(trustStores)}; fi`,
        ],
      },
    },
  ],
} as const;

/** An instance can be reached before it has written its files. */
function waitFor(program: string): string {
  return `for _ in $(seq 150); do if [ -x ${program} ]; then break; fi; sleep 2; done`;
}
