import * as antlr from "antlr4ng";
import { Token } from "antlr4ng";
export declare class KsqlParser extends antlr.Parser {
    static readonly ADVANCE = 1;
    static readonly ALL = 2;
    static readonly AND = 3;
    static readonly ARRAY = 4;
    static readonly AS = 5;
    static readonly ASC = 6;
    static readonly ASSERT = 7;
    static readonly BETWEEN = 8;
    static readonly BY = 9;
    static readonly CASE = 10;
    static readonly CAST = 11;
    static readonly CHANGES = 12;
    static readonly CREATE = 13;
    static readonly DAY = 14;
    static readonly DAYS = 15;
    static readonly DECIMAL = 16;
    static readonly DELETE = 17;
    static readonly DESC = 18;
    static readonly DESCRIBE = 19;
    static readonly DISTINCT = 20;
    static readonly DROP = 21;
    static readonly ELSE = 22;
    static readonly EMIT = 23;
    static readonly END = 24;
    static readonly ESCAPE = 25;
    static readonly EXISTS = 26;
    static readonly EXTENDED = 27;
    static readonly FALSE = 28;
    static readonly FINAL = 29;
    static readonly FROM = 30;
    static readonly FULL = 31;
    static readonly GRACE = 32;
    static readonly GROUP = 33;
    static readonly HAVING = 34;
    static readonly HEADER = 35;
    static readonly HEADERS = 36;
    static readonly HOPPING = 37;
    static readonly HOUR = 38;
    static readonly HOURS = 39;
    static readonly ID = 40;
    static readonly IF = 41;
    static readonly IN = 42;
    static readonly INNER = 43;
    static readonly INSERT = 44;
    static readonly INTO = 45;
    static readonly IS = 46;
    static readonly JOIN = 47;
    static readonly KEY = 48;
    static readonly LEFT = 49;
    static readonly LIKE = 50;
    static readonly LIMIT = 51;
    static readonly LIST = 52;
    static readonly MAP = 53;
    static readonly MILLISECOND = 54;
    static readonly MILLISECONDS = 55;
    static readonly MINUTE = 56;
    static readonly MINUTES = 57;
    static readonly MONTH = 58;
    static readonly MONTHS = 59;
    static readonly NOT = 60;
    static readonly NULL = 61;
    static readonly ON = 62;
    static readonly OR = 63;
    static readonly ORDER = 64;
    static readonly OUTER = 65;
    static readonly PARTITION = 66;
    static readonly PERIOD = 67;
    static readonly PRIMARY = 68;
    static readonly QUERIES = 69;
    static readonly REPLACE = 70;
    static readonly RETENTION = 71;
    static readonly RIGHT = 72;
    static readonly SCHEMA = 73;
    static readonly SECOND = 74;
    static readonly SECONDS = 75;
    static readonly SELECT = 76;
    static readonly SESSION = 77;
    static readonly SHOW = 78;
    static readonly SIZE = 79;
    static readonly SOURCE = 80;
    static readonly STREAM = 81;
    static readonly STREAMS = 82;
    static readonly STRUCT = 83;
    static readonly SUBJECT = 84;
    static readonly TABLE = 85;
    static readonly TABLES = 86;
    static readonly TERMINATE = 87;
    static readonly THEN = 88;
    static readonly TIMEOUT = 89;
    static readonly TOPIC = 90;
    static readonly TOPICS = 91;
    static readonly TRUE = 92;
    static readonly TUMBLING = 93;
    static readonly UNION = 94;
    static readonly USING = 95;
    static readonly VALUES = 96;
    static readonly WHEN = 97;
    static readonly WHERE = 98;
    static readonly WINDOW = 99;
    static readonly WITH = 100;
    static readonly WITHIN = 101;
    static readonly YEAR = 102;
    static readonly YEARS = 103;
    static readonly RESERVED = 104;
    static readonly EQUAL = 105;
    static readonly NOT_EQUAL = 106;
    static readonly LESS = 107;
    static readonly LESS_OR_EQUAL = 108;
    static readonly GREATER = 109;
    static readonly GREATER_OR_EQUAL = 110;
    static readonly PLUS = 111;
    static readonly MINUS = 112;
    static readonly ASTERISK = 113;
    static readonly SLASH = 114;
    static readonly PERCENT = 115;
    static readonly CONCATENATE = 116;
    static readonly ARROW = 117;
    static readonly LAMBDA = 118;
    static readonly ASSIGN = 119;
    static readonly COMMA = 120;
    static readonly POINT = 121;
    static readonly SEMICOLON = 122;
    static readonly OPEN = 123;
    static readonly CLOSE = 124;
    static readonly OPEN_BRACKET = 125;
    static readonly CLOSE_BRACKET = 126;
    static readonly STRING = 127;
    static readonly INTEGER = 128;
    static readonly DECIMAL_NUMBER = 129;
    static readonly FLOAT_NUMBER = 130;
    static readonly IDENTIFIER = 131;
    static readonly DIGIT_IDENTIFIER = 132;
    static readonly QUOTED_IDENTIFIER = 133;
    static readonly VARIABLE = 134;
    static readonly LINE_COMMENT = 135;
    static readonly BLOCK_COMMENT = 136;
    static readonly SPACE = 137;
    static readonly UNCLOSED = 138;
    static readonly STRANGE = 139;
    static readonly RULE_singleStatement = 0;
    static readonly RULE_statement = 1;
    static readonly RULE_relationKind = 2;
    static readonly RULE_timeout = 3;
    static readonly RULE_columns = 4;
    static readonly RULE_column = 5;
    static readonly RULE_columnRole = 6;
    static readonly RULE_properties = 7;
    static readonly RULE_property = 8;
    static readonly RULE_query = 9;
    static readonly RULE_selectItem = 10;
    static readonly RULE_relation = 11;
    static readonly RULE_join = 12;
    static readonly RULE_joinKind = 13;
    static readonly RULE_within = 14;
    static readonly RULE_clause = 15;
    static readonly RULE_window = 16;
    static readonly RULE_windowTimes = 17;
    static readonly RULE_duration = 18;
    static readonly RULE_timeUnit = 19;
    static readonly RULE_expressionList = 20;
    static readonly RULE_expression = 21;
    static readonly RULE_predicate = 22;
    static readonly RULE_condition = 23;
    static readonly RULE_value = 24;
    static readonly RULE_primary = 25;
    static readonly RULE_entry = 26;
    static readonly RULE_field = 27;
    static readonly RULE_argument = 28;
    static readonly RULE_literal = 29;
    static readonly RULE_type = 30;
    static readonly RULE_identifier = 31;
    static readonly RULE_unreserved = 32;
    static readonly literalNames: string[];
    static readonly symbolicNames: string[];
    static readonly ruleNames: string[];
    get grammarFileName(): string;
    get literalNames(): (string | null)[];
    get symbolicNames(): (string | null)[];
    get ruleNames(): string[];
    get serializedATN(): number[];
    protected createFailedPredicateException(predicate?: string, message?: string): antlr.FailedPredicateException;
    constructor(input: antlr.TokenStream);
    singleStatement(): SingleStatementContext;
    statement(): StatementContext;
    relationKind(): RelationKindContext;
    timeout(): TimeoutContext;
    columns(): ColumnsContext;
    column(): ColumnContext;
    columnRole(): ColumnRoleContext;
    properties(): PropertiesContext;
    property(): PropertyContext;
    query(): QueryContext;
    selectItem(): SelectItemContext;
    relation(): RelationContext;
    join(): JoinContext;
    joinKind(): JoinKindContext;
    within(): WithinContext;
    clause(): ClauseContext;
    window(): WindowContext;
    windowTimes(): WindowTimesContext;
    duration(): DurationContext;
    timeUnit(): TimeUnitContext;
    expressionList(): ExpressionListContext;
    expression(): ExpressionContext;
    expression(_p: number): ExpressionContext;
    predicate(): PredicateContext;
    condition(): ConditionContext;
    value(): ValueContext;
    value(_p: number): ValueContext;
    primary(): PrimaryContext;
    primary(_p: number): PrimaryContext;
    entry(): EntryContext;
    field(): FieldContext;
    argument(): ArgumentContext;
    literal(): LiteralContext;
    type_(): TypeContext;
    identifier(): IdentifierContext;
    unreserved(): UnreservedContext;
    sempred(localContext: antlr.ParserRuleContext | null, ruleIndex: number, predIndex: number): boolean;
    private expression_sempred;
    private value_sempred;
    private primary_sempred;
    static readonly _serializedATN: number[];
    private static __ATN;
    static get _ATN(): antlr.ATN;
    private static readonly vocabulary;
    get vocabulary(): antlr.Vocabulary;
    private static readonly decisionsToDFA;
}
export declare class SingleStatementContext extends antlr.ParserRuleContext {
    constructor(parent: antlr.ParserRuleContext | null, invokingState: number);
    statement(): StatementContext;
    EOF(): antlr.TerminalNode;
    get ruleIndex(): number;
}
export declare class StatementContext extends antlr.ParserRuleContext {
    constructor(parent: antlr.ParserRuleContext | null, invokingState: number);
    get ruleIndex(): number;
    copyFrom(ctx: StatementContext): void;
}
export declare class CreateContext extends StatementContext {
    _name?: IdentifierContext;
    constructor(ctx: StatementContext);
    CREATE(): antlr.TerminalNode;
    relationKind(): RelationKindContext;
    identifier(): IdentifierContext;
    OR(): antlr.TerminalNode | null;
    REPLACE(): antlr.TerminalNode | null;
    SOURCE(): antlr.TerminalNode | null;
    IF(): antlr.TerminalNode | null;
    NOT(): antlr.TerminalNode | null;
    EXISTS(): antlr.TerminalNode | null;
    columns(): ColumnsContext | null;
    properties(): PropertiesContext | null;
    AS(): antlr.TerminalNode | null;
    query(): QueryContext | null;
}
export declare class InsertContext extends StatementContext {
    _name?: IdentifierContext;
    constructor(ctx: StatementContext);
    INSERT(): antlr.TerminalNode;
    INTO(): antlr.TerminalNode;
    identifier(): IdentifierContext[];
    identifier(i: number): IdentifierContext | null;
    VALUES(): antlr.TerminalNode | null;
    OPEN(): antlr.TerminalNode[];
    OPEN(i: number): antlr.TerminalNode | null;
    expression(): ExpressionContext[];
    expression(i: number): ExpressionContext | null;
    CLOSE(): antlr.TerminalNode[];
    CLOSE(i: number): antlr.TerminalNode | null;
    query(): QueryContext | null;
    properties(): PropertiesContext | null;
    COMMA(): antlr.TerminalNode[];
    COMMA(i: number): antlr.TerminalNode | null;
}
export declare class DropContext extends StatementContext {
    _name?: IdentifierContext;
    constructor(ctx: StatementContext);
    DROP(): antlr.TerminalNode;
    relationKind(): RelationKindContext;
    identifier(): IdentifierContext;
    IF(): antlr.TerminalNode | null;
    EXISTS(): antlr.TerminalNode | null;
    DELETE(): antlr.TerminalNode | null;
    TOPIC(): antlr.TerminalNode | null;
}
export declare class TerminateContext extends StatementContext {
    _name?: IdentifierContext;
    constructor(ctx: StatementContext);
    TERMINATE(): antlr.TerminalNode;
    ALL(): antlr.TerminalNode | null;
    identifier(): IdentifierContext | null;
}
export declare class DescribeContext extends StatementContext {
    _misplaced?: Token | null;
    _name?: IdentifierContext;
    constructor(ctx: StatementContext);
    DESCRIBE(): antlr.TerminalNode;
    identifier(): IdentifierContext;
    EXTENDED(): antlr.TerminalNode[];
    EXTENDED(i: number): antlr.TerminalNode | null;
}
export declare class ShowContext extends StatementContext {
    _what?: Token | null;
    constructor(ctx: StatementContext);
    SHOW(): antlr.TerminalNode | null;
    LIST(): antlr.TerminalNode | null;
    STREAMS(): antlr.TerminalNode | null;
    TABLES(): antlr.TerminalNode | null;
    QUERIES(): antlr.TerminalNode | null;
    TOPICS(): antlr.TerminalNode | null;
    ALL(): antlr.TerminalNode | null;
    EXTENDED(): antlr.TerminalNode | null;
}
export declare class AssertTopicContext extends StatementContext {
    _name?: IdentifierContext;
    _text?: Token | null;
    constructor(ctx: StatementContext);
    ASSERT(): antlr.TerminalNode;
    TOPIC(): antlr.TerminalNode;
    NOT(): antlr.TerminalNode | null;
    EXISTS(): antlr.TerminalNode | null;
    identifier(): IdentifierContext | null;
    STRING(): antlr.TerminalNode | null;
    properties(): PropertiesContext | null;
    timeout(): TimeoutContext | null;
}
export declare class AssertSchemaContext extends StatementContext {
    constructor(ctx: StatementContext);
    ASSERT(): antlr.TerminalNode;
    SCHEMA(): antlr.TerminalNode;
    NOT(): antlr.TerminalNode | null;
    EXISTS(): antlr.TerminalNode | null;
    SUBJECT(): antlr.TerminalNode | null;
    ID(): antlr.TerminalNode | null;
    INTEGER(): antlr.TerminalNode | null;
    timeout(): TimeoutContext | null;
    identifier(): IdentifierContext | null;
    STRING(): antlr.TerminalNode | null;
}
export declare class SelectContext extends StatementContext {
    constructor(ctx: StatementContext);
    query(): QueryContext;
}
export declare class RelationKindContext extends antlr.ParserRuleContext {
    constructor(parent: antlr.ParserRuleContext | null, invokingState: number);
    STREAM(): antlr.TerminalNode | null;
    TABLE(): antlr.TerminalNode | null;
    get ruleIndex(): number;
}
export declare class TimeoutContext extends antlr.ParserRuleContext {
    constructor(parent: antlr.ParserRuleContext | null, invokingState: number);
    TIMEOUT(): antlr.TerminalNode;
    duration(): DurationContext;
    get ruleIndex(): number;
}
export declare class ColumnsContext extends antlr.ParserRuleContext {
    constructor(parent: antlr.ParserRuleContext | null, invokingState: number);
    OPEN(): antlr.TerminalNode;
    CLOSE(): antlr.TerminalNode;
    column(): ColumnContext[];
    column(i: number): ColumnContext | null;
    COMMA(): antlr.TerminalNode[];
    COMMA(i: number): antlr.TerminalNode | null;
    get ruleIndex(): number;
}
export declare class ColumnContext extends antlr.ParserRuleContext {
    constructor(parent: antlr.ParserRuleContext | null, invokingState: number);
    identifier(): IdentifierContext;
    type(): TypeContext;
    columnRole(): ColumnRoleContext | null;
    get ruleIndex(): number;
}
export declare class ColumnRoleContext extends antlr.ParserRuleContext {
    constructor(parent: antlr.ParserRuleContext | null, invokingState: number);
    KEY(): antlr.TerminalNode | null;
    PRIMARY(): antlr.TerminalNode | null;
    HEADERS(): antlr.TerminalNode | null;
    HEADER(): antlr.TerminalNode | null;
    OPEN(): antlr.TerminalNode | null;
    STRING(): antlr.TerminalNode | null;
    CLOSE(): antlr.TerminalNode | null;
    get ruleIndex(): number;
}
export declare class PropertiesContext extends antlr.ParserRuleContext {
    constructor(parent: antlr.ParserRuleContext | null, invokingState: number);
    WITH(): antlr.TerminalNode;
    OPEN(): antlr.TerminalNode;
    CLOSE(): antlr.TerminalNode;
    property(): PropertyContext[];
    property(i: number): PropertyContext | null;
    COMMA(): antlr.TerminalNode[];
    COMMA(i: number): antlr.TerminalNode | null;
    get ruleIndex(): number;
}
export declare class PropertyContext extends antlr.ParserRuleContext {
    constructor(parent: antlr.ParserRuleContext | null, invokingState: number);
    EQUAL(): antlr.TerminalNode;
    literal(): LiteralContext;
    identifier(): IdentifierContext | null;
    STRING(): antlr.TerminalNode | null;
    MINUS(): antlr.TerminalNode | null;
    get ruleIndex(): number;
}
export declare class QueryContext extends antlr.ParserRuleContext {
    constructor(parent: antlr.ParserRuleContext | null, invokingState: number);
    SELECT(): antlr.TerminalNode;
    selectItem(): SelectItemContext[];
    selectItem(i: number): SelectItemContext | null;
    FROM(): antlr.TerminalNode;
    relation(): RelationContext[];
    relation(i: number): RelationContext | null;
    DISTINCT(): antlr.TerminalNode | null;
    COMMA(): antlr.TerminalNode[];
    COMMA(i: number): antlr.TerminalNode | null;
    join(): JoinContext[];
    join(i: number): JoinContext | null;
    clause(): ClauseContext[];
    clause(i: number): ClauseContext | null;
    get ruleIndex(): number;
}
export declare class SelectItemContext extends antlr.ParserRuleContext {
    constructor(parent: antlr.ParserRuleContext | null, invokingState: number);
    get ruleIndex(): number;
    copyFrom(ctx: SelectItemContext): void;
}
export declare class SelectAllContext extends SelectItemContext {
    constructor(ctx: SelectItemContext);
    ASTERISK(): antlr.TerminalNode;
}
export declare class SelectAllOfContext extends SelectItemContext {
    constructor(ctx: SelectItemContext);
    identifier(): IdentifierContext;
    POINT(): antlr.TerminalNode;
    ASTERISK(): antlr.TerminalNode;
}
export declare class SelectExpressionContext extends SelectItemContext {
    _alias?: IdentifierContext;
    constructor(ctx: SelectItemContext);
    expression(): ExpressionContext;
    ARROW(): antlr.TerminalNode | null;
    ASTERISK(): antlr.TerminalNode | null;
    identifier(): IdentifierContext | null;
    AS(): antlr.TerminalNode | null;
}
export declare class RelationContext extends antlr.ParserRuleContext {
    _alias?: IdentifierContext;
    constructor(parent: antlr.ParserRuleContext | null, invokingState: number);
    identifier(): IdentifierContext[];
    identifier(i: number): IdentifierContext | null;
    AS(): antlr.TerminalNode | null;
    OPEN(): antlr.TerminalNode | null;
    query(): QueryContext | null;
    CLOSE(): antlr.TerminalNode | null;
    get ruleIndex(): number;
}
export declare class JoinContext extends antlr.ParserRuleContext {
    constructor(parent: antlr.ParserRuleContext | null, invokingState: number);
    joinKind(): JoinKindContext;
    JOIN(): antlr.TerminalNode;
    relation(): RelationContext;
    within(): WithinContext | null;
    ON(): antlr.TerminalNode | null;
    expression(): ExpressionContext | null;
    USING(): antlr.TerminalNode | null;
    OPEN(): antlr.TerminalNode | null;
    identifier(): IdentifierContext[];
    identifier(i: number): IdentifierContext | null;
    CLOSE(): antlr.TerminalNode | null;
    COMMA(): antlr.TerminalNode[];
    COMMA(i: number): antlr.TerminalNode | null;
    get ruleIndex(): number;
}
export declare class JoinKindContext extends antlr.ParserRuleContext {
    constructor(parent: antlr.ParserRuleContext | null, invokingState: number);
    INNER(): antlr.TerminalNode | null;
    LEFT(): antlr.TerminalNode | null;
    RIGHT(): antlr.TerminalNode | null;
    FULL(): antlr.TerminalNode | null;
    OUTER(): antlr.TerminalNode | null;
    get ruleIndex(): number;
}
export declare class WithinContext extends antlr.ParserRuleContext {
    _grace?: DurationContext;
    constructor(parent: antlr.ParserRuleContext | null, invokingState: number);
    WITHIN(): antlr.TerminalNode;
    duration(): DurationContext[];
    duration(i: number): DurationContext | null;
    OPEN(): antlr.TerminalNode | null;
    COMMA(): antlr.TerminalNode | null;
    CLOSE(): antlr.TerminalNode | null;
    GRACE(): antlr.TerminalNode | null;
    PERIOD(): antlr.TerminalNode | null;
    get ruleIndex(): number;
}
export declare class ClauseContext extends antlr.ParserRuleContext {
    constructor(parent: antlr.ParserRuleContext | null, invokingState: number);
    get ruleIndex(): number;
    copyFrom(ctx: ClauseContext): void;
}
export declare class WindowClauseContext extends ClauseContext {
    constructor(ctx: ClauseContext);
    WINDOW(): antlr.TerminalNode;
    window(): WindowContext;
}
export declare class WhereClauseContext extends ClauseContext {
    constructor(ctx: ClauseContext);
    WHERE(): antlr.TerminalNode;
    expression(): ExpressionContext;
}
export declare class GroupByClauseContext extends ClauseContext {
    constructor(ctx: ClauseContext);
    GROUP(): antlr.TerminalNode;
    BY(): antlr.TerminalNode;
    expressionList(): ExpressionListContext;
}
export declare class PartitionByClauseContext extends ClauseContext {
    constructor(ctx: ClauseContext);
    PARTITION(): antlr.TerminalNode;
    BY(): antlr.TerminalNode;
    expressionList(): ExpressionListContext;
}
export declare class HavingClauseContext extends ClauseContext {
    constructor(ctx: ClauseContext);
    HAVING(): antlr.TerminalNode;
    expression(): ExpressionContext;
}
export declare class EmitClauseContext extends ClauseContext {
    constructor(ctx: ClauseContext);
    EMIT(): antlr.TerminalNode;
    CHANGES(): antlr.TerminalNode | null;
    FINAL(): antlr.TerminalNode | null;
}
export declare class LimitClauseContext extends ClauseContext {
    constructor(ctx: ClauseContext);
    LIMIT(): antlr.TerminalNode;
    INTEGER(): antlr.TerminalNode;
}
export declare class OrderByClauseContext extends ClauseContext {
    constructor(ctx: ClauseContext);
    ORDER(): antlr.TerminalNode;
    BY(): antlr.TerminalNode;
    expression(): ExpressionContext[];
    expression(i: number): ExpressionContext | null;
    COMMA(): antlr.TerminalNode[];
    COMMA(i: number): antlr.TerminalNode | null;
    ASC(): antlr.TerminalNode[];
    ASC(i: number): antlr.TerminalNode | null;
    DESC(): antlr.TerminalNode[];
    DESC(i: number): antlr.TerminalNode | null;
}
export declare class UnionClauseContext extends ClauseContext {
    constructor(ctx: ClauseContext);
    UNION(): antlr.TerminalNode;
    query(): QueryContext;
    ALL(): antlr.TerminalNode | null;
}
export declare class WindowContext extends antlr.ParserRuleContext {
    _size?: DurationContext;
    _advance?: DurationContext;
    constructor(parent: antlr.ParserRuleContext | null, invokingState: number);
    TUMBLING(): antlr.TerminalNode | null;
    OPEN(): antlr.TerminalNode;
    SIZE(): antlr.TerminalNode | null;
    windowTimes(): WindowTimesContext;
    CLOSE(): antlr.TerminalNode;
    duration(): DurationContext[];
    duration(i: number): DurationContext | null;
    HOPPING(): antlr.TerminalNode | null;
    COMMA(): antlr.TerminalNode | null;
    ADVANCE(): antlr.TerminalNode | null;
    BY(): antlr.TerminalNode | null;
    SESSION(): antlr.TerminalNode | null;
    get ruleIndex(): number;
}
export declare class WindowTimesContext extends antlr.ParserRuleContext {
    _retention?: DurationContext;
    _grace?: DurationContext;
    _misplaced?: Token | null;
    constructor(parent: antlr.ParserRuleContext | null, invokingState: number);
    COMMA(): antlr.TerminalNode[];
    COMMA(i: number): antlr.TerminalNode | null;
    RETENTION(): antlr.TerminalNode[];
    RETENTION(i: number): antlr.TerminalNode | null;
    GRACE(): antlr.TerminalNode | null;
    PERIOD(): antlr.TerminalNode | null;
    duration(): DurationContext[];
    duration(i: number): DurationContext | null;
    get ruleIndex(): number;
}
export declare class DurationContext extends antlr.ParserRuleContext {
    constructor(parent: antlr.ParserRuleContext | null, invokingState: number);
    INTEGER(): antlr.TerminalNode;
    timeUnit(): TimeUnitContext;
    get ruleIndex(): number;
}
export declare class TimeUnitContext extends antlr.ParserRuleContext {
    constructor(parent: antlr.ParserRuleContext | null, invokingState: number);
    YEAR(): antlr.TerminalNode | null;
    YEARS(): antlr.TerminalNode | null;
    MONTH(): antlr.TerminalNode | null;
    MONTHS(): antlr.TerminalNode | null;
    DAY(): antlr.TerminalNode | null;
    DAYS(): antlr.TerminalNode | null;
    HOUR(): antlr.TerminalNode | null;
    HOURS(): antlr.TerminalNode | null;
    MINUTE(): antlr.TerminalNode | null;
    MINUTES(): antlr.TerminalNode | null;
    SECOND(): antlr.TerminalNode | null;
    SECONDS(): antlr.TerminalNode | null;
    MILLISECOND(): antlr.TerminalNode | null;
    MILLISECONDS(): antlr.TerminalNode | null;
    get ruleIndex(): number;
}
export declare class ExpressionListContext extends antlr.ParserRuleContext {
    constructor(parent: antlr.ParserRuleContext | null, invokingState: number);
    OPEN(): antlr.TerminalNode | null;
    expression(): ExpressionContext[];
    expression(i: number): ExpressionContext | null;
    CLOSE(): antlr.TerminalNode | null;
    COMMA(): antlr.TerminalNode[];
    COMMA(i: number): antlr.TerminalNode | null;
    get ruleIndex(): number;
}
export declare class ExpressionContext extends antlr.ParserRuleContext {
    constructor(parent: antlr.ParserRuleContext | null, invokingState: number);
    get ruleIndex(): number;
    copyFrom(ctx: ExpressionContext): void;
}
export declare class NotContext extends ExpressionContext {
    constructor(ctx: ExpressionContext);
    NOT(): antlr.TerminalNode;
    expression(): ExpressionContext;
}
export declare class SingleContext extends ExpressionContext {
    constructor(ctx: ExpressionContext);
    predicate(): PredicateContext;
}
export declare class AndContext extends ExpressionContext {
    constructor(ctx: ExpressionContext);
    expression(): ExpressionContext[];
    expression(i: number): ExpressionContext | null;
    AND(): antlr.TerminalNode;
}
export declare class OrContext extends ExpressionContext {
    constructor(ctx: ExpressionContext);
    expression(): ExpressionContext[];
    expression(i: number): ExpressionContext | null;
    OR(): antlr.TerminalNode;
}
export declare class PredicateContext extends antlr.ParserRuleContext {
    constructor(parent: antlr.ParserRuleContext | null, invokingState: number);
    value(): ValueContext;
    condition(): ConditionContext | null;
    get ruleIndex(): number;
}
export declare class ConditionContext extends antlr.ParserRuleContext {
    constructor(parent: antlr.ParserRuleContext | null, invokingState: number);
    get ruleIndex(): number;
    copyFrom(ctx: ConditionContext): void;
}
export declare class ComparisonContext extends ConditionContext {
    _op?: Token | null;
    constructor(ctx: ConditionContext);
    value(): ValueContext;
    EQUAL(): antlr.TerminalNode | null;
    NOT_EQUAL(): antlr.TerminalNode | null;
    LESS(): antlr.TerminalNode | null;
    LESS_OR_EQUAL(): antlr.TerminalNode | null;
    GREATER(): antlr.TerminalNode | null;
    GREATER_OR_EQUAL(): antlr.TerminalNode | null;
}
export declare class BetweenContext extends ConditionContext {
    constructor(ctx: ConditionContext);
    BETWEEN(): antlr.TerminalNode;
    value(): ValueContext[];
    value(i: number): ValueContext | null;
    AND(): antlr.TerminalNode;
    NOT(): antlr.TerminalNode | null;
}
export declare class InContext extends ConditionContext {
    constructor(ctx: ConditionContext);
    IN(): antlr.TerminalNode;
    OPEN(): antlr.TerminalNode;
    expression(): ExpressionContext[];
    expression(i: number): ExpressionContext | null;
    CLOSE(): antlr.TerminalNode;
    NOT(): antlr.TerminalNode | null;
    COMMA(): antlr.TerminalNode[];
    COMMA(i: number): antlr.TerminalNode | null;
}
export declare class LikeContext extends ConditionContext {
    constructor(ctx: ConditionContext);
    LIKE(): antlr.TerminalNode;
    value(): ValueContext;
    NOT(): antlr.TerminalNode | null;
    ESCAPE(): antlr.TerminalNode | null;
    STRING(): antlr.TerminalNode | null;
}
export declare class IsNullContext extends ConditionContext {
    constructor(ctx: ConditionContext);
    IS(): antlr.TerminalNode;
    NULL(): antlr.TerminalNode;
    NOT(): antlr.TerminalNode | null;
}
export declare class IsDistinctContext extends ConditionContext {
    constructor(ctx: ConditionContext);
    IS(): antlr.TerminalNode;
    DISTINCT(): antlr.TerminalNode;
    FROM(): antlr.TerminalNode;
    value(): ValueContext;
    NOT(): antlr.TerminalNode | null;
}
export declare class ValueContext extends antlr.ParserRuleContext {
    constructor(parent: antlr.ParserRuleContext | null, invokingState: number);
    get ruleIndex(): number;
    copyFrom(ctx: ValueContext): void;
}
export declare class OperandContext extends ValueContext {
    constructor(ctx: ValueContext);
    primary(): PrimaryContext;
}
export declare class SignContext extends ValueContext {
    _op?: Token | null;
    constructor(ctx: ValueContext);
    value(): ValueContext;
    PLUS(): antlr.TerminalNode | null;
    MINUS(): antlr.TerminalNode | null;
}
export declare class ArithmeticContext extends ValueContext {
    _op?: Token | null;
    constructor(ctx: ValueContext);
    value(): ValueContext[];
    value(i: number): ValueContext | null;
    ASTERISK(): antlr.TerminalNode | null;
    SLASH(): antlr.TerminalNode | null;
    PERCENT(): antlr.TerminalNode | null;
    PLUS(): antlr.TerminalNode | null;
    MINUS(): antlr.TerminalNode | null;
}
export declare class ConcatenateContext extends ValueContext {
    constructor(ctx: ValueContext);
    value(): ValueContext[];
    value(i: number): ValueContext | null;
    CONCATENATE(): antlr.TerminalNode;
}
export declare class PrimaryContext extends antlr.ParserRuleContext {
    constructor(parent: antlr.ParserRuleContext | null, invokingState: number);
    get ruleIndex(): number;
    copyFrom(ctx: PrimaryContext): void;
}
export declare class ConstantContext extends PrimaryContext {
    constructor(ctx: PrimaryContext);
    literal(): LiteralContext;
}
export declare class CaseContext extends PrimaryContext {
    _operand?: ExpressionContext;
    _otherwise?: ExpressionContext;
    constructor(ctx: PrimaryContext);
    CASE(): antlr.TerminalNode;
    END(): antlr.TerminalNode;
    WHEN(): antlr.TerminalNode[];
    WHEN(i: number): antlr.TerminalNode | null;
    expression(): ExpressionContext[];
    expression(i: number): ExpressionContext | null;
    THEN(): antlr.TerminalNode[];
    THEN(i: number): antlr.TerminalNode | null;
    ELSE(): antlr.TerminalNode | null;
}
export declare class CastContext extends PrimaryContext {
    constructor(ctx: PrimaryContext);
    CAST(): antlr.TerminalNode;
    OPEN(): antlr.TerminalNode;
    expression(): ExpressionContext;
    AS(): antlr.TerminalNode;
    type(): TypeContext;
    CLOSE(): antlr.TerminalNode;
}
export declare class ArrayContext extends PrimaryContext {
    constructor(ctx: PrimaryContext);
    ARRAY(): antlr.TerminalNode;
    OPEN_BRACKET(): antlr.TerminalNode;
    CLOSE_BRACKET(): antlr.TerminalNode;
    expression(): ExpressionContext[];
    expression(i: number): ExpressionContext | null;
    COMMA(): antlr.TerminalNode[];
    COMMA(i: number): antlr.TerminalNode | null;
}
export declare class MapContext extends PrimaryContext {
    constructor(ctx: PrimaryContext);
    MAP(): antlr.TerminalNode;
    OPEN(): antlr.TerminalNode;
    CLOSE(): antlr.TerminalNode;
    entry(): EntryContext[];
    entry(i: number): EntryContext | null;
    COMMA(): antlr.TerminalNode[];
    COMMA(i: number): antlr.TerminalNode | null;
}
export declare class StructContext extends PrimaryContext {
    constructor(ctx: PrimaryContext);
    STRUCT(): antlr.TerminalNode;
    OPEN(): antlr.TerminalNode;
    CLOSE(): antlr.TerminalNode;
    field(): FieldContext[];
    field(i: number): FieldContext | null;
    COMMA(): antlr.TerminalNode[];
    COMMA(i: number): antlr.TerminalNode | null;
}
export declare class CallAllContext extends PrimaryContext {
    constructor(ctx: PrimaryContext);
    identifier(): IdentifierContext;
    OPEN(): antlr.TerminalNode;
    ASTERISK(): antlr.TerminalNode;
    CLOSE(): antlr.TerminalNode;
}
export declare class CallContext extends PrimaryContext {
    constructor(ctx: PrimaryContext);
    identifier(): IdentifierContext;
    OPEN(): antlr.TerminalNode;
    CLOSE(): antlr.TerminalNode;
    DISTINCT(): antlr.TerminalNode | null;
    argument(): ArgumentContext[];
    argument(i: number): ArgumentContext | null;
    COMMA(): antlr.TerminalNode[];
    COMMA(i: number): antlr.TerminalNode | null;
}
export declare class QualifiedContext extends PrimaryContext {
    constructor(ctx: PrimaryContext);
    identifier(): IdentifierContext[];
    identifier(i: number): IdentifierContext | null;
    POINT(): antlr.TerminalNode;
}
export declare class UnqualifiedContext extends PrimaryContext {
    constructor(ctx: PrimaryContext);
    identifier(): IdentifierContext;
}
export declare class VariableContext extends PrimaryContext {
    constructor(ctx: PrimaryContext);
    VARIABLE(): antlr.TerminalNode;
}
export declare class SubqueryContext extends PrimaryContext {
    constructor(ctx: PrimaryContext);
    OPEN(): antlr.TerminalNode;
    query(): QueryContext;
    CLOSE(): antlr.TerminalNode;
}
export declare class GroupContext extends PrimaryContext {
    constructor(ctx: PrimaryContext);
    OPEN(): antlr.TerminalNode;
    expression(): ExpressionContext;
    CLOSE(): antlr.TerminalNode;
}
export declare class SubscriptContext extends PrimaryContext {
    constructor(ctx: PrimaryContext);
    primary(): PrimaryContext;
    OPEN_BRACKET(): antlr.TerminalNode;
    value(): ValueContext;
    CLOSE_BRACKET(): antlr.TerminalNode;
}
export declare class DereferenceContext extends PrimaryContext {
    constructor(ctx: PrimaryContext);
    primary(): PrimaryContext;
    ARROW(): antlr.TerminalNode;
    identifier(): IdentifierContext;
}
export declare class EntryContext extends antlr.ParserRuleContext {
    constructor(parent: antlr.ParserRuleContext | null, invokingState: number);
    expression(): ExpressionContext[];
    expression(i: number): ExpressionContext | null;
    ASSIGN(): antlr.TerminalNode;
    get ruleIndex(): number;
}
export declare class FieldContext extends antlr.ParserRuleContext {
    constructor(parent: antlr.ParserRuleContext | null, invokingState: number);
    identifier(): IdentifierContext;
    ASSIGN(): antlr.TerminalNode;
    expression(): ExpressionContext;
    get ruleIndex(): number;
}
export declare class ArgumentContext extends antlr.ParserRuleContext {
    constructor(parent: antlr.ParserRuleContext | null, invokingState: number);
    get ruleIndex(): number;
    copyFrom(ctx: ArgumentContext): void;
}
export declare class LambdaContext extends ArgumentContext {
    constructor(ctx: ArgumentContext);
    identifier(): IdentifierContext[];
    identifier(i: number): IdentifierContext | null;
    LAMBDA(): antlr.TerminalNode;
    expression(): ExpressionContext;
    OPEN(): antlr.TerminalNode | null;
    CLOSE(): antlr.TerminalNode | null;
    COMMA(): antlr.TerminalNode[];
    COMMA(i: number): antlr.TerminalNode | null;
}
export declare class PlainArgumentContext extends ArgumentContext {
    constructor(ctx: ArgumentContext);
    expression(): ExpressionContext;
}
export declare class UnitContext extends ArgumentContext {
    constructor(ctx: ArgumentContext);
    timeUnit(): TimeUnitContext;
}
export declare class LiteralContext extends antlr.ParserRuleContext {
    constructor(parent: antlr.ParserRuleContext | null, invokingState: number);
    STRING(): antlr.TerminalNode | null;
    INTEGER(): antlr.TerminalNode | null;
    DECIMAL_NUMBER(): antlr.TerminalNode | null;
    FLOAT_NUMBER(): antlr.TerminalNode | null;
    TRUE(): antlr.TerminalNode | null;
    FALSE(): antlr.TerminalNode | null;
    NULL(): antlr.TerminalNode | null;
    get ruleIndex(): number;
}
export declare class TypeContext extends antlr.ParserRuleContext {
    constructor(parent: antlr.ParserRuleContext | null, invokingState: number);
    ARRAY(): antlr.TerminalNode | null;
    LESS(): antlr.TerminalNode | null;
    type_(): TypeContext[];
    type_(i: number): TypeContext | null;
    GREATER(): antlr.TerminalNode | null;
    MAP(): antlr.TerminalNode | null;
    COMMA(): antlr.TerminalNode[];
    COMMA(i: number): antlr.TerminalNode | null;
    STRUCT(): antlr.TerminalNode | null;
    identifier(): IdentifierContext[];
    identifier(i: number): IdentifierContext | null;
    DECIMAL(): antlr.TerminalNode | null;
    OPEN(): antlr.TerminalNode | null;
    INTEGER(): antlr.TerminalNode[];
    INTEGER(i: number): antlr.TerminalNode | null;
    CLOSE(): antlr.TerminalNode | null;
    get ruleIndex(): number;
}
export declare class IdentifierContext extends antlr.ParserRuleContext {
    constructor(parent: antlr.ParserRuleContext | null, invokingState: number);
    IDENTIFIER(): antlr.TerminalNode | null;
    QUOTED_IDENTIFIER(): antlr.TerminalNode | null;
    unreserved(): UnreservedContext | null;
    get ruleIndex(): number;
}
export declare class UnreservedContext extends antlr.ParserRuleContext {
    constructor(parent: antlr.ParserRuleContext | null, invokingState: number);
    ARRAY(): antlr.TerminalNode | null;
    ASC(): antlr.TerminalNode | null;
    ASSERT(): antlr.TerminalNode | null;
    CHANGES(): antlr.TerminalNode | null;
    DAY(): antlr.TerminalNode | null;
    DESC(): antlr.TerminalNode | null;
    EMIT(): antlr.TerminalNode | null;
    ESCAPE(): antlr.TerminalNode | null;
    FINAL(): antlr.TerminalNode | null;
    GRACE(): antlr.TerminalNode | null;
    HEADER(): antlr.TerminalNode | null;
    HEADERS(): antlr.TerminalNode | null;
    HOUR(): antlr.TerminalNode | null;
    ID(): antlr.TerminalNode | null;
    IF(): antlr.TerminalNode | null;
    KEY(): antlr.TerminalNode | null;
    MAP(): antlr.TerminalNode | null;
    MINUTE(): antlr.TerminalNode | null;
    MONTH(): antlr.TerminalNode | null;
    ORDER(): antlr.TerminalNode | null;
    PARTITION(): antlr.TerminalNode | null;
    PERIOD(): antlr.TerminalNode | null;
    PRIMARY(): antlr.TerminalNode | null;
    REPLACE(): antlr.TerminalNode | null;
    SCHEMA(): antlr.TerminalNode | null;
    SECOND(): antlr.TerminalNode | null;
    SESSION(): antlr.TerminalNode | null;
    SHOW(): antlr.TerminalNode | null;
    SOURCE(): antlr.TerminalNode | null;
    STRUCT(): antlr.TerminalNode | null;
    SUBJECT(): antlr.TerminalNode | null;
    TABLES(): antlr.TerminalNode | null;
    TIMEOUT(): antlr.TerminalNode | null;
    UNION(): antlr.TerminalNode | null;
    USING(): antlr.TerminalNode | null;
    YEAR(): antlr.TerminalNode | null;
    get ruleIndex(): number;
}
