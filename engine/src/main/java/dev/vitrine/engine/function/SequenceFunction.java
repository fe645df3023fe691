package dev.vitrine.engine.function;

import static dev.vitrine.engine.function.ScalarDefinition.define;

import dev.vitrine.engine.error.EngineException;
import dev.vitrine.engine.error.ErrorCode;
import dev.vitrine.engine.expr.CallSite;
import dev.vitrine.engine.expr.Expr;
import dev.vitrine.engine.types.DataType;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// sequence: numbers or times from a start to a stop.
final class SequenceFunction {
    private static final long MICROS_PER_DAY = 86_400_000_000L;
    private static final DataType DAYS =
            new DataType.DayTimeInterval(DataType.DayTimeField.DAY, DataType.DayTimeField.DAY);

    private SequenceFunction() {}

    static List<FunctionEntry> entries() {
        return List.of(
                define(
                                "array",
                                "sequence(start, stop[, step])",
                                "Numbers, dates or times from start to stop, both included.",
                                "sequence(1, 5)",
                                "[1,2,3,4,5]")
                        .takes(ArgType.ANY, ArgType.ANY)
                        .maybe(ArgType.ANY)
                        .prepared(SequenceFunction::prepared)
                        .returns(call -> new DataType.Array(call.type(0), false))
                        .fails()
                        .computedBy((a, s) ->
                                s.argTypes().getFirst().isIntegral()
                                        ? numbers(a, s)
                                        : times(a, s)));
    }

    private static FunctionCall prepared(FunctionCall call) {
        Optional<DataType> ends = ArrayFunctions.alike(call.type(0), call.type(1));
        if (ends.isEmpty()) {
            throw wrongTypes(call);
        }
        DataType type = ends.get() == DataType.NULL ? DataType.INT : ends.get();
        List<Expr> args = new ArrayList<>();
        if (type.isIntegral()) {
            for (Expr arg : call.args()) {
                if (!arg.type().isIntegral() && arg.type() != DataType.NULL) {
                    throw wrongTypes(call);
                }
                type = CommonTypes.of(type, arg.type()).orElse(type);
            }
            for (Expr arg : call.args()) {
                args.add(CommonTypes.cast(arg, type, call.mode()));
            }
            return call.withArgs(args);
        }
        boolean steps =
                call.size() < 3
                        || call.type(2) instanceof DataType.DayTimeInterval
                        || call.type(2) instanceof DataType.YearMonthInterval;
        if (!CommonTypes.isDateTime(type) || !steps) {
            throw wrongTypes(call);
        }
        args.add(CommonTypes.cast(call.arg(0), type, call.mode()));
        args.add(CommonTypes.cast(call.arg(1), type, call.mode()));
        if (call.size() > 2) {
            args.add(call.arg(2));
        }
        return call.withArgs(args);
    }

    private static EngineException wrongTypes(FunctionCall call) {
        return new EngineException(
                ErrorCode.DATATYPE_MISMATCH__SEQUENCE_WRONG_INPUT_TYPES,
                Map.of("functionName", "`sequence`"),
                call.where());
    }

    private static Object numbers(@Nullable Object[] args, CallSite site) {
        long start = number(args[0]);
        long stop = number(args[1]);
        long step = args.length > 2 ? number(args[2]) : start <= stop ? 1 : -1;
        checkDirection(start, stop, step);
        DataType element = ((DataType.Array) site.type()).element();
        List<Object> list = new ArrayList<>();
        if (step == 0) {
            list.add(NumberOperations.box(start, element));
            return list;
        }
        ArrayFunctions.checkSize(
                "sequence",
                java.math.BigInteger.valueOf(stop)
                        .subtract(java.math.BigInteger.valueOf(start))
                        .divide(java.math.BigInteger.valueOf(step))
                        .min(java.math.BigInteger.valueOf(Long.MAX_VALUE))
                        .longValue());
        long n = start;
        while (step > 0 ? n <= stop : n >= stop) {
            list.add(NumberOperations.box(n, element));
            long next = n + step;
            if (step > 0 != next > n) {
                break;
            }
            n = next;
        }
        return list;
    }

    private static long number(@Nullable Object value) {
        return value instanceof Number n ? n.longValue() : 0;
    }

    private static void checkDirection(long start, long stop, long step) {
        boolean fits = step > 0 ? start <= stop : step < 0 ? start >= stop : start == stop;
        if (!fits) {
            throw new EngineException(
                    ErrorCode.INVALID_PARAMETER_VALUE,
                    Map.of(
                            "functionName",
                            "`sequence`",
                            "parameter",
                            "`step`",
                            "invalidValue",
                            step,
                            "expected",
                            "a step from start towards stop"));
        }
    }

    /// Every element is counted from the start, so that months of different lengths add up.
    private static Object times(@Nullable Object[] args, CallSite site) {
        boolean dates = site.argTypes().getFirst() == DataType.DATE;
        ZoneId zone =
                site.argTypes().getFirst() == DataType.TIMESTAMP ? site.zone() : ZoneOffset.UTC;
        long unit = dates ? MICROS_PER_DAY : 1;
        long start = number(args[0]) * unit;
        long stop = number(args[1]) * unit;
        boolean months = args.length > 2 && args[2] instanceof Integer;
        long step =
                args.length > 2
                        ? number(args[2])
                        : start <= stop ? MICROS_PER_DAY : -MICROS_PER_DAY;
        boolean fixed = months || args.length > 2 && !site.argTypes().get(2).equals(DAYS);
        checkDirection(start, stop, step);
        List<Object> list = new ArrayList<>();
        if (step == 0) {
            list.add(dates ? (Object) (int) (start / unit) : (Object) start);
            return list;
        }
        ArrayFunctions.checkSize(
                "sequence", (stop - start) / (months ? step * 28 * MICROS_PER_DAY : step));
        LocalDateTime first = DateTimeText.toLocal(start, zone);
        for (long i = 0; ; i++) {
            long at =
                    months
                            ? DateTimeText.toMicros(first.plusMonths(i * step), zone)
                            : fixed
                                    ? start + i * step
                                    : DateTimeText.toMicros(
                                            first.plusDays(i * step / MICROS_PER_DAY), zone);
            if (step > 0 ? at > stop : at < stop) {
                return list;
            }
            list.add(dates ? (Object) (int) Math.floorDiv(at, unit) : (Object) at);
        }
    }
}
