const magic = 0x184d2204;

/** The content of an LZ4 frame. Checksums are not compared: Kafka's batches have one of their own. */
export function lz4Frame(frame: Buffer): Buffer {
  if (frame.readUInt32LE(0) !== magic) {
    throw new Error("not an LZ4 frame");
  }
  const flags = frame.readUInt8(4);
  const has = (bit: number) => (flags & (1 << bit)) !== 0;
  let at = 6 + (has(3) ? 8 : 0) + (has(0) ? 4 : 0) + 1; // content size, dictionary, checksum of the header
  const content = new Content();
  for (;;) {
    const head = frame.readUInt32LE(at);
    const size = head & 0x7fffffff;
    at += 4;
    if (size === 0) {
      return content.bytes();
    }
    const block = frame.subarray(at, at + size);
    if (head >>> 31 === 1) {
      content.append(block);
    } else {
      expand(block, content);
    }
    at += size + (has(4) ? 4 : 0); // checksum of the block
  }
}

/** Sequences of literal bytes and of a copy of what came before. The last one has no copy. */
function expand(block: Buffer, content: Content): void {
  let at = 0;
  const length = (base: number): number => {
    let total = base;
    if (base === 15) {
      let more;
      do {
        more = block.readUInt8(at);
        at += 1;
        total += more;
      } while (more === 255);
    }
    return total;
  };
  while (at < block.length) {
    const token = block.readUInt8(at);
    at += 1;
    const literals = length(token >>> 4);
    content.append(block.subarray(at, at + literals));
    at += literals;
    if (at >= block.length) {
      return;
    }
    const distance = block.readUInt16LE(at);
    at += 2;
    content.repeat(distance, length(token & 15) + 4);
  }
}

/** Bytes that grow. */
class Content {
  #buffer = Buffer.allocUnsafe(1 << 16);
  #length = 0;

  append(bytes: Buffer): void {
    this.#reserve(bytes.length);
    bytes.copy(this.#buffer, this.#length);
    this.#length += bytes.length;
  }

  /** A copy that is longer than the distance repeats itself. */
  repeat(distance: number, count: number): void {
    if (distance === 0 || distance > this.#length) {
      throw new Error("an LZ4 block refers to what is not there");
    }
    this.#reserve(count);
    for (let index = 0; index < count; index += 1) {
      this.#buffer[this.#length] = this.#buffer[this.#length - distance] ?? 0;
      this.#length += 1;
    }
  }

  bytes(): Buffer {
    return this.#buffer.subarray(0, this.#length);
  }

  #reserve(count: number): void {
    if (this.#length + count > this.#buffer.length) {
      const larger = Buffer.allocUnsafe(Math.max(this.#buffer.length * 2, this.#length + count));
      this.#buffer.copy(larger, 0, 0, this.#length);
      this.#buffer = larger;
    }
  }
}
