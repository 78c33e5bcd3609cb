// ksqlDB's statements, as far as a pipeline needs them. What the server refuses but people write out of habit (ORDER BY,
// DISTINCT, USING, subqueries, clauses in another order) is read too, so that the checker can name it and the way out.
// After a change: npm run ksql:parser
grammar Ksql;

options {
  caseInsensitive = true;
}

singleStatement
  : statement EOF
  ;

statement
  : CREATE (OR REPLACE)? SOURCE? relationKind (IF NOT EXISTS)? name=identifier columns? properties?
    (AS query)?                                                                                      # create
  | INSERT INTO name=identifier properties? ('(' identifier (',' identifier)* ')')?
    (VALUES '(' expression (',' expression)* ')' | query)                                            # insert
  | DROP relationKind (IF EXISTS)? name=identifier (DELETE TOPIC)?                                   # drop
  | TERMINATE (ALL | name=identifier)                                                                # terminate
  | DESCRIBE misplaced=EXTENDED? name=identifier EXTENDED?                                           # describe
  | (SHOW | LIST) ALL? what=(STREAMS | TABLES | QUERIES | TOPICS) EXTENDED?                          # show
  | ASSERT (NOT EXISTS)? TOPIC (name=identifier | text=STRING) properties? timeout?                  # assertTopic
  | ASSERT (NOT EXISTS)? SCHEMA (SUBJECT (identifier | STRING))? (ID INTEGER)? timeout?              # assertSchema
  | query                                                                                            # select
  ;

relationKind
  : STREAM
  | TABLE
  ;

timeout
  : TIMEOUT duration
  ;

columns
  : '(' (column (',' column)*)? ')'
  ;

column
  : identifier type columnRole?
  ;

columnRole
  : PRIMARY? KEY
  | HEADERS
  | HEADER '(' STRING ')'
  ;

properties
  : WITH '(' (property (',' property)*)? ')'
  ;

property
  : (identifier | STRING) '=' MINUS? literal
  ;

query
  : SELECT DISTINCT? selectItem (',' selectItem)* FROM relation (',' relation)* join* clause*
  ;

// What starts alike stands in one alternative: to look ahead over a whole expression is what makes a parser slow.
selectItem
  : ASTERISK                                             # selectAll
  | identifier '.' ASTERISK                              # selectAllOf
  | expression (ARROW ASTERISK | AS? alias=identifier)?  # selectExpression
  ;

relation
  : identifier (AS? alias=identifier)?
  | '(' query ')' (AS? alias=identifier)?
  ;

join
  : joinKind JOIN relation within? (ON expression | USING '(' identifier (',' identifier)* ')')?
  ;

joinKind
  : INNER?
  | (LEFT | RIGHT | FULL) OUTER?
  ;

within
  : WITHIN (duration | '(' duration ',' duration ')') (GRACE PERIOD grace=duration)?
  ;

clause
  : WINDOW window                          # windowClause
  | WHERE expression                       # whereClause
  | GROUP BY expressionList                # groupByClause
  | PARTITION BY expressionList            # partitionByClause
  | HAVING expression                      # havingClause
  | EMIT (CHANGES | FINAL)                 # emitClause
  | LIMIT INTEGER                          # limitClause
  | ORDER BY expression (ASC | DESC)? (',' expression (ASC | DESC)?)*   # orderByClause
  | UNION ALL? query                       # unionClause
  ;

window
  : TUMBLING '(' SIZE size=duration windowTimes ')'
  | HOPPING '(' SIZE size=duration ',' ADVANCE BY advance=duration windowTimes ')'
  | SESSION '(' size=duration windowTimes ')'
  ;

windowTimes
  : (',' RETENTION retention=duration)? (',' GRACE PERIOD grace=duration)? (',' misplaced=RETENTION duration)?
  ;

duration
  : INTEGER timeUnit
  ;

timeUnit
  : YEAR | YEARS | MONTH | MONTHS | DAY | DAYS | HOUR | HOURS | MINUTE | MINUTES | SECOND | SECONDS
  | MILLISECOND | MILLISECONDS
  ;

expressionList
  : '(' expression (',' expression)+ ')'
  | expression (',' expression)*
  ;

expression
  : NOT expression                         # not
  | expression AND expression              # and
  | expression OR expression               # or
  | predicate                              # single
  ;

predicate
  : value condition?
  ;

condition
  : op=('=' | NOT_EQUAL | '<' | '<=' | '>' | '>=') value         # comparison
  | NOT? BETWEEN value AND value                                 # between
  | NOT? IN '(' expression (',' expression)* ')'                 # in
  | NOT? LIKE value (ESCAPE STRING)?                             # like
  | IS NOT? NULL                                                 # isNull
  | IS NOT? DISTINCT FROM value                                  # isDistinct
  ;

value
  : primary                                # operand
  | op=(PLUS | MINUS) value                # sign
  | value op=(ASTERISK | '/' | '%') value  # arithmetic
  | value op=(PLUS | MINUS) value          # arithmetic
  | value CONCATENATE value                # concatenate
  ;

primary
  : literal                                                                                   # constant
  | CASE operand=expression? (WHEN expression THEN expression)+ (ELSE otherwise=expression)? END   # case
  | CAST '(' expression AS type ')'                                                           # cast
  | ARRAY '[' (expression (',' expression)*)? ']'                                             # array
  | MAP '(' (entry (',' entry)*)? ')'                                                         # map
  | STRUCT '(' (field (',' field)*)? ')'                                                      # struct
  | identifier '(' ASTERISK ')'                                                               # callAll
  | identifier '(' DISTINCT? (argument (',' argument)*)? ')'                                  # call
  | primary '[' value ']'                                                                     # subscript
  | primary ARROW identifier                                                                  # dereference
  | identifier '.' identifier                                                                 # qualified
  | identifier                                                                                # unqualified
  | VARIABLE                                                                                  # variable
  | '(' query ')'                                                                             # subquery
  | '(' expression ')'                                                                        # group
  ;

entry
  : expression ':=' expression
  ;

field
  : identifier ':=' expression
  ;

argument
  : identifier '=>' expression                                             # lambda
  | '(' identifier (',' identifier)* ')' '=>' expression                   # lambda
  | expression                                                             # plainArgument
  | timeUnit                                                               # unit
  ;

literal
  : STRING
  | INTEGER
  | DECIMAL_NUMBER
  | FLOAT_NUMBER
  | TRUE
  | FALSE
  | NULL
  ;

type
  : ARRAY '<' type '>'
  | MAP '<' type ',' type '>'
  | STRUCT '<' (identifier type (',' identifier type)*)? '>'
  | DECIMAL '(' INTEGER ',' INTEGER ')'
  | identifier ('(' INTEGER (',' INTEGER)* ')')?
  ;

identifier
  : IDENTIFIER
  | QUOTED_IDENTIFIER
  | unreserved
  ;

// Words of the grammar that may be names all the same.
unreserved
  : ARRAY | ASC | ASSERT | CHANGES | DAY | DESC | EMIT | ESCAPE | FINAL | GRACE | HEADER | HEADERS | HOUR | ID | IF
  | KEY | MAP | MINUTE | MONTH | ORDER | PARTITION | PERIOD | PRIMARY | REPLACE | SCHEMA | SECOND | SESSION | SHOW
  | SOURCE | STRUCT | SUBJECT | TABLES | TIMEOUT | UNION | USING | YEAR
  ;

ADVANCE: 'ADVANCE';
ALL: 'ALL';
AND: 'AND';
ARRAY: 'ARRAY';
AS: 'AS';
ASC: 'ASC';
ASSERT: 'ASSERT';
BETWEEN: 'BETWEEN';
BY: 'BY';
CASE: 'CASE';
CAST: 'CAST';
CHANGES: 'CHANGES';
CREATE: 'CREATE';
DAY: 'DAY';
DAYS: 'DAYS';
DECIMAL: 'DECIMAL';
DELETE: 'DELETE';
DESC: 'DESC';
DESCRIBE: 'DESCRIBE';
DISTINCT: 'DISTINCT';
DROP: 'DROP';
ELSE: 'ELSE';
EMIT: 'EMIT';
END: 'END';
ESCAPE: 'ESCAPE';
EXISTS: 'EXISTS';
EXTENDED: 'EXTENDED';
FALSE: 'FALSE';
FINAL: 'FINAL';
FROM: 'FROM';
FULL: 'FULL';
GRACE: 'GRACE';
GROUP: 'GROUP';
HAVING: 'HAVING';
HEADER: 'HEADER';
HEADERS: 'HEADERS';
HOPPING: 'HOPPING';
HOUR: 'HOUR';
HOURS: 'HOURS';
ID: 'ID';
IF: 'IF';
IN: 'IN';
INNER: 'INNER';
INSERT: 'INSERT';
INTO: 'INTO';
IS: 'IS';
JOIN: 'JOIN';
KEY: 'KEY';
LEFT: 'LEFT';
LIKE: 'LIKE';
LIMIT: 'LIMIT';
LIST: 'LIST';
MAP: 'MAP';
MILLISECOND: 'MILLISECOND';
MILLISECONDS: 'MILLISECONDS';
MINUTE: 'MINUTE';
MINUTES: 'MINUTES';
MONTH: 'MONTH';
MONTHS: 'MONTHS';
NOT: 'NOT';
NULL: 'NULL';
ON: 'ON';
OR: 'OR';
ORDER: 'ORDER';
OUTER: 'OUTER';
PARTITION: 'PARTITION';
PERIOD: 'PERIOD';
PRIMARY: 'PRIMARY';
QUERIES: 'QUERIES';
REPLACE: 'REPLACE';
RETENTION: 'RETENTION';
RIGHT: 'RIGHT';
SCHEMA: 'SCHEMA';
SECOND: 'SECOND';
SECONDS: 'SECONDS';
SELECT: 'SELECT';
SESSION: 'SESSION';
SHOW: 'SHOW';
SIZE: 'SIZE';
SOURCE: 'SOURCE';
STREAM: 'STREAM';
STREAMS: 'STREAMS';
STRUCT: 'STRUCT';
SUBJECT: 'SUBJECT';
TABLE: 'TABLE';
TABLES: 'TABLES';
TERMINATE: 'TERMINATE';
THEN: 'THEN';
TIMEOUT: 'TIMEOUT';
TOPIC: 'TOPIC';
TOPICS: 'TOPICS';
TRUE: 'TRUE';
TUMBLING: 'TUMBLING';
UNION: 'UNION';
USING: 'USING';
VALUES: 'VALUES';
WHEN: 'WHEN';
WHERE: 'WHERE';
WINDOW: 'WINDOW';
WITH: 'WITH';
WITHIN: 'WITHIN';
YEAR: 'YEAR';
YEARS: 'YEARS';

// A word that is reserved in ksqlDB although nothing here is written with it.
RESERVED
  : 'AT' | 'BEGINNING' | 'CATALOG' | 'CONNECTOR' | 'CONNECTORS' | 'EXPORT' | 'LOAD' | 'MATERIALIZED' | 'NAMESPACE'
  | 'PAUSE' | 'PRINT' | 'PROPERTIES' | 'QUERY' | 'RENAME' | 'RESUME' | 'RUN' | 'SAMPLE' | 'SCRIPT' | 'TO' | 'UNSET'
  | 'VIEW'
  ;

EQUAL: '=';
NOT_EQUAL: '<>' | '!=';
LESS: '<';
LESS_OR_EQUAL: '<=';
GREATER: '>';
GREATER_OR_EQUAL: '>=';
PLUS: '+';
MINUS: '-';
ASTERISK: '*';
SLASH: '/';
PERCENT: '%';
CONCATENATE: '||';
ARROW: '->';
LAMBDA: '=>';
ASSIGN: ':=';
COMMA: ',';
POINT: '.';
SEMICOLON: ';';
OPEN: '(';
CLOSE: ')';
OPEN_BRACKET: '[';
CLOSE_BRACKET: ']';

STRING: '\'' (~['] | '\'\'')* '\'';
INTEGER: DIGIT+;
DECIMAL_NUMBER: DIGIT+ '.' DIGIT* | '.' DIGIT+;
FLOAT_NUMBER: DIGIT+ ('.' DIGIT*)? 'E' [+-]? DIGIT+ | '.' DIGIT+ 'E' [+-]? DIGIT+;
IDENTIFIER: [A-Z_] [A-Z0-9_@]*;
DIGIT_IDENTIFIER: DIGIT [A-Z0-9_@]+;
QUOTED_IDENTIFIER: '`' (~[`] | '``')* '`' | '"' (~["] | '""')* '"';
VARIABLE: '${' ~[}]* '}';

LINE_COMMENT: '--' ~[\r\n]* -> channel(HIDDEN);
BLOCK_COMMENT: '/*' .*? '*/' -> channel(HIDDEN);
SPACE: [ \t\r\n\uFEFF]+ -> channel(HIDDEN);

// A quote that nobody closes, or a character that no statement has.
UNCLOSED: '\'' (~['] | '\'\'')* | '`' ~[`]* | '"' ~["]* | '/*' .*?;
STRANGE: .;

fragment DIGIT: [0-9];
