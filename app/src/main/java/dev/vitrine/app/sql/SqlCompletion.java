package dev.vitrine.app.sql;

import dev.vitrine.app.background.Background;
import dev.vitrine.app.background.Latest;
import dev.vitrine.app.sql.SqlLanguage.Candidate;
import dev.vitrine.app.text.Text;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import javafx.geometry.Bounds;
import javafx.scene.Scene;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.Pane;

/// Completion while typing in a SQL area, and at Ctrl+Space: the editor's and that of forms. The
/// list appears over the window. FX thread only.
public final class SqlCompletion {
    private static final int MOST = 200;

    private final SqlArea area;
    private final Supplier<Source> source;
    private final CompletionPopup popup;
    private final Latest<List<Candidate>> candidates;
    private boolean completing;

    /// Answers what may be typed; asked beside the FX thread.
    public interface Source {
        List<Candidate> complete(String text, int caret);
    }

    private SqlCompletion(SqlArea area, Supplier<Source> source, Background background, Text text) {
        this.area = area;
        this.source = source;
        this.popup = new CompletionPopup(text, this::insert);
        this.candidates = new Latest<>(background, 0, this::show);
    }

    /// Gives an area completion.
    ///
    /// @param source asked for on the FX thread with each question, so that it knows what is around
    ///   the area by then
    public static void install(
            SqlArea area, Supplier<Source> source, Background background, Text text) {
        SqlCompletion completion = new SqlCompletion(area, source, background, text);
        area.textProperty().addListener((o, old, now) -> completion.typed(old, now));
        area.caretPositionProperty()
                .addListener((o, old, now) -> {
                    if (!completion.completing) {
                        completion.hide();
                    }
                });
        area.addEventFilter(KeyEvent.KEY_PRESSED, completion.popup::key);
        area.addEventFilter(
                KeyEvent.KEY_PRESSED,
                event -> {
                    if (event.getCode() == KeyCode.SPACE && event.isControlDown()) {
                        completion.complete();
                        event.consume();
                    }
                });
        area.focusedProperty()
                .addListener((o, old, focused) -> {
                    if (!focused) {
                        completion.hide();
                    }
                });
    }

    private void typed(String old, String now) {
        int caret = area.getCaretPosition();
        boolean grew = now.length() == old.length() + 1 && caret > 0 && caret <= now.length();
        boolean word =
                grew
                        && (Character.isJavaIdentifierPart(now.charAt(caret - 1))
                                || now.charAt(caret - 1) == '.');
        if (area.isFocused() && (word || (popup.isVisible() && now.length() == old.length() - 1))) {
            complete();
        } else {
            hide();
        }
    }

    private void complete() {
        String sql = area.getText();
        int caret = area.getCaretPosition();
        Source asked = source.get();
        completing = true;
        candidates.ask(() -> asked.complete(sql, caret));
    }

    private void show(List<Candidate> found) {
        completing = false;
        Optional<Bounds> caret = area.getCaretBounds();
        Scene scene = area.getScene();
        if (caret.isEmpty()
                || scene == null
                || !area.isFocused()
                || !(scene.getRoot() instanceof Pane root)) {
            return;
        }
        int at = area.getCaretPosition();
        String sql = area.getText();
        List<Candidate> useful =
                found.stream()
                        .filter(c ->
                                c.start() <= at
                                        && at <= sql.length()
                                        && !c.insert().equals(sql.substring(c.start(), at)))
                        .limit(MOST)
                        .toList();
        if (!root.getChildren().contains(popup)) {
            root.getChildren().add(popup);
        }
        Bounds place = root.screenToLocal(caret.get());
        popup.show(useful, place.getMinX(), place.getMaxY() + 2, root.getWidth(), root.getHeight());
    }

    private void hide() {
        popup.hide();
        if (popup.getParent() instanceof Pane parent) {
            parent.getChildren().remove(popup);
        }
    }

    private void insert(Candidate candidate) {
        area.replaceText(candidate.start(), area.getCaretPosition(), candidate.insert());
        // A function's caret goes between its parentheses.
        if (candidate.insert().endsWith("()")) {
            area.moveTo(area.getCaretPosition() - 1);
        }
        hide();
        area.requestFocus();
    }
}
