package dev.vitrine.app.slt;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A file of the SQL corpus, read into records. The format is described in the corpus' README.
record SltFile(Path path, List<Entry> entries) {

    /// Something to do, at a line of the file.
    sealed interface Entry {
        int line();

        String sql();
    }

    /// A statement that succeeds, or fails with the condition named.
    record Statement(int line, String sql, Optional<String> error) implements Entry {}

    /// A query and its rows, cells separated by tabs. One letter of `columns` for each column.
    record Query(
            int line,
            String sql,
            String columns,
            boolean sorted,
            Optional<String> label,
            Optional<List<String>> rows)
            implements Entry {}

    static SltFile read(Path path) throws IOException {
        List<Entry> entries = new ArrayList<>();
        List<String> lines = Files.readAllLines(path);
        int at = 0;
        while (at < lines.size()) {
            if (isGap(lines.get(at))) {
                at++;
                continue;
            }
            int end = at;
            while (end < lines.size() && !lines.get(end).isEmpty()) {
                end++;
            }
            entries.add(entry(path, at + 1, lines.subList(at, end)));
            at = end;
        }
        return new SltFile(path, List.copyOf(entries));
    }

    private static boolean isGap(String line) {
        return line.isBlank() || line.startsWith("#");
    }

    private static Entry entry(Path path, int line, List<String> lines) {
        List<String> head = Arrays.asList(lines.getFirst().split(" "));
        List<String> body = lines.subList(1, lines.size());
        int dashes = body.indexOf("----");
        String sql = String.join("\n", dashes < 0 ? body : body.subList(0, dashes));
        if (sql.isBlank()) {
            throw malformed(path, line, "a record without SQL");
        }
        if (head.equals(List.of("statement", "ok"))) {
            return new Statement(line, sql, Optional.empty());
        }
        if (head.size() == 3
                && head.getFirst().equals("statement")
                && head.get(1).equals("error")) {
            return new Statement(line, sql, Optional.of(head.get(2)));
        }
        if (head.size() >= 2 && head.getFirst().equals("query")) {
            return query(
                    path,
                    line,
                    head,
                    sql,
                    dashes < 0 ? null : body.subList(dashes + 1, body.size()));
        }
        throw malformed(path, line, "no record begins with '" + lines.getFirst() + "'");
    }

    private static Query query(
            Path path, int line, List<String> head, String sql, @Nullable List<String> rows) {
        boolean sorted = false;
        Optional<String> label = Optional.empty();
        for (int i = 2; i < head.size(); i++) {
            switch (head.get(i)) {
                case "rowsort" -> sorted = true;
                case "nosort" -> sorted = false;
                case "label" -> label = Optional.of(head.get(++i));
                default -> throw malformed(path, line, "unknown word '" + head.get(i) + "'");
            }
        }
        if (rows == null && label.isEmpty()) {
            throw malformed(path, line, "a query without rows needs a label");
        }
        return new Query(
                line, sql, head.get(1), sorted, label, Optional.ofNullable(rows).map(List::copyOf));
    }

    private static IllegalArgumentException malformed(Path path, int line, String what) {
        return new IllegalArgumentException(path.getFileName() + ":" + line + ": " + what);
    }
}
