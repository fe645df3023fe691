package dev.vitrine.engine.function;

import dev.vitrine.engine.error.EngineException;
import dev.vitrine.engine.expr.CallSite;
import dev.vitrine.engine.expr.EvalMode;
import dev.vitrine.engine.expr.Expr;
import dev.vitrine.engine.expr.ScalarFunction;
import dev.vitrine.engine.types.DataType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// grouping and grouping_id: the analyzer puts what they stand for in their place.
public final class GroupingFunctions {
    /// Whether its argument is not grouped by in a row's grouping set.
    public static final ScalarFunction GROUPING = new Marker("grouping");

    /// A bit for each grouping that is not in a row's grouping set.
    public static final ScalarFunction GROUPING_ID = new Marker("grouping_id");

    private GroupingFunctions() {}

    private record Marker(String name) implements ScalarFunction {
        @Override
        public @Nullable Object evaluate(@Nullable Object[] args, CallSite site) {
            throw EngineException.internal(name + " is still in the plan after analysis");
        }
    }

    static List<FunctionEntry> entries() {
        return List.of(
                entry(
                        "grouping(x)",
                        "1 where x is not grouped by in the row's grouping set, else 0.",
                        call ->
                                new Expr.Call(
                                        GROUPING,
                                        call.arity(1, 1).args(),
                                        DataType.TINYINT,
                                        EvalMode.ANSI)),
                entry(
                        "grouping_id([x, …])",
                        "The bits of grouping for all that is grouped by, the first the highest.",
                        call ->
                                new Expr.Call(
                                        GROUPING_ID, call.args(), DataType.BIGINT, EvalMode.ANSI)));
    }

    private static FunctionEntry entry(
            String signature, String doc, FunctionEntry.Resolver resolver) {
        String name = signature.substring(0, signature.indexOf('('));
        return new FunctionEntry(
                name,
                List.of(),
                FunctionKind.SCALAR,
                "aggregate",
                signature,
                doc,
                "",
                "",
                resolver);
    }
}
