package dev.vitrine.app.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// All tables of the benchmarks page in one go: measures, writes each between its marks in the page
/// and its JSON and picture beside it.
public final class BenchReport {
    private static final long OTHER_SEED = 7;
    private static final long LIMITED_BYTES = 512L << 20;

    private final BenchOptions options;
    private final double scale;
    private final int rows;
    private final long microRows;
    private final Path page;

    /// @param scale of TPC-DS and of TPC-H; the large tables take ten times that
    /// @param rows of db-benchmark's large tables
    /// @param microRows of the range that wide expressions run over
    /// @param page the Markdown file to write into
    public BenchReport(BenchOptions options, double scale, int rows, long microRows, Path page) {
        this.options = options;
        this.scale = scale;
        this.rows = rows;
        this.microRows = microRows;
        this.page = page;
    }

    /// Makes one table.
    @FunctionalInterface
    private interface Section {
        Made make() throws IOException;
    }

    /// What is written of a table.
    ///
    /// @param json the same for programs, or empty
    /// @param chart a picture (SVG), or empty
    private record Made(String title, String text, String json, String chart, List<String> faults) {
        static Made of(BenchResult result) {
            return of(result, "");
        }

        static Made of(BenchResult result, String more) {
            return new Made(
                    result.title(),
                    BenchText.of(result) + more,
                    BenchJson.of(result),
                    BenchChart.of(result),
                    result.faults());
        }
    }

    private Map<String, Section> sections() {
        Workloads usual = new Workloads(options.data(), 0, options.slots());
        Map<String, Section> sections = new LinkedHashMap<>();
        sections.put("tpch", () -> warm(options, usual.tpch(scale)));
        sections.put("cache", () -> warm(duckDb(), usual.tpch(scale).cached()));
        sections.put("tpch-large", () -> warm(options, usual.tpch(10 * scale)));
        sections.put("tpcds", () -> warm(options, usual.tpcds(scale)));
        sections.put("h2o", () -> warm(options, usual.h2o(rows, 100)));
        sections.put("text", () -> warm(options, usual.text(scale)));
        sections.put(
                "first",
                () ->
                        Made.of(
                                new BenchRun(duckDb())
                                        .firstShapes(usual.tpch(scale), otherShapes())));
        sections.put(
                "cold",
                () -> Made.of(new BenchRun(options).cold(usual.tpch(scale).only(List.of("q6")))));
        sections.put("slots", () -> Made.of(new BenchRun(options).speedUp(usual.tpch(scale))));
        sections.put(
                "memory", () -> warm(duckDb().withMemory(LIMITED_BYTES), usual.tpch(10 * scale)));
        sections.put(
                "seed",
                () ->
                        warm(
                                duckDb(),
                                new Workloads(options.data(), OTHER_SEED, options.slots())
                                        .tpch(scale)));
        sections.put("joins", () -> joins(usual.tpch(scale)));
        sections.put("micro", this::micro);
        return sections;
    }

    private static Made warm(BenchOptions options, Workload workload) throws IOException {
        return Made.of(new BenchRun(options).warm(workload));
    }

    private Made joins(Workload workload) {
        JoinEstimates estimates = JoinEstimates.measure(workload, options.slots());
        return new Made(estimates.title(), estimates.text(), "", "", List.of());
    }

    private Made micro() throws IOException {
        BenchResult result = new BenchRun(duckDb()).warm(MicroWorkloads.wide(microRows));
        return Made.of(result, MicroWorkloads.perRow(result, microRows));
    }

    private BenchOptions duckDb() {
        return options.withPeers(
                options.peers().stream().filter(peer -> peer == BenchEngine.DUCKDB).toList());
    }

    /// By table of TPC-H, a condition that every row meets and that nobody can know to be true.
    public static Map<String, String> otherShapes() {
        Map<String, String> conditions = new LinkedHashMap<>();
        Map.of(
                        "customer", "c_custkey",
                        "lineitem", "l_orderkey",
                        "nation", "n_nationkey",
                        "orders", "o_orderkey",
                        "part", "p_partkey",
                        "partsupp", "ps_partkey",
                        "region", "r_regionkey",
                        "supplier", "s_suppkey")
                .forEach((table, key) ->
                        conditions.put(table, key + " % 1000003 <> 1000002 - " + key + " * 0"));
        return conditions;
    }

    /// Measures the tables named, all of them where none is, and writes each as soon as it is
    /// there.
    ///
    /// @return what makes the benchmarks fail, a line each
    public List<String> write(List<String> only) throws IOException {
        Map<String, Section> sections = sections();
        for (String name : only) {
            if (!sections.containsKey(name)) {
                throw new BenchException(
                        "There is no table " + name + "; there are: " + sections.keySet());
            }
        }
        List<String> wanted = only.isEmpty() ? List.copyOf(sections.keySet()) : only;
        String text = Files.readString(page);
        for (String name : wanted) {
            checkMarks(text, name);
        }
        List<String> faults = new ArrayList<>();
        for (String name : wanted) {
            Made made = java.util.Objects.requireNonNull(sections.get(name)).make();
            System.out.println(made.text());
            made.faults().forEach(fault -> faults.add(name + ": " + fault));
            insert(name, made);
        }
        return faults;
    }

    private static String begin(String name) {
        return "<!-- bench:" + name + " -->";
    }

    private static String end(String name) {
        return "<!-- /bench:" + name + " -->";
    }

    private void checkMarks(String text, String name) {
        if (text.indexOf(begin(name)) < 0 || text.indexOf(end(name)) < text.indexOf(begin(name))) {
            throw new BenchException(
                    "There is no place for the table "
                            + name
                            + " in "
                            + page
                            + ": put "
                            + begin(name)
                            + " and "
                            + end(name)
                            + " there");
        }
    }

    private void insert(String name, Made made) throws IOException {
        Path folder = page.resolveSibling("benchmarks");
        Files.createDirectories(folder);
        StringBuilder section = new StringBuilder("\n```\n").append(made.text()).append("```\n");
        if (!made.json().isEmpty()) {
            Files.writeString(folder.resolve(name + ".json"), made.json());
        }
        if (!made.chart().isEmpty()) {
            Files.writeString(folder.resolve(name + ".svg"), made.chart());
            section.append("\n![").append(made.title()).append("](benchmarks/");
            section.append(name).append(".svg)\n");
        }
        Files.writeString(page, between(Files.readString(page), name, section.toString()));
    }

    /// `text` with `section` between the marks of `name`.
    static String between(String text, String name, String section) {
        int from = text.indexOf(begin(name)) + begin(name).length();
        return text.substring(0, from) + section + text.substring(text.indexOf(end(name)));
    }
}
