package dev.vitrine.app.theme;

import java.util.Map;
import org.kordamp.ikonli.Ikon;
import org.kordamp.ikonli.fluentui.FluentUiRegularAL;
import org.kordamp.ikonli.fluentui.FluentUiRegularMZ;
import org.kordamp.ikonli.javafx.FontIcon;

/// Icons by the names that commands, node kinds and views use.
public final class Icons {
    private static final Map<String, Ikon> ICONS =
            Map.ofEntries(
                    Map.entry("run", FluentUiRegularMZ.PLAY_20),
                    Map.entry("stop", FluentUiRegularMZ.STOP_20),
                    Map.entry("undo", FluentUiRegularAL.ARROW_UNDO_20),
                    Map.entry("redo", FluentUiRegularAL.ARROW_REDO_20),
                    Map.entry("search", FluentUiRegularMZ.SEARCH_20),
                    Map.entry("file", FluentUiRegularAL.DOCUMENT_20),
                    Map.entry("table", FluentUiRegularMZ.TABLE_20),
                    Map.entry("rows", FluentUiRegularMZ.TEXT_BULLET_LIST_20),
                    Map.entry("filter", FluentUiRegularAL.FILTER_20),
                    Map.entry("derive", FluentUiRegularAL.CALCULATOR_20),
                    Map.entry("select", FluentUiRegularMZ.TEXT_COLUMN_THREE_20),
                    Map.entry("join", FluentUiRegularMZ.TABLE_CELLS_MERGE_20),
                    Map.entry("aggregate", FluentUiRegularAL.AUTOSUM_20),
                    Map.entry("sort", FluentUiRegularAL.ARROW_SORT_20),
                    Map.entry("limit", FluentUiRegularAL.CUT_20),
                    Map.entry("distinct", FluentUiRegularAL.COPY_SELECT_20),
                    Map.entry("union", FluentUiRegularAL.LAYER_20),
                    Map.entry("sql", FluentUiRegularAL.CODE_20),
                    Map.entry("java", FluentUiRegularAL.JAVASCRIPT_20),
                    Map.entry("save", FluentUiRegularMZ.SAVE_20),
                    Map.entry("folder", FluentUiRegularAL.FOLDER_20),
                    Map.entry("pipeline", FluentUiRegularAL.FLUID_20),
                    Map.entry("data", FluentUiRegularAL.DATA_BAR_VERTICAL_20),
                    Map.entry("column", FluentUiRegularMZ.TEXT_COLUMN_ONE_20),
                    Map.entry("outline", FluentUiRegularMZ.TEXT_BULLET_LIST_TREE_20),
                    Map.entry("nodes", FluentUiRegularAL.APPS_20),
                    Map.entry("inspector", FluentUiRegularMZ.OPTIONS_20),
                    Map.entry("results", FluentUiRegularAL.GRID_20),
                    Map.entry("plan", FluentUiRegularMZ.TEXT_BULLET_LIST_TREE_20),
                    Map.entry("optimizer", FluentUiRegularMZ.MAGIC_WAND_20),
                    Map.entry("stages", FluentUiRegularMZ.TASKS_APP_20),
                    Map.entry("code", FluentUiRegularAL.CODE_20),
                    Map.entry("problems", FluentUiRegularMZ.WARNING_20),
                    Map.entry("runs", FluentUiRegularAL.HISTORY_20),
                    Map.entry("log", FluentUiRegularAL.CLIPBOARD_TEXT_20),
                    Map.entry("error", FluentUiRegularAL.ERROR_CIRCLE_20),
                    Map.entry("warning", FluentUiRegularMZ.WARNING_20),
                    Map.entry("info", FluentUiRegularAL.INFO_20),
                    Map.entry("done", FluentUiRegularAL.CHECKMARK_CIRCLE_20),
                    Map.entry("cancelled", FluentUiRegularMZ.PROHIBITED_20),
                    Map.entry("running", FluentUiRegularAL.ARROW_SYNC_20),
                    Map.entry("add", FluentUiRegularAL.ADD_20),
                    Map.entry("remove", FluentUiRegularAL.DISMISS_16),
                    Map.entry("delete", FluentUiRegularAL.DELETE_20),
                    Map.entry("up", FluentUiRegularAL.ARROW_UP_20),
                    Map.entry("down", FluentUiRegularAL.ARROW_DOWN_20),
                    Map.entry("fit", FluentUiRegularMZ.PAGE_FIT_20),
                    Map.entry("zoom-in", FluentUiRegularMZ.ZOOM_IN_20),
                    Map.entry("zoom-out", FluentUiRegularMZ.ZOOM_OUT_20),
                    Map.entry("arrange", FluentUiRegularMZ.ORGANIZATION_20),
                    Map.entry("copy", FluentUiRegularAL.COPY_20),
                    Map.entry("pin", FluentUiRegularMZ.PIN_20),
                    Map.entry("theme", FluentUiRegularMZ.WEATHER_MOON_20),
                    Map.entry("new", FluentUiRegularAL.DOCUMENT_ADD_20),
                    Map.entry("command", FluentUiRegularAL.CHEVRON_RIGHT_20),
                    Map.entry("refresh", FluentUiRegularAL.ARROW_CLOCKWISE_20),
                    Map.entry("memory", FluentUiRegularAL.DATA_USAGE_20),
                    Map.entry("cores", FluentUiRegularMZ.TARGET_20),
                    Map.entry("settings", FluentUiRegularMZ.SETTINGS_20),
                    Map.entry("keyboard", FluentUiRegularAL.KEYBOARD_20),
                    Map.entry("minimap", FluentUiRegularMZ.PICTURE_IN_PICTURE_20),
                    Map.entry("interrupted", FluentUiRegularMZ.WARNING_20),
                    Map.entry("stale", FluentUiRegularAL.HISTORY_20),
                    Map.entry("push-down", FluentUiRegularAL.FILTER_20),
                    Map.entry("shuffle", FluentUiRegularAL.ARROW_SWAP_20),
                    Map.entry("single", FluentUiRegularAL.ARROW_MINIMIZE_16),
                    Map.entry("broadcast", FluentUiRegularAL.CAST_20),
                    Map.entry("edge", FluentUiRegularAL.ARROW_RIGHT_20));

    private Icons() {}

    /// A new icon of 16 pixels; a plain circle where the name is not known.
    public static FontIcon of(String name) {
        return of(name, 16);
    }

    public static FontIcon of(String name, int size) {
        FontIcon icon = FontIcon.of(ICONS.getOrDefault(name, FluentUiRegularAL.CIRCLE_20), size);
        icon.getStyleClass().add("icon");
        return icon;
    }
}
