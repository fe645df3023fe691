package dev.vitrine.engine.function;

import static dev.vitrine.engine.function.ScalarDefinition.define;

import dev.vitrine.engine.expr.EvalMode;
import dev.vitrine.engine.expr.Expr;
import dev.vitrine.engine.types.DataType;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// `+ - * /` where one side is a date, a timestamp or an interval.
final class IntervalOperators {
    private static final String G = "date";
    private static final DataType DAYS =
            new DataType.DayTimeInterval(DataType.DayTimeField.DAY, DataType.DayTimeField.DAY);
    private static final DataType DAY_TO_SECOND =
            new DataType.DayTimeInterval(DataType.DayTimeField.DAY, DataType.DayTimeField.SECOND);
    private static final DataType YEAR_TO_MONTH =
            new DataType.YearMonthInterval(
                    DataType.YearMonthField.YEAR, DataType.YearMonthField.MONTH);
    private static final DataType MONTHS =
            new DataType.YearMonthInterval(
                    DataType.YearMonthField.MONTH, DataType.YearMonthField.MONTH);
    private static final long MICROS_PER_DAY = 86_400_000_000L;

    private static final FunctionEntry DATE_PLUS_DAYS =
            define(G, "date_add_interval(date, interval)", "", "", "")
                    .takes(ArgType.DATE, ArgType.ANY)
                    .java("($0 + (int) ($1 / " + MICROS_PER_DAY + "L))")
                    .computedBy((a, s) -> (Integer) a[0] + (int) ((Long) a[1] / MICROS_PER_DAY));
    private static final FunctionEntry TIMESTAMP_PLUS_MONTHS =
            define(G, "timestamp_add_months(timestamp, interval)", "", "", "")
                    .takes(ArgType.ANY, ArgType.ANY)
                    .computedBy((a, s) -> {
                        var zone =
                                s.type() == DataType.TIMESTAMP
                                        ? s.zone()
                                        : java.time.ZoneOffset.UTC;
                        return DateTimeText.toMicros(
                                DateTimeText.toLocal((Long) a[0], zone).plusMonths((Integer) a[1]),
                                zone);
                    });
    private static final FunctionEntry PLUS_MICROS =
            define(G, "timestamp_add_interval(timestamp, interval)", "", "", "")
                    .takes(ArgType.ANY, ArgType.ANY)
                    .fails()
                    .computedBy((a, s) -> exact(() -> Math.addExact((Long) a[0], (Long) a[1])));
    private static final FunctionEntry MICROS_BETWEEN =
            define(G, "subtract_timestamps(end, start)", "", "", "")
                    .takes(ArgType.ANY, ArgType.ANY)
                    .returns(DAY_TO_SECOND)
                    .computedBy((a, s) -> (Long) a[0] - (Long) a[1]);
    private static final FunctionEntry DAYS_BETWEEN =
            define(G, "subtract_dates(end, start)", "", "", "")
                    .takes(ArgType.DATE, ArgType.DATE)
                    .returns(DAYS)
                    .java("(($0 - $1) * " + MICROS_PER_DAY + "L)")
                    .computedBy((a, s) -> ((Integer) a[0] - (Integer) a[1]) * MICROS_PER_DAY);
    private static final FunctionEntry MONTHS_PLUS_MONTHS =
            define(G, "interval_add(a, b)", "", "", "")
                    .takes(ArgType.ANY, ArgType.ANY)
                    .fails()
                    .computedBy(
                            (a, s) -> exact(() -> Math.addExact((Integer) a[0], (Integer) a[1])));
    private static final FunctionEntry NEGATED =
            define(G, "interval_negate(interval)", "", "", "")
                    .takes(ArgType.ANY)
                    .fails()
                    .computedBy((a, s) ->
                            a[0] instanceof Integer months
                                    ? exact(() -> Math.negateExact(months))
                                    : exact(() -> Math.negateExact((Long) a[0])));
    private static final FunctionEntry MULTIPLIED =
            define(G, "multiply_interval(interval, number)", "", "", "")
                    .takes(ArgType.ANY, ArgType.ANY)
                    .returns(call ->
                            call.type(0) instanceof DataType.YearMonthInterval
                                    ? YEAR_TO_MONTH
                                    : DAY_TO_SECOND)
                    .fails()
                    .computedBy((a, s) -> scaled(a[0], decimal(a[1]).multiply(decimal(a[0]))));
    private static final FunctionEntry FIELD =
            define(G, "extract_interval(unit, interval)", "", "", "")
                    .takes(ArgType.ANY, ArgType.ANY)
                    .returns(DataType.INT)
                    .computedBy((a, s) -> part((String) a[0], a[1]));

    private IntervalOperators() {}

    /// The expression for `call` where it is about dates and intervals, or empty.
    static Optional<Expr> resolve(FunctionCall call) {
        DataType left = call.type(0);
        if (call.size() == 1) {
            return isInterval(left) && call.name().equals("-")
                    ? Optional.of(made(NEGATED, call, call.arg(0)))
                    : Optional.empty();
        }
        DataType right = call.type(1);
        if (!isInterval(left)
                && !isInterval(right)
                && !CommonTypes.isDateTime(left)
                && !CommonTypes.isDateTime(right)) {
            return Optional.empty();
        }
        return switch (call.name()) {
            case "+" ->
                    plus(call, call.arg(0), call.arg(1))
                            .or(() -> plus(call, call.arg(1), call.arg(0)));
            case "-" -> minus(call);
            case "*" ->
                    isInterval(left) && right.isNumeric()
                            ? Optional.of(made(MULTIPLIED, call, call.arg(0), call.arg(1)))
                            : isInterval(right) && left.isNumeric()
                                    ? Optional.of(made(MULTIPLIED, call, call.arg(1), call.arg(0)))
                                    : Optional.empty();
            default -> Optional.empty();
        };
    }

    private static Optional<Expr> plus(FunctionCall call, Expr left, Expr right) {
        DataType with = right.type();
        return switch (left.type()) {
            case DataType.Simple.DATE -> datePlus(call, left, right);
            case DataType.Simple.TIMESTAMP, DataType.Simple.TIMESTAMP_NTZ ->
                    switch (with) {
                        case DataType.YearMonthInterval i ->
                                Optional.of(made(TIMESTAMP_PLUS_MONTHS, call, left, right));
                        case DataType.DayTimeInterval i ->
                                Optional.of(made(PLUS_MICROS, call, left, right));
                        default -> Optional.empty();
                    };
            case DataType.YearMonthInterval i when with instanceof DataType.YearMonthInterval ->
                    Optional.of(sum(MONTHS_PLUS_MONTHS, call, left, right));
            case DataType.DayTimeInterval i when with instanceof DataType.DayTimeInterval ->
                    Optional.of(sum(PLUS_MICROS, call, left, right));
            default -> Optional.empty();
        };
    }

    private static Optional<Expr> datePlus(FunctionCall call, Expr date, Expr right) {
        return switch (right.type()) {
            case DataType.YearMonthInterval i -> {
                Expr months = new Expr.Cast(right, MONTHS, EvalMode.LEGACY);
                Expr number = new Expr.Cast(months, DataType.INT, EvalMode.LEGACY);
                yield Optional.of(
                        FunctionRegistry.builtin()
                                .resolve("add_months", call.withArgs(List.of(date, number))));
            }
            case DataType.DayTimeInterval days when days.equals(DAYS) ->
                    Optional.of(made(DATE_PLUS_DAYS, call, date, right));
            case DataType.DayTimeInterval other -> {
                Expr start = CommonTypes.cast(date, DataType.TIMESTAMP, call.mode());
                yield Optional.of(made(PLUS_MICROS, call, start, right));
            }
            case DataType.Simple simple when simple.isIntegral() && simple != DataType.BIGINT ->
                    Optional.of(
                            FunctionRegistry.builtin()
                                    .resolve("date_add", call.withArgs(List.of(date, right))));
            default -> Optional.empty();
        };
    }

    private static Optional<Expr> minus(FunctionCall call) {
        Expr left = call.arg(0);
        Expr right = call.arg(1);
        if (isInterval(right.type())) {
            return plus(call, left, made(NEGATED, call, right));
        }
        if (left.type() == DataType.DATE && right.type().isIntegral()) {
            return Optional.of(FunctionRegistry.builtin().resolve("date_sub", call));
        }
        if (left.type().isTimestamp() || right.type().isTimestamp()) {
            return CommonTypes.of(call.args())
                    .filter(DataType::isTimestamp)
                    .map(type ->
                            made(
                                    MICROS_BETWEEN,
                                    call,
                                    CommonTypes.cast(left, type, call.mode()),
                                    CommonTypes.cast(right, type, call.mode())));
        }
        boolean dates = CommonTypes.of(call.args()).equals(Optional.of(DataType.DATE));
        return dates ? Optional.of(made(DAYS_BETWEEN, call, left, right)) : Optional.empty();
    }

    /// A field of an interval, as extract gives it.
    static Expr field(String unit, FunctionCall call) {
        return made(FIELD, call, Expr.Literal.of(unit), call.arg(0));
    }

    private static Expr made(FunctionEntry entry, FunctionCall call, Expr... args) {
        return entry.resolver().resolve(call.withArgs(List.of(args)));
    }

    private static Expr sum(FunctionEntry entry, FunctionCall call, Expr left, Expr right) {
        DataType type = CommonTypes.of(left.type(), right.type()).orElse(left.type());
        Expr sum = made(entry, call, left, right);
        return sum instanceof Expr.Call(var function, var args, var t, var mode)
                ? new Expr.Call(function, args, type, mode)
                : sum;
    }

    private static boolean isInterval(DataType type) {
        return type instanceof DataType.YearMonthInterval
                || type instanceof DataType.DayTimeInterval;
    }

    private static BigDecimal decimal(@Nullable Object number) {
        return switch (number) {
            case BigDecimal d -> d;
            case Double d -> BigDecimal.valueOf(d);
            case Float f -> BigDecimal.valueOf(f);
            case Number n -> BigDecimal.valueOf(n.longValue());
            case null, default -> BigDecimal.ZERO;
        };
    }

    private static Object scaled(@Nullable Object interval, BigDecimal product) {
        BigDecimal whole = product.setScale(0, RoundingMode.HALF_UP);
        return interval instanceof Integer
                ? exact(whole::intValueExact)
                : exact(whole::longValueExact);
    }

    private static int part(String unit, @Nullable Object interval) {
        if (interval instanceof Integer months) {
            return unit.equals("year") ? months / 12 : months % 12;
        }
        long micros = interval instanceof Long value ? value : 0;
        return (int)
                switch (unit) {
                    case "day" -> micros / MICROS_PER_DAY;
                    case "hour" -> micros / 3_600_000_000L % 24;
                    case "minute" -> micros / 60_000_000L % 60;
                    default -> micros / 1_000_000L % 60;
                };
    }

    private static Object exact(java.util.function.Supplier<Object> computation) {
        try {
            return computation.get();
        } catch (ArithmeticException e) {
            throw NumberOperations.overflow("interval overflow");
        }
    }
}
