import type { Duration, TimeUnit } from "../syntax.ts";

const day = 86_400_000;
const milliseconds: Readonly<Record<TimeUnit, number>> = {
  YEARS: 365 * day,
  MONTHS: 30 * day,
  DAYS: day,
  HOURS: 3_600_000,
  MINUTES: 60_000,
  SECONDS: 1000,
  MILLISECONDS: 1,
};

export function millisecondsOf({ count, unit }: Duration): number {
  return count * milliseconds[unit];
}

/** The longest unit that counts it in whole numbers: `2 HOURS`. */
export function describeMilliseconds(time: number): string {
  const units = ["DAYS", "HOURS", "MINUTES", "SECONDS", "MILLISECONDS"] as const;
  const unit =
    units.find((candidate) => time >= milliseconds[candidate] && time % milliseconds[candidate] === 0) ??
    "MILLISECONDS";
  const count = time / milliseconds[unit];
  return `${count} ${count === 1 ? unit.slice(0, -1) : unit}`;
}
