package dev.vitrine.engine.api;

import dev.vitrine.engine.expr.RowFunction;
import dev.vitrine.engine.rdd.UserCode;
import java.util.Iterator;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// A lambda over objects as a function of rows.
///
/// @param body reads objects from rows and writes objects as rows
record TypedFunction(
        UserCode code,
        Scope scope,
        Function<Iterator<@Nullable Object[]>, Iterator<List<@Nullable Object>>> body)
        implements RowFunction {
    @Override
    public String text() {
        return code.text();
    }

    @Override
    public Iterator<List<@Nullable Object>> rows(Iterator<@Nullable Object[]> input) {
        return body.apply(input);
    }
}
