package dev.vitrine.engine.api;

import dev.vitrine.engine.error.EngineException;
import dev.vitrine.engine.error.ErrorCode;
import dev.vitrine.engine.settings.Setting;
import dev.vitrine.engine.settings.Settings;
import dev.vitrine.engine.sql.Statement;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// A session's settings, under Spark's names.
public final class RuntimeConfig {
    private final Session session;

    RuntimeConfig(Session session) {
        this.session = session;
    }

    /// For queries made from now on.
    ///
    /// @throws EngineException CANNOT_MODIFY_CONFIG
    public void set(String key, String value) {
        if (!isModifiable(key)) {
            throw new EngineException(
                    ErrorCode.CANNOT_MODIFY_CONFIG, Map.of("key", "\"" + key + "\""));
        }
        session.set(key, value);
    }

    public void set(String key, boolean value) {
        set(key, String.valueOf(value));
    }

    public void set(String key, long value) {
        set(key, String.valueOf(value));
    }

    /// @throws EngineException SQL_CONF_NOT_FOUND
    public String get(String key) {
        return getOption(key)
                .orElseThrow(() ->
                        new EngineException(
                                ErrorCode.SQL_CONF_NOT_FOUND,
                                Map.of("sqlConf", "\"" + key + "\"")));
    }

    public String get(String key, String otherwise) {
        return session.settings().explicit().getOrDefault(key, otherwise);
    }

    public Optional<String> getOption(String key) {
        Optional<String> set = Optional.ofNullable(session.settings().explicit().get(key));
        return set.isPresent()
                ? set
                : Settings.known().stream()
                        .filter(setting -> setting.key().equals(key))
                        .map(session.settings()::get)
                        .findFirst();
    }

    public boolean contains(String key) {
        return getOption(key).isPresent();
    }

    /// All that was set, and all others that have a value.
    public Map<String, String> getAll() {
        Map<String, String> all = new TreeMap<>();
        for (Setting setting : Settings.known()) {
            all.put(setting.key(), session.settings().get(setting));
        }
        all.putAll(session.settings().explicit());
        return all;
    }

    public void unset(String key) {
        try (Query query =
                session.query(new Statement.ResetSetting(Optional.of(key), "RESET " + key))) {
            query.await();
        }
    }

    /// Whether it can change while the session is open.
    public boolean isModifiable(String key) {
        return !Settings.WAREHOUSE_DIR.key().equals(key);
    }
}
