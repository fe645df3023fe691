package dev.vitrine.app.slt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vitrine.engine.event.EngineEvent;
import dev.vitrine.engine.event.EngineEvent.BlockLost;
import dev.vitrine.engine.event.EngineEvent.CacheBlockChanged;
import dev.vitrine.engine.event.EngineEvent.FaultFired;
import dev.vitrine.engine.event.EngineEvent.StagesPlanned;
import dev.vitrine.engine.event.EngineEvent.TaskFinished;
import dev.vitrine.engine.event.EventListener;
import dev.vitrine.engine.event.QueryOutcome;
import dev.vitrine.engine.schedule.Fault;
import dev.vitrine.engine.schedule.FaultPlan;
import dev.vitrine.engine.settings.Settings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Under any schedule of faults that leaves an executor alive the corpus' queries have the same
/// answers, and no task runs again but those whose output was lost, and no cached partition but
/// those that were lost.
///
/// A schedule is drawn from its number: the file, the cluster, whether its tables are cached, the
/// faults and the queries. `-Dvitrine.faults.schedules=10000` runs more of them,
/// `-Dvitrine.faults.first=n` others.
final class FaultsTest {
    private static final int SCHEDULES = Integer.getInteger("vitrine.faults.schedules", 200);
    private static final int FIRST = Integer.getInteger("vitrine.faults.first", 0);

    /// How many queries of its file a schedule runs, besides what they need.
    private static final int QUERIES = 7;

    /// What is written in queries of several stages.
    private static final Pattern STAGES =
            Pattern.compile("\\b(GROUP BY|ORDER BY|JOIN|DISTINCT|OVER|UNION)\\b");

    private final Map<String, Integer> fired = new TreeMap<>();
    private final Totals totals = new Totals();

    private static final class Totals {
        private int withoutFaults;
        private int tasksLost;
        private int tasksAgain;
        private int partitionsAgain;
    }

    @Test
    void answersAreTheSameUnderFaults() throws IOException {
        List<SltFile> files = new ArrayList<>();
        for (Path path : SltTest.paths()) {
            SltFile file = SltFile.read(path);
            if (chosen(file, new Random(0)).size() == QUERIES) {
                files.add(file);
            }
        }
        List<String> mistakes = new ArrayList<>();
        for (int i = FIRST; i < FIRST + SCHEDULES; i++) {
            mistakes.addAll(run(i, files.get(i % files.size())));
        }
        System.out.printf(
                "%d schedules: %s fired, %d without any; %d outputs lost, %d tasks run again;"
                        + " %d cached partitions computed again%n",
                SCHEDULES,
                fired,
                totals.withoutFaults,
                totals.tasksLost,
                totals.tasksAgain,
                totals.partitionsAgain);
        assertEquals(List.of(), mistakes);
        assertTrue(
                fired.keySet()
                        .containsAll(
                                List.of("fail", "kill", "lose", "lose cached", "shrink", "slow")),
                fired.toString());
        assertTrue(totals.withoutFaults < SCHEDULES / 10, totals.withoutFaults + " without faults");
        assertTrue(totals.tasksAgain > 0);
        assertTrue(totals.partitionsAgain > 0);
    }

    private List<String> run(int number, SltFile file) {
        Random random = new Random(number);
        String master =
                "local-cluster[%d,%d,64]".formatted(2 + random.nextInt(2), 1 + random.nextInt(2));
        boolean caches = random.nextInt(3) == 0;
        FaultPlan plan = plan(number, caches, random);
        Settings settings =
                SltConfiguration.STANDARD
                        .settings()
                        .with(Settings.MASTER.key(), master)
                        .with(Settings.EXECUTOR_REPLACEMENTS.key(), "100000")
                        .with(Settings.MAX_STAGE_ATTEMPTS.key(), "100")
                        .with(Settings.FAULTS.key(), plan.text());
        if (random.nextBoolean()) {
            settings = settings.with(Settings.BROADCAST_THRESHOLD.key(), "-1");
        }
        Set<String> chosen = chosen(file, random);
        if (random.nextBoolean()) {
            settings = settings.with(Settings.ADAPTIVE_COALESCE.key(), "false");
        }
        if (random.nextBoolean()) {
            settings = settings.with(Settings.ADAPTIVE_BROADCAST_THRESHOLD.key(), "1g");
        }
        Tally tally = new Tally();
        List<String> mistakes =
                new ArrayList<>(
                        SltRun.mistakesWith(file, settings, chosen::contains, caches, tally));
        mistakes.addAll(tally.mistakes);
        tally.fired.forEach((kind, count) -> fired.merge(kind, count, Integer::sum));
        totals.withoutFaults += tally.fired.isEmpty() ? 1 : 0;
        totals.tasksLost += tally.lost;
        totals.tasksAgain += tally.again;
        totals.partitionsAgain += tally.partitionsAgain;
        return mistakes.stream()
                .map(mistake ->
                        "schedule %d, %s, %s: %s".formatted(number, master, plan.text(), mistake))
                .toList();
    }

    /// Some queries of a file, rather those of several stages.
    private static Set<String> chosen(SltFile file, Random random) {
        List<String> queries = new ArrayList<>();
        for (SltFile.Entry entry : file.entries()) {
            if (entry instanceof SltFile.Query query) {
                queries.add(query.sql());
            }
        }
        Collections.shuffle(queries, random);
        return Stream.concat(
                        queries.stream().filter(sql -> STAGES.matcher(sql).find()),
                        queries.stream())
                .distinct()
                .limit(QUERIES)
                .collect(Collectors.toSet());
    }

    /// Up to four faults; no task is let fail as often as would fail its query.
    private static FaultPlan plan(int seed, boolean caches, Random random) {
        List<Fault> faults = new ArrayList<>();
        faults.add(new Fault.FailTask(0.3 + 0.5 * random.nextDouble(), 0, -1));
        if (caches) {
            faults.add(new Fault.LoseCached("", -1, random.nextInt(3)));
        }
        int more = random.nextInt(4);
        for (int i = 0; i < more; i++) {
            int after = random.nextInt(5);
            faults.add(
                    switch (random.nextInt(6)) {
                        case 0 -> new Fault.KillExecutor("", after);
                        case 1 -> new Fault.FailTask(random.nextDouble(), 1, random.nextInt(3));
                        case 2 -> new Fault.SlowExecutor("executor-1", 1);
                        case 3 -> new Fault.ShrinkMemory(512, after);
                        default -> new Fault.LoseOutput(random.nextInt(3) - 1, -1, after);
                    });
        }
        return new FaultPlan(seed, faults);
    }

    /// Counts what was lost and what ran again.
    private static final class Tally implements EventListener {
        private final Map<List<Long>, Integer> allowed = new HashMap<>();
        private final Map<String, Integer> fired = new HashMap<>();
        private final List<String> mistakes = Collections.synchronizedList(new ArrayList<>());
        private final Set<List<Long>> gone = new HashSet<>();
        private int lost;
        private int again;
        private int partitionsAgain;

        @Override
        public synchronized void on(EngineEvent event) {
            switch (event) {
                // A command may run several plans, each with stages from 0.
                case StagesPlanned planned ->
                        allowed.keySet().removeIf(key -> key.getFirst() == planned.queryId());
                case BlockLost block -> {
                    for (int task : block.tasks()) {
                        lost++;
                        allowed.merge(key(block.queryId(), block.stageId(), task), 1, Integer::sum);
                    }
                }
                case TaskFinished end when end.outcome() instanceof QueryOutcome.Succeeded ->
                        count(key(end.queryId(), end.stageId(), end.task()));
                case FaultFired fault -> fired.merge(kind(fault.fault()), 1, Integer::sum);
                case CacheBlockChanged changed -> changed(changed);
                default -> {}
            }
        }

        private static String kind(String fault) {
            return fault.startsWith("lose cache") ? "lose cached" : fault.split(" ")[0];
        }

        /// Only what was lost, pushed out or never kept may be computed again.
        private void changed(CacheBlockChanged changed) {
            List<Long> partition = List.of(changed.cacheId(), (long) changed.partition());
            switch (changed.change()) {
                case LOST, DROPPED, REFUSED -> gone.add(partition);
                case RECOMPUTED -> {
                    partitionsAgain++;
                    if (!gone.contains(partition)) {
                        mistakes.add("cached partition " + partition + " was never lost");
                    }
                }
                default -> {}
            }
        }

        private static List<Long> key(long query, long stage, long task) {
            return List.of(query, stage, task);
        }

        /// A task's first success is free; each other one needs a loss.
        private void count(List<Long> key) {
            List<Long> seen = List.of(key.get(0), key.get(1), key.get(2), 1L);
            if (allowed.putIfAbsent(seen, 1) == null) {
                return;
            }
            again++;
            if (allowed.merge(key, -1, Integer::sum) < 0) {
                mistakes.add("task " + key + " ran again though nothing of it was lost");
            }
        }
    }
}
