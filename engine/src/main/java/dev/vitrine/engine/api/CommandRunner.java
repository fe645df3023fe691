package dev.vitrine.engine.api;

import dev.vitrine.engine.error.EngineException;
import dev.vitrine.engine.error.ErrorCode;
import dev.vitrine.engine.settings.Setting;
import dev.vitrine.engine.settings.Settings;
import dev.vitrine.engine.sql.DatabaseStatement;
import dev.vitrine.engine.sql.RoutineStatement;
import dev.vitrine.engine.sql.ShowStatement;
import dev.vitrine.engine.sql.Statement;
import dev.vitrine.engine.sql.TableStatement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Runs statements that are not queries: each kind has a class of its own.
final class CommandRunner {
    private final CommandContext commands;
    private final LocalSession session;

    CommandRunner(LocalSession session, LocalQuery query, Settings settings) {
        this.commands = new CommandContext(session, query, settings);
        this.session = session;
    }

    QueryResult run(Statement statement) {
        return switch (statement) {
            case Statement.Query q -> throw EngineException.internal("a query is no command");
            case Statement.Insert insert -> new TableCommands(commands).insert(insert);
            case Statement.Explain(var mode, var inner, var text) ->
                    new ExplainCommand(commands).run(mode, inner);
            case Statement.CreateView view -> new ViewCommands(commands).create(view);
            case Statement.CreateViewUsing view -> new ViewCommands(commands).create(view);
            case Statement.DropView drop -> new ViewCommands(commands).drop(drop);
            case Statement.CacheTable cache -> new ViewCommands(commands).cache(cache);
            case Statement.UncacheTable uncache -> new ViewCommands(commands).uncache(uncache);
            case Statement.ClearCache c -> {
                session.clearCache();
                yield commands.nothing();
            }
            case Statement.SetSetting(var key, var value, var text) -> set(key, value);
            case Statement.ResetSetting(var key, var text) -> reset(key);
            case Statement.ShowSettings(var key, boolean all, var text) -> showSettings(key, all);
            case Statement.ExecuteImmediate execute ->
                    new ExecuteImmediateCommand(commands).run(execute);
            case TableStatement table -> new TableCommands(commands).run(table);
            case DatabaseStatement database -> new DatabaseCommands(commands).run(database);
            case RoutineStatement routine -> new RoutineCommands(commands).run(routine);
            case ShowStatement show -> new ShowCommands(commands).run(show);
        };
    }

    private QueryResult set(String key, String value) {
        if (Settings.WAREHOUSE_DIR.key().equals(key)) {
            throw new EngineException(
                    ErrorCode.CANNOT_MODIFY_CONFIG, Map.of("key", "\"" + key + "\""));
        }
        session.set(key, value);
        return commands.strings(List.of("key", "value"), List.of(List.of(key, value)));
    }

    private QueryResult reset(Optional<String> key) {
        if (key.isPresent()) {
            session.reset(key.get());
        } else {
            session.settings().explicit().keySet().stream()
                    .filter(k -> !k.equals(Settings.WAREHOUSE_DIR.key()))
                    .forEach(session::reset);
        }
        return commands.nothing();
    }

    private QueryResult showSettings(Optional<String> key, boolean all) {
        if (key.isPresent()) {
            String value = session.settings().get(key.get(), "<undefined>");
            return commands.strings(List.of("key", "value"), List.of(List.of(key.get(), value)));
        }
        if (!all) {
            return commands.strings(
                    List.of("key", "value"),
                    session.settings().explicit().entrySet().stream()
                            .map(e -> List.of(e.getKey(), e.getValue()))
                            .toList());
        }
        List<List<String>> rows = new ArrayList<>();
        for (Setting setting : Settings.known()) {
            rows.add(List.of(setting.key(), session.settings().get(setting), setting.doc()));
        }
        return commands.strings(List.of("key", "value", "meaning"), rows);
    }
}
