package dev.vitrine.engine.api;

import dev.vitrine.engine.catalog.QualifiedName;
import dev.vitrine.engine.catalog.View;
import dev.vitrine.engine.error.EngineException;
import dev.vitrine.engine.error.ErrorCode;
import dev.vitrine.engine.logical.LogicalPlan;
import dev.vitrine.engine.logical.PlanContext;
import dev.vitrine.engine.sql.Parameters;
import dev.vitrine.engine.sql.Statement;
import java.util.List;
import java.util.stream.Collectors;

/// Databases, tables, views and functions of a session, under the names of Spark's `Catalog`. Each
/// method is the SQL statement that says the same.
public final class SessionCatalog {
    private static final List<ErrorCode> NOT_FOUND =
            List.of(
                    ErrorCode.TABLE_OR_VIEW_NOT_FOUND,
                    ErrorCode.SCHEMA_NOT_FOUND,
                    ErrorCode.UNRESOLVED_ROUTINE);

    private final Session session;

    SessionCatalog(Session session) {
        this.session = session;
    }

    private void run(String sql) {
        try (Query query = session.query(sql)) {
            query.await();
        }
    }

    private static String quoted(String name) {
        return AttributeName.parts(name).stream()
                .map(part -> "`" + part.replace("`", "``") + "`")
                .collect(Collectors.joining("."));
    }

    private static String text(String value) {
        return "'" + value.replace("\\", "\\\\").replace("'", "\\'") + "'";
    }

    // Databases

    public String currentCatalog() {
        return QualifiedName.CATALOG;
    }

    public String currentDatabase() {
        return String.valueOf(session.sql("SELECT current_database()").head().get(0));
    }

    /// @throws EngineException SCHEMA_NOT_FOUND
    public void setCurrentDatabase(String name) {
        run("USE " + quoted(name));
    }

    /// Names, as SHOW DATABASES gives them.
    public DataFrame listDatabases() {
        return session.sql("SHOW DATABASES");
    }

    public boolean databaseExists(String name) {
        return exists("DESCRIBE DATABASE " + quoted(name));
    }

    public void createDatabase(String name, boolean ifNotExists) {
        run("CREATE DATABASE " + (ifNotExists ? "IF NOT EXISTS " : "") + quoted(name));
    }

    /// @param cascade whether with the tables in it
    public void dropDatabase(String name, boolean ifExists, boolean cascade) {
        run(
                "DROP DATABASE "
                        + (ifExists ? "IF EXISTS " : "")
                        + quoted(name)
                        + (cascade ? " CASCADE" : ""));
    }

    // Tables

    /// Tables and views of the current database, as SHOW TABLES gives them.
    public DataFrame listTables() {
        return session.sql("SHOW TABLES");
    }

    public DataFrame listTables(String database) {
        return session.sql("SHOW TABLES IN " + quoted(database));
    }

    /// Columns of a table or view, as DESCRIBE gives them.
    ///
    /// @throws EngineException TABLE_OR_VIEW_NOT_FOUND
    public DataFrame listColumns(String table) {
        return session.sql("DESCRIBE " + quoted(table));
    }

    public boolean tableExists(String name) {
        LogicalPlan relation = new LogicalPlan.UnresolvedRelation(AttributeName.parts(name), null);
        return session.analyze(relation, new PlanContext()) instanceof Analysis.Valid;
    }

    public boolean tableExists(String database, String name) {
        return tableExists(quoted(database) + "." + quoted(name));
    }

    /// A table over files of `spark.sql.sources.default`, as a frame.
    public DataFrame createTable(String name, String path) {
        run("CREATE TABLE " + quoted(name) + " LOCATION " + text(path));
        return session.table(name);
    }

    /// A table over files, as a frame.
    public DataFrame createTable(String name, String path, String format) {
        run(
                "CREATE TABLE "
                        + quoted(name)
                        + " USING "
                        + quoted(format)
                        + " LOCATION "
                        + text(path));
        return session.table(name);
    }

    /// @param purge makes no difference: files are gone at once
    public void dropTable(String name, boolean ifExists, boolean purge) {
        run("DROP TABLE " + (ifExists ? "IF EXISTS " : "") + quoted(name));
    }

    public void truncateTable(String name) {
        run("TRUNCATE TABLE " + quoted(name));
    }

    /// The statement that makes a table.
    public String getCreateTableString(String name) {
        return String.valueOf(session.sql("SHOW CREATE TABLE " + quoted(name)).head().get(0));
    }

    /// Partitions of a table, as SHOW PARTITIONS gives them.
    public DataFrame listPartitions(String name) {
        return session.sql("SHOW PARTITIONS " + quoted(name));
    }

    // Views

    /// Views of the current database, as SHOW VIEWS gives them.
    public DataFrame listViews() {
        return session.sql("SHOW VIEWS");
    }

    public void dropView(String name, boolean ifExists) {
        run("DROP VIEW " + (ifExists ? "IF EXISTS " : "") + quoted(name));
    }

    /// @return whether there was one
    public boolean dropTempView(String name) {
        return dropIfThere(quoted(name));
    }

    /// @return whether there was one
    public boolean dropGlobalTempView(String name) {
        return dropIfThere(View.GLOBAL + "." + quoted(name));
    }

    private boolean dropIfThere(String name) {
        boolean there = exists("DESCRIBE " + name);
        if (there) {
            run("DROP VIEW " + name);
        }
        return there;
    }

    // Functions

    /// Names, as SHOW FUNCTIONS gives them.
    public DataFrame listFunctions() {
        return session.sql("SHOW FUNCTIONS");
    }

    public boolean functionExists(String name) {
        return exists("DESCRIBE FUNCTION " + quoted(name));
    }

    // Cache

    public boolean isCached(String table) {
        return session.tables().stream()
                .anyMatch(info ->
                        info.kind().equals("cached") && info.name().equalsIgnoreCase(table));
    }

    public void cacheTable(String table) {
        run("CACHE TABLE " + quoted(table));
    }

    public void uncacheTable(String table) {
        run("UNCACHE TABLE " + quoted(table));
    }

    public void clearCache() {
        run("CLEAR CACHE");
    }

    public void refreshTable(String table) {
        run("REFRESH TABLE " + quoted(table));
    }

    /// Whether a statement runs; what is wrong with its text is no answer.
    private boolean exists(String sql) {
        Statement statement = session.parse(sql, Parameters.NONE);
        try (Query query = session.query(statement)) {
            query.await();
            return true;
        } catch (EngineException e) {
            if (NOT_FOUND.contains(e.code())) {
                return false;
            }
            throw e;
        }
    }
}
