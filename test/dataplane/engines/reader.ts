import avro, { type Schema, type Type } from "avsc";
import type { Broker } from "./broker.ts";
import type { Lab } from "./processes.ts";
import type { Registry } from "./registry.ts";

export type Value = string | number | boolean | null | { readonly [field: string]: Value };

export interface Row {
  readonly topic: string;
  readonly key: Value;
  /** `null`: a tombstone. Decimals, dates and timestamps are strings: `12.50`, `2026-01-31`, `2026-01-31T08:00:00.000Z`. */
  readonly value: Value;
  /** The key's Avro schema as the registry has it, e.g. `int`. */
  readonly keySchema: Schema | undefined;
  readonly headers: readonly string[];
}

/** Everything in the topics from their beginning, as it arrives. */
export class Reader {
  readonly rows: Row[] = [];
  readonly #lab: Lab;
  #failure: Error | undefined;

  private constructor(lab: Lab) {
    this.#lab = lab;
  }

  static async open(lab: Lab, broker: Broker, registry: Registry, topics: readonly string[]): Promise<Reader> {
    const reader = new Reader(lab);
    const schemas = new Schemas(registry);
    const consumer = broker.client.consumer({ groupId: `reader-${topics.join("-")}`, maxWaitTimeInMs: 100 });
    consumer.on("consumer.crash", ({ payload }) => {
      reader.#failure ??= payload.error;
    });
    await consumer.connect();
    await consumer.subscribe({ topics: [...topics], fromBeginning: true });
    await consumer.run({
      eachMessage: async ({ topic, message }) => {
        try {
          const key = await schemas.decode(message.key);
          const value = await schemas.decode(message.value);
          const headers = Object.keys(message.headers ?? {});
          reader.rows.push({ topic, key: key.value, value: value.value, keySchema: key.schema, headers });
        } catch (error) {
          reader.#failure ??= new Error(`a record of ${topic} cannot be read`, { cause: error });
        }
      },
    });
    lab.atEnd(() => consumer.disconnect());
    return reader;
  }

  of(topic: string): Row[] {
    return this.rows.filter((row) => row.topic === topic);
  }

  /** Waits until that many rows of the topic fulfil the condition, and returns all rows of the topic. */
  async until(topic: string, condition: (row: Row) => boolean, seconds = 60, count = 1): Promise<Row[]> {
    return this.#lab.eventually(`rows that were waited for in ${topic}`, seconds, () => {
      if (this.#failure !== undefined) {
        throw this.#failure;
      }
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
class Schemas {
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
    return { type: avro.Type.forSchema(parsed, { logicalTypes, wrapUnions: "never" }), schema: parsed };
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
    return new Date(days * 86_400_000).toISOString().slice(0, 10);
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

const logicalTypes = { decimal: DecimalType, date: DateType, "timestamp-millis": TimestampType };
