package dev.vitrine.app.preferences;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What the user set once and for all. Immutable; pages are records of their own.
///
/// @param keys keys by command id where they differ from the keymap's
/// @param extra what a newer version wrote, kept as it is
public record Preferences(
        Appearance appearance,
        Editing editing,
        Window window,
        String keymap,
        Map<String, List<String>> keys,
        Map<String, Object> extra) {
    public static final Preferences DEFAULTS =
            new Preferences(
                    new Appearance("light", 100),
                    new Editing(1_000, true),
                    new Window(1480, 920, false, Map.of(), List.of(), ""),
                    "vscode",
                    Map.of(),
                    Map.of());

    public Preferences {
        keys = Map.copyOf(keys);
        extra = Map.copyOf(extra);
    }

    /// How it looks.
    ///
    /// @param theme `light`, `dark` or `contrast`
    /// @param scalePercent size of everything
    public record Appearance(String theme, int scalePercent) {}

    /// How editors work.
    ///
    /// @param previewRows rows that a preview shows at most
    public record Editing(int previewRows, boolean livePreview) {}

    /// How the window was when it was last closed.
    ///
    /// @param dividers sizes of the places around the editors, by place
    /// @param hidden ids of the tool windows that are hidden
    /// @param recent the project folder that was open
    public record Window(
            double width,
            double height,
            boolean maximized,
            Map<String, Double> dividers,
            List<String> hidden,
            String recent) {
        public Window {
            dividers = Map.copyOf(dividers);
            hidden = List.copyOf(hidden);
        }
    }

    public Preferences with(Appearance changed) {
        return new Preferences(changed, editing, window, keymap, keys, extra);
    }

    public Preferences with(Editing changed) {
        return new Preferences(appearance, changed, window, keymap, keys, extra);
    }

    public Preferences with(Window changed) {
        return new Preferences(appearance, editing, changed, keymap, keys, extra);
    }

    public Preferences withKeymap(String changed) {
        return new Preferences(appearance, editing, window, changed, keys, extra);
    }

    Preferences withExtra(Map<String, Object> changed) {
        return new Preferences(
                appearance, editing, window, keymap, keys, new LinkedHashMap<>(changed));
    }
}
