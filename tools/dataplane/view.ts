import type { Arrival, Fields, JoinedRow, Operation, Story } from "./story.ts";
import type { Table } from "../../model/graph.ts";
import { fitted, shown } from "./text.ts";

/** What every picture has. */
export interface Frame {
  readonly title: string;
  /** The line under the title. */
  readonly standsFor: string;
  /** Since the start. */
  readonly seconds: number;
  /** Columns and rows of the terminal. */
  readonly width: number;
  readonly height: number;
}

export interface Picture extends Frame {
  readonly story: Story;
  readonly tables: readonly { readonly table: Table; readonly server: string }[];
}

/** Columns that a picture needs; in fewer, lines are better. */
export const leastWidth = 60;

const paint = (code: number) => (text: string) => `\x1b[${code}m${text}\x1b[0m`;
const bold = paint(1);
const dim = paint(2);
const colours: Readonly<Record<Operation, (text: string) => string>> = {
  snapshot: dim,
  insert: paint(32),
  update: paint(33),
  delete: paint(31),
};

/** Lines of the picture while it starts: as many as the terminal has rows, none wider than it has columns. */
export function drawnSteps(frame: Frame & { readonly steps: readonly string[] }): string[] {
  const { steps, width, height } = frame;
  const shown = steps.slice(-Math.max(1, height - head(frame).length - 2)).map((step) => fitted(step, width));
  return whole(frame, [...shown, dim(fitted("          ...", width))]);
}

/** Lines of the picture while changes come. */
export function drawn(picture: Picture): string[] {
  const { story, tables, width, height } = picture;
  const counts = tables.map((each) => counted(each, story, width));
  // What two headings, a line of column names, two gaps and the last line leave.
  const room = Math.max(2, height - head(picture).length - counts.length - 6);
  const joined = story.latestJoined(Math.floor(room / 2));
  const changes = story.live.slice(-(room - joined.length)).toReversed();
  return whole(picture, [
    ...counts,
    "",
    bold(fitted("Changes as they arrive", width)),
    ...(changes.length === 0 ? [dim(fitted("  none yet", width))] : changes.map((each) => changed(each, width))),
    "",
    bold(fitted("ORDERS joined with CUSTOMERS as both stand now (here; in the cloud ksqlDB joins)", width)),
    ...joinedTable(joined, width),
  ]);
}

function head({ title, standsFor, seconds, width }: Frame): string[] {
  const clock = `${Math.floor(seconds / 60)}:${String(Math.floor(seconds % 60)).padStart(2, "0")}`;
  return [
    `${bold(fitted(title, width - clock.length - 1))} ${dim(clock)}`,
    ...wrapped(standsFor, width).map((line) => dim(line)),
    "",
  ];
}

function whole(frame: Frame, body: readonly string[]): string[] {
  const { width, height } = frame;
  const lines = [...head(frame), ...body].slice(0, height - 1);
  const gap = Array.from({ length: height - 1 - lines.length }, () => "");
  return [...lines, ...gap, dim(fitted("Ctrl-C ends it, and everything that it started", width))];
}

function wrapped(text: string, width: number): string[] {
  const lines = [""];
  for (const word of text.split(" ")) {
    const longer = [lines.at(-1), word].filter((part) => part !== "").join(" ");
    if (longer.length <= width) {
      lines[lines.length - 1] = longer;
    } else {
      lines.push(word);
    }
  }
  return lines;
}

function counted({ table, server }: Picture["tables"][number], story: Story, width: number): string {
  const { snapshot, insert, update, delete: deleted } = story.counts(table);
  const numbers = [
    dim(`${String(snapshot).padStart(5)} at first`),
    colours.insert(`+${String(insert).padEnd(4)}`),
    colours.update(`~${String(update).padEnd(4)}`),
    colours.delete(`-${String(deleted).padEnd(4)}`),
  ];
  const room = width - 35;
  const way = `  ${server} ${table.path} → ${table.topic}`;
  return `${fitted(way, room)} ${numbers.join(" ")}`;
}

function changed(arrival: Arrival, width: number): string {
  const { table, operation, at } = arrival;
  const time = new Date(at).toISOString().slice(11, 23);
  const start = `  ${fitted(time, 12)}  ${fitted(operation, 8)} ${fitted(table.name, 10)} `;
  const color = colours[operation];
  return color(start + fitted(shortRow(arrival), width - 36));
}

/** Columns of the joined rows with their shares of the width. */
const columns: readonly {
  readonly title: string;
  readonly share: number;
  readonly value: (row: JoinedRow) => string;
}[] = [
  { title: "order", share: 0.1, value: ({ order }) => shown(order.order_id) },
  { title: "total", share: 0.12, value: ({ order }) => shown(order.order_total_usd) },
  { title: "item", share: 0.3, value: ({ order }) => shown(order.item) },
  { title: "customer", share: 0.26, value: ({ customer }) => nameOf(customer) },
  { title: "city", share: 0.22, value: ({ customer }) => shown(customer?.city) },
];

function joinedTable(rows: readonly JoinedRow[], width: number): string[] {
  const line = (texts: (column: (typeof columns)[number]) => string) =>
    `  ${columns
      .map((column, index) => {
        const room = Math.max(4, Math.floor((width - 2) * column.share) - 1);
        return fitted(texts(column), room, index < 2 ? "right" : "left");
      })
      .join(" ")}`.slice(0, width * 2);
  return [
    dim(line(({ title }) => title)),
    ...(rows.length === 0
      ? [dim(fitted("  none yet", width))]
      : rows.map((row) => colours[row.operation](line(({ value }) => value(row))))),
  ];
}

/** A change as a line of a log. */
export function changeLine(arrival: Arrival): string {
  return `${arrival.operation.padEnd(6)} ${arrival.table.name}  ${shortRow(arrival)}`;
}

/** The joined row as a line of a log. */
export function joinedLine({ order, customer }: JoinedRow): string {
  const who = customer === undefined ? "a customer who is not there" : `${nameOf(customer)}, ${shown(customer.city)}`;
  return `joined  order ${shown(order.order_id)}: ${shown(order.order_total_usd)} for ${shown(order.item)}, by ${who}`;
}

/** The key first, then the other columns that have a value; of an update those that it changed. */
function shortRow({ table, operation, fields, before }: Arrival): string {
  const others = Object.keys(fields).filter((name) => !table.key.includes(name));
  const key = table.key.map((name) => `${name}=${shown(fields[name])}`);
  const values =
    operation === "update" && before !== undefined
      ? others
          .filter((name) => shown(before[name]) !== shown(fields[name]))
          .map((name) => `${name}: ${shown(before[name])} → ${shown(fields[name])}`)
      : others.filter((name) => shown(fields[name]) !== "").map((name) => `${name}=${shown(fields[name])}`);
  return [...key, ...values].join("  ");
}

function nameOf(customer: Fields | undefined): string {
  return customer === undefined ? "(not there)" : `${shown(customer.first_name)} ${shown(customer.last_name)}`;
}
