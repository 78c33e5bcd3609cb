import type { Registration } from "./harness.ts";

/** An action on an object, by its full name: `DB.SCHEMA.TABLE`. */
export type Action = "USE" | "INSERT" | "SELECT" | "OWN";

/** What is read with SELECT. */
const relations = ["Table", "View", "DynamicTable"];

interface Made {
  readonly kind: string;
  readonly owner: string;
  /** What its SELECT names. */
  readonly query: string;
}

interface Held {
  readonly role: string;
  readonly privilege: string;
  readonly on: string;
}

/**
 * Who may do what in Snowflake by the graph of a program, by the rules that Snowflake has: a role has the privileges that it
 * is granted, those of roles that are granted to it, and everything on what it owns, which is what it made and did not hand
 * over. To reach something in a schema takes USAGE on the schema and on the database; a SELECT takes a warehouse to run in
 * as well. A view reads with the rights of its owner.
 */
export class SnowflakeRules {
  readonly #held: readonly Held[];
  readonly #members: readonly (readonly [member: string, role: string])[];
  readonly #objects: ReadonlyMap<string, Made>;

  constructor(graph: readonly Registration[], databaseName: string) {
    const of = (kind: string) => graph.filter(({ type }) => type.startsWith("snowflake:") && type.endsWith(`:${kind}`));
    const byUrn = new Map(graph.map((item) => [item.urn, item]));
    const owner = ({ provider }: Registration) => String(byUrn.get(provider)?.inputs.role);
    const pathOf = ({ inputs, type }: Registration): string =>
      /:(Table|View|DynamicTable)$/.test(type)
        ? `${databaseName}.${String(inputs.schema)}.${String(inputs.name)}`
        : type.endsWith(":Schema")
          ? `${databaseName}.${String(inputs.name)}`
          : String(inputs.name);
    const heirs = new Map(
      of("GrantOwnership").flatMap(({ inputs }) =>
        referencesIn(inputs.on).map((urn) => [urn, String(inputs.accountRoleName)] as const),
      ),
    );
    const made = ["Database", "Schema", "Table", "View", "DynamicTable", "Warehouse"].flatMap((kind) =>
      of(kind).map((item) => {
        const query = JSON.stringify([item.inputs.statement, item.inputs.query]);
        return [pathOf(item), { kind, owner: heirs.get(item.urn) ?? owner(item), query }] as const;
      }),
    );
    this.#objects = new Map(made);
    this.#held = of("GrantPrivilegesToAccountRole").flatMap(({ inputs }) => {
      const [on] = Object.values(inputs)
        .flatMap((input) => referencesIn(input))
        .filter((name) => name !== "");
      const object = on === undefined ? undefined : byUrn.get(on);
      return object === undefined
        ? []
        : (inputs.privileges as string[]).map((privilege) => ({
            role: String(inputs.accountRoleName),
            privilege,
            on: pathOf(object),
          }));
    });
    this.#members = of("GrantAccountRole").map(({ inputs }) => [
      String(inputs.userName ?? inputs.parentRoleName),
      String(inputs.roleName),
    ]);
  }

  /** Every object that there is. */
  get objects(): string[] {
    return [...this.#objects.keys()];
  }

  /** All that a user or a role may do, as `INSERT DB.LANDING.ORDERS`. */
  whatMayDo(who: string): string[] {
    return (["USE", "INSERT", "SELECT", "OWN"] as const)
      .flatMap((action) => this.objects.filter((on) => this.may(who, action, on)).map((on) => `${action} ${on}`))
      .sort();
  }

  may(who: string, action: Action, on: string): boolean {
    const roles = this.#rolesOf(who);
    const object = this.#objects.get(on);
    if (object === undefined || !this.#reaches(roles, on)) {
      return false;
    }
    const owns = roles.has(object.owner);
    switch (action) {
      case "OWN":
        return owns;
      case "USE":
        return object.kind === "Warehouse" && (owns || this.#has(roles, "USAGE", on));
      case "INSERT":
        return object.kind === "Table" && (owns || this.#has(roles, "INSERT", on));
      case "SELECT":
        return (
          relations.includes(object.kind) &&
          (owns || this.#has(roles, "SELECT", on)) &&
          this.#works(object) &&
          this.objects.some((warehouse) => this.may(who, "USE", warehouse))
        );
    }
  }

  /** Whether whoever owns a view may read what it reads, and so on below. */
  #works({ owner, query }: Made): boolean {
    const roles = this.#rolesOf(owner);
    return [...this.#objects].every(([path, object]) => {
      const isRead = relations.includes(object.kind) && new RegExp(`\\b${path}\\b`).test(query);
      const isOpen = this.#reaches(roles, path) && (roles.has(object.owner) || this.#has(roles, "SELECT", path));
      return !isRead || (isOpen && this.#works(object));
    });
  }

  /** With every role that is granted to one of them. */
  #rolesOf(who: string, seen = new Set<string>()): Set<string> {
    if (!seen.has(who)) {
      seen.add(who);
      this.#members.filter(([member]) => member === who).forEach(([, role]) => this.#rolesOf(role, seen));
    }
    return seen;
  }

  #reaches(roles: ReadonlySet<string>, on: string): boolean {
    const parts = on.split(".");
    const above = parts.slice(1).map((_, index) => parts.slice(0, index + 1).join("."));
    return above.every((container) => {
      const owner = this.#objects.get(container)?.owner ?? "";
      return roles.has(owner) || this.#has(roles, "USAGE", container);
    });
  }

  #has(roles: ReadonlySet<string>, privilege: string, on: string): boolean {
    return this.#held.some((held) => held.on === on && held.privilege === privilege && roles.has(held.role));
  }
}

/** URNs in `«urn|property»`, wherever they stand in a value. */
function referencesIn(value: unknown): string[] {
  return [...JSON.stringify(value ?? "").matchAll(/«([^«»]+)\|[^|»]+»/g)].map(([, urn = ""]) => urn);
}
