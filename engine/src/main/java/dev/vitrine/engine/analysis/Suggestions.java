package dev.vitrine.engine.analysis;

import dev.vitrine.engine.function.EditDistance;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/// "Did you mean": names near to one that is not there.
final class Suggestions {
    private static final int MOST = 5;

    private Suggestions() {}

    /// The nearest names first, at most five.
    static List<String> nearest(String wanted, Collection<String> names) {
        String lower = wanted.toLowerCase(Locale.ROOT);
        return names.stream()
                .distinct()
                .sorted(
                        Comparator.comparingInt((String name) ->
                                        EditDistance.between(lower, name.toLowerCase(Locale.ROOT)))
                                .thenComparing(Comparator.naturalOrder()))
                .limit(MOST)
                .toList();
    }

    /// ` Did you mean …?` where a name is near enough, else nothing.
    static String sentence(String wanted, Collection<String> names) {
        int limit = Math.max(2, wanted.length() / 3);
        List<String> near =
                nearest(wanted, names).stream()
                        .filter(name ->
                                EditDistance.between(
                                                wanted.toLowerCase(Locale.ROOT),
                                                name.toLowerCase(Locale.ROOT))
                                        <= limit)
                        .toList();
        return near.isEmpty()
                ? ""
                : near.stream()
                        .map(name -> "`" + name + "`")
                        .collect(Collectors.joining(", ", " Did you mean ", "?"));
    }
}
