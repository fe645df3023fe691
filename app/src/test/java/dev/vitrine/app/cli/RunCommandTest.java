package dev.vitrine.app.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class RunCommandTest {
    @Test
    void eachEndOfAPipelineIsRecordedInAFileOfItsOwn() {
        assertEquals(Path.of("a/x.run.jsonl"), Recorded.file(Path.of("a/x.run.jsonl"), 1));
        assertEquals(Path.of("a/x-2.run.jsonl"), Recorded.file(Path.of("a/x.run.jsonl"), 2));
        assertEquals(Path.of("x-3.log"), Recorded.file(Path.of("x.log"), 3));
        assertEquals(Path.of("x-2"), Recorded.file(Path.of("x"), 2));
    }

    @Test
    void theProjectIsFoundFromWhatLiesInIt() {
        Path project = Path.of("/tmp/p").toAbsolutePath();
        assertEquals(
                project, RunCommand.projectFolder(project.resolve("pipelines/a.pipeline.json")));
        assertEquals(
                project, RunCommand.projectFolder(project.resolve(".vitrine/runs/a.run.jsonl")));
        assertEquals(project, RunCommand.projectFolder(project.resolve("a.run.jsonl")));
    }
}
