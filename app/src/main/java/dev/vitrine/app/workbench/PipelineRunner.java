package dev.vitrine.app.workbench;

import dev.vitrine.app.background.Background;
import dev.vitrine.app.pipeline.PipelineEditor;
import dev.vitrine.app.pipeline.RunProgress;
import dev.vitrine.app.preferences.Preferences;
import dev.vitrine.app.project.Project;
import dev.vitrine.app.results.ResultsView;
import dev.vitrine.app.run.LiveRun;
import dev.vitrine.app.run.Runs;
import dev.vitrine.app.text.Text;
import dev.vitrine.engine.api.QueryResult;
import dev.vitrine.engine.api.Session;
import dev.vitrine.engine.error.EngineException;
import dev.vitrine.engine.event.ErrorInfo;
import dev.vitrine.engine.event.QueryOutcome;
import dev.vitrine.engine.pipeline.PipelineDocument;
import dev.vitrine.engine.pipeline.PipelinePlans;
import dev.vitrine.engine.pipeline.PipelineQueries;
import dev.vitrine.engine.snapshot.QuerySnapshot;
import dev.vitrine.engine.snapshot.QuerySnapshot.StageState;
import dev.vitrine.plan.FrameMailbox;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Starts what the user runs, and brings rows to the results and progress to the canvas. FX thread
/// only.
final class PipelineRunner {
    private final PipelineQueries queries;
    private final Runs runs;
    private final ResultsView results;
    private final Text text;
    private final Background background;
    private final Project project;
    private final Runnable showResults;
    private final NodePreview preview;

    PipelineRunner(
            PipelineQueries queries,
            Runs runs,
            ResultsView results,
            Background background,
            Text text,
            Project project,
            Supplier<Preferences.Editing> editing,
            Runnable showResults) {
        this.queries = queries;
        this.runs = runs;
        this.results = results;
        this.background = background;
        this.text = text;
        this.project = project;
        this.showResults = showResults;
        this.preview = new NodePreview(queries, runs, results, background, text, project, editing);
    }

    /// Shows the rows of whatever node is selected in this editor.
    void follow(PipelineEditor editor) {
        preview.follow(editor);
    }

    // Runs

    /// Runs the whole pipeline: one query for each node that nothing follows, one after the other.
    void run(PipelineEditor editor) {
        PipelineDocument document = editor.model().document();
        background.run(
                () -> queries.plans().targets(document),
                targets -> runNext(editor, document, targets));
    }

    private void runNext(PipelineEditor editor, PipelineDocument document, List<String> targets) {
        if (targets.isEmpty()) {
            return;
        }
        String target = targets.getFirst();
        String label =
                document.node(target)
                        .map(node -> editor.model().kinds().label(node))
                        .orElse(target);
        background.run(
                () -> queries.run(document, target, PipelinePlans.Options.run(project.folder())),
                query -> {
                    ResultsView.Slot slot = results.newResult(label);
                    slot.loading();
                    showResults.run();
                    FrameMailbox<RunProgress> mailbox = new FrameMailbox<>(editor.model()::show);
                    runs.start(
                            query,
                            editor.title(),
                            new Into(
                                    slot,
                                    mailbox,
                                    () ->
                                            runNext(
                                                    editor,
                                                    document,
                                                    targets.subList(1, targets.size()))));
                },
                failure -> showFailure(label, failure));
    }

    /// Runs statements one after the other, each with a result of its own; stops at the first that
    /// fails.
    void runStatements(Session session, List<String> statements, Runnable changed) {
        if (statements.isEmpty()) {
            return;
        }
        String sql = statements.getFirst();
        background.run(
                () -> {
                    project.appendOwn("history.sql", sql.strip() + ";");
                    return session.query(sql);
                },
                query -> {
                    ResultsView.Slot slot = results.newResult("");
                    slot.loading();
                    runs.start(
                            query,
                            firstLine(sql),
                            new Into(
                                    slot,
                                    null,
                                    () -> {
                                        changed.run();
                                        runStatements(
                                                session,
                                                statements.subList(1, statements.size()),
                                                changed);
                                    }));
                },
                failure -> showFailure("", failure));
    }

    private void showFailure(String label, Throwable failure) {
        ResultsView.Slot slot = results.newResult(label);
        showResults.run();
        slot.error(
                ErrorInfo.of(
                        failure instanceof EngineException e
                                ? e
                                : EngineException.internal(String.valueOf(failure), failure)));
    }

    private static String firstLine(String sql) {
        String line = sql.strip().replaceAll("\\s+", " ");
        return line.length() > 60 ? line.substring(0, 60) + "…" : line;
    }

    /// @param truncatedAt rows after which a preview ends, or 0
    static ResultsView.Rows rows(LiveRun run, QueryResult result, long truncatedAt) {
        Optional<QuerySnapshot> snapshot = run.snapshot().get();
        return new ResultsView.Rows(
                result,
                snapshot.map(QuerySnapshot::elapsedNanos).orElse(0L),
                snapshot.map(s ->
                                s.stages().stream()
                                        .map(StageState::counters)
                                        .mapToLong(c -> c.bytesRead())
                                        .sum())
                        .orElse(0L),
                truncatedAt,
                run.query()::close);
    }

    /// Brings a run into a tab of results and onto the canvas.
    private final class Into implements Runs.Listener {
        private final ResultsView.Slot slot;
        private final @Nullable FrameMailbox<RunProgress> progress;
        private final Runnable next;

        private Into(
                ResultsView.Slot slot,
                @Nullable FrameMailbox<RunProgress> progress,
                Runnable next) {
            this.slot = slot;
            this.progress = progress;
            this.next = next;
        }

        @Override
        public void snapshot(QuerySnapshot snapshot) {
            if (progress != null) {
                progress.post(RunProgress.of(snapshot));
            }
        }

        @Override
        public void succeeded(LiveRun run, QueryResult result) {
            if (!slot.isOpen()) {
                run.query().close();
            } else if (result.schema().size() == 0) {
                slot.message(text.commandDone(), "done");
                run.query().close();
            } else {
                slot.rows(rows(run, result, 0));
            }
            next.run();
        }

        @Override
        public void failed(LiveRun run, QueryOutcome.Failed failed) {
            slot.error(failed.error());
        }

        @Override
        public void cancelled(LiveRun run) {
            slot.message(text.cancelledRun(), "cancelled");
        }
    }
}
