import type { Target } from "../model/graph.ts";
import { kindOf, targetKinds, type ConfiguredTarget } from "../model/targets/registry.ts";
import type { TargetContext, TargetKind } from "../model/targets/targetKind.ts";
import type { Reader } from "./reader.ts";

interface TargetsContext extends Omit<TargetContext, "isOn"> {
  readonly on: readonly Target[];
}

/** The configurations of the targets that are on. Those of the others are looked at too: what is given must be right. */
export function targetConfigs(reader: Reader, { on, ...context }: TargetsContext): readonly ConfiguredTarget[] {
  const isOn = ({ name }: Target) => on.some((target) => target.name === name);
  const configured = context.declared.targets.flatMap((target) => {
    const config = kindOf(target.kind)?.read(reader, target, { ...context, isOn: isOn(target) });
    return config === undefined ? [] : [{ kind: target.kind, target, config } as ConfiguredTarget];
  });
  for (const [name, kind] of Object.entries<TargetKind>(targetKinds)) {
    kind.checkTogether?.(
      reader,
      configured.filter((one) => one.kind === name),
    );
  }
  return configured.filter(({ target }) => isOn(target));
}
