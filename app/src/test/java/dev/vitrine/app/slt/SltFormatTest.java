package dev.vitrine.app.slt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vitrine.engine.error.EngineException;
import dev.vitrine.engine.error.ErrorCode;
import dev.vitrine.engine.expr.Expr;
import dev.vitrine.engine.sql.DatabaseStatement;
import dev.vitrine.engine.sql.RoutineStatement;
import dev.vitrine.engine.sql.ShowStatement;
import dev.vitrine.engine.sql.SqlFormatter;
import dev.vitrine.engine.sql.SqlParser;
import dev.vitrine.engine.sql.Statement;
import dev.vitrine.engine.sql.TableStatement;
import dev.vitrine.sample.BenchmarkQueries;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/// Formatting changes no statement's meaning: every one of the SQL corpus and of TPC-H parses to
/// the same after it, and is not formatted any further.
class SltFormatTest {
    @Test
    void theCorpusMeansTheSame() throws IOException {
        int formatted = 0;
        for (Path path : SltTest.paths()) {
            for (SltFile.Entry entry : SltFile.read(path).entries()) {
                formatted += check(entry.sql(), path.getFileName() + ":" + entry.line());
            }
        }
        assertTrue(formatted > 600, formatted + " statements were formatted");
    }

    @Test
    void tpchMeansTheSame() {
        for (String name : BenchmarkQueries.tpchNames()) {
            assertEquals(1, check(BenchmarkQueries.tpch(name), name));
        }
    }

    /// Gives how many were formatted: 1, or 0 for what is wrong on purpose and does not parse.
    private static int check(String sql, String where) {
        String formatted = SqlFormatter.format(sql);
        assertEquals(formatted, SqlFormatter.format(formatted), where + ": a second time");
        Statement before;
        try {
            before = SqlParser.parse(sql);
        } catch (EngineException e) {
            // What is no statement is left as it is; what only holds a wrong value stays wrong.
            boolean value = e.getCause() instanceof EngineException;
            if (e.code() == ErrorCode.PARSE_SYNTAX_ERROR && !value) {
                assertEquals(sql.strip(), formatted.strip(), where);
            }
            EngineException again =
                    assertThrows(EngineException.class, () -> SqlParser.parse(formatted), where);
            assertEquals(e.code(), again.code(), where);
            return 0;
        }
        assertEquals(meaning(before), meaning(SqlParser.parse(formatted)), where);
        return 1;
    }

    /// A statement without its text and the places in it.
    private static List<Object> meaning(Statement statement) {
        List<Object> parts = new ArrayList<>();
        parts.add(statement.getClass());
        switch (statement) {
            case Statement.Query(var plan, var context, var text) ->
                    parts.add(
                            // Without REPEATABLE a sample is drawn anew each time it is parsed.
                            text.toUpperCase(Locale.ROOT).contains("REPEATABLE")
                                    ? withoutPlaces(plan)
                                    : withoutPlaces(plan).replaceAll("seed=-?\\d+]", "seed]"));
            case Statement.Explain(var mode, var inner, var text) -> {
                parts.add(mode);
                parts.add(meaning(inner));
            }
            case Statement.CreateView view -> {
                parts.add(view.name());
                parts.add(view.columns());
                parts.add(withoutPlaces(view.plan()));
                parts.add(view.replace());
                parts.add(view.ifNotExists());
            }
            case Statement.CreateViewUsing view -> {
                parts.add(view.name());
                parts.add(view.schema());
                parts.add(view.format());
                parts.add(view.options());
                parts.add(view.replace());
            }
            case Statement.DropView drop -> parts.add(drop.name() + " " + drop.ifExists());
            case Statement.CacheTable cache -> {
                parts.add(cache.name());
                cache.view().ifPresent(view -> parts.add(withoutPlaces(view.plan())));
            }
            case Statement.UncacheTable uncache ->
                    parts.add(uncache.name() + " " + uncache.ifExists());
            case Statement.Insert insert -> parts.add(withoutPlaces(insert.plan()));
            case Statement.ClearCache clear -> parts.add("clear");
            case Statement.SetSetting set -> parts.add(set.key() + "=" + set.value());
            case Statement.ShowSettings show -> parts.add(show.key() + " " + show.all());
            case Statement.ResetSetting reset -> parts.add(reset.key());
            case Statement.ExecuteImmediate execute -> {
                parts.add(execute.statement().sql());
                parts.add(execute.arguments().stream().map(Expr::sql).toList());
                parts.add(execute.targets());
            }
            case TableStatement table -> parts.add(words(table));
            case DatabaseStatement database -> parts.add(words(database));
            case RoutineStatement routine -> parts.add(words(routine));
            case ShowStatement show -> parts.add(words(show));
        }
        return parts;
    }

    /// The text without what a formatter may change.
    private static String words(Statement statement) {
        return statement.text().replaceAll("\\s+", "").toLowerCase(Locale.ROOT);
    }

    private static String withoutPlaces(Object plan) {
        return plan.toString().replaceAll("SourceRange\\[start=\\d+, end=\\d+]", "");
    }
}
