package dev.vitrine.app.results;

import dev.vitrine.app.background.Background;
import dev.vitrine.app.text.Text;
import dev.vitrine.app.text.Units;
import dev.vitrine.app.theme.Icons;
import dev.vitrine.engine.api.QueryResult;
import dev.vitrine.engine.event.ErrorInfo;
import dev.vitrine.engine.pipeline.PreviewSample;
import java.util.Map;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.Label;
import javafx.scene.control.MenuItem;
import javafx.scene.control.ProgressIndicator;
import javafx.scene.control.Tab;
import javafx.scene.control.TabPane;
import javafx.scene.input.Clipboard;
import javafx.scene.input.DataFormat;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;

/// Results in tabs: one for the preview of the selected node, one for every run, kept until closed.
public final class ResultsView extends StackPane {
    private static final int KEPT = 8;

    private final Text text;
    private final Background background;
    private final TabPane tabs = new TabPane();
    private final Label empty = new Label();
    private final ObjectProperty<PreviewRows.Choice> previewChoice =
            new SimpleObjectProperty<>(new PreviewRows.Choice(PreviewSample.Mode.FIRST, true));
    private int numbered;

    /// What a tab shows beside the rows.
    ///
    /// @param truncatedAt rows after which a preview ends, or 0 where all rows are there
    /// @param close frees the rows
    public record Rows(
            QueryResult result,
            long elapsedNanos,
            long bytesRead,
            long truncatedAt,
            Runnable close) {}

    /// A tab to be filled.
    public final class Slot {
        private final Tab tab;
        private Runnable close = () -> {};

        private Slot(Tab tab) {
            this.tab = tab;
            tab.setOnClosed(event -> free());
        }

        private void free() {
            close.run();
            close = () -> {};
            empty.setVisible(tabs.getTabs().isEmpty());
            tabs.setVisible(!tabs.getTabs().isEmpty());
        }

        public void title(String title) {
            tab.setText(title);
        }

        public void loading() {
            if (!(tab.getContent() instanceof BorderPane)) {
                ProgressIndicator circle = new ProgressIndicator();
                circle.setMaxSize(24, 24);
                tab.setContent(new StackPane(circle));
            } else {
                tab.getContent().setOpacity(0.5);
            }
        }

        public void rows(Rows rows) {
            close.run();
            close = rows.close;
            tab.setContent(grid(rows));
        }

        /// Shows a preview, whose rows it frees when others come.
        public void preview(PreviewRows rows) {
            close.run();
            close = rows::close;
            tab.setContent(new PreviewPane(rows, previewChoice, ResultsView.this::grid, text));
        }

        public void message(String message, String icon) {
            free();
            Label label = new Label(message, Icons.of(icon));
            label.getStyleClass().add("empty-state");
            label.setWrapText(true);
            tab.setContent(new StackPane(label));
        }

        public void error(ErrorInfo error) {
            free();
            tab.setContent(errorPane(error));
        }

        public void select() {
            tabs.getSelectionModel().select(tab);
        }

        public boolean isOpen() {
            return tabs.getTabs().contains(tab);
        }
    }

    public ResultsView(Text text, Background background) {
        this.text = text;
        this.background = background;
        getStyleClass().add("results");
        setId("results");
        empty.setText(text.emptyResults());
        empty.getStyleClass().add("empty-state");
        empty.setWrapText(true);
        tabs.getStyleClass().addAll("result-tabs");
        tabs.setTabClosingPolicy(TabPane.TabClosingPolicy.ALL_TABS);
        tabs.setVisible(false);
        getChildren().addAll(tabs, empty);
    }

    /// What the user wants of previews.
    public ReadOnlyObjectProperty<PreviewRows.Choice> previewChoice() {
        return previewChoice;
    }

    /// The tab of previews: the first one, opened where it is not.
    public Slot preview() {
        for (Tab tab : tabs.getTabs()) {
            if (tab.getUserData() instanceof Slot slot && "preview".equals(tab.getId())) {
                return slot;
            }
        }
        Slot slot = open("", "results");
        slot.tab.setId("preview");
        tabs.getTabs().remove(slot.tab);
        tabs.getTabs().add(0, slot.tab);
        return slot;
    }

    /// A new tab for a run.
    public Slot newResult(String title) {
        while (tabs.getTabs().size() >= KEPT) {
            Tab oldest =
                    tabs.getTabs().stream()
                            .filter(tab -> !"preview".equals(tab.getId()))
                            .findFirst()
                            .orElseThrow();
            tabs.getTabs().remove(oldest);
            if (oldest.getUserData() instanceof Slot slot) {
                slot.free();
            }
        }
        Slot slot = open(title.isEmpty() ? text.resultNumber(++numbered) : title, "run");
        slot.select();
        return slot;
    }

    /// Closes all tabs and frees their rows.
    public void closeAll() {
        for (Tab tab : java.util.List.copyOf(tabs.getTabs())) {
            tabs.getTabs().remove(tab);
            if (tab.getUserData() instanceof Slot slot) {
                slot.free();
            }
        }
    }

    private Slot open(String title, String icon) {
        Tab tab = new Tab(title);
        tab.setGraphic(Icons.of(icon, 14));
        Slot slot = new Slot(tab);
        tab.setUserData(slot);
        tabs.getTabs().add(tab);
        tabs.setVisible(true);
        empty.setVisible(false);
        return slot;
    }

    private Node grid(Rows rows) {
        Label status = new Label();
        ResultGrid[] grid = new ResultGrid[1];
        grid[0] = new ResultGrid(rows.result, format -> copy(rows.result, grid[0], format, status));
        grid[0].setOnContextMenuRequested(event -> {
            ContextMenu menu = menu(rows.result, grid[0], status);
            menu.show(grid[0], event.getScreenX(), event.getScreenY());
        });
        Region gap = new Region();
        HBox.setHgrow(gap, Priority.ALWAYS);
        HBox foot = new HBox(16);
        foot.getStyleClass().add("grid-foot");
        foot.setAlignment(Pos.CENTER_LEFT);
        foot.setMinWidth(0);
        long count = rows.result.rowCount();
        foot.getChildren()
                .addAll(
                        foot(
                                rows.truncatedAt > 0 && count >= rows.truncatedAt
                                        ? text.rowsOfFirst(count)
                                        : count == 1 ? text.oneRow() : text.rowsShown(count)),
                        foot(text.columnsShown(rows.result.schema().size())));
        if (rows.elapsedNanos > 0) {
            foot.getChildren().add(foot(text.elapsed(Units.time(rows.elapsedNanos))));
        }
        if (rows.bytesRead > 0) {
            foot.getChildren().add(foot(text.bytesRead(Units.bytes(rows.bytesRead))));
        }
        foot.getChildren().addAll(gap, status);
        BorderPane pane = new BorderPane(grid[0]);
        pane.setBottom(foot);
        return pane;
    }

    private static Label foot(String words) {
        Label label = new Label(words);
        label.setMinWidth(Region.USE_PREF_SIZE);
        return label;
    }

    private ContextMenu menu(QueryResult result, ResultGrid grid, Label status) {
        ContextMenu menu = new ContextMenu();
        Map<ResultText.Format, String> titles = new java.util.LinkedHashMap<>(Map.of());
        titles.put(ResultText.Format.TSV, text.copyAsTsv());
        titles.put(ResultText.Format.TSV_WITH_HEADER, text.copyAsTsvHeader());
        titles.put(ResultText.Format.CSV, text.copyAsCsv());
        titles.put(ResultText.Format.JSON, text.copyAsJson());
        titles.put(ResultText.Format.MARKDOWN, text.copyAsMarkdown());
        titles.forEach((format, title) -> {
            MenuItem item = new MenuItem(title);
            item.setOnAction(event -> copy(result, grid, format, status));
            menu.getItems().add(item);
        });
        return menu;
    }

    private void copy(QueryResult result, ResultGrid grid, ResultText.Format format, Label status) {
        ResultText.Part part = grid.selection();
        background.run(
                () -> ResultText.of(result, part, format),
                copied -> {
                    Clipboard.getSystemClipboard()
                            .setContent(Map.of(DataFormat.PLAIN_TEXT, copied));
                    status.setText(text.copiedRows(part.rows()));
                });
    }

    private Node errorPane(ErrorInfo error) {
        Label message = new Label(error.message());
        message.setWrapText(true);
        message.getStyleClass().add("error-message");
        Label hint = new Label(text.errorHint(error.hint()));
        hint.setWrapText(true);
        Label code =
                new Label(
                        error.condition()
                                + "  SQLSTATE "
                                + error.sqlState()
                                + (error.place().isEmpty() ? "" : "  " + error.place()));
        code.getStyleClass().addAll("mono", "muted");
        Button copy = new Button(text.copyError(), Icons.of("copy", 14));
        copy.setOnAction(event ->
                Clipboard.getSystemClipboard()
                        .setContent(
                                Map.of(
                                        DataFormat.PLAIN_TEXT,
                                        code.getText() + "\n" + error.message())));
        VBox words = new VBox(8, message, hint, code, copy);
        HBox.setHgrow(words, Priority.ALWAYS);
        HBox pane = new HBox(12, Icons.of("error", 20), words);
        pane.getStyleClass().add("error-pane");
        return pane;
    }
}
