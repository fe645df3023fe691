package dev.vitrine.app.bench;

import dev.vitrine.engine.api.Query;
import dev.vitrine.engine.api.Session;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/// Tables and the queries to time over them.
///
/// @param title what people call it
/// @param materialized whether results are so large that they are made whole but not fetched: into
///   batches here, a temporary table in DuckDB, the `noop` sink in Spark
public record Workload(
        String title, List<Table> tables, List<Named> queries, boolean materialized) {
    public Workload {
        tables = List.copyOf(tables);
        queries = List.copyOf(queries);
    }

    /// A query.
    ///
    /// @param timed what is timed
    /// @param compared what is asked when results are compared: the same, but where that leaves
    ///   open which rows it gives
    public record Named(String name, Wording timed, Wording compared) {
        /// In words that all engines take.
        Named(String name, String sql) {
            this(name, new Wording(sql, sql), new Wording(sql, sql));
        }
    }

    /// One question as engines want to be asked it.
    ///
    /// @param sql in Spark's words, which are this product's
    /// @param duckDb in DuckDB's
    public record Wording(String sql, String duckDb) {
        String of(BenchEngine engine) {
            return engine == BenchEngine.DUCKDB ? duckDb : sql;
        }
    }

    /// The files of one table.
    ///
    /// @param format `parquet`, `csv` (with a header) or `json` (lines)
    /// @param path a file, or a folder of part files
    /// @param columns names and types for formats that do not carry them
    /// @param cached whether the engine takes the rows into its own store before they are asked for
    public record Table(
            String name, String format, Path path, List<Column> columns, boolean cached) {
        public Table {
            columns = List.copyOf(columns);
        }

        /// The statements that give an engine the table as a view.
        ///
        /// @param condition a condition that all its rows must meet, or empty
        List<String> view(BenchEngine engine, String condition) {
            String where = condition.isEmpty() ? "" : " WHERE " + condition;
            if (engine == BenchEngine.DUCKDB) {
                return List.of(
                        "CREATE OR REPLACE "
                                + (cached ? "TABLE " : "VIEW ")
                                + name
                                + " AS SELECT * FROM "
                                + duckDb()
                                + where);
            }
            String file = path.toAbsolutePath().toString().replace("'", "''");
            String base =
                    "CREATE OR REPLACE TEMPORARY VIEW "
                            + name
                            + (where.isEmpty() ? "" : "_files")
                            + (columns.isEmpty()
                                    ? ""
                                    : " ("
                                            + columns.stream()
                                                    .map(c -> c.name() + " " + c.type())
                                                    .collect(Collectors.joining(", "))
                                            + ")")
                            + " USING "
                            + format
                            + " OPTIONS (path '"
                            + file
                            + "'"
                            + (format.equals("csv") ? ", header 'true'" : "")
                            + ")";
            if (cached) {
                return List.of(base, "CACHE TABLE " + name);
            }
            return where.isEmpty()
                    ? List.of(base)
                    : List.of(
                            base,
                            "CREATE OR REPLACE TEMPORARY VIEW "
                                    + name
                                    + " AS SELECT * FROM "
                                    + name
                                    + "_files"
                                    + where);
        }

        private String duckDb() {
            Path files = Files.isDirectory(path) ? path.resolve("*." + format) : path;
            String file = "'" + files.toAbsolutePath().toString().replace("'", "''") + "'";
            String typed =
                    columns.stream()
                            .map(c -> "'" + c.name() + "': '" + c.duckDbType() + "'")
                            .collect(Collectors.joining(", ", "{", "}"));
            return switch (format) {
                case "csv" ->
                        "read_csv("
                                + file
                                + ", header = true, auto_detect = false, delim = ',', columns = "
                                + typed
                                + ")";
                case "json" ->
                        "read_json("
                                + file
                                + ", format = 'newline_delimited', columns = "
                                + typed
                                + ")";
                default -> "read_parquet(" + file + ")";
            };
        }
    }

    /// A column of a text file.
    ///
    /// @param type in Spark's words
    public record Column(String name, String type) {
        String duckDbType() {
            return type.equals("STRING") ? "VARCHAR" : type;
        }
    }

    /// Makes its tables known to a session of this product.
    void define(Session session) {
        for (Table table : tables) {
            for (String statement : table.view(BenchEngine.VITRINE, "")) {
                try (Query query = session.query(statement)) {
                    query.await();
                }
            }
        }
    }

    /// The same with its tables in each engine's own store: the cache here and in Spark, tables of
    /// its own in DuckDB.
    public Workload cached() {
        return new Workload(
                title + ", from the engines' own tables",
                tables.stream()
                        .map(t -> new Table(t.name(), t.format(), t.path(), t.columns(), true))
                        .toList(),
                queries,
                materialized);
    }

    /// The same with only the queries of `names`, all of them if that is empty.
    ///
    /// @throws BenchException if one is not there
    public Workload only(List<String> names) {
        for (String name : names) {
            if (queries.stream().noneMatch(query -> query.name().equals(name))) {
                throw new BenchException(
                        "There is no query "
                                + name
                                + "; there are: "
                                + queries.stream()
                                        .map(Named::name)
                                        .collect(Collectors.joining(", ")));
            }
        }
        return names.isEmpty()
                ? this
                : new Workload(
                        title,
                        tables,
                        queries.stream().filter(q -> names.contains(q.name())).toList(),
                        materialized);
    }
}
