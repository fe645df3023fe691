package dev.vitrine.engine.api;

import dev.vitrine.engine.error.EngineException;
import dev.vitrine.engine.error.ErrorCode;
import dev.vitrine.engine.expr.Expr;
import dev.vitrine.engine.logical.LogicalPlan;
import dev.vitrine.engine.logical.PlanContext;
import dev.vitrine.engine.settings.Settings;
import dev.vitrine.engine.spi.FolderPartitions;
import dev.vitrine.engine.spi.SaveMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/// Writes a [DataFrame]'s rows to a folder of files, or to a table. Method names are Spark's;
/// nothing is written before [#save], [#saveAsTable] or [#insertInto].
public final class DataFrameWriter {
    private final DataFrame frame;
    private final Session session;
    private final Map<String, String> options = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    private List<String> partitions = List.of();
    private String format;
    private SaveMode mode = SaveMode.ERROR_IF_EXISTS;

    DataFrameWriter(DataFrame frame) {
        this.frame = frame;
        this.session = frame.sparkSession();
        this.format = session.settings().get(Settings.DEFAULT_FORMAT);
    }

    /// The files' format; `spark.sql.sources.default` where nothing is said.
    public DataFrameWriter format(String name) {
        format = name;
        return this;
    }

    /// What to do where the folder or table is there already.
    ///
    /// @param name `error` (the default), `append`, `overwrite` or `ignore`
    public DataFrameWriter mode(String name) {
        return mode(
                switch (name.toLowerCase(Locale.ROOT)) {
                    case "error", "errorifexists", "default" -> SaveMode.ERROR_IF_EXISTS;
                    case "append" -> SaveMode.APPEND;
                    case "overwrite" -> SaveMode.OVERWRITE;
                    case "ignore" -> SaveMode.IGNORE;
                    default ->
                            throw new EngineException(
                                    ErrorCode.INVALID_SAVE_MODE,
                                    Map.of("mode", "\"" + name + "\""));
                });
    }

    public DataFrameWriter mode(SaveMode chosen) {
        mode = chosen;
        return this;
    }

    /// An option of the format.
    public DataFrameWriter option(String key, String value) {
        options.put(key, value);
        return this;
    }

    public DataFrameWriter option(String key, boolean value) {
        return option(key, String.valueOf(value));
    }

    public DataFrameWriter option(String key, long value) {
        return option(key, String.valueOf(value));
    }

    public DataFrameWriter option(String key, double value) {
        return option(key, String.valueOf(value));
    }

    public DataFrameWriter options(Map<String, String> more) {
        options.putAll(more);
        return this;
    }

    /// A folder a value of these columns, which the files do not hold then.
    ///
    /// @throws EngineException UNRESOLVED_COLUMN
    public DataFrameWriter partitionBy(String... names) {
        for (String name : names) {
            frame.col(name);
        }
        partitions = List.of(names);
        return this;
    }

    /// Runs the plan and writes its rows where the option `path` says.
    ///
    /// @throws IllegalArgumentException where it says nothing
    public void save() {
        String path = options.remove("path");
        if (path == null) {
            throw new IllegalArgumentException("Say where: save(path), or option(\"path\", …)");
        }
        save(path);
    }

    /// Runs the plan and writes its rows.
    public void save(String path) {
        boolean dynamic =
                session.settings().get(Settings.PARTITION_OVERWRITE).equalsIgnoreCase("DYNAMIC");
        LogicalPlan write =
                new LogicalPlan.Write(
                        partitionsLast(),
                        format,
                        path,
                        mode,
                        options,
                        partitions.isEmpty()
                                ? FolderPartitions.NONE
                                : new FolderPartitions(partitions, List.of(), dynamic));
        try (Query query = session.query(write, new PlanContext(), "save " + path)) {
            query.await();
        }
    }

    private LogicalPlan partitionsLast() {
        if (partitions.isEmpty()) {
            return frame.plan();
        }
        List<Expr> files = new ArrayList<>();
        List<Expr> folders = new ArrayList<>();
        for (Column column : frame.all()) {
            boolean folder =
                    partitions.stream().anyMatch(name -> frame.sameName(name, column.toString()));
            if (!folder) {
                files.add(column.expr());
            }
        }
        partitions.forEach(name -> folders.add(frame.col(name).expr()));
        files.addAll(folders);
        return new LogicalPlan.Project(frame.plan(), files);
    }

    public void parquet(String path) {
        format("parquet").save(path);
    }

    public void csv(String path) {
        format("csv").save(path);
    }

    public void json(String path) {
        format("json").save(path);
    }

    /// Adds the rows to a table, or overwrites it, by the columns' places.
    ///
    /// @throws EngineException TABLE_OR_VIEW_NOT_FOUND
    public void insertInto(String table) {
        tables(table).insert(mode == SaveMode.OVERWRITE, false);
    }

    /// Writes the rows to a table, which is made where it is not there. What is there decides with
    /// the [#mode]: `append` adds the rows by the columns' names, `overwrite` makes it anew.
    ///
    /// @throws EngineException TABLE_OR_VIEW_ALREADY_EXISTS
    public void saveAsTable(String table) {
        SavedTable saved = tables(table);
        boolean exists = saved.exists();
        switch (mode) {
            case ERROR_IF_EXISTS -> saved.create(definition());
            case IGNORE -> {
                if (!exists) {
                    saved.create(definition());
                }
            }
            case APPEND -> {
                if (exists) {
                    saved.insert(false, true);
                } else {
                    saved.create(definition());
                }
            }
            case OVERWRITE -> {
                if (exists) {
                    saved.drop();
                }
                saved.create(definition());
            }
        }
    }

    private SavedTable tables(String table) {
        return new SavedTable(session, frame.plan(), AttributeName.parts(table));
    }

    private SavedTable.Definition definition() {
        return new SavedTable.Definition(format, options, Map.of(), partitions);
    }
}
