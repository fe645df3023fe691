package dev.vitrine.app.workbench;

import dev.vitrine.app.background.Background;
import dev.vitrine.app.editor.Editor;
import dev.vitrine.app.monitor.ProblemsView;
import dev.vitrine.app.pipeline.PipelineEditor;
import dev.vitrine.app.project.Project;
import dev.vitrine.app.run.Run;
import dev.vitrine.app.run.RunEditor;
import dev.vitrine.app.run.Runs;
import dev.vitrine.app.run.UnreadableRunEditor;
import dev.vitrine.app.scratchpad.SqlEditor;
import dev.vitrine.app.text.Text;
import dev.vitrine.engine.error.EngineException;
import dev.vitrine.engine.event.ErrorInfo;
import dev.vitrine.engine.pipeline.NodeKinds;
import dev.vitrine.engine.pipeline.NodeProblem;
import dev.vitrine.engine.pipeline.Pipeline;
import dev.vitrine.engine.pipeline.PipelineFile;
import dev.vitrine.engine.pipeline.PipelineQueries;
import dev.vitrine.engine.record.RunRecording;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;

/// The files that are open in editors. FX thread only.
final class Documents {
    private final Engine engine;
    private final Project project;
    private final NodeKinds kinds;
    private final PipelineQueries queries;
    private final Runs runs;
    private final Background background;
    private final Docking docking;
    private final Text text;
    private final Around around;
    private final Map<Path, Editor> open = new LinkedHashMap<>();
    private final Deque<Path> closed = new ArrayDeque<>();

    /// What documents need of the window around them.
    interface Around {
        /// A pipeline's tab was made.
        void opened(PipelineEditor editor);

        /// A data file is to be looked at.
        void preview(Path file);

        /// Statements of a SQL file are to be run.
        void run(List<String> statements);

        /// A file came or went.
        void filesChanged();

        /// Problems came or went.
        void problemsChanged();

        void unexpected(Throwable failure);
    }

    Documents(
            Engine engine,
            Project project,
            NodeKinds kinds,
            PipelineQueries queries,
            Runs runs,
            Background background,
            Docking docking,
            Text text,
            Around around) {
        this.engine = engine;
        this.project = project;
        this.kinds = kinds;
        this.queries = queries;
        this.runs = runs;
        this.background = background;
        this.docking = docking;
        this.text = text;
        this.around = around;
    }

    /// Opens a file in an editor, or brings its tab to the front.
    void open(Path file) {
        Path path = file.toAbsolutePath().normalize();
        Editor editor = open.get(path);
        if (editor != null) {
            docking.open(editor);
            return;
        }
        switch (Project.kind(path)) {
            case PIPELINE ->
                    background.run(
                            () -> PipelineEditor.read(path, project),
                            pipeline -> opened(path, pipeline));
            case SQL ->
                    background.run(() -> Files.readString(path), content -> opened(path, content));
            case RECORDING -> openRecording(path);
            // A recording may have any name.
            case DATA ->
                    ifRecording(
                            path,
                            recording -> {
                                if (recording) {
                                    openRecording(path);
                                } else {
                                    around.preview(path);
                                }
                            });
            case OTHER ->
                    ifRecording(
                            path,
                            recording -> {
                                if (recording) {
                                    openRecording(path);
                                }
                            });
            case FOLDER -> {}
        }
    }

    private void ifRecording(Path path, Consumer<Boolean> then) {
        background.run(() -> RunRecording.isRecording(path), then);
    }

    private void opened(Path path, PipelineEditor.Opened pipeline) {
        PipelineEditor editor =
                new PipelineEditor(
                        path,
                        pipeline,
                        project,
                        kinds,
                        queries,
                        background,
                        text,
                        around::unexpected);
        editor.model().analyses().addListener(o -> around.problemsChanged());
        around.opened(editor);
        add(path, editor);
    }

    private void opened(Path path, String content) {
        SqlEditor editor =
                new SqlEditor(
                        path,
                        content,
                        engine.language(),
                        engine.session(),
                        background,
                        text,
                        around::run,
                        around::unexpected);
        editor.problems().addListener(o -> around.problemsChanged());
        add(path, editor);
    }

    /// Shows a run and, where it is recorded, its tab.
    void openRun(Run run) {
        run.recording()
                .ifPresentOrElse(
                        this::open,
                        () -> {
                            runs.show(run);
                            docking.show("plan");
                        });
    }

    private void openRecording(Path path) {
        runs.open(
                path,
                run -> {
                    add(path, new RunEditor(path, run, runs, engine.language(), text));
                    docking.show("plan");
                },
                failure ->
                        add(
                                path,
                                new UnreadableRunEditor(
                                        path,
                                        ErrorInfo.of(
                                                failure instanceof EngineException e
                                                        ? e
                                                        : EngineException.internal(
                                                                String.valueOf(failure),
                                                                failure)))));
    }

    /// Opens what is no file of the project, such as the preferences.
    void open(Path path, Supplier<Editor> editor) {
        Editor before = open.get(path);
        if (before == null) {
            add(path, editor.get());
        } else {
            docking.open(before);
        }
    }

    private void add(Path path, Editor editor) {
        Editor before = open.putIfAbsent(path, editor);
        docking.open(before == null ? editor : before);
    }

    void closed(Editor editor) {
        editor.close();
        open.remove(editor.file());
        switch (Project.kind(editor.file())) {
            case PIPELINE, SQL, RECORDING -> closed.push(editor.file());
            case FOLDER, DATA, OTHER -> {}
        }
        around.problemsChanged();
    }

    boolean canReopen() {
        return !closed.isEmpty();
    }

    void reopen() {
        open(closed.pop());
    }

    void newPipeline() {
        Path file = project.freeFile("pipelines", text.newPipelineName(), ".pipeline.json");
        create(file, () -> PipelineFile.write(file, Pipeline.empty(text.newPipelineName())));
    }

    void newQuery() {
        Path file = project.freeFile("queries", text.newPipelineName(), ".sql");
        create(file, () -> project.write(file, ""));
    }

    private void create(Path file, Runnable write) {
        background.run(
                () -> {
                    write.run();
                    return file;
                },
                made -> {
                    open(made);
                    around.filesChanged();
                });
    }

    List<PipelineEditor> pipelines() {
        return open.values().stream()
                .filter(PipelineEditor.class::isInstance)
                .map(PipelineEditor.class::cast)
                .toList();
    }

    /// Looks at all documents anew, after tables changed.
    void analyze() {
        for (Editor editor : open.values()) {
            switch (editor) {
                case PipelineEditor pipeline -> pipeline.model().analyze();
                case SqlEditor sql -> sql.analyze();
                default -> {}
            }
        }
    }

    void closeAll() {
        open.values().forEach(Editor::close);
    }

    /// What is wrong in all of them.
    List<ProblemsView.Problem> problems() {
        List<ProblemsView.Problem> all = new ArrayList<>();
        for (Editor editor : open.values()) {
            switch (editor) {
                case PipelineEditor pipeline ->
                        pipeline.model().problems().forEach(p -> all.add(problem(pipeline, p)));
                case SqlEditor sql ->
                        sql.problems().get().forEach(problem -> all.add(problem(sql, problem)));
                default -> {}
            }
        }
        return all;
    }

    private ProblemsView.Problem problem(PipelineEditor editor, NodeProblem problem) {
        return new ProblemsView.Problem(
                problem.message(),
                editor.model().document().node(problem.nodeId()).map(kinds::label).orElse(""),
                editor.title(),
                problem.hint(),
                () -> {
                    docking.open(editor);
                    editor.reveal(problem.nodeId());
                });
    }

    private ProblemsView.Problem problem(SqlEditor editor, SqlEditor.Problem problem) {
        return new ProblemsView.Problem(
                problem.error().message(),
                String.valueOf(problem.range().line(editor.area().getText())),
                editor.title(),
                problem.error().hint(),
                () -> {
                    docking.open(editor);
                    editor.goTo(problem.range());
                });
    }
}
