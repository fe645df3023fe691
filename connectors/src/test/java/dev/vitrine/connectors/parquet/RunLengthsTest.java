package dev.vitrine.connectors.parquet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.vitrine.engine.batch.BatchAllocator;
import dev.vitrine.engine.batch.Mem;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Runs of every width, read and passed over in pieces of every size.
class RunLengthsTest {
    private static final int COUNT = 3_000;

    @ParameterizedTest
    @ValueSource(
            ints = {
                0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22,
                23, 24, 25, 26, 27, 28, 29, 30, 31, 32
            })
    void everyWidthReadsAsWritten(int width) throws IOException {
        Random random = new Random(width);
        for (int round = 0; round < 20; round++) {
            int[] numbers = new int[COUNT];
            byte[] packed = pack(numbers, width, random);
            try (BatchAllocator allocator = BatchAllocator.root(1 << 24);
                    Scratch memory = new Scratch(allocator);
                    Scratch target = new Scratch(allocator)) {
                long at = memory.ensure(packed.length);
                Mem.copy(packed, 0, at, packed.length);
                long to = target.ensure(4L * COUNT);
                RunLengths runs = new RunLengths(at, at + packed.length, width);
                int done = 0;
                while (done < COUNT) {
                    int step = Math.min(1 + random.nextInt(200), COUNT - done);
                    if (random.nextBoolean()) {
                        runs.skip(step);
                    } else {
                        runs.read(step, to);
                        for (int i = 0; i < step; i++) {
                            assertEquals(numbers[done + i], Mem.getInt(to + 4L * i));
                        }
                    }
                    done += step;
                }
                assertThrows(IOException.class, () -> runs.read(64, to));
            }
        }
    }

    /// Fills `numbers` with runs of both kinds, and packs them.
    private static byte[] pack(int[] numbers, int width, Random random) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        long mask = (1L << width) - 1;
        int done = 0;
        while (done < numbers.length) {
            int left = numbers.length - done;
            if (random.nextBoolean()) {
                int count = Math.min(left, 1 + random.nextInt(300));
                int value = (int) (random.nextInt() & mask);
                Arrays.fill(numbers, done, done + count, value);
                varint(out, (long) count << 1);
                for (int bit = 0; bit < width; bit += 8) {
                    out.write(value >>> bit);
                }
                done += count;
            } else {
                int groups = Math.min((left + 7) / 8, 1 + random.nextInt(40));
                varint(out, (long) groups << 1 | 1);
                byte[] bits = new byte[groups * width];
                for (int i = 0; i < groups * 8 && done + i < numbers.length; i++) {
                    numbers[done + i] = (int) (random.nextInt() & mask);
                    for (int bit = 0; bit < width; bit++) {
                        int position = i * width + bit;
                        int one = numbers[done + i] >>> bit & 1;
                        bits[position >> 3] |= (byte) (one << (position & 7));
                    }
                }
                out.writeBytes(bits);
                done += Math.min(groups * 8, left);
            }
        }
        return out.toByteArray();
    }

    private static void varint(ByteArrayOutputStream out, long value) {
        long left = value;
        while (left > 0x7F) {
            out.write((int) (left & 0x7F | 0x80));
            left >>>= 7;
        }
        out.write((int) left);
    }

    @Test
    void aWidthBeyondAnIntegerIsRefused() {
        assertThrows(IOException.class, () -> new RunLengths(0, 0, 33));
        assertThrows(IOException.class, () -> new RunLengths(0, 0, -1));
    }
}
