package dev.vitrine.engine.catalog;

import dev.vitrine.engine.error.EngineException;
import dev.vitrine.engine.error.ErrorCode;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// What goes with the session: temporary views, functions and variables, and the current database.
/// Letter case of names does not count. Safe to use from many threads.
public final class SessionObjects {
    private final Map<String, View> views = new ConcurrentHashMap<>();
    private final Map<String, View> globalViews = new ConcurrentHashMap<>();
    private final Map<String, SqlFunction> functions = new ConcurrentHashMap<>();
    private final Map<String, Variable> variables = new ConcurrentHashMap<>();
    private volatile String database = Warehouse.DEFAULT;

    SessionObjects() {}

    private static String key(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    /// Where names without a database are looked for.
    public String currentDatabase() {
        return database;
    }

    void use(String changed) {
        database = key(changed);
    }

    /// The views of this session alone, sorted by name.
    public List<View> views() {
        return sorted(views);
    }

    /// The views in `global_temp`, sorted by name.
    public List<View> globalViews() {
        return sorted(globalViews);
    }

    private static List<View> sorted(Map<String, View> views) {
        return views.values().stream().sorted(Comparator.comparing(View::name)).toList();
    }

    public Optional<View> view(String name) {
        return Optional.ofNullable(views.get(key(name)));
    }

    public Optional<View> globalView(String name) {
        return Optional.ofNullable(globalViews.get(key(name)));
    }

    /// Adds a view.
    ///
    /// @throws EngineException TEMP_TABLE_OR_VIEW_ALREADY_EXISTS unless `replace`
    void create(View view, boolean replace) {
        Map<String, View> all = view.global() ? globalViews : views;
        if (replace) {
            all.put(key(view.name()), view);
        } else if (all.putIfAbsent(key(view.name()), view) != null) {
            throw new EngineException(
                    ErrorCode.TEMP_TABLE_OR_VIEW_ALREADY_EXISTS,
                    Map.of("relationName", "`" + view.name() + "`"));
        }
    }

    void drop(View view) {
        (view.global() ? globalViews : views).remove(key(view.name()));
    }

    public List<SqlFunction> functions() {
        return functions.values().stream()
                .sorted(Comparator.comparing(f -> f.name().name()))
                .toList();
    }

    public Optional<SqlFunction> function(String name) {
        return Optional.ofNullable(functions.get(key(name)));
    }

    public void create(SqlFunction function) {
        functions.put(function.name().name(), function);
    }

    /// Whether there was such a function.
    public boolean dropFunction(String name) {
        return functions.remove(key(name)) != null;
    }

    public Optional<Variable> variable(String name) {
        return Optional.ofNullable(variables.get(key(name)));
    }

    public List<Variable> variables() {
        return variables.values().stream().sorted(Comparator.comparing(Variable::name)).toList();
    }

    public void set(Variable variable) {
        variables.put(key(variable.name()), variable);
    }

    /// Whether there was such a variable.
    public boolean dropVariable(String name) {
        return variables.remove(key(name)) != null;
    }
}
