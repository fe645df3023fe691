package dev.vitrine.engine.api;

import dev.vitrine.engine.types.Binary;
import dev.vitrine.engine.types.DataType;
import dev.vitrine.engine.types.Values;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/// Rows as [DataFrame#show] prints them.
final class ShownRows {
    private static final int LEAST_WIDTH = 3;
    private static final String CUT = "...";

    private final List<List<String>> lines = new ArrayList<>();
    private final int rows;
    private final boolean more;
    private final boolean cut;

    /// @param result at least one row more than asked for, where there are more
    /// @param truncate characters of a value at most, 0 for all
    ShownRows(QueryResult result, int asked, int truncate) {
        this.rows = Math.toIntExact(Math.min(asked, result.rowCount()));
        this.more = result.rowCount() > asked;
        this.cut = truncate > 0;
        lines.add(result.schema().names().stream().map(name -> cell(name, truncate)).toList());
        for (int row = 0; row < rows; row++) {
            List<String> cells = new ArrayList<>();
            for (int column = 0; column < result.schema().size(); column++) {
                DataType type = result.schema().field(column).type();
                cells.add(cell(text(result.value(row, column), type, result.zone()), truncate));
            }
            lines.add(cells);
        }
    }

    String text(boolean vertical) {
        StringBuilder text = new StringBuilder();
        if (vertical) {
            records(text);
        } else {
            table(text);
        }
        if (more) {
            text.append("only showing top ")
                    .append(rows)
                    .append(rows == 1 ? " row" : " rows")
                    .append('\n');
        }
        return text.toString();
    }

    private void table(StringBuilder text) {
        int columns = lines.getFirst().size();
        int[] widths = new int[columns];
        for (int column = 0; column < columns; column++) {
            widths[column] = LEAST_WIDTH;
            for (List<String> line : lines) {
                widths[column] = Math.max(widths[column], width(line.get(column)));
            }
        }
        StringBuilder rule = new StringBuilder("+");
        for (int width : widths) {
            rule.append("-".repeat(width)).append('+');
        }
        rule.append('\n');
        text.append(rule);
        for (int i = 0; i < lines.size(); i++) {
            text.append('|');
            for (int column = 0; column < columns; column++) {
                text.append(padded(lines.get(i).get(column), widths[column], cut)).append('|');
            }
            text.append('\n');
            if (i == 0) {
                text.append(rule);
            }
        }
        text.append(rule);
    }

    private void records(StringBuilder text) {
        if (rows == 0) {
            text.append("(0 rows)\n");
            return;
        }
        List<String> names = lines.getFirst();
        int nameWidth = Math.max(LEAST_WIDTH, widest(names));
        int valueWidth = LEAST_WIDTH;
        for (List<String> line : lines.subList(1, lines.size())) {
            valueWidth = Math.max(valueWidth, widest(line));
        }
        for (int row = 0; row < rows; row++) {
            String head = "-RECORD " + row;
            // Two characters around each value, and the bar between the two.
            int width = nameWidth + valueWidth + 5;
            text.append(head).append("-".repeat(Math.max(0, width - head.length()))).append('\n');
            for (int column = 0; column < names.size(); column++) {
                text.append(' ')
                        .append(padded(names.get(column), nameWidth, false))
                        .append(" | ")
                        .append(padded(lines.get(row + 1).get(column), valueWidth, false))
                        .append(" \n");
            }
        }
    }

    private static int widest(List<String> cells) {
        return cells.isEmpty() ? 0 : Collections.max(cells.stream().map(ShownRows::width).toList());
    }

    private static String padded(String cell, int width, boolean left) {
        String blanks = " ".repeat(width - width(cell));
        return left ? blanks + cell : cell + blanks;
    }

    /// Columns of a terminal: wide East Asian characters take two.
    private static int width(String text) {
        return text.chars()
                .map(c ->
                        c >= 0x1100 && c <= 0x115F
                                        || c >= 0x2E80 && c <= 0xA4CF
                                        || c >= 0xAC00 && c <= 0xD7A3
                                        || c >= 0xF900 && c <= 0xFAFF
                                        || c >= 0xFE30 && c <= 0xFE4F
                                        || c >= 0xFF01 && c <= 0xFF60
                                        || c >= 0xFFE0 && c <= 0xFFE6
                                ? 2
                                : 1)
                .sum();
    }

    private static String cell(String text, int truncate) {
        String line =
                text.replace("\n", "\\n")
                        .replace("\r", "\\r")
                        .replace("\t", "\\t")
                        .replace("\f", "\\f")
                        .replace("\b", "\\b")
                        .replace("\u000B", "\\v")
                        .replace("\u0007", "\\a");
        if (truncate <= 0 || line.length() <= truncate) {
            return line;
        }
        return truncate <= CUT.length()
                ? line.substring(0, truncate)
                : line.substring(0, truncate - CUT.length()) + CUT;
    }

    /// A value for people: NULL in capitals inside others too, bytes in hex, strings bare.
    private static String text(@Nullable Object value, DataType type, ZoneId zone) {
        if (value == null) {
            return "NULL";
        }
        return switch (type) {
            case DataType.Simple.BINARY ->
                    "["
                            + HexFormat.ofDelimiter(" ")
                                    .withUpperCase()
                                    .formatHex(((Binary) value).toBytes())
                            + "]";
            case DataType.Array(var element, var nulls) -> {
                StringJoiner text = new StringJoiner(", ", "[", "]");
                ((List<?>) value).forEach(item -> text.add(text(item, element, zone)));
                yield text.toString();
            }
            case DataType.MapOf(var key, var mapped, var nulls) -> {
                StringJoiner text = new StringJoiner(", ", "{", "}");
                ((Map<?, ?>) value)
                        .forEach((k, v) ->
                                text.add(text(k, key, zone) + " -> " + text(v, mapped, zone)));
                yield text.toString();
            }
            case DataType.Struct(var fields) -> {
                StringJoiner text = new StringJoiner(", ", "{", "}");
                Iterator<?> items = ((List<?>) value).iterator();
                fields.forEach(field -> text.add(text(items.next(), field.type(), zone)));
                yield text.toString();
            }
            case DataType.Simple simple -> Values.toText(value, simple, zone);
            case DataType.Collated text -> Values.toText(value, text, zone);
            case DataType.Time time -> Values.toText(value, time, zone);
            case DataType.Decimal decimal -> Values.toText(value, decimal, zone);
            case DataType.YearMonthInterval interval -> Values.toLiteral(value, interval, zone);
            case DataType.DayTimeInterval interval -> Values.toLiteral(value, interval, zone);
        };
    }
}
