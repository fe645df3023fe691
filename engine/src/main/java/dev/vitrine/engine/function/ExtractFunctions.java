package dev.vitrine.engine.function;

import static dev.vitrine.engine.function.ScalarDefinition.define;

import dev.vitrine.engine.error.EngineException;
import dev.vitrine.engine.error.ErrorCode;
import dev.vitrine.engine.expr.EvalMode;
import dev.vitrine.engine.expr.Expr;
import dev.vitrine.engine.types.CalendarInterval;
import dev.vitrine.engine.types.DataType;
import dev.vitrine.engine.types.DataType.DayTimeField;
import dev.vitrine.engine.types.DataType.YearMonthField;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Fields of dates, times and intervals by name.
final class ExtractFunctions {
    private static final String G = "date";
    private static final DataType SECONDS = new DataType.Decimal(8, 6);
    private static final long MICROS_PER_DAY = 86_400_000_000L;

    private static final FunctionEntry SECOND =
            define(G, "second_with_fraction(timestamp)", "", "", "")
                    .takes(ArgType.CLOCK)
                    .returns(SECONDS)
                    .computedBy((a, s) ->
                            BigDecimal.valueOf(Math.floorMod((Long) a[0], 60_000_000L), 6));

    private static final FunctionEntry YEAR_OF_WEEK =
            define(G, "year_of_week(date)", "", "", "")
                    .takes(ArgType.DATE)
                    .returns(DataType.INT)
                    .computedBy((a, s) -> {
                        int days = (Integer) a[0];
                        return DateKernels.year(days - DateKernels.weekday(days) + 3);
                    });

    private static final FunctionEntry OF_INTERVAL =
            define(G, "extract_interval(field, interval)", "", "", "")
                    .takes(ArgType.STRING, ArgType.ANY)
                    .returns(call ->
                            switch (call.arg(0).sql()) {
                                case "year", "day" -> DataType.INT;
                                case "second" -> SECONDS;
                                default -> DataType.TINYINT;
                            })
                    .computedBy((a, s) ->
                            a[1] instanceof CalendarInterval interval
                                    ? ofInterval((String) a[0], interval)
                                    : ofInterval((String) a[0], ((Number) a[1]).longValue()));

    private static final Set<String> CLOCK_FIELDS = Set.of("hour", "minute", "second");

    private ExtractFunctions() {}

    static List<FunctionEntry> entries() {
        return List.of(
                new FunctionEntry(
                        "date_part",
                        List.of("datepart", "extract"),
                        FunctionKind.SCALAR,
                        G,
                        "date_part(field, source)",
                        "A field of a date, a time or an interval: extract as a function.",
                        "date_part('MONTH', date '2019-08-12')",
                        "8",
                        ExtractFunctions::extract));
    }

    private static Expr extract(FunctionCall call) {
        call.arity(2, 2);
        if (!(call.arg(0) instanceof Expr.Literal(var field, var type))) {
            throw new EngineException(
                    ErrorCode.NON_FOLDABLE_ARGUMENT,
                    Map.of(
                            "funcName", "`" + call.name() + "`",
                            "paramName", "`field`",
                            "paramType", "\"STRING\""),
                    call.where());
        }
        if (field == null) {
            return Expr.Literal.nullOf(DataType.DOUBLE);
        }
        String name = canonical(String.valueOf(field));
        DataType source = call.type(1);
        FunctionCall inner = call.withArgs(List.of(call.arg(1)));
        if (source == DataType.INTERVAL
                || source instanceof DataType.YearMonthInterval
                || source instanceof DataType.DayTimeInterval) {
            if (!has(source, name)) {
                throw unknown(call, field);
            }
            return OF_INTERVAL
                    .resolver()
                    .resolve(call.withArgs(List.of(Expr.Literal.of(name), call.arg(1))));
        }
        if (source instanceof DataType.Time && !CLOCK_FIELDS.contains(name)) {
            throw unknown(call, field);
        }
        return switch (name) {
            case "" -> throw unknown(call, field);
            case "second" -> SECOND.resolver().resolve(inner);
            case "yearofweek" -> YEAR_OF_WEEK.resolver().resolve(inner);
            case "weekday" ->
                    new Expr.Arithmetic(
                            Expr.ArithmeticOp.ADD,
                            FunctionRegistry.builtin().resolve("weekday", inner),
                            Expr.Literal.of(1),
                            DataType.INT,
                            EvalMode.LEGACY);
            default -> FunctionRegistry.builtin().resolve(name, inner);
        };
    }

    private static EngineException unknown(FunctionCall call, Object field) {
        return new EngineException(
                ErrorCode.INVALID_EXTRACT_FIELD,
                Map.of("field", "`" + field + "`", "expr", "\"" + call.arg(1).sql() + "\""),
                call.where());
    }

    /// The function that gives a field, or an empty string.
    private static String canonical(String field) {
        return switch (field.toLowerCase(Locale.ROOT)) {
            case "year", "y", "years", "yr", "yrs" -> "year";
            case "yearofweek" -> "yearofweek";
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
            default -> "";
        };
    }

    private static boolean has(DataType type, String name) {
        Optional<Enum<?>> field =
                switch (name) {
                    case "year" -> Optional.of(YearMonthField.YEAR);
                    case "month" -> Optional.of(YearMonthField.MONTH);
                    case "day" -> Optional.of(DayTimeField.DAY);
                    case "hour" -> Optional.of(DayTimeField.HOUR);
                    case "minute" -> Optional.of(DayTimeField.MINUTE);
                    case "second" -> Optional.of(DayTimeField.SECOND);
                    default -> Optional.empty();
                };
        return switch (type) {
            case DataType.Simple.INTERVAL -> field.isPresent();
            case DataType.YearMonthInterval(var start, var end) ->
                    field.filter(f ->
                                    f instanceof YearMonthField y
                                            && y.compareTo(start) >= 0
                                            && y.compareTo(end) <= 0)
                            .isPresent();
            case DataType.DayTimeInterval(var start, var end) ->
                    field.filter(f ->
                                    f instanceof DayTimeField d
                                            && d.compareTo(start) >= 0
                                            && d.compareTo(end) <= 0)
                            .isPresent();
            default -> false;
        };
    }

    private static Object ofInterval(String name, CalendarInterval interval) {
        return switch (name) {
            case "year", "month" -> ofInterval(name, interval.months());
            case "day" -> interval.days();
            default -> ofInterval(name, interval.micros());
        };
    }

    private static Object ofInterval(String name, long value) {
        return switch (name) {
            case "year" -> (int) (value / 12);
            case "month" -> (byte) (value % 12);
            case "day" -> (int) (value / MICROS_PER_DAY);
            case "hour" -> (byte) (value % MICROS_PER_DAY / 3_600_000_000L);
            case "minute" -> (byte) (value / 60_000_000L % 60);
            default -> BigDecimal.valueOf(value % 60_000_000L, 6);
        };
    }
}
