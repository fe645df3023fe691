package dev.vitrine.engine.function;

import dev.vitrine.engine.error.EngineException;
import dev.vitrine.engine.error.ErrorCode;
import dev.vitrine.engine.expr.Accumulator;
import dev.vitrine.engine.expr.Expr;
import dev.vitrine.engine.types.Binary;
import dev.vitrine.engine.types.DataType;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.datasketches.common.SketchesArgumentException;
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

    /// The call of an aggregate that makes sketches, with `parameter` beside the value.
    static Expr call(
            FunctionCall call,
            String name,
            Expr value,
            Object parameter,
            Supplier<SketchAccumulator> fresh) {
        return AggregateFunctions.call(
                new BoxedAggregate(name, site -> List.of(DataType.BINARY), site -> fresh.get())
                        .with(parameter)
                        .neverNull(),
                List.of(value),
                DataType.BINARY,
                call);
    }

    /// The sketch whose bytes `value` is.
    ///
    /// @throws EngineException with `code`, which takes the function's name as `parameter`, where
    ///   the bytes are none
    static <S> S sketchOf(
            @Nullable Object value,
            String function,
            ErrorCode code,
            String parameter,
            Function<byte[], S> reader) {
        try {
            return reader.apply(((Binary) Objects.requireNonNull(value)).toBytes());
        } catch (SketchesArgumentException | IndexOutOfBoundsException e) {
            throw new EngineException(code, Map.of(parameter, "`" + function + "`"), null, e);
        }
    }

    /// The bytes that a text or a binary is counted by.
    static byte[] content(Object value) {
        return value instanceof Binary binary
                ? binary.toBytes()
                : value.toString().getBytes(StandardCharsets.UTF_8);
    }
}
