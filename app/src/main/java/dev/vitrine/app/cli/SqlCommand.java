package dev.vitrine.app.cli;

import dev.vitrine.engine.api.Column;
import dev.vitrine.engine.api.Functions;
import dev.vitrine.engine.api.Query;
import dev.vitrine.engine.api.QueryResult;
import dev.vitrine.engine.api.Session;
import dev.vitrine.engine.error.EngineException;
import dev.vitrine.engine.error.SourceRange;
import dev.vitrine.engine.event.EngineEvent;
import dev.vitrine.engine.sql.SqlParser;
import dev.vitrine.engine.sql.SqlText;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `vitrine sql`: runs SQL statements and prints their rows.
@Command(
        name = "sql",
        description = "Runs SQL and prints the rows.",
        mixinStandardHelpOptions = true)
final class SqlCommand implements Callable<Integer> {

    /// Where the SQL comes from: one of these, or standard input.
    static final class Input {
        @Option(
                names = "-e",
                paramLabel = "SQL",
                description = "Statements, separated by semicolons.")
        private @Nullable String sql;

        @Option(names = "--file", paramLabel = "FILE", description = "A file of statements.")
        private @Nullable Path file;

        @Option(
                names = "--batch",
                paramLabel = "FILE",
                description = "A JSON-lines file, each {\"id\", \"sql\"}; with --format jsonl.")
        private @Nullable Path batch;
    }

    @ArgGroup private @Nullable Input input;

    @Option(
            names = "--format",
            description = "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).",
            defaultValue = "TABLE")
    private ResultFormat format = ResultFormat.TABLE;

    @Option(names = "--time", description = "Print each statement's time on standard error.")
    private boolean time;

    @Option(
            names = "--param",
            paramLabel = "NAME=VALUE",
            description =
                    "The value of :NAME: a number, 'text', another SQL literal, or plain text.")
    private Map<String, String> parameters = new LinkedHashMap<>();

    @Option(
            names = "--fault",
            paramLabel = "FAULT",
            description =
                    "A fault to provoke in each query, such as 'kill after=2', 'fail p=0.1 attempt=0"
                            + " stage=1', 'lose stage=0 after=3', 'slow executor=executor-1"
                            + " delay=50ms', 'shrink bytes=65536 after=1', 'seed=7'.")
    private List<String> faults = new ArrayList<>();

    @Option(
            names = "--record",
            paramLabel = "FILE",
            description =
                    "Keep the events of the run in a file, for vitrine open; of several statements,"
                            + " each in a file of its own.")
    private @Nullable Path record;

    @Mixin private final SessionOptions options = new SessionOptions();

    @Override
    public Integer call() throws IOException {
        OutputStream out = new BufferedOutputStream(System.out, 1 << 16);
        Optional<Path> batch = Optional.ofNullable(input == null ? null : input.batch);
        if (batch.isPresent() && format != ResultFormat.JSONL) {
            throw new UserInputException("--batch goes with --format jsonl");
        }
        if (batch.isPresent() && record != null) {
            throw new UserInputException("--record does not go with --batch");
        }
        if (batch.isPresent() && !parameters.isEmpty()) {
            throw new UserInputException("--param does not go with --batch");
        }
        try (Session session = options.open()) {
            if (!faults.isEmpty()) {
                session.provoke(String.join(";", faults));
                session.events().subscribe(SqlCommand::tellFault);
            }
            if (batch.isPresent()) {
                new StatementBatch(session, out).run(readable(batch.get()));
                return 0;
            }
            return statements(session, text(), out);
        }
    }

    private static void tellFault(EngineEvent event) {
        switch (event) {
            case EngineEvent.FaultFired fired ->
                    System.err.println("fault: " + fired.fault() + " hits " + fired.target());
            case EngineEvent.StageResubmitted again ->
                    System.err.println(
                            "stage " + again.stageId() + " runs again for tasks " + again.tasks());
            default -> {}
        }
    }

    private String text() throws IOException {
        if (input != null && input.sql != null) {
            return input.sql;
        }
        if (input != null && input.file != null) {
            return Files.readString(readable(input.file));
        }
        return new String(System.in.readAllBytes(), StandardCharsets.UTF_8);
    }

    private static Path readable(Path file) {
        if (!Files.isRegularFile(file)) {
            throw new UserInputException("There is no file " + file);
        }
        return file;
    }

    private int statements(Session session, String text, OutputStream out) throws IOException {
        ResultWriter writer = new ResultWriter(out);
        PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
        Map<String, Column> values = new LinkedHashMap<>();
        parameters.forEach((name, value) -> values.put(name, parameter(value)));
        int number = 0;
        for (SourceRange range : SqlText.statements(text)) {
            String statement = text.substring(range.start(), range.end());
            long start = System.nanoTime();
            number++;
            try (Query query = session.query(statement, values);
                    Recorded recorded = Recorded.of(query, record, number)) {
                recorded.begin();
                QueryResult result = query.await();
                writer.write(result, format);
            } catch (EngineException e) {
                out.flush();
                ErrorReport.print(e, statement, err);
                return e.code().family() == dev.vitrine.engine.error.ErrorFamily.INTERNAL
                        ? Main.INTERNAL_ERROR
                        : Main.USER_ERROR;
            }
            if (time) {
                err.printf("%.3f s%n", (System.nanoTime() - start) / 1e9);
            }
        }
        return 0;
    }

    /// A literal where the text is one; otherwise the text itself.
    private static Column parameter(String text) {
        return SqlParser.isLiteral(text) ? Functions.expr(text) : Functions.lit(text);
    }
}
