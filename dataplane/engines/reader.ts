import avro, { type Schema, type Type } from "avsc";
import type { Broker } from "./broker.ts";
import type { Lab } from "./processes.ts";
import type { Registry } from "./registry.ts";

export type Value = string | number | boolean | null | { readonly [field: string]: Value };

export interface Row {
  readonly topic: string;
  readonly partition: number;
  readonly offset: number;
  /** When it was written (`CreateTime`), milliseconds since 1970. */
  readonly timestamp: number;
  readonly key: Value;
  /**
   * `null`: a tombstone. Decimals, dates and timestamps are strings: `12.50`, `2026-01-31`, `2026-01-31T08:00:00.000Z`;
   * so is a whole number beyond 2^53. Times are milliseconds of the day, bytes hexadecimal digits.
   */
  readonly value: Value;
  /** The key's Avro schema as the registry has it, e.g. `int`. */
  readonly keySchema: Schema | undefined;
  /** The value's, likewise. */
  readonly valueSchema: Schema | undefined;
  readonly headers: readonly string[];
  /** Both as they are in the topic. */
  readonly bytes: { readonly key: Buffer | null; readonly value: Buffer | null };
}

/** Everything in the topics from their beginning, as it arrives. */
export class Reader {
  readonly rows: Row[] = [];
  readonly #lab: Lab;
  #failure: Error | undefined;

  private constructor(lab: Lab) {
    this.#lab = lab;
  }

  /** `client`: who reads, by default in a consumer group that only the superuser has rights on. */
  static async open(
    lab: Lab,
    { client }: Pick<Broker, "client">,
    registry: Registry,
    topics: readonly string[],
    groupId = `reader-${topics.join("-")}`,
  ): Promise<Reader> {
    const reader = new Reader(lab);
    const schemas = new Schemas(registry);
    const consumer = client.consumer({ groupId, maxWaitTimeInMs: 100 });
    consumer.on("consumer.crash", ({ payload }) => {
      reader.#failure ??= payload.error;
    });
    await consumer.connect();
    await consumer.subscribe({ topics: [...topics], fromBeginning: true });
    await consumer.run({
      eachMessage: async ({ topic, partition, message }) => {
        try {
          const key = await schemas.decode(message.key);
          const value = await schemas.decode(message.value);
          const headers = Object.keys(message.headers ?? {});
          reader.rows.push({
            topic,
            partition,
            offset: Number(message.offset),
            timestamp: Number(message.timestamp),
            key: key.value,
            value: value.value,
            keySchema: key.schema,
            valueSchema: value.schema,
            headers,
            bytes: { key: message.key, value: message.value },
          });
        } catch (error) {
          reader.#failure ??= new Error(`a record of ${topic} cannot be read: ${String(error)}`, { cause: error });
        }
      },
    });
    lab.atEnd(() => consumer.disconnect());
    return reader;
  }

  /** Throws when reading has failed. */
  check(): void {
    if (this.#failure !== undefined) {
      throw this.#failure;
    }
  }

  of(topic: string): Row[] {
    return this.rows.filter((row) => row.topic === topic);
  }

  /** Waits until that many rows of the topic fulfil the condition, and returns all rows of the topic. */
  async until(topic: string, condition: (row: Row) => boolean, seconds = 60, count = 1): Promise<Row[]> {
    return this.#lab.eventually(`rows that were waited for in ${topic}`, seconds, () => {
      this.check();
      const rows = this.of(topic);
      return Promise.resolve(rows.filter(condition).length >= count ? rows : undefined);
    });
  }
}

interface Decoded {
  readonly value: Value;
  readonly schema: Schema | undefined;
}

/** Confluent's wire format: a zero byte, the schema's id in four, Avro. */
export class Schemas {
  readonly #registry: Registry;
  readonly #types = new Map<number, Promise<{ type: Type; schema: Schema }>>();

  constructor(registry: Registry) {
    this.#registry = registry;
  }

  async decode(bytes: Buffer | null): Promise<Decoded> {
    if (bytes === null) {
      return { value: null, schema: undefined };
    }
    if (bytes[0] !== 0) {
      throw new Error(`not Confluent's wire format: ${bytes.toString("hex")}`);
    }
    const { type, schema } = await this.#type(bytes.readInt32BE(1));
    return { value: plain(type.fromBuffer(bytes.subarray(5)) as unknown), schema };
  }

  #type(id: number): Promise<{ type: Type; schema: Schema }> {
    const known = this.#types.get(id) ?? this.#fetch(id);
    this.#types.set(id, known);
    return known;
  }

  async #fetch(id: number): Promise<{ type: Type; schema: Schema }> {
    const response = await fetch(`${this.#registry.url}/schemas/ids/${id}`);
    const { schema } = (await response.json()) as { schema: string };
    const parsed = JSON.parse(schema) as Schema;
    return {
      type: avro.Type.forSchema(parsed, { logicalTypes, wrapUnions: "never", registry: { long } }),
      schema: parsed,
    };
  }
}

/** avsc gives records classes of their own; equality in tests wants plain values. Bytes become hexadecimal digits. */
function plain(value: unknown): Value {
  if (Buffer.isBuffer(value)) {
    return value.toString("hex");
  }
  if (typeof value === "object" && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([field, inner]) => [field, plain(inner)]));
  }
  return value as Value;
}

class DecimalType extends avro.types.LogicalType {
  readonly #scale: number;

  constructor(schema: Schema, options?: Parameters<typeof avro.Type.forSchema>[1]) {
    super(schema, options);
    this.#scale = (schema as { scale?: number }).scale ?? 0;
  }

  protected override _fromValue(value: Buffer): string {
    const unscaled = BigInt.asIntN(value.length * 8, BigInt(`0x${value.toString("hex")}`));
    const digits = String(unscaled < 0n ? -unscaled : unscaled).padStart(this.#scale + 1, "0");
    const point = digits.length - this.#scale;
    return `${unscaled < 0n ? "-" : ""}${digits.slice(0, point)}${this.#scale > 0 ? "." : ""}${digits.slice(point)}`;
  }

  protected override _toValue(): undefined {
    return undefined;
  }
}

class DateType extends avro.types.LogicalType {
  protected override _fromValue(days: number): string {
    return new Date(days * 86_400_000).toISOString().replace(/T.*/, "");
  }

  protected override _toValue(): undefined {
    return undefined;
  }
}

class TimestampType extends avro.types.LogicalType {
  protected override _fromValue(milliseconds: number): string {
    return new Date(milliseconds).toISOString();
  }

  protected override _toValue(): undefined {
    return undefined;
  }
}

/** Of 64 bits: JavaScript's numbers have 53. */
const long = avro.types.LongType.__with({
  fromBuffer: (buffer: Buffer) => {
    const value = buffer.readBigInt64LE();
    return Number.isSafeInteger(Number(value)) ? Number(value) : String(value);
  },
  // What follows is for defaults, which avsc copies through bytes.
  toBuffer: (value: number | string) => {
    const buffer = Buffer.alloc(8);
    buffer.writeBigInt64LE(BigInt(value));
    return buffer;
  },
  fromJSON: (value: number) => value,
  toJSON: (value: number) => value,
  isValid: (value: unknown) => typeof value === "number" || typeof value === "string",
  compare: (a: number | string, b: number | string) => Number(BigInt(a) - BigInt(b)),
});

const logicalTypes = { decimal: DecimalType, date: DateType, "timestamp-millis": TimestampType };
