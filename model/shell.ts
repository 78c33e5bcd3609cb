/** A file that a shell script writes. */
export interface ScriptedFile {
  readonly path: string;
  /** As `install` takes it, e.g. `0644`. */
  readonly mode: string;
  readonly text: string;
}

/** Shell that writes a file; nothing in its text means anything to the shell. */
export function written({ path, mode, text }: ScriptedFile): string {
  let end = "END_OF_FILE";
  while (text.split("\n").includes(end)) {
    end += "_";
  }
  return `install -D -m ${mode} /dev/stdin ${quoted(path)} <<'${end}'\n${text.replace(/\n*$/, "")}\n${end}`;
}

/** A word of a shell command that is just this text. */
export function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
