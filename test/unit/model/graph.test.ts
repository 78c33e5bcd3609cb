import * as fc from "fast-check";
import { decimal, int32, text, timestamp } from "../../../model/columnTypes.ts";
import {
  declaredGraph,
  defaultGraph,
  readBy,
  selectedGraph,
  type Graph,
  type Selection,
} from "../../../model/graph.ts";
import type { PipelineDeclaration, TableDeclaration } from "../../../model/pipeline.ts";
import { pipeline } from "../../../pipeline.ts";
import { anyDeclaration, anyStage } from "./declarations.ts";

const everything = { tables: [], transformations: [], targets: [] };
const names = (items: readonly { name: string }[]) => items.map(({ name }) => name);
const on = (selection: Selection, declaration = pipeline) => {
  const graph = selectedGraph(declaredGraph(declaration), selection);
  return {
    sources: names(graph.sources),
    tables: names(graph.tables),
    transformations: names(graph.transformations),
    targets: names(graph.targets),
    consumers: names(graph.consumers),
  };
};

describe("the pipeline has on", () => {
  it("in stage 0 the orders, to Snowflake", () => {
    expect(on({ stage: 0, ...everything })).toEqual({
      sources: ["mssql"],
      tables: ["ORDERS"],
      transformations: [],
      targets: ["snowflake"],
      consumers: [],
    });
  });

  it("in stage 1 the customers too", () => {
    expect(on({ stage: 1, ...everything })).toEqual({
      sources: ["mssql", "mysql"],
      tables: ["ORDERS", "CUSTOMERS"],
      transformations: [],
      targets: ["snowflake"],
      consumers: [],
    });
  });

  it("in stage 2 both joined", () => {
    expect(on({ stage: 2, ...everything })).toEqual({
      sources: ["mssql", "mysql"],
      tables: ["ORDERS", "CUSTOMERS"],
      transformations: ["ORDERS_ENRICHED"],
      targets: ["snowflake"],
      consumers: [],
    });
  });

  it("in stage 3 the lake too", () => {
    expect(on({ stage: 3, ...everything })).toEqual({
      sources: ["mssql", "mysql"],
      tables: ["ORDERS", "CUSTOMERS"],
      transformations: ["ORDERS_ENRICHED"],
      targets: ["snowflake", "lake"],
      consumers: [],
    });
  });

  it("what its lists name, and no source without a table", () => {
    expect(on({ stage: 3, tables: ["CUSTOMERS"], transformations: [], targets: ["lake"] })).toEqual({
      sources: ["mysql"],
      tables: ["CUSTOMERS"],
      transformations: ["ORDERS_ENRICHED"],
      targets: ["lake"],
      consumers: [],
    });
  });

  it("a transformation that is off by default where it is named, and the table that only it reads with it", () => {
    const named = {
      stage: 2,
      tables: [],
      transformations: ["ORDERS_SHIPPED", "CUSTOMERS_LOYAL"],
      targets: [],
    } as const;
    expect(on(named)).toMatchObject({
      tables: ["ORDERS", "SHIPMENTS", "CUSTOMERS", "LOYALTY"],
      transformations: ["ORDERS_SHIPPED", "CUSTOMERS_LOYAL"],
    });
    expect(on({ ...named, tables: ["ORDERS", "SHIPMENTS"] })).toMatchObject({ tables: ["ORDERS", "SHIPMENTS"] });
  });

  it("what is off by default where something that is on reads it by name, and not where it reads everything", () => {
    const off = { kind: "facts", onByDefault: false } as const;
    const declaration: PipelineDeclaration = {
      ...pipeline,
      transformations: {
        TOTALS: { reads: ["LARGE"], kind: "entity" },
        LARGE: { reads: ["RECENT"], ...off },
        RECENT: { reads: ["SHIPMENTS"], ...off },
        OTHER: { reads: ["ORDERS"], ...off },
      },
      targets: { snowflake: { kind: "snowflake" } },
      consumers: { crm: { reads: ["LOYALTY"], stage: 1 } },
    };
    expect(on({ stage: 3, ...everything }, declaration)).toMatchObject({
      tables: ["ORDERS", "SHIPMENTS", "CUSTOMERS", "LOYALTY"],
      transformations: ["TOTALS", "LARGE", "RECENT"],
    });
  });

  it("a consumer from its stage on, and a table from its own", () => {
    const declaration: PipelineDeclaration = {
      ...pipeline,
      consumers: { shipping: { reads: ["ORDERS"] }, marketing: { reads: ["ORDERS_ENRICHED"] } },
    };
    expect(on({ stage: 1, ...everything }, declaration).consumers).toEqual(["shipping"]);
    expect(on({ stage: 2, ...everything }, declaration).consumers).toEqual(["shipping", "marketing"]);
  });
});

it("stages only add", () => {
  fc.assert(
    fc.property(anyDeclaration, anyStage, anyStage, (declaration, a, b) => {
      const graph = declaredGraph(declaration);
      const ofStage = (stage: Selection["stage"]) => selectedGraph(graph, { stage, ...everything });
      const [less, more] = [ofStage(a < b ? a : b), ofStage(a < b ? b : a)];
      const all = ({ tables, transformations, targets, consumers }: Graph) => [
        ...names(tables),
        ...names(transformations),
        ...names(targets),
        ...names(consumers),
      ];
      expect(all(more)).toEqual(expect.arrayContaining(all(less)));
      expect(names(more.sources)).toEqual(expect.arrayContaining(names(less.sources)));
    }),
  );
});

it("whatever is on reads only what is on", () => {
  fc.assert(
    fc.property(anyDeclaration, anyStage, (declaration, stage) => {
      const graph = selectedGraph(declaredGraph(declaration), { stage, ...everything });
      for (const { reads } of [...graph.transformations, ...graph.targets, ...graph.consumers]) {
        expect(names(readBy(graph, { reads }))).toHaveLength(
          reads === "all" ? graph.tables.length + graph.transformations.length : reads.length,
        );
      }
    }),
  );
});

const oneTable = (path: string, table: Partial<TableDeclaration>, kind: "sqlServer" | "mySql" = "sqlServer") =>
  declaredGraph({
    sources: {
      shop: {
        kind,
        database: "shop",
        stage: 1,
        tables: { [path]: { kind: "facts", key: "id", columns: { id: int32, note: text(9) }, ...table } },
      },
    },
    transformations: {},
    targets: {},
    consumers: {},
  }).tables[0];

describe("a table", () => {
  it("is resolved with every default", () => {
    expect(oneTable("dbo.orders", {})).toEqual({
      name: "ORDERS",
      source: "shop",
      path: "dbo.orders",
      kind: "facts",
      key: ["id"],
      columns: [
        { source: "id", name: "id", type: int32, required: true },
        { source: "note", name: "note", type: text(9), required: false },
      ],
      topic: "shop.dbo.orders",
      partitions: undefined,
      compatibility: undefined,
      stage: 1,
      onByDefault: true,
    });
  });

  it("is what it says it is", () => {
    const columns = {
      Id: { type: int32, as: "order_id" },
      Line: { type: int32, required: false },
      total: { type: decimal(5, 2), required: true },
      sold: timestamp(3),
    };
    const declared = { name: "SALES", kind: "entity", key: ["Id", "Line"], columns, partitions: 3 } as const;
    expect(oneTable("orders", { ...declared, compatibility: "NONE", stage: 2 }, "mySql")).toEqual({
      name: "SALES",
      source: "shop",
      path: "orders",
      kind: "entity",
      key: ["order_id", "Line"],
      columns: [
        { source: "Id", name: "order_id", type: int32, required: true },
        { source: "Line", name: "Line", type: int32, required: false },
        { source: "total", name: "total", type: decimal(5, 2), required: true },
        { source: "sold", name: "sold", type: timestamp(3), required: false },
      ],
      topic: "shop.orders",
      partitions: 3,
      compatibility: "NONE",
      stage: 2,
      onByDefault: true,
    });
  });

  it("may name its key by the column's name in topics, and the column still is required", () => {
    const resolved = oneTable("dbo.orders", { key: "order_id", columns: { Id: { type: int32, as: "order_id" } } });
    expect(resolved?.key).toEqual(["order_id"]);
    expect(resolved?.columns).toEqual([{ source: "Id", name: "order_id", type: int32, required: true }]);
  });

  it("means the source's own name first when columns swap names", () => {
    const swapped = { a: { type: int32, as: "b" }, b: { type: int32, as: "a" } };
    const resolved = oneTable("dbo.orders", { key: "a", columns: swapped });
    expect(resolved?.key).toEqual(["b"]);
    expect(resolved?.columns.map(({ source, required }) => [source, required])).toEqual([
      ["a", true],
      ["b", false],
    ]);
  });

  it("does not come before its source", () => {
    expect(oneTable("dbo.orders", { stage: 0 })?.stage).toBe(1);
  });

  it("has a topic in Kafka's alphabet", () => {
    expect(oneTable("dbo.ORDER ITEMS", {})?.topic).toBe("shop.dbo.ORDER_ITEMS");
  });
});

describe("what reads", () => {
  const resolved = (changed: Partial<PipelineDeclaration>) => {
    const { transformations, targets, consumers } = declaredGraph({ ...pipeline, targets: {}, ...changed });
    return Object.fromEntries([...transformations, ...targets, ...consumers].map((item) => [item.name, item]));
  };

  it("comes with the last thing that it reads, a transformation not before stage 2", () => {
    const {
      EARLY,
      LATE,
      LATER,
      lake,
      everything: all,
      app,
    } = resolved({
      transformations: {
        EARLY: { reads: ["ORDERS"], kind: "facts" },
        LATE: { reads: ["CUSTOMERS"], kind: "entity", stage: 3 },
        LATER: { reads: ["LATE", "ORDERS"], kind: "facts" },
      },
      targets: { lake: { kind: "lake", reads: ["ORDERS", "CUSTOMERS"] }, everything: { kind: "snowflake" } },
      consumers: { app: { reads: ["LATER"] } },
    });
    expect([EARLY, LATE, LATER, lake, all, app].map((item) => item?.stage)).toEqual([2, 3, 3, 1, 0, 3]);
  });

  it("comes with the last thing that it reads though that is declared after it", () => {
    const { FIRST, SECOND } = resolved({
      transformations: {
        FIRST: { reads: ["SECOND"], kind: "facts" },
        SECOND: { reads: ["THIRD"], kind: "facts" },
        THIRD: { reads: ["ORDERS"], kind: "facts", stage: 3 },
      },
    });
    expect([FIRST?.stage, SECOND?.stage]).toEqual([3, 3]);
  });

  it("has as many partitions as what it reads", () => {
    const [source] = Object.values(pipeline.sources);
    const tables = { "dbo.ORDERS": { ...source?.tables["dbo.ORDERS"], partitions: 12 } as TableDeclaration };
    const { transformations } = declaredGraph({
      ...pipeline,
      sources: { mssql: { kind: "sqlServer", database: "demo", tables } },
      transformations: {
        TOTALS: { reads: ["RESULT"], kind: "entity" },
        RESULT: { reads: ["ORDERS"], kind: "facts" },
        OTHER: { reads: ["CUSTOMERS"], kind: "facts" },
      },
    });
    expect(transformations.map(({ name, partitions }) => [name, partitions])).toEqual([
      ["TOTALS", 12],
      ["RESULT", 12],
      ["OTHER", undefined],
    ]);
  });

  it("is given tables and transformations in declared order", () => {
    const graph = defaultGraph(declaredGraph(pipeline));
    expect(names(readBy(graph, { reads: ["ORDERS_ENRICHED", "ORDERS"] }))).toEqual(["ORDERS", "ORDERS_ENRICHED"]);
    expect(names(readBy(graph, { reads: "all" }))).toEqual(["ORDERS", "CUSTOMERS", "ORDERS_ENRICHED"]);
  });
});
