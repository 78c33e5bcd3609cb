import { existsSync, lstatSync, mkdirSync, readdirSync, readFileSync, rmdirSync, rmSync, writeFileSync } from "node:fs";
import * as path from "node:path";
import { SetupError } from "../../sandbox/errors.ts";

/** Where a folder keeps which of its files are the bundle's. */
const listFile = ".bundle.json";
/** The user's own, whatever anybody says. */
const secretsFile = "secrets.properties";

export interface Change {
  readonly what: "made" | "changed" | "removed";
  readonly file: string;
}

/**
 * Makes a folder hold these files, text by path, and says what changed. Files that an earlier bundle wrote and that are
 * no longer part of it go; all others stay. Throws `SetupError`, before anything is written, when a path would lead out
 * of the folder or a file that the bundle did not write is in the way.
 */
export function writeBundle(folder: string, files: Readonly<Record<string, string>>): Change[] {
  const wanted = Object.keys(files).sort();
  const strange = wanted.find((file) => !isOurs(file));
  if (strange !== undefined) {
    throw new SetupError(`The bundle has a file "${strange}", which is no path inside a folder. Nothing was written.`);
  }
  const earlier = earlierFiles(folder);
  const obsolete = earlier.filter((file) => files[file] === undefined);
  refuseLinks(folder, [listFile, ...wanted, ...obsolete]);
  refuseStrangers(folder, files, earlier);

  mkdirSync(folder, { recursive: true });
  // First a list of both, so that an interrupted run can be done again.
  writeList(folder, [...wanted, ...obsolete]);
  const changes: Change[] = [];
  for (const file of wanted) {
    const before = read(path.join(folder, file));
    if (before !== files[file]) {
      mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
      writeFileSync(path.join(folder, file), files[file] ?? "");
      changes.push({ what: before === undefined ? "made" : "changed", file });
    }
  }
  for (const file of obsolete.filter((name) => existsSync(path.join(folder, name)))) {
    rmSync(path.join(folder, file));
    removeIfEmpty(folder, path.dirname(file));
    changes.push({ what: "removed", file });
  }
  writeList(folder, wanted);
  return changes;
}

function isOurs(file: string): boolean {
  return (
    /^[\w.-]+(\/[\w.-]+)*$/.test(file) &&
    !file.split("/").some((part) => part === "." || part === "..") &&
    file !== secretsFile &&
    file !== listFile
  );
}

function earlierFiles(folder: string): string[] {
  const list = read(path.join(folder, listFile));
  if (list === undefined) {
    return [];
  }
  try {
    const files: unknown = JSON.parse(list);
    return Array.isArray(files) ? files.filter((file) => typeof file === "string").filter(isOurs) : [];
  } catch {
    throw new SetupError(
      `${path.join(folder, listFile)} is not what the bundle wrote. Choose another folder with --out.`,
    );
  }
}

function writeList(folder: string, files: readonly string[]): void {
  writeFileSync(path.join(folder, listFile), `${JSON.stringify([...files].sort(), undefined, 2)}\n`);
}

/** A link, at the file or on the way to it, could lead anywhere. */
function refuseLinks(folder: string, files: readonly string[]): void {
  for (const file of files) {
    const parts = file.split("/");
    for (const [index] of parts.entries()) {
      const at = path.join(folder, ...parts.slice(0, index + 1));
      if (lstatSync(at, { throwIfNoEntry: false })?.isSymbolicLink() === true) {
        throw new SetupError(`${at} is a link, and the bundle writes no file through one. Nothing was written.`);
      }
    }
  }
}

function refuseStrangers(folder: string, files: Readonly<Record<string, string>>, earlier: readonly string[]): void {
  const strangers = Object.keys(files).filter((file) => {
    const there = earlier.includes(file) ? undefined : read(path.join(folder, file));
    return there !== undefined && there !== files[file];
  });
  if (strangers.length > 0) {
    throw new SetupError(
      `${folder} holds ${strangers.join(", ")}, which no bundle wrote. Nothing was written: choose another folder with --out, or move them away.`,
    );
  }
}

function read(file: string): string | undefined {
  return existsSync(file) ? readFileSync(file, "utf8") : undefined;
}

function removeIfEmpty(folder: string, inside: string): void {
  if (inside !== "." && readdirSync(path.join(folder, inside)).length === 0) {
    rmdirSync(path.join(folder, inside));
  }
}
