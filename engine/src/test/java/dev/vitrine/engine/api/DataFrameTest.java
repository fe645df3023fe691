package dev.vitrine.engine.api;

import static dev.vitrine.engine.api.Functions.col;
import static dev.vitrine.engine.api.Functions.lit;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vitrine.engine.error.ErrorCode;
import dev.vitrine.engine.types.DataType;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// What makes frames of frames, each beside the SQL that means the same.
final class DataFrameTest extends ApiTest {
    @Test
    void select() {
        same("SELECT id, s FROM t", t.select("id", "s"));
        same(
                "SELECT id, upper(s) AS u FROM t",
                t.select(col("id"), Functions.upper(col("s")).as("u")));
        same("SELECT *, id + 1 AS n FROM t", t.selectExpr("*", "id + 1 AS n"));
        same(
                "SELECT t.*, 1 AS one FROM t",
                session.table("t").select(col("t.*"), lit(1).as("one")));
        same("SELECT k, s FROM t", t.select(t.colRegex("`^[ks]$`")));
        same("SELECT k FROM t", t.select(t.colRegex("k")));
        same("SELECT id + 1, id FROM t", t.select(t.col("id").plus(1), t.apply("id")));
        fails(ErrorCode.UNRESOLVED_COLUMN__WITH_SUGGESTION, () -> t.select("nothing"));
        fails(ErrorCode.UNRESOLVED_COLUMN__WITH_SUGGESTION, () -> t.col("nothing"));
        fails(ErrorCode.PARSE_SYNTAX_ERROR, () -> t.selectExpr("id +"));
    }

    @Test
    void filter() {
        same("SELECT * FROM t WHERE id > 2", t.filter(col("id").gt(2)));
        same("SELECT * FROM t WHERE id > 2 AND k = 'b'", t.where("id > 2 AND k = 'b'"));
        same("SELECT * FROM t WHERE k = 'a'", t.filter("k = 'a'"));
        same("SELECT * FROM t WHERE v IS NULL", t.where(t.col("v").isNull()));
        fails(ErrorCode.DATATYPE_MISMATCH__FILTER_NOT_BOOLEAN, () -> t.filter(col("id")));
    }

    @Test
    void columnsAddedReplacedRenamedDropped() {
        same("SELECT *, id * 2 AS d FROM t", t.withColumn("d", col("id").multiply(2)));
        same("SELECT id, upper(k) AS k, v, s FROM t", t.withColumn("k", Functions.upper(col("k"))));
        assertArrayEquals(new String[] {"id", "K", "v", "s"}, t.withColumn("K", lit(1)).columns());
        Map<String, Column> several = new LinkedHashMap<>();
        several.put("id", col("id").plus(100));
        several.put("old", col("id"));
        same("SELECT id + 100 AS id, k, v, s, id AS old FROM t", t.withColumns(several));
        several.put("OLD", lit(1));
        fails(ErrorCode.COLUMN_ALREADY_EXISTS, () -> t.withColumns(several));

        same("SELECT id AS number, k, v, s FROM t", t.withColumnRenamed("ID", "number"));
        same("SELECT * FROM t", t.withColumnRenamed("nothing", "number"));
        Map<String, String> names = new LinkedHashMap<>();
        names.put("id", "a");
        names.put("k", "b");
        same("SELECT id AS a, k AS b, v, s FROM t", t.withColumnsRenamed(names));
        same("SELECT id AS w, k AS x, v AS y, s AS z FROM t", t.toDF("w", "x", "y", "z"));
        fails(ErrorCode.ASSIGNMENT_ARITY_MISMATCH, () -> t.toDF("one"));

        same("SELECT id, k FROM t", t.drop("v", "S", "nothing"));
        same("SELECT id, k, s FROM t", t.drop(col("v")));
        same("SELECT id, s FROM t", t.drop(t.col("v"), t.col("k")));
        same("SELECT * FROM t", t.drop(u.col("name")));
        rows(t.limit(1).toJSON(), "[{\"id\":1,\"k\":\"a\",\"v\":10,\"s\":\"apple\"}]");
    }

    @Test
    void columnsOfEqualNamesStayApart() {
        DataFrame twice = t.select(col("id"), col("v").as("id"));
        assertEquals(6, twice.withColumn("n", lit(1)).count());
        assertArrayEquals(new String[] {"id", "id"}, twice.drop("n").columns());
        fails(ErrorCode.AMBIGUOUS_REFERENCE, () -> twice.col("id"));
        fails(ErrorCode.AMBIGUOUS_REFERENCE, () -> twice.select("id"));
        assertArrayEquals(new String[] {"a", "b"}, twice.toDF("a", "b").columns());
    }

    @Test
    void joins() {
        DataFrame a = t.as("a");
        DataFrame b = u.as("b");
        for (String how :
                List.of(
                        "inner",
                        "left",
                        "left_outer",
                        "right",
                        "rightouter",
                        "full",
                        "outer",
                        "semi",
                        "leftanti")) {
            String sql =
                    switch (how) {
                        case "left_outer" -> "LEFT";
                        case "rightouter" -> "RIGHT";
                        case "outer" -> "FULL";
                        case "semi" -> "LEFT SEMI";
                        case "leftanti" -> "LEFT ANTI";
                        default -> how;
                    };
            same(
                    "SELECT * FROM t " + sql + " JOIN u ON t.k = u.k",
                    t.join(u, t.col("k").equalTo(u.col("k")), how));
            same(
                    "SELECT * FROM t " + sql + " JOIN u ON t.k = u.k",
                    a.join(b, col("a.k").equalTo(col("b.k")), how));
            same("SELECT * FROM t " + sql + " JOIN u USING (k)", t.join(u, "k", how));
        }
        same("SELECT * FROM t JOIN u USING (k)", t.join(u, "k"));
        same("SELECT * FROM t JOIN u USING (k)", t.join(u, new String[] {"k"}));
        same("SELECT * FROM t CROSS JOIN u", t.crossJoin(u));
        same("SELECT * FROM t CROSS JOIN u", t.join(u));
        same("SELECT * FROM t JOIN u ON t.k < u.k", t.join(u, t.col("k").lt(u.col("k"))));
        fails(ErrorCode.UNSUPPORTED_JOIN_TYPE, () -> t.join(u, "k", "sideways"));
        fails(
                ErrorCode.AMBIGUOUS_REFERENCE,
                () -> t.join(u, t.col("k").equalTo(u.col("k"))).select("k"));
    }

    @Test
    void columnsOfASideAfterAJoin() {
        DataFrame joined = t.join(u, t.col("k").equalTo(u.col("k")), "left");
        same(
                "SELECT t.k, u.k AS other, u.name FROM t LEFT JOIN u ON t.k = u.k",
                joined.select(t.col("k"), u.col("k").as("other"), col("name")));
        same("SELECT t.*, u.name FROM t LEFT JOIN u ON t.k = u.k", joined.drop(u.col("k")));
        assertTrue(
                joined.select(u.col("name")).schema().field(0).nullable(),
                "an outer join makes NULLs");
        DataFrame named = t.as("a").join(u.as("b"), "k").withColumn("n", lit(1)).drop("s");
        same("SELECT a.id, b.name FROM t a JOIN u b USING (k)", named.select("a.id", "b.name"));
        same(
                "SELECT t.id FROM t JOIN u ON t.k = u.k WHERE u.name = 'Anna'",
                t.as("a")
                        .join(u.as("b"), col("a.k").equalTo(col("b.k")))
                        .select("a.*", "b.name")
                        .filter("b.name = 'Anna'")
                        .select("a.id"));
    }

    @Test
    void selfJoins() {
        same("SELECT * FROM t a JOIN t b ON a.k = b.k", t.join(t, t.col("k").equalTo(t.col("k"))));
        DataFrame late = t.filter("id > 1");
        same(
                "SELECT * FROM t a JOIN (SELECT * FROM t WHERE id > 1) b ON a.id = b.id - 1",
                t.join(late, t.col("id").equalTo(late.col("id").minus(1))));
        same(
                "SELECT * FROM (SELECT * FROM t WHERE id > 1) b JOIN t a ON a.id = b.id - 1",
                late.join(t, t.col("id").equalTo(late.col("id").minus(1))));
        same(
                "SELECT a.id, b.id AS other FROM t a JOIN t b ON a.k = b.k AND a.id < b.id",
                t.as("a")
                        .join(
                                t.as("b"),
                                col("a.k").equalTo(col("b.k")).and(col("a.id").lt(col("b.id"))))
                        .select(col("a.id"), col("b.id").as("other")));
        fails(
                ErrorCode.AMBIGUOUS_COLUMN_REFERENCE,
                () -> t.join(t, t.col("k").equalTo(t.col("k"))).select(t.col("id")));
        fails(ErrorCode.CANNOT_RESOLVE_DATAFRAME_COLUMN, () -> t.select(u.col("name")));
    }

    @Test
    void lateralJoins() {
        DataFrame inner = session.range(3).select(col("id").as("n"), col("i").outer().as("seen"));
        same(
                "SELECT * FROM (SELECT id AS i FROM t) AS o, LATERAL (SELECT id AS n, o.i AS seen FROM range(3))",
                t.select(col("id").as("i")).lateralJoin(inner));
        same(
                "SELECT * FROM t LEFT JOIN LATERAL (SELECT name FROM u WHERE u.k = t.k) ON true",
                t.lateralJoin(
                        u.filter(col("k").equalTo(t.col("k").outer())).select("name"), "left"));
        fails(ErrorCode.UNSUPPORTED_JOIN_TYPE, () -> t.lateralJoin(u, "full"));
    }

    @Test
    void setOperations() {
        DataFrame x =
                session.sql(
                        "SELECT * FROM VALUES (1, 'a'), (1, 'a'), (2, 'b'), (3, 'c') AS x(n, l)");
        DataFrame y =
                session.sql(
                        "SELECT * FROM VALUES (1, 'a'), (3, 'c'), (3, 'c'), (4, 'd') AS y(n, l)");
        x.createOrReplaceTempView("x");
        y.createOrReplaceTempView("y");
        same("SELECT * FROM x UNION ALL SELECT * FROM y", x.union(y));
        same("SELECT * FROM x UNION ALL SELECT * FROM y", x.unionAll(y));
        same("SELECT * FROM x UNION SELECT * FROM y", x.union(y).distinct());
        same("SELECT * FROM x INTERSECT SELECT * FROM y", x.intersect(y));
        same("SELECT * FROM x INTERSECT ALL SELECT * FROM y", x.intersectAll(y));
        same("SELECT * FROM x EXCEPT SELECT * FROM y", x.except(y));
        same("SELECT * FROM x EXCEPT ALL SELECT * FROM y", x.exceptAll(y));
        same("SELECT * FROM x UNION ALL SELECT n, l FROM y", x.unionByName(y.select("l", "n")));
        same(
                "SELECT n, l, CAST(NULL AS INT) AS m FROM x UNION ALL SELECT n, NULL, 7 FROM y",
                x.unionByName(y.select(col("n"), lit(7).as("m")), true));
        fails(ErrorCode.NUM_COLUMNS_MISMATCH, () -> x.union(y.select("n")));
        fails(ErrorCode.UNRESOLVED_COLUMN__WITHOUT_SUGGESTION, () -> x.unionByName(y.select("n")));
        fails(ErrorCode.NUM_COLUMNS_MISMATCH, () -> x.unionByName(y.withColumn("more", lit(1))));
        DataFrame many = x.filter("n = 4");
        for (int i = 0; i < 3; i++) {
            many = many.union(x);
        }
        assertEquals(12, many.count());
    }

    @Test
    void groups() {
        same("SELECT k, count(1) AS count FROM t GROUP BY k", t.groupBy("k").count());
        same(
                "SELECT k, sum(v) AS total, max(id) FROM t GROUP BY k",
                t.groupBy(col("k")).agg(Functions.sum("v").as("total"), Functions.max("id")));
        same("SELECT k, sum(v), sum(id) FROM t GROUP BY k", t.groupBy("k").sum("v", "id"));
        same("SELECT k, avg(id), avg(v) FROM t GROUP BY k", t.groupBy("k").mean());
        same("SELECT k, min(id) FROM t GROUP BY k", t.groupBy("k").min("id"));
        same("SELECT k, max(v) FROM t GROUP BY k", t.groupBy("k").max("v"));
        same(
                "SELECT id % 2 AS odd, count(1) AS count FROM t GROUP BY id % 2",
                t.groupBy(col("id").mod(2).as("odd")).count());
        Map<String, String> calls = new LinkedHashMap<>();
        calls.put("v", "sum");
        calls.put("*", "count");
        same("SELECT k, sum(v), count(1) FROM t GROUP BY k", t.groupBy("k").agg(calls));
        same("SELECT max(id), sum(v) FROM t", t.agg(Functions.max("id"), Functions.sum("v")));
        same("SELECT sum(v) FROM t", t.agg(Map.of("v", "sum")));
        same(
                "SELECT k, sum(v) AS v FROM t GROUP BY k HAVING sum(v) > 30",
                t.groupBy("k").agg(Functions.sum("v").as("v")).filter("v > 30"));
        fails(ErrorCode.MISSING_AGGREGATION, () -> t.groupBy("k").agg(col("id")));
    }

    @Test
    void severalGroupings() {
        same(
                "SELECT k, id % 2 AS odd, sum(v) AS s FROM t GROUP BY ROLLUP (k, id % 2)",
                t.rollup(col("k"), col("id").mod(2).as("odd")).agg(Functions.sum("v").as("s")));
        same(
                "SELECT k, s, count(1) AS count FROM t GROUP BY CUBE (k, s)",
                t.cube("k", "s").count());
        same(
                "SELECT k, s, grouping_id() AS g, count(1) AS n FROM t GROUP BY GROUPING SETS ((k), (s), ())",
                t.groupingSets(
                                List.of(List.of(col("k")), List.of(col("s")), List.of()),
                                col("k"),
                                col("s"))
                        .agg(Functions.grouping_id().as("g"), Functions.count(lit(1)).as("n")));
    }

    @Test
    void orderAndLimits() {
        sameOrdered("SELECT * FROM t ORDER BY k, id DESC", t.orderBy(col("k"), col("id").desc()));
        sameOrdered("SELECT * FROM t ORDER BY s, id", t.sort("s", "id"));
        sameOrdered(
                "SELECT * FROM t ORDER BY id LIMIT 2 OFFSET 1", t.orderBy("id").offset(1).limit(2));
        // A column that was not selected can still be sorted by.
        sameOrdered("SELECT s FROM t ORDER BY id DESC", t.select("s").orderBy(col("id").desc()));
        sameOrdered("SELECT s FROM t ORDER BY id", t.select("s").orderBy(t.col("id")));
        fails(ErrorCode.INVALID_LIMIT_LIKE_EXPRESSION__IS_NEGATIVE, () -> t.limit(-1));
        same("SELECT * FROM t", t.repartition(3, col("k")).sortWithinPartitions("id"));
        same(
                "SELECT * FROM t",
                t.repartition(2).coalesce(1).repartitionByRange(4, col("id").desc()));
        same("SELECT * FROM t", t.hint("broadcast").hint("repartition", 3));
        same("SELECT * FROM t JOIN u USING (k)", t.join(Functions.broadcast(u), "k"));
    }

    @Test
    void duplicates() {
        same("SELECT DISTINCT k FROM t", t.select("k").distinct());
        same("SELECT DISTINCT k FROM t", t.select("k").dropDuplicates());
        DataFrame one = t.coalesce(1).dropDuplicates("k");
        assertArrayEquals(t.columns(), one.columns());
        assertEquals(4, one.count());
        rows(one.filter("k = 'a'"), "[1,a,10,apple]");
        assertEquals(6, t.dropDuplicates(new String[] {"k", "id"}).count());
        fails(
                ErrorCode.UNRESOLVED_COLUMN__WITH_SUGGESTION,
                () -> t.dropDuplicates("nothing", "id"));
    }

    @Test
    void samples() {
        DataFrame numbers = session.range(10_000);
        long some = numbers.sample(0.1, 7).count();
        assertEquals(1_000.0, (double) some, 200.0);
        assertEquals(some, numbers.sample(false, 0.1, 7).count());
        DataFrame[] parts = numbers.randomSplit(new double[] {1, 3}, 42);
        assertEquals(2_500.0, (double) parts[0].count(), 300.0);
        assertEquals(10_000, parts[0].union(parts[1]).distinct().count());
        assertEquals(2, numbers.randomSplitAsList(new double[] {1, 1}, 1).size());
        assertThrows(
                IllegalArgumentException.class, () -> numbers.randomSplit(new double[] {-1, 2}));
        fails(ErrorCode.UNSUPPORTED_FEATURE, () -> numbers.sample(true, 0.5));
        fails(ErrorCode._LEGACY_ERROR_TEMP_0064, () -> numbers.sample(1.5));
        DataFrame strata =
                numbers.withColumn("k", col("id").mod(2))
                        .stat()
                        .sampleBy("k", Map.of(0L, 1.0, 1L, 0.1), 3);
        assertEquals(5_000, strata.filter("k = 0").count());
        assertEquals(500.0, (double) strata.filter("k = 1").count(), 150.0);
    }

    @Test
    void summaries() {
        rows(
                t.describe("v", "k"),
                "[count,5,5]",
                "[mean,34.0,null]",
                "[stddev,20.73644135332772,null]",
                "[min,10,a]",
                "[max,60,c]");
        assertArrayEquals(new String[] {"summary", "id", "k", "v", "s"}, t.describe().columns());
        rows(
                t.select("v").summary("count", "50%", "count_distinct"),
                "[count,5]",
                "[50%,30]",
                "[count_distinct,5]");
        assertEquals(8, t.summary().count());
        assertThrows(IllegalArgumentException.class, () -> t.summary("nothing"));
        assertThrows(IllegalArgumentException.class, () -> t.summary("101%"));
    }

    @Test
    void transposition() {
        DataFrame wide =
                session.sql(
                        "SELECT * FROM VALUES ('b', 1, 2.5D), ('a', 3, NULL), (NULL, 9, 9D) AS x(k, m, n)");
        DataFrame turned = wide.transpose();
        assertArrayEquals(new String[] {"key", "a", "b"}, turned.columns());
        rows(turned, "[m,3.0,1.0]", "[n,null,2.5]");
        rows(wide.drop("n").transpose(col("k")), "[m,3,1]");
    }

    @Test
    void pivots() {
        same(
                "SELECT * FROM (SELECT id % 2 AS odd, k, v FROM t) PIVOT (sum(v) FOR k IN ('a', 'b'))",
                t.groupBy(col("id").mod(2).as("odd"))
                        .pivot("k", List.of("a", "b"))
                        .agg(Functions.sum("v")));
        DataFrame counted = t.filter("k IS NOT NULL").groupBy("id").pivot("k").count();
        assertArrayEquals(new String[] {"id", "a", "b", "c"}, counted.columns());
        rows(counted.orderBy("id").limit(2), "[1,1,null,null]", "[2,1,null,null]");
        rows(
                t.groupBy()
                        .pivot(col("k"), List.of("a", "b"))
                        .agg(Functions.sum("v").as("s"), Functions.max("id").as("m")),
                "[30,2,30,4]");
        session.conf().set("spark.sql.pivotMaxValues", 2);
        fails(ErrorCode._LEGACY_ERROR_TEMP_1324, () -> t.groupBy("id").pivot("k"));
        RelationalGroupedDataset once = t.groupBy("id").pivot("k", List.of("a"));
        fails(ErrorCode.REPEATED_CLAUSE, () -> once.pivot("v", List.of(1)));
        fails(ErrorCode.UNSUPPORTED_FEATURE, () -> t.cube("id").pivot("k", List.of("a")));
    }

    @Test
    void unpivots() {
        DataFrame wide =
                session.sql("SELECT 1 AS id, 10 AS a, 2.5D AS b UNION ALL SELECT 2, NULL, 3D");
        wide.createOrReplaceTempView("wide");
        same(
                "SELECT * FROM wide UNPIVOT INCLUDE NULLS (v FOR n IN (a, b))",
                wide.unpivot(new Column[] {col("id")}, "n", "v"));
        same(
                "SELECT id, n, v FROM (SELECT id, a FROM wide) UNPIVOT INCLUDE NULLS (v FOR n IN (a))",
                wide.melt(new Column[] {col("id")}, new Column[] {wide.col("a")}, "n", "v"));
        assertEquals(
                4,
                wide.unpivot(new Column[0], new Column[] {col("a"), col("b")}, "n", "v").count());
        assertEquals(4, wide.melt(new Column[] {col("id")}, "n", "v").count());
    }

    @Test
    void parameters() {
        rows(session.sql("SELECT :a + 1 AS x", Map.of("a", 41)), "[42]");
        rows(session.sql("SELECT ?, ?", "x", 2), "[x,2]");
        fails(ErrorCode.UNBOUND_SQL_PARAMETER, () -> session.sql("SELECT :a"));
    }

    @Test
    void chains() {
        same(
                "SELECT id FROM t WHERE id > 3",
                t.transform(frame -> frame.filter("id > 3")).transform(f -> f.select("id")));
        DataFrame wide = t.select("id");
        for (int i = 0; i < 100; i++) {
            wide = wide.withColumn("c" + i, col("id").plus(i));
        }
        assertEquals(101, wide.schema().size());
        assertEquals("[1,1,2]", wide.select("id", "c0", "c1").orderBy("id").head().toString());
    }

    @Test
    void schemasWithoutRunning() {
        int before = started.get();
        DataFrame grouped = t.join(u, "k").groupBy("name").agg(Functions.sum("v").as("total"));
        assertEquals("struct<name:string,total:bigint>", grouped.schema().catalogString());
        assertArrayEquals(new String[] {"name", "total"}, grouped.columns());
        assertEquals("[name=StringType, total=LongType]", grouped.dtypes().toString());
        grouped.orderBy("total").limit(3).cache().createOrReplaceTempView("grouped");
        session.table("grouped").write().format("parquet");
        session.sql("SELECT * FROM grouped WHERE total > 1").describe().na().drop();
        assertEquals(before, started.get(), "nothing runs before an action");
        grouped.count();
        assertEquals(before + 1, started.get());
        assertEquals("[id: int, k: string, v: bigint, s: string]", t.toString());
        assertEquals(DataType.BIGINT, t.schema().field(2).type());
        assertTrue(Arrays.asList(t.columns()).contains("s"));
    }
}
