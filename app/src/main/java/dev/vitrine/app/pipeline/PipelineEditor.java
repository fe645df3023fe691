package dev.vitrine.app.pipeline;

import dev.vitrine.app.background.Background;
import dev.vitrine.app.editor.Editor;
import dev.vitrine.app.project.Autosave;
import dev.vitrine.app.project.Project;
import dev.vitrine.app.project.UndoStack;
import dev.vitrine.app.text.Text;
import dev.vitrine.engine.error.EngineException;
import dev.vitrine.engine.pipeline.Alignment;
import dev.vitrine.engine.pipeline.NodeKind;
import dev.vitrine.engine.pipeline.NodeKinds;
import dev.vitrine.engine.pipeline.Pipeline;
import dev.vitrine.engine.pipeline.PipelineFile;
import dev.vitrine.engine.pipeline.PipelineLayout.Position;
import dev.vitrine.engine.pipeline.PipelineQueries;
import java.io.File;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import javafx.beans.binding.Bindings;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.scene.control.Label;
import javafx.scene.input.Clipboard;
import javafx.scene.input.DataFormat;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import org.jspecify.annotations.Nullable;

/// A pipeline's tab: the canvas and what commands do to it. Saved by itself soon after every
/// change.
public final class PipelineEditor implements Editor {
    private static final double PASTE_STEP = 32;

    private final Path file;
    private final Project project;
    private final PipelineModel model;
    private final CanvasView canvas;
    private final StackPane view;
    private final Autosave autosave;
    private final Autosave history;
    private final ReadOnlyStringWrapper status = new ReadOnlyStringWrapper("");
    private final Text text;
    private boolean fitted;

    /// A pipeline read from its file, with its past.
    public record Opened(UndoStack<Pipeline> history) {}

    /// Reads a pipeline and its undo steps. Not for the FX thread.
    public static Opened read(Path file, Project project) {
        Pipeline pipeline = PipelineModel.withPlaces(PipelineFile.read(file));
        return new Opened(HistoryFile.read(HistoryFile.of(project.folder(), file), pipeline));
    }

    public PipelineEditor(
            Path file,
            Opened opened,
            Project project,
            NodeKinds kinds,
            PipelineQueries queries,
            Background background,
            Text text,
            Consumer<Throwable> failed) {
        this.file = file;
        this.project = project;
        this.text = text;
        Path historyFile = HistoryFile.of(project.folder(), file);
        this.model =
                new PipelineModel(opened.history(), kinds, queries, background, project.folder());
        this.canvas = new CanvasView(model, text, this::addFiles);
        Label name = new Label(model.document().description());
        name.getStyleClass().add("canvas-note");
        name.setMouseTransparent(true);
        name.setVisible(!name.getText().isEmpty());
        name.setWrapText(true);
        name.setMaxWidth(720);
        StackPane.setAlignment(name, javafx.geometry.Pos.BOTTOM_LEFT);
        this.view = new StackPane(canvas, name);
        this.autosave =
                new Autosave(
                        background,
                        () -> PipelineFile.print(model.pipeline().get()),
                        saved -> PipelineFile.writeText(file, saved),
                        failed);
        this.history =
                new Autosave(
                        background,
                        () -> HistoryFile.print(model.history()),
                        saved -> PipelineFile.writeText(historyFile, saved),
                        failed);
        model.pipeline()
                .addListener((o, old, now) -> {
                    autosave.changed();
                    history.changed();
                });
        canvas.layoutBoundsProperty()
                .addListener((o, old, bounds) -> {
                    if (!fitted && bounds.getWidth() > 200 && bounds.getHeight() > 100) {
                        fitted = true;
                        canvas.fit();
                    }
                });
        status.bind(
                Bindings.createStringBinding(
                        () -> {
                            int selected = model.selection().get().nodes().size();
                            String percent =
                                    text.zoomPercent(
                                            (int) Math.round(canvas.viewport().scale() * 100));
                            return selected == 0
                                    ? percent
                                    : text.selectionCount(selected) + "   " + percent;
                        },
                        canvas.viewport().zoom(),
                        model.selection()));
    }

    public PipelineModel model() {
        return model;
    }

    @Override
    public Path file() {
        return file;
    }

    @Override
    public String title() {
        String name = String.valueOf(file.getFileName());
        int end = name.indexOf(".pipeline.json");
        return end > 0 ? name.substring(0, end) : name;
    }

    @Override
    public String icon() {
        return "pipeline";
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
        canvas.requestFocus();
    }

    @Override
    public void close() {
        autosave.flush();
        history.flush();
    }

    @Override
    public String actionTitle(String commandId) {
        return switch (commandId) {
            case "edit.undo" ->
                    model.history().canUndo() ? text.undoWhat(model.history().undoLabel()) : "";
            case "edit.redo" ->
                    model.history().canRedo() ? text.redoWhat(model.history().redoLabel()) : "";
            default -> "";
        };
    }

    @Override
    public Optional<Runnable> action(String commandId) {
        boolean some = !model.selection().get().nodes().isEmpty();
        return switch (commandId) {
            case "file.save" -> Optional.of(autosave::save);
            case "edit.undo" -> when(model.history().canUndo(), model::undo);
            case "edit.redo" -> when(model.history().canRedo(), model::redo);
            case "edit.copy" -> when(some, this::copy);
            case "edit.cut" ->
                    when(
                            some,
                            () -> {
                                copy();
                                model.deleteSelection();
                            });
            case "edit.paste" ->
                    Optional.of(() ->
                            paste(part -> model.paste(part, PASTE_STEP, PASTE_STEP, text.paste())));
            case "edit.paste-connected" ->
                    Optional.of(() ->
                            paste(part ->
                                    model.pasteConnected(
                                            part, PASTE_STEP, PASTE_STEP, text.pasteConnected())));
            case "edit.find" -> Optional.of(canvas.chooser()::find);
            case "canvas.align-left" -> align(2, Alignment.LEFT);
            case "canvas.align-top" -> align(2, Alignment.TOP);
            case "canvas.distribute-across" -> align(3, Alignment.ACROSS);
            case "canvas.distribute-down" -> align(3, Alignment.DOWN);
            case "edit.duplicate" ->
                    when(
                            some,
                            () ->
                                    model.paste(
                                            model.selectedPart(),
                                            PASTE_STEP,
                                            PASTE_STEP,
                                            text.duplicate()));
            case "edit.delete" -> when(!model.selection().get().isEmpty(), model::deleteSelection);
            case "edit.select-all" -> Optional.of(model::selectAll);
            case "edit.disable" -> when(some, model::toggleDisabled);
            case "canvas.add" -> Optional.of(canvas.chooser()::open);
            case "canvas.arrange" ->
                    Optional.of(() -> {
                        model.arrange();
                        canvas.fit();
                    });
            case "canvas.zoom-in" -> Optional.of(() -> canvas.viewport().zoomBy(1.25));
            case "canvas.zoom-out" -> Optional.of(() -> canvas.viewport().zoomBy(0.8));
            case "canvas.zoom-reset" -> Optional.of(canvas.viewport()::zoomReset);
            case "canvas.zoom-fit" -> Optional.of(canvas::fit);
            default -> Optional.empty();
        };
    }

    /// Shows the whole pipeline in a corner, or not.
    public void showMinimap(boolean shown) {
        canvas.showMinimap(shown);
    }

    /// Told which kind is dragged from the palette, and null when it is let go.
    public void dropping(@Nullable NodeKind kind) {
        canvas.dropping(kind);
    }

    /// Adds a kind after the selected node, or in the middle.
    public void add(NodeKind kind) {
        Optional<String> after =
                model.selection()
                        .get()
                        .single()
                        .filter(id -> !kind.inputs().isEmpty())
                        .filter(id ->
                                model.document()
                                        .node(id)
                                        .flatMap(model.kinds()::of)
                                        .map(k -> !k.outputs().isEmpty())
                                        .orElse(false));
        if (after.isPresent()) {
            Position at =
                    model.pipeline()
                            .get()
                            .layout()
                            .position(after.get())
                            .orElse(new Position(0, 0));
            model.addAfter(
                    kind,
                    after.get(),
                    dev.vitrine.engine.pipeline.Port.OUT,
                    at.plus(LayeredLayout.COLUMN, 0));
        } else {
            model.addNode(kind, canvas.middle());
        }
    }

    public void reveal(String nodeId) {
        model.select(List.of(nodeId));
        canvas.reveal(nodeId);
    }

    /// Makes sources of files, where the mouse is.
    public void addFiles(List<File> files) {
        NodeKind kind = model.kinds().find("file-source").orElse(null);
        if (kind == null) {
            return;
        }
        Position at = canvas.mouse();
        for (File dropped : files) {
            model.addNode(kind, Map.of("path", project.relative(dropped.toPath())), at);
            at = at.plus(0, LayeredLayout.ROW);
        }
    }

    private void copy() {
        Clipboard.getSystemClipboard()
                .setContent(
                        Map.of(DataFormat.PLAIN_TEXT, PipelineFile.print(model.selectedPart())));
    }

    /// @param least how many nodes must be selected for it to mean anything
    private Optional<Runnable> align(int least, Alignment alignment) {
        return when(model.selection().get().nodes().size() >= least, () -> model.align(alignment));
    }

    private void paste(Consumer<Pipeline> paste) {
        String content = Clipboard.getSystemClipboard().getString();
        if (content == null || content.isBlank()) {
            return;
        }
        try {
            paste.accept(PipelineFile.parse(content, "the clipboard"));
        } catch (EngineException e) {
            File pasted = new File(content.strip());
            if (pasted.exists()) {
                addFiles(List.of(pasted));
            }
        }
    }

    private static Optional<Runnable> when(boolean condition, Runnable action) {
        return condition ? Optional.of(action) : Optional.empty();
    }
}
