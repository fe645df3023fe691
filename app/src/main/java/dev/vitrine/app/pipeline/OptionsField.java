package dev.vitrine.app.pipeline;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import javafx.scene.Node;

/// A field whose value is a map of texts: rows of name and value.
final class OptionsField extends FieldEditor {
    private final ListField list;

    OptionsField(Consumer<Object> changed, String id, Surroundings around) {
        super(changed);
        list =
                new ListField(
                        rows -> emit(),
                        id,
                        around,
                        ListField.text("key", around.text().optionHint(), 112),
                        ListField.text("value", around.text().valueHint(), 0));
    }

    @Override
    Node node() {
        return list.node();
    }

    @Override
    Object value() {
        Map<String, Object> options = new LinkedHashMap<>();
        for (Object item : (List<?>) list.value()) {
            if (item instanceof Map<?, ?> row && row.get("key") != null) {
                Object value = row.get("value");
                options.put(
                        String.valueOf(row.get("key")), value == null ? "" : String.valueOf(value));
            }
        }
        return options;
    }

    @Override
    void set(Object value) {
        List<Object> rows = new ArrayList<>();
        if (value instanceof Map<?, ?> map) {
            map.forEach((key, text) ->
                    rows.add(Map.of("key", String.valueOf(key), "value", String.valueOf(text))));
        }
        list.set(rows);
    }
}
