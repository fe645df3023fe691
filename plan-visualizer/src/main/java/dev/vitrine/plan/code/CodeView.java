package dev.vitrine.plan.code;

import dev.vitrine.engine.event.EngineEvent.CodeReady;
import dev.vitrine.engine.snapshot.QuerySnapshot;
import dev.vitrine.plan.graph.RowText;
import dev.vitrine.plan.graph.RunKey;
import dev.vitrine.plan.view.PlanView;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javafx.css.PseudoClass;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.control.SelectionMode;
import javafx.scene.control.SplitPane;
import javafx.scene.input.Clipboard;
import javafx.scene.input.ClipboardContent;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import javafx.scene.text.Text;
import javafx.scene.text.TextFlow;
import org.jspecify.annotations.Nullable;

/// The generated Java of each stage, line by line with the plan node it works for. Lines of the
/// selected line's node are marked. FX thread only.
public final class CodeView {
    private static final Pattern TOKEN =
            Pattern.compile(
                    "(?<comment>//.*)|(?<keyword>\\b(?:public|private|protected|final|class|extends|import|int|long|double|float|boolean|void"
                            + "|return|if|else|for|while|new|this|true|false|null|continue|break)\\b)|(?<number>\\b\\d[\\d.eE]*L?\\b)");
    private static final PseudoClass SAME_NODE = PseudoClass.getPseudoClass("same-node");

    private final Texts texts;
    private final StackPane pane = new StackPane();
    private final Label empty;
    private final SplitPane split;
    private final ListView<CodeReady> classes = new ListView<>();
    private final ListView<Line> lines = new ListView<>();
    private RunKey shownRun = RunKey.NONE;
    private int markedNode;

    /// All that the view says.
    public record Texts(String empty, String stage, String interpreted, String cached) {}

    private record Line(int number, String text, int node) {}

    public CodeView(Texts texts) {
        this.texts = texts;
        empty = new Label(texts.empty());
        empty.getStyleClass().add("empty-state");
        empty.setWrapText(true);
        classes.setCellFactory(list -> new ClassCell());
        classes.getSelectionModel()
                .selectedItemProperty()
                .addListener((property, old, code) -> draw(code));
        classes.setMinWidth(180);
        lines.setCellFactory(list -> new LineCell());
        lines.getSelectionModel().setSelectionMode(SelectionMode.MULTIPLE);
        lines.getStyleClass().addAll("code-lines", "mono");
        lines.getSelectionModel()
                .selectedItemProperty()
                .addListener((property, old, line) -> {
                    markedNode = line == null ? 0 : line.node;
                    lines.refresh();
                });
        lines.addEventHandler(KeyEvent.KEY_PRESSED, this::copy);
        split = new SplitPane(classes, lines);
        split.setDividerPositions(0.2);
        SplitPane.setResizableWithParent(classes, false);
        split.setVisible(false);
        pane.getChildren().addAll(split, empty);
        pane.getStyleClass().add("plan-view");
        pane.getStylesheets()
                .add(
                        Objects.requireNonNull(
                                        PlanView.class.getResource("/dev/vitrine/plan/plan.css"))
                                .toExternalForm());
    }

    public Region node() {
        return pane;
    }

    public void show(QuerySnapshot snapshot) {
        if (!RunKey.of(snapshot).equals(shownRun)) {
            shownRun = RunKey.of(snapshot);
            classes.getItems().clear();
            lines.getItems().clear();
        }
        if (snapshot.code().size() != classes.getItems().size()) {
            classes.getItems().setAll(snapshot.code());
            classes.getSelectionModel().selectFirst();
        }
        boolean any = !snapshot.code().isEmpty();
        empty.setVisible(!any);
        split.setVisible(any);
    }

    private void draw(@Nullable CodeReady code) {
        List<Line> all = new ArrayList<>();
        if (code != null) {
            String[] texts = code.source().split("\n");
            for (int i = 0; i < texts.length; i++) {
                int node = i < code.lineNodes().size() ? code.lineNodes().get(i) : 0;
                all.add(new Line(i + 1, texts[i], node));
            }
        }
        lines.getItems().setAll(all);
    }

    private void copy(KeyEvent event) {
        if (event.isShortcutDown() && event.getCode() == KeyCode.C) {
            ClipboardContent content = new ClipboardContent();
            content.putString(
                    String.join(
                            "\n",
                            lines.getSelectionModel().getSelectedItems().stream()
                                    .map(Line::text)
                                    .toList()));
            Clipboard.getSystemClipboard().setContent(content);
            event.consume();
        }
    }

    private final class ClassCell extends ListCell<CodeReady> {
        @Override
        protected void updateItem(@Nullable CodeReady code, boolean isEmpty) {
            super.updateItem(code, isEmpty);
            if (isEmpty || code == null) {
                setGraphic(null);
                return;
            }
            Label title = new Label(texts.stage() + " " + code.stageId());
            title.getStyleClass().add("strong");
            Label detail =
                    new Label(
                            code.problem().isEmpty()
                                    ? RowText.time(code.compileNanos())
                                            + (code.cached() ? " · " + texts.cached() : "")
                                    : texts.interpreted());
            detail.getStyleClass().add("muted");
            VBox box = new VBox(title, detail);
            box.getStyleClass().add("class-cell");
            setGraphic(box);
        }
    }

    private final class LineCell extends ListCell<Line> {
        @Override
        protected void updateItem(@Nullable Line line, boolean isEmpty) {
            super.updateItem(line, isEmpty);
            boolean marked = line != null && !isEmpty && line.node != 0 && line.node == markedNode;
            pseudoClassStateChanged(SAME_NODE, marked);
            if (isEmpty || line == null) {
                setGraphic(null);
                return;
            }
            Label number = new Label(String.valueOf(line.number));
            number.getStyleClass().addAll("muted", "line-number");
            Label node = new Label(line.node == 0 ? "" : String.valueOf(line.node));
            node.getStyleClass().add("line-node");
            HBox box = new HBox(number, node, flow(line.text));
            box.getStyleClass().add("code-line");
            setGraphic(box);
        }
    }

    private static TextFlow flow(String line) {
        TextFlow flow = new TextFlow();
        Matcher matcher = TOKEN.matcher(line);
        int at = 0;
        while (matcher.find()) {
            add(flow, line.substring(at, matcher.start()), "code-plain");
            String style =
                    matcher.group("comment") != null
                            ? "code-comment"
                            : matcher.group("keyword") != null ? "code-keyword" : "code-number";
            add(flow, matcher.group(), style);
            at = matcher.end();
        }
        add(flow, line.substring(at), "code-plain");
        return flow;
    }

    private static void add(TextFlow flow, String text, String style) {
        if (!text.isEmpty()) {
            Text piece = new Text(text);
            piece.getStyleClass().add(style);
            flow.getChildren().add(piece);
        }
    }
}
