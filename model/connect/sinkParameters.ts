/**
 * Where the secrets of the sinks on EC2 are: each sink's in parameters of its own, below one path, so that one more sink
 * changes nothing that the workers are made of.
 */

/** The path below which the workers find all of them, e.g. of `pipeline-dev-workers`. */
export function parametersPath(workers: string): string {
  return `/${workers}`;
}

/** The parameter with a sink's lines of `secrets.properties`. */
export function secretsParameter(workers: string, target: string): string {
  return `${parametersPath(workers)}/sinks/${target}`;
}

/** The parameter with the certificate of the authority that signed its target's. */
export function certificateParameter(workers: string, target: string): string {
  return `${parametersPath(workers)}/ca/${target}`;
}

/**
 * The key under which a connector's configuration says which version of its secrets it runs with. The connector does not
 * look at it. Another value makes Kafka Connect start its tasks anew, and they read the secrets then.
 */
export const secretsVersionKey = "reconcile.secrets";

/** Systems Manager takes no longer value. Bytes. */
const longestValue = 8_192;

/**
 * A text as the value of a parameter. Throws when it is too long, with `what` it is and no part of it. The service
 * takes two braces for a reference to another parameter and refuses them: only secrets have such, and Java reads the
 * second as what it was.
 */
export function parameterValue(what: string, text: string): string {
  const value = text.replace(/\n+$/, "").replaceAll("{{", "{\\u007b");
  const { length } = new TextEncoder().encode(value);
  if (length > longestValue) {
    throw new Error(
      `${what} would be ${String(length)} bytes, and a parameter of Systems Manager has ${longestValue}.`,
    );
  }
  return value;
}
