package dev.vitrine.engine.api;

import dev.vitrine.engine.expr.Accumulator;
import dev.vitrine.engine.expr.AggregateFunction;
import dev.vitrine.engine.expr.CallSite;
import dev.vitrine.engine.rdd.Encoder;
import dev.vitrine.engine.rdd.UserCode;
import dev.vitrine.engine.types.DataType;
import dev.vitrine.engine.types.Field;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// A call of an [Aggregator] from a plan. The buffer is an object as long as it stays in one part;
/// between parts its encoder's value carries it.
record UserAggregate<IN, BUF, OUT>(
        String name, Aggregator<IN, BUF, OUT> aggregator, Encoder<IN> input)
        implements AggregateFunction {

    UserAggregate<IN, BUF, OUT> named(String changed) {
        return new UserAggregate<>(changed, aggregator, input);
    }

    /// The columns that a row's value is read of.
    List<Field> arguments() {
        return input.schema().fields();
    }

    DataType result() {
        return aggregator.outputEncoder().type();
    }

    @Override
    public List<DataType> stateTypes(CallSite site) {
        return List.of(aggregator.bufferEncoder().type());
    }

    @Override
    public Accumulator accumulator(CallSite site) {
        return new Running();
    }

    private final class Running implements Accumulator {
        private final Encoder<BUF> buffers = aggregator.bufferEncoder();
        private BUF buffer = guarded(List.of(), aggregator::zero);

        @Override
        public void add(@Nullable Object[] args) {
            buffer =
                    guarded(
                            Collections.unmodifiableList(java.util.Arrays.asList(args)),
                            () -> aggregator.reduce(buffer, input.read(args)));
        }

        @Override
        @SuppressWarnings("NullAway") // what the lambda gives may be null, which is not inferred
        public List<@Nullable Object> state() {
            return Collections.singletonList(guarded(List.of(), () -> buffers.writeValue(buffer)));
        }

        @Override
        public void merge(List<@Nullable Object> state) {
            buffer =
                    guarded(
                            List.of(),
                            () -> aggregator.merge(buffer, buffers.readValue(state.getFirst())));
        }

        @Override
        @SuppressWarnings("NullAway") // what the lambda gives may be null, which is not inferred
        public @Nullable Object result() {
            return guarded(
                    List.of(),
                    () -> aggregator.outputEncoder().writeValue(aggregator.finish(buffer)));
        }
    }

    private <T extends @Nullable Object> T guarded(
            List<@Nullable Object> values, UserCode.Step<T> step) {
        List<DataType> types = arguments().stream().map(Field::type).toList();
        return new UserCode(name, UserCode.types(types), result().catalogString())
                .call(
                        () ->
                                values.stream()
                                        .map(UserCode::shown)
                                        .collect(Collectors.joining(", ")),
                        step);
    }
}
