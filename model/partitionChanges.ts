/** Why the partitions of topics, by name, cannot become others; `undefined` if they can. */
export function partitionsMessage(
  before: Readonly<Record<string, number>>,
  after: Readonly<Record<string, number>>,
): string | undefined {
  const changes = Object.entries(after).map(([topic, to]) => ({ topic, from: before[topic] ?? to, to }));
  const fewer = changes.filter(({ from, to }) => to < from);
  const uneven = changes.filter(({ from, to }) => to > from && to % from !== 0);
  const shown = (those: typeof changes) =>
    those.map(({ topic, from, to }) => `  ${topic}: ${String(from)} partitions, and ${String(to)} are asked for`);
  const lines = [
    ...(fewer.length === 0
      ? []
      : [
          "Kafka cannot take partitions away: these topics would be deleted with their rows and made again.",
          ...shown(fewer),
          "Write the old number or more (kafka.partitions, or partitions in pipeline.ts). For fewer, give the table another " +
            "source name and let the old topic run out.",
        ]),
    ...(uneven.length === 0
      ? []
      : [
          "Partitions grow to a multiple only: else keys move to any other partition, and Snowflake would take an earlier " +
            "version of a row for the last.",
          ...shown(uneven),
          `Write a multiple of the old number (kafka.partitions, or partitions in pipeline.ts), e.g. ${String(2 * (uneven[0]?.from ?? 1))}.`,
        ]),
  ];
  return lines.length === 0 ? undefined : lines.join("\n");
}
