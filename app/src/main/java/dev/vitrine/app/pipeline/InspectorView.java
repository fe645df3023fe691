package dev.vitrine.app.pipeline;

import dev.vitrine.app.background.Background;
import dev.vitrine.app.preferences.TrustedCode;
import dev.vitrine.app.sql.SqlLanguage;
import dev.vitrine.app.text.Text;
import dev.vitrine.app.theme.Icons;
import dev.vitrine.engine.pipeline.FieldType;
import dev.vitrine.engine.pipeline.FormField;
import dev.vitrine.engine.pipeline.NodeAnalysis;
import dev.vitrine.engine.pipeline.NodeKind;
import dev.vitrine.engine.pipeline.NodeProblem;
import dev.vitrine.engine.pipeline.PipelineDocument.Edge;
import dev.vitrine.engine.pipeline.PipelineDocument.Node;
import dev.vitrine.engine.pipeline.Port;
import dev.vitrine.engine.types.Schema;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.TextArea;
import javafx.scene.control.TextField;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/// The form of the selected node: its name, problems, settings and columns. Every change counts at
/// once.
public final class InspectorView extends StackPane {
    private final Text text;
    private final SqlLanguage language;
    private final Background background;
    private final Supplier<List<String>> tables;
    private final Consumer<Consumer<String>> browse;
    private final TrustedCode trusted;
    private final Label empty = new Label();
    private final VBox content = new VBox();
    private final EdgeInspector edge;
    private final ScrollPane scroll = new ScrollPane(content);
    private final VBox problems = new VBox(4);
    private final VBox columns = new VBox();
    private final Label columnsTitle = new Label();
    private final TextField name = new TextField();
    private final TextArea note = new TextArea();
    private final Map<String, FieldEditor> editors = new LinkedHashMap<>();
    private @Nullable PipelineModel model;
    private String nodeId = "";
    private String kindId = "";
    private boolean showing;
    private Runnable detach = () -> {};

    /// @param browse asks the user for a file and hands its path on, as pipelines write it
    public InspectorView(
            Text text,
            SqlLanguage language,
            Background background,
            Supplier<List<String>> tables,
            Consumer<Consumer<String>> browse,
            TrustedCode trusted) {
        this.trusted = trusted;
        this.text = text;
        this.edge = new EdgeInspector(text, background);
        this.language = language;
        this.background = background;
        this.tables = tables;
        this.browse = browse;
        getStyleClass().add("inspector");
        setId("inspector");
        empty.setText(text.emptyInspector());
        empty.getStyleClass().add("empty-state");
        empty.setWrapText(true);
        scroll.setFitToWidth(true);
        scroll.setHbarPolicy(ScrollPane.ScrollBarPolicy.NEVER);
        content.getStyleClass().add("form");
        getChildren().addAll(scroll, empty);
        scroll.setVisible(false);
        note.setId("field-note");
        note.setPromptText(text.noteHint());
        note.setAccessibleText(text.note());
        note.setWrapText(true);
        note.setPrefRowCount(2);
        note.textProperty()
                .addListener((o, old, words) -> {
                    PipelineModel shown = model;
                    if (!showing && shown != null) {
                        shown.annotate(nodeId, words);
                    }
                });
        name.setId("field-label");
        name.setAccessibleText(text.nodeName());
        name.textProperty()
                .addListener((o, old, label) -> {
                    PipelineModel shown = model;
                    if (!showing && shown != null) {
                        shown.rename(nodeId, label);
                    }
                });
    }

    /// Follows a pipeline's selection, or none.
    public void follow(@Nullable PipelineModel followed) {
        detach.run();
        detach = () -> {};
        model = followed;
        if (followed != null) {
            javafx.beans.InvalidationListener update = o -> update();
            followed.pipeline().addListener(update);
            followed.selection().addListener(update);
            followed.analyses().addListener(update);
            followed.marks().addListener(update);
            detach =
                    () -> {
                        followed.pipeline().removeListener(update);
                        followed.selection().removeListener(update);
                        followed.analyses().removeListener(update);
                        followed.marks().removeListener(update);
                    };
        }
        nodeId = "";
        update();
    }

    private void update() {
        PipelineModel shown = model;
        String id = shown == null ? "" : shown.selection().get().single().orElse("");
        Node node = shown == null ? null : shown.document().node(id).orElse(null);
        Optional<Edge> selected =
                shown == null ? Optional.empty() : shown.selection().get().singleEdge();
        edge.show(shown, selected);
        scroll.setContent(selected.isPresent() ? edge : content);
        scroll.setVisible(node != null || selected.isPresent());
        empty.setVisible(node == null && selected.isEmpty());
        if (shown == null || node == null) {
            nodeId = "";
            return;
        }
        NodeKind kind = shown.kinds().of(node).orElse(null);
        if (!id.equals(nodeId) || !node.kind().equals(kindId)) {
            nodeId = id;
            kindId = node.kind();
            build(shown, kind, node);
        }
        showing = true;
        if (!name.getText().equals(node.label())) {
            name.setText(node.label());
        }
        if (!note.getText().equals(node.note())) {
            note.setText(node.note());
        }
        showing = false;
        NodeAnalysis analysis = shown.analyses().get().get(id);
        if (kind != null) {
            for (FormField field : kind.fields()) {
                FieldEditor editor = editors.get(field.id());
                if (editor != null) {
                    editor.refresh();
                    editor.show(node.config().getOrDefault(field.id(), field.defaultValue()));
                    editor.showProblems(
                            analysis == null
                                    ? List.of()
                                    : analysis.problems().stream()
                                            .filter(p -> p.field().equals(field.id()))
                                            .toList());
                }
            }
        }
        showAnalysis(analysis);
    }

    private void build(PipelineModel shown, @Nullable NodeKind kind, Node node) {
        editors.clear();
        List<javafx.scene.Node> parts = new ArrayList<>();
        name.setPromptText(kind == null ? node.kind() : kind.title());
        parts.add(header(kind, node));
        parts.add(problems);
        if (kind != null) {
            FieldEditor.Surroundings around =
                    new FieldEditor.Surroundings(
                            text,
                            language,
                            background,
                            () -> inputs(shown, kind, node.id()),
                            tables,
                            () -> browse.accept(path -> setPath(shown, kind, node.id(), path)),
                            trusted,
                            shown::analyze);
            for (FormField field : kind.fields()) {
                FieldEditor editor =
                        FieldEditor.of(
                                field, around, value -> shown.configure(node.id(), field, value));
                editors.put(field.id(), editor);
                VBox part = new VBox(4);
                part.getStyleClass().add("form-field");
                if (field.type() != FieldType.BOOLEAN) {
                    Label label = new Label(field.label());
                    label.getStyleClass().add("form-label");
                    label.setTooltip(new Tooltip(field.help()));
                    label.setLabelFor(editor.node());
                    part.getChildren().add(label);
                }
                part.getChildren().add(editor.node());
                parts.add(part);
            }
        }
        Label noteTitle = new Label(text.note());
        noteTitle.getStyleClass().add("form-label");
        noteTitle.setLabelFor(note);
        VBox notePart = new VBox(4, noteTitle, note);
        notePart.getStyleClass().add("form-field");
        parts.add(notePart);
        columnsTitle.getStyleClass().setAll("label", "form-section");
        parts.add(columnsTitle);
        parts.add(columns);
        if (kind != null) {
            Label section = new Label(text.about());
            section.getStyleClass().add("form-section");
            Label help = new Label(kind.help().replace("`", ""));
            help.setWrapText(true);
            help.getStyleClass().addAll("muted", "form-help");
            parts.add(section);
            parts.add(help);
        }
        content.getChildren().setAll(parts);
        scroll.setVvalue(0);
    }

    private HBox header(@Nullable NodeKind kind, Node node) {
        StackPane tile = new StackPane(Icons.of(kind == null ? "error" : kind.icon(), 18));
        tile.getStyleClass()
                .addAll(
                        "node-tile",
                        "role-"
                                + (kind == null
                                        ? "unknown"
                                        : kind.category().name().toLowerCase(Locale.ROOT)));
        tile.setMinSize(32, 32);
        tile.setMaxSize(32, 32);
        Label title = new Label(kind == null ? node.kind() : kind.title());
        title.getStyleClass().add("muted");
        name.getStyleClass().setAll("text-input", "text-field", "form-name");
        VBox words = new VBox(name, title);
        HBox.setHgrow(words, Priority.ALWAYS);
        HBox header = new HBox(12, tile, words);
        header.setAlignment(Pos.CENTER_LEFT);
        header.getStyleClass().add("form-header");
        return header;
    }

    private void showAnalysis(@Nullable NodeAnalysis analysis) {
        List<javafx.scene.Node> lines = new ArrayList<>();
        if (analysis != null) {
            for (NodeProblem problem : analysis.problems()) {
                lines.add(problem(problem.message(), problem.hint(), "error"));
            }
            if (analysis.blocked()) {
                lines.add(problem(text.waitsForInputs(), "", "info"));
            }
        }
        problems.getChildren().setAll(lines);
        problems.setManaged(!lines.isEmpty());
        Schema schema =
                analysis == null
                        ? new Schema(List.of())
                        : analysis.schema().orElse(new Schema(List.of()));
        columnsTitle.setText(text.columnsTab(schema.size()));
        columnsTitle.setVisible(schema.size() > 0);
        columnsTitle.setManaged(schema.size() > 0);
        columns.getChildren()
                .setAll(
                        schema.fields().stream()
                                .map(field -> new ColumnLine(field, text))
                                .toList());
    }

    private static HBox problem(String message, String hint, String icon) {
        Label words = new Label(message);
        words.setWrapText(true);
        VBox lines = new VBox(2, words);
        if (!hint.isEmpty()) {
            Label more = new Label(hint);
            more.setWrapText(true);
            more.getStyleClass().add("muted");
            lines.getChildren().add(more);
        }
        HBox.setHgrow(lines, Priority.ALWAYS);
        HBox line = new HBox(8, Icons.of(icon), lines);
        line.getStyleClass().addAll("form-problem", "form-" + icon);
        return line;
    }

    private static List<Schema> inputs(PipelineModel model, NodeKind kind, String id) {
        if (kind.inputs().stream().anyMatch(Port::many)) {
            return model.inputSchemas(id);
        }
        List<Schema> all = new ArrayList<>();
        for (Port port : kind.inputs()) {
            all.add(model.inputSchema(id, port.id()).orElse(new Schema(List.of())));
        }
        return all;
    }

    private static void setPath(PipelineModel model, NodeKind kind, String id, String path) {
        kind.fields().stream()
                .filter(field -> field.type() == FieldType.PATH)
                .findFirst()
                .ifPresent(field -> model.configure(id, field, path));
    }
}
