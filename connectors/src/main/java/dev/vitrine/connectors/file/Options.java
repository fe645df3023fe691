package dev.vitrine.connectors.file;

import dev.vitrine.engine.error.EngineException;
import dev.vitrine.engine.error.ErrorCode;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// A connector's options, letter case of their names ignored.
public final class Options {
    private final Map<String, String> values = new HashMap<>();

    public Options(Map<String, String> options) {
        options.forEach((name, value) -> values.put(name.toLowerCase(Locale.ROOT), value));
    }

    public Optional<String> get(String name) {
        return Optional.ofNullable(values.get(name.toLowerCase(Locale.ROOT)));
    }

    public String get(String name, String fallback) {
        return get(name).orElse(fallback);
    }

    public boolean getBoolean(String name, boolean fallback) {
        String text = get(name, Boolean.toString(fallback)).strip().toLowerCase(Locale.ROOT);
        return switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> throw invalid(name, text, "true or false");
        };
    }

    public int getInt(String name, int fallback) {
        String text = get(name, Integer.toString(fallback)).strip();
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw invalid(name, text, "a whole number");
        }
    }

    /// One ASCII character, `\t` and the like written out; empty where the option is empty.
    public Optional<Byte> getByte(String name) {
        Optional<String> given = get(name);
        if (given.isEmpty() || given.get().isEmpty()) {
            return Optional.empty();
        }
        String text =
                switch (given.get()) {
                    case "\\t" -> "\t";
                    case "\\u0001" -> "\u0001";
                    case "\\\\" -> "\\";
                    default -> given.get();
                };
        if (text.length() != 1 || text.charAt(0) > 126) {
            throw invalid(name, given.get(), "one ASCII character");
        }
        return Optional.of((byte) text.charAt(0));
    }

    public static EngineException invalid(String option, String value, String expected) {
        return new EngineException(
                ErrorCode.INVALID_OPTION,
                Map.of("option", option, "value", "'" + value + "'", "expected", expected));
    }
}
