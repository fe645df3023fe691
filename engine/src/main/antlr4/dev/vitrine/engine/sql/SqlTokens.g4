// Tokens of Spark SQL. Letter case is ignored for keywords only; strings and identifiers keep theirs.
lexer grammar SqlTokens;

options { caseInsensitive = true; }

@members {
    private boolean openComment;

    /// Whether the last comment met does not end.
    boolean hasOpenComment() {
        return openComment;
    }

    /// Steps behind the end of the comment that has begun, or to the end of the text.
    private void skipComment() {
        int depth = 1;
        while (depth > 0 && _input.LA(1) != EOF) {
            boolean begins = _input.LA(1) == '/' && _input.LA(2) == '*';
            boolean ends = _input.LA(1) == '*' && _input.LA(2) == '/';
            getInterpreter().consume(_input);
            if (begins || ends) {
                getInterpreter().consume(_input);
                depth += begins ? 1 : -1;
            }
        }
        openComment = depth > 0;
    }
}

// Keywords. A new one also goes into `nonReserved` of SqlGrammar unless the standard reserves it.
// Of statements other than queries.
ADD: 'ADD';
AFTER: 'AFTER';
AGGREGATE: 'AGGREGATE';
ALTER: 'ALTER';
BUCKETS: 'BUCKETS';
CASCADE: 'CASCADE';
CATALOG: 'CATALOG';
CATALOGS: 'CATALOGS';
CHANGE: 'CHANGE';
CLUSTERED: 'CLUSTERED';
COLUMN: 'COLUMN';
COMMENT: 'COMMENT';
COMPUTE: 'COMPUTE';
CONTAINS: 'CONTAINS';
DATA: 'DATA';
DATABASE: 'DATABASE';
DATABASES: 'DATABASES';
DBPROPERTIES: 'DBPROPERTIES';
DECLARE: 'DECLARE';
DEFAULT: 'DEFAULT';
DETERMINISTIC: 'DETERMINISTIC';
DIRECTORY: 'DIRECTORY';
EXECUTE: 'EXECUTE';
EXTERNAL: 'EXTERNAL';
FORMAT: 'FORMAT';
IMMEDIATE: 'IMMEDIATE';
INSERT: 'INSERT';
INTO: 'INTO';
LANGUAGE: 'LANGUAGE';
LOCATION: 'LOCATION';
MSCK: 'MSCK';
NAME: 'NAME';
NAMESPACE: 'NAMESPACE';
NAMESPACES: 'NAMESPACES';
OVERWRITE: 'OVERWRITE';
PARTITIONED: 'PARTITIONED';
PARTITIONS: 'PARTITIONS';
PROPERTIES: 'PROPERTIES';
PURGE: 'PURGE';
QUERY: 'QUERY';
READS: 'READS';
RECOVER: 'RECOVER';
REFRESH: 'REFRESH';
RENAME: 'RENAME';
REPAIR: 'REPAIR';
RESTRICT: 'RESTRICT';
RETURN: 'RETURN';
RETURNS: 'RETURNS';
SCHEMA: 'SCHEMA';
SCHEMAS: 'SCHEMAS';
SERDE: 'SERDE';
SORTED: 'SORTED';
SQL: 'SQL';
STATISTICS: 'STATISTICS';
STORED: 'STORED';
SYNC: 'SYNC';
TBLPROPERTIES: 'TBLPROPERTIES';
TIME: 'TIME';
TRUNCATE: 'TRUNCATE';
TYPE: 'TYPE';
UNSET: 'UNSET';
USE: 'USE';
VARIABLE: 'VARIABLE' | 'VAR';
ZONE: 'ZONE';

// Of queries.
ALL: 'ALL';
ANALYZE: 'ANALYZE';
AND: 'AND';
ANTI: 'ANTI';
ANY: 'ANY';
ARRAY: 'ARRAY';
AS: 'AS';
ASC: 'ASC';
BETWEEN: 'BETWEEN';
BOTH: 'BOTH';
BUCKET: 'BUCKET';
BY: 'BY';
CACHE: 'CACHE';
CLEAR: 'CLEAR';
CLUSTER: 'CLUSTER';
COLLATE: 'COLLATE';
DISTRIBUTE: 'DISTRIBUTE';
LAZY: 'LAZY';
CASE: 'CASE';
CAST: 'CAST';
CODEGEN: 'CODEGEN';
COLUMNS: 'COLUMNS';
COST: 'COST';
CREATE: 'CREATE';
CROSS: 'CROSS';
CUBE: 'CUBE';
CURRENT: 'CURRENT';
CURRENT_DATE: 'CURRENT_DATE';
CURRENT_TIMESTAMP: 'CURRENT_TIMESTAMP';
DATE: 'DATE';
DESC: 'DESC';
DESCRIBE: 'DESCRIBE';
DISTINCT: 'DISTINCT';
DIV: 'DIV';
DROP: 'DROP';
ELSE: 'ELSE';
END: 'END';
ESCAPE: 'ESCAPE';
EXCEPT: 'EXCEPT';
EXCLUDE: 'EXCLUDE';
EXISTS: 'EXISTS';
EXPLAIN: 'EXPLAIN';
EXTEND: 'EXTEND';
EXTENDED: 'EXTENDED';
EXTRACT: 'EXTRACT';
FALSE: 'FALSE';
FILTER: 'FILTER';
FIRST: 'FIRST';
FOLLOWING: 'FOLLOWING';
FOR: 'FOR';
FORMATTED: 'FORMATTED';
FROM: 'FROM';
FULL: 'FULL';
FUNCTION: 'FUNCTION';
FUNCTIONS: 'FUNCTIONS';
GLOBAL: 'GLOBAL';
GROUP: 'GROUP';
GROUPING: 'GROUPING';
HAVING: 'HAVING';
IF: 'IF';
IGNORE: 'IGNORE';
ILIKE: 'ILIKE';
IN: 'IN';
INCLUDE: 'INCLUDE';
INNER: 'INNER';
INTERSECT: 'INTERSECT';
INTERVAL: 'INTERVAL';
IS: 'IS';
JOIN: 'JOIN';
LAST: 'LAST';
LATERAL: 'LATERAL';
LEADING: 'LEADING';
LEFT: 'LEFT';
LEVEL: 'LEVEL';
LIKE: 'LIKE';
LIMIT: 'LIMIT';
LOCAL: 'LOCAL';
MAP: 'MAP';
MAX: 'MAX';
MINUS_KEYWORD: 'MINUS';
NATURAL: 'NATURAL';
NOT: 'NOT';
NULL: 'NULL';
NULLS: 'NULLS';
OF: 'OF';
OFFSET: 'OFFSET';
ON: 'ON';
OPTIONS: 'OPTIONS';
OR: 'OR';
ORDER: 'ORDER';
OUT: 'OUT';
OUTER: 'OUTER';
OVER: 'OVER';
OVERLAY: 'OVERLAY';
PERCENT_WORD: 'PERCENT';
PLACING: 'PLACING';
PARTITION: 'PARTITION';
PIVOT: 'PIVOT';
POSITION: 'POSITION';
PRECEDING: 'PRECEDING';
RANGE: 'RANGE';
RECURSION: 'RECURSION';
RECURSIVE: 'RECURSIVE';
REPEATABLE: 'REPEATABLE';
REPLACE: 'REPLACE';
RESET: 'RESET';
RESPECT: 'RESPECT';
RIGHT: 'RIGHT';
RLIKE: 'RLIKE';
ROLLUP: 'ROLLUP';
ROW: 'ROW';
ROWS: 'ROWS';
SELECT: 'SELECT';
SEMI: 'SEMI';
SET: 'SET';
SETS: 'SETS';
SHOW: 'SHOW';
SOME: 'SOME';
SORT: 'SORT';
STRUCT: 'STRUCT';
SUBSTRING: 'SUBSTRING';
TABLE: 'TABLE';
TABLES: 'TABLES';
TABLESAMPLE: 'TABLESAMPLE';
TEMPORARY: 'TEMPORARY' | 'TEMP';
THEN: 'THEN';
TIMESTAMP: 'TIMESTAMP';
TIMESTAMP_LTZ: 'TIMESTAMP_LTZ';
TIMESTAMP_NTZ: 'TIMESTAMP_NTZ';
TO: 'TO';
TRACE: 'TRACE';
TRAILING: 'TRAILING';
TRIM: 'TRIM';
TRUE: 'TRUE';
TRY_CAST: 'TRY_CAST';
UNBOUNDED: 'UNBOUNDED';
UNCACHE: 'UNCACHE';
UNION: 'UNION';
UNKNOWN: 'UNKNOWN';
UNPIVOT: 'UNPIVOT';
USING: 'USING';
VALUES: 'VALUES';
VIEW: 'VIEW';
VIEWS: 'VIEWS';
WHEN: 'WHEN';
WHERE: 'WHERE';
WINDOW: 'WINDOW';
WITH: 'WITH';
WITHIN: 'WITHIN';

// Units of intervals.
YEAR: 'YEAR';
YEARS: 'YEARS';
QUARTER: 'QUARTER';
QUARTERS: 'QUARTERS';
MONTH: 'MONTH';
MONTHS: 'MONTHS';
WEEK: 'WEEK';
WEEKS: 'WEEKS';
DAY: 'DAY';
DAYS: 'DAYS';
HOUR: 'HOUR';
HOURS: 'HOURS';
MINUTE: 'MINUTE';
MINUTES: 'MINUTES';
SECOND: 'SECOND';
SECONDS: 'SECONDS';
MILLISECOND: 'MILLISECOND';
MILLISECONDS: 'MILLISECONDS';
MICROSECOND: 'MICROSECOND';
MICROSECONDS: 'MICROSECONDS';

// Operators and punctuation.
NULL_SAFE_EQ: '<=>';
NOT_EQ: '<>' | '!=';
LE: '<=' | '!>';
GE: '>=' | '!<';
SHIFT_LEFT: '<<';
LT: '<';
GT: '>';
EQ: '==' | '=';
PLUS: '+';
MINUS: '-';
STAR: '*';
SLASH: '/';
PERCENT: '%';
TILDE: '~';
AMPERSAND: '&';
PIPE_PIPE: '||';
PIPE_GT: '|>';
PIPE: '|';
CARET: '^';
BANG: '!';
COLON_COLON: '::';
COLON: ':';
ARROW: '->';
FAT_ARROW: '=>';
DOT: '.';
COMMA: ',';
SEMICOLON: ';';
LPAREN: '(';
RPAREN: ')';
LBRACKET: '[';
RBRACKET: ']';
QUESTION: '?';

// Literals. Adjacent strings are one string: the parser joins them.
RAW_STRING: 'R\'' ~'\''* '\'' | 'R"' ~'"'* '"';
STRING: '\'' ( ~['\\] | '\\' . | '\'\'' )* '\'';
DOUBLE_QUOTED: '"' ( ~["\\] | '\\' . | '""' )* '"';
HEX_STRING: 'X\'' ~['\r\n]* '\'' | 'X"' ~["\r\n]* '"';

BIGINT_LITERAL: DIGIT+ 'L';
SMALLINT_LITERAL: DIGIT+ 'S';
TINYINT_LITERAL: DIGIT+ 'Y';
DOUBLE_LITERAL: ( DIGIT+ EXPONENT? | DECIMAL_DIGITS EXPONENT? ) 'D';
FLOAT_LITERAL: ( DIGIT+ EXPONENT? | DECIMAL_DIGITS EXPONENT? ) 'F';
BIGDECIMAL_LITERAL: ( DIGIT+ EXPONENT? | DECIMAL_DIGITS EXPONENT? ) 'BD';
EXPONENT_LITERAL: DIGIT+ EXPONENT | DECIMAL_DIGITS EXPONENT;
DECIMAL_LITERAL: DECIMAL_DIGITS;
INTEGER_LITERAL: DIGIT+;

IDENTIFIER: LETTER ( LETTER | DIGIT )*;
// A name that starts with digits, as in file names: only where it is no number.
DIGIT_IDENTIFIER: DIGIT+ ( '_' | [A-Z] ) ( LETTER | DIGIT )*;
QUOTED_IDENTIFIER: '`' ( ~'`' | '``' )* '`';

LINE_COMMENT: '--' ~[\r\n]* -> channel(HIDDEN);
// Comments in comments are counted: as a rule that calls itself each depth would be learnt, by heart.
BLOCK_COMMENT: '/*' { skipComment(); } -> channel(HIDDEN);
SPACE: [ \r\n\t\u00A0\u2000-\u200B\u3000\uFEFF]+ -> channel(HIDDEN);

// Begun and not ended: errors for the parser, still coloured while they are being typed.
UNCLOSED_STRING: '\'' ( ~['\\] | '\\' . | '\'\'' )* '\\'?;
UNCLOSED_QUOTED: '"' ( ~["\\] | '\\' . | '""' )* '\\'?;
UNCLOSED_IDENTIFIER: '`' ~'`'*;
UNRECOGNIZED: .;

fragment DECIMAL_DIGITS: DIGIT+ '.' DIGIT* | '.' DIGIT+;
fragment EXPONENT: 'E' [+-]? DIGIT+;
fragment DIGIT: [0-9];
fragment LETTER: [A-Z_\p{L}];
