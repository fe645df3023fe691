package dev.vitrine.app.workbench;

import dev.vitrine.app.background.Background;
import dev.vitrine.app.catalog.CatalogView;
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
import dev.vitrine.app.preferences.SettingsEditor;
import dev.vitrine.app.preferences.TrustedCode;
import dev.vitrine.app.project.Project;
import dev.vitrine.app.results.ResultsView;
import dev.vitrine.app.run.Runs;
import dev.vitrine.app.run.RunsView;
import dev.vitrine.app.scratchpad.SqlEditor;
import dev.vitrine.app.text.Text;
import dev.vitrine.app.text.Texts;
import dev.vitrine.app.theme.Theme;
import dev.vitrine.engine.pipeline.NodeKinds;
import dev.vitrine.engine.pipeline.PipelineLayout.Position;
import dev.vitrine.engine.pipeline.PipelineQueries;
import dev.vitrine.engine.record.RunArchive;
import dev.vitrine.engine.settings.Settings;
import java.io.File;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import javafx.application.Platform;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.scene.Parent;
import javafx.scene.Scene;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.Label;
import javafx.scene.control.MenuBar;
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
    private static final long LAYOUT_SAVED_MILLIS = 4_000;

    private final Engine engine;
    private final Project project;
    private final PreferencesFile preferencesFile;
    private final Text text = Texts.english();
    private final LogView log = new LogView(text);
    private final LogLines logLines;
    private final Background background;
    private final NodeKinds kinds = NodeKinds.load();
    private final PipelineQueries queries;
    private final Runs runs;
    private final Commands commands;
    private final Docking docking;
    private final LayoutFile layout;
    private final Documents documents;
    private final ProjectTables tables;
    private final Choosers choosers;
    private final StackPane root = new StackPane();
    private final BorderPane shell = new BorderPane();
    private final Looks looks;
    private final InspectorView inspector;
    private final PaletteView palette;
    private final OutlineView outline;
    private final ResultsView results;
    private final ProblemsView problems;
    private final CatalogView catalog;
    private final ProjectView projectView;
    private final StatusBar status;
    private final PipelineRunner runner;
    private final ReadOnlyObjectWrapper<Preferences> preferences;
    private Optional<Editor> active = Optional.empty();
    private boolean dragging;
    private @Nullable Stage stage;

    /// @param preferencesFile where preferences are read from and written to
    public Workbench(Engine engine, Project project, PreferencesFile preferencesFile) {
        this.engine = engine;
        this.project = project;
        this.preferencesFile = preferencesFile;
        this.preferences = new ReadOnlyObjectWrapper<>(preferencesFile.read());
        this.looks = new Looks(preferences().appearance());
        this.logLines = new LogLines(log, text, engine.session());
        this.background = new Background(Platform::runLater, logLines::unexpected);
        TrustedCode trusted = TrustedCode.beside(preferencesFile);
        this.queries = new PipelineQueries(engine.session(), kinds, engine.parser(), trusted);
        this.runs =
                new Runs(
                        background,
                        new RunArchive(project.own().resolve("runs")),
                        () ->
                                project.written()
                                        ? preferences().recording()
                                        : Preferences.NO_RECORDING,
                        logLines::unexpected);
        this.commands = new Commands(Keymap.load(preferences().keymap(), preferences().keys()));
        this.results = new ResultsView(text, background);
        this.problems = new ProblemsView(text);
        this.palette = new PaletteView(text, kinds);
        this.outline = new OutlineView(text);
        this.catalog = new CatalogView(text, this::insertName);
        this.tables =
                new ProjectTables(
                        project, queries, engine.session(), background, catalog, logLines);
        this.inspector =
                new InspectorView(
                        text, engine.language(), background, tables::names, this::browse, trusted);
        this.projectView = new ProjectView(this::open);
        this.docking = new Docking(emptyEditor(), this::activated, this::closed, this::dress);
        this.layout = new LayoutFile(project, docking, background);
        this.documents =
                new Documents(
                        engine, project, kinds, queries, runs, background, docking, text, around());
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
                        () -> preferences().editing(),
                        () -> docking.show("results"));
        this.choosers =
                new Choosers(
                        root,
                        text,
                        commands,
                        kinds,
                        project,
                        () -> active.ifPresent(Editor::focus));
        new WorkbenchCommands(commands, text, () -> active).addTo(this);
        addToolWindows();
        build();
        loadProject();
        background.every(1_000, status::tick);
        background.every(LAYOUT_SAVED_MILLIS, this::saveLayout);
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
        return preferences.get();
    }

    Documents documents() {
        return documents;
    }

    // The window

    private void build() {
        MenuBar menu = new MainMenu(text, commands).bar();
        HBox.setHgrow(menu, Priority.NEVER);
        shell.setTop(new VBox(new HBox(menu, new Toolbar(text, commands))));
        shell.setCenter(docking.node());
        shell.setBottom(status);
        root.getChildren().add(shell);
        looks.add(root);
        docking.selectFirst();
        layout.restore();
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
        root.addEventFilter(KeyEvent.KEY_PRESSED, this::keyPressed);
    }

    private void keyPressed(KeyEvent event) {
        if (!choosers.isOpen() && event.getSource() instanceof Parent pressed) {
            Scene scene = pressed.getScene();
            if (scene != null) {
                commands.handle(event, Commands.takesText(scene.getFocusOwner()));
            }
        }
    }

    /// A window beside this one looks like it and has its keys.
    private void dress(Scene beside) {
        beside.getRoot().addEventFilter(KeyEvent.KEY_PRESSED, this::keyPressed);
        looks.add(beside.getRoot());
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
        looks.useStylesheet();
        Preferences.Window size = preferences().window();
        window.setScene(new Scene(root, size.width(), size.height()));
        window.setTitle(project.name() + " – Vitrine");
        window.setMaximized(size.maximized());
        window.setOnCloseRequest(event -> close());
        window.show();
        layout.openFloating();
    }

    private void addToolWindows() {
        List<SnapshotView> runViews = RunViews.of(text, this::switchRule, this::reveal);
        ShownRun.follow(runs, runViews);
        tool("project", text.project(), "folder", DockTree.Place.LEFT_TOP, projectView);
        tool("catalog", text.catalog(), "table", DockTree.Place.LEFT_TOP, catalog);
        tool("palette", text.palette(), "nodes", DockTree.Place.LEFT_BOTTOM, palette);
        tool("outline", text.outline(), "outline", DockTree.Place.LEFT_BOTTOM, outline);
        tool("inspector", text.inspector(), "inspector", DockTree.Place.RIGHT, inspector);
        bottomTool("results", text.results(), results);
        bottomTool("plan", text.plan(), runViews.get(0).node());
        bottomTool("optimizer", text.optimizer(), runViews.get(1).node());
        bottomTool("stages", text.stages(), runViews.get(2).node());
        bottomTool("code", text.code(), runViews.get(3).node());
        bottomTool("problems", text.problems(), problems);
        bottomTool("runs", text.runs(), new RunsView(text, runs, documents::openRun));
        bottomTool("log", text.log(), log);
    }

    private void bottomTool(String id, String title, Region node) {
        tool(id, title, id, DockTree.Place.BOTTOM, node);
    }

    private void tool(String id, String title, String icon, DockTree.Place home, Region node) {
        node.setId(id);
        docking.add(new Docking.ToolWindow(id, title, icon, home, node));
        commands.add(
                Command.of(
                        "tool." + id,
                        "view",
                        text.toolWindow(title),
                        icon,
                        () -> docking.toggle(id)));
    }

    /// Brings a tool window to the front.
    public void showTool(String id) {
        docking.show(id);
    }

    /// Puts a tool window beside another, as dragging its tab there does.
    public void moveTool(String id, String beside) {
        docking.moveTo(id, beside);
    }

    void resetLayout() {
        docking.reset();
        saveLayout();
    }

    void hideFocusedTool() {
        docking.hideOrToggle(focusedTool(), "results");
    }

    /// Gives the tool window that has the focus, or else the results, a window of its own.
    void floatFocusedTool() {
        floatTool(focusedTool().orElse("results"));
    }

    /// Ids of the tool windows that have windows of their own.
    public List<String> floatingTools() {
        return docking.layout().floating().stream().flatMap(w -> w.tools().stream()).toList();
    }

    /// Gives a tool window a window of its own.
    public void floatTool(String id) {
        Stage window = stage;
        if (window != null) {
            docking.floatTool(id, window.getX() + 120, window.getY() + 120, 900, 420);
        }
    }

    private Optional<String> focusedTool() {
        Scene scene = root.getScene();
        return scene == null ? Optional.empty() : docking.toolOf(scene.getFocusOwner());
    }

    private void saveLayout() {
        Stage window = stage;
        if (window != null && window.isShowing()) {
            layout.save();
        }
    }

    // What commands do

    void run() {
        active.ifPresent(editor ->
                editor.action("run.run")
                        .ifPresentOrElse(
                                Runnable::run,
                                () -> {
                                    if (editor instanceof PipelineEditor pipeline) {
                                        runner.run(pipeline);
                                    }
                                }));
    }

    void closeTab() {
        active.ifPresent(docking::close);
    }

    void showCommands() {
        choosers.showCommands();
    }

    void showGoTo() {
        choosers.showGoTo(
                active.filter(PipelineEditor.class::isInstance).map(PipelineEditor.class::cast),
                tables.names(),
                this::open,
                this::insertName);
    }

    void nextProblem() {
        problems.next();
    }

    void switchTheme() {
        Theme next = Theme.of(preferences().appearance().theme()).other();
        change(
                preferences()
                        .with(
                                new Preferences.Appearance(
                                        next.id(), preferences().appearance().scalePercent())));
    }

    void toggleMinimap() {
        Preferences.Editing editing = preferences().editing();
        change(
                preferences()
                        .with(
                                new Preferences.Editing(
                                        editing.previewRows(),
                                        editing.livePreview(),
                                        !editing.minimap())));
    }

    /// Opens the page of preferences.
    public void openSettings() {
        documents.open(
                preferencesFile.path(),
                () ->
                        new SettingsEditor(
                                preferencesFile.path(),
                                preferences.getReadOnlyProperty(),
                                this::change,
                                commands,
                                text));
    }

    /// Applies other preferences at once, and saves them.
    private void change(Preferences next) {
        boolean other = !next.appearance().equals(preferences().appearance());
        preferences.set(next);
        documents.pipelines().forEach(p -> p.showMinimap(next.editing().minimap()));
        if (other) {
            looks.change(next.appearance());
        }
        background.run(
                () -> {
                    preferencesFile.write(next);
                    return next;
                },
                done -> {});
    }

    // Documents

    /// Opens a file in an editor, or brings its tab to the front.
    public void open(Path file) {
        documents.open(file);
    }

    private Documents.Around around() {
        return new Documents.Around() {
            @Override
            public void opened(PipelineEditor editor) {
                runner.follow(editor);
                editor.showMinimap(preferences().editing().minimap());
                ContextMenu menu = new ContextMenu();
                editor.view()
                        .setOnContextMenuRequested(event -> {
                            new MainMenu(text, commands).fillContextMenu(menu);
                            menu.show(editor.view(), event.getScreenX(), event.getScreenY());
                        });
                editor.view().addEventFilter(MouseEvent.MOUSE_PRESSED, event -> menu.hide());
            }

            @Override
            public void preview(Path file) {
                if (active.orElse(null) instanceof PipelineEditor editor) {
                    editor.addFiles(List.of(file.toFile()));
                }
            }

            @Override
            public void run(List<String> statements) {
                docking.show("results");
                runner.runStatements(engine.session(), statements, tables::refresh);
            }

            @Override
            public void filesChanged() {
                refreshFiles();
            }

            @Override
            public void problemsChanged() {
                List<ProblemsView.Problem> all = documents.problems();
                problems.show(all);
                status.showProblemCount(all.size());
            }

            @Override
            public void unexpected(Throwable failure) {
                logLines.unexpected(failure);
            }
        };
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
        documents.closed(editor);
    }

    private void reveal(String pipelineNode) {
        if (active.orElse(null) instanceof PipelineEditor editor
                && editor.model().document().node(pipelineNode).isPresent()) {
            editor.reveal(pipelineNode);
        }
    }

    private void insertName(String name) {
        if (active.orElse(null) instanceof SqlEditor editor) {
            editor.insertText(name);
        } else if (active.orElse(null) instanceof PipelineEditor editor
                && tables.names().contains(name)) {
            kinds.find("table-source")
                    .ifPresent(kind ->
                            editor.model()
                                    .addNode(kind, Map.of("table", name), new Position(40, 40)));
        }
    }

    private void browse(Consumer<String> chosen) {
        FileChooser dialog = new FileChooser();
        dialog.setInitialDirectory(project.folder().toFile());
        File file = dialog.showOpenDialog(stage);
        if (file != null) {
            chosen.accept(project.relative(file.toPath()));
        }
    }

    void openProject() {
        DirectoryChooser dialog = new DirectoryChooser();
        File folder = dialog.showDialog(stage);
        if (folder != null) {
            Preferences.Window window = preferences().window();
            change(
                    preferences()
                            .with(
                                    new Preferences.Window(
                                            window.width(),
                                            window.height(),
                                            window.maximized(),
                                            folder.toString())));
            Workbench next = new Workbench(engine, new Project(folder.toPath()), preferencesFile);
            next.show(new Stage());
        }
    }

    void loadProject() {
        refreshFiles();
        runs.load();
        tables.load(documents::analyze);
    }

    private void refreshFiles() {
        background.run(project::tree, projectView::show);
    }

    // Runs

    /// Leaves a rule out of coming runs, or takes it in again.
    private void switchRule(String rule, boolean enabled) {
        Set<String> excluded =
                new TreeSet<>(engine.session().settings().getSet(Settings.EXCLUDED_RULES));
        if (enabled ? excluded.remove(rule) : excluded.add(rule)) {
            engine.session().set(Settings.EXCLUDED_RULES.key(), String.join(",", excluded));
        }
    }

    // Ending

    void exit() {
        Stage window = stage;
        close();
        if (window != null) {
            window.close();
        }
    }

    /// Saves what is unsaved and frees what the window holds; the session stays its maker's.
    @Override
    public void close() {
        choosers.close();
        documents.closeAll();
        runs.close();
        Stage window = stage;
        if (window != null) {
            Preferences.Window before = preferences().window();
            Scene scene = window.getScene();
            boolean maximized = window.isMaximized();
            preferencesFile.write(
                    preferences()
                            .with(
                                    new Preferences.Window(
                                            maximized ? before.width() : scene.getWidth(),
                                            maximized ? before.height() : scene.getHeight(),
                                            maximized,
                                            project.folder().toString())));
            if (window.isShowing()) {
                layout.flush();
            }
            docking.closeFloating();
        }
        results.closeAll();
        background.close();
    }
}
