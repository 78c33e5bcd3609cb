import { mkdirSync } from "node:fs";
import { binary } from "../../../dataplane/engines/binaries.ts";
import type { Disk } from "../../../dataplane/engines/broker.ts";
import type { Lab } from "../../../dataplane/engines/processes.ts";

/**
 * A disk in memory, which can be filled. It is mounted where only its own processes see it, so that nothing is left when
 * they end. Root of a container may not be allowed to mount; starting it then fails and says so.
 */
export class SmallDisk implements Disk {
  readonly folder: string;
  readonly within: readonly string[];
  readonly #lab: Lab;
  readonly #filler: string;

  private constructor(lab: Lab, folder: string, holder: number) {
    this.#lab = lab;
    this.folder = `${folder}/data`;
    this.#filler = `${folder}/filler`;
    this.within = [binary("nsenter"), "--target", String(holder), "--mount", "--"];
  }

  /** `size`: as `mount` takes it, e.g. `256m`. */
  static async mount(lab: Lab, size: string): Promise<SmallDisk> {
    const folder = lab.path("disk");
    mkdirSync(folder);
    const script = `mount -t tmpfs -o size=${size} none '${folder}' && mkdir '${folder}/data' && echo mounted && exec sleep infinity`;
    const holder = await lab.start({
      name: "small-disk",
      command: binary("unshare"),
      args: ["--mount", "sh", "-c", script],
      ready: () => Promise.resolve(holderLog().includes("mounted")),
    });
    return new SmallDisk(lab, folder, holder.pid ?? 0);

    function holderLog(): string {
      return lab.processes.find(({ name }) => name === "small-disk")?.log() ?? "";
    }
  }

  /** Takes all space that is left. */
  async fill(): Promise<void> {
    // dd ends with an error once there is no space; what it wrote stays.
    await this.#run("dd", "if=/dev/zero", `of=${this.#filler}`, "bs=4k").catch(() => undefined);
  }

  async empty(): Promise<void> {
    await this.#run("rm", this.#filler);
  }

  async #run(...command: readonly string[]): Promise<void> {
    const [enter = "", ...args] = this.within;
    await this.#lab.run(enter, [...args, ...command]);
  }
}
