package dev.vitrine.app.cli;

import static dev.vitrine.engine.api.Functions.avg;
import static dev.vitrine.engine.api.Functions.broadcast;
import static dev.vitrine.engine.api.Functions.col;
import static dev.vitrine.engine.api.Functions.count;
import static dev.vitrine.engine.api.Functions.countDistinct;
import static dev.vitrine.engine.api.Functions.desc;
import static dev.vitrine.engine.api.Functions.explode;
import static dev.vitrine.engine.api.Functions.lag;
import static dev.vitrine.engine.api.Functions.lit;
import static dev.vitrine.engine.api.Functions.lower;
import static dev.vitrine.engine.api.Functions.max;
import static dev.vitrine.engine.api.Functions.month;
import static dev.vitrine.engine.api.Functions.rank;
import static dev.vitrine.engine.api.Functions.round;
import static dev.vitrine.engine.api.Functions.split;
import static dev.vitrine.engine.api.Functions.sum;
import static dev.vitrine.engine.api.Functions.when;
import static dev.vitrine.engine.api.Functions.year;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vitrine.engine.api.DataFrame;
import dev.vitrine.engine.api.Row;
import dev.vitrine.engine.api.Session;
import dev.vitrine.engine.api.Window;
import dev.vitrine.engine.api.WindowSpec;
import dev.vitrine.engine.error.EngineException;
import dev.vitrine.engine.error.ErrorCode;
import dev.vitrine.engine.settings.Settings;
import dev.vitrine.engine.spi.SaveMode;
import dev.vitrine.sample.SampleProject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

/// The Java API over files and tables: what a Spark program does, with other imports.
final class JavaApiTest {
    @TempDir Path folder;

    private Session spark = Session.builder().master("local[1]").create();

    @BeforeEach
    void open() throws Exception {
        spark.close();
        spark =
                Session.builder()
                        .appName("JavaApiTest")
                        .master("local[2]")
                        .config(Settings.TIME_ZONE.key(), "UTC")
                        .config(Settings.WAREHOUSE_DIR.key(), folder.resolve("tables").toString())
                        .create();
        SampleProject.unpack(folder.resolve("sample"));
    }

    @AfterEach
    void close() {
        spark.stop();
    }

    private String sample(String file) {
        return folder.resolve("sample/data").resolve(file).toString();
    }

    private static void rows(DataFrame frame, String... expected) {
        assertEquals(List.of(expected), Stream.of(frame.collect()).map(Row::toString).toList());
    }

    private static List<String> sorted(DataFrame frame) {
        return Stream.of(frame.collect()).map(Row::toString).sorted().toList();
    }

    private static void fails(ErrorCode code, Executable call) {
        assertEquals(code, assertThrows(EngineException.class, call).code());
    }

    @Test
    void aTutorialsPipeline() {
        DataFrame weather =
                spark.read()
                        .option("header", true)
                        .option("inferSchema", true)
                        .csv(sample("weather.csv"))
                        .withColumn("year", year(col("date")))
                        .withColumn("month", month(col("date")))
                        .withColumn(
                                "warmth",
                                when(col("temp_max").geq(25), "hot")
                                        .when(col("temp_max").geq(15), "mild")
                                        .otherwise("cold"));
        DataFrame cities =
                spark.createDataFrame(
                        List.of(
                                Row.of("Seattle", "Washington;USA"),
                                Row.of("New York", "New York;USA")),
                        "location STRING, place STRING");

        DataFrame monthly =
                weather.as("w")
                        .join(
                                broadcast(cities).as("c"),
                                col("w.location").equalTo(col("c.location")))
                        .filter(col("w.weather").notEqual("fog"))
                        .groupBy(col("w.location"), col("year"), col("month"))
                        .agg(
                                round(avg("temp_max"), 2).as("warmest"),
                                sum("precipitation").as("rain"),
                                countDistinct("weather").as("kinds"),
                                max(col("place")).as("place"));
        WindowSpec byYear = Window.partitionBy("location", "year").orderBy(desc("rain"));
        WindowSpec inOrder = Window.partitionBy("location").orderBy("year", "month");
        DataFrame wettest =
                monthly.withColumn("rank", rank().over(byYear))
                        .withColumn("before", lag("rain", 1).over(inOrder))
                        .filter("rank = 1")
                        .drop("rank")
                        .na()
                        .fill(0.0, new String[] {"before"})
                        .orderBy(col("location"), col("year"));
        assertEquals(8, wettest.count());

        weather.createOrReplaceTempView("weather");
        DataFrame same =
                spark.sql(
                        """
                        WITH monthly AS (
                            SELECT location, year, month, round(avg(temp_max), 2) AS warmest,
                                sum(precipitation) AS rain, count(DISTINCT weather) AS kinds,
                                max(CASE location WHEN 'Seattle' THEN 'Washington;USA' ELSE 'New York;USA' END) AS place
                            FROM weather WHERE weather <> 'fog' GROUP BY location, year, month)
                        SELECT location, year, month, warmest, rain, kinds, place, coalesce(before, 0D) AS before
                        FROM (SELECT *, rank() OVER (PARTITION BY location, year ORDER BY rain DESC) AS rank,
                            lag(rain) OVER (PARTITION BY location ORDER BY year, month) AS before FROM monthly)
                        WHERE rank = 1
                        ORDER BY location, year
                        """);
        assertEquals(same.schema().names(), wettest.schema().names());
        assertEquals(Arrays.toString(same.collect()), Arrays.toString(wettest.collect()));

        DataFrame words =
                wettest.select(explode(split(lower(col("place")), "[; ]")).as("word"))
                        .groupBy("word")
                        .count()
                        .orderBy(desc("count"), col("word"));
        rows(words, "[usa,8]", "[new,4]", "[washington,4]", "[york,4]");

        DataFrame shares =
                weather.groupBy("location")
                        .pivot("warmth", List.of("cold", "mild", "hot"))
                        .agg(count(lit(1)))
                        .orderBy("location");
        assertEquals(weather.count(), total(shares));
        wettest.unpersist();
    }

    private static long total(DataFrame shares) {
        return Stream.of(shares.collect())
                .mapToLong(row -> row.getLong(1) + row.getLong(2) + row.getLong(3))
                .sum();
    }

    @Test
    void filesWrittenAndRead() throws Exception {
        DataFrame numbers =
                spark.range(100).select(col("id"), col("id").mod(3).cast("int").as("part"));
        String parquet = folder.resolve("out/parquet").toString();
        numbers.write().partitionBy("part").parquet(parquet);
        assertTrue(Files.isDirectory(Path.of(parquet, "part=1")));
        DataFrame read = spark.read().load(parquet);
        assertEquals(List.of("id", "part"), read.schema().names());
        assertEquals(sorted(numbers), sorted(read));
        assertThrows(EngineException.class, () -> numbers.write().parquet(parquet));
        numbers.limit(3).write().mode("overwrite").partitionBy("part").parquet(parquet);
        assertEquals(3, spark.read().parquet(parquet).count());
        numbers.write().mode(SaveMode.APPEND).partitionBy("part").parquet(parquet);
        assertEquals(103, spark.read().parquet(parquet).count());
        numbers.write().mode("ignore").parquet(parquet);
        assertEquals(103, spark.read().parquet(parquet).count());

        String csv = folder.resolve("out/csv").toString();
        numbers.coalesce(1)
                .write()
                .format("csv")
                .option("header", true)
                .options(Map.of("sep", ";"))
                .option("path", csv)
                .save();
        DataFrame text =
                spark.read()
                        .format("csv")
                        .schema("id BIGINT, part INT")
                        .options(Map.of("header", "true"))
                        .option("sep", ";")
                        .option("path", csv)
                        .load();
        assertEquals(sorted(numbers), sorted(text));
        String json = folder.resolve("out/json").toString();
        numbers.write().json(json);
        assertEquals(
                sorted(numbers),
                sorted(spark.read().json(json).select(col("id"), col("part").cast("int"))));
        assertThrows(IllegalArgumentException.class, () -> numbers.write().save());
        fails(ErrorCode.INVALID_SAVE_MODE, () -> numbers.write().mode("sometimes"));
        fails(
                ErrorCode.UNRESOLVED_COLUMN__WITH_SUGGESTION,
                () -> numbers.write().partitionBy("nothing"));
        assertThrows(EngineException.class, () -> spark.read().parquet(folder + "/nothing"));
    }

    @Test
    void tablesMadeAndFilled() {
        DataFrame numbers = spark.range(10).select(col("id"), col("id").mod(2).as("odd"));
        numbers.write().saveAsTable("n");
        assertTrue(spark.catalog().tableExists("n"));
        assertTrue(spark.catalog().tableExists("default", "n"));
        assertEquals(10, spark.table("n").count());
        fails(ErrorCode.TABLE_OR_VIEW_ALREADY_EXISTS, () -> numbers.write().saveAsTable("n"));
        numbers.write().mode("ignore").saveAsTable("n");
        numbers.select("odd", "id").limit(2).write().mode("append").saveAsTable("n");
        assertEquals(12, spark.table("n").count());
        assertEquals(1, spark.table("n").filter("id = 9").count());
        numbers.limit(1).write().insertInto("n");
        numbers.limit(4).write().mode("overwrite").insertInto("n");
        assertEquals(4, spark.table("n").count());
        fails(
                ErrorCode.UNSUPPORTED_OVERWRITE__TABLE,
                () -> spark.table("n").write().mode("overwrite").saveAsTable("n"));
        numbers.withColumn("x", lit("y"))
                .write()
                .mode("overwrite")
                .format("csv")
                .partitionBy("odd")
                .saveAsTable("n");
        assertEquals(List.of("id", "x", "odd"), spark.table("n").schema().names());
        assertTrue(spark.catalog().getCreateTableString("n").contains("PARTITIONED BY (odd)"));
        assertEquals(2, spark.catalog().listPartitions("n").count());

        DataFrame cached = spark.table("n").cache();
        assertEquals(10, cached.count());
        numbers.select(col("id"), lit("z").as("x"), col("odd")).write().insertInto("n");
        assertEquals(20, cached.count(), "kept rows of a table that has changed are read again");
        spark.catalog().truncateTable("n");
        assertEquals(0, spark.table("n").count());
        spark.catalog().dropTable("n", false, false);
        assertFalse(spark.catalog().tableExists("n"));
    }

    @Test
    void tablesWrittenTo() {
        DataFrame numbers = spark.range(6).select(col("id"), col("id").mod(3).as("part"));
        numbers.writeTo("w")
                .using("parquet")
                .tableProperty("made.by", "test")
                .partitionedBy(col("part"))
                .create();
        fails(ErrorCode.TABLE_OR_VIEW_ALREADY_EXISTS, () -> numbers.writeTo("w").create());
        numbers.select("part", "id").writeTo("w").append();
        assertEquals(12, spark.table("w").count());
        numbers.filter("part = 1").writeTo("w").overwritePartitions();
        assertEquals(10, spark.table("w").count());
        numbers.writeTo("w").overwrite(lit(true));
        assertEquals(6, spark.table("w").count());
        fails(
                ErrorCode.UNSUPPORTED_FEATURE,
                () -> numbers.writeTo("w").overwrite(col("part").equalTo(1)));
        fails(
                ErrorCode.UNSUPPORTED_FEATURE,
                () -> numbers.writeTo("x").partitionedBy(col("part").plus(1)));
        numbers.limit(1).writeTo("w").createOrReplace();
        assertEquals(1, spark.table("w").count());
        numbers.writeTo("w").replace();
        assertEquals(6, spark.table("w").count());
        fails(ErrorCode.TABLE_OR_VIEW_NOT_FOUND, () -> numbers.writeTo("nothing").replace());
        fails(ErrorCode.TABLE_OR_VIEW_NOT_FOUND, () -> numbers.writeTo("nothing").append());
        String path = folder.resolve("files").toString();
        numbers.write().parquet(path);
        assertEquals(6, spark.catalog().createTable("of_files", path).count());
        assertEquals(6, spark.catalog().createTable("of_files_2", path, "parquet").count());
    }
}
