package dev.vitrine.engine.api;

import dev.vitrine.engine.error.EngineException;
import dev.vitrine.engine.error.ErrorCode;
import dev.vitrine.engine.logical.LogicalPlan;
import dev.vitrine.engine.logical.PlanContext;
import dev.vitrine.engine.spi.FolderPartitions;
import dev.vitrine.engine.spi.SaveMode;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/// Writes a [DataFrame]'s rows to a folder of files. Method names are Spark's; nothing is written
/// before [#save].
public final class DataFrameWriter {
    private final Session session;
    private final LogicalPlan plan;
    private final Map<String, String> options = new TreeMap<>();
    private String format = "parquet";
    private SaveMode mode = SaveMode.ERROR_IF_EXISTS;

    DataFrameWriter(Session session, LogicalPlan plan) {
        this.session = session;
        this.plan = plan;
    }

    /// The files' format, `parquet` where nothing is said.
    public DataFrameWriter format(String name) {
        format = name;
        return this;
    }

    /// What to do where the folder is there already.
    ///
    /// @param name `error` (the default), `append`, `overwrite` or `ignore`
    public DataFrameWriter mode(String name) {
        mode =
                switch (name.toLowerCase(Locale.ROOT)) {
                    case "error", "errorifexists", "default" -> SaveMode.ERROR_IF_EXISTS;
                    case "append" -> SaveMode.APPEND;
                    case "overwrite" -> SaveMode.OVERWRITE;
                    case "ignore" -> SaveMode.IGNORE;
                    default ->
                            throw new EngineException(
                                    ErrorCode.INVALID_SAVE_MODE,
                                    Map.of("mode", "\"" + name + "\""));
                };
        return this;
    }

    /// An option of the format.
    public DataFrameWriter option(String key, String value) {
        options.put(key, value);
        return this;
    }

    /// Runs the plan and writes its rows.
    public void save(String path) {
        LogicalPlan write =
                new LogicalPlan.Write(plan, format, path, mode, options, FolderPartitions.NONE);
        try (Query query = session.query(write, new PlanContext(), "save " + path)) {
            query.await();
        }
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
}
