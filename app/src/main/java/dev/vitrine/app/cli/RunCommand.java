package dev.vitrine.app.cli;

import dev.vitrine.app.preferences.PreferencesFile;
import dev.vitrine.app.preferences.TrustedCode;
import dev.vitrine.engine.api.Query;
import dev.vitrine.engine.api.QueryResult;
import dev.vitrine.engine.api.Session;
import dev.vitrine.engine.error.EngineException;
import dev.vitrine.engine.error.ErrorCode;
import dev.vitrine.engine.pipeline.CodeTrust;
import dev.vitrine.engine.pipeline.NodeKinds;
import dev.vitrine.engine.pipeline.Pipeline;
import dev.vitrine.engine.pipeline.PipelineDocument;
import dev.vitrine.engine.pipeline.PipelineFile;
import dev.vitrine.engine.pipeline.PipelinePlans;
import dev.vitrine.engine.pipeline.PipelineQueries;
import dev.vitrine.engine.pipeline.SqlExpressions;
import dev.vitrine.engine.snapshot.SnapshotFeed;
import java.io.Console;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `vitrine run`: runs a pipeline, each of its ends in turn; what ends in no sink is printed.
@Command(name = "run", description = "Runs a pipeline.", mixinStandardHelpOptions = true)
final class RunCommand implements Callable<Integer> {
    @Parameters(paramLabel = "PIPELINE", description = "A .pipeline.json file.")
    private Path pipeline = Path.of("");

    @Option(
            names = "--param",
            paramLabel = "NAME=VALUE",
            description = "A parameter's value for this run.")
    private Map<String, String> parameters = new LinkedHashMap<>();

    @Option(
            names = "--record",
            paramLabel = "FILE",
            description =
                    "Keep the run's events in a file, for vitrine open; where a pipeline has several"
                            + " ends, each in a file of its own.")
    private @Nullable Path record;

    @Option(names = "--node", paramLabel = "ID", description = "Run only up to this node.")
    private @Nullable String node;

    @Option(
            names = "--format",
            description = "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).",
            defaultValue = "TABLE")
    private ResultFormat format = ResultFormat.TABLE;

    @Option(
            names = "--allow-code",
            description = "Run the pipeline's Java code though it was not written or allowed here.")
    private boolean allowCode;

    @Mixin private final SessionOptions options = new SessionOptions();

    @Override
    public Integer call() throws IOException {
        try (Session session = options.open()) {
            run(session, pipeline, parameters);
        }
        return 0;
    }

    private void run(Session session, Path file, Map<String, String> values) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new UserInputException("There is no pipeline " + file);
        }
        Pipeline read = PipelineFile.read(file);
        PipelineDocument document = read.document();
        Path folder = projectFolder(file);
        PipelineQueries queries =
                new PipelineQueries(
                        session,
                        NodeKinds.load(),
                        new SqlExpressions(),
                        allowCode
                                ? CodeTrust.EVERYTHING
                                : TrustedCode.beside(PreferencesFile.ofUser()));
        List<String> ends = node != null ? List.of(node) : ends(document);
        for (int i = 0; i < ends.size(); i++) {
            PipelinePlans.Options run = new PipelinePlans.Options(folder, values, false);
            try (Query query = queries.run(document, ends.get(i), run)) {
                run(query, i + 1);
            }
        }
    }

    private void run(Query query, int number) throws IOException {
        SnapshotFeed feed =
                new SnapshotFeed(query.id(), new TerminalProgress(System.err, onTerminal()));
        query.subscribe(feed);
        try (Recorded recorded = Recorded.of(query, record, number)) {
            recorded.begin();
            QueryResult result = query.await();
            feed.await();
            new ResultWriter(System.out).write(result, format);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @SuppressWarnings("SystemConsoleNull") // null or not has changed between JDKs
    private static boolean onTerminal() {
        Console console = System.console();
        return console != null && console.isTerminal();
    }

    /// The nodes that feed no other.
    private static List<String> ends(PipelineDocument document) {
        List<String> ends =
                document.nodes().stream()
                        .filter(n -> !n.disabled() && document.outputs(n.id()).isEmpty())
                        .map(PipelineDocument.Node::id)
                        .toList();
        if (ends.isEmpty()) {
            throw new EngineException(
                    ErrorCode.INVALID_DOCUMENT,
                    Map.of("path", document.name(), "reason", "it has no nodes to run"));
        }
        return ends;
    }

    /// The folder that relative paths start from: the project's, where the pipeline lies in its
    /// `pipelines` folder, or a run's recording in `.vitrine/runs`.
    static Path projectFolder(Path file) {
        Path parent = file.toAbsolutePath().normalize().getParent();
        if (parent == null) {
            return Path.of("");
        }
        Path above = parent.getParent();
        if (above != null && parent.endsWith(Path.of(".vitrine", "runs"))) {
            Path project = above.getParent();
            return project == null ? parent : project;
        }
        return parent.endsWith("pipelines") && above != null ? above : parent;
    }
}
