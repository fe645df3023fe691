package dev.vitrine.engine.optimizer.rules;

import dev.vitrine.engine.expr.AggregateFunction;
import dev.vitrine.engine.expr.Expr;
import dev.vitrine.engine.expr.Expr.AggregateCall;
import dev.vitrine.engine.expr.Expr.Attribute;
import dev.vitrine.engine.function.AggregateFunctions;
import dev.vitrine.engine.types.DataType;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Aggregates of rows put together from those of groups of the rows, with the same result: count,
/// min, max, sums of whole numbers and decimals.
final class PartialAggregates {
    private PartialAggregates() {}

    /// The aggregates in expressions, each once.
    static Set<AggregateCall> calls(List<Expr> exprs) {
        Set<AggregateCall> calls = new LinkedHashSet<>();
        for (Expr expr : exprs) {
            expr.forEach(e -> {
                if (e instanceof AggregateCall call) {
                    calls.add(call);
                }
            });
        }
        return calls;
    }

    /// Whether `call` is one of these.
    static boolean isOfParts(AggregateCall call) {
        AggregateFunction function = call.function();
        boolean exactSum =
                function == AggregateFunctions.SUM
                        && (call.type() instanceof DataType.Decimal
                                || call.type() == DataType.BIGINT);
        return isPlain(call)
                && (exactSum
                        || function == AggregateFunctions.COUNT
                        || function == AggregateFunctions.MIN
                        || function == AggregateFunctions.MAX);
    }

    /// Whether a call takes every row, and the same each time.
    static boolean isPlain(AggregateCall call) {
        return !call.distinct() && call.filter().isEmpty() && call.deterministic();
    }

    /// `call` put together from a column that holds it for each group.
    static Expr whole(AggregateCall call, Attribute part) {
        if (call.function() == AggregateFunctions.COUNT) {
            return new Expr.Coalesce(
                    List.of(
                            again(call, AggregateFunctions.SUM, List.of(part), DataType.BIGINT),
                            Expr.Literal.of(0L)),
                    DataType.BIGINT);
        }
        return again(call, call.function(), List.of(part), call.type());
    }

    /// Another call in the mode of `of`.
    static AggregateCall again(
            AggregateCall of,
            AggregateFunction function,
            List<? extends Expr> args,
            DataType type) {
        return new AggregateCall(
                function, List.copyOf(args), false, Optional.empty(), type, of.mode());
    }
}
