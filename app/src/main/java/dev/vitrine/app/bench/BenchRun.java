package dev.vitrine.app.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// Times a workload in this product and its peers, each in a process of its own, query by query
/// side by side, and compares their results.
public final class BenchRun {
    private static final int ROWS_SHOWN = 5;
    private static final int ROWS_COMPARED = 10_000;

    private final BenchOptions options;

    public BenchRun(BenchOptions options) {
        this.options = options;
    }

    /// Medians of the counted runs after the warm-ups.
    public BenchResult warm(Workload workload) throws IOException {
        String title =
                workload.title()
                        + ", "
                        + options.slots()
                        + (options.slots() == 1 ? " slot" : " slots")
                        + ", median of "
                        + options.runs()
                        + " after "
                        + options.warmUps()
                        + " warm-ups"
                        + (options.memoryBytes() > 0
                                ? ", memory limited to " + (options.memoryBytes() >> 20) + " MiB"
                                : "");
        List<BenchResult.Line> lines = new ArrayList<>();
        try (Engines engines = new Engines()) {
            engines.views(workload, "");
            for (Workload.Named query : workload.queries()) {
                System.err.println("Timing " + query.name());
                Map<String, Timing> timings = new LinkedHashMap<>();
                for (EngineProcess engine : engines.running) {
                    timings.put(engine.engine().label(), time(engine, workload, query.timed()));
                }
                lines.add(
                        new BenchResult.Line(
                                query.name(),
                                timings,
                                engines.mismatch(query.compared(), timings)));
            }
            return new BenchResult(title, engines.labels(), lines);
        }
    }

    private Timing time(EngineProcess engine, Workload workload, Workload.Wording query)
            throws IOException {
        EngineProcess.Answer first = null;
        List<EngineProcess.Answer> counted = new ArrayList<>();
        for (int run = -options.warmUps(); run < options.runs(); run++) {
            EngineProcess.Answer answer = once(engine, workload, query);
            if (!answer.error().isEmpty()) {
                return Timing.failed(answer.error());
            }
            first = first == null ? answer : first;
            if (run >= 0) {
                counted.add(answer);
            }
        }
        return Timing.of(java.util.Objects.requireNonNull(first), counted);
    }

    /// One run that nothing kept from runs before may answer.
    private static EngineProcess.Answer once(
            EngineProcess engine, Workload workload, Workload.Wording query) throws IOException {
        engine.must("forget");
        return engine.ask(
                workload.materialized() ? "materialize" : "fetch", query.of(engine.engine()));
    }

    /// Each query's first execution in a process that is warm from queries of other shapes: the
    /// same ones over views with one more condition. Medians over fresh processes.
    ///
    /// @param otherShape by table, a condition that every row meets and no optimizer can know
    public BenchResult firstShapes(Workload workload, Map<String, String> otherShape)
            throws IOException {
        Map<String, Map<String, List<EngineProcess.Answer>>> answers = new HashMap<>();
        List<String> labels = List.of();
        for (int run = 0; run < options.runs(); run++) {
            try (Engines engines = new Engines()) {
                labels = engines.labels();
                for (EngineProcess engine : engines.running) {
                    System.err.println("First executions in " + engine.engine().label());
                    views(engine, workload, otherShape);
                    for (int warmUp = 0; warmUp < options.warmUps(); warmUp++) {
                        for (Workload.Named query : workload.queries()) {
                            once(engine, workload, query.timed());
                        }
                    }
                    views(engine, workload, Map.of());
                    for (Workload.Named query : workload.queries()) {
                        answers.computeIfAbsent(query.name(), name -> new HashMap<>())
                                .computeIfAbsent(
                                        engine.engine().label(), label -> new ArrayList<>())
                                .add(once(engine, workload, query.timed()));
                    }
                }
            }
        }
        List<BenchResult.Line> lines = new ArrayList<>();
        for (Workload.Named query : workload.queries()) {
            Map<String, Timing> timings = new LinkedHashMap<>();
            answers.getOrDefault(query.name(), Map.of())
                    .forEach((label, each) -> timings.put(label, firstTiming(each)));
            lines.add(new BenchResult.Line(query.name(), timings, ""));
        }
        String title =
                workload.title()
                        + ", first execution of a new shape in a warm process, median of "
                        + options.runs()
                        + " processes";
        return new BenchResult(title, labels, lines);
    }

    private static Timing firstTiming(List<EngineProcess.Answer> answers) {
        return answers.stream()
                .filter(answer -> !answer.error().isEmpty())
                .findFirst()
                .map(answer -> Timing.failed(answer.error()))
                .orElseGet(() -> Timing.of(answers.getFirst(), answers));
    }

    /// The same with one slot and with as many as asked for; the ratio is the speed-up.
    public BenchResult speedUp(Workload workload) throws IOException {
        BenchOptions alone = options.withPeers(List.of());
        BenchResult one = new BenchRun(alone.withSlots(1)).warm(workload);
        BenchResult all = new BenchRun(alone).warm(workload);
        String before = "1 slot";
        String after = options.slots() + " slots";
        List<BenchResult.Line> lines = new ArrayList<>();
        for (int i = 0; i < one.queries().size(); i++) {
            Map<String, Timing> timings = new LinkedHashMap<>();
            timings.put(before, one.queries().get(i).timings().values().iterator().next());
            timings.put(after, all.queries().get(i).timings().values().iterator().next());
            lines.add(new BenchResult.Line(one.queries().get(i).query(), timings, ""));
        }
        return new BenchResult(
                workload.title() + ", speed-up from 1 to " + options.slots() + " slots",
                List.of(before, after),
                lines);
    }

    /// A cold process from its start to its result and end, for each query of the workload.
    public BenchResult cold(Workload workload) throws IOException {
        List<BenchEngine> engines =
                Stream.concat(Stream.of(BenchEngine.VITRINE), options.peers().stream()).toList();
        List<BenchResult.Line> lines = new ArrayList<>();
        for (Workload.Named query : workload.queries()) {
            Map<String, List<Double>> millis = new LinkedHashMap<>();
            Map<String, Timing> timings = new LinkedHashMap<>();
            for (int run = 0; run < options.runs(); run++) {
                for (BenchEngine engine : engines) {
                    List<String> statements = new ArrayList<>();
                    for (Workload.Table table : workload.tables()) {
                        if (query.timed().sql().contains(table.name())) {
                            statements.addAll(table.view(engine, ""));
                        }
                    }
                    statements.add(query.timed().of(engine));
                    millis.computeIfAbsent(engine.label(), label -> new ArrayList<>())
                            .add(process(engine, options.command().command(engine, statements)));
                }
            }
            millis.forEach((label, each) -> {
                double median = Timing.median(each.stream().mapToDouble(d -> d).toArray());
                timings.put(
                        label,
                        new Timing(
                                each.getFirst(),
                                median,
                                Double.NaN,
                                0,
                                -1,
                                0,
                                0,
                                Double.NaN,
                                "",
                                "",
                                ""));
            });
            lines.add(new BenchResult.Line(query.name(), timings, ""));
        }
        return new BenchResult(
                workload.title()
                        + ", a process from start to end, median of "
                        + options.runs()
                        + " processes",
                engines.stream().map(BenchEngine::label).toList(),
                lines);
    }

    private static double process(BenchEngine engine, List<String> command) throws IOException {
        long start = System.nanoTime();
        Process process =
                new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
        int bytes = process.getInputStream().readAllBytes().length;
        try {
            int code = process.waitFor();
            if (code != 0 || bytes == 0) {
                throw new BenchException(
                        "The process of " + engine.label() + " ended with code " + code);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BenchException("Interrupted", e);
        }
        return (System.nanoTime() - start) / 1e6;
    }

    private static void views(
            EngineProcess engine, Workload workload, Map<String, String> conditions)
            throws IOException {
        for (Workload.Table table : workload.tables()) {
            String condition = conditions.getOrDefault(table.name(), "");
            for (String statement : table.view(engine.engine(), condition)) {
                engine.must("run", statement);
            }
        }
    }

    /// The processes of all engines.
    private final class Engines implements AutoCloseable {
        private final List<EngineProcess> running = new ArrayList<>();

        Engines() throws IOException {
            EngineCommand command = options.command();
            try {
                running.add(command.start(BenchEngine.VITRINE));
                for (BenchEngine peer : options.peers()) {
                    running.add(command.start(peer));
                }
            } catch (IOException | RuntimeException e) {
                close();
                throw e;
            }
        }

        List<String> labels() {
            return running.stream().map(process -> process.engine().label()).toList();
        }

        void views(Workload workload, String condition) throws IOException {
            Map<String, String> conditions = new HashMap<>();
            workload.tables().forEach(table -> conditions.put(table.name(), condition));
            for (EngineProcess engine : running) {
                BenchRun.views(engine, workload, conditions);
            }
        }

        /// How a peer's result differs from ours, with rows that differ; empty if none does.
        String mismatch(Workload.Wording query, Map<String, Timing> timings) throws IOException {
            EngineProcess own = running.getFirst();
            if (running.size() == 1 || !isThere(own, timings)) {
                return "";
            }
            String ours = own.ask("digest", query.of(own.engine())).text("digest");
            StringBuilder found = new StringBuilder();
            for (EngineProcess peer : running.subList(1, running.size())) {
                if (!isThere(peer, timings)) {
                    continue;
                }
                List<String> differences =
                        ResultDigest.differences(
                                ours, peer.ask("digest", query.of(peer.engine())).text("digest"));
                if (!differences.isEmpty()) {
                    found.append("other results than ")
                            .append(peer.engine().label())
                            .append(" (")
                            .append(String.join("; ", differences))
                            .append(')')
                            .append(differingRows(own, peer, query));
                }
            }
            return found.toString();
        }

        private static boolean isThere(EngineProcess engine, Map<String, Timing> timings) {
            Timing timing = timings.get(engine.engine().label());
            return timing != null && timing.isThere();
        }

        /// The first rows that only one of two engines has, among the first in a common order.
        private static String differingRows(
                EngineProcess own, EngineProcess peer, Workload.Wording query) throws IOException {
            List<List<String>> ours = rows(own, query.of(own.engine()));
            List<List<String>> theirs = rows(peer, query.of(peer.engine()));
            StringBuilder text = new StringBuilder();
            int shown = 0;
            for (int i = 0; i < Math.max(ours.size(), theirs.size()) && shown < ROWS_SHOWN; i++) {
                List<String> here = i < ours.size() ? ours.get(i) : List.of();
                List<String> there = i < theirs.size() ? theirs.get(i) : List.of();
                if (!ResultDigest.isSame(here, there)) {
                    text.append("\n    row ").append(i + 1).append(": ").append(here);
                    text.append(" and ").append(there);
                    shown++;
                }
            }
            return text.toString();
        }

        /// The first rows in the order of all columns, the first column first.
        private static List<List<String>> rows(EngineProcess engine, String sql)
                throws IOException {
            List<List<String>> one = engine.ask("rows", "1", sql).rows();
            if (one.isEmpty()) {
                return one;
            }
            String order =
                    IntStream.rangeClosed(1, one.getFirst().size())
                            .mapToObj(String::valueOf)
                            .collect(Collectors.joining(", "));
            String sorted =
                    "SELECT * FROM ("
                            + sql
                            + ") compared ORDER BY "
                            + order
                            + " LIMIT "
                            + ROWS_COMPARED;
            return engine.ask("rows", String.valueOf(ROWS_COMPARED), sorted).rows();
        }

        @Override
        public void close() throws IOException {
            for (EngineProcess process : running) {
                process.close();
            }
        }
    }
}
