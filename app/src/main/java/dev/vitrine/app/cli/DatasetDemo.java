package dev.vitrine.app.cli;

import static dev.vitrine.engine.api.Functions.col;

import dev.vitrine.engine.api.Dataset;
import dev.vitrine.engine.api.Session;
import dev.vitrine.engine.event.PlanPhase;
import dev.vitrine.engine.rdd.Encoder;
import dev.vitrine.engine.rdd.Encoders;
import dev.vitrine.engine.rdd.Tuple2;
import dev.vitrine.engine.types.Field;
import java.io.Serializable;
import java.util.Comparator;
import java.util.List;

/// Objects in the place of rows: encoders, and what the optimizer sees through.
record DatasetDemo() implements DemoTopic {
    /// A row of the sample's airports, less the columns that nobody asks for.
    public record Airport(String name, String state, double latitude) implements Serializable {}

    @Override
    public String name() {
        return "dataset";
    }

    @Override
    public String title() {
        return "records in the place of rows, and where a lambda is a wall";
    }

    @Override
    public void show(Session session, DemoScript script) {
        script.step("An encoder says how a record stands in columns; only these are read.");
        Encoder<Airport> encoder = Encoders.record(Airport.class);
        for (Field field : encoder.schema().fields()) {
            script.say(
                    "%s: %s%s"
                            .formatted(
                                    field.name(),
                                    field.type().sql(),
                                    field.nullable() ? "" : " NOT NULL"));
        }
        Dataset<Airport> airports = session.table("airports").as(encoder);

        script.step("A condition on a column is seen through: the scan is given it.");
        show(session, script, airports.filter(col("latitude").gt(70)));

        script.step("The same as a lambda is a wall: every row becomes an object first.");
        show(session, script, airports.filter((Airport a) -> a.latitude() > 70));

        script.step("Above a lambda nothing goes below it: say what columns can say before.");
        show(
                session,
                script,
                airports.map(a -> a.name() + ", " + a.state(), Encoders.STRING())
                        .filter(col("value").startsWith("Barter")));

        script.step("Groups of objects: an exchange by the key, a sort, then the lambda.");
        Dataset<Tuple2<String, String>> northernmost =
                airports.filter(col("latitude").gt(60))
                        .groupByKey(Airport::state, Encoders.STRING())
                        .mapGroups(
                                (state, all) -> {
                                    Airport most = all.next();
                                    while (all.hasNext()) {
                                        Airport next = all.next();
                                        most = next.latitude() > most.latitude() ? next : most;
                                    }
                                    return new Tuple2<>(state, most.name());
                                },
                                Encoders.tuple(Encoders.STRING(), Encoders.STRING()));
        show(session, script, northernmost);

        script.step("The objects are an Rdd too.");
        Airport south =
                script.run(
                        session,
                        () -> airports.rdd().min(Comparator.comparingDouble(Airport::latitude)),
                        script::job);
        script.say("southernmost: " + south);
    }

    private static void show(Session session, DemoScript script, Dataset<?> objects) {
        List<?> all =
                script.run(
                        session,
                        objects::collectAsList,
                        run -> {
                            script.plan(run, PlanPhase.OPTIMIZED);
                            script.stages(run);
                        });
        script.say(all.size() + " objects: " + all.stream().limit(2).toList());
    }
}
