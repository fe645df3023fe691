package dev.vitrine.engine.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class StringRefTest {
    private static final int LONGEST = 24;
    private static final int PAIRS = 50_000;

    /// Texts that differ late or not at all, of every length, with bytes of both signs.
    @Test
    void ordersAndEqualsAsArraysDo() {
        Random random = new Random(1);
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment first = arena.allocate(LONGEST);
            MemorySegment second = arena.allocate(LONGEST);
            for (int i = 0; i < PAIRS; i++) {
                byte[] a = new byte[random.nextInt(LONGEST)];
                random.nextBytes(a);
                byte[] b =
                        Arrays.copyOf(a, random.nextBoolean() ? a.length : random.nextInt(LONGEST));
                if (b.length > 0 && random.nextBoolean()) {
                    b[random.nextInt(b.length)] = (byte) random.nextInt();
                }
                MemorySegment.copy(MemorySegment.ofArray(a), 0, first, 0, a.length);
                MemorySegment.copy(MemorySegment.ofArray(b), 0, second, 0, b.length);
                assertEquals(
                        Integer.signum(Arrays.compareUnsigned(a, b)),
                        Integer.signum(
                                StringRef.compareBytes(
                                        first.address(), a.length, second.address(), b.length)),
                        () -> Arrays.toString(a) + " " + Arrays.toString(b));
                if (a.length == b.length) {
                    assertEquals(
                            Arrays.equals(a, b),
                            StringRef.equalBytes(first.address(), second.address(), a.length));
                }
            }
        }
    }
}
