package dev.vitrine.engine.rdd;

import org.jspecify.annotations.Nullable;

/// Two values; under Spark's name, with Spark's names for them as columns.
public record Tuple2<T1 extends @Nullable Object, T2 extends @Nullable Object>(T1 _1, T2 _2) {}
