type Config = Readonly<Record<string, string>>;

const hidden = "(secret)";

/** Keys that end so hold a secret, or may; `key` counts only as a last word, or `message.key.columns` would be hidden. */
const secretKey =
  /password|passwd|passphrase|secret|token|jaas|credential|private|user[._]?info|(^|[._-])key$|access[._-]?key/i;

/** Keys that the rule above would hide and that say only where a secret comes from, or how it is kept. */
const plainKey = /(credentials[._-]source|\.type|\.class|\.algorithm)$/i;

/** A value that refers to a secret and holds none: `${file:/run/secrets.properties:mssql.password}`. */
const placeholder = /^\$\{[^{}$]+\}$/;

/** A value as it may be shown. */
export function shown(key: string, value: string): string {
  if (placeholder.test(value)) {
    return value;
  }
  if (looksSecret(key)) {
    return value === "" ? "" : hidden;
  }
  return value
    .replace(/(\/\/[^/@\s:]*:)[^/@\s]+@/g, `$1${hidden}@`)
    .replace(/((?:password|pwd|secret|token)\s*=\s*)(?:"(?:\\.|[^"\\])*"|[^"&;,\s]+)/gi, `$1${hidden}`);
}

/** Whether a live value is one that the service hides, e.g. `****` or `[hidden]`. */
export function isMasked(value: string | undefined): boolean {
  return value !== undefined && /^(\*{4,}|\[hidden\])$/i.test(value);
}

/** Takes the secrets of these configurations out of texts that others wrote: validation errors, traces, answers. */
export function redactor(configs: readonly Config[]): (text: string) => string {
  const secrets = [...new Set(configs.flatMap(secretsOf))].sort((a, b) => b.length - a.length);
  return (text) => secrets.reduce((rest, secret) => rest.replaceAll(secret, hidden), text);
}

function secretsOf(config: Config): string[] {
  return Object.entries(config).flatMap(([key, value]) => {
    const whole = looksSecret(key) && !placeholder.test(value) ? [value] : [];
    const quoted = [...value.matchAll(/(?:password|pwd|secret|token)\s*=\s*(?:"((?:\\.|[^"\\])*)"|([^"&;,\s]+))/gi)];
    const inUrls = [...value.matchAll(/\/\/[^/@\s:]*:([^/@\s]+)@/g)].map(([, password = ""]) => password);
    const found = [...whole, ...quoted.map(([, inQuotes, bare]) => inQuotes ?? bare ?? ""), ...inUrls];
    // Of what is shorter, or a switch, each occurrence in a text is most likely something else.
    return found.filter(
      (one) => one.length > 2 && !/^(true|false)$/i.test(one) && !isMasked(one) && !one.startsWith("${"),
    );
  });
}

function looksSecret(key: string): boolean {
  return secretKey.test(key) && !plainKey.test(key);
}
