import { currentState } from "../../../../model/warehouse/currentState.ts";
import { landingOf } from "./tables.ts";

const stateOf = (name: string) => currentState(landingOf(name), "SHOP.LANDING");

it("of a source's table takes the last version of each key, then leaves out what is deleted", () => {
  expect(stateOf("ORDERS")).toBe(`WITH LATEST AS (
    SELECT
        ORDER_ID,
        CUSTOMER_ID,
        ORDER_TS,
        ORDER_TOTAL_USD,
        ITEM,
        __DELETED
    FROM SHOP.LANDING.ORDERS
    WHERE ORDER_ID IS NOT NULL
    QUALIFY ROW_NUMBER() OVER (
        PARTITION BY ORDER_ID
        ORDER BY RECORD_METADATA:partition::NUMBER DESC, RECORD_METADATA:offset::NUMBER DESC
    ) = 1
)

SELECT
    ORDER_ID,
    CUSTOMER_ID,
    ORDER_TS,
    ORDER_TOTAL_USD,
    ITEM
FROM LATEST
WHERE COALESCE(__DELETED, 'false') = 'false'`);
});

it("of a table in ksqlDB knows a deletion by the record's key alone", () => {
  expect(stateOf("CUSTOMERS_LOYAL")).toBe(`WITH LATEST AS (
    SELECT
        CUSTOMER_ID,
        FULL_NAME,
        LOYALTY_LEVEL
    FROM SHOP.LANDING.CUSTOMERS_LOYAL
    QUALIFY ROW_NUMBER() OVER (
        PARTITION BY COALESCE(CUSTOMER_ID, RECORD_METADATA:key::NUMBER(10, 0))
        ORDER BY RECORD_METADATA:partition::NUMBER DESC, RECORD_METADATA:offset::NUMBER DESC
    ) = 1
)

SELECT
    CUSTOMER_ID,
    FULL_NAME,
    LOYALTY_LEVEL
FROM LATEST
WHERE CUSTOMER_ID IS NOT NULL`);
});

it("finds each part of a key of several columns under its name in the message", () => {
  const table = { ...landingOf("CUSTOMERS_LOYAL"), key: ["CUSTOMER_ID", "LOYALTY_LEVEL"], keyFields: ["C", "L"] };
  expect(currentState(table, "SHOP.LANDING")).toContain(
    "PARTITION BY COALESCE(CUSTOMER_ID, RECORD_METADATA:key:C::NUMBER(10, 0)), " +
      "COALESCE(LOYALTY_LEVEL, RECORD_METADATA:key:L::VARCHAR(16777216))\n",
  );
});

it("of windows takes the last result of each, and has no deletions", () => {
  const state = stateOf("ITEM_SALES_HOURLY");
  expect(state).toContain("    WHERE ITEM IS NOT NULL\n");
  expect(state).toContain("PARTITION BY ITEM, WINDOW_START\n");
  expect(state).toMatch(/FROM LATEST$/);
});

it("of sessions leaves out those that lie within a longer one of their key", () => {
  expect(stateOf("CUSTOMER_SESSIONS")).toContain(`    WHERE CUSTOMER_ID IS NOT NULL
    QUALIFY ROW_NUMBER() OVER (
        PARTITION BY CUSTOMER_ID, WINDOW_START
        ORDER BY RECORD_METADATA:partition::NUMBER DESC, RECORD_METADATA:offset::NUMBER DESC
    ) = 1
)`);
  expect(stateOf("CUSTOMER_SESSIONS")).toMatch(/FROM LATEST\nQUALIFY COALESCE\(\n {4}MAX\(WINDOW_END\) OVER \(/);
});

it("of facts that no key tells apart takes each record once", () => {
  expect(stateOf("ORDERS_SHIPPED")).toContain(`    FROM SHOP.LANDING.ORDERS_SHIPPED
    QUALIFY ROW_NUMBER() OVER (
        PARTITION BY RECORD_METADATA:partition::NUMBER, RECORD_METADATA:offset::NUMBER
        ORDER BY RECORD_METADATA:offset::NUMBER
    ) = 1
)`);
});

it("names every column, since a dynamic table with * fails when one is added", () => {
  expect(stateOf("ORDERS")).not.toContain("*");
});
