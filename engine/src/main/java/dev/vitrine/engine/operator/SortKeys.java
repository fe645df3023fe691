package dev.vitrine.engine.operator;

import dev.vitrine.engine.expr.Expr;
import dev.vitrine.engine.expr.SortDirection;
import dev.vitrine.engine.kernel.RowOrder;
import java.util.List;

/// Sort keys of plans as orders of batches.
final class SortKeys {
    private SortKeys() {}

    /// @param keys over attributes of `input`
    static RowOrder order(List<Expr.SortKey> keys, List<Expr.Attribute> input) {
        return new RowOrder(
                keys.stream()
                        .map(key ->
                                new RowOrder.Key(
                                        Interpreted.ordinal((Expr.Attribute) key.input(), input),
                                        key.direction() == SortDirection.DESCENDING,
                                        key.nullsFirst()))
                        .toList());
    }
}
