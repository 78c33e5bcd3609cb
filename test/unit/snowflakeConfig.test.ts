import { generateKeyPairSync } from "node:crypto";
import type { ConfigInput } from "../../config.ts";
import { targetsOfKind } from "../../model/targets/registry.ts";
import { pipeline } from "../../pipeline.ts";
import { configOf, environmentOf, mistakesIn, type Config } from "./configs.ts";

const pair = (bits = 2048) => {
  const { publicKey, privateKey } = generateKeyPairSync("rsa", {
    modulusLength: bits,
    publicKeyEncoding: { type: "spki", format: "pem" },
    privateKeyEncoding: { type: "pkcs8", format: "pem" },
  });
  return { publicKey, privateKey };
};
const [own, other, short] = [pair(), pair(), pair(1024)];
const oneLine = (pem: string) => pem.split("\n").slice(1, -2).join("");

const encrypted: Partial<ConfigInput> = {
  secretKeys: new Set(["pipeline:mssql", "pipeline:mysql", "pipeline:snowflake"]),
};

function configWith(snowflake: Record<string, unknown>, more = ""): Config {
  const config = configOf(more);
  return { ...config, snowflake: { ...(config.snowflake as object), ...snowflake } };
}

const snowflakeIn = (config: Config) => targetsOfKind(environmentOf(config, encrypted).targets, "snowflake")[0]?.config;
const mistakesOf = (config: Config, changed = encrypted) => mistakesIn(config, changed);

it.each<[Record<string, unknown>, string]>([
  [
    { organization: "" },
    "snowflake.organization: it is missing. Set it: pulumi config set --path snowflake.organization …",
  ],
  [{ account: "" }, "snowflake.account: it is missing. Set it: pulumi config set --path snowflake.account …"],
  [
    { account: "xy12345.eu-central-1" },
    'snowflake.account: "xy12345.eu-central-1" is not the name of an account, but a locator or an address. Write what SELECT CURRENT_ACCOUNT_NAME() says.',
  ],
  [
    { organization: "acme-corp" },
    'snowflake.organization: "acme-corp" is not the name of an organization. Write what SELECT CURRENT_ORGANIZATION_NAME() says.',
  ],
  [
    { role: "SYSADMIN" },
    "snowflake.role: SYSADMIN may do far more than this needs. Write PIPELINE_DEPLOYER, which sql/snowflake/setup.sql makes.",
  ],
  [
    { role: "ACCOUNTADMIN" },
    "snowflake.role: ACCOUNTADMIN may do far more than this needs. Write PIPELINE_DEPLOYER, which sql/snowflake/setup.sql makes.",
  ],
  [{ database: "shop" }, "snowflake.database: Snowflake keeps names in upper case. Write SHOP."],
  [
    { database: "SHOP-DEV" },
    'snowflake.database: Snowflake takes only letters, digits, _ and $, not "-". Write SHOP_DEV.',
  ],
  [
    { warehouseSize: "TINY" },
    'snowflake.warehouseSize: "TINY" is not one of XSMALL, SMALL, MEDIUM, LARGE, XLARGE, XXLARGE or XXXLARGE. Write one of them; the default is XSMALL.',
  ],
  [{ creditQuota: -1 }, "snowflake.creditQuota: -1 is too little. Write a number of credits, or 0 for no limit."],
  [
    { currentState: "table" },
    'snowflake.currentState: "table" is not one of view or dynamicTable. Write one of them; the default is view.',
  ],
  [
    { currentState: "dynamicTable", targetLag: 30 },
    "snowflake.targetLag: 30 seconds is less than Snowflake does. Write 60 or more.",
  ],
  [
    { allowedIps: ["10.0.0.300", "fe80::1"] },
    'snowflake.allowedIps: "10.0.0.300" or "fe80::1" is not an address or a range of IPv4. Write one, e.g. 203.0.113.7 or 203.0.113.0/24.',
  ],
  [
    { allowedIps: ["0.0.0.0/0"] },
    "snowflake.allowedIps: it holds every address there is. Take it out, or write the workers' own.",
  ],
  [
    { settings: { "snowflake.role.name": "SYSADMIN" } },
    "snowflake.settings: snowflake.role.name: the pipeline sets it itself from snowflake's keys. Take it out.",
  ],
  [{ paused: "maybe" }, 'snowflake.paused: "maybe" is not true or false. Write true or false.'],
  [{ generations: { ORDER: [1, 2] } }, "snowflake.generations: ORDER is no table of pipeline.ts. Write ORDERS."],
  [
    { generations: { ORDERS: 2 } },
    "snowflake.generations: ORDERS has no list of rising numbers from 1 on. Write one, e.g. ORDERS: [1, 2].",
  ],
  [
    { generations: { ORDERS: [2, 1] } },
    "snowflake.generations: ORDERS has no list of rising numbers from 1 on. Write one, e.g. ORDERS: [1, 2].",
  ],
  [
    { loaderKeyUse: 1, loaderKeyAlso: 3 },
    "snowflake.loaderKeyAlso: 1 and 3 would be in the same of the user's two slots. Write 2.",
  ],
  [{ loaderKeyUse: 0 }, "snowflake.loaderKeyUse: 0 is no generation of keys. Write a whole number, 1 or more."],
  [
    { loaderKey: own.privateKey },
    "snowflake.loaderKeys: it is missing, and snowflake.loaderKey is there. Write its public half.",
  ],
  [
    { loaderKeyPassphrase: "hush" },
    "snowflake.loaderKeyPassphrase: there is no snowflake.loaderKey that it could open. Take it out.",
  ],
  [
    { loaderKeys: [own.publicKey] },
    "snowflake.loaderKey: it is missing: the connector logs in with the private half of one of snowflake.loaderKeys. Set it: pulumi config set --path --secret snowflake.loaderKey < FILE",
  ],
  [
    { loaderKeys: [own.publicKey], loaderKey: other.privateKey },
    "snowflake.loaderKey: it is not the private half of any of snowflake.loaderKeys. Write the pair's other half there.",
  ],
  [
    { loaderKeys: [own.publicKey, own.publicKey], loaderKey: own.privateKey },
    "snowflake.loaderKeys: it has one key twice. Take one out.",
  ],
  [
    { loaderKeys: [own.publicKey, "", other.publicKey], loaderKey: own.privateKey },
    "snowflake.loaderKeys: it has 3 keys, and a user has two slots. Take the oldest out.",
  ],
  [
    { loaderKeys: [own.publicKey], loaderKey: own.privateKey, loaderKeyUse: 2 },
    "snowflake.loaderKeyUse: it is for pairs that the stack makes, and snowflake.loaderKeys has yours. Take it out.",
  ],
])("%j", (snowflake, mistake) => {
  expect(mistakesOf(configWith(snowflake))).toEqual([mistake]);
});

it("a key that Snowflake would not take is refused without being shown", () => {
  const [mistake = ""] = mistakesOf(configWith({ loaderKeys: [short.publicKey], loaderKey: short.privateKey }));
  expect(mistake).toMatch(/^snowflake\.loaderKeys: it has 1024 bits, and Snowflake takes 2048 or more\./);
  expect(mistake).not.toContain(oneLine(short.publicKey).slice(0, 20));
  const inClear = mistakesOf(configWith({ loaderKeys: [own.publicKey], loaderKey: own.privateKey }), {});
  expect(inClear).toEqual([
    "snowflake.loaderKey: it stands in clear. Change the key, then: pulumi config set --path --secret snowflake.loaderKey < FILE",
  ]);
});

it("the deployment's own key must not stand in clear", () => {
  expect(mistakesOf({ ...configOf(""), "snowflake:privateKey": own.privateKey })).toEqual([
    "snowflake:privateKey: it stands in clear. Make a new one, then: pulumi config set --secret snowflake:privateKey < FILE",
  ]);
});

it("keys of the user's own stand in slots, one of which may be empty", () => {
  const keysOf = (loaderKeys: readonly string[]) =>
    snowflakeIn(configWith({ loaderKeys, loaderKey: own.privateKey }))?.loaderKeys;
  const given = { from: "config", privateKey: oneLine(own.privateKey), passphrase: "" };
  expect(keysOf([own.publicKey])).toEqual({ ...given, publicKeys: [oneLine(own.publicKey), undefined] });
  expect(keysOf(["", own.publicKey])).toEqual({ ...given, publicKeys: [undefined, oneLine(own.publicKey)] });
  expect(keysOf([other.publicKey, oneLine(own.publicKey)])).toEqual({
    ...given,
    publicKeys: [oneLine(other.publicKey), oneLine(own.publicKey)],
  });
});

it("on premises the private half may be with the host alone", () => {
  const config = configWith({ loaderKeys: [own.publicKey] }, "connect: { placement: onPremises }");
  expect(snowflakeIn(config)?.loaderKeys).toMatchObject({ privateKey: "" });
});

it("of a target that is off nothing may be missing, but what is given must be right", () => {
  expect(mistakesOf({ ...configOf("targets: [lake]"), snowflake: {} })).toEqual([]);
  expect(mistakesOf({ ...configOf("targets: [lake]"), snowflake: { targetLag: 1 } })).toHaveLength(1);
});

describe("two targets", () => {
  const twice = {
    ...pipeline,
    targets: { ...pipeline.targets, copy: { kind: "snowflake" as const } },
  };
  const account = { organization: "ACME", account: "TEST" };

  it("have a group of keys each, and must not share a database", () => {
    expect(mistakesOf({ ...configOf(""), copy: account }, { pipeline: twice })).toEqual([
      "copy.database: PIPELINE_DEV is snowflake's too, in the same account. Write another name.",
    ]);
    const { targets } = environmentOf({ ...configOf(""), copy: { ...account, database: "COPY" } }, { pipeline: twice });
    const databases = targetsOfKind(targets, "snowflake").map(({ target, config }) => [target.name, config.database]);
    expect(databases).toEqual([
      ["snowflake", "PIPELINE_DEV"],
      ["copy", "COPY"],
    ]);
  });
});
