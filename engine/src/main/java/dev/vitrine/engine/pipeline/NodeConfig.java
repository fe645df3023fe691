package dev.vitrine.engine.pipeline;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A node's settings, read with the types and defaults of its fields. A value of the wrong type
/// counts as the default.
public final class NodeConfig {
    private final PipelineDocument.Node node;
    private final Map<String, FormField> fields = new LinkedHashMap<>();

    public NodeConfig(PipelineDocument.Node node, List<FormField> fields) {
        this.node = node;
        fields.forEach(field -> this.fields.put(field.id(), field));
    }

    public PipelineDocument.Node node() {
        return node;
    }

    private Object value(String field) {
        Object value = node.config().get(field);
        FormField known = fields.get(field);
        return value != null ? value : known == null ? "" : known.defaultValue();
    }

    public String text(String field) {
        Object value = value(field);
        return value instanceof String || value instanceof Number || value instanceof Boolean
                ? String.valueOf(value)
                : "";
    }

    public boolean flag(String field) {
        return value(field) instanceof Boolean flag ? flag : text(field).equals("true");
    }

    public long number(String field) {
        if (value(field) instanceof Number number) {
            return number.longValue();
        }
        try {
            return Long.parseLong(text(field).strip());
        } catch (NumberFormatException e) {
            return fields.containsKey(field)
                            && fields.get(field).defaultValue() instanceof Number number
                    ? number.longValue()
                    : 0;
        }
    }

    public List<String> texts(String field) {
        return list(value(field)).stream().map(String::valueOf).filter(t -> !t.isBlank()).toList();
    }

    /// A list of records as maps of strings; members that are missing are empty.
    public List<Map<String, String>> records(String field) {
        List<Map<String, String>> records = new ArrayList<>();
        for (Object item : list(value(field))) {
            if (item instanceof Map<?, ?> map) {
                records.add(strings(map));
            }
        }
        return records;
    }

    public Map<String, String> options(String field) {
        return value(field) instanceof Map<?, ?> map ? strings(map) : Map.of();
    }

    /// Whether the field holds nothing.
    public boolean isEmpty(String field) {
        return switch (value(field)) {
            case String text -> text.isBlank();
            case List<?> list -> list.isEmpty();
            case Map<?, ?> map -> map.isEmpty();
            default -> false;
        };
    }

    private static List<?> list(Object value) {
        return value instanceof List<?> list ? list : List.of();
    }

    private static Map<String, String> strings(Map<?, ?> map) {
        Map<String, String> strings = new LinkedHashMap<>();
        map.forEach((key, value) -> strings.put(String.valueOf(key), String.valueOf(value)));
        return strings;
    }
}
