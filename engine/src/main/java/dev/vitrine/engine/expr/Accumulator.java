package dev.vitrine.engine.expr;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// The running state of one aggregate in one group. Values are boxed as
/// [dev.vitrine.engine.types.DataType] says.
public interface Accumulator {
    /// Takes in one row's arguments, NULLs included.
    void add(@Nullable Object[] args);

    /// The state as values of [AggregateFunction#stateTypes].
    List<@Nullable Object> state();

    /// Takes in another part's [#state].
    void merge(List<@Nullable Object> state);

    @Nullable Object result();
}
