package dev.vitrine.app.sql;

import dev.vitrine.app.sql.SqlLanguage.Candidate;
import dev.vitrine.app.text.Text;
import dev.vitrine.app.theme.Icons;
import java.util.List;
import java.util.function.Consumer;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/// Candidates under the caret, with what is known of the selected one. Keys come from the editor,
/// which keeps the focus.
final class CompletionPopup extends VBox {
    private static final double WIDTH = 440;
    private static final double ROW = 26;
    private static final int SHOWN = 9;

    private final Text text;
    private final ListView<Candidate> list = new ListView<>();
    private final Label doc = new Label();
    private final Consumer<Candidate> chosen;

    CompletionPopup(Text text, Consumer<Candidate> chosen) {
        this.text = text;
        this.chosen = chosen;
        getStyleClass().add("completion");
        setId("completion");
        setManaged(false);
        setVisible(false);
        list.setFixedCellSize(ROW);
        list.setFocusTraversable(false);
        list.setCellFactory(view -> new Cell());
        doc.setWrapText(true);
        doc.getStyleClass().add("completion-doc");
        getChildren().addAll(list, doc);
        list.getSelectionModel()
                .selectedItemProperty()
                .addListener((o, old, candidate) -> {
                    doc.setText(candidate == null ? "" : candidate.doc());
                    doc.setVisible(!doc.getText().isEmpty());
                    doc.setManaged(doc.isVisible());
                    fit();
                });
    }

    void show(List<Candidate> candidates, double x, double y, double areaWidth, double areaHeight) {
        if (candidates.isEmpty()) {
            hide();
            return;
        }
        list.getItems().setAll(candidates);
        list.setPrefHeight(Math.min(SHOWN, candidates.size()) * ROW + 2);
        list.getSelectionModel().select(0);
        list.scrollTo(0);
        setVisible(true);
        fit();
        double height = getHeight();
        relocate(
                Math.clamp(x, 0, Math.max(0, areaWidth - WIDTH)),
                y + height > areaHeight && y - height - 24 > 0 ? y - height - 24 : y);
    }

    void hide() {
        setVisible(false);
    }

    private void fit() {
        resize(WIDTH, prefHeight(WIDTH));
    }

    /// Takes the keys that belong to an open list.
    void key(KeyEvent event) {
        if (!isVisible()) {
            return;
        }
        int index = list.getSelectionModel().getSelectedIndex();
        int size = list.getItems().size();
        switch (event.getCode()) {
            case DOWN -> select((index + 1) % size);
            case UP -> select((index + size - 1) % size);
            case PAGE_DOWN -> select(Math.min(size - 1, index + SHOWN));
            case PAGE_UP -> select(Math.max(0, index - SHOWN));
            case ENTER, TAB -> accept();
            case ESCAPE -> hide();
            default -> {
                return;
            }
        }
        event.consume();
    }

    private void select(int index) {
        list.getSelectionModel().select(index);
        list.scrollTo(Math.max(0, index - SHOWN / 2));
    }

    private void accept() {
        Candidate candidate = list.getSelectionModel().getSelectedItem();
        hide();
        if (candidate != null) {
            chosen.accept(candidate);
        }
    }

    private final class Cell extends ListCell<Candidate> {
        private Cell() {
            setOnMouseClicked(event -> {
                if (getItem() != null) {
                    select(getIndex());
                    accept();
                }
            });
        }

        @Override
        protected void updateItem(Candidate candidate, boolean none) {
            super.updateItem(candidate, none);
            if (none || candidate == null) {
                setGraphic(null);
                return;
            }
            String icon =
                    switch (candidate.kind()) {
                        case TABLE -> "table";
                        case COLUMN -> "column";
                        case FUNCTION -> "derive";
                        case KEYWORD -> "command";
                    };
            Label name = new Label(candidate.label());
            name.getStyleClass().add("mono");
            name.setMinWidth(USE_PREF_SIZE);
            Label detail = new Label(candidate.detail());
            detail.getStyleClass().addAll("mono", "muted");
            detail.setMinWidth(0);
            Region gap = new Region();
            HBox.setHgrow(gap, Priority.ALWAYS);
            Label kind =
                    new Label(
                            switch (candidate.kind()) {
                                case TABLE -> text.tableWord();
                                case COLUMN -> text.columnWord();
                                case FUNCTION -> text.functionWord();
                                case KEYWORD -> text.keywordWord();
                            });
            kind.getStyleClass().add("type");
            kind.setMinWidth(USE_PREF_SIZE);
            HBox line = new HBox(8, Icons.of(icon, 14), name, detail, gap, kind);
            line.getStyleClass().add("list-line");
            setGraphic(line);
        }
    }
}
