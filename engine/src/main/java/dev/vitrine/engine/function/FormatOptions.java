package dev.vitrine.engine.function;

import dev.vitrine.engine.error.EngineException;
import dev.vitrine.engine.error.ErrorCode;
import dev.vitrine.engine.expr.Expr;
import dev.vitrine.engine.types.DataType;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// The options of functions that read and write JSON and CSV, names without letter case.
record FormatOptions(Map<String, String> values) {
    private static final String WRITTEN_TIMESTAMP = "yyyy-MM-dd'T'HH:mm:ss[.SSS][XXX]";
    private static final String WRITTEN_LOCAL = "yyyy-MM-dd'T'HH:mm:ss[.SSS]";

    FormatOptions {
        values = Map.copyOf(values);
    }

    /// The options in argument `index` of a row, where there is one.
    static FormatOptions of(@Nullable Object[] args, int index) {
        Map<String, String> values = new HashMap<>();
        if (args.length > index && args[index] instanceof Map<?, ?> map) {
            map.forEach((name, value) ->
                    values.put(
                            String.valueOf(name).toLowerCase(Locale.ROOT), String.valueOf(value)));
        }
        return new FormatOptions(values);
    }

    /// Checks that argument `index`, where there is one, is a map of strings.
    static FunctionCall checked(FunctionCall call, int index) {
        if (call.size() <= index) {
            return call;
        }
        if (!(call.type(index) instanceof DataType.MapOf(var key, var value, var nulls))) {
            throw new EngineException(
                    ErrorCode.INVALID_OPTIONS__NON_MAP_FUNCTION, Map.of(), call.where());
        }
        if (key != DataType.STRING || value != DataType.STRING) {
            throw new EngineException(
                    ErrorCode.INVALID_OPTIONS__NON_STRING_TYPE,
                    Map.of("mapType", "\"" + call.type(index).sql() + "\""),
                    call.where());
        }
        return call;
    }

    /// The type that a constant schema argument names.
    static DataType schema(FunctionCall call, int index) {
        Expr arg = call.arg(index);
        if (arg.type() != DataType.STRING || !arg.references().isEmpty()) {
            throw new EngineException(
                    ErrorCode.INVALID_SCHEMA__NON_STRING_LITERAL,
                    Map.of("inputSchema", "\"" + arg.sql() + "\""),
                    call.where());
        }
        Object text = ExprEvaluator.constant(arg, call.zone());
        if (text == null) {
            throw new EngineException(ErrorCode.INVALID_SCHEMA__NULL, Map.of(), call.where());
        }
        return call.lambdas().parseType((String) text);
    }

    String get(String name, String absent) {
        return values.getOrDefault(name.toLowerCase(Locale.ROOT), absent);
    }

    boolean isOn(String name, boolean absent) {
        return Boolean.parseBoolean(get(name, String.valueOf(absent)));
    }

    private Optional<String> pattern(String name) {
        return Optional.ofNullable(values.get(name.toLowerCase(Locale.ROOT)));
    }

    private ZoneId zone(ZoneId session) {
        return DateTimeText.parseZone(get("timeZone", session.getId())).orElse(session);
    }

    /// A date's days, by the option dateFormat where it is given.
    OptionalInt date(String text) {
        Optional<String> pattern = pattern("dateFormat");
        return pattern.isEmpty()
                ? DateTimeText.parseDate(text)
                : DateTimePatterns.tryDate(text, pattern.get());
    }

    /// A time's microseconds, by the option timestampFormat where it is given.
    OptionalLong timestamp(String text, DataType type, ZoneId session) {
        boolean local = type == DataType.TIMESTAMP_NTZ;
        Optional<String> pattern = pattern(local ? "timestampNTZFormat" : "timestampFormat");
        if (pattern.isPresent()) {
            return DateTimePatterns.tryTimestamp(text, pattern.get(), type, zone(session));
        }
        return local
                ? DateTimeText.parseTimestampNtz(text)
                : DateTimeText.parseTimestamp(text, zone(session));
    }

    /// A date, a time or an interval as it is written.
    String written(Object value, DataType type, ZoneId session) {
        return switch (type) {
            case DataType.Simple.DATE ->
                    DateTimePatterns.writer(get("dateFormat", "yyyy-MM-dd"))
                            .format(
                                    LocalDate.ofEpochDay((Integer) value)
                                            .atStartOfDay(ZoneOffset.UTC));
            case DataType.Simple.TIMESTAMP ->
                    DateTimePatterns.format(
                            (Long) value, get("timestampFormat", WRITTEN_TIMESTAMP), zone(session));
            case DataType.Simple.TIMESTAMP_NTZ ->
                    DateTimePatterns.format(
                            (Long) value, get("timestampNTZFormat", WRITTEN_LOCAL), ZoneOffset.UTC);
            default -> CastText.of(value, type, session);
        };
    }
}
