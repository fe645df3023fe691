package dev.vitrine.engine.storage;

import dev.vitrine.engine.batch.Batch;
import dev.vitrine.engine.batch.ColumnBuilder;
import dev.vitrine.engine.batch.Mem;
import dev.vitrine.engine.kernel.RowOrder;
import dev.vitrine.engine.types.DataType;
import java.util.List;

/// The rows that hold a column's smallest and largest value; -1 where all are NULL.
public record RowRange(int least, int greatest) {
    public static RowRange of(Batch batch, int column) {
        DataType type = batch.schema().field(column).type();
        int width = ColumnBuilder.width(type);
        if ((width == Integer.BYTES || width == Long.BYTES) && isWhole(type)) {
            return ofWholeNumbers(batch, column, width);
        }
        RowOrder order = new RowOrder(List.of(new RowOrder.Key(column, false, true)));
        int least = -1;
        int greatest = -1;
        for (int row = 0; row < batch.rowCount(); row++) {
            if (batch.isNull(column, row)) {
                continue;
            }
            if (least < 0 || order.compare(batch, row, batch, least) < 0) {
                least = row;
            }
            if (greatest < 0 || order.compare(batch, row, batch, greatest) > 0) {
                greatest = row;
            }
        }
        return new RowRange(least, greatest);
    }

    private static boolean isWhole(DataType type) {
        return type instanceof DataType.Decimal
                || type == DataType.INT
                || type == DataType.BIGINT
                || type == DataType.DATE
                || type == DataType.TIMESTAMP;
    }

    private static RowRange ofWholeNumbers(Batch batch, int column, int width) {
        long data = batch.dataAddress(column);
        long validity = batch.validityAddress(column);
        int least = -1;
        int greatest = -1;
        long min = Long.MAX_VALUE;
        long max = Long.MIN_VALUE;
        for (int row = 0; row < batch.rowCount(); row++) {
            long value =
                    width == Long.BYTES
                            ? Mem.getLong(data + 8L * row)
                            : Mem.getInt(data + 4L * row);
            if (value > min && value < max || validity != 0 && !Mem.getBit(validity, row)) {
                continue;
            }
            if (value < min || least < 0) {
                min = value;
                least = row;
            }
            if (value > max || greatest < 0) {
                max = value;
                greatest = row;
            }
        }
        return new RowRange(least, greatest);
    }
}
