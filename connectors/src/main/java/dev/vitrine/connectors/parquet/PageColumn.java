package dev.vitrine.connectors.parquet;

import dev.hardwood.metadata.ColumnChunk;
import dev.hardwood.metadata.RowGroup;
import dev.hardwood.schema.ColumnSchema;
import dev.vitrine.connectors.file.DataFile;
import dev.vitrine.engine.batch.BatchAllocator;
import dev.vitrine.engine.batch.BatchColumn;
import dev.vitrine.engine.types.Field;
import java.io.IOException;
import java.nio.channels.FileChannel;
import org.jspecify.annotations.Nullable;

/// A column outside every group, decoded from its pages straight into the memory of batches, when a
/// batch's column is asked for.
///
/// Rows that nobody asks for are stepped over: whole pages by their headers, the others without
/// making values of them.
final class PageColumn implements ParquetColumn {
    private static final long MAX_BATCH_BYTES = 64L << 20;

    private final Field field;
    private final ColumnSchema schema;
    private final DataFile file;
    private final ChunkPages pages;
    private final Scratch validBits;
    private final PageDecoder decoder;

    private @Nullable ColumnChunk chunk;
    private boolean opened;

    /// Where the chunk's pages are, asked for when a page is jumped over.
    private PageIndex.@Nullable Locations locations;

    private boolean located;
    private long groupRows;
    private double maxAbs = BatchColumn.UNKNOWN;

    /// Rows of the row group that were given out or passed over, and those that the pages behind us
    /// held.
    private long given;

    private long passed;

    /// Rows left in the page at hand, and whether it is unpacked.
    private int pageLeft;

    private boolean unpacked;

    /// Bitmap of the unpacked page's rows that are not NULL, 0 if all are; and the row we are at.
    private long valid;

    private int pageRow;

    PageColumn(
            Field field,
            ColumnSchema schema,
            DataFile file,
            FileChannel channel,
            BatchAllocator allocator) {
        this.field = field;
        this.schema = schema;
        this.file = file;
        this.pages = new ChunkPages(channel, allocator, schema.maxDefinitionLevel() > 0);
        this.validBits = new Scratch(allocator);
        this.decoder = PageDecoder.of(schema, field.type(), pages, allocator);
    }

    /// Whether all of the chunk's pages can be read so.
    static boolean canRead(ColumnSchema schema, Field field, ColumnChunk chunk) {
        return schema.maxRepetitionLevel() == 0
                && schema.maxDefinitionLevel() <= 1
                && PageDecompressor.canRead(chunk.metaData().codec())
                && PageDecoder.canRead(schema, field.type(), chunk.metaData().encodings());
    }

    @Override
    public void begin(RowGroup group) {
        chunk = group.columns().get(schema.columnIndex());
        maxAbs = Bounds.maxAbs(chunk.metaData().statistics(), schema, field.type());
        groupRows = group.numRows();
        opened = false;
        located = false;
        given = 0;
        passed = 0;
        pageLeft = 0;
        unpacked = false;
    }

    /// Texts of a batch are kept to some megabytes, as far as their average length tells.
    @Override
    public int fitting(int rows) {
        if (!decoder.isText()) {
            return rows;
        }
        long bytes = java.util.Objects.requireNonNull(chunk).metaData().totalUncompressedSize();
        if (bytes <= MAX_BATCH_BYTES) {
            return rows;
        }
        return Math.clamp(MAX_BATCH_BYTES / (bytes / groupRows + 1), 1, rows);
    }

    @Override
    public BatchColumn next(int rows) {
        long from = given;
        given += rows;
        return new BatchColumn.Later(() -> load(from, rows), maxAbs);
    }

    @Override
    public void skip(long rows) {
        given += rows;
    }

    @Override
    public long bytesRead() {
        return pages.bytesRead();
    }

    private BatchColumn load(long from, int rows) {
        try {
            if (!opened) {
                pages.open(java.util.Objects.requireNonNull(chunk));
                decoder.begin();
                opened = true;
            }
            skipTo(from);
            return decode(rows);
        } catch (IOException | RuntimeException e) {
            throw failure(e);
        }
    }

    private RuntimeException failure(Exception cause) {
        if (cause instanceof dev.vitrine.engine.error.EngineException known) {
            return known;
        }
        String said = cause.getMessage();
        return file.failure(
                new IOException(
                        "column `"
                                + field.name()
                                + "`: "
                                + (said == null ? cause.getClass().getSimpleName() : said),
                        cause));
    }

    private void skipTo(long row) throws IOException {
        if (row - passed > pageLeft) {
            jumpTo(row);
        }
        while (passed < row) {
            if (pageLeft == 0) {
                beginPage();
            }
            int step = (int) Math.min(row - passed, pageLeft);
            if (unpacked || step < pageLeft) {
                unpack();
                decoder.skip(valid == 0 ? step : Bitmaps.ones(valid, pageRow, step));
            }
            pass(step);
        }
    }

    /// Goes to the page that holds `row` if the file says where it is.
    private void jumpTo(long row) throws IOException {
        if (!located) {
            locations = pages.locations();
            located = true;
        }
        if (locations == null || locations.pages() == 0) {
            return;
        }
        int page = locations.pageOf(row);
        if (locations.firstRow(page) > passed + pageLeft) {
            pages.jump(locations.offset(page));
            passed = locations.firstRow(page);
            pageLeft = 0;
            unpacked = false;
        }
    }

    private BatchColumn decode(int rows) throws IOException {
        if (pageLeft == 0) {
            beginPage();
        }
        unpack();
        try (PageDecoder.Target target = decoder.target(rows)) {
            int done = 0;
            while (done < rows) {
                if (pageLeft == 0) {
                    beginPage();
                }
                unpack();
                int step = Math.min(rows - done, pageLeft);
                target.read(done, step, valid, pageRow);
                pass(step);
                done += step;
            }
            return target.build(field, maxAbs);
        }
    }

    private void beginPage() throws IOException {
        int rows;
        do {
            rows = pages.nextData().values();
        } while (rows == 0);
        if (rows > groupRows - passed) {
            throw new IOException("it holds more rows than its row group");
        }
        pageLeft = rows;
        pageRow = 0;
        unpacked = false;
    }

    private void pass(int rows) {
        passed += rows;
        pageRow += rows;
        pageLeft -= rows;
        if (pageLeft == 0) {
            unpacked = false;
        }
    }

    private void unpack() throws IOException {
        if (unpacked) {
            return;
        }
        PageHeader dictionary = pages.dictionary();
        if (dictionary != null && !decoder.hasDictionary()) {
            pages.unpackDictionary();
            decoder.beginDictionary(dictionary);
        }
        pages.unpackData();
        valid = levels(pageLeft);
        decoder.beginPage(pages.header());
        unpacked = true;
    }

    /// The bitmap of a fresh page's valid rows, or 0 if all are.
    private long levels(int rows) throws IOException {
        if (schema.maxDefinitionLevel() == 0 || rows == 0) {
            return 0;
        }
        RunLengths levels = new RunLengths(pages.levels(), pages.levelsEnd(), 1);
        if (levels.isRunOf(1, rows)) {
            return 0;
        }
        long bits = validBits.ensure((rows + 7) / 8);
        return levels.readBits(rows, bits, 0) == rows ? 0 : bits;
    }

    @Override
    public void close() {
        decoder.close();
        pages.close();
        validBits.close();
    }
}
