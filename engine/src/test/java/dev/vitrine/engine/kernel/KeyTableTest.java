package dev.vitrine.engine.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.vitrine.engine.batch.BatchAllocator;
import dev.vitrine.engine.batch.Mem;
import dev.vitrine.engine.types.DataType;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.arrow.memory.ArrowBuf;
import org.junit.jupiter.api.Test;

/// Looking up many keys at once finds and inserts what looking them up one by one does.
class KeyTableTest {
    private static final int STEP = 700;

    @Test
    void manyKeysOfWords() {
        lookUp(new KeyLayout(List.of(DataType.BIGINT, DataType.INT)), 30_000, 4_000);
        lookUp(new KeyLayout(List.of(DataType.BIGINT)), 5_000, 3);
    }

    @Test
    void manyKeysWithStrings() {
        lookUp(new KeyLayout(List.of(DataType.STRING, DataType.BIGINT)), 30_000, 4_000);
    }

    /// Counts how often each of some numbers comes, by keys made of them.
    private static void lookUp(KeyLayout layout, int rows, int different) {
        Random random = new Random(different);
        Map<Integer, Long> expected = new HashMap<>();
        try (BatchAllocator memory = BatchAllocator.root(1 << 26);
                KeyTable table = new KeyTable(layout, 16, memory);
                ArrowBuf keys = memory.allocate((long) STEP * layout.bytes());
                ArrowBuf texts = memory.allocate(STEP * 64L)) {
            long[] payloads = new long[STEP];
            for (int from = 0; from < rows; from += STEP) {
                int[] numbers = random.ints(STEP, 0, different).toArray();
                for (int i = 0; i < STEP; i++) {
                    expected.merge(numbers[i], 1L, Long::sum);
                    write(
                            layout,
                            keys.memoryAddress() + (long) i * layout.bytes(),
                            texts.memoryAddress() + 64L * i,
                            numbers[i]);
                }
                table.findOrInsertAll(keys.memoryAddress(), STEP, payloads);
                for (int i = 0; i < STEP; i++) {
                    Mem.putLong(payloads[i], numbers[i]);
                    Mem.putLong(payloads[i] + 8, Mem.getLong(payloads[i] + 8) + 1);
                }
            }
            Map<Integer, Long> found = new HashMap<>();
            for (int entry = 0; entry < table.size(); entry++) {
                long payload = table.payload(entry);
                found.put((int) Mem.getLong(payload), Mem.getLong(payload + 8));
            }
            assertEquals(expected, found);
        }
    }

    private static void write(KeyLayout layout, long key, long text, int number) {
        Mem.putLong(key, number == 0 ? 1 : 0);
        for (int i = 0; i < layout.types().size(); i++) {
            long slot = key + layout.offset(i);
            if (!layout.isString(i)) {
                Mem.putLong(slot, number == 0 && i == 0 ? 0 : number);
                continue;
            }
            byte[] bytes =
                    "x".repeat(number % 40).concat("" + number).getBytes(StandardCharsets.UTF_8);
            Mem.copy(bytes, 0, text, bytes.length);
            KeyTable.putString(slot, text, number == 0 ? 0 : bytes.length);
        }
    }
}
