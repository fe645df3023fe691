package dev.vitrine.engine.expr;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// A function that is better called for many rows at once than for each. [#evaluate] gives the same
/// for one.
public interface BatchFunction extends ScalarFunction {
    /// The results of several rows' boxed arguments, in the order of the rows.
    List<@Nullable Object> evaluateAll(List<@Nullable Object[]> rows, CallSite site);
}
