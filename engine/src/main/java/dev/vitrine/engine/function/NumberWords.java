package dev.vitrine.engine.function;

import dev.vitrine.engine.expr.WordAccumulator;
import dev.vitrine.engine.kernel.ValueWords;
import dev.vitrine.engine.types.Binary;
import dev.vitrine.engine.types.DataType;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The numbers of a group, of which a few places in their order are asked for. Intervals are
/// numbers of months or microseconds.
final class NumberWords implements WordAccumulator {
    /// Selecting more places than this takes longer than sorting.
    private static final int MOST_SELECTIONS = 3;

    /// Makes the result.
    @FunctionalInterface
    interface Finish {
        @Nullable Object of(NumberWords numbers);
    }

    private final DataType type;
    private final boolean fractional;
    private final Finish finish;
    private long[] words = new long[0];
    private int count;
    private int selections;

    NumberWords(DataType type, Finish finish) {
        this.type = type;
        this.fractional = type == DataType.DOUBLE || type == DataType.FLOAT;
        this.finish = finish;
    }

    /// Whether values of a type can be kept so and got back by [#value].
    static boolean holds(DataType type) {
        return type.isIntegral() || type == DataType.DOUBLE || type == DataType.FLOAT;
    }

    DataType type() {
        return type;
    }

    int count() {
        return count;
    }

    private long word(int place) {
        if (selections < MOST_SELECTIONS) {
            selections++;
            return ValueWords.select(words, count, place);
        }
        if (selections == MOST_SELECTIONS) {
            selections++;
            Arrays.sort(words, 0, count);
        }
        return words[place];
    }

    /// The number that comes `place`th in order, from 0.
    double number(long place) {
        long word = word(Math.toIntExact(place));
        return fractional ? ValueWords.number(word) : word;
    }

    /// The same as a value of the type.
    Object value(int place) {
        long word = word(place);
        return switch (type) {
            case DataType.Simple.TINYINT -> (byte) word;
            case DataType.Simple.SMALLINT -> (short) word;
            case DataType.Simple.INT -> (int) word;
            case DataType.Simple.FLOAT -> (float) ValueWords.number(word);
            case DataType.Simple.DOUBLE -> ValueWords.number(word);
            default -> word;
        };
    }

    @Override
    public void add(@Nullable Object[] args) {
        if (args[0] instanceof Number value) {
            room(1);
            words[count++] = fractional ? ValueWords.word(value.doubleValue()) : value.longValue();
        }
    }

    private void room(int more) {
        selections = 0;
        if (count + more > words.length) {
            words = Arrays.copyOf(words, Math.max(Math.addExact(count, more), 2 * count));
        }
    }

    @Override
    public void addWords(long[] from, int size) {
        room(size);
        System.arraycopy(from, 0, words, count, size);
        count += size;
    }

    @Override
    public List<@Nullable Object> state() {
        ByteBuffer bytes = ByteBuffer.allocate(8 * count).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asLongBuffer().put(words, 0, count);
        return List.of(Binary.copyOf(bytes.array()));
    }

    @Override
    public void merge(List<@Nullable Object> state) {
        if (state.getFirst() instanceof Binary bytes) {
            int size = bytes.length() / 8;
            room(size);
            ByteBuffer.wrap(bytes.toBytes())
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .asLongBuffer()
                    .get(words, count, size);
            count += size;
        }
    }

    @Override
    public @Nullable Object result() {
        return finish.of(this);
    }
}
