package dev.vitrine.app.cli;

import dev.vitrine.app.bench.TpchBench;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `vitrine bench`: makes benchmark data, runs its queries and prints medians.
@Command(name = "bench", description = "Runs a benchmark: tpch.", mixinStandardHelpOptions = true)
final class BenchCommand implements Callable<Integer> {
    @Parameters(paramLabel = "NAME", description = "tpch")
    private String name = "";

    @Option(
            names = "--sf",
            description = "Scale factor (default: ${DEFAULT-VALUE}).",
            defaultValue = "0.01")
    private double scale = 0.01;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "Folder for the data (default: ${DEFAULT-VALUE}).",
            defaultValue = "bench-data")
    private Path data = Path.of("bench-data");

    @Option(
            names = "--queries",
            split = ",",
            paramLabel = "q1,q6",
            description = "Only these queries.")
    private @Nullable List<String> queries;

    @Option(
            names = "--runs",
            description = "Counted runs of each query (default: ${DEFAULT-VALUE}).",
            defaultValue = "5")
    private int runs = 5;

    @Option(
            names = "--slots",
            description = "Task slots; all cores by default.",
            defaultValue = "0")
    private int slots;

    @Option(
            names = "--peer",
            paramLabel = "JAR",
            description =
                    "A DuckDB JDBC jar: its medians are taken in a process of its own and ratios printed.")
    private @Nullable Path peer;

    @Override
    public Integer call() throws Exception {
        if (!name.equals("tpch")) {
            throw new UserInputException("There is no benchmark " + name + "; there is: tpch");
        }
        int cores = slots > 0 ? slots : Runtime.getRuntime().availableProcessors();
        new TpchBench(data, scale, cores).run(queries, runs, peer);
        return 0;
    }
}
