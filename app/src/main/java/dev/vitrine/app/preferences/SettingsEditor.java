package dev.vitrine.app.preferences;

import dev.vitrine.app.command.Commands;
import dev.vitrine.app.editor.ReadOnlyEditor;
import dev.vitrine.app.text.Text;
import dev.vitrine.app.theme.Icons;
import dev.vitrine.app.theme.Theme;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import javafx.beans.InvalidationListener;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.collections.FXCollections;
import javafx.collections.transformation.FilteredList;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.TextField;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/// The preferences' tab: pages in a searchable list, the chosen one's form beside it. What is
/// changed counts at once.
public final class SettingsEditor extends ReadOnlyEditor {
    private static final int TEXT_PIXELS = 13;

    /// A page and the words by which it is found.
    private record Page(
            String id, String title, String icon, List<SettingField> fields, Node body) {
        boolean matches(String typed) {
            String words = typed.toLowerCase(Locale.ROOT).strip();
            return title.toLowerCase(Locale.ROOT).contains(words)
                    || fields.stream().anyMatch(field -> field.matches(words));
        }
    }

    private final ReadOnlyObjectProperty<Preferences> preferences;
    private final Consumer<Preferences> change;
    private final Text text;
    private final List<Page> pages = new ArrayList<>();
    private final FilteredList<Page> found;
    private final TextField search = new TextField();
    private final ListView<Page> list = new ListView<>();
    private final ScrollPane form = new ScrollPane();
    private final HBox view;
    private final InvalidationListener update = o -> show();

    /// @param file where they are saved
    /// @param change applies and saves others
    public SettingsEditor(
            Path file,
            ReadOnlyObjectProperty<Preferences> preferences,
            Consumer<Preferences> change,
            Commands commands,
            Text text) {
        super(file, "settings");
        this.preferences = preferences;
        this.change = change;
        this.text = text;
        addPages(commands);
        found = new FilteredList<>(FXCollections.observableArrayList(pages));
        search.setPromptText(text.searchSettings());
        search.setId("settings-search");
        search.textProperty().addListener((o, old, typed) -> filter(typed));
        list.setItems(found);
        list.setId("settings-pages");
        list.setFixedCellSize(30);
        list.setCellFactory(cells -> new Cell());
        list.setPlaceholder(new Label(text.nothingFound()));
        list.getSelectionModel()
                .selectedItemProperty()
                .addListener((o, old, page) -> {
                    if (page != null) {
                        form.setContent(page.body());
                        form.setVvalue(0);
                    }
                });
        VBox.setVgrow(list, Priority.ALWAYS);
        HBox bar = new HBox(search);
        HBox.setHgrow(search, Priority.ALWAYS);
        bar.getStyleClass().add("search-bar");
        VBox left = new VBox(bar, list);
        left.getStyleClass().add("settings-list");
        left.setMinWidth(216);
        left.setPrefWidth(216);
        form.setFitToWidth(true);
        form.setFitToHeight(true);
        HBox.setHgrow(form, Priority.ALWAYS);
        view = new HBox(left, form);
        view.setId("settings");
        view.getStyleClass().add("settings");
        list.getSelectionModel().select(0);
        preferences.addListener(update);
        show();
    }

    private void addPages(Commands commands) {
        add(
                "appearance",
                text.settingsAppearance(),
                "theme",
                choice(
                        "theme",
                        text.settingTheme(),
                        text.settingThemeHelp(),
                        List.of(Theme.LIGHT.id(), Theme.DARK.id()),
                        List.of(text.themeLight(), text.themeDark()),
                        p -> p.appearance().theme(),
                        (p, id) ->
                                p.with(
                                        new Preferences.Appearance(
                                                id, p.appearance().scalePercent()))),
                number(
                        "font-size",
                        text.settingFontSize(),
                        text.settingFontSizeHelp(),
                        10,
                        20,
                        p -> Math.round(p.appearance().scalePercent() * TEXT_PIXELS / 100f),
                        (p, pixels) ->
                                p.with(
                                        new Preferences.Appearance(
                                                p.appearance().theme(),
                                                Math.round(pixels * 100f / TEXT_PIXELS)))));
        add(
                "editing",
                text.settingsEditing(),
                "pipeline",
                flag(
                        "live-preview",
                        text.settingLivePreview(),
                        text.settingLivePreviewHelp(),
                        p -> p.editing().livePreview(),
                        (p, on) ->
                                p.with(
                                        new Preferences.Editing(
                                                p.editing().previewRows(),
                                                on,
                                                p.editing().minimap()))),
                number(
                        "preview-rows",
                        text.settingPreviewRows(),
                        text.settingPreviewRowsHelp(),
                        10,
                        100_000,
                        p -> p.editing().previewRows(),
                        (p, rows) ->
                                p.with(
                                        new Preferences.Editing(
                                                rows,
                                                p.editing().livePreview(),
                                                p.editing().minimap()))),
                flag(
                        "minimap",
                        text.settingMinimap(),
                        text.settingMinimapHelp(),
                        p -> p.editing().minimap(),
                        (p, on) ->
                                p.with(
                                        new Preferences.Editing(
                                                p.editing().previewRows(),
                                                p.editing().livePreview(),
                                                on))));
        add(
                "engine",
                text.settingsEngine(),
                "cores",
                number(
                        "slots",
                        text.settingSlots(),
                        text.settingSlotsHelp(),
                        0,
                        1_024,
                        p -> p.engine().slots(),
                        (p, slots) ->
                                p.with(
                                        new Preferences.Engine(
                                                slots, p.engine().memoryMegabytes()))),
                number(
                        "memory",
                        text.settingMemory(),
                        text.settingMemoryHelp(),
                        0,
                        16_000_000,
                        p -> p.engine().memoryMegabytes(),
                        (p, megabytes) ->
                                p.with(new Preferences.Engine(p.engine().slots(), megabytes))));
        add(
                "runs",
                text.settingsRuns(),
                "runs",
                flag(
                        "record",
                        text.settingRecord(),
                        text.settingRecordHelp(),
                        p -> p.recording().enabled(),
                        (p, on) ->
                                p.with(
                                        new Preferences.Recording(
                                                on,
                                                p.recording().runs(),
                                                p.recording().megabytes()))),
                number(
                        "keep-runs",
                        text.settingKeepRuns(),
                        text.settingKeepRunsHelp(),
                        1,
                        10_000,
                        p -> p.recording().runs(),
                        (p, runs) ->
                                p.with(
                                        new Preferences.Recording(
                                                p.recording().enabled(),
                                                runs,
                                                p.recording().megabytes()))),
                number(
                        "keep-megabytes",
                        text.settingKeepMegabytes(),
                        text.settingKeepMegabytesHelp(),
                        1,
                        1_000_000,
                        p -> p.recording().megabytes(),
                        (p, megabytes) ->
                                p.with(
                                        new Preferences.Recording(
                                                p.recording().enabled(),
                                                p.recording().runs(),
                                                megabytes))));
        KeymapView keymap = new KeymapView(commands, preferences.get().keymap(), text);
        pages.add(
                new Page(
                        "keymap",
                        text.settingsKeymap(),
                        "keyboard",
                        List.of(),
                        page(text.settingsKeymap(), List.of(keymap))));
    }

    private void add(String id, String title, String icon, SettingField... fields) {
        List<Node> parts = new ArrayList<>();
        for (SettingField field : fields) {
            parts.add(field.node());
        }
        pages.add(new Page(id, title, icon, List.of(fields), page(title, parts)));
    }

    private static VBox page(String title, List<? extends Node> parts) {
        Label head = new Label(title);
        head.getStyleClass().add("page-title");
        VBox page = new VBox(20, head);
        page.getChildren().addAll(parts);
        page.getStyleClass().add("page");
        return page;
    }

    private interface Read<T> {
        T of(Preferences preferences);
    }

    private interface Write<T> {
        Preferences with(Preferences preferences, T value);
    }

    private SettingField choice(
            String id,
            String title,
            String help,
            List<String> values,
            List<String> titles,
            Read<String> read,
            Write<String> write) {
        return SettingField.choice(
                id,
                title,
                help,
                titles,
                () -> titles.get(Math.max(0, values.indexOf(read.of(preferences.get())))),
                chosen -> change(p -> write.with(p, values.get(titles.indexOf(chosen)))));
    }

    private SettingField number(
            String id,
            String title,
            String help,
            int min,
            int max,
            Read<Integer> read,
            Write<Integer> write) {
        return SettingField.number(
                id,
                title,
                help,
                text.settingBetween(min, max),
                min,
                max,
                () -> read.of(preferences.get()),
                number -> change(p -> write.with(p, number)));
    }

    private SettingField flag(
            String id, String title, String help, Read<Boolean> read, Write<Boolean> write) {
        return SettingField.flag(
                id,
                title,
                help,
                () -> read.of(preferences.get()),
                on -> change(p -> write.with(p, on)));
    }

    private void change(UnaryOperator<Preferences> how) {
        Preferences next = how.apply(preferences.get());
        if (!next.equals(preferences.get())) {
            change.accept(next);
        }
    }

    private void show() {
        pages.forEach(page -> page.fields().forEach(SettingField::show));
    }

    private void filter(String typed) {
        found.setPredicate(page -> page.matches(typed));
        pages.forEach(page -> page.fields().forEach(field -> field.highlight(typed)));
        if (list.getSelectionModel().getSelectedItem() == null && !found.isEmpty()) {
            list.getSelectionModel().select(0);
        }
    }

    private static final class Cell extends ListCell<Page> {
        @Override
        protected void updateItem(Page page, boolean none) {
            super.updateItem(page, none);
            if (none || page == null) {
                setGraphic(null);
                setId(null);
                return;
            }
            HBox line = new HBox(8, Icons.of(page.icon()), new Label(page.title()));
            line.getStyleClass().add("list-line");
            setGraphic(line);
            setId("settings-" + page.id());
        }
    }

    // Editor

    @Override
    public String title() {
        return text.settingsTitle();
    }

    @Override
    public Region view() {
        return view;
    }

    @Override
    public void focus() {
        search.requestFocus();
    }

    @Override
    public void close() {
        preferences.removeListener(update);
    }
}
