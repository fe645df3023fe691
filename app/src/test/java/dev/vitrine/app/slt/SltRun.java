package dev.vitrine.app.slt;

import dev.vitrine.engine.api.LocalSession;
import dev.vitrine.engine.api.Query;
import dev.vitrine.engine.api.QueryResult;
import dev.vitrine.engine.api.Session;
import dev.vitrine.engine.catalog.Warehouse;
import dev.vitrine.engine.error.EngineException;
import dev.vitrine.engine.event.EngineEvent;
import dev.vitrine.engine.event.EventListener;
import dev.vitrine.engine.settings.Settings;
import dev.vitrine.engine.types.DataType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// One run of a corpus file in a session of its own, in one configuration.
final class SltRun {
    private static final Pattern OPTIMIZED =
            Pattern.compile("== Optimized Logical Plan ==\n(.*?)\n== ", Pattern.DOTALL);
    private static final Pattern ID = Pattern.compile("#\\d+");

    /// What makes a table or view; its name is the group.
    private static final Pattern CREATED =
            Pattern.compile(
                    "CREATE (?:OR REPLACE )?(?:TEMP |TEMPORARY )?(?:VIEW|TABLE) (?:IF NOT EXISTS )?([\\w.]+)\\b.*",
                    Pattern.DOTALL | Pattern.CASE_INSENSITIVE);

    private final SltFile file;
    private final Session session;
    private final List<String> mistakes = Collections.synchronizedList(new ArrayList<>());
    private Predicate<String> takes;
    private boolean comparesPlans;
    private boolean caches;
    private final Map<String, List<String>> rowsOfLabels = new HashMap<>();
    private final Map<String, String> plansOfLabels = new HashMap<>();

    private SltRun(SltFile file, SltConfiguration configuration, Session session) {
        this.file = file;
        this.session = session;
        this.takes = configuration::takes;
        this.comparesPlans = configuration == SltConfiguration.STANDARD;
        session.events().subscribe(this::watchCode);
    }

    /// A stage whose generated code fails is interpreted: the answer is right, the code is not.
    private void watchCode(EngineEvent event) {
        if (event instanceof EngineEvent.CodeReady code && code.failed()) {
            mistakes.add(
                    "%s: query %d, stage %d: %s\n"
                            .formatted(
                                    file.path(), code.queryId(), code.stageId(), code.problem()));
        }
    }

    /// What went wrong, one text for each record. Closing the session fails where memory leaked.
    static List<String> mistakes(SltFile file, SltConfiguration configuration) {
        return inSession(
                configuration.settings(),
                session -> {
                    SltRun run = new SltRun(file, configuration, session);
                    file.entries().forEach(run::check);
                    return run.mistakes;
                });
    }

    /// What goes wrong in the standard configuration without one of the optimizer's rules.
    static List<String> mistakesWithout(SltFile file, String rule) {
        return inSession(
                SltConfiguration.STANDARD.settings().with(Settings.EXCLUDED_RULES.key(), rule),
                session -> {
                    SltRun run = new SltRun(file, SltConfiguration.STANDARD, session);
                    run.comparesPlans = false;
                    file.entries().forEach(run::check);
                    return run.mistakes;
                });
    }

    /// What goes wrong with some settings, told to a listener.
    ///
    /// @param takes whether a query is among those that run
    /// @param caches whether each table and view is cached as soon as it is there
    static List<String> mistakesWith(
            SltFile file,
            Settings settings,
            Predicate<String> takes,
            boolean caches,
            EventListener listener) {
        return inSession(
                settings,
                session -> {
                    session.events().subscribe(listener);
                    SltRun run = new SltRun(file, SltConfiguration.STANDARD, session);
                    run.takes = takes;
                    run.caches = caches;
                    run.comparesPlans = false;
                    file.entries().forEach(run::check);
                    return run.mistakes;
                });
    }

    /// The optimizer's rules that change a plan in a file.
    static Set<String> rulesUsed(SltFile file) {
        Set<String> rules = new TreeSet<>();
        return inSession(
                SltConfiguration.STANDARD.settings(),
                session -> {
                    session.events()
                            .subscribe(event -> {
                                if (event instanceof EngineEvent.RuleApplied applied) {
                                    synchronized (rules) {
                                        rules.add(applied.rule());
                                    }
                                }
                            });
                    SltRun run = new SltRun(file, SltConfiguration.STANDARD, session);
                    file.entries().forEach(run::check);
                    return rules;
                });
    }

    /// A session with a warehouse of its own, gone afterwards.
    private static <T> T inSession(Settings settings, Function<Session, T> use) {
        Path warehouse;
        try {
            warehouse = Files.createTempDirectory("slt");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        try (Session session =
                LocalSession.open(
                        settings.with(Settings.WAREHOUSE_DIR.key(), warehouse.toString()))) {
            return use.apply(session);
        } finally {
            Warehouse.delete(warehouse);
        }
    }

    private void check(SltFile.Entry entry) {
        switch (entry) {
            case SltFile.Statement statement -> check(statement);
            case SltFile.Query query -> check(query);
        }
    }

    private void check(SltFile.Statement statement) {
        if (statement.error().isPresent() && !takes.test(statement.sql())) {
            return;
        }
        Optional<String> actual = Optional.empty();
        try (Query query = session.query(statement.sql())) {
            query.await();
            cacheCreated(statement.sql());
        } catch (EngineException e) {
            actual = Optional.of(e.code().condition());
        }
        if (!actual.equals(statement.error())) {
            report(statement, statement.error().orElse("ok"), actual.orElse("ok"));
        }
    }

    private void cacheCreated(String sql) {
        Matcher created = CREATED.matcher(sql);
        if (caches && created.matches()) {
            try (Query query = session.query("CACHE LAZY TABLE " + created.group(1))) {
                query.await();
            }
        }
    }

    private void check(SltFile.Query expected) {
        // A label's first query gives the rows of the others, so it is not left out.
        if (expected.label().isEmpty() && !takes.test(expected.sql())) {
            return;
        }
        try (Query query = session.query(expected.sql())) {
            QueryResult result = query.await();
            List<String> wanted =
                    expected.rows()
                            .or(() ->
                                    expected.label()
                                            .map(l -> rowsOfLabels.getOrDefault(l, List.of())))
                            .orElseThrow();
            expected.label().ifPresent(label -> rowsOfLabels.putIfAbsent(label, wanted));
            compare(expected, "columns " + expected.columns(), "columns " + columns(result));
            compare(expected, text(expected, wanted), text(expected, rows(result)));
        } catch (EngineException e) {
            report(expected, "rows", e.code().condition() + ": " + e.getMessage());
        }
        if (comparesPlans && expected.label().isPresent()) {
            String plan = optimized(expected.sql());
            String first = plansOfLabels.computeIfAbsent(expected.label().get(), label -> plan);
            compare(expected, first, plan);
        }
    }

    private void compare(SltFile.Entry entry, String expected, String actual) {
        if (!expected.equals(actual)) {
            report(entry, expected, actual);
        }
    }

    private void report(SltFile.Entry entry, String expected, String actual) {
        mistakes.add(
                "%s:%d\n%s\n-- expected\n%s\n-- actual\n%s\n"
                        .formatted(file.path(), entry.line(), entry.sql(), expected, actual));
    }

    private static String text(SltFile.Query query, List<String> rows) {
        return (query.sorted() ? rows.stream().sorted() : rows.stream())
                .collect(Collectors.joining("\n"));
    }

    private static List<String> rows(QueryResult result) {
        List<String> rows = new ArrayList<>();
        for (long row = 0; row < result.rowCount(); row++) {
            List<String> cells = new ArrayList<>();
            for (int column = 0; column < result.schema().size(); column++) {
                cells.add(cell(result.text(row, column)));
            }
            rows.add(String.join("\t", cells));
        }
        return rows;
    }

    private static String cell(String text) {
        return text.isEmpty()
                ? "(empty)"
                : text.replace("\\", "\\\\").replace("\n", "\\n").replace("\t", "\\t");
    }

    private static String columns(QueryResult result) {
        return result.schema().fields().stream()
                .map(field -> letter(field.type()))
                .collect(Collectors.joining());
    }

    private static String letter(DataType type) {
        String name = type.catalogString();
        if (List.of("tinyint", "smallint", "int", "bigint").contains(name)) {
            return "I";
        }
        boolean real = name.equals("float") || name.equals("double") || name.startsWith("decimal");
        return real ? "R" : "T";
    }

    /// The optimized plan, with attributes numbered as they appear.
    private String optimized(String sql) {
        try (Query query = session.query("EXPLAIN EXTENDED " + sql)) {
            var section = OPTIMIZED.matcher(query.await().text(0, 0) + "\n== ");
            if (!section.find()) {
                return "no optimized plan";
            }
            Map<String, String> ids = new HashMap<>();
            return ID.matcher(section.group(1))
                    .replaceAll(id -> ids.computeIfAbsent(id.group(), key -> "#" + ids.size()));
        }
    }
}
