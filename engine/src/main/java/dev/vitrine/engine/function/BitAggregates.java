package dev.vitrine.engine.function;

import dev.vitrine.engine.expr.Accumulator;
import dev.vitrine.engine.expr.CallSite;
import dev.vitrine.engine.types.DataType;
import java.util.Collections;
import java.util.List;
import java.util.function.LongBinaryOperator;
import org.jspecify.annotations.Nullable;

/// Whole numbers combined bit by bit.
final class BitAggregates {
    private BitAggregates() {}

    static List<FunctionEntry> entries() {
        return List.of(
                entry("bit_and", "Bits that are set in all values.", (a, b) -> a & b),
                entry("bit_or", "Bits that are set in some value.", (a, b) -> a | b),
                entry("bit_xor", "Bits that are set in an odd number of values.", (a, b) -> a ^ b));
    }

    private static FunctionEntry entry(String name, String doc, LongBinaryOperator combine) {
        BoxedAggregate function =
                new BoxedAggregate(
                        name, site -> List.of(site.type()), site -> new Bits(combine, site));
        return AggregateFunctions.aggregate(
                name + "(x)", doc, List.of(ArgType.INTEGRAL), call -> call.type(0), function);
    }

    private static final class Bits implements Accumulator {
        private final LongBinaryOperator combine;
        private final DataType type;
        private boolean present;
        private long bits;

        Bits(LongBinaryOperator combine, CallSite site) {
            this.combine = combine;
            this.type = site.type();
        }

        @Override
        public void add(@Nullable Object[] args) {
            take(args[0]);
        }

        private void take(@Nullable Object value) {
            if (value instanceof Number n) {
                bits = present ? combine.applyAsLong(bits, n.longValue()) : n.longValue();
                present = true;
            }
        }

        @Override
        public List<@Nullable Object> state() {
            return Collections.singletonList(result());
        }

        @Override
        public void merge(List<@Nullable Object> state) {
            take(state.getFirst());
        }

        @Override
        public @Nullable Object result() {
            if (!present) {
                return null;
            }
            return switch (type) {
                case DataType.Simple.TINYINT -> (Object) (byte) bits;
                case DataType.Simple.SMALLINT -> (Object) (short) bits;
                case DataType.Simple.INT -> (Object) (int) bits;
                default -> (Object) bits;
            };
        }
    }
}
