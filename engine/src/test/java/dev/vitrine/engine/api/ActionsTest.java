package dev.vitrine.engine.api;

import static dev.vitrine.engine.api.Functions.col;
import static dev.vitrine.engine.api.Functions.lit;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vitrine.engine.error.ErrorCode;
import dev.vitrine.engine.settings.Settings;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/// What runs a frame, what it gives, and what is kept of it.
final class ActionsTest extends ApiTest {
    private static String printed(Runnable action) {
        PrintStream before = System.out;
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
        try {
            action.run();
        } finally {
            System.setOut(before);
        }
        return out.toString(StandardCharsets.UTF_8);
    }

    @Test
    void rows() {
        DataFrame sorted = t.orderBy("id");
        assertEquals(6, sorted.collect().length);
        assertEquals(6, sorted.collectAsList().size());
        assertEquals("[1,a,10,apple]", sorted.head().toString());
        assertEquals("[1,a,10,apple]", sorted.first().toString());
        assertEquals(2, sorted.take(2).length);
        assertEquals("[2,a,20,Banana]", sorted.takeAsList(2).get(1).toString());
        assertEquals("[2,a,20,Banana]", sorted.head(2)[1].toString());
        assertEquals("[5,null,50,elder berry]", sorted.tail(2)[0].toString());
        assertEquals(6, sorted.tail(100).length);
        assertEquals(6, t.count());
        assertFalse(t.isEmpty());
        assertTrue(t.filter("id > 100").isEmpty());
        assertThrows(NoSuchElementException.class, () -> t.filter("id > 100").first());
        List<Integer> seen = new ArrayList<>();
        sorted.foreach(row -> seen.add(row.getInt(0)));
        assertEquals(List.of(1, 2, 3, 4, 5, 6), seen);
        LocalRows rows = session.range(100_000).toLocalIterator();
        long sum = 0;
        while (rows.hasNext()) {
            sum += rows.next().getLong(0);
        }
        assertEquals(4_999_950_000L, sum);
        assertThrows(NoSuchElementException.class, rows::next);
        try (LocalRows left = session.range(10).toLocalIterator()) {
            assertEquals(0, left.next().getLong(0));
        }
    }

    @Test
    void values() {
        Row row = t.orderBy("id").collect()[3];
        assertEquals(4, row.getInt(0));
        assertEquals("b", row.getString(1));
        assertTrue(row.isNullAt(2));
        assertTrue(row.anyNull());
        assertNull(row.get(2));
        assertEquals("date", row.<String>getAs("s"));
        assertEquals(3, row.fieldIndex("S"));
        assertThrows(IllegalArgumentException.class, () -> row.fieldIndex("nothing"));
        fails(ErrorCode.ROW_VALUE_IS_NULL, () -> row.getLong(2));
        assertEquals(t.schema(), row.schema());
        assertEquals("4, b, null, date", row.mkString(", "));
        assertEquals(4, row.size() + row.length() - 4);
        assertSame(row, row.copy());
        assertEquals(Row.of(4, "b", null, "date"), row);
        assertEquals(Row.of(4, "b", null, "date").hashCode(), row.hashCode());
        assertNotEquals(RowFactory.create(4, "b", 1L, "date"), row);
        assertEquals(Row.of(new BigDecimal("1.0")), Row.of(new BigDecimal("1.00")));
    }

    @Test
    void rowsOfProgramsKeepTheirValues() {
        String schema =
                "i INT, d DECIMAL(10,2), t DATE, b BINARY, a ARRAY<STRING>, m MAP<STRING, INT>, s STRUCT<x: INT, y: STRING>";
        Row row =
                Row.of(
                        1,
                        new BigDecimal("2.5"),
                        LocalDate.of(2024, 1, 2),
                        new byte[] {1, 2},
                        List.of("p", "q"),
                        Map.of("k", 7),
                        Row.of(3, "z"));
        Row nulls = Row.of(null, null, null, null, null, null, null);
        DataFrame frame = session.createDataFrame(List.of(row, nulls), schema);
        assertEquals(2, frame.count());
        Row back = frame.filter("i = 1").head();
        assertEquals(new BigDecimal("2.50"), back.getDecimal(1));
        assertEquals(LocalDate.of(2024, 1, 2), back.getLocalDate(2));
        assertArrayEquals(new byte[] {1, 2}, (byte[]) back.get(3));
        assertEquals(List.of("p", "q"), back.getList(4));
        assertEquals(Map.of("k", 7), back.getJavaMap(5));
        assertEquals("z", Objects.requireNonNull(back.getStruct(6)).getString(1));
        assertEquals(nulls, frame.filter("i IS NULL").head());
        fails(
                ErrorCode.INVALID_EXTERNAL_TYPE,
                () -> session.createDataFrame(List.of(Row.of("x")), "i INT"));
        fails(
                ErrorCode.INVALID_EXTERNAL_TYPE,
                () -> session.createDataFrame(List.of(Row.of(1, 2)), "i INT"));
        fails(
                ErrorCode.INVALID_EXTERNAL_TYPE,
                () ->
                        session.createDataFrame(
                                List.of(Row.of(new BigDecimal("1234.5"))), "i DECIMAL(4,2)"));
        fails(
                ErrorCode.NOT_NULL_ASSERT_VIOLATION,
                () -> session.createDataFrame(List.of(Row.of((Object) null)), "i INT NOT NULL"));
        assertEquals(0, session.emptyDataFrame().count());
    }

    @Test
    void shownAsATable() {
        assertEquals(
                """
                +---+---+---+----+
                | id|  k|  v|   s|
                +---+---+---+----+
                |  1|  a| 10|a...|
                |  2|  a| 20|B...|
                |  3|  b| 30|NULL|
                +---+---+---+----+
                only showing top 3 rows

                """,
                printed(() -> t.orderBy("id").show(3, 4)));
        assertEquals(
                """
                +-----------+
                |s          |
                +-----------+
                |elder berry|
                +-----------+

                """,
                printed(() -> t.filter("id = 5").select("s").show(false)));
        assertEquals(
                """
                -RECORD 0-----
                 id  | 1     \s
                 s   | apple \s
                -RECORD 1-----
                 id  | 2     \s
                 s   | Banana\s
                only showing top 2 rows

                """,
                printed(() -> t.orderBy("id").select("id", "s").show(2, 20, true)));
        assertEquals(
                """
                +------+--------+--------------+-------+
                |a     |m       |s             |b      |
                +------+--------+--------------+-------+
                |[1, 2]|{x -> 1}|{NULL, o, [p]}|[41 42]|
                +------+--------+--------------+-------+

                """,
                printed(() ->
                        session.sql(
                                        "SELECT array(1, 2) AS a, map('x', 1) AS m,"
                                                + " named_struct('i', CAST(NULL AS INT), 'j', 'o', 'l', array('p')) AS s,"
                                                + " CAST('AB' AS BINARY) AS b")
                                .show(5, false)));
        assertTrue(printed(() -> session.range(30).show()).contains("only showing top 20 rows"));
        assertTrue(printed(() -> t.filter("false").show(1, 0, true)).contains("(0 rows)"));
        assertTrue(printed(() -> session.range(2).show(1)).contains("top 1 row\n"));
    }

    @Test
    void printedSchema() {
        String schema =
                "a INT NOT NULL, b ARRAY<STRUCT<x: BIGINT>>, m MAP<STRING, DOUBLE>, d DECIMAL(5,1)";
        assertEquals(
                """
                root
                 |-- a: integer (nullable = false)
                 |-- b: array (nullable = true)
                 |    |-- element: struct (containsNull = true)
                 |    |    |-- x: long (nullable = true)
                 |-- m: map (nullable = true)
                 |    |-- key: string
                 |    |-- value: double (valueContainsNull = true)
                 |-- d: decimal(5,1) (nullable = true)

                """,
                printed(() -> session.createDataFrame(List.of(), schema).printSchema()));
        assertEquals(
                "root\n |-- id: long (nullable = false)\n\n",
                printed(() -> session.range(1).printSchema(1)));
    }

    @Test
    void plans() {
        int before = started.get();
        assertTrue(printed(() -> t.filter("id > 1").explain()).contains("== Physical Plan =="));
        assertTrue(printed(() -> t.explain(true)).contains("== Analyzed Logical Plan =="));
        for (String mode : List.of("simple", "extended", "cost", "formatted", "trace", "codegen")) {
            assertFalse(printed(() -> t.explain(mode)).isBlank());
        }
        assertThrows(IllegalArgumentException.class, () -> t.explain("loudly"));
        assertTrue(started.get() > before);
    }

    @Test
    void views() {
        t.filter("id < 3").createOrReplaceTempView("few");
        assertEquals(2, session.table("few").count());
        fails(ErrorCode.TEMP_TABLE_OR_VIEW_ALREADY_EXISTS, () -> t.createTempView("few"));
        t.createOrReplaceTempView("few");
        assertEquals(6, session.sql("SELECT * FROM few").count());
        t.createGlobalTempView("everywhere");
        fails(
                ErrorCode.TEMP_TABLE_OR_VIEW_ALREADY_EXISTS,
                () -> t.createGlobalTempView("everywhere"));
        t.limit(1).createOrReplaceGlobalTempView("everywhere");
        assertEquals(1, session.table("global_temp.everywhere").count());
        // A view made anew of itself is what it was made of.
        DataFrame v = session.table("t");
        v.filter(v.col("id").lt(4)).createOrReplaceTempView("t");
        assertEquals(3, session.table("t").count());
        session.sql("SELECT * FROM t WHERE id > (SELECT min(id) FROM t)")
                .createOrReplaceTempView("t");
        assertEquals(2, session.table("t").count());
        session.sql("WITH w AS (SELECT * FROM t) SELECT * FROM w LIMIT 1")
                .createOrReplaceTempView("t");
        assertEquals(1, session.table("t").count());
        session.sql("WITH t AS (SELECT 1 AS id UNION ALL SELECT 2) SELECT * FROM t")
                .createOrReplaceTempView("t");
        assertEquals(2, session.table("t").count());
        t.createOrReplaceTempView("t");
        // Columns taken from a frame are known inside a view too.
        t.join(u, t.col("k").equalTo(u.col("k")))
                .select(t.col("id"), u.col("name"))
                .createOrReplaceTempView("joined");
        same("SELECT id, name FROM t JOIN u USING (k)", session.table("joined"));
        fails(ErrorCode.TABLE_OR_VIEW_NOT_FOUND, () -> session.table("nothing"));
    }

    @Test
    void keptRowsAreComputedOnce() {
        DataFrame slow = session.range(1000).select(col("id"), Functions.rand().as("r")).cache();
        int before = started.get();
        List<String> first = sorted(slow);
        assertEquals(before + 2, started.get(), "the first action fills, and answers");
        assertEquals(first, sorted(slow));
        assertEquals(first, sorted(slow.filter("id >= 0")));
        slow.createOrReplaceTempView("slow");
        assertEquals(first, sorted(session.sql("SELECT * FROM slow")));
        assertEquals(1000, slow.join(slow, "id").filter("true").count());
        assertEquals(
                0,
                slow.select(slow.col("r").as("x"), slow.col("r").as("y")).filter("x <> y").count());
        slow.unpersist();
        assertNotEquals(first, sorted(slow));
        assertEquals(1000, slow.unpersist(true).count());
    }

    @Test
    void keptJoinsCanStillBeNamedByTheirSides() {
        DataFrame joined =
                t.as("a").join(u.as("b"), t.col("k").equalTo(u.col("k")), "left").cache();
        joined.count();
        same("SELECT id, name FROM t LEFT JOIN u ON t.k = u.k", joined.select("a.id", "b.name"));
        same(
                "SELECT t.k, u.k AS other FROM t LEFT JOIN u ON t.k = u.k",
                joined.select(t.col("k"), u.col("k").as("other")));
    }

    @Test
    void checkpointsAreComputedAtOnce() {
        int before = started.get();
        DataFrame random = session.range(100).select(Functions.rand().as("r")).localCheckpoint();
        assertEquals(before + 1, started.get());
        assertEquals(sorted(random), sorted(random));
        same(t, t.localCheckpoint());
        // Two columns that are one vector.
        same(t.select(col("id"), col("id")), t.select(col("id"), col("id")).localCheckpoint());
        same(t.select(col("s"), col("s")), t.select(col("s"), col("s")).localCheckpoint());
        assertEquals(6, t.localCheckpoint(false).count());
    }

    @Test
    void aFailingFillFailsTheActionAndIsTriedAgain() {
        DataFrame bad = t.select(lit(1).divide(col("id").minus(3)).as("q")).cache();
        fails(ErrorCode.DIVIDE_BY_ZERO, bad::count);
        fails(ErrorCode.DIVIDE_BY_ZERO, bad::collect);
        bad.unpersist();
    }

    @Test
    void missingValues() {
        DataFrame gaps =
                session.sql(
                        "SELECT * FROM VALUES (1, 1.5D, 'a', true), (2, NULL, NULL, NULL), (NULL, double('NaN'), 'c', false)"
                                + " AS g(i, d, s, b)");
        assertEquals(1, gaps.na().drop().count());
        assertEquals(3, gaps.na().drop("all").count());
        assertEquals(2, gaps.na().drop(new String[] {"i"}).count());
        assertEquals(1, gaps.na().drop("any", new String[] {"i", "d"}).count());
        assertEquals(2, gaps.na().drop(2).count());
        assertEquals(2, gaps.na().drop(1, new String[] {"s", "d"}).count());
        assertThrows(IllegalArgumentException.class, () -> gaps.na().drop("some"));
        rows(gaps.na().fill(7), "[1,1.5,a,true]", "[2,7.0,null,null]", "[7,7.0,c,false]");
        rows(gaps.na().fill(0.5, new String[] {"d"}).select("d"), "[1.5]", "[0.5]", "[0.5]");
        rows(gaps.na().fill("none").select("s"), "[a]", "[none]", "[c]");
        rows(gaps.na().fill(true).select("b"), "[true]", "[true]", "[false]");
        rows(gaps.na().fill(Map.of("i", 9, "s", "x")).select("i", "s"), "[1,a]", "[2,x]", "[9,c]");
        assertEquals(gaps.schema().catalogString(), gaps.na().fill(7).schema().catalogString());
        rows(
                gaps.na().replace("s", Map.of("a", "A", "c", "C")).select("s"),
                "[A]",
                "[null]",
                "[C]");
        rows(
                gaps.na().replace("*", Map.of(1, 100)).select("i", "d"),
                "[100,1.5]",
                "[2,null]",
                "[null,NaN]");
        rows(
                gaps.na().replace(new String[] {"b"}, Map.of(true, false)).select("b"),
                "[false]",
                "[null]",
                "[false]");
        fails(
                ErrorCode.UNRESOLVED_COLUMN__WITH_SUGGESTION,
                () -> gaps.na().fill(1, new String[] {"nothing"}));
    }

    @Test
    void statistics() {
        DataFrame xy =
                session.sql(
                        "SELECT * FROM VALUES (1, 2, 'a'), (2, 4, 'b'), (3, 6, 'a'), (4, 9, 'a') AS xy(x, y, l)");
        assertEquals(0.9944, xy.stat().corr("x", "y"), 1e-4);
        assertEquals(0.9944, xy.stat().corr("x", "y", "pearson"), 1e-4);
        assertEquals(3.8333, xy.stat().cov("x", "y"), 1e-4);
        assertTrue(Double.isNaN(xy.filter("false").stat().corr("x", "y")));
        assertArrayEquals(
                new double[] {1, 2, 4}, xy.stat().approxQuantile("x", new double[] {0, 0.5, 1}, 0));
        assertEquals(
                2,
                xy.stat().approxQuantile(new String[] {"x", "y"}, new double[] {0.5}, 0.1).length);
        assertEquals(
                0, xy.filter("false").stat().approxQuantile("x", new double[] {0.5}, 0).length);
        DataFrame crossed = xy.withColumn("e", col("x").mod(2)).stat().crosstab("l", "e");
        assertArrayEquals(new String[] {"l_e", "0", "1"}, crossed.columns());
        rows(crossed.orderBy("l_e"), "[a,1,2]", "[b,1,0]");
        rows(xy.stat().freqItems(new String[] {"l"}, 0.5), "[[a]]");
        assertArrayEquals(
                new String[] {"l_freqItems", "x_freqItems"},
                xy.stat().freqItems(new String[] {"l", "x"}).columns());
        assertThrows(IllegalArgumentException.class, () -> xy.stat().corr("x", "y", "other"));
    }

    @Test
    void sessionsAndSettings() {
        rows(session.sql("SET spark.sql.ansi.enabled = false"), "[spark.sql.ansi.enabled,false]");
        assertEquals("false", session.conf().get("spark.sql.ansi.enabled"));
        session.conf().unset("spark.sql.ansi.enabled");
        assertEquals("true", session.conf().get("spark.sql.ansi.enabled"));
        session.conf().set("my.key", 5);
        assertEquals("5", session.conf().get("my.key", "none"));
        assertEquals("none", session.conf().get("other.key", "none"));
        assertTrue(session.conf().getAll().containsKey(Settings.MASTER.key()));
        assertTrue(session.conf().contains("my.key"));
        assertTrue(session.conf().getOption("other.key").isEmpty());
        fails(ErrorCode.SQL_CONF_NOT_FOUND, () -> session.conf().get("other.key"));
        fails(
                ErrorCode.CANNOT_MODIFY_CONFIG,
                () -> session.conf().set(Settings.WAREHOUSE_DIR.key(), "x"));
        assertEquals(3, session.range(0, 10, 4).count());
        assertEquals(3, session.range(10, 0, -4, 2).count());
        Session one = Session.builder().appName("one").master("local[1]").getOrCreate();
        assertSame(one, Session.builder().config("a.b", true).getOrCreate());
        assertEquals("true", one.conf().get("a.b"));
        one.stop();
        Session two = Session.builder().master("local[1]").config(Map.of("x", 1)).getOrCreate();
        assertNotEquals(one, two);
        two.close();
    }

    @Test
    void catalog() {
        SessionCatalog catalog = session.catalog();
        assertEquals("default", catalog.currentDatabase());
        assertEquals("spark_catalog", catalog.currentCatalog());
        assertTrue(catalog.tableExists("t"));
        assertFalse(catalog.tableExists("nothing"));
        assertTrue(catalog.databaseExists("default"));
        assertFalse(catalog.databaseExists("nothing"));
        assertTrue(catalog.functionExists("upper"));
        assertFalse(catalog.functionExists("no_such_function"));
        assertEquals(2, catalog.listTables().filter("isTemporary").count());
        assertEquals(4, catalog.listColumns("t").count());
        assertEquals(1, catalog.listDatabases().count());
        assertTrue(catalog.listFunctions().count() > 300);
        catalog.createDatabase("other", false);
        catalog.createDatabase("other", true);
        catalog.createDatabase("third", false);
        catalog.dropDatabase("third", false, true);
        assertFalse(catalog.databaseExists("third"));
        assertEquals(2, catalog.listViews().count());
        catalog.setCurrentDatabase("other");
        assertEquals("other", catalog.currentDatabase());
        fails(ErrorCode.SCHEMA_NOT_FOUND, () -> catalog.setCurrentDatabase("nothing"));
        assertFalse(catalog.isCached("t"));
        catalog.cacheTable("t");
        assertTrue(catalog.isCached("t"));
        catalog.refreshTable("t");
        catalog.uncacheTable("t");
        assertFalse(catalog.isCached("t"));
        catalog.clearCache();
        catalog.dropView("u", false);
        catalog.dropView("u", true);
        fails(ErrorCode.TABLE_OR_VIEW_NOT_FOUND, () -> catalog.dropView("u", false));
        assertTrue(catalog.dropTempView("t"));
        assertFalse(catalog.dropTempView("t"));
        u.createGlobalTempView("g");
        assertTrue(catalog.dropGlobalTempView("g"));
    }
}
