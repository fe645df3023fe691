package dev.vitrine.app.cli;

import dev.vitrine.engine.api.Query;
import dev.vitrine.engine.api.Session;
import dev.vitrine.engine.error.EngineException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `vitrine explain`: prints a query's plans.
@Command(
        name = "explain",
        description = "Shows how a query would run.",
        mixinStandardHelpOptions = true)
final class ExplainCommand implements Callable<Integer> {
    enum Mode {
        SIMPLE,
        EXTENDED,
        CODEGEN,
        COST,
        FORMATTED,
        ANALYZE,
        TRACE
    }

    @Parameters(paramLabel = "SQL", description = "The query.")
    private String sql = "";

    @Option(
            names = "--mode",
            description = "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).",
            defaultValue = "EXTENDED")
    private Mode mode = Mode.EXTENDED;

    @Mixin private final SessionOptions options = new SessionOptions();

    @Override
    public Integer call() {
        String prefix = "EXPLAIN " + (mode == Mode.SIMPLE ? "" : mode.name() + " ");
        try (Session session = options.open();
                Query query = session.query(prefix + sql)) {
            System.out.println(query.await().value(0, 0));
            return 0;
        } catch (EngineException e) {
            ErrorReport.print(
                    e, prefix + sql, new PrintWriter(System.err, true, StandardCharsets.UTF_8));
            return e.code().family() == dev.vitrine.engine.error.ErrorFamily.INTERNAL
                    ? Main.INTERNAL_ERROR
                    : Main.USER_ERROR;
        }
    }
}
