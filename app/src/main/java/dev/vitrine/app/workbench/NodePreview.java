package dev.vitrine.app.workbench;

import dev.vitrine.app.background.Background;
import dev.vitrine.app.background.Latest;
import dev.vitrine.app.pipeline.PipelineEditor;
import dev.vitrine.app.pipeline.PipelineModel;
import dev.vitrine.app.preferences.Preferences;
import dev.vitrine.app.project.Project;
import dev.vitrine.app.results.PreviewRows;
import dev.vitrine.app.results.ResultsView;
import dev.vitrine.app.run.LiveRun;
import dev.vitrine.app.run.Runs;
import dev.vitrine.app.text.Text;
import dev.vitrine.engine.api.Query;
import dev.vitrine.engine.api.QueryResult;
import dev.vitrine.engine.error.EngineException;
import dev.vitrine.engine.error.ErrorCode;
import dev.vitrine.engine.event.ErrorInfo;
import dev.vitrine.engine.event.QueryOutcome;
import dev.vitrine.engine.pipeline.NodeAnalysis;
import dev.vitrine.engine.pipeline.PipelineDocument;
import dev.vitrine.engine.pipeline.PipelineDocument.Edge;
import dev.vitrine.engine.pipeline.PipelineQueries;
import dev.vitrine.engine.pipeline.PreviewSample;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Shows rows of whatever node is selected, beside those of its inputs. Never writes. FX thread
/// only.
final class NodePreview {
    private static final long DELAY_MILLIS = 120;

    private final PipelineQueries queries;
    private final Runs runs;
    private final ResultsView results;
    private final Text text;
    private final Project project;
    private final Supplier<Preferences.Editing> editing;
    private final Latest<Optional<Prepared>> asking;
    private @Nullable Gathering gathering;
    private String previewed = "";
    private @Nullable PipelineEditor shown;

    /// A preview that can begin, or why it may not.
    ///
    /// @param queries of the node's rows, then of those of each input
    /// @param labels what these are called
    private record Prepared(
            List<Query> queries,
            List<String> labels,
            Optional<ErrorInfo> refused,
            PreviewSample sample,
            boolean sink) {}

    NodePreview(
            PipelineQueries queries,
            Runs runs,
            ResultsView results,
            Background background,
            Text text,
            Project project,
            Supplier<Preferences.Editing> editing) {
        this.queries = queries;
        this.runs = runs;
        this.results = results;
        this.text = text;
        this.project = project;
        this.editing = editing;
        this.asking = new Latest<>(background, DELAY_MILLIS, found -> found.ifPresent(this::start));
        results.previewChoice()
                .addListener((o, old, now) -> {
                    PipelineEditor editor = shown;
                    if (editor != null) {
                        preview(editor);
                    }
                });
    }

    /// Shows the rows of whatever node is selected in this editor.
    void follow(PipelineEditor editor) {
        editor.model().selection().addListener(o -> preview(editor));
        editor.model().analyses().addListener(o -> preview(editor));
    }

    private void preview(PipelineEditor editor) {
        shown = editor;
        PipelineModel model = editor.model();
        String id = model.selection().get().single().orElse("");
        NodeAnalysis analysis = model.analyses().get().get(id);
        if (id.isEmpty() || analysis == null || !editing.get().livePreview()) {
            return;
        }
        PipelineDocument document = model.document();
        if (analysis.schema().isEmpty()) {
            if (previewed.startsWith(id + "\n")) {
                results.preview()
                        .title(text.previewOf(model.label(id)) + " (" + text.staleResult() + ")");
                previewed = "";
            }
            return;
        }
        PreviewRows.Choice choice = results.previewChoice().get();
        PreviewSample sample = new PreviewSample(choice.mode(), editing.get().previewRows());
        // Moving nodes or selecting the same one again asks for nothing new.
        String wanted = id + "\n" + sample + choice.compared() + upstream(document, id);
        if (wanted.equals(previewed)) {
            return;
        }
        previewed = wanted;
        boolean sink =
                document.node(id)
                        .flatMap(model.kinds()::of)
                        .map(kind -> kind.outputs().isEmpty())
                        .orElse(false);
        List<Edge> inputs = choice.compared() && !sink ? document.inputs(id) : List.of();
        List<String> labels = new ArrayList<>(List.of(model.label(id)));
        inputs.forEach(edge -> labels.add(model.label(edge.from())));
        asking.ask(() -> prepare(document, id, inputs, labels, sample, sink));
    }

    private Optional<Prepared> prepare(
            PipelineDocument document,
            String id,
            List<Edge> inputs,
            List<String> labels,
            PreviewSample sample,
            boolean sink) {
        try {
            List<Query> made = new ArrayList<>();
            made.add(queries.preview(document, id, sample, project.folder()));
            for (Edge edge : inputs) {
                made.add(queries.preview(document, edge, sample, project.folder()));
            }
            return Optional.of(new Prepared(made, labels, Optional.empty(), sample, sink));
        } catch (EngineException e) {
            // All else is told where the node's problems are.
            return e.code() == ErrorCode.UNTRUSTED_CODE
                    ? Optional.of(
                            new Prepared(
                                    List.of(), labels, Optional.of(ErrorInfo.of(e)), sample, sink))
                    : Optional.empty();
        }
    }

    private static String upstream(PipelineDocument document, String id) {
        Map<String, PipelineDocument.Node> nodes = new LinkedHashMap<>();
        for (PipelineDocument.Node node : document.nodes()) {
            if (document.reaches(node.id(), id)) {
                nodes.put(node.id(), node.withLabel(""));
            }
        }
        return nodes.values().toString()
                + document.edges().stream().filter(e -> nodes.containsKey(e.to())).toList();
    }

    private void start(Prepared prepared) {
        if (gathering != null) {
            gathering.abandon();
        }
        ResultsView.Slot slot = results.preview();
        slot.title(text.previewOf(prepared.labels.getFirst()));
        slot.select();
        if (prepared.queries.isEmpty()) {
            previewed = "";
            prepared.refused.ifPresent(slot::error);
            return;
        }
        slot.loading();
        Gathering begun = new Gathering(prepared, slot);
        gathering = begun;
        for (int i = 0; i < prepared.queries.size(); i++) {
            begun.running.add(
                    runs.startQuietly(
                            prepared.queries.get(i), prepared.labels.get(i), begun.listener(i)));
        }
    }

    /// Waits for all rows of one preview, then shows them together.
    private static final class Gathering {
        private final Prepared prepared;
        private final ResultsView.Slot slot;
        private final Map<Integer, ResultsView.Rows> found = new LinkedHashMap<>();
        private final List<LiveRun> running = new ArrayList<>();
        private boolean over;

        private Gathering(Prepared prepared, ResultsView.Slot slot) {
            this.prepared = prepared;
            this.slot = slot;
        }

        private Runs.Listener listener(int index) {
            return new Runs.Listener() {
                @Override
                public void succeeded(LiveRun run, QueryResult result) {
                    if (over) {
                        run.query().close();
                        return;
                    }
                    boolean all = prepared.sample.mode() == PreviewSample.Mode.ALL;
                    found.put(
                            index,
                            PipelineRunner.rows(run, result, all ? 0 : prepared.sample.rows()));
                    if (found.size() == prepared.queries.size()) {
                        show();
                    }
                }

                @Override
                public void failed(LiveRun run, QueryOutcome.Failed outcome) {
                    if (!over) {
                        abandon();
                        slot.error(outcome.error());
                    }
                }
            };
        }

        /// Stops what still runs and frees what was found, unless it is shown already.
        private void abandon() {
            if (!over) {
                over = true;
                running.stream().filter(LiveRun::running).forEach(LiveRun::cancel);
                found.values().forEach(rows -> rows.close().run());
            }
        }

        private void show() {
            over = true;
            List<PreviewRows.Side> inputs = new ArrayList<>();
            for (int i = 1; i < found.size(); i++) {
                inputs.add(
                        new PreviewRows.Side(
                                prepared.labels.get(i),
                                java.util.Objects.requireNonNull(found.get(i))));
            }
            slot.preview(
                    new PreviewRows(
                            new PreviewRows.Side(
                                    prepared.labels.getFirst(),
                                    java.util.Objects.requireNonNull(found.get(0))),
                            inputs,
                            prepared.sink));
        }
    }
}
