import type { SourceKind } from "../model/columnTypes.ts";
import type { PipelineDeclaration } from "../model/pipeline.ts";

/** A database server that can be had on any machine. */
export type RealKind = "mariaDb" | "postgres";

/** Which one plays a kind of source that cannot be had: their captures read other logs, what leaves them is the same. */
export const standIns: Readonly<Record<SourceKind, RealKind>> = {
  sqlServer: "postgres",
  postgres: "postgres",
  mySql: "mariaDb",
  mariaDb: "mariaDb",
};

/** The same pipeline from databases that can be had: sources, tables and topics keep their names. */
export function withStandIns(declaration: PipelineDeclaration): PipelineDeclaration {
  const sources = Object.entries(declaration.sources).map(([name, source]) => [
    name,
    { ...source, kind: standIns[source.kind] },
  ]);
  return { ...declaration, sources: Object.fromEntries(sources) as PipelineDeclaration["sources"] };
}
