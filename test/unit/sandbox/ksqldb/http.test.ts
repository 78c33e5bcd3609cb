import { KsqlServer } from "../../../../sandbox/ksqldb/server.ts";
import { customers, orders, shopServer } from "./shop.ts";

describe("over HTTP", () => {
  const server = new KsqlServer(shopServer([orders]));
  afterAll(() => server.close());
  const ask = async (path: string, body?: object) => {
    const response = await fetch(`${await server.listen()}${path}`, {
      ...(body === undefined ? {} : { method: "POST", body: JSON.stringify(body) }),
    });
    return { status: response.status, body: (await response.json()) as unknown };
  };

  it.each<[path: string, status: number, body: object | boolean]>([
    [
      "/info",
      200,
      { KsqlServerInfo: expect.objectContaining({ version: "8.0.7", serverStatus: "RUNNING" }) as object },
    ],
    ["/healthcheck", 200, { isHealthy: true }],
    ["/is_valid_property/x", 200, true],
    ["/clusterStatus", 404, { "@type": "generic_error", error_code: 40400 }],
    ["/status", 200, { commandStatuses: { "stream/`ORDERS`/create": "SUCCESS" } }],
    ["/status/stream/%60ORDERS%60/create", 200, { status: "SUCCESS", message: "Stream created", queryId: null }],
    ["/status/stream/ORDERS/create", 404, { error_code: 40400 }],
  ])("GET %s", async (path, status, body) => {
    const answer = await ask(path);
    expect(answer.status).toBe(status);
    expect(answer.body).toEqual(typeof body === "object" ? (expect.objectContaining(body) as object) : body);
  });

  it("POST /ksql runs a statement, with what the request says of it", async () => {
    expect(await ask("/ksql", { ksql: customers, commandSequenceNumber: 0 })).toMatchObject({
      status: 200,
      body: [{ "@type": "currentStatus", commandSequenceNumber: 2 }],
    });
    expect(await ask("/ksql", { ksql: "SHOW QUERIES;", commandSequenceNumber: 99 })).toMatchObject({ status: 503 });
    expect(server.commands).toEqual([customers]);
  });

  it.each([
    [false, 401, 40100],
    ["forbidden", 403, 40300],
  ] as const)("an account that is not admitted: %s", async (admitted, status, code) => {
    server.admits = () => admitted;
    expect(await ask("/ksql", { ksql: "SHOW QUERIES;" })).toMatchObject({ status, body: { error_code: code } });
    server.admits = () => true;
  });

  it("POST /ksql/terminate ends everything", async () => {
    expect((await ask("/ksql/terminate", {})).status).toBe(200);
    expect(server.engine.state.relations).toEqual({});
  });
});
