package dev.vitrine.engine.api;

import dev.vitrine.engine.batch.Batch;
import dev.vitrine.engine.batch.BatchAllocator;
import dev.vitrine.engine.batch.BatchBuilder;
import dev.vitrine.engine.types.Schema;
import java.time.ZoneOffset;
import java.util.List;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/// Makes results out of rows, for fakes of a session.
public final class FakeResults {
    private static final BatchAllocator MEMORY = BatchAllocator.root(256L << 20);

    private FakeResults() {}

    public static QueryResult of(
            Schema schema, int count, LongFunction<List<? extends @Nullable Object>> row) {
        try (BatchBuilder builder = new BatchBuilder(schema, MEMORY, Math.max(1, count))) {
            for (int i = 0; i < count; i++) {
                builder.appendRow(row.apply(i));
            }
            Batch batch = builder.build();
            return new QueryResult(schema, List.of(batch), ZoneOffset.UTC);
        }
    }
}
