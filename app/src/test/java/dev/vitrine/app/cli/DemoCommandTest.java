package dev.vitrine.app.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DemoCommandTest {
    private static String shown(String name) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        DemoTopic topic =
                DemoCommand.TOPICS.stream()
                        .filter(t -> t.name().equals(name))
                        .findFirst()
                        .orElseThrow();
        DemoCommand.show(topic, new PrintStream(out, true, StandardCharsets.UTF_8));
        return out.toString(StandardCharsets.UTF_8);
    }

    private static void assertInOrder(String text, List<String> parts) {
        int at = 0;
        for (String part : parts) {
            at = text.indexOf(part, at);
            assertTrue(at >= 0, part + " is not (in its place) in\n" + text);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "driver|query submitted to local-cluster[2,1,64];executor-2 registers;"
                        + "stage 0 starts;stage 0 task;stage 0 succeeded;query succeeded;rows: [",
                "stages|stage 0 (reads stages []): ;need rows from all;stage 1 (reads stages [0])",
                "lineage|fault: kill after=6 hits executor-;is lost;runs again for tasks;"
                        + "lost: tasks;again: tasks;It is the same.",
                "adaptive|CoalesceShufflePartitions: 8 partitions are read as 1;DynamicJoinSelection:"
                        + " the build side is broadcast;BroadcastHashJoin;AQEPropagateEmptyRelation;"
                        + "is skipped;OptimizeSkewedJoin: 1 skewed;rows: [;"
                        + "The plan ran as it was made.",
                "cache|0 of 0 partitions held;cached, in memory;6 of 6 partitions held;"
                        + "The answer is the same.;InMemoryTableScan kept;partition 2 of kept on"
                        + " executor-;recomputed;is killed once a task has ended;recomputed;"
                        + "6 of 6 partitions held;cached: nothing",
                "lazy|tasks started so far: 0;count() = ;tasks started so far: ",
                "rdd|ShuffledRDD[3] at reduceByKey at RddDemo.java:;+-(3) MapPartitionsRDD[2];"
                        + "textFile → filter → mapToPair → reduceByKey (write);"
                        + "most airports: [(AK,263), (TX,209), (CA,205)];groupByKey (write);"
                        + "reduceByKey (kept) → count;fault: fail;elsewhere=2699;"
                        + "lines seen: 3376, each once;rows: [;airports north of 60°: 160",
                "dataset|latitude: DOUBLE NOT NULL;(latitude#;TypedFilter;"
                        + "MapElements Airport → String;MapGroups;southernmost: Airport[name="
            })
    void stepsAreShownInTheirOrder(String topic, String parts) throws IOException {
        assertInOrder(shown(topic), List.of(parts.split(";")));
    }

    @Test
    void onlyActionsStartTasks() throws IOException {
        List<Integer> started =
                shown("lazy")
                        .lines()
                        .filter(line -> line.contains("tasks started"))
                        .map(line -> Integer.valueOf(line.replaceAll("\\D", "")))
                        .toList();
        assertEquals(0, started.get(0));
        assertTrue(started.get(1) > 0);
        assertEquals(2 * started.get(1), started.get(2));
    }
}
