package dev.vitrine.engine.function;

import dev.vitrine.engine.error.EngineException;
import dev.vitrine.engine.error.ErrorCode;
import dev.vitrine.engine.types.Binary;
import dev.vitrine.engine.types.DataType;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Bitmaps of 32,768 bits, made of positions or of other bitmaps.
final class BitmapAggregates {
    private static final int BYTES = 4_096;

    private enum Way {
        CONSTRUCT,
        OR,
        AND
    }

    private BitmapAggregates() {}

    static List<FunctionEntry> entries() {
        return List.of(
                entry(
                        "bitmap_construct_agg(position)",
                        "A bitmap with the bits of all positions set.",
                        ArgType.BIGINT,
                        Way.CONSTRUCT),
                entry(
                        "bitmap_or_agg(bitmap)",
                        "The bits that are set in any of the bitmaps.",
                        ArgType.BINARY,
                        Way.OR),
                entry(
                        "bitmap_and_agg(bitmap)",
                        "The bits that are set in all of the bitmaps.",
                        ArgType.BINARY,
                        Way.AND));
    }

    private static FunctionEntry entry(String signature, String doc, ArgType type, Way way) {
        String name = signature.substring(0, signature.indexOf('('));
        BoxedAggregate function =
                new BoxedAggregate(name, site -> List.of(DataType.BINARY), site -> new Bitmap(way))
                        .neverNull();
        return AggregateFunctions.aggregate(
                signature, doc, List.of(type), call -> DataType.BINARY, function);
    }

    private static final class Bitmap extends SketchAccumulator {
        private final Way way;
        private final byte[] bits = new byte[BYTES];

        Bitmap(Way way) {
            this.way = way;
            if (way == Way.AND) {
                Arrays.fill(bits, (byte) 0xFF);
            }
        }

        @Override
        public void add(@Nullable Object[] args) {
            switch (args[0]) {
                case null -> {}
                case Long position -> set(position);
                case Object bitmap -> merge(((Binary) bitmap).toBytes());
            }
        }

        private void set(long position) {
            if (position < 0 || position >= 8L * BYTES) {
                throw new EngineException(
                        ErrorCode.INVALID_BITMAP_POSITION,
                        Map.of(
                                "bitPosition", position,
                                "bitmapNumBytes", BYTES,
                                "bitmapNumBits", 8 * BYTES));
            }
            bits[(int) (position / 8)] |= (byte) (1 << position % 8);
        }

        @Override
        byte[] bytes() {
            return bits;
        }

        /// Bits that a shorter bitmap does not have are not set.
        @Override
        void merge(byte[] other) {
            for (int i = 0; i < BYTES; i++) {
                byte theirs = i < other.length ? other[i] : 0;
                bits[i] = (byte) (way == Way.AND ? bits[i] & theirs : bits[i] | theirs);
            }
        }
    }
}
