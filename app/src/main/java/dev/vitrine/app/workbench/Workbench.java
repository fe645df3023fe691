package dev.vitrine.app.workbench;

import dev.vitrine.app.background.Background;
import dev.vitrine.app.background.Latest;
import dev.vitrine.app.catalog.CatalogView;
import dev.vitrine.app.command.Chooser;
import dev.vitrine.app.command.Command;
import dev.vitrine.app.command.Commands;
import dev.vitrine.app.command.Keymap;
import dev.vitrine.app.editor.Editor;
import dev.vitrine.app.monitor.LogView;
import dev.vitrine.app.monitor.ProblemsView;
import dev.vitrine.app.pipeline.InspectorView;
import dev.vitrine.app.pipeline.OutlineView;
import dev.vitrine.app.pipeline.PaletteView;
import dev.vitrine.app.pipeline.PipelineEditor;
import dev.vitrine.app.preferences.Preferences;
import dev.vitrine.app.preferences.PreferencesFile;
import dev.vitrine.app.project.Project;
import dev.vitrine.app.results.ResultsView;
import dev.vitrine.app.run.Run;
import dev.vitrine.app.run.Runs;
import dev.vitrine.app.run.RunsView;
import dev.vitrine.app.scratchpad.SqlEditor;
import dev.vitrine.app.text.Text;
import dev.vitrine.app.text.Texts;
import dev.vitrine.app.theme.Icons;
import dev.vitrine.app.theme.Theme;
import dev.vitrine.engine.api.TableInfo;
import dev.vitrine.engine.event.EngineEvent.LogLine;
import dev.vitrine.engine.pipeline.NodeKinds;
import dev.vitrine.engine.pipeline.NodeProblem;
import dev.vitrine.engine.pipeline.Pipeline;
import dev.vitrine.engine.pipeline.PipelineFile;
import dev.vitrine.engine.pipeline.PipelineQueries;
import dev.vitrine.engine.settings.Settings;
import dev.vitrine.engine.snapshot.QuerySnapshot;
import dev.vitrine.plan.FrameMailbox;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import javafx.application.Application;
import javafx.application.Platform;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.control.Button;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.Label;
import javafx.scene.control.MenuBar;
import javafx.scene.control.Separator;
import javafx.scene.control.Tooltip;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseEvent;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import javafx.stage.DirectoryChooser;
import javafx.stage.FileChooser;
import javafx.stage.Stage;
import org.jspecify.annotations.Nullable;

/// A project's window: it makes all views and models, and is the only place that knows more than
/// one of them. FX thread only.
public final class Workbench implements AutoCloseable {
    private final Engine engine;
    private final Project project;
    private final PreferencesFile preferencesFile;
    private final Text text = Texts.english();
    private final Background background = new Background(Platform::runLater, this::unexpected);
    private final NodeKinds kinds = NodeKinds.load();
    private final PipelineQueries queries;
    private final Runs runs = new Runs(background);
    private final Commands commands;
    private final Docking docking;
    private final StackPane root = new StackPane();
    private final BorderPane shell = new BorderPane();
    private final Map<Path, Editor> open = new LinkedHashMap<>();
    private final Deque<Path> closed = new ArrayDeque<>();
    private final InspectorView inspector;
    private final PaletteView palette;
    private final OutlineView outline;
    private final ResultsView results;
    private final ProblemsView problems;
    private final LogView log;
    private final CatalogView catalog;
    private final ProjectView projectView;
    private final StatusBar status;
    private final PipelineRunner runner;
    private final List<SnapshotView> snapshotViews = new ArrayList<>();
    private final Latest<List<TableInfo>> tables;
    private final ConcurrentLinkedQueue<LogLine> logged = new ConcurrentLinkedQueue<>();
    private final FrameMailbox<Boolean> logMailbox;
    private List<String> tableNames = List.of();
    private Preferences preferences;
    private Optional<Editor> active = Optional.empty();
    private @Nullable Region chooser;
    private boolean dragging;
    private @Nullable Stage stage;

    /// @param preferencesFile where preferences are read from and written to
    public Workbench(Engine engine, Project project, PreferencesFile preferencesFile) {
        this.engine = engine;
        this.project = project;
        this.preferencesFile = preferencesFile;
        this.preferences = preferencesFile.read();
        this.queries = new PipelineQueries(engine.session(), kinds, engine.parser());
        this.commands = new Commands(Keymap.load(preferences.keymap(), preferences.keys()));
        this.results = new ResultsView(text, background);
        this.problems = new ProblemsView(text);
        this.log = new LogView(text);
        this.palette = new PaletteView(text, kinds);
        this.outline = new OutlineView(text);
        this.inspector = new InspectorView(text, engine.language(), () -> tableNames, this::browse);
        this.catalog = new CatalogView(text, this::insertName);
        this.projectView = new ProjectView(this::open);
        this.docking = new Docking(emptyEditor(), this::activated, this::closed);
        String master = engine.session().settings().get(Settings.MASTER);
        this.status = new StatusBar(text, runs, master, () -> docking.show("problems"));
        this.runner =
                new PipelineRunner(
                        queries,
                        runs,
                        results,
                        background,
                        text,
                        project,
                        () -> preferences.editing(),
                        () -> docking.show("results"));
        this.tables = new Latest<>(background, 50, this::showTables);
        this.logMailbox = new FrameMailbox<>(some -> drainLog());
        engine.session()
                .events()
                .subscribe(event -> {
                    if (event instanceof LogLine line) {
                        logged.add(line);
                        logMailbox.post(true);
                    }
                });
        addCommands();
        addToolWindows();
        build();
        followRuns();
        loadProject();
        background.every(1_000, status::tick);
    }

    public Region root() {
        return root;
    }

    public Commands commands() {
        return commands;
    }

    public Runs runs() {
        return runs;
    }

    public Optional<Editor> active() {
        return active;
    }

    public Preferences preferences() {
        return preferences;
    }

    // The window

    private void build() {
        MenuBar menu = new MainMenu(text, commands).bar();
        shell.setTop(new VBox(new HBox(menu, toolbar(menu))));
        shell.setCenter(docking.node());
        shell.setBottom(status);
        root.getChildren().add(shell);
        root.getStyleClass().add("workbench");
        Theme theme = Theme.of(preferences.appearance().theme());
        theme.apply(root);
        scale(preferences.appearance().scalePercent());
        docking.restoreSizes(preferences.window().dividers());
        docking.selectFirst();
        preferences.window().hidden().stream()
                .filter(id -> docking.tools().stream().anyMatch(t -> t.id().equals(id)))
                .forEach(docking::hide);
        shell.layoutBoundsProperty()
                .addListener((o, old, now) -> {
                    if (old.getWidth() < 100 && now.getWidth() > 100) {
                        Platform.runLater(docking::place);
                    }
                });
        // While a node kind is dragged over the window, nothing on its way moves along.
        root.addEventFilter(
                MouseEvent.MOUSE_DRAGGED,
                event -> {
                    if (dragging) {
                        event.consume();
                    }
                });
        root.addEventFilter(MouseEvent.MOUSE_PRESSED, event -> dragging = false);
        root.addEventFilter(
                KeyEvent.KEY_PRESSED,
                event -> {
                    Scene scene = root.getScene();
                    if (scene != null && chooser == null) {
                        commands.handle(event, Commands.takesText(scene.getFocusOwner()));
                    }
                });
    }

    private HBox toolbar(MenuBar menu) {
        HBox.setHgrow(menu, Priority.NEVER);
        Region gap = new Region();
        HBox.setHgrow(gap, Priority.ALWAYS);
        Button search = new Button(text.goTo(), Icons.of("search", 14));
        search.getStyleClass().add("search-everywhere");
        search.setOnAction(event -> commands.run("view.go-to"));
        Label key = new Label(commands.keyText("view.go-to"));
        key.getStyleClass().add("key");
        search.setGraphicTextGap(8);
        Button run = tool("run.run");
        run.getStyleClass().add("run-button");
        HBox bar =
                new HBox(
                        4,
                        run,
                        tool("run.stop"),
                        new Separator(javafx.geometry.Orientation.VERTICAL),
                        tool("edit.undo"),
                        tool("edit.redo"),
                        new Separator(javafx.geometry.Orientation.VERTICAL),
                        tool("canvas.zoom-fit"),
                        tool("canvas.arrange"),
                        gap,
                        search,
                        tool("view.theme"));
        bar.getStyleClass().add("toolbar");
        bar.setAlignment(Pos.CENTER_LEFT);
        HBox.setHgrow(bar, Priority.ALWAYS);
        return bar;
    }

    private Button tool(String id) {
        Command command = commands.find(id).orElseThrow();
        Button button = new Button("", Icons.of(command.icon()));
        String key = commands.keyText(id);
        button.setId("tool-" + id.replace('.', '-'));
        button.getStyleClass().add("flat");
        button.setFocusTraversable(false);
        button.setAccessibleText(command.title().get());
        Tooltip tip = new Tooltip();
        tip.setOnShowing(event ->
                tip.setText(command.title().get() + (key.isEmpty() ? "" : "  (" + key + ")")));
        button.setTooltip(tip);
        button.setOnAction(event -> commands.run(id));
        return button;
    }

    private Region emptyEditor() {
        Label label = new Label(text.emptyEditor());
        label.getStyleClass().add("empty-state");
        label.setWrapText(true);
        StackPane pane = new StackPane(label);
        pane.getStyleClass().add("empty-editor");
        return pane;
    }

    /// Shows the window and remembers its size.
    public void show(Stage window) {
        stage = window;
        Application.setUserAgentStylesheet(
                Theme.of(preferences.appearance().theme()).userAgentStylesheet());
        Preferences.Window size = preferences.window();
        window.setScene(new Scene(root, size.width(), size.height()));
        window.setTitle(project.name() + " – Vitrine");
        window.setMaximized(size.maximized());
        window.setOnCloseRequest(event -> close());
        window.show();
    }

    private void addToolWindows() {
        snapshotViews.addAll(RunViews.of(text, this::switchRule, this::reveal));
        tool("project", text.project(), "folder", Docking.Place.LEFT_TOP, projectView);
        tool("catalog", text.catalog(), "table", Docking.Place.LEFT_TOP, catalog);
        tool("palette", text.palette(), "nodes", Docking.Place.LEFT_BOTTOM, palette);
        tool("outline", text.outline(), "outline", Docking.Place.LEFT_BOTTOM, outline);
        tool("inspector", text.inspector(), "inspector", Docking.Place.RIGHT, inspector);
        tool("results", text.results(), "results", Docking.Place.BOTTOM, results);
        tool("plan", text.plan(), "plan", Docking.Place.BOTTOM, snapshotViews.get(0).node());
        tool(
                "optimizer",
                text.optimizer(),
                "optimizer",
                Docking.Place.BOTTOM,
                snapshotViews.get(1).node());
        tool("stages", text.stages(), "stages", Docking.Place.BOTTOM, snapshotViews.get(2).node());
        tool("code", text.code(), "code", Docking.Place.BOTTOM, snapshotViews.get(3).node());
        tool("problems", text.problems(), "problems", Docking.Place.BOTTOM, problems);
        tool("runs", text.runs(), "runs", Docking.Place.BOTTOM, new RunsView(text, runs));
        tool("log", text.log(), "log", Docking.Place.BOTTOM, log);
    }

    private void tool(String id, String title, String icon, Docking.Place home, Region node) {
        docking.add(new Docking.ToolWindow(id, title, icon, home, node));
        commands.add(
                Command.of(
                        "tool." + id,
                        "view",
                        text.toolWindow(title),
                        icon,
                        () -> docking.toggle(id)));
    }

    private void reveal(String pipelineNode) {
        if (active.orElse(null) instanceof PipelineEditor editor
                && editor.model().document().node(pipelineNode).isPresent()) {
            editor.reveal(pipelineNode);
        }
    }

    /// Leaves a rule out of coming runs, or takes it in again.
    private void switchRule(String rule, boolean enabled) {
        Set<String> excluded =
                new TreeSet<>(engine.session().settings().getSet(Settings.EXCLUDED_RULES));
        if (enabled ? excluded.remove(rule) : excluded.add(rule)) {
            engine.session().set(Settings.EXCLUDED_RULES.key(), String.join(",", excluded));
        }
    }

    /// Brings a tool window to the front.
    public void showTool(String id) {
        docking.show(id);
    }

    // Commands

    private void addCommands() {
        command("file.new-pipeline", "file", text.newPipeline(), "new", this::newPipeline);
        command("file.new-query", "file", text.newQuery(), "sql", this::newQuery);
        command("file.open", "file", text.openProject(), "folder", this::openProject);
        editorCommand("file.save", "file", text.save(), "save", true);
        command(
                "file.close",
                "file",
                text.closeTab(),
                "",
                () -> active.isPresent(),
                () -> active.ifPresent(docking::close));
        command(
                "file.reopen",
                "file",
                text.reopenTab(),
                "",
                () -> !closed.isEmpty(),
                () -> open(closed.pop()));
        command("file.exit", "file", text.exit(), "", this::exit);
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
        command(
                "run.run",
                "run",
                text.run(),
                "run",
                () -> active.isPresent(),
                () -> active.ifPresent(this::run));
        editorCommand("run.statement", "run", text.runStatement(), "run", true);
        command("run.stop", "run", text.stop(), "stop", runs::anyRunning, runs::cancelAll);
        editorCommand("canvas.add", "canvas", text.addNode(), "add", false);
        editorCommand("canvas.arrange", "canvas", text.arrange(), "arrange", true);
        editorCommand("canvas.zoom-in", "canvas", text.zoomIn(), "zoom-in", true);
        editorCommand("canvas.zoom-out", "canvas", text.zoomOut(), "zoom-out", true);
        editorCommand("canvas.zoom-reset", "canvas", text.zoomReset(), "", false);
        editorCommand("canvas.zoom-fit", "canvas", text.zoomFit(), "fit", false);
        command("view.palette", "view", text.commandPalette(), "", this::showCommands);
        command("view.go-to", "view", text.goTo(), "search", this::showGoTo);
        command("view.theme", "view", text.switchTheme(), "theme", this::switchTheme);
        command("view.reset", "view", text.resetLayout(), "", docking::reset);
        command("view.hide", "view", text.hideToolWindow(), "", this::hideFocusedTool);
        command("view.next-problem", "view", text.nextProblem(), "problems", problems::next);
        command("view.refresh", "view", text.refresh(), "refresh", this::loadProject);
        command("help.keys", "help", text.keyHelp(), "", this::showCommands);
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
                        active.map(editor -> editor.actionTitle(id))
                                .filter(special -> !special.isEmpty())
                                .orElse(title);
        commands.add(
                new Command(
                        id,
                        menu,
                        shown,
                        icon,
                        inText,
                        () -> active.flatMap(editor -> editor.action(id)).isPresent(),
                        () ->
                                active.flatMap(editor -> editor.action(id))
                                        .ifPresent(Runnable::run)));
    }

    private void showCommands() {
        List<Chooser.Choice> choices = new ArrayList<>();
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
        showChooser(
                new Chooser(text.paletteHint(), text.nothingFound(), choices, this::closeChooser));
    }

    private void showGoTo() {
        List<Chooser.Choice> choices = new ArrayList<>();
        collectFiles(project.tree(), choices);
        if (active.orElse(null) instanceof PipelineEditor editor) {
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
                                                            .map(kind -> kind.icon())
                                                            .orElse("error")),
                                            () -> editor.reveal(node.id()))));
        }
        tableNames.forEach(name ->
                choices.add(
                        new Chooser.Choice(
                                name,
                                text.tableWord(),
                                "",
                                Icons.of("table"),
                                () -> insertName(name))));
        for (Command command : commands.all()) {
            if (command.enabled().getAsBoolean()) {
                choices.add(
                        new Chooser.Choice(
                                command.title().get(),
                                "",
                                commands.keyText(command.id()),
                                icon(command.icon()),
                                command.run()));
            }
        }
        showChooser(new Chooser(text.goToHint(), text.nothingFound(), choices, this::closeChooser));
    }

    private void collectFiles(Project.Entry entry, List<Chooser.Choice> choices) {
        if (entry.kind() == Project.FileKind.PIPELINE || entry.kind() == Project.FileKind.SQL) {
            choices.add(
                    new Chooser.Choice(
                            entry.name(),
                            project.relative(entry.path()),
                            "",
                            Icons.of(entry.kind() == Project.FileKind.SQL ? "sql" : "pipeline"),
                            () -> open(entry.path())));
        }
        entry.children().forEach(child -> collectFiles(child, choices));
    }

    private static Node icon(String name) {
        return Icons.of(name.isEmpty() ? "command" : name);
    }

    private void showChooser(Chooser shown) {
        closeChooser();
        StackPane veil = new StackPane(shown);
        veil.getStyleClass().add("veil");
        StackPane.setAlignment(shown, Pos.TOP_CENTER);
        shown.setMaxHeight(Region.USE_PREF_SIZE);
        veil.addEventHandler(
                MouseEvent.MOUSE_PRESSED,
                event -> {
                    if (veil.equals(event.getTarget())) {
                        closeChooser();
                    }
                });
        chooser = veil;
        root.getChildren().add(veil);
        shown.focus();
    }

    private void closeChooser() {
        if (chooser != null) {
            root.getChildren().remove(chooser);
            chooser = null;
            active.ifPresent(Editor::focus);
        }
    }

    private void switchTheme() {
        Theme next = Theme.of(preferences.appearance().theme()).other();
        preferences =
                preferences.with(
                        new Preferences.Appearance(
                                next.id(), preferences.appearance().scalePercent()));
        Application.setUserAgentStylesheet(next.userAgentStylesheet());
        next.apply(root);
        savePreferences();
    }

    private void scale(int percent) {
        if (percent != 100) {
            root.setStyle("-fx-font-size: " + 13 * percent / 100.0 + "px;");
        }
    }

    private void hideFocusedTool() {
        Scene scene = root.getScene();
        Node focused = scene == null ? null : scene.getFocusOwner();
        for (Node node = focused; node != null; node = node.getParent()) {
            for (Docking.ToolWindow tool : docking.tools()) {
                if (tool.node().equals(node)) {
                    docking.hide(tool.id());
                    return;
                }
            }
        }
        docking.toggle("results");
    }

    // Documents

    /// Opens a file in an editor, or brings its tab to the front.
    public void open(Path file) {
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
            case DATA -> previewFile(path);
            case FOLDER, OTHER -> {}
        }
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
                        this::unexpected);
        editor.model().analyses().addListener(o -> showProblems());
        runner.follow(editor);
        ContextMenu menu = new ContextMenu();
        editor.view()
                .setOnContextMenuRequested(event -> {
                    new MainMenu(text, commands).fillContextMenu(menu);
                    menu.show(editor.view(), event.getScreenX(), event.getScreenY());
                });
        editor.view().addEventFilter(MouseEvent.MOUSE_PRESSED, event -> menu.hide());
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
                        this::runStatements,
                        this::unexpected);
        editor.problems().addListener(o -> showProblems());
        add(path, editor);
    }

    private void add(Path path, Editor editor) {
        Editor before = open.putIfAbsent(path, editor);
        docking.open(before == null ? editor : before);
    }

    private void activated(Optional<Editor> editor) {
        active = editor;
        status.context().unbind();
        status.context().set("");
        editor.ifPresent(e -> status.context().bind(e.status()));
        if (editor.orElse(null) instanceof PipelineEditor pipeline) {
            inspector.follow(pipeline.model());
            outline.follow(pipeline.model());
            palette.connect(
                    kind -> {
                        dragging = kind != null;
                        pipeline.dropping(kind);
                    },
                    pipeline::add);
        } else {
            inspector.follow(null);
            outline.follow(null);
            palette.connect(kind -> {}, kind -> {});
        }
        editor.ifPresent(e -> Platform.runLater(e::focus));
    }

    private void closed(Editor editor) {
        editor.close();
        open.remove(editor.file());
        closed.push(editor.file());
        showProblems();
    }

    private void newPipeline() {
        Path file = project.freeFile("pipelines", text.newPipelineName(), ".pipeline.json");
        background.run(
                () -> {
                    PipelineFile.write(file, Pipeline.empty(text.newPipelineName()));
                    return file;
                },
                made -> {
                    open(made);
                    refreshFiles();
                });
    }

    private void newQuery() {
        Path file = project.freeFile("queries", text.newPipelineName(), ".sql");
        background.run(
                () -> {
                    project.write(file, "");
                    return file;
                },
                made -> {
                    open(made);
                    refreshFiles();
                });
    }

    private void previewFile(Path path) {
        if (active.orElse(null) instanceof PipelineEditor editor) {
            editor.addFiles(List.of(path.toFile()));
        }
    }

    private void insertName(String name) {
        if (active.orElse(null) instanceof SqlEditor editor) {
            editor.insertText(name);
        } else if (active.orElse(null) instanceof PipelineEditor editor
                && tableNames.contains(name)) {
            kinds.find("table-source")
                    .ifPresent(kind ->
                            editor.model()
                                    .addNode(
                                            kind,
                                            Map.of("table", name),
                                            new dev.vitrine.engine.pipeline.PipelineLayout.Position(
                                                    40, 40)));
        }
    }

    private void browse(java.util.function.Consumer<String> chosen) {
        FileChooser dialog = new FileChooser();
        dialog.setInitialDirectory(project.folder().toFile());
        java.io.File file = dialog.showOpenDialog(stage);
        if (file != null) {
            chosen.accept(project.relative(file.toPath()));
        }
    }

    private void openProject() {
        DirectoryChooser dialog = new DirectoryChooser();
        java.io.File folder = dialog.showDialog(stage);
        if (folder != null) {
            preferences =
                    preferences.with(
                            new Preferences.Window(
                                    preferences.window().width(),
                                    preferences.window().height(),
                                    preferences.window().maximized(),
                                    preferences.window().dividers(),
                                    preferences.window().hidden(),
                                    folder.toString()));
            savePreferences();
            Workbench next = new Workbench(engine, new Project(folder.toPath()), preferencesFile);
            next.show(new Stage());
        }
    }

    private void loadProject() {
        refreshFiles();
        background.run(
                () -> {
                    registerFiles(project.tree());
                    return true;
                },
                done -> {
                    queries.forget();
                    refreshTables();
                    open.values()
                            .forEach(editor -> {
                                switch (editor) {
                                    case PipelineEditor p -> p.model().analyze();
                                    case SqlEditor s -> s.analyze();
                                    default -> {}
                                }
                            });
                });
    }

    private void refreshFiles() {
        background.run(project::tree, projectView::show);
    }

    /// Each data file becomes a view called like it.
    private void registerFiles(Project.Entry entry) {
        if (entry.kind() == Project.FileKind.DATA) {
            String file = String.valueOf(entry.path().getFileName());
            String name =
                    file.substring(0, file.lastIndexOf('.')).replaceAll("[^\\p{Alnum}]+", "_");
            try {
                queries.createFileView(name, entry.path());
            } catch (RuntimeException e) {
                // A file that is no table is still a file of the project.
                logged.add(
                        new LogLine(
                                0,
                                LogLine.Level.WARN,
                                "project",
                                String.valueOf(e.getMessage()),
                                Instant.now()));
                logMailbox.post(true);
            }
        }
        entry.children().forEach(this::registerFiles);
    }

    private void refreshTables() {
        tables.ask(() -> engine.session().tables());
    }

    private void showTables(List<TableInfo> found) {
        tableNames = found.stream().map(TableInfo::name).toList();
        catalog.show(found);
    }

    // Running

    private void run(Editor editor) {
        editor.action("run.run")
                .ifPresentOrElse(
                        Runnable::run,
                        () -> {
                            if (editor instanceof PipelineEditor pipeline) {
                                runner.run(pipeline);
                            }
                        });
    }

    private void runStatements(List<String> statements) {
        docking.show("results");
        runner.runStatements(engine.session(), statements, this::refreshTables);
    }

    private void followRuns() {
        runs.shown()
                .addListener((o, old, run) -> {
                    old.ifPresent(r -> r.snapshot().removeListener(showSnapshot));
                    run.ifPresent(r -> {
                        r.snapshot().addListener(showSnapshot);
                        showSnapshot(r);
                    });
                });
    }

    private final javafx.beans.InvalidationListener showSnapshot =
            o -> runs().shown().get().ifPresent(this::showSnapshot);

    private void showSnapshot(Run run) {
        Optional<QuerySnapshot> snapshot = run.snapshot().get();
        snapshot.ifPresent(s -> snapshotViews.forEach(view -> view.show(s)));
    }

    // Problems and log

    private void showProblems() {
        List<ProblemsView.Problem> all = new ArrayList<>();
        for (Editor editor : open.values()) {
            switch (editor) {
                case PipelineEditor pipeline -> {
                    for (NodeProblem problem : pipeline.model().problems()) {
                        all.add(
                                new ProblemsView.Problem(
                                        problem.message(),
                                        pipeline.model()
                                                .document()
                                                .node(problem.nodeId())
                                                .map(kinds::label)
                                                .orElse(""),
                                        editor.title(),
                                        problem.hint(),
                                        () -> {
                                            docking.open(editor);
                                            pipeline.reveal(problem.nodeId());
                                        }));
                    }
                }
                case SqlEditor sql -> {
                    for (SqlEditor.Problem problem : sql.problems().get()) {
                        all.add(
                                new ProblemsView.Problem(
                                        problem.error().message(),
                                        String.valueOf(problem.range().line(sql.area().getText())),
                                        editor.title(),
                                        problem.error().hint(),
                                        () -> {
                                            docking.open(editor);
                                            sql.goTo(problem.range());
                                        }));
                    }
                }
                default -> {}
            }
        }
        problems.show(all);
        status.showProblemCount(all.size());
    }

    private void drainLog() {
        List<LogLine> lines = new ArrayList<>();
        for (LogLine line = logged.poll(); line != null; line = logged.poll()) {
            lines.add(line);
        }
        log.add(lines);
    }

    private void unexpected(Throwable failure) {
        logged.add(
                new LogLine(
                        0,
                        LogLine.Level.ERROR,
                        "workbench",
                        text.unexpected(String.valueOf(failure.getMessage())),
                        Instant.now()));
        logMailbox.post(true);
    }

    // Ending

    private void savePreferences() {
        Preferences saved = preferences;
        background.run(
                () -> {
                    preferencesFile.write(saved);
                    return saved;
                },
                done -> {});
    }

    private void exit() {
        Stage window = stage;
        close();
        if (window != null) {
            window.close();
        }
    }

    /// Saves what is unsaved and frees what the window holds; the session stays its maker's.
    @Override
    public void close() {
        closeChooser();
        open.values().forEach(Editor::close);
        runs.cancelAll();
        Stage window = stage;
        if (window != null) {
            preferences =
                    preferences.with(
                            new Preferences.Window(
                                    window.isMaximized()
                                            ? preferences.window().width()
                                            : window.getScene().getWidth(),
                                    window.isMaximized()
                                            ? preferences.window().height()
                                            : window.getScene().getHeight(),
                                    window.isMaximized(),
                                    docking.sizes(),
                                    docking.hidden(),
                                    project.folder().toString()));
            preferencesFile.write(preferences);
        }
        results.closeAll();
        background.close();
    }
}
