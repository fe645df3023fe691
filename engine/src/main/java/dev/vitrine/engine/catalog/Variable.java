package dev.vitrine.engine.catalog;

import dev.vitrine.engine.types.DataType;
import org.jspecify.annotations.Nullable;

/// A session variable.
///
/// @param value boxed as [DataType] says
/// @param initial the value it began with, to which DEFAULT sets it back
public record Variable(
        String name, DataType type, @Nullable Object value, @Nullable Object initial) {

    public Variable withValue(@Nullable Object changed) {
        return new Variable(name, type, changed, initial);
    }
}
