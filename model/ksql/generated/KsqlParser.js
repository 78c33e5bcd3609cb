import * as antlr from "antlr4ng";
export class KsqlParser extends antlr.Parser {
    static ADVANCE = 1;
    static ALL = 2;
    static AND = 3;
    static ARRAY = 4;
    static AS = 5;
    static ASC = 6;
    static ASSERT = 7;
    static BETWEEN = 8;
    static BY = 9;
    static CASE = 10;
    static CAST = 11;
    static CHANGES = 12;
    static CREATE = 13;
    static DAY = 14;
    static DAYS = 15;
    static DECIMAL = 16;
    static DELETE = 17;
    static DESC = 18;
    static DESCRIBE = 19;
    static DISTINCT = 20;
    static DROP = 21;
    static ELSE = 22;
    static EMIT = 23;
    static END = 24;
    static ESCAPE = 25;
    static EXISTS = 26;
    static EXTENDED = 27;
    static FALSE = 28;
    static FINAL = 29;
    static FROM = 30;
    static FULL = 31;
    static GRACE = 32;
    static GROUP = 33;
    static HAVING = 34;
    static HEADER = 35;
    static HEADERS = 36;
    static HOPPING = 37;
    static HOUR = 38;
    static HOURS = 39;
    static ID = 40;
    static IF = 41;
    static IN = 42;
    static INNER = 43;
    static INSERT = 44;
    static INTO = 45;
    static IS = 46;
    static JOIN = 47;
    static KEY = 48;
    static LEFT = 49;
    static LIKE = 50;
    static LIMIT = 51;
    static LIST = 52;
    static MAP = 53;
    static MILLISECOND = 54;
    static MILLISECONDS = 55;
    static MINUTE = 56;
    static MINUTES = 57;
    static MONTH = 58;
    static MONTHS = 59;
    static NOT = 60;
    static NULL = 61;
    static ON = 62;
    static OR = 63;
    static ORDER = 64;
    static OUTER = 65;
    static PARTITION = 66;
    static PERIOD = 67;
    static PRIMARY = 68;
    static QUERIES = 69;
    static REPLACE = 70;
    static RETENTION = 71;
    static RIGHT = 72;
    static SCHEMA = 73;
    static SECOND = 74;
    static SECONDS = 75;
    static SELECT = 76;
    static SESSION = 77;
    static SHOW = 78;
    static SIZE = 79;
    static SOURCE = 80;
    static STREAM = 81;
    static STREAMS = 82;
    static STRUCT = 83;
    static SUBJECT = 84;
    static TABLE = 85;
    static TABLES = 86;
    static TERMINATE = 87;
    static THEN = 88;
    static TIMEOUT = 89;
    static TOPIC = 90;
    static TOPICS = 91;
    static TRUE = 92;
    static TUMBLING = 93;
    static UNION = 94;
    static USING = 95;
    static VALUES = 96;
    static WHEN = 97;
    static WHERE = 98;
    static WINDOW = 99;
    static WITH = 100;
    static WITHIN = 101;
    static YEAR = 102;
    static YEARS = 103;
    static RESERVED = 104;
    static EQUAL = 105;
    static NOT_EQUAL = 106;
    static LESS = 107;
    static LESS_OR_EQUAL = 108;
    static GREATER = 109;
    static GREATER_OR_EQUAL = 110;
    static PLUS = 111;
    static MINUS = 112;
    static ASTERISK = 113;
    static SLASH = 114;
    static PERCENT = 115;
    static CONCATENATE = 116;
    static ARROW = 117;
    static LAMBDA = 118;
    static ASSIGN = 119;
    static COMMA = 120;
    static POINT = 121;
    static SEMICOLON = 122;
    static OPEN = 123;
    static CLOSE = 124;
    static OPEN_BRACKET = 125;
    static CLOSE_BRACKET = 126;
    static STRING = 127;
    static INTEGER = 128;
    static DECIMAL_NUMBER = 129;
    static FLOAT_NUMBER = 130;
    static IDENTIFIER = 131;
    static DIGIT_IDENTIFIER = 132;
    static QUOTED_IDENTIFIER = 133;
    static VARIABLE = 134;
    static LINE_COMMENT = 135;
    static BLOCK_COMMENT = 136;
    static SPACE = 137;
    static UNCLOSED = 138;
    static STRANGE = 139;
    static RULE_singleStatement = 0;
    static RULE_statement = 1;
    static RULE_relationKind = 2;
    static RULE_timeout = 3;
    static RULE_columns = 4;
    static RULE_column = 5;
    static RULE_columnRole = 6;
    static RULE_properties = 7;
    static RULE_property = 8;
    static RULE_query = 9;
    static RULE_selectItem = 10;
    static RULE_relation = 11;
    static RULE_join = 12;
    static RULE_joinKind = 13;
    static RULE_within = 14;
    static RULE_clause = 15;
    static RULE_window = 16;
    static RULE_windowTimes = 17;
    static RULE_duration = 18;
    static RULE_timeUnit = 19;
    static RULE_expressionList = 20;
    static RULE_expression = 21;
    static RULE_predicate = 22;
    static RULE_condition = 23;
    static RULE_value = 24;
    static RULE_primary = 25;
    static RULE_entry = 26;
    static RULE_field = 27;
    static RULE_argument = 28;
    static RULE_literal = 29;
    static RULE_type = 30;
    static RULE_identifier = 31;
    static RULE_unreserved = 32;
    static literalNames = [
        null, "'ADVANCE'", "'ALL'", "'AND'", "'ARRAY'", "'AS'", "'ASC'",
        "'ASSERT'", "'BETWEEN'", "'BY'", "'CASE'", "'CAST'", "'CHANGES'",
        "'CREATE'", "'DAY'", "'DAYS'", "'DECIMAL'", "'DELETE'", "'DESC'",
        "'DESCRIBE'", "'DISTINCT'", "'DROP'", "'ELSE'", "'EMIT'", "'END'",
        "'ESCAPE'", "'EXISTS'", "'EXTENDED'", "'FALSE'", "'FINAL'", "'FROM'",
        "'FULL'", "'GRACE'", "'GROUP'", "'HAVING'", "'HEADER'", "'HEADERS'",
        "'HOPPING'", "'HOUR'", "'HOURS'", "'ID'", "'IF'", "'IN'", "'INNER'",
        "'INSERT'", "'INTO'", "'IS'", "'JOIN'", "'KEY'", "'LEFT'", "'LIKE'",
        "'LIMIT'", "'LIST'", "'MAP'", "'MILLISECOND'", "'MILLISECONDS'",
        "'MINUTE'", "'MINUTES'", "'MONTH'", "'MONTHS'", "'NOT'", "'NULL'",
        "'ON'", "'OR'", "'ORDER'", "'OUTER'", "'PARTITION'", "'PERIOD'",
        "'PRIMARY'", "'QUERIES'", "'REPLACE'", "'RETENTION'", "'RIGHT'",
        "'SCHEMA'", "'SECOND'", "'SECONDS'", "'SELECT'", "'SESSION'", "'SHOW'",
        "'SIZE'", "'SOURCE'", "'STREAM'", "'STREAMS'", "'STRUCT'", "'SUBJECT'",
        "'TABLE'", "'TABLES'", "'TERMINATE'", "'THEN'", "'TIMEOUT'", "'TOPIC'",
        "'TOPICS'", "'TRUE'", "'TUMBLING'", "'UNION'", "'USING'", "'VALUES'",
        "'WHEN'", "'WHERE'", "'WINDOW'", "'WITH'", "'WITHIN'", "'YEAR'",
        "'YEARS'", null, "'='", null, "'<'", "'<='", "'>'", "'>='", "'+'",
        "'-'", "'*'", "'/'", "'%'", "'||'", "'->'", "'=>'", "':='", "','",
        "'.'", "';'", "'('", "')'", "'['", "']'"
    ];
    static symbolicNames = [
        null, "ADVANCE", "ALL", "AND", "ARRAY", "AS", "ASC", "ASSERT", "BETWEEN",
        "BY", "CASE", "CAST", "CHANGES", "CREATE", "DAY", "DAYS", "DECIMAL",
        "DELETE", "DESC", "DESCRIBE", "DISTINCT", "DROP", "ELSE", "EMIT",
        "END", "ESCAPE", "EXISTS", "EXTENDED", "FALSE", "FINAL", "FROM",
        "FULL", "GRACE", "GROUP", "HAVING", "HEADER", "HEADERS", "HOPPING",
        "HOUR", "HOURS", "ID", "IF", "IN", "INNER", "INSERT", "INTO", "IS",
        "JOIN", "KEY", "LEFT", "LIKE", "LIMIT", "LIST", "MAP", "MILLISECOND",
        "MILLISECONDS", "MINUTE", "MINUTES", "MONTH", "MONTHS", "NOT", "NULL",
        "ON", "OR", "ORDER", "OUTER", "PARTITION", "PERIOD", "PRIMARY",
        "QUERIES", "REPLACE", "RETENTION", "RIGHT", "SCHEMA", "SECOND",
        "SECONDS", "SELECT", "SESSION", "SHOW", "SIZE", "SOURCE", "STREAM",
        "STREAMS", "STRUCT", "SUBJECT", "TABLE", "TABLES", "TERMINATE",
        "THEN", "TIMEOUT", "TOPIC", "TOPICS", "TRUE", "TUMBLING", "UNION",
        "USING", "VALUES", "WHEN", "WHERE", "WINDOW", "WITH", "WITHIN",
        "YEAR", "YEARS", "RESERVED", "EQUAL", "NOT_EQUAL", "LESS", "LESS_OR_EQUAL",
        "GREATER", "GREATER_OR_EQUAL", "PLUS", "MINUS", "ASTERISK", "SLASH",
        "PERCENT", "CONCATENATE", "ARROW", "LAMBDA", "ASSIGN", "COMMA",
        "POINT", "SEMICOLON", "OPEN", "CLOSE", "OPEN_BRACKET", "CLOSE_BRACKET",
        "STRING", "INTEGER", "DECIMAL_NUMBER", "FLOAT_NUMBER", "IDENTIFIER",
        "DIGIT_IDENTIFIER", "QUOTED_IDENTIFIER", "VARIABLE", "LINE_COMMENT",
        "BLOCK_COMMENT", "SPACE", "UNCLOSED", "STRANGE"
    ];
    static ruleNames = [
        "singleStatement", "statement", "relationKind", "timeout", "columns",
        "column", "columnRole", "properties", "property", "query", "selectItem",
        "relation", "join", "joinKind", "within", "clause", "window", "windowTimes",
        "duration", "timeUnit", "expressionList", "expression", "predicate",
        "condition", "value", "primary", "entry", "field", "argument", "literal",
        "type", "identifier", "unreserved",
    ];
    get grammarFileName() { return "Ksql.g4"; }
    get literalNames() { return KsqlParser.literalNames; }
    get symbolicNames() { return KsqlParser.symbolicNames; }
    get ruleNames() { return KsqlParser.ruleNames; }
    get serializedATN() { return KsqlParser._serializedATN; }
    createFailedPredicateException(predicate, message) {
        return new antlr.FailedPredicateException(this, predicate, message);
    }
    constructor(input) {
        super(input);
        this.interpreter = new antlr.ParserATNSimulator(this, KsqlParser._ATN, KsqlParser.decisionsToDFA, new antlr.PredictionContextCache());
    }
    singleStatement() {
        let localContext = new SingleStatementContext(this.context, this.state);
        this.enterRule(localContext, 0, KsqlParser.RULE_singleStatement);
        try {
            this.enterOuterAlt(localContext, 1);
            {
                this.state = 66;
                this.statement();
                this.state = 67;
                this.match(KsqlParser.EOF);
            }
        }
        catch (re) {
            if (re instanceof antlr.RecognitionException) {
                this.errorHandler.reportError(this, re);
                this.errorHandler.recover(this, re);
            }
            else {
                throw re;
            }
        }
        finally {
            this.exitRule();
        }
        return localContext;
    }
    statement() {
        let localContext = new StatementContext(this.context, this.state);
        this.enterRule(localContext, 2, KsqlParser.RULE_statement);
        let _la;
        try {
            this.state = 197;
            this.errorHandler.sync(this);
            switch (this.interpreter.adaptivePredict(this.tokenStream, 27, this.context)) {
                case 1:
                    localContext = new CreateContext(localContext);
                    this.enterOuterAlt(localContext, 1);
                    {
                        this.state = 69;
                        this.match(KsqlParser.CREATE);
                        this.state = 72;
                        this.errorHandler.sync(this);
                        _la = this.tokenStream.LA(1);
                        if (_la === 63) {
                            {
                                this.state = 70;
                                this.match(KsqlParser.OR);
                                this.state = 71;
                                this.match(KsqlParser.REPLACE);
                            }
                        }
                        this.state = 75;
                        this.errorHandler.sync(this);
                        _la = this.tokenStream.LA(1);
                        if (_la === 80) {
                            {
                                this.state = 74;
                                this.match(KsqlParser.SOURCE);
                            }
                        }
                        this.state = 77;
                        this.relationKind();
                        this.state = 81;
                        this.errorHandler.sync(this);
                        switch (this.interpreter.adaptivePredict(this.tokenStream, 2, this.context)) {
                            case 1:
                                {
                                    this.state = 78;
                                    this.match(KsqlParser.IF);
                                    this.state = 79;
                                    this.match(KsqlParser.NOT);
                                    this.state = 80;
                                    this.match(KsqlParser.EXISTS);
                                }
                                break;
                        }
                        this.state = 83;
                        localContext._name = this.identifier();
                        this.state = 85;
                        this.errorHandler.sync(this);
                        _la = this.tokenStream.LA(1);
                        if (_la === 123) {
                            {
                                this.state = 84;
                                this.columns();
                            }
                        }
                        this.state = 88;
                        this.errorHandler.sync(this);
                        _la = this.tokenStream.LA(1);
                        if (_la === 100) {
                            {
                                this.state = 87;
                                this.properties();
                            }
                        }
                        this.state = 92;
                        this.errorHandler.sync(this);
                        _la = this.tokenStream.LA(1);
                        if (_la === 5) {
                            {
                                this.state = 90;
                                this.match(KsqlParser.AS);
                                this.state = 91;
                                this.query();
                            }
                        }
                    }
                    break;
                case 2:
                    localContext = new InsertContext(localContext);
                    this.enterOuterAlt(localContext, 2);
                    {
                        this.state = 94;
                        this.match(KsqlParser.INSERT);
                        this.state = 95;
                        this.match(KsqlParser.INTO);
                        this.state = 96;
                        localContext._name = this.identifier();
                        this.state = 98;
                        this.errorHandler.sync(this);
                        _la = this.tokenStream.LA(1);
                        if (_la === 100) {
                            {
                                this.state = 97;
                                this.properties();
                            }
                        }
                        this.state = 111;
                        this.errorHandler.sync(this);
                        _la = this.tokenStream.LA(1);
                        if (_la === 123) {
                            {
                                this.state = 100;
                                this.match(KsqlParser.OPEN);
                                this.state = 101;
                                this.identifier();
                                this.state = 106;
                                this.errorHandler.sync(this);
                                _la = this.tokenStream.LA(1);
                                while (_la === 120) {
                                    {
                                        {
                                            this.state = 102;
                                            this.match(KsqlParser.COMMA);
                                            this.state = 103;
                                            this.identifier();
                                        }
                                    }
                                    this.state = 108;
                                    this.errorHandler.sync(this);
                                    _la = this.tokenStream.LA(1);
                                }
                                this.state = 109;
                                this.match(KsqlParser.CLOSE);
                            }
                        }
                        this.state = 126;
                        this.errorHandler.sync(this);
                        switch (this.tokenStream.LA(1)) {
                            case KsqlParser.VALUES:
                                {
                                    this.state = 113;
                                    this.match(KsqlParser.VALUES);
                                    this.state = 114;
                                    this.match(KsqlParser.OPEN);
                                    this.state = 115;
                                    this.expression(0);
                                    this.state = 120;
                                    this.errorHandler.sync(this);
                                    _la = this.tokenStream.LA(1);
                                    while (_la === 120) {
                                        {
                                            {
                                                this.state = 116;
                                                this.match(KsqlParser.COMMA);
                                                this.state = 117;
                                                this.expression(0);
                                            }
                                        }
                                        this.state = 122;
                                        this.errorHandler.sync(this);
                                        _la = this.tokenStream.LA(1);
                                    }
                                    this.state = 123;
                                    this.match(KsqlParser.CLOSE);
                                }
                                break;
                            case KsqlParser.SELECT:
                                {
                                    this.state = 125;
                                    this.query();
                                }
                                break;
                            default:
                                throw new antlr.NoViableAltException(this);
                        }
                    }
                    break;
                case 3:
                    localContext = new DropContext(localContext);
                    this.enterOuterAlt(localContext, 3);
                    {
                        this.state = 128;
                        this.match(KsqlParser.DROP);
                        this.state = 129;
                        this.relationKind();
                        this.state = 132;
                        this.errorHandler.sync(this);
                        switch (this.interpreter.adaptivePredict(this.tokenStream, 11, this.context)) {
                            case 1:
                                {
                                    this.state = 130;
                                    this.match(KsqlParser.IF);
                                    this.state = 131;
                                    this.match(KsqlParser.EXISTS);
                                }
                                break;
                        }
                        this.state = 134;
                        localContext._name = this.identifier();
                        this.state = 137;
                        this.errorHandler.sync(this);
                        _la = this.tokenStream.LA(1);
                        if (_la === 17) {
                            {
                                this.state = 135;
                                this.match(KsqlParser.DELETE);
                                this.state = 136;
                                this.match(KsqlParser.TOPIC);
                            }
                        }
                    }
                    break;
                case 4:
                    localContext = new TerminateContext(localContext);
                    this.enterOuterAlt(localContext, 4);
                    {
                        this.state = 139;
                        this.match(KsqlParser.TERMINATE);
                        this.state = 142;
                        this.errorHandler.sync(this);
                        switch (this.tokenStream.LA(1)) {
                            case KsqlParser.ALL:
                                {
                                    this.state = 140;
                                    this.match(KsqlParser.ALL);
                                }
                                break;
                            case KsqlParser.ARRAY:
                            case KsqlParser.ASC:
                            case KsqlParser.ASSERT:
                            case KsqlParser.CHANGES:
                            case KsqlParser.DAY:
                            case KsqlParser.DESC:
                            case KsqlParser.EMIT:
                            case KsqlParser.ESCAPE:
                            case KsqlParser.FINAL:
                            case KsqlParser.GRACE:
                            case KsqlParser.HEADER:
                            case KsqlParser.HEADERS:
                            case KsqlParser.HOUR:
                            case KsqlParser.ID:
                            case KsqlParser.IF:
                            case KsqlParser.KEY:
                            case KsqlParser.MAP:
                            case KsqlParser.MINUTE:
                            case KsqlParser.MONTH:
                            case KsqlParser.ORDER:
                            case KsqlParser.PARTITION:
                            case KsqlParser.PERIOD:
                            case KsqlParser.PRIMARY:
                            case KsqlParser.REPLACE:
                            case KsqlParser.SCHEMA:
                            case KsqlParser.SECOND:
                            case KsqlParser.SESSION:
                            case KsqlParser.SHOW:
                            case KsqlParser.SOURCE:
                            case KsqlParser.STRUCT:
                            case KsqlParser.SUBJECT:
                            case KsqlParser.TABLES:
                            case KsqlParser.TIMEOUT:
                            case KsqlParser.UNION:
                            case KsqlParser.USING:
                            case KsqlParser.YEAR:
                            case KsqlParser.IDENTIFIER:
                            case KsqlParser.QUOTED_IDENTIFIER:
                                {
                                    this.state = 141;
                                    localContext._name = this.identifier();
                                }
                                break;
                            default:
                                throw new antlr.NoViableAltException(this);
                        }
                    }
                    break;
                case 5:
                    localContext = new DescribeContext(localContext);
                    this.enterOuterAlt(localContext, 5);
                    {
                        this.state = 144;
                        this.match(KsqlParser.DESCRIBE);
                        this.state = 146;
                        this.errorHandler.sync(this);
                        _la = this.tokenStream.LA(1);
                        if (_la === 27) {
                            {
                                this.state = 145;
                                localContext._misplaced = this.match(KsqlParser.EXTENDED);
                            }
                        }
                        this.state = 148;
                        localContext._name = this.identifier();
                        this.state = 150;
                        this.errorHandler.sync(this);
                        _la = this.tokenStream.LA(1);
                        if (_la === 27) {
                            {
                                this.state = 149;
                                this.match(KsqlParser.EXTENDED);
                            }
                        }
                    }
                    break;
                case 6:
                    localContext = new ShowContext(localContext);
                    this.enterOuterAlt(localContext, 6);
                    {
                        this.state = 152;
                        _la = this.tokenStream.LA(1);
                        if (!(_la === 52 || _la === 78)) {
                            this.errorHandler.recoverInline(this);
                        }
                        else {
                            this.errorHandler.reportMatch(this);
                            this.consume();
                        }
                        this.state = 154;
                        this.errorHandler.sync(this);
                        _la = this.tokenStream.LA(1);
                        if (_la === 2) {
                            {
                                this.state = 153;
                                this.match(KsqlParser.ALL);
                            }
                        }
                        this.state = 156;
                        localContext._what = this.tokenStream.LT(1);
                        _la = this.tokenStream.LA(1);
                        if (!(((((_la - 69)) & ~0x1F) === 0 && ((1 << (_la - 69)) & 4333569) !== 0))) {
                            localContext._what = this.errorHandler.recoverInline(this);
                        }
                        else {
                            this.errorHandler.reportMatch(this);
                            this.consume();
                        }
                        this.state = 158;
                        this.errorHandler.sync(this);
                        _la = this.tokenStream.LA(1);
                        if (_la === 27) {
                            {
                                this.state = 157;
                                this.match(KsqlParser.EXTENDED);
                            }
                        }
                    }
                    break;
                case 7:
                    localContext = new AssertTopicContext(localContext);
                    this.enterOuterAlt(localContext, 7);
                    {
                        this.state = 160;
                        this.match(KsqlParser.ASSERT);
                        this.state = 163;
                        this.errorHandler.sync(this);
                        _la = this.tokenStream.LA(1);
                        if (_la === 60) {
                            {
                                this.state = 161;
                                this.match(KsqlParser.NOT);
                                this.state = 162;
                                this.match(KsqlParser.EXISTS);
                            }
                        }
                        this.state = 165;
                        this.match(KsqlParser.TOPIC);
                        this.state = 168;
                        this.errorHandler.sync(this);
                        switch (this.tokenStream.LA(1)) {
                            case KsqlParser.ARRAY:
                            case KsqlParser.ASC:
                            case KsqlParser.ASSERT:
                            case KsqlParser.CHANGES:
                            case KsqlParser.DAY:
                            case KsqlParser.DESC:
                            case KsqlParser.EMIT:
                            case KsqlParser.ESCAPE:
                            case KsqlParser.FINAL:
                            case KsqlParser.GRACE:
                            case KsqlParser.HEADER:
                            case KsqlParser.HEADERS:
                            case KsqlParser.HOUR:
                            case KsqlParser.ID:
                            case KsqlParser.IF:
                            case KsqlParser.KEY:
                            case KsqlParser.MAP:
                            case KsqlParser.MINUTE:
                            case KsqlParser.MONTH:
                            case KsqlParser.ORDER:
                            case KsqlParser.PARTITION:
                            case KsqlParser.PERIOD:
                            case KsqlParser.PRIMARY:
                            case KsqlParser.REPLACE:
                            case KsqlParser.SCHEMA:
                            case KsqlParser.SECOND:
                            case KsqlParser.SESSION:
                            case KsqlParser.SHOW:
                            case KsqlParser.SOURCE:
                            case KsqlParser.STRUCT:
                            case KsqlParser.SUBJECT:
                            case KsqlParser.TABLES:
                            case KsqlParser.TIMEOUT:
                            case KsqlParser.UNION:
                            case KsqlParser.USING:
                            case KsqlParser.YEAR:
                            case KsqlParser.IDENTIFIER:
                            case KsqlParser.QUOTED_IDENTIFIER:
                                {
                                    this.state = 166;
                                    localContext._name = this.identifier();
                                }
                                break;
                            case KsqlParser.STRING:
                                {
                                    this.state = 167;
                                    localContext._text = this.match(KsqlParser.STRING);
                                }
                                break;
                            default:
                                throw new antlr.NoViableAltException(this);
                        }
                        this.state = 171;
                        this.errorHandler.sync(this);
                        _la = this.tokenStream.LA(1);
                        if (_la === 100) {
                            {
                                this.state = 170;
                                this.properties();
                            }
                        }
                        this.state = 174;
                        this.errorHandler.sync(this);
                        _la = this.tokenStream.LA(1);
                        if (_la === 89) {
                            {
                                this.state = 173;
                                this.timeout();
                            }
                        }
                    }
                    break;
                case 8:
                    localContext = new AssertSchemaContext(localContext);
                    this.enterOuterAlt(localContext, 8);
                    {
                        this.state = 176;
                        this.match(KsqlParser.ASSERT);
                        this.state = 179;
                        this.errorHandler.sync(this);
                        _la = this.tokenStream.LA(1);
                        if (_la === 60) {
                            {
                                this.state = 177;
                                this.match(KsqlParser.NOT);
                                this.state = 178;
                                this.match(KsqlParser.EXISTS);
                            }
                        }
                        this.state = 181;
                        this.match(KsqlParser.SCHEMA);
                        this.state = 187;
                        this.errorHandler.sync(this);
                        _la = this.tokenStream.LA(1);
                        if (_la === 84) {
                            {
                                this.state = 182;
                                this.match(KsqlParser.SUBJECT);
                                this.state = 185;
                                this.errorHandler.sync(this);
                                switch (this.tokenStream.LA(1)) {
                                    case KsqlParser.ARRAY:
                                    case KsqlParser.ASC:
                                    case KsqlParser.ASSERT:
                                    case KsqlParser.CHANGES:
                                    case KsqlParser.DAY:
                                    case KsqlParser.DESC:
                                    case KsqlParser.EMIT:
                                    case KsqlParser.ESCAPE:
                                    case KsqlParser.FINAL:
                                    case KsqlParser.GRACE:
                                    case KsqlParser.HEADER:
                                    case KsqlParser.HEADERS:
                                    case KsqlParser.HOUR:
                                    case KsqlParser.ID:
                                    case KsqlParser.IF:
                                    case KsqlParser.KEY:
                                    case KsqlParser.MAP:
                                    case KsqlParser.MINUTE:
                                    case KsqlParser.MONTH:
                                    case KsqlParser.ORDER:
                                    case KsqlParser.PARTITION:
                                    case KsqlParser.PERIOD:
                                    case KsqlParser.PRIMARY:
                                    case KsqlParser.REPLACE:
                                    case KsqlParser.SCHEMA:
                                    case KsqlParser.SECOND:
                                    case KsqlParser.SESSION:
                                    case KsqlParser.SHOW:
                                    case KsqlParser.SOURCE:
                                    case KsqlParser.STRUCT:
                                    case KsqlParser.SUBJECT:
                                    case KsqlParser.TABLES:
                                    case KsqlParser.TIMEOUT:
                                    case KsqlParser.UNION:
                                    case KsqlParser.USING:
                                    case KsqlParser.YEAR:
                                    case KsqlParser.IDENTIFIER:
                                    case KsqlParser.QUOTED_IDENTIFIER:
                                        {
                                            this.state = 183;
                                            this.identifier();
                                        }
                                        break;
                                    case KsqlParser.STRING:
                                        {
                                            this.state = 184;
                                            this.match(KsqlParser.STRING);
                                        }
                                        break;
                                    default:
                                        throw new antlr.NoViableAltException(this);
                                }
                            }
                        }
                        this.state = 191;
                        this.errorHandler.sync(this);
                        _la = this.tokenStream.LA(1);
                        if (_la === 40) {
                            {
                                this.state = 189;
                                this.match(KsqlParser.ID);
                                this.state = 190;
                                this.match(KsqlParser.INTEGER);
                            }
                        }
                        this.state = 194;
                        this.errorHandler.sync(this);
                        _la = this.tokenStream.LA(1);
                        if (_la === 89) {
                            {
                                this.state = 193;
                                this.timeout();
                            }
                        }
                    }
                    break;
                case 9:
                    localContext = new SelectContext(localContext);
                    this.enterOuterAlt(localContext, 9);
                    {
                        this.state = 196;
                        this.query();
                    }
                    break;
            }
        }
        catch (re) {
            if (re instanceof antlr.RecognitionException) {
                this.errorHandler.reportError(this, re);
                this.errorHandler.recover(this, re);
            }
            else {
                throw re;
            }
        }
        finally {
            this.exitRule();
        }
        return localContext;
    }
    relationKind() {
        let localContext = new RelationKindContext(this.context, this.state);
        this.enterRule(localContext, 4, KsqlParser.RULE_relationKind);
        let _la;
        try {
            this.enterOuterAlt(localContext, 1);
            {
                this.state = 199;
                _la = this.tokenStream.LA(1);
                if (!(_la === 81 || _la === 85)) {
                    this.errorHandler.recoverInline(this);
                }
                else {
                    this.errorHandler.reportMatch(this);
                    this.consume();
                }
            }
        }
        catch (re) {
            if (re instanceof antlr.RecognitionException) {
                this.errorHandler.reportError(this, re);
                this.errorHandler.recover(this, re);
            }
            else {
                throw re;
            }
        }
        finally {
            this.exitRule();
        }
        return localContext;
    }
    timeout() {
        let localContext = new TimeoutContext(this.context, this.state);
        this.enterRule(localContext, 6, KsqlParser.RULE_timeout);
        try {
            this.enterOuterAlt(localContext, 1);
            {
                this.state = 201;
                this.match(KsqlParser.TIMEOUT);
                this.state = 202;
                this.duration();
            }
        }
        catch (re) {
            if (re instanceof antlr.RecognitionException) {
                this.errorHandler.reportError(this, re);
                this.errorHandler.recover(this, re);
            }
            else {
                throw re;
            }
        }
        finally {
            this.exitRule();
        }
        return localContext;
    }
    columns() {
        let localContext = new ColumnsContext(this.context, this.state);
        this.enterRule(localContext, 8, KsqlParser.RULE_columns);
        let _la;
        try {
            this.enterOuterAlt(localContext, 1);
            {
                this.state = 204;
                this.match(KsqlParser.OPEN);
                this.state = 213;
                this.errorHandler.sync(this);
                _la = this.tokenStream.LA(1);
                if ((((_la) & ~0x1F) === 0 && ((1 << _la) & 579096784) !== 0) || ((((_la - 32)) & ~0x1F) === 0 && ((1 << (_la - 32)) & 86049625) !== 0) || ((((_la - 64)) & ~0x1F) === 0 && ((1 << (_la - 64)) & 3260638813) !== 0) || ((((_la - 102)) & ~0x1F) === 0 && ((1 << (_la - 102)) & 2684354561) !== 0)) {
                    {
                        this.state = 205;
                        this.column();
                        this.state = 210;
                        this.errorHandler.sync(this);
                        _la = this.tokenStream.LA(1);
                        while (_la === 120) {
                            {
                                {
                                    this.state = 206;
                                    this.match(KsqlParser.COMMA);
                                    this.state = 207;
                                    this.column();
                                }
                            }
                            this.state = 212;
                            this.errorHandler.sync(this);
                            _la = this.tokenStream.LA(1);
                        }
                    }
                }
                this.state = 215;
                this.match(KsqlParser.CLOSE);
            }
        }
        catch (re) {
            if (re instanceof antlr.RecognitionException) {
                this.errorHandler.reportError(this, re);
                this.errorHandler.recover(this, re);
            }
            else {
                throw re;
            }
        }
        finally {
            this.exitRule();
        }
        return localContext;
    }
    column() {
        let localContext = new ColumnContext(this.context, this.state);
        this.enterRule(localContext, 10, KsqlParser.RULE_column);
        let _la;
        try {
            this.enterOuterAlt(localContext, 1);
            {
                this.state = 217;
                this.identifier();
                this.state = 218;
                this.type_();
                this.state = 220;
                this.errorHandler.sync(this);
                _la = this.tokenStream.LA(1);
                if (((((_la - 35)) & ~0x1F) === 0 && ((1 << (_la - 35)) & 8195) !== 0) || _la === 68) {
                    {
                        this.state = 219;
                        this.columnRole();
                    }
                }
            }
        }
        catch (re) {
            if (re instanceof antlr.RecognitionException) {
                this.errorHandler.reportError(this, re);
                this.errorHandler.recover(this, re);
            }
            else {
                throw re;
            }
        }
        finally {
            this.exitRule();
        }
        return localContext;
    }
    columnRole() {
        let localContext = new ColumnRoleContext(this.context, this.state);
        this.enterRule(localContext, 12, KsqlParser.RULE_columnRole);
        let _la;
        try {
            this.state = 231;
            this.errorHandler.sync(this);
            switch (this.tokenStream.LA(1)) {
                case KsqlParser.KEY:
                case KsqlParser.PRIMARY:
                    this.enterOuterAlt(localContext, 1);
                    {
                        this.state = 223;
                        this.errorHandler.sync(this);
                        _la = this.tokenStream.LA(1);
                        if (_la === 68) {
                            {
                                this.state = 222;
                                this.match(KsqlParser.PRIMARY);
                            }
                        }
                        this.state = 225;
                        this.match(KsqlParser.KEY);
                    }
                    break;
                case KsqlParser.HEADERS:
                    this.enterOuterAlt(localContext, 2);
                    {
                        this.state = 226;
                        this.match(KsqlParser.HEADERS);
                    }
                    break;
                case KsqlParser.HEADER:
                    this.enterOuterAlt(localContext, 3);
                    {
                        this.state = 227;
                        this.match(KsqlParser.HEADER);
                        this.state = 228;
                        this.match(KsqlParser.OPEN);
                        this.state = 229;
                        this.match(KsqlParser.STRING);
                        this.state = 230;
                        this.match(KsqlParser.CLOSE);
                    }
                    break;
                default:
                    throw new antlr.NoViableAltException(this);
            }
        }
        catch (re) {
            if (re instanceof antlr.RecognitionException) {
                this.errorHandler.reportError(this, re);
                this.errorHandler.recover(this, re);
            }
            else {
                throw re;
            }
        }
        finally {
            this.exitRule();
        }
        return localContext;
    }
    properties() {
        let localContext = new PropertiesContext(this.context, this.state);
        this.enterRule(localContext, 14, KsqlParser.RULE_properties);
        let _la;
        try {
            this.enterOuterAlt(localContext, 1);
            {
                this.state = 233;
                this.match(KsqlParser.WITH);
                this.state = 234;
                this.match(KsqlParser.OPEN);
                this.state = 243;
                this.errorHandler.sync(this);
                _la = this.tokenStream.LA(1);
                if ((((_la) & ~0x1F) === 0 && ((1 << _la) & 579096784) !== 0) || ((((_la - 32)) & ~0x1F) === 0 && ((1 << (_la - 32)) & 86049625) !== 0) || ((((_la - 64)) & ~0x1F) === 0 && ((1 << (_la - 64)) & 3260638813) !== 0) || ((((_la - 102)) & ~0x1F) === 0 && ((1 << (_la - 102)) & 2717908993) !== 0)) {
                    {
                        this.state = 235;
                        this.property();
                        this.state = 240;
                        this.errorHandler.sync(this);
                        _la = this.tokenStream.LA(1);
                        while (_la === 120) {
                            {
                                {
                                    this.state = 236;
                                    this.match(KsqlParser.COMMA);
                                    this.state = 237;
                                    this.property();
                                }
                            }
                            this.state = 242;
                            this.errorHandler.sync(this);
                            _la = this.tokenStream.LA(1);
                        }
                    }
                }
                this.state = 245;
                this.match(KsqlParser.CLOSE);
            }
        }
        catch (re) {
            if (re instanceof antlr.RecognitionException) {
                this.errorHandler.reportError(this, re);
                this.errorHandler.recover(this, re);
            }
            else {
                throw re;
            }
        }
        finally {
            this.exitRule();
        }
        return localContext;
    }
    property() {
        let localContext = new PropertyContext(this.context, this.state);
        this.enterRule(localContext, 16, KsqlParser.RULE_property);
        let _la;
        try {
            this.enterOuterAlt(localContext, 1);
            {
                this.state = 249;
                this.errorHandler.sync(this);
                switch (this.tokenStream.LA(1)) {
                    case KsqlParser.ARRAY:
                    case KsqlParser.ASC:
                    case KsqlParser.ASSERT:
                    case KsqlParser.CHANGES:
                    case KsqlParser.DAY:
                    case KsqlParser.DESC:
                    case KsqlParser.EMIT:
                    case KsqlParser.ESCAPE:
                    case KsqlParser.FINAL:
                    case KsqlParser.GRACE:
                    case KsqlParser.HEADER:
                    case KsqlParser.HEADERS:
                    case KsqlParser.HOUR:
                    case KsqlParser.ID:
                    case KsqlParser.IF:
                    case KsqlParser.KEY:
                    case KsqlParser.MAP:
                    case KsqlParser.MINUTE:
                    case KsqlParser.MONTH:
                    case KsqlParser.ORDER:
                    case KsqlParser.PARTITION:
                    case KsqlParser.PERIOD:
                    case KsqlParser.PRIMARY:
                    case KsqlParser.REPLACE:
                    case KsqlParser.SCHEMA:
                    case KsqlParser.SECOND:
                    case KsqlParser.SESSION:
                    case KsqlParser.SHOW:
                    case KsqlParser.SOURCE:
                    case KsqlParser.STRUCT:
                    case KsqlParser.SUBJECT:
                    case KsqlParser.TABLES:
                    case KsqlParser.TIMEOUT:
                    case KsqlParser.UNION:
                    case KsqlParser.USING:
                    case KsqlParser.YEAR:
                    case KsqlParser.IDENTIFIER:
                    case KsqlParser.QUOTED_IDENTIFIER:
                        {
                            this.state = 247;
                            this.identifier();
                        }
                        break;
                    case KsqlParser.STRING:
                        {
                            this.state = 248;
                            this.match(KsqlParser.STRING);
                        }
                        break;
                    default:
                        throw new antlr.NoViableAltException(this);
                }
                this.state = 251;
                this.match(KsqlParser.EQUAL);
                this.state = 253;
                this.errorHandler.sync(this);
                _la = this.tokenStream.LA(1);
                if (_la === 112) {
                    {
                        this.state = 252;
                        this.match(KsqlParser.MINUS);
                    }
                }
                this.state = 255;
                this.literal();
            }
        }
        catch (re) {
            if (re instanceof antlr.RecognitionException) {
                this.errorHandler.reportError(this, re);
                this.errorHandler.recover(this, re);
            }
            else {
                throw re;
            }
        }
        finally {
            this.exitRule();
        }
        return localContext;
    }
    query() {
        let localContext = new QueryContext(this.context, this.state);
        this.enterRule(localContext, 18, KsqlParser.RULE_query);
        let _la;
        try {
            let alternative;
            this.enterOuterAlt(localContext, 1);
            {
                this.state = 257;
                this.match(KsqlParser.SELECT);
                this.state = 259;
                this.errorHandler.sync(this);
                _la = this.tokenStream.LA(1);
                if (_la === 20) {
                    {
                        this.state = 258;
                        this.match(KsqlParser.DISTINCT);
                    }
                }
                this.state = 261;
                this.selectItem();
                this.state = 266;
                this.errorHandler.sync(this);
                _la = this.tokenStream.LA(1);
                while (_la === 120) {
                    {
                        {
                            this.state = 262;
                            this.match(KsqlParser.COMMA);
                            this.state = 263;
                            this.selectItem();
                        }
                    }
                    this.state = 268;
                    this.errorHandler.sync(this);
                    _la = this.tokenStream.LA(1);
                }
                this.state = 269;
                this.match(KsqlParser.FROM);
                this.state = 270;
                this.relation();
                this.state = 275;
                this.errorHandler.sync(this);
                _la = this.tokenStream.LA(1);
                while (_la === 120) {
                    {
                        {
                            this.state = 271;
                            this.match(KsqlParser.COMMA);
                            this.state = 272;
                            this.relation();
                        }
                    }
                    this.state = 277;
                    this.errorHandler.sync(this);
                    _la = this.tokenStream.LA(1);
                }
                this.state = 281;
                this.errorHandler.sync(this);
                _la = this.tokenStream.LA(1);
                while (((((_la - 31)) & ~0x1F) === 0 && ((1 << (_la - 31)) & 331777) !== 0) || _la === 72) {
                    {
                        {
                            this.state = 278;
                            this.join();
                        }
                    }
                    this.state = 283;
                    this.errorHandler.sync(this);
                    _la = this.tokenStream.LA(1);
                }
                this.state = 287;
                this.errorHandler.sync(this);
                alternative = this.interpreter.adaptivePredict(this.tokenStream, 41, this.context);
                while (alternative !== 2 && alternative !== antlr.ATN.INVALID_ALT_NUMBER) {
                    if (alternative === 1) {
                        {
                            {
                                this.state = 284;
                                this.clause();
                            }
                        }
                    }
                    this.state = 289;
                    this.errorHandler.sync(this);
                    alternative = this.interpreter.adaptivePredict(this.tokenStream, 41, this.context);
                }
            }
        }
        catch (re) {
            if (re instanceof antlr.RecognitionException) {
                this.errorHandler.reportError(this, re);
                this.errorHandler.recover(this, re);
            }
            else {
                throw re;
            }
        }
        finally {
            this.exitRule();
        }
        return localContext;
    }
    selectItem() {
        let localContext = new SelectItemContext(this.context, this.state);
        this.enterRule(localContext, 20, KsqlParser.RULE_selectItem);
        let _la;
        try {
            this.state = 304;
            this.errorHandler.sync(this);
            switch (this.interpreter.adaptivePredict(this.tokenStream, 44, this.context)) {
                case 1:
                    localContext = new SelectAllContext(localContext);
                    this.enterOuterAlt(localContext, 1);
                    {
                        this.state = 290;
                        this.match(KsqlParser.ASTERISK);
                    }
                    break;
                case 2:
                    localContext = new SelectAllOfContext(localContext);
                    this.enterOuterAlt(localContext, 2);
                    {
                        this.state = 291;
                        this.identifier();
                        this.state = 292;
                        this.match(KsqlParser.POINT);
                        this.state = 293;
                        this.match(KsqlParser.ASTERISK);
                    }
                    break;
                case 3:
                    localContext = new SelectExpressionContext(localContext);
                    this.enterOuterAlt(localContext, 3);
                    {
                        this.state = 295;
                        this.expression(0);
                        this.state = 302;
                        this.errorHandler.sync(this);
                        switch (this.tokenStream.LA(1)) {
                            case KsqlParser.ARROW:
                                {
                                    this.state = 296;
                                    this.match(KsqlParser.ARROW);
                                    this.state = 297;
                                    this.match(KsqlParser.ASTERISK);
                                }
                                break;
                            case KsqlParser.ARRAY:
                            case KsqlParser.AS:
                            case KsqlParser.ASC:
                            case KsqlParser.ASSERT:
                            case KsqlParser.CHANGES:
                            case KsqlParser.DAY:
                            case KsqlParser.DESC:
                            case KsqlParser.EMIT:
                            case KsqlParser.ESCAPE:
                            case KsqlParser.FINAL:
                            case KsqlParser.GRACE:
                            case KsqlParser.HEADER:
                            case KsqlParser.HEADERS:
                            case KsqlParser.HOUR:
                            case KsqlParser.ID:
                            case KsqlParser.IF:
                            case KsqlParser.KEY:
                            case KsqlParser.MAP:
                            case KsqlParser.MINUTE:
                            case KsqlParser.MONTH:
                            case KsqlParser.ORDER:
                            case KsqlParser.PARTITION:
                            case KsqlParser.PERIOD:
                            case KsqlParser.PRIMARY:
                            case KsqlParser.REPLACE:
                            case KsqlParser.SCHEMA:
                            case KsqlParser.SECOND:
                            case KsqlParser.SESSION:
                            case KsqlParser.SHOW:
                            case KsqlParser.SOURCE:
                            case KsqlParser.STRUCT:
                            case KsqlParser.SUBJECT:
                            case KsqlParser.TABLES:
                            case KsqlParser.TIMEOUT:
                            case KsqlParser.UNION:
                            case KsqlParser.USING:
                            case KsqlParser.YEAR:
                            case KsqlParser.IDENTIFIER:
                            case KsqlParser.QUOTED_IDENTIFIER:
                                {
                                    this.state = 299;
                                    this.errorHandler.sync(this);
                                    _la = this.tokenStream.LA(1);
                                    if (_la === 5) {
                                        {
                                            this.state = 298;
                                            this.match(KsqlParser.AS);
                                        }
                                    }
                                    this.state = 301;
                                    localContext._alias = this.identifier();
                                }
                                break;
                            case KsqlParser.FROM:
                            case KsqlParser.COMMA:
                                break;
                            default:
                                break;
                        }
                    }
                    break;
            }
        }
        catch (re) {
            if (re instanceof antlr.RecognitionException) {
                this.errorHandler.reportError(this, re);
                this.errorHandler.recover(this, re);
            }
            else {
                throw re;
            }
        }
        finally {
            this.exitRule();
        }
        return localContext;
    }
    relation() {
        let localContext = new RelationContext(this.context, this.state);
        this.enterRule(localContext, 22, KsqlParser.RULE_relation);
        let _la;
        try {
            this.state = 322;
            this.errorHandler.sync(this);
            switch (this.tokenStream.LA(1)) {
                case KsqlParser.ARRAY:
                case KsqlParser.ASC:
                case KsqlParser.ASSERT:
                case KsqlParser.CHANGES:
                case KsqlParser.DAY:
                case KsqlParser.DESC:
                case KsqlParser.EMIT:
                case KsqlParser.ESCAPE:
                case KsqlParser.FINAL:
                case KsqlParser.GRACE:
                case KsqlParser.HEADER:
                case KsqlParser.HEADERS:
                case KsqlParser.HOUR:
                case KsqlParser.ID:
                case KsqlParser.IF:
                case KsqlParser.KEY:
                case KsqlParser.MAP:
                case KsqlParser.MINUTE:
                case KsqlParser.MONTH:
                case KsqlParser.ORDER:
                case KsqlParser.PARTITION:
                case KsqlParser.PERIOD:
                case KsqlParser.PRIMARY:
                case KsqlParser.REPLACE:
                case KsqlParser.SCHEMA:
                case KsqlParser.SECOND:
                case KsqlParser.SESSION:
                case KsqlParser.SHOW:
                case KsqlParser.SOURCE:
                case KsqlParser.STRUCT:
                case KsqlParser.SUBJECT:
                case KsqlParser.TABLES:
                case KsqlParser.TIMEOUT:
                case KsqlParser.UNION:
                case KsqlParser.USING:
                case KsqlParser.YEAR:
                case KsqlParser.IDENTIFIER:
                case KsqlParser.QUOTED_IDENTIFIER:
                    this.enterOuterAlt(localContext, 1);
                    {
                        this.state = 306;
                        this.identifier();
                        this.state = 311;
                        this.errorHandler.sync(this);
                        switch (this.interpreter.adaptivePredict(this.tokenStream, 46, this.context)) {
                            case 1:
                                {
                                    this.state = 308;
                                    this.errorHandler.sync(this);
                                    _la = this.tokenStream.LA(1);
                                    if (_la === 5) {
                                        {
                                            this.state = 307;
                                            this.match(KsqlParser.AS);
                                        }
                                    }
                                    this.state = 310;
                                    localContext._alias = this.identifier();
                                }
                                break;
                        }
                    }
                    break;
                case KsqlParser.OPEN:
                    this.enterOuterAlt(localContext, 2);
                    {
                        this.state = 313;
                        this.match(KsqlParser.OPEN);
                        this.state = 314;
                        this.query();
                        this.state = 315;
                        this.match(KsqlParser.CLOSE);
                        this.state = 320;
                        this.errorHandler.sync(this);
                        switch (this.interpreter.adaptivePredict(this.tokenStream, 48, this.context)) {
                            case 1:
                                {
                                    this.state = 317;
                                    this.errorHandler.sync(this);
                                    _la = this.tokenStream.LA(1);
                                    if (_la === 5) {
                                        {
                                            this.state = 316;
                                            this.match(KsqlParser.AS);
                                        }
                                    }
                                    this.state = 319;
                                    localContext._alias = this.identifier();
                                }
                                break;
                        }
                    }
                    break;
                default:
                    throw new antlr.NoViableAltException(this);
            }
        }
        catch (re) {
            if (re instanceof antlr.RecognitionException) {
                this.errorHandler.reportError(this, re);
                this.errorHandler.recover(this, re);
            }
            else {
                throw re;
            }
        }
        finally {
            this.exitRule();
        }
        return localContext;
    }
    join() {
        let localContext = new JoinContext(this.context, this.state);
        this.enterRule(localContext, 24, KsqlParser.RULE_join);
        let _la;
        try {
            this.enterOuterAlt(localContext, 1);
            {
                this.state = 324;
                this.joinKind();
                this.state = 325;
                this.match(KsqlParser.JOIN);
                this.state = 326;
                this.relation();
                this.state = 328;
                this.errorHandler.sync(this);
                _la = this.tokenStream.LA(1);
                if (_la === 101) {
                    {
                        this.state = 327;
                        this.within();
                    }
                }
                this.state = 344;
                this.errorHandler.sync(this);
                switch (this.tokenStream.LA(1)) {
                    case KsqlParser.ON:
                        {
                            this.state = 330;
                            this.match(KsqlParser.ON);
                            this.state = 331;
                            this.expression(0);
                        }
                        break;
                    case KsqlParser.USING:
                        {
                            this.state = 332;
                            this.match(KsqlParser.USING);
                            this.state = 333;
                            this.match(KsqlParser.OPEN);
                            this.state = 334;
                            this.identifier();
                            this.state = 339;
                            this.errorHandler.sync(this);
                            _la = this.tokenStream.LA(1);
                            while (_la === 120) {
                                {
                                    {
                                        this.state = 335;
                                        this.match(KsqlParser.COMMA);
                                        this.state = 336;
                                        this.identifier();
                                    }
                                }
                                this.state = 341;
                                this.errorHandler.sync(this);
                                _la = this.tokenStream.LA(1);
                            }
                            this.state = 342;
                            this.match(KsqlParser.CLOSE);
                        }
                        break;
                    case KsqlParser.EOF:
                    case KsqlParser.EMIT:
                    case KsqlParser.FULL:
                    case KsqlParser.GROUP:
                    case KsqlParser.HAVING:
                    case KsqlParser.INNER:
                    case KsqlParser.JOIN:
                    case KsqlParser.LEFT:
                    case KsqlParser.LIMIT:
                    case KsqlParser.ORDER:
                    case KsqlParser.PARTITION:
                    case KsqlParser.RIGHT:
                    case KsqlParser.UNION:
                    case KsqlParser.WHERE:
                    case KsqlParser.WINDOW:
                    case KsqlParser.CLOSE:
                        break;
                    default:
                        break;
                }
            }
        }
        catch (re) {
            if (re instanceof antlr.RecognitionException) {
                this.errorHandler.reportError(this, re);
                this.errorHandler.recover(this, re);
            }
            else {
                throw re;
            }
        }
        finally {
            this.exitRule();
        }
        return localContext;
    }
    joinKind() {
        let localContext = new JoinKindContext(this.context, this.state);
        this.enterRule(localContext, 26, KsqlParser.RULE_joinKind);
        let _la;
        try {
            this.state = 353;
            this.errorHandler.sync(this);
            switch (this.tokenStream.LA(1)) {
                case KsqlParser.INNER:
                case KsqlParser.JOIN:
                    this.enterOuterAlt(localContext, 1);
                    {
                        this.state = 347;
                        this.errorHandler.sync(this);
                        _la = this.tokenStream.LA(1);
                        if (_la === 43) {
                            {
                                this.state = 346;
                                this.match(KsqlParser.INNER);
                            }
                        }
                    }
                    break;
                case KsqlParser.FULL:
                case KsqlParser.LEFT:
                case KsqlParser.RIGHT:
                    this.enterOuterAlt(localContext, 2);
                    {
                        this.state = 349;
                        _la = this.tokenStream.LA(1);
                        if (!(_la === 31 || _la === 49 || _la === 72)) {
                            this.errorHandler.recoverInline(this);
                        }
                        else {
                            this.errorHandler.reportMatch(this);
                            this.consume();
                        }
                        this.state = 351;
                        this.errorHandler.sync(this);
                        _la = this.tokenStream.LA(1);
                        if (_la === 65) {
                            {
                                this.state = 350;
                                this.match(KsqlParser.OUTER);
                            }
                        }
                    }
                    break;
                default:
                    throw new antlr.NoViableAltException(this);
            }
        }
        catch (re) {
            if (re instanceof antlr.RecognitionException) {
                this.errorHandler.reportError(this, re);
                this.errorHandler.recover(this, re);
            }
            else {
                throw re;
            }
        }
        finally {
            this.exitRule();
        }
        return localContext;
    }
    within() {
        let localContext = new WithinContext(this.context, this.state);
        this.enterRule(localContext, 28, KsqlParser.RULE_within);
        let _la;
        try {
            this.enterOuterAlt(localContext, 1);
            {
                this.state = 355;
                this.match(KsqlParser.WITHIN);
                this.state = 363;
                this.errorHandler.sync(this);
                switch (this.tokenStream.LA(1)) {
                    case KsqlParser.INTEGER:
                        {
                            this.state = 356;
                            this.duration();
                        }
                        break;
                    case KsqlParser.OPEN:
                        {
                            this.state = 357;
                            this.match(KsqlParser.OPEN);
                            this.state = 358;
                            this.duration();
                            this.state = 359;
                            this.match(KsqlParser.COMMA);
                            this.state = 360;
                            this.duration();
                            this.state = 361;
                            this.match(KsqlParser.CLOSE);
                        }
                        break;
                    default:
                        throw new antlr.NoViableAltException(this);
                }
                this.state = 368;
                this.errorHandler.sync(this);
                _la = this.tokenStream.LA(1);
                if (_la === 32) {
                    {
                        this.state = 365;
                        this.match(KsqlParser.GRACE);
                        this.state = 366;
                        this.match(KsqlParser.PERIOD);
                        this.state = 367;
                        localContext._grace = this.duration();
                    }
                }
            }
        }
        catch (re) {
            if (re instanceof antlr.RecognitionException) {
                this.errorHandler.reportError(this, re);
                this.errorHandler.recover(this, re);
            }
            else {
                throw re;
            }
        }
        finally {
            this.exitRule();
        }
        return localContext;
    }
    clause() {
        let localContext = new ClauseContext(this.context, this.state);
        this.enterRule(localContext, 30, KsqlParser.RULE_clause);
        let _la;
        try {
            this.state = 407;
            this.errorHandler.sync(this);
            switch (this.tokenStream.LA(1)) {
                case KsqlParser.WINDOW:
                    localContext = new WindowClauseContext(localContext);
                    this.enterOuterAlt(localContext, 1);
                    {
                        this.state = 370;
                        this.match(KsqlParser.WINDOW);
                        this.state = 371;
                        this.window();
                    }
                    break;
                case KsqlParser.WHERE:
                    localContext = new WhereClauseContext(localContext);
                    this.enterOuterAlt(localContext, 2);
                    {
                        this.state = 372;
                        this.match(KsqlParser.WHERE);
                        this.state = 373;
                        this.expression(0);
                    }
                    break;
                case KsqlParser.GROUP:
                    localContext = new GroupByClauseContext(localContext);
                    this.enterOuterAlt(localContext, 3);
                    {
                        this.state = 374;
                        this.match(KsqlParser.GROUP);
                        this.state = 375;
                        this.match(KsqlParser.BY);
                        this.state = 376;
                        this.expressionList();
                    }
                    break;
                case KsqlParser.PARTITION:
                    localContext = new PartitionByClauseContext(localContext);
                    this.enterOuterAlt(localContext, 4);
                    {
                        this.state = 377;
                        this.match(KsqlParser.PARTITION);
                        this.state = 378;
                        this.match(KsqlParser.BY);
                        this.state = 379;
                        this.expressionList();
                    }
                    break;
                case KsqlParser.HAVING:
                    localContext = new HavingClauseContext(localContext);
                    this.enterOuterAlt(localContext, 5);
                    {
                        this.state = 380;
                        this.match(KsqlParser.HAVING);
                        this.state = 381;
                        this.expression(0);
                    }
                    break;
                case KsqlParser.EMIT:
                    localContext = new EmitClauseContext(localContext);
                    this.enterOuterAlt(localContext, 6);
                    {
                        this.state = 382;
                        this.match(KsqlParser.EMIT);
                        this.state = 383;
                        _la = this.tokenStream.LA(1);
                        if (!(_la === 12 || _la === 29)) {
                            this.errorHandler.recoverInline(this);
                        }
                        else {
                            this.errorHandler.reportMatch(this);
                            this.consume();
                        }
                    }
                    break;
                case KsqlParser.LIMIT:
                    localContext = new LimitClauseContext(localContext);
                    this.enterOuterAlt(localContext, 7);
                    {
                        this.state = 384;
                        this.match(KsqlParser.LIMIT);
                        this.state = 385;
                        this.match(KsqlParser.INTEGER);
                    }
                    break;
                case KsqlParser.ORDER:
                    localContext = new OrderByClauseContext(localContext);
                    this.enterOuterAlt(localContext, 8);
                    {
                        this.state = 386;
                        this.match(KsqlParser.ORDER);
                        this.state = 387;
                        this.match(KsqlParser.BY);
                        this.state = 388;
                        this.expression(0);
                        this.state = 390;
                        this.errorHandler.sync(this);
                        _la = this.tokenStream.LA(1);
                        if (_la === 6 || _la === 18) {
                            {
                                this.state = 389;
                                _la = this.tokenStream.LA(1);
                                if (!(_la === 6 || _la === 18)) {
                                    this.errorHandler.recoverInline(this);
                                }
                                else {
                                    this.errorHandler.reportMatch(this);
                                    this.consume();
                                }
                            }
                        }
                        this.state = 399;
                        this.errorHandler.sync(this);
                        _la = this.tokenStream.LA(1);
                        while (_la === 120) {
                            {
                                {
                                    this.state = 392;
                                    this.match(KsqlParser.COMMA);
                                    this.state = 393;
                                    this.expression(0);
                                    this.state = 395;
                                    this.errorHandler.sync(this);
                                    _la = this.tokenStream.LA(1);
                                    if (_la === 6 || _la === 18) {
                                        {
                                            this.state = 394;
                                            _la = this.tokenStream.LA(1);
                                            if (!(_la === 6 || _la === 18)) {
                                                this.errorHandler.recoverInline(this);
                                            }
                                            else {
                                                this.errorHandler.reportMatch(this);
                                                this.consume();
                                            }
                                        }
                                    }
                                }
                            }
                            this.state = 401;
                            this.errorHandler.sync(this);
                            _la = this.tokenStream.LA(1);
                        }
                    }
                    break;
                case KsqlParser.UNION:
                    localContext = new UnionClauseContext(localContext);
                    this.enterOuterAlt(localContext, 9);
                    {
                        this.state = 402;
                        this.match(KsqlParser.UNION);
                        this.state = 404;
                        this.errorHandler.sync(this);
                        _la = this.tokenStream.LA(1);
                        if (_la === 2) {
                            {
                                this.state = 403;
                                this.match(KsqlParser.ALL);
                            }
                        }
                        this.state = 406;
                        this.query();
                    }
                    break;
                default:
                    throw new antlr.NoViableAltException(this);
            }
        }
        catch (re) {
            if (re instanceof antlr.RecognitionException) {
                this.errorHandler.reportError(this, re);
                this.errorHandler.recover(this, re);
            }
            else {
                throw re;
            }
        }
        finally {
            this.exitRule();
        }
        return localContext;
    }
    window() {
        let localContext = new WindowContext(this.context, this.state);
        this.enterRule(localContext, 32, KsqlParser.RULE_window);
        try {
            this.state = 433;
            this.errorHandler.sync(this);
            switch (this.tokenStream.LA(1)) {
                case KsqlParser.TUMBLING:
                    this.enterOuterAlt(localContext, 1);
                    {
                        this.state = 409;
                        this.match(KsqlParser.TUMBLING);
                        this.state = 410;
                        this.match(KsqlParser.OPEN);
                        this.state = 411;
                        this.match(KsqlParser.SIZE);
                        this.state = 412;
                        localContext._size = this.duration();
                        this.state = 413;
                        this.windowTimes();
                        this.state = 414;
                        this.match(KsqlParser.CLOSE);
                    }
                    break;
                case KsqlParser.HOPPING:
                    this.enterOuterAlt(localContext, 2);
                    {
                        this.state = 416;
                        this.match(KsqlParser.HOPPING);
                        this.state = 417;
                        this.match(KsqlParser.OPEN);
                        this.state = 418;
                        this.match(KsqlParser.SIZE);
                        this.state = 419;
                        localContext._size = this.duration();
                        this.state = 420;
                        this.match(KsqlParser.COMMA);
                        this.state = 421;
                        this.match(KsqlParser.ADVANCE);
                        this.state = 422;
                        this.match(KsqlParser.BY);
                        this.state = 423;
                        localContext._advance = this.duration();
                        this.state = 424;
                        this.windowTimes();
                        this.state = 425;
                        this.match(KsqlParser.CLOSE);
                    }
                    break;
                case KsqlParser.SESSION:
                    this.enterOuterAlt(localContext, 3);
                    {
                        this.state = 427;
                        this.match(KsqlParser.SESSION);
                        this.state = 428;
                        this.match(KsqlParser.OPEN);
                        this.state = 429;
                        localContext._size = this.duration();
                        this.state = 430;
                        this.windowTimes();
                        this.state = 431;
                        this.match(KsqlParser.CLOSE);
                    }
                    break;
                default:
                    throw new antlr.NoViableAltException(this);
            }
        }
        catch (re) {
            if (re instanceof antlr.RecognitionException) {
                this.errorHandler.reportError(this, re);
                this.errorHandler.recover(this, re);
            }
            else {
                throw re;
            }
        }
        finally {
            this.exitRule();
        }
        return localContext;
    }
    windowTimes() {
        let localContext = new WindowTimesContext(this.context, this.state);
        this.enterRule(localContext, 34, KsqlParser.RULE_windowTimes);
        let _la;
        try {
            this.enterOuterAlt(localContext, 1);
            {
                this.state = 438;
                this.errorHandler.sync(this);
                switch (this.interpreter.adaptivePredict(this.tokenStream, 64, this.context)) {
                    case 1:
                        {
                            this.state = 435;
                            this.match(KsqlParser.COMMA);
                            this.state = 436;
                            this.match(KsqlParser.RETENTION);
                            this.state = 437;
                            localContext._retention = this.duration();
                        }
                        break;
                }
                this.state = 444;
                this.errorHandler.sync(this);
                switch (this.interpreter.adaptivePredict(this.tokenStream, 65, this.context)) {
                    case 1:
                        {
                            this.state = 440;
                            this.match(KsqlParser.COMMA);
                            this.state = 441;
                            this.match(KsqlParser.GRACE);
                            this.state = 442;
                            this.match(KsqlParser.PERIOD);
                            this.state = 443;
                            localContext._grace = this.duration();
                        }
                        break;
                }
                this.state = 449;
                this.errorHandler.sync(this);
                _la = this.tokenStream.LA(1);
                if (_la === 120) {
                    {
                        this.state = 446;
                        this.match(KsqlParser.COMMA);
                        this.state = 447;
                        localContext._misplaced = this.match(KsqlParser.RETENTION);
                        this.state = 448;
                        this.duration();
                    }
                }
            }
        }
        catch (re) {
            if (re instanceof antlr.RecognitionException) {
                this.errorHandler.reportError(this, re);
                this.errorHandler.recover(this, re);
            }
            else {
                throw re;
            }
        }
        finally {
            this.exitRule();
        }
        return localContext;
    }
    duration() {
        let localContext = new DurationContext(this.context, this.state);
        this.enterRule(localContext, 36, KsqlParser.RULE_duration);
        try {
            this.enterOuterAlt(localContext, 1);
            {
                this.state = 451;
                this.match(KsqlParser.INTEGER);
                this.state = 452;
                this.timeUnit();
            }
        }
        catch (re) {
            if (re instanceof antlr.RecognitionException) {
                this.errorHandler.reportError(this, re);
                this.errorHandler.recover(this, re);
            }
            else {
                throw re;
            }
        }
        finally {
            this.exitRule();
        }
        return localContext;
    }
    timeUnit() {
        let localContext = new TimeUnitContext(this.context, this.state);
        this.enterRule(localContext, 38, KsqlParser.RULE_timeUnit);
        let _la;
        try {
            this.enterOuterAlt(localContext, 1);
            {
                this.state = 454;
                _la = this.tokenStream.LA(1);
                if (!(_la === 14 || _la === 15 || ((((_la - 38)) & ~0x1F) === 0 && ((1 << (_la - 38)) & 4128771) !== 0) || ((((_la - 74)) & ~0x1F) === 0 && ((1 << (_la - 74)) & 805306371) !== 0))) {
                    this.errorHandler.recoverInline(this);
                }
                else {
                    this.errorHandler.reportMatch(this);
                    this.consume();
                }
            }
        }
        catch (re) {
            if (re instanceof antlr.RecognitionException) {
                this.errorHandler.reportError(this, re);
                this.errorHandler.recover(this, re);
            }
            else {
                throw re;
            }
        }
        finally {
            this.exitRule();
        }
        return localContext;
    }
    expressionList() {
        let localContext = new ExpressionListContext(this.context, this.state);
        this.enterRule(localContext, 40, KsqlParser.RULE_expressionList);
        let _la;
        try {
            this.state = 474;
            this.errorHandler.sync(this);
            switch (this.interpreter.adaptivePredict(this.tokenStream, 69, this.context)) {
                case 1:
                    this.enterOuterAlt(localContext, 1);
                    {
                        this.state = 456;
                        this.match(KsqlParser.OPEN);
                        this.state = 457;
                        this.expression(0);
                        this.state = 460;
                        this.errorHandler.sync(this);
                        _la = this.tokenStream.LA(1);
                        do {
                            {
                                {
                                    this.state = 458;
                                    this.match(KsqlParser.COMMA);
                                    this.state = 459;
                                    this.expression(0);
                                }
                            }
                            this.state = 462;
                            this.errorHandler.sync(this);
                            _la = this.tokenStream.LA(1);
                        } while (_la === 120);
                        this.state = 464;
                        this.match(KsqlParser.CLOSE);
                    }
                    break;
                case 2:
                    this.enterOuterAlt(localContext, 2);
                    {
                        this.state = 466;
                        this.expression(0);
                        this.state = 471;
                        this.errorHandler.sync(this);
                        _la = this.tokenStream.LA(1);
                        while (_la === 120) {
                            {
                                {
                                    this.state = 467;
                                    this.match(KsqlParser.COMMA);
                                    this.state = 468;
                                    this.expression(0);
                                }
                            }
                            this.state = 473;
                            this.errorHandler.sync(this);
                            _la = this.tokenStream.LA(1);
                        }
                    }
                    break;
            }
        }
        catch (re) {
            if (re instanceof antlr.RecognitionException) {
                this.errorHandler.reportError(this, re);
                this.errorHandler.recover(this, re);
            }
            else {
                throw re;
            }
        }
        finally {
            this.exitRule();
        }
        return localContext;
    }
    expression(_p) {
        if (_p === undefined) {
            _p = 0;
        }
        let parentContext = this.context;
        let parentState = this.state;
        let localContext = new ExpressionContext(this.context, parentState);
        let previousContext = localContext;
        let _startState = 42;
        this.enterRecursionRule(localContext, 42, KsqlParser.RULE_expression, _p);
        try {
            let alternative;
            this.enterOuterAlt(localContext, 1);
            {
                this.state = 480;
                this.errorHandler.sync(this);
                switch (this.tokenStream.LA(1)) {
                    case KsqlParser.NOT:
                        {
                            localContext = new NotContext(localContext);
                            this.context = localContext;
                            previousContext = localContext;
                            this.state = 477;
                            this.match(KsqlParser.NOT);
                            this.state = 478;
                            this.expression(4);
                        }
                        break;
                    case KsqlParser.ARRAY:
                    case KsqlParser.ASC:
                    case KsqlParser.ASSERT:
                    case KsqlParser.CASE:
                    case KsqlParser.CAST:
                    case KsqlParser.CHANGES:
                    case KsqlParser.DAY:
                    case KsqlParser.DESC:
                    case KsqlParser.EMIT:
                    case KsqlParser.ESCAPE:
                    case KsqlParser.FALSE:
                    case KsqlParser.FINAL:
                    case KsqlParser.GRACE:
                    case KsqlParser.HEADER:
                    case KsqlParser.HEADERS:
                    case KsqlParser.HOUR:
                    case KsqlParser.ID:
                    case KsqlParser.IF:
                    case KsqlParser.KEY:
                    case KsqlParser.MAP:
                    case KsqlParser.MINUTE:
                    case KsqlParser.MONTH:
                    case KsqlParser.NULL:
                    case KsqlParser.ORDER:
                    case KsqlParser.PARTITION:
                    case KsqlParser.PERIOD:
                    case KsqlParser.PRIMARY:
                    case KsqlParser.REPLACE:
                    case KsqlParser.SCHEMA:
                    case KsqlParser.SECOND:
                    case KsqlParser.SESSION:
                    case KsqlParser.SHOW:
                    case KsqlParser.SOURCE:
                    case KsqlParser.STRUCT:
                    case KsqlParser.SUBJECT:
                    case KsqlParser.TABLES:
                    case KsqlParser.TIMEOUT:
                    case KsqlParser.TRUE:
                    case KsqlParser.UNION:
                    case KsqlParser.USING:
                    case KsqlParser.YEAR:
                    case KsqlParser.PLUS:
                    case KsqlParser.MINUS:
                    case KsqlParser.OPEN:
                    case KsqlParser.STRING:
                    case KsqlParser.INTEGER:
                    case KsqlParser.DECIMAL_NUMBER:
                    case KsqlParser.FLOAT_NUMBER:
                    case KsqlParser.IDENTIFIER:
                    case KsqlParser.QUOTED_IDENTIFIER:
                    case KsqlParser.VARIABLE:
                        {
                            localContext = new SingleContext(localContext);
                            this.context = localContext;
                            previousContext = localContext;
                            this.state = 479;
                            this.predicate();
                        }
                        break;
                    default:
                        throw new antlr.NoViableAltException(this);
                }
                this.context.stop = this.tokenStream.LT(-1);
                this.state = 490;
                this.errorHandler.sync(this);
                alternative = this.interpreter.adaptivePredict(this.tokenStream, 72, this.context);
                while (alternative !== 2 && alternative !== antlr.ATN.INVALID_ALT_NUMBER) {
                    if (alternative === 1) {
                        if (this.parseListeners != null) {
                            this.triggerExitRuleEvent();
                        }
                        previousContext = localContext;
                        {
                            this.state = 488;
                            this.errorHandler.sync(this);
                            switch (this.interpreter.adaptivePredict(this.tokenStream, 71, this.context)) {
                                case 1:
                                    {
                                        localContext = new AndContext(new ExpressionContext(parentContext, parentState));
                                        this.pushNewRecursionContext(localContext, _startState, KsqlParser.RULE_expression);
                                        this.state = 482;
                                        if (!(this.precpred(this.context, 3))) {
                                            throw this.createFailedPredicateException("this.precpred(this.context, 3)");
                                        }
                                        this.state = 483;
                                        this.match(KsqlParser.AND);
                                        this.state = 484;
                                        this.expression(4);
                                    }
                                    break;
                                case 2:
                                    {
                                        localContext = new OrContext(new ExpressionContext(parentContext, parentState));
                                        this.pushNewRecursionContext(localContext, _startState, KsqlParser.RULE_expression);
                                        this.state = 485;
                                        if (!(this.precpred(this.context, 2))) {
                                            throw this.createFailedPredicateException("this.precpred(this.context, 2)");
                                        }
                                        this.state = 486;
                                        this.match(KsqlParser.OR);
                                        this.state = 487;
                                        this.expression(3);
                                    }
                                    break;
                            }
                        }
                    }
                    this.state = 492;
                    this.errorHandler.sync(this);
                    alternative = this.interpreter.adaptivePredict(this.tokenStream, 72, this.context);
                }
            }
        }
        catch (re) {
            if (re instanceof antlr.RecognitionException) {
                this.errorHandler.reportError(this, re);
                this.errorHandler.recover(this, re);
            }
            else {
                throw re;
            }
        }
        finally {
            this.unrollRecursionContexts(parentContext);
        }
        return localContext;
    }
    predicate() {
        let localContext = new PredicateContext(this.context, this.state);
        this.enterRule(localContext, 44, KsqlParser.RULE_predicate);
        try {
            this.enterOuterAlt(localContext, 1);
            {
                this.state = 493;
                this.value(0);
                this.state = 495;
                this.errorHandler.sync(this);
                switch (this.interpreter.adaptivePredict(this.tokenStream, 73, this.context)) {
                    case 1:
                        {
                            this.state = 494;
                            this.condition();
                        }
                        break;
                }
            }
        }
        catch (re) {
            if (re instanceof antlr.RecognitionException) {
                this.errorHandler.reportError(this, re);
                this.errorHandler.recover(this, re);
            }
            else {
                throw re;
            }
        }
        finally {
            this.exitRule();
        }
        return localContext;
    }
    condition() {
        let localContext = new ConditionContext(this.context, this.state);
        this.enterRule(localContext, 46, KsqlParser.RULE_condition);
        let _la;
        try {
            this.state = 543;
            this.errorHandler.sync(this);
            switch (this.interpreter.adaptivePredict(this.tokenStream, 81, this.context)) {
                case 1:
                    localContext = new ComparisonContext(localContext);
                    this.enterOuterAlt(localContext, 1);
                    {
                        this.state = 497;
                        localContext._op = this.tokenStream.LT(1);
                        _la = this.tokenStream.LA(1);
                        if (!(((((_la - 105)) & ~0x1F) === 0 && ((1 << (_la - 105)) & 63) !== 0))) {
                            localContext._op = this.errorHandler.recoverInline(this);
                        }
                        else {
                            this.errorHandler.reportMatch(this);
                            this.consume();
                        }
                        this.state = 498;
                        this.value(0);
                    }
                    break;
                case 2:
                    localContext = new BetweenContext(localContext);
                    this.enterOuterAlt(localContext, 2);
                    {
                        this.state = 500;
                        this.errorHandler.sync(this);
                        _la = this.tokenStream.LA(1);
                        if (_la === 60) {
                            {
                                this.state = 499;
                                this.match(KsqlParser.NOT);
                            }
                        }
                        this.state = 502;
                        this.match(KsqlParser.BETWEEN);
                        this.state = 503;
                        this.value(0);
                        this.state = 504;
                        this.match(KsqlParser.AND);
                        this.state = 505;
                        this.value(0);
                    }
                    break;
                case 3:
                    localContext = new InContext(localContext);
                    this.enterOuterAlt(localContext, 3);
                    {
                        this.state = 508;
                        this.errorHandler.sync(this);
                        _la = this.tokenStream.LA(1);
                        if (_la === 60) {
                            {
                                this.state = 507;
                                this.match(KsqlParser.NOT);
                            }
                        }
                        this.state = 510;
                        this.match(KsqlParser.IN);
                        this.state = 511;
                        this.match(KsqlParser.OPEN);
                        this.state = 512;
                        this.expression(0);
                        this.state = 517;
                        this.errorHandler.sync(this);
                        _la = this.tokenStream.LA(1);
                        while (_la === 120) {
                            {
                                {
                                    this.state = 513;
                                    this.match(KsqlParser.COMMA);
                                    this.state = 514;
                                    this.expression(0);
                                }
                            }
                            this.state = 519;
                            this.errorHandler.sync(this);
                            _la = this.tokenStream.LA(1);
                        }
                        this.state = 520;
                        this.match(KsqlParser.CLOSE);
                    }
                    break;
                case 4:
                    localContext = new LikeContext(localContext);
                    this.enterOuterAlt(localContext, 4);
                    {
                        this.state = 523;
                        this.errorHandler.sync(this);
                        _la = this.tokenStream.LA(1);
                        if (_la === 60) {
                            {
                                this.state = 522;
                                this.match(KsqlParser.NOT);
                            }
                        }
                        this.state = 525;
                        this.match(KsqlParser.LIKE);
                        this.state = 526;
                        this.value(0);
                        this.state = 529;
                        this.errorHandler.sync(this);
                        switch (this.interpreter.adaptivePredict(this.tokenStream, 78, this.context)) {
                            case 1:
                                {
                                    this.state = 527;
                                    this.match(KsqlParser.ESCAPE);
                                    this.state = 528;
                                    this.match(KsqlParser.STRING);
                                }
                                break;
                        }
                    }
                    break;
                case 5:
                    localContext = new IsNullContext(localContext);
                    this.enterOuterAlt(localContext, 5);
                    {
                        this.state = 531;
                        this.match(KsqlParser.IS);
                        this.state = 533;
                        this.errorHandler.sync(this);
                        _la = this.tokenStream.LA(1);
                        if (_la === 60) {
                            {
                                this.state = 532;
                                this.match(KsqlParser.NOT);
                            }
                        }
                        this.state = 535;
                        this.match(KsqlParser.NULL);
                    }
                    break;
                case 6:
                    localContext = new IsDistinctContext(localContext);
                    this.enterOuterAlt(localContext, 6);
                    {
                        this.state = 536;
                        this.match(KsqlParser.IS);
                        this.state = 538;
                        this.errorHandler.sync(this);
                        _la = this.tokenStream.LA(1);
                        if (_la === 60) {
                            {
                                this.state = 537;
                                this.match(KsqlParser.NOT);
                            }
                        }
                        this.state = 540;
                        this.match(KsqlParser.DISTINCT);
                        this.state = 541;
                        this.match(KsqlParser.FROM);
                        this.state = 542;
                        this.value(0);
                    }
                    break;
            }
        }
        catch (re) {
            if (re instanceof antlr.RecognitionException) {
                this.errorHandler.reportError(this, re);
                this.errorHandler.recover(this, re);
            }
            else {
                throw re;
            }
        }
        finally {
            this.exitRule();
        }
        return localContext;
    }
    value(_p) {
        if (_p === undefined) {
            _p = 0;
        }
        let parentContext = this.context;
        let parentState = this.state;
        let localContext = new ValueContext(this.context, parentState);
        let previousContext = localContext;
        let _startState = 48;
        this.enterRecursionRule(localContext, 48, KsqlParser.RULE_value, _p);
        let _la;
        try {
            let alternative;
            this.enterOuterAlt(localContext, 1);
            {
                this.state = 549;
                this.errorHandler.sync(this);
                switch (this.tokenStream.LA(1)) {
                    case KsqlParser.ARRAY:
                    case KsqlParser.ASC:
                    case KsqlParser.ASSERT:
                    case KsqlParser.CASE:
                    case KsqlParser.CAST:
                    case KsqlParser.CHANGES:
                    case KsqlParser.DAY:
                    case KsqlParser.DESC:
                    case KsqlParser.EMIT:
                    case KsqlParser.ESCAPE:
                    case KsqlParser.FALSE:
                    case KsqlParser.FINAL:
                    case KsqlParser.GRACE:
                    case KsqlParser.HEADER:
                    case KsqlParser.HEADERS:
                    case KsqlParser.HOUR:
                    case KsqlParser.ID:
                    case KsqlParser.IF:
                    case KsqlParser.KEY:
                    case KsqlParser.MAP:
                    case KsqlParser.MINUTE:
                    case KsqlParser.MONTH:
                    case KsqlParser.NULL:
                    case KsqlParser.ORDER:
                    case KsqlParser.PARTITION:
                    case KsqlParser.PERIOD:
                    case KsqlParser.PRIMARY:
                    case KsqlParser.REPLACE:
                    case KsqlParser.SCHEMA:
                    case KsqlParser.SECOND:
                    case KsqlParser.SESSION:
                    case KsqlParser.SHOW:
                    case KsqlParser.SOURCE:
                    case KsqlParser.STRUCT:
                    case KsqlParser.SUBJECT:
                    case KsqlParser.TABLES:
                    case KsqlParser.TIMEOUT:
                    case KsqlParser.TRUE:
                    case KsqlParser.UNION:
                    case KsqlParser.USING:
                    case KsqlParser.YEAR:
                    case KsqlParser.OPEN:
                    case KsqlParser.STRING:
                    case KsqlParser.INTEGER:
                    case KsqlParser.DECIMAL_NUMBER:
                    case KsqlParser.FLOAT_NUMBER:
                    case KsqlParser.IDENTIFIER:
                    case KsqlParser.QUOTED_IDENTIFIER:
                    case KsqlParser.VARIABLE:
                        {
                            localContext = new OperandContext(localContext);
                            this.context = localContext;
                            previousContext = localContext;
                            this.state = 546;
                            this.primary(0);
                        }
                        break;
                    case KsqlParser.PLUS:
                    case KsqlParser.MINUS:
                        {
                            localContext = new SignContext(localContext);
                            this.context = localContext;
                            previousContext = localContext;
                            this.state = 547;
                            localContext._op = this.tokenStream.LT(1);
                            _la = this.tokenStream.LA(1);
                            if (!(_la === 111 || _la === 112)) {
                                localContext._op = this.errorHandler.recoverInline(this);
                            }
                            else {
                                this.errorHandler.reportMatch(this);
                                this.consume();
                            }
                            this.state = 548;
                            this.value(4);
                        }
                        break;
                    default:
                        throw new antlr.NoViableAltException(this);
                }
                this.context.stop = this.tokenStream.LT(-1);
                this.state = 562;
                this.errorHandler.sync(this);
                alternative = this.interpreter.adaptivePredict(this.tokenStream, 84, this.context);
                while (alternative !== 2 && alternative !== antlr.ATN.INVALID_ALT_NUMBER) {
                    if (alternative === 1) {
                        if (this.parseListeners != null) {
                            this.triggerExitRuleEvent();
                        }
                        previousContext = localContext;
                        {
                            this.state = 560;
                            this.errorHandler.sync(this);
                            switch (this.interpreter.adaptivePredict(this.tokenStream, 83, this.context)) {
                                case 1:
                                    {
                                        localContext = new ArithmeticContext(new ValueContext(parentContext, parentState));
                                        this.pushNewRecursionContext(localContext, _startState, KsqlParser.RULE_value);
                                        this.state = 551;
                                        if (!(this.precpred(this.context, 3))) {
                                            throw this.createFailedPredicateException("this.precpred(this.context, 3)");
                                        }
                                        this.state = 552;
                                        localContext._op = this.tokenStream.LT(1);
                                        _la = this.tokenStream.LA(1);
                                        if (!(((((_la - 113)) & ~0x1F) === 0 && ((1 << (_la - 113)) & 7) !== 0))) {
                                            localContext._op = this.errorHandler.recoverInline(this);
                                        }
                                        else {
                                            this.errorHandler.reportMatch(this);
                                            this.consume();
                                        }
                                        this.state = 553;
                                        this.value(4);
                                    }
                                    break;
                                case 2:
                                    {
                                        localContext = new ArithmeticContext(new ValueContext(parentContext, parentState));
                                        this.pushNewRecursionContext(localContext, _startState, KsqlParser.RULE_value);
                                        this.state = 554;
                                        if (!(this.precpred(this.context, 2))) {
                                            throw this.createFailedPredicateException("this.precpred(this.context, 2)");
                                        }
                                        this.state = 555;
                                        localContext._op = this.tokenStream.LT(1);
                                        _la = this.tokenStream.LA(1);
                                        if (!(_la === 111 || _la === 112)) {
                                            localContext._op = this.errorHandler.recoverInline(this);
                                        }
                                        else {
                                            this.errorHandler.reportMatch(this);
                                            this.consume();
                                        }
                                        this.state = 556;
                                        this.value(3);
                                    }
                                    break;
                                case 3:
                                    {
                                        localContext = new ConcatenateContext(new ValueContext(parentContext, parentState));
                                        this.pushNewRecursionContext(localContext, _startState, KsqlParser.RULE_value);
                                        this.state = 557;
                                        if (!(this.precpred(this.context, 1))) {
                                            throw this.createFailedPredicateException("this.precpred(this.context, 1)");
                                        }
                                        this.state = 558;
                                        this.match(KsqlParser.CONCATENATE);
                                        this.state = 559;
                                        this.value(2);
                                    }
                                    break;
                            }
                        }
                    }
                    this.state = 564;
                    this.errorHandler.sync(this);
                    alternative = this.interpreter.adaptivePredict(this.tokenStream, 84, this.context);
                }
            }
        }
        catch (re) {
            if (re instanceof antlr.RecognitionException) {
                this.errorHandler.reportError(this, re);
                this.errorHandler.recover(this, re);
            }
            else {
                throw re;
            }
        }
        finally {
            this.unrollRecursionContexts(parentContext);
        }
        return localContext;
    }
    primary(_p) {
        if (_p === undefined) {
            _p = 0;
        }
        let parentContext = this.context;
        let parentState = this.state;
        let localContext = new PrimaryContext(this.context, parentState);
        let previousContext = localContext;
        let _startState = 50;
        this.enterRecursionRule(localContext, 50, KsqlParser.RULE_primary, _p);
        let _la;
        try {
            let alternative;
            this.enterOuterAlt(localContext, 1);
            {
                this.state = 668;
                this.errorHandler.sync(this);
                switch (this.interpreter.adaptivePredict(this.tokenStream, 97, this.context)) {
                    case 1:
                        {
                            localContext = new ConstantContext(localContext);
                            this.context = localContext;
                            previousContext = localContext;
                            this.state = 566;
                            this.literal();
                        }
                        break;
                    case 2:
                        {
                            localContext = new CaseContext(localContext);
                            this.context = localContext;
                            previousContext = localContext;
                            this.state = 567;
                            this.match(KsqlParser.CASE);
                            this.state = 569;
                            this.errorHandler.sync(this);
                            _la = this.tokenStream.LA(1);
                            if ((((_la) & ~0x1F) === 0 && ((1 << _la) & 847535312) !== 0) || ((((_la - 32)) & ~0x1F) === 0 && ((1 << (_la - 32)) & 891355993) !== 0) || ((((_la - 64)) & ~0x1F) === 0 && ((1 << (_la - 64)) & 3529074269) !== 0) || ((((_la - 102)) & ~0x1F) === 0 && ((1 << (_la - 102)) & 3189769729) !== 0) || _la === 134) {
                                {
                                    this.state = 568;
                                    localContext._operand = this.expression(0);
                                }
                            }
                            this.state = 576;
                            this.errorHandler.sync(this);
                            _la = this.tokenStream.LA(1);
                            do {
                                {
                                    {
                                        this.state = 571;
                                        this.match(KsqlParser.WHEN);
                                        this.state = 572;
                                        this.expression(0);
                                        this.state = 573;
                                        this.match(KsqlParser.THEN);
                                        this.state = 574;
                                        this.expression(0);
                                    }
                                }
                                this.state = 578;
                                this.errorHandler.sync(this);
                                _la = this.tokenStream.LA(1);
                            } while (_la === 97);
                            this.state = 582;
                            this.errorHandler.sync(this);
                            _la = this.tokenStream.LA(1);
                            if (_la === 22) {
                                {
                                    this.state = 580;
                                    this.match(KsqlParser.ELSE);
                                    this.state = 581;
                                    localContext._otherwise = this.expression(0);
                                }
                            }
                            this.state = 584;
                            this.match(KsqlParser.END);
                        }
                        break;
                    case 3:
                        {
                            localContext = new CastContext(localContext);
                            this.context = localContext;
                            previousContext = localContext;
                            this.state = 586;
                            this.match(KsqlParser.CAST);
                            this.state = 587;
                            this.match(KsqlParser.OPEN);
                            this.state = 588;
                            this.expression(0);
                            this.state = 589;
                            this.match(KsqlParser.AS);
                            this.state = 590;
                            this.type_();
                            this.state = 591;
                            this.match(KsqlParser.CLOSE);
                        }
                        break;
                    case 4:
                        {
                            localContext = new ArrayContext(localContext);
                            this.context = localContext;
                            previousContext = localContext;
                            this.state = 593;
                            this.match(KsqlParser.ARRAY);
                            this.state = 594;
                            this.match(KsqlParser.OPEN_BRACKET);
                            this.state = 603;
                            this.errorHandler.sync(this);
                            _la = this.tokenStream.LA(1);
                            if ((((_la) & ~0x1F) === 0 && ((1 << _la) & 847535312) !== 0) || ((((_la - 32)) & ~0x1F) === 0 && ((1 << (_la - 32)) & 891355993) !== 0) || ((((_la - 64)) & ~0x1F) === 0 && ((1 << (_la - 64)) & 3529074269) !== 0) || ((((_la - 102)) & ~0x1F) === 0 && ((1 << (_la - 102)) & 3189769729) !== 0) || _la === 134) {
                                {
                                    this.state = 595;
                                    this.expression(0);
                                    this.state = 600;
                                    this.errorHandler.sync(this);
                                    _la = this.tokenStream.LA(1);
                                    while (_la === 120) {
                                        {
                                            {
                                                this.state = 596;
                                                this.match(KsqlParser.COMMA);
                                                this.state = 597;
                                                this.expression(0);
                                            }
                                        }
                                        this.state = 602;
                                        this.errorHandler.sync(this);
                                        _la = this.tokenStream.LA(1);
                                    }
                                }
                            }
                            this.state = 605;
                            this.match(KsqlParser.CLOSE_BRACKET);
                        }
                        break;
                    case 5:
                        {
                            localContext = new MapContext(localContext);
                            this.context = localContext;
                            previousContext = localContext;
                            this.state = 606;
                            this.match(KsqlParser.MAP);
                            this.state = 607;
                            this.match(KsqlParser.OPEN);
                            this.state = 616;
                            this.errorHandler.sync(this);
                            _la = this.tokenStream.LA(1);
                            if ((((_la) & ~0x1F) === 0 && ((1 << _la) & 847535312) !== 0) || ((((_la - 32)) & ~0x1F) === 0 && ((1 << (_la - 32)) & 891355993) !== 0) || ((((_la - 64)) & ~0x1F) === 0 && ((1 << (_la - 64)) & 3529074269) !== 0) || ((((_la - 102)) & ~0x1F) === 0 && ((1 << (_la - 102)) & 3189769729) !== 0) || _la === 134) {
                                {
                                    this.state = 608;
                                    this.entry();
                                    this.state = 613;
                                    this.errorHandler.sync(this);
                                    _la = this.tokenStream.LA(1);
                                    while (_la === 120) {
                                        {
                                            {
                                                this.state = 609;
                                                this.match(KsqlParser.COMMA);
                                                this.state = 610;
                                                this.entry();
                                            }
                                        }
                                        this.state = 615;
                                        this.errorHandler.sync(this);
                                        _la = this.tokenStream.LA(1);
                                    }
                                }
                            }
                            this.state = 618;
                            this.match(KsqlParser.CLOSE);
                        }
                        break;
                    case 6:
                        {
                            localContext = new StructContext(localContext);
                            this.context = localContext;
                            previousContext = localContext;
                            this.state = 619;
                            this.match(KsqlParser.STRUCT);
                            this.state = 620;
                            this.match(KsqlParser.OPEN);
                            this.state = 629;
                            this.errorHandler.sync(this);
                            _la = this.tokenStream.LA(1);
                            if ((((_la) & ~0x1F) === 0 && ((1 << _la) & 579096784) !== 0) || ((((_la - 32)) & ~0x1F) === 0 && ((1 << (_la - 32)) & 86049625) !== 0) || ((((_la - 64)) & ~0x1F) === 0 && ((1 << (_la - 64)) & 3260638813) !== 0) || ((((_la - 102)) & ~0x1F) === 0 && ((1 << (_la - 102)) & 2684354561) !== 0)) {
                                {
                                    this.state = 621;
                                    this.field();
                                    this.state = 626;
                                    this.errorHandler.sync(this);
                                    _la = this.tokenStream.LA(1);
                                    while (_la === 120) {
                                        {
                                            {
                                                this.state = 622;
                                                this.match(KsqlParser.COMMA);
                                                this.state = 623;
                                                this.field();
                                            }
                                        }
                                        this.state = 628;
                                        this.errorHandler.sync(this);
                                        _la = this.tokenStream.LA(1);
                                    }
                                }
                            }
                            this.state = 631;
                            this.match(KsqlParser.CLOSE);
                        }
                        break;
                    case 7:
                        {
                            localContext = new CallAllContext(localContext);
                            this.context = localContext;
                            previousContext = localContext;
                            this.state = 632;
                            this.identifier();
                            this.state = 633;
                            this.match(KsqlParser.OPEN);
                            this.state = 634;
                            this.match(KsqlParser.ASTERISK);
                            this.state = 635;
                            this.match(KsqlParser.CLOSE);
                        }
                        break;
                    case 8:
                        {
                            localContext = new CallContext(localContext);
                            this.context = localContext;
                            previousContext = localContext;
                            this.state = 637;
                            this.identifier();
                            this.state = 638;
                            this.match(KsqlParser.OPEN);
                            this.state = 640;
                            this.errorHandler.sync(this);
                            _la = this.tokenStream.LA(1);
                            if (_la === 20) {
                                {
                                    this.state = 639;
                                    this.match(KsqlParser.DISTINCT);
                                }
                            }
                            this.state = 650;
                            this.errorHandler.sync(this);
                            _la = this.tokenStream.LA(1);
                            if ((((_la) & ~0x1F) === 0 && ((1 << _la) & 847568080) !== 0) || ((((_la - 32)) & ~0x1F) === 0 && ((1 << (_la - 32)) & 1071711193) !== 0) || ((((_la - 64)) & ~0x1F) === 0 && ((1 << (_la - 64)) & 3529076317) !== 0) || ((((_la - 102)) & ~0x1F) === 0 && ((1 << (_la - 102)) & 3189769731) !== 0) || _la === 134) {
                                {
                                    this.state = 642;
                                    this.argument();
                                    this.state = 647;
                                    this.errorHandler.sync(this);
                                    _la = this.tokenStream.LA(1);
                                    while (_la === 120) {
                                        {
                                            {
                                                this.state = 643;
                                                this.match(KsqlParser.COMMA);
                                                this.state = 644;
                                                this.argument();
                                            }
                                        }
                                        this.state = 649;
                                        this.errorHandler.sync(this);
                                        _la = this.tokenStream.LA(1);
                                    }
                                }
                            }
                            this.state = 652;
                            this.match(KsqlParser.CLOSE);
                        }
                        break;
                    case 9:
                        {
                            localContext = new QualifiedContext(localContext);
                            this.context = localContext;
                            previousContext = localContext;
                            this.state = 654;
                            this.identifier();
                            this.state = 655;
                            this.match(KsqlParser.POINT);
                            this.state = 656;
                            this.identifier();
                        }
                        break;
                    case 10:
                        {
                            localContext = new UnqualifiedContext(localContext);
                            this.context = localContext;
                            previousContext = localContext;
                            this.state = 658;
                            this.identifier();
                        }
                        break;
                    case 11:
                        {
                            localContext = new VariableContext(localContext);
                            this.context = localContext;
                            previousContext = localContext;
                            this.state = 659;
                            this.match(KsqlParser.VARIABLE);
                        }
                        break;
                    case 12:
                        {
                            localContext = new SubqueryContext(localContext);
                            this.context = localContext;
                            previousContext = localContext;
                            this.state = 660;
                            this.match(KsqlParser.OPEN);
                            this.state = 661;
                            this.query();
                            this.state = 662;
                            this.match(KsqlParser.CLOSE);
                        }
                        break;
                    case 13:
                        {
                            localContext = new GroupContext(localContext);
                            this.context = localContext;
                            previousContext = localContext;
                            this.state = 664;
                            this.match(KsqlParser.OPEN);
                            this.state = 665;
                            this.expression(0);
                            this.state = 666;
                            this.match(KsqlParser.CLOSE);
                        }
                        break;
                }
                this.context.stop = this.tokenStream.LT(-1);
                this.state = 680;
                this.errorHandler.sync(this);
                alternative = this.interpreter.adaptivePredict(this.tokenStream, 99, this.context);
                while (alternative !== 2 && alternative !== antlr.ATN.INVALID_ALT_NUMBER) {
                    if (alternative === 1) {
                        if (this.parseListeners != null) {
                            this.triggerExitRuleEvent();
                        }
                        previousContext = localContext;
                        {
                            this.state = 678;
                            this.errorHandler.sync(this);
                            switch (this.interpreter.adaptivePredict(this.tokenStream, 98, this.context)) {
                                case 1:
                                    {
                                        localContext = new SubscriptContext(new PrimaryContext(parentContext, parentState));
                                        this.pushNewRecursionContext(localContext, _startState, KsqlParser.RULE_primary);
                                        this.state = 670;
                                        if (!(this.precpred(this.context, 7))) {
                                            throw this.createFailedPredicateException("this.precpred(this.context, 7)");
                                        }
                                        this.state = 671;
                                        this.match(KsqlParser.OPEN_BRACKET);
                                        this.state = 672;
                                        this.value(0);
                                        this.state = 673;
                                        this.match(KsqlParser.CLOSE_BRACKET);
                                    }
                                    break;
                                case 2:
                                    {
                                        localContext = new DereferenceContext(new PrimaryContext(parentContext, parentState));
                                        this.pushNewRecursionContext(localContext, _startState, KsqlParser.RULE_primary);
                                        this.state = 675;
                                        if (!(this.precpred(this.context, 6))) {
                                            throw this.createFailedPredicateException("this.precpred(this.context, 6)");
                                        }
                                        this.state = 676;
                                        this.match(KsqlParser.ARROW);
                                        this.state = 677;
                                        this.identifier();
                                    }
                                    break;
                            }
                        }
                    }
                    this.state = 682;
                    this.errorHandler.sync(this);
                    alternative = this.interpreter.adaptivePredict(this.tokenStream, 99, this.context);
                }
            }
        }
        catch (re) {
            if (re instanceof antlr.RecognitionException) {
                this.errorHandler.reportError(this, re);
                this.errorHandler.recover(this, re);
            }
            else {
                throw re;
            }
        }
        finally {
            this.unrollRecursionContexts(parentContext);
        }
        return localContext;
    }
    entry() {
        let localContext = new EntryContext(this.context, this.state);
        this.enterRule(localContext, 52, KsqlParser.RULE_entry);
        try {
            this.enterOuterAlt(localContext, 1);
            {
                this.state = 683;
                this.expression(0);
                this.state = 684;
                this.match(KsqlParser.ASSIGN);
                this.state = 685;
                this.expression(0);
            }
        }
        catch (re) {
            if (re instanceof antlr.RecognitionException) {
                this.errorHandler.reportError(this, re);
                this.errorHandler.recover(this, re);
            }
            else {
                throw re;
            }
        }
        finally {
            this.exitRule();
        }
        return localContext;
    }
    field() {
        let localContext = new FieldContext(this.context, this.state);
        this.enterRule(localContext, 54, KsqlParser.RULE_field);
        try {
            this.enterOuterAlt(localContext, 1);
            {
                this.state = 687;
                this.identifier();
                this.state = 688;
                this.match(KsqlParser.ASSIGN);
                this.state = 689;
                this.expression(0);
            }
        }
        catch (re) {
            if (re instanceof antlr.RecognitionException) {
                this.errorHandler.reportError(this, re);
                this.errorHandler.recover(this, re);
            }
            else {
                throw re;
            }
        }
        finally {
            this.exitRule();
        }
        return localContext;
    }
    argument() {
        let localContext = new ArgumentContext(this.context, this.state);
        this.enterRule(localContext, 56, KsqlParser.RULE_argument);
        let _la;
        try {
            this.state = 710;
            this.errorHandler.sync(this);
            switch (this.interpreter.adaptivePredict(this.tokenStream, 101, this.context)) {
                case 1:
                    localContext = new LambdaContext(localContext);
                    this.enterOuterAlt(localContext, 1);
                    {
                        this.state = 691;
                        this.identifier();
                        this.state = 692;
                        this.match(KsqlParser.LAMBDA);
                        this.state = 693;
                        this.expression(0);
                    }
                    break;
                case 2:
                    localContext = new LambdaContext(localContext);
                    this.enterOuterAlt(localContext, 2);
                    {
                        this.state = 695;
                        this.match(KsqlParser.OPEN);
                        this.state = 696;
                        this.identifier();
                        this.state = 701;
                        this.errorHandler.sync(this);
                        _la = this.tokenStream.LA(1);
                        while (_la === 120) {
                            {
                                {
                                    this.state = 697;
                                    this.match(KsqlParser.COMMA);
                                    this.state = 698;
                                    this.identifier();
                                }
                            }
                            this.state = 703;
                            this.errorHandler.sync(this);
                            _la = this.tokenStream.LA(1);
                        }
                        this.state = 704;
                        this.match(KsqlParser.CLOSE);
                        this.state = 705;
                        this.match(KsqlParser.LAMBDA);
                        this.state = 706;
                        this.expression(0);
                    }
                    break;
                case 3:
                    localContext = new PlainArgumentContext(localContext);
                    this.enterOuterAlt(localContext, 3);
                    {
                        this.state = 708;
                        this.expression(0);
                    }
                    break;
                case 4:
                    localContext = new UnitContext(localContext);
                    this.enterOuterAlt(localContext, 4);
                    {
                        this.state = 709;
                        this.timeUnit();
                    }
                    break;
            }
        }
        catch (re) {
            if (re instanceof antlr.RecognitionException) {
                this.errorHandler.reportError(this, re);
                this.errorHandler.recover(this, re);
            }
            else {
                throw re;
            }
        }
        finally {
            this.exitRule();
        }
        return localContext;
    }
    literal() {
        let localContext = new LiteralContext(this.context, this.state);
        this.enterRule(localContext, 58, KsqlParser.RULE_literal);
        let _la;
        try {
            this.enterOuterAlt(localContext, 1);
            {
                this.state = 712;
                _la = this.tokenStream.LA(1);
                if (!(_la === 28 || _la === 61 || _la === 92 || ((((_la - 127)) & ~0x1F) === 0 && ((1 << (_la - 127)) & 15) !== 0))) {
                    this.errorHandler.recoverInline(this);
                }
                else {
                    this.errorHandler.reportMatch(this);
                    this.consume();
                }
            }
        }
        catch (re) {
            if (re instanceof antlr.RecognitionException) {
                this.errorHandler.reportError(this, re);
                this.errorHandler.recover(this, re);
            }
            else {
                throw re;
            }
        }
        finally {
            this.exitRule();
        }
        return localContext;
    }
    type_() {
        let localContext = new TypeContext(this.context, this.state);
        this.enterRule(localContext, 60, KsqlParser.RULE_type);
        let _la;
        try {
            this.state = 761;
            this.errorHandler.sync(this);
            switch (this.interpreter.adaptivePredict(this.tokenStream, 106, this.context)) {
                case 1:
                    this.enterOuterAlt(localContext, 1);
                    {
                        this.state = 714;
                        this.match(KsqlParser.ARRAY);
                        this.state = 715;
                        this.match(KsqlParser.LESS);
                        this.state = 716;
                        this.type_();
                        this.state = 717;
                        this.match(KsqlParser.GREATER);
                    }
                    break;
                case 2:
                    this.enterOuterAlt(localContext, 2);
                    {
                        this.state = 719;
                        this.match(KsqlParser.MAP);
                        this.state = 720;
                        this.match(KsqlParser.LESS);
                        this.state = 721;
                        this.type_();
                        this.state = 722;
                        this.match(KsqlParser.COMMA);
                        this.state = 723;
                        this.type_();
                        this.state = 724;
                        this.match(KsqlParser.GREATER);
                    }
                    break;
                case 3:
                    this.enterOuterAlt(localContext, 3);
                    {
                        this.state = 726;
                        this.match(KsqlParser.STRUCT);
                        this.state = 727;
                        this.match(KsqlParser.LESS);
                        this.state = 739;
                        this.errorHandler.sync(this);
                        _la = this.tokenStream.LA(1);
                        if ((((_la) & ~0x1F) === 0 && ((1 << _la) & 579096784) !== 0) || ((((_la - 32)) & ~0x1F) === 0 && ((1 << (_la - 32)) & 86049625) !== 0) || ((((_la - 64)) & ~0x1F) === 0 && ((1 << (_la - 64)) & 3260638813) !== 0) || ((((_la - 102)) & ~0x1F) === 0 && ((1 << (_la - 102)) & 2684354561) !== 0)) {
                            {
                                this.state = 728;
                                this.identifier();
                                this.state = 729;
                                this.type_();
                                this.state = 736;
                                this.errorHandler.sync(this);
                                _la = this.tokenStream.LA(1);
                                while (_la === 120) {
                                    {
                                        {
                                            this.state = 730;
                                            this.match(KsqlParser.COMMA);
                                            this.state = 731;
                                            this.identifier();
                                            this.state = 732;
                                            this.type_();
                                        }
                                    }
                                    this.state = 738;
                                    this.errorHandler.sync(this);
                                    _la = this.tokenStream.LA(1);
                                }
                            }
                        }
                        this.state = 741;
                        this.match(KsqlParser.GREATER);
                    }
                    break;
                case 4:
                    this.enterOuterAlt(localContext, 4);
                    {
                        this.state = 742;
                        this.match(KsqlParser.DECIMAL);
                        this.state = 743;
                        this.match(KsqlParser.OPEN);
                        this.state = 744;
                        this.match(KsqlParser.INTEGER);
                        this.state = 745;
                        this.match(KsqlParser.COMMA);
                        this.state = 746;
                        this.match(KsqlParser.INTEGER);
                        this.state = 747;
                        this.match(KsqlParser.CLOSE);
                    }
                    break;
                case 5:
                    this.enterOuterAlt(localContext, 5);
                    {
                        this.state = 748;
                        this.identifier();
                        this.state = 759;
                        this.errorHandler.sync(this);
                        _la = this.tokenStream.LA(1);
                        if (_la === 123) {
                            {
                                this.state = 749;
                                this.match(KsqlParser.OPEN);
                                this.state = 750;
                                this.match(KsqlParser.INTEGER);
                                this.state = 755;
                                this.errorHandler.sync(this);
                                _la = this.tokenStream.LA(1);
                                while (_la === 120) {
                                    {
                                        {
                                            this.state = 751;
                                            this.match(KsqlParser.COMMA);
                                            this.state = 752;
                                            this.match(KsqlParser.INTEGER);
                                        }
                                    }
                                    this.state = 757;
                                    this.errorHandler.sync(this);
                                    _la = this.tokenStream.LA(1);
                                }
                                this.state = 758;
                                this.match(KsqlParser.CLOSE);
                            }
                        }
                    }
                    break;
            }
        }
        catch (re) {
            if (re instanceof antlr.RecognitionException) {
                this.errorHandler.reportError(this, re);
                this.errorHandler.recover(this, re);
            }
            else {
                throw re;
            }
        }
        finally {
            this.exitRule();
        }
        return localContext;
    }
    identifier() {
        let localContext = new IdentifierContext(this.context, this.state);
        this.enterRule(localContext, 62, KsqlParser.RULE_identifier);
        try {
            this.state = 766;
            this.errorHandler.sync(this);
            switch (this.tokenStream.LA(1)) {
                case KsqlParser.IDENTIFIER:
                    this.enterOuterAlt(localContext, 1);
                    {
                        this.state = 763;
                        this.match(KsqlParser.IDENTIFIER);
                    }
                    break;
                case KsqlParser.QUOTED_IDENTIFIER:
                    this.enterOuterAlt(localContext, 2);
                    {
                        this.state = 764;
                        this.match(KsqlParser.QUOTED_IDENTIFIER);
                    }
                    break;
                case KsqlParser.ARRAY:
                case KsqlParser.ASC:
                case KsqlParser.ASSERT:
                case KsqlParser.CHANGES:
                case KsqlParser.DAY:
                case KsqlParser.DESC:
                case KsqlParser.EMIT:
                case KsqlParser.ESCAPE:
                case KsqlParser.FINAL:
                case KsqlParser.GRACE:
                case KsqlParser.HEADER:
                case KsqlParser.HEADERS:
                case KsqlParser.HOUR:
                case KsqlParser.ID:
                case KsqlParser.IF:
                case KsqlParser.KEY:
                case KsqlParser.MAP:
                case KsqlParser.MINUTE:
                case KsqlParser.MONTH:
                case KsqlParser.ORDER:
                case KsqlParser.PARTITION:
                case KsqlParser.PERIOD:
                case KsqlParser.PRIMARY:
                case KsqlParser.REPLACE:
                case KsqlParser.SCHEMA:
                case KsqlParser.SECOND:
                case KsqlParser.SESSION:
                case KsqlParser.SHOW:
                case KsqlParser.SOURCE:
                case KsqlParser.STRUCT:
                case KsqlParser.SUBJECT:
                case KsqlParser.TABLES:
                case KsqlParser.TIMEOUT:
                case KsqlParser.UNION:
                case KsqlParser.USING:
                case KsqlParser.YEAR:
                    this.enterOuterAlt(localContext, 3);
                    {
                        this.state = 765;
                        this.unreserved();
                    }
                    break;
                default:
                    throw new antlr.NoViableAltException(this);
            }
        }
        catch (re) {
            if (re instanceof antlr.RecognitionException) {
                this.errorHandler.reportError(this, re);
                this.errorHandler.recover(this, re);
            }
            else {
                throw re;
            }
        }
        finally {
            this.exitRule();
        }
        return localContext;
    }
    unreserved() {
        let localContext = new UnreservedContext(this.context, this.state);
        this.enterRule(localContext, 64, KsqlParser.RULE_unreserved);
        let _la;
        try {
            this.enterOuterAlt(localContext, 1);
            {
                this.state = 768;
                _la = this.tokenStream.LA(1);
                if (!((((_la) & ~0x1F) === 0 && ((1 << _la) & 579096784) !== 0) || ((((_la - 32)) & ~0x1F) === 0 && ((1 << (_la - 32)) & 86049625) !== 0) || ((((_la - 64)) & ~0x1F) === 0 && ((1 << (_la - 64)) & 3260638813) !== 0) || _la === 102)) {
                    this.errorHandler.recoverInline(this);
                }
                else {
                    this.errorHandler.reportMatch(this);
                    this.consume();
                }
            }
        }
        catch (re) {
            if (re instanceof antlr.RecognitionException) {
                this.errorHandler.reportError(this, re);
                this.errorHandler.recover(this, re);
            }
            else {
                throw re;
            }
        }
        finally {
            this.exitRule();
        }
        return localContext;
    }
    sempred(localContext, ruleIndex, predIndex) {
        switch (ruleIndex) {
            case 21:
                return this.expression_sempred(localContext, predIndex);
            case 24:
                return this.value_sempred(localContext, predIndex);
            case 25:
                return this.primary_sempred(localContext, predIndex);
        }
        return true;
    }
    expression_sempred(localContext, predIndex) {
        switch (predIndex) {
            case 0:
                return this.precpred(this.context, 3);
            case 1:
                return this.precpred(this.context, 2);
        }
        return true;
    }
    value_sempred(localContext, predIndex) {
        switch (predIndex) {
            case 2:
                return this.precpred(this.context, 3);
            case 3:
                return this.precpred(this.context, 2);
            case 4:
                return this.precpred(this.context, 1);
        }
        return true;
    }
    primary_sempred(localContext, predIndex) {
        switch (predIndex) {
            case 5:
                return this.precpred(this.context, 7);
            case 6:
                return this.precpred(this.context, 6);
        }
        return true;
    }
    static _serializedATN = [
        4, 1, 139, 771, 2, 0, 7, 0, 2, 1, 7, 1, 2, 2, 7, 2, 2, 3, 7, 3, 2, 4, 7, 4, 2, 5, 7, 5, 2, 6,
        7, 6, 2, 7, 7, 7, 2, 8, 7, 8, 2, 9, 7, 9, 2, 10, 7, 10, 2, 11, 7, 11, 2, 12, 7, 12, 2, 13, 7,
        13, 2, 14, 7, 14, 2, 15, 7, 15, 2, 16, 7, 16, 2, 17, 7, 17, 2, 18, 7, 18, 2, 19, 7, 19, 2,
        20, 7, 20, 2, 21, 7, 21, 2, 22, 7, 22, 2, 23, 7, 23, 2, 24, 7, 24, 2, 25, 7, 25, 2, 26, 7,
        26, 2, 27, 7, 27, 2, 28, 7, 28, 2, 29, 7, 29, 2, 30, 7, 30, 2, 31, 7, 31, 2, 32, 7, 32, 1,
        0, 1, 0, 1, 0, 1, 1, 1, 1, 1, 1, 3, 1, 73, 8, 1, 1, 1, 3, 1, 76, 8, 1, 1, 1, 1, 1, 1, 1, 1, 1,
        3, 1, 82, 8, 1, 1, 1, 1, 1, 3, 1, 86, 8, 1, 1, 1, 3, 1, 89, 8, 1, 1, 1, 1, 1, 3, 1, 93, 8, 1,
        1, 1, 1, 1, 1, 1, 1, 1, 3, 1, 99, 8, 1, 1, 1, 1, 1, 1, 1, 1, 1, 5, 1, 105, 8, 1, 10, 1, 12, 1,
        108, 9, 1, 1, 1, 1, 1, 3, 1, 112, 8, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 5, 1, 119, 8, 1, 10, 1,
        12, 1, 122, 9, 1, 1, 1, 1, 1, 1, 1, 3, 1, 127, 8, 1, 1, 1, 1, 1, 1, 1, 1, 1, 3, 1, 133, 8, 1,
        1, 1, 1, 1, 1, 1, 3, 1, 138, 8, 1, 1, 1, 1, 1, 1, 1, 3, 1, 143, 8, 1, 1, 1, 1, 1, 3, 1, 147,
        8, 1, 1, 1, 1, 1, 3, 1, 151, 8, 1, 1, 1, 1, 1, 3, 1, 155, 8, 1, 1, 1, 1, 1, 3, 1, 159, 8, 1,
        1, 1, 1, 1, 1, 1, 3, 1, 164, 8, 1, 1, 1, 1, 1, 1, 1, 3, 1, 169, 8, 1, 1, 1, 3, 1, 172, 8, 1,
        1, 1, 3, 1, 175, 8, 1, 1, 1, 1, 1, 1, 1, 3, 1, 180, 8, 1, 1, 1, 1, 1, 1, 1, 1, 1, 3, 1, 186,
        8, 1, 3, 1, 188, 8, 1, 1, 1, 1, 1, 3, 1, 192, 8, 1, 1, 1, 3, 1, 195, 8, 1, 1, 1, 3, 1, 198,
        8, 1, 1, 2, 1, 2, 1, 3, 1, 3, 1, 3, 1, 4, 1, 4, 1, 4, 1, 4, 5, 4, 209, 8, 4, 10, 4, 12, 4, 212,
        9, 4, 3, 4, 214, 8, 4, 1, 4, 1, 4, 1, 5, 1, 5, 1, 5, 3, 5, 221, 8, 5, 1, 6, 3, 6, 224, 8, 6,
        1, 6, 1, 6, 1, 6, 1, 6, 1, 6, 1, 6, 3, 6, 232, 8, 6, 1, 7, 1, 7, 1, 7, 1, 7, 1, 7, 5, 7, 239,
        8, 7, 10, 7, 12, 7, 242, 9, 7, 3, 7, 244, 8, 7, 1, 7, 1, 7, 1, 8, 1, 8, 3, 8, 250, 8, 8, 1,
        8, 1, 8, 3, 8, 254, 8, 8, 1, 8, 1, 8, 1, 9, 1, 9, 3, 9, 260, 8, 9, 1, 9, 1, 9, 1, 9, 5, 9, 265,
        8, 9, 10, 9, 12, 9, 268, 9, 9, 1, 9, 1, 9, 1, 9, 1, 9, 5, 9, 274, 8, 9, 10, 9, 12, 9, 277,
        9, 9, 1, 9, 5, 9, 280, 8, 9, 10, 9, 12, 9, 283, 9, 9, 1, 9, 5, 9, 286, 8, 9, 10, 9, 12, 9,
        289, 9, 9, 1, 10, 1, 10, 1, 10, 1, 10, 1, 10, 1, 10, 1, 10, 1, 10, 1, 10, 3, 10, 300, 8,
        10, 1, 10, 3, 10, 303, 8, 10, 3, 10, 305, 8, 10, 1, 11, 1, 11, 3, 11, 309, 8, 11, 1, 11,
        3, 11, 312, 8, 11, 1, 11, 1, 11, 1, 11, 1, 11, 3, 11, 318, 8, 11, 1, 11, 3, 11, 321, 8,
        11, 3, 11, 323, 8, 11, 1, 12, 1, 12, 1, 12, 1, 12, 3, 12, 329, 8, 12, 1, 12, 1, 12, 1, 12,
        1, 12, 1, 12, 1, 12, 1, 12, 5, 12, 338, 8, 12, 10, 12, 12, 12, 341, 9, 12, 1, 12, 1, 12,
        3, 12, 345, 8, 12, 1, 13, 3, 13, 348, 8, 13, 1, 13, 1, 13, 3, 13, 352, 8, 13, 3, 13, 354,
        8, 13, 1, 14, 1, 14, 1, 14, 1, 14, 1, 14, 1, 14, 1, 14, 1, 14, 3, 14, 364, 8, 14, 1, 14,
        1, 14, 1, 14, 3, 14, 369, 8, 14, 1, 15, 1, 15, 1, 15, 1, 15, 1, 15, 1, 15, 1, 15, 1, 15,
        1, 15, 1, 15, 1, 15, 1, 15, 1, 15, 1, 15, 1, 15, 1, 15, 1, 15, 1, 15, 1, 15, 1, 15, 3, 15,
        391, 8, 15, 1, 15, 1, 15, 1, 15, 3, 15, 396, 8, 15, 5, 15, 398, 8, 15, 10, 15, 12, 15,
        401, 9, 15, 1, 15, 1, 15, 3, 15, 405, 8, 15, 1, 15, 3, 15, 408, 8, 15, 1, 16, 1, 16, 1,
        16, 1, 16, 1, 16, 1, 16, 1, 16, 1, 16, 1, 16, 1, 16, 1, 16, 1, 16, 1, 16, 1, 16, 1, 16, 1,
        16, 1, 16, 1, 16, 1, 16, 1, 16, 1, 16, 1, 16, 1, 16, 1, 16, 3, 16, 434, 8, 16, 1, 17, 1,
        17, 1, 17, 3, 17, 439, 8, 17, 1, 17, 1, 17, 1, 17, 1, 17, 3, 17, 445, 8, 17, 1, 17, 1, 17,
        1, 17, 3, 17, 450, 8, 17, 1, 18, 1, 18, 1, 18, 1, 19, 1, 19, 1, 20, 1, 20, 1, 20, 1, 20,
        4, 20, 461, 8, 20, 11, 20, 12, 20, 462, 1, 20, 1, 20, 1, 20, 1, 20, 1, 20, 5, 20, 470,
        8, 20, 10, 20, 12, 20, 473, 9, 20, 3, 20, 475, 8, 20, 1, 21, 1, 21, 1, 21, 1, 21, 3, 21,
        481, 8, 21, 1, 21, 1, 21, 1, 21, 1, 21, 1, 21, 1, 21, 5, 21, 489, 8, 21, 10, 21, 12, 21,
        492, 9, 21, 1, 22, 1, 22, 3, 22, 496, 8, 22, 1, 23, 1, 23, 1, 23, 3, 23, 501, 8, 23, 1,
        23, 1, 23, 1, 23, 1, 23, 1, 23, 1, 23, 3, 23, 509, 8, 23, 1, 23, 1, 23, 1, 23, 1, 23, 1,
        23, 5, 23, 516, 8, 23, 10, 23, 12, 23, 519, 9, 23, 1, 23, 1, 23, 1, 23, 3, 23, 524, 8,
        23, 1, 23, 1, 23, 1, 23, 1, 23, 3, 23, 530, 8, 23, 1, 23, 1, 23, 3, 23, 534, 8, 23, 1, 23,
        1, 23, 1, 23, 3, 23, 539, 8, 23, 1, 23, 1, 23, 1, 23, 3, 23, 544, 8, 23, 1, 24, 1, 24, 1,
        24, 1, 24, 3, 24, 550, 8, 24, 1, 24, 1, 24, 1, 24, 1, 24, 1, 24, 1, 24, 1, 24, 1, 24, 1,
        24, 5, 24, 561, 8, 24, 10, 24, 12, 24, 564, 9, 24, 1, 25, 1, 25, 1, 25, 1, 25, 3, 25, 570,
        8, 25, 1, 25, 1, 25, 1, 25, 1, 25, 1, 25, 4, 25, 577, 8, 25, 11, 25, 12, 25, 578, 1, 25,
        1, 25, 3, 25, 583, 8, 25, 1, 25, 1, 25, 1, 25, 1, 25, 1, 25, 1, 25, 1, 25, 1, 25, 1, 25,
        1, 25, 1, 25, 1, 25, 1, 25, 1, 25, 5, 25, 599, 8, 25, 10, 25, 12, 25, 602, 9, 25, 3, 25,
        604, 8, 25, 1, 25, 1, 25, 1, 25, 1, 25, 1, 25, 1, 25, 5, 25, 612, 8, 25, 10, 25, 12, 25,
        615, 9, 25, 3, 25, 617, 8, 25, 1, 25, 1, 25, 1, 25, 1, 25, 1, 25, 1, 25, 5, 25, 625, 8,
        25, 10, 25, 12, 25, 628, 9, 25, 3, 25, 630, 8, 25, 1, 25, 1, 25, 1, 25, 1, 25, 1, 25, 1,
        25, 1, 25, 1, 25, 1, 25, 3, 25, 641, 8, 25, 1, 25, 1, 25, 1, 25, 5, 25, 646, 8, 25, 10,
        25, 12, 25, 649, 9, 25, 3, 25, 651, 8, 25, 1, 25, 1, 25, 1, 25, 1, 25, 1, 25, 1, 25, 1,
        25, 1, 25, 1, 25, 1, 25, 1, 25, 1, 25, 1, 25, 1, 25, 1, 25, 1, 25, 3, 25, 669, 8, 25, 1,
        25, 1, 25, 1, 25, 1, 25, 1, 25, 1, 25, 1, 25, 1, 25, 5, 25, 679, 8, 25, 10, 25, 12, 25,
        682, 9, 25, 1, 26, 1, 26, 1, 26, 1, 26, 1, 27, 1, 27, 1, 27, 1, 27, 1, 28, 1, 28, 1, 28,
        1, 28, 1, 28, 1, 28, 1, 28, 1, 28, 5, 28, 700, 8, 28, 10, 28, 12, 28, 703, 9, 28, 1, 28,
        1, 28, 1, 28, 1, 28, 1, 28, 1, 28, 3, 28, 711, 8, 28, 1, 29, 1, 29, 1, 30, 1, 30, 1, 30,
        1, 30, 1, 30, 1, 30, 1, 30, 1, 30, 1, 30, 1, 30, 1, 30, 1, 30, 1, 30, 1, 30, 1, 30, 1, 30,
        1, 30, 1, 30, 1, 30, 1, 30, 5, 30, 735, 8, 30, 10, 30, 12, 30, 738, 9, 30, 3, 30, 740,
        8, 30, 1, 30, 1, 30, 1, 30, 1, 30, 1, 30, 1, 30, 1, 30, 1, 30, 1, 30, 1, 30, 1, 30, 1, 30,
        5, 30, 754, 8, 30, 10, 30, 12, 30, 757, 9, 30, 1, 30, 3, 30, 760, 8, 30, 3, 30, 762, 8,
        30, 1, 31, 1, 31, 1, 31, 3, 31, 767, 8, 31, 1, 32, 1, 32, 1, 32, 0, 3, 42, 48, 50, 33, 0,
        2, 4, 6, 8, 10, 12, 14, 16, 18, 20, 22, 24, 26, 28, 30, 32, 34, 36, 38, 40, 42, 44, 46,
        48, 50, 52, 54, 56, 58, 60, 62, 64, 0, 12, 2, 0, 52, 52, 78, 78, 4, 0, 69, 69, 82, 82,
        86, 86, 91, 91, 2, 0, 81, 81, 85, 85, 3, 0, 31, 31, 49, 49, 72, 72, 2, 0, 12, 12, 29, 29,
        2, 0, 6, 6, 18, 18, 5, 0, 14, 15, 38, 39, 54, 59, 74, 75, 102, 103, 1, 0, 105, 110, 1,
        0, 111, 112, 1, 0, 113, 115, 4, 0, 28, 28, 61, 61, 92, 92, 127, 130, 27, 0, 4, 4, 6, 7,
        12, 12, 14, 14, 18, 18, 23, 23, 25, 25, 29, 29, 32, 32, 35, 36, 38, 38, 40, 41, 48, 48,
        53, 53, 56, 56, 58, 58, 64, 64, 66, 68, 70, 70, 73, 74, 77, 78, 80, 80, 83, 84, 86, 86,
        89, 89, 94, 95, 102, 102, 886, 0, 66, 1, 0, 0, 0, 2, 197, 1, 0, 0, 0, 4, 199, 1, 0, 0, 0,
        6, 201, 1, 0, 0, 0, 8, 204, 1, 0, 0, 0, 10, 217, 1, 0, 0, 0, 12, 231, 1, 0, 0, 0, 14, 233,
        1, 0, 0, 0, 16, 249, 1, 0, 0, 0, 18, 257, 1, 0, 0, 0, 20, 304, 1, 0, 0, 0, 22, 322, 1, 0,
        0, 0, 24, 324, 1, 0, 0, 0, 26, 353, 1, 0, 0, 0, 28, 355, 1, 0, 0, 0, 30, 407, 1, 0, 0, 0,
        32, 433, 1, 0, 0, 0, 34, 438, 1, 0, 0, 0, 36, 451, 1, 0, 0, 0, 38, 454, 1, 0, 0, 0, 40, 474,
        1, 0, 0, 0, 42, 480, 1, 0, 0, 0, 44, 493, 1, 0, 0, 0, 46, 543, 1, 0, 0, 0, 48, 549, 1, 0,
        0, 0, 50, 668, 1, 0, 0, 0, 52, 683, 1, 0, 0, 0, 54, 687, 1, 0, 0, 0, 56, 710, 1, 0, 0, 0,
        58, 712, 1, 0, 0, 0, 60, 761, 1, 0, 0, 0, 62, 766, 1, 0, 0, 0, 64, 768, 1, 0, 0, 0, 66, 67,
        3, 2, 1, 0, 67, 68, 5, 0, 0, 1, 68, 1, 1, 0, 0, 0, 69, 72, 5, 13, 0, 0, 70, 71, 5, 63, 0, 0,
        71, 73, 5, 70, 0, 0, 72, 70, 1, 0, 0, 0, 72, 73, 1, 0, 0, 0, 73, 75, 1, 0, 0, 0, 74, 76, 5,
        80, 0, 0, 75, 74, 1, 0, 0, 0, 75, 76, 1, 0, 0, 0, 76, 77, 1, 0, 0, 0, 77, 81, 3, 4, 2, 0, 78,
        79, 5, 41, 0, 0, 79, 80, 5, 60, 0, 0, 80, 82, 5, 26, 0, 0, 81, 78, 1, 0, 0, 0, 81, 82, 1,
        0, 0, 0, 82, 83, 1, 0, 0, 0, 83, 85, 3, 62, 31, 0, 84, 86, 3, 8, 4, 0, 85, 84, 1, 0, 0, 0,
        85, 86, 1, 0, 0, 0, 86, 88, 1, 0, 0, 0, 87, 89, 3, 14, 7, 0, 88, 87, 1, 0, 0, 0, 88, 89, 1,
        0, 0, 0, 89, 92, 1, 0, 0, 0, 90, 91, 5, 5, 0, 0, 91, 93, 3, 18, 9, 0, 92, 90, 1, 0, 0, 0, 92,
        93, 1, 0, 0, 0, 93, 198, 1, 0, 0, 0, 94, 95, 5, 44, 0, 0, 95, 96, 5, 45, 0, 0, 96, 98, 3,
        62, 31, 0, 97, 99, 3, 14, 7, 0, 98, 97, 1, 0, 0, 0, 98, 99, 1, 0, 0, 0, 99, 111, 1, 0, 0,
        0, 100, 101, 5, 123, 0, 0, 101, 106, 3, 62, 31, 0, 102, 103, 5, 120, 0, 0, 103, 105,
        3, 62, 31, 0, 104, 102, 1, 0, 0, 0, 105, 108, 1, 0, 0, 0, 106, 104, 1, 0, 0, 0, 106, 107,
        1, 0, 0, 0, 107, 109, 1, 0, 0, 0, 108, 106, 1, 0, 0, 0, 109, 110, 5, 124, 0, 0, 110, 112,
        1, 0, 0, 0, 111, 100, 1, 0, 0, 0, 111, 112, 1, 0, 0, 0, 112, 126, 1, 0, 0, 0, 113, 114,
        5, 96, 0, 0, 114, 115, 5, 123, 0, 0, 115, 120, 3, 42, 21, 0, 116, 117, 5, 120, 0, 0, 117,
        119, 3, 42, 21, 0, 118, 116, 1, 0, 0, 0, 119, 122, 1, 0, 0, 0, 120, 118, 1, 0, 0, 0, 120,
        121, 1, 0, 0, 0, 121, 123, 1, 0, 0, 0, 122, 120, 1, 0, 0, 0, 123, 124, 5, 124, 0, 0, 124,
        127, 1, 0, 0, 0, 125, 127, 3, 18, 9, 0, 126, 113, 1, 0, 0, 0, 126, 125, 1, 0, 0, 0, 127,
        198, 1, 0, 0, 0, 128, 129, 5, 21, 0, 0, 129, 132, 3, 4, 2, 0, 130, 131, 5, 41, 0, 0, 131,
        133, 5, 26, 0, 0, 132, 130, 1, 0, 0, 0, 132, 133, 1, 0, 0, 0, 133, 134, 1, 0, 0, 0, 134,
        137, 3, 62, 31, 0, 135, 136, 5, 17, 0, 0, 136, 138, 5, 90, 0, 0, 137, 135, 1, 0, 0, 0,
        137, 138, 1, 0, 0, 0, 138, 198, 1, 0, 0, 0, 139, 142, 5, 87, 0, 0, 140, 143, 5, 2, 0, 0,
        141, 143, 3, 62, 31, 0, 142, 140, 1, 0, 0, 0, 142, 141, 1, 0, 0, 0, 143, 198, 1, 0, 0,
        0, 144, 146, 5, 19, 0, 0, 145, 147, 5, 27, 0, 0, 146, 145, 1, 0, 0, 0, 146, 147, 1, 0,
        0, 0, 147, 148, 1, 0, 0, 0, 148, 150, 3, 62, 31, 0, 149, 151, 5, 27, 0, 0, 150, 149, 1,
        0, 0, 0, 150, 151, 1, 0, 0, 0, 151, 198, 1, 0, 0, 0, 152, 154, 7, 0, 0, 0, 153, 155, 5,
        2, 0, 0, 154, 153, 1, 0, 0, 0, 154, 155, 1, 0, 0, 0, 155, 156, 1, 0, 0, 0, 156, 158, 7,
        1, 0, 0, 157, 159, 5, 27, 0, 0, 158, 157, 1, 0, 0, 0, 158, 159, 1, 0, 0, 0, 159, 198, 1,
        0, 0, 0, 160, 163, 5, 7, 0, 0, 161, 162, 5, 60, 0, 0, 162, 164, 5, 26, 0, 0, 163, 161,
        1, 0, 0, 0, 163, 164, 1, 0, 0, 0, 164, 165, 1, 0, 0, 0, 165, 168, 5, 90, 0, 0, 166, 169,
        3, 62, 31, 0, 167, 169, 5, 127, 0, 0, 168, 166, 1, 0, 0, 0, 168, 167, 1, 0, 0, 0, 169,
        171, 1, 0, 0, 0, 170, 172, 3, 14, 7, 0, 171, 170, 1, 0, 0, 0, 171, 172, 1, 0, 0, 0, 172,
        174, 1, 0, 0, 0, 173, 175, 3, 6, 3, 0, 174, 173, 1, 0, 0, 0, 174, 175, 1, 0, 0, 0, 175,
        198, 1, 0, 0, 0, 176, 179, 5, 7, 0, 0, 177, 178, 5, 60, 0, 0, 178, 180, 5, 26, 0, 0, 179,
        177, 1, 0, 0, 0, 179, 180, 1, 0, 0, 0, 180, 181, 1, 0, 0, 0, 181, 187, 5, 73, 0, 0, 182,
        185, 5, 84, 0, 0, 183, 186, 3, 62, 31, 0, 184, 186, 5, 127, 0, 0, 185, 183, 1, 0, 0, 0,
        185, 184, 1, 0, 0, 0, 186, 188, 1, 0, 0, 0, 187, 182, 1, 0, 0, 0, 187, 188, 1, 0, 0, 0,
        188, 191, 1, 0, 0, 0, 189, 190, 5, 40, 0, 0, 190, 192, 5, 128, 0, 0, 191, 189, 1, 0, 0,
        0, 191, 192, 1, 0, 0, 0, 192, 194, 1, 0, 0, 0, 193, 195, 3, 6, 3, 0, 194, 193, 1, 0, 0,
        0, 194, 195, 1, 0, 0, 0, 195, 198, 1, 0, 0, 0, 196, 198, 3, 18, 9, 0, 197, 69, 1, 0, 0,
        0, 197, 94, 1, 0, 0, 0, 197, 128, 1, 0, 0, 0, 197, 139, 1, 0, 0, 0, 197, 144, 1, 0, 0, 0,
        197, 152, 1, 0, 0, 0, 197, 160, 1, 0, 0, 0, 197, 176, 1, 0, 0, 0, 197, 196, 1, 0, 0, 0,
        198, 3, 1, 0, 0, 0, 199, 200, 7, 2, 0, 0, 200, 5, 1, 0, 0, 0, 201, 202, 5, 89, 0, 0, 202,
        203, 3, 36, 18, 0, 203, 7, 1, 0, 0, 0, 204, 213, 5, 123, 0, 0, 205, 210, 3, 10, 5, 0, 206,
        207, 5, 120, 0, 0, 207, 209, 3, 10, 5, 0, 208, 206, 1, 0, 0, 0, 209, 212, 1, 0, 0, 0, 210,
        208, 1, 0, 0, 0, 210, 211, 1, 0, 0, 0, 211, 214, 1, 0, 0, 0, 212, 210, 1, 0, 0, 0, 213,
        205, 1, 0, 0, 0, 213, 214, 1, 0, 0, 0, 214, 215, 1, 0, 0, 0, 215, 216, 5, 124, 0, 0, 216,
        9, 1, 0, 0, 0, 217, 218, 3, 62, 31, 0, 218, 220, 3, 60, 30, 0, 219, 221, 3, 12, 6, 0, 220,
        219, 1, 0, 0, 0, 220, 221, 1, 0, 0, 0, 221, 11, 1, 0, 0, 0, 222, 224, 5, 68, 0, 0, 223,
        222, 1, 0, 0, 0, 223, 224, 1, 0, 0, 0, 224, 225, 1, 0, 0, 0, 225, 232, 5, 48, 0, 0, 226,
        232, 5, 36, 0, 0, 227, 228, 5, 35, 0, 0, 228, 229, 5, 123, 0, 0, 229, 230, 5, 127, 0,
        0, 230, 232, 5, 124, 0, 0, 231, 223, 1, 0, 0, 0, 231, 226, 1, 0, 0, 0, 231, 227, 1, 0,
        0, 0, 232, 13, 1, 0, 0, 0, 233, 234, 5, 100, 0, 0, 234, 243, 5, 123, 0, 0, 235, 240, 3,
        16, 8, 0, 236, 237, 5, 120, 0, 0, 237, 239, 3, 16, 8, 0, 238, 236, 1, 0, 0, 0, 239, 242,
        1, 0, 0, 0, 240, 238, 1, 0, 0, 0, 240, 241, 1, 0, 0, 0, 241, 244, 1, 0, 0, 0, 242, 240,
        1, 0, 0, 0, 243, 235, 1, 0, 0, 0, 243, 244, 1, 0, 0, 0, 244, 245, 1, 0, 0, 0, 245, 246,
        5, 124, 0, 0, 246, 15, 1, 0, 0, 0, 247, 250, 3, 62, 31, 0, 248, 250, 5, 127, 0, 0, 249,
        247, 1, 0, 0, 0, 249, 248, 1, 0, 0, 0, 250, 251, 1, 0, 0, 0, 251, 253, 5, 105, 0, 0, 252,
        254, 5, 112, 0, 0, 253, 252, 1, 0, 0, 0, 253, 254, 1, 0, 0, 0, 254, 255, 1, 0, 0, 0, 255,
        256, 3, 58, 29, 0, 256, 17, 1, 0, 0, 0, 257, 259, 5, 76, 0, 0, 258, 260, 5, 20, 0, 0, 259,
        258, 1, 0, 0, 0, 259, 260, 1, 0, 0, 0, 260, 261, 1, 0, 0, 0, 261, 266, 3, 20, 10, 0, 262,
        263, 5, 120, 0, 0, 263, 265, 3, 20, 10, 0, 264, 262, 1, 0, 0, 0, 265, 268, 1, 0, 0, 0,
        266, 264, 1, 0, 0, 0, 266, 267, 1, 0, 0, 0, 267, 269, 1, 0, 0, 0, 268, 266, 1, 0, 0, 0,
        269, 270, 5, 30, 0, 0, 270, 275, 3, 22, 11, 0, 271, 272, 5, 120, 0, 0, 272, 274, 3, 22,
        11, 0, 273, 271, 1, 0, 0, 0, 274, 277, 1, 0, 0, 0, 275, 273, 1, 0, 0, 0, 275, 276, 1, 0,
        0, 0, 276, 281, 1, 0, 0, 0, 277, 275, 1, 0, 0, 0, 278, 280, 3, 24, 12, 0, 279, 278, 1,
        0, 0, 0, 280, 283, 1, 0, 0, 0, 281, 279, 1, 0, 0, 0, 281, 282, 1, 0, 0, 0, 282, 287, 1,
        0, 0, 0, 283, 281, 1, 0, 0, 0, 284, 286, 3, 30, 15, 0, 285, 284, 1, 0, 0, 0, 286, 289,
        1, 0, 0, 0, 287, 285, 1, 0, 0, 0, 287, 288, 1, 0, 0, 0, 288, 19, 1, 0, 0, 0, 289, 287, 1,
        0, 0, 0, 290, 305, 5, 113, 0, 0, 291, 292, 3, 62, 31, 0, 292, 293, 5, 121, 0, 0, 293,
        294, 5, 113, 0, 0, 294, 305, 1, 0, 0, 0, 295, 302, 3, 42, 21, 0, 296, 297, 5, 117, 0,
        0, 297, 303, 5, 113, 0, 0, 298, 300, 5, 5, 0, 0, 299, 298, 1, 0, 0, 0, 299, 300, 1, 0,
        0, 0, 300, 301, 1, 0, 0, 0, 301, 303, 3, 62, 31, 0, 302, 296, 1, 0, 0, 0, 302, 299, 1,
        0, 0, 0, 302, 303, 1, 0, 0, 0, 303, 305, 1, 0, 0, 0, 304, 290, 1, 0, 0, 0, 304, 291, 1,
        0, 0, 0, 304, 295, 1, 0, 0, 0, 305, 21, 1, 0, 0, 0, 306, 311, 3, 62, 31, 0, 307, 309, 5,
        5, 0, 0, 308, 307, 1, 0, 0, 0, 308, 309, 1, 0, 0, 0, 309, 310, 1, 0, 0, 0, 310, 312, 3,
        62, 31, 0, 311, 308, 1, 0, 0, 0, 311, 312, 1, 0, 0, 0, 312, 323, 1, 0, 0, 0, 313, 314,
        5, 123, 0, 0, 314, 315, 3, 18, 9, 0, 315, 320, 5, 124, 0, 0, 316, 318, 5, 5, 0, 0, 317,
        316, 1, 0, 0, 0, 317, 318, 1, 0, 0, 0, 318, 319, 1, 0, 0, 0, 319, 321, 3, 62, 31, 0, 320,
        317, 1, 0, 0, 0, 320, 321, 1, 0, 0, 0, 321, 323, 1, 0, 0, 0, 322, 306, 1, 0, 0, 0, 322,
        313, 1, 0, 0, 0, 323, 23, 1, 0, 0, 0, 324, 325, 3, 26, 13, 0, 325, 326, 5, 47, 0, 0, 326,
        328, 3, 22, 11, 0, 327, 329, 3, 28, 14, 0, 328, 327, 1, 0, 0, 0, 328, 329, 1, 0, 0, 0,
        329, 344, 1, 0, 0, 0, 330, 331, 5, 62, 0, 0, 331, 345, 3, 42, 21, 0, 332, 333, 5, 95,
        0, 0, 333, 334, 5, 123, 0, 0, 334, 339, 3, 62, 31, 0, 335, 336, 5, 120, 0, 0, 336, 338,
        3, 62, 31, 0, 337, 335, 1, 0, 0, 0, 338, 341, 1, 0, 0, 0, 339, 337, 1, 0, 0, 0, 339, 340,
        1, 0, 0, 0, 340, 342, 1, 0, 0, 0, 341, 339, 1, 0, 0, 0, 342, 343, 5, 124, 0, 0, 343, 345,
        1, 0, 0, 0, 344, 330, 1, 0, 0, 0, 344, 332, 1, 0, 0, 0, 344, 345, 1, 0, 0, 0, 345, 25, 1,
        0, 0, 0, 346, 348, 5, 43, 0, 0, 347, 346, 1, 0, 0, 0, 347, 348, 1, 0, 0, 0, 348, 354, 1,
        0, 0, 0, 349, 351, 7, 3, 0, 0, 350, 352, 5, 65, 0, 0, 351, 350, 1, 0, 0, 0, 351, 352, 1,
        0, 0, 0, 352, 354, 1, 0, 0, 0, 353, 347, 1, 0, 0, 0, 353, 349, 1, 0, 0, 0, 354, 27, 1, 0,
        0, 0, 355, 363, 5, 101, 0, 0, 356, 364, 3, 36, 18, 0, 357, 358, 5, 123, 0, 0, 358, 359,
        3, 36, 18, 0, 359, 360, 5, 120, 0, 0, 360, 361, 3, 36, 18, 0, 361, 362, 5, 124, 0, 0,
        362, 364, 1, 0, 0, 0, 363, 356, 1, 0, 0, 0, 363, 357, 1, 0, 0, 0, 364, 368, 1, 0, 0, 0,
        365, 366, 5, 32, 0, 0, 366, 367, 5, 67, 0, 0, 367, 369, 3, 36, 18, 0, 368, 365, 1, 0,
        0, 0, 368, 369, 1, 0, 0, 0, 369, 29, 1, 0, 0, 0, 370, 371, 5, 99, 0, 0, 371, 408, 3, 32,
        16, 0, 372, 373, 5, 98, 0, 0, 373, 408, 3, 42, 21, 0, 374, 375, 5, 33, 0, 0, 375, 376,
        5, 9, 0, 0, 376, 408, 3, 40, 20, 0, 377, 378, 5, 66, 0, 0, 378, 379, 5, 9, 0, 0, 379, 408,
        3, 40, 20, 0, 380, 381, 5, 34, 0, 0, 381, 408, 3, 42, 21, 0, 382, 383, 5, 23, 0, 0, 383,
        408, 7, 4, 0, 0, 384, 385, 5, 51, 0, 0, 385, 408, 5, 128, 0, 0, 386, 387, 5, 64, 0, 0,
        387, 388, 5, 9, 0, 0, 388, 390, 3, 42, 21, 0, 389, 391, 7, 5, 0, 0, 390, 389, 1, 0, 0,
        0, 390, 391, 1, 0, 0, 0, 391, 399, 1, 0, 0, 0, 392, 393, 5, 120, 0, 0, 393, 395, 3, 42,
        21, 0, 394, 396, 7, 5, 0, 0, 395, 394, 1, 0, 0, 0, 395, 396, 1, 0, 0, 0, 396, 398, 1, 0,
        0, 0, 397, 392, 1, 0, 0, 0, 398, 401, 1, 0, 0, 0, 399, 397, 1, 0, 0, 0, 399, 400, 1, 0,
        0, 0, 400, 408, 1, 0, 0, 0, 401, 399, 1, 0, 0, 0, 402, 404, 5, 94, 0, 0, 403, 405, 5, 2,
        0, 0, 404, 403, 1, 0, 0, 0, 404, 405, 1, 0, 0, 0, 405, 406, 1, 0, 0, 0, 406, 408, 3, 18,
        9, 0, 407, 370, 1, 0, 0, 0, 407, 372, 1, 0, 0, 0, 407, 374, 1, 0, 0, 0, 407, 377, 1, 0,
        0, 0, 407, 380, 1, 0, 0, 0, 407, 382, 1, 0, 0, 0, 407, 384, 1, 0, 0, 0, 407, 386, 1, 0,
        0, 0, 407, 402, 1, 0, 0, 0, 408, 31, 1, 0, 0, 0, 409, 410, 5, 93, 0, 0, 410, 411, 5, 123,
        0, 0, 411, 412, 5, 79, 0, 0, 412, 413, 3, 36, 18, 0, 413, 414, 3, 34, 17, 0, 414, 415,
        5, 124, 0, 0, 415, 434, 1, 0, 0, 0, 416, 417, 5, 37, 0, 0, 417, 418, 5, 123, 0, 0, 418,
        419, 5, 79, 0, 0, 419, 420, 3, 36, 18, 0, 420, 421, 5, 120, 0, 0, 421, 422, 5, 1, 0, 0,
        422, 423, 5, 9, 0, 0, 423, 424, 3, 36, 18, 0, 424, 425, 3, 34, 17, 0, 425, 426, 5, 124,
        0, 0, 426, 434, 1, 0, 0, 0, 427, 428, 5, 77, 0, 0, 428, 429, 5, 123, 0, 0, 429, 430, 3,
        36, 18, 0, 430, 431, 3, 34, 17, 0, 431, 432, 5, 124, 0, 0, 432, 434, 1, 0, 0, 0, 433,
        409, 1, 0, 0, 0, 433, 416, 1, 0, 0, 0, 433, 427, 1, 0, 0, 0, 434, 33, 1, 0, 0, 0, 435, 436,
        5, 120, 0, 0, 436, 437, 5, 71, 0, 0, 437, 439, 3, 36, 18, 0, 438, 435, 1, 0, 0, 0, 438,
        439, 1, 0, 0, 0, 439, 444, 1, 0, 0, 0, 440, 441, 5, 120, 0, 0, 441, 442, 5, 32, 0, 0, 442,
        443, 5, 67, 0, 0, 443, 445, 3, 36, 18, 0, 444, 440, 1, 0, 0, 0, 444, 445, 1, 0, 0, 0, 445,
        449, 1, 0, 0, 0, 446, 447, 5, 120, 0, 0, 447, 448, 5, 71, 0, 0, 448, 450, 3, 36, 18, 0,
        449, 446, 1, 0, 0, 0, 449, 450, 1, 0, 0, 0, 450, 35, 1, 0, 0, 0, 451, 452, 5, 128, 0, 0,
        452, 453, 3, 38, 19, 0, 453, 37, 1, 0, 0, 0, 454, 455, 7, 6, 0, 0, 455, 39, 1, 0, 0, 0,
        456, 457, 5, 123, 0, 0, 457, 460, 3, 42, 21, 0, 458, 459, 5, 120, 0, 0, 459, 461, 3,
        42, 21, 0, 460, 458, 1, 0, 0, 0, 461, 462, 1, 0, 0, 0, 462, 460, 1, 0, 0, 0, 462, 463,
        1, 0, 0, 0, 463, 464, 1, 0, 0, 0, 464, 465, 5, 124, 0, 0, 465, 475, 1, 0, 0, 0, 466, 471,
        3, 42, 21, 0, 467, 468, 5, 120, 0, 0, 468, 470, 3, 42, 21, 0, 469, 467, 1, 0, 0, 0, 470,
        473, 1, 0, 0, 0, 471, 469, 1, 0, 0, 0, 471, 472, 1, 0, 0, 0, 472, 475, 1, 0, 0, 0, 473,
        471, 1, 0, 0, 0, 474, 456, 1, 0, 0, 0, 474, 466, 1, 0, 0, 0, 475, 41, 1, 0, 0, 0, 476, 477,
        6, 21, -1, 0, 477, 478, 5, 60, 0, 0, 478, 481, 3, 42, 21, 4, 479, 481, 3, 44, 22, 0, 480,
        476, 1, 0, 0, 0, 480, 479, 1, 0, 0, 0, 481, 490, 1, 0, 0, 0, 482, 483, 10, 3, 0, 0, 483,
        484, 5, 3, 0, 0, 484, 489, 3, 42, 21, 4, 485, 486, 10, 2, 0, 0, 486, 487, 5, 63, 0, 0,
        487, 489, 3, 42, 21, 3, 488, 482, 1, 0, 0, 0, 488, 485, 1, 0, 0, 0, 489, 492, 1, 0, 0,
        0, 490, 488, 1, 0, 0, 0, 490, 491, 1, 0, 0, 0, 491, 43, 1, 0, 0, 0, 492, 490, 1, 0, 0, 0,
        493, 495, 3, 48, 24, 0, 494, 496, 3, 46, 23, 0, 495, 494, 1, 0, 0, 0, 495, 496, 1, 0,
        0, 0, 496, 45, 1, 0, 0, 0, 497, 498, 7, 7, 0, 0, 498, 544, 3, 48, 24, 0, 499, 501, 5, 60,
        0, 0, 500, 499, 1, 0, 0, 0, 500, 501, 1, 0, 0, 0, 501, 502, 1, 0, 0, 0, 502, 503, 5, 8,
        0, 0, 503, 504, 3, 48, 24, 0, 504, 505, 5, 3, 0, 0, 505, 506, 3, 48, 24, 0, 506, 544,
        1, 0, 0, 0, 507, 509, 5, 60, 0, 0, 508, 507, 1, 0, 0, 0, 508, 509, 1, 0, 0, 0, 509, 510,
        1, 0, 0, 0, 510, 511, 5, 42, 0, 0, 511, 512, 5, 123, 0, 0, 512, 517, 3, 42, 21, 0, 513,
        514, 5, 120, 0, 0, 514, 516, 3, 42, 21, 0, 515, 513, 1, 0, 0, 0, 516, 519, 1, 0, 0, 0,
        517, 515, 1, 0, 0, 0, 517, 518, 1, 0, 0, 0, 518, 520, 1, 0, 0, 0, 519, 517, 1, 0, 0, 0,
        520, 521, 5, 124, 0, 0, 521, 544, 1, 0, 0, 0, 522, 524, 5, 60, 0, 0, 523, 522, 1, 0, 0,
        0, 523, 524, 1, 0, 0, 0, 524, 525, 1, 0, 0, 0, 525, 526, 5, 50, 0, 0, 526, 529, 3, 48,
        24, 0, 527, 528, 5, 25, 0, 0, 528, 530, 5, 127, 0, 0, 529, 527, 1, 0, 0, 0, 529, 530,
        1, 0, 0, 0, 530, 544, 1, 0, 0, 0, 531, 533, 5, 46, 0, 0, 532, 534, 5, 60, 0, 0, 533, 532,
        1, 0, 0, 0, 533, 534, 1, 0, 0, 0, 534, 535, 1, 0, 0, 0, 535, 544, 5, 61, 0, 0, 536, 538,
        5, 46, 0, 0, 537, 539, 5, 60, 0, 0, 538, 537, 1, 0, 0, 0, 538, 539, 1, 0, 0, 0, 539, 540,
        1, 0, 0, 0, 540, 541, 5, 20, 0, 0, 541, 542, 5, 30, 0, 0, 542, 544, 3, 48, 24, 0, 543,
        497, 1, 0, 0, 0, 543, 500, 1, 0, 0, 0, 543, 508, 1, 0, 0, 0, 543, 523, 1, 0, 0, 0, 543,
        531, 1, 0, 0, 0, 543, 536, 1, 0, 0, 0, 544, 47, 1, 0, 0, 0, 545, 546, 6, 24, -1, 0, 546,
        550, 3, 50, 25, 0, 547, 548, 7, 8, 0, 0, 548, 550, 3, 48, 24, 4, 549, 545, 1, 0, 0, 0,
        549, 547, 1, 0, 0, 0, 550, 562, 1, 0, 0, 0, 551, 552, 10, 3, 0, 0, 552, 553, 7, 9, 0, 0,
        553, 561, 3, 48, 24, 4, 554, 555, 10, 2, 0, 0, 555, 556, 7, 8, 0, 0, 556, 561, 3, 48,
        24, 3, 557, 558, 10, 1, 0, 0, 558, 559, 5, 116, 0, 0, 559, 561, 3, 48, 24, 2, 560, 551,
        1, 0, 0, 0, 560, 554, 1, 0, 0, 0, 560, 557, 1, 0, 0, 0, 561, 564, 1, 0, 0, 0, 562, 560,
        1, 0, 0, 0, 562, 563, 1, 0, 0, 0, 563, 49, 1, 0, 0, 0, 564, 562, 1, 0, 0, 0, 565, 566, 6,
        25, -1, 0, 566, 669, 3, 58, 29, 0, 567, 569, 5, 10, 0, 0, 568, 570, 3, 42, 21, 0, 569,
        568, 1, 0, 0, 0, 569, 570, 1, 0, 0, 0, 570, 576, 1, 0, 0, 0, 571, 572, 5, 97, 0, 0, 572,
        573, 3, 42, 21, 0, 573, 574, 5, 88, 0, 0, 574, 575, 3, 42, 21, 0, 575, 577, 1, 0, 0, 0,
        576, 571, 1, 0, 0, 0, 577, 578, 1, 0, 0, 0, 578, 576, 1, 0, 0, 0, 578, 579, 1, 0, 0, 0,
        579, 582, 1, 0, 0, 0, 580, 581, 5, 22, 0, 0, 581, 583, 3, 42, 21, 0, 582, 580, 1, 0, 0,
        0, 582, 583, 1, 0, 0, 0, 583, 584, 1, 0, 0, 0, 584, 585, 5, 24, 0, 0, 585, 669, 1, 0, 0,
        0, 586, 587, 5, 11, 0, 0, 587, 588, 5, 123, 0, 0, 588, 589, 3, 42, 21, 0, 589, 590, 5,
        5, 0, 0, 590, 591, 3, 60, 30, 0, 591, 592, 5, 124, 0, 0, 592, 669, 1, 0, 0, 0, 593, 594,
        5, 4, 0, 0, 594, 603, 5, 125, 0, 0, 595, 600, 3, 42, 21, 0, 596, 597, 5, 120, 0, 0, 597,
        599, 3, 42, 21, 0, 598, 596, 1, 0, 0, 0, 599, 602, 1, 0, 0, 0, 600, 598, 1, 0, 0, 0, 600,
        601, 1, 0, 0, 0, 601, 604, 1, 0, 0, 0, 602, 600, 1, 0, 0, 0, 603, 595, 1, 0, 0, 0, 603,
        604, 1, 0, 0, 0, 604, 605, 1, 0, 0, 0, 605, 669, 5, 126, 0, 0, 606, 607, 5, 53, 0, 0, 607,
        616, 5, 123, 0, 0, 608, 613, 3, 52, 26, 0, 609, 610, 5, 120, 0, 0, 610, 612, 3, 52, 26,
        0, 611, 609, 1, 0, 0, 0, 612, 615, 1, 0, 0, 0, 613, 611, 1, 0, 0, 0, 613, 614, 1, 0, 0,
        0, 614, 617, 1, 0, 0, 0, 615, 613, 1, 0, 0, 0, 616, 608, 1, 0, 0, 0, 616, 617, 1, 0, 0,
        0, 617, 618, 1, 0, 0, 0, 618, 669, 5, 124, 0, 0, 619, 620, 5, 83, 0, 0, 620, 629, 5, 123,
        0, 0, 621, 626, 3, 54, 27, 0, 622, 623, 5, 120, 0, 0, 623, 625, 3, 54, 27, 0, 624, 622,
        1, 0, 0, 0, 625, 628, 1, 0, 0, 0, 626, 624, 1, 0, 0, 0, 626, 627, 1, 0, 0, 0, 627, 630,
        1, 0, 0, 0, 628, 626, 1, 0, 0, 0, 629, 621, 1, 0, 0, 0, 629, 630, 1, 0, 0, 0, 630, 631,
        1, 0, 0, 0, 631, 669, 5, 124, 0, 0, 632, 633, 3, 62, 31, 0, 633, 634, 5, 123, 0, 0, 634,
        635, 5, 113, 0, 0, 635, 636, 5, 124, 0, 0, 636, 669, 1, 0, 0, 0, 637, 638, 3, 62, 31,
        0, 638, 640, 5, 123, 0, 0, 639, 641, 5, 20, 0, 0, 640, 639, 1, 0, 0, 0, 640, 641, 1, 0,
        0, 0, 641, 650, 1, 0, 0, 0, 642, 647, 3, 56, 28, 0, 643, 644, 5, 120, 0, 0, 644, 646,
        3, 56, 28, 0, 645, 643, 1, 0, 0, 0, 646, 649, 1, 0, 0, 0, 647, 645, 1, 0, 0, 0, 647, 648,
        1, 0, 0, 0, 648, 651, 1, 0, 0, 0, 649, 647, 1, 0, 0, 0, 650, 642, 1, 0, 0, 0, 650, 651,
        1, 0, 0, 0, 651, 652, 1, 0, 0, 0, 652, 653, 5, 124, 0, 0, 653, 669, 1, 0, 0, 0, 654, 655,
        3, 62, 31, 0, 655, 656, 5, 121, 0, 0, 656, 657, 3, 62, 31, 0, 657, 669, 1, 0, 0, 0, 658,
        669, 3, 62, 31, 0, 659, 669, 5, 134, 0, 0, 660, 661, 5, 123, 0, 0, 661, 662, 3, 18, 9,
        0, 662, 663, 5, 124, 0, 0, 663, 669, 1, 0, 0, 0, 664, 665, 5, 123, 0, 0, 665, 666, 3,
        42, 21, 0, 666, 667, 5, 124, 0, 0, 667, 669, 1, 0, 0, 0, 668, 565, 1, 0, 0, 0, 668, 567,
        1, 0, 0, 0, 668, 586, 1, 0, 0, 0, 668, 593, 1, 0, 0, 0, 668, 606, 1, 0, 0, 0, 668, 619,
        1, 0, 0, 0, 668, 632, 1, 0, 0, 0, 668, 637, 1, 0, 0, 0, 668, 654, 1, 0, 0, 0, 668, 658,
        1, 0, 0, 0, 668, 659, 1, 0, 0, 0, 668, 660, 1, 0, 0, 0, 668, 664, 1, 0, 0, 0, 669, 680,
        1, 0, 0, 0, 670, 671, 10, 7, 0, 0, 671, 672, 5, 125, 0, 0, 672, 673, 3, 48, 24, 0, 673,
        674, 5, 126, 0, 0, 674, 679, 1, 0, 0, 0, 675, 676, 10, 6, 0, 0, 676, 677, 5, 117, 0, 0,
        677, 679, 3, 62, 31, 0, 678, 670, 1, 0, 0, 0, 678, 675, 1, 0, 0, 0, 679, 682, 1, 0, 0,
        0, 680, 678, 1, 0, 0, 0, 680, 681, 1, 0, 0, 0, 681, 51, 1, 0, 0, 0, 682, 680, 1, 0, 0, 0,
        683, 684, 3, 42, 21, 0, 684, 685, 5, 119, 0, 0, 685, 686, 3, 42, 21, 0, 686, 53, 1, 0,
        0, 0, 687, 688, 3, 62, 31, 0, 688, 689, 5, 119, 0, 0, 689, 690, 3, 42, 21, 0, 690, 55,
        1, 0, 0, 0, 691, 692, 3, 62, 31, 0, 692, 693, 5, 118, 0, 0, 693, 694, 3, 42, 21, 0, 694,
        711, 1, 0, 0, 0, 695, 696, 5, 123, 0, 0, 696, 701, 3, 62, 31, 0, 697, 698, 5, 120, 0,
        0, 698, 700, 3, 62, 31, 0, 699, 697, 1, 0, 0, 0, 700, 703, 1, 0, 0, 0, 701, 699, 1, 0,
        0, 0, 701, 702, 1, 0, 0, 0, 702, 704, 1, 0, 0, 0, 703, 701, 1, 0, 0, 0, 704, 705, 5, 124,
        0, 0, 705, 706, 5, 118, 0, 0, 706, 707, 3, 42, 21, 0, 707, 711, 1, 0, 0, 0, 708, 711,
        3, 42, 21, 0, 709, 711, 3, 38, 19, 0, 710, 691, 1, 0, 0, 0, 710, 695, 1, 0, 0, 0, 710,
        708, 1, 0, 0, 0, 710, 709, 1, 0, 0, 0, 711, 57, 1, 0, 0, 0, 712, 713, 7, 10, 0, 0, 713,
        59, 1, 0, 0, 0, 714, 715, 5, 4, 0, 0, 715, 716, 5, 107, 0, 0, 716, 717, 3, 60, 30, 0, 717,
        718, 5, 109, 0, 0, 718, 762, 1, 0, 0, 0, 719, 720, 5, 53, 0, 0, 720, 721, 5, 107, 0, 0,
        721, 722, 3, 60, 30, 0, 722, 723, 5, 120, 0, 0, 723, 724, 3, 60, 30, 0, 724, 725, 5,
        109, 0, 0, 725, 762, 1, 0, 0, 0, 726, 727, 5, 83, 0, 0, 727, 739, 5, 107, 0, 0, 728, 729,
        3, 62, 31, 0, 729, 736, 3, 60, 30, 0, 730, 731, 5, 120, 0, 0, 731, 732, 3, 62, 31, 0,
        732, 733, 3, 60, 30, 0, 733, 735, 1, 0, 0, 0, 734, 730, 1, 0, 0, 0, 735, 738, 1, 0, 0,
        0, 736, 734, 1, 0, 0, 0, 736, 737, 1, 0, 0, 0, 737, 740, 1, 0, 0, 0, 738, 736, 1, 0, 0,
        0, 739, 728, 1, 0, 0, 0, 739, 740, 1, 0, 0, 0, 740, 741, 1, 0, 0, 0, 741, 762, 5, 109,
        0, 0, 742, 743, 5, 16, 0, 0, 743, 744, 5, 123, 0, 0, 744, 745, 5, 128, 0, 0, 745, 746,
        5, 120, 0, 0, 746, 747, 5, 128, 0, 0, 747, 762, 5, 124, 0, 0, 748, 759, 3, 62, 31, 0,
        749, 750, 5, 123, 0, 0, 750, 755, 5, 128, 0, 0, 751, 752, 5, 120, 0, 0, 752, 754, 5,
        128, 0, 0, 753, 751, 1, 0, 0, 0, 754, 757, 1, 0, 0, 0, 755, 753, 1, 0, 0, 0, 755, 756,
        1, 0, 0, 0, 756, 758, 1, 0, 0, 0, 757, 755, 1, 0, 0, 0, 758, 760, 5, 124, 0, 0, 759, 749,
        1, 0, 0, 0, 759, 760, 1, 0, 0, 0, 760, 762, 1, 0, 0, 0, 761, 714, 1, 0, 0, 0, 761, 719,
        1, 0, 0, 0, 761, 726, 1, 0, 0, 0, 761, 742, 1, 0, 0, 0, 761, 748, 1, 0, 0, 0, 762, 61, 1,
        0, 0, 0, 763, 767, 5, 131, 0, 0, 764, 767, 5, 133, 0, 0, 765, 767, 3, 64, 32, 0, 766,
        763, 1, 0, 0, 0, 766, 764, 1, 0, 0, 0, 766, 765, 1, 0, 0, 0, 767, 63, 1, 0, 0, 0, 768, 769,
        7, 11, 0, 0, 769, 65, 1, 0, 0, 0, 108, 72, 75, 81, 85, 88, 92, 98, 106, 111, 120, 126,
        132, 137, 142, 146, 150, 154, 158, 163, 168, 171, 174, 179, 185, 187, 191, 194,
        197, 210, 213, 220, 223, 231, 240, 243, 249, 253, 259, 266, 275, 281, 287, 299,
        302, 304, 308, 311, 317, 320, 322, 328, 339, 344, 347, 351, 353, 363, 368, 390,
        395, 399, 404, 407, 433, 438, 444, 449, 462, 471, 474, 480, 488, 490, 495, 500,
        508, 517, 523, 529, 533, 538, 543, 549, 560, 562, 569, 578, 582, 600, 603, 613,
        616, 626, 629, 640, 647, 650, 668, 678, 680, 701, 710, 736, 739, 755, 759, 761,
        766
    ];
    static __ATN;
    static get _ATN() {
        if (!KsqlParser.__ATN) {
            KsqlParser.__ATN = new antlr.ATNDeserializer().deserialize(KsqlParser._serializedATN);
        }
        return KsqlParser.__ATN;
    }
    static vocabulary = new antlr.Vocabulary(KsqlParser.literalNames, KsqlParser.symbolicNames, []);
    get vocabulary() {
        return KsqlParser.vocabulary;
    }
    static decisionsToDFA = KsqlParser._ATN.decisionToState.map((ds, index) => new antlr.DFA(ds, index));
}
export class SingleStatementContext extends antlr.ParserRuleContext {
    constructor(parent, invokingState) {
        super(parent, invokingState);
    }
    statement() {
        return this.getRuleContext(0, StatementContext);
    }
    EOF() {
        return this.getToken(KsqlParser.EOF, 0);
    }
    get ruleIndex() {
        return KsqlParser.RULE_singleStatement;
    }
}
export class StatementContext extends antlr.ParserRuleContext {
    constructor(parent, invokingState) {
        super(parent, invokingState);
    }
    get ruleIndex() {
        return KsqlParser.RULE_statement;
    }
    copyFrom(ctx) {
        super.copyFrom(ctx);
    }
}
export class CreateContext extends StatementContext {
    _name;
    constructor(ctx) {
        super(ctx.parent, ctx.invokingState);
        super.copyFrom(ctx);
    }
    CREATE() {
        return this.getToken(KsqlParser.CREATE, 0);
    }
    relationKind() {
        return this.getRuleContext(0, RelationKindContext);
    }
    identifier() {
        return this.getRuleContext(0, IdentifierContext);
    }
    OR() {
        return this.getToken(KsqlParser.OR, 0);
    }
    REPLACE() {
        return this.getToken(KsqlParser.REPLACE, 0);
    }
    SOURCE() {
        return this.getToken(KsqlParser.SOURCE, 0);
    }
    IF() {
        return this.getToken(KsqlParser.IF, 0);
    }
    NOT() {
        return this.getToken(KsqlParser.NOT, 0);
    }
    EXISTS() {
        return this.getToken(KsqlParser.EXISTS, 0);
    }
    columns() {
        return this.getRuleContext(0, ColumnsContext);
    }
    properties() {
        return this.getRuleContext(0, PropertiesContext);
    }
    AS() {
        return this.getToken(KsqlParser.AS, 0);
    }
    query() {
        return this.getRuleContext(0, QueryContext);
    }
}
export class InsertContext extends StatementContext {
    _name;
    constructor(ctx) {
        super(ctx.parent, ctx.invokingState);
        super.copyFrom(ctx);
    }
    INSERT() {
        return this.getToken(KsqlParser.INSERT, 0);
    }
    INTO() {
        return this.getToken(KsqlParser.INTO, 0);
    }
    identifier(i) {
        if (i === undefined) {
            return this.getRuleContexts(IdentifierContext);
        }
        return this.getRuleContext(i, IdentifierContext);
    }
    VALUES() {
        return this.getToken(KsqlParser.VALUES, 0);
    }
    OPEN(i) {
        if (i === undefined) {
            return this.getTokens(KsqlParser.OPEN);
        }
        else {
            return this.getToken(KsqlParser.OPEN, i);
        }
    }
    expression(i) {
        if (i === undefined) {
            return this.getRuleContexts(ExpressionContext);
        }
        return this.getRuleContext(i, ExpressionContext);
    }
    CLOSE(i) {
        if (i === undefined) {
            return this.getTokens(KsqlParser.CLOSE);
        }
        else {
            return this.getToken(KsqlParser.CLOSE, i);
        }
    }
    query() {
        return this.getRuleContext(0, QueryContext);
    }
    properties() {
        return this.getRuleContext(0, PropertiesContext);
    }
    COMMA(i) {
        if (i === undefined) {
            return this.getTokens(KsqlParser.COMMA);
        }
        else {
            return this.getToken(KsqlParser.COMMA, i);
        }
    }
}
export class DropContext extends StatementContext {
    _name;
    constructor(ctx) {
        super(ctx.parent, ctx.invokingState);
        super.copyFrom(ctx);
    }
    DROP() {
        return this.getToken(KsqlParser.DROP, 0);
    }
    relationKind() {
        return this.getRuleContext(0, RelationKindContext);
    }
    identifier() {
        return this.getRuleContext(0, IdentifierContext);
    }
    IF() {
        return this.getToken(KsqlParser.IF, 0);
    }
    EXISTS() {
        return this.getToken(KsqlParser.EXISTS, 0);
    }
    DELETE() {
        return this.getToken(KsqlParser.DELETE, 0);
    }
    TOPIC() {
        return this.getToken(KsqlParser.TOPIC, 0);
    }
}
export class TerminateContext extends StatementContext {
    _name;
    constructor(ctx) {
        super(ctx.parent, ctx.invokingState);
        super.copyFrom(ctx);
    }
    TERMINATE() {
        return this.getToken(KsqlParser.TERMINATE, 0);
    }
    ALL() {
        return this.getToken(KsqlParser.ALL, 0);
    }
    identifier() {
        return this.getRuleContext(0, IdentifierContext);
    }
}
export class DescribeContext extends StatementContext {
    _misplaced;
    _name;
    constructor(ctx) {
        super(ctx.parent, ctx.invokingState);
        super.copyFrom(ctx);
    }
    DESCRIBE() {
        return this.getToken(KsqlParser.DESCRIBE, 0);
    }
    identifier() {
        return this.getRuleContext(0, IdentifierContext);
    }
    EXTENDED(i) {
        if (i === undefined) {
            return this.getTokens(KsqlParser.EXTENDED);
        }
        else {
            return this.getToken(KsqlParser.EXTENDED, i);
        }
    }
}
export class ShowContext extends StatementContext {
    _what;
    constructor(ctx) {
        super(ctx.parent, ctx.invokingState);
        super.copyFrom(ctx);
    }
    SHOW() {
        return this.getToken(KsqlParser.SHOW, 0);
    }
    LIST() {
        return this.getToken(KsqlParser.LIST, 0);
    }
    STREAMS() {
        return this.getToken(KsqlParser.STREAMS, 0);
    }
    TABLES() {
        return this.getToken(KsqlParser.TABLES, 0);
    }
    QUERIES() {
        return this.getToken(KsqlParser.QUERIES, 0);
    }
    TOPICS() {
        return this.getToken(KsqlParser.TOPICS, 0);
    }
    ALL() {
        return this.getToken(KsqlParser.ALL, 0);
    }
    EXTENDED() {
        return this.getToken(KsqlParser.EXTENDED, 0);
    }
}
export class AssertTopicContext extends StatementContext {
    _name;
    _text;
    constructor(ctx) {
        super(ctx.parent, ctx.invokingState);
        super.copyFrom(ctx);
    }
    ASSERT() {
        return this.getToken(KsqlParser.ASSERT, 0);
    }
    TOPIC() {
        return this.getToken(KsqlParser.TOPIC, 0);
    }
    NOT() {
        return this.getToken(KsqlParser.NOT, 0);
    }
    EXISTS() {
        return this.getToken(KsqlParser.EXISTS, 0);
    }
    identifier() {
        return this.getRuleContext(0, IdentifierContext);
    }
    STRING() {
        return this.getToken(KsqlParser.STRING, 0);
    }
    properties() {
        return this.getRuleContext(0, PropertiesContext);
    }
    timeout() {
        return this.getRuleContext(0, TimeoutContext);
    }
}
export class AssertSchemaContext extends StatementContext {
    constructor(ctx) {
        super(ctx.parent, ctx.invokingState);
        super.copyFrom(ctx);
    }
    ASSERT() {
        return this.getToken(KsqlParser.ASSERT, 0);
    }
    SCHEMA() {
        return this.getToken(KsqlParser.SCHEMA, 0);
    }
    NOT() {
        return this.getToken(KsqlParser.NOT, 0);
    }
    EXISTS() {
        return this.getToken(KsqlParser.EXISTS, 0);
    }
    SUBJECT() {
        return this.getToken(KsqlParser.SUBJECT, 0);
    }
    ID() {
        return this.getToken(KsqlParser.ID, 0);
    }
    INTEGER() {
        return this.getToken(KsqlParser.INTEGER, 0);
    }
    timeout() {
        return this.getRuleContext(0, TimeoutContext);
    }
    identifier() {
        return this.getRuleContext(0, IdentifierContext);
    }
    STRING() {
        return this.getToken(KsqlParser.STRING, 0);
    }
}
export class SelectContext extends StatementContext {
    constructor(ctx) {
        super(ctx.parent, ctx.invokingState);
        super.copyFrom(ctx);
    }
    query() {
        return this.getRuleContext(0, QueryContext);
    }
}
export class RelationKindContext extends antlr.ParserRuleContext {
    constructor(parent, invokingState) {
        super(parent, invokingState);
    }
    STREAM() {
        return this.getToken(KsqlParser.STREAM, 0);
    }
    TABLE() {
        return this.getToken(KsqlParser.TABLE, 0);
    }
    get ruleIndex() {
        return KsqlParser.RULE_relationKind;
    }
}
export class TimeoutContext extends antlr.ParserRuleContext {
    constructor(parent, invokingState) {
        super(parent, invokingState);
    }
    TIMEOUT() {
        return this.getToken(KsqlParser.TIMEOUT, 0);
    }
    duration() {
        return this.getRuleContext(0, DurationContext);
    }
    get ruleIndex() {
        return KsqlParser.RULE_timeout;
    }
}
export class ColumnsContext extends antlr.ParserRuleContext {
    constructor(parent, invokingState) {
        super(parent, invokingState);
    }
    OPEN() {
        return this.getToken(KsqlParser.OPEN, 0);
    }
    CLOSE() {
        return this.getToken(KsqlParser.CLOSE, 0);
    }
    column(i) {
        if (i === undefined) {
            return this.getRuleContexts(ColumnContext);
        }
        return this.getRuleContext(i, ColumnContext);
    }
    COMMA(i) {
        if (i === undefined) {
            return this.getTokens(KsqlParser.COMMA);
        }
        else {
            return this.getToken(KsqlParser.COMMA, i);
        }
    }
    get ruleIndex() {
        return KsqlParser.RULE_columns;
    }
}
export class ColumnContext extends antlr.ParserRuleContext {
    constructor(parent, invokingState) {
        super(parent, invokingState);
    }
    identifier() {
        return this.getRuleContext(0, IdentifierContext);
    }
    type() {
        return this.getRuleContext(0, TypeContext);
    }
    columnRole() {
        return this.getRuleContext(0, ColumnRoleContext);
    }
    get ruleIndex() {
        return KsqlParser.RULE_column;
    }
}
export class ColumnRoleContext extends antlr.ParserRuleContext {
    constructor(parent, invokingState) {
        super(parent, invokingState);
    }
    KEY() {
        return this.getToken(KsqlParser.KEY, 0);
    }
    PRIMARY() {
        return this.getToken(KsqlParser.PRIMARY, 0);
    }
    HEADERS() {
        return this.getToken(KsqlParser.HEADERS, 0);
    }
    HEADER() {
        return this.getToken(KsqlParser.HEADER, 0);
    }
    OPEN() {
        return this.getToken(KsqlParser.OPEN, 0);
    }
    STRING() {
        return this.getToken(KsqlParser.STRING, 0);
    }
    CLOSE() {
        return this.getToken(KsqlParser.CLOSE, 0);
    }
    get ruleIndex() {
        return KsqlParser.RULE_columnRole;
    }
}
export class PropertiesContext extends antlr.ParserRuleContext {
    constructor(parent, invokingState) {
        super(parent, invokingState);
    }
    WITH() {
        return this.getToken(KsqlParser.WITH, 0);
    }
    OPEN() {
        return this.getToken(KsqlParser.OPEN, 0);
    }
    CLOSE() {
        return this.getToken(KsqlParser.CLOSE, 0);
    }
    property(i) {
        if (i === undefined) {
            return this.getRuleContexts(PropertyContext);
        }
        return this.getRuleContext(i, PropertyContext);
    }
    COMMA(i) {
        if (i === undefined) {
            return this.getTokens(KsqlParser.COMMA);
        }
        else {
            return this.getToken(KsqlParser.COMMA, i);
        }
    }
    get ruleIndex() {
        return KsqlParser.RULE_properties;
    }
}
export class PropertyContext extends antlr.ParserRuleContext {
    constructor(parent, invokingState) {
        super(parent, invokingState);
    }
    EQUAL() {
        return this.getToken(KsqlParser.EQUAL, 0);
    }
    literal() {
        return this.getRuleContext(0, LiteralContext);
    }
    identifier() {
        return this.getRuleContext(0, IdentifierContext);
    }
    STRING() {
        return this.getToken(KsqlParser.STRING, 0);
    }
    MINUS() {
        return this.getToken(KsqlParser.MINUS, 0);
    }
    get ruleIndex() {
        return KsqlParser.RULE_property;
    }
}
export class QueryContext extends antlr.ParserRuleContext {
    constructor(parent, invokingState) {
        super(parent, invokingState);
    }
    SELECT() {
        return this.getToken(KsqlParser.SELECT, 0);
    }
    selectItem(i) {
        if (i === undefined) {
            return this.getRuleContexts(SelectItemContext);
        }
        return this.getRuleContext(i, SelectItemContext);
    }
    FROM() {
        return this.getToken(KsqlParser.FROM, 0);
    }
    relation(i) {
        if (i === undefined) {
            return this.getRuleContexts(RelationContext);
        }
        return this.getRuleContext(i, RelationContext);
    }
    DISTINCT() {
        return this.getToken(KsqlParser.DISTINCT, 0);
    }
    COMMA(i) {
        if (i === undefined) {
            return this.getTokens(KsqlParser.COMMA);
        }
        else {
            return this.getToken(KsqlParser.COMMA, i);
        }
    }
    join(i) {
        if (i === undefined) {
            return this.getRuleContexts(JoinContext);
        }
        return this.getRuleContext(i, JoinContext);
    }
    clause(i) {
        if (i === undefined) {
            return this.getRuleContexts(ClauseContext);
        }
        return this.getRuleContext(i, ClauseContext);
    }
    get ruleIndex() {
        return KsqlParser.RULE_query;
    }
}
export class SelectItemContext extends antlr.ParserRuleContext {
    constructor(parent, invokingState) {
        super(parent, invokingState);
    }
    get ruleIndex() {
        return KsqlParser.RULE_selectItem;
    }
    copyFrom(ctx) {
        super.copyFrom(ctx);
    }
}
export class SelectAllContext extends SelectItemContext {
    constructor(ctx) {
        super(ctx.parent, ctx.invokingState);
        super.copyFrom(ctx);
    }
    ASTERISK() {
        return this.getToken(KsqlParser.ASTERISK, 0);
    }
}
export class SelectAllOfContext extends SelectItemContext {
    constructor(ctx) {
        super(ctx.parent, ctx.invokingState);
        super.copyFrom(ctx);
    }
    identifier() {
        return this.getRuleContext(0, IdentifierContext);
    }
    POINT() {
        return this.getToken(KsqlParser.POINT, 0);
    }
    ASTERISK() {
        return this.getToken(KsqlParser.ASTERISK, 0);
    }
}
export class SelectExpressionContext extends SelectItemContext {
    _alias;
    constructor(ctx) {
        super(ctx.parent, ctx.invokingState);
        super.copyFrom(ctx);
    }
    expression() {
        return this.getRuleContext(0, ExpressionContext);
    }
    ARROW() {
        return this.getToken(KsqlParser.ARROW, 0);
    }
    ASTERISK() {
        return this.getToken(KsqlParser.ASTERISK, 0);
    }
    identifier() {
        return this.getRuleContext(0, IdentifierContext);
    }
    AS() {
        return this.getToken(KsqlParser.AS, 0);
    }
}
export class RelationContext extends antlr.ParserRuleContext {
    _alias;
    constructor(parent, invokingState) {
        super(parent, invokingState);
    }
    identifier(i) {
        if (i === undefined) {
            return this.getRuleContexts(IdentifierContext);
        }
        return this.getRuleContext(i, IdentifierContext);
    }
    AS() {
        return this.getToken(KsqlParser.AS, 0);
    }
    OPEN() {
        return this.getToken(KsqlParser.OPEN, 0);
    }
    query() {
        return this.getRuleContext(0, QueryContext);
    }
    CLOSE() {
        return this.getToken(KsqlParser.CLOSE, 0);
    }
    get ruleIndex() {
        return KsqlParser.RULE_relation;
    }
}
export class JoinContext extends antlr.ParserRuleContext {
    constructor(parent, invokingState) {
        super(parent, invokingState);
    }
    joinKind() {
        return this.getRuleContext(0, JoinKindContext);
    }
    JOIN() {
        return this.getToken(KsqlParser.JOIN, 0);
    }
    relation() {
        return this.getRuleContext(0, RelationContext);
    }
    within() {
        return this.getRuleContext(0, WithinContext);
    }
    ON() {
        return this.getToken(KsqlParser.ON, 0);
    }
    expression() {
        return this.getRuleContext(0, ExpressionContext);
    }
    USING() {
        return this.getToken(KsqlParser.USING, 0);
    }
    OPEN() {
        return this.getToken(KsqlParser.OPEN, 0);
    }
    identifier(i) {
        if (i === undefined) {
            return this.getRuleContexts(IdentifierContext);
        }
        return this.getRuleContext(i, IdentifierContext);
    }
    CLOSE() {
        return this.getToken(KsqlParser.CLOSE, 0);
    }
    COMMA(i) {
        if (i === undefined) {
            return this.getTokens(KsqlParser.COMMA);
        }
        else {
            return this.getToken(KsqlParser.COMMA, i);
        }
    }
    get ruleIndex() {
        return KsqlParser.RULE_join;
    }
}
export class JoinKindContext extends antlr.ParserRuleContext {
    constructor(parent, invokingState) {
        super(parent, invokingState);
    }
    INNER() {
        return this.getToken(KsqlParser.INNER, 0);
    }
    LEFT() {
        return this.getToken(KsqlParser.LEFT, 0);
    }
    RIGHT() {
        return this.getToken(KsqlParser.RIGHT, 0);
    }
    FULL() {
        return this.getToken(KsqlParser.FULL, 0);
    }
    OUTER() {
        return this.getToken(KsqlParser.OUTER, 0);
    }
    get ruleIndex() {
        return KsqlParser.RULE_joinKind;
    }
}
export class WithinContext extends antlr.ParserRuleContext {
    _grace;
    constructor(parent, invokingState) {
        super(parent, invokingState);
    }
    WITHIN() {
        return this.getToken(KsqlParser.WITHIN, 0);
    }
    duration(i) {
        if (i === undefined) {
            return this.getRuleContexts(DurationContext);
        }
        return this.getRuleContext(i, DurationContext);
    }
    OPEN() {
        return this.getToken(KsqlParser.OPEN, 0);
    }
    COMMA() {
        return this.getToken(KsqlParser.COMMA, 0);
    }
    CLOSE() {
        return this.getToken(KsqlParser.CLOSE, 0);
    }
    GRACE() {
        return this.getToken(KsqlParser.GRACE, 0);
    }
    PERIOD() {
        return this.getToken(KsqlParser.PERIOD, 0);
    }
    get ruleIndex() {
        return KsqlParser.RULE_within;
    }
}
export class ClauseContext extends antlr.ParserRuleContext {
    constructor(parent, invokingState) {
        super(parent, invokingState);
    }
    get ruleIndex() {
        return KsqlParser.RULE_clause;
    }
    copyFrom(ctx) {
        super.copyFrom(ctx);
    }
}
export class WindowClauseContext extends ClauseContext {
    constructor(ctx) {
        super(ctx.parent, ctx.invokingState);
        super.copyFrom(ctx);
    }
    WINDOW() {
        return this.getToken(KsqlParser.WINDOW, 0);
    }
    window() {
        return this.getRuleContext(0, WindowContext);
    }
}
export class WhereClauseContext extends ClauseContext {
    constructor(ctx) {
        super(ctx.parent, ctx.invokingState);
        super.copyFrom(ctx);
    }
    WHERE() {
        return this.getToken(KsqlParser.WHERE, 0);
    }
    expression() {
        return this.getRuleContext(0, ExpressionContext);
    }
}
export class GroupByClauseContext extends ClauseContext {
    constructor(ctx) {
        super(ctx.parent, ctx.invokingState);
        super.copyFrom(ctx);
    }
    GROUP() {
        return this.getToken(KsqlParser.GROUP, 0);
    }
    BY() {
        return this.getToken(KsqlParser.BY, 0);
    }
    expressionList() {
        return this.getRuleContext(0, ExpressionListContext);
    }
}
export class PartitionByClauseContext extends ClauseContext {
    constructor(ctx) {
        super(ctx.parent, ctx.invokingState);
        super.copyFrom(ctx);
    }
    PARTITION() {
        return this.getToken(KsqlParser.PARTITION, 0);
    }
    BY() {
        return this.getToken(KsqlParser.BY, 0);
    }
    expressionList() {
        return this.getRuleContext(0, ExpressionListContext);
    }
}
export class HavingClauseContext extends ClauseContext {
    constructor(ctx) {
        super(ctx.parent, ctx.invokingState);
        super.copyFrom(ctx);
    }
    HAVING() {
        return this.getToken(KsqlParser.HAVING, 0);
    }
    expression() {
        return this.getRuleContext(0, ExpressionContext);
    }
}
export class EmitClauseContext extends ClauseContext {
    constructor(ctx) {
        super(ctx.parent, ctx.invokingState);
        super.copyFrom(ctx);
    }
    EMIT() {
        return this.getToken(KsqlParser.EMIT, 0);
    }
    CHANGES() {
        return this.getToken(KsqlParser.CHANGES, 0);
    }
    FINAL() {
        return this.getToken(KsqlParser.FINAL, 0);
    }
}
export class LimitClauseContext extends ClauseContext {
    constructor(ctx) {
        super(ctx.parent, ctx.invokingState);
        super.copyFrom(ctx);
    }
    LIMIT() {
        return this.getToken(KsqlParser.LIMIT, 0);
    }
    INTEGER() {
        return this.getToken(KsqlParser.INTEGER, 0);
    }
}
export class OrderByClauseContext extends ClauseContext {
    constructor(ctx) {
        super(ctx.parent, ctx.invokingState);
        super.copyFrom(ctx);
    }
    ORDER() {
        return this.getToken(KsqlParser.ORDER, 0);
    }
    BY() {
        return this.getToken(KsqlParser.BY, 0);
    }
    expression(i) {
        if (i === undefined) {
            return this.getRuleContexts(ExpressionContext);
        }
        return this.getRuleContext(i, ExpressionContext);
    }
    COMMA(i) {
        if (i === undefined) {
            return this.getTokens(KsqlParser.COMMA);
        }
        else {
            return this.getToken(KsqlParser.COMMA, i);
        }
    }
    ASC(i) {
        if (i === undefined) {
            return this.getTokens(KsqlParser.ASC);
        }
        else {
            return this.getToken(KsqlParser.ASC, i);
        }
    }
    DESC(i) {
        if (i === undefined) {
            return this.getTokens(KsqlParser.DESC);
        }
        else {
            return this.getToken(KsqlParser.DESC, i);
        }
    }
}
export class UnionClauseContext extends ClauseContext {
    constructor(ctx) {
        super(ctx.parent, ctx.invokingState);
        super.copyFrom(ctx);
    }
    UNION() {
        return this.getToken(KsqlParser.UNION, 0);
    }
    query() {
        return this.getRuleContext(0, QueryContext);
    }
    ALL() {
        return this.getToken(KsqlParser.ALL, 0);
    }
}
export class WindowContext extends antlr.ParserRuleContext {
    _size;
    _advance;
    constructor(parent, invokingState) {
        super(parent, invokingState);
    }
    TUMBLING() {
        return this.getToken(KsqlParser.TUMBLING, 0);
    }
    OPEN() {
        return this.getToken(KsqlParser.OPEN, 0);
    }
    SIZE() {
        return this.getToken(KsqlParser.SIZE, 0);
    }
    windowTimes() {
        return this.getRuleContext(0, WindowTimesContext);
    }
    CLOSE() {
        return this.getToken(KsqlParser.CLOSE, 0);
    }
    duration(i) {
        if (i === undefined) {
            return this.getRuleContexts(DurationContext);
        }
        return this.getRuleContext(i, DurationContext);
    }
    HOPPING() {
        return this.getToken(KsqlParser.HOPPING, 0);
    }
    COMMA() {
        return this.getToken(KsqlParser.COMMA, 0);
    }
    ADVANCE() {
        return this.getToken(KsqlParser.ADVANCE, 0);
    }
    BY() {
        return this.getToken(KsqlParser.BY, 0);
    }
    SESSION() {
        return this.getToken(KsqlParser.SESSION, 0);
    }
    get ruleIndex() {
        return KsqlParser.RULE_window;
    }
}
export class WindowTimesContext extends antlr.ParserRuleContext {
    _retention;
    _grace;
    _misplaced;
    constructor(parent, invokingState) {
        super(parent, invokingState);
    }
    COMMA(i) {
        if (i === undefined) {
            return this.getTokens(KsqlParser.COMMA);
        }
        else {
            return this.getToken(KsqlParser.COMMA, i);
        }
    }
    RETENTION(i) {
        if (i === undefined) {
            return this.getTokens(KsqlParser.RETENTION);
        }
        else {
            return this.getToken(KsqlParser.RETENTION, i);
        }
    }
    GRACE() {
        return this.getToken(KsqlParser.GRACE, 0);
    }
    PERIOD() {
        return this.getToken(KsqlParser.PERIOD, 0);
    }
    duration(i) {
        if (i === undefined) {
            return this.getRuleContexts(DurationContext);
        }
        return this.getRuleContext(i, DurationContext);
    }
    get ruleIndex() {
        return KsqlParser.RULE_windowTimes;
    }
}
export class DurationContext extends antlr.ParserRuleContext {
    constructor(parent, invokingState) {
        super(parent, invokingState);
    }
    INTEGER() {
        return this.getToken(KsqlParser.INTEGER, 0);
    }
    timeUnit() {
        return this.getRuleContext(0, TimeUnitContext);
    }
    get ruleIndex() {
        return KsqlParser.RULE_duration;
    }
}
export class TimeUnitContext extends antlr.ParserRuleContext {
    constructor(parent, invokingState) {
        super(parent, invokingState);
    }
    YEAR() {
        return this.getToken(KsqlParser.YEAR, 0);
    }
    YEARS() {
        return this.getToken(KsqlParser.YEARS, 0);
    }
    MONTH() {
        return this.getToken(KsqlParser.MONTH, 0);
    }
    MONTHS() {
        return this.getToken(KsqlParser.MONTHS, 0);
    }
    DAY() {
        return this.getToken(KsqlParser.DAY, 0);
    }
    DAYS() {
        return this.getToken(KsqlParser.DAYS, 0);
    }
    HOUR() {
        return this.getToken(KsqlParser.HOUR, 0);
    }
    HOURS() {
        return this.getToken(KsqlParser.HOURS, 0);
    }
    MINUTE() {
        return this.getToken(KsqlParser.MINUTE, 0);
    }
    MINUTES() {
        return this.getToken(KsqlParser.MINUTES, 0);
    }
    SECOND() {
        return this.getToken(KsqlParser.SECOND, 0);
    }
    SECONDS() {
        return this.getToken(KsqlParser.SECONDS, 0);
    }
    MILLISECOND() {
        return this.getToken(KsqlParser.MILLISECOND, 0);
    }
    MILLISECONDS() {
        return this.getToken(KsqlParser.MILLISECONDS, 0);
    }
    get ruleIndex() {
        return KsqlParser.RULE_timeUnit;
    }
}
export class ExpressionListContext extends antlr.ParserRuleContext {
    constructor(parent, invokingState) {
        super(parent, invokingState);
    }
    OPEN() {
        return this.getToken(KsqlParser.OPEN, 0);
    }
    expression(i) {
        if (i === undefined) {
            return this.getRuleContexts(ExpressionContext);
        }
        return this.getRuleContext(i, ExpressionContext);
    }
    CLOSE() {
        return this.getToken(KsqlParser.CLOSE, 0);
    }
    COMMA(i) {
        if (i === undefined) {
            return this.getTokens(KsqlParser.COMMA);
        }
        else {
            return this.getToken(KsqlParser.COMMA, i);
        }
    }
    get ruleIndex() {
        return KsqlParser.RULE_expressionList;
    }
}
export class ExpressionContext extends antlr.ParserRuleContext {
    constructor(parent, invokingState) {
        super(parent, invokingState);
    }
    get ruleIndex() {
        return KsqlParser.RULE_expression;
    }
    copyFrom(ctx) {
        super.copyFrom(ctx);
    }
}
export class NotContext extends ExpressionContext {
    constructor(ctx) {
        super(ctx.parent, ctx.invokingState);
        super.copyFrom(ctx);
    }
    NOT() {
        return this.getToken(KsqlParser.NOT, 0);
    }
    expression() {
        return this.getRuleContext(0, ExpressionContext);
    }
}
export class SingleContext extends ExpressionContext {
    constructor(ctx) {
        super(ctx.parent, ctx.invokingState);
        super.copyFrom(ctx);
    }
    predicate() {
        return this.getRuleContext(0, PredicateContext);
    }
}
export class AndContext extends ExpressionContext {
    constructor(ctx) {
        super(ctx.parent, ctx.invokingState);
        super.copyFrom(ctx);
    }
    expression(i) {
        if (i === undefined) {
            return this.getRuleContexts(ExpressionContext);
        }
        return this.getRuleContext(i, ExpressionContext);
    }
    AND() {
        return this.getToken(KsqlParser.AND, 0);
    }
}
export class OrContext extends ExpressionContext {
    constructor(ctx) {
        super(ctx.parent, ctx.invokingState);
        super.copyFrom(ctx);
    }
    expression(i) {
        if (i === undefined) {
            return this.getRuleContexts(ExpressionContext);
        }
        return this.getRuleContext(i, ExpressionContext);
    }
    OR() {
        return this.getToken(KsqlParser.OR, 0);
    }
}
export class PredicateContext extends antlr.ParserRuleContext {
    constructor(parent, invokingState) {
        super(parent, invokingState);
    }
    value() {
        return this.getRuleContext(0, ValueContext);
    }
    condition() {
        return this.getRuleContext(0, ConditionContext);
    }
    get ruleIndex() {
        return KsqlParser.RULE_predicate;
    }
}
export class ConditionContext extends antlr.ParserRuleContext {
    constructor(parent, invokingState) {
        super(parent, invokingState);
    }
    get ruleIndex() {
        return KsqlParser.RULE_condition;
    }
    copyFrom(ctx) {
        super.copyFrom(ctx);
    }
}
export class ComparisonContext extends ConditionContext {
    _op;
    constructor(ctx) {
        super(ctx.parent, ctx.invokingState);
        super.copyFrom(ctx);
    }
    value() {
        return this.getRuleContext(0, ValueContext);
    }
    EQUAL() {
        return this.getToken(KsqlParser.EQUAL, 0);
    }
    NOT_EQUAL() {
        return this.getToken(KsqlParser.NOT_EQUAL, 0);
    }
    LESS() {
        return this.getToken(KsqlParser.LESS, 0);
    }
    LESS_OR_EQUAL() {
        return this.getToken(KsqlParser.LESS_OR_EQUAL, 0);
    }
    GREATER() {
        return this.getToken(KsqlParser.GREATER, 0);
    }
    GREATER_OR_EQUAL() {
        return this.getToken(KsqlParser.GREATER_OR_EQUAL, 0);
    }
}
export class BetweenContext extends ConditionContext {
    constructor(ctx) {
        super(ctx.parent, ctx.invokingState);
        super.copyFrom(ctx);
    }
    BETWEEN() {
        return this.getToken(KsqlParser.BETWEEN, 0);
    }
    value(i) {
        if (i === undefined) {
            return this.getRuleContexts(ValueContext);
        }
        return this.getRuleContext(i, ValueContext);
    }
    AND() {
        return this.getToken(KsqlParser.AND, 0);
    }
    NOT() {
        return this.getToken(KsqlParser.NOT, 0);
    }
}
export class InContext extends ConditionContext {
    constructor(ctx) {
        super(ctx.parent, ctx.invokingState);
        super.copyFrom(ctx);
    }
    IN() {
        return this.getToken(KsqlParser.IN, 0);
    }
    OPEN() {
        return this.getToken(KsqlParser.OPEN, 0);
    }
    expression(i) {
        if (i === undefined) {
            return this.getRuleContexts(ExpressionContext);
        }
        return this.getRuleContext(i, ExpressionContext);
    }
    CLOSE() {
        return this.getToken(KsqlParser.CLOSE, 0);
    }
    NOT() {
        return this.getToken(KsqlParser.NOT, 0);
    }
    COMMA(i) {
        if (i === undefined) {
            return this.getTokens(KsqlParser.COMMA);
        }
        else {
            return this.getToken(KsqlParser.COMMA, i);
        }
    }
}
export class LikeContext extends ConditionContext {
    constructor(ctx) {
        super(ctx.parent, ctx.invokingState);
        super.copyFrom(ctx);
    }
    LIKE() {
        return this.getToken(KsqlParser.LIKE, 0);
    }
    value() {
        return this.getRuleContext(0, ValueContext);
    }
    NOT() {
        return this.getToken(KsqlParser.NOT, 0);
    }
    ESCAPE() {
        return this.getToken(KsqlParser.ESCAPE, 0);
    }
    STRING() {
        return this.getToken(KsqlParser.STRING, 0);
    }
}
export class IsNullContext extends ConditionContext {
    constructor(ctx) {
        super(ctx.parent, ctx.invokingState);
        super.copyFrom(ctx);
    }
    IS() {
        return this.getToken(KsqlParser.IS, 0);
    }
    NULL() {
        return this.getToken(KsqlParser.NULL, 0);
    }
    NOT() {
        return this.getToken(KsqlParser.NOT, 0);
    }
}
export class IsDistinctContext extends ConditionContext {
    constructor(ctx) {
        super(ctx.parent, ctx.invokingState);
        super.copyFrom(ctx);
    }
    IS() {
        return this.getToken(KsqlParser.IS, 0);
    }
    DISTINCT() {
        return this.getToken(KsqlParser.DISTINCT, 0);
    }
    FROM() {
        return this.getToken(KsqlParser.FROM, 0);
    }
    value() {
        return this.getRuleContext(0, ValueContext);
    }
    NOT() {
        return this.getToken(KsqlParser.NOT, 0);
    }
}
export class ValueContext extends antlr.ParserRuleContext {
    constructor(parent, invokingState) {
        super(parent, invokingState);
    }
    get ruleIndex() {
        return KsqlParser.RULE_value;
    }
    copyFrom(ctx) {
        super.copyFrom(ctx);
    }
}
export class OperandContext extends ValueContext {
    constructor(ctx) {
        super(ctx.parent, ctx.invokingState);
        super.copyFrom(ctx);
    }
    primary() {
        return this.getRuleContext(0, PrimaryContext);
    }
}
export class SignContext extends ValueContext {
    _op;
    constructor(ctx) {
        super(ctx.parent, ctx.invokingState);
        super.copyFrom(ctx);
    }
    value() {
        return this.getRuleContext(0, ValueContext);
    }
    PLUS() {
        return this.getToken(KsqlParser.PLUS, 0);
    }
    MINUS() {
        return this.getToken(KsqlParser.MINUS, 0);
    }
}
export class ArithmeticContext extends ValueContext {
    _op;
    constructor(ctx) {
        super(ctx.parent, ctx.invokingState);
        super.copyFrom(ctx);
    }
    value(i) {
        if (i === undefined) {
            return this.getRuleContexts(ValueContext);
        }
        return this.getRuleContext(i, ValueContext);
    }
    ASTERISK() {
        return this.getToken(KsqlParser.ASTERISK, 0);
    }
    SLASH() {
        return this.getToken(KsqlParser.SLASH, 0);
    }
    PERCENT() {
        return this.getToken(KsqlParser.PERCENT, 0);
    }
    PLUS() {
        return this.getToken(KsqlParser.PLUS, 0);
    }
    MINUS() {
        return this.getToken(KsqlParser.MINUS, 0);
    }
}
export class ConcatenateContext extends ValueContext {
    constructor(ctx) {
        super(ctx.parent, ctx.invokingState);
        super.copyFrom(ctx);
    }
    value(i) {
        if (i === undefined) {
            return this.getRuleContexts(ValueContext);
        }
        return this.getRuleContext(i, ValueContext);
    }
    CONCATENATE() {
        return this.getToken(KsqlParser.CONCATENATE, 0);
    }
}
export class PrimaryContext extends antlr.ParserRuleContext {
    constructor(parent, invokingState) {
        super(parent, invokingState);
    }
    get ruleIndex() {
        return KsqlParser.RULE_primary;
    }
    copyFrom(ctx) {
        super.copyFrom(ctx);
    }
}
export class ConstantContext extends PrimaryContext {
    constructor(ctx) {
        super(ctx.parent, ctx.invokingState);
        super.copyFrom(ctx);
    }
    literal() {
        return this.getRuleContext(0, LiteralContext);
    }
}
export class CaseContext extends PrimaryContext {
    _operand;
    _otherwise;
    constructor(ctx) {
        super(ctx.parent, ctx.invokingState);
        super.copyFrom(ctx);
    }
    CASE() {
        return this.getToken(KsqlParser.CASE, 0);
    }
    END() {
        return this.getToken(KsqlParser.END, 0);
    }
    WHEN(i) {
        if (i === undefined) {
            return this.getTokens(KsqlParser.WHEN);
        }
        else {
            return this.getToken(KsqlParser.WHEN, i);
        }
    }
    expression(i) {
        if (i === undefined) {
            return this.getRuleContexts(ExpressionContext);
        }
        return this.getRuleContext(i, ExpressionContext);
    }
    THEN(i) {
        if (i === undefined) {
            return this.getTokens(KsqlParser.THEN);
        }
        else {
            return this.getToken(KsqlParser.THEN, i);
        }
    }
    ELSE() {
        return this.getToken(KsqlParser.ELSE, 0);
    }
}
export class CastContext extends PrimaryContext {
    constructor(ctx) {
        super(ctx.parent, ctx.invokingState);
        super.copyFrom(ctx);
    }
    CAST() {
        return this.getToken(KsqlParser.CAST, 0);
    }
    OPEN() {
        return this.getToken(KsqlParser.OPEN, 0);
    }
    expression() {
        return this.getRuleContext(0, ExpressionContext);
    }
    AS() {
        return this.getToken(KsqlParser.AS, 0);
    }
    type() {
        return this.getRuleContext(0, TypeContext);
    }
    CLOSE() {
        return this.getToken(KsqlParser.CLOSE, 0);
    }
}
export class ArrayContext extends PrimaryContext {
    constructor(ctx) {
        super(ctx.parent, ctx.invokingState);
        super.copyFrom(ctx);
    }
    ARRAY() {
        return this.getToken(KsqlParser.ARRAY, 0);
    }
    OPEN_BRACKET() {
        return this.getToken(KsqlParser.OPEN_BRACKET, 0);
    }
    CLOSE_BRACKET() {
        return this.getToken(KsqlParser.CLOSE_BRACKET, 0);
    }
    expression(i) {
        if (i === undefined) {
            return this.getRuleContexts(ExpressionContext);
        }
        return this.getRuleContext(i, ExpressionContext);
    }
    COMMA(i) {
        if (i === undefined) {
            return this.getTokens(KsqlParser.COMMA);
        }
        else {
            return this.getToken(KsqlParser.COMMA, i);
        }
    }
}
export class MapContext extends PrimaryContext {
    constructor(ctx) {
        super(ctx.parent, ctx.invokingState);
        super.copyFrom(ctx);
    }
    MAP() {
        return this.getToken(KsqlParser.MAP, 0);
    }
    OPEN() {
        return this.getToken(KsqlParser.OPEN, 0);
    }
    CLOSE() {
        return this.getToken(KsqlParser.CLOSE, 0);
    }
    entry(i) {
        if (i === undefined) {
            return this.getRuleContexts(EntryContext);
        }
        return this.getRuleContext(i, EntryContext);
    }
    COMMA(i) {
        if (i === undefined) {
            return this.getTokens(KsqlParser.COMMA);
        }
        else {
            return this.getToken(KsqlParser.COMMA, i);
        }
    }
}
export class StructContext extends PrimaryContext {
    constructor(ctx) {
        super(ctx.parent, ctx.invokingState);
        super.copyFrom(ctx);
    }
    STRUCT() {
        return this.getToken(KsqlParser.STRUCT, 0);
    }
    OPEN() {
        return this.getToken(KsqlParser.OPEN, 0);
    }
    CLOSE() {
        return this.getToken(KsqlParser.CLOSE, 0);
    }
    field(i) {
        if (i === undefined) {
            return this.getRuleContexts(FieldContext);
        }
        return this.getRuleContext(i, FieldContext);
    }
    COMMA(i) {
        if (i === undefined) {
            return this.getTokens(KsqlParser.COMMA);
        }
        else {
            return this.getToken(KsqlParser.COMMA, i);
        }
    }
}
export class CallAllContext extends PrimaryContext {
    constructor(ctx) {
        super(ctx.parent, ctx.invokingState);
        super.copyFrom(ctx);
    }
    identifier() {
        return this.getRuleContext(0, IdentifierContext);
    }
    OPEN() {
        return this.getToken(KsqlParser.OPEN, 0);
    }
    ASTERISK() {
        return this.getToken(KsqlParser.ASTERISK, 0);
    }
    CLOSE() {
        return this.getToken(KsqlParser.CLOSE, 0);
    }
}
export class CallContext extends PrimaryContext {
    constructor(ctx) {
        super(ctx.parent, ctx.invokingState);
        super.copyFrom(ctx);
    }
    identifier() {
        return this.getRuleContext(0, IdentifierContext);
    }
    OPEN() {
        return this.getToken(KsqlParser.OPEN, 0);
    }
    CLOSE() {
        return this.getToken(KsqlParser.CLOSE, 0);
    }
    DISTINCT() {
        return this.getToken(KsqlParser.DISTINCT, 0);
    }
    argument(i) {
        if (i === undefined) {
            return this.getRuleContexts(ArgumentContext);
        }
        return this.getRuleContext(i, ArgumentContext);
    }
    COMMA(i) {
        if (i === undefined) {
            return this.getTokens(KsqlParser.COMMA);
        }
        else {
            return this.getToken(KsqlParser.COMMA, i);
        }
    }
}
export class QualifiedContext extends PrimaryContext {
    constructor(ctx) {
        super(ctx.parent, ctx.invokingState);
        super.copyFrom(ctx);
    }
    identifier(i) {
        if (i === undefined) {
            return this.getRuleContexts(IdentifierContext);
        }
        return this.getRuleContext(i, IdentifierContext);
    }
    POINT() {
        return this.getToken(KsqlParser.POINT, 0);
    }
}
export class UnqualifiedContext extends PrimaryContext {
    constructor(ctx) {
        super(ctx.parent, ctx.invokingState);
        super.copyFrom(ctx);
    }
    identifier() {
        return this.getRuleContext(0, IdentifierContext);
    }
}
export class VariableContext extends PrimaryContext {
    constructor(ctx) {
        super(ctx.parent, ctx.invokingState);
        super.copyFrom(ctx);
    }
    VARIABLE() {
        return this.getToken(KsqlParser.VARIABLE, 0);
    }
}
export class SubqueryContext extends PrimaryContext {
    constructor(ctx) {
        super(ctx.parent, ctx.invokingState);
        super.copyFrom(ctx);
    }
    OPEN() {
        return this.getToken(KsqlParser.OPEN, 0);
    }
    query() {
        return this.getRuleContext(0, QueryContext);
    }
    CLOSE() {
        return this.getToken(KsqlParser.CLOSE, 0);
    }
}
export class GroupContext extends PrimaryContext {
    constructor(ctx) {
        super(ctx.parent, ctx.invokingState);
        super.copyFrom(ctx);
    }
    OPEN() {
        return this.getToken(KsqlParser.OPEN, 0);
    }
    expression() {
        return this.getRuleContext(0, ExpressionContext);
    }
    CLOSE() {
        return this.getToken(KsqlParser.CLOSE, 0);
    }
}
export class SubscriptContext extends PrimaryContext {
    constructor(ctx) {
        super(ctx.parent, ctx.invokingState);
        super.copyFrom(ctx);
    }
    primary() {
        return this.getRuleContext(0, PrimaryContext);
    }
    OPEN_BRACKET() {
        return this.getToken(KsqlParser.OPEN_BRACKET, 0);
    }
    value() {
        return this.getRuleContext(0, ValueContext);
    }
    CLOSE_BRACKET() {
        return this.getToken(KsqlParser.CLOSE_BRACKET, 0);
    }
}
export class DereferenceContext extends PrimaryContext {
    constructor(ctx) {
        super(ctx.parent, ctx.invokingState);
        super.copyFrom(ctx);
    }
    primary() {
        return this.getRuleContext(0, PrimaryContext);
    }
    ARROW() {
        return this.getToken(KsqlParser.ARROW, 0);
    }
    identifier() {
        return this.getRuleContext(0, IdentifierContext);
    }
}
export class EntryContext extends antlr.ParserRuleContext {
    constructor(parent, invokingState) {
        super(parent, invokingState);
    }
    expression(i) {
        if (i === undefined) {
            return this.getRuleContexts(ExpressionContext);
        }
        return this.getRuleContext(i, ExpressionContext);
    }
    ASSIGN() {
        return this.getToken(KsqlParser.ASSIGN, 0);
    }
    get ruleIndex() {
        return KsqlParser.RULE_entry;
    }
}
export class FieldContext extends antlr.ParserRuleContext {
    constructor(parent, invokingState) {
        super(parent, invokingState);
    }
    identifier() {
        return this.getRuleContext(0, IdentifierContext);
    }
    ASSIGN() {
        return this.getToken(KsqlParser.ASSIGN, 0);
    }
    expression() {
        return this.getRuleContext(0, ExpressionContext);
    }
    get ruleIndex() {
        return KsqlParser.RULE_field;
    }
}
export class ArgumentContext extends antlr.ParserRuleContext {
    constructor(parent, invokingState) {
        super(parent, invokingState);
    }
    get ruleIndex() {
        return KsqlParser.RULE_argument;
    }
    copyFrom(ctx) {
        super.copyFrom(ctx);
    }
}
export class LambdaContext extends ArgumentContext {
    constructor(ctx) {
        super(ctx.parent, ctx.invokingState);
        super.copyFrom(ctx);
    }
    identifier(i) {
        if (i === undefined) {
            return this.getRuleContexts(IdentifierContext);
        }
        return this.getRuleContext(i, IdentifierContext);
    }
    LAMBDA() {
        return this.getToken(KsqlParser.LAMBDA, 0);
    }
    expression() {
        return this.getRuleContext(0, ExpressionContext);
    }
    OPEN() {
        return this.getToken(KsqlParser.OPEN, 0);
    }
    CLOSE() {
        return this.getToken(KsqlParser.CLOSE, 0);
    }
    COMMA(i) {
        if (i === undefined) {
            return this.getTokens(KsqlParser.COMMA);
        }
        else {
            return this.getToken(KsqlParser.COMMA, i);
        }
    }
}
export class PlainArgumentContext extends ArgumentContext {
    constructor(ctx) {
        super(ctx.parent, ctx.invokingState);
        super.copyFrom(ctx);
    }
    expression() {
        return this.getRuleContext(0, ExpressionContext);
    }
}
export class UnitContext extends ArgumentContext {
    constructor(ctx) {
        super(ctx.parent, ctx.invokingState);
        super.copyFrom(ctx);
    }
    timeUnit() {
        return this.getRuleContext(0, TimeUnitContext);
    }
}
export class LiteralContext extends antlr.ParserRuleContext {
    constructor(parent, invokingState) {
        super(parent, invokingState);
    }
    STRING() {
        return this.getToken(KsqlParser.STRING, 0);
    }
    INTEGER() {
        return this.getToken(KsqlParser.INTEGER, 0);
    }
    DECIMAL_NUMBER() {
        return this.getToken(KsqlParser.DECIMAL_NUMBER, 0);
    }
    FLOAT_NUMBER() {
        return this.getToken(KsqlParser.FLOAT_NUMBER, 0);
    }
    TRUE() {
        return this.getToken(KsqlParser.TRUE, 0);
    }
    FALSE() {
        return this.getToken(KsqlParser.FALSE, 0);
    }
    NULL() {
        return this.getToken(KsqlParser.NULL, 0);
    }
    get ruleIndex() {
        return KsqlParser.RULE_literal;
    }
}
export class TypeContext extends antlr.ParserRuleContext {
    constructor(parent, invokingState) {
        super(parent, invokingState);
    }
    ARRAY() {
        return this.getToken(KsqlParser.ARRAY, 0);
    }
    LESS() {
        return this.getToken(KsqlParser.LESS, 0);
    }
    type_(i) {
        if (i === undefined) {
            return this.getRuleContexts(TypeContext);
        }
        return this.getRuleContext(i, TypeContext);
    }
    GREATER() {
        return this.getToken(KsqlParser.GREATER, 0);
    }
    MAP() {
        return this.getToken(KsqlParser.MAP, 0);
    }
    COMMA(i) {
        if (i === undefined) {
            return this.getTokens(KsqlParser.COMMA);
        }
        else {
            return this.getToken(KsqlParser.COMMA, i);
        }
    }
    STRUCT() {
        return this.getToken(KsqlParser.STRUCT, 0);
    }
    identifier(i) {
        if (i === undefined) {
            return this.getRuleContexts(IdentifierContext);
        }
        return this.getRuleContext(i, IdentifierContext);
    }
    DECIMAL() {
        return this.getToken(KsqlParser.DECIMAL, 0);
    }
    OPEN() {
        return this.getToken(KsqlParser.OPEN, 0);
    }
    INTEGER(i) {
        if (i === undefined) {
            return this.getTokens(KsqlParser.INTEGER);
        }
        else {
            return this.getToken(KsqlParser.INTEGER, i);
        }
    }
    CLOSE() {
        return this.getToken(KsqlParser.CLOSE, 0);
    }
    get ruleIndex() {
        return KsqlParser.RULE_type;
    }
}
export class IdentifierContext extends antlr.ParserRuleContext {
    constructor(parent, invokingState) {
        super(parent, invokingState);
    }
    IDENTIFIER() {
        return this.getToken(KsqlParser.IDENTIFIER, 0);
    }
    QUOTED_IDENTIFIER() {
        return this.getToken(KsqlParser.QUOTED_IDENTIFIER, 0);
    }
    unreserved() {
        return this.getRuleContext(0, UnreservedContext);
    }
    get ruleIndex() {
        return KsqlParser.RULE_identifier;
    }
}
export class UnreservedContext extends antlr.ParserRuleContext {
    constructor(parent, invokingState) {
        super(parent, invokingState);
    }
    ARRAY() {
        return this.getToken(KsqlParser.ARRAY, 0);
    }
    ASC() {
        return this.getToken(KsqlParser.ASC, 0);
    }
    ASSERT() {
        return this.getToken(KsqlParser.ASSERT, 0);
    }
    CHANGES() {
        return this.getToken(KsqlParser.CHANGES, 0);
    }
    DAY() {
        return this.getToken(KsqlParser.DAY, 0);
    }
    DESC() {
        return this.getToken(KsqlParser.DESC, 0);
    }
    EMIT() {
        return this.getToken(KsqlParser.EMIT, 0);
    }
    ESCAPE() {
        return this.getToken(KsqlParser.ESCAPE, 0);
    }
    FINAL() {
        return this.getToken(KsqlParser.FINAL, 0);
    }
    GRACE() {
        return this.getToken(KsqlParser.GRACE, 0);
    }
    HEADER() {
        return this.getToken(KsqlParser.HEADER, 0);
    }
    HEADERS() {
        return this.getToken(KsqlParser.HEADERS, 0);
    }
    HOUR() {
        return this.getToken(KsqlParser.HOUR, 0);
    }
    ID() {
        return this.getToken(KsqlParser.ID, 0);
    }
    IF() {
        return this.getToken(KsqlParser.IF, 0);
    }
    KEY() {
        return this.getToken(KsqlParser.KEY, 0);
    }
    MAP() {
        return this.getToken(KsqlParser.MAP, 0);
    }
    MINUTE() {
        return this.getToken(KsqlParser.MINUTE, 0);
    }
    MONTH() {
        return this.getToken(KsqlParser.MONTH, 0);
    }
    ORDER() {
        return this.getToken(KsqlParser.ORDER, 0);
    }
    PARTITION() {
        return this.getToken(KsqlParser.PARTITION, 0);
    }
    PERIOD() {
        return this.getToken(KsqlParser.PERIOD, 0);
    }
    PRIMARY() {
        return this.getToken(KsqlParser.PRIMARY, 0);
    }
    REPLACE() {
        return this.getToken(KsqlParser.REPLACE, 0);
    }
    SCHEMA() {
        return this.getToken(KsqlParser.SCHEMA, 0);
    }
    SECOND() {
        return this.getToken(KsqlParser.SECOND, 0);
    }
    SESSION() {
        return this.getToken(KsqlParser.SESSION, 0);
    }
    SHOW() {
        return this.getToken(KsqlParser.SHOW, 0);
    }
    SOURCE() {
        return this.getToken(KsqlParser.SOURCE, 0);
    }
    STRUCT() {
        return this.getToken(KsqlParser.STRUCT, 0);
    }
    SUBJECT() {
        return this.getToken(KsqlParser.SUBJECT, 0);
    }
    TABLES() {
        return this.getToken(KsqlParser.TABLES, 0);
    }
    TIMEOUT() {
        return this.getToken(KsqlParser.TIMEOUT, 0);
    }
    UNION() {
        return this.getToken(KsqlParser.UNION, 0);
    }
    USING() {
        return this.getToken(KsqlParser.USING, 0);
    }
    YEAR() {
        return this.getToken(KsqlParser.YEAR, 0);
    }
    get ruleIndex() {
        return KsqlParser.RULE_unreserved;
    }
}
