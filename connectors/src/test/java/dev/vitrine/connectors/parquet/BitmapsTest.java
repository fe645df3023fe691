package dev.vitrine.connectors.parquet;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.vitrine.engine.batch.BatchAllocator;
import dev.vitrine.engine.batch.Mem;
import java.util.Random;
import org.apache.arrow.memory.ArrowBuf;
import org.junit.jupiter.api.Test;

/// Bits at any place and of any number, against one bit after the other. Buffers are as large as
/// what is in them, which the checked form of [Mem] watches.
class BitmapsTest {
    private static final int ROUNDS = 4_000;

    @Test
    void copiesAndCountsWhatIsAskedForAndNothingBeside() {
        Random random = new Random(1);
        try (BatchAllocator allocator = BatchAllocator.root(1 << 20)) {
            for (int round = 0; round < ROUNDS; round++) {
                int count = random.nextInt(200);
                int from = random.nextInt(20);
                int to = random.nextInt(20);
                boolean[] source = bits(random, from + count);
                boolean[] target = bits(random, to + count + random.nextInt(9));
                try (ArrowBuf sources = written(allocator, source);
                        ArrowBuf targets = written(allocator, target)) {
                    int expected = 0;
                    for (int i = 0; i < count; i++) {
                        target[to + i] = source[from + i];
                        expected += source[from + i] ? 1 : 0;
                    }
                    int ones =
                            Bitmaps.copy(
                                    sources.memoryAddress(),
                                    from,
                                    targets.memoryAddress(),
                                    to,
                                    count);
                    assertEquals(expected, ones);
                    assertEquals(expected, Bitmaps.ones(sources.memoryAddress(), from, count));
                    same(target, targets);
                }
            }
        }
    }

    @Test
    void fillsWhatIsAskedForAndNothingBeside() {
        Random random = new Random(2);
        try (BatchAllocator allocator = BatchAllocator.root(1 << 20)) {
            for (int round = 0; round < ROUNDS; round++) {
                int count = random.nextInt(200);
                int from = random.nextInt(20);
                boolean value = random.nextBoolean();
                boolean[] target = bits(random, from + count + random.nextInt(9));
                try (ArrowBuf targets = written(allocator, target)) {
                    for (int i = 0; i < count; i++) {
                        target[from + i] = value;
                    }
                    Bitmaps.fill(targets.memoryAddress(), from, count, value);
                    same(target, targets);
                }
            }
        }
    }

    @Test
    void valuesGoToTheRowsOfTheirBits() {
        Random random = new Random(3);
        try (BatchAllocator allocator = BatchAllocator.root(1 << 20)) {
            for (int round = 0; round < ROUNDS; round++) {
                int width = 1 << random.nextInt(5);
                int rows = 1 + random.nextInt(400);
                int bit = random.nextInt(20);
                boolean[] valid = bits(random, bit + rows);
                byte[] values = new byte[rows * width];
                byte[] expected = new byte[rows * width];
                int present = 0;
                for (int row = 0; row < rows; row++) {
                    if (valid[bit + row]) {
                        for (int i = 0; i < width; i++) {
                            byte value = (byte) random.nextInt();
                            values[present * width + i] = value;
                            expected[row * width + i] = value;
                        }
                        present++;
                    }
                }
                try (ArrowBuf data = allocator.allocate(values.length);
                        ArrowBuf validity = written(allocator, valid)) {
                    Mem.copy(values, 0, data.memoryAddress(), values.length);
                    Bitmaps.spread(
                            data.memoryAddress(),
                            width,
                            rows,
                            present,
                            validity.memoryAddress(),
                            bit);
                    for (int i = 0; i < expected.length; i++) {
                        assertEquals(expected[i], Mem.getByte(data.memoryAddress() + i));
                    }
                }
            }
        }
    }

    /// Bits in runs, so that whole words are set, clear, and mixed.
    private static boolean[] bits(Random random, int count) {
        boolean[] bits = new boolean[count];
        for (int at = 0; at < count; ) {
            int run = random.nextInt(4) == 0 ? random.nextInt(150) : 1 + random.nextInt(3);
            boolean value = random.nextBoolean();
            for (int end = Math.min(at + run, count); at < end; at++) {
                bits[at] = value;
            }
        }
        return bits;
    }

    private static ArrowBuf written(BatchAllocator allocator, boolean[] bits) {
        ArrowBuf buffer = allocator.allocate(Math.max(1, (bits.length + 7) / 8));
        for (int i = 0; i < bits.length; i++) {
            Mem.putBit(buffer.memoryAddress(), i, bits[i]);
        }
        return buffer;
    }

    private static void same(boolean[] expected, ArrowBuf bits) {
        for (int i = 0; i < expected.length; i++) {
            assertEquals(expected[i], Mem.getBit(bits.memoryAddress(), i), "bit " + i);
        }
    }
}
