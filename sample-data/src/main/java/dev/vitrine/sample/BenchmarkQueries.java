package dev.vitrine.sample;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.stream.IntStream;

/// The texts of the benchmarks' queries, in words that Spark, DuckDB and Vitrine all take.
///
/// `tpch`: the 22 queries of TPC-H with the specification's validation parameters. `h2o`: those of
/// db-benchmark, group-by over table `g1`, joins of `x` with `small`, `medium` and `big`.
public final class BenchmarkQueries {
    private BenchmarkQueries() {}

    /// The names of TPC-H's queries, `q1` to `q22`.
    public static List<String> tpchNames() {
        return IntStream.rangeClosed(1, 22).mapToObj(number -> "q" + number).toList();
    }

    /// A TPC-H query without a semicolon.
    ///
    /// @param name `q1` to `q22`
    /// @throws NoSuchElementException if there is no such query
    public static String tpch(String name) {
        return read("tpch/" + name, "use q1 to q22");
    }

    /// A db-benchmark query without a semicolon.
    ///
    /// @param name `groupby-q1` to `groupby-q10` or `join-q1` to `join-q5`
    /// @throws NoSuchElementException if there is no such query
    public static String h2o(String name) {
        return read("h2o/" + name, "use groupby-q1 to groupby-q10 or join-q1 to join-q5");
    }

    private static String read(String name, String known) {
        try (InputStream in =
                BenchmarkQueries.class.getResourceAsStream("benchmark/" + name + ".sql")) {
            if (in == null) {
                throw new NoSuchElementException("There is no query " + name + ": " + known);
            }
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8).strip();
            return text.endsWith(";") ? text.substring(0, text.length() - 1) : text;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
