import { belongsTo, fingerprintOf, privateKeyMistake, publicKeyMistake } from "../../../../model/warehouse/keyPair.ts";
import { keyPair, type KeyPairOutputs } from "../../../../providers/snowflake/keyPair.ts";
import type { Properties } from "../../../../providers/resourceKind.ts";

async function made(inputs: Properties): Promise<{ id: string; outputs: KeyPairOutputs }> {
  return (await keyPair.create(inputs)) as unknown as { id: string; outputs: KeyPairOutputs };
}

it("is a pair that Snowflake and its connectors take, each half in one line", async () => {
  const { id, outputs } = await made({ generation: 1 });
  expect(publicKeyMistake(outputs.publicKey)).toBeUndefined();
  expect(privateKeyMistake(outputs.privateKey)).toBeUndefined();
  expect(belongsTo(outputs.privateKey, "", [outputs.publicKey])).toBe(true);
  expect(`${outputs.publicKey}${outputs.privateKey}`).toMatch(/^[A-Za-z0-9+/=]+$/);
  expect(outputs.fingerprint).toBe(fingerprintOf(outputs.publicKey));
  expect(id).toBe(outputs.fingerprint);
});

it("is another one each time", async () => {
  expect((await made({ generation: 1 })).id).not.toBe((await made({ generation: 2 })).id);
});

it.each([
  [{ generation: 1 }, []],
  [{ generation: 7 }, []],
  [{ generation: "04da6b54-80e4-46f7-96ec-b56ff0331ba9" }, []], // not known yet in a preview
  [{ generation: 0 }, [{ property: "generation", reason: "0 is not legal: write a whole number, 1 or more" }]],
  [{ generation: "2" }, [{ property: "generation", reason: "2 is not legal: write a whole number, 1 or more" }]],
  [{}, [{ property: "generation", reason: "undefined is not legal: write a whole number, 1 or more" }]],
])("of %j has these mistakes", (inputs, mistakes) => {
  expect(keyPair.check?.(inputs)).toEqual(mistakes);
});

it("stays what it is: nothing but the state has it", async () => {
  const { outputs } = await made({ generation: 1 });
  const state = { generation: 1, ...outputs };
  expect(await keyPair.read(state)).toEqual(state);
  expect(await keyPair.update(state, { generation: 1 })).toEqual(outputs);
});
