package dev.vitrine.app.cli;

import dev.vitrine.app.background.TemporaryFolder;
import dev.vitrine.engine.api.LocalSession;
import dev.vitrine.engine.api.Session;
import dev.vitrine.engine.settings.Settings;
import dev.vitrine.sample.SampleProject;
import java.io.IOException;
import java.io.PrintStream;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// `vitrine demo`: shows one thing that the engine does, step by step, on the sample data.
@Command(
        name = "demo",
        description = "Shows step by step what the engine does.",
        mixinStandardHelpOptions = true)
final class DemoCommand implements Callable<Integer> {
    static final List<DemoTopic> TOPICS =
            List.of(
                    new DriverDemo(),
                    new StagesDemo(),
                    new CacheDemo(),
                    new LineageDemo(),
                    new LazyDemo(),
                    new AdaptiveDemo(),
                    new RddDemo(),
                    new DatasetDemo());

    @Parameters(
            paramLabel = "TOPIC",
            description = "driver, stages, cache, lineage, lazy, adaptive, rdd or dataset.")
    private String topic = "";

    @Override
    public Integer call() throws IOException {
        DemoTopic found =
                TOPICS.stream()
                        .filter(t -> t.name().equals(topic))
                        .findFirst()
                        .orElseThrow(() ->
                                new UserInputException(
                                        "There is no topic "
                                                + topic
                                                + "; topics are "
                                                + TOPICS.stream()
                                                        .map(t -> t.name() + " (" + t.title() + ")")
                                                        .collect(Collectors.joining(", "))));
        show(found, System.out);
        return 0;
    }

    static void show(DemoTopic topic, PrintStream out) throws IOException {
        Settings settings = Settings.defaults().with(Settings.MASTER.key(), topic.master());
        try (TemporaryFolder folder = TemporaryFolder.create("vitrine-demo");
                Session session = LocalSession.open(settings)) {
            SampleProject.unpack(folder.path());
            session.read()
                    .option("header", true)
                    .option("inferSchema", true)
                    .csv(folder.path().resolve("data/airports.csv").toString())
                    .createOrReplaceTempView("airports");
            out.println(topic.name() + ": " + topic.title());
            topic.show(session, new DemoScript(out, folder.path().resolve("data")));
        }
    }
}
