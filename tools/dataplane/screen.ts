/** Where a picture is drawn in place: the terminal's other screen, so that what stood there comes back in the end. */
export class Screen {
  readonly #out: NodeJS.WriteStream;
  #isOpen = false;

  constructor(out: NodeJS.WriteStream = process.stdout) {
    this.#out = out;
    // However this program ends, the terminal gets its own screen and its cursor back.
    process.on("exit", () => this.close());
  }

  /** Whether pictures can be drawn, and may: NO_COLOR asks for plain text. */
  static isThere(least: number, out: NodeJS.WriteStream = process.stdout): boolean {
    return out.isTTY && out.columns >= least && (process.env.NO_COLOR ?? "") === "" && process.env.TERM !== "dumb";
  }

  get width(): number {
    return this.#out.columns;
  }

  get height(): number {
    return this.#out.rows;
  }

  draw(lines: readonly string[]): void {
    const opening = this.#isOpen ? "" : "\x1b[?1049h\x1b[?25l";
    this.#isOpen = true;
    // Each line is cleared to its end, so that nothing flickers.
    this.#out.write(`${opening}\x1b[H${lines.map((line) => `${line}\x1b[K`).join("\r\n")}\x1b[J`);
  }

  close(): void {
    if (this.#isOpen) {
      this.#isOpen = false;
      this.#out.write("\x1b[?25h\x1b[?1049l");
    }
  }
}
