package dev.vitrine.engine.error;

import static dev.vitrine.engine.error.ErrorFamily.CONNECTOR;
import static dev.vitrine.engine.error.ErrorFamily.INTERNAL;
import static dev.vitrine.engine.error.ErrorFamily.RESOURCE;
import static dev.vitrine.engine.error.ErrorFamily.USER;

import java.util.Map;

/// Every error condition, under Spark's name where Spark has one, with its SQLSTATE.
///
/// A name's double underscore stands for the dot of a sub-condition:
/// `UNRESOLVED_COLUMN__WITH_SUGGESTION` is `UNRESOLVED_COLUMN.WITH_SUGGESTION`. `{name}` in a
/// message is replaced by the argument of that name.
public enum ErrorCode {
    // The text of a statement
    PARSE_SYNTAX_ERROR(
            USER, "42601", "Syntax error at or near {error}.", "Check the text before this place."),
    PARSE_EMPTY_STATEMENT(
            USER, "42617", "The statement is empty.", "Write a statement, for example SELECT 1."),
    UNSUPPORTED_TYPED_LITERAL(
            USER,
            "0A000",
            "{unsupportedType} has no literals.",
            "Write DATE, TIMESTAMP, TIMESTAMP_LTZ, TIMESTAMP_NTZ, INTERVAL or X before the text."),
    CANNOT_PARSE_TIME(
            USER,
            "22010",
            "{input} is no time by the pattern {format}.",
            "Correct the value or the pattern, or use try_to_time."),
    INVALID_PARAMETER_VALUE__TIME_UNIT(
            USER,
            "22023",
            "{functionName} knows no unit {invalidValue} for {parameter}.",
            "Write HOUR, MINUTE, SECOND, MILLISECOND or MICROSECOND."),
    GROUP_EXPRESSION_TYPE_IS_NOT_ORDERABLE(
            USER,
            "42822",
            "Rows cannot be grouped by {sqlExpr}, whose type is {dataType}.",
            "Group by a part of it, for example v:name::string."),
    UNSUPPORTED_FEATURE__SET_OPERATION_ON_VARIANT_TYPE(
            USER,
            "0A000",
            "Rows with column {colName} of type {dataType} cannot be told apart.",
            "Leave the column out, or cast it to STRING."),
    HLL_INVALID_INPUT_SKETCH_BUFFER(
            USER,
            "22546",
            "{function} wants a HyperLogLog sketch.",
            "Pass what hll_sketch_agg or hll_union_agg gave."),
    HLL_INVALID_LG_K(
            USER,
            "22546",
            "{function} wants a lgConfigK from {min} to {max}, not {value}.",
            "Use a number in that range."),
    HLL_UNION_DIFFERENT_LG_K(
            USER,
            "22000",
            "{function} met sketches with lgConfigK {left} and {right}.",
            "Pass true as the last argument to take sketches of any size together."),
    THETA_INVALID_INPUT_SKETCH_BUFFER(
            USER,
            "22546",
            "{function} wants a Theta sketch.",
            "Pass what theta_sketch_agg or another function of Theta sketches gave."),
    THETA_INVALID_LG_NOM_ENTRIES(
            USER,
            "22546",
            "{function} wants lgNomEntries from {min} to {max}, not {value}.",
            "Use a number in that range."),
    KLL_INVALID_INPUT_SKETCH_BUFFER(
            USER,
            "22000",
            "{functionName} wants a KLL sketch of its type.",
            "Pass what kll_sketch_agg of the same type gave."),
    KLL_SKETCH_K_OUT_OF_RANGE(
            USER,
            "22003",
            "{functionName} wants a k from 8 to 65535, not {k}.",
            "Use a number in that range."),
    KLL_SKETCH_INVALID_QUANTILE_RANGE(
            USER,
            "22003",
            "{functionName} wants a rank from 0.0 to 1.0, not {quantile}.",
            "Use a number in that range."),
    INVALID_BITMAP_POSITION(
            USER,
            "22003",
            "{bitPosition} is no bit of a bitmap of {bitmapNumBits} bits.",
            "Use bitmap_bit_position of the number."),
    VECTOR_DIMENSION_MISMATCH(
            USER,
            "22000",
            "{functionName} met vectors of {leftDim} and {rightDim} elements.",
            "Use vectors of one length."),
    INVALID_VECTOR_NORM_DEGREE(
            USER,
            "22023",
            "{functionName} knows no degree {degree}.",
            "Use 1.0, 2.0 or float('inf')."),
    DATATYPE_MISMATCH__UNEXPECTED_CLASS_TYPE(
            USER, "42K09", "There is no class {className}.", "Write its name with its package."),
    DATATYPE_MISMATCH__UNEXPECTED_STATIC_METHOD(
            USER,
            "42K09",
            "{className} has no static method {methodName} for these arguments.",
            "Check its name, and the number and types of its arguments."),
    FAILED_EXECUTE_UDF(
            USER,
            "39000",
            "The user's function {functionName}: ({signature}) => {result} failed on ({values}): {reason}.",
            "Correct the function, or keep such rows from it."),
    VALUE_NOT_SERIALIZABLE(
            USER,
            "38000",
            "The class {className} is not serializable, met in the value {value}.",
            "Have the class implement java.io.Serializable, or map to one that does."),
    INVALID_JAVA_SNIPPET(
            USER,
            "42K0D",
            "The Java source of {functionName} does not compile: line {line}, column {column}: {reason}",
            "Correct the source."),
    NO_JAVA_COMPILER(
            USER,
            "56038",
            "The source of {functionName} cannot be compiled: this Java runtime has no module jdk.compiler.",
            "Start with a runtime that has it, such as a JDK."),
    FAILED_METHOD_CALL(USER, "38000", "{method} failed: {reason}.", "Correct the arguments."),
    INVALID_VARIANT_CAST(
            USER,
            "22023",
            "The variant {value} cannot be cast to {dataType}.",
            "Use try_variant_get, or cast to a type that fits."),
    INVALID_VARIANT_GET_PATH(
            USER,
            "22023",
            "{path} is no path for {functionName}.",
            "Write a path such as $.a['b'][0]."),
    VARIANT_DUPLICATE_KEY(
            USER, "22023", "An object has the key {key} twice.", "Name each field once."),
    UNSUPPORTED_TIME_PRECISION(
            USER,
            "0A001",
            "TIME has at most six digits behind the second, not {precision}.",
            "Write a number from 0 to 6."),
    COLLATION_INVALID_NAME(
            USER,
            "42704",
            "There is no collation {collationName}; {proposals} are such.",
            "Write UTF8_BINARY, UTF8_LCASE, UNICODE or a language's code, with _CI, _AI or _RTRIM"
                    + " behind where case, accents or blanks at the end are to make no"
                    + " difference."),
    COLLATION_MISMATCH__EXPLICIT(
            USER,
            "42P21",
            "COLLATE gives texts that meet here different collations: {explicitTypes}.",
            "Write the same collation for all of them."),
    COLLATION_MISMATCH__IMPLICIT(
            USER,
            "42P21",
            "Texts that meet here come with different collations: {implicitTypes}.",
            "Say with COLLATE which one counts."),
    DUPLICATED_CTE_NAMES(
            USER,
            "42602",
            "WITH names {duplicateNames} twice.",
            "Give each of its queries a name of its own."),
    NOT_ALLOWED_IN_FROM__LATERAL_WITH_PIVOT(
            USER,
            "42601",
            "LATERAL VIEW and PIVOT cannot stand in one FROM.",
            "Write one of them in a subquery."),
    NOT_ALLOWED_IN_FROM__LATERAL_WITH_UNPIVOT(
            USER,
            "42601",
            "LATERAL VIEW and UNPIVOT cannot stand in one FROM.",
            "Write one of them in a subquery."),
    NOT_ALLOWED_IN_FROM__UNPIVOT_WITH_PIVOT(
            USER,
            "42601",
            "UNPIVOT and PIVOT cannot stand in one FROM.",
            "Write one of them in a subquery."),
    INCOMPARABLE_PIVOT_COLUMN(
            USER,
            "42818",
            "PIVOT cannot compare values of column {columnName}.",
            "Pivot a column whose type has no maps in it."),
    _LEGACY_ERROR_TEMP_1006(
            USER,
            "42000",
            "PIVOT wants aggregates, and {sql} stands in none.",
            "Write sum, max or another aggregate around it."),
    NON_LITERAL_PIVOT_VALUES(
            USER,
            "42K08",
            "PIVOT's IN wants constants, not {expression}.",
            "Write the values themselves."),
    PIVOT_VALUE_DATA_TYPE_MISMATCH(
            USER,
            "42K09",
            "PIVOT's value {value} of type {valueType} is none of its column's type {pivotType}.",
            "Write a value of that type, or cast it; a row of values for several columns."),
    UNPIVOT_REQUIRES_ATTRIBUTES(
            USER,
            "42K0A",
            "UNPIVOT wants columns, not {expressions}.",
            "Compute the value in a subquery first."),
    UNPIVOT_REQUIRES_VALUE_COLUMNS(
            USER,
            "42K0A",
            "UNPIVOT has no columns to make rows of.",
            "Leave some columns out of its ids."),
    UNPIVOT_VALUE_DATA_TYPE_MISMATCH(
            USER,
            "42K09",
            "UNPIVOT's columns have no type in common: {types}.",
            "Cast them to one type in a subquery."),
    UNPIVOT_VALUE_SIZE_MISMATCH(
            USER,
            "428C4",
            "UNPIVOT names {names} value columns, and not all of its sets have as many.",
            "Give each set one column for every name."),
    PIPE_OPERATOR_CONTAINS_AGGREGATE_FUNCTION(
            USER, "0A000", "|> {clause} holds the aggregate {expr}.", "Write it in |> AGGREGATE."),
    PIPE_OPERATOR_AGGREGATE_EXPRESSION_CONTAINS_NO_AGGREGATE_FUNCTION(
            USER,
            "0A000",
            "|> AGGREGATE wants aggregates, and {expr} holds none.",
            "Write it after GROUP BY, or in |> EXTEND."),
    UNSUPPORTED_FEATURE__PIPE_OPERATOR_AGGREGATE_UNSUPPORTED_CASE(
            USER,
            "0A000",
            "|> AGGREGATE does not take {case}.",
            "Name what to group by, or write GROUP BY after SELECT."),
    MULTIPLE_QUERY_RESULT_CLAUSES_WITH_PIPE_OPERATORS(
            USER,
            "42000",
            "{clause1} and {clause2} cannot stand in one pipe operator.",
            "Write |> before each of them."),
    INVALID_SQL_SYNTAX__MAX_RECURSION_LEVEL_WITHOUT_RECURSIVE(
            USER,
            "42000",
            "MAX RECURSION LEVEL stands in a WITH that is not RECURSIVE.",
            "Write WITH RECURSIVE."),
    INVALID_RECURSIVE_CTE(
            USER,
            "42836",
            "The recursive query {cteName} is no anchor UNION ALL step.",
            "Write a query that does not read it, UNION ALL, and one that does."),
    INVALID_RECURSIVE_REFERENCE__NUMBER(
            USER,
            "42836",
            "The recursive query {cteName} reads itself more than once.",
            "Read it once in the part after UNION ALL."),
    INVALID_RECURSIVE_REFERENCE__PLACE(
            USER,
            "42836",
            "The recursive query {cteName} reads itself in a subquery, under an aggregate or a window, or on the side of an outer, semi or anti join that may be left out.",
            "Join it with inner joins, or on the side that keeps all rows."),
    UNBOUND_SQL_PARAMETER(
            USER,
            "42P02",
            "The parameter {name} has no value.",
            "Give one with the statement: a map of names, a list, or USING."),
    ALL_PARAMETERS_MUST_BE_NAMED(
            USER,
            "07001",
            "The statement's parameters have names, and these values have none: {exprs}.",
            "Write AS and the name after each."),
    INVALID_QUERY_MIXED_QUERY_PARAMETERS(
            USER,
            "42613",
            "The statement has parameters with names and such without.",
            "Write :name for all of them, or ? for all."),
    NOT_A_CONSTANT_STRING__NOT_CONSTANT(
            USER,
            "42601",
            "{name} wants a constant, not {expr}.",
            "Write a string, a parameter, or a variable."),
    NOT_A_CONSTANT_STRING__NULL(
            USER, "42601", "{name} wants a string, and {expr} is NULL.", "Give it a name."),
    NOT_A_CONSTANT_STRING__WRONG_TYPE(
            USER, "42601", "{name} wants a string, not {expr}.", "Cast it to STRING."),
    NULL_QUERY_STRING_EXECUTE_IMMEDIATE(
            USER,
            "22004",
            "EXECUTE IMMEDIATE has no statement: {varName} is NULL.",
            "Set it to the text of one."),
    INVALID_EXPR_TYPE_FOR_QUERY_EXECUTE_IMMEDIATE(
            USER,
            "42K09",
            "EXECUTE IMMEDIATE wants a statement's text, not a value of type {exprType}.",
            "Give it a string."),
    UNSUPPORTED_EXPR_FOR_PARAMETER(
            USER,
            "42K0E",
            "{invalidExprSql} cannot be a parameter's value.",
            "Write a constant or a session variable."),
    NESTED_EXECUTE_IMMEDIATE(
            USER,
            "07501",
            "EXECUTE IMMEDIATE runs no EXECUTE IMMEDIATE: {sqlString}.",
            "Give it the inner statement's text."),
    INVALID_STATEMENT_FOR_EXECUTE_INTO(
            USER,
            "07501",
            "INTO wants a query's row, and this is no query: {sqlString}.",
            "Leave INTO out, or give the text of a query."),
    _LEGACY_ERROR_TEMP_0029(
            USER,
            "42000",
            "An interval of months and days together, {literal}, is no literal.",
            "Write make_interval, or two intervals, or set spark.sql.legacy.interval.enabled."),
    INVALID_INTERVAL_WITH_MICROSECONDS_ADDITION(
            USER,
            "22006",
            "A date takes no interval of hours, minutes or seconds.",
            "Cast the date to TIMESTAMP."),
    _LEGACY_ERROR_TEMP_0032(
            USER,
            "42000",
            "INSERT OVERWRITE DIRECTORY wants one path.",
            "Write it after DIRECTORY, or as the option path."),
    UNCLOSED_BRACKETED_COMMENT(
            USER,
            "42601",
            "A comment that begins with /* does not end.",
            "Write */ behind it; comments in comments each need their own."),
    _LEGACY_ERROR_TEMP_0051(
            USER,
            "42601",
            "{element} cannot hold an empty set.",
            "Leave () out: it adds the total of all rows by itself."),
    _LEGACY_ERROR_TEMP_1040(
            USER,
            "42K09",
            "The gap of session_window is {dt}, not an interval.",
            "Give an interval, or its text such as '5 minutes'."),
    _LEGACY_ERROR_TEMP_1039(
            USER,
            "42000",
            "A query has two different windows of time.",
            "Compute one of them in a subquery."),
    INVALID_AGGREGATE_FILTER__CONTAINS_AGGREGATE(
            USER,
            "42903",
            "FILTER holds an aggregate: {filter}.",
            "Compute the aggregate in a subquery."),
    INVALID_AGGREGATE_FILTER__NOT_BOOLEAN(
            USER, "42903", "FILTER wants a condition, not {filter}.", "Write a comparison."),
    INVALID_AGGREGATE_FILTER__NON_DETERMINISTIC(
            USER,
            "42903",
            "FILTER wants a condition that is the same each time, not {filter}.",
            "Leave random values out."),
    INVALID_TYPED_LITERAL(
            USER,
            "42604",
            "{value} is no valid {valueType} literal.",
            "Use the form the type is printed in."),
    INVALID_NUMERIC_LITERAL_RANGE(
            USER, "22003", "{rawStrippedQualifier} does not fit {typeName}.", "Use a wider type."),
    UNSUPPORTED_FEATURE(
            USER,
            "0A000",
            "{feature} is not supported yet.",
            "See docs/compatibility.md for what is."),
    INVALID_SAVE_MODE(
            USER,
            "42000",
            "There is no save mode {mode}.",
            "Use error, append, overwrite or ignore."),
    UNSUPPORTED_DATATYPE(
            USER, "0A000", "{typeName} is no data type.", "Use one of Spark SQL's types."),

    // Names
    UNRESOLVED_COLUMN__WITH_SUGGESTION(
            USER,
            "42703",
            "There is no column {objectName} here. Did you mean one of {proposal}?",
            "Pick one of the names offered."),
    UNRESOLVED_COLUMN__WITHOUT_SUGGESTION(
            USER, "42703", "There is no column {objectName} here.", "Check the FROM clause."),
    AMBIGUOUS_REFERENCE(
            USER,
            "42704",
            "{name} could be any of {referenceNames}.",
            "Put the table's name before it."),
    AMBIGUOUS_COLUMN_REFERENCE(
            USER,
            "42702",
            "The data frame of column {name} stands in several places below.",
            "Give each a name with as(...), and write the column as \"name.column\"."),
    CANNOT_RESOLVE_DATAFRAME_COLUMN(
            USER,
            "42704",
            "The column {name} belongs to a data frame that gives no such column here.",
            "Take the column from the data frame that this is called on, or call it by name."),
    INVALID_ATTRIBUTE_NAME_SYNTAX(
            USER,
            "42601",
            "{name} is no name of a column.",
            "Pair the back-ticks, and put dots between the parts."),
    INVALID_BOUNDARY__START(
            USER,
            "42K0A",
            "The frame's start {invalidValue} is no int.",
            "Use Window.unboundedPreceding(), or a number from {intMinValue} to {intMaxValue}."),
    INVALID_BOUNDARY__END(
            USER,
            "42K0A",
            "The frame's end {invalidValue} is no int.",
            "Use Window.unboundedFollowing(), or a number from {intMinValue} to {intMaxValue}."),
    REPEATED_CLAUSE(
            USER,
            "42614",
            "{clause} is there twice.",
            "Make the first a frame of its own with agg, and go on from that."),
    _LEGACY_ERROR_TEMP_1324(
            USER,
            "42000",
            "The pivot column {pivotColumn} has more than {maxValues} values.",
            "Name the values, or set {config} higher."),
    INVALID_EXTERNAL_TYPE(
            USER,
            "42K0N",
            "A value of class {externalType} is none of {type}.",
            "Give a value of the Java class that docs/api.md lists for the type."),
    ROW_VALUE_IS_NULL(
            USER,
            "22023",
            "The value at {index} of the row is NULL and has no primitive form.",
            "Ask isNullAt first, or take it with get."),
    UNSUPPORTED_FEATURE__LITERAL_TYPE(
            USER,
            "0A000",
            "There is no literal of {value}, a {type}.",
            "Give a string, number, date, time, duration, array, list or map."),
    UNSUPPORTED_JOIN_TYPE(
            USER, "0A000", "There is no join called {typ}.", "Use one of {supported}."),
    DATATYPE_MISMATCH__CANNOT_DROP_ALL_FIELDS(
            USER, "42K09", "A struct keeps at least one field.", "Drop the struct itself."),
    SQL_CONF_NOT_FOUND(
            USER,
            "42K0I",
            "The setting {sqlConf} has no value.",
            "Set it, or say what to take where there is none."),
    TABLE_OR_VIEW_NOT_FOUND(
            USER,
            "42P01",
            "There is no table or view {relationName}.{suggestion}",
            "Check the name, or create the view first."),
    TABLE_OR_VIEW_ALREADY_EXISTS(
            USER,
            "42P07",
            "{relationName} exists already.",
            "Use CREATE OR REPLACE, or another name."),
    UNRESOLVED_ROUTINE(
            USER,
            "42883",
            "There is no function {routineName}.{suggestion}",
            "SHOW FUNCTIONS lists them."),
    CANNOT_RESOLVE_STAR_EXPAND(
            USER,
            "42704",
            "{targetString}.* stands for nothing here; there are {columns}.",
            "Use one of those names."),
    INVALID_EXTRACT_BASE_FIELD_TYPE(
            USER, "42000", "{base} has no fields: it is {other}.", "Only structs have fields."),
    FIELD_NOT_FOUND(
            USER,
            "42704",
            "There is no field {fieldName} in {fields}.",
            "Pick one of those fields."),
    COLUMN_ALREADY_EXISTS(
            USER, "42711", "The column {columnName} is there twice.", "Rename one of them."),
    DATA_SOURCE_NOT_FOUND(
            USER,
            "42K02",
            "There is no connector for the format {provider}. There are: {formats}.",
            "Use one of these formats."),
    PATH_NOT_FOUND(
            CONNECTOR,
            "42K03",
            "There is no file at {path}.",
            "Check the path; it may hold * and ?."),
    CANNOT_UP_CAST_DATATYPE(USER, "42846", "{expression} cannot become {targetType}.", "Cast it."),

    // Tables, views, databases
    TEMP_TABLE_OR_VIEW_ALREADY_EXISTS(
            USER,
            "42P07",
            "The temporary view {relationName} exists already.",
            "Use CREATE OR REPLACE, or another name."),
    TEMP_VIEW_NAME_TOO_MANY_NAME_PARTS(
            USER,
            "428EK",
            "A temporary view's name has one part, not {actualName}.",
            "Leave the database out."),
    SCHEMA_NOT_FOUND(USER, "42704", "There is no schema {schemaName}.", "SHOW SCHEMAS lists them."),
    SCHEMA_ALREADY_EXISTS(
            USER,
            "42P06",
            "The schema {schemaName} exists already.",
            "Use IF NOT EXISTS, or another name."),
    SCHEMA_NOT_EMPTY(
            USER,
            "2BP01",
            "The schema {schemaName} holds tables, views or functions.",
            "Use CASCADE to drop them too."),
    CATALOG_NOT_FOUND(
            USER, "42P08", "There is no catalog {catalogName}.", "There is one: spark_catalog."),
    REQUIRES_SINGLE_PART_NAMESPACE(
            USER,
            "42K05",
            "{sessionCatalog} wants one name for a schema, not {namespace}.",
            "Leave out what stands before it."),
    UNSUPPORTED_FEATURE__DROP_DATABASE(
            USER, "0A000", "The schema {schemaName} cannot be dropped.", "It is always there."),
    EXPECT_TABLE_NOT_VIEW__NO_ALTERNATIVE(
            USER, "42809", "{operation} wants a table; {viewName} is a view.", "Name a table."),
    EXPECT_TABLE_NOT_VIEW__USE_ALTER_VIEW(
            USER, "42809", "{operation} wants a table; {viewName} is a view.", "Use ALTER VIEW."),
    EXPECT_VIEW_NOT_TABLE__NO_ALTERNATIVE(
            USER, "42809", "{operation} wants a view; {tableName} is a table.", "Name a view."),
    EXPECT_VIEW_NOT_TABLE__USE_ALTER_TABLE(
            USER, "42809", "{operation} wants a view; {tableName} is a table.", "Use ALTER TABLE."),
    EXPECT_PERMANENT_VIEW_NOT_TEMP(
            USER,
            "42809",
            "{operation} wants a stored view; {viewName} is temporary.",
            "Name a stored view."),
    WRONG_COMMAND_FOR_OBJECT_TYPE(
            USER,
            "42809",
            "{operation} wants {requiredType}; {objectName} is {foundType}.",
            "{alternative}"),
    UNSUPPORTED_FEATURE__TABLE_OPERATION(
            USER,
            "0A000",
            "The table {tableName} does not know {operation}.",
            "Make a new table of a query."),
    LOCATION_ALREADY_EXISTS(
            USER,
            "42710",
            "The folder {location} of the new table {identifier} holds files already.",
            "Use LOCATION for files that are there, or remove them."),
    INCOMPATIBLE_VIEW_SCHEMA_CHANGE(
            USER,
            "51024",
            "The tables of the view {viewName} have lost columns that it shows.",
            "Make the view anew."),
    CREATE_VIEW_COLUMN_ARITY_MISMATCH__NOT_ENOUGH_DATA_COLUMNS(
            USER,
            "21S01",
            "The view {viewName} names more columns ({viewColumns}) than its query gives ({dataColumns}).",
            "Name each column once."),
    CREATE_VIEW_COLUMN_ARITY_MISMATCH__TOO_MANY_DATA_COLUMNS(
            USER,
            "21S01",
            "The view {viewName} names fewer columns ({viewColumns}) than its query gives ({dataColumns}).",
            "Name each column once."),
    INVALID_TEMP_OBJ_REFERENCE(
            USER,
            "42K0F",
            "{objName} is to be stored, but needs {tempObjName}, which goes with the session.",
            "Make it temporary, or store what it needs."),
    UNSET_NONEXISTENT_PROPERTIES(
            USER, "42K0J", "{table} has no properties {properties}.", "Use IF EXISTS."),
    INVALID_CONF_VALUE__TIME_ZONE(
            USER,
            "22022",
            "The setting {confName} cannot be {confValue}: that is no zone.",
            "Use a zone such as UTC, +02:00 or Europe/Paris."),
    CYCLIC_FUNCTION_REFERENCE(
            USER,
            "42887",
            "The function leads back to itself: {path}.",
            "Give the new function another name."),
    CANNOT_MODIFY_CONFIG(
            USER,
            "46110",
            "The setting {key} cannot be changed in a session.",
            "Give it when the session opens."),
    INVALID_SET_SYNTAX(
            USER,
            "42000",
            "SET wants a key, an equals sign and a value.",
            "Write SET key = value; nothing but the value may hold blanks."),
    INVALID_INTERVAL_FORMAT__TIMEZONE_INTERVAL_OUT_OF_RANGE(
            USER,
            "22006",
            "SET TIME ZONE wants an interval of whole seconds, at most 18 hours, not {input}.",
            "Write INTERVAL '02:00' HOUR TO MINUTE, or a zone's name."),
    _LEGACY_ERROR_TEMP_0064(
            USER,
            "42000",
            "{msg} is not between 0 and 1.",
            "Give a percentage from 0 to 100, or a bucket of as many or more."),
    _LEGACY_ERROR_TEMP_0035(USER, "42000", "{message} cannot be.", "Leave that out."),
    DUPLICATE_CLAUSES(USER, "42614", "{clauseName} is there twice.", "Leave one out."),
    DUPLICATE_KEY(USER, "23505", "{keyColumn} is there twice.", "Leave one out."),
    DATATYPE_MISSING_SIZE(USER, "42K01", "{type} wants a length.", "Write {type}(n), or STRING."),
    COLUMN_NOT_FOUND(
            USER, "42703", "There is no column {colName}.", "DESCRIBE TABLE shows the columns."),
    NOT_SUPPORTED_CHANGE_COLUMN(
            USER,
            "0A000",
            "Column {originName} of {table} is {originType} and cannot become {newType}.",
            "Make a new table of a query."),
    ALL_PARTITION_COLUMNS_NOT_ALLOWED(
            USER, "KD005", "All columns are partition columns.", "Leave one column in the files."),
    INVALID_PARTITION_COLUMN_DATA_TYPE(
            USER,
            "0A000",
            "Values of {type} cannot name the folders of partitions.",
            "Partition by a number, text, date or timestamp."),
    PARTITIONS_ALREADY_EXIST(
            USER,
            "428FT",
            "{tableName} has the partition {partitionList} already.",
            "Use IF NOT EXISTS."),
    PARTITIONS_NOT_FOUND(
            USER,
            "428FT",
            "{tableName} has no partition {partitionList}.",
            "SHOW PARTITIONS lists them."),
    INVALID_PARTITION_OPERATION__PARTITION_SCHEMA_IS_EMPTY(
            USER, "42601", "{name} has no partitions.", "Leave PARTITION out."),
    _LEGACY_ERROR_TEMP_1232(
            USER,
            "42000",
            "PARTITION names {specKeys}, but {tableName} is partitioned by {partitionColumnNames}.",
            "Give each partition column a value."),
    NON_PARTITION_COLUMN(
            USER,
            "42000",
            "PARTITION names {columnName}, which is no partition column.",
            "Name partition columns only."),
    DESC_TABLE_COLUMN_PARTITION(
            USER, "0A000", "DESCRIBE shows a column or a partition, not both.", "Leave one out."),
    SHOW_COLUMNS_WITH_CONFLICT_NAMESPACE(
            USER,
            "42K05",
            "SHOW COLUMNS names two schemas: {namespaceA} and {namespaceB}.",
            "Name one."),

    COLUMN_NOT_DEFINED_IN_TABLE(
            USER,
            "42703",
            "The partition column {colName} is none of the table's columns.",
            "Name a column of the table."),
    _LEGACY_ERROR_TEMP_1266(
            USER,
            "42000",
            "The table {tableIdentWithDB} lies where its user put it and is not emptied.",
            "Remove the files, or INSERT OVERWRITE."),
    _LEGACY_ERROR_TEMP_1267(
            USER,
            "42000",
            "The table {tableIdentWithDB} has no partitions.",
            "Leave PARTITION out."),
    _LEGACY_ERROR_TEMP_1072(
            USER,
            "42000",
            "A table cannot be renamed from the schema {db} into {newDb}.",
            "Make a new table of a query."),

    _LEGACY_ERROR_TEMP_1270(
            USER,
            "42000",
            "{table} is temporary: no statement is kept for it.",
            "Use a stored view."),

    // What is written into tables
    INSERT_COLUMN_ARITY_MISMATCH__NOT_ENOUGH_DATA_COLUMNS(
            USER,
            "21S01",
            "{tableName} wants {tableColumns}, but the rows give {dataColumns} only.",
            "Give each column a value, or name the columns."),
    INSERT_COLUMN_ARITY_MISMATCH__TOO_MANY_DATA_COLUMNS(
            USER,
            "21S01",
            "{tableName} wants {tableColumns}, but the rows give {dataColumns}.",
            "Leave some values out."),
    INSERT_PARTITION_COLUMN_ARITY_MISMATCH(
            USER,
            "21S01",
            "{tableName} wants {tableColumns}, but the rows give {dataColumns} beside {staticPartCols}.",
            "Give each column a value."),
    INCOMPATIBLE_DATA_FOR_TABLE__CANNOT_SAFELY_CAST(
            USER,
            "KD000",
            "{srcType} cannot be stored safely in column {colName} of {tableName}, which is {targetType}.",
            "Cast the value."),
    INCOMPATIBLE_DATA_FOR_TABLE__CANNOT_FIND_DATA(
            USER,
            "KD000",
            "There is no value for column {colName} of {tableName}.",
            "Give it one, or a default."),
    INCOMPATIBLE_DATA_FOR_TABLE__EXTRA_COLUMNS(
            USER, "KD000", "{tableName} has no columns {extraColumns}.", "Leave them out."),
    INCOMPATIBLE_DATA_FOR_TABLE__AMBIGUOUS_COLUMN_NAME(
            USER,
            "KD000",
            "The rows for {tableName} give column {colName} twice.",
            "Leave one out."),
    EXCEED_LIMIT_LENGTH(
            USER,
            "54006",
            "A text is longer than the {limit} characters of its column.",
            "Shorten it, or widen the column."),
    UNSUPPORTED_DESERIALIZER__FIELD_NUMBER_MISMATCH(
            USER,
            "0A000",
            "{schema} cannot be read as {ordinal} column(s): the numbers differ.",
            "Select the columns that the class has."),
    ENCODER_NOT_FOUND(
            USER,
            "42704",
            "There is no encoder of the Java type {typeName}.",
            "Use a record of primitives, String, BigDecimal, java.time, enums, byte[], Optional, List, Set, Map and such records."),
    CIRCULAR_CLASS_REFERENCE(
            USER,
            "42602",
            "The class {t} has itself as a component, which no type of a column can have.",
            "Take the component away, or keep such values as text."),
    NOT_NULL_ASSERT_VIOLATION(
            USER,
            "42000",
            "NULL was given to column {walkedTypePath}, which is NOT NULL.",
            "Give a value, or take NOT NULL away."),
    UNSUPPORTED_OVERWRITE__TABLE(
            USER,
            "42902",
            "{table} cannot be overwritten by rows read from it.",
            "Write into another table first."),
    UNSUPPORTED_INSERT__RDD_BASED(
            USER,
            "42809",
            "Rows cannot be inserted into a view of a query.",
            "Insert into its table."),
    NO_DEFAULT_COLUMN_VALUE_AVAILABLE(
            USER,
            "42608",
            "Column {colName} has neither a value nor a default, and is NOT NULL.",
            "Give a value."),
    DEFAULT_PLACEMENT_INVALID(
            USER, "42608", "DEFAULT can only stand alone as a value.", "Write the default itself."),
    INVALID_DEFAULT_VALUE__DATA_TYPE(
            USER,
            "42623",
            "The default {defaultValue} of column {colName} is {actualType}, which cannot be stored as {expectedType}.",
            "Cast it."),
    INVALID_DEFAULT_VALUE__UNRESOLVED_EXPRESSION(
            USER,
            "42623",
            "The default {defaultValue} of column {colName} cannot be understood.",
            "Use constants and functions."),
    INVALID_DEFAULT_VALUE__SUBQUERY_EXPRESSION(
            USER,
            "42623",
            "The default {defaultValue} of column {colName} holds a query.",
            "Use constants and functions."),
    INVALID_DEFAULT_VALUE__NOT_CONSTANT(
            USER,
            "42623",
            "The default {defaultValue} of column {colName} is no constant.",
            "Use constants and functions."),

    // Functions and variables
    ROUTINE_ALREADY_EXISTS(
            USER,
            "42723",
            "The {existingRoutineType} {routineName} exists already.",
            "Use CREATE OR REPLACE, or another name."),
    ROUTINE_NOT_FOUND(
            USER, "42883", "There is no function {routineName}.", "SHOW FUNCTIONS lists them."),
    INVALID_SQL_SYNTAX__CREATE_ROUTINE(USER, "42000", "{what} cannot be.", "Leave one out."),
    INVALID_SQL_SYNTAX__SHOW_FUNCTIONS_INVALID_SCOPE(
            USER, "42000", "SHOW FUNCTIONS does not know {scope}.", "Use USER, SYSTEM or ALL."),
    DUPLICATE_ROUTINE_PARAMETER_NAMES(
            USER, "42734", "The parameter {names} is there twice.", "Rename one."),
    DUPLICATE_ROUTINE_RETURNS_COLUMNS(
            USER, "42711", "The column {columns} is returned twice.", "Rename one."),
    USER_DEFINED_FUNCTIONS__NOT_NULL_ON_FUNCTION_PARAMETERS(
            USER, "42601", "A parameter cannot be NOT NULL: {input}.", "Leave NOT NULL out."),
    USER_DEFINED_FUNCTIONS__RETURN_COLUMN_COUNT_MISMATCH(
            USER,
            "42601",
            "The function {name} gives {actual} columns, not {expected}.",
            "Give as many columns as RETURNS TABLE names."),
    USER_DEFINED_FUNCTIONS__NOT_A_VALID_DEFAULT_PARAMETER_POSITION(
            USER,
            "42601",
            "The parameter {nextParameterName} of {functionName} has no default, but one before it has.",
            "Give it a default too."),
    USER_DEFINED_FUNCTIONS__NOT_A_VALID_DEFAULT_EXPRESSION(
            USER,
            "42601",
            "The default of parameter {parameterName} of {functionName} holds a query or a column.",
            "Use constants and functions."),
    USER_DEFINED_FUNCTIONS__CANNOT_CONTAIN_COMPLEX_FUNCTIONS(
            USER,
            "42601",
            "The body {queryText} of a function cannot hold aggregates, windows or generators outside a query.",
            "Put them into a query."),
    USER_DEFINED_FUNCTIONS__SQL_TABLE_UDF_BODY_MUST_BE_A_QUERY(
            USER,
            "42601",
            "The body of the table function {name} must be a query.",
            "Write RETURN SELECT …."),
    FORBIDDEN_OPERATION(
            USER,
            "42809",
            "{statement} cannot be done to the {objectType} {objectName}.",
            "Use another name."),
    VARIABLE_ALREADY_EXISTS(
            USER,
            "42723",
            "The variable {variableName} exists already.",
            "Use DECLARE OR REPLACE."),
    VARIABLE_NOT_FOUND(USER, "42883", "There is no variable {variableName}.", "DECLARE it first."),
    UNRESOLVED_VARIABLE(
            USER,
            "42883",
            "There is no variable {variableName}; it was looked for in {searchPath}.",
            "DECLARE it first."),
    DUPLICATE_ASSIGNMENTS(USER, "42701", "{nameList} is set twice.", "Set it once."),
    ROW_SUBQUERY_TOO_MANY_ROWS(
            USER,
            "21000",
            "The query gives more than one row for the variables.",
            "Aggregate it, or add LIMIT 1."),

    // Types and shapes
    DATATYPE_MISMATCH__UNEXPECTED_INPUT_TYPE(
            USER,
            "42K09",
            "{sqlExpr} wants {requiredType} as argument {paramIndex}, but {inputSql} is {inputType}.",
            "Cast the argument."),
    DATATYPE_MISMATCH__BINARY_OP_DIFF_TYPES(
            USER,
            "42K09",
            "The two sides of {sqlExpr} differ: {left} and {right}.",
            "Cast one of them."),
    DATATYPE_MISMATCH__BINARY_OP_WRONG_TYPE(
            USER,
            "42K09",
            "{sqlExpr} wants {inputType}, not {actualDataType}.",
            "Cast the operand."),
    DATATYPE_MISMATCH__DATA_DIFF_TYPES(
            USER,
            "42K09",
            "The values of {sqlExpr} have no common type: {dataType}.",
            "Cast them to one type."),
    DATATYPE_MISMATCH__CAST_WITHOUT_SUGGESTION(
            USER,
            "42K09",
            "{srcType} cannot be cast to {targetType} in {sqlExpr}.",
            "Go through a type both know."),
    DATATYPE_MISMATCH__CAST_WITH_FUNC_SUGGESTION(
            USER,
            "42K09",
            "{srcType} cannot be cast to {targetType} in {sqlExpr}.",
            "Use unix_date and date_from_unix_date between dates and numbers."),
    DATATYPE_MISMATCH__CAST_WITH_CONF_SUGGESTION(
            USER,
            "42K09",
            "{srcType} cannot be cast to {targetType} in {sqlExpr} in ANSI mode.",
            "Go through a type both know, or set spark.sql.ansi.enabled to false."),
    DATATYPE_MISMATCH__FILTER_NOT_BOOLEAN(
            USER,
            "42K09",
            "The condition {filter} is {type}, not BOOLEAN.",
            "Compare it with something."),
    JOIN_CONDITION_IS_NOT_BOOLEAN_TYPE(
            USER,
            "42K0E",
            "The join condition {joinCondition} is {conditionType}, not BOOLEAN.",
            "Compare it with something."),
    UNRESOLVED_USING_COLUMN_FOR_JOIN(
            USER,
            "42703",
            "There is no column {colName} on one side of the join; there are {suggestion}.",
            "Name a column that both sides have."),
    DATATYPE_MISMATCH__IN_SUBQUERY_LENGTH_MISMATCH(
            USER,
            "42K09",
            "IN compares {leftLength} values with {rightLength} columns.",
            "Give both the same number."),
    INVALID_USAGE_OF_STAR(
            USER,
            "42000",
            "* cannot stand here.",
            "It stands alone in a select list, or in count(*)."),
    WRONG_NUM_ARGS__WITHOUT_SUGGESTION(
            USER,
            "42605",
            "{functionName} wants {expectedNum} arguments, not {actualNum}.",
            "DESCRIBE FUNCTION shows them."),
    NUM_COLUMNS_MISMATCH(
            USER,
            "42826",
            "{operator} wants the same number of columns on each side: {firstNumColumns} against {invalidNumColumns}.",
            "Add or drop columns."),
    INCOMPATIBLE_COLUMN_TYPE(
            USER,
            "42825",
            "{operator}: column {columnOrdinalNumber} of the {tableOrdinalNumber} table is {dataType2}, which does not fit {dataType1}.",
            "Cast it."),
    INVALID_INLINE_TABLE__NUM_COLUMNS_MISMATCH(
            USER,
            "42000",
            "Row {rowIndex} of VALUES has {actualNumCols} columns, not {expectedNumCols}.",
            "Give all rows the same columns."),
    INVALID_INLINE_TABLE__CANNOT_EVALUATE_EXPRESSION_IN_INLINE_TABLE(
            USER, "42000", "{expr} cannot stand in VALUES.", "Use constants."),
    INVALID_INLINE_TABLE__INCOMPATIBLE_TYPES_IN_INLINE_TABLE(
            USER,
            "42000",
            "The values of column {colName} of VALUES have no common type.",
            "Cast them to one type."),
    INVALID_INLINE_TABLE__FAILED_SQL_EXPRESSION_EVALUATION(
            USER,
            "42000",
            "{sqlExpr} in VALUES cannot be computed: {reason}",
            "Correct the value."),
    RECURSIVE_VIEW(
            USER,
            "42K0H",
            "The view {viewIdent} leads back to itself: {newPath}.",
            "Give the new view another name."),
    ASSIGNMENT_ARITY_MISMATCH(
            USER,
            "42802",
            "{numTarget} names for {numExpr} columns.",
            "Give each column one name."),
    MISSING_AGGREGATION(
            USER,
            "42803",
            "{expression} is neither grouped by nor aggregated.",
            "Add it to GROUP BY, or use any_value({expressionAnyValue})."),
    MISSING_GROUP_BY(
            USER,
            "42803",
            "An aggregate stands beside plain columns without GROUP BY.",
            "Add GROUP BY."),
    GROUP_BY_AGGREGATE(
            USER,
            "42903",
            "{sqlExpr} cannot be grouped by: it is an aggregate.",
            "Group by plain columns."),
    GROUP_BY_POS_OUT_OF_RANGE(
            USER,
            "42805",
            "GROUP BY position {index} is not in the select list (1 to {size}).",
            "Use a position of the list."),
    ORDER_BY_POS_OUT_OF_RANGE(
            USER,
            "42805",
            "ORDER BY position {index} is not in the select list (1 to {size}).",
            "Use a position of the list."),
    INVALID_WHERE_CONDITION(
            USER,
            "42903",
            "WHERE cannot hold {expressionList}: it is evaluated before grouping.",
            "Move it to HAVING."),
    NESTED_AGGREGATE_FUNCTION(
            USER,
            "42607",
            "An aggregate cannot stand inside another.",
            "Aggregate in a subquery first."),
    UNSUPPORTED_SUBQUERY_EXPRESSION_CATEGORY__UNSUPPORTED_CORRELATED(
            USER,
            "0A000",
            "This correlated subquery cannot be turned into a join: {treeNode}.",
            "Write it as a join."),
    UNSUPPORTED_SUBQUERY_EXPRESSION_CATEGORY__UNSUPPORTED_CORRELATED_EXPRESSION_IN_JOIN_CONDITION(
            USER,
            "0A000",
            "The subquery {subqueryExpression} in an outer join's condition reads columns of both"
                    + " sides.",
            "Let it read one side only, or use an inner join."),
    UNSUPPORTED_SUBQUERY_EXPRESSION_CATEGORY__ACCESSING_OUTER_QUERY_COLUMN_IS_NOT_ALLOWED(
            USER,
            "0A000",
            "The side of an outer join that may be missing reads the outer column {treeNode}.",
            "Put the condition on that column into WHERE, or use an inner join."),
    UNSUPPORTED_SUBQUERY_EXPRESSION_CATEGORY__CORRELATED_REFERENCE(
            USER,
            "0A000",
            "A subquery may not aggregate or order by columns of the query around it: {sqlExprs}.",
            "Compute it in the query around, or in a select list below."),
    SCALAR_SUBQUERY_TOO_MANY_ROWS(
            USER,
            "21000",
            "A scalar subquery gave more than one row.",
            "Aggregate it, or add LIMIT 1."),
    INVALID_SUBQUERY_EXPRESSION__SCALAR_SUBQUERY_RETURN_MORE_THAN_ONE_OUTPUT_COLUMN(
            USER,
            "42823",
            "A scalar subquery must give one column, not {number}.",
            "Select one column."),
    INVALID_LIMIT_LIKE_EXPRESSION__IS_NEGATIVE(
            USER, "42K0E", "{name} must be 0 or more, not {v}.", "Use 0 or more."),
    INVALID_LIMIT_LIKE_EXPRESSION__DATA_TYPE(
            USER, "42K0E", "{name} must be a whole number, not {dataType}.", "Use a whole number."),
    INVALID_LIMIT_LIKE_EXPRESSION__IS_UNFOLDABLE(
            USER, "42K0E", "{name} must be a constant, not {expr}.", "Use a constant."),

    DATATYPE_MISMATCH__NON_FOLDABLE_INPUT(
            USER,
            "42K09",
            "{sqlExpr} wants a constant {inputName}, not {inputExpr}.",
            "Write a constant."),
    DATATYPE_MISMATCH__UNEXPECTED_NULL(
            USER, "42K09", "{exprName} of {sqlExpr} must not be NULL.", "Give a value."),
    DATATYPE_MISMATCH__VALUE_OUT_OF_RANGE(
            USER,
            "42K09",
            "{exprName} of {sqlExpr} must be in {valueRange}, not {currentValue}.",
            "Give a value in that range."),
    INVALID_WITHIN_GROUP_EXPRESSION__WITHIN_GROUP_MISSING(
            USER,
            "42K0K",
            "{functionName} wants WITHIN GROUP (ORDER BY …).",
            "Say which values, in which order."),
    INVALID_WITHIN_GROUP_EXPRESSION__DISTINCT_UNSUPPORTED(
            USER, "42K0K", "{functionName} knows no DISTINCT.", "Leave DISTINCT out."),
    INVALID_WITHIN_GROUP_EXPRESSION__WRONG_NUM_ORDERINGS(
            USER,
            "42K0K",
            "{functionName} wants {expectedNum} sort key in WITHIN GROUP, not {actualNum}.",
            "Give one key."),
    INVALID_WITHIN_GROUP_EXPRESSION__MISMATCH_WITH_DISTINCT_INPUT(
            USER,
            "42K0K",
            "{functionName} with DISTINCT can be ordered by its argument only.",
            "Order by the argument itself, or leave DISTINCT out."),
    NEGATIVE_VALUES_IN_FREQUENCY_EXPRESSION(
            USER,
            "22003",
            "A frequency cannot be {negativeValue}.",
            "Use frequencies of 0 or more."),

    DATATYPE_MISMATCH__STACK_COLUMN_DIFF_TYPES(
            USER,
            "42K09",
            "Column {columnIndex} of {sqlExpr} holds {leftType} and {rightType}.",
            "Cast them to one type."),

    // Generators and grouping sets
    UNSUPPORTED_GENERATOR__NESTED_IN_EXPRESSIONS(
            USER,
            "42K0E",
            "A generator cannot stand inside another expression: {expression}.",
            "Put it alone into the select list, or use LATERAL VIEW."),
    UNSUPPORTED_GENERATOR__MULTI_GENERATOR(
            USER,
            "42K0E",
            "A select list can hold one generator, not {num}.",
            "Use LATERAL VIEW for the others."),
    UNSUPPORTED_GENERATOR__OUTSIDE_SELECT(
            USER,
            "42K0E",
            "A generator cannot stand in {plan}.",
            "Put it into the select list, or use LATERAL VIEW."),
    UDTF_ALIAS_NUMBER_MISMATCH(
            USER,
            "42802",
            "{aliasesSize} names for the {outputSize} columns of a generator.",
            "Give each column one name."),
    NUM_TABLE_VALUE_ALIASES_MISMATCH(
            USER,
            "42826",
            "{aliasesNum} names for the {outColsNum} columns of {funcName}.",
            "Give each column one name."),
    UNRESOLVABLE_TABLE_VALUED_FUNCTION(
            USER,
            "42883",
            "There is no table function {name}.",
            "Use range, explode, inline, stack and the like."),
    NOT_A_SCALAR_FUNCTION(
            USER, "42887", "{functionName} gives a table, not a value.", "Use it in FROM."),
    NOT_A_TABLE_FUNCTION(
            USER, "42887", "{functionName} is no table function.", "Use it in an expression."),
    UNSUPPORTED_GROUPING_EXPRESSION(
            USER,
            "42K0E",
            "grouping() and grouping_id() need GROUPING SETS, ROLLUP or CUBE.",
            "Group by one of those."),
    GROUPING_COLUMN_MISMATCH(
            USER,
            "42803",
            "{grouping} is not among the groupings {groupingColumns}.",
            "Use one of those."),
    GROUPING_ID_COLUMN_MISMATCH(
            USER,
            "42803",
            "grouping_id has other columns than the groupings: {groupingIdColumn} against {groupByColumns}.",
            "Leave them out."),
    GROUPING_SIZE_LIMIT_EXCEEDED(
            USER,
            "54000",
            "There can be {maxSize} grouping columns at most.",
            "Group by fewer columns."),

    // Windows
    WINDOW_FUNCTION_WITHOUT_OVER_CLAUSE(
            USER,
            "42601",
            "{funcName} needs an OVER clause.",
            "Write OVER (ORDER BY …) behind it."),
    _LEGACY_ERROR_TEMP_1037(
            USER,
            "42601",
            "{wf} needs an order in its window.",
            "Add ORDER BY to the OVER clause."),
    MISSING_WINDOW_SPECIFICATION(
            USER, "42P20", "There is no window {windowName}.", "Define it in the WINDOW clause."),
    UNSUPPORTED_EXPR_FOR_WINDOW(
            USER,
            "42P20",
            "{sqlExpr} cannot be computed over a window.",
            "Use an aggregate or a window function before OVER."),
    DISTINCT_WINDOW_FUNCTION_UNSUPPORTED(
            USER,
            "0A000",
            "DISTINCT cannot be used over a window: {windowExpr}.",
            "Aggregate in a subquery first."),
    INVALID_WINDOW_SPEC_FOR_AGGREGATION_FUNC(
            USER,
            "42601",
            "{aggFunc} with WITHIN GROUP can only be computed over a whole partition.",
            "Leave ORDER BY and the frame out of OVER."),
    DATATYPE_MISMATCH__RANGE_FRAME_WITHOUT_ORDER(
            USER,
            "42K09",
            "A RANGE frame with bounds needs an order: {sqlExpr}.",
            "Add ORDER BY, or use ROWS."),
    DATATYPE_MISMATCH__RANGE_FRAME_MULTI_ORDER(
            USER,
            "42K09",
            "A RANGE frame with offsets wants one sort key: {orderSpec}.",
            "Order by one key, or use ROWS."),
    DATATYPE_MISMATCH__RANGE_FRAME_INVALID_TYPE(
            USER,
            "42K09",
            "A RANGE frame over {orderSpecType} cannot have offsets of {valueBoundaryType}.",
            "Use an offset that can be added to the sort key."),
    DATATYPE_MISMATCH__SPECIFIED_WINDOW_FRAME_DIFF_TYPES(
            USER,
            "42K09",
            "The frame's bounds differ: {lower} and {upper}.",
            "Use bounds of one type."),
    DATATYPE_MISMATCH__SPECIFIED_WINDOW_FRAME_INVALID_BOUND(
            USER,
            "42K09",
            "The frame's lower bound {lower} comes after its upper bound {upper}.",
            "Exchange the bounds."),
    DATATYPE_MISMATCH__SPECIFIED_WINDOW_FRAME_WITHOUT_FOLDABLE(
            USER,
            "42K09",
            "The frame's bound {expectedFoldable} is not a constant.",
            "Use a constant."),
    DATATYPE_MISMATCH__SPECIFIED_WINDOW_FRAME_UNACCEPTED_TYPE(
            USER, "42K09", "The frame's bound is {exprType}, not {expectedType}.", "Cast it."),
    WINDOW_FUNCTION_AND_FRAME_MISMATCH(
            USER, "42K09", "{wf} has a frame of its own.", "Leave the frame out."),
    _LEGACY_ERROR_TEMP_1034(
            USER,
            "42903",
            "A window function cannot stand in {clauseName}.",
            "Compute it in a subquery."),
    _LEGACY_ERROR_TEMP_1030(
            USER,
            "0A000",
            "FILTER cannot be used over a window.",
            "Use CASE inside the aggregate."),
    UNSUPPORTED_EXPR_FOR_OPERATOR(
            USER,
            "42K0E",
            "{invalidExprSqls} cannot stand here: {operator} is no place for it.",
            "Compute it in a subquery."),
    INVALID_SQL_SYNTAX__FUNCTION_WITH_UNSUPPORTED_SYNTAX(
            USER, "42000", "{prettyName} knows no {syntax}.", "Leave that out."),

    // Values
    CAST_INVALID_INPUT(
            USER,
            "22018",
            "The value {expression} of type {sourceType} is no {targetType}.",
            "Correct the value, or use try_cast for NULL instead of an error."),
    CAST_OVERFLOW(
            USER,
            "22003",
            "The value {value} of type {sourceType} does not fit {targetType}.",
            "Use a wider type, or try_cast."),
    NUMERIC_VALUE_OUT_OF_RANGE__WITH_SUGGESTION(
            USER,
            "22003",
            "{value} does not fit DECIMAL({precision},{scale}).",
            "Use a wider decimal, or try_cast."),
    ARITHMETIC_OVERFLOW(
            USER, "22003", "{message}.", "Use a wider type, or the try_ form of the function."),
    BINARY_ARITHMETIC_OVERFLOW(
            USER,
            "22003",
            "{value1} {symbol} {value2} overflows.",
            "Cast to a wider type, or use the try_ form of the function."),
    DIVIDE_BY_ZERO(
            USER,
            "22012",
            "Division by zero.",
            "Use try_divide for NULL instead of an error, or nullif on the divisor."),
    REMAINDER_BY_ZERO(
            USER,
            "22012",
            "Remainder by zero.",
            "Use try_mod for NULL instead of an error, or nullif on the divisor."),
    INVALID_ARRAY_INDEX(
            USER,
            "22003",
            "Index {indexValue} is outside the array of {arraySize} elements.",
            "Use get(array, index) for NULL instead of an error."),
    INVALID_ARRAY_INDEX_IN_ELEMENT_AT(
            USER,
            "22003",
            "Index {indexValue} is outside the array of {arraySize} elements.",
            "Use try_element_at or get for NULL instead of an error."),
    NULL_MAP_KEY(USER, "2200E", "NULL cannot be a key of a map.", "Leave NULL keys out."),
    DUPLICATED_MAP_KEY(
            USER, "23505", "The key {key} is there twice in a map.", "Make keys unique."),
    INVALID_INDEX_OF_ZERO(
            USER,
            "22003",
            "Index 0 is invalid: positions start at 1, or at -1 from the end.",
            "Use an index below or above zero."),
    INVALID_PARAMETER_VALUE(
            USER,
            "22023",
            "{functionName}: {parameter} cannot be {invalidValue}; expected {expected}.",
            "Correct the argument."),
    INVALID_ESCAPE_CHAR(
            USER,
            "42604",
            "The escape of LIKE must be one character, not {sqlExpr}.",
            "Use one character."),
    INVALID_FORMAT__ESC_IN_THE_MIDDLE(
            USER,
            "42601",
            "In the pattern {format} the escape character comes before {char}; it may only come before _, % or itself.",
            "Double the escape character."),
    INVALID_FORMAT__ESC_AT_THE_END(
            USER,
            "42601",
            "The pattern {format} ends with its escape character.",
            "Double the escape character."),
    CANNOT_PARSE_TIMESTAMP(
            USER,
            "22007",
            "{value} does not fit the pattern {pattern}.",
            "Correct the value or the pattern, or use the try_ form of the function."),
    USER_RAISED_EXCEPTION(
            USER,
            "P0001",
            "{errorMessage}",
            "This error was raised by raise_error or assert_true."),
    INVALID_DATETIME_PATTERN(
            USER,
            "22007",
            "{pattern} is no pattern for dates and times.",
            "Use letters such as yyyy, MM, dd, HH, mm, ss."),
    DATETIME_FIELD_OUT_OF_BOUNDS(USER, "22023", "{rangeMessage}.", "Correct the values."),
    ILLEGAL_DAY_OF_WEEK(
            USER, "22009", "{string} is no day of the week.", "Use MO, TU … or the whole name."),
    DATETIME_OVERFLOW(
            USER,
            "22008",
            "{operation} leaves the range of dates.",
            "Use an earlier or later date."),
    MALFORMED_RECORD_IN_PARSING(
            USER,
            "22023",
            "{path}, line {line}: {reason} in {badRecord}.",
            "Correct the file, or read with mode PERMISSIVE or DROPMALFORMED."),
    INVALID_OPTION(
            USER,
            "42616",
            "The option {option} cannot be {value}; expected {expected}.",
            "Correct the option."),
    INVALID_SETTING(
            USER,
            "42616",
            "The setting {key} cannot be {value}; expected {expected}.",
            "Correct the setting."),

    // Arguments of functions
    INVALID_LAMBDA_FUNCTION_CALL__NUM_ARGS_MISMATCH(
            USER,
            "42K0D",
            "The lambda has {expectedNumArgs} parameters, but is called with {actualNumArgs}.",
            "Give it as many parameters."),
    INVALID_LAMBDA_FUNCTION_CALL__DUPLICATE_ARG_NAMES(
            USER,
            "42K0D",
            "Two parameters of the lambda have one name: {args}.",
            "Give them different names."),
    INVALID_LAMBDA_FUNCTION_CALL__NON_HIGHER_ORDER_FUNCTION(
            USER,
            "42K0D",
            "{class} takes no lambda.",
            "Use a function such as transform or filter."),
    NAMED_PARAMETERS_NOT_SUPPORTED(
            USER,
            "4274K",
            "The parameters of {functionName} have no names.",
            "Write the arguments in their order."),
    DUPLICATE_ROUTINE_PARAMETER_ASSIGNMENT__DOUBLE_NAMED_ARGUMENT_REFERENCE(
            USER, "4274K", "{routineName} is given {parameterName} twice.", "Give it once."),
    DUPLICATE_ROUTINE_PARAMETER_ASSIGNMENT__BOTH_POSITIONAL_AND_NAMED(
            USER,
            "4274K",
            "{routineName} is given {parameterName} by its place and by its name.",
            "Give it once."),
    REQUIRED_PARAMETER_NOT_FOUND(
            USER,
            "4274K",
            "{routineName} needs its parameter {parameterName}.",
            "Give it a value."),
    UNEXPECTED_POSITIONAL_ARGUMENT(
            USER,
            "4274K",
            "In {routineName} an argument without a name comes after {parameterName}.",
            "Put arguments without names first."),
    UNRECOGNIZED_PARAMETER_NAME(
            USER,
            "4274K",
            "{routineName} has no parameter {argumentName}. It has {proposal}.",
            "Use one of those."),
    DATATYPE_MISMATCH__ARRAY_FUNCTION_DIFF_TYPES(
            USER,
            "42K09",
            "{functionName} wants an array and what fits into it, not {leftType} and {rightType}.",
            "Cast one of them."),
    DATATYPE_MISMATCH__BINARY_ARRAY_DIFF_TYPES(
            USER,
            "42K09",
            "{functionName} wants two arrays of one type, not {leftType} and {rightType}.",
            "Cast one of them."),
    DATATYPE_MISMATCH__MAP_FUNCTION_DIFF_TYPES(
            USER,
            "42K09",
            "{functionName} wants a map and a key of it, not {leftType} and {rightType}.",
            "Cast the key."),
    DATATYPE_MISMATCH__MAP_CONCAT_DIFF_TYPES(
            USER, "42K09", "{functionName} wants maps of one type, not {dataType}.", "Cast them."),
    DATATYPE_MISMATCH__MAP_ZIP_WITH_DIFF_TYPES(
            USER,
            "42K09",
            "{functionName} wants maps with keys of one type, not {leftType} and {rightType}.",
            "Cast the keys."),
    DATATYPE_MISMATCH__CREATE_MAP_KEY_DIFF_TYPES(
            USER,
            "42K09",
            "The keys of {functionName} have no common type: {dataType}.",
            "Cast them."),
    DATATYPE_MISMATCH__CREATE_MAP_VALUE_DIFF_TYPES(
            USER,
            "42K09",
            "The values of {functionName} have no common type: {dataType}.",
            "Cast them."),
    DATATYPE_MISMATCH__CREATE_NAMED_STRUCT_WITHOUT_FOLDABLE_STRING(
            USER,
            "42K09",
            "The names of a struct must be constant strings, not {inputExprs}.",
            "Write constants."),
    DATATYPE_MISMATCH__INVALID_MAP_KEY_TYPE(
            USER, "42K09", "A map's key cannot be {keyType}.", "Use keys without maps."),
    DATATYPE_MISMATCH__INVALID_ORDERING_TYPE(
            USER,
            "42K09",
            "{functionName} wants a type with an order, not {dataType}.",
            "Use another type."),
    DATATYPE_MISMATCH__NULL_TYPE(USER, "42K09", "{functionName} does not take NULL.", "Cast it."),
    DATATYPE_MISMATCH__SEQUENCE_WRONG_INPUT_TYPES(
            USER,
            "42K09",
            "{functionName} wants start and stop of one type, numbers or times, and a step that fits them.",
            "Cast them."),
    DATATYPE_MISMATCH__UNEXPECTED_RETURN_TYPE(
            USER,
            "42K09",
            "The lambda of {functionName} must give {expectedType}, not {actualType}.",
            "Cast its result."),
    DATATYPE_MISMATCH__HASH_MAP_TYPE(
            USER, "42K09", "{functionName} does not take maps.", "Hash map_entries instead."),
    DATATYPE_MISMATCH__INVALID_JSON_SCHEMA(
            USER, "42K09", "{schema} is no schema for JSON.", "Use a struct, an array or a map."),
    DATATYPE_MISMATCH__TYPE_CHECK_FAILURE_WITH_HINT(USER, "42K09", "{sqlExpr}: {msg}.", "{hint}"),
    DATATYPE_MISMATCH__FORMAT_NUM_ARGS(USER, "42K09", "{sqlExpr} wants a format.", "Write one."),
    DATATYPE_MISMATCH__INVALID_ARG_VALUE(
            USER,
            "42K09",
            "{inputName} must be {requireType}, not {inputValue}.",
            "Correct the argument."),
    DATATYPE_MISMATCH__NON_STRING_TYPE(
            USER, "42K09", "All arguments of {funcName} must be strings.", "Cast them."),
    NON_FOLDABLE_ARGUMENT(
            USER,
            "42K08",
            "{funcName} wants a constant {paramType} for {paramName}.",
            "Write a constant."),
    INVALID_PARAMETER_VALUE__AES_CRYPTO_ERROR(
            USER,
            "22023",
            "{functionName}: {detailMessage}.",
            "Check the key, the mode and the data."),
    INVALID_PARAMETER_VALUE__AES_KEY_LENGTH(
            USER,
            "22023",
            "{functionName} wants a key of 16, 24 or 32 bytes, not {actualLength}.",
            "Use such a key."),
    INVALID_PARAMETER_VALUE__BINARY_FORMAT(
            USER,
            "22023",
            "{functionName}: the format must be base64, hex, utf-8 or utf8, not {invalidFormat}.",
            "Use one of those."),
    INVALID_PARAMETER_VALUE__BIT_POSITION_RANGE(
            USER,
            "22023",
            "{functionName}: {parameter} must be in 0 to {upper}, not {invalidValue}.",
            "Use a bit of the type."),
    INVALID_PARAMETER_VALUE__BOOLEAN(
            USER,
            "22023",
            "{functionName}: {parameter} must be true or false, not {invalidValue}.",
            "Correct the argument."),
    INVALID_PARAMETER_VALUE__CHARSET(
            USER,
            "22023",
            "{functionName} knows the charsets {charsets}, not {charset}.",
            "Use one of those."),
    INVALID_PARAMETER_VALUE__DATETIME_UNIT(
            USER,
            "22023",
            "{functionName} wants a bare unit such as DAY for {parameter}, not {invalidValue}.",
            "Write the unit without quotes."),
    INVALID_PARAMETER_VALUE__LENGTH(
            USER,
            "22023",
            "{functionName}: {parameter} must be 0 or more, not {length}.",
            "Correct the argument."),
    INVALID_PARAMETER_VALUE__LONG(
            USER,
            "22023",
            "{functionName}: {parameter} must be a whole number, not {invalidValue}.",
            "Correct the argument."),
    INVALID_PARAMETER_VALUE__INTEGER(
            USER,
            "22023",
            "{functionName}: {parameter} must be a whole number, not {invalidValue}.",
            "Correct the argument."),
    INVALID_PARAMETER_VALUE__DOUBLE(
            USER,
            "22023",
            "{functionName}: {parameter} must be a number, not {invalidValue}.",
            "Correct the argument."),
    INVALID_PARAMETER_VALUE__NULL(
            USER, "22023", "{functionName}: {parameter} must not be NULL.", "Give a value."),
    INVALID_PARAMETER_VALUE__PATTERN(
            USER,
            "22023",
            "{functionName}: {value} is no regular expression.",
            "Correct the expression."),
    INVALID_PARAMETER_VALUE__REGEX_GROUP_INDEX(
            USER,
            "22023",
            "{functionName}: the group must be in 0 to {groupCount}, not {groupIndex}.",
            "Use a group that the expression has."),
    INVALID_PARAMETER_VALUE__START(
            USER,
            "22023",
            "{functionName}: {parameter} counts from 1, or from -1 at the end.",
            "Use a start below or above 0."),
    INVALID_PARAMETER_VALUE__STRING(
            USER,
            "22023",
            "{functionName}: {parameter} must be a string, not {invalidValue}.",
            "Correct the argument."),
    INVALID_PARAMETER_VALUE__ZERO_INDEX(
            USER, "22023", "{functionName}: {parameter} counts from 1.", "Use 1 or more."),
    _LEGACY_ERROR_TEMP_2128(
            USER, "22023", "Keys and values of a map must be equally many.", "Make them so."),
    COMPARATOR_RETURNS_NULL(
            USER,
            "22004",
            "The comparator gave NULL for {firstValue} and {secondValue}.",
            "Let it give a number."),
    DATATYPE_MISMATCH__INPUT_SIZE_NOT_ONE(
            USER, "42K09", "{exprName} must be one character.", "Give one character."),
    INVALID_REGEXP_REPLACE(
            USER,
            "22023",
            "What {pattern} matches cannot be replaced by {replacement}.",
            "Use $1 to $9 for groups the expression has."),
    UNEXPECTED_INPUT_TYPE(
            USER,
            "42K09",
            "{functionName} wants {requiredType} as argument {paramIndex}, not {inputType}.",
            "Cast the argument."),
    FAILED_FUNCTION_CALL(
            USER, "38000", "{funcName} cannot be called: {reason}.", "Correct the arguments."),
    INVALID_EXTRACT_FIELD(
            USER, "42601", "{expr} has no field {field}.", "Use YEAR, MONTH, DAY and the like."),
    INVALID_FRACTION_OF_SECOND(
            USER,
            "22023",
            "Seconds must be 0 to 60, not {secAndMicros}.",
            "Correct the value, or use the try_ form."),
    INCONSISTENT_BEHAVIOR_CROSS_VERSION__PARSE_DATETIME_BY_NEW_PARSER(
            USER,
            "42K0B",
            "{datetime} does not fit the pattern, though Spark 2 would have read it.",
            "Correct the value, or set spark.sql.legacy.timeParserPolicy to CORRECTED."),
    INCONSISTENT_BEHAVIOR_CROSS_VERSION__DATETIME_PATTERN_RECOGNITION(
            USER,
            "42K0B",
            "{pattern} is no pattern for dates and times, though Spark 2 knew it.",
            "Use letters such as yyyy, MM, dd, HH, mm, ss."),
    INCONSISTENT_BEHAVIOR_CROSS_VERSION__DATETIME_WEEK_BASED_PATTERN(
            USER,
            "42K0B",
            "The week-based letter {c} has no place in patterns.",
            "Use yyyy, MM and dd, or extract."),
    INVALID_DATETIME_PATTERN__ILLEGAL_CHARACTER(
            USER,
            "22007",
            "The pattern {pattern} holds the letter {c}, which means nothing.",
            "Use letters such as yyyy, MM, dd, HH, mm, ss."),
    INVALID_DATETIME_PATTERN__LENGTH(
            USER, "22007", "The pattern {pattern} has too many letters in a row.", "Use fewer."),
    INVALID_DATETIME_PATTERN__SECONDS_FRACTION(
            USER,
            "22007",
            "Digits of a second cannot be read by {pattern}.",
            "Put a point before SSS."),
    INTERVAL_ARITHMETIC_OVERFLOW__WITH_SUGGESTION(
            USER,
            "22015",
            "An interval overflows.",
            "Use {functionName} for NULL instead of an error."),
    INTERVAL_ARITHMETIC_OVERFLOW__WITHOUT_SUGGESTION(
            USER, "22015", "An interval overflows.", "Use a smaller one."),
    INTERVAL_DIVIDED_BY_ZERO(
            USER,
            "22012",
            "An interval is divided by zero.",
            "Use try_divide for NULL instead of an error."),
    INVALID_INTERVAL_FORMAT__UNMATCHED_FORMAT_STRING_WITH_NOTICE(
            USER,
            "22006",
            "{input} is no {typeName}; that looks like {supportedFormat}.",
            "Correct the text."),
    INVALID_INTERVAL_FORMAT__ARITHMETIC_EXCEPTION(
            USER, "22006", "The interval {input} overflows.", "Use a smaller one."),
    CONVERSION_INVALID_INPUT(
            USER, "22018", "{str} is no {fmt}.", "Correct the value, or use {suggestion}."),
    INVALID_FORMAT__CONT_THOUSANDS_SEPS(
            USER,
            "42601",
            "The format {format} has two thousands separators in a row.",
            "Put digits between them."),
    INVALID_FORMAT__CUR_MUST_BEFORE_DIGIT(
            USER,
            "42601",
            "In the format {format} the currency sign must come before the digits.",
            "Move it."),
    INVALID_FORMAT__CUR_MUST_BEFORE_DEC(
            USER,
            "42601",
            "In the format {format} the currency sign must come before the decimal point.",
            "Move it."),
    INVALID_FORMAT__EMPTY(USER, "42601", "The format is empty.", "Write one, such as 999."),
    INVALID_FORMAT__MISMATCH_INPUT(
            USER,
            "42601",
            "The {inputType} {input} does not fit the format {format}.",
            "Correct one of them."),
    INVALID_FORMAT__THOUSANDS_SEPS_MUST_BEFORE_DEC(
            USER,
            "42601",
            "In the format {format} thousands separators must come before the decimal point.",
            "Move them."),
    INVALID_FORMAT__UNEXPECTED_TOKEN(
            USER,
            "42601",
            "In the format {format} {token} cannot stand there.",
            "Put it elsewhere."),
    INVALID_FORMAT__WRONG_NUM_DIGIT(
            USER, "42601", "The format {format} has no digits.", "Use 9 or 0."),
    INVALID_FORMAT__WRONG_NUM_TOKEN(
            USER, "42601", "The format {format} has more than one {token}.", "Use one."),
    INVALID_URL(USER, "22P02", "{url} is no URL.", "Correct it, or use try_parse_url."),
    CANNOT_DECODE_URL(
            USER, "22546", "{url} cannot be decoded.", "Correct it, or use try_url_decode."),
    INVALID_SCHEMA__NON_STRING_LITERAL(
            USER, "42K07", "The schema {inputSchema} is no constant string.", "Write a constant."),
    INVALID_SCHEMA__NULL(USER, "42K07", "The schema is NULL.", "Write one."),
    INVALID_SCHEMA__PARSE_ERROR(
            USER, "42K07", "{inputSchema} is no schema.", "Write a INT, b STRING and the like."),
    INVALID_SCHEMA__NON_STRUCT_TYPE(
            USER,
            "42K07",
            "{inputSchema} is {dataType}, not a struct.",
            "Write a INT, b STRING and the like."),
    INVALID_OPTIONS__NON_MAP_FUNCTION(
            USER, "42K06", "Options must be written as map('name', 'value').", "Write them so."),
    INVALID_OPTIONS__NON_STRING_TYPE(
            USER,
            "42K06",
            "Options must be a map of strings, not {mapType}.",
            "Put the values in quotes."),
    PARSE_MODE_UNSUPPORTED(
            USER,
            "42601",
            "{funcName} does not know the mode {mode}.",
            "Use PERMISSIVE or FAILFAST."),
    COLLECTION_SIZE_LIMIT_EXCEEDED__PARAMETER(
            USER,
            "54000",
            "{functionName} would make {numberOfElements} elements; there can be {maxRoundedArrayLength} at most.",
            "Ask for fewer."),
    COLLECTION_SIZE_LIMIT_EXCEEDED__FUNCTION(
            USER,
            "54000",
            "{functionName} would make {numberOfElements} elements; there can be {maxRoundedArrayLength} at most.",
            "Ask for fewer."),
    INVALID_UTF8_STRING(
            USER,
            "22029",
            "{str} is not valid UTF-8.",
            "Use try_validate_utf8 or make_valid_utf8."),
    MALFORMED_CHARACTER_CODING(
            USER, "22000", "{function} cannot carry these characters in {charset}.", "Use UTF-8."),
    INVALID_TIMEZONE(
            USER, "22009", "{timeZone} is no time zone.", "Use UTC, +01:00 or Europe/Paris."),
    SECOND_FUNCTION_ARGUMENT_NOT_INTEGER(
            USER,
            "22023",
            "The second argument of {functionName} must be a whole number.",
            "Correct it."),
    MALFORMED_RECORD_IN_PARSING__WITHOUT_SUGGESTION(
            USER, "22023", "{badRecord} does not fit the schema.", "Use the mode PERMISSIVE."),

    // Files and services
    FILE_UNREADABLE(
            CONNECTOR,
            "58030",
            "{path} cannot be read: {reason}.",
            "Check the file and its permissions."),
    FILE_CHANGED(
            CONNECTOR,
            "58030",
            "{path} changed while it was being read.",
            "Run again when nothing writes to it."),
    FILE_NOT_WRITTEN(
            CONNECTOR,
            "58030",
            "{path} cannot be written: {reason}.",
            "Check the folder, its permissions and the free space."),
    PATH_ALREADY_EXISTS(
            CONNECTOR,
            "42K04",
            "{outputPath} exists already.",
            "Use mode overwrite or append, or another path."),
    UNABLE_TO_INFER_SCHEMA(
            CONNECTOR,
            "42KD9",
            "{path} has no columns to be seen.",
            "Give the schema, or check the file."),

    // Pipeline documents
    INVALID_DOCUMENT(
            USER,
            "42000",
            "{path} is no pipeline document: {reason}.",
            "Restore an earlier version of the file."),
    UNTRUSTED_CODE(
            USER,
            "42501",
            "{node} has Java code that came with the document and was not allowed to run here.",
            "Read the code in the node's form and allow it there; on the command line add --allow-code."),
    INVALID_NODE(USER, "42000", "{node}: {reason}.", "Open the node's form."),

    // Limits
    MEMORY_LIMIT(
            RESOURCE,
            "53200",
            "{operator} wants {requestedBytes} bytes more, but {usedBytes} of {limitBytes} are in use.",
            "Raise vitrine.memory.limit, or read fewer columns or rows."),
    SPILL_FAILED(
            RESOURCE,
            "58030",
            "Rows that do not fit memory cannot be kept in {path}: {reason}.",
            "Free space on that disk, set spark.local.dir to another folder, or raise vitrine.memory.limit."),
    STATEMENT_TOO_COMPLEX(
            RESOURCE,
            "54001",
            "The statement is nested too deeply.",
            "Split it with WITH or views."),
    RECURSION_LEVEL_LIMIT_EXCEEDED(
            RESOURCE,
            "42836",
            "The recursive query {cteName} still has rows after {levelLimit} levels.",
            "Give it an end, a LIMIT, MAX RECURSION LEVEL, or raise spark.sql.cteRecursionLevelLimit."),
    RECURSION_ROW_LIMIT_EXCEEDED(
            RESOURCE,
            "42836",
            "The recursive query {cteName} gives more than {rowLimit} rows.",
            "Give it an end, a LIMIT, or raise spark.sql.cteRecursionRowLimit."),
    TASK_LOST(
            RESOURCE,
            "58000",
            "{task} failed {attempts} times, last on {executor}: {reason}.",
            "Read the task's error."),

    INTERNAL_ERROR(
            INTERNAL,
            "XX000",
            "Internal error: {message}.",
            "Please report this with the text of the statement.");

    private final ErrorFamily family;
    private final String sqlState;
    private final String template;
    private final String hint;

    ErrorCode(ErrorFamily family, String sqlState, String template, String hint) {
        this.family = family;
        this.sqlState = sqlState;
        this.template = template;
        this.hint = hint;
    }

    /// The condition's name as users look it up, for example `UNRESOLVED_COLUMN.WITH_SUGGESTION`.
    public String condition() {
        return name().replace("__", ".");
    }

    public ErrorFamily family() {
        return family;
    }

    /// Five characters of the SQL standard's SQLSTATE.
    public String sqlState() {
        return sqlState;
    }

    /// What to do next.
    public String hint() {
        return hint;
    }

    String message(Map<String, ?> args) {
        String message = template;
        for (Map.Entry<String, ?> arg : args.entrySet()) {
            message = message.replace("{" + arg.getKey() + "}", String.valueOf(arg.getValue()));
        }
        return message;
    }
}
