package dev.vitrine.engine.api;

import dev.vitrine.engine.error.EngineException;
import dev.vitrine.engine.error.ErrorCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Names of columns as programs write them: parts with dots between, each in back-ticks where it
/// holds a dot itself.
final class AttributeName {
    private AttributeName() {}

    /// @throws EngineException INVALID_ATTRIBUTE_NAME_SYNTAX
    static List<String> parts(String name) {
        List<String> parts = new ArrayList<>();
        StringBuilder part = new StringBuilder();
        boolean quoted = false;
        int i = 0;
        while (i < name.length()) {
            char c = name.charAt(i);
            if (quoted) {
                boolean twice = c == '`' && i + 1 < name.length() && name.charAt(i + 1) == '`';
                if (twice) {
                    part.append('`');
                    i++;
                } else if (c == '`') {
                    quoted = false;
                    if (i + 1 < name.length() && name.charAt(i + 1) != '.') {
                        throw invalid(name);
                    }
                } else {
                    part.append(c);
                }
            } else if (c == '`') {
                if (!part.isEmpty()) {
                    throw invalid(name);
                }
                quoted = true;
            } else if (c == '.') {
                if (i == 0 || name.charAt(i - 1) == '.' || i == name.length() - 1) {
                    throw invalid(name);
                }
                parts.add(part.toString());
                part.setLength(0);
            } else {
                part.append(c);
            }
            i++;
        }
        if (quoted) {
            throw invalid(name);
        }
        parts.add(part.toString());
        return parts;
    }

    private static EngineException invalid(String name) {
        return new EngineException(
                ErrorCode.INVALID_ATTRIBUTE_NAME_SYNTAX, Map.of("name", "\"" + name + "\""));
    }
}
