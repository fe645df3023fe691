package dev.vitrine.connectors.parquet;

import dev.hardwood.metadata.ColumnChunk;
import dev.hardwood.metadata.ColumnMetaData;
import dev.hardwood.metadata.Encoding;
import dev.hardwood.metadata.RowGroup;
import dev.hardwood.schema.SchemaNode;
import dev.vitrine.engine.batch.BatchAllocator;
import dev.vitrine.engine.types.Values;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// How many different values a column has, told from what some of its row groups say: their
/// statistics, or else the size of their dictionary, of which only the header is read.
///
/// One row group's number is the answer. Of several, values either keep to their row group (its
/// bounds overlap no other's), and the numbers add up; or they lie anywhere, and the number `d` in
/// `n` values is what remains of `D` equally frequent ones: `d = D (1 - e^(-n/D))`, solved for `D`.
/// Where values repeat, that is `d` itself.
///
/// Source of the formula: A. F. Cárdenas, "Analysis and performance of inverted data base
/// structures", Communications of the ACM 18(5), 1975.
final class DistinctCounts {
    /// Bytes before a dictionary page that hold its header for sure, and of memory to read them to.
    private static final int HEADER_BYTES = 256;

    private static final long MEMORY = 1L << 20;

    /// Writers give up a dictionary that grows beyond a megabyte; one smaller than this has all
    /// values.
    private static final int SURELY_COMPLETE_BYTES = 512 << 10;

    private DistinctCounts() {}

    /// A leaf in one row group.
    ///
    /// @param group number of the row group in its file
    record Chunk(Footer footer, int group, SchemaNode.PrimitiveNode leaf, Bounds bounds) {
        private RowGroup rowGroup() {
            return footer.rowGroups().get(group);
        }

        private ColumnChunk chunk() {
            return rowGroup().columns().get(leaf.columnIndex());
        }

        private long values() {
            return rowGroup().numRows() - bounds.nullCount().orElse(0);
        }
    }

    /// So many distinct among so many values.
    private record Sample(long distinct, long values) {
        private double share() {
            return (double) distinct / values;
        }
    }

    /// The distinct values of a column in all its row groups; empty where nothing tells.
    static OptionalLong estimate(List<Chunk> chunks) {
        List<Chunk> filled = chunks.stream().filter(chunk -> chunk.values() > 0).toList();
        if (filled.isEmpty()) {
            return OptionalLong.empty();
        }
        long values = filled.stream().mapToLong(Chunk::values).sum();
        Set<Integer> chosen = new TreeSet<>(List.of(0, filled.size() / 2, filled.size() - 1));
        List<Sample> samples = new ArrayList<>();
        for (int index : chosen) {
            Chunk chunk = filled.get(index);
            long distinct = distinct(chunk);
            if (distinct <= 0) {
                return OptionalLong.empty();
            }
            samples.add(new Sample(Math.min(distinct, chunk.values()), chunk.values()));
        }
        double estimate;
        if (filled.size() == 1) {
            estimate = (double) samples.getFirst().distinct();
        } else if (areApart(filled)) {
            estimate = samples.stream().mapToDouble(Sample::share).average().orElse(1) * values;
        } else {
            estimate =
                    samples.stream()
                            .mapToDouble(s -> solve(s, values))
                            .max()
                            .orElse((double) values);
        }
        return OptionalLong.of(Math.clamp((long) estimate, 1, values));
    }

    /// The number in one row group, or 0 if unknown.
    private static long distinct(Chunk chunk) {
        ColumnMetaData about = chunk.chunk().metaData();
        if (about.statistics() != null && about.statistics().distinctCount() != null) {
            return about.statistics().distinctCount();
        }
        return chunk.footer().dictionarySizes(chunk.group()).get(chunk.leaf().columnIndex());
    }

    /// For each leaf column the number of entries in its dictionary, if that has all values of its
    /// chunk, else 0.
    static List<Integer> dictionarySizes(Footer footer, RowGroup group) {
        List<Integer> sizes = new ArrayList<>(group.columns().size());
        try (FileChannel file = FileChannel.open(footer.file().path(), StandardOpenOption.READ);
                BatchAllocator memory = BatchAllocator.root(MEMORY);
                ChunkBytes bytes = new ChunkBytes(file, memory)) {
            for (ColumnChunk chunk : group.columns()) {
                sizes.add(dictionarySize(chunk, bytes));
            }
        } catch (IOException e) {
            throw footer.file().failure(e);
        }
        return List.copyOf(sizes);
    }

    private static int dictionarySize(ColumnChunk chunk, ChunkBytes bytes) throws IOException {
        ColumnMetaData about = chunk.metaData();
        if (!about.encodings().contains(Encoding.PLAIN_DICTIONARY)
                && !about.encodings().contains(Encoding.RLE_DICTIONARY)) {
            return 0;
        }
        long start = chunk.chunkStartOffset();
        int length = (int) Math.min(HEADER_BYTES, about.totalCompressedSize());
        bytes.open(start + length);
        long at = bytes.address(start, length);
        PageHeader head;
        try {
            head = PageHeader.read(at, at + length);
        } catch (IOException e) {
            // What is damaged says so when it is read for its values.
            return 0;
        }
        boolean complete =
                RowGroupFilter.isCoded(about)
                        || (about.encodings().contains(Encoding.RLE_DICTIONARY)
                                && head.uncompressedSize() < SURELY_COMPLETE_BYTES);
        return head.kind() == PageHeader.Kind.DICTIONARY && complete ? head.values() : 0;
    }

    /// Whether the row groups' values hardly overlap, in the order of the file or against it.
    private static boolean areApart(List<Chunk> chunks) {
        int up = 0;
        int down = 0;
        for (int i = 1; i < chunks.size(); i++) {
            up += isBelow(chunks.get(i - 1).bounds(), chunks.get(i).bounds()) ? 1 : 0;
            down += isBelow(chunks.get(i).bounds(), chunks.get(i - 1).bounds()) ? 1 : 0;
        }
        return Math.max(up, down) * 5 >= (chunks.size() - 1) * 4;
    }

    private static boolean isBelow(Bounds low, Bounds high) {
        @Nullable Object end = low.max();
        @Nullable Object begin = high.min();
        return end != null && begin != null && Values.compare(end, begin) <= 0;
    }

    /// `D` of `d = D (1 - e^(-n/D))`, at most `most`, by halving.
    private static double solve(Sample sample, long most) {
        double low = (double) sample.distinct();
        double high = Math.max((double) most, low);
        for (int i = 0; i < 64 && high - low > 0.5; i++) {
            double middle = (low + high) / 2;
            double expected = -middle * Math.expm1(-sample.values() / middle);
            if (expected < sample.distinct()) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return high;
    }
}
