/** When the sink closes a file: after so many rows of a partition, or so many minutes. */
interface Rotation {
  readonly rows: number;
  readonly minutes: number;
}

/**
 * How many files a day's rows become that come evenly: those of a partition are in one file until it is full, the clock
 * comes to a multiple of the minutes, or the hour ends, which is another folder.
 *
 * @param rows of all partitions, in a day
 */
export function filesOfADay(rows: number, partitions: number, { rows: most, minutes }: Rotation): number {
  const spans = (24 * 60) / Math.min(minutes, 60);
  const inSpan = rows / partitions / spans;
  // Where rows are rarer than spans, most spans have none.
  return Math.round(partitions * (inSpan < 1 ? rows / partitions : spans * Math.ceil(inSpan / most)));
}
