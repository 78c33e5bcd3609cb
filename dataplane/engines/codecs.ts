import { zstdDecompressSync } from "node:zlib";
import kafkajs from "kafkajs";
import { lz4Frame } from "./lz4.ts";

/** Lets kafkajs read batches compressed with LZ4 or zstd, as producers on the JVM may send them. It cannot write them. */
export function readAllCodecs(): void {
  const { CompressionCodecs: codecs, CompressionTypes: types } = kafkajs;
  codecs[types.LZ4] = reads(lz4Frame);
  codecs[types.ZSTD] = reads((frame) => zstdDecompressSync(frame));
}

function reads(decompress: (frame: Buffer) => Buffer) {
  return () => ({
    compress: () => Promise.reject(new Error("batches are only read here")),
    decompress: (frame: Buffer) => Promise.resolve(decompress(frame)),
  });
}
