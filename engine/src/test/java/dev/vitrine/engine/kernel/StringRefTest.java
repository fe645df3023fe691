package dev.vitrine.engine.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.vitrine.engine.batch.BatchAllocator;
import dev.vitrine.engine.batch.Mem;
import java.util.Arrays;
import java.util.Random;
import org.apache.arrow.memory.ArrowBuf;
import org.junit.jupiter.api.Test;

class StringRefTest {
    private static final int LONGEST = 24;
    private static final int PAIRS = 50_000;

    /// Texts that differ late or not at all, of every length, with bytes of both signs.
    @Test
    void ordersAndEqualsAsArraysDo() {
        Random random = new Random(1);
        try (BatchAllocator memory = BatchAllocator.root(1 << 20);
                ArrowBuf first = memory.allocate(LONGEST);
                ArrowBuf second = memory.allocate(LONGEST)) {
            for (int i = 0; i < PAIRS; i++) {
                byte[] a = new byte[random.nextInt(LONGEST)];
                random.nextBytes(a);
                byte[] b =
                        Arrays.copyOf(a, random.nextBoolean() ? a.length : random.nextInt(LONGEST));
                if (b.length > 0 && random.nextBoolean()) {
                    b[random.nextInt(b.length)] = (byte) random.nextInt();
                }
                Mem.copy(a, 0, first.memoryAddress(), a.length);
                Mem.copy(b, 0, second.memoryAddress(), b.length);
                assertEquals(
                        Integer.signum(Arrays.compareUnsigned(a, b)),
                        Integer.signum(
                                StringRef.compareBytes(
                                        first.memoryAddress(),
                                        a.length,
                                        second.memoryAddress(),
                                        b.length)),
                        () -> Arrays.toString(a) + " " + Arrays.toString(b));
                if (a.length == b.length) {
                    assertEquals(
                            Arrays.equals(a, b),
                            StringRef.equalBytes(
                                    first.memoryAddress(), second.memoryAddress(), a.length));
                }
            }
        }
    }
}
