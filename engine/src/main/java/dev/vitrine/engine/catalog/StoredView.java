package dev.vitrine.engine.catalog;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// A view that outlives its session: the text of a query, read anew wherever the view is used.
///
/// @param columns names, types and comments when it was made
/// @param named whether the columns were named by the view, not by its query
/// @param database where the query looks for tables without a database
/// @param settings that the query's meaning depends on
public record StoredView(
        QualifiedName name,
        List<TableColumn> columns,
        boolean named,
        String sql,
        String database,
        Map<String, String> settings,
        Map<String, String> properties,
        Optional<String> comment,
        long createdMillis)
        implements Relation {
    public StoredView {
        columns = List.copyOf(columns);
        settings = Collections.unmodifiableMap(new TreeMap<>(settings));
        properties = Collections.unmodifiableMap(new TreeMap<>(properties));
    }

    @Override
    public String key() {
        return name.quoted();
    }

    public StoredView withName(QualifiedName changed) {
        return new StoredView(
                changed,
                columns,
                named,
                sql,
                database,
                settings,
                properties,
                comment,
                createdMillis);
    }

    public StoredView withProperties(Map<String, String> changed) {
        return new StoredView(
                name, columns, named, sql, database, settings, changed, comment, createdMillis);
    }

    public StoredView withComment(Optional<String> changed) {
        return new StoredView(
                name, columns, named, sql, database, settings, properties, changed, createdMillis);
    }
}
