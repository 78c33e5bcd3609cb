import { processingLogKind } from "../../../../providers/ksqldb/processingLog.ts";
import { asProperties, Lab, stopLabs } from "./lab.ts";

afterEach(stopLabs);

const topic = "pksqlc-1-processing-log";
const log = `CREATE STREAM ksql_processing_log (message STRING) WITH (KAFKA_TOPIC = '${topic}', VALUE_FORMAT = 'JSON', PARTITIONS = 8);`;

async function deleted(deletes: boolean, prepare: (lab: Lab) => void = () => undefined) {
  const lab = await Lab.start([log]);
  prepare(lab);
  const warn = (words: string) => Promise.resolve(void lab.warnings.push(words));
  const kind = processingLogKind({ client: lab.options, warn });
  await kind.delete(asProperties({ endpoint: lab.endpoint, key: "KEY", secret: "secret", deletes }));
  return { topics: lab.server.engine.topics.names(), warnings: lab.warnings };
}

describe("what a ksqlDB cluster leaves behind", () => {
  it("goes with a demo", async () => {
    expect(await deleted(true)).toEqual({ topics: ["customers", "orders", "other"], warnings: [] });
  });

  it("stays elsewhere", async () => {
    expect(await deleted(false)).toEqual({ topics: ["customers", "orders", "other", topic], warnings: [] });
  });

  it("is named when it cannot go, and keeps nothing else from going", async () => {
    const { warnings } = await deleted(true, (lab) => (lab.server.admits = () => false));
    expect(warnings).toEqual([
      expect.stringMatching(
        /^ksqlDB's own topics stay in Kafka, those that end with -processing-log and _command_topic, and are paid for as long as the Kafka cluster is there: ksqlDB at .* does not take the API key/,
      ),
    ]);
  });
});
