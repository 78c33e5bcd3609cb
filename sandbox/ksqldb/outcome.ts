import { quotedName } from "../../model/ksql/ident.ts";
import type { StatementSyntax } from "../../model/ksql/syntax.ts";
import { analysed, create, insert, type Made, type Surroundings } from "./create.ts";
import { drop, terminate } from "./drop.ts";
import { descriptionEntity, queriesEntity, relationsEntity } from "./entities.ts";
import { badStatement, KsqlProblem } from "./problem.ts";
import { isExplain } from "./request.ts";
import type { KsqlState, Topics } from "./state.ts";
import { serverText } from "./text.ts";

/** Something that the server answers, and what it does to get there. */
export interface Outcome {
  readonly entity: (sequenceNumber: number) => unknown;
  readonly made?: Made & { readonly commandId: string };
}

/** What becomes of a statement; throws what is against it. */
export function outcomeOf(syntax: StatementSyntax, around: Surroundings): Outcome {
  const { state, topics, sent } = around;
  const text = serverText(syntax);
  if (isExplain(sent)) {
    return explained(syntax, around);
  }
  switch (syntax.kind) {
    case "createSource":
    case "createAs": {
      const name = syntax.name.text;
      if (syntax.ifNotExists && state.relations[name] !== undefined) {
        const message = `Cannot add ${syntax.relationKind} \`${name}\`: A ${syntax.relationKind} with the same name already exists.`;
        return { entity: () => ({ "@type": "warning_entity", statementText: text, message, warnings: [] }) };
      }
      const commandId = `${syntax.relationKind}/\`${name}\`/create`;
      return command(state, commandId, create(syntax, around), text);
    }
    case "insertSelect": {
      const made = insert(syntax, around);
      return command(state, `stream/\`${made.queryId ?? ""}\`/create`, made, text);
    }
    case "drop":
      return command(state, `${syntax.relationKind}/${syntax.name.text}/drop`, drop(syntax, around), text);
    case "terminate": {
      const name = syntax.name?.text;
      return command(state, `terminate/${name ?? "ALL"}/execute`, terminate(name, around), text);
    }
    case "describe": {
      const stored = state.relations[syntax.name.text];
      if (stored === undefined) {
        throw badStatement(`Could not find STREAM/TABLE '${syntax.name.text}' in the Metastore`);
      }
      return { entity: () => descriptionEntity(state, stored, text) };
    }
    case "show":
      return { entity: () => shown(syntax.what, around, text) };
    case "assert":
      return { entity: () => asserted(syntax, topics, text) };
    case "select":
      throw new KsqlProblem(
        40002,
        "The following statement types should be issued to the websocket endpoint '/query':\n\t* PRINT\n\t* SELECT",
      );
    case "insertValues":
      analysed(syntax, around);
      return { entity: () => ({ "@type": "insert_values", statementText: text, warnings: [] }) };
  }
}

function command(state: KsqlState, commandId: string, made: Made, text: string): Outcome {
  return {
    made: { ...made, commandId },
    entity: (commandSequenceNumber) => ({
      "@type": "currentStatus",
      statementText: made.text ?? text,
      commandId,
      commandStatus: state.commands[commandId],
      commandSequenceNumber,
      warnings: [],
    }),
  };
}

/** Plans a query as if it were to run, and leaves no trace. */
function explained(syntax: StatementSyntax, around: Surroundings): Outcome {
  if (syntax.kind !== "select" && syntax.kind !== "createAs" && syntax.kind !== "insertSelect") {
    throw badStatement("The provided statement does not run a ksql query");
  }
  const { statement } = analysed(syntax, around);
  const statementText = `EXPLAIN ${statement.normal};`;
  const queryDescription = { id: "", statementText, sources: statement.reads, executionPlan: "", topology: "" };
  return { entity: () => ({ "@type": "queryDescription", statementText, queryDescription, warnings: [] }) };
}

function shown(what: string, { state, topics }: Surroundings, statementText: string): unknown {
  switch (what) {
    case "QUERIES":
      return queriesEntity(state, statementText);
    case "STREAMS":
      return relationsEntity(state, "stream", statementText);
    case "TABLES":
      return relationsEntity(state, "table", statementText);
    case "TOPICS": {
      const all = topics
        .names()
        .map((name) => ({ name, replicaInfo: Array(topics.partitions(name) ?? 1).fill(3) as number[] }));
      return { "@type": "kafka_topics", statementText, topics: all, warnings: [] };
    }
    default:
      return { "@type": "properties", statementText, properties: [], warnings: [] };
  }
}

function asserted(
  { topic, subject, isNegated }: Extract<StatementSyntax, { kind: "assert" }>,
  topics: Topics,
  statementText: string,
): unknown {
  const exists =
    topic === undefined ? topics.subjects().includes(subject ?? "") : topics.partitions(topic) !== undefined;
  const name =
    topic === undefined
      ? `Schema with subject name ${subject ?? ""}`
      : `Topic ${quotedName(topic).replaceAll("`", "")}`;
  if (exists === isNegated) {
    throw new KsqlProblem(41700, `${name} ${exists ? "exists" : "does not exist"}.`);
  }
  return topic === undefined
    ? { "@type": "assert_schema", statementText, subject, id: null, exists: !isNegated, warnings: [] }
    : { "@type": "assert_topic", statementText, topicName: topic, exists: !isNegated, warnings: [] };
}
