package dev.vitrine.connectors.parquet;

import dev.vitrine.connectors.file.FolderSink;
import dev.vitrine.engine.batch.Batch;
import dev.vitrine.engine.types.Schema;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.apache.parquet.bytes.HeapByteBufferAllocator;
import org.apache.parquet.column.ColumnWriteStore;
import org.apache.parquet.column.ColumnWriter;
import org.apache.parquet.column.ParquetProperties;
import org.apache.parquet.hadoop.ColumnChunkPageWriteStore;
import org.apache.parquet.hadoop.ParquetFileWriter;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.LocalOutputFile;
import org.apache.parquet.schema.MessageType;
import org.jspecify.annotations.Nullable;

/// One Parquet file being written, a column of some rows at a time. Hadoop is compiled against and
/// never there at run time.
final class ParquetPart implements FolderSink.PartFile {
    /// Where a row group ends though it has not its rows yet: it is held in memory until then.
    private static final long ROW_GROUP_BYTES = 128L << 20;

    /// Rows between two looks at the size of the pages.
    private static final int STEP_ROWS = 1024;

    private static final int PAGE_ROWS = 20 * STEP_ROWS;
    private static final int INDEX_VALUE_BYTES = 64;
    private static final ParquetProperties PROPERTIES =
            ParquetProperties.builder()
                    .withAllocator(new HeapByteBufferAllocator())
                    .withMinRowCountForPageSizeCheck(STEP_ROWS)
                    .withMaxRowCountForPageSizeCheck(STEP_ROWS)
                    .withPageRowCountLimit(PAGE_ROWS)
                    .estimateRowCountForPageSizeCheck(false)
                    .build();

    private final Schema schema;
    private final MessageType message;
    private final CompressionCodecName codec;
    private final int rowGroupRows;
    private final ParquetFileWriter file;
    private @Nullable RowGroup group;

    /// @param rowGroupRows rows after which a row group ends
    ParquetPart(Path path, Schema schema, CompressionCodecName codec, int rowGroupRows)
            throws IOException {
        this.schema = schema;
        this.message = WrittenTypes.message(schema);
        this.codec = codec;
        this.rowGroupRows = rowGroupRows;
        this.file =
                new ParquetFileWriter(
                        new LocalOutputFile(path),
                        message,
                        ParquetFileWriter.Mode.CREATE,
                        ROW_GROUP_BYTES,
                        0,
                        INDEX_VALUE_BYTES,
                        Integer.MAX_VALUE,
                        false);
        file.start();
    }

    @Override
    public void write(Batch batch, int first, int end) throws IOException {
        int from = first;
        while (from < end) {
            RowGroup open = group == null ? new RowGroup() : group;
            group = open;
            int step = STEP_ROWS - open.rows % STEP_ROWS;
            int to = Math.min(end, from + Math.min(step, rowGroupRows - open.rows));
            open.write(batch, from, to);
            from = to;
            if (open.isFull()) {
                open.end();
                group = null;
            }
        }
    }

    @Override
    public void close() throws IOException {
        try (file) {
            if (group != null) {
                group.end();
            }
            file.end(Map.of());
        }
    }

    /// The row group being filled.
    private final class RowGroup {
        private final ColumnChunkPageWriteStore pages =
                new ColumnChunkPageWriteStore(
                        new Codecs().getCompressor(codec),
                        message,
                        PROPERTIES.getAllocator(),
                        INDEX_VALUE_BYTES);
        private final ColumnWriteStore store =
                PROPERTIES.newColumnWriteStore(message, pages, pages);
        private final WrittenColumns columns =
                new WrittenColumns(
                        schema,
                        message.getColumns().stream()
                                .map(store::getColumnWriter)
                                .toArray(ColumnWriter[]::new));
        private int rows;

        void write(Batch batch, int from, int to) {
            columns.write(batch, from, to);
            for (int row = from; row < to; row++) {
                store.endRecord();
            }
            rows += to - from;
        }

        boolean isFull() {
            return rows == rowGroupRows
                    || (rows % STEP_ROWS == 0 && store.getBufferedSize() >= ROW_GROUP_BYTES);
        }

        void end() throws IOException {
            store.flush();
            file.startBlock(rows);
            pages.flushToFileWriter(file);
            file.endBlock();
            store.close();
            pages.close();
        }
    }
}
