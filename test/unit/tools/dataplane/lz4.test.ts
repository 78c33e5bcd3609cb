import { lz4Frame } from "../../../../dataplane/engines/lz4.ts";

const frame = (flags: number, ...parts: (string | number)[]) =>
  Buffer.concat([
    Buffer.from([0x04, 0x22, 0x4d, 0x18, flags, 0x40, 0x82]),
    ...parts.map((part) => (typeof part === "string" ? Buffer.from(part, "latin1") : Buffer.from([part]))),
  ]);

it("reads a block of literals and a copy that is longer than its distance", () => {
  // 3 literals, then 4 + 5 bytes from 3 back; 2 literals more.
  expect(String(lz4Frame(frame(0x60, "\x09\0\0\0", 0x35, "abc", "\x03\0", 0x20, "!?", "\0\0\0\0")))).toBe(
    "abcabcabcabc!?",
  );
});

it("reads lengths of more than 15, and blocks that are not compressed", () => {
  const literals = "x".repeat(15 + 255 + 1);
  const block = `\xf0\xff\x01${literals}`;
  const size = Buffer.alloc(4);
  size.writeUInt32LE(block.length);

  expect(String(lz4Frame(frame(0x60, size.toString("latin1"), block, "\x02\0\0\x80", "ok", "\0\0\0\0")))).toBe(
    `${literals}ok`,
  );
});

it("skips the checksums of blocks", () => {
  expect(String(lz4Frame(frame(0x70, "\x02\0\0\x80", "ok", "\x01\x02\x03\x04", "\0\0\0\0")))).toBe("ok");
});

it("refuses what is no frame, and a copy of what is not there", () => {
  expect(() => lz4Frame(Buffer.from("not a frame"))).toThrow("not an LZ4 frame");
  expect(() => lz4Frame(frame(0x60, "\x05\0\0\0", 0x10, "a", "\x09\0", 0, "\0\0\0\0"))).toThrow("what is not there");
});
