package dev.vitrine.app.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// HotSpot is silent about a pattern that matches nothing; this is not.
class CompilerDirectivesTest {
    private static final Path FILE = Path.of("src/main/launcher/compiler-directives.json");
    private static final List<Path> SOURCES =
            List.of(Path.of("../engine/src/main/java"), Path.of("../connectors/src/main/java"));

    @Test
    void eachPatternOfOursMatchesAClass() throws IOException {
        List<String> nothing = new ArrayList<>();
        for (String pattern : patterns()) {
            if (pattern.startsWith("dev/vitrine/") && !matches(pattern)) {
                nothing.add(pattern);
            }
        }
        assertEquals(List.of(), nothing);
    }

    @Test
    void eachPatternNamesClassesAndOneOrAllOfTheirMethods() throws IOException {
        for (String pattern : patterns()) {
            assertTrue(pattern.matches("[\\w/]+\\*?\\.(\\*|<init>|\\w+)"), pattern);
        }
    }

    @Test
    void whatRowsGoThroughKeepsC2() throws IOException {
        for (String kept : List.of("kernel", "batch", "function", "storage", "memory")) {
            for (String pattern : patterns()) {
                assertFalse(pattern.startsWith("dev/vitrine/engine/" + kept), pattern);
            }
        }
    }

    private static boolean matches(String pattern) throws IOException {
        String prefix = pattern.substring(0, pattern.indexOf('*'));
        Path folder = Path.of(prefix.substring(0, prefix.lastIndexOf('/')));
        String start = prefix.substring(prefix.lastIndexOf('/') + 1);
        for (Path root : SOURCES) {
            if (Files.isDirectory(root.resolve(folder))) {
                try (Stream<Path> files = Files.list(root.resolve(folder))) {
                    if (files.anyMatch(
                            file ->
                                    file.getFileName().toString().startsWith(start)
                                            && file.toString().endsWith(".java"))) {
                        return true;
                    }
                }
            }
        }
        return false;
    }

    private static List<String> patterns() throws IOException {
        ObjectMapper json = new ObjectMapper().enable(JsonParser.Feature.ALLOW_COMMENTS);
        json.enable(JsonParser.Feature.ALLOW_UNQUOTED_FIELD_NAMES);
        List<String> patterns = new ArrayList<>();
        for (JsonNode block : json.readTree(FILE.toFile())) {
            assertTrue(
                    block.path("c2").path("Exclude").asBoolean(),
                    "a block that does not exclude C2: " + block);
            block.path("match").forEach(pattern -> patterns.add(pattern.asText()));
        }
        assertFalse(patterns.isEmpty());
        return patterns;
    }
}
