import { readdirSync, readFileSync } from "node:fs";
import { answerable, readQuery } from "../../../../model/lake/queries.ts";

const files = readdirSync("sql/athena").filter((file) => file.endsWith(".sql"));
const queries = files.map((file) => readQuery(file, readFileSync(`sql/athena/${file}`, "utf8")));

it.each(queries)("$name begins with its question and binds the day", ({ question, sql }) => {
  expect(question).toMatch(/^[A-Z].*\?( [A-Z].*\.)?$/);
  expect(sql).toMatch(/^SELECT\b/);
  expect(sql).not.toMatch(/;$/);
  expect(sql).toMatch(
    /\bWHERE dt (= \?|BETWEEN \? AND \?|<= \?|>= CAST\(CURRENT_DATE - INTERVAL '\d+' DAY AS VARCHAR\))/,
  );
});

it("is read with what it needs", () => {
  expect(
    readQuery(
      "both.sql",
      "-- Who bought what?\n-- Bind the day: EXECUTE both USING '2026-11-26'.\nSELECT *\nFROM orders\nJOIN customers ON TRUE\nWHERE dt = ?\n",
    ),
  ).toEqual({
    name: "both",
    question: "Who bought what?",
    sql: "SELECT *\nFROM orders\nJOIN customers ON TRUE\nWHERE dt = ?",
    binds: true,
    reads: ["customers", "orders"],
  });
});

it("is shipped where all that it reads is there", () => {
  const named = (relations: readonly string[]) => answerable(queries, relations).map(({ name }) => name);
  expect(named(["orders_enriched", "orders_enriched_history"])).toEqual([
    "best_customers",
    "files_of_day",
    "freshness",
    "order_versions",
    "sales_by_hour",
    "sales_of_day",
    "written_twice",
  ]);
  expect(named(["customers", "customers_history"])).toEqual(["customers_on_day"]);
});
