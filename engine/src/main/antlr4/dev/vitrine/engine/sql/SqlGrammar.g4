// Spark SQL's statements and query language. Chains of operators are loops, not recursion: a condition
// of ten thousand terms is a wide tree, not a deep one.
parser grammar SqlGrammar;

options { tokenVocab = SqlTokens; }

singleStatement: statement SEMICOLON* EOF;
singleExpression: expression EOF;
singleNamedExpressions: namedExpression (COMMA namedExpression)* EOF;
singleName: multipart EOF;
singleType: dataType EOF;
singleSchema: field (COMMA field)* EOF;

statement
    : query                                                             # queryStatement
    | EXPLAIN explainMode? statement                                    # explain
    | insert                                                            # insertStatement
    | CREATE (OR REPLACE)? EXTERNAL? TABLE (IF NOT EXISTS)? multipart
        (LPAREN columnDefinition (COMMA columnDefinition)* RPAREN)?
        (USING format=multipart)? tableClause* (AS? query)?             # createTable
    | CREATE TABLE (IF NOT EXISTS)? target=multipart LIKE likeSource=multipart
        (USING format=multipart)? tableClause*                          # createTableLike
    | REPLACE TABLE multipart
        (LPAREN columnDefinition (COMMA columnDefinition)* RPAREN)?
        (USING format=multipart)? tableClause* (AS? query)?             # replaceTable
    | DROP TABLE (IF EXISTS)? multipart PURGE?                          # dropTable
    | TRUNCATE TABLE multipart partitionSpec?                           # truncateTable
    | ALTER TABLE multipart tableChange                                 # alterTable
    | MSCK REPAIR TABLE multipart ((ADD | DROP | SYNC) PARTITIONS)?     # repairTable
    | ALTER TABLE multipart RECOVER PARTITIONS                          # recoverPartitions
    | ALTER VIEW multipart (RENAME TO to=multipart | AS query)          # alterView
    | ALTER VIEW multipart propertyChange                               # alterViewProperties
    | COMMENT ON (COLUMN | TABLE | databaseWord) multipart IS (string | NULL) # commentOn
    | REFRESH TABLE multipart                                           # refreshTable
    | REFRESH FUNCTION multipart                                        # refreshFunction
    | REFRESH (string | ~(SEMICOLON | TABLE | FUNCTION) (~SEMICOLON)*)  # refreshPath
    | ANALYZE TABLE multipart partitionSpec? COMPUTE STATISTICS
        (FOR COLUMNS multipart (COMMA multipart)* | FOR ALL COLUMNS | identifier)? # analyzeTable
    | ANALYZE TABLES ((FROM | IN) multipart)? COMPUTE STATISTICS identifier? # analyzeTables
    | CREATE databaseWord (IF NOT EXISTS)? multipart databaseClause*    # createDatabase
    | DROP databaseWord (IF EXISTS)? multipart (RESTRICT | CASCADE)?    # dropDatabase
    | ALTER databaseWord multipart (SET (DBPROPERTIES | PROPERTIES) properties
        | UNSET (DBPROPERTIES | PROPERTIES) propertyKeys | SET LOCATION string) # alterDatabase
    | USE databaseWord? multipart                                       # useDatabase
    | SET CATALOG (identifier | string)                                 # setCatalog
    | CREATE (OR REPLACE)? GLOBAL? TEMPORARY? VIEW (IF NOT EXISTS)? multipart viewColumns?
        viewClause* AS query                                            # createView
    | CREATE (OR REPLACE)? GLOBAL? TEMPORARY? VIEW multipart (LPAREN field (COMMA field)* RPAREN)?
        USING multipart (OPTIONS properties)?                           # createViewUsing
    | DROP VIEW (IF EXISTS)? multipart                                  # dropView
    | CREATE (OR REPLACE)? TEMPORARY? FUNCTION (IF NOT EXISTS)? multipart
        LPAREN (parameter (COMMA parameter)*)? RPAREN
        (RETURNS (dataType | TABLE (LPAREN field (COMMA field)* RPAREN)?))?
        functionClause* RETURN (query | expression)                     # createFunction
    | DROP TEMPORARY? FUNCTION (IF EXISTS)? multipart                   # dropFunction
    | DECLARE (OR REPLACE)? VARIABLE? multipart (COMMA multipart)* dataType?
        ((DEFAULT | EQ) expression)?                                    # declareVariable
    | DROP TEMPORARY VARIABLE (IF EXISTS)? multipart                    # dropVariable
    | EXECUTE IMMEDIATE text=expression (INTO multipart (COMMA multipart)*)?
        (USING namedExpression (COMMA namedExpression)*)?
                                                                        # executeImmediate
    | SET VARIABLE assignment (COMMA assignment)*                       # setVariable
    | SET VARIABLE LPAREN multipart (COMMA multipart)* RPAREN EQ LPAREN query RPAREN
                                                                        # setVariables
    | SET TIME ZONE (literal | identifier)                              # setTimeZone
    | SET (~SEMICOLON)*                                                 # setStatement
    | RESET (~SEMICOLON)*                                               # reset
    | SHOW (TABLES | VIEWS) ((FROM | IN) multipart)? (LIKE? string)?    # showTables
    | SHOW TABLE EXTENDED ((FROM | IN) multipart)? LIKE string partitionSpec? # showTableExtended
    | SHOW databasesWord ((FROM | IN) multipart)? (LIKE? string)?       # showDatabases
    | SHOW CURRENT databaseWord                                         # showCurrentDatabase
    | SHOW CATALOGS (LIKE? string)?                                     # showCatalogs
    | SHOW TBLPROPERTIES multipart (LPAREN propertyKey RPAREN)?         # showTableProperties
    | SHOW PARTITIONS multipart partitionSpec?                          # showPartitions
    | SHOW CREATE TABLE multipart (AS SERDE)?                           # showCreateTable
    | SHOW scope=identifier? FUNCTIONS ((FROM | IN) from=multipart)? (LIKE? (string | multipart))?
                                                                        # showFunctions
    | SHOW COLUMNS (FROM | IN) table=multipart ((FROM | IN) from=multipart)? # showColumns
    | (DESCRIBE | DESC) FUNCTION EXTENDED? (multipart | functionName | comparisonOperator
        | string)                                                       # describeFunction
    | (DESCRIBE | DESC) databaseWord EXTENDED? multipart                # describeDatabase
    | (DESCRIBE | DESC) TABLE? (EXTENDED | FORMATTED)? multipart partitionSpec? column=multipart?
                                                                        # describeTable
    | (DESCRIBE | DESC) QUERY? query                                    # describeQuery
    | CACHE LAZY? TABLE multipart (OPTIONS properties)? (AS? query)?    # cacheTable
    | UNCACHE TABLE (IF EXISTS)? multipart                              # uncacheTable
    | CLEAR CACHE                                                       # clearCache
    ;

databaseWord: DATABASE | SCHEMA | NAMESPACE;
databasesWord: DATABASES | SCHEMAS | NAMESPACES;

insert
    : with? INSERT INTO TABLE? multipart partitionSpec? (IF NOT EXISTS)?
        (BY NAME | identifierList)? query
    | with? INSERT OVERWRITE TABLE? multipart (partitionSpec (IF NOT EXISTS)?)?
        (BY NAME | identifierList)? query
    | with? INSERT OVERWRITE LOCAL? DIRECTORY path=string? USING format=multipart
        (OPTIONS properties)? query
    ;

partitionSpec: PARTITION LPAREN partitionValue (COMMA partitionValue)* RPAREN;
partitionValue: identifier (EQ expression)?;

columnDefinition: anyName COLON? dataType columnClause*;
columnClause: NOT NULL | DEFAULT expression | COMMENT string;

tableClause
    : PARTITIONED BY LPAREN partitionColumn (COMMA partitionColumn)* RPAREN # partitionedBy
    | CLUSTERED BY identifierList (SORTED BY identifierList)? INTO INTEGER_LITERAL BUCKETS
                                                                        # clusteredBy
    | CLUSTER BY identifierList                                         # clusterBy
    | OPTIONS properties                                                # tableOptions
    | TBLPROPERTIES properties                                          # tableProperties
    | LOCATION string                                                   # tableLocation
    | COMMENT string                                                    # tableComment
    | STORED AS identifier                                              # storedAs
    | ROW FORMAT SERDE string                                           # rowFormat
    ;
partitionColumn: columnDefinition | identifier | identifier LPAREN (value (COMMA value)*)? RPAREN;

tableChange
    : RENAME TO multipart                                               # renameTable
    | partitionSpec RENAME TO partitionSpec                             # renamePartition
    | ADD (COLUMN | COLUMNS) LPAREN? addedColumn (COMMA addedColumn)* RPAREN? # addColumns
    | RENAME COLUMN multipart TO identifier                             # renameColumn
    | DROP (COLUMN | COLUMNS) (IF EXISTS)? LPAREN? multipart (COMMA multipart)* RPAREN? # dropColumns
    | (ALTER | CHANGE) COLUMN? multipart columnChange                   # alterColumn
    | CHANGE COLUMN? multipart columnDefinition columnPlace?            # changeColumn
    | REPLACE COLUMNS LPAREN columnDefinition (COMMA columnDefinition)* RPAREN # replaceColumns
    | propertyChange                                                    # tablePropertyChange
    | partitionSpec? SET LOCATION string                                # setLocation
    | ADD (IF NOT EXISTS)? (partitionSpec (LOCATION string)?)+          # addPartitions
    | DROP (IF EXISTS)? partitionSpec (COMMA partitionSpec)* PURGE?     # dropPartitions
    | (partitionSpec)? SET (SERDE | FORMAT) (~SEMICOLON)*               # setSerde
    | CLUSTER BY (identifierList | identifier)                          # alterClusterBy
    ;
addedColumn: multipart COLON? dataType columnClause* columnPlace?;
columnPlace: FIRST | AFTER identifier;
columnChange
    : TYPE dataType
    | COMMENT string
    | SET DEFAULT expression
    | DROP DEFAULT
    | (SET | DROP) NOT NULL
    | columnPlace
    ;
propertyChange: SET TBLPROPERTIES properties | UNSET TBLPROPERTIES (IF EXISTS)? propertyKeys;

databaseClause: COMMENT string | LOCATION string | WITH (DBPROPERTIES | PROPERTIES) properties;

viewColumns: LPAREN viewColumn (COMMA viewColumn)* RPAREN;
viewColumn: identifier (COMMENT string)?;
viewClause: COMMENT string | TBLPROPERTIES properties | WITH SCHEMA identifier;

parameter: identifier COLON? dataType (NOT NULL)? (DEFAULT expression)? (COMMENT string)?;
functionClause
    : COMMENT string
    | LANGUAGE identifier
    | NOT? DETERMINISTIC
    | (CONTAINS SQL | READS SQL DATA)
    | SQL identifier identifier
    ;

assignment: multipart EQ expression;

properties: LPAREN (option (COMMA option)*)? RPAREN;
propertyKeys: LPAREN propertyKey (COMMA propertyKey)* RPAREN;
propertyKey: optionKey;

explainMode: EXTENDED | CODEGEN | COST | FORMATTED | ANALYZE | TRACE;

option: optionKey EQ? optionValue;
optionKey: identifier (DOT identifier)* | STRING | DOUBLE_QUOTED;
optionValue: STRING | DOUBLE_QUOTED | MINUS? number | TRUE | FALSE | identifier;

// Queries

query: with? setExpression (PIPE_GT pipeStep)* organization;

with: WITH RECURSIVE? namedQuery (COMMA namedQuery)*;
namedQuery: identifier identifierList? (MAX RECURSION LEVEL level=INTEGER_LITERAL)? AS?
    LPAREN query RPAREN;

// What stands after `|>`: its input is all before.
pipeStep
    : SELECT setQuantifier? namedExpression (COMMA namedExpression)*
        (WINDOW namedWindow (COMMA namedWindow)*)?                      # pipeSelect
    | EXTEND namedExpression (COMMA namedExpression)*                   # pipeExtend
    | SET pipeAssignment (COMMA pipeAssignment)*                        # pipeSet
    | DROP identifier (COMMA identifier)*                               # pipeDrop
    | AS identifier                                                     # pipeAs
    | WHERE expression                                                  # pipeWhere
    | (pivot unpivot? | unpivot pivot?)                                 # pipePivot
    | sample                                                            # pipeSample
    | joinClause                                                        # pipeJoin
    | (UNION | EXCEPT | MINUS_KEYWORD | INTERSECT) setQuantifier? queryPrimary # pipeSetOperation
    | AGGREGATE (namedExpression (COMMA namedExpression)*)? pipeGroupBy? # pipeAggregate
    | {_input.LA(1) == ORDER || _input.LA(1) == CLUSTER || _input.LA(1) == DISTRIBUTE
        || _input.LA(1) == SORT || _input.LA(1) == LIMIT || _input.LA(1) == OFFSET}?
        organization                                                    # pipeOrganization
    ;
pipeAssignment: identifier EQ expression;
pipeGroupBy
    : GROUP BY ALL
    | GROUP BY pipeGroupItem (COMMA pipeGroupItem)* (WITH (ROLLUP | CUBE))?
    ;
pipeGroupItem: groupAnalytics | namedExpression;

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
    | inlineTable tableAlias    # valuesQuery
    | TABLE multipart           # tableQuery
    | fromClause select?        # fromQuery
    | LPAREN query RPAREN       # nestedQuery
    ;

select
    : SELECT setQuantifier? namedExpression (COMMA namedExpression)*
      fromClause?
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

fromClause: FROM relation (COMMA relation)* lateralView* (pivot | unpivot)*;

lateralView
    : LATERAL VIEW OUTER? calledName LPAREN (expression (COMMA expression)*)? RPAREN
      table=identifier? (AS? columns+=identifier (COMMA columns+=identifier)*)?
    ;

namedWindow: identifier AS (windowSpec | identifier);

inlineTable: VALUES expression (COMMA expression)*;

// Relations

relation: LATERAL? relationPrimary relationExtension*;
relationExtension: joinClause | pivot | unpivot;

pivot
    : PIVOT LPAREN namedExpression (COMMA namedExpression)* FOR pivotColumns
        IN LPAREN pivotValue (COMMA pivotValue)* RPAREN RPAREN
    ;
pivotColumns: identifier | identifierList;
pivotValue: expression (AS? identifier)?;

unpivot
    : UNPIVOT ((INCLUDE | EXCLUDE) NULLS)? LPAREN
        (valueColumn=identifier FOR nameColumn=identifier
            IN LPAREN unpivotColumn (COMMA unpivotColumn)* RPAREN
        | identifierList FOR nameColumn=identifier
            IN LPAREN unpivotRow (COMMA unpivotRow)* RPAREN)
        RPAREN (AS? alias=identifier)?
    ;
unpivotColumn: multipart (AS? identifier)?;
unpivotRow: LPAREN multipart (COMMA multipart)* RPAREN (AS? identifier)?;

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

sample
    : TABLESAMPLE LPAREN sampleSize RPAREN (REPEATABLE LPAREN seed=INTEGER_LITERAL RPAREN)?
    ;
sampleSize
    : MINUS? number PERCENT_WORD                                        # samplePercent
    | expression ROWS                                                   # sampleRows
    | BUCKET INTEGER_LITERAL OUT OF INTEGER_LITERAL                     # sampleBucket
    ;

relationPrimary
    : LPAREN query RPAREN sample? tableAlias                                    # queryRelation
    | LPAREN relation RPAREN sample? tableAlias                                 # nestedRelation
    | inlineTable tableAlias                                            # valuesRelation
    | calledName LPAREN arguments? RPAREN tableAlias                      # functionRelation
    | multipart sample? tableAlias                                        # namedRelation
    ;

tableAlias: (AS? identifier identifierList? | AS identifierList)?;
identifierList: LPAREN anyName (COMMA anyName)* RPAREN;
multipart: identifier (DOT identifier)*;

// Expressions, loosest first

namedExpression: expression (AS anyName | AS? (identifier | identifierList))?;

expression: conjunction (OR conjunction)*;
conjunction: negation (AND negation)*;
negation: (NOT | BANG) negation | predicated;

predicated: comparison predicate*;
predicate
    : negator? BETWEEN lower=value AND upper=value
    | negator? IN LPAREN query RPAREN
    | negator? IN LPAREN expression (COMMA expression)* RPAREN
    | negator? (LIKE | ILIKE) (ALL | ANY | SOME) LPAREN expression (COMMA expression)* RPAREN
    | negator? (LIKE | ILIKE) pattern=value (ESCAPE escape=STRING)?
    | negator? RLIKE pattern=value
    | IS negator? (NULL | UNKNOWN)
    | IS negator? (TRUE | FALSE)
    | IS negator? DISTINCT FROM right=value
    ;
negator: NOT | BANG;

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
    | DOT anyName                       # fieldAccess
    | COLON_COLON dataType              # castSuffix
    | COLLATE multipart                 # collateSuffix
    | COLON variantPath                 # variantSuffix
    ;

variantPath
    : (anyName | variantElement) (DOT anyName | variantElement)*
    ;
variantElement: LBRACKET (INTEGER_LITERAL | string) RBRACKET;

primary
    : literal                                                           # literalPrimary
    | lambda                                                            # lambdaPrimary
    | COLON identifier                                                  # namedParameter
    | QUESTION                                                          # positionalParameter
    | CASE operand=expression? whenClause+ (ELSE otherwise=expression)? END # caseExpression
    | (CAST | TRY_CAST) LPAREN expression AS dataType RPAREN            # castExpression
    | EXISTS LPAREN query RPAREN                                        # existsSubquery
    | EXTRACT LPAREN (identifier | STRING) FROM expression RPAREN       # extract
    | SUBSTRING LPAREN text=expression FROM from=expression (FOR length=expression)? RPAREN # substringFrom
    | TRIM LPAREN side=(BOTH | LEADING | TRAILING)? characters=expression? FROM text=expression RPAREN # trimFrom
    | OVERLAY LPAREN text=expression PLACING replacement=expression FROM from=expression (FOR length=expression)? RPAREN # overlayPlacing
    | POSITION LPAREN part=value IN text=expression RPAREN              # positionIn
    | STRUCT LPAREN (namedExpression (COMMA namedExpression)*)? RPAREN  # structCall
    | calledName LPAREN (STAR | setQuantifier? arguments?) (IGNORE NULLS | RESPECT NULLS)? RPAREN
        withinGroup?
        (FILTER LPAREN WHERE where=expression RPAREN)?
        (IGNORE NULLS | RESPECT NULLS)?
        (OVER (windowSpec | identifier))?                               # functionCall
    | (CURRENT_DATE | CURRENT_TIMESTAMP)                                # currentTime
    | STAR                                                              # star
    | identifier (DOT identifier)* DOT STAR                             # qualifiedStar
    | LPAREN query RPAREN                                               # scalarSubquery
    | LPAREN expression RPAREN                                          # parenthesized
    | LPAREN namedExpression (COMMA namedExpression)+ RPAREN            # rowConstructor
    | (identifier | ALL)                                                # column
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
    | (DATE | TIME | TIMESTAMP | TIMESTAMP_LTZ | TIMESTAMP_NTZ) string         # typedLiteral
    | IDENTIFIER string                                                 # otherTypedLiteral
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
    | INTERVAL                                                          # calendarIntervalType
    | identifier (LPAREN INTEGER_LITERAL (COMMA INTEGER_LITERAL)* RPAREN)?
        (COLLATE multipart)?                                            # namedType
    ;
field: anyName COLON? dataType (NOT NULL)? (COMMENT string)?;

// Names

// A function that may stand in a schema.
calledName: (identifier DOT)* functionName;

functionName: identifier | EXISTS | CURRENT_DATE | CURRENT_TIMESTAMP | LEFT | RIGHT | LIKE | ILIKE | RLIKE | IF | ANY | SOME | FILTER | INTERVAL;

identifier
    : IDENTIFIER
    | QUOTED_IDENTIFIER
    | DIGIT_IDENTIFIER
    | nonReserved
    ;

// Where nothing but a name can stand every word is one.
anyName: identifier | reserved;

reserved
    : ALL | AND | ANTI | AS | BETWEEN | CASE | CAST | CREATE | CROSS | CURRENT_DATE | CURRENT_TIMESTAMP
    | DISTINCT | ELSE | END | EXCEPT | EXISTS | FALSE | FOR | FROM | FULL | GROUP | HAVING | ILIKE | IN
    | INNER | INTERSECT | INTERVAL | IS | JOIN | LATERAL | LEFT | LIKE | LIMIT | MINUS_KEYWORD | NATURAL
    | NOT | NULL | OFFSET | ON | OR | ORDER | OUTER | RIGHT | RLIKE | SELECT | SEMI | SET | TABLE | THEN
    | TRUE | TRY_CAST | UNION | USING | VALUES | WHEN | WHERE | WITH | WITHIN
    ;

nonReserved
    : statementWord | ANALYZE | ARRAY | BOTH | BY | CACHE | CLEAR | CLUSTER | CODEGEN | COLUMNS | COST | CUBE | CURRENT | DATE | DESC
    | DESCRIBE | DISTRIBUTE | DIV | DROP | ESCAPE | EXPLAIN | EXTENDED | EXTRACT | FILTER | FIRST | FOLLOWING
    | FORMATTED | FUNCTION | FUNCTIONS | GLOBAL | GROUPING | IF | IGNORE | LAST | LAZY | LEADING | MAP
    | BUCKET | OF | OUT | PERCENT_WORD | REPEATABLE | TABLESAMPLE
    | AGGREGATE | COLLATE | DIRECTORY | EXCLUDE | EXECUTE | EXTEND | IMMEDIATE | INCLUDE | LEVEL
    | LOCAL | MAX | PIVOT | RECURSION | UNPIVOT | WINDOW
    | NULLS | OPTIONS | OVER | OVERLAY | PLACING | PARTITION | POSITION | PRECEDING | RANGE | RECURSIVE
    | REPLACE | RESET | RESPECT | ROLLUP | ROW | ROWS | SETS | SHOW | SORT | STRUCT | SUBSTRING
    | TABLES | TEMPORARY | TIMESTAMP | TIMESTAMP_LTZ | TIMESTAMP_NTZ | TO | TRACE | TRAILING | TRIM
    | UNBOUNDED | UNCACHE | UNKNOWN | VIEW | VIEWS | ASC | ANY | SOME
    | YEAR | YEARS | QUARTER | QUARTERS | MONTH | MONTHS | WEEK | WEEKS | DAY | DAYS | HOUR | HOURS
    | MINUTE | MINUTES | SECOND | SECONDS | MILLISECOND | MILLISECONDS | MICROSECOND | MICROSECONDS
    ;

statementWord
    : ADD | AFTER | ALTER | BUCKETS | CASCADE | CATALOG | CATALOGS | CHANGE | CLUSTERED | COLUMN
    | COMMENT | COMPUTE | CONTAINS | DATA | DATABASE | DATABASES | DBPROPERTIES | DECLARE
    | DEFAULT | DETERMINISTIC | EXTERNAL | FORMAT | INSERT | INTO | LANGUAGE | LOCATION
    | MSCK | NAME | NAMESPACE | NAMESPACES | OVERWRITE | PARTITIONED | PARTITIONS
    | PROPERTIES | PURGE | QUERY | READS | RECOVER | REFRESH | RENAME | REPAIR | RESTRICT
    | RETURN | RETURNS | SCHEMA | SCHEMAS | SERDE | SORTED | SQL | STATISTICS | STORED | SYNC
    | TBLPROPERTIES | TIME | TRUNCATE | TYPE | UNSET | USE | VARIABLE | ZONE
    ;
