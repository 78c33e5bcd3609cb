import type { Source } from "../graph.ts";
import { debeziumTopic, keyFields, literal } from "./debeziumNames.ts";
import { transformConfig } from "./transforms.ts";

const kafkaTransforms = "org.apache.kafka.connect.transforms";

/** Confluent's connectors refuse Kafka's router, and have one of their own that does the same, with RE2 expressions. */
const confluentClasses: Readonly<Record<string, string>> = {
  [`${kafkaTransforms}.RegexRouter`]: "io.confluent.connect.cloud.transforms.TopicRegexRouter",
};

/**
 * The transforms of a source as Confluent's connectors take them. What comes out of them is the same as on our own
 * workers. No transform may be called `unwrap` there: the service keeps the name for `after.state.only`.
 */
export function managedTransforms(source: Source): Record<string, string> {
  const config = Object.fromEntries(
    Object.entries(transformConfig(source)).map(([key, value]) => [key, confluentClasses[value] ?? value]),
  );
  return { ...config, ...widenedKeys(source, config) };
}

/**
 * Our own key converter leaves Connect's types out of the schema, so that a 16-bit key has the bytes of a 32-bit one and
 * joins find it; Confluent's has no such setting, so the key itself becomes 32 bits wide.
 */
function widenedKeys(source: Source, config: Readonly<Record<string, string>>): Record<string, string> {
  const topics = source.tables
    .filter((table) => keyFields(table).length === 1)
    .filter((table) => table.columns.some(({ name, type }) => name === table.key[0] && type.logical === "int16"))
    .map((table) => literal(debeziumTopic(source, table.path)));
  if (topics.length === 0) {
    return {};
  }
  return {
    transforms: beforeRoute(config.transforms),
    predicates: beforeRoute(config.predicates),
    "transforms.widen.type": `${kafkaTransforms}.Cast$Key`,
    "transforms.widen.spec": "int32",
    "transforms.widen.predicate": "widen",
    "predicates.widen.type": `${kafkaTransforms}.predicates.TopicNameMatches`,
    "predicates.widen.pattern": topics.toSorted().join("|"),
  };
}

/** While topics still have the names that Debezium gave them. */
function beforeRoute(names = ""): string {
  const others = names.split(",").filter((name) => name !== "route");
  return [...others, "widen", ...(others.length < names.split(",").length ? ["route"] : [])].join(",");
}
