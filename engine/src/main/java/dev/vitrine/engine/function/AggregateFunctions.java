package dev.vitrine.engine.function;

import dev.vitrine.engine.error.EngineException;
import dev.vitrine.engine.error.ErrorCode;
import dev.vitrine.engine.expr.AggregateFunction;
import dev.vitrine.engine.expr.CallSite;
import dev.vitrine.engine.expr.EvalMode;
import dev.vitrine.engine.expr.Expr;
import dev.vitrine.engine.expr.NativeAggregate;
import dev.vitrine.engine.types.DataType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// Functions of the values of many rows.
public final class AggregateFunctions {
    private static final String G = "aggregate";

    public static final AggregateFunction COUNT =
            new BoxedAggregate(
                            "count",
                            site -> List.of(DataType.BIGINT),
                            site -> new CountAccumulator())
                    .compiledAs(NativeAggregate.COUNT, site -> site.argTypes().size() <= 1)
                    .neverNull();
    public static final AggregateFunction SUM =
            new BoxedAggregate("sum", site -> List.of(site.type()), SumAccumulator::new)
                    .compiledAs(NativeAggregate.SUM, AggregateFunctions::wrapsOrThrows);
    public static final AggregateFunction AVG =
            new BoxedAggregate(
                            "avg",
                            site ->
                                    List.of(
                                            averageSum(site.argTypes().getFirst()),
                                            DataType.BIGINT),
                            site ->
                                    new AverageAccumulator(
                                            site, averageSum(site.argTypes().getFirst())))
                    .compiledAs(NativeAggregate.AVG, AggregateFunctions::wrapsOrThrows);
    public static final AggregateFunction MIN =
            new BoxedAggregate(
                            "min", site -> List.of(site.type()), site -> new ExtremeAccumulator(-1))
                    .compiledAs(NativeAggregate.MIN, site -> !site.type().isNested())
                    .idempotent();
    public static final AggregateFunction MAX =
            new BoxedAggregate(
                            "max", site -> List.of(site.type()), site -> new ExtremeAccumulator(1))
                    .compiledAs(NativeAggregate.MAX, site -> !site.type().isNested())
                    .idempotent();

    static final AggregateFunction FIRST = pick("first", PickAccumulator.Choice.FIRST, false);
    static final AggregateFunction FIRST_NOT_NULL =
            pick("first", PickAccumulator.Choice.FIRST, true);
    static final AggregateFunction LAST = pick("last", PickAccumulator.Choice.LAST, false);
    static final AggregateFunction LAST_NOT_NULL = pick("last", PickAccumulator.Choice.LAST, true);
    private static final AggregateFunction MAX_BY = best("max_by", 1);
    private static final AggregateFunction MIN_BY = best("min_by", -1);

    private AggregateFunctions() {}

    /// Compiled sums either throw or wrap around; they know no NULL for an overflow.
    private static boolean wrapsOrThrows(CallSite site) {
        return site.type().isNumeric() && site.mode() != EvalMode.TRY;
    }

    private static AggregateFunction pick(
            String name, PickAccumulator.Choice choice, boolean skipsNulls) {
        return new BoxedAggregate(
                name,
                site -> List.of(DataType.BOOLEAN, site.type()),
                site -> new PickAccumulator(choice, skipsNulls));
    }

    /// The value of the first row.
    public static Expr first(Expr value) {
        return new Expr.AggregateCall(
                FIRST, List.of(value), false, Optional.empty(), value.type(), EvalMode.ANSI);
    }

    /// The value where another one is greatest or least.
    ///
    /// @param args the value, and what is compared
    public static Expr extremeBy(
            boolean greatest, List<Expr> args, Optional<Expr> filter, EvalMode mode) {
        return new Expr.AggregateCall(
                greatest ? MAX_BY : MIN_BY, args, false, filter, args.getFirst().type(), mode);
    }

    /// A call of an aggregate with the DISTINCT and FILTER of the call as written.
    static Expr.AggregateCall call(
            AggregateFunction function, List<Expr> args, DataType type, FunctionCall from) {
        return new Expr.AggregateCall(
                function, args, from.distinct(), from.filter(), type, from.mode());
    }

    static DataType averageSum(DataType arg) {
        return arg instanceof DataType.Decimal(int p, int s)
                ? new DataType.Decimal(Math.min(p + 10, DataType.Decimal.MAX_PRECISION), s)
                : DataType.DOUBLE;
    }

    private static DataType sumType(DataType arg) {
        return switch (arg) {
            case DataType.Decimal(int p, int s) -> new DataType.Decimal(Math.min(p + 10, 38), s);
            case DataType.YearMonthInterval i -> i;
            case DataType.DayTimeInterval i -> i;
            default -> arg.isIntegral() ? DataType.BIGINT : DataType.DOUBLE;
        };
    }

    private static DataType averageType(DataType arg) {
        return arg instanceof DataType.Decimal(int p, int s)
                ? new DataType.Decimal(Math.min(p + 4, 38), Math.min(s + 4, 38))
                : DataType.DOUBLE;
    }

    static FunctionEntry entry(String signature, String doc, FunctionEntry.Resolver resolver) {
        String name = signature.substring(0, signature.indexOf('('));
        return new FunctionEntry(
                name, List.of(), FunctionKind.AGGREGATE, G, signature, doc, "", "", resolver);
    }

    static List<FunctionEntry> entries() {
        List<FunctionEntry> all = new ArrayList<>(basic());
        all.addAll(picking());
        all.addAll(StatisticalAggregates.entries());
        all.addAll(PercentileAggregates.entries());
        all.addAll(CollectingAggregates.entries());
        all.addAll(OrderedAggregates.entries());
        all.addAll(BitAggregates.entries());
        return all;
    }

    private static List<FunctionEntry> basic() {
        return List.of(
                entry(
                        "count(* | x, …)",
                        "Number of rows, or of rows whose arguments are not NULL.",
                        AggregateFunctions::count),
                entry(
                        "count_if(condition)",
                        "Number of rows for which the condition holds.",
                        AggregateFunctions::countIf),
                entry("sum(x)", "Sum of the values that are not NULL.", AggregateFunctions::sum),
                entry(
                        "try_sum(x)",
                        "sum with NULL instead of an overflow error.",
                        call -> sum(call.withMode(EvalMode.TRY))),
                entry(
                                "avg(x)",
                                "Mean of the values that are not NULL.",
                                AggregateFunctions::average)
                        .alsoNamed("mean"),
                entry(
                        "try_avg(x)",
                        "avg with NULL instead of an overflow error.",
                        call -> average(call.withMode(EvalMode.TRY))),
                entry("min(x)", "Smallest value.", call -> ordered(MIN, call)),
                entry("max(x)", "Largest value.", call -> ordered(MAX, call)),
                entry(
                                "bool_and(condition)",
                                "Whether the condition holds for all rows.",
                                call -> truth(MIN, call))
                        .alsoNamed("every"),
                entry(
                                "bool_or(condition)",
                                "Whether the condition holds for some row.",
                                call -> truth(MAX, call))
                        .alsoNamed("some", "any"));
    }

    private static Expr count(FunctionCall call) {
        boolean rows =
                !call.distinct()
                        && call.args().stream()
                                .allMatch(a -> a instanceof Expr.Literal l && !l.isNull());
        return call(COUNT, rows ? List.of() : call.args(), DataType.BIGINT, call);
    }

    private static Expr countIf(FunctionCall call) {
        Expr condition = call.arity(1, 1).as(0, ArgType.BOOLEAN);
        Expr none = Expr.Literal.nullOf(DataType.BOOLEAN);
        Expr marked =
                new Expr.Case(
                        List.of(new Expr.Case.Branch(condition, Expr.Literal.TRUE)),
                        none,
                        DataType.BOOLEAN);
        return call(COUNT, List.of(marked), DataType.BIGINT, call);
    }

    private static Expr sum(FunctionCall call) {
        call.arity(1, 1);
        boolean interval =
                call.type(0) instanceof DataType.YearMonthInterval
                        || call.type(0) instanceof DataType.DayTimeInterval;
        Expr arg = interval ? call.arg(0) : number(call);
        return call(SUM, List.of(arg), sumType(arg.type()), call);
    }

    private static Expr average(FunctionCall call) {
        Expr arg = number(call.arity(1, 1));
        return call(AVG, List.of(arg), averageType(arg.type()), call);
    }

    private static Expr number(FunctionCall call) {
        return call.type(0) == DataType.STRING
                ? CommonTypes.cast(call.arg(0), DataType.DOUBLE, call.mode())
                : call.as(0, ArgType.NUMERIC);
    }

    private static Expr ordered(AggregateFunction function, FunctionCall call) {
        call.arity(1, 1);
        if (!call.type(0).isOrderable()) {
            throw new EngineException(
                    ErrorCode.DATATYPE_MISMATCH__INVALID_ORDERING_TYPE,
                    Map.of(
                            "functionName", "`" + call.name() + "`",
                            "dataType", "\"" + call.type(0).sql() + "\""),
                    call.where());
        }
        return call(function, call.args(), call.type(0), call);
    }

    private static Expr truth(AggregateFunction function, FunctionCall call) {
        Expr condition = call.arity(1, 1).as(0, ArgType.BOOLEAN);
        return call(function, List.of(condition), DataType.BOOLEAN, call);
    }

    private static List<FunctionEntry> picking() {
        return List.of(
                picker(
                                "first(x[, ignoreNulls])",
                                "The value of the first row, or the first that is not NULL.",
                                FIRST,
                                FIRST_NOT_NULL)
                        .alsoNamed("first_value"),
                picker(
                        "any_value(x[, ignoreNulls])",
                        "The value of some row.",
                        FIRST,
                        FIRST_NOT_NULL),
                picker(
                                "last(x[, ignoreNulls])",
                                "The value of the last row, or the last that is not NULL.",
                                LAST,
                                LAST_NOT_NULL)
                        .alsoNamed("last_value"),
                entry(
                        "max_by(x, y)",
                        "The x of the row with the largest y.",
                        call -> by(MAX_BY, call)),
                entry(
                        "min_by(x, y)",
                        "The x of the row with the smallest y.",
                        call -> by(MIN_BY, call)));
    }

    private static FunctionEntry picker(
            String signature, String doc, AggregateFunction all, AggregateFunction notNull) {
        return entry(
                signature,
                doc,
                call -> {
                    call.arity(1, 2);
                    boolean skips = call.size() > 1 && call.arg(1).equals(Expr.Literal.TRUE);
                    return call(skips ? notNull : all, List.of(call.arg(0)), call.type(0), call);
                });
    }

    private static AggregateFunction best(String name, int sign) {
        return new BoxedAggregate(name, site -> site.argTypes(), site -> new BestAccumulator(sign));
    }

    private static Expr by(AggregateFunction function, FunctionCall call) {
        call.arity(2, 2);
        return call(function, call.args(), call.type(0), call);
    }

    static FunctionEntry aggregate(
            String signature,
            String doc,
            List<ArgType> args,
            Function<FunctionCall, DataType> type,
            AggregateFunction function) {
        return entry(
                signature,
                doc,
                call -> {
                    call.arity(args.size(), args.size());
                    List<Expr> cast = new ArrayList<>();
                    for (int i = 0; i < args.size(); i++) {
                        cast.add(call.as(i, args.get(i)));
                    }
                    FunctionCall ready = call.withArgs(cast);
                    return call(function, cast, type.apply(ready), ready);
                });
    }
}
