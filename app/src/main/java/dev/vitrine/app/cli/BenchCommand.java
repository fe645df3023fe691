package dev.vitrine.app.cli;

import dev.vitrine.app.bench.BenchChart;
import dev.vitrine.app.bench.BenchEngine;
import dev.vitrine.app.bench.BenchException;
import dev.vitrine.app.bench.BenchJson;
import dev.vitrine.app.bench.BenchOptions;
import dev.vitrine.app.bench.BenchReport;
import dev.vitrine.app.bench.BenchResult;
import dev.vitrine.app.bench.BenchRun;
import dev.vitrine.app.bench.BenchText;
import dev.vitrine.app.bench.JoinEstimates;
import dev.vitrine.app.bench.MicroWorkloads;
import dev.vitrine.app.bench.ObservationCost;
import dev.vitrine.app.bench.RecordingSpeed;
import dev.vitrine.app.bench.Workload;
import dev.vitrine.app.bench.Workloads;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `vitrine bench`: makes benchmark data, times this product and its peers, and compares results.
@Command(
        name = "bench",
        description = {
            "Runs a benchmark beside DuckDB and Spark, each in a process of its own.",
            "",
            "  tpch    the 22 queries of TPC-H",
            "  tpcds   the 99 queries of TPC-DS, four of them in two variants",
            "  h2o     db-benchmark: ten group-bys, five joins",
            "  csv     lineitem from CSV and from JSON lines",
            "  micro   expressions of growing width",
            "  cold    TPC-H Q6 in a new process, from start to end",
            "  joins   rows that the optimizer expects from TPC-H's joins, and those there are",
            "  observation  TPC-H alone and watched: snapshots for a window, and a recording",
            "  recording    how fast a recording of --megabytes opens",
            "  report  all tables of the benchmarks page"
        },
        mixinStandardHelpOptions = true)
final class BenchCommand implements Callable<Integer> {
    /// The benchmarks there are.
    enum Suite {
        TPCH,
        TPCDS,
        H2O,
        CSV,
        MICRO,
        COLD,
        JOINS,
        OBSERVATION,
        RECORDING,
        REPORT
    }

    /// Where TPC-H's rows come from.
    enum Source {
        PARQUET,
        CACHE
    }

    @Parameters(paramLabel = "NAME", description = "${COMPLETION-CANDIDATES}")
    private Suite suite = Suite.TPCH;

    @Option(
            names = "--sf",
            description = "The scale factor of TPC-H and TPC-DS (default: ${DEFAULT-VALUE}).",
            defaultValue = "0.01")
    private double scale = 0.01;

    @Option(
            names = "--n",
            paramLabel = "ROWS",
            description = "db-benchmark's rows (default: ${DEFAULT-VALUE}).",
            defaultValue = "1e7")
    private double rows = 1e7;

    @Option(
            names = "--k",
            paramLabel = "GROUPS",
            description = "db-benchmark's small groups (default: ${DEFAULT-VALUE}).",
            defaultValue = "100")
    private int groups = 100;

    @Option(
            names = "--micro-rows",
            description = "Rows that wide expressions run over (default: ${DEFAULT-VALUE}).",
            defaultValue = "200000")
    private long microRows = 200_000;

    @Option(
            names = "--seed",
            description = "Makes other data; 0 is the data everybody has (default).",
            defaultValue = "0")
    private long seed;

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
    private List<String> queries = List.of();

    @Option(
            names = "--runs",
            description = "Counted runs of each query (default: ${DEFAULT-VALUE}).",
            defaultValue = "5")
    private int runs = 5;

    @Option(
            names = "--warm-ups",
            description = "Runs before them (default: ${DEFAULT-VALUE}).",
            defaultValue = "2")
    private int warmUps = 2;

    @Option(names = "--slots", description = "Task slots; all cores by default.")
    private int slots = Runtime.getRuntime().availableProcessors();

    @Option(
            names = "--peers",
            split = ",",
            paramLabel = "PEER",
            description =
                    "Engines to run beside: duckdb, spark, or none (default: ${DEFAULT-VALUE}). Fetched by Maven.",
            defaultValue = "duckdb")
    private List<String> peers = List.of("duckdb");

    @Option(
            names = "--memory",
            paramLabel = "SIZE",
            description =
                    "What each engine may use for data, for example 512m; the heap is then 1 GiB.")
    private @Nullable String memory;

    @Option(
            names = "--source",
            description =
                    "${COMPLETION-CANDIDATES}: from files, or from each engine's own tables (tpch; default: ${DEFAULT-VALUE}).",
            defaultValue = "PARQUET")
    private Source source = Source.PARQUET;

    @Option(
            names = "--first",
            description = "First executions of new query shapes in a warm process (tpch).")
    private boolean first;

    @Option(
            names = "--speed-up",
            description = "One slot against --slots of them, without peers (tpch).")
    private boolean speedUp;

    @Option(
            names = "--megabytes",
            description = "The size of the recording (recording; default: ${DEFAULT-VALUE}).",
            defaultValue = "1024")
    private int megabytes = 1024;

    @Option(
            names = "--only",
            split = ",",
            paramLabel = "TABLE",
            description = "Only these tables (report).")
    private List<String> only = List.of();

    @Option(
            names = "--page",
            paramLabel = "FILE",
            description = "The page to write tables into (default: ${DEFAULT-VALUE}; report).",
            defaultValue = "docs/benchmarks.md")
    private Path page = Path.of("docs/benchmarks.md");

    @Option(names = "--json", paramLabel = "FILE", description = "Write the result there too.")
    private @Nullable Path json;

    @Option(names = "--chart", paramLabel = "FILE", description = "Draw the ratios there (SVG).")
    private @Nullable Path chart;

    @Override
    public Integer call() throws IOException {
        try {
            check();
            return switch (suite) {
                case REPORT -> report();
                case JOINS -> joins();
                case OBSERVATION -> {
                    System.out.print(
                            ObservationCost.measure(workload().only(queries), slots, runs, warmUps)
                                    .text());
                    yield 0;
                }
                case RECORDING -> {
                    System.out.print(RecordingSpeed.measure(megabytes).text());
                    yield 0;
                }
                default -> single();
            };
        } catch (BenchException e) {
            throw new UserInputException(String.valueOf(e.getMessage()));
        }
    }

    private void check() {
        if (runs < 1
                || warmUps < 0
                || slots < 1
                || scale <= 0
                || rows < 100
                || groups < 1
                || megabytes < 64) {
            throw new UserInputException(
                    "--runs, --slots and --k are at least 1, --warm-ups 0, --n 100, --megabytes 64, --sf above 0");
        }
        if (suite == Suite.TPCDS && seed != 0) {
            throw new UserInputException("--seed goes with tpch and h2o: TPC-DS has one data set");
        }
        if (suite != Suite.TPCH && (first || speedUp || source == Source.CACHE)) {
            throw new UserInputException("--first, --speed-up and --source cache go with tpch");
        }
        if (source == Source.CACHE && first) {
            throw new UserInputException("--first is over files: leave --source cache out");
        }
    }

    private BenchOptions options() {
        List<BenchEngine> others =
                peers.stream().filter(name -> !name.equals("none")).map(BenchEngine::peer).toList();
        return new BenchOptions(data, slots, runs, warmUps, others, bytes());
    }

    private long bytes() {
        if (memory == null) {
            return 0;
        }
        String text = memory.strip().toLowerCase(Locale.ROOT);
        int shift =
                switch (text.isEmpty() ? ' ' : text.charAt(text.length() - 1)) {
                    case 'k' -> 10;
                    case 'm' -> 20;
                    case 'g' -> 30;
                    default -> 0;
                };
        try {
            String number = shift == 0 ? text : text.substring(0, text.length() - 1);
            return Long.parseLong(number) << shift;
        } catch (NumberFormatException e) {
            throw new UserInputException("--memory is a size as 512m or 2g, not " + memory);
        }
    }

    private int report() throws IOException {
        List<String> faults =
                new BenchReport(options(), scale, (int) rows, microRows, page).write(only);
        faults.forEach(fault -> System.err.println("FAULT " + fault));
        return faults.isEmpty() ? 0 : Main.USER_ERROR;
    }

    private int joins() throws IOException {
        System.out.print(JoinEstimates.measure(workload().only(queries), slots).text());
        return 0;
    }

    private int single() throws IOException {
        BenchResult result = measure();
        System.out.print(BenchText.of(result));
        if (suite == Suite.MICRO) {
            System.out.print(MicroWorkloads.perRow(result, microRows));
        }
        if (json != null) {
            Files.writeString(json, BenchJson.of(result));
        }
        if (chart != null) {
            Files.writeString(chart, BenchChart.of(result));
        }
        return result.faults().isEmpty() ? 0 : Main.USER_ERROR;
    }

    private BenchResult measure() throws IOException {
        BenchRun run = new BenchRun(options());
        Workload workload = workload().only(queries);
        if (suite == Suite.COLD) {
            return run.cold(workload);
        }
        if (first) {
            return run.firstShapes(workload, BenchReport.otherShapes());
        }
        return speedUp ? run.speedUp(workload) : run.warm(workload);
    }

    private Workload workload() throws IOException {
        Workloads workloads = new Workloads(data, seed, slots);
        return switch (suite) {
            case TPCH, JOINS, OBSERVATION, RECORDING, REPORT ->
                    source == Source.CACHE ? workloads.tpch(scale).cached() : workloads.tpch(scale);
            case TPCDS -> workloads.tpcds(scale);
            case COLD -> workloads.tpch(scale).only(List.of("q6"));
            case H2O -> workloads.h2o((int) rows, groups);
            case CSV -> workloads.text(scale);
            case MICRO -> MicroWorkloads.wide(microRows);
        };
    }
}
