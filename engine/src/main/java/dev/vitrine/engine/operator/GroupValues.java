package dev.vitrine.engine.operator;

import dev.vitrine.engine.batch.BatchAllocator;
import dev.vitrine.engine.batch.ColumnBuilder;
import dev.vitrine.engine.codegen.AggregateLayout;
import dev.vitrine.engine.expr.NativeAggregate;
import dev.vitrine.engine.expr.WordAccumulator;
import dev.vitrine.engine.kernel.KeyTable;
import dev.vitrine.engine.kernel.ValueWords;
import java.util.List;
import org.apache.arrow.memory.ArrowBuf;
import org.jspecify.annotations.Nullable;

/// Hands up aggregates that keep all values of a group: the values as they are, or what follows
/// from them.
final class GroupValues {
    /// Bytes of values in a batch, but for those of its first group; fewer where memory is short.
    private static final long MAX_BYTES = 16L << 20;

    private final boolean states;
    private final BatchAllocator allocator;
    private final long maxBytes;
    private long[] words = new long[0];

    /// @param states whether values are given, else results
    GroupValues(boolean states, TaskContext context) {
        this.states = states;
        this.allocator = context.allocator();
        this.maxBytes = Math.min(MAX_BYTES, context.memory().share() / 4);
    }

    /// How many of `count` groups a batch should hold.
    int fitting(AggregateLayout layout, KeyTable groups, int from, int count) {
        List<AggregateLayout.Slot> lists =
                layout.items().stream()
                        .filter(slot -> slot.form() == NativeAggregate.VALUES)
                        .toList();
        if (!states || lists.isEmpty()) {
            return count;
        }
        long bytes = 0;
        for (int i = 0; i < count; i++) {
            for (AggregateLayout.Slot slot : lists) {
                bytes += 8 * ValueWords.count(groups.payload(from + i) + slot.offset());
            }
            if (i > 0 && bytes > maxBytes) {
                return i;
            }
        }
        return count;
    }

    void emit(AggregateLayout.Slot slot, long list, ColumnBuilder column) {
        long count = ValueWords.count(list);
        if (!states) {
            column.append(result(slot, list, Math.toIntExact(count)));
        } else if (count == 0) {
            column.appendNull();
        } else {
            try (ArrowBuf copy = allocator.allocate(8 * count)) {
                ValueWords.copy(list, copy.memoryAddress());
                column.appendBytes(copy.memoryAddress(), Math.toIntExact(8 * count));
            }
        }
    }

    private @Nullable Object result(AggregateLayout.Slot slot, long list, int count) {
        if (words.length < count) {
            words = new long[Math.max(count, 2 * words.length)];
        }
        ValueWords.copy(list, words);
        WordAccumulator accumulator =
                (WordAccumulator) slot.item().call().function().accumulator(slot.site());
        accumulator.addWords(words, count);
        return accumulator.result();
    }
}
