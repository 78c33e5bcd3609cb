import { isObject } from "../check.ts";
import { CloudError, type Properties } from "../inventory.ts";
import { matching, type Rule } from "../rules.ts";
import { parsed, textOf } from "./common.ts";

export const isJson: Rule = (value, key) =>
  typeof value === "string" && parsed(value) === undefined ? `"${key}" contains an invalid JSON: ${value}` : undefined;

export const isPolicy: Rule = (value, key) => {
  const text = String(value);
  if (!text.startsWith("{")) {
    return `"${key}" contains an invalid JSON policy: not a JSON object`;
  }
  return parsed(text) === undefined ? `"${key}" contains an invalid JSON policy: ${text}` : undefined;
};

export const isArn = matching(/^arn:[\w-]+:[\w-]+:[\w-]*:(\d{12}|aws)?:.+$/, "is an invalid ARN");

/** What a statement of a policy must have and must not have. */
export interface StatementForm {
  readonly needs: readonly (readonly string[])[];
  readonly never: readonly string[];
  /** What the service calls a policy that it cannot read. */
  readonly malformed: string;
}

export const trust: StatementForm = {
  needs: [["Effect"], ["Principal", "NotPrincipal"], ["Action", "NotAction"]],
  never: ["Resource", "NotResource"],
  malformed: "MalformedPolicyDocument",
};
export const permissions: StatementForm = {
  needs: [["Effect"], ["Action", "NotAction"], ["Resource", "NotResource"]],
  never: ["Principal", "NotPrincipal"],
  malformed: "MalformedPolicyDocument",
};
/** Of a policy that is a resource's own. */
export const ofResource: StatementForm = {
  needs: [["Effect"], ["Principal", "NotPrincipal"], ["Action", "NotAction"], ["Resource", "NotResource"]],
  never: [],
  malformed: "MalformedPolicy",
};

/** The statements of a policy, each of which has what it must have; throws what the service says of others. */
export function checkStatements(text: unknown, { needs, never, malformed }: StatementForm): Properties[] {
  const refused = (reason: string) => new CloudError(`${malformed}: ${reason}`);
  const policy = parsed(text);
  if (!isObject(policy) || policy.Statement === undefined) {
    throw refused("Syntax errors in policy.");
  }
  if (policy.Version !== undefined && !["2012-10-17", "2008-10-17"].includes(textOf(policy.Version))) {
    throw refused("The policy must contain a valid version string");
  }
  return [policy.Statement].flat().map((statement) => {
    if (!isObject(statement)) {
      throw refused("Syntax errors in policy.");
    }
    const missing = needs.find((alternatives) => !alternatives.some((field) => field in statement));
    if (missing !== undefined) {
      throw refused(`Missing required field ${String(missing[0])}`);
    }
    const prohibited = never.find((field) => field in statement);
    if (prohibited !== undefined) {
      throw refused(`Has prohibited field ${prohibited}`);
    }
    if (!["Allow", "Deny"].includes(String(statement.Effect))) {
      throw refused(`Invalid effect: ${String(statement.Effect)}`);
    }
    return statement;
  });
}
