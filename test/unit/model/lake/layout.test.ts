import fc from "fast-check";
import { historyTable } from "../../../../model/lake/glueTable.ts";
import { fileName, pathFormat, prefixAt } from "../../../../model/lake/layout.ts";
import { lakeOf } from "./tables.ts";
import { athenaPrefixes, sinkPrefix } from "./paths.ts";

const place = { bucket: "shop-lake", folder: "topics" };

const parametersOf = (topic: string, since = "2026-11-26") =>
  historyTable({ ...lakeOf("ORDERS_ENRICHED"), topic }, place, since).parameters;

it("tells the sink and Athena the same of where files are", () => {
  expect(pathFormat).toBe("'dt'=YYYY-MM-dd/'hour'=HH");
  expect(parametersOf("mssql.dbo.ORDERS")).toEqual({
    EXTERNAL: "TRUE",
    classification: "parquet",
    "projection.enabled": "true",
    "projection.dt.type": "date",
    "projection.dt.format": "yyyy-MM-dd",
    "projection.dt.range": "2026-11-26,NOW",
    "projection.dt.interval": "1",
    "projection.dt.interval.unit": "DAYS",
    "projection.hour.type": "integer",
    "projection.hour.range": "0,23",
    "projection.hour.digits": "2",
    "storage.location.template": "s3://shop-lake/topics/mssql.dbo.ORDERS/dt=${dt}/hour=${hour}/",
  });
});

it.each([
  // 2026-12-28 is in the last week of 2026, 2027-01-01 still is: the year of the week would be 2026.
  ["2026-12-31T23:59:59.999Z", "topics/ORDERS_ENRICHED/dt=2026-12-31/hour=23/"],
  ["2027-01-01T00:00:00.000Z", "topics/ORDERS_ENRICHED/dt=2027-01-01/hour=00/"],
  // A Monday in the first week of 2025: the year of the week would be 2025.
  ["2024-12-30T09:05:00.000Z", "topics/ORDERS_ENRICHED/dt=2024-12-30/hour=09/"],
  ["2028-02-29T12:00:00.000Z", "topics/ORDERS_ENRICHED/dt=2028-02-29/hour=12/"],
])("has the rows of %s in %s", (time, prefix) => {
  expect(prefixAt("topics", "ORDERS_ENRICHED", new Date(time))).toBe(prefix);
});

const topics = fc.stringMatching(/^[A-Za-z0-9_][A-Za-z0-9._-]{0,40}$/);
const times = fc.oneof(
  fc.date({ min: new Date("1970-01-01T00:00:00Z"), max: new Date("2199-12-31T23:59:59.999Z"), noInvalidDate: true }),
  // Around New Year, where the year of the week is often another one.
  fc
    .tuple(fc.integer({ min: 1971, max: 2199 }), fc.integer({ min: -8 * 86_400_000, max: 8 * 86_400_000 }))
    .map(([year, off]) => new Date(Date.UTC(year, 0, 1) + off)),
);

it("writes any time and topic where Athena looks for it", () => {
  fc.assert(
    fc.property(topics, times, (topic, time) => {
      const written = sinkPrefix(
        { "topics.dir": place.folder, "path.format": pathFormat, timezone: "UTC" },
        topic,
        time,
      );
      const day = time.toISOString().slice(0, 10);
      const looked = athenaPrefixes(parametersOf(topic, day), { dt: day, hour: time.getUTCHours() });
      expect(written).toBe(prefixAt(place.folder, topic, time));
      expect(looked).toEqual([`s3://${place.bucket}/${written}`]);
    }),
    { numRuns: 2000 },
  );
});

it("makes Athena look nowhere before the first day", () => {
  expect(athenaPrefixes(parametersOf("T", "2026-11-26"), { dt: "2026-11-25", hour: 0 })).toEqual([]);
});

it("names a file by the first record in it", () => {
  expect(fileName("ORDERS_ENRICHED", 3, 42)).toBe("ORDERS_ENRICHED+3+0000000042.snappy.parquet");
});
