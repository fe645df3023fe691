package dev.vitrine.connectors.parquet;

import dev.hardwood.InputFile;
import dev.hardwood.internal.reader.ParquetMetadataReader;
import dev.hardwood.metadata.FileMetaData;
import dev.hardwood.metadata.RowGroup;
import dev.hardwood.schema.FileSchema;
import dev.hardwood.schema.SchemaNode;
import dev.vitrine.connectors.file.DataFile;
import java.io.IOException;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/// What a Parquet file says of itself: its schema and its row groups with their statistics.
///
/// @param columns the top-level columns by name
/// @param columnsInLowerCase the same, the first of those whose names are alike but for case
/// @param dictionarySizes what [#dictionarySizes] found, by row group
record Footer(
        DataFile file,
        FileMetaData metadata,
        FileSchema schema,
        Map<String, SchemaNode> columns,
        Map<String, SchemaNode> columnsInLowerCase,
        ConcurrentMap<Integer, List<Integer>> dictionarySizes) {
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
            Footer footer = of(file, metadata);
            CACHE.put(file, footer);
            return footer;
        } catch (IOException | RuntimeException e) {
            throw file.failure(e);
        }
    }

    private static Footer of(DataFile file, FileMetaData metadata) {
        FileSchema schema = FileSchema.fromSchemaElements(metadata.schema());
        Map<String, SchemaNode> columns = new HashMap<>();
        Map<String, SchemaNode> columnsInLowerCase = new HashMap<>();
        for (SchemaNode node : schema.getRootNode().children()) {
            columns.putIfAbsent(node.name(), node);
            columnsInLowerCase.putIfAbsent(node.name().toLowerCase(Locale.ROOT), node);
        }
        return new Footer(
                file, metadata, schema, columns, columnsInLowerCase, new ConcurrentHashMap<>());
    }

    /// Forgets what was read, so that the next reader reads anew.
    static void forget() {
        CACHE.clear();
    }

    List<RowGroup> rowGroups() {
        return metadata.rowGroups();
    }

    /// The top-level column called `name`: written so, or else in other letter case.
    @Nullable SchemaNode find(String name) {
        SchemaNode exact = columns.get(name);
        return exact != null ? exact : columnsInLowerCase.get(name.toLowerCase(Locale.ROOT));
    }

    /// Distinct values of each leaf column in a row group, as the dictionaries' headers say; 0 for
    /// those that have none or where not all values are surely there.
    List<Integer> dictionarySizes(int group) {
        return dictionarySizes.computeIfAbsent(
                group, key -> DistinctCounts.dictionarySizes(this, rowGroups().get(group)));
    }

    long rowCount() {
        return metadata.rowGroups().stream().mapToLong(RowGroup::numRows).sum();
    }
}
