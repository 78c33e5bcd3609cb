/** The text of a `pipeline.ts` with the article's two tables and as many more as it takes to reach `tables`. */
export function pipelineOfSize(article: string, tables: number): string {
  const more = Math.max(0, tables - 2);
  const facts = range(Math.ceil(more / 2)).map(
    (index) => `        "dbo.FACTS_${String(index)}": {
          kind: "facts", key: "id",
          columns: { id: int32, customer_id: int32, at: timestamp(3), amount: decimal(12, 2), note: text(200) },
        },`,
  );
  const entities = range(Math.floor(more / 2)).map(
    (index) => `        entities_${String(index)}: {
          kind: "entity", key: "id",
          columns: { id: int32, name: text(50), born: date, city: text(50), country: text(50) },
        },`,
  );
  return article
    .replace('        "dbo.ORDERS": {', `${facts.join("\n")}\n        "dbo.ORDERS": {`)
    .replace("        customers: {", `${entities.join("\n")}\n        customers: {`);
}

function range(length: number): number[] {
  return Array.from({ length }, (_, index) => index);
}
