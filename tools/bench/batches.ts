import { readdirSync, readFileSync } from "node:fs";
import * as path from "node:path";
import { gunzipSync, zstdDecompressSync } from "node:zlib";

/** What a producer sent at once, as the broker keeps it. */
export interface Batch {
  /** Bytes, compressed as they were sent. */
  readonly size: number;
  readonly records: number;
  /** When the broker took it, milliseconds since 1970: its topic has `message.timestamp.type=LogAppendTime`. */
  readonly at: number;
  /** The records' keys, read when asked for. */
  keys(): Buffer[];
}

/** A topic's batches from the broker's own files: nothing is read over the network while something is measured. */
export function batchesOf(data: string, topic: string): Batch[] {
  return readdirSync(data)
    .filter((folder) => folder.replace(/-\d+$/, "") === topic)
    .flatMap((folder) => readdirSync(path.join(data, folder)).map((file) => path.join(data, folder, file)))
    .filter((file) => file.endsWith(".log"))
    .flatMap((file) => batchesIn(readFileSync(file)));
}

const headerSize = 61;

function batchesIn(segment: Buffer): Batch[] {
  const batches: Batch[] = [];
  // The file may be written to while it is read: half a batch at its end is left for the next time.
  for (let at = 0; at + headerSize <= segment.length;) {
    const size = segment.readInt32BE(at + 8) + 12;
    if (size <= 12 || at + size > segment.length) {
      break;
    }
    const batch = segment.subarray(at, at + size);
    batches.push({
      size,
      records: batch.readInt32BE(57),
      at: Number(batch.readBigInt64BE(35)),
      keys: () => keysOf(expanded(batch.subarray(headerSize), batch.readInt16BE(21) & 7), batch.readInt32BE(57)),
    });
    at += size;
  }
  return batches;
}

function expanded(records: Buffer, codec: number): Buffer {
  switch (codec) {
    case 0:
      return records;
    case 1:
      return gunzipSync(records);
    case 4:
      return zstdDecompressSync(records);
    default:
      throw new Error(`batches of codec ${codec} cannot be read`);
  }
}

/** Of each record: its length, attributes, two differences, then the key with its length before it. */
function keysOf(records: Buffer, count: number): Buffer[] {
  const keys: Buffer[] = [];
  let at = 0;
  const number = () => {
    let value = 0n;
    let byte;
    for (let shift = 0n; ; shift += 7n) {
      byte = records.readUInt8(at);
      at += 1;
      value |= BigInt(byte & 127) << shift;
      if (byte < 128) {
        return Number((value >> 1n) ^ -(value & 1n));
      }
    }
  };
  for (let index = 0; index < count; index += 1) {
    const length = number();
    const next = at + length;
    at += 1;
    number();
    number();
    const keyLength = number();
    keys.push(records.subarray(at, at + Math.max(0, keyLength)));
    at = next;
  }
  return keys;
}
