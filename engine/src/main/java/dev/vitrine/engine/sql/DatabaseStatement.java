package dev.vitrine.engine.sql;

import dev.vitrine.engine.error.SourceRange;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A statement about databases, which SQL also calls schemas and namespaces.
public sealed interface DatabaseStatement extends Statement {
    record Create(
            List<String> name,
            boolean ifNotExists,
            Optional<String> comment,
            Optional<String> location,
            Map<String, String> properties,
            SourceRange nameRange,
            String text)
            implements DatabaseStatement {}

    record Drop(
            List<String> name,
            boolean ifExists,
            boolean cascade,
            SourceRange nameRange,
            String text)
            implements DatabaseStatement {}

    record Use(List<String> name, SourceRange nameRange, String text)
            implements DatabaseStatement {}

    record UseCatalog(String name, String text) implements DatabaseStatement {}

    record SetProperties(
            List<String> name, Map<String, String> properties, SourceRange nameRange, String text)
            implements DatabaseStatement {}

    record UnsetProperties(List<String> name, List<String> keys, SourceRange nameRange, String text)
            implements DatabaseStatement {}

    record SetLocation(List<String> name, String location, SourceRange nameRange, String text)
            implements DatabaseStatement {}

    record SetComment(
            List<String> name, Optional<String> comment, SourceRange nameRange, String text)
            implements DatabaseStatement {}
}
