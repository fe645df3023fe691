package dev.vitrine.connectors.parquet;

import dev.hardwood.metadata.ColumnChunk;
import dev.hardwood.metadata.CompressionCodec;
import dev.vitrine.engine.batch.BatchAllocator;
import dev.vitrine.engine.batch.Mem;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import org.jspecify.annotations.Nullable;

/// The pages of one column in one row group after the other: found by their headers, unpacked only
/// when asked.
///
/// Every address given is followed by [Scratch#SLACK] readable bytes.
final class ChunkPages implements AutoCloseable {
    private static final int HEADER_BYTES = 8 << 10;
    private static final int MAX_HEADER_BYTES = 16 << 20;

    private final ChunkBytes bytes;
    private final Scratch unpacked;
    private final boolean optional;
    private @Nullable ColumnChunk chunk;
    private CompressionCodec codec = CompressionCodec.UNCOMPRESSED;
    private PageDecompressor decompressor = PageDecompressor.of(codec);

    /// Where the next header begins.
    private long next;

    private @Nullable PageHeader header;
    private long body;
    private @Nullable PageHeader dictionary;
    private long dictionaryBody;

    /// The unpacked page: its definition levels, from `levels` to `values`, if it has any, and its
    /// values up to `end`.
    private long levels;

    private long levelsEnd;
    private long values;
    private long end;

    /// @param optional whether values can be NULL, so that pages hold definition levels
    ChunkPages(FileChannel file, BatchAllocator allocator, boolean optional) {
        this.bytes = new ChunkBytes(file, allocator);
        this.unpacked = new Scratch(allocator);
        this.optional = optional;
    }

    /// Turns to a chunk's first page.
    void open(ColumnChunk chunk) {
        this.chunk = chunk;
        long start = chunk.chunkStartOffset();
        bytes.open(start + chunk.metaData().totalCompressedSize());
        next = start;
        header = null;
        dictionary = null;
        CompressionCodec wanted = chunk.metaData().codec();
        if (wanted != codec) {
            decompressor.close();
            decompressor = PageDecompressor.of(wanted);
            codec = wanted;
        }
    }

    long bytesRead() {
        return bytes.bytesRead();
    }

    /// The header of the next data page. Steps over what is left of the one before.
    PageHeader nextData() throws IOException {
        while (true) {
            PageHeader found = readHeader();
            long start = next + found.length();
            check(found, start);
            next = start + found.compressedSize();
            if (found.kind() == PageHeader.Kind.DATA) {
                header = found;
                body = start;
                return found;
            }
            if (found.kind() == PageHeader.Kind.DICTIONARY) {
                dictionary = found;
                dictionaryBody = start;
            }
        }
    }

    /// Where the pages are, if the file says so. Gives up the page at hand.
    PageIndex.@Nullable Locations locations() throws IOException {
        long chunkEnd = bytes.end();
        try {
            return PageIndex.locations(java.util.Objects.requireNonNull(chunk), bytes);
        } finally {
            bytes.open(chunkEnd);
        }
    }

    /// Goes on at the page whose header begins at byte `offset` of the file.
    void jump(long offset) throws IOException {
        nextDictionary();
        if (offset < next && header == null) {
            throw new IOException("its page index is damaged");
        }
        next = offset;
    }

    /// The header of the dictionary page, if the chunk begins with one.
    @Nullable PageHeader nextDictionary() throws IOException {
        if (header == null && dictionary == null) {
            PageHeader found = readHeader();
            if (found.kind() == PageHeader.Kind.DICTIONARY) {
                check(found, next + found.length());
                dictionary = found;
                dictionaryBody = next + found.length();
                next = dictionaryBody + found.compressedSize();
            }
        }
        return dictionary;
    }

    /// Throws unless a page whose body begins at `start` can be in the chunk.
    private void check(PageHeader page, long start) throws IOException {
        if (page.compressedSize() > bytes.end() - start) {
            throw new EOFException("its bytes end inside a page");
        }
        long most = java.util.Objects.requireNonNull(chunk).metaData().totalUncompressedSize();
        if (page.uncompressedSize() > most) {
            throw new IOException("a page claims to be larger than all of the column's");
        }
    }

    private PageHeader readHeader() throws IOException {
        long available = bytes.end() - next;
        if (available <= 0) {
            throw new EOFException("it ends before its row group");
        }
        int length = (int) Math.min(available, HEADER_BYTES);
        while (true) {
            long at = bytes.address(next, length);
            try {
                return PageHeader.read(at, at + length);
            } catch (EOFException e) {
                if (length == available || length > MAX_HEADER_BYTES) {
                    throw e;
                }
                length = (int) Math.min(available, length * 16L);
            }
        }
    }

    /// The header of the data page at hand.
    PageHeader header() {
        return java.util.Objects.requireNonNull(header);
    }

    /// The header of the dictionary page met on the way, or null.
    @Nullable PageHeader dictionary() {
        return dictionary;
    }

    /// Unpacks the dictionary page; its values lie between [#values] and [#end] until the next page
    /// is unpacked.
    void unpackDictionary() throws IOException {
        PageHeader page = java.util.Objects.requireNonNull(dictionary);
        unpack(page, dictionaryBody, 0);
    }

    /// Unpacks the data page whose header came last.
    void unpackData() throws IOException {
        PageHeader page = header();
        unpack(page, body, Math.max(page.levelBytes(), 0));
        if (optional && page.levelBytes() < 0) {
            if (page.levelEncoding() != PageHeader.RLE) {
                throw new IOException(
                        "its definition levels are in encoding " + page.levelEncoding());
            }
            int length = end - values < 4 ? -1 : Mem.getInt(values);
            if (length < 0 || length > end - values - 4) {
                throw new EOFException("a page ends inside its definition levels");
            }
            levels = values + 4;
            levelsEnd = levels + length;
            values = levelsEnd;
        }
    }

    /// @param plain bytes at the beginning that are never compressed
    private void unpack(PageHeader page, long from, int plain) throws IOException {
        int packedSize = page.compressedSize() - plain;
        int size = page.uncompressedSize() - plain;
        levels = bytes.address(from, page.compressedSize());
        levelsEnd = levels + plain;
        if (codec == CompressionCodec.UNCOMPRESSED || !page.packed()) {
            values = levelsEnd;
            end = values + packedSize;
            return;
        }
        values = unpacked.ensure(size);
        end = values + size;
        // No values, NULLs only: some writers then leave out the codec's head too.
        if (size > 0) {
            ByteBuffer source = bytes.buffer(from + plain, packedSize);
            decompressor.decompress(source, unpacked.bytes(0, size));
        }
    }

    /// Definition levels of the unpacked page, up to [#levelsEnd].
    long levels() {
        return levels;
    }

    long levelsEnd() {
        return levelsEnd;
    }

    long values() {
        return values;
    }

    long end() {
        return end;
    }

    @Override
    public void close() {
        bytes.close();
        unpacked.close();
        decompressor.close();
    }
}
