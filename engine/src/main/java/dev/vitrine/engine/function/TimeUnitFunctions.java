package dev.vitrine.engine.function;

import static dev.vitrine.engine.function.ScalarDefinition.define;

import dev.vitrine.engine.error.EngineException;
import dev.vitrine.engine.error.ErrorCode;
import dev.vitrine.engine.expr.Expr;
import dev.vitrine.engine.types.DataType;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Functions that count in units of time: adding, differences, cutting off.
final class TimeUnitFunctions {
    private static final String G = "date";

    private static final FunctionEntry ADD =
            define(
                            G,
                            "timestampadd(unit, n, time)",
                            "The time n units after another; the unit stands bare.",
                            "timestampadd(HOUR, 8, timestamp_ntz '2022-02-11 20:30:00')",
                            "2022-02-12 04:30:00")
                    .takes(ArgType.STRING, ArgType.BIGINT, ArgType.ANY_TIMESTAMP)
                    .returns(call -> call.type(2))
                    .fails()
                    .computedBy((a, s) ->
                            added(
                                    (String) a[0],
                                    (Long) a[1],
                                    (Long) a[2],
                                    DateTimeFunctions.zone(s.type(), s.zone())));

    private static final FunctionEntry DIFFERENCE =
            define(
                            G,
                            "timestampdiff(unit, start, end)",
                            "Whole units from start to end; the unit stands bare.",
                            "timestampdiff(MONTH, timestamp_ntz '2021-01-01', timestamp_ntz '2021-02-28')",
                            "1")
                    .takes(ArgType.STRING, ArgType.TIMESTAMP, ArgType.TIMESTAMP)
                    .returns(DataType.BIGINT)
                    .fails()
                    .computedBy(
                            (a, s) -> between((String) a[0], (Long) a[1], (Long) a[2], s.zone()));

    private TimeUnitFunctions() {}

    static List<FunctionEntry> entries() {
        return List.of(
                withUnit(ADD, TimeUnitFunctions::add),
                withUnit(DIFFERENCE, TimeUnitFunctions::difference).alsoNamed("timediff"),
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
                                DateTimeOperations.truncate((String) a[0], (Long) a[1], s.zone())));
    }

    private static FunctionEntry withUnit(FunctionEntry entry, FunctionEntry.Resolver resolver) {
        return new FunctionEntry(
                entry.name(),
                List.of(),
                FunctionKind.SCALAR,
                G,
                entry.signature(),
                entry.doc(),
                entry.example(),
                entry.result(),
                resolver);
    }

    static Expr add(FunctionCall call) {
        return ADD.resolver().resolve(unit(call.arity(3, 3)));
    }

    static Expr difference(FunctionCall call) {
        return DIFFERENCE.resolver().resolve(unit(call.arity(3, 3)));
    }

    private static FunctionCall unit(FunctionCall call) {
        boolean bare =
                call.arg(0)
                                instanceof
                                Expr.NamedArgument(var name, Expr.Literal(String unit, var t))
                        && isUnit(unit);
        if (!bare) {
            throw new EngineException(
                    ErrorCode.INVALID_PARAMETER_VALUE__DATETIME_UNIT,
                    Map.of(
                            "functionName",
                            "`" + call.name() + "`",
                            "parameter",
                            "`unit`",
                            "invalidValue",
                            "'" + call.arg(0).sql() + "'"),
                    call.where());
        }
        return call.withArg(0, ((Expr.NamedArgument) call.arg(0)).value());
    }

    private static boolean isUnit(String unit) {
        return unit.equals("QUARTER") || unit.equals("DAYOFYEAR") || chrono(unit) != null;
    }

    private static @Nullable ChronoUnit chrono(String unit) {
        return switch (unit.toUpperCase(Locale.ROOT)) {
            case "YEAR" -> ChronoUnit.YEARS;
            case "MONTH" -> ChronoUnit.MONTHS;
            case "WEEK" -> ChronoUnit.WEEKS;
            case "DAY", "DAYOFYEAR" -> ChronoUnit.DAYS;
            case "HOUR" -> ChronoUnit.HOURS;
            case "MINUTE" -> ChronoUnit.MINUTES;
            case "SECOND" -> ChronoUnit.SECONDS;
            case "MILLISECOND" -> ChronoUnit.MILLIS;
            case "MICROSECOND" -> ChronoUnit.MICROS;
            default -> null;
        };
    }

    /// Days and longer units go by the calendar, shorter ones by the clock.
    private static Object added(String unit, long count, long micros, ZoneId zone) {
        try {
            ChronoUnit chrono = chrono(unit);
            if (chrono != null && chrono.compareTo(ChronoUnit.HOURS) <= 0) {
                long step = chrono.getDuration().toNanos() / 1_000;
                return Math.addExact(micros, Math.multiplyExact(count, step));
            }
            LocalDateTime time = DateTimeText.toLocal(micros, zone);
            LocalDateTime moved =
                    chrono == null
                            ? time.plusMonths(Math.multiplyExact(count, 3))
                            : time.plus(count, chrono);
            return DateTimeText.toMicros(moved, zone);
        } catch (ArithmeticException | DateTimeException e) {
            throw new EngineException(
                    ErrorCode.DATETIME_OVERFLOW,
                    Map.of("operation", "add " + count + " " + unit),
                    null,
                    e);
        }
    }

    private static Object between(String unit, long start, long end, ZoneId zone) {
        LocalDateTime from = DateTimeText.toLocal(start, zone);
        LocalDateTime to = DateTimeText.toLocal(end, zone);
        ChronoUnit chrono = chrono(unit);
        return chrono == null
                ? ChronoUnit.MONTHS.between(from, to) / 3
                : chrono.compareTo(ChronoUnit.HOURS) <= 0
                        ? (end - start) / (chrono.getDuration().toNanos() / 1_000)
                        : chrono.between(from, to);
    }
}
