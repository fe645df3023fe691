package dev.vitrine.engine.function;

import static dev.vitrine.engine.function.ScalarDefinition.define;

import dev.vitrine.engine.error.EngineException;
import dev.vitrine.engine.error.ErrorCode;
import dev.vitrine.engine.expr.CallSite;
import dev.vitrine.engine.expr.EvalMode;
import dev.vitrine.engine.expr.Expr;
import dev.vitrine.engine.types.DataType;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.TextStyle;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.IntUnaryOperator;

/// Functions of dates and timestamps.
final class DateTimeFunctions {
    private static final String G = "date";
    private static final String KERNELS = "dev.vitrine.engine.function.DateKernels.";

    private DateTimeFunctions() {}

    static List<FunctionEntry> entries() {
        List<FunctionEntry> all = new ArrayList<>();
        all.addAll(now());
        all.addAll(fields());
        all.addAll(arithmetic());
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
                                    DateTimeText.toMicros(local, ZoneOffset.UTC),
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
                        "59"));
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
                .takes(ArgType.CLOCK)
                .returns(DataType.INT)
                .java(site -> timeTemplate(name, site))
                .computedBy((a, s) -> {
                    LocalDateTime time =
                            DateTimeText.toLocal(
                                    (Long) a[0], zone(s.argTypes().getFirst(), s.zone()));
                    return switch (name) {
                        case "hour" -> time.getHour();
                        case "minute" -> time.getMinute();
                        default -> time.getSecond();
                    };
                });
    }

    /// The zone in which values of a type are read: the session's, or none.
    static ZoneId zone(DataType type, ZoneId session) {
        return type == DataType.TIMESTAMP ? session : ZoneOffset.UTC;
    }

    private static Optional<String> timeTemplate(String name, CallSite site) {
        if (!(zone(site.argTypes().getFirst(), site.zone()) instanceof ZoneOffset offset)) {
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

    /// The number of days: no BIGINT, no fraction, and text only where it is a whole number.
    private static FunctionCall days(FunctionCall call) {
        if (call.type(1) == DataType.STRING && call.mode() == EvalMode.LEGACY) {
            if (!(call.arg(1) instanceof Expr.Literal(String text, var type))) {
                throw call.unexpected(1, ArgType.DAYS.label());
            }
            if (!text.strip().matches("[+-]?[0-9]+")) {
                throw new EngineException(
                        ErrorCode.SECOND_FUNCTION_ARGUMENT_NOT_INTEGER,
                        Map.of("functionName", call.name()),
                        call.where());
            }
        }
        return call.withArg(1, call.as(1, ArgType.DAYS));
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
                        .prepared(DateTimeFunctions::days)
                        .java("($0 + $1)")
                        .computedBy((a, s) -> (Integer) a[0] + (Integer) a[1])
                        .alsoNamed("dateadd")
                        .orElse(3, TimeUnitFunctions::add),
                define(
                                G,
                                "date_sub(start, days)",
                                "The date a number of days before start.",
                                "date_sub(date '2016-07-30', 1)",
                                "2016-07-29")
                        .takes(ArgType.DATE, ArgType.INT)
                        .prepared(DateTimeFunctions::days)
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
                        .alsoNamed("date_diff")
                        .orElse(3, TimeUnitFunctions::difference),
                define(
                                G,
                                "add_months(start, months)",
                                "The date a number of months after start.",
                                "add_months(date '2016-08-31', 1)",
                                "2016-09-30")
                        .takes(ArgType.DATE, ArgType.INT)
                        .fails()
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
                named(
                        "dayname",
                        "The day of the week, Mon to Sun.",
                        "dayname(date '2008-02-20')",
                        "Wed",
                        date -> date.getDayOfWeek().getDisplayName(TextStyle.SHORT, Locale.US)),
                named(
                        "monthname",
                        "The month, Jan to Dec.",
                        "monthname(date '2008-02-20')",
                        "Feb",
                        date -> date.getMonth().getDisplayName(TextStyle.SHORT, Locale.US)));
    }

    private static FunctionEntry named(
            String name,
            String doc,
            String example,
            String result,
            Function<LocalDate, String> of) {
        return define(G, name + "(date)", doc, example, result)
                .takes(ArgType.DATE)
                .returns(DataType.STRING)
                .computedBy((a, s) -> of.apply(LocalDate.ofEpochDay((Integer) a[0])));
    }
}
