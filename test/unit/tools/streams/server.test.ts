import { createServer, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { restServer, type RestServerArgs } from "../../../../tools/streams/server.ts";

interface Scripted {
  readonly status?: number;
  readonly body: unknown;
}

/** Answers one request after the other as scripted, and keeps what was asked. */
class Stub {
  readonly asked: { readonly line: string; readonly login: string | undefined; readonly body: unknown }[] = [];
  readonly #answers: Scripted[];
  readonly #server: Server;

  constructor(answers: readonly Scripted[]) {
    this.#answers = [...answers];
    this.#server = createServer((request, response) => {
      void text(request).then((body) => {
        this.asked.push({
          line: `${request.method ?? ""} ${request.url ?? ""}`,
          login: request.headers.authorization,
          body: body === "" ? undefined : (JSON.parse(body) as unknown),
        });
        const { status = 200, body: answer } = this.#answers.shift() ?? { status: 500, body: "nothing is scripted" };
        response.writeHead(status).end(typeof answer === "string" ? answer : JSON.stringify(answer));
      });
    });
  }

  async run(sql: string, args: Partial<RestServerArgs> = {}): Promise<void> {
    await new Promise<void>((resolve) => this.#server.listen(0, "127.0.0.1", resolve));
    const { port } = this.#server.address() as AddressInfo;
    try {
      await restServer({ endpoint: `http://127.0.0.1:${port}`, interval: 5, within: 2000, ...args }).run(sql);
    } finally {
      this.#server.close();
      this.#server.closeAllConnections();
    }
  }
}

async function text(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) {
    chunks.push(chunk as Buffer);
  }
  return Buffer.concat(chunks).toString("utf8");
}

const status = (word: string, message = "") => ({
  "@type": "currentStatus",
  commandId: "stream/`X`/create",
  commandStatus: { status: word, message },
});
const done: Scripted = { body: [status("SUCCESS", "Stream created")] };
const sql = "CREATE STREAM X (A INTEGER) WITH (KAFKA_TOPIC = 'X', FORMAT = 'JSON');";

describe("a server by its REST interface", () => {
  it("gets one statement, to read from the start and to write every change", async () => {
    const stub = new Stub([done]);
    await stub.run(sql, { login: { key: "k", secret: "s" } });
    expect(stub.asked).toEqual([
      {
        line: "POST /ksql",
        login: `Basic ${Buffer.from("k:s").toString("base64")}`,
        body: {
          ksql: sql,
          streamsProperties: {
            "ksql.streams.auto.offset.reset": "earliest",
            "ksql.streams.cache.max.bytes.buffering": "0",
          },
        },
      },
    ]);
  });

  it("is asked about a statement that takes its time, by an id with its odd letters encoded", async () => {
    const stub = new Stub([
      { body: [status("QUEUED")] },
      { body: { status: "EXECUTING", message: "" } },
      { status: 500, body: { message: "busy" } },
      { body: { status: "SUCCESS", message: "Stream created" } },
    ]);
    await stub.run(sql);
    expect(stub.asked.map(({ line, login }) => ({ line, login }))).toEqual([
      { line: "POST /ksql", login: undefined },
      ...Array.from({ length: 3 }, () => ({ line: "GET /status/stream/%60X%60/create", login: undefined })),
    ]);
  });

  it("may say of a drop that there is nothing", async () => {
    const stub = new Stub([{ body: [status("SUCCESS", "Source `X` does not exist.")] }]);
    await expect(stub.run("DROP STREAM IF EXISTS X;")).resolves.toBeUndefined();
  });

  it("is asked again while it starts", async () => {
    const stub = new Stub([{ status: 503, body: { error_code: 50_302, message: "not ready" } }, done]);
    await stub.run(sql);
    expect(stub.asked).toHaveLength(2);
  });

  const refusals: readonly (readonly [string, Scripted[], string])[] = [
    [
      "a statement is wrong",
      [{ status: 400, body: { error_code: 40_001, message: "line 1:8: Syntax Error" } }],
      `The server refuses (40001): line 1:8: Syntax Error\n${sql}`,
    ],
    [
      "nobody logged in",
      [{ status: 401, body: "Unauthorized" }],
      `The server refuses (401): Unauthorized Give --ksql-key and --ksql-secret of an API key for this ksqlDB cluster.\n${sql}`,
    ],
    [
      "a right is missing",
      [{ status: 403, body: { error_code: 40_301, message: "Authorization denied to Write on topic(s): [X]" } }],
      `The server refuses (40301): Authorization denied to Write on topic(s): [X] The server's account lacks a right on a topic.\n${sql}`,
    ],
    [
      "a statement fails later",
      [{ body: [status("EXECUTING")] }, { body: { status: "ERROR", message: "no such topic" } }],
      `The server says ERROR (no such topic) of:\n${sql}`,
    ],
  ];
  it.each(refusals)("is quoted when %s", async (_, answers, message) => {
    await expect(new Stub(answers).run(sql)).rejects.toThrow(new Error(message));
  });

  it("does not get longer than it may take", async () => {
    const slow = Array.from({ length: 100 }, () => ({ body: { status: "EXECUTING", message: "" } }));
    await expect(new Stub([{ body: [status("EXECUTING")] }, ...slow]).run(sql, { within: 60 })).rejects.toThrow(
      `The server says EXECUTING () of:\n${sql}`,
    );
  });

  it("that is not there is named", async () => {
    const server = restServer({ endpoint: "http://127.0.0.1:9" });
    await expect(server.run(sql)).rejects.toThrow(/^http:\/\/127\.0\.0\.1:9 does not answer: /);
  });
});
