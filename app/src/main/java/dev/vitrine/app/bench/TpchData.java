package dev.vitrine.app.bench;

import dev.vitrine.engine.batch.ColumnBuilder;
import dev.vitrine.engine.types.DataType;
import dev.vitrine.engine.types.Field;
import dev.vitrine.engine.types.Schema;
import io.trino.tpch.TpchColumn;
import io.trino.tpch.TpchEntity;
import io.trino.tpch.TpchTable;
import java.nio.file.Path;
import java.util.List;

/// The TPC-H tables at a scale, written once as Parquet by this product's own writer. Values are
/// those of the reference generator, which takes no seed: with one, the keys of customers, parts
/// and suppliers and the values of quantity, discount and tax are turned round within their ranges.
/// Rows still find each other, and the answers are others.
public final class TpchData {
    private static final int CUSTOMERS = 150_000;
    private static final int PARTS = 200_000;
    private static final int SUPPLIERS = 10_000;
    private static final int ROWS_A_PART = 100_000;
    private static final int HUNDREDTHS = 100;

    private final double scale;
    private final long seed;

    /// @param scale 1 is about 1 GB of text
    /// @param seed 0 for the reference generator's own values
    public TpchData(double scale, long seed) {
        this.scale = scale;
        this.seed = seed;
    }

    /// Writes the tables that are not there yet.
    ///
    /// @param threads how many write at once
    public void write(Path folder, int threads) {
        TableFiles files = new TableFiles();
        for (TpchTable<?> table : TpchTable.getTables()) {
            Path target = folder.resolve(table.getTableName());
            if (!TableFiles.isThere(target)) {
                write(files, table, target, threads);
            }
        }
    }

    private <E extends TpchEntity> void write(
            TableFiles files, TpchTable<E> table, Path target, int threads) {
        List<TpchColumn<E>> columns = table.getColumns();
        Turn[] turns = columns.stream().map(this::turn).toArray(Turn[]::new);
        // Lines come four to an order: the generator counts orders.
        int parts = orders() >= ROWS_A_PART && isLarge(table) ? threads : 1;
        files.parquet(
                target,
                schema(table),
                parts,
                (rows, part) -> {
                    for (E row : table.createGenerator(scale, part + 1, parts)) {
                        for (int i = 0; i < columns.size(); i++) {
                            append(rows.columns().column(i), columns.get(i), row, turns[i]);
                        }
                        rows.endRow();
                    }
                });
    }

    private double orders() {
        return scale * 1_500_000;
    }

    private static boolean isLarge(TpchTable<?> table) {
        return List.of("lineitem", "orders", "partsupp").contains(table.getTableName());
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

    /// How a column's values are turned round: `v` becomes `first + (v - first + by) % count`, in
    /// steps of `step`.
    private record Turn(long first, long count, long by, long step) {
        static final Turn NONE = new Turn(0, 0, 0, 1);

        long of(long value) {
            return count == 0 ? value : first + ((value - first) / step + by) % count * step;
        }
    }

    private Turn turn(TpchColumn<?> column) {
        if (seed == 0) {
            return Turn.NONE;
        }
        String name = column.getColumnName();
        return switch (name.substring(name.indexOf('_') + 1)) {
            case "custkey" -> turn(1, Math.round(CUSTOMERS * scale), 1);
            case "partkey" -> turn(1, Math.round(PARTS * scale), 1);
            case "suppkey" -> turn(1, Math.round(SUPPLIERS * scale), 1);
            case "quantity" -> turn(HUNDREDTHS, 50, HUNDREDTHS);
            case "discount" -> turn(0, 11, 1);
            case "tax" -> turn(0, 9, 1);
            default -> Turn.NONE;
        };
    }

    private Turn turn(long first, long count, long step) {
        long by = Math.floorMod(seed * 7_919, Math.max(count - 1, 1)) + 1;
        return new Turn(first, Math.max(count, 1), by, step);
    }

    private static <E extends TpchEntity> void append(
            ColumnBuilder target, TpchColumn<E> column, E row, Turn turn) {
        switch (column.getType().getBase()) {
            case IDENTIFIER -> target.appendLong(turn.of(column.getIdentifier(row)));
            case INTEGER -> target.appendInt(column.getInteger(row));
            case DATE -> target.appendInt(column.getDate(row));
            case DOUBLE ->
                    target.appendLong(turn.of(Math.round(column.getDouble(row) * HUNDREDTHS)));
            case VARCHAR -> target.append(column.getString(row));
        }
    }
}
