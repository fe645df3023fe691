package dev.vitrine.engine.function;

import static dev.vitrine.engine.function.ScalarDefinition.define;

import dev.vitrine.engine.error.EngineException;
import dev.vitrine.engine.error.ErrorCode;
import dev.vitrine.engine.expr.CallSite;
import dev.vitrine.engine.expr.EvalMode;
import dev.vitrine.engine.types.DataType;
import dev.vitrine.engine.types.Field;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Functions of one line of CSV.
final class CsvFunctions {
    private static final String G = "csv";
    private static final ArgType S = ArgType.STRING;

    private CsvFunctions() {}

    static List<FunctionEntry> entries() {
        return List.of(
                define(
                                G,
                                "from_csv(csv, schema[, options])",
                                "A line of CSV as a struct of a schema such as a INT, b STRING.",
                                "from_csv('1, 0.8', 'a INT, b DOUBLE')",
                                "{\"a\":1,\"b\":0.8}")
                        .takes(S, ArgType.ANY)
                        .maybe(ArgType.ANY)
                        .prepared(call -> FormatOptions.checked(call, 2))
                        .returns(CsvFunctions::readType)
                        .nullable()
                        .fails()
                        .computedBy(CsvFunctions::read),
                define(
                                G,
                                "schema_of_csv(csv[, options])",
                                "The schema that fits a constant line of CSV.",
                                "schema_of_csv('1,abc')",
                                "STRUCT<_c0: INT, _c1: STRING>")
                        .takes(S)
                        .maybe(ArgType.ANY)
                        .prepared(call -> FormatOptions.checked(JsonFunctions.constant(call), 1))
                        .returns(DataType.STRING)
                        .computedBy((a, s) -> schema((String) a[0], FormatOptions.of(a, 1), s)),
                define(
                                G,
                                "to_csv(struct[, options])",
                                "A struct as a line of CSV.",
                                "to_csv(named_struct('a', 1, 'b', 2))",
                                "1,2")
                        .takes(ArgType.ANY)
                        .maybe(ArgType.ANY)
                        .prepared(call -> {
                            if (!(call.type(0) instanceof DataType.Struct)) {
                                throw call.unexpected(0, "STRUCT");
                            }
                            return FormatOptions.checked(call, 1);
                        })
                        .returns(DataType.STRING)
                        .fails()
                        .computedBy((a, s) -> written((List<?>) a[0], FormatOptions.of(a, 1), s)));
    }

    private static DataType readType(FunctionCall call) {
        DataType type = FormatOptions.schema(call, 1);
        if (!(type instanceof DataType.Struct)) {
            throw new EngineException(
                    ErrorCode.INVALID_SCHEMA__NON_STRUCT_TYPE,
                    Map.of(
                            "inputSchema", "\"" + call.arg(1).sql() + "\"",
                            "dataType", "\"" + type.sql() + "\""),
                    call.where());
        }
        return type;
    }

    private static String separator(FormatOptions options) {
        return options.get("sep", options.get("delimiter", ","));
    }

    /// The cells of a line; quotes inside quotes are escaped or doubled.
    private static List<String> cells(String line, FormatOptions options) {
        String separator = separator(options);
        char quote = (options.get("quote", "\"") + "\0").charAt(0);
        char escape = (options.get("escape", "\\") + "\0").charAt(0);
        List<String> cells = new ArrayList<>();
        StringBuilder cell = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            boolean more = i + 1 < line.length();
            if (quoted && c == escape && more && line.charAt(i + 1) == quote) {
                cell.append(line.charAt(++i));
            } else if (c == quote && (quoted || cell.isEmpty())) {
                quoted = !quoted;
            } else if (!quoted && line.startsWith(separator, i)) {
                cells.add(cell.toString());
                cell.setLength(0);
                i += separator.length() - 1;
            } else {
                cell.append(c);
            }
        }
        cells.add(cell.toString());
        return cells;
    }

    private static @Nullable Object read(@Nullable Object[] a, CallSite site) {
        String line = (String) a[0];
        FormatOptions options = FormatOptions.of(a, 2);
        List<String> cells = cells(line, options);
        List<Field> fields = ((DataType.Struct) site.type()).fields();
        String record = options.get("columnNameOfCorruptRecord", "_corrupt_record");
        List<@Nullable Object> values = new ArrayList<>();
        boolean sound = true;
        int at = 0;
        for (Field field : fields) {
            if (field.name().equals(record)) {
                values.add(null);
                continue;
            }
            String cell = at < cells.size() ? cells.get(at) : null;
            at++;
            if (cell == null || cell.equals(options.get("nullValue", ""))) {
                values.add(null);
                continue;
            }
            Optional<Object> value = value(cell, field.type(), options, site);
            sound &= value.isPresent();
            values.add(value.orElse(null));
        }
        sound &= at == cells.size();
        if (!sound
                && options.get("mode", "PERMISSIVE").toUpperCase(Locale.ROOT).equals("FAILFAST")) {
            throw new EngineException(
                    ErrorCode.MALFORMED_RECORD_IN_PARSING__WITHOUT_SUGGESTION,
                    Map.of("badRecord", line));
        }
        return JsonFunctions.withRecord(values, fields, options, sound ? null : line);
    }

    private static Optional<Object> value(
            String cell, DataType type, FormatOptions options, CallSite site) {
        return switch (type) {
            case DataType.Simple.STRING -> Optional.of(cell);
            case DataType.Simple.DATE -> {
                var days = options.date(cell);
                yield days.isPresent() ? Optional.of(days.getAsInt()) : Optional.empty();
            }
            case DataType.Simple.TIMESTAMP, DataType.Simple.TIMESTAMP_NTZ -> {
                var micros = options.timestamp(cell, type, site.zone());
                yield micros.isPresent() ? Optional.of(micros.getAsLong()) : Optional.empty();
            }
            default ->
                    Casting.canCast(DataType.STRING, type, EvalMode.TRY)
                            ? Optional.ofNullable(
                                    Casting.caster(DataType.STRING, type, EvalMode.TRY, site.zone())
                                            .cast(cell))
                            : Optional.empty();
        };
    }

    private static String schema(String line, FormatOptions options, CallSite site) {
        List<Field> fields = new ArrayList<>();
        for (String cell : cells(line, options)) {
            fields.add(Field.of("_c" + fields.size(), inferred(cell, options, site)));
        }
        return new DataType.Struct(fields).sql();
    }

    private static DataType inferred(String cell, FormatOptions options, CallSite site) {
        if (cell.isEmpty()) {
            return DataType.STRING;
        }
        for (DataType type : List.of(DataType.INT, DataType.BIGINT)) {
            if (value(cell, type, options, site).isPresent()) {
                return type;
            }
        }
        if (value(cell, DataType.DOUBLE, options, site).isPresent()) {
            BigDecimal number = whole(cell);
            return number != null && number.precision() <= DataType.Decimal.MAX_PRECISION
                    ? new DataType.Decimal(number.precision(), 0)
                    : DataType.DOUBLE;
        }
        if (options.date(cell).isPresent() && cell.length() <= "yyyy-MM-dd".length()) {
            return DataType.DATE;
        }
        if (options.timestamp(cell, DataType.TIMESTAMP, site.zone()).isPresent()) {
            return DataType.TIMESTAMP;
        }
        boolean truth = cell.equalsIgnoreCase("true") || cell.equalsIgnoreCase("false");
        return truth ? DataType.BOOLEAN : DataType.STRING;
    }

    private static @Nullable BigDecimal whole(String cell) {
        return cell.strip().matches("[+-]?[0-9]+") ? new BigDecimal(cell.strip()) : null;
    }

    private static String written(List<?> values, FormatOptions options, CallSite site) {
        List<Field> fields = ((DataType.Struct) site.argTypes().getFirst()).fields();
        String separator = separator(options);
        String quote = options.get("quote", "\"");
        String escape = options.get("escape", "\\");
        StringBuilder line = new StringBuilder();
        Iterator<?> items = values.iterator();
        for (Field field : fields) {
            Object item = items.next();
            String text =
                    item == null
                            ? options.get("nullValue", "")
                            : options.written(item, field.type(), site.zone());
            boolean quotes =
                    item != null
                            && (text.isEmpty()
                                    || options.isOn("quoteAll", false)
                                    || text.contains(separator)
                                    || text.contains(quote)
                                    || text.contains("\n"));
            line.append(line.isEmpty() && field == fields.getFirst() ? "" : separator);
            line.append(quotes ? quote + text.replace(quote, escape + quote) + quote : text);
        }
        return line.toString();
    }
}
