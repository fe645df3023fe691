package dev.vitrine.app.text;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class TextTest {
    @Test
    void everyMethodHasATextAndEveryTextAMethod() {
        Set<String> methods =
                Arrays.stream(Text.class.getMethods())
                        .map(Method::getName)
                        .collect(Collectors.toCollection(TreeSet::new));
        assertEquals(methods, new TreeSet<>(Texts.load("text.properties").stringPropertyNames()));
    }

    @Test
    void everyTextIsUsed() throws IOException {
        StringBuilder sources = new StringBuilder();
        try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
            for (Path file : files.filter(f -> f.toString().endsWith(".java")).toList()) {
                if (!file.endsWith("Text.java")) {
                    sources.append(Files.readString(file));
                }
            }
        }
        Set<String> unused = new TreeSet<>();
        for (Method method : Text.class.getMethods()) {
            if (!Pattern.compile("\\b" + method.getName() + "\\(").matcher(sources).find()) {
                unused.add(method.getName());
            }
        }
        assertEquals(Set.of(), unused);
    }

    @Test
    void argumentsFillTheirPlaces() {
        assertEquals("1,000 rows", Texts.english().rowsShown(1000));
        assertEquals("1 problem", Texts.english().problemCount(1));
        assertEquals("Undo Move", Texts.english().undoWhat("Move"));
    }

    @Test
    void numbersComeWithUnits() {
        assertEquals("812 ms", Units.time(812_000_000));
        assertEquals("3.42 s", Units.time(3_420_000_000L));
        assertEquals("2 min 05 s", Units.time(125_000_000_000L));
        assertEquals("13 MB", Units.bytes(13_493_022));
        assertEquals("99,999", Units.count(99_999));
        assertEquals("366K", Units.count(366_000));
        assertEquals("2.93M", Units.count(2_928_000));
        assertEquals("1.00M", Units.count(999_600));
    }
}
