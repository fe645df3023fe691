package dev.vitrine.app.slt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.vitrine.app.bench.TpchData;
import dev.vitrine.engine.api.LocalSession;
import dev.vitrine.engine.api.Query;
import dev.vitrine.engine.api.Session;
import dev.vitrine.engine.event.EngineEvent;
import dev.vitrine.engine.optimizer.Optimizer;
import dev.vitrine.engine.optimizer.Rule;
import dev.vitrine.engine.settings.Settings;
import dev.vitrine.sample.BenchmarkQueries;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Every rule that can be switched off changes some plan of TPC-H or of the corpus, and without it
/// the answers of what it changed are the same.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class RulesTest {
    /// What is tried without each rule at most, of either kind.
    private static final int FILES = 2;

    private final Map<String, List<String>> answers = new LinkedHashMap<>();
    private final Map<String, Set<String>> queriesOfRules = new HashMap<>();
    private final Map<String, Set<SltFile>> filesOfRules = new HashMap<>();

    @TempDir private static Path folder;

    @BeforeAll
    void runWithAllRules() throws IOException {
        new TpchData(0.002, 0).write(folder, 1);
        try (Session session = tpch(Settings.defaults())) {
            for (String name : BenchmarkQueries.tpchNames()) {
                answers.put(name, run(session, name, queriesOfRules));
            }
        }
        for (Path path : SltTest.paths()) {
            SltFile file = SltFile.read(path);
            for (String rule : SltRun.rulesUsed(file)) {
                filesOfRules.computeIfAbsent(rule, r -> new java.util.LinkedHashSet<>()).add(file);
            }
        }
    }

    @AfterAll
    void forget() {
        answers.clear();
    }

    static Stream<String> optionalRules() {
        return Optimizer.standardBatches().stream()
                .flatMap(batch -> batch.rules().stream())
                .filter(rule -> !rule.required())
                .map(Rule::name)
                .distinct();
    }

    @ParameterizedTest
    @MethodSource("optionalRules")
    void answersAreTheSameWithout(String rule) {
        Set<String> queries = queriesOfRules.getOrDefault(rule, Set.of());
        Set<SltFile> files = filesOfRules.getOrDefault(rule, Set.of());
        assertFalse(queries.isEmpty() && files.isEmpty(), rule + " changed no plan");
        Settings off = Settings.defaults().with(Settings.EXCLUDED_RULES.key(), rule);
        // Without it some joins of TPC-H are products of whole tables.
        if (!rule.equals("PushFilterIntoJoin")) {
            try (Session session = tpch(off)) {
                for (String name : queries) {
                    assertEquals(
                            answers.get(name),
                            run(session, name, new HashMap<>()),
                            rule + " " + name);
                }
            }
        }
        files.stream()
                .limit(FILES)
                .forEach(file -> assertEquals(List.of(), SltRun.mistakesWithout(file, rule)));
    }

    @Test
    void rulesHaveNames() {
        assertEquals(optionalRules().count(), new TreeSet<>(optionalRules().toList()).size());
    }

    private static Session tpch(Settings settings) {
        Session session = LocalSession.open(settings);
        try (Stream<Path> tables = Files.list(folder)) {
            for (Path table : tables.sorted().toList()) {
                String view =
                        "CREATE TEMP VIEW %s USING parquet OPTIONS (path '%s')"
                                .formatted(table.getFileName(), table);
                try (Query query = session.query(view)) {
                    query.await();
                }
            }
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        return session;
    }

    private static List<String> run(
            Session session, String name, Map<String, Set<String>> queriesOfRules) {
        try (Query query = session.query(BenchmarkQueries.tpch(name))) {
            query.subscribe(event -> {
                if (event instanceof EngineEvent.RuleApplied applied) {
                    synchronized (queriesOfRules) {
                        queriesOfRules
                                .computeIfAbsent(applied.rule(), r -> new TreeSet<>())
                                .add(name);
                    }
                }
            });
            return query.await().rows().stream().map(String::valueOf).sorted().toList();
        }
    }
}
