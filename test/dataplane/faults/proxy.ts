import { connect, createServer, type Server, type Socket } from "node:net";
import { freePort } from "../../../dataplane/engines/ports.ts";
import type { Lab } from "../../../dataplane/engines/processes.ts";

/** A way to a server of this machine that can be closed: connections are cut, and new ones refused. */
export class Proxy {
  readonly #target: number;
  readonly #port: number;
  readonly #sockets = new Set<Socket>();
  #server: Server | undefined;

  private constructor(target: number, port: number) {
    this.#target = target;
    this.#port = port;
  }

  /** `url` with the proxy's port instead. */
  static async before(lab: Lab, url: string): Promise<{ proxy: Proxy; url: string }> {
    const through = new URL(url);
    const proxy = new Proxy(Number(through.port), await freePort());
    await proxy.open();
    lab.atEnd(() => proxy.close());
    through.port = String(proxy.#port);
    return { proxy, url: through.href };
  }

  async open(): Promise<void> {
    const server = createServer((client) => {
      const upstream = connect({ host: "127.0.0.1", port: this.#target });
      for (const [one, other] of [
        [client, upstream],
        [upstream, client],
      ] as const) {
        this.#sockets.add(one);
        one.once("close", () => {
          this.#sockets.delete(one);
          other.destroy();
        });
        one.on("error", () => undefined);
        one.pipe(other);
      }
    });
    this.#server = server;
    await new Promise<void>((resolve, reject) => {
      server.once("error", reject);
      server.listen(this.#port, "127.0.0.1", resolve);
    });
  }

  async close(): Promise<void> {
    const closed = new Promise((resolve) => this.#server?.close(resolve));
    this.#sockets.forEach((socket) => socket.destroy());
    await closed;
  }
}
