package dev.vitrine.app.bench;

import dev.vitrine.sample.BenchmarkQueries;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// The workloads that come with the product; each makes its data where it is missing.
public final class Workloads {
    private static final List<String> TPCH_TABLES =
            List.of(
                    "customer",
                    "lineitem",
                    "nation",
                    "orders",
                    "part",
                    "partsupp",
                    "region",
                    "supplier");

    private static final List<Workload.Column> LINEITEM =
            List.of(
                    new Workload.Column("l_orderkey", "BIGINT"),
                    new Workload.Column("l_partkey", "BIGINT"),
                    new Workload.Column("l_suppkey", "BIGINT"),
                    new Workload.Column("l_linenumber", "INT"),
                    new Workload.Column("l_quantity", "DECIMAL(15,2)"),
                    new Workload.Column("l_extendedprice", "DECIMAL(15,2)"),
                    new Workload.Column("l_discount", "DECIMAL(15,2)"),
                    new Workload.Column("l_tax", "DECIMAL(15,2)"),
                    new Workload.Column("l_returnflag", "STRING"),
                    new Workload.Column("l_linestatus", "STRING"),
                    new Workload.Column("l_shipdate", "DATE"),
                    new Workload.Column("l_commitdate", "DATE"),
                    new Workload.Column("l_receiptdate", "DATE"),
                    new Workload.Column("l_shipinstruct", "STRING"),
                    new Workload.Column("l_shipmode", "STRING"),
                    new Workload.Column("l_comment", "STRING"));

    private final Path data;
    private final long seed;
    private final int threads;

    /// @param data folder for all data
    /// @param seed 0 for the data that everybody has
    /// @param threads that make data
    public Workloads(Path data, long seed, int threads) {
        this.data = data;
        this.seed = seed;
        this.threads = threads;
    }

    /// The 22 queries of TPC-H over Parquet.
    public Workload tpch(double scale) {
        Path folder = tpchData(scale);
        return new Workload(
                "TPC-H at scale " + number(scale) + seedNote(),
                TPCH_TABLES.stream().map(name -> table(folder, name)).toList(),
                BenchmarkQueries.tpchNames().stream()
                        .map(name -> new Workload.Named(name, BenchmarkQueries.tpch(name)))
                        .toList(),
                false);
    }

    /// The 99 queries of TPC-DS, four of them in two variants, over Parquet. Their texts are
    /// fetched by Maven, as the peers are.
    ///
    /// @throws BenchException if Maven cannot fetch them
    public Workload tpcds(double scale) throws IOException {
        Map<String, String> texts =
                TpcdsQueries.read(new PeerLibraries(data.resolve("peers")).sparkTests());
        Path folder = data.resolve("tpcds-sf" + number(scale));
        new TpcdsData(scale).write(folder, threads);
        return new Workload(
                "TPC-DS at scale " + number(scale),
                TpcdsData.TABLES.stream().map(name -> table(folder, name)).toList(),
                texts.entrySet().stream()
                        .map(entry -> tpcdsQuery(entry.getKey(), entry.getValue()))
                        .toList(),
                false);
    }

    private static Workload.Named tpcdsQuery(String name, String sql) {
        String all = TpcdsQueries.unlimited(sql);
        return new Workload.Named(
                name,
                new Workload.Wording(sql, TpcdsQueries.duckDb(sql)),
                new Workload.Wording(all, TpcdsQueries.duckDb(all)));
    }

    private Path tpchData(double scale) {
        Path folder = data.resolve("tpch-sf" + number(scale) + seedSuffix());
        new TpchData(scale, seed).write(folder, threads);
        return folder;
    }

    /// db-benchmark: ten group-bys and five joins.
    ///
    /// @param rows of the large tables
    /// @param groups values of the small keys
    public Workload h2o(int rows, int groups) {
        Path folder = data.resolve("h2o-n" + rows + "-k" + groups + seedSuffix());
        new H2oData(rows, groups, seed).write(folder);
        return new Workload(
                "db-benchmark of " + rows + " rows, k = " + groups + seedNote(),
                Stream.of("g1", "x", "small", "medium", "big")
                        .map(name -> table(folder, name))
                        .toList(),
                Stream.concat(
                                IntStream.rangeClosed(1, 10).mapToObj(i -> "groupby-q" + i),
                                IntStream.rangeClosed(1, 5).mapToObj(i -> "join-q" + i))
                        .map(name -> new Workload.Named(name, BenchmarkQueries.h2o(name)))
                        .toList(),
                true);
    }

    /// Lineitem as one CSV file and as one file of JSON lines: rows counted, one column summed, and
    /// an aggregate that needs every column's value.
    public Workload text(double scale) {
        Path parquet = table(tpchData(scale), "lineitem").path();
        Path folder = data.resolve("text-sf" + number(scale) + seedSuffix());
        TableFiles files = new TableFiles();
        for (String format : List.of("csv", "json")) {
            Path target = folder.resolve(format);
            if (!TableFiles.isThere(target)) {
                Map<String, String> options =
                        format.equals("csv") ? Map.of("header", "true") : Map.of();
                files.convert(parquet, format, target, options);
            }
        }
        return new Workload(
                "Lineitem at scale " + number(scale) + " from text" + seedNote(),
                Stream.of("csv", "json")
                        .map(format ->
                                new Workload.Table(
                                        "lineitem_" + format,
                                        format,
                                        folder.resolve(format),
                                        LINEITEM,
                                        false))
                        .toList(),
                Stream.of("csv", "json").flatMap(Workloads::textQueries).toList(),
                false);
    }

    private static Stream<Workload.Named> textQueries(String format) {
        String from = " FROM lineitem_" + format;
        return Stream.of(
                new Workload.Named(format + "-count", "SELECT count(*) AS n" + from),
                new Workload.Named(
                        format + "-sum",
                        "SELECT count(*) AS n, sum(l_extendedprice) AS price" + from),
                new Workload.Named(
                        format + "-all",
                        """
                        SELECT count(*) AS n, sum(l_orderkey) AS a, sum(l_partkey) AS b, sum(l_suppkey) AS c,
                               sum(l_linenumber) AS d, sum(l_quantity) AS e, sum(l_extendedprice) AS f,
                               sum(l_discount) AS g, sum(l_tax) AS h, max(l_returnflag) AS i, max(l_linestatus) AS j,
                               max(l_shipdate) AS k, max(l_commitdate) AS l, max(l_receiptdate) AS m,
                               max(l_shipinstruct) AS o, max(l_shipmode) AS p, max(length(l_comment)) AS q\
                        """
                                + from));
    }

    /// The files of a table as this product writes them, a folder, or as others do, one file.
    private static Workload.Table table(Path folder, String name) {
        Path file = folder.resolve(name + ".parquet");
        return new Workload.Table(
                name,
                "parquet",
                Files.exists(file) ? file : folder.resolve(name),
                List.of(),
                false);
    }

    /// A scale without needless digits.
    static String number(double scale) {
        return scale == Math.rint(scale) ? String.valueOf((long) scale) : String.valueOf(scale);
    }

    private String seedSuffix() {
        return seed == 0 ? "" : "-seed" + seed;
    }

    private String seedNote() {
        return seed == 0 ? "" : ", seed " + seed;
    }
}
