package dev.vitrine.app.slt;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.vitrine.engine.api.Analysis;
import dev.vitrine.engine.api.LocalSession;
import dev.vitrine.engine.api.Query;
import dev.vitrine.engine.api.Session;
import dev.vitrine.engine.error.EngineException;
import dev.vitrine.engine.error.ErrorFamily;
import dev.vitrine.engine.event.ErrorInfo;
import dev.vitrine.engine.settings.Settings;
import dev.vitrine.engine.sql.Parameters;
import dev.vitrine.engine.sql.SqlFormatter;
import dev.vitrine.engine.sql.Statement;
import dev.vitrine.sample.BenchmarkQueries;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Whatever is typed ends in an answer or an error with a condition: never in an internal one, an
/// exception of Java's own or a hang. Every statement of the corpus, and the texts of TPC-H and
/// TPC-DS, changed at random, are parsed and analyzed in the session of their file; one in eight
/// that is a query is run for some seconds at most.
///
/// `-Dvitrine.mutations=100 -Dvitrine.random.seed=7` makes so many of each statement.
final class MutatedStatementsTest {
    private static final int OF_EACH = Integer.getInteger("vitrine.mutations", 2);
    private static final long SEED = Long.getLong("vitrine.random.seed", 20261123);
    private static final int SHOWN = 40;
    private static final long SECONDS = 30;
    private static final long SECONDS_TO_RUN = 5;

    @TempDir private Path warehouse;
    private final List<String> problems = new ArrayList<>();
    private long tried;

    @Test
    void mutatedStatementsEndWell() throws IOException {
        List<String> benchmarks = benchmarks();
        List<String> all = new ArrayList<>(benchmarks);
        List<SltFile> files = new ArrayList<>();
        for (Path path : SltTest.paths()) {
            SltFile file = SltFile.read(path);
            files.add(file);
            file.entries().forEach(entry -> all.add(entry.sql()));
        }
        Mutations mutations = new Mutations(all, SEED);
        for (SltFile file : files) {
            try (Session session = open()) {
                for (SltFile.Entry entry : file.entries()) {
                    answer(session, entry.sql());
                }
                for (SltFile.Entry entry : file.entries()) {
                    tryAll(session, mutations, entry.sql());
                }
            }
        }
        try (Session session = open()) {
            for (String sql : benchmarks) {
                tryAll(session, mutations, sql);
            }
        }
        assertEquals("", String.join("\n\n", problems), tried + " statements");
    }

    @Test
    void largeStatementsEndWell() {
        int size = Integer.getInteger("vitrine.mutations.size", 1_500);
        try (Session session = open()) {
            for (String sql : Mutations.large(size)) {
                check(session, sql);
            }
        }
        assertEquals("", String.join("\n\n", problems), tried + " statements");
    }

    private Session open() {
        return LocalSession.open(
                Settings.defaults()
                        .with(Settings.TIME_ZONE.key(), "UTC")
                        .with(Settings.MASTER.key(), "local[2]")
                        .with(Settings.WAREHOUSE_DIR.key(), warehouse.toString()));
    }

    private static List<String> benchmarks() throws IOException {
        List<String> texts = new ArrayList<>();
        BenchmarkQueries.tpchNames().forEach(name -> texts.add(BenchmarkQueries.tpch(name)));
        for (int number = 1; number <= 99; number++) {
            for (String variant : List.of("", "a", "b")) {
                String name = "/tpcds/q" + number + variant + ".sql";
                try (InputStream in = MutatedStatementsTest.class.getResourceAsStream(name)) {
                    if (in != null) {
                        texts.add(new String(in.readAllBytes(), StandardCharsets.UTF_8));
                    }
                }
            }
        }
        return texts;
    }

    private void tryAll(Session session, Mutations mutations, String sql) {
        for (int i = 0; i < OF_EACH && problems.size() < SHOWN; i++) {
            check(session, mutations.mutated(sql));
        }
    }

    private void check(Session session, String sql) {
        tried++;
        CompletableFuture<Optional<String>> work =
                CompletableFuture.supplyAsync(() -> problem(session, sql));
        try {
            work.get(SECONDS, TimeUnit.SECONDS).ifPresent(what -> report(sql, what));
        } catch (TimeoutException e) {
            report(sql, "no end after " + SECONDS + " s");
        } catch (ExecutionException e) {
            Throwable cause = Objects.requireNonNull(e.getCause());
            report(sql, cause + " at " + Stream.of(cause.getStackTrace()).limit(6).toList());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void report(String sql, String what) {
        String shown = sql.length() > 1_500 ? sql.substring(0, 200) + " …" : sql;
        problems.add(shown + "\n=> " + what);
    }

    private Optional<String> problem(Session session, String sql) {
        SqlFormatter.format(sql);
        return switch (session.analyze(sql)) {
            case Analysis.Invalid(List<ErrorInfo> errors) ->
                    errors.stream()
                            .filter(error -> error.family() == ErrorFamily.INTERNAL)
                            .map(ErrorInfo::message)
                            .findFirst();
            case Analysis.Valid valid ->
                    tried % 8 == 0 && session.parse(sql, Parameters.NONE) instanceof Statement.Query
                            ? answer(session, sql)
                            : Optional.empty();
        };
    }

    /// Runs a statement for some seconds; what is wrong with its end.
    private static Optional<String> answer(Session session, String sql) {
        try (Query query = session.query(sql).start()) {
            query.outcome().get(SECONDS_TO_RUN, TimeUnit.SECONDS);
            query.await();
            return Optional.empty();
        } catch (EngineException e) {
            return e.code().family() == ErrorFamily.INTERNAL
                    ? Optional.of(e.getMessage() + " " + e.getCause())
                    : Optional.empty();
        } catch (TimeoutException | CancellationException e) {
            return Optional.empty();
        } catch (ExecutionException e) {
            return Optional.of(e.toString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }
}
