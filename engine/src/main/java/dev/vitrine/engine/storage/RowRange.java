package dev.vitrine.engine.storage;

import dev.vitrine.engine.batch.Batch;
import dev.vitrine.engine.kernel.RowOrder;
import java.util.List;

/// The rows that hold a column's smallest and largest value; -1 where all are NULL.
public record RowRange(int least, int greatest) {
    public static RowRange of(Batch batch, int column) {
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
}
