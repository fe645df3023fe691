package dev.vitrine.engine.function;

import static dev.vitrine.engine.function.ScalarDefinition.define;

import dev.vitrine.engine.error.EngineException;
import dev.vitrine.engine.error.ErrorCode;
import dev.vitrine.engine.expr.CallSite;
import dev.vitrine.engine.expr.EvalMode;
import dev.vitrine.engine.expr.Expr;
import dev.vitrine.engine.types.DataType;
import dev.vitrine.engine.types.Values;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// Functions of times of day, which are microseconds since midnight.
final class TimeFunctions {
    private static final String G = "date";
    private static final ArgType TIME =
            new ArgType.Family(
                    "TIME",
                    type -> type instanceof DataType.Time,
                    Optional.of(DataType.Time.DEFAULT));
    private static final ArgType SECONDS = new ArgType.Exact(new DataType.Decimal(16, 6));
    private static final DataType SINCE_MIDNIGHT = new DataType.Decimal(14, 6);
    private static final DataType HOUR_TO_SECOND =
            new DataType.DayTimeInterval(DataType.DayTimeField.HOUR, DataType.DayTimeField.SECOND);
    private static final long MICROS_PER_SECOND = 1_000_000L;
    private static final long MICROS_PER_DAY = 86_400L * MICROS_PER_SECOND;
    private static final int MICRO_DIGITS = 6;

    private static final FunctionEntry PLUS =
            define(G, "time_add_interval(time, interval)", "", "", "")
                    .takes(ArgType.ANY, ArgType.ANY)
                    .returns(TimeFunctions::sumType)
                    .fails()
                    .computedBy((a, s) -> plus((Long) a[0], (Long) a[1], s));
    private static final FunctionEntry MINUS =
            define(G, "subtract_times(end, start)", "", "", "")
                    .takes(TIME, TIME)
                    .returns(HOUR_TO_SECOND)
                    .java("($0 - $1)")
                    .computedBy((a, s) -> (Long) a[0] - (Long) a[1]);

    private TimeFunctions() {}

    static List<FunctionEntry> entries() {
        return List.of(
                current(),
                define(
                                G,
                                "make_time(hour, minute, second)",
                                "The time of day of three numbers.",
                                "make_time(6, 30, 45.887)",
                                "06:30:45.887")
                        .takes(ArgType.INT, ArgType.INT, SECONDS)
                        .returns(DataType.Time.DEFAULT)
                        .fails()
                        .computedBy(
                                (a, s) -> made((Integer) a[0], (Integer) a[1], (BigDecimal) a[2])),
                reading(
                        "to_time",
                        "Text as a time of day, by a pattern where one is given.",
                        false),
                reading("try_to_time", "to_time with NULL instead of an error.", true),
                define(
                                G,
                                "time_diff(unit, start, end)",
                                "Whole units, HOUR to MICROSECOND, from start to end.",
                                "time_diff('MINUTE', TIME '20:30:29', TIME '21:31:28')",
                                "60")
                        .takes(ArgType.STRING, TIME, TIME)
                        .returns(DataType.BIGINT)
                        .fails()
                        .computedBy((a, s) ->
                                ((Long) a[2] - (Long) a[1]) / unit("time_diff", (String) a[0])),
                define(
                                G,
                                "time_trunc(unit, time)",
                                "The time cut to a unit, HOUR to MICROSECOND.",
                                "time_trunc('HOUR', TIME '09:32:05.359')",
                                "09:00:00")
                        .takes(ArgType.STRING, TIME)
                        .returns(call -> call.type(1))
                        .fails()
                        .computedBy((a, s) ->
                                (Long) a[1] - (Long) a[1] % unit("time_trunc", (String) a[0])),
                define(
                                G,
                                "time_from_seconds(n)",
                                "The time a number of seconds, also a fraction, after midnight.",
                                "time_from_seconds(52200.5)",
                                "14:30:00.5")
                        .takes(ArgType.NUMERIC)
                        .returns(DataType.Time.DEFAULT)
                        .fails()
                        .computedBy((a, s) -> ofSeconds(a[0])),
                ofUnits("time_from_millis", "milliseconds", 1_000L, "52200500"),
                ofUnits("time_from_micros", "microseconds", 1L, "52200500000"),
                define(
                                G,
                                "time_to_seconds(time)",
                                "Seconds since midnight with their fraction.",
                                "time_to_seconds(TIME '14:30:00.5')",
                                "52200.500000")
                        .takes(TIME)
                        .returns(SINCE_MIDNIGHT)
                        .computedBy((a, s) -> BigDecimal.valueOf((Long) a[0], MICRO_DIGITS)),
                toUnits("time_to_millis", "Milliseconds since midnight.", 1_000L, "52200500"),
                toUnits("time_to_micros", "Microseconds since midnight.", 1L, "52200500000"));
    }

    private static FunctionEntry current() {
        return new FunctionEntry(
                "current_time",
                List.of(),
                FunctionKind.SCALAR,
                G,
                "current_time([precision])",
                "The time of day at which the query started.",
                "",
                "",
                call -> {
                    call.arity(0, 1);
                    int precision = DataType.Time.MAX_PRECISION;
                    if (call.size() == 1) {
                        Expr given = call.constant(call.as(0, ArgType.INT), "precision");
                        Object value = ExprEvaluator.constant(given, call.zone());
                        if (!(value instanceof Integer digits)
                                || digits < 0
                                || digits > DataType.Time.MAX_PRECISION) {
                            throw call.outOfRange("precision", "[0, 6]", value);
                        }
                        precision = digits;
                    }
                    long micros =
                            Math.floorDiv(
                                    DateTimeText.toLocal(
                                                    DateTimeFunctions.micros(call), call.zone())
                                            .toLocalTime()
                                            .toNanoOfDay(),
                                    1_000L);
                    return new Expr.Literal(
                            Values.cut(micros, precision), new DataType.Time(precision));
                });
    }

    private static FunctionEntry reading(String name, String doc, boolean tries) {
        return define(G, name + "(str[, pattern])", doc, name + "('9.05', 'H.mm')", "09:05:00")
                .takes(ArgType.STRING)
                .maybe(ArgType.STRING)
                .returns(DataType.Time.DEFAULT)
                .nullable()
                // The pattern may be none, in any mode.
                .failsWhere(site -> !tries || site.argTypes().size() > 1)
                .computedBy((a, s) -> {
                    String text = (String) a[0];
                    OptionalLong micros =
                            a.length > 1
                                    ? DateTimePatterns.tryTime(text, (String) a[1])
                                    : TimeCasts.parse(text);
                    if (micros.isEmpty() && !tries) {
                        throw new EngineException(
                                ErrorCode.CANNOT_PARSE_TIME,
                                Map.of(
                                        "input",
                                        "'" + text + "'",
                                        "format",
                                        a.length > 1 ? "'" + a[1] + "'" : "'HH:mm:ss'"));
                    }
                    return micros.isEmpty() ? null : (Object) micros.getAsLong();
                });
    }

    private static FunctionEntry ofUnits(String name, String units, long unit, String example) {
        return define(
                        G,
                        name + "(n)",
                        "The time a number of " + units + " after midnight.",
                        name + "(" + example + ")",
                        "14:30:00.5")
                .takes(ArgType.BIGINT)
                .returns(DataType.Time.DEFAULT)
                .fails()
                .computedBy((a, s) -> {
                    long n = (Long) a[0];
                    return inDay(
                            Math.abs(n) > MICROS_PER_DAY ? MICROS_PER_DAY : n * unit,
                            String.valueOf(n));
                });
    }

    private static FunctionEntry toUnits(String name, String doc, long unit, String result) {
        return define(G, name + "(time)", doc, name + "(TIME '14:30:00.5')", result)
                .takes(TIME)
                .returns(DataType.BIGINT)
                .java("($0 / " + unit + "L)")
                .computedBy((a, s) -> (Long) a[0] / unit);
    }

    private static Object ofSeconds(@Nullable Object seconds) {
        BigDecimal number =
                switch (seconds) {
                    case BigDecimal d -> d;
                    case Double d when Double.isFinite(d) -> BigDecimal.valueOf(d);
                    case Float f when Float.isFinite(f) -> BigDecimal.valueOf((double) f);
                    case Long n -> BigDecimal.valueOf(n);
                    case Integer n -> BigDecimal.valueOf(n);
                    case Short n -> BigDecimal.valueOf(n);
                    case Byte n -> BigDecimal.valueOf(n);
                    case null, default -> BigDecimal.valueOf(-1);
                };
        BigDecimal micros =
                number.movePointRight(MICRO_DIGITS)
                        .setScale(0, RoundingMode.DOWN)
                        .max(BigDecimal.valueOf(-1))
                        .min(BigDecimal.valueOf(MICROS_PER_DAY));
        return inDay(micros.longValueExact(), String.valueOf(seconds));
    }

    private static long inDay(long micros, String written) {
        if (micros < 0 || micros >= MICROS_PER_DAY) {
            throw outOfBounds(written + " lies outside of a day");
        }
        return micros;
    }

    private static Object made(int hour, int minute, BigDecimal second) {
        if (hour < 0 || hour > 23) {
            throw outOfBounds("The hour " + hour + " is not among 0 to 23");
        }
        if (minute < 0 || minute > 59) {
            throw outOfBounds("The minute " + minute + " is not among 0 to 59");
        }
        if (second.signum() < 0 || second.compareTo(BigDecimal.valueOf(60)) >= 0) {
            throw outOfBounds("The second " + second.toPlainString() + " is not below 60");
        }
        return (hour * 60L + minute) * 60 * MICROS_PER_SECOND
                + second.movePointRight(MICRO_DIGITS).longValue();
    }

    private static EngineException outOfBounds(String message) {
        return new EngineException(
                ErrorCode.DATETIME_FIELD_OUT_OF_BOUNDS, Map.of("rangeMessage", message));
    }

    /// Microseconds of a unit.
    private static long unit(String function, String name) {
        return switch (name.toUpperCase(Locale.ROOT)) {
            case "HOUR" -> 3_600 * MICROS_PER_SECOND;
            case "MINUTE" -> 60 * MICROS_PER_SECOND;
            case "SECOND" -> MICROS_PER_SECOND;
            case "MILLISECOND" -> 1_000L;
            case "MICROSECOND" -> 1L;
            default ->
                    throw new EngineException(
                            ErrorCode.INVALID_PARAMETER_VALUE__TIME_UNIT,
                            Map.of(
                                    "functionName", "`" + function + "`",
                                    "parameter", "`unit`",
                                    "invalidValue", "'" + name + "'"));
        };
    }

    // Operators

    /// `time + interval`, `time - interval` or `time - time`; empty for what is none of them.
    static Optional<Expr> resolve(FunctionCall call) {
        DataType left = call.type(0);
        DataType right = call.type(1);
        boolean adds = call.name().equals("+");
        if (!adds && !call.name().equals("-")) {
            return Optional.empty();
        }
        if (left instanceof DataType.Time && right instanceof DataType.DayTimeInterval) {
            Expr interval = call.arg(1);
            Expr added =
                    adds
                            ? interval
                            : FunctionRegistry.builtin()
                                    .resolve(
                                            "negative",
                                            call.named("-").withArgs(List.of(interval)));
            return Optional.of(PLUS.resolver().resolve(call.withArgs(List.of(call.arg(0), added))));
        }
        if (adds && left instanceof DataType.DayTimeInterval && right instanceof DataType.Time) {
            return Optional.of(
                    PLUS.resolver().resolve(call.withArgs(List.of(call.arg(1), call.arg(0)))));
        }
        boolean difference =
                !adds
                        && (left instanceof DataType.Time || right instanceof DataType.Time)
                        && comparable(left)
                        && comparable(right);
        return difference ? Optional.of(MINUS.resolver().resolve(call)) : Optional.empty();
    }

    private static boolean comparable(DataType type) {
        return type instanceof DataType.Time || type.isText() || type == DataType.NULL;
    }

    private static DataType sumType(FunctionCall call) {
        boolean seconds =
                call.type(1) instanceof DataType.DayTimeInterval(var start, var end)
                        && end == DataType.DayTimeField.SECOND;
        return seconds ? DataType.Time.DEFAULT : call.type(0);
    }

    private static @Nullable Object plus(long time, long interval, CallSite site) {
        boolean fits = Math.abs(interval) < MICROS_PER_DAY;
        long sum = fits ? time + interval : MICROS_PER_DAY;
        if (sum >= 0 && sum < MICROS_PER_DAY) {
            return sum;
        }
        if (site.mode() == EvalMode.TRY) {
            return null;
        }
        throw new EngineException(
                ErrorCode.DATETIME_OVERFLOW,
                Map.of("operation", "TIME '" + Values.time(time) + "' and an interval"));
    }
}
