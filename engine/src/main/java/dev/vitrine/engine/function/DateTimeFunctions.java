package dev.vitrine.engine.function;

import static dev.vitrine.engine.function.ScalarDefinition.define;

import dev.vitrine.engine.error.EngineException;
import dev.vitrine.engine.error.ErrorCode;
import dev.vitrine.engine.expr.CallSite;
import dev.vitrine.engine.expr.EvalMode;
import dev.vitrine.engine.expr.Expr;
import dev.vitrine.engine.types.DataType;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntUnaryOperator;
import org.jspecify.annotations.Nullable;

/// Functions of dates and timestamps.
final class DateTimeFunctions {
    private static final String G = "date";
    private static final String KERNELS = "dev.vitrine.engine.function.DateKernels.";
    private static final long MICROS = 1_000_000L;

    private DateTimeFunctions() {}

    static List<FunctionEntry> entries() {
        List<FunctionEntry> all = new ArrayList<>();
        all.addAll(now());
        all.addAll(fields());
        all.addAll(arithmetic());
        all.addAll(textual());
        all.addAll(epochs());
        return all;
    }

    private static FunctionEntry constant(
            String signature, String doc, FunctionEntry.Resolver resolver) {
        String name = signature.substring(0, signature.indexOf('('));
        return new FunctionEntry(
                name, List.of(), FunctionKind.SCALAR, G, signature, doc, "", "", resolver);
    }

    static long micros(FunctionCall call) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, call.now());
    }

    private static List<FunctionEntry> now() {
        return List.of(
                constant(
                                "current_date()",
                                "The date on which the query started.",
                                call -> {
                                    call.arity(0, 0);
                                    int days =
                                            (int)
                                                    DateTimeText.toLocal(micros(call), call.zone())
                                                            .toLocalDate()
                                                            .toEpochDay();
                                    return new Expr.Literal(days, DataType.DATE);
                                })
                        .alsoNamed("curdate"),
                constant(
                                "current_timestamp()",
                                "The time at which the query started.",
                                call -> {
                                    call.arity(0, 0);
                                    return new Expr.Literal(micros(call), DataType.TIMESTAMP);
                                })
                        .alsoNamed("now"),
                constant(
                        "localtimestamp()",
                        "The local time at which the query started, without a zone.",
                        call -> {
                            call.arity(0, 0);
                            LocalDateTime local = DateTimeText.toLocal(micros(call), call.zone());
                            return new Expr.Literal(
                                    DateTimeText.toMicros(local, java.time.ZoneOffset.UTC),
                                    DataType.TIMESTAMP_NTZ);
                        }),
                constant(
                        "current_timezone()",
                        "The session's time zone.",
                        call -> Expr.Literal.of(call.arity(0, 0).zone().getId())));
    }

    private static List<FunctionEntry> fields() {
        return List.of(
                dateField(
                        "year",
                        "Year of a date.",
                        "year(date '2016-07-30')",
                        "2016",
                        "year",
                        DateKernels::year),
                dateField(
                        "quarter",
                        "Quarter of a date, 1 to 4.",
                        "quarter(date '2016-08-31')",
                        "3",
                        "quarter",
                        DateKernels::quarter),
                dateField(
                        "month",
                        "Month of a date, 1 to 12.",
                        "month(date '2016-07-30')",
                        "7",
                        "month",
                        DateKernels::month),
                dateField(
                                "day",
                                "Day of the month of a date.",
                                "day(date '2009-07-30')",
                                "30",
                                "day",
                                DateKernels::day)
                        .alsoNamed("dayofmonth"),
                dateField(
                        "dayofweek",
                        "Day of the week, 1 for Sunday to 7 for Saturday.",
                        "dayofweek(date '2009-07-30')",
                        "5",
                        "dayOfWeek",
                        DateKernels::dayOfWeek),
                dateField(
                        "weekday",
                        "Day of the week, 0 for Monday to 6 for Sunday.",
                        "weekday(date '2009-07-30')",
                        "3",
                        "weekday",
                        DateKernels::weekday),
                dateField(
                        "dayofyear",
                        "Day of the year, from 1.",
                        "dayofyear(date '2016-04-09')",
                        "100",
                        "dayOfYear",
                        DateKernels::dayOfYear),
                dateField(
                        "weekofyear",
                        "Week of the ISO year.",
                        "weekofyear(date '2008-02-20')",
                        "8",
                        "weekOfYear",
                        DateKernels::weekOfYear),
                timeField(
                        "hour",
                        "Hour of a timestamp, 0 to 23.",
                        "hour(timestamp '2009-07-30 12:58:59')",
                        "12"),
                timeField(
                        "minute",
                        "Minute of a timestamp.",
                        "minute(timestamp '2009-07-30 12:58:59')",
                        "58"),
                timeField(
                        "second",
                        "Second of a timestamp.",
                        "second(timestamp '2009-07-30 12:58:59')",
                        "59"),
                constant(
                                "date_part(field, source)",
                                "A field of a date or timestamp: extract as a function.",
                                DateTimeFunctions::extract)
                        .alsoNamed("datepart", "extract"));
    }

    private static FunctionEntry dateField(
            String name,
            String doc,
            String example,
            String result,
            String kernel,
            IntUnaryOperator of) {
        return define(G, name + "(date)", doc, example, result)
                .takes(ArgType.DATE)
                .returns(DataType.INT)
                .java(KERNELS + kernel + "($0)")
                .computedBy((a, s) -> of.applyAsInt((Integer) a[0]));
    }

    private static FunctionEntry timeField(String name, String doc, String example, String result) {
        return define(G, name + "(timestamp)", doc, example, result)
                .takes(ArgType.TIMESTAMP)
                .returns(DataType.INT)
                .java(site -> timeTemplate(name, site))
                .computedBy((a, s) -> {
                    LocalDateTime time = DateTimeText.toLocal((Long) a[0], s.zone());
                    return switch (name) {
                        case "hour" -> time.getHour();
                        case "minute" -> time.getMinute();
                        default -> time.getSecond();
                    };
                });
    }

    private static Optional<String> timeTemplate(String name, CallSite site) {
        if (!(site.zone() instanceof java.time.ZoneOffset offset)) {
            return Optional.empty();
        }
        String local =
                "java.lang.Math.floorMod(java.lang.Math.floorDiv($0, 1000000L) + "
                        + offset.getTotalSeconds()
                        + "L, 86400L)";
        return Optional.of(
                switch (name) {
                    case "hour" -> "((int) (" + local + " / 3600L))";
                    case "minute" -> "((int) (" + local + " / 60L % 60L))";
                    default -> "((int) (" + local + " % 60L))";
                });
    }

    private static Expr extract(FunctionCall call) {
        call.arity(2, 2);
        if (!(call.arg(0) instanceof Expr.Literal(String field, var type))) {
            throw call.invalidParameter("field", call.arg(0).sql(), "a constant name");
        }
        FunctionCall inner = call.withArgs(List.of(call.arg(1)));
        String name =
                switch (field.toLowerCase(Locale.ROOT)) {
                    case "year", "y", "years", "yr", "yrs" -> "year";
                    case "quarter", "qtr" -> "quarter";
                    case "month", "mon", "mons", "months" -> "month";
                    case "week", "w", "weeks" -> "weekofyear";
                    case "day", "d", "days" -> "day";
                    case "dayofweek", "dow" -> "dayofweek";
                    case "dow_iso", "dayofweek_iso" -> "weekday";
                    case "doy" -> "dayofyear";
                    case "hour", "h", "hours", "hr", "hrs" -> "hour";
                    case "minute", "m", "min", "mins", "minutes" -> "minute";
                    case "second", "s", "sec", "seconds", "secs" -> "second";
                    default ->
                            throw call.invalidParameter(
                                    "field", "'" + field + "'", "YEAR, MONTH, DAY and the like");
                };
        if (call.type(1) instanceof DataType.DayTimeInterval
                || call.type(1) instanceof DataType.YearMonthInterval) {
            return IntervalOperators.field(name, inner);
        }
        Expr value = FunctionRegistry.builtin().resolve(name, inner);
        return name.equals("weekday")
                ? new Expr.Arithmetic(
                        Expr.ArithmeticOp.ADD,
                        value,
                        Expr.Literal.of(1),
                        DataType.INT,
                        EvalMode.LEGACY)
                : value;
    }

    private static List<FunctionEntry> arithmetic() {
        return List.of(
                define(
                                G,
                                "date_add(start, days)",
                                "The date a number of days after start.",
                                "date_add(date '2016-07-30', 1)",
                                "2016-07-31")
                        .takes(ArgType.DATE, ArgType.INT)
                        .java("($0 + $1)")
                        .computedBy((a, s) -> (Integer) a[0] + (Integer) a[1])
                        .alsoNamed("dateadd"),
                define(
                                G,
                                "date_sub(start, days)",
                                "The date a number of days before start.",
                                "date_sub(date '2016-07-30', 1)",
                                "2016-07-29")
                        .takes(ArgType.DATE, ArgType.INT)
                        .java("($0 - $1)")
                        .computedBy((a, s) -> (Integer) a[0] - (Integer) a[1]),
                define(
                                G,
                                "datediff(end, start)",
                                "Days from start to end.",
                                "datediff(date '2009-07-31', date '2009-07-30')",
                                "1")
                        .takes(ArgType.DATE, ArgType.DATE)
                        .returns(DataType.INT)
                        .java("($0 - $1)")
                        .computedBy((a, s) -> (Integer) a[0] - (Integer) a[1])
                        .alsoNamed("date_diff"),
                define(
                                G,
                                "add_months(start, months)",
                                "The date a number of months after start.",
                                "add_months(date '2016-08-31', 1)",
                                "2016-09-30")
                        .takes(ArgType.DATE, ArgType.INT)
                        .java(KERNELS + "addMonths($0, $1)")
                        .computedBy(
                                (a, s) -> DateKernels.addMonths((Integer) a[0], (Integer) a[1])),
                define(
                                G,
                                "months_between(end, start[, round])",
                                "Months from start to end, with a fraction of 31 days.",
                                "months_between('1997-02-28 10:30:00', '1996-10-30')",
                                "3.94959677")
                        .takes(ArgType.TIMESTAMP, ArgType.TIMESTAMP)
                        .maybe(ArgType.BOOLEAN)
                        .returns(DataType.DOUBLE)
                        .computedBy((a, s) ->
                                DateTimeOperations.monthsBetween(
                                        (Long) a[0],
                                        (Long) a[1],
                                        a.length < 3 || (Boolean) a[2],
                                        s.zone())),
                define(
                                G,
                                "last_day(date)",
                                "The last day of the date's month.",
                                "last_day(date '2009-01-12')",
                                "2009-01-31")
                        .takes(ArgType.DATE)
                        .java(KERNELS + "lastDay($0)")
                        .computedBy((a, s) -> DateKernels.lastDay((Integer) a[0])),
                define(
                                G,
                                "next_day(date, weekday)",
                                "The first such weekday after the date.",
                                "next_day(date '2015-01-14', 'TU')",
                                "2015-01-20")
                        .takes(ArgType.DATE, ArgType.STRING)
                        .failsInAnsi()
                        .computedBy((a, s) ->
                                DateTimeOperations.nextDay(
                                        (Integer) a[0], (String) a[1], s.mode())),
                define(
                                G,
                                "trunc(date, unit)",
                                "The first day of the date's year, quarter, month or week.",
                                "trunc(date '2019-08-04', 'week')",
                                "2019-07-29")
                        .takes(ArgType.DATE, ArgType.STRING)
                        .nullable()
                        .computedBy((a, s) ->
                                DateTimeOperations.truncate((Integer) a[0], (String) a[1])),
                define(
                                G,
                                "date_trunc(unit, timestamp)",
                                "The timestamp cut to a unit: year … microsecond.",
                                "date_trunc('HOUR', timestamp '2015-03-05 09:32:05')",
                                "2015-03-05 09:00:00")
                        .takes(ArgType.STRING, ArgType.TIMESTAMP)
                        .returns(DataType.TIMESTAMP)
                        .nullable()
                        .computedBy((a, s) ->
                                DateTimeOperations.truncate((String) a[0], (Long) a[1], s.zone())),
                define(
                                G,
                                "make_date(year, month, day)",
                                "The date of three numbers.",
                                "make_date(2013, 7, 15)",
                                "2013-07-15")
                        .takes(ArgType.INT, ArgType.INT, ArgType.INT)
                        .returns(DataType.DATE)
                        .failsInAnsi()
                        .computedBy((a, s) ->
                                makeDate(
                                        (Integer) a[0], (Integer) a[1], (Integer) a[2], s.mode())));
    }

    private static @Nullable Object makeDate(int year, int month, int day, EvalMode mode) {
        try {
            return (int) LocalDate.of(year, month, day).toEpochDay();
        } catch (DateTimeException e) {
            if (mode == EvalMode.ANSI) {
                throw new EngineException(
                        ErrorCode.DATETIME_FIELD_OUT_OF_BOUNDS,
                        Map.of("rangeMessage", String.valueOf(e.getMessage())),
                        null,
                        e);
            }
            return null;
        }
    }

    private static List<FunctionEntry> textual() {
        return List.of(
                define(
                                G,
                                "date_format(timestamp, pattern)",
                                "A timestamp as text in a pattern such as yyyy-MM-dd.",
                                "date_format(timestamp '2016-04-08 00:00:00', 'y/MM')",
                                "2016/04")
                        .takes(ArgType.TIMESTAMP, ArgType.STRING)
                        .returns(DataType.STRING)
                        .fails()
                        .computedBy((a, s) ->
                                DateTimePatterns.format((Long) a[0], (String) a[1], s.zone())),
                reader(
                        "to_date",
                        "Text as a date, by a pattern where one is given.",
                        "to_date('2009-07-30 04:17:52')",
                        "2009-07-30",
                        DataType.DATE,
                        false),
                reader(
                        "to_timestamp",
                        "Text as a timestamp, by a pattern where one is given.",
                        "to_timestamp('2016-12-31', 'yyyy-MM-dd')",
                        "2016-12-31 00:00:00",
                        DataType.TIMESTAMP,
                        false),
                reader(
                        "try_to_timestamp",
                        "to_timestamp with NULL instead of an error.",
                        "try_to_timestamp('foo', 'yyyy-MM-dd')",
                        "NULL",
                        DataType.TIMESTAMP,
                        true),
                reader(
                        "try_to_date",
                        "to_date with NULL instead of an error.",
                        "try_to_date('foo', 'yyyy-MM-dd')",
                        "NULL",
                        DataType.DATE,
                        true));
    }

    private static FunctionEntry reader(
            String name, String doc, String example, String result, DataType type, boolean tries) {
        FunctionEntry byPattern =
                define(G, name + "(str[, pattern])", doc, example, result)
                        .takes(ArgType.STRING, ArgType.STRING)
                        .returns(type)
                        .failsInAnsi()
                        .computedBy((a, s) ->
                                DateTimePatterns.parse((String) a[0], (String) a[1], type, s));
        return new FunctionEntry(
                name,
                List.of(),
                FunctionKind.SCALAR,
                G,
                name + "(str[, pattern])",
                doc,
                example,
                result,
                call -> {
                    call.arity(1, 2);
                    EvalMode mode = tries ? EvalMode.TRY : call.mode();
                    return call.size() == 1
                            ? CommonTypes.cast(call.arg(0), type, mode)
                            : byPattern.resolver().resolve(call.withMode(mode));
                });
    }

    private static List<FunctionEntry> epochs() {
        return List.of(
                new FunctionEntry(
                        "unix_timestamp",
                        List.of("to_unix_timestamp"),
                        FunctionKind.SCALAR,
                        G,
                        "unix_timestamp([time[, pattern]])",
                        "Seconds since 1970 of a time, or of now.",
                        "",
                        "",
                        call -> {
                            call.arity(0, 2);
                            if (call.size() == 0) {
                                return Expr.Literal.of(call.now().getEpochSecond());
                            }
                            Expr time =
                                    call.type(0) == DataType.STRING
                                            ? FunctionRegistry.builtin()
                                                    .resolve(
                                                            "to_timestamp",
                                                            call.size() == 1
                                                                    ? call.withArgs(
                                                                            List.of(
                                                                                    call.arg(0),
                                                                                    Expr.Literal.of(
                                                                                            "yyyy-MM-dd HH:mm:ss")))
                                                                    : call)
                                            : call.as(0, ArgType.TIMESTAMP);
                            return CommonTypes.cast(time, DataType.BIGINT, call.mode());
                        }),
                define(
                                G,
                                "from_unixtime(seconds[, pattern])",
                                "Seconds since 1970 as text in the session's zone.",
                                "from_unixtime(0, 'yyyy')",
                                "1970")
                        .takes(ArgType.BIGINT)
                        .maybe(ArgType.STRING)
                        .returns(DataType.STRING)
                        .fails()
                        .computedBy((a, s) ->
                                DateTimePatterns.format(
                                        (Long) a[0] * MICROS,
                                        a.length > 1 ? (String) a[1] : "yyyy-MM-dd HH:mm:ss",
                                        s.zone())),
                define(
                                G,
                                "date_from_unix_date(days)",
                                "The date a number of days after 1970-01-01.",
                                "date_from_unix_date(1)",
                                "1970-01-02")
                        .takes(ArgType.INT)
                        .returns(DataType.DATE)
                        .java("$0")
                        .computedBy((a, s) -> a[0]),
                define(
                                G,
                                "unix_date(date)",
                                "Days since 1970-01-01.",
                                "unix_date(date '1970-01-02')",
                                "1")
                        .takes(ArgType.DATE)
                        .returns(DataType.INT)
                        .java("$0")
                        .computedBy((a, s) -> a[0]),
                epoch("unix_seconds", "Seconds since 1970.", MICROS),
                epoch("unix_millis", "Milliseconds since 1970.", 1_000L),
                epoch("unix_micros", "Microseconds since 1970.", 1L),
                ofEpoch("timestamp_seconds", "The time a number of seconds after 1970.", MICROS),
                ofEpoch(
                        "timestamp_millis",
                        "The time a number of milliseconds after 1970.",
                        1_000L),
                ofEpoch("timestamp_micros", "The time a number of microseconds after 1970.", 1L));
    }

    private static FunctionEntry epoch(String name, String doc, long unit) {
        return define(G, name + "(timestamp)", doc, "", "")
                .takes(ArgType.TIMESTAMP)
                .returns(DataType.BIGINT)
                .java("java.lang.Math.floorDiv($0, " + unit + "L)")
                .computedBy((a, s) -> Math.floorDiv((Long) a[0], unit));
    }

    private static FunctionEntry ofEpoch(String name, String doc, long unit) {
        return define(G, name + "(n)", doc, "", "")
                .takes(ArgType.BIGINT)
                .returns(DataType.TIMESTAMP)
                .fails()
                .computedBy((a, s) -> {
                    try {
                        return Math.multiplyExact((Long) a[0], unit);
                    } catch (ArithmeticException e) {
                        throw NumberOperations.overflow("long overflow");
                    }
                });
    }
}
