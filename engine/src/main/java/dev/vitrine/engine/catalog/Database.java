package dev.vitrine.engine.catalog;

import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// A group of tables, views and functions; SQL calls it DATABASE, SCHEMA or NAMESPACE.
///
/// @param location folder of its tables
public record Database(
        String name, String location, Optional<String> comment, Map<String, String> properties) {
    public Database {
        properties = Collections.unmodifiableMap(new TreeMap<>(properties));
    }
}
