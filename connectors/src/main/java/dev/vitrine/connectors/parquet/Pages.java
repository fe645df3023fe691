package dev.vitrine.connectors.parquet;

import dev.hardwood.InputFile;
import dev.hardwood.internal.reader.HardwoodContextImpl;
import dev.hardwood.internal.reader.Page;
import dev.hardwood.internal.reader.PageDecoder;
import dev.hardwood.internal.reader.PageInfo;
import dev.hardwood.internal.reader.SequentialFetchPlan;
import dev.hardwood.metadata.ColumnChunk;
import dev.hardwood.metadata.RowGroup;
import dev.hardwood.schema.ColumnSchema;
import java.io.IOException;
import java.util.Collections;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/// The decoded pages of one leaf column in one row group after the other, decoded on the caller's
/// thread.
///
/// Hardwood's public readers decode on threads of their own; our tasks are the parallelism, so this
/// goes one level below them. With [Footer] the only class that knows Hardwood's inside.
final class Pages {
    /// Its worker threads are never asked for anything and so never started.
    private static final HardwoodContextImpl CONTEXT = HardwoodContextImpl.create(1);

    private final InputFile input;
    private final ColumnSchema column;
    private @Nullable ColumnChunk chunk;
    private Iterator<PageInfo> pages = Collections.emptyIterator();
    private @Nullable PageDecoder decoder;
    private long bytesRead;

    Pages(InputFile input, ColumnSchema column) {
        this.input = input;
        this.column = column;
    }

    /// Turns to the first page in a row group.
    void begin(RowGroup group) {
        chunk = group.columns().get(column.columnIndex());
        pages = Collections.emptyIterator();
    }

    ColumnSchema column() {
        return column;
    }

    long bytesRead() {
        return bytesRead;
    }

    /// The next page, or null at the end.
    @Nullable Page next() throws IOException {
        while (!pages.hasNext()) {
            ColumnChunk fresh = chunk;
            if (fresh == null) {
                return null;
            }
            chunk = null;
            pages =
                    SequentialFetchPlan.build(input, column, fresh, CONTEXT, 0, input.name(), 0)
                            .pages();
        }
        PageInfo page = pages.next();
        PageDecoder current = decoder;
        if (current == null || !current.isCompatibleWith(page.columnMetaData())) {
            current = new PageDecoder(page.columnMetaData(), column, CONTEXT.decompressorFactory());
            decoder = current;
        }
        bytesRead += page.pageData().remaining();
        return current.decodePage(page.pageData(), page.dictionary());
    }
}
