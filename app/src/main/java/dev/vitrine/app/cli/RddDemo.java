package dev.vitrine.app.cli;

import dev.vitrine.engine.api.Session;
import dev.vitrine.engine.event.EngineEvent.FaultFired;
import dev.vitrine.engine.rdd.Broadcast;
import dev.vitrine.engine.rdd.LongAccumulator;
import dev.vitrine.engine.rdd.PairRdd;
import dev.vitrine.engine.rdd.Rdd;
import dev.vitrine.engine.rdd.SparkContext;
import dev.vitrine.engine.rdd.Tuple2;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/// Objects in partitions: lineage, stages, combining before an exchange, kept partitions, shared
/// variables.
record RddDemo() implements DemoTopic {
    @Override
    public String name() {
        return "rdd";
    }

    @Override
    public String title() {
        return "collections of objects in partitions that know how they came about";
    }

    @Override
    public void show(Session session, DemoScript script) {
        SparkContext sc = session.sparkContext();

        script.step("Transformations describe; each remembers what it is made of.");
        Rdd<String> lines =
                sc.textFile(script.file("airports.csv"), 3).filter(l -> !l.startsWith("iata"));
        PairRdd<String, Integer> ones = lines.mapToPair(l -> new Tuple2<>(state(l), 1));
        PairRdd<String, Integer> counts = ones.reduceByKey(Integer::sum, 2);
        script.say("textFile.filter.mapToPair(state, 1).reduceByKey(sum)");
        script.say("lineage, a step to the right for each shuffle:");
        script.say(counts.toDebugString());

        script.step("An action runs a job: what needs no exchange is one stage of fused steps.");
        List<Tuple2<String, Integer>> most =
                script.run(
                        session,
                        () -> counts.top(3, Comparator.comparing(Tuple2::_2)),
                        script::job);
        script.say("most airports: " + most);

        script.step("The same by groupByKey: no sums in the tasks that write, so more goes over.");
        script.run(
                session,
                () ->
                        ones.groupByKey(2)
                                .mapValues(all -> {
                                    int sum = 0;
                                    for (int one : all) {
                                        sum += one;
                                    }
                                    return sum;
                                })
                                .count(),
                script::job);

        script.step("Kept: the first job fills it, the next reads it.");
        counts.cache();
        script.run(session, () -> counts.count(), script::job);
        script.run(session, () -> counts.count(), script::job);
        counts.unpersist();

        script.step("Shared variables: a value for all tasks, and a count that tasks add to.");
        Broadcast<Map<String, String>> names =
                sc.broadcast(Map.of("AK", "Alaska", "TX", "Texas", "CA", "California"));
        LongAccumulator seen = sc.longAccumulator("lines seen");
        // Tasks fail at their first attempt now and then, and run again.
        session.provoke("fail p=0.7 attempt=0; seed=1");
        Map<String, Long> byName =
                script.run(
                        session,
                        () ->
                                lines.map(
                                                l -> {
                                                    seen.add(1L);
                                                    return names.value()
                                                            .getOrDefault(state(l), "elsewhere");
                                                })
                                        .countByValue(),
                        run -> {
                            script.job(run);
                            run.all(FaultFired.class)
                                    .forEach(fault ->
                                            script.say(
                                                    "fault: %s hits %s"
                                                            .formatted(
                                                                    fault.fault(),
                                                                    fault.target())));
                        });
        session.provoke("");
        script.say("by name: " + new java.util.TreeMap<>(byName));
        script.say("lines seen: " + seen.value() + ", each once, whatever ran twice");

        script.step("A frame's rows are an Rdd, and an Rdd's records a frame.");
        Rdd<State> states = counts.map(pair -> new State(pair._1(), pair._2()));
        session.createDataFrame(states, State.class).createOrReplaceTempView("states");
        DemoScript.Run run =
                script.run(
                        session, "SELECT count(*), sum(airports) FROM states WHERE airports > 50");
        script.stages(run);
        script.rows(run);
        long north =
                script.run(
                        session,
                        () ->
                                session.table("airports")
                                        .rdd()
                                        .filter(row -> row.<Double>getAs("latitude") > 60)
                                        .count(),
                        script::job);
        script.say("airports north of 60°: " + north);
    }

    /// A row of the frame that is made of an Rdd.
    public record State(String state, int airports) {}

    /// The state is the fourth column from the end: names before it may hold commas.
    private static String state(String line) {
        String[] columns = line.split(",");
        return columns[columns.length - 4];
    }
}
