package dev.vitrine.connectors.parquet;

import dev.hardwood.metadata.ColumnMetaData;
import dev.hardwood.metadata.RowGroup;
import dev.hardwood.schema.ColumnSchema;
import dev.hardwood.schema.SchemaNode;
import dev.vitrine.connectors.file.DataFile;
import dev.vitrine.connectors.file.FileSource;
import dev.vitrine.connectors.file.FileSplit;
import dev.vitrine.engine.batch.BatchAllocator;
import dev.vitrine.engine.spi.BatchReader;
import dev.vitrine.engine.spi.ColumnFilter;
import dev.vitrine.engine.spi.ScanRequest;
import dev.vitrine.engine.spi.TableStatistics;
import dev.vitrine.engine.spi.TableStatistics.ColumnStatistics;
import dev.vitrine.engine.types.DataType;
import dev.vitrine.engine.types.Field;
import dev.vitrine.engine.types.Schema;
import dev.vitrine.engine.types.Values;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// Parquet files with one schema: the user's, or that of the first file; others are matched to it
/// by column name.
final class ParquetSource implements FileSource {
    private static final long MAX_SPLIT_ROWS = 1L << 20;

    /// A row group is not cut into smaller parts than this.
    private static final long MIN_PART_ROWS = 1L << 17;

    private final List<Footer> footers;
    private final Schema schema;
    private final TableStatistics statistics;

    ParquetSource(List<DataFile> files, Optional<Schema> userSchema) {
        this.footers = files.stream().map(Footer::of).toList();
        this.schema =
                userSchema.orElseGet(
                        () -> ParquetTypes.schema(footers.getFirst().schema().getRootNode()));
        this.statistics = collect();
    }

    @Override
    public Schema schema() {
        return schema;
    }

    @Override
    public TableStatistics statistics() {
        return statistics;
    }

    @Override
    public OptionalLong exactRowCount() {
        return statistics.rowCount();
    }

    @Override
    public List<FileSplit> splits(List<DataFile> files, ScanRequest request, long targetBytes) {
        List<FileSplit> splits = new ArrayList<>();
        for (DataFile file : files) {
            cut(Footer.of(file), request, targetBytes, splits);
        }
        return splits;
    }

    @Override
    public BatchReader read(FileSplit split, ScanRequest request, BatchAllocator allocator) {
        return new ParquetBatchReader(
                (ParquetSplit) split, request, allocator, ParquetBatchReader.BATCH_ROWS);
    }

    private static void cut(
            Footer footer, ScanRequest request, long targetBytes, List<FileSplit> splits) {
        List<RowGroup> groups = footer.rowGroups();
        List<Integer> chosen = new ArrayList<>();
        long bytes = 0;
        long rows = 0;
        for (int i = 0; i < groups.size(); i++) {
            RowGroup group = groups.get(i);
            if (group.numRows() == 0 || !mayMatch(footer, group, request.filters())) {
                continue;
            }
            long more = bytesOf(footer, group, request.columns());
            int parts = parts(footer, group, request, more, targetBytes);
            if (parts > 1) {
                cut(footer, i, more, parts, splits);
                continue;
            }
            if (!chosen.isEmpty()
                    && (bytes + more > targetBytes || rows + group.numRows() > MAX_SPLIT_ROWS)) {
                splits.add(whole(footer, chosen, bytes, rows));
                chosen = new ArrayList<>();
                bytes = 0;
                rows = 0;
            }
            chosen.add(i);
            bytes += more;
            rows += group.numRows();
        }
        if (!chosen.isEmpty()) {
            splits.add(whole(footer, chosen, bytes, rows));
        }
    }

    private static ParquetSplit whole(Footer footer, List<Integer> groups, long bytes, long rows) {
        int all = footer.rowGroups().size();
        return new ParquetSplit(footer.file(), groups, all, true, 0, rows, bytes);
    }

    /// How many parts a row group is read in: more than one where it is large and its columns can
    /// be begun in the middle.
    private static int parts(
            Footer footer, RowGroup group, ScanRequest request, long bytes, long targetBytes) {
        long parts =
                Math.max(
                        (bytes + targetBytes - 1) / targetBytes,
                        (group.numRows() + MAX_SPLIT_ROWS - 1) / MAX_SPLIT_ROWS);
        if (parts <= 1 || group.numRows() < 2 * MIN_PART_ROWS) {
            return 1;
        }
        for (Field field : request.columns().fields()) {
            SchemaNode node = footer.find(field.name());
            if (node instanceof SchemaNode.GroupNode
                    || (node != null && ParquetTypes.isBareList(node))) {
                return 1;
            }
        }
        return Math.toIntExact(Math.min(parts, group.numRows() / MIN_PART_ROWS));
    }

    private static void cut(
            Footer footer, int group, long bytes, int parts, List<FileSplit> splits) {
        long rows = footer.rowGroups().get(group).numRows();
        int all = footer.rowGroups().size();
        long from = 0;
        for (int part = 1; part <= parts; part++) {
            long to = rows * part / parts;
            splits.add(
                    new ParquetSplit(
                            footer.file(),
                            List.of(group),
                            all,
                            false,
                            from,
                            to - from,
                            bytes / parts));
            from = to;
        }
    }

    private static boolean mayMatch(Footer footer, RowGroup group, List<ColumnFilter> filters) {
        for (ColumnFilter filter : filters) {
            SchemaNode node = footer.find(filter.column());
            if (node == null) {
                if (filter.op() != ColumnFilter.Op.IS_NULL) {
                    return false;
                }
            } else if (node instanceof SchemaNode.PrimitiveNode leaf
                    && leaf.maxRepetitionLevel() == 0
                    && !bounds(footer, group, leaf).mayMatch(filter)) {
                return false;
            }
        }
        return true;
    }

    private static Bounds bounds(Footer footer, RowGroup group, SchemaNode.PrimitiveNode leaf) {
        ColumnSchema column = footer.schema().getColumn(leaf.columnIndex());
        ColumnMetaData chunk = group.columns().get(leaf.columnIndex()).metaData();
        return Bounds.of(chunk.statistics(), column, ParquetTypes.type(leaf), group.numRows());
    }

    private static long bytesOf(Footer footer, RowGroup group, Schema columns) {
        long bytes = 0;
        for (Field field : columns.fields()) {
            SchemaNode node = footer.find(field.name());
            if (node != null) {
                bytes += bytesOf(group, node);
            }
        }
        return bytes;
    }

    private static long bytesOf(RowGroup group, SchemaNode node) {
        return switch (node) {
            case SchemaNode.PrimitiveNode leaf ->
                    group.columns().get(leaf.columnIndex()).metaData().totalCompressedSize();
            case SchemaNode.GroupNode inner ->
                    inner.children().stream().mapToLong(child -> bytesOf(group, child)).sum();
        };
    }

    private TableStatistics collect() {
        long rows = 0;
        long bytes = 0;
        for (Footer footer : footers) {
            rows += footer.rowCount();
            bytes += footer.file().sizeBytes();
        }
        Map<String, ColumnStatistics> columns = new HashMap<>();
        for (Field field : schema.fields()) {
            if (!field.type().isNested() && !field.type().hasVariant()) {
                columns.put(field.name(), collect(field));
            }
        }
        return new TableStatistics(OptionalLong.of(rows), OptionalLong.of(bytes), columns);
    }

    private ColumnStatistics collect(Field field) {
        Object min = null;
        Object max = null;
        boolean bounded = true;
        boolean counted = true;
        long nulls = 0;
        List<DistinctCounts.Chunk> chunks = new ArrayList<>();
        for (Footer footer : footers) {
            SchemaNode node = footer.find(field.name());
            for (int i = 0; i < footer.rowGroups().size(); i++) {
                RowGroup group = footer.rowGroups().get(i);
                if (!(node instanceof SchemaNode.PrimitiveNode leaf)
                        || leaf.maxRepetitionLevel() > 0
                        || !ParquetTypes.type(leaf).equals(field.type())) {
                    nulls += group.numRows();
                    bounded &= node == null;
                    counted &= node == null;
                    continue;
                }
                Bounds bounds = bounds(footer, group, leaf);
                chunks.add(new DistinctCounts.Chunk(footer, i, leaf, bounds));
                counted &= bounds.nullCount().isPresent();
                nulls += bounds.nullCount().orElse(0);
                if (bounds.min() == null || bounds.max() == null) {
                    // No bounds are needed where all is NULL.
                    bounded &= bounds.nullCount().orElse(-1) == group.numRows();
                    continue;
                }
                min = min == null || Values.compare(bounds.min(), min) < 0 ? bounds.min() : min;
                max = max == null || Values.compare(bounds.max(), max) > 0 ? bounds.max() : max;
            }
        }
        // Writers leave NaN out of the bounds, and NaN is larger than all.
        boolean hidesNaN = field.type() == DataType.DOUBLE || field.type() == DataType.FLOAT;
        return new ColumnStatistics(
                bounded ? min : null,
                bounded && !hidesNaN ? max : null,
                counted ? OptionalLong.of(nulls) : OptionalLong.empty(),
                distinct(chunks, field.type(), bounded ? min : null, bounded ? max : null));
    }

    /// Distinct values of a column, no more of whole numbers and dates than lie between the bounds.
    private static OptionalLong distinct(
            List<DistinctCounts.Chunk> chunks,
            DataType type,
            @Nullable Object min,
            @Nullable Object max) {
        OptionalLong estimate = DistinctCounts.estimate(chunks);
        boolean isWhole = type.isIntegral() || type == DataType.DATE;
        if (!isWhole || !(min instanceof Number low) || !(max instanceof Number high)) {
            return estimate;
        }
        double most = high.doubleValue() - low.doubleValue() + 1;
        return estimate.isPresent() && most < estimate.getAsLong()
                ? OptionalLong.of((long) most)
                : estimate;
    }
}
