package dev.vitrine.engine.function;

import static dev.vitrine.engine.function.ScalarDefinition.define;

import dev.vitrine.engine.error.EngineException;
import dev.vitrine.engine.error.ErrorCode;
import dev.vitrine.engine.expr.EvalMode;
import dev.vitrine.engine.expr.Expr;
import dev.vitrine.engine.settings.Settings;
import dev.vitrine.engine.types.DataType;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// `+ - * /` where one side is a date, a timestamp or an interval.
final class IntervalOperators {
    private static final String G = "date";
    private static final DataType DAYS =
            new DataType.DayTimeInterval(DataType.DayTimeField.DAY, DataType.DayTimeField.DAY);
    static final DataType DAY_TO_SECOND =
            new DataType.DayTimeInterval(DataType.DayTimeField.DAY, DataType.DayTimeField.SECOND);
    static final DataType YEAR_TO_MONTH =
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
                    .computedBy((a, s) ->
                            exact(s.mode(), () -> Math.addExact((Long) a[0], (Long) a[1])));
    private static final FunctionEntry MICROS_BETWEEN =
            define(G, "subtract_timestamps(end, start)", "", "", "")
                    .takes(ArgType.ANY, ArgType.ANY)
                    .returns(DAY_TO_SECOND)
                    .computedBy((a, s) -> {
                        var zone = DateTimeFunctions.zone(s.argTypes().getFirst(), s.zone());
                        return ChronoUnit.MICROS.between(
                                DateTimeText.toLocal((Long) a[1], zone),
                                DateTimeText.toLocal((Long) a[0], zone));
                    });
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
                    .computedBy((a, s) ->
                            exact(s.mode(), () -> Math.addExact((Integer) a[0], (Integer) a[1])));
    static final FunctionEntry NEGATED =
            define(G, "interval_negate(interval)", "", "", "")
                    .takes(ArgType.ANY)
                    .fails()
                    .computedBy((a, s) ->
                            a[0] instanceof Integer months
                                    ? exact(s.mode(), () -> Math.negateExact(months))
                                    : exact(s.mode(), () -> Math.negateExact((Long) a[0])));
    private static final FunctionEntry MULTIPLIED =
            define(G, "multiply_interval(interval, number)", "", "", "")
                    .takes(ArgType.ANY, ArgType.NUMERIC)
                    .returns(IntervalOperators::whole)
                    .fails()
                    .computedBy((a, s) ->
                            isFinite(a[1])
                                    ? scaled(s.mode(), a[0], decimal(a[1]).multiply(decimal(a[0])))
                                    : exact(s.mode(), IntervalOperators::infinite));
    private static final FunctionEntry DIVIDED =
            define(G, "divide_interval(interval, number)", "", "", "")
                    .takes(ArgType.ANY, ArgType.NUMERIC)
                    .returns(IntervalOperators::whole)
                    .fails()
                    .computedBy((a, s) -> divided(s.mode(), a[0], a[1]));

    private IntervalOperators() {}

    /// The expression for `call` where it is about dates and intervals, or empty.
    static Optional<Expr> resolve(FunctionCall call) {
        Optional<Expr> calendar =
                CalendarIntervals.resolve(
                        call, call.settings().getBoolean(Settings.LEGACY_INTERVALS));
        if (calendar.isPresent()) {
            return calendar;
        }
        DataType left = call.type(0);
        if (call.size() == 1) {
            return isInterval(left) && call.name().equals("-")
                    ? Optional.of(made(NEGATED, call, call.arg(0)))
                    : Optional.empty();
        }
        DataType right = call.type(1);
        if (left instanceof DataType.Time || right instanceof DataType.Time) {
            return TimeFunctions.resolve(call);
        }
        if (!isInterval(left)
                && !isInterval(right)
                && !CommonTypes.isDateTime(left)
                && !CommonTypes.isDateTime(right)) {
            return Optional.empty();
        }
        boolean none = left == DataType.NULL || right == DataType.NULL;
        boolean adds = call.name().equals("+") || call.name().equals("-");
        if (none && adds && (isInterval(left) || isInterval(right))) {
            return Optional.of(Expr.Literal.nullOf(isInterval(left) ? left : right));
        }
        return switch (call.name()) {
            case "+" ->
                    plus(call, call.arg(0), call.arg(1))
                            .or(() -> plus(call, call.arg(1), call.arg(0)));
            case "-" -> minus(call);
            case "*" ->
                    isInterval(left) && scales(right)
                            ? Optional.of(made(MULTIPLIED, call, call.arg(0), call.arg(1)))
                            : isInterval(right) && scales(left)
                                    ? Optional.of(made(MULTIPLIED, call, call.arg(1), call.arg(0)))
                                    : Optional.empty();
            case "/" ->
                    isInterval(left) && scales(right)
                            ? Optional.of(made(DIVIDED, call, call.arg(0), call.arg(1)))
                            : Optional.empty();
            default -> Optional.empty();
        };
    }

    /// The sum, where the left side is what something is added to.
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
            case DataType.Simple text when text == DataType.STRING && isInterval(with) ->
                    plus(call, CommonTypes.cast(left, DataType.TIMESTAMP, call.mode()), right)
                            .map(sum -> CommonTypes.cast(sum, DataType.STRING, call.mode()));
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
            case DataType.Simple simple when simple == DataType.NULL ->
                    Optional.of(Expr.Literal.nullOf(DataType.DATE));
            case DataType.Simple simple when simple.isIntegral() ->
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
        boolean times = left.type().isTimestamp() || right.type().isTimestamp();
        boolean readsText =
                left.type() == DataType.STRING && times || right.type() == DataType.STRING;
        if (readsText && call.mode() == EvalMode.LEGACY) {
            int text = left.type() == DataType.STRING ? 0 : 1;
            throw call.unexpected(text, times ? "TIMESTAMP" : "DATE");
        }
        if (times) {
            return CommonTypes.of(call.args())
                    .filter(DataType::isTimestamp)
                    .map(type ->
                            made(
                                    MICROS_BETWEEN,
                                    call,
                                    CommonTypes.cast(left, type, call.mode()),
                                    CommonTypes.cast(right, type, call.mode())));
        }
        if (CommonTypes.of(call.args()).equals(Optional.of(DataType.DATE))
                && left.type() == DataType.DATE
                && right.type() == DataType.NULL) {
            return Optional.of(Expr.Literal.nullOf(DataType.DATE));
        }
        if (left.type() == DataType.DATE && right.type().isIntegral()) {
            return Optional.of(FunctionRegistry.builtin().resolve("date_sub", call));
        }
        boolean dates = CommonTypes.of(call.args()).equals(Optional.of(DataType.DATE));
        return dates ? Optional.of(made(DAYS_BETWEEN, call, left, right)) : Optional.empty();
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

    private static boolean scales(DataType type) {
        return type.isNumeric() || type == DataType.STRING || type == DataType.NULL;
    }

    static boolean isInterval(DataType type) {
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

    private static final FunctionEntry AMOUNT =
            define(G, "interval_amount(interval)", "", "", "")
                    .takes(ArgType.ANY)
                    .returns(DataType.DOUBLE)
                    .computedBy((a, s) -> ((Number) a[0]).doubleValue());

    /// An interval as a number of months or microseconds.
    static Expr amount(FunctionCall call, Expr interval) {
        return made(AMOUNT, call, interval);
    }

    static @Nullable Object negated(Object interval, EvalMode mode, boolean onlyBelowZero) {
        if (onlyBelowZero && ((Number) interval).longValue() >= 0) {
            return interval;
        }
        return interval instanceof Integer months
                ? exact(mode, () -> Math.negateExact(months))
                : exact(mode, () -> Math.negateExact((Long) interval));
    }

    private static DataType whole(FunctionCall call) {
        return call.type(0) instanceof DataType.YearMonthInterval ? YEAR_TO_MONTH : DAY_TO_SECOND;
    }

    private static boolean isFinite(@Nullable Object number) {
        return !(number instanceof Double d && !Double.isFinite(d))
                && !(number instanceof Float f && !Float.isFinite(f));
    }

    private static Object infinite() {
        throw new ArithmeticException("infinite");
    }

    private static @Nullable Object scaled(
            EvalMode mode, @Nullable Object interval, BigDecimal product) {
        BigDecimal whole = product.setScale(0, RoundingMode.HALF_UP);
        return interval instanceof Integer
                ? exact(mode, whole::intValueExact)
                : exact(mode, whole::longValueExact);
    }

    private static @Nullable Object divided(
            EvalMode mode, @Nullable Object interval, @Nullable Object divisor) {
        if (!isFinite(divisor)) {
            return exact(mode, IntervalOperators::infinite);
        }
        BigDecimal number = decimal(divisor);
        if (number.signum() == 0) {
            if (mode == EvalMode.TRY) {
                return null;
            }
            throw new EngineException(ErrorCode.INTERVAL_DIVIDED_BY_ZERO, Map.of());
        }
        BigDecimal quotient = decimal(interval).divide(number, 0, RoundingMode.HALF_UP);
        return scaled(mode, interval, quotient);
    }

    private static @Nullable Object exact(
            EvalMode mode, java.util.function.Supplier<Object> computation) {
        try {
            return computation.get();
        } catch (ArithmeticException e) {
            if (mode == EvalMode.TRY) {
                return null;
            }
            throw overflow(e);
        }
    }

    static EngineException overflow(ArithmeticException cause) {
        return new EngineException(
                ErrorCode.INTERVAL_ARITHMETIC_OVERFLOW__WITHOUT_SUGGESTION, Map.of(), null, cause);
    }
}
