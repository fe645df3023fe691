package dev.vitrine.app.workbench;

import dev.vitrine.app.command.Command;
import dev.vitrine.app.command.Commands;
import dev.vitrine.app.editor.Editor;
import dev.vitrine.app.text.Text;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/// The window's commands, in the order in which menus show them.
final class WorkbenchCommands {
    private final Commands commands;
    private final Text text;
    private final Supplier<Optional<Editor>> active;

    WorkbenchCommands(Commands commands, Text text, Supplier<Optional<Editor>> active) {
        this.commands = commands;
        this.text = text;
        this.active = active;
    }

    void addTo(Workbench window) {
        Documents documents = window.documents();
        command("file.new-pipeline", "file", text.newPipeline(), "new", documents::newPipeline);
        command("file.new-query", "file", text.newQuery(), "sql", documents::newQuery);
        command("file.open", "file", text.openProject(), "folder", window::openProject);
        editorCommand("file.save", "file", text.save(), "save", true);
        command("file.close", "file", text.closeTab(), "", this::some, window::closeTab);
        command(
                "file.reopen",
                "file",
                text.reopenTab(),
                "",
                documents::canReopen,
                documents::reopen);
        command("file.settings", "file", text.openSettings(), "settings", window::openSettings);
        command("file.exit", "file", text.exit(), "", window::exit);
        editorCommand("edit.undo", "edit", text.undo(), "undo", false);
        editorCommand("edit.redo", "edit", text.redo(), "redo", false);
        editorCommand("edit.cut", "edit", text.cut(), "", false);
        editorCommand("edit.copy", "edit", text.copy(), "copy", false);
        editorCommand("edit.paste", "edit", text.paste(), "", false);
        editorCommand("edit.duplicate", "edit", text.duplicate(), "", false);
        editorCommand("edit.delete", "edit", text.delete(), "delete", false);
        editorCommand("edit.select-all", "edit", text.selectAll(), "", false);
        editorCommand("edit.disable", "edit", text.disable(), "", false);
        editorCommand("edit.format", "edit", text.format(), "", true);
        command("run.run", "run", text.run(), "run", this::some, window::run);
        editorCommand("run.statement", "run", text.runStatement(), "run", true);
        command(
                "run.stop",
                "run",
                text.stop(),
                "stop",
                window.runs()::anyRunning,
                window.runs()::cancelAll);
        editorCommand("canvas.add", "canvas", text.addNode(), "add", false);
        editorCommand("canvas.arrange", "canvas", text.arrange(), "arrange", true);
        editorCommand("canvas.zoom-in", "canvas", text.zoomIn(), "zoom-in", true);
        editorCommand("canvas.zoom-out", "canvas", text.zoomOut(), "zoom-out", true);
        editorCommand("canvas.zoom-reset", "canvas", text.zoomReset(), "", false);
        editorCommand("canvas.zoom-fit", "canvas", text.zoomFit(), "fit", false);
        commands.add(
                new Command(
                        "canvas.minimap",
                        "canvas",
                        text::toggleMinimap,
                        "minimap",
                        false,
                        () -> true,
                        window::toggleMinimap));
        editorCommand("edit.paste-connected", "edit", text.pasteConnected(), "", false);
        editorCommand("edit.find", "edit", text.findNode(), "search", false);
        editorCommand("canvas.align-left", "canvas", text.alignLeft(), "", true);
        editorCommand("canvas.align-top", "canvas", text.alignTop(), "", true);
        editorCommand("canvas.distribute-across", "canvas", text.distributeAcross(), "", true);
        editorCommand("canvas.distribute-down", "canvas", text.distributeDown(), "", true);
        command("view.palette", "view", text.commandPalette(), "", window::showCommands);
        command("view.go-to", "view", text.goTo(), "search", window::showGoTo);
        command("view.theme", "view", text.switchTheme(), "theme", window::switchTheme);
        command("view.reset", "view", text.resetLayout(), "", window::resetLayout);
        command("view.hide", "view", text.hideToolWindow(), "", window::hideFocusedTool);
        command("view.float", "view", text.floatToolWindow(), "", window::floatFocusedTool);
        command("view.next-problem", "view", text.nextProblem(), "problems", window::nextProblem);
        command("view.refresh", "view", text.refresh(), "refresh", window::loadProject);
        command("help.keys", "help", text.keyHelp(), "", window::showCommands);
    }

    private boolean some() {
        return active.get().isPresent();
    }

    private void command(String id, String menu, String title, String icon, Runnable run) {
        commands.add(Command.of(id, menu, title, icon, run));
    }

    private void command(
            String id,
            String menu,
            String title,
            String icon,
            BooleanSupplier enabled,
            Runnable run) {
        commands.add(new Command(id, menu, () -> title, icon, true, enabled, run));
    }

    /// A command whose meaning the open editor knows.
    private void editorCommand(String id, String menu, String title, String icon, boolean inText) {
        Supplier<String> shown =
                () ->
                        active.get()
                                .map(editor -> editor.actionTitle(id))
                                .filter(special -> !special.isEmpty())
                                .orElse(title);
        commands.add(
                new Command(
                        id,
                        menu,
                        shown,
                        icon,
                        inText,
                        () -> active.get().flatMap(editor -> editor.action(id)).isPresent(),
                        () ->
                                active.get()
                                        .flatMap(editor -> editor.action(id))
                                        .ifPresent(Runnable::run)));
    }
}
