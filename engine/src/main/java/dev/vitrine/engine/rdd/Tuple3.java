package dev.vitrine.engine.rdd;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/// Three values; under Spark's name.
@SuppressWarnings("serial") // serializable where its values are
public record Tuple3<
                T1 extends @Nullable Object,
                T2 extends @Nullable Object,
                T3 extends @Nullable Object>(
        T1 _1, T2 _2, T3 _3) implements Serializable {
    @Override
    public String toString() {
        return "(" + _1 + "," + _2 + "," + _3 + ")";
    }
}
