package dev.vitrine.connectors.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.vitrine.engine.error.EngineException;
import dev.vitrine.engine.error.ErrorCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileListingTest {
    @TempDir Path folder;

    @BeforeEach
    void makeFiles() throws IOException {
        for (String name :
                List.of(
                        "a1.csv",
                        "a2.csv",
                        "b1.csv",
                        "x.txt",
                        "_SUCCESS",
                        ".hidden.csv",
                        "sub/c1.csv",
                        "sub/_tmp/d.csv",
                        "sub/.git/e.csv",
                        "odd[1].csv",
                        "k=1/p.csv",
                        "k=2/m=x/p.csv")) {
            Path file = folder.resolve(name);
            Files.createDirectories(file.getParent());
            Files.writeString(file, "");
        }
    }

    private List<String> list(String... patterns) {
        return FileListing.list(
                        java.util.Arrays.stream(patterns)
                                .map(pattern -> folder + "/" + pattern)
                                .toList())
                .stream()
                .map(file -> folder.relativize(file.path()).toString())
                .toList();
    }

    @Test
    void patternsStandForFiles() {
        assertEquals(List.of("a1.csv"), list("a1.csv"));
        assertEquals(List.of("a1.csv", "a2.csv"), list("a*.csv"));
        assertEquals(List.of("a1.csv", "b1.csv"), list("?1.csv"));
        assertEquals(List.of("a2.csv", "x.txt"), list("{a2,x}.*"));
        assertEquals(List.of("b1.csv", "a1.csv"), list("b1.csv", "a1.csv"));
        assertEquals(List.of("sub/c1.csv"), list("s*/*.csv"));
        assertEquals(List.of("odd[1].csv"), list("odd[1].csv"));
        assertEquals(List.of("sub/c1.csv"), list("**/c1.csv"));
    }

    @Test
    void foldersAreWalkedAndHiddenFilesLeftOut() {
        assertEquals(List.of("sub/c1.csv"), list("sub"));
        assertEquals(
                List.of(
                        "a1.csv",
                        "a2.csv",
                        "b1.csv",
                        "k=1/p.csv",
                        "k=2/m=x/p.csv",
                        "odd[1].csv",
                        "sub/c1.csv",
                        "x.txt"),
                list(""));
        assertEquals(List.of(".hidden.csv"), list(".hidden.csv"));
    }

    @Test
    void whatIsNotThereIsNamed() {
        for (String missing : List.of("none.csv", "none/*.csv", "z*.csv")) {
            EngineException e = assertThrows(EngineException.class, () -> list("a1.csv", missing));
            assertEquals(ErrorCode.PATH_NOT_FOUND, e.code());
            assertEquals(folder + "/" + missing, e.args().get("path"));
        }
    }
}
