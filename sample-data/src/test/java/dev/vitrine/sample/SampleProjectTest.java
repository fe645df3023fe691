package dev.vitrine.sample;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SampleProjectTest {

    @TempDir Path temporary;
    private Path shipped;
    private Path project;

    @BeforeEach
    void shipTwoFiles() throws IOException {
        shipped = temporary.resolve("shipped");
        project = temporary.resolve("project");
        write(shipped.resolve("data/a.csv"), "x\n1\n");
        write(shipped.resolve("pipelines/p.pipeline.json"), "{}");
    }

    @Test
    void everythingIsWrittenOnce() throws IOException {
        assertEquals(2, SampleProject.unpack(shipped, project).size());
        assertEquals(List.of(), SampleProject.unpack(shipped, project));
        assertEquals("x\n1\n", Files.readString(project.resolve("data/a.csv")));
    }

    @Test
    void dataOfTheSameSizeButOtherContentIsRestored() throws IOException {
        SampleProject.unpack(shipped, project);
        write(project.resolve("data/a.csv"), "x\n2\n");
        assertEquals(
                List.of(project.resolve("data/a.csv")), SampleProject.unpack(shipped, project));
        assertEquals("x\n1\n", Files.readString(project.resolve("data/a.csv")));
    }

    @Test
    void changedPipelineIsTheUsers() throws IOException {
        SampleProject.unpack(shipped, project);
        var pipeline = project.resolve("pipelines/p.pipeline.json");
        write(pipeline, "{\"mine\": 1}");
        write(shipped.resolve("pipelines/p.pipeline.json"), "{\"newer\": 1}");
        assertEquals(List.of(), SampleProject.unpack(shipped, project));
        assertEquals("{\"mine\": 1}", Files.readString(pipeline));
        // Still so after an unrelated file made the record of checksums be written again.
        Files.delete(project.resolve("data/a.csv"));
        SampleProject.unpack(shipped, project);
        SampleProject.unpack(shipped, project);
        assertEquals("{\"mine\": 1}", Files.readString(pipeline));
    }

    @Test
    void untouchedPipelineFollowsTheNewVersion() throws IOException {
        SampleProject.unpack(shipped, project);
        write(shipped.resolve("pipelines/p.pipeline.json"), "{\"newer\": 1}");
        assertEquals(1, SampleProject.unpack(shipped, project).size());
    }

    @Test
    void aJarIsReadLikeAFolder() throws IOException {
        var jar = temporary.resolve("sample.jar");
        try (FileSystem files =
                FileSystems.newFileSystem(
                        URI.create("jar:" + jar.toUri()), Map.of("create", "true"))) {
            Files.createDirectories(files.getPath("s/data"));
            Files.writeString(files.getPath("s/data/a.csv"), "x\n1\n");
        }
        try (FileSystem files = FileSystems.newFileSystem(jar)) {
            assertEquals(1, SampleProject.unpack(files.getPath("s"), project).size());
            assertEquals(List.of(), SampleProject.unpack(files.getPath("s"), project));
        }
    }

    @Test
    void theRealProjectIsComplete() throws IOException {
        SampleProject.unpack(project);
        assertEquals(13_493_022, Files.size(project.resolve("data/flights-3m.parquet")));
        assertEquals(List.of(), SampleProject.unpack(project));
    }

    @Test
    void everyDataFileHasItsSourceAndTheyStaySmall() throws IOException {
        SampleProject.unpack(project);
        var sources = Files.readString(project.resolve("data/SOURCES.md"));
        try (var files = Files.list(project.resolve("data"))) {
            var data = files.filter(file -> !file.endsWith("SOURCES.md")).toList();
            var unnamed =
                    data.stream()
                            .map(file -> String.valueOf(file.getFileName()))
                            .filter(name -> !sources.contains("| `" + name + "` |"))
                            .collect(Collectors.joining(", "));
            assertEquals("", unnamed, "files without a row in SOURCES.md");
            long sizeBytes = 0;
            for (var file : data) {
                sizeBytes += Files.size(file);
            }
            assertTrue(sizeBytes < 30_000_000, "sample data of " + sizeBytes + " bytes");
        }
    }

    private static void write(Path file, String text) throws IOException {
        Files.createDirectories(file.resolve("..").normalize());
        Files.writeString(file, text);
    }
}
