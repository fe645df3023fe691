package dev.vitrine.connectors.parquet;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vitrine.engine.batch.BatchAllocator;
import dev.vitrine.engine.batch.Mem;
import io.airlift.compress.v3.snappy.SnappyJavaCompressor;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Blocks of every shape unpack to what was packed, damaged ones never to anything else than an
/// error or as many bytes as were asked for.
class SnappyDecoderTest {
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 7, 8, 15, 16, 17, 59, 60, 61, 64, 255, 256, 70_000, 300_000})
    void everySizeUnpacksAsPacked(int size) throws IOException {
        Random random = new Random(size);
        for (int kind = 0; kind < 6; kind++) {
            byte[] bytes = bytes(size, kind, random);
            assertArrayEquals(bytes, unpacked(packed(bytes), size), "kind " + kind);
        }
    }

    @Test
    void copiesOfEveryOffsetAndLength() throws IOException {
        byte[] head = bytes(80, 0, new Random(1));
        for (int offset = 1; offset <= head.length; offset++) {
            for (int length = 1; length <= 64; length++) {
                for (int bytes : new int[] {2, 4}) {
                    byte[] expected = Arrays.copyOf(head, head.length + length);
                    for (int i = 0; i < length; i++) {
                        expected[head.length + i] = expected[head.length + i - offset];
                    }
                    byte[] packed = copyAfter(head, offset, length, bytes);
                    assertArrayEquals(
                            expected,
                            unpacked(packed, expected.length),
                            "offset " + offset + " length " + length);
                }
            }
        }
    }

    @Test
    void anOffsetBeforeTheBeginningIsAnError() {
        byte[] head = bytes(80, 0, new Random(1));
        assertThrows(IOException.class, () -> unpacked(copyAfter(head, 81, 4, 2), 84));
        assertThrows(IOException.class, () -> unpacked(copyAfter(head, 0, 4, 2), 84));
        assertThrows(IOException.class, () -> unpacked(copyAfter(head, -1, 4, 4), 84));
    }

    @Test
    void anotherSizeIsNamed() {
        byte[] packed = packed(new byte[100]);
        IOException error = assertThrows(IOException.class, () -> unpacked(packed, 99));
        assertEquals("a page unpacks to 100 bytes, its header says 99", error.getMessage());
    }

    @Test
    void everyTruncationIsAnError() {
        byte[] packed = packed(bytes(3_000, 3, new Random(5)));
        for (int length = 0; length < packed.length; length++) {
            byte[] shorter = Arrays.copyOf(packed, length);
            assertThrows(IOException.class, () -> unpacked(shorter, 3_000), "of " + length);
        }
    }

    @Test
    void damagedBlocksStayWithinTheirMemory() {
        Random random = new Random(7);
        int errors = 0;
        for (int round = 0; round < 5_000; round++) {
            byte[] packed = packed(bytes(500, round % 6, random));
            for (int i = 0; i < 3; i++) {
                // not the size at the beginning, which is compared first
                packed[2 + random.nextInt(packed.length - 2)] = (byte) random.nextInt();
            }
            try {
                assertEquals(500, unpacked(packed, 500).length);
            } catch (IOException e) {
                errors++;
            }
        }
        assertTrue(errors > 500, "only " + errors + " damaged blocks were found out");
    }

    /// Numbers, text, runs, noise and mixtures of them.
    private static byte[] bytes(int size, int kind, Random random) {
        byte[] bytes = new byte[size];
        for (int i = 0; i < size; i++) {
            bytes[i] =
                    (byte)
                            switch (kind) {
                                case 0 -> random.nextInt();
                                case 1 -> 7;
                                case 2 -> i % 8 < 2 ? random.nextInt() : 0;
                                case 3 -> "the quick brown fox ".charAt(random.nextInt(6) + i % 14);
                                case 4 -> i % 1_000 < 900 ? i % 5 : random.nextInt();
                                default -> i < 20 || random.nextInt(9) == 0 ? i : bytes[i - 12];
                            };
        }
        return bytes;
    }

    private static byte[] packed(byte[] bytes) {
        SnappyJavaCompressor packer = new SnappyJavaCompressor();
        byte[] target = new byte[packer.maxCompressedLength(bytes.length)];
        return Arrays.copyOf(
                target, packer.compress(bytes, 0, bytes.length, target, 0, target.length));
    }

    /// One literal, and one copy with an offset of 2 or 4 bytes.
    private static byte[] copyAfter(byte[] head, int offset, int length, int offsetBytes) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        int size = head.length + length;
        out.write(size & 0x7F | 0x80);
        out.write(size >>> 7);
        out.write(60 << 2);
        out.write(head.length - 1);
        out.writeBytes(head);
        out.write(length - 1 << 2 | (offsetBytes == 2 ? 2 : 3));
        for (int i = 0; i < offsetBytes; i++) {
            out.write(offset >>> 8 * i);
        }
        return out.toByteArray();
    }

    /// Unpacks between bytes that have to stay, as far as they are not given away.
    private static byte[] unpacked(byte[] packed, int size) throws IOException {
        try (BatchAllocator allocator = BatchAllocator.root(1 << 24);
                Scratch source = new Scratch(allocator);
                Scratch target = new Scratch(allocator)) {
            long from = source.ensure(packed.length);
            Mem.copy(packed, 0, from, packed.length);
            long to = target.ensure(Long.BYTES + size) + Long.BYTES;
            Mem.putLong(to - Long.BYTES, 0x0123456789ABCDEFL);
            try {
                SnappyDecoder.decode(from, from + packed.length, to, to + size);
            } finally {
                assertEquals(0x0123456789ABCDEFL, Mem.getLong(to - Long.BYTES));
            }
            byte[] result = new byte[size];
            Mem.copy(to, result, 0, size);
            return result;
        }
    }
}
