package dev.vitrine.engine.function;

import static dev.vitrine.engine.function.ScalarDefinition.define;

import dev.vitrine.engine.error.EngineException;
import dev.vitrine.engine.error.ErrorCode;
import dev.vitrine.engine.expr.CallSite;
import dev.vitrine.engine.expr.EvalMode;
import dev.vitrine.engine.types.DataType;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Dates, times and intervals put together from numbers.
final class MakeDateTimeFunctions {
    private static final String G = "date";
    private static final ArgType SECONDS = new ArgType.Exact(new DataType.Decimal(16, 6));
    private static final ArgType INTERVAL_SECONDS = new ArgType.Exact(new DataType.Decimal(18, 6));

    private MakeDateTimeFunctions() {}

    static List<FunctionEntry> entries() {
        List<FunctionEntry> all = new ArrayList<>();
        all.add(
                define(
                                G,
                                "make_date(year, month, day)",
                                "The date of three numbers.",
                                "make_date(2013, 7, 15)",
                                "2013-07-15")
                        .takes(ArgType.INT, ArgType.INT, ArgType.INT)
                        .returns(DataType.DATE)
                        .failsInAnsi()
                        .computedBy((a, s) -> date(a, s)));
        for (boolean tries : new boolean[] {false, true}) {
            String prefix = tries ? "try_" : "";
            String more = tries ? "; NULL where there is none." : ".";
            all.add(
                    timestamp(
                            prefix + "make_timestamp",
                            "The time of six numbers, in a zone or the session's" + more,
                            DataType.NULL,
                            tries));
            all.add(
                    timestamp(
                            prefix + "make_timestamp_ltz",
                            "The time of six numbers, in a zone or the session's" + more,
                            DataType.TIMESTAMP,
                            tries));
            all.add(
                    timestamp(
                            prefix + "make_timestamp_ntz",
                            "The local time of six numbers" + more,
                            DataType.TIMESTAMP_NTZ,
                            tries));
        }
        all.addAll(intervals());
        return all;
    }

    private static @Nullable Object date(@Nullable Object[] a, CallSite site) {
        try {
            return (int) LocalDate.of((Integer) a[0], (Integer) a[1], (Integer) a[2]).toEpochDay();
        } catch (DateTimeException e) {
            return outOfBounds(e, site.mode());
        }
    }

    private static @Nullable Object outOfBounds(DateTimeException e, EvalMode mode) {
        if (mode == EvalMode.ANSI) {
            throw new EngineException(
                    ErrorCode.DATETIME_FIELD_OUT_OF_BOUNDS,
                    Map.of("rangeMessage", String.valueOf(e.getMessage())),
                    null,
                    e);
        }
        return null;
    }

    /// @param type what it gives, or NULL for what TIMESTAMP means in the session
    private static FunctionEntry timestamp(String name, String doc, DataType type, boolean tries) {
        ScalarDefinition definition =
                define(
                                G,
                                name + "(year, month, day, hour, minute, second[, zone])",
                                doc,
                                name + "(2014, 12, 28, 6, 30, 45.887)",
                                "2014-12-28 06:30:45.887")
                        .takes(
                                ArgType.INT,
                                ArgType.INT,
                                ArgType.INT,
                                ArgType.INT,
                                ArgType.INT,
                                SECONDS);
        if (type != DataType.TIMESTAMP_NTZ) {
            definition.maybe(ArgType.STRING);
        }
        return definition
                .prepared(call -> tries ? call.withMode(EvalMode.TRY) : call)
                .returns(call ->
                        type != DataType.NULL
                                ? type
                                : call.settings().localTimestamps()
                                        ? DataType.TIMESTAMP_NTZ
                                        : DataType.TIMESTAMP)
                .failsInAnsi()
                .computedBy(MakeDateTimeFunctions::timestamp);
    }

    private static @Nullable Object timestamp(@Nullable Object[] a, CallSite site) {
        BigDecimal seconds = (BigDecimal) a[5];
        int whole = seconds.intValue();
        int nanos = seconds.subtract(BigDecimal.valueOf(whole)).movePointRight(9).intValue();
        if (whole == 60 && nanos > 0) {
            if (site.mode() == EvalMode.ANSI) {
                throw new EngineException(
                        ErrorCode.INVALID_FRACTION_OF_SECOND,
                        Map.of("secAndMicros", seconds.toPlainString()));
            }
            return null;
        }
        try {
            LocalDateTime time =
                    LocalDateTime.of(
                            (Integer) a[0],
                            (Integer) a[1],
                            (Integer) a[2],
                            (Integer) a[3],
                            (Integer) a[4],
                            whole == 60 ? 0 : whole,
                            nanos);
            LocalDateTime exact = whole == 60 ? time.plusMinutes(1) : time;
            ZoneId written = a.length > 6 ? ZoneFunctions.zone((String) a[6]) : site.zone();
            return DateTimeText.toMicros(
                    exact, site.type() == DataType.TIMESTAMP ? written : ZoneOffset.UTC);
        } catch (DateTimeException e) {
            return outOfBounds(e, site.mode());
        } catch (EngineException e) {
            if (site.mode() != EvalMode.TRY) {
                throw e;
            }
            return null;
        }
    }

    private static List<FunctionEntry> intervals() {
        return List.of(
                define(
                                G,
                                "make_ym_interval([years[, months]])",
                                "An interval of years and months.",
                                "make_ym_interval(1, 2)",
                                "1-2")
                        .maybe(ArgType.INT, ArgType.INT)
                        .returns(IntervalOperators.YEAR_TO_MONTH)
                        .fails()
                        .computedBy((a, s) -> {
                            try {
                                int years = a.length > 0 ? (Integer) a[0] : 0;
                                int months = a.length > 1 ? (Integer) a[1] : 0;
                                return Math.toIntExact(years * 12L + months);
                            } catch (ArithmeticException e) {
                                throw IntervalOperators.overflow(e);
                            }
                        }),
                define(
                                G,
                                "make_dt_interval([days[, hours[, minutes[, seconds]]]])",
                                "An interval of days to seconds.",
                                "make_dt_interval(1, 12, 30, 01.001001)",
                                "1 12:30:01.001001000")
                        .maybe(ArgType.INT, ArgType.INT, ArgType.INT, INTERVAL_SECONDS)
                        .returns(IntervalOperators.DAY_TO_SECOND)
                        .fails()
                        .computedBy((a, s) -> {
                            try {
                                long[] units = {86_400_000_000L, 3_600_000_000L, 60_000_000L};
                                long micros = 0;
                                for (int i = 0; i < Math.min(3, a.length); i++) {
                                    micros =
                                            Math.addExact(
                                                    micros,
                                                    Math.multiplyExact(
                                                            (long) (Integer) a[i], units[i]));
                                }
                                return a.length > 3
                                        ? Math.addExact(
                                                micros,
                                                ((BigDecimal) a[3])
                                                        .movePointRight(6)
                                                        .longValueExact())
                                        : micros;
                            } catch (ArithmeticException e) {
                                throw IntervalOperators.overflow(e);
                            }
                        }));
    }
}
