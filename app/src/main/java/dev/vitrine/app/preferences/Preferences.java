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
        Engine engine,
        Recording recording,
        String keymap,
        Map<String, List<String>> keys,
        Map<String, Object> extra) {
    public static final Preferences DEFAULTS =
            new Preferences(
                    new Appearance("light", 100),
                    new Editing(1_000, true, false),
                    new Window(1480, 920, false, ""),
                    new Engine(0, 0),
                    new Recording(true, 50, 200),
                    "vscode",
                    Map.of(),
                    Map.of());

    /// Nothing is recorded, and nothing deleted.
    public static final Recording NO_RECORDING = new Recording(false, 0, 0);

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
    /// @param minimap whether canvases show the whole pipeline in a corner
    public record Editing(int previewRows, boolean livePreview, boolean minimap) {}

    /// How the window was when it was last closed.
    ///
    /// @param recent the project folder that was open
    public record Window(double width, double height, boolean maximized, String recent) {}

    /// What queries may take of the machine; counts when the program starts.
    ///
    /// @param slots tasks that run at one time; 0 for one a core
    /// @param memoryMegabytes of off-heap memory; 0 for half of the machine's
    public record Engine(int slots, int memoryMegabytes) {}

    /// Which runs are kept in the project.
    ///
    /// @param runs how many, the newest first
    /// @param megabytes of all of them together
    public record Recording(boolean enabled, int runs, int megabytes) {
        public long bytes() {
            return (long) megabytes << 20;
        }
    }

    public Preferences with(Appearance changed) {
        return new Preferences(changed, editing, window, engine, recording, keymap, keys, extra);
    }

    public Preferences with(Editing changed) {
        return new Preferences(appearance, changed, window, engine, recording, keymap, keys, extra);
    }

    public Preferences with(Window changed) {
        return new Preferences(
                appearance, editing, changed, engine, recording, keymap, keys, extra);
    }

    public Preferences with(Engine changed) {
        return new Preferences(
                appearance, editing, window, changed, recording, keymap, keys, extra);
    }

    public Preferences with(Recording changed) {
        return new Preferences(appearance, editing, window, engine, changed, keymap, keys, extra);
    }

    public Preferences withKeymap(String changed) {
        return new Preferences(
                appearance, editing, window, engine, recording, changed, keys, extra);
    }

    Preferences withExtra(Map<String, Object> changed) {
        return new Preferences(
                appearance,
                editing,
                window,
                engine,
                recording,
                keymap,
                keys,
                new LinkedHashMap<>(changed));
    }
}
