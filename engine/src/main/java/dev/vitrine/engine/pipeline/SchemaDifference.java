package dev.vitrine.engine.pipeline;

import dev.vitrine.engine.types.Field;
import dev.vitrine.engine.types.Schema;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// What a node does to the columns of its inputs, by name.
///
/// @param added columns that no input has
/// @param removed columns of inputs that do not come out
/// @param retyped columns that come out with another type
public record SchemaDifference(List<Field> added, List<Field> removed, List<Retyped> retyped) {
    public SchemaDifference {
        added = List.copyOf(added);
        removed = List.copyOf(removed);
        retyped = List.copyOf(retyped);
    }

    /// A column whose type changed.
    public record Retyped(Field before, Field after) {}

    public static SchemaDifference of(List<Schema> inputs, Schema output) {
        Map<String, Field> before = new HashMap<>();
        inputs.forEach(input -> input.fields().forEach(f -> before.putIfAbsent(f.name(), f)));
        List<Field> added = new ArrayList<>();
        List<Retyped> retyped = new ArrayList<>();
        for (Field field : output.fields()) {
            Field old = before.get(field.name());
            if (old == null) {
                added.add(field);
            } else if (!old.type().equals(field.type())) {
                retyped.add(new Retyped(old, field));
            }
        }
        List<Field> removed =
                inputs.stream()
                        .flatMap(input -> input.fields().stream())
                        .filter(field -> !output.names().contains(field.name()))
                        .distinct()
                        .toList();
        return new SchemaDifference(added, removed, retyped);
    }

    public boolean isEmpty() {
        return added.isEmpty() && removed.isEmpty() && retyped.isEmpty();
    }
}
