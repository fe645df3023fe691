package dev.vitrine.app.cli;

import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.vitrine.engine.api.QueryResult;
import dev.vitrine.engine.batch.ArrowTypes;
import dev.vitrine.engine.batch.Batch;
import dev.vitrine.engine.types.DataType;
import dev.vitrine.engine.types.Field;
import dev.vitrine.engine.types.Values;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.math.BigDecimal;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ipc.ArrowStreamWriter;
import org.jspecify.annotations.Nullable;

/// Prints the rows of a result in one of the formats.
final class ResultWriter {
    private static final int MAX_TABLE_WIDTH = 60;

    private final OutputStream out;
    private final PrintStream text;

    ResultWriter(OutputStream out) {
        this.out = out;
        this.text = new PrintStream(out, false, StandardCharsets.UTF_8);
    }

    void write(QueryResult result, ResultFormat format) throws IOException {
        switch (format) {
            case TABLE -> table(result);
            case CSV -> csv(result);
            case JSON, JSONL -> json(result, format == ResultFormat.JSON);
            case MARKDOWN -> markdown(result);
            case ARROW -> arrow(result);
        }
        text.flush();
        out.flush();
    }

    private void table(QueryResult result) {
        if (result.schema().size() == 0) {
            return;
        }
        int columns = result.schema().size();
        List<String[]> rows = new ArrayList<>();
        int[] widths = new int[columns];
        String[] names = result.schema().names().toArray(String[]::new);
        for (int i = 0; i < columns; i++) {
            widths[i] = Math.max(1, width(clip(names[i])));
        }
        for (long row = 0; row < result.rowCount(); row++) {
            String[] cells = new String[columns];
            for (int i = 0; i < columns; i++) {
                cells[i] = clip(result.text(row, i).replace("\n", "\\n").replace("\t", "\\t"));
                widths[i] = Math.max(widths[i], width(cells[i]));
            }
            rows.add(cells);
        }
        rule(widths, "┌", "┬", "┐");
        boolean[] left = new boolean[columns];
        Arrays.fill(left, true);
        line(Arrays.stream(names).map(ResultWriter::clip).toArray(String[]::new), widths, left);
        rule(widths, "├", "┼", "┤");
        for (int i = 0; i < columns; i++) {
            left[i] = !result.schema().field(i).type().isNumeric();
        }
        rows.forEach(cells -> line(cells, widths, left));
        rule(widths, "└", "┴", "┘");
        text.println(result.rowCount() + (result.rowCount() == 1 ? " row" : " rows"));
    }

    private static String clip(String cell) {
        return cell.length() <= MAX_TABLE_WIDTH
                ? cell
                : cell.substring(0, MAX_TABLE_WIDTH - 1) + "…";
    }

    private static int width(String cell) {
        return cell.codePointCount(0, cell.length());
    }

    private void rule(int[] widths, String left, String middle, String right) {
        StringBuilder line = new StringBuilder(left);
        for (int i = 0; i < widths.length; i++) {
            line.append("─".repeat(widths[i] + 2)).append(i == widths.length - 1 ? right : middle);
        }
        text.println(line);
    }

    private void line(String[] cells, int[] widths, boolean[] left) {
        StringBuilder line = new StringBuilder("│");
        for (int i = 0; i < cells.length; i++) {
            String padding = " ".repeat(widths[i] - width(cells[i]));
            line.append(' ').append(left[i] ? cells[i] + padding : padding + cells[i]).append(" │");
        }
        text.println(line);
    }

    private void csv(QueryResult result) {
        if (result.schema().size() == 0) {
            return;
        }
        text.println(
                String.join(
                        ",", result.schema().names().stream().map(ResultWriter::quoted).toList()));
        StringBuilder line = new StringBuilder();
        for (Batch batch : result.batches()) {
            for (int row = 0; row < batch.rowCount(); row++) {
                line.setLength(0);
                for (int column = 0; column < result.schema().size(); column++) {
                    Object value = batch.value(column, row);
                    DataType type = result.schema().field(column).type();
                    line.append(column == 0 ? "" : ",")
                            .append(
                                    value == null
                                            ? ""
                                            : quotedValue(
                                                    Values.toText(value, type, result.zone())));
                }
                text.append(line).append("\n");
            }
        }
    }

    /// An empty string is quoted, so that it differs from NULL.
    private static String quotedValue(String cell) {
        return cell.isEmpty() ? "\"\"" : quoted(cell);
    }

    private static String quoted(String cell) {
        boolean plain =
                cell.indexOf(',') < 0
                        && cell.indexOf('"') < 0
                        && cell.indexOf('\n') < 0
                        && cell.indexOf('\r') < 0;
        return plain ? cell : '"' + cell.replace("\"", "\"\"") + '"';
    }

    private void markdown(QueryResult result) {
        StringBuilder line = new StringBuilder("|");
        result.schema().names().forEach(name -> line.append(' ').append(cell(name)).append(" |"));
        text.println(line);
        line.setLength(0);
        line.append('|');
        for (Field field : result.schema().fields()) {
            line.append(field.type().isNumeric() ? " ---: |" : " --- |");
        }
        text.println(line);
        for (long row = 0; row < result.rowCount(); row++) {
            line.setLength(0);
            line.append('|');
            for (int column = 0; column < result.schema().size(); column++) {
                line.append(' ').append(cell(result.text(row, column))).append(" |");
            }
            text.println(line);
        }
    }

    private static String cell(String value) {
        return value.replace("|", "\\|").replace("\n", "<br>");
    }

    private void json(QueryResult result, boolean array) throws IOException {
        JsonGenerator json = new JsonFactory().createGenerator(text, JsonEncoding.UTF8);
        json.setRootValueSeparator(null);
        if (array) {
            json.writeStartArray();
        }
        for (Batch batch : result.batches()) {
            for (int row = 0; row < batch.rowCount(); row++) {
                if (array) {
                    json.writeRaw("\n");
                }
                json.writeStartObject();
                for (int column = 0; column < result.schema().size(); column++) {
                    Field field = result.schema().field(column);
                    json.writeFieldName(field.name());
                    value(json, batch.value(column, row), field.type(), result);
                }
                json.writeEndObject();
                if (!array) {
                    json.writeRaw("\n");
                }
            }
        }
        if (array) {
            json.writeRaw("\n");
            json.writeEndArray();
            json.writeRaw("\n");
        }
        json.flush();
    }

    private static void value(
            JsonGenerator json, @Nullable Object value, DataType type, QueryResult result)
            throws IOException {
        switch (value) {
            case null -> json.writeNull();
            case Boolean b -> json.writeBoolean(b);
            case Float f -> json.writeRawValue(finite(f) ? f.toString() : "\"" + f + "\"");
            case Double d -> json.writeRawValue(finite(d) ? d.toString() : "\"" + d + "\"");
            case BigDecimal d -> json.writeRawValue(d.toPlainString());
            default -> {
                switch (type) {
                    case DataType.Array(var element, var nulls) -> {
                        json.writeStartArray();
                        for (Object item : (List<?>) value) {
                            value(json, item, element, result);
                        }
                        json.writeEndArray();
                    }
                    case DataType.Struct(var fields) -> {
                        json.writeStartObject();
                        List<?> items = (List<?>) value;
                        for (int i = 0; i < fields.size(); i++) {
                            json.writeFieldName(fields.get(i).name());
                            value(json, items.get(i), fields.get(i).type(), result);
                        }
                        json.writeEndObject();
                    }
                    case DataType.MapOf(var key, var item, var nulls) -> {
                        json.writeStartObject();
                        for (Map.Entry<?, ?> entry : ((Map<?, ?>) value).entrySet()) {
                            json.writeFieldName(Values.toText(entry.getKey(), key, result.zone()));
                            value(json, entry.getValue(), item, result);
                        }
                        json.writeEndObject();
                    }
                    default -> {
                        String shown = Values.toText(value, type, result.zone());
                        if (type.isIntegral()) {
                            json.writeRawValue(shown);
                        } else {
                            json.writeString(shown);
                        }
                    }
                }
            }
        }
    }

    private static boolean finite(double value) {
        return !Double.isNaN(value) && !Double.isInfinite(value);
    }

    private void arrow(QueryResult result) throws IOException {
        var schema = ArrowTypes.schema(result.schema());
        try (var allocator = new org.apache.arrow.memory.RootAllocator();
                VectorSchemaRoot root = VectorSchemaRoot.create(schema, allocator);
                ArrowStreamWriter writer =
                        new ArrowStreamWriter(root, null, Channels.newChannel(out))) {
            writer.start();
            for (Batch batch : result.batches()) {
                for (int i = 0; i < result.schema().size(); i++) {
                    FieldVector target = root.getVector(i);
                    target.clear();
                    target.allocateNew();
                    for (int row = 0; row < batch.rowCount(); row++) {
                        target.copyFromSafe(row, row, batch.vector(i));
                    }
                    target.setValueCount(batch.rowCount());
                }
                root.setRowCount(batch.rowCount());
                writer.writeBatch();
            }
            writer.end();
        }
    }
}
