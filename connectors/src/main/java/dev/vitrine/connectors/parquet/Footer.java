package dev.vitrine.connectors.parquet;

import dev.hardwood.InputFile;
import dev.hardwood.internal.reader.ParquetMetadataReader;
import dev.hardwood.metadata.FileMetaData;
import dev.hardwood.metadata.RowGroup;
import dev.hardwood.schema.FileSchema;
import dev.vitrine.connectors.file.DataFile;
import java.io.IOException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.logging.Level;
import java.util.logging.Logger;

/// What a Parquet file says of itself: its schema and its row groups with their statistics.
///
/// @param dictionarySizes what [#dictionarySize] found, by row group and column
record Footer(
        DataFile file,
        FileMetaData metadata,
        FileSchema schema,
        ConcurrentMap<Long, Integer> dictionarySizes) {
    private static final int CACHED = 1_000;

    /// Hardwood tells everyone at its start that it found no Vector API. Held, or the level would
    /// be lost with it.
    private static final Logger LIBRARY = Logger.getLogger("dev.hardwood");

    static {
        LIBRARY.setLevel(Level.WARNING);
    }

    /// The newest footers read, by path, size and time of change.
    private static final Map<DataFile, Footer> CACHE =
            Collections.synchronizedMap(
                    new LinkedHashMap<>(16, 0.75f, true) {
                        private static final long serialVersionUID = 1L;

                        @Override
                        protected boolean removeEldestEntry(Map.Entry<DataFile, Footer> eldest) {
                            return size() > CACHED;
                        }
                    });

    static Footer of(DataFile file) {
        Footer known = CACHE.get(file);
        if (known != null) {
            return known;
        }
        try (InputFile input = InputFile.of(file.path())) {
            input.open();
            FileMetaData metadata = ParquetMetadataReader.readMetadata(input);
            Footer footer =
                    new Footer(
                            file,
                            metadata,
                            FileSchema.fromSchemaElements(metadata.schema()),
                            new ConcurrentHashMap<>());
            CACHE.put(file, footer);
            return footer;
        } catch (IOException | RuntimeException e) {
            throw file.failure(e);
        }
    }

    /// Forgets what was read, so that the next reader reads anew.
    static void forget() {
        CACHE.clear();
    }

    List<RowGroup> rowGroups() {
        return metadata.rowGroups();
    }

    /// Distinct values in a chunk, as its dictionary's header says; 0 if it has none or not all are
    /// surely there.
    int dictionarySize(int group, int column) {
        return dictionarySizes.computeIfAbsent(
                (long) group << 32 | column,
                key ->
                        DistinctCounts.dictionarySize(
                                this, rowGroups().get(group).columns().get(column)));
    }

    long rowCount() {
        return metadata.rowGroups().stream().mapToLong(RowGroup::numRows).sum();
    }
}
