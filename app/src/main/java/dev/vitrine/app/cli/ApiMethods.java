package dev.vitrine.app.cli;

import dev.vitrine.engine.api.Session;
import java.io.IOException;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// What of Spark's Java API there is, found by looking for its methods' names among ours.
final class ApiMethods {
    private ApiMethods() {}

    /// A method of Spark's.
    ///
    /// @param note what differs, or empty
    private record Wanted(String name, String note) {}

    /// Spark's class and ours.
    private record Pair(String sparks, String ours) {}

    /// A row for each class, then what differs and what is missing.
    static String sections() throws IOException {
        Map<Pair, List<Wanted>> classes = new LinkedHashMap<>();
        for (String line : CompatibilityCommand.lines("spark-api.txt")) {
            String[] parts = line.split("\t");
            classes.computeIfAbsent(new Pair(parts[0], parts[1]), pair -> new ArrayList<>())
                    .add(new Wanted(parts[2], parts.length > 3 ? parts[3] : ""));
        }
        StringBuilder text =
                new StringBuilder(
                        """
                        ## Java API

                        Methods of Spark's classes by name, and the classes of `dev.vitrine.engine.api` that have them; docs/api.md shows how to use them.

                        | Spark's class | ours | methods | here | differing | missing |
                        |---|---|---|---|---|---|
                        """);
        for (Map.Entry<Pair, List<Wanted>> entry : classes.entrySet()) {
            text.append(row(entry.getKey(), entry.getValue()));
        }
        return text.append('\n').toString();
    }

    private static String row(Pair pair, List<Wanted> wanted) {
        Set<String> ours = methods(pair.ours);
        List<String> missing =
                wanted.stream().map(Wanted::name).filter(name -> !ours.contains(name)).toList();
        String differing =
                wanted.stream()
                        .filter(method -> ours.contains(method.name) && !method.note.isEmpty())
                        .map(method -> "`" + method.name + "`: " + method.note)
                        .collect(Collectors.joining("; "));
        return "| `%s` | `%s` | %d | %d | %s | %s |\n"
                .formatted(
                        pair.sparks,
                        pair.ours,
                        wanted.size(),
                        wanted.size() - missing.size(),
                        differing,
                        CompatibilityCommand.names(missing));
    }

    /// The names of a class' public methods.
    private static Set<String> methods(String name) {
        try {
            return Arrays.stream(
                            Class.forName(Session.class.getPackageName() + "." + name).getMethods())
                    .map(Method::getName)
                    .collect(Collectors.toSet());
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException("spark-api.txt names no class of ours: " + name, e);
        }
    }
}
