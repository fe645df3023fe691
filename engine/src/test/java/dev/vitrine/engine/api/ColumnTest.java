package dev.vitrine.engine.api;

import static dev.vitrine.engine.api.Functions.col;
import static dev.vitrine.engine.api.Functions.expr;
import static dev.vitrine.engine.api.Functions.lit;
import static dev.vitrine.engine.api.Functions.negate;
import static dev.vitrine.engine.api.Functions.not;
import static dev.vitrine.engine.api.Functions.struct;
import static dev.vitrine.engine.api.Functions.when;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.vitrine.engine.error.ErrorCode;
import dev.vitrine.engine.types.DataType;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.Period;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Columns mean what the SQL expression beside them means.
final class ColumnTest extends ApiTest {
    private void means(String sql, Column column) {
        same("SELECT " + sql + " FROM t", t.select(column));
    }

    @Test
    void arithmeticAndBits() {
        means("id + 1", col("id").plus(1));
        means("id - v", col("id").minus(col("v")));
        means("id * 2.5D", col("id").multiply(2.5));
        means("id / 2", col("id").divide(2));
        means("id % 4", col("id").mod(4));
        means("id & 3", col("id").bitwiseAND(3));
        means("id | 8", col("id").bitwiseOR(8));
        means("id ^ 5", col("id").bitwiseXOR(5));
        means("-v", negate(col("v")));
        means("~id", Functions.bitwise_not(col("id")));
    }

    @Test
    void comparisonsAndLogic() {
        means("k = 'a'", col("k").equalTo("a"));
        means("k <> 'a'", col("k").notEqual("a"));
        means("k <=> null", col("k").eqNullSafe(null));
        means("id < 3", col("id").lt(3));
        means("id <= 3", col("id").leq(3));
        means("id > 3", col("id").gt(3));
        means("id >= 3", col("id").geq(3));
        means("id BETWEEN 2 AND 4", col("id").between(2, 4));
        means("k IS NULL", col("k").isNull());
        means("k IS NOT NULL", col("k").isNotNull());
        means("isnan(cast(v AS DOUBLE))", col("v").cast("double").isNaN());
        means("k IN ('a', 'c')", col("k").isin("a", "c"));
        means("id IN (1, 2, 7)", col("id").isInCollection(List.of(1, 2, 7)));
        means("id > 2 AND id < 5", col("id").gt(2).and(col("id").lt(5)));
        means("id < 2 OR id > 5", col("id").lt(2).or(col("id").gt(5)));
        means("NOT (id > 2)", not(col("id").gt(2)));
    }

    @Test
    void text() {
        means("s LIKE '%a%'", col("s").like("%a%"));
        means("s ILIKE 'b%'", col("s").ilike("b%").as("x"), "x");
        means("s RLIKE '^[a-c]'", col("s").rlike("^[a-c]").as("x"), "x");
        means("contains(s, 'an')", col("s").contains("an"));
        means("startswith(s, 'a')", col("s").startsWith("a"));
        means("endswith(s, k)", col("s").endsWith(col("k")));
        means("substr(s, 2, 3)", col("s").substr(2, 3));
        means("substr(s, id, 2)", col("s").substr(col("id"), lit(2)));
    }

    private void means(String sql, Column column, String name) {
        same("SELECT " + sql + " AS " + name + " FROM t", t.select(column));
    }

    @Test
    void choices() {
        means(
                "CASE WHEN id < 3 THEN 'low' WHEN id < 5 THEN 'mid' ELSE s END AS c",
                when(col("id").lt(3), "low")
                        .when(col("id").lt(5), "mid")
                        .otherwise(col("s"))
                        .as("c"));
        means("CASE WHEN id < 3 THEN 1 END AS c", when(col("id").lt(3), 1).as("c"));
        Column ended = when(col("id").lt(3), 1).otherwise(2);
        assertThrows(IllegalArgumentException.class, () -> ended.otherwise(3));
        assertThrows(IllegalArgumentException.class, () -> ended.when(lit(true), 3));
        assertThrows(IllegalArgumentException.class, () -> col("id").otherwise(3));
    }

    @Test
    void castsAndNames() {
        means("CAST(id AS STRING) AS x", col("id").cast("string").as("x"));
        means("CAST(id AS DECIMAL(10,2)) AS x", col("id").cast("decimal(10,2)").alias("x"));
        means("TRY_CAST(s AS INT) AS x", col("s").try_cast(DataType.INT).name("x"));
        fails(ErrorCode.PARSE_SYNTAX_ERROR, () -> col("id").cast("no type at all"));
    }

    @Test
    void nestedValues() {
        DataFrame nested =
                session.sql(
                        "SELECT array(10, 20) AS a, map('x', 1) AS m, named_struct('p', 1, 'q', named_struct('r', 'z')) AS st");
        rows(
                nested.select(
                        col("a").getItem(1),
                        col("m").getItem("x"),
                        col("st").getField("p"),
                        col("st.q.r"),
                        nested.col("st.q").getField("r"),
                        col("a").apply(0)),
                "[20,1,1,z,z,10]");
        rows(nested.select(col("st").withField("p", lit(7)).as("x")), "[[7,[z]]]");
        DataFrame changed =
                nested.select(
                        col("st")
                                .withField("n", lit("new"))
                                .withField("q.r", lit(5))
                                .withField("q.s", lit(6))
                                .as("x"));
        assertEquals(
                "struct<x:struct<p:int,q:struct<r:int,s:int>,n:string>>",
                changed.schema().catalogString());
        rows(changed, "[[1,[5,6],new]]");
        rows(nested.select(col("st").dropFields("p", "nothing").as("x")), "[[[z]]]");
        fails(
                ErrorCode.DATATYPE_MISMATCH__CANNOT_DROP_ALL_FIELDS,
                () -> nested.select(col("st").dropFields("p", "q")));
        fails(
                ErrorCode.FIELD_NOT_FOUND,
                () -> nested.select(col("st").withField("nothing.x", lit(1))));
        fails(
                ErrorCode.INVALID_EXTRACT_BASE_FIELD_TYPE,
                () -> nested.select(col("m").withField("x", lit(1))));
        rows(
                session.sql("SELECT CAST(NULL AS STRUCT<a: INT>) AS n")
                        .select(col("n").withField("b", lit(1)).as("x")),
                "[null]");
    }

    @Test
    void order() {
        sameOrdered("SELECT * FROM t ORDER BY k, id", t.orderBy(col("k"), col("id").asc()));
        sameOrdered("SELECT * FROM t ORDER BY k DESC, id", t.sort(col("k").desc(), col("id")));
        sameOrdered(
                "SELECT * FROM t ORDER BY k NULLS LAST, v DESC NULLS FIRST, id",
                t.sort(col("k").asc_nulls_last(), col("v").desc_nulls_first(), col("id")));
        sameOrdered(
                "SELECT * FROM t ORDER BY k NULLS FIRST, v DESC NULLS LAST, id",
                t.sort(
                        Functions.asc_nulls_first("k"),
                        Functions.desc_nulls_last("v"),
                        Functions.asc("id")));
    }

    @Test
    void literals() {
        DataFrame one =
                session.range(1)
                        .select(
                                lit((byte) 1),
                                lit((short) 2),
                                lit(1.5f),
                                lit('c'),
                                lit(new BigDecimal("12.50")),
                                lit(new byte[] {65, 66}),
                                lit(LocalDate.of(2024, 2, 29)),
                                lit(Instant.parse("2024-02-29T10:00:00Z")),
                                lit(LocalDateTime.of(2024, 2, 29, 10, 0)),
                                lit(Duration.ofHours(25)),
                                lit(Period.ofMonths(14)),
                                lit(List.of(1, 2)),
                                lit(new String[] {"x"}),
                                lit(Map.of("k", 1)),
                                lit(null));
        assertEquals(
                "[tinyint, smallint, float, string, decimal(4,2), binary, date, timestamp,"
                        + " timestamp_ntz, interval day to second, interval year to month,"
                        + " array<int>, array<string>, map<string,int>, void]",
                one.schema().fields().stream()
                        .map(f -> f.type().catalogString())
                        .toList()
                        .toString());
        Row row = one.head();
        assertEquals(LocalDate.of(2024, 2, 29), row.getLocalDate(6));
        assertEquals(java.sql.Date.valueOf("2024-02-29"), row.getDate(6));
        assertEquals(Instant.parse("2024-02-29T10:00:00Z"), row.getInstant(7));
        assertEquals(LocalDateTime.of(2024, 2, 29, 10, 0), row.get(8));
        assertEquals(Duration.ofHours(25), row.get(9));
        assertEquals(Period.of(1, 2, 0), row.get(10));
        assertEquals(List.of(1, 2), row.getList(11));
        assertEquals(Map.of("k", 1), row.getJavaMap(13));
        assertEquals(
                "AB", new String((byte[]) row.get(5), java.nio.charset.StandardCharsets.UTF_8));
        fails(ErrorCode.UNSUPPORTED_FEATURE__LITERAL_TYPE, () -> lit(new Object()));
    }

    @Test
    void sqlTextAndNames() {
        means("id + 1 AS x", expr("id + 1 AS x"));
        fails(ErrorCode.PARSE_SYNTAX_ERROR, () -> expr("id +"));
        fails(ErrorCode.PARSE_SYNTAX_ERROR, () -> expr("id, k"));
        fails(ErrorCode.INVALID_ATTRIBUTE_NAME_SYNTAX, () -> col("a..b"));
        fails(ErrorCode.INVALID_ATTRIBUTE_NAME_SYNTAX, () -> col("`a"));
        DataFrame dotted = t.select(col("id").as("a.b"), col("k").as("`"));
        rows(dotted.filter(col("`a.b`").equalTo(2)).select("`a.b`", "````"), "[2,a]");
        assertEquals("(id + 1)", col("id").plus(1).toString());
    }

    @Test
    void subqueries() {
        same(
                "SELECT * FROM t WHERE k IN (SELECT k FROM u)",
                t.filter(col("k").isin(u.select("k"))));
        same(
                "SELECT * FROM t WHERE (k, id) IN (SELECT k, 1 FROM u)",
                t.filter(struct(col("k"), col("id")).isin(u.select(col("k"), lit(1)))));
        same(
                "SELECT id, (SELECT max(name) FROM u) AS m FROM t",
                t.select(col("id"), u.agg(Functions.max(col("name"))).scalar().as("m")));
        same(
                "SELECT * FROM t WHERE EXISTS (SELECT * FROM u WHERE u.k = t.k)",
                t.as("t")
                        .filter(u.as("u").filter(col("u.k").equalTo(col("t.k").outer())).exists()));
        same(
                "SELECT * FROM t WHERE EXISTS (SELECT * FROM u WHERE u.k = t.k)",
                t.filter(u.filter(u.col("k").equalTo(t.col("k").outer())).exists()));
        same(
                "SELECT id, (SELECT count(1) FROM u WHERE u.k = t.k) AS n FROM t",
                t.select(
                        col("id"),
                        u.filter(col("k").equalTo(col("k").outer()))
                                .agg(Functions.count(lit(1)))
                                .scalar()
                                .as("n")));
        fails(ErrorCode.UNRESOLVED_COLUMN__WITH_SUGGESTION, () -> u.filter(col("t.k").isNull()));
    }

    @Test
    void windows() {
        WindowSpec byKey = Window.partitionBy("k").orderBy(col("id"));
        same(
                "SELECT id, row_number() OVER (PARTITION BY k ORDER BY id) AS r, sum(v) OVER (PARTITION BY k"
                        + " ORDER BY id) AS s FROM t",
                t.select(
                        col("id"),
                        Functions.row_number().over(byKey).as("r"),
                        Functions.sum("v").over(byKey).as("s")));
        same(
                "SELECT id, sum(id) OVER (ORDER BY id ROWS BETWEEN 1 PRECEDING AND 1 FOLLOWING) AS a,"
                        + " max(id) OVER (ORDER BY id RANGE BETWEEN CURRENT ROW AND 2 FOLLOWING) AS b,"
                        + " count(1) OVER () AS c,"
                        + " lag(id, 1, 0) OVER (ORDER BY id) AS d FROM t",
                t.select(
                        col("id"),
                        Functions.sum("id").over(Window.orderBy("id").rowsBetween(-1, 1)).as("a"),
                        Functions.max("id")
                                .over(Window.orderBy("id").rangeBetween(Window.currentRow(), 2))
                                .as("b"),
                        Functions.count(lit(1)).over().as("c"),
                        Functions.lag("id", 1, 0).over(Window.orderBy("id")).as("d")));
        same(
                "SELECT id, last(v) IGNORE NULLS OVER (ORDER BY id ROWS UNBOUNDED PRECEDING) AS a,"
                        + " lag(v) IGNORE NULLS OVER (ORDER BY id) AS b FROM t",
                t.select(
                        col("id"),
                        Functions.last("v", true)
                                .over(
                                        Window.orderBy("id")
                                                .rowsBetween(
                                                        Window.unboundedPreceding(),
                                                        Window.currentRow()))
                                .as("a"),
                        Functions.lag(col("v"), 1, null, true).over(Window.orderBy("id")).as("b")));
        fails(ErrorCode.INVALID_BOUNDARY__START, () -> Window.rowsBetween(-5_000_000_000L, 0));
        fails(
                ErrorCode.WINDOW_FUNCTION_WITHOUT_OVER_CLAUSE,
                () -> t.select(Functions.row_number()));
    }

    @Test
    void severalNames() {
        rows(
                session.range(1)
                        .select(
                                Functions.posexplode(lit(List.of("x", "y")))
                                        .as(new String[] {"p", "e"})),
                "[0,x]",
                "[1,y]");
        assertEquals(3, Arrays.asList(t.select("*").drop("id").columns()).size());
    }
}
