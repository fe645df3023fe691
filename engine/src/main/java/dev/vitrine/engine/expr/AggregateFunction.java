package dev.vitrine.engine.expr;

import dev.vitrine.engine.types.DataType;
import java.util.List;

/// A function of the values of many rows, which can be computed in parts.
public interface AggregateFunction {
    /// Lower-case name as Spark has it.
    String name();

    /// Types of the columns that carry a part's state to where the parts are merged.
    List<DataType> stateTypes(CallSite site);

    /// A fresh accumulator; the oracle for compiled aggregation.
    Accumulator accumulator(CallSite site);

    /// How generated code computes this function, or [NativeAggregate#NONE].
    default NativeAggregate nativeForm(CallSite site) {
        return NativeAggregate.NONE;
    }

    /// Whether the result over no rows, or over NULLs only, is NULL.
    default boolean nullable() {
        return true;
    }

    /// Whether DISTINCT changes nothing (min, max).
    default boolean ignoresDuplicates() {
        return false;
    }
}
