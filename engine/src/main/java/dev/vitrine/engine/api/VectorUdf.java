package dev.vitrine.engine.api;

import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// A function of whole columns: it is called for many rows at once.
@FunctionalInterface
public interface VectorUdf {
    /// Hands `out` one value a row, in the order of the rows.
    ///
    /// @param columns the arguments, one view each
    /// @param rows how many values each column has
    /// @param out takes values of the classes that a [Row] has, or null
    void call(List<ColumnView> columns, int rows, Consumer<@Nullable Object> out) throws Exception;
}
