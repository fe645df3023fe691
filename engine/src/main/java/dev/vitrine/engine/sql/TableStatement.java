package dev.vitrine.engine.sql;

import dev.vitrine.engine.catalog.TableColumn;
import dev.vitrine.engine.error.SourceRange;
import dev.vitrine.engine.expr.Expr;
import dev.vitrine.engine.logical.LogicalPlan;
import dev.vitrine.engine.logical.PlanContext;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A statement that makes, changes or drops tables and stored views.
public sealed interface TableStatement extends Statement {
    /// The table's or view's name.
    List<String> name();

    /// Where the name stands.
    SourceRange nameRange();

    /// What CREATE TABLE says of a table.
    ///
    /// @param columns as declared, without those that `partitions` declares itself
    /// @param partitions names, and types where PARTITIONED BY gives them
    /// @param format empty where neither USING nor STORED AS names one
    record Definition(
            List<TableColumn> columns,
            List<PartitionColumn> partitions,
            Optional<String> format,
            Map<String, String> options,
            Map<String, String> properties,
            Optional<String> location,
            Optional<String> comment,
            boolean external) {
        public Definition {
            columns = List.copyOf(columns);
            partitions = List.copyOf(partitions);
            options = Map.copyOf(options);
            properties = Map.copyOf(properties);
        }
    }

    /// @param declared the column, where PARTITIONED BY declares it
    record PartitionColumn(String name, Optional<TableColumn> declared) {}

    /// @param query the rows of CREATE TABLE … AS
    record Create(
            List<String> name,
            Definition definition,
            Optional<LogicalPlan> query,
            PlanContext context,
            boolean ifNotExists,
            SourceRange nameRange,
            String text)
            implements TableStatement {}

    /// CREATE TABLE … LIKE.
    record CreateLike(
            List<String> name,
            List<String> source,
            Definition definition,
            boolean ifNotExists,
            SourceRange nameRange,
            String text)
            implements TableStatement {}

    record Drop(List<String> name, boolean ifExists, SourceRange nameRange, String text)
            implements TableStatement {}

    /// @param partition column and constant; empty for the whole table
    record Truncate(
            List<String> name,
            Map<String, Optional<Expr>> partition,
            SourceRange nameRange,
            String text)
            implements TableStatement {
        public Truncate {
            partition = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(partition));
        }
    }

    /// ALTER TABLE or ALTER VIEW.
    ///
    /// @param view ALTER VIEW
    record Alter(List<String> name, boolean view, Change change, SourceRange nameRange, String text)
            implements TableStatement {}

    /// What ALTER TABLE asks for.
    sealed interface Change {
        record RenameTo(List<String> name) implements Change {}

        record AddColumns(List<TableColumn> columns) implements Change {}

        record AlterColumn(String column, ColumnChange change) implements Change {}

        record SetProperties(Map<String, String> properties) implements Change {}

        record UnsetProperties(List<String> keys, boolean ifExists) implements Change {}

        record SetLocation(String location) implements Change {}

        record AddPartitions(List<Map<String, Optional<Expr>>> partitions, boolean ifNotExists)
                implements Change {}

        record DropPartitions(List<Map<String, Optional<Expr>>> partitions, boolean ifExists)
                implements Change {}

        record RenamePartition(Map<String, Optional<Expr>> from, Map<String, Optional<Expr>> to)
                implements Change {}

        record RecoverPartitions() implements Change {}

        /// ALTER VIEW … AS.
        record SetQuery(LogicalPlan plan, PlanContext context, String query) implements Change {}

        /// What tables of files do not know, under the name that messages use.
        record Unsupported(String operation) implements Change {}
    }

    /// What ALTER COLUMN asks for.
    sealed interface ColumnChange {
        record SetComment(String comment) implements ColumnChange {}

        record SetDefault(Optional<String> sql) implements ColumnChange {}

        record SetType(TableColumn column) implements ColumnChange {}
    }

    /// COMMENT ON TABLE; NULL takes the comment away.
    record SetTableComment(
            List<String> name, Optional<String> comment, SourceRange nameRange, String text)
            implements TableStatement {}

    record Refresh(List<String> name, SourceRange nameRange, String text)
            implements TableStatement {}

    /// ANALYZE TABLE; statistics are read from the files whenever they are needed.
    record Analyze(List<String> name, List<String> columns, SourceRange nameRange, String text)
            implements TableStatement {}
}
