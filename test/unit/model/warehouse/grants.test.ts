import { grantsOf } from "../../../../model/warehouse/grants.ts";
import { warehouseNames } from "../../../../model/warehouse/names.ts";

const names = warehouseNames("DEMO");
const orders = { name: "ORDERS_2", topic: "orders", dataset: "ORDERS" } as Parameters<typeof grantsOf>[0][number];
const given = (loaderOwns: boolean) =>
  grantsOf([orders], names, loaderOwns).map(({ role, privilege, on }) => `${role}: ${privilege} ${on.kind} ${on.name}`);

const always = [
  "loader: USAGE DATABASE DEMO",
  "loader: USAGE SCHEMA LANDING",
  "loader: INSERT TABLE ORDERS_2",
  "reader: USAGE DATABASE DEMO",
  "reader: USAGE SCHEMA ANALYTICS",
  "reader: USAGE WAREHOUSE DEMO_WH",
  "reader: SELECT VIEW ORDERS",
];

it("the loader inserts, and the reader reads the current state", () => {
  expect(given(false)).toEqual(always);
});

it("a loader that owns its tables has what it has otherwise, and ownership of those alone", () => {
  const more = given(true);
  expect(more.filter((grant) => !always.includes(grant))).toEqual(["loader: OWNERSHIP TABLE ORDERS_2"]);
  expect(more).toEqual(expect.arrayContaining(always));
});
