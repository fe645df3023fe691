package dev.vitrine.app.cli;

import dev.vitrine.app.text.Units;
import dev.vitrine.engine.eventlog.SparkApplication;
import dev.vitrine.engine.eventlog.SparkApplication.LoggedQuery;
import dev.vitrine.engine.eventlog.SparkEventLog;
import dev.vitrine.engine.eventlog.SparkLogImport;
import dev.vitrine.engine.eventlog.SparkLogWriter;
import dev.vitrine.engine.record.RunReplay;
import dev.vitrine.engine.record.RunSummary;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `vitrine recording`: looks at recorded runs and Spark event logs, and turns one into the other.
@Command(
        name = "recording",
        description = "Shows recorded runs and Spark event logs, and turns one into the other.",
        mixinStandardHelpOptions = true,
        subcommandsRepeatable = false)
final class RecordingCommand {
    private static final int TEXT_WIDTH = 70;
    private static final Pattern TIME = Pattern.compile("(\\d+(?:\\.\\d+)?)\\s*(us|ms|s|m|h)");

    @Command(
            name = "show",
            description = {
                "Prints what a recording holds, at its end or at an instant before.",
                "Of a Spark event log: its queries, or with --query one of them."
            },
            mixinStandardHelpOptions = true)
    int show(
            @Parameters(paramLabel = "FILE", description = "A recording or a Spark event log.")
                    Path file,
            @Option(
                            names = "--at",
                            paramLabel = "TIME",
                            description = "The time since the run's start, such as 1.5s or 200ms.")
                    @Nullable String at,
            @Option(
                            names = "--query",
                            paramLabel = "N",
                            description = "The number of an event log's query.")
                    @Nullable Long query) {
        exists(file);
        SnapshotText text = new SnapshotText(System.out);
        if (SparkEventLog.isEventLog(file) || Files.isDirectory(file)) {
            SparkEventLog log = SparkEventLog.open(file);
            if (at != null) {
                throw new UserInputException(
                        "--at goes with a recording; vitrine recording import makes recordings of"
                                + " an event log");
            }
            if (query == null) {
                print(log.application());
            } else {
                text.print(log.snapshot(known(log, query)));
            }
            return 0;
        }
        if (query != null) {
            throw new UserInputException("--query goes with a Spark event log");
        }
        RunReplay replay = RunReplay.open(file);
        text.print(at == null ? replay.end() : replay.at(time(at)));
        tellDamage(replay);
        return 0;
    }

    private static long known(SparkEventLog log, long query) {
        SparkApplication application = log.application();
        if (application.queries().stream().noneMatch(q -> q.id() == query)) {
            throw new UserInputException(
                    "The log has no query "
                            + query
                            + "; it has "
                            + application.queries().size()
                            + ", counted from 1");
        }
        return query;
    }

    @Command(
            name = "export",
            description = "Writes a recording as an event log for Spark's History Server.",
            mixinStandardHelpOptions = true)
    int export(
            @Option(
                            names = "--spark-event-log",
                            required = true,
                            description = "The form to write; there is this one.")
                    boolean sparkEventLog,
            @Parameters(paramLabel = "FILE", description = "A recording.") Path file,
            @Parameters(
                            paramLabel = "OUT",
                            description =
                                    "A file, or a folder of event logs (spark.history.fs.logDirectory).")
                    Path out) {
        exists(file);
        RunReplay replay = RunReplay.open(file);
        Path written = SparkLogWriter.write(replay, out);
        tellDamage(replay);
        System.out.println(written + " is application " + SparkLogWriter.applicationId(replay));
        return 0;
    }

    @Command(
            name = "import",
            description = "Writes each query of a Spark event log as a recording of its own.",
            mixinStandardHelpOptions = true)
    int importLog(
            @Parameters(paramLabel = "LOG", description = "A Spark event log, file or folder.")
                    Path log,
            @Parameters(paramLabel = "FOLDER", description = "Where the recordings go.")
                    Path folder) {
        exists(log);
        List<Path> files = SparkLogImport.into(SparkEventLog.open(log), folder).files();
        System.out.println(files.size() + " recordings in " + folder);
        return 0;
    }

    private static void exists(Path file) {
        if (!Files.exists(file)) {
            throw new UserInputException("There is nothing at " + file);
        }
    }

    /// The time that `text` says, a number and its unit.
    static Duration time(String text) {
        Matcher time = TIME.matcher(text.strip());
        if (!time.matches()) {
            throw new UserInputException("--at is a time as 1.5s, 200ms or 2m, not " + text);
        }
        long unit =
                switch (time.group(2)) {
                    case "us" -> 1_000;
                    case "ms" -> 1_000_000;
                    case "m" -> 60_000_000_000L;
                    case "h" -> 3_600_000_000_000L;
                    default -> 1_000_000_000;
                };
        return Duration.ofNanos(Math.round(Double.parseDouble(time.group(1)) * unit));
    }

    private static void tellDamage(RunReplay replay) {
        if (!replay.damagedLines().isEmpty()) {
            System.err.println(
                    "Lines that cannot be read and are left out: "
                            + RunSummary.name(replay.damagedLines().toString(), 200));
        }
        if (!replay.unknownKinds().isEmpty()) {
            System.err.println(
                    "Events of kinds that only a later version knows: " + replay.unknownKinds());
        }
        if (!replay.complete()) {
            System.err.println("The recording ends before the run does.");
        }
        replay.indexNotKept()
                .ifPresent(why ->
                        System.err.println(
                                "The index of this long recording could not be kept beside it ("
                                        + why
                                        + "): opening it again will take as long."));
    }

    private static void print(SparkApplication application) {
        System.out.printf(
                "%s (%s), Spark %s on %s, user %s%n",
                application.name(),
                application.id(),
                application.sparkVersion(),
                application.master(),
                application.user());
        System.out.printf(
                "from %s to %s%n",
                application.startedAt(),
                application.endedAt().map(Object::toString).orElse("(its end is not in the log)"));
        for (var executor : application.executors()) {
            System.out.printf(
                    "executor %s, %d slots on %s%s%n",
                    executor.name(),
                    executor.slots(),
                    executor.host(),
                    executor.removed().isEmpty() ? "" : ": " + executor.removed());
        }
        for (LoggedQuery query : application.queries()) {
            System.out.printf(
                    Locale.ROOT,
                    "%4d  %-4s %-11s %10s  %s%n",
                    query.id(),
                    query.sql() ? "SQL" : "job",
                    SnapshotText.word(query.outcome()),
                    query.elapsedNanos() < 0 ? "" : Units.time(query.elapsedNanos()),
                    RunSummary.name(query.text(), TEXT_WIDTH));
        }
        application.damaged().forEach(System.err::println);
    }
}
