package dev.vitrine.engine.catalog;

import dev.vitrine.engine.types.Schema;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// A table: its columns, and the folder where its rows lie as files.
///
/// @param columns the partition columns last
/// @param partitionColumns names of the columns whose values name folders
/// @param format a connector's
/// @param external whether the folder was given by the user, and outlives the table
/// @param options for the connector, keys in lower case
/// @param createdMillis since 1970
public record Table(
        QualifiedName name,
        List<TableColumn> columns,
        List<String> partitionColumns,
        String format,
        String location,
        boolean external,
        Map<String, String> options,
        Map<String, String> properties,
        Optional<String> comment,
        long createdMillis)
        implements Relation {
    public Table {
        columns = List.copyOf(columns);
        partitionColumns = List.copyOf(partitionColumns);
        options = Collections.unmodifiableMap(new TreeMap<>(options));
        properties = Collections.unmodifiableMap(new TreeMap<>(properties));
    }

    @Override
    public String key() {
        return name.quoted();
    }

    public Schema schema() {
        return new Schema(columns.stream().map(TableColumn::field).toList());
    }

    /// The columns whose values name folders.
    public List<TableColumn> partitions() {
        return columns.subList(columns.size() - partitionColumns.size(), columns.size());
    }

    /// The columns that lie in the files.
    public List<TableColumn> dataColumns() {
        return columns.subList(0, columns.size() - partitionColumns.size());
    }

    public Optional<TableColumn> column(String wanted) {
        return columns.stream().filter(c -> c.name().equalsIgnoreCase(wanted)).findFirst();
    }

    public Table withName(QualifiedName changed, String folder) {
        return with(changed, columns, folder, external, properties, comment);
    }

    public Table withColumns(List<TableColumn> changed) {
        return with(name, changed, location, external, properties, comment);
    }

    public Table withProperties(Map<String, String> changed) {
        return with(name, columns, location, external, changed, comment);
    }

    /// The same table of other files, which are the user's.
    public Table withLocation(String changed) {
        return with(name, columns, changed, true, properties, comment);
    }

    public Table withComment(Optional<String> changed) {
        return with(name, columns, location, external, properties, changed);
    }

    private Table with(
            QualifiedName name,
            List<TableColumn> columns,
            String location,
            boolean external,
            Map<String, String> properties,
            Optional<String> comment) {
        return new Table(
                name,
                columns,
                partitionColumns,
                format,
                location,
                external,
                options,
                properties,
                comment,
                createdMillis);
    }
}
