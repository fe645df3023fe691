package dev.vitrine.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// `docs/architecture.md` names the packages that are there, all of them and no others.
class ArchitectureDocumentTest {

    private static final Pattern ROW =
            Pattern.compile("^\\| `([a-z-]+)` \\| `dev\\.vitrine\\.([a-z]+)` \\|(.*)\\|$");
    private static final Pattern NAME = Pattern.compile("`([a-z.]+)`");

    /// Source folder of each root package, and what the document says of it.
    private static final Map<String, Path> SOURCES = new TreeMap<>();

    private static final Set<String> NAMED = new TreeSet<>();
    private static final Set<String> NOT_YET = new TreeSet<>();

    @BeforeAll
    static void readDocument() throws IOException {
        var root = Path.of(System.getProperty("vitrine.root", ".."));
        var text = Files.readString(root.resolve("docs/architecture.md"));
        for (var line : text.lines().toList()) {
            var row = ROW.matcher(line);
            if (row.matches()) {
                var module = row.group(1);
                var kind = module.equals("ui-tests") ? "test" : "main";
                var source = "src/" + kind + "/java/dev/vitrine/" + row.group(2);
                SOURCES.put(row.group(2), root.resolve(module).resolve(source));
                names(row.group(3)).forEach(name -> NAMED.add(row.group(2) + "." + name));
            }
        }
        var end = text.indexOf("Not there yet:");
        if (end >= 0) {
            NOT_YET.addAll(names(text.substring(end)));
        }
        assertFalse(NAMED.isEmpty(), "the table of packages was not understood");
    }

    @Test
    void everyPackageNamedExists() {
        var missing = new TreeSet<>(NAMED);
        missing.removeAll(NOT_YET);
        missing.removeIf(ArchitectureDocumentTest::holdsSources);
        assertEquals(Set.of(), missing);
    }

    @Test
    void everyPackageIsNamed() throws IOException {
        var unnamed = new TreeSet<String>();
        for (var source : SOURCES.entrySet()) {
            if (Files.isDirectory(source.getValue())) {
                try (var folders = Files.list(source.getValue())) {
                    folders.filter(Files::isDirectory)
                            .map(folder -> source.getKey() + "." + folder.getFileName())
                            .filter(ArchitectureDocumentTest::holdsSources)
                            .forEach(unnamed::add);
                }
            }
        }
        unnamed.removeAll(NAMED);
        assertEquals(Set.of(), unnamed);
    }

    @Test
    void onlyNamedPackagesAreAwaited() {
        var unknown = new TreeSet<>(NOT_YET);
        unknown.removeAll(NAMED);
        assertEquals(Set.of(), unknown);
    }

    private static Set<String> names(String text) {
        return NAME.matcher(text)
                .results()
                .map((MatchResult result) -> result.group(1))
                .collect(Collectors.toSet());
    }

    private static boolean holdsSources(String name) {
        var dot = name.indexOf('.');
        var folder = SOURCES.get(name.substring(0, dot));
        if (folder == null || !Files.isDirectory(folder.resolve(name.substring(dot + 1)))) {
            return false;
        }
        try (var files = Files.walk(folder.resolve(name.substring(dot + 1)))) {
            return files.anyMatch(file -> file.toString().endsWith(".java"));
        } catch (IOException e) {
            return false;
        }
    }
}
