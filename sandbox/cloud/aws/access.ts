import { isObject } from "../check.ts";
import type { Inventory, Properties, Thing } from "../inventory.ts";
import { parsed, types } from "./common.ts";

/** Somebody who asks AWS for something. */
interface Request {
  /** ARN of the role or account that asks. */
  readonly principal: string;
  readonly action: string;
  /** ARN; not of a request for a role. */
  readonly resource?: string;
  /** What conditions ask about, by their keys in lower case. */
  readonly context: Readonly<Record<string, string>>;
}

/** A role, by its ARN. */
export function roleOf(cloud: Inventory, arn: unknown): Thing | undefined {
  return cloud.find(types.role, (properties) => properties.arn === arn);
}

/** Whether a role's trust lets somebody take it on. */
export function mayAssume(role: Thing, principal: string, externalId: string): boolean {
  const request = { principal, action: "sts:AssumeRole", context: { "sts:externalid": externalId } };
  return isAllowed(statementsOf(role.properties.assumeRolePolicy), request);
}

/** Whether a role's own policies, and the policy of the bucket, let it do something there. Requests come by TLS. */
export function mayDo(
  cloud: Inventory,
  role: Thing,
  action: string,
  resource: string,
  context: Request["context"] = {},
) {
  const request = {
    principal: String(role.properties.arn),
    action,
    resource,
    context: { "aws:securetransport": "true", ...context },
  };
  const ofRole = policiesOf(cloud, role).flatMap(statementsOf);
  const bucket = /^arn:aws:s3:::([^/]+)/.exec(resource)?.[1];
  const ofBucket = cloud
    .all(types.bucketPolicy)
    .filter(({ properties }) => properties.bucket === bucket)
    .flatMap(({ properties }) => statementsOf(properties.policy));
  return isAllowed(ofRole, request) && !ofBucket.some((statement) => isDenial(statement, request));
}

/** The texts of the policies that a role has, inline and attached. */
function policiesOf(cloud: Inventory, role: Thing): unknown[] {
  const inline = cloud.all(types.rolePolicy).filter(({ properties }) => properties.role === role.id);
  const attached = cloud
    .all(types.rolePolicyAttachment)
    .filter(({ properties }) => properties.role === role.id)
    .flatMap(({ properties }) => cloud.get(types.policy, properties.policyArn) ?? []);
  return [...inline, ...attached].map(({ properties }) => properties.policy);
}

function statementsOf(policy: unknown): Properties[] {
  const document = parsed(policy);
  return isObject(document) ? [document.Statement].flat().filter(isObject) : [];
}

function isAllowed(statements: readonly Properties[], request: Request): boolean {
  return (
    statements.some((statement) => statement.Effect === "Allow" && isAbout(statement, request)) &&
    !statements.some((statement) => isDenial(statement, request))
  );
}

function isDenial(statement: Properties, request: Request): boolean {
  return statement.Effect === "Deny" && isAbout(statement, request);
}

function isAbout(statement: Properties, { principal, action, resource, context }: Request): boolean {
  const lists = (name: string) => [statement[name]].flat().map(String);
  return (
    (statement.Principal === undefined ||
      principalsOf(statement.Principal).some((one) => ["*", principal].includes(one))) &&
    lists("Action").some((pattern) => isLike(action.toLowerCase(), pattern.toLowerCase())) &&
    (resource === undefined || lists("Resource").some((pattern) => isLike(resource, pattern))) &&
    conditionsHold(statement.Condition, context)
  );
}

function principalsOf(principal: unknown): string[] {
  return (isObject(principal) ? Object.values(principal).flat() : [principal]).map(String);
}

/** Conditions on what a request does not say hold only if they may be missing, or if they are negations. */
function conditionsHold(condition: unknown, context: Request["context"]): boolean {
  return Object.entries(isObject(condition) ? condition : {}).every(([operator, wanted]) => {
    const isNegation = operator.includes("Not");
    return Object.entries(isObject(wanted) ? wanted : {}).every(([key, values]) => {
      const actual = context[key.toLowerCase()];
      if (actual === undefined) {
        return isNegation || operator.endsWith("IfExists");
      }
      return [values].flat().some((value) => isLike(actual, String(value))) !== isNegation;
    });
  });
}

/** `*` and `?` as IAM has them. */
function isLike(text: string, pattern: string): boolean {
  const escaped = pattern.replace(/[.+^${}()|[\]\\]/g, "\\$&");
  return new RegExp(`^${escaped.replaceAll("*", ".*").replaceAll("?", ".")}$`).test(text);
}
