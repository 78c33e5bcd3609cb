import type { ParserRuleContext } from "antlr4ng";
import * as tree from "../generated/KsqlParser.js";
import { timeUnits, type Expression, type Literal, type TimeUnit } from "../syntax.ts";
import { buildName, buildType, positionOf, unquoted, unreadable, type Report } from "./build.ts";

export function buildExpression(context: tree.ExpressionContext, report: Report): Expression {
  const at = positionOf(context);
  if (context instanceof tree.SingleContext) {
    return buildPredicate(context.predicate(), report);
  }
  if (context instanceof tree.NotContext) {
    return { ...at, kind: "unary", operator: "NOT", value: buildExpression(context.expression(), report) };
  }
  if (context instanceof tree.AndContext || context instanceof tree.OrContext) {
    const [left = unreadable(), right = unreadable()] = context.expression();
    return {
      ...at,
      kind: "binary",
      operator: context instanceof tree.AndContext ? "AND" : "OR",
      left: buildExpression(left, report),
      right: buildExpression(right, report),
    };
  }
  return unreadable();
}

function buildPredicate(predicate: tree.PredicateContext, report: Report): Expression {
  const at = positionOf(predicate);
  const left = buildValue(predicate.value(), report);
  const context = predicate.condition();
  const value = (part: tree.ValueContext | null) => buildValue(part ?? unreadable(), report);
  if (context === null) {
    return left;
  }
  if (context instanceof tree.ComparisonContext) {
    const written = context._op?.text ?? "=";
    const operator = written === "!=" ? "<>" : written;
    return { ...at, kind: "binary", operator, left, right: value(context.value()) };
  }
  if (context instanceof tree.IsDistinctContext) {
    const operator = context.NOT() === null ? "IS DISTINCT FROM" : "IS NOT DISTINCT FROM";
    return { ...at, kind: "binary", operator, left, right: value(context.value()) };
  }
  if (context instanceof tree.BetweenContext) {
    const isNegated = context.NOT() !== null;
    return {
      ...at,
      kind: "between",
      isNegated,
      value: left,
      lower: value(context.value(0)),
      upper: value(context.value(1)),
    };
  }
  if (context instanceof tree.InContext) {
    const choices = context.expression().map((choice) => buildExpression(choice, report));
    return { ...at, kind: "in", isNegated: context.NOT() !== null, value: left, choices };
  }
  if (context instanceof tree.LikeContext) {
    const escape = context.STRING()?.getText();
    return {
      ...at,
      kind: "like",
      isNegated: context.NOT() !== null,
      value: left,
      pattern: value(context.value()),
      escape: escape === undefined ? undefined : unquoted(escape),
    };
  }
  if (context instanceof tree.IsNullContext) {
    return { ...at, kind: "isNull", isNegated: context.NOT() !== null, value: left };
  }
  return unreadable();
}

function buildValue(context: tree.ValueContext, report: Report): Expression {
  const at = positionOf(context);
  if (context instanceof tree.OperandContext) {
    return buildPrimary(context.primary(), report);
  }
  if (context instanceof tree.SignContext) {
    const operator = context.MINUS() === null ? "+" : "-";
    return { ...at, kind: "unary", operator, value: buildValue(context.value(), report) };
  }
  if (context instanceof tree.ArithmeticContext || context instanceof tree.ConcatenateContext) {
    const [left = unreadable(), right = unreadable()] = context.value();
    const operator = context instanceof tree.ConcatenateContext ? "||" : (context._op?.text ?? "+");
    return { ...at, kind: "binary", operator, left: buildValue(left, report), right: buildValue(right, report) };
  }
  return unreadable();
}

function buildPrimary(context: tree.PrimaryContext, report: Report): Expression {
  const at = positionOf(context);
  const expression = (part: tree.ExpressionContext | null | undefined) => buildExpression(part ?? unreadable(), report);
  if (context instanceof tree.UnqualifiedContext) {
    return { ...at, kind: "column", source: undefined, name: buildName(context.identifier()) };
  }
  if (context instanceof tree.QualifiedContext) {
    const [source = unreadable(), name = unreadable()] = context.identifier();
    return { ...at, kind: "column", source: buildName(source), name: buildName(name) };
  }
  if (context instanceof tree.ConstantContext) {
    return buildLiteral(context.literal());
  }
  if (context instanceof tree.GroupContext) {
    return expression(context.expression());
  }
  if (context instanceof tree.CallContext) {
    if (context.DISTINCT() !== null) {
      const name = context.identifier().getText().toUpperCase();
      const fix = name === "COUNT" ? "Write COUNT_DISTINCT(…)." : "Collect with COLLECT_SET(…), or leave DISTINCT out.";
      report(at, `ksqlDB has no DISTINCT inside a function. ${fix}`);
    }
    const parts = context.argument().map((argument) => buildArgument(argument, report));
    return { ...at, kind: "call", name: buildName(context.identifier()), arguments: parts, isAll: false };
  }
  if (context instanceof tree.CallAllContext) {
    return { ...at, kind: "call", name: buildName(context.identifier()), arguments: [], isAll: true };
  }
  if (context instanceof tree.CaseContext) {
    // In the order they are written: [operand] (when then)+ [otherwise].
    const written = context.expression();
    const inner = written.slice(
      context._operand === undefined ? 0 : 1,
      context._otherwise === undefined ? undefined : -1,
    );
    return {
      ...at,
      kind: "case",
      operand: context._operand === undefined ? undefined : expression(context._operand),
      branches: context.WHEN().map((_, index) => ({
        when: expression(inner[2 * index]),
        then: expression(inner[2 * index + 1]),
      })),
      otherwise: context._otherwise === undefined ? undefined : expression(context._otherwise),
    };
  }
  if (context instanceof tree.CastContext) {
    return { ...at, kind: "cast", value: expression(context.expression()), type: buildType(context.type(), report) };
  }
  if (context instanceof tree.DereferenceContext) {
    const field = buildName(context.identifier());
    return { ...at, kind: "dereference", value: buildPrimary(context.primary(), report), field };
  }
  if (context instanceof tree.SubscriptContext) {
    const index = buildValue(context.value(), report);
    return { ...at, kind: "subscript", value: buildPrimary(context.primary(), report), index };
  }
  if (context instanceof tree.ArrayContext) {
    return { ...at, kind: "array", items: context.expression().map(expression) };
  }
  if (context instanceof tree.MapContext) {
    const entries = context
      .entry()
      .map((entry) => ({ key: expression(entry.expression(0)), value: expression(entry.expression(1)) }));
    return { ...at, kind: "map", entries };
  }
  if (context instanceof tree.StructContext) {
    const fields = context
      .field()
      .map((field) => ({ name: buildName(field.identifier()), value: expression(field.expression()) }));
    return { ...at, kind: "struct", fields };
  }
  if (context instanceof tree.VariableContext) {
    const name = context.getText();
    report(
      at,
      `${name} stands for something that only the session which defined it knows. Write the value itself.`,
      "harmful",
    );
    return { ...at, kind: "literal", type: "null", text: "NULL" };
  }
  report(at, "ksqlDB has no subqueries. Write the inner SELECT as a statement of its own, and join its result.");
  return { ...at, kind: "literal", type: "null", text: "NULL" };
}

function buildArgument(context: tree.ArgumentContext, report: Report): Expression {
  const at = positionOf(context);
  if (context instanceof tree.PlainArgumentContext) {
    return buildExpression(context.expression(), report);
  }
  if (context instanceof tree.UnitContext) {
    return { ...at, kind: "unit", unit: unitOf(context.timeUnit()) };
  }
  if (context instanceof tree.LambdaContext) {
    const body = buildExpression(context.expression(), report);
    return { ...at, kind: "lambda", parameters: context.identifier().map(buildName), body };
  }
  return unreadable();
}

function unitOf(context: ParserRuleContext): TimeUnit {
  const word = context.getText().toUpperCase();
  return timeUnits.find((unit) => unit === word || unit === `${word}S`) ?? unreadable();
}

function buildLiteral(context: tree.LiteralContext): Literal {
  const text = context.getText();
  const literal = (type: Literal["type"], said = text.toUpperCase()): Literal => ({
    ...positionOf(context),
    kind: "literal",
    type,
    text: said,
  });
  if (context.STRING() !== null) {
    return literal("string", unquoted(text));
  }
  if (context.INTEGER() !== null) {
    return literal("integer", BigInt(text).toString());
  }
  if (context.DECIMAL_NUMBER() !== null) {
    return literal("decimal");
  }
  if (context.FLOAT_NUMBER() !== null) {
    return literal("double");
  }
  return literal(context.NULL() === null ? "boolean" : "null");
}
