package dev.vitrine.engine.rdd;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/// Two values; under Spark's name, with Spark's names for them as columns.
@SuppressWarnings("serial") // serializable where its values are
public record Tuple2<T1 extends @Nullable Object, T2 extends @Nullable Object>(T1 _1, T2 _2)
        implements Serializable {
    /// `(a,1)`, as Spark writes it to text files.
    @Override
    public String toString() {
        return "(" + _1 + "," + _2 + ")";
    }
}
