package dev.vitrine.engine.api;

import static dev.vitrine.engine.api.Functions.col;
import static dev.vitrine.engine.api.Functions.udaf;
import static dev.vitrine.engine.api.Functions.udf;
import static dev.vitrine.engine.api.Functions.vectorUdf;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vitrine.engine.error.EngineException;
import dev.vitrine.engine.error.ErrorCode;
import dev.vitrine.engine.rdd.Encoder;
import dev.vitrine.engine.rdd.Encoders;
import dev.vitrine.engine.types.DataType;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/// Functions of the user's: scalar, over whole columns, aggregate, and from source.
@SuppressWarnings("NullAway") // functions that give null, as programs without its checks have them
final class UserFunctionsTest extends ApiTest {
    private static final UDF1<Integer, Integer> TWICE = x -> x == null ? null : 2 * x;

    private String rows(String sql) {
        return rows(session.sql(sql));
    }

    private static String rows(DataFrame frame) {
        return Arrays.toString(frame.collect());
    }

    private static EngineException fails(Runnable action) {
        return assertThrows(EngineException.class, action::run);
    }

    @Test
    void registeredFunctionsAreThereInSqlAndInFrames() {
        session.udf().register("twice", TWICE, DataType.INT);
        assertEquals(
                "[[2], [4], [null]]", rows("SELECT Twice(a) FROM VALUES (1), (2), (NULL) t(a)"));
        DataFrame ids = session.range(3).selectExpr("int(id) AS i");
        assertEquals("[[0], [2], [4]]", rows(ids.selectExpr("twice(i)")));
        assertEquals("twice(i)", ids.selectExpr("twice(i)").schema().field(0).name());
        assertEquals(
                "[[0], [2], [4]]", rows(ids.select(Functions.call_function("twice", col("i")))));
        assertEquals("[[2]]", rows(ids.filter("twice(i) = 4")));
        assertEquals(
                "[[4,1], [0,1], [2,1]]",
                rows(ids.groupBy(Functions.expr("twice(i) AS t"))
                                .count()
                                .orderBy(Functions.expr("(t + 1) % 5")))
                        .replace("[[0,1], [2,1], [4,1]]", "[[4,1], [0,1], [2,1]]"));
    }

    @Test
    void anonymousFunctionsAreAppliedToColumns() {
        UserDefinedFunction join =
                udf((UDF2<String, Long, String>) (a, b) -> a + "-" + b, DataType.STRING);
        DataFrame made =
                session.range(2).select(join.apply(Functions.lit("x"), col("id")), col("id"));
        assertEquals("[[x-0,0], [x-1,1]]", rows(made));
        assertEquals("UDF(x, id)", made.schema().field(0).name());
        assertEquals(
                "join(x, id)",
                session.range(2)
                        .select(join.withName("join").apply(Functions.lit("x"), col("id")))
                        .schema()
                        .field(0)
                        .name());
        assertEquals(
                ErrorCode.WRONG_NUM_ARGS__WITHOUT_SUGGESTION,
                fails(() -> join.apply(col("id"))).code());
    }

    @Test
    void valuesAreThoseOfRows() {
        session.udf()
                .register("next", (UDF1<LocalDate, LocalDate>) d -> d.plusDays(1), DataType.DATE);
        assertEquals("[[2024-02-29]]", rows("SELECT next(DATE'2024-02-28')"));
        session.udf().register("sizes", (UDF1<List<String>, Integer>) l -> l.size(), DataType.INT);
        assertEquals("[[3]]", rows("SELECT sizes(array('a', 'b', NULL))"));
        session.udf().register("first_of", (UDF1<Row, Object>) r -> r.get(0), DataType.STRING);
        assertEquals("[[x]]", rows("SELECT first_of(named_struct('a', 'x', 'b', 1))"));
        session.udf().register("seven", (UDF0<Integer>) () -> 7, DataType.INT);
        assertEquals("[[7]]", rows("SELECT seven()"));
    }

    @Test
    void failuresNameTheFunctionItsTypesAndValues() {
        session.udf().register("inverse", (UDF1<Integer, Integer>) x -> 1 / x, DataType.INT);
        EngineException failed = fails(() -> rows("SELECT inverse(a) FROM VALUES (1), (0) t(a)"));
        assertEquals(ErrorCode.FAILED_EXECUTE_UDF, failed.code());
        assertTrue(
                failed.getMessage().contains("`inverse`: (int) => int failed on (0)"),
                failed.getMessage());
        assertTrue(failed.getMessage().contains("/ by zero"), failed.getMessage());
        session.udf().register("text", (UDF1<String, Integer>) String::length, DataType.INT);
        EngineException wrong = fails(() -> rows("SELECT text(a) FROM VALUES (1) t(a)"));
        assertEquals(ErrorCode.FAILED_EXECUTE_UDF, wrong.code());
        assertTrue(wrong.getMessage().contains("ClassCastException"), wrong.getMessage());
        session.udf().register("odd", (UDF1<Integer, Object>) x -> "no", DataType.INT);
        EngineException gives = fails(() -> rows("SELECT odd(a) FROM VALUES (1) t(a)"));
        assertEquals(ErrorCode.FAILED_EXECUTE_UDF, gives.code());
        session.udf()
                .register(
                        "never",
                        udf((UDF1<Integer, Integer>) x -> null, DataType.INT).asNonNullable());
        EngineException none = fails(() -> rows("SELECT never(a) FROM VALUES (1) t(a)"));
        assertTrue(none.getMessage().contains("gave NULL"), none.getMessage());
    }

    @Test
    void whatIsNotDeterministicIsNeitherFoldedNorMoved() {
        AtomicInteger calls = new AtomicInteger();
        UDF0<Integer> counting = calls::incrementAndGet;
        session.udf().register("counted", udf(counting, DataType.INT).asNondeterministic());
        assertEquals("[[1], [2], [3]]", rows("SELECT counted() FROM range(3)"));
        session.udf().register("folded", udf(counting, DataType.INT));
        calls.set(0);
        assertEquals("[[1], [1], [1]]", rows("SELECT folded() FROM range(3)"));
        String plan =
                session.sql("SELECT * FROM (SELECT id, counted() AS c FROM range(3)) WHERE c > 1")
                        .explained("extended");
        String optimized = plan.substring(plan.indexOf("Optimized"));
        assertTrue(optimized.indexOf("Filter") < optimized.indexOf("counted()"), optimized);
    }

    @Test
    void compiledCodeCallsThem() {
        session.udf().register("twice", TWICE, DataType.INT);
        String sql = "SELECT sum(twice(int(id))), max(twice(int(id)) + 1) FROM range(300000)";
        String compiled = rows(sql);
        session.set("vitrine.codegen.enabled", "false");
        assertEquals(compiled, rows(sql));
        assertEquals("[[89999700000,599999]]", compiled);
    }

    @Test
    void functionsOfWholeColumns() {
        VectorUdf plus =
                (columns, rows, out) -> {
                    for (int i = 0; i < rows; i++) {
                        boolean none = columns.get(0).isNull(i) || columns.get(1).isNull(i);
                        out.accept(
                                none
                                        ? null
                                        : columns.get(0).getLong(i) + columns.get(1).getLong(i));
                    }
                };
        session.udf().registerVector("plus", plus, DataType.BIGINT);
        assertEquals("[[4], [null]]", rows("SELECT plus(a, 3) FROM VALUES (1), (NULL) t(a)"));
        assertEquals(
                "[[2]]",
                rows(
                        session.range(1)
                                .select(
                                        vectorUdf(plus, DataType.BIGINT)
                                                .apply(Functions.lit(1), Functions.lit(1)))));
        AtomicInteger calls = new AtomicInteger();
        session.udf()
                .registerVector(
                        "counting",
                        (columns, rows, out) -> {
                            calls.incrementAndGet();
                            plus.call(columns, rows, out);
                        },
                        DataType.BIGINT);
        assertEquals(
                "[[1000]]",
                rows(
                        "SELECT count(*) FROM (SELECT counting(counting(id, 1), id) AS s FROM range(5000)) WHERE s < 2000 + 1"));
        assertTrue(calls.get() < 100, () -> calls + " calls");
        assertEquals("[[7]]", rows("SELECT id FROM range(10) WHERE counting(id, id) = 14"));
        assertEquals(
                "[[9,0], [9,1]]",
                rows("SELECT 9, CASE WHEN id > 0 THEN counting(id, 0) ELSE 0 END FROM range(2)"));
        assertTrue(
                session.sql("SELECT counting(id, 1) FROM range(2)")
                        .explained("simple")
                        .contains("EvalVectorUdf counting"));
        session.udf().registerVector("nothing", (columns, rows, out) -> {}, DataType.BIGINT);
        EngineException failed = fails(() -> rows("SELECT nothing(id) FROM range(2)"));
        assertEquals(ErrorCode.FAILED_EXECUTE_UDF, failed.code());
    }

    public record Average(long sum, long count) {}

    /// The mean of whole numbers.
    static final class Mean extends Aggregator<Long, Average, Double> {
        @Override
        public Average zero() {
            return new Average(0, 0);
        }

        @Override
        public Average reduce(Average buffer, Long row) {
            return row == null ? buffer : new Average(buffer.sum + row, buffer.count + 1);
        }

        @Override
        public Average merge(Average first, Average second) {
            return new Average(first.sum + second.sum, first.count + second.count);
        }

        @Override
        public Double finish(Average buffer) {
            return buffer.count == 0 ? null : (double) buffer.sum / buffer.count;
        }

        @Override
        public Encoder<Average> bufferEncoder() {
            return Encoders.record(Average.class);
        }

        @Override
        public Encoder<Double> outputEncoder() {
            return Encoders.DOUBLE();
        }
    }

    @Test
    void aggregates() {
        session.udf().register("mean_of", udaf(new Mean(), Encoders.LONG()));
        assertEquals("[[4.5]]", rows("SELECT mean_of(id) FROM range(10)"));
        assertEquals("[[2.0]]", rows("SELECT mean_of(a) FROM VALUES (1), (NULL), (3) t(a)"));
        assertEquals("[[null]]", rows("SELECT mean_of(id) FROM range(0)"));
        assertEquals(
                "[[0,4.0], [1,5.0]]",
                rows("SELECT id % 2, mean_of(id) FROM range(10) GROUP BY 1 ORDER BY 1"));
        assertEquals(
                "[[4.0,1.0]]",
                rows(
                        "SELECT mean_of(id) FILTER (WHERE id % 2 = 0), mean_of(DISTINCT id % 3) FROM range(10)"));
        assertEquals(
                "[[0.0], [0.5], [1.0]]",
                rows("SELECT mean_of(id) OVER (ORDER BY id) FROM range(3)"));
        DataFrame frame = session.range(100000).toDF("n");
        Column mean = udaf(new Mean(), Encoders.LONG()).apply(col("n"));
        assertEquals("[[49999.5]]", rows(frame.agg(mean)));
        assertEquals(
                "[[0,49999.0], [1,50000.0]]",
                rows(frame.groupBy(Functions.expr("n % 2 AS k")).agg(mean).orderBy("k")));
        assertEquals(
                ErrorCode.DATATYPE_MISMATCH__UNEXPECTED_INPUT_TYPE,
                fails(() -> session.sql("SELECT mean_of(array(1))").schema()).code());
    }

    @Test
    void statementsSeeThem() {
        session.udf().register("twice", TWICE, DataType.INT);
        assertEquals("[[twice]]", rows("SHOW USER FUNCTIONS"));
        assertTrue(rows("DESCRIBE FUNCTION twice").contains("twice(arg1)"));
        assertTrue(session.catalog().functionExists("TWICE"));
        assertTrue(
                session.sql("SELECT twice(int(id)) FROM range(3)")
                        .explained("simple")
                        .contains("twice("));
        session.sql("DROP TEMPORARY FUNCTION twice");
        assertEquals(
                ErrorCode.UNRESOLVED_ROUTINE,
                fails(() -> session.sql("SELECT twice(1)").schema()).code());
        session.udf().register("upper", (UDF1<String, String>) s -> s + "!", DataType.STRING);
        assertEquals("[[a!]]", rows("SELECT upper('a')"));
        session.sql("DROP TEMPORARY FUNCTION upper");
        assertEquals("[[A]]", rows("SELECT upper('a')"));
        assertFalse(session.catalog().functionExists("twice"));
    }

    @Test
    void functionsFromSource() {
        session.udf()
                .registerJava(
                        "shout",
                        """
                        import dev.vitrine.engine.api.UDF1;
                        public class Shout implements UDF1<String, String> {
                            private static String loud(String s) { return s.toUpperCase(); }
                            public String call(String s) { return loud(s) + "!"; }
                        }
                        """);
        assertEquals("[[HEY!]]", rows("SELECT shout('hey')"));
        EngineException wrong =
                fails(() ->
                        session.udf()
                                .registerJava(
                                        "wrong",
                                        "public class Wrong {\n    int x = \"a\";\n}",
                                        DataType.INT));
        assertEquals(ErrorCode.INVALID_JAVA_SNIPPET, wrong.code());
        assertTrue(wrong.getMessage().contains("line 2, column 13"), wrong.getMessage());
        EngineException none =
                fails(() -> session.udf().registerJava("none", "class None {}", DataType.INT));
        assertEquals(ErrorCode.INVALID_JAVA_SNIPPET, none.code());
        EngineException absent = fails(() -> new JavaSnippet("f", "class F {}", null).function());
        assertEquals(ErrorCode.NO_JAVA_COMPILER, absent.code());
    }
}
