import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";

/** An HTTP service on a port of its own on loopback. */
export class LoopbackService {
  readonly #server;
  #port: Promise<number> | undefined;

  constructor(answer: RequestListener) {
    this.#server = createServer(answer);
  }

  /** Starts it at the first call, and gives its address. `port`: default, one that the system chooses. */
  async listen(port = 0): Promise<string> {
    this.#port ??= new Promise((resolve, reject) => {
      this.#server.once("error", reject);
      this.#server.listen(port, "127.0.0.1", () => resolve((this.#server.address() as AddressInfo).port));
    });
    return `http://127.0.0.1:${String(await this.#port)}`;
  }

  /** Stops listening, and cuts what hangs. */
  close(): void {
    this.#server.close();
    this.#server.closeAllConnections();
  }
}
