package dev.vitrine.engine.api;

import dev.vitrine.engine.rdd.Encoder;
import org.jspecify.annotations.Nullable;

/// A column with the class of its values; under Spark's name.
public record TypedColumn<U extends @Nullable Object>(Column column, Encoder<U> encoder) {}
