package dev.vitrine.engine.function;

import static dev.vitrine.engine.function.ScalarDefinition.define;

import dev.vitrine.engine.error.EngineException;
import dev.vitrine.engine.error.ErrorCode;
import dev.vitrine.engine.expr.CallSite;
import dev.vitrine.engine.expr.EvalMode;
import dev.vitrine.engine.expr.Expr;
import dev.vitrine.engine.types.CalendarInterval;
import dev.vitrine.engine.types.DataType;
import dev.vitrine.engine.types.Field;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Spans of time that timestamps fall into.
public final class TimeWindowFunctions {
    /// What `window` is called; the analyzer makes rows of its calls.
    public static final String WINDOW = "window";

    /// What `session_window` is called.
    public static final String SESSION_WINDOW = "session_window";

    private static final String G = "date";
    private static final long MICROS_PER_DAY = 86_400_000_000L;

    private static final FunctionEntry WINDOWS =
            define(G, "time_windows(time, length, slide, start)", "", "", "")
                    .takes(ArgType.ANY_TIMESTAMP, ArgType.BIGINT, ArgType.BIGINT, ArgType.BIGINT)
                    .returns(call -> new DataType.Array(struct(call.type(0)), false))
                    .computedBy(
                            (a, s) -> windows((Long) a[0], (Long) a[1], (Long) a[2], (Long) a[3]));

    private static final FunctionEntry WINDOW_TIME =
            define(
                            G,
                            "window_time(window)",
                            "The last microsecond of a window.",
                            "window_time(named_struct('start', timestamp_ntz'2024-01-01 00:00:00', 'end', timestamp_ntz'2024-01-01 00:05:00'))",
                            "2024-01-01 00:04:59.999999")
                    .takes(ArgType.ANY)
                    .prepared(TimeWindowFunctions::ofWindow)
                    .returns(call -> ((DataType.Struct) call.type(0)).fields().get(1).type())
                    .nullable()
                    .computedBy((a, s) -> lastMicrosecond((List<?>) a[0]));

    private TimeWindowFunctions() {}

    private static @Nullable Object lastMicrosecond(List<?> window) {
        Long end = (Long) window.get(1);
        return end == null ? null : end - 1;
    }

    static List<FunctionEntry> entries() {
        return List.of(
                spans(
                        WINDOW,
                        "window(time, length[, slide[, start]])",
                        "The spans of that length that a time falls into, one row for each, in a"
                                + " select list or GROUP BY."),
                spans(
                        SESSION_WINDOW,
                        "session_window(time, gap)",
                        "The span from a time to its gap behind it; in GROUP BY, that of all rows"
                                + " whose spans meet."),
                WINDOW_TIME,
                define(
                                G,
                                "time_bucket(size, time[, origin])",
                                "The start of the span of that size which a time falls into.",
                                "time_bucket(INTERVAL '15' MINUTE, timestamp_ntz'2024-01-01 11:27:00')",
                                "2024-01-01 11:15:00")
                        .takes(ArgType.ANY, ArgType.ANY_TIMESTAMP)
                        .maybe(ArgType.ANY_TIMESTAMP)
                        .prepared(TimeWindowFunctions::ofBucket)
                        .returns(call -> call.type(1))
                        .computedBy((a, s) -> bucket(a, s)));
    }

    /// A function whose calls the analyzer makes columns of where it can.
    private static FunctionEntry spans(String name, String signature, String doc) {
        return new FunctionEntry(
                name,
                List.of(),
                FunctionKind.SCALAR,
                G,
                signature,
                doc,
                "",
                "",
                call -> {
                    throw new EngineException(
                            ErrorCode.UNSUPPORTED_EXPR_FOR_OPERATOR,
                            Map.of(
                                    "invalidExprSqls",
                                    call.sql(),
                                    "operator",
                                    "a clause other than SELECT and GROUP BY"),
                            call.where());
                });
    }

    private static DataType struct(DataType time) {
        return new DataType.Struct(
                List.of(new Field("start", time, true), new Field("end", time, true)));
    }

    private static boolean isWindow(DataType type) {
        return type instanceof DataType.Struct(var fields)
                && fields.size() == 2
                && fields.stream().allMatch(f -> f.type().isTimestamp());
    }

    private static FunctionCall ofWindow(FunctionCall call) {
        if (call.size() != 1 || !isWindow(call.type(0))) {
            throw call.arity(1, 1).unexpected(0, "STRUCT<start: TIMESTAMP, end: TIMESTAMP>");
        }
        return call;
    }

    // window

    /// The array of windows of a call of `window`, resolved and checked.
    ///
    /// @throws EngineException where a length is no constant, or none that fits
    public static Expr windows(FunctionCall call) {
        call.arity(2, 4);
        long length = micros(call, 1);
        long slide = call.size() > 2 ? micros(call, 2) : length;
        long start = call.size() > 3 ? micros(call, 3) : 0;
        check(call, length > 0, "window", length);
        check(call, slide > 0 && slide <= length, "slide", slide);
        check(call, Math.abs(start) < slide, "start", start);
        Expr time = time(call);
        return WINDOWS.resolver()
                .resolve(
                        call.withArgs(
                                List.of(
                                        time,
                                        Expr.Literal.of(length),
                                        Expr.Literal.of(slide),
                                        Expr.Literal.of(start))));
    }

    /// The time of a row: of what is itself a window, its last microsecond.
    private static Expr time(FunctionCall call) {
        return isWindow(call.type(0))
                ? WINDOW_TIME
                        .resolver()
                        .resolve(call.named("window_time").withArgs(call.args().subList(0, 1)))
                : call.as(0, ArgType.ANY_TIMESTAMP);
    }

    /// The time and the gap of a row, for a call of `session_window`, resolved and checked.
    ///
    /// @throws EngineException where the gap is no interval
    public static List<Expr> session(FunctionCall call) {
        call.arity(2, 2);
        Expr time = time(call);
        DataType gap = call.type(1);
        boolean interval = gap == DataType.INTERVAL || gap instanceof DataType.DayTimeInterval;
        if (!interval && !gap.isText() && gap != DataType.NULL) {
            throw new EngineException(
                    ErrorCode._LEGACY_ERROR_TEMP_1040,
                    Map.of("dt", "\"" + gap.sql() + "\""),
                    call.where());
        }
        Expr length =
                interval
                        ? call.arg(1)
                        : CommonTypes.cast(call.arg(1), DataType.INTERVAL, call.mode());
        return List.of(time, length);
    }

    private static void check(FunctionCall call, boolean fits, String name, long value) {
        if (!fits) {
            throw call.outOfRange(name, "[1, the window's length]", value + " microseconds");
        }
    }

    /// A length in microseconds: text, or an interval without months.
    private static long micros(FunctionCall call, int index) {
        Expr arg = call.constant(call.arg(index), index == 1 ? "windowDuration" : "duration");
        Object value = ExprEvaluator.constant(arg, call.zone());
        Optional<CalendarInterval> interval =
                switch (value) {
                    case String text -> CalendarInterval.parse(text);
                    case CalendarInterval given -> Optional.of(given);
                    case Long micros when arg.type() instanceof DataType.DayTimeInterval ->
                            Optional.of(new CalendarInterval(0, 0, micros));
                    case null, default -> Optional.empty();
                };
        if (interval.isEmpty() || interval.get().months() != 0) {
            throw call.unexpected(index, "an interval of days to seconds");
        }
        return interval.get().days() * MICROS_PER_DAY + interval.get().micros();
    }

    private static List<List<Long>> windows(long time, long length, long slide, long start) {
        List<List<Long>> windows = new ArrayList<>();
        long last = time - Math.floorMod(time - start, slide);
        for (long from = last; from > time - length; from -= slide) {
            windows.add(List.of(from, from + length));
        }
        return windows.reversed();
    }

    // time_bucket

    private static FunctionCall ofBucket(FunctionCall call) {
        call.arity(2, 3);
        Expr size = call.constant(call.arg(0), "bucketSize");
        Object value = ExprEvaluator.constant(size, call.zone());
        boolean interval =
                size.type() instanceof DataType.DayTimeInterval
                        || size.type() instanceof DataType.YearMonthInterval;
        if (!interval && size.type() != DataType.NULL) {
            throw call.unexpected(0, "INTERVAL DAY TO SECOND or INTERVAL YEAR TO MONTH");
        }
        if (value instanceof Number n && n.longValue() <= 0) {
            throw call.outOfRange("bucketSize", "(0, ...)", size.sql());
        }
        if (call.size() == 3) {
            call.constant(call.arg(2), "origin");
            Expr origin = CommonTypes.cast(call.arg(2), call.type(1), EvalMode.ANSI);
            return call.withArg(2, origin);
        }
        return call;
    }

    /// Whole days and months are counted by the calendar of the time's zone, shorter sizes in
    /// microseconds.
    private static Object bucket(@Nullable Object[] args, CallSite site) {
        ZoneId zone = site.type() == DataType.TIMESTAMP ? site.zone() : ZoneOffset.UTC;
        long time = (Long) args[1];
        LocalDateTime epoch = LocalDateTime.of(1970, 1, 1, 0, 0);
        long origin = args.length > 2 ? (Long) args[2] : DateTimeText.toMicros(epoch, zone);
        boolean months = args[0] instanceof Integer;
        long size = ((Number) args[0]).longValue();
        if (!months && size % MICROS_PER_DAY != 0) {
            return time - Math.floorMod(time - origin, size);
        }
        LocalDateTime local = DateTimeText.toLocal(time, zone);
        LocalDateTime from = DateTimeText.toLocal(origin, zone);
        long step = months ? size : size / MICROS_PER_DAY;
        long passed =
                months
                        ? java.time.temporal.ChronoUnit.MONTHS.between(from, local)
                        : java.time.temporal.ChronoUnit.DAYS.between(from, local);
        long count = Math.floorDiv(passed, step) + 1;
        while (later(from, count * step, months).isAfter(local)) {
            count--;
        }
        return DateTimeText.toMicros(later(from, count * step, months), zone);
    }

    private static LocalDateTime later(LocalDateTime from, long units, boolean months) {
        return months ? from.plusMonths(units) : from.plusDays(units);
    }
}
