package dev.vitrine.app.slt;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.TestFactory;

/// Runs every file of the SQL corpus in every configuration; all have to give the rows written
/// down.
final class SltTest {

    @TestFactory
    List<DynamicContainer> corpus() throws IOException {
        List<SltFile> files = new ArrayList<>();
        for (Path path : paths()) {
            files.add(SltFile.read(path));
        }
        assertFalse(files.isEmpty(), "the corpus was not found");
        return Stream.of(SltConfiguration.values())
                .map(configuration ->
                        DynamicContainer.dynamicContainer(
                                configuration.name(),
                                files.stream()
                                        .map(file ->
                                                dynamicTest(
                                                        file.path().getFileName().toString(),
                                                        () -> check(file, configuration)))))
                .toList();
    }

    static List<Path> paths() throws IOException {
        Path folder =
                Path.of(System.getProperty("vitrine.root", ".."))
                        .resolve("sample-data/src/main/resources/dev/vitrine/slt");
        try (Stream<Path> all = Files.list(folder)) {
            return all.filter(path -> path.toString().endsWith(".slt")).sorted().toList();
        }
    }

    private static void check(SltFile file, SltConfiguration configuration) {
        List<String> mistakes = SltRun.mistakes(file, configuration);
        if (!mistakes.isEmpty()) {
            fail(
                    mistakes.size()
                            + " wrong in "
                            + configuration
                            + "\n"
                            + String.join("\n", mistakes));
        }
    }
}
