package dev.vitrine.engine.catalog;

import java.util.List;
import java.util.Locale;

/// Where a table, view or function lies: a database and a name in it. Letter case does not count:
/// both are held in lower case.
public record QualifiedName(String database, String name) {
    /// The one catalog there is, under Spark's name.
    public static final String CATALOG = "spark_catalog";

    public QualifiedName {
        database = database.toLowerCase(Locale.ROOT);
        name = name.toLowerCase(Locale.ROOT);
    }

    /// Catalog, database and name.
    public List<String> parts() {
        return List.of(CATALOG, database, name);
    }

    /// For messages: every part in back-quotes.
    public String quoted() {
        return "`" + String.join("`.`", parts()) + "`";
    }
}
