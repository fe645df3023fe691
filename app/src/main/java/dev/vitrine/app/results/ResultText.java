package dev.vitrine.app.results;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.vitrine.engine.api.QueryResult;
import dev.vitrine.engine.types.DataType;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/// Part of a result as text for the clipboard. Slow for many rows: not for the FX thread.
final class ResultText {
    enum Format {
        TSV,
        TSV_WITH_HEADER,
        CSV,
        JSON,
        MARKDOWN
    }

    /// Rows and columns from the first up to, not including, the end.
    record Part(long fromRow, long toRow, int fromColumn, int toColumn) {
        long rows() {
            return toRow - fromRow;
        }
    }

    private ResultText() {}

    static String of(QueryResult result, Part part, Format format) {
        List<String> names =
                IntStream.range(part.fromColumn, part.toColumn)
                        .mapToObj(column -> result.schema().field(column).name())
                        .toList();
        return switch (format) {
            case TSV -> lines(result, part, row -> tsv(row));
            case TSV_WITH_HEADER -> tsv(names) + "\n" + lines(result, part, row -> tsv(row));
            case CSV -> csv(names) + "\n" + lines(result, part, row -> csv(row));
            case MARKDOWN -> markdown(result, part, names);
            case JSON -> json(result, part);
        };
    }

    private static String lines(
            QueryResult result, Part part, Function<List<String>, String> line) {
        return LongStream.range(part.fromRow, part.toRow)
                .mapToObj(row -> line.apply(texts(result, part, row)))
                .collect(Collectors.joining("\n"));
    }

    private static List<String> texts(QueryResult result, Part part, long row) {
        List<String> texts = new ArrayList<>();
        for (int column = part.fromColumn; column < part.toColumn; column++) {
            texts.add(result.value(row, column) == null ? "" : result.text(row, column));
        }
        return texts;
    }

    private static String tsv(List<String> cells) {
        return cells.stream()
                .map(cell -> cell.replace('\t', ' ').replace('\n', ' '))
                .collect(Collectors.joining("\t"));
    }

    private static String csv(List<String> cells) {
        return cells.stream()
                .map(cell ->
                        cell.matches("(?s).*[\",\n\r].*")
                                ? '"' + cell.replace("\"", "\"\"") + '"'
                                : cell)
                .collect(Collectors.joining(","));
    }

    private static String markdown(QueryResult result, Part part, List<String> names) {
        Function<List<String>, String> line =
                cells ->
                        cells.stream()
                                .map(cell -> cell.replace("|", "\\|").replace('\n', ' '))
                                .collect(Collectors.joining(" | ", "| ", " |"));
        String rule =
                IntStream.range(part.fromColumn, part.toColumn)
                        .mapToObj(column ->
                                result.schema().field(column).type().isNumeric() ? "---:" : "---")
                        .collect(Collectors.joining(" | ", "| ", " |"));
        return line.apply(names) + "\n" + rule + "\n" + lines(result, part, line);
    }

    private static String json(QueryResult result, Part part) {
        return LongStream.range(part.fromRow, part.toRow)
                .mapToObj(row -> {
                    ObjectNode object = JsonNodeFactory.instance.objectNode();
                    for (int c = part.fromColumn; c < part.toColumn; c++) {
                        put(object, result, row, c);
                    }
                    return "  " + object;
                })
                .collect(Collectors.joining(",\n", "[\n", "\n]"));
    }

    private static void put(ObjectNode object, QueryResult result, long row, int column) {
        String name = result.schema().field(column).name();
        DataType type = result.schema().field(column).type();
        switch (result.value(row, column)) {
            case null -> object.putNull(name);
            case Boolean b -> object.put(name, b);
            case Byte n -> object.put(name, n);
            case Short n -> object.put(name, n);
            case Integer n when type.equals(DataType.INT) -> object.put(name, n);
            case Long n when type.equals(DataType.BIGINT) -> object.put(name, n);
            case Float n when !n.isNaN() && !n.isInfinite() -> object.put(name, n);
            case Double n when !n.isNaN() && !n.isInfinite() -> object.put(name, n);
            case java.math.BigDecimal n -> object.put(name, n);
            default -> object.set(name, TextNode.valueOf(result.text(row, column)));
        }
    }
}
