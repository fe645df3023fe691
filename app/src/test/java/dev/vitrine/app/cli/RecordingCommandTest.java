package dev.vitrine.app.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vitrine.engine.record.RunReplay;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/// `vitrine recording` on a run recorded by `vitrine sql`, there and back through Spark's form.
class RecordingCommandTest {
    @TempDir Path folder;

    private static String run(int code, String... args) {
        PrintStream before = System.out;
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
        try {
            assertEquals(
                    code,
                    new CommandLine(new Main())
                            .setExecutionExceptionHandler(new ErrorReport())
                            .setCaseInsensitiveEnumValuesAllowed(true)
                            .execute(args));
        } finally {
            System.setOut(before);
        }
        return out.toString(StandardCharsets.UTF_8);
    }

    private Path recorded() {
        Path file = folder.resolve("a.run.jsonl");
        run(
                0,
                "sql",
                "--record",
                file.toString(),
                "-e",
                "SELECT id % 2 AS k, count(*) AS n FROM range(100) GROUP BY 1; SELECT 7 AS seven");
        return file;
    }

    @Test
    void aRecordingIsShownAtItsEndAndBefore() {
        Path file = recorded();
        String end = run(0, "recording", "show", file.toString());
        assertTrue(end.contains("succeeded after"), end);
        assertTrue(end.contains("k BIGINT | n BIGINT"), end);
        assertTrue(end.contains("[100 rows]"), end);
        String start = run(0, "recording", "show", file.toString(), "--at", "0us");
        assertTrue(start.contains("unfinished after 0.0 ms"), start);
        // Each statement has a recording of its own.
        String second = run(0, "recording", "show", folder.resolve("a-2.run.jsonl").toString());
        assertTrue(second.contains("seven INT"), second);
    }

    @Test
    void aRecordingGoesThereAndBackThroughSparksForm() throws IOException {
        Path file = recorded();
        Path logs = Files.createDirectory(folder.resolve("logs"));
        run(0, "recording", "export", "--spark-event-log", file.toString(), logs.toString());
        Path log;
        try (Stream<Path> files = Files.list(logs)) {
            log = files.findFirst().orElseThrow();
        }
        String shown = run(0, "recording", "show", log.toString());
        assertTrue(shown.contains("Spark 4.2.0"), shown);
        assertTrue(shown.contains("SQL  succeeded"), shown);
        String query = run(0, "recording", "show", log.toString(), "--query", "1");
        assertTrue(query.contains("[100 rows]"), query);
        Path back = folder.resolve("back");
        assertEquals(
                "1 recordings in " + back,
                run(0, "recording", "import", log.toString(), back.toString()).strip());
        Path run = OpenCommand.imported(log);
        assertEquals(
                RunReplay.open(file).end().stages().size(),
                RunReplay.open(run).end().stages().size());
        assertTrue(run.toString().contains(".vitrine"), run.toString());
    }

    @Test
    void whatDoesNotGoTogetherIsSaid() throws IOException {
        Path file = recorded();
        run(Main.USER_ERROR, "recording", "show", file.toString(), "--query", "1");
        run(Main.USER_ERROR, "recording", "show", file.toString(), "--at", "soon");
        run(Main.USER_ERROR, "recording", "show", folder.resolve("missing").toString());
        Path wrong = Files.writeString(folder.resolve("wrong"), "not a recording\n");
        run(Main.USER_ERROR, "recording", "show", wrong.toString());
        run(Main.USER_ERROR, "recording", "import", wrong.toString(), folder.toString());
    }

    @Test
    void timesAreNumbersWithAUnit() {
        assertEquals(Duration.ofMillis(1500), RecordingCommand.time("1.5s"));
        assertEquals(Duration.ofMillis(200), RecordingCommand.time("200 ms"));
        assertEquals(Duration.ofMinutes(2), RecordingCommand.time("2m"));
        assertThrows(UserInputException.class, () -> RecordingCommand.time("2 parsecs"));
    }
}
