package dev.vitrine.engine.batch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vitrine.engine.types.DataType;
import dev.vitrine.engine.types.Field;
import dev.vitrine.engine.types.Schema;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.arrow.vector.BaseVariableWidthVector;
import org.apache.arrow.vector.IntVector;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Coded columns and columns decoded later look like any other to whoever reads a batch.
final class BatchColumnTest {
    private static final Schema STRING = Schema.of(Field.of("s", DataType.STRING));

    private final BatchAllocator allocator = BatchAllocator.root(1 << 20);

    @AfterEach
    void nothingLeaks() {
        allocator.close();
    }

    @Test
    void aCodedColumnGivesItsValues() {
        Dictionary dictionary = dictionary("MAIL", "", "long enough for more than a word");
        BatchColumn coded = new BatchColumn.Coded(codes(2, 0, null, 1, 0), dictionary.retain());
        try (Batch batch = Batch.of(STRING, List.of(coded), 5)) {
            assertSame(dictionary, batch.dictionary(0));
            assertEquals(2, Mem.getInt(batch.codesAddress(0)));
            assertTrue(batch.isNull(0, 2));
            assertEquals(
                    Arrays.asList("long enough for more than a word", "MAIL", null, "", "MAIL"),
                    values(batch));
        }
        dictionary.close();
    }

    @Test
    void aColumnOfNullsNeedsNoEntry() {
        BatchColumn coded = new BatchColumn.Coded(codes(null, null), dictionary());
        try (Batch batch = Batch.of(STRING, List.of(coded), 2)) {
            assertEquals(Arrays.asList(null, null), values(batch));
        }
    }

    @Test
    void aLaterColumnIsDecodedOnceAndOnlyWhenAsked() {
        int[] loads = new int[1];
        try (Batch batch = later(loads)) {
            assertEquals(0, batch.sizeBytes());
            assertEquals(0, loads[0]);
            assertNull(batch.dictionary(0));
            assertEquals(List.of("x"), values(batch));
            assertEquals(1, loads[0]);
        }
        loads[0] = 0;
        later(loads).close();
        assertEquals(0, loads[0]);
    }

    @Test
    void whoeverKeepsABatchHasItDecoded() {
        int[] loads = new int[1];
        Batch kept;
        try (Batch batch = later(loads);
                Batch selected = batch.select(new int[] {0}, STRING)) {
            assertEquals(0, loads[0]);
            kept = selected.retain();
            assertEquals(1, loads[0]);
        }
        assertEquals(List.of("x"), values(kept));
        kept.close();
    }

    private Batch later(int[] loads) {
        BatchColumn later =
                new BatchColumn.Later(
                        () -> {
                            loads[0]++;
                            return new BatchColumn.Plain(dictionary("x").values());
                        },
                        BatchColumn.UNKNOWN);
        return Batch.of(STRING, List.of(later), 1);
    }

    private static List<@Nullable Object> values(Batch batch) {
        return IntStream.range(0, batch.rowCount())
                .mapToObj(row -> batch.value(0, row))
                .collect(java.util.ArrayList::new, List::add, List::addAll);
    }

    private IntVector codes(@Nullable Integer... codes) {
        IntVector vector = new IntVector("codes", allocator.arrow());
        vector.allocateNew(codes.length);
        for (int i = 0; i < codes.length; i++) {
            Integer code = codes[i];
            if (code == null) {
                vector.set(i, 0);
                vector.setNull(i);
            } else {
                vector.set(i, code);
            }
        }
        vector.setValueCount(codes.length);
        return vector;
    }

    private Dictionary dictionary(String... entries) {
        try (BatchBuilder builder = new BatchBuilder(STRING, allocator, entries.length)) {
            for (String entry : entries) {
                builder.column(0).append(entry);
            }
            // The batch is not closed: its vector lives on in the dictionary.
            return new Dictionary((BaseVariableWidthVector) builder.build().vector(0));
        }
    }
}
