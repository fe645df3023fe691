package dev.vitrine.connectors.file;

import dev.vitrine.engine.batch.Batch;
import dev.vitrine.engine.batch.BatchAllocator;
import dev.vitrine.engine.batch.BatchBuilder;
import dev.vitrine.engine.batch.BatchColumn;
import dev.vitrine.engine.spi.BatchReader;
import dev.vitrine.engine.spi.ColumnFilter;
import dev.vitrine.engine.spi.ScanRequest;
import dev.vitrine.engine.spi.Split;
import dev.vitrine.engine.spi.TableSource;
import dev.vitrine.engine.spi.TableStatistics;
import dev.vitrine.engine.types.Field;
import dev.vitrine.engine.types.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/// Several files as one table: what is inside them, and after it the columns that their folders
/// name.
public final class FileTable implements TableSource {
    private final String format;
    private final String description;
    private final List<DataFile> files;
    private final PartitionColumns partitions;
    private final FileSource source;
    private final Schema schema;

    private FileTable(
            String format,
            String description,
            List<DataFile> files,
            PartitionColumns partitions,
            FileSource source) {
        this.format = format;
        this.description = description;
        this.files = files;
        this.partitions = partitions;
        this.source = source;
        List<Field> fields = new ArrayList<>(partitions.without(source.schema()).fields());
        fields.addAll(partitions.schema().fields());
        this.schema = new Schema(fields);
    }

    /// Opens the files that `paths` stand for.
    ///
    /// @param open makes the source from the files and the part of the user's schema that lies
    ///   inside them
    public static FileTable open(
            String format,
            List<String> paths,
            Optional<Schema> userSchema,
            BiFunction<List<DataFile>, Optional<Schema>, FileSource> open) {
        List<DataFile> files = FileListing.list(paths);
        PartitionColumns partitions = PartitionColumns.of(files, userSchema);
        FileSource source = open.apply(files, userSchema.map(partitions::without));
        return new FileTable(format, String.join(", ", paths), files, partitions, source);
    }

    @Override
    public String description() {
        String findings = source.findings();
        return findings.isEmpty() ? description : description + " [" + findings + "]";
    }

    @Override
    public String format() {
        return format;
    }

    @Override
    public Schema schema() {
        return schema;
    }

    @Override
    public TableStatistics statistics() {
        return source.statistics();
    }

    @Override
    public OptionalLong exactRowCount() {
        return source.exactRowCount();
    }

    @Override
    public List<Split> splits(ScanRequest request, long targetBytes) {
        List<DataFile> chosen =
                files.stream()
                        .filter(file -> partitions.mayMatch(file, request.filters()))
                        .toList();
        return List.copyOf(source.splits(chosen, inside(request), targetBytes));
    }

    @Override
    public BatchReader read(Split split, ScanRequest request, BatchAllocator allocator) {
        FileSplit part = (FileSplit) split;
        ScanRequest inside = inside(request);
        BatchReader reader = source.read(part, inside, allocator);
        return inside.columns().size() == request.columns().size()
                ? reader
                : new WithPartition(reader, part.file(), request.columns(), allocator);
    }

    /// `request` without what the folders' names answer.
    private ScanRequest inside(ScanRequest request) {
        if (partitions.isEmpty()) {
            return request;
        }
        List<ColumnFilter> filters =
                request.filters().stream()
                        .filter(filter -> partitions.schema().indexOf(filter.column()).isEmpty())
                        .toList();
        return new ScanRequest(partitions.without(request.columns()), filters, request.limit());
    }

    /// Adds the folders' values to each batch.
    private final class WithPartition implements BatchReader {
        private final BatchReader reader;
        private final Schema wanted;
        private final @Nullable Object[] values;
        private final BatchBuilder constants;

        WithPartition(BatchReader reader, DataFile file, Schema wanted, BatchAllocator allocator) {
            this.reader = reader;
            this.wanted = wanted;
            List<Field> fields = new ArrayList<>();
            List<@Nullable Object> constant = new ArrayList<>();
            for (Field field : wanted.fields()) {
                partitions
                        .schema()
                        .indexOf(field.name())
                        .ifPresent(index -> {
                            fields.add(field);
                            constant.add(partitions.value(file, index));
                        });
            }
            this.values = constant.toArray();
            this.constants = new BatchBuilder(new Schema(fields), allocator, 1024);
        }

        @Override
        public @Nullable Batch next() {
            Batch inner = reader.next();
            if (inner == null) {
                return null;
            }
            try {
                int rows = inner.rowCount();
                for (int column = 0; column < values.length; column++) {
                    for (int row = 0; row < rows; row++) {
                        constants.column(column).append(values[column]);
                    }
                }
                Batch added = constants.build(rows);
                List<BatchColumn> columns = new ArrayList<>();
                int fromFile = 0;
                int fromFolder = 0;
                for (Field field : wanted.fields()) {
                    columns.add(
                            partitions.schema().indexOf(field.name()).isPresent()
                                    ? added.column(fromFolder++)
                                    : inner.column(fromFile++));
                }
                // The new batch takes over both batches' only reference to their columns.
                return Batch.of(wanted, columns, rows);
            } catch (RuntimeException e) {
                inner.close();
                throw e;
            }
        }

        @Override
        public long bytesRead() {
            return reader.bytesRead();
        }

        @Override
        public void close() {
            constants.close();
            reader.close();
        }
    }
}
