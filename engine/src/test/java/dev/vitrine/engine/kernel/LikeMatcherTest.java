package dev.vitrine.engine.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.vitrine.engine.batch.BatchAllocator;
import dev.vitrine.engine.batch.Mem;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.regex.Pattern;
import org.apache.arrow.memory.ArrowBuf;
import org.junit.jupiter.api.Test;

/// The matcher finds what a regular expression finds, and reads nothing behind the value: each
/// value has a buffer of just its size, which the checked form of [Mem] watches.
class LikeMatcherTest {
    private static final String[] LETTERS = {"a", "b", "ab", "é", "€"};
    private static final String[] SIGNS = {"%", "%", "_", "a", "b", "ab", "aab", "é", "€b"};

    @Test
    void matchesAsARegularExpression() {
        Random random = new Random(1);
        int matched = 0;
        try (BatchAllocator allocator = BatchAllocator.root(1 << 20)) {
            for (int round = 0; round < 20_000; round++) {
                String value = text(random, LETTERS, random.nextInt(40));
                String pattern = text(random, SIGNS, random.nextInt(8));
                boolean expected =
                        Pattern.compile(
                                        pattern.replace("%", ".*").replace("_", "."),
                                        Pattern.DOTALL)
                                .matcher(value)
                                .matches();
                matched += expected ? 1 : 0;
                assertEquals(
                        expected,
                        matches(allocator, pattern, value),
                        () -> value + " LIKE " + pattern);
            }
        }
        assertEquals(true, matched > 1_000, () -> "too few values match");
    }

    @Test
    void findsAPieceAtEveryPlaceOfALongValue() {
        try (BatchAllocator allocator = BatchAllocator.root(1 << 20)) {
            for (String piece : new String[] {"x", "xy", "special", "a longer piece of text"}) {
                for (int length = piece.length(); length < 60; length++) {
                    for (int at = 0; at + piece.length() <= length; at++) {
                        String value =
                                "-".repeat(at) + piece + "-".repeat(length - at - piece.length());
                        assertEquals(true, matches(allocator, "%" + piece + "%", value), value);
                        String cut = value.replace(piece, piece.substring(1));
                        assertEquals(false, matches(allocator, "%" + piece + "%", cut), cut);
                    }
                }
            }
        }
    }

    private static boolean matches(BatchAllocator allocator, String pattern, String value) {
        byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
        try (ArrowBuf buffer = allocator.allocate(Math.max(1, bytes.length))) {
            for (int i = 0; i < bytes.length; i++) {
                Mem.putByte(buffer.memoryAddress() + i, bytes[i]);
            }
            StringRef ref = new StringRef();
            ref.address = buffer.memoryAddress();
            ref.length = bytes.length;
            return new LikeMatcher(pattern, '\\').matches(ref);
        }
    }

    private static String text(Random random, String[] parts, int count) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < count; i++) {
            text.append(parts[random.nextInt(parts.length)]);
        }
        return text.toString();
    }
}
