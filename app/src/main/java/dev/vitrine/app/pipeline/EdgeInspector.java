package dev.vitrine.app.pipeline;

import dev.vitrine.app.background.Background;
import dev.vitrine.app.background.Latest;
import dev.vitrine.app.text.Text;
import dev.vitrine.app.theme.Icons;
import dev.vitrine.engine.error.EngineException;
import dev.vitrine.engine.pipeline.ColumnProfile;
import dev.vitrine.engine.pipeline.EdgeMark;
import dev.vitrine.engine.pipeline.PipelineDocument;
import dev.vitrine.engine.pipeline.PipelineDocument.Edge;
import dev.vitrine.engine.types.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/// The selected edge: its ends, what the plan makes of it, and its columns with what their values
/// are like in a sample.
final class EdgeInspector extends VBox {
    private static final long DELAY_MILLIS = 150;
    private static final long SAMPLE_ROWS = 1_000;

    private final Text text;
    private final Latest<Profiled> profiling;
    private @Nullable PipelineModel model;
    private Optional<Edge> edge = Optional.empty();
    private Optional<Profiled> profiled = Optional.empty();
    private @Nullable PipelineDocument asked;

    /// A profile, or why there is none.
    private record Profiled(Edge edge, List<ColumnProfile> columns, String failure) {}

    EdgeInspector(Text text, Background background) {
        super(12);
        this.text = text;
        getStyleClass().add("form");
        setId("edge-inspector");
        this.profiling = new Latest<>(background, DELAY_MILLIS, this::profiled);
    }

    /// Shows an edge of a pipeline, or none.
    void show(@Nullable PipelineModel shown, Optional<Edge> selected) {
        model = shown;
        if (!selected.equals(edge)) {
            profiled = Optional.empty();
            asked = null;
        }
        edge = selected;
        if (shown != null) {
            selected.ifPresent(of -> {
                ask(shown, of);
                fill(shown, of);
            });
        }
    }

    private void ask(PipelineModel shown, Edge of) {
        PipelineDocument document = shown.document();
        if (document.equals(asked) || shown.edgeSchema(of).isEmpty()) {
            return;
        }
        asked = document;
        profiling.ask(() -> {
            try {
                return new Profiled(of, shown.profile(document, of, SAMPLE_ROWS), "");
            } catch (EngineException e) {
                return new Profiled(of, List.of(), String.valueOf(e.getMessage()));
            }
        });
    }

    private void profiled(Profiled found) {
        PipelineModel shown = model;
        if (shown != null && edge.filter(found.edge::equals).isPresent()) {
            profiled = Optional.of(found);
            fill(shown, found.edge);
        }
    }

    private void fill(PipelineModel shown, Edge of) {
        List<Node> parts = new ArrayList<>();
        parts.add(header(EdgeCard.title(shown, of, text)));
        List<EdgeMark> marks = shown.marks().get().getOrDefault(of, List.of());
        if (!marks.isEmpty()) {
            parts.add(section(text.edgePlan()));
            marks.forEach(mark -> parts.add(mark(mark)));
        }
        Schema schema = shown.edgeSchema(of).orElse(null);
        if (schema == null) {
            parts.add(wrapped(text.columnsUnknown()));
        } else {
            parts.add(section(text.columnsTab(schema.size())));
            parts.add(columns(schema));
        }
        getChildren().setAll(parts);
    }

    private Node columns(Schema schema) {
        VBox lines = new VBox(4);
        String failure = profiled.map(Profiled::failure).orElse("");
        List<ColumnProfile> columns = profiled.map(Profiled::columns).orElse(List.of());
        if (!failure.isEmpty()) {
            lines.getChildren().add(wrapped(failure));
        } else if (columns.isEmpty()) {
            lines.getChildren().add(wrapped(text.loading()));
        } else {
            long rows = columns.getFirst().rows();
            lines.getChildren()
                    .add(
                            wrapped(
                                    rows >= SAMPLE_ROWS
                                            ? text.profileOfFirst(rows)
                                            : text.profileOfAll(rows)));
        }
        for (int i = 0; i < schema.size(); i++) {
            lines.getChildren().add(new ColumnLine(schema.field(i), text));
            if (i < columns.size()
                    && columns.get(i).field().name().equals(schema.field(i).name())) {
                lines.getChildren().add(new ProfileView(columns.get(i), text));
            }
        }
        return lines;
    }

    private HBox header(String title) {
        StackPane tile = new StackPane(Icons.of("edge", 18));
        tile.getStyleClass().add("node-tile");
        tile.setMinSize(32, 32);
        tile.setMaxSize(32, 32);
        Label name = wrapped(title);
        name.getStyleClass().setAll("label", "edge-title");
        Label kind = new Label(text.edgeKind());
        kind.getStyleClass().add("muted");
        VBox words = new VBox(name, kind);
        HBox.setHgrow(words, Priority.ALWAYS);
        HBox header = new HBox(12, tile, words);
        header.setAlignment(Pos.CENTER_LEFT);
        return header;
    }

    private HBox mark(EdgeMark mark) {
        VBox lines = new VBox(2);
        EdgeMarkText.lines(mark, text).forEach(line -> lines.getChildren().add(wrapped(line)));
        HBox.setHgrow(lines, Priority.ALWAYS);
        HBox line = new HBox(8, Icons.of(EdgeMarkText.icon(mark)), lines);
        line.getStyleClass().addAll("form-problem", "form-info");
        return line;
    }

    private static Label section(String title) {
        Label label = new Label(title);
        label.getStyleClass().add("form-section");
        return label;
    }

    private static Label wrapped(String words) {
        Label label = new Label(words);
        label.setWrapText(true);
        label.getStyleClass().addAll("muted", "form-help");
        return label;
    }
}
