import { LoopbackService } from "../cloud/loopbackService.ts";

/** A ksqlDB cluster, as far as the server behind it has to know. */
export interface KsqlDbCluster {
  /** E.g. `lksqlc-0a1b2c`. */
  readonly id: string;
  /** Service id, with which the names of its internal topics start. */
  readonly topicPrefix: string;
  /** Id of the Kafka cluster. */
  readonly kafkaCluster: string;
  /** Port of an earlier run, which statements in the state go on to be sent to. Default: one that is free. */
  readonly port?: number | undefined;
}

export interface RunningKsqlDb {
  /** On loopback. */
  readonly url: string;
  close(): void;
}

/** The server behind a simulated ksqlDB cluster. It tells who it is; statements it does not run yet. */
export async function startKsqlDb({ topicPrefix, kafkaCluster, port }: KsqlDbCluster): Promise<RunningKsqlDb> {
  const service = new LoopbackService((request, response) => {
    const isInfo = request.method === "GET" && request.url === "/info";
    const info = {
      version: "0.29.0",
      kafkaClusterId: kafkaCluster,
      ksqlServiceId: topicPrefix,
      serverStatus: "RUNNING",
    };
    response
      .writeHead(isInfo ? 200 : 503, { "content-type": "application/vnd.ksql.v1+json" })
      .end(JSON.stringify(isInfo ? { KsqlServerInfo: info } : { error_code: 50302, message: "KSQL is not yet ready" }));
  });
  return { url: await service.listen(port), close: () => service.close() };
}
