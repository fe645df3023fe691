// Spark SQL's statements and query language. Chains of operators are loops, not recursion: a condition
// of ten thousand terms is a wide tree, not a deep one.
parser grammar SqlGrammar;

options { tokenVocab = SqlTokens; }

singleStatement: statement SEMICOLON* EOF;
singleExpression: expression EOF;
singleNamedExpressions: namedExpression (COMMA namedExpression)* EOF;
singleType: dataType EOF;
singleSchema: field (COMMA field)* EOF;

statement
    : query                                                             # queryStatement
    | EXPLAIN explainMode? statement                                    # explain
    | CREATE (OR REPLACE)? GLOBAL? TEMPORARY? VIEW (IF NOT EXISTS)? multipart identifierList?
        AS query                                                        # createView
    | CREATE (OR REPLACE)? GLOBAL? TEMPORARY? VIEW multipart (LPAREN field (COMMA field)* RPAREN)?
        USING identifier (OPTIONS LPAREN option (COMMA option)* RPAREN)? # createViewUsing
    | DROP VIEW (IF EXISTS)? multipart                                  # dropView
    | SET (~SEMICOLON)*                                                 # setStatement
    | RESET (~SEMICOLON)*                                               # reset
    | SHOW (TABLES | VIEWS) ((FROM | IN) multipart)? (LIKE? STRING)?    # showTables
    | SHOW identifier? FUNCTIONS (LIKE? (STRING | identifier))?         # showFunctions
    | SHOW COLUMNS (FROM | IN) multipart                                # showColumns
    | (DESCRIBE | DESC) FUNCTION EXTENDED? functionName                 # describeFunction
    | (DESCRIBE | DESC) TABLE? EXTENDED? multipart                      # describeTable
    | CACHE LAZY? TABLE multipart (OPTIONS LPAREN option (COMMA option)* RPAREN)? (AS? query)?
                                                                        # cacheTable
    | UNCACHE TABLE (IF EXISTS)? multipart                              # uncacheTable
    | CLEAR CACHE                                                       # clearCache
    ;

explainMode: EXTENDED | CODEGEN | COST | FORMATTED | ANALYZE | TRACE;

option: optionKey EQ? optionValue;
optionKey: identifier (DOT identifier)* | STRING | DOUBLE_QUOTED;
optionValue: STRING | DOUBLE_QUOTED | MINUS? number | TRUE | FALSE;

// Queries

query: with? setExpression organization;

with: WITH RECURSIVE? namedQuery (COMMA namedQuery)*;
namedQuery: identifier identifierList? AS? LPAREN query RPAREN;

organization
    : (ORDER BY (ALL direction? nullsOrder? | sortItem (COMMA sortItem)*))?
      (CLUSTER BY cluster+=expression (COMMA cluster+=expression)*)?
      (DISTRIBUTE BY distribute+=expression (COMMA distribute+=expression)*)?
      (SORT BY sortBy+=sortItem (COMMA sortBy+=sortItem)*)?
      limitClause*
    ;
limitClause: LIMIT (ALL | expression) | OFFSET expression (ROW | ROWS)?;
sortItem: expression direction? nullsOrder?;
direction: ASC | DESC;
nullsOrder: NULLS (FIRST | LAST);

setExpression: intersection (setOperator intersection)*;
setOperator: (UNION | EXCEPT | MINUS_KEYWORD) setQuantifier?;
intersection: queryPrimary (intersectOperator queryPrimary)*;
intersectOperator: INTERSECT setQuantifier?;
setQuantifier: ALL | DISTINCT;

queryPrimary
    : select                    # selectQuery
    | inlineTable               # valuesQuery
    | TABLE multipart           # tableQuery
    | LPAREN query RPAREN       # nestedQuery
    ;

select
    : SELECT setQuantifier? namedExpression (COMMA namedExpression)*
      (FROM relation (COMMA relation)* lateralView*)?
      (WHERE where=expression)?
      groupBy?
      (HAVING having=expression)?
      (WINDOW namedWindow (COMMA namedWindow)*)?
    ;

groupBy
    : GROUP BY ALL                                                      # groupByAll
    | GROUP BY groupItem (COMMA groupItem)*
        (WITH (ROLLUP | CUBE) | GROUPING SETS LPAREN groupElement (COMMA groupElement)* RPAREN)?
                                                                        # groupByItems
    ;
groupItem: groupAnalytics | expression;
groupAnalytics
    : (ROLLUP | CUBE) LPAREN groupSet (COMMA groupSet)* RPAREN
    | GROUPING SETS LPAREN groupElement (COMMA groupElement)* RPAREN
    ;
groupElement: groupAnalytics | groupSet;
groupSet: LPAREN (expression (COMMA expression)*)? RPAREN | expression;

lateralView
    : LATERAL VIEW OUTER? functionName LPAREN (expression (COMMA expression)*)? RPAREN
      table=identifier? (AS? columns+=identifier (COMMA columns+=identifier)*)?
    ;

namedWindow: identifier AS (windowSpec | identifier);

inlineTable: VALUES expression (COMMA expression)*;

// Relations

relation: LATERAL? relationPrimary joinClause*;

joinClause
    : joinType JOIN LATERAL? relationPrimary joinCriteria?
    | NATURAL joinType JOIN relationPrimary
    ;
joinType
    : INNER?
    | CROSS
    | LEFT OUTER?
    | LEFT? SEMI
    | RIGHT OUTER?
    | FULL OUTER?
    | LEFT? ANTI
    ;
joinCriteria: ON expression | USING identifierList;

relationPrimary
    : LPAREN query RPAREN tableAlias                                    # queryRelation
    | LPAREN relation RPAREN tableAlias                                 # nestedRelation
    | inlineTable tableAlias                                            # valuesRelation
    | functionName LPAREN arguments? RPAREN tableAlias                    # functionRelation
    | multipart tableAlias                                              # namedRelation
    ;

tableAlias: (AS? identifier identifierList?)?;
identifierList: LPAREN identifier (COMMA identifier)* RPAREN;
multipart: identifier (DOT identifier)*;

// Expressions, loosest first

namedExpression: expression (AS? (identifier | identifierList))?;

expression: conjunction (OR conjunction)*;
conjunction: negation (AND negation)*;
negation: (NOT | BANG) negation | predicated;

predicated: comparison predicate*;
predicate
    : NOT? BETWEEN lower=value AND upper=value
    | NOT? IN LPAREN query RPAREN
    | NOT? IN LPAREN expression (COMMA expression)* RPAREN
    | NOT? (LIKE | ILIKE) (ALL | ANY | SOME) LPAREN expression (COMMA expression)* RPAREN
    | NOT? (LIKE | ILIKE) pattern=value (ESCAPE escape=STRING)?
    | NOT? RLIKE pattern=value
    | IS NOT? NULL
    | IS NOT? (TRUE | FALSE)
    | IS NOT? DISTINCT FROM right=value
    ;

comparison: value (comparisonOperator value)*;
comparisonOperator: EQ | NULL_SAFE_EQ | NOT_EQ | LT | LE | GT | GE;

value: exclusive (PIPE exclusive)*;
exclusive: bitAnd (CARET bitAnd)*;
bitAnd: shift (AMPERSAND shift)*;
shift: sum (shiftOperator sum)*;
shiftOperator: SHIFT_LEFT | GT GT GT | GT GT;
sum: product (sumOperator product)*;
sumOperator: PLUS | MINUS | PIPE_PIPE;
product: signed (productOperator signed)*;
productOperator: STAR | SLASH | PERCENT | DIV;
signed: (MINUS | PLUS | TILDE) signed | postfix;

postfix: primary suffix*;
suffix
    : LBRACKET expression RBRACKET      # subscript
    | DOT identifier                    # fieldAccess
    | COLON_COLON dataType              # castSuffix
    ;

primary
    : literal                                                           # literalPrimary
    | lambda                                                            # lambdaPrimary
    | CASE operand=expression? whenClause+ (ELSE otherwise=expression)? END # caseExpression
    | (CAST | TRY_CAST) LPAREN expression AS dataType RPAREN            # castExpression
    | EXISTS LPAREN query RPAREN                                        # existsSubquery
    | EXTRACT LPAREN (identifier | STRING) FROM expression RPAREN       # extract
    | SUBSTRING LPAREN text=expression FROM from=expression (FOR length=expression)? RPAREN # substringFrom
    | TRIM LPAREN side=(BOTH | LEADING | TRAILING)? characters=expression? FROM text=expression RPAREN # trimFrom
    | OVERLAY LPAREN text=expression PLACING replacement=expression FROM from=expression (FOR length=expression)? RPAREN # overlayPlacing
    | POSITION LPAREN part=value IN text=expression RPAREN              # positionIn
    | STRUCT LPAREN (namedExpression (COMMA namedExpression)*)? RPAREN  # structCall
    | functionName LPAREN (STAR | setQuantifier? arguments?) (IGNORE NULLS | RESPECT NULLS)? RPAREN
        withinGroup?
        (FILTER LPAREN WHERE where=expression RPAREN)?
        (IGNORE NULLS | RESPECT NULLS)?
        (OVER (windowSpec | identifier))?                               # functionCall
    | (CURRENT_DATE | CURRENT_TIMESTAMP)                                # currentTime
    | STAR                                                              # star
    | identifier (DOT identifier)* DOT STAR                             # qualifiedStar
    | LPAREN query RPAREN                                               # scalarSubquery
    | LPAREN expression RPAREN                                          # parenthesized
    | LPAREN expression (COMMA expression)+ RPAREN                      # rowConstructor
    | identifier                                                        # column
    ;

arguments: argument (COMMA argument)*;
argument: name=identifier FAT_ARROW expression | expression | identifier DOT STAR;

lambda
    : identifier ARROW expression
    | LPAREN identifier (COMMA identifier)+ RPAREN ARROW expression
    ;

whenClause: WHEN when=expression THEN then=expression;

withinGroup: WITHIN GROUP LPAREN ORDER BY sortItem (COMMA sortItem)* RPAREN;

windowSpec
    : LPAREN identifier RPAREN
    | LPAREN ((PARTITION | DISTRIBUTE) BY partition+=expression (COMMA partition+=expression)*)?
      ((ORDER | SORT) BY sortItem (COMMA sortItem)*)?
      windowFrame? RPAREN
    | LPAREN CLUSTER BY partition+=expression (COMMA partition+=expression)* RPAREN
    ;
windowFrame: (ROWS | RANGE) (frameBound | BETWEEN frameBound AND frameBound);
frameBound: UNBOUNDED (PRECEDING | FOLLOWING) | CURRENT ROW | expression (PRECEDING | FOLLOWING);

literal
    : NULL                                                              # nullLiteral
    | (TRUE | FALSE)                                                    # booleanLiteral
    | (DATE | TIMESTAMP | TIMESTAMP_LTZ | TIMESTAMP_NTZ) string         # typedLiteral
    | INTERVAL (MINUS | PLUS)? (string | number) intervalUnit TO intervalUnit # intervalRange
    | INTERVAL intervalPart+                                            # intervalParts
    | INTERVAL string                                                   # intervalText
    | number                                                            # numberLiteral
    | string+                                                           # stringLiteral
    | HEX_STRING                                                        # hexLiteral
    ;
intervalPart: (MINUS | PLUS)? (string | number) intervalUnit;
intervalUnit
    : YEAR | YEARS | QUARTER | QUARTERS | MONTH | MONTHS | WEEK | WEEKS | DAY | DAYS
    | HOUR | HOURS | MINUTE | MINUTES | SECOND | SECONDS
    | MILLISECOND | MILLISECONDS | MICROSECOND | MICROSECONDS
    ;
string: STRING | DOUBLE_QUOTED | RAW_STRING;
number
    : INTEGER_LITERAL | DECIMAL_LITERAL | EXPONENT_LITERAL | BIGINT_LITERAL | SMALLINT_LITERAL
    | TINYINT_LITERAL | DOUBLE_LITERAL | FLOAT_LITERAL | BIGDECIMAL_LITERAL
    ;

// Types

dataType
    : ARRAY LT dataType GT                                              # arrayType
    | MAP LT dataType COMMA dataType GT                                 # mapType
    | STRUCT (LT (field (COMMA field)*)? GT | NOT_EQ)                   # structType
    | INTERVAL intervalUnit (TO intervalUnit)?                          # intervalType
    | identifier (LPAREN INTEGER_LITERAL (COMMA INTEGER_LITERAL)* RPAREN)? # namedType
    ;
field: identifier COLON? dataType (NOT NULL)?;

// Names

functionName: identifier | EXISTS | CURRENT_DATE | CURRENT_TIMESTAMP | LEFT | RIGHT | LIKE | ILIKE | RLIKE | IF | ANY | SOME | FILTER;

identifier
    : IDENTIFIER
    | QUOTED_IDENTIFIER
    | DIGIT_IDENTIFIER
    | nonReserved
    ;

nonReserved
    : ANALYZE | ARRAY | BOTH | BY | CACHE | CLEAR | CLUSTER | CODEGEN | COLUMNS | COST | CUBE | CURRENT | DATE | DESC
    | DESCRIBE | DISTRIBUTE | DIV | DROP | ESCAPE | EXPLAIN | EXTENDED | EXTRACT | FILTER | FIRST | FOLLOWING
    | FORMATTED | FUNCTION | FUNCTIONS | GLOBAL | GROUPING | IF | IGNORE | LAST | LAZY | LEADING | MAP
    | NULLS | OPTIONS | OVER | OVERLAY | PLACING | PARTITION | POSITION | PRECEDING | RANGE | RECURSIVE
    | REPLACE | RESET | RESPECT | ROLLUP | ROW | ROWS | SETS | SHOW | SORT | STRUCT | SUBSTRING
    | TABLES | TEMPORARY | TIMESTAMP | TIMESTAMP_LTZ | TIMESTAMP_NTZ | TO | TRACE | TRAILING | TRIM
    | UNBOUNDED | UNCACHE | VIEW | VIEWS | ASC | ANY | SOME
    | YEAR | YEARS | QUARTER | QUARTERS | MONTH | MONTHS | WEEK | WEEKS | DAY | DAYS | HOUR | HOURS
    | MINUTE | MINUTES | SECOND | SECONDS | MILLISECOND | MILLISECONDS | MICROSECOND | MICROSECONDS
    ;
