package dev.vitrine.engine.api;

import dev.vitrine.engine.logical.LogicalPlan;
import dev.vitrine.engine.settings.Settings;
import dev.vitrine.engine.sql.SqlParser;
import dev.vitrine.engine.types.Schema;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Reads files and tables as frames. Method names are Spark's.
public final class DataFrameReader {
    private final Session session;
    private final Map<String, String> options = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    private Optional<Schema> schema = Optional.empty();
    private String format;

    DataFrameReader(Session session) {
        this.session = session;
        this.format = session.settings().get(Settings.DEFAULT_FORMAT);
    }

    /// The files' format; `spark.sql.sources.default` where nothing is said.
    public DataFrameReader format(String name) {
        format = name;
        return this;
    }

    /// Columns and types, which are not looked for in the files then.
    public DataFrameReader schema(Schema given) {
        schema = Optional.of(given);
        return this;
    }

    /// @param ddl `a INT, b STRING`
    public DataFrameReader schema(String ddl) {
        return schema(SqlParser.parseSchema(ddl));
    }

    public DataFrameReader option(String key, String value) {
        options.put(key, value);
        return this;
    }

    public DataFrameReader option(String key, boolean value) {
        return option(key, String.valueOf(value));
    }

    public DataFrameReader option(String key, long value) {
        return option(key, String.valueOf(value));
    }

    public DataFrameReader option(String key, double value) {
        return option(key, String.valueOf(value));
    }

    public DataFrameReader options(Map<String, String> more) {
        options.putAll(more);
        return this;
    }

    /// The files that the option `path` names.
    public DataFrame load() {
        String path = options.get("path");
        return path == null ? load(new String[0]) : load(path);
    }

    public DataFrame load(String... paths) {
        Map<String, String> others = new TreeMap<>(options);
        others.remove("path");
        return new DataFrame(
                session,
                new LogicalPlan.UnresolvedFiles(format, List.of(paths), schema, others, null));
    }

    public DataFrame csv(String... paths) {
        return format("csv").load(paths);
    }

    public DataFrame json(String... paths) {
        return format("json").load(paths);
    }

    public DataFrame parquet(String... paths) {
        return format("parquet").load(paths);
    }

    /// A table or view.
    public DataFrame table(String name) {
        return session.table(name);
    }
}
