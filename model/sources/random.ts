/** Numbers that look random and depend on nothing but the seed: the same on every machine, every day. */
export interface Random {
  /** A whole number from `least` to `most`, both included. */
  integer(least: number, most: number): number;
  pick<C extends readonly [unknown, ...unknown[]]>(choices: C): C[number];
}

/** `seed`: a whole number; two seeds that differ in their low 32 bits give different numbers. */
export function randomFrom(seed: number): Random {
  let state = seed >>> 0;
  // A Weyl sequence, stirred by multiplications in 32 bits; a period of 2^32 is plenty for a demo.
  const next = () => {
    state = (state + 0x9e3779b9) >>> 0;
    let word = state;
    word = Math.imul(word ^ (word >>> 16), 0x85ebca6b);
    word = Math.imul(word ^ (word >>> 13), 0xc2b2ae35);
    return (word ^ (word >>> 16)) >>> 0;
  };
  const integer = (least: number, most: number) => least + Math.floor((next() / 2 ** 32) * (most - least + 1));
  return { integer, pick: (choices) => choices[integer(0, choices.length - 1)] ?? choices[0] };
}
