package dev.vitrine.app.workbench;

import dev.vitrine.app.command.Chooser;
import dev.vitrine.app.command.Command;
import dev.vitrine.app.command.Commands;
import dev.vitrine.app.pipeline.PipelineEditor;
import dev.vitrine.app.project.Project;
import dev.vitrine.app.text.Text;
import dev.vitrine.app.theme.Icons;
import dev.vitrine.engine.pipeline.NodeKind;
import dev.vitrine.engine.pipeline.NodeKinds;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.input.MouseEvent;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import org.jspecify.annotations.Nullable;

/// The lists to choose from that cover the window: the command palette and go to anything. One at a
/// time.
final class Choosers {
    private final StackPane root;
    private final Text text;
    private final Commands commands;
    private final NodeKinds kinds;
    private final Project project;
    private final Runnable closed;
    private @Nullable Region shown;

    /// @param root the window's contents, over which they appear
    /// @param closed called when one went
    Choosers(
            StackPane root,
            Text text,
            Commands commands,
            NodeKinds kinds,
            Project project,
            Runnable closed) {
        this.root = root;
        this.text = text;
        this.commands = commands;
        this.kinds = kinds;
        this.project = project;
        this.closed = closed;
    }

    boolean isOpen() {
        return shown != null;
    }

    void showCommands() {
        List<Chooser.Choice> choices = new ArrayList<>();
        addCommands(choices);
        show(text.paletteHint(), choices);
    }

    /// Files, nodes of the open pipeline, tables and commands.
    ///
    /// @param insert puts a table's name into the open document
    void showGoTo(
            Optional<PipelineEditor> pipeline,
            List<String> tables,
            Consumer<Path> open,
            Consumer<String> insert) {
        List<Chooser.Choice> choices = new ArrayList<>();
        addFiles(project.tree(), open, choices);
        pipeline.ifPresent(editor ->
                editor.model()
                        .document()
                        .nodes()
                        .forEach(node ->
                                choices.add(
                                        new Chooser.Choice(
                                                kinds.label(node),
                                                editor.title(),
                                                "",
                                                Icons.of(
                                                        kinds.of(node)
                                                                .map(NodeKind::icon)
                                                                .orElse("error")),
                                                () -> editor.reveal(node.id())))));
        tables.forEach(name ->
                choices.add(
                        new Chooser.Choice(
                                name,
                                text.tableWord(),
                                "",
                                Icons.of("table"),
                                () -> insert.accept(name))));
        addCommands(choices);
        show(text.goToHint(), choices);
    }

    private void addCommands(List<Chooser.Choice> choices) {
        for (Command command : commands.all()) {
            if (command.enabled().getAsBoolean() && !command.id().equals("view.palette")) {
                choices.add(
                        new Chooser.Choice(
                                command.title().get(),
                                "",
                                commands.keyText(command.id()),
                                icon(command.icon()),
                                command.run()));
            }
        }
    }

    private void addFiles(Project.Entry entry, Consumer<Path> open, List<Chooser.Choice> choices) {
        Optional<String> icon =
                switch (entry.kind()) {
                    case PIPELINE -> Optional.of("pipeline");
                    case SQL -> Optional.of("sql");
                    case RECORDING -> Optional.of("runs");
                    case FOLDER, DATA, OTHER -> Optional.empty();
                };
        icon.ifPresent(name ->
                choices.add(
                        new Chooser.Choice(
                                entry.name(),
                                project.relative(entry.path()),
                                "",
                                Icons.of(name),
                                () -> open.accept(entry.path()))));
        entry.children().forEach(child -> addFiles(child, open, choices));
    }

    private static Node icon(String name) {
        return Icons.of(name.isEmpty() ? "command" : name);
    }

    private void show(String hint, List<Chooser.Choice> choices) {
        close();
        Chooser chooser = new Chooser(hint, text.nothingFound(), choices, this::close);
        StackPane veil = new StackPane(chooser);
        veil.getStyleClass().add("veil");
        StackPane.setAlignment(chooser, Pos.TOP_CENTER);
        chooser.setMaxHeight(Region.USE_PREF_SIZE);
        veil.addEventHandler(
                MouseEvent.MOUSE_PRESSED,
                event -> {
                    if (veil.equals(event.getTarget())) {
                        close();
                    }
                });
        shown = veil;
        root.getChildren().add(veil);
        chooser.focus();
    }

    void close() {
        if (shown != null) {
            root.getChildren().remove(shown);
            shown = null;
            closed.run();
        }
    }
}
