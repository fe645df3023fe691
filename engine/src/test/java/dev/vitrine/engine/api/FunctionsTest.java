package dev.vitrine.engine.api;

import static dev.vitrine.engine.api.Functions.col;
import static dev.vitrine.engine.api.Functions.lit;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vitrine.engine.expr.Expr;
import dev.vitrine.engine.function.FunctionEntry;
import dev.vitrine.engine.function.FunctionRegistry;
import dev.vitrine.engine.types.DataType;
import dev.vitrine.engine.types.Schema;
import java.lang.reflect.Array;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// The methods of [Functions] and the registry's functions are the same, and neither drifts.
final class FunctionsTest extends ApiTest {
    /// SQL has these in its grammar, or under another name, but Spark's `functions` has none such.
    private static final Set<String> SQL_ONLY =
            Set.of(
                    "and",
                    "approx_top_k",
                    "case",
                    "cast",
                    "in",
                    "not",
                    "or",
                    "time",
                    "variant_explode",
                    "variant_explode_outer",
                    "vector_avg",
                    "vector_cosine_similarity",
                    "vector_inner_product",
                    "vector_l2_distance",
                    "vector_norm",
                    "vector_normalize",
                    "vector_sum",
                    "when",
                    "any_match",
                    "between",
                    "bigint",
                    "binary",
                    "bitand",
                    "bitnot",
                    "bitor",
                    "bitxor",
                    "boolean",
                    "char",
                    "charindex",
                    "date",
                    "decimal",
                    "div",
                    "double",
                    "float",
                    "if",
                    "iff",
                    "int",
                    "luhn_check",
                    "mid",
                    "mod",
                    "percentile_cont",
                    "percentile_disc",
                    "range",
                    "sql_keywords",
                    "smallint",
                    "space",
                    "string",
                    "timediff",
                    "timestamp",
                    "timestampadd",
                    "timestampdiff",
                    "tinyint");

    /// What columns begin with, and names that are spelled otherwise than in SQL.
    private static final Set<String> API_ONLY =
            Set.of(
                    "col",
                    "column",
                    "lit",
                    "expr",
                    "when",
                    "not",
                    "negate",
                    "bitwise_not",
                    "bitwiseNOT",
                    "asc",
                    "asc_nulls_first",
                    "asc_nulls_last",
                    "desc",
                    "desc_nulls_first",
                    "desc_nulls_last",
                    "call_function",
                    "call_udf",
                    "callUDF",
                    "udf",
                    "udaf",
                    "vectorUdf",
                    "broadcast",
                    "timestamp_add",
                    "timestamp_diff",
                    "approxCountDistinct",
                    "countDistinct",
                    "count_distinct",
                    "sumDistinct",
                    "sum_distinct",
                    "listagg_distinct",
                    "string_agg_distinct",
                    "monotonicallyIncreasingId",
                    "shiftLeft",
                    "shiftRight",
                    "shiftRightUnsigned",
                    "toDegrees",
                    "toRadians");

    private static Set<String> methods() {
        return Arrays.stream(Functions.class.getMethods())
                .filter(method -> Modifier.isStatic(method.getModifiers()))
                .map(Method::getName)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void everyMethodIsAFunctionAndEveryFunctionAMethod() {
        Set<String> registered = new TreeSet<>();
        for (FunctionEntry entry : FunctionRegistry.builtin().entries()) {
            registered.add(entry.name());
            registered.addAll(entry.aliases());
        }
        registered.removeIf(name -> !Character.isJavaIdentifierStart(name.charAt(0)));
        registered.removeAll(SQL_ONLY);
        Set<String> methods = methods();
        methods.removeAll(API_ONLY);
        assertEquals(registered, methods);
    }

    private static Object sample(Class<?> type) {
        if (type.isArray()) {
            Object array = Array.newInstance(type.getComponentType(), 1);
            Array.set(array, 0, sample(type.getComponentType()));
            return array;
        }
        return switch (type.getSimpleName()) {
            case "Column" -> col("a");
            case "String" -> "a";
            case "int" -> 1;
            case "long" -> 1L;
            case "double" -> 1.0;
            case "boolean" -> true;
            case "byte" -> (byte) 1;
            case "Object" -> "x";
            case "Map" -> Map.of("k", "v");
            case "DataType" -> DataType.INT;
            case "Schema" -> new Schema(List.of());
            case "Function" -> (Function<Column, Column>) x -> x;
            case "BiFunction" -> (BiFunction<Column, Column, Column>) (x, y) -> x;
            case "TernaryOperator" -> (TernaryOperator) (x, y, z) -> x;
            default -> throw new AssertionError(type);
        };
    }

    @Test
    void everyMethodCallsAFunctionOfTheRegistry() throws ReflectiveOperationException {
        int called = 0;
        for (Method method : Functions.class.getMethods()) {
            if (!Modifier.isStatic(method.getModifiers())
                    || method.getReturnType() != Column.class
                    || Set.of("expr", "call_function", "call_udf", "callUDF")
                            .contains(method.getName())) {
                continue;
            }
            method.setAccessible(true);
            Column column =
                    (Column)
                            method.invoke(
                                    null,
                                    Arrays.stream(method.getParameterTypes())
                                            .map(FunctionsTest::sample)
                                            .toArray());
            if (column.expr() instanceof Expr.UnresolvedFunction call) {
                called++;
                assertTrue(
                        FunctionRegistry.builtin().find(call.name()).isPresent(),
                        method.toString());
            }
        }
        assertTrue(called > 600, "only " + called);
    }

    @Test
    void windowsAndIntervalsMeanWhatSqlMeans() {
        same(
                "SELECT window.start AS s, count(1) AS count FROM (SELECT timestamp_seconds(id * 300) AS at FROM t)"
                        + " GROUP BY window(at, '10 minutes')",
                t.select(Functions.timestamp_seconds(col("id").multiply(300)).as("at"))
                        .groupBy(Functions.window(col("at"), "10 minutes"))
                        .count()
                        .select(col("window.start").as("s"), col("count")));
        same(
                "SELECT make_interval(0, id) AS i, quote(s) AS q FROM t",
                t.select(
                        Functions.make_interval(lit(0), col("id")).as("i"),
                        Functions.quote(col("s")).as("q")));
    }

    @Test
    void aggregatesMeanWhatSqlMeans() {
        same(
                "SELECT count(1), count(k), sum(v), avg(v), min(s), max(s), count(DISTINCT k), sum(DISTINCT id),"
                        + " collect_list(k) AS l, first(id) AS f, median(id), percentile(id, 0.5D) AS p,"
                        + " approx_count_distinct(k), stddev_samp(v), corr(id, v), max_by(s, id), bool_and(id > 0),"
                        + " count_if(id > 2), mode(k), listagg(k, '-') AS g FROM t",
                t.agg(
                        Functions.count(lit(1)),
                        Functions.count("k"),
                        Functions.sum("v"),
                        Functions.avg(col("v")),
                        Functions.min("s"),
                        Functions.max("s"),
                        Functions.countDistinct("k"),
                        Functions.sum_distinct(col("id")),
                        Functions.collect_list("k").as("l"),
                        Functions.first("id").as("f"),
                        Functions.median(col("id")),
                        Functions.percentile(col("id"), lit(0.5)).as("p"),
                        Functions.approx_count_distinct("k"),
                        Functions.stddev_samp("v"),
                        Functions.corr("id", "v"),
                        Functions.max_by(col("s"), col("id")),
                        Functions.bool_and(col("id").gt(0)),
                        Functions.count_if(col("id").gt(2)),
                        Functions.mode(col("k")),
                        Functions.listagg(col("k"), lit("-")).as("g")));
        same("SELECT count(*) FROM t", t.agg(Functions.count("*")));
    }

    @Test
    void scalarsMeanWhatSqlMeans() {
        same(
                "SELECT upper(s), concat_ws('-', k, s), lpad(s, 3, '*'), split(s, 'e', 2) AS sp, pow(id, 2D) AS w,"
                        + " round(v / 7, 2) AS r, coalesce(k, 'none'), greatest(id, v), date_add(DATE '2024-01-01', id) AS d,"
                        + " to_date('2024', 'yyyy') AS y, date_trunc('month', TIMESTAMP '2024-05-06 07:08:09') AS m,"
                        + " timestampadd(HOUR, 2, TIMESTAMP '2024-05-06 07:08:09') AS h,"
                        + " timestampdiff(DAY, DATE '2024-01-01', DATE '2024-01-31') AS n,"
                        + " array_contains(array(1, id), 3) AS c, hash(k), md5(s), regexp_replace(s, '[ae]', '_') AS x,"
                        + " instr(s, 'e'), nvl(v, 0L) AS z, shiftleft(id, 2) AS l FROM t",
                t.select(
                        Functions.upper(col("s")),
                        Functions.concat_ws("-", col("k"), col("s")),
                        Functions.lpad(col("s"), 3, "*"),
                        Functions.split(col("s"), "e", 2).as("sp"),
                        Functions.pow("id", 2).as("w"),
                        Functions.round(col("v").divide(7), 2).as("r"),
                        Functions.coalesce(col("k"), lit("none")),
                        Functions.greatest("id", "v"),
                        Functions.date_add(lit(java.time.LocalDate.of(2024, 1, 1)), col("id"))
                                .as("d"),
                        Functions.to_date(lit("2024"), "yyyy").as("y"),
                        Functions.date_trunc("month", expr("TIMESTAMP '2024-05-06 07:08:09'"))
                                .as("m"),
                        Functions.timestamp_add(
                                        "hour", lit(2), expr("TIMESTAMP '2024-05-06 07:08:09'"))
                                .as("h"),
                        Functions.timestamp_diff(
                                        "day", expr("DATE '2024-01-01'"), expr("DATE '2024-01-31'"))
                                .as("n"),
                        Functions.array_contains(Functions.array(lit(1), col("id")), 3).as("c"),
                        Functions.hash(col("k")),
                        Functions.md5(col("s")),
                        Functions.regexp_replace(col("s"), "[ae]", "_").as("x"),
                        Functions.instr(col("s"), "e"),
                        Functions.nvl(col("v"), lit(0L)).as("z"),
                        Functions.shiftLeft(col("id"), 2).as("l")));
    }

    private static Column expr(String sql) {
        return Functions.expr(sql);
    }

    @Test
    void functionsThatTakeFunctions() {
        DataFrame arrays = session.sql("SELECT array(1, 2, 3) AS a, map('x', 1, 'y', 2) AS m");
        arrays.createOrReplaceTempView("arrays");
        same(
                "SELECT transform(a, x -> x + 1) AS t, transform(a, (x, i) -> x * i) AS i, filter(a, x -> x > 1) AS f,"
                        + " exists(a, x -> x = 2) AS e, forall(a, x -> x > 0) AS l,"
                        + " aggregate(a, 0, (s, x) -> s + x) AS g, aggregate(a, 0, (s, x) -> s + x, s -> s * 10) AS h,"
                        + " zip_with(a, a, (x, y) -> x - y) AS z, map_filter(m, (k, v) -> v > 1) AS mf,"
                        + " transform_values(m, (k, v) -> v + 1) AS tv, transform_keys(m, (k, v) -> upper(k)) AS tk,"
                        + " map_zip_with(m, m, (k, v, w) -> v + w) AS mz, array_sort(a, (x, y) -> y - x) AS s"
                        + " FROM arrays",
                arrays.select(
                        Functions.transform(col("a"), x -> x.plus(1)).as("t"),
                        Functions.transform(col("a"), (x, i) -> x.multiply(i)).as("i"),
                        Functions.filter(col("a"), x -> x.gt(1)).as("f"),
                        Functions.exists(col("a"), x -> x.equalTo(2)).as("e"),
                        Functions.forall(col("a"), x -> x.gt(0)).as("l"),
                        Functions.aggregate(col("a"), lit(0), (s, x) -> s.plus(x)).as("g"),
                        Functions.aggregate(
                                        col("a"), lit(0), (s, x) -> s.plus(x), s -> s.multiply(10))
                                .as("h"),
                        Functions.zip_with(col("a"), col("a"), (x, y) -> x.minus(y)).as("z"),
                        Functions.map_filter(col("m"), (k, v) -> v.gt(1)).as("mf"),
                        Functions.transform_values(col("m"), (k, v) -> v.plus(1)).as("tv"),
                        Functions.transform_keys(col("m"), (k, v) -> Functions.upper(k)).as("tk"),
                        Functions.map_zip_with(col("m"), col("m"), (k, v, w) -> v.plus(w)).as("mz"),
                        Functions.array_sort(col("a"), (x, y) -> y.minus(x)).as("s")));
        // The parameters of one lambda are not those of the one around it.
        rows(
                arrays.select(
                        Functions.transform(
                                col("a"),
                                x -> Functions.transform(col("a"), y -> x.multiply(10).plus(y)))),
                "[[[11, 12, 13], [21, 22, 23], [31, 32, 33]]]");
    }

    @Test
    void schemasAndOptions() {
        DataFrame json =
                session.createDataFrame(
                        List.of(Row.of("{\"a b\": 1, \"c\": [\"x\"]}")), "j STRING");
        Schema schema =
                Schema.of(
                        dev.vitrine.engine.types.Field.of("a b", DataType.INT),
                        dev.vitrine.engine.types.Field.of(
                                "c", new DataType.Array(DataType.STRING, true)));
        rows(json.select(Functions.from_json(col("j"), schema)), "[[1,[x]]]");
        rows(
                json.select(
                        Functions.from_json(
                                col("j"),
                                "`a b` INT, c ARRAY<STRING>",
                                Map.of("mode", "PERMISSIVE"))),
                "[[1,[x]]]");
        rows(json.select(Functions.get_json_object(col("j"), "$.c[0]")), "[x]");
        rows(json.select(Functions.json_tuple(col("j"), "a b", "c")), "[1,[\"x\"]]");
    }

    @Test
    void anyFunctionByItsName() {
        session.sql("CREATE TEMPORARY FUNCTION twice(x INT) RETURNS INT RETURN x * 2");
        same(
                "SELECT twice(id) AS a, abs(id) AS b FROM t",
                t.select(
                        Functions.call_function("twice", col("id")).as("a"),
                        Functions.callUDF("ABS", col("id")).as("b")));
    }
}
