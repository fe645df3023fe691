package dev.vitrine.app.sql;

import dev.vitrine.engine.error.SourceRange;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import javafx.scene.layout.Region;
import org.fxmisc.richtext.CodeArea;
import org.fxmisc.richtext.model.StyleSpans;
import org.fxmisc.richtext.model.StyleSpansBuilder;
import org.fxmisc.richtext.model.TwoDimensional.Bias;
import org.jspecify.annotations.Nullable;

/// A text area for SQL that colours its text and underlines errors.
public final class SqlArea extends CodeArea {
    private final SqlLanguage language;
    private List<Mark> errors = List.of();
    private SqlLanguage.@Nullable Statement current;

    /// An error's place and message.
    public record Mark(SourceRange range, String message) {}

    public SqlArea(SqlLanguage language) {
        this.language = language;
        getStyleClass().add("sql-area");
        // Typed text must have its colours at once, so this stays on the FX thread; lexing is
        // quick.
        textProperty().addListener((o, old, text) -> restyle());
    }

    /// Sets the text where it differs, and forgets how it came to be.
    public void show(String text) {
        if (!getText().equals(text)) {
            replaceText(text);
            getUndoManager().forgetHistory();
        }
    }

    public void showErrors(List<Mark> marks) {
        errors = List.copyOf(marks);
        restyle();
    }

    public List<Mark> errors() {
        return errors;
    }

    /// Shows which statement would run.
    public void showCurrent(SqlLanguage.@Nullable Statement statement) {
        if (statement == null ? current != null : !statement.equals(current)) {
            current = statement;
            markLines();
        }
    }

    private void markLines() {
        SqlLanguage.Statement statement = current;
        int length = getLength();
        int first = -1;
        int last = -1;
        if (statement != null && statement.end() <= length) {
            first = offsetToPosition(statement.start(), Bias.Forward).getMajor();
            last = offsetToPosition(statement.end(), Bias.Backward).getMajor();
        }
        for (int line = 0; line < getParagraphs().size(); line++) {
            boolean marked = line >= first && line <= last && first >= 0;
            if (marked != !getParagraph(line).getParagraphStyle().isEmpty()) {
                setParagraphStyle(line, marked ? List.of("current") : List.of());
            }
        }
    }

    private void restyle() {
        String text = getText();
        if (!text.isEmpty()) {
            setStyleSpans(0, spans(text));
        }
    }

    private StyleSpans<Collection<String>> spans(String text) {
        int length = text.length();
        List<Span> spans = new ArrayList<>();
        for (SqlLanguage.Token token : language.tokens(text)) {
            spans.add(
                    new Span(
                            token.start(),
                            token.end(),
                            "sql-" + token.kind().name().toLowerCase(Locale.ROOT)));
        }
        for (Mark mark : errors) {
            int start = Math.min(mark.range.start(), length - 1);
            int end = Math.clamp(mark.range.end(), start + 1, length);
            spans.add(new Span(start, end, "sql-error"));
        }
        TreeSet<Integer> cuts = new TreeSet<>(List.of(0, length));
        for (Span span : spans) {
            cuts.add(Math.clamp(span.start, 0, length));
            cuts.add(Math.clamp(span.end, 0, length));
        }
        spans.sort(Comparator.comparingInt(Span::start));
        StyleSpansBuilder<Collection<String>> builder = new StyleSpansBuilder<>();
        List<Span> open = new ArrayList<>();
        int next = 0;
        int from = 0;
        for (int to : cuts) {
            if (to == from) {
                continue;
            }
            int start = from;
            while (next < spans.size() && spans.get(next).start <= start) {
                open.add(spans.get(next++));
            }
            open.removeIf(span -> span.end <= start);
            Set<String> classes = new TreeSet<>();
            open.forEach(span -> classes.add(span.style));
            builder.add(classes, to - from);
            from = to;
        }
        return builder.create();
    }

    /// Makes it a field of one or a few lines that grows with its text.
    public SqlArea asField(int minLines, int maxLines) {
        getStyleClass().add("sql-field");
        setWrapText(true);
        double line = 20;
        Runnable size =
                () -> {
                    int lines = Math.clamp(wrappedLines(), minLines, maxLines);
                    setPrefHeight(lines * line + 10);
                };
        textProperty().addListener((o, old, text) -> size.run());
        widthProperty().addListener((o, old, width) -> size.run());
        size.run();
        setMinHeight(Region.USE_PREF_SIZE);
        return this;
    }

    private int wrappedLines() {
        int columns = Math.max(20, (int) ((getWidth() - 20) / 7.2));
        int lines = 0;
        for (String line : getText().split("\n", -1)) {
            lines += 1 + Math.max(0, line.length() - 1) / columns;
        }
        return lines;
    }

    private record Span(int start, int end, String style) {}
}
