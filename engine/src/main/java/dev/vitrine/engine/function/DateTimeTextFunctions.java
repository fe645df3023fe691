package dev.vitrine.engine.function;

import static dev.vitrine.engine.function.ScalarDefinition.define;

import dev.vitrine.engine.expr.CallSite;
import dev.vitrine.engine.expr.EvalMode;
import dev.vitrine.engine.expr.Expr;
import dev.vitrine.engine.types.DataType;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Dates and times written and read by patterns, and as numbers since 1970.
final class DateTimeTextFunctions {
    private static final String G = "date";
    private static final String SECONDS_PATTERN = "yyyy-MM-dd HH:mm:ss";
    private static final long MICROS = 1_000_000L;

    private DateTimeTextFunctions() {}

    static List<FunctionEntry> entries() {
        List<FunctionEntry> all = new ArrayList<>(textual());
        all.addAll(epochs());
        all.addAll(ofNumbers());
        return all;
    }

    private static DataType timestamps(FunctionCall call) {
        return call.settings().localTimestamps() ? DataType.TIMESTAMP_NTZ : DataType.TIMESTAMP;
    }

    /// Says at once what is wrong with a constant pattern.
    private static FunctionCall checked(FunctionCall call, int pattern, boolean parsing) {
        if (call.size() > pattern
                && call.arg(pattern) instanceof Expr.Literal(String text, var type)) {
            if (parsing) {
                DateTimePatterns.reader(text);
            } else {
                DateTimePatterns.writer(text);
            }
        }
        return call;
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
                        call -> DataType.DATE,
                        false),
                reader(
                        "try_to_date",
                        "to_date with NULL instead of an error.",
                        "try_to_date('foo', 'yyyy-MM-dd')",
                        "NULL",
                        call -> DataType.DATE,
                        true),
                reader(
                        "to_timestamp",
                        "Text as a timestamp, by a pattern where one is given.",
                        "to_timestamp('2016-12-31', 'yyyy-MM-dd')",
                        "2016-12-31 00:00:00",
                        DateTimeTextFunctions::timestamps,
                        false),
                reader(
                        "try_to_timestamp",
                        "to_timestamp with NULL instead of an error.",
                        "try_to_timestamp('foo', 'yyyy-MM-dd')",
                        "NULL",
                        DateTimeTextFunctions::timestamps,
                        true),
                reader(
                        "to_timestamp_ltz",
                        "Text as a timestamp in the session's zone.",
                        "to_timestamp_ltz('2016-12-31', 'yyyy-MM-dd')",
                        "2016-12-31 00:00:00",
                        call -> DataType.TIMESTAMP,
                        false),
                reader(
                        "to_timestamp_ntz",
                        "Text as a timestamp without a zone.",
                        "to_timestamp_ntz('2016-12-31', 'yyyy-MM-dd')",
                        "2016-12-31 00:00:00",
                        call -> DataType.TIMESTAMP_NTZ,
                        false));
    }

    private static FunctionEntry reader(
            String name,
            String doc,
            String example,
            String result,
            Function<FunctionCall, DataType> type,
            boolean tries) {
        FunctionEntry byPattern =
                parser(name, type).failsInAnsi().computedBy(DateTimeTextFunctions::parsed);
        // A constant pattern has been checked; another may be none in any mode.
        FunctionEntry byAnyPattern =
                parser(name, type).nullable().fails().computedBy(DateTimeTextFunctions::parsed);
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
                    FunctionCall mode = tries ? call.withMode(EvalMode.TRY) : call;
                    boolean byCast =
                            call.size() == 1
                                    || call.type(0) == DataType.DATE
                                    || call.type(0).isTimestamp();
                    boolean asText =
                            call.type(0).isNumeric() && type.apply(call) != DataType.TIMESTAMP;
                    if (byCast && asText) {
                        mode =
                                mode.withArg(
                                        0,
                                        CommonTypes.cast(
                                                call.arg(0), DataType.STRING, call.mode()));
                    }
                    return byCast
                            ? ConditionalFunctions.cast(mode, type.apply(call))
                            : (call.arg(1) instanceof Expr.Literal ? byPattern : byAnyPattern)
                                    .resolver()
                                    .resolve(checked(mode, 1, true));
                });
    }

    private static ScalarDefinition parser(String name, Function<FunctionCall, DataType> type) {
        return define(G, name + "(str, pattern)", "", "", "")
                .takes(ArgType.STRING, ArgType.STRING)
                .returns(type);
    }

    private static @Nullable Object parsed(@Nullable Object[] a, CallSite site) {
        return DateTimePatterns.parse((String) a[0], (String) a[1], site.type(), site);
    }

    private static List<FunctionEntry> epochs() {
        return List.of(
                toUnix("unix_timestamp", "unix_timestamp([time[, pattern]])", 0),
                toUnix("to_unix_timestamp", "to_unix_timestamp(time[, pattern])", 1),
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
                                        a.length > 1 ? (String) a[1] : SECONDS_PATTERN,
                                        s.zone())),
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
                epoch("unix_micros", "Microseconds since 1970.", 1L));
    }

    private static FunctionEntry toUnix(String name, String signature, int least) {
        return new FunctionEntry(
                name,
                List.of(),
                FunctionKind.SCALAR,
                G,
                signature,
                "Seconds since 1970 of a time, or of now.",
                "",
                "",
                call -> {
                    call.arity(least, 2);
                    if (call.size() == 0) {
                        return Expr.Literal.of(call.now().getEpochSecond());
                    }
                    FunctionCall read =
                            call.size() > 1
                                    ? call
                                    : call.withArgs(
                                            List.of(call.arg(0), Expr.Literal.of(SECONDS_PATTERN)));
                    Expr time =
                            call.type(0) == DataType.STRING
                                    ? FunctionRegistry.builtin().resolve("to_timestamp_ltz", read)
                                    : call.as(0, ArgType.TIMESTAMP);
                    return CommonTypes.cast(time, DataType.BIGINT, call.mode());
                });
    }

    private static FunctionEntry epoch(String name, String doc, long unit) {
        return define(G, name + "(timestamp)", doc, "", "")
                .takes(ArgType.TIMESTAMP)
                .returns(DataType.BIGINT)
                .java("java.lang.Math.floorDiv($0, " + unit + "L)")
                .computedBy((a, s) -> Math.floorDiv((Long) a[0], unit));
    }

    private static List<FunctionEntry> ofNumbers() {
        return List.of(
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
                                "timestamp_seconds(n)",
                                "The time a number of seconds, also a fraction, after 1970.",
                                "timestamp_seconds(1.5)",
                                "1970-01-01 00:00:01.5")
                        .takes(ArgType.NUMERIC)
                        .returns(DataType.TIMESTAMP)
                        .nullable()
                        .fails()
                        .java(site ->
                                site.argTypes().getFirst() == DataType.INT
                                        ? Optional.of("((long) $0 * 1000000L)")
                                        : Optional.empty())
                        .computedBy((a, s) -> ofSeconds(a[0])),
                ofEpoch(
                        "timestamp_millis",
                        "The time a number of milliseconds after 1970.",
                        1_000L),
                ofEpoch("timestamp_micros", "The time a number of microseconds after 1970.", 1L));
    }

    private static @Nullable Object ofSeconds(@Nullable Object seconds) {
        try {
            return switch (seconds) {
                case BigDecimal d -> d.movePointRight(6).longValueExact();
                case Double d -> Double.isFinite(d) ? (Object) (long) (d * MICROS) : null;
                case Float f -> Float.isFinite(f) ? (Object) (long) ((double) f * MICROS) : null;
                case Number n -> Math.multiplyExact(n.longValue(), MICROS);
                case null, default -> null;
            };
        } catch (ArithmeticException e) {
            throw NumberOperations.overflow("long overflow");
        }
    }

    private static FunctionEntry ofEpoch(String name, String doc, long unit) {
        return define(G, name + "(n)", doc, "", "")
                .takes(ArgType.INTEGRAL)
                .returns(DataType.TIMESTAMP)
                .fails()
                .computedBy((a, s) -> {
                    try {
                        return Math.multiplyExact(((Number) a[0]).longValue(), unit);
                    } catch (ArithmeticException e) {
                        throw NumberOperations.overflow("long overflow");
                    }
                });
    }
}
