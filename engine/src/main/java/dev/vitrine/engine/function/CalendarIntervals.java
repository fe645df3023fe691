package dev.vitrine.engine.function;

import static dev.vitrine.engine.function.ScalarDefinition.define;

import dev.vitrine.engine.error.EngineException;
import dev.vitrine.engine.error.ErrorCode;
import dev.vitrine.engine.expr.EvalMode;
import dev.vitrine.engine.expr.Expr;
import dev.vitrine.engine.types.CalendarInterval;
import dev.vitrine.engine.types.DataType;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.Period;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// What is computed with values of type INTERVAL.
final class CalendarIntervals {
    private static final String G = "date";
    private static final ArgType SECONDS = new ArgType.Exact(new DataType.Decimal(18, 6));

    private static final FunctionEntry DATE_PLUS =
            define(G, "date_add_calendar_interval(date, interval)", "", "", "")
                    .takes(ArgType.DATE, ArgType.ANY)
                    .fails()
                    .computedBy((a, s) -> datePlus((Integer) a[0], (CalendarInterval) a[1], s));
    private static final FunctionEntry TIMESTAMP_PLUS =
            define(G, "timestamp_add_calendar_interval(timestamp, interval)", "", "", "")
                    .takes(ArgType.ANY, ArgType.ANY)
                    .fails()
                    .computedBy((a, s) -> {
                        ZoneId zone = s.type() == DataType.TIMESTAMP ? s.zone() : ZoneOffset.UTC;
                        return exact(
                                s.mode(), () -> plus((Long) a[0], (CalendarInterval) a[1], zone));
                    });
    private static final FunctionEntry PLUS =
            define(G, "calendar_interval_add(a, b)", "", "", "")
                    .takes(ArgType.ANY, ArgType.ANY)
                    .fails()
                    .computedBy((a, s) ->
                            exact(
                                    s.mode(),
                                    () -> ((CalendarInterval) a[0]).plus((CalendarInterval) a[1])));
    private static final FunctionEntry NEGATED =
            define(G, "calendar_interval_negate(interval)", "", "", "")
                    .takes(ArgType.ANY)
                    .fails()
                    .computedBy(
                            (a, s) -> exact(s.mode(), () -> ((CalendarInterval) a[0]).negated()));
    private static final FunctionEntry TIMES =
            define(G, "calendar_interval_multiply(interval, number)", "", "", "")
                    .takes(ArgType.ANY, ArgType.DOUBLE)
                    .fails()
                    .computedBy((a, s) ->
                            exact(s.mode(), () -> ((CalendarInterval) a[0]).times((Double) a[1])));
    private static final FunctionEntry DIVIDED =
            define(G, "calendar_interval_divide(interval, number)", "", "", "")
                    .takes(ArgType.ANY, ArgType.DOUBLE)
                    .fails()
                    .computedBy((a, s) -> {
                        double divisor = (Double) a[1];
                        if (divisor != 0) {
                            return exact(
                                    s.mode(), () -> ((CalendarInterval) a[0]).times(1 / divisor));
                        }
                        if (s.mode() == EvalMode.ANSI) {
                            throw new EngineException(ErrorCode.INTERVAL_DIVIDED_BY_ZERO, Map.of());
                        }
                        return null;
                    });
    private static final FunctionEntry DATES_BETWEEN =
            define(G, "calendar_interval_of_dates(end, start)", "", "", "")
                    .takes(ArgType.DATE, ArgType.DATE)
                    .returns(DataType.INTERVAL)
                    .computedBy((a, s) -> between((Integer) a[1], (Integer) a[0]));
    private static final FunctionEntry TIMES_BETWEEN =
            define(G, "calendar_interval_of_timestamps(end, start)", "", "", "")
                    .takes(ArgType.ANY, ArgType.ANY)
                    .returns(DataType.INTERVAL)
                    .fails()
                    .computedBy((a, s) ->
                            exact(
                                    s.mode(),
                                    () ->
                                            new CalendarInterval(
                                                    0,
                                                    0,
                                                    Math.subtractExact((Long) a[0], (Long) a[1]))));

    private CalendarIntervals() {}

    static List<FunctionEntry> entries() {
        String doc = "An INTERVAL of months, days and seconds, each with a sign of its own.";
        String result = "100 years 11 months 8 days 12 hours 30 minutes 1.001001 seconds";
        ArgType[] parts = {
            ArgType.INT, ArgType.INT, ArgType.INT, ArgType.INT, ArgType.INT, ArgType.INT, SECONDS
        };
        String args = "[years[, months[, weeks[, days[, hours[, mins[, secs]]]]]]]";
        return List.of(
                define(
                                G,
                                "make_interval(" + args + ")",
                                doc,
                                "make_interval(100, 11, 1, 1, 12, 30, 01.001001)",
                                result)
                        .maybe(parts)
                        .returns(DataType.INTERVAL)
                        .fails()
                        .computedBy((a, s) -> made(a, s.mode())),
                define(
                                G,
                                "try_make_interval(" + args + ")",
                                doc + " NULL where it overflows.",
                                "try_make_interval(2147483647)",
                                "NULL")
                        .maybe(parts)
                        .returns(DataType.INTERVAL)
                        .nullable()
                        .computedBy((a, s) -> made(a, EvalMode.TRY)));
    }

    private static @Nullable Object made(@Nullable Object[] args, EvalMode mode) {
        String[] units = {"year", "month", "week", "day", "hour", "minute", "second"};
        return exact(
                mode == EvalMode.LEGACY ? EvalMode.TRY : mode,
                () -> {
                    CalendarInterval sum = new CalendarInterval(0, 0, 0);
                    for (int i = 0; i < args.length; i++) {
                        BigDecimal number =
                                args[i] instanceof BigDecimal d
                                        ? d
                                        : BigDecimal.valueOf(((Number) args[i]).longValue());
                        sum = sum.plus(CalendarInterval.of(number, units[i]).orElseThrow());
                    }
                    return sum;
                });
    }

    /// The expression for `call` where one side is an INTERVAL, or dates and times are subtracted
    /// as they were before there were others; or empty.
    static Optional<Expr> resolve(FunctionCall call, boolean legacyDifferences) {
        DataType left = call.type(0);
        if (call.size() == 1) {
            return left == DataType.INTERVAL && call.name().equals("-")
                    ? Optional.of(made(NEGATED, call, call.arg(0)))
                    : Optional.empty();
        }
        DataType right = call.type(1);
        if (left != DataType.INTERVAL && right != DataType.INTERVAL) {
            return legacyDifferences && call.name().equals("-")
                    ? difference(call)
                    : Optional.empty();
        }
        return switch (call.name()) {
            case "+" ->
                    plus(call, call.arg(0), call.arg(1))
                            .or(() -> plus(call, call.arg(1), call.arg(0)));
            case "-" ->
                    right == DataType.INTERVAL
                            ? plus(call, call.arg(0), made(NEGATED, call, call.arg(1)))
                            : Optional.empty();
            case "*" ->
                    left == DataType.INTERVAL
                            ? scaled(TIMES, call, call.arg(0), call.arg(1))
                            : scaled(TIMES, call, call.arg(1), call.arg(0));
            case "/" ->
                    left == DataType.INTERVAL
                            ? scaled(DIVIDED, call, call.arg(0), call.arg(1))
                            : Optional.empty();
            default -> Optional.empty();
        };
    }

    private static Optional<Expr> scaled(
            FunctionEntry entry, FunctionCall call, Expr interval, Expr number) {
        boolean scales =
                number.type().isNumeric()
                        || number.type() == DataType.STRING
                        || number.type() == DataType.NULL;
        return scales ? Optional.of(made(entry, call, interval, number)) : Optional.empty();
    }

    private static Optional<Expr> plus(FunctionCall call, Expr to, Expr interval) {
        if (interval.type() != DataType.INTERVAL) {
            return Optional.empty();
        }
        return switch (to.type()) {
            case DataType.Simple.INTERVAL -> Optional.of(made(PLUS, call, to, interval));
            case DataType.Simple.DATE -> Optional.of(made(DATE_PLUS, call, to, interval));
            case DataType.Simple.TIMESTAMP, DataType.Simple.TIMESTAMP_NTZ ->
                    Optional.of(made(TIMESTAMP_PLUS, call, to, interval));
            case DataType.Simple.STRING -> {
                Expr time = CommonTypes.cast(to, DataType.TIMESTAMP, call.mode());
                Expr sum = made(TIMESTAMP_PLUS, call, time, interval);
                yield Optional.of(CommonTypes.cast(sum, DataType.STRING, call.mode()));
            }
            case DataType.Simple.NULL -> Optional.of(Expr.Literal.nullOf(DataType.INTERVAL));
            default -> Optional.empty();
        };
    }

    private static Optional<Expr> difference(FunctionCall call) {
        Optional<DataType> common = CommonTypes.of(call.args());
        boolean written =
                CommonTypes.isDateTime(call.type(0)) || CommonTypes.isDateTime(call.type(1));
        if (!written || common.isEmpty() || !CommonTypes.isDateTime(common.get())) {
            return Optional.empty();
        }
        Expr end = CommonTypes.cast(call.arg(0), common.get(), call.mode());
        Expr start = CommonTypes.cast(call.arg(1), common.get(), call.mode());
        return Optional.of(
                made(
                        common.get() == DataType.DATE ? DATES_BETWEEN : TIMES_BETWEEN,
                        call,
                        end,
                        start));
    }

    private static Expr made(FunctionEntry entry, FunctionCall call, Expr... args) {
        return entry.resolver().resolve(call.withArgs(List.of(args)));
    }

    /// A time later by months, then days, then microseconds, the first two by the calendar of its
    /// zone.
    static long plus(long micros, CalendarInterval interval, ZoneId zone) {
        long days =
                DateTimeText.toMicros(
                        DateTimeText.toLocal(micros, zone)
                                .plusMonths(interval.months())
                                .plusDays(interval.days()),
                        zone);
        return Math.addExact(days, interval.micros());
    }

    private static @Nullable Object datePlus(
            int days, CalendarInterval interval, dev.vitrine.engine.expr.CallSite site) {
        if (interval.micros() == 0) {
            return exact(
                    site.mode(),
                    () ->
                            Math.toIntExact(
                                    LocalDate.ofEpochDay(days)
                                            .plusMonths(interval.months())
                                            .plusDays(interval.days())
                                            .toEpochDay()));
        }
        if (site.mode() == EvalMode.ANSI) {
            throw new EngineException(
                    ErrorCode.INVALID_INTERVAL_WITH_MICROSECONDS_ADDITION, Map.of());
        }
        long start = DateTimeText.toMicros(LocalDate.ofEpochDay(days).atStartOfDay(), site.zone());
        return exact(
                site.mode(),
                () ->
                        Math.toIntExact(
                                DateTimeText.toLocal(
                                                plus(start, interval, site.zone()), site.zone())
                                        .toLocalDate()
                                        .toEpochDay()));
    }

    @SuppressWarnings("JavaPeriodGetDays") // the months are there too
    private static CalendarInterval between(int startDay, int endDay) {
        Period period =
                Period.between(LocalDate.ofEpochDay(startDay), LocalDate.ofEpochDay(endDay));
        return new CalendarInterval((int) period.toTotalMonths(), period.getDays(), 0);
    }

    private static @Nullable Object exact(EvalMode mode, Supplier<Object> computation) {
        try {
            return computation.get();
        } catch (ArithmeticException e) {
            if (mode == EvalMode.TRY) {
                return null;
            }
            throw IntervalOperators.overflow(e);
        }
    }
}
