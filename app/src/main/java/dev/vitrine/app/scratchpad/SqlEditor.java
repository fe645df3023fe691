package dev.vitrine.app.scratchpad;

import dev.vitrine.app.background.Background;
import dev.vitrine.app.background.Latest;
import dev.vitrine.app.editor.Editor;
import dev.vitrine.app.project.Autosave;
import dev.vitrine.app.sql.SqlArea;
import dev.vitrine.app.sql.SqlCompletion;
import dev.vitrine.app.sql.SqlLanguage;
import dev.vitrine.app.sql.SqlLanguage.Statement;
import dev.vitrine.app.text.Text;
import dev.vitrine.engine.api.Analysis;
import dev.vitrine.engine.api.Session;
import dev.vitrine.engine.error.SourceRange;
import dev.vitrine.engine.event.ErrorInfo;
import dev.vitrine.engine.pipeline.PipelineFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import javafx.beans.binding.Bindings;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.scene.control.Label;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import org.fxmisc.flowless.VirtualizedScrollPane;
import org.fxmisc.richtext.LineNumberFactory;
import org.fxmisc.richtext.event.MouseOverTextEvent;
import org.jspecify.annotations.Nullable;

/// A SQL file's tab: colours, errors while typing, completion, and the statement at the caret to be
/// run.
public final class SqlEditor implements Editor {
    private static final long ERRORS_DELAY_MILLIS = 250;

    private final Path file;
    private final SqlLanguage language;
    private final Session session;
    private final SqlArea area;
    private final StackPane view;
    private final Label hover = new Label();
    private final Autosave autosave;
    private final Latest<List<Problem>> analysis;
    private final Consumer<List<String>> run;
    private final ReadOnlyStringWrapper status = new ReadOnlyStringWrapper("");
    private final ReadOnlyObjectWrapper<List<Problem>> problems =
            new ReadOnlyObjectWrapper<>(List.of());

    /// An error and its place in the text.
    public record Problem(ErrorInfo error, SourceRange range) {}

    /// @param run runs statements one after the other
    public SqlEditor(
            Path file,
            String content,
            SqlLanguage language,
            Session session,
            Background background,
            Text text,
            Consumer<List<String>> run,
            Consumer<Throwable> failed) {
        this.file = file;
        this.language = language;
        this.session = session;
        this.run = run;
        this.area = new SqlArea(language);
        area.setId("sql");
        area.setParagraphGraphicFactory(LineNumberFactory.get(area));
        area.show(content);
        hover.getStyleClass().add("hover-message");
        hover.setWrapText(true);
        hover.setManaged(false);
        hover.setVisible(false);
        hover.setMouseTransparent(true);
        view = new StackPane(new VirtualizedScrollPane<>(area), hover);
        view.getStyleClass().add("sql-editor");
        autosave =
                new Autosave(
                        background,
                        area::getText,
                        saved -> PipelineFile.writeText(file, saved),
                        failed);
        analysis = new Latest<>(background, ERRORS_DELAY_MILLIS, this::showProblems);
        SqlCompletion.install(area, () -> language::complete, background, text);
        area.textProperty()
                .addListener((o, old, now) -> {
                    autosave.changed();
                    analyze();
                });
        area.caretPositionProperty().addListener((o, old, now) -> area.showCurrent(current()));
        showErrorUnderMouse();
        status.bind(
                Bindings.createStringBinding(
                        () ->
                                text.caretAt(
                                        area.getCurrentParagraph() + 1, area.getCaretColumn() + 1),
                        area.caretPositionProperty()));
        area.moveTo(0);
        area.showCurrent(current());
        analyze();
    }

    public SqlArea area() {
        return area;
    }

    public ReadOnlyObjectProperty<List<Problem>> problems() {
        return problems.getReadOnlyProperty();
    }

    /// Asks for errors anew, after tables changed.
    public void analyze() {
        String sql = area.getText();
        analysis.ask(() -> analyze(sql));
    }

    private List<Problem> analyze(String sql) {
        List<Problem> found = new ArrayList<>();
        for (Statement statement : language.statements(sql)) {
            if (session.analyze(sql.substring(statement.start(), statement.end()))
                    instanceof Analysis.Invalid(var errors)) {
                for (ErrorInfo error : errors) {
                    SourceRange range =
                            error.where()
                                    .map(r ->
                                            new SourceRange(
                                                    r.start() + statement.start(),
                                                    r.end() + statement.start()))
                                    .orElse(new SourceRange(statement.start(), statement.end()));
                    found.add(new Problem(error, range));
                }
            }
        }
        return found;
    }

    private void showProblems(List<Problem> found) {
        area.showErrors(
                found.stream().map(p -> new SqlArea.Mark(p.range, p.error.message())).toList());
        problems.set(found);
    }

    private void showErrorUnderMouse() {
        area.setMouseOverTextDelay(java.time.Duration.ofMillis(300));
        area.addEventHandler(
                MouseOverTextEvent.MOUSE_OVER_TEXT_BEGIN,
                event -> {
                    int at = event.getCharacterIndex();
                    area.errors().stream()
                            .filter(m ->
                                    at >= m.range().start()
                                            && at
                                                    < Math.max(
                                                            m.range().end(), m.range().start() + 1))
                            .findFirst()
                            .ifPresent(mark -> {
                                hover.setText(mark.message());
                                hover.setMaxWidth(420);
                                hover.applyCss();
                                double width = Math.min(420, hover.prefWidth(-1));
                                hover.resize(width, hover.prefHeight(width));
                                hover.relocate(
                                        event.getPosition().getX(),
                                        event.getPosition().getY() + 24);
                                hover.setVisible(true);
                            });
                });
        area.addEventHandler(
                MouseOverTextEvent.MOUSE_OVER_TEXT_END, event -> hover.setVisible(false));
    }

    // Running

    private @Nullable Statement current() {
        int caret = area.getCaretPosition();
        List<Statement> statements = language.statements(area.getText());
        Statement before = null;
        for (Statement statement : statements) {
            if (statement.covers(caret)) {
                return statement;
            }
            if (statement.end() < caret) {
                before = statement;
            }
        }
        return before == null && !statements.isEmpty() ? statements.getFirst() : before;
    }

    private void runStatement() {
        String selected = area.getSelectedText();
        Statement statement = current();
        if (!selected.isBlank()) {
            run.accept(texts(selected));
        } else if (statement != null) {
            run.accept(List.of(area.getText(statement.start(), statement.end())));
        }
    }

    private List<String> texts(String sql) {
        return language.statements(sql).stream()
                .map(statement -> sql.substring(statement.start(), statement.end()))
                .toList();
    }

    private void format() {
        String text = area.getText();
        String formatted = language.format(text);
        if (!formatted.equals(text)) {
            int words = words(text.substring(0, area.getCaretPosition()));
            // A step of its own among those that can be undone.
            area.getUndoManager().preventMerge();
            area.replaceText(formatted);
            area.getUndoManager().preventMerge();
            area.moveTo(after(formatted, words));
            area.requestFollowCaret();
        }
    }

    /// Characters that are no blanks.
    private static int words(String text) {
        return (int) text.chars().filter(c -> !Character.isWhitespace(c)).count();
    }

    /// Where so many characters that are no blanks lie before.
    private static int after(String text, int words) {
        int left = words;
        int at = 0;
        while (left > 0 && at < text.length()) {
            left -= Character.isWhitespace(text.charAt(at++)) ? 0 : 1;
        }
        return at;
    }

    /// Puts text in at the caret, for example a table's name from the catalog.
    public void insertText(String inserted) {
        area.replaceSelection(inserted);
        area.requestFocus();
    }

    public void goTo(SourceRange range) {
        area.selectRange(range.start(), Math.min(range.end(), area.getLength()));
        area.requestFollowCaret();
        area.requestFocus();
    }

    // Editor

    @Override
    public Path file() {
        return file;
    }

    @Override
    public String title() {
        return String.valueOf(file.getFileName());
    }

    @Override
    public String icon() {
        return "sql";
    }

    @Override
    public Region view() {
        return view;
    }

    @Override
    public ReadOnlyStringProperty status() {
        return status.getReadOnlyProperty();
    }

    @Override
    public ReadOnlyBooleanProperty dirty() {
        return autosave.dirty();
    }

    @Override
    public void focus() {
        area.requestFocus();
    }

    @Override
    public void close() {
        autosave.flush();
    }

    @Override
    public Optional<Runnable> action(String commandId) {
        return switch (commandId) {
            case "file.save" -> Optional.of(autosave::save);
            case "run.run" -> Optional.of(() -> run.accept(texts(area.getText())));
            case "run.statement" -> Optional.of(this::runStatement);
            case "edit.undo" -> area.isUndoAvailable() ? Optional.of(area::undo) : Optional.empty();
            case "edit.redo" -> area.isRedoAvailable() ? Optional.of(area::redo) : Optional.empty();
            case "edit.cut" -> Optional.of(area::cut);
            case "edit.copy" -> Optional.of(area::copy);
            case "edit.paste" -> Optional.of(area::paste);
            case "edit.select-all" -> Optional.of(area::selectAll);
            case "edit.format" -> Optional.of(this::format);
            default -> Optional.empty();
        };
    }
}
