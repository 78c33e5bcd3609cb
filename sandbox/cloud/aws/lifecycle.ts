import { isObject } from "../check.ts";
import { CloudError, type Properties } from "../inventory.ts";
import { isKnown } from "../known.ts";
import { lengthBetween, oneOf } from "../rules.ts";
import type { Refuse } from "../simulated.ts";
import { listIn, textOf } from "./common.ts";

const classes = ["GLACIER", "STANDARD_IA", "ONEZONE_IA", "INTELLIGENT_TIERING", "DEEP_ARCHIVE", "GLACIER_IR"];

/** What the provider refuses of a rule at preview. */
export function checkLifecycleForms(rule: Properties, at: string, refuse: Refuse): void {
  if (!isKnown(rule)) {
    return;
  }
  const problems = [
    ["id", lengthBetween(1, 255)(rule.id, "id")],
    ["status", oneOf("Enabled", "Disabled")(rule.status, "status")],
  ] as const;
  for (const [key, problem] of problems) {
    if (problem !== undefined) {
      refuse(`${at}.${key}`, problem);
    }
  }
  for (const name of ["transitions", "noncurrentVersionTransitions"]) {
    listIn(rule, name).forEach((transition, index) => {
      const given = isObject(transition) ? transition : {};
      const problem = oneOf(...classes)(given.storageClass, "storage_class");
      if (problem !== undefined) {
        refuse(`${at}.${name}[${String(index)}].storageClass`, problem);
      }
      if (name === "transitions" && (given.days === undefined) === (given.date === undefined)) {
        refuse(`${at}.${name}[${String(index)}]`, "Exactly one of these attributes must be configured: [date,days]");
      }
    });
  }
}

/** Throws what S3 says of rules that contradict themselves. */
export function checkLifecycle(rules: readonly Properties[]): void {
  const ids = rules.map(({ id }) => textOf(id));
  const twice = ids.find((id, index) => ids.indexOf(id) !== index);
  if (twice !== undefined) {
    throw new CloudError(`InvalidArgument: Rule ID must be unique. Found same ID for more than one rule: ${twice}`);
  }
  rules.forEach(checkRule);
}

const actions = [
  "abortIncompleteMultipartUpload",
  "expiration",
  "noncurrentVersionExpiration",
  "noncurrentVersionTransitions",
  "transitions",
];

function checkRule(rule: Properties): void {
  if (!actions.some((action) => rule[action] !== undefined)) {
    throw new CloudError("InvalidRequest: At least one action needs to be specified in a rule");
  }
  const expiration = daysOf(rule.expiration);
  const uploads = isObject(rule.abortIncompleteMultipartUpload)
    ? Number(rule.abortIncompleteMultipartUpload.daysAfterInitiation)
    : undefined;
  if (uploads !== undefined && !(uploads >= 1)) {
    throw new CloudError(
      "InvalidArgument: 'DaysAfterInitiation' for AbortIncompleteMultipartUpload action must be a positive integer",
    );
  }
  if (expiration !== undefined && !(expiration >= 1)) {
    throw new CloudError("InvalidArgument: 'Days' for Expiration action must be a positive integer");
  }
  const transitions = listIn(rule, "transitions").filter(isObject);
  for (const { storageClass, days } of transitions) {
    const moved = Number(days);
    if (String(storageClass).endsWith("_IA") && moved < 30) {
      throw new CloudError(
        `InvalidArgument: 'Days' in Transition action must be greater than or equal to 30 for storageClass '${String(storageClass)}'`,
      );
    }
    if (expiration !== undefined && moved >= expiration) {
      throw new CloudError(
        "InvalidArgument: 'Days' in the Expiration action for filter '(prefix=)' must be greater than 'Days' in the Transition action",
      );
    }
  }
}

function daysOf(block: unknown): number | undefined {
  return isObject(block) && block.days !== undefined ? Number(block.days) : undefined;
}
