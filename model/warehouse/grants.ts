import type { LandingTable } from "./landing.ts";
import type { WarehouseNames } from "./names.ts";

/** One privilege of a role on one named object: nothing on ALL, nothing on what comes in the future. */
export interface WarehouseGrant {
  readonly role: "loader" | "reader";
  readonly privilege: "USAGE" | "INSERT" | "OWNERSHIP" | "SELECT";
  readonly on: GrantedObject;
}

/** As SHOW GRANTS spells its kind. Names in a schema are without it. */
export type GrantedObject =
  | { readonly kind: "WAREHOUSE" | "DATABASE" | "SCHEMA"; readonly name: string }
  | { readonly kind: "TABLE" | "VIEW"; readonly schema: string; readonly name: string };

/**
 * Who may do what. The loader inserts into the landing tables that take rows, for which it needs no warehouse; the reader
 * selects from the current state. Views run with the rights of their owner, the deployment's role, so that the reader needs
 * none on what they read.
 *
 * @param loaderOwns whether it has to own those tables as well. It has INSERT nonetheless, so that this is what is left,
 *   without a moment in which it has neither, when it owns them no more
 */
export function grantsOf(
  tables: readonly LandingTable[],
  { database, landing, analytics, warehouse }: WarehouseNames,
  loaderOwns: boolean,
): WarehouseGrant[] {
  const onTables: readonly WarehouseGrant["privilege"][] = loaderOwns ? ["INSERT", "OWNERSHIP"] : ["INSERT"];
  const usage = (role: WarehouseGrant["role"], schema: string): WarehouseGrant[] => [
    { role, privilege: "USAGE", on: { kind: "DATABASE", name: database } },
    { role, privilege: "USAGE", on: { kind: "SCHEMA", name: schema } },
  ];
  return [
    ...usage("loader", landing),
    ...tables.flatMap(({ name }) =>
      onTables.map((privilege): WarehouseGrant => ({
        role: "loader",
        privilege,
        on: { kind: "TABLE", schema: landing, name },
      })),
    ),
    ...usage("reader", analytics),
    { role: "reader", privilege: "USAGE", on: { kind: "WAREHOUSE", name: warehouse } },
    ...tables.map(({ dataset }): WarehouseGrant => ({
      role: "reader",
      privilege: "SELECT",
      on: { kind: "VIEW", schema: analytics, name: dataset },
    })),
  ];
}
