package dev.vitrine.engine.api;

import dev.vitrine.engine.error.EngineException;
import dev.vitrine.engine.error.ErrorCode;
import dev.vitrine.engine.expr.Expr;
import dev.vitrine.engine.settings.Settings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Writes a [DataFrame]'s rows to a table, matched by the columns' names. Method names are Spark's;
/// nothing is written before the methods that say so.
public final class DataFrameWriterV2 {
    private final DataFrame frame;
    private final SavedTable table;
    private final Map<String, String> options = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    private final Map<String, String> properties = new TreeMap<>();
    private List<String> partitions = List.of();
    private String format;

    DataFrameWriterV2(DataFrame frame, String table) {
        this.frame = frame;
        this.table = new SavedTable(frame.sparkSession(), frame.plan(), AttributeName.parts(table));
        this.format = frame.sparkSession().settings().get(Settings.DEFAULT_FORMAT);
    }

    /// The format of a new table.
    public DataFrameWriterV2 using(String name) {
        format = name;
        return this;
    }

    public DataFrameWriterV2 option(String key, String value) {
        options.put(key, value);
        return this;
    }

    public DataFrameWriterV2 option(String key, boolean value) {
        return option(key, String.valueOf(value));
    }

    public DataFrameWriterV2 option(String key, long value) {
        return option(key, String.valueOf(value));
    }

    public DataFrameWriterV2 option(String key, double value) {
        return option(key, String.valueOf(value));
    }

    public DataFrameWriterV2 options(Map<String, String> more) {
        options.putAll(more);
        return this;
    }

    public DataFrameWriterV2 tableProperty(String key, String value) {
        properties.put(key, value);
        return this;
    }

    /// A folder a value of these columns of a new table.
    ///
    /// @throws EngineException UNSUPPORTED_FEATURE for anything but a column's name
    public DataFrameWriterV2 partitionedBy(Column first, Column... more) {
        List<String> names = new ArrayList<>();
        for (Expr column : Column.exprs(Functions.with(first, more))) {
            names.add(
                    switch (column) {
                        case Expr.InputColumn input -> input.name();
                        case Expr.UnresolvedAttribute named when named.nameParts().size() == 1 ->
                                named.nameParts().getFirst();
                        default ->
                                throw new EngineException(
                                        ErrorCode.UNSUPPORTED_FEATURE,
                                        Map.of("feature", "Partitions by an expression"));
                    });
        }
        names.forEach(frame::col);
        partitions = List.copyOf(names);
        return this;
    }

    private SavedTable.Definition definition() {
        return new SavedTable.Definition(format, options, properties, partitions);
    }

    /// Makes the table.
    ///
    /// @throws EngineException TABLE_OR_VIEW_ALREADY_EXISTS
    public void create() {
        table.create(definition());
    }

    /// Makes the table anew.
    ///
    /// @throws EngineException TABLE_OR_VIEW_NOT_FOUND
    public void replace() {
        table.drop();
        create();
    }

    public void createOrReplace() {
        if (table.exists()) {
            table.drop();
        }
        create();
    }

    /// Adds the rows.
    ///
    /// @throws EngineException TABLE_OR_VIEW_NOT_FOUND
    public void append() {
        table.insert(false, true);
    }

    /// Replaces all rows.
    ///
    /// @param condition `lit(true)`; no other is supported
    /// @throws EngineException UNSUPPORTED_FEATURE
    public void overwrite(Column condition) {
        if (!condition.expr().equals(Expr.Literal.TRUE)) {
            throw new EngineException(
                    ErrorCode.UNSUPPORTED_FEATURE,
                    Map.of("feature", "Overwriting the rows of a condition"));
        }
        table.insert(true, true);
    }

    /// Replaces the partitions that the rows go to, or the whole of a table without any.
    public void overwritePartitions() {
        Session session = frame.sparkSession();
        String before = session.settings().get(Settings.PARTITION_OVERWRITE);
        session.set(Settings.PARTITION_OVERWRITE.key(), "DYNAMIC");
        try {
            table.insert(true, true);
        } finally {
            session.set(Settings.PARTITION_OVERWRITE.key(), before);
        }
    }
}
