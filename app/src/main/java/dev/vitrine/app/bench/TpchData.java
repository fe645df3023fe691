package dev.vitrine.app.bench;

import dev.vitrine.engine.batch.Batch;
import dev.vitrine.engine.batch.BatchAllocator;
import dev.vitrine.engine.batch.BatchBuilder;
import dev.vitrine.engine.catalog.Catalog;
import dev.vitrine.engine.error.EngineException;
import dev.vitrine.engine.spi.SaveMode;
import dev.vitrine.engine.spi.TableSink;
import dev.vitrine.engine.types.DataType;
import dev.vitrine.engine.types.Field;
import dev.vitrine.engine.types.Schema;
import io.trino.tpch.TpchColumn;
import io.trino.tpch.TpchEntity;
import io.trino.tpch.TpchTable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// The TPC-H tables at a scale, written once as Parquet by this product's own writer. Values are
/// those of the reference generator.
public final class TpchData {
    private static final int BATCH_ROWS = 65_536;

    private TpchData() {}

    /// Writes the tables that are not there yet.
    ///
    /// @param scale 1 is about 1 GB of text
    public static void write(Path folder, double scale) {
        Catalog catalog = Catalog.withInstalledConnectors();
        for (TpchTable<?> table : TpchTable.getTables()) {
            Path target = folder.resolve(table.getTableName());
            if (!Files.exists(target.resolve("_SUCCESS"))) {
                System.err.println("Writing " + target);
                write(catalog, table, target, scale);
            }
        }
    }

    private static <E extends TpchEntity> void write(
            Catalog catalog, TpchTable<E> table, Path target, double scale) {
        Schema schema = schema(table);
        TableSink sink =
                catalog.connector("parquet")
                        .flatMap(c ->
                                c.create(target.toString(), schema, SaveMode.OVERWRITE, Map.of()))
                        .orElseThrow(() -> EngineException.internal("there is no Parquet writer"));
        sink.begin();
        try (BatchAllocator memory = BatchAllocator.root(1L << 31);
                BatchBuilder builder = new BatchBuilder(schema, memory, BATCH_ROWS)) {
            TableSink.Writer writer = sink.writer(0, 0);
            List<TpchColumn<E>> columns = table.getColumns();
            for (E row : table.createGenerator(scale, 1, 1)) {
                for (int i = 0; i < columns.size(); i++) {
                    append(builder, i, columns.get(i), row);
                }
                if (builder.rowCount() == BATCH_ROWS) {
                    flush(builder, writer);
                }
            }
            flush(builder, writer);
            writer.commit();
        }
        sink.commit();
    }

    private static void flush(BatchBuilder builder, TableSink.Writer writer) {
        if (builder.rowCount() > 0) {
            try (Batch batch = builder.build()) {
                writer.write(batch);
            }
        }
    }

    private static Schema schema(TpchTable<?> table) {
        return new Schema(
                table.getColumns().stream()
                        .map(column -> new Field(column.getColumnName(), type(column), false))
                        .toList());
    }

    /// The specification's types: money and quantities are decimals, which the generator gives in
    /// hundredths.
    private static DataType type(TpchColumn<?> column) {
        return switch (column.getType().getBase()) {
            case IDENTIFIER -> DataType.BIGINT;
            case INTEGER -> DataType.INT;
            case DATE -> DataType.DATE;
            case DOUBLE -> new DataType.Decimal(15, 2);
            case VARCHAR -> DataType.STRING;
        };
    }

    private static <E extends TpchEntity> void append(
            BatchBuilder builder, int index, TpchColumn<E> column, E row) {
        switch (column.getType().getBase()) {
            case IDENTIFIER -> builder.column(index).appendLong(column.getIdentifier(row));
            case INTEGER -> builder.column(index).appendInt(column.getInteger(row));
            case DATE -> builder.column(index).appendInt(column.getDate(row));
            case DOUBLE ->
                    builder.column(index).appendLong(Math.round(column.getDouble(row) * 100));
            case VARCHAR -> builder.column(index).append(column.getString(row));
        }
    }
}
