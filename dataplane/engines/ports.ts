import { randomInt } from "node:crypto";
import { createServer, connect } from "node:net";

/**
 * Below the ports that systems take for outgoing connections (Linux from 32768, others from 49152): one of those could
 * be somebody's client by the time that a server listens on it, or while a server is away that comes back to it.
 */
const [first, beyond] = [12_000, 32_000];

/** Ports of the loopback interface that nothing listens on now, all different. */
export async function freePorts(count: number): Promise<number[]> {
  const ports = new Set<number>();
  for (let tries = 0; ports.size < count; tries++) {
    if (tries > 1_000) {
      throw new Error(`no free port was found from ${first} to ${beyond - 1}`);
    }
    const port = randomInt(first, beyond);
    if (await canListen(port)) {
      ports.add(port);
    }
  }
  return [...ports];
}

function canListen(port: number): Promise<boolean> {
  const server = createServer();
  return new Promise((resolve) => {
    server.once("error", () => resolve(false));
    server.listen(port, "127.0.0.1", () => server.close(() => resolve(true)));
  });
}

export async function freePort(): Promise<number> {
  const [port = 0] = await freePorts(1);
  return port;
}

/** Whether something accepts connections there. */
export function accepts(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host: "127.0.0.1", port });
    socket.once("connect", () => {
      socket.destroy();
      resolve(true);
    });
    socket.once("error", () => resolve(false));
  });
}
