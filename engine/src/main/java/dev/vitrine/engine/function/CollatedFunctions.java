package dev.vitrine.engine.function;

import dev.vitrine.engine.expr.CallSite;
import dev.vitrine.engine.expr.Expr;
import dev.vitrine.engine.expr.ScalarFunction;
import dev.vitrine.engine.types.Collation;
import dev.vitrine.engine.types.DataType;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The forms of functions that look for text in text, for text that is not compared by its bytes.
final class CollatedFunctions {
    private CollatedFunctions() {}

    /// What a function does with its arguments, none of which is NULL.
    @FunctionalInterface
    private interface Body {
        Object apply(CollatedText text, Object[] args);
    }

    private static final Map<String, Body> TEXTS =
            Map.ofEntries(
                    Map.entry("contains", (c, a) -> c.find(text(a[0]), text(a[1]), 0).isPresent()),
                    Map.entry("startswith", (c, a) -> c.at(text(a[0]), text(a[1]), 0).isPresent()),
                    Map.entry("endswith", (c, a) -> endsWith(c, text(a[0]), text(a[1]))),
                    Map.entry("instr", (c, a) -> locate(c, text(a[1]), text(a[0]), 1)),
                    Map.entry(
                            "locate",
                            (c, a) ->
                                    locate(
                                            c,
                                            text(a[0]),
                                            text(a[1]),
                                            a.length > 2 ? (Integer) a[2] : 1)),
                    Map.entry(
                            "replace",
                            (c, a) ->
                                    replace(
                                            c,
                                            text(a[0]),
                                            text(a[1]),
                                            a.length > 2 ? text(a[2]) : "")),
                    Map.entry(
                            "substring_index",
                            (c, a) -> substringIndex(c, text(a[0]), text(a[1]), (Integer) a[2])),
                    Map.entry(
                            "split_part",
                            (c, a) -> splitPart(c, text(a[0]), text(a[1]), (Integer) a[2])),
                    Map.entry("find_in_set", (c, a) -> findInSet(c, text(a[0]), text(a[1]))),
                    Map.entry("translate", (c, a) -> translate(c, a)),
                    Map.entry("trim", (c, a) -> trim(c, a, true, true)),
                    Map.entry("ltrim", (c, a) -> trim(c, a, true, false)),
                    Map.entry("rtrim", (c, a) -> trim(c, a, false, true)));

    /// Whether `function` has a form for collations.
    static boolean has(String function) {
        return TEXTS.containsKey(function);
    }

    /// The form of a call for a collation.
    static Expr of(Expr.Call plain, Collation collation) {
        return new Expr.Call(
                new Collated(plain.function(), collation),
                plain.args(),
                plain.type(),
                plain.mode());
    }

    /// A function as a collation has it.
    private record Collated(ScalarFunction plain, Collation collation) implements ScalarFunction {
        @Override
        public String name() {
            return plain.name();
        }

        @Override
        public @Nullable Object evaluate(@Nullable Object[] args, CallSite site) {
            Object[] values = new Object[args.length];
            for (int i = 0; i < args.length; i++) {
                Object value = args[i];
                values[i] = value == null ? "" : value;
            }
            Body body = Objects.requireNonNull(TEXTS.get(name()));
            return body.apply(CollatedText.of(collation), values);
        }

        @Override
        public boolean canFail(CallSite site) {
            return plain.canFail(site);
        }
    }

    private static String text(Object value) {
        return (String) value;
    }

    private static List<CollatedText.Place> places(CollatedText c, String text, String part) {
        List<CollatedText.Place> places = new ArrayList<>();
        Optional<CollatedText.Place> place = c.find(text, part, 0);
        while (place.isPresent() && place.get().end() > place.get().start()) {
            places.add(place.get());
            place = c.find(text, part, place.get().end());
        }
        return places;
    }

    private static boolean endsWith(CollatedText c, String text, String part) {
        if (part.isEmpty()) {
            return true;
        }
        for (int from = text.length() - 1; from >= 0; from--) {
            if (c.at(text, part, from).filter(p -> p.end() == text.length()).isPresent()) {
                return true;
            }
        }
        return false;
    }

    private static int locate(CollatedText c, String part, String text, int position) {
        int count = text.codePointCount(0, text.length());
        if (position < 1 || position > count + 1) {
            return 0;
        }
        return c.find(text, part, text.offsetByCodePoints(0, position - 1))
                .map(place -> text.codePointCount(0, place.start()) + 1)
                .orElse(0);
    }

    private static String replace(CollatedText c, String text, String part, String with) {
        StringBuilder result = new StringBuilder();
        int done = 0;
        for (CollatedText.Place place : places(c, text, part)) {
            result.append(text, done, place.start()).append(with);
            done = place.end();
        }
        return result.append(text, done, text.length()).toString();
    }

    private static String substringIndex(CollatedText c, String text, String part, int count) {
        if (count == 0 || part.isEmpty()) {
            return "";
        }
        List<CollatedText.Place> places = places(c, text, part);
        if (Math.abs((long) count) > places.size()) {
            return text;
        }
        return count > 0
                ? text.substring(0, places.get(count - 1).start())
                : text.substring(places.get(places.size() + count).end());
    }

    private static String splitPart(CollatedText c, String text, String delimiter, int part) {
        List<String> parts = new ArrayList<>();
        int done = 0;
        for (CollatedText.Place place : places(c, text, delimiter)) {
            parts.add(text.substring(done, place.start()));
            done = place.end();
        }
        parts.add(text.substring(done));
        return TextOperations.part(parts, part);
    }

    private static int findInSet(CollatedText c, String text, String list) {
        if (text.indexOf(',') >= 0) {
            return 0;
        }
        List<Object> keys = new ArrayList<>();
        for (String word : list.split(",", -1)) {
            keys.add(c.key(word));
        }
        return keys.indexOf(c.key(text)) + 1;
    }

    private static String translate(CollatedText c, Object[] a) {
        List<Object> from = keys(c, text(a[1]));
        int[] to = text(a[2]).codePoints().toArray();
        StringBuilder result = new StringBuilder();
        text(a[0])
                .codePoints()
                .forEach(point -> {
                    int at = from.indexOf(c.key(Character.toString(point)));
                    if (at < 0) {
                        result.appendCodePoint(point);
                    } else if (at < to.length) {
                        result.appendCodePoint(to[at]);
                    }
                });
        return result.toString();
    }

    private static List<Object> keys(CollatedText c, String characters) {
        return characters.codePoints().mapToObj(point -> c.key(Character.toString(point))).toList();
    }

    private static String trim(CollatedText c, Object[] a, boolean start, boolean end) {
        String text = text(a[0]);
        String characters = a.length > 1 ? text(a[1]) : " ";
        Set<Object> keys = new HashSet<>(keys(c, characters));
        int from = 0;
        int to = text.length();
        while (start && from < to && trimmed(c, keys, characters, text.codePointAt(from))) {
            from += Character.charCount(text.codePointAt(from));
        }
        while (end && to > from && trimmed(c, keys, characters, text.codePointBefore(to))) {
            to -= Character.charCount(text.codePointBefore(to));
        }
        return text.substring(from, to);
    }

    /// Of blanks a collation may make nothing at all: they are looked for as they are.
    private static boolean trimmed(CollatedText c, Set<Object> keys, String characters, int point) {
        return point == ' '
                ? characters.indexOf(' ') >= 0
                : keys.contains(c.key(Character.toString(point)));
    }

    // Arrays

    /// What stands for `value` where values are compared: text within it by its key.
    static @Nullable Object key(@Nullable Object value, DataType type) {
        if (value == null) {
            return null;
        }
        return switch (type) {
            case DataType.Collated(var collation) -> CollatedText.of(collation).key(text(value));
            case DataType.Array(var element, var nulls) -> {
                List<@Nullable Object> keys = new ArrayList<>();
                ((List<?>) value).forEach(item -> keys.add(key(item, element)));
                yield keys;
            }
            case DataType.Struct(var fields) -> {
                List<@Nullable Object> keys = new ArrayList<>();
                for (int i = 0; i < fields.size(); i++) {
                    keys.add(key(((List<?>) value).get(i), fields.get(i).type()));
                }
                yield keys;
            }
            case DataType.MapOf(var key, var each, var nulls) -> {
                Map<@Nullable Object, @Nullable Object> keys = new java.util.LinkedHashMap<>();
                ((Map<?, ?>) value).forEach((k, v) -> keys.put(key(k, key), key(v, each)));
                yield keys;
            }
            default -> value;
        };
    }
}
