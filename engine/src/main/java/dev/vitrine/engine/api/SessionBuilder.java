package dev.vitrine.engine.api;

import dev.vitrine.engine.settings.Settings;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// Opens sessions, under the names of Spark's builder.
public final class SessionBuilder {
    /// What [#getOrCreate] gives again.
    private static final AtomicReference<@Nullable LocalSession> DEFAULT = new AtomicReference<>();

    private final Map<String, String> settings = new LinkedHashMap<>();

    SessionBuilder() {}

    /// A name for people, kept as the setting `spark.app.name`.
    public SessionBuilder appName(String name) {
        return config("spark.app.name", name);
    }

    /// @param master `local[N]` or `local[*]`
    public SessionBuilder master(String master) {
        return config(Settings.MASTER.key(), master);
    }

    public SessionBuilder config(String key, String value) {
        settings.put(key, value);
        return this;
    }

    public SessionBuilder config(String key, boolean value) {
        return config(key, String.valueOf(value));
    }

    public SessionBuilder config(String key, long value) {
        return config(key, String.valueOf(value));
    }

    public SessionBuilder config(String key, double value) {
        return config(key, String.valueOf(value));
    }

    public SessionBuilder config(Map<String, ?> more) {
        more.forEach((key, value) -> config(key, String.valueOf(value)));
        return this;
    }

    /// A session of its own.
    ///
    /// @throws dev.vitrine.engine.error.EngineException INVALID_SETTING
    public Session create() {
        return opened();
    }

    private LocalSession opened() {
        Settings all = Settings.defaults();
        for (Map.Entry<String, String> setting : settings.entrySet()) {
            all = all.with(setting.getKey(), setting.getValue());
        }
        return LocalSession.open(all);
    }

    /// The session that this gave before, with the settings of this builder, if it is still open;
    /// else a new one.
    public Session getOrCreate() {
        synchronized (DEFAULT) {
            LocalSession open = DEFAULT.get();
            if (open != null && !open.isClosed()) {
                settings.forEach(open::set);
                return open;
            }
            LocalSession created = opened();
            DEFAULT.set(created);
            return created;
        }
    }
}
