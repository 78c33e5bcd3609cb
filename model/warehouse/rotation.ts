/** The two keys that Snowflake keeps for a user, by slot: `RSA_PUBLIC_KEY` and `RSA_PUBLIC_KEY_2`. */
export type Slot = 1 | 2;

/** Which pairs of the loader's are there. Pairs are numbered in the order in which they were made. */
export interface Generations {
  /** The pair that the connector logs in with. 1 or more. */
  readonly use: number;
  /** Another one that is accepted too: the next one, or the last one, during a rotation. 0: none. */
  readonly also: number;
}

/** The keys of a loader: pairs that the stack makes, or the user's own. */
export type LoaderKeys =
  | { readonly from: "stack"; readonly generations: Generations }
  | {
      readonly from: "config";
      /** By slot, each in one line; `undefined`: the slot is empty. */
      readonly publicKeys: readonly [string | undefined, string | undefined];
      /** PKCS#8 in one line; empty: whoever runs the workers has it. */
      readonly privateKey: string;
      /** Empty: the key is not encrypted. */
      readonly passphrase: string;
    };

/** What follows from the generations. */
export interface KeyPlan {
  /** The pairs that must be there. */
  readonly generations: readonly number[];
  /** The pair in each slot of the user's; `undefined`: the slot is empty. */
  readonly slots: Readonly<Record<Slot, number | undefined>>;
  /** The pair whose private half the connector has. */
  readonly use: number;
}

/** Pairs take turns in the slots: a pair stays where it is as long as it is there, so that it is accepted all the time. */
function slotOf(generation: number): Slot {
  return generation % 2 === 1 ? 1 : 2;
}

/** Expects generations in which `generationsMistake` finds nothing. */
export function keyPlan({ use, also }: Generations): KeyPlan {
  const generations = [use, ...(also === 0 ? [] : [also])].sort((a, b) => a - b);
  const inSlot = (slot: Slot) => generations.find((generation) => slotOf(generation) === slot);
  return { generations, slots: { 1: inSlot(1), 2: inSlot(2) }, use };
}

/** Why these cannot be, as a sentence with the fix; `undefined` if they can. */
export function generationsMistake({ use, also }: Generations): string | undefined {
  const isNumber = (value: number, least: number) => Number.isSafeInteger(value) && value >= least;
  if (!isNumber(use, 1)) {
    return `${use} is no generation of keys. Write a whole number, 1 or more.`;
  }
  if (!isNumber(also, 0)) {
    return `${also} is no generation of keys. Write a whole number, 1 or more, or 0 for none.`;
  }
  return also !== 0 && slotOf(also) === slotOf(use)
    ? `${use} and ${also} would be in the same of the user's two slots. Write ${use + 1}${use > 1 ? ` or ${use - 1}` : ""}.`
    : undefined;
}

/**
 * The three steps from a pair to the next one, a deployment each: the new one is accepted too; the connector uses it; the
 * old one is accepted no more. After each, and wherever one breaks off, the pair that is used is accepted.
 */
export function rotationFrom(use: number): readonly [Generations, Generations, Generations] {
  return [
    { use, also: use + 1 },
    { use: use + 1, also: use },
    { use: use + 1, also: 0 },
  ];
}
