package dev.vitrine.app.bench;

import dev.vitrine.engine.batch.BatchBuilder;
import dev.vitrine.engine.batch.ColumnBuilder;
import dev.vitrine.engine.types.DataType;
import dev.vitrine.engine.types.Field;
import dev.vitrine.engine.types.Schema;
import io.trino.tpcds.Results;
import io.trino.tpcds.Session;
import io.trino.tpcds.Table;
import io.trino.tpcds.column.Column;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The TPC-DS tables at a scale, written once as Parquet by this product's own writer. Values are
/// those of a port of the specification's generator, the same for any number of threads. Returns
/// come with the sales they undo: the generator gives them only while it makes the sales.
public final class TpcdsData {
    /// Below this many rows a table is one file.
    private static final long ROWS_A_PART = 100_000;

    /// The names of the tables.
    static final List<String> TABLES = tables().map(Table::getName).toList();

    private final Session session;

    /// @param scale 1 is about 1 GB of text
    public TpcdsData(double scale) {
        this.session = Session.getDefaultSession().withScale(scale);
    }

    /// All but the one that only tells how the data was made.
    private static Stream<Table> tables() {
        return Table.getBaseTables().stream().filter(table -> table != Table.DBGEN_VERSION);
    }

    /// Writes the tables that are not there yet.
    ///
    /// @param threads how many write at once
    public void write(Path folder, int threads) {
        TableFiles files = new TableFiles();
        tables().forEach(table -> {
            Path target = folder.resolve(table.getName());
            if (!TableFiles.isThere(target)) {
                write(files, table, target, threads);
            }
        });
    }

    private void write(TableFiles files, Table table, Path target, int threads) {
        Table made = table.isChild() ? table.getParent() : table;
        int parts = session.getScaling().getRowCount(made) >= ROWS_A_PART ? threads : 1;
        Schema schema = schema(table);
        DataType[] types = schema.fields().stream().map(Field::type).toArray(DataType[]::new);
        files.parquet(
                target,
                schema,
                parts,
                (rows, part) -> {
                    Session chunk = session.withParallelism(parts).withChunkNumber(part + 1);
                    // A row of a table that has returns comes first, its return, if any, after it.
                    for (List<List<String>> row : Results.constructResults(made, chunk)) {
                        List<List<String>> wanted =
                                table.isChild() ? row.subList(1, row.size()) : row.subList(0, 1);
                        for (List<String> values : wanted) {
                            append(rows.columns(), types, values);
                            rows.endRow();
                        }
                    }
                });
    }

    private static void append(BatchBuilder columns, DataType[] types, List<String> values) {
        for (int i = 0; i < types.length; i++) {
            append(columns.column(i), types[i], values.get(i));
        }
    }

    private static Schema schema(Table table) {
        return new Schema(
                Arrays.stream(table.getColumns())
                        .map(column -> new Field(name(column), type(column), true))
                        .toList());
    }

    /// The specification's name; the generator calls one column otherwise than its table does.
    private static String name(Column column) {
        return column.getName().equals("c_last_review_date_sk")
                ? "c_last_review_date"
                : column.getName();
    }

    /// Keys are whole numbers of 32 bits but for those that count sales.
    private static DataType type(Column column) {
        String name = column.getName();
        return switch (column.getType().getBase()) {
            case IDENTIFIER ->
                    name.endsWith("_ticket_number") || name.endsWith("_order_number")
                            ? DataType.BIGINT
                            : DataType.INT;
            case INTEGER -> DataType.INT;
            case DATE -> DataType.DATE;
            case DECIMAL ->
                    new DataType.Decimal(
                            column.getType().getPrecision().orElseThrow(),
                            column.getType().getScale().orElseThrow());
            case VARCHAR, CHAR, TIME -> DataType.STRING;
        };
    }

    private static void append(ColumnBuilder target, DataType type, @Nullable String value) {
        if (value == null) {
            target.appendNull();
            return;
        }
        switch (type) {
            case DataType.Decimal decimal ->
                    target.appendLong(
                            new BigDecimal(value)
                                    .setScale(decimal.scale())
                                    .unscaledValue()
                                    .longValueExact());
            case DataType.Simple.DATE ->
                    target.appendInt(Math.toIntExact(LocalDate.parse(value).toEpochDay()));
            case DataType.Simple.INT -> target.appendInt(Integer.parseInt(value));
            case DataType.Simple.BIGINT -> target.appendLong(Long.parseLong(value));
            default -> target.append(value);
        }
    }
}
