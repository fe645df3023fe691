package dev.vitrine.connectors;

import dev.vitrine.engine.batch.Batch;
import dev.vitrine.engine.batch.BatchAllocator;
import dev.vitrine.engine.batch.BatchBuilder;
import dev.vitrine.engine.spi.BatchReader;
import dev.vitrine.engine.spi.ScanRequest;
import dev.vitrine.engine.spi.Split;
import dev.vitrine.engine.spi.TableSink;
import dev.vitrine.engine.spi.TableSource;
import dev.vitrine.engine.types.Field;
import dev.vitrine.engine.types.Schema;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Whole tables in and out, for tests: rows as boxed values, memory checked at the end.
public final class Tables {
    private static final long MEMORY = 1L << 30;

    private Tables() {}

    /// Every row of `source`, split after split.
    public static List<List<@Nullable Object>> read(TableSource source) {
        return read(source, ScanRequest.all(source.schema()), 1 << 20);
    }

    public static List<List<@Nullable Object>> read(
            TableSource source, ScanRequest request, long targetBytes) {
        List<List<@Nullable Object>> rows = new ArrayList<>();
        for (Split split : source.splits(request, targetBytes)) {
            rows.addAll(read(source, split, request));
        }
        return rows;
    }

    public static List<List<@Nullable Object>> read(
            TableSource source, Split split, ScanRequest request) {
        List<List<@Nullable Object>> rows = new ArrayList<>();
        try (BatchAllocator memory = BatchAllocator.root(MEMORY)) {
            try (BatchReader reader = source.read(split, request, memory)) {
                for (Batch batch = reader.next(); batch != null; batch = reader.next()) {
                    try (Batch held = batch) {
                        for (int row = 0; row < held.rowCount(); row++) {
                            rows.add(row(held, row));
                        }
                    }
                }
            }
            if (memory.usedBytes() != 0) {
                throw new AssertionError("leaked " + memory.usedBytes() + " bytes");
            }
        }
        return rows;
    }

    private static List<@Nullable Object> row(Batch batch, int row) {
        List<@Nullable Object> values = new ArrayList<>(batch.schema().size());
        for (int column = 0; column < batch.schema().size(); column++) {
            values.add(batch.value(column, row));
        }
        return values;
    }

    /// The columns of `schema` so named.
    public static Schema columns(Schema schema, String... names) {
        return new Schema(
                Arrays.stream(names)
                        .map(name -> schema.field(schema.indexOf(name).orElseThrow()))
                        .toList());
    }

    public static ScanRequest request(TableSource source, String... names) {
        return ScanRequest.all(columns(source.schema(), names));
    }

    /// Writes `rows` as one committed task.
    public static void write(
            TableSink sink, Schema schema, List<? extends List<? extends @Nullable Object>> rows) {
        sink.begin();
        write(sink, 0, 0, schema, rows);
        sink.commit();
    }

    public static void write(
            TableSink sink,
            int task,
            int attempt,
            Schema schema,
            List<? extends List<? extends @Nullable Object>> rows) {
        try (BatchAllocator memory = BatchAllocator.root(MEMORY);
                BatchBuilder builder = new BatchBuilder(schema, memory, 16)) {
            TableSink.Writer writer = sink.writer(task, attempt);
            for (int i = 0; i < rows.size(); i++) {
                builder.appendRow(rows.get(i));
                if (i % 1000 == 999 || i == rows.size() - 1) {
                    try (Batch batch = builder.build()) {
                        writer.write(batch);
                    }
                }
            }
            writer.commit();
        }
    }

    public static String describe(Schema schema) {
        StringBuilder text = new StringBuilder();
        for (Field field : schema.fields()) {
            text.append(text.isEmpty() ? "" : ", ")
                    .append(field.name())
                    .append(' ')
                    .append(field.type().catalogString());
        }
        return text.toString();
    }
}
