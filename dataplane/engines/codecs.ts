import { zstdDecompressSync } from "node:zlib";
import kafkajs from "kafkajs";

/** Lets kafkajs read batches compressed with zstd, as the workers send them. It cannot write them. */
export function readZstd(): void {
  const { CompressionCodecs: codecs, CompressionTypes: types } = kafkajs;
  codecs[types.ZSTD] = () => ({
    compress: () => Promise.reject(new Error("batches are only read here")),
    decompress: (frame: Buffer) => Promise.resolve(zstdDecompressSync(frame)),
  });
}
