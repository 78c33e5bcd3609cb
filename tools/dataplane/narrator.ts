import { standIns } from "../../dataplane/standIns.ts";
import type { Row } from "../../dataplane/engines/reader.ts";
import type { Graph } from "../../model/graph.ts";
import { systemTitles } from "../../model/names.ts";
import { pipeline } from "../../pipeline.ts";
import { Screen } from "./screen.ts";
import { Story } from "./story.ts";
import { changeLine, drawn, drawnSteps, joinedLine, leastWidth } from "./view.ts";

const title = "Pipeline to the cloud: the data plane on this machine";

/** Shows what happens: as a picture drawn in place where there is a terminal, else as lines. */
export class Narrator {
  readonly story: Story;
  /** When the first row of a change that was made live was there, in seconds from the start of the program. */
  firstLiveRow: number | undefined;
  readonly #tables: { table: Graph["tables"][number]; server: string }[];
  readonly #standsFor: string;
  readonly #screen: Screen | undefined;
  readonly #steps: string[] = [];
  #isPlaying = false;
  #taken = 0;
  #lastDrawn = 0;

  constructor(graph: Graph) {
    this.story = new Story(graph);
    this.#standsFor = standsForLine();
    this.#tables = graph.sources.flatMap((source) =>
      source.tables.map((table) => ({ table, server: systemTitles[source.kind] })),
    );
    this.#screen = Screen.isThere(leastWidth) ? new Screen() : undefined;
    if (this.#screen === undefined) {
      console.log(`${title}\n${this.#standsFor}\n`);
    }
    this.#draw();
  }

  /** A step of the start. */
  say(line: string): void {
    const stamped = `${seconds().toFixed(1).padStart(6)} s  ${line}`;
    this.#steps.push(stamped);
    if (this.#screen === undefined) {
      console.log(stamped);
    }
    this.#draw();
  }

  /** From now on changes are made. */
  begin(): void {
    this.#isPlaying = true;
    if (this.#screen === undefined) {
      console.log(
        "\nChanges as they arrive, and orders joined with their customers (here; in the cloud ksqlDB joins):",
      );
    }
  }

  /** All rows so far: those that are new are shown. */
  take(rows: readonly Row[]): void {
    for (; this.#taken < rows.length; this.#taken += 1) {
      const row = rows[this.#taken];
      const arrival = row === undefined ? undefined : this.story.add(row, Date.now());
      if (arrival === undefined || arrival.operation === "snapshot") {
        continue;
      }
      this.firstLiveRow ??= seconds();
      if (this.#screen === undefined) {
        const joined = arrival.operation === "delete" ? undefined : this.story.joined(arrival);
        const stamp = `${seconds().toFixed(1).padStart(6)} s  `;
        console.log(
          stamp + changeLine(arrival) + (joined === undefined ? "" : `\n${" ".repeat(10)}${joinedLine(joined)}`),
        );
      }
    }
    this.#draw(200);
  }

  close(): void {
    this.#screen?.close();
  }

  /** At most once in so many milliseconds. */
  #draw(pause = 0): void {
    if (this.#screen === undefined || Date.now() - this.#lastDrawn < pause) {
      return;
    }
    this.#lastDrawn = Date.now();
    const { width, height } = this.#screen;
    const frame = { title, standsFor: this.#standsFor, seconds: seconds(), width, height };
    this.#screen.draw(
      this.#isPlaying
        ? drawn({ ...frame, story: this.story, tables: this.#tables })
        : drawnSteps({ ...frame, steps: this.#steps }),
    );
  }
}

/** Since this program was started. */
function seconds(): number {
  return performance.now() / 1000;
}

/** Says plainly which database is not the one that the pipeline declares. */
function standsForLine(): string {
  const kinds = [...new Set(Object.values(pipeline.sources).map(({ kind }) => kind))];
  const played = kinds
    .filter((kind) => standIns[kind] !== kind)
    .map((kind) => `${systemTitles[standIns[kind]]} stands for ${systemTitles[kind]}`);
  const real = "Kafka, Kafka Connect and Debezium are the real ones; Apicurio Registry stands for Confluent's.";
  return [...played, real].join("; ").replace(/; (?=Kafka,)/, ". ");
}
