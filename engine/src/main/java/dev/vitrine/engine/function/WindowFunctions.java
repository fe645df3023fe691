package dev.vitrine.engine.function;

import dev.vitrine.engine.expr.AggregateFunction;
import dev.vitrine.engine.expr.Expr;
import dev.vitrine.engine.expr.PositionFunction;
import dev.vitrine.engine.types.DataType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Functions that only windows have.
public final class WindowFunctions {
    private WindowFunctions() {}

    static List<FunctionEntry> entries() {
        return List.of(
                rank("row_number()", "Number of the row in its partition, from 1.", DataType.INT),
                rank("rank()", "One more than the rows before all its peers.", DataType.INT),
                rank("dense_rank()", "Number of the row's group of peers, from 1.", DataType.INT),
                rank(
                        "percent_rank()",
                        "Share of the other rows that come before all its peers.",
                        DataType.DOUBLE),
                rank(
                        "cume_dist()",
                        "Share of the rows that do not come after its peers.",
                        DataType.DOUBLE),
                entry(
                        "ntile(n)",
                        "Number of the row's bucket, of n as equal as can be.",
                        WindowFunctions::buckets),
                entry(
                        "lag(x[, offset[, default]])",
                        "The value so many rows before.",
                        call -> neighbour(PositionFunction.LAG, call)),
                entry(
                        "lead(x[, offset[, default]])",
                        "The value so many rows behind.",
                        call -> neighbour(PositionFunction.LEAD, call)),
                entry(
                        "nth_value(x, n)",
                        "The value of the frame's n-th row.",
                        WindowFunctions::nth));
    }

    private static FunctionEntry entry(
            String signature, String doc, FunctionEntry.Resolver resolver) {
        String name = signature.substring(0, signature.indexOf('('));
        return new FunctionEntry(
                name, List.of(), FunctionKind.WINDOW, "window", signature, doc, "", "", resolver);
    }

    private static FunctionEntry rank(String signature, String doc, DataType type) {
        String name = signature.substring(0, signature.indexOf('('));
        PositionFunction function =
                PositionFunction.valueOf(name.toUpperCase(java.util.Locale.ROOT));
        return entry(
                signature,
                doc,
                call -> {
                    // Hive's way of writing rank(x) is understood, as Spark does.
                    boolean hive = name.endsWith("rank");
                    call.arity(0, hive ? Integer.MAX_VALUE : 0);
                    return new Expr.PositionCall(function, List.of(), false, type);
                });
    }

    private static Expr buckets(FunctionCall call) {
        call.arity(0, 1);
        long n = call.size() == 0 ? 1 : positive(call, 0, "buckets");
        return new Expr.PositionCall(
                PositionFunction.NTILE, List.of(Expr.Literal.of((int) n)), false, DataType.INT);
    }

    private static Expr nth(FunctionCall call) {
        call.arity(2, 2);
        long n = positive(call, 1, "offset");
        return new Expr.PositionCall(
                PositionFunction.NTH_VALUE,
                List.of(call.arg(0), Expr.Literal.of((int) n)),
                false,
                call.type(0));
    }

    private static long positive(FunctionCall call, int index, String name) {
        WithinGroup constants = WithinGroup.of(call);
        Object value = constants.constant(name, call.as(index, ArgType.INT));
        if (!(value instanceof Integer n)) {
            throw constants.unexpectedNull(name);
        }
        if (n <= 0) {
            throw call.outOfRange(name, "(0, 2147483647]", n);
        }
        return n;
    }

    private static Expr neighbour(PositionFunction function, FunctionCall call) {
        call.arity(1, 3);
        List<Expr> args = new ArrayList<>();
        Expr value = call.arg(0);
        @Nullable Expr otherwise = null;
        if (call.size() == 3) {
            List<Expr> common = call.withArgs(List.of(value, call.arg(2))).common();
            value = common.getFirst();
            otherwise = common.getLast();
        }
        args.add(value);
        int distance = 1;
        if (call.size() > 1) {
            WithinGroup constants = WithinGroup.of(call);
            Object constant = constants.constant("offset", call.as(1, ArgType.INT));
            if (!(constant instanceof Integer n)) {
                throw constants.unexpectedNull("offset");
            }
            distance = n;
        }
        args.add(Expr.Literal.of(distance));
        if (otherwise != null && !(otherwise instanceof Expr.Literal l && l.isNull())) {
            args.add(otherwise);
        }
        return new Expr.PositionCall(function, args, false, value.type());
    }

    /// The form over a window of an aggregate that only picks a row of the frame.
    public static Optional<Expr> picking(Expr.AggregateCall call) {
        AggregateFunction f = call.function();
        boolean first = f == AggregateFunctions.FIRST || f == AggregateFunctions.FIRST_NOT_NULL;
        boolean last = f == AggregateFunctions.LAST || f == AggregateFunctions.LAST_NOT_NULL;
        if (!first && !last) {
            return Optional.empty();
        }
        boolean skips =
                f == AggregateFunctions.FIRST_NOT_NULL || f == AggregateFunctions.LAST_NOT_NULL;
        return Optional.of(
                new Expr.PositionCall(
                        first ? PositionFunction.FIRST_VALUE : PositionFunction.LAST_VALUE,
                        call.args(),
                        skips,
                        call.type()));
    }
}
