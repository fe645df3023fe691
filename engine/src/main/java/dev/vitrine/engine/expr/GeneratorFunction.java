package dev.vitrine.engine.expr;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// A function that makes rows of one row's values.
public interface GeneratorFunction {
    /// Lower-case name as Spark has it.
    String name();

    /// The rows for boxed arguments, each with a value for every column of the call.
    List<List<@Nullable Object>> rows(@Nullable Object[] args, int columns);

    /// Whether a row of NULLs stands in where there would be none.
    boolean outer();
}
