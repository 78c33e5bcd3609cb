import { defaultDatabase, identifierMistake, warehouseNames } from "../../../../model/warehouse/names.ts";

it("everything is named after the database", () => {
  expect(warehouseNames("SHOP")).toEqual({
    database: "SHOP",
    landing: "LANDING",
    state: "CURRENT_STATE",
    analytics: "ANALYTICS",
    warehouse: "SHOP_WH",
    monitor: "SHOP_MONITOR",
    loader: "SHOP_LOADER",
    reader: "SHOP_READER",
    networkPolicy: "SHOP_LOADER_NETWORK",
  });
});

it.each([
  ["pipeline", "dev", "PIPELINE_DEV"],
  ["pipeline", "pr-17.x", "PIPELINE_PR_17_X"],
])("of project %s and stack %s it is %s", (project, stack, database) => {
  expect(defaultDatabase(project, stack)).toBe(database);
});

it.each([
  ["SHOP_2", undefined],
  ["_SHOP", undefined],
  ["shop", "Snowflake keeps names in upper case. Write SHOP."],
  ["SHOP-DEV", 'Snowflake takes only letters, digits, _ and $, not "-". Write SHOP_DEV.'],
  ["2SHOP", "Snowflake takes no name that starts with 2. Write _2SHOP."],
  ["TABLE", "Snowflake reserves TABLE. Write TABLE_."],
  ["A".repeat(240), undefined],
  [
    "A".repeat(241),
    "it has 241 characters, and 240 leave room for the names that are made from it. Write a shorter one.",
  ],
])("of the name %s it is said: %s", (name, mistake) => {
  expect(identifierMistake(name)).toBe(mistake);
});
