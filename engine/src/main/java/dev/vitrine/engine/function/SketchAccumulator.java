package dev.vitrine.engine.function;

import dev.vitrine.engine.expr.Accumulator;
import dev.vitrine.engine.types.Binary;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// An aggregate whose state and result are the bytes of a sketch.
abstract class SketchAccumulator implements Accumulator {
    /// The sketch so far.
    abstract byte[] bytes();

    /// Takes in another part's [#bytes].
    abstract void merge(byte[] other);

    @Override
    public final List<@Nullable Object> state() {
        return List.of(Binary.copyOf(bytes()));
    }

    @Override
    public final void merge(List<@Nullable Object> state) {
        if (state.getFirst() instanceof Binary other) {
            merge(other.toBytes());
        }
    }

    @Override
    public @Nullable Object result() {
        return Binary.copyOf(bytes());
    }

    /// The bytes that a text or a binary is counted by.
    static byte[] content(Object value) {
        return value instanceof Binary binary
                ? binary.toBytes()
                : value.toString().getBytes(StandardCharsets.UTF_8);
    }
}
