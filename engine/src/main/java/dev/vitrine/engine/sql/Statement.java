package dev.vitrine.engine.sql;

import dev.vitrine.engine.error.SourceRange;
import dev.vitrine.engine.expr.Expr;
import dev.vitrine.engine.logical.LogicalPlan;
import dev.vitrine.engine.logical.PlanContext;
import dev.vitrine.engine.types.Schema;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A statement as parsed: names not looked up, types not known.
public sealed interface Statement
        permits Statement.Query,
                Statement.Insert,
                Statement.Explain,
                Statement.CreateView,
                Statement.CreateViewUsing,
                Statement.DropView,
                Statement.CacheTable,
                Statement.UncacheTable,
                Statement.ClearCache,
                Statement.SetSetting,
                Statement.ShowSettings,
                Statement.ResetSetting,
                Statement.ExecuteImmediate,
                TableStatement,
                DatabaseStatement,
                RoutineStatement,
                ShowStatement {
    /// The statement's text.
    String text();

    record Query(LogicalPlan plan, PlanContext context, String text) implements Statement {}

    /// INSERT; `plan` is a [LogicalPlan.UnresolvedInsert], its input the query.
    record Insert(LogicalPlan plan, PlanContext context, String text) implements Statement {}

    record Explain(ExplainMode mode, Statement statement, String text) implements Statement {}

    /// How long a view lasts, and who sees it.
    enum ViewLife {
        SESSION,
        GLOBAL,
        STORED
    }

    /// A view of a query.
    ///
    /// @param columns names for the view's columns, or empty to keep the query's
    /// @param columnComments as many as `columns`
    /// @param query text of the query
    record CreateView(
            List<String> name,
            ViewLife life,
            List<String> columns,
            List<Optional<String>> columnComments,
            Optional<String> comment,
            Map<String, String> properties,
            LogicalPlan plan,
            PlanContext context,
            String query,
            boolean replace,
            boolean ifNotExists,
            SourceRange nameRange,
            String text)
            implements Statement {
        public CreateView {
            name = List.copyOf(name);
            columns = List.copyOf(columns);
            columnComments = List.copyOf(columnComments);
            properties = Map.copyOf(properties);
        }
    }

    /// A view over files: CREATE TEMP VIEW … USING format OPTIONS (…).
    ///
    /// @param options with lower-case keys; `path` among them names the files
    record CreateViewUsing(
            List<String> name,
            ViewLife life,
            Optional<Schema> schema,
            String format,
            Map<String, String> options,
            boolean replace,
            SourceRange nameRange,
            String text)
            implements Statement {
        public CreateViewUsing {
            name = List.copyOf(name);
            options = Map.copyOf(options);
        }
    }

    record DropView(List<String> name, boolean ifExists, SourceRange nameRange, String text)
            implements Statement {
        public DropView {
            name = List.copyOf(name);
        }
    }

    /// CACHE TABLE: keeps the rows of a table or view.
    ///
    /// @param view the view to make first, for CACHE TABLE … AS
    /// @param lazy whether they are computed by the first query that reads them, not now
    /// @param storageLevel the name of a storage level, if one is given
    record CacheTable(
            List<String> name,
            Optional<CreateView> view,
            boolean lazy,
            Optional<String> storageLevel,
            SourceRange nameRange,
            String text)
            implements Statement {
        public CacheTable {
            name = List.copyOf(name);
        }
    }

    record UncacheTable(List<String> name, boolean ifExists, SourceRange nameRange, String text)
            implements Statement {
        public UncacheTable {
            name = List.copyOf(name);
        }
    }

    record ClearCache(String text) implements Statement {}

    record SetSetting(String key, String value, String text) implements Statement {}

    /// EXECUTE IMMEDIATE: runs a statement whose text an expression gives.
    ///
    /// @param statement a constant text
    /// @param arguments the values of its parameters, aliased with their names
    /// @param targets the session variables that take its one row, or none
    record ExecuteImmediate(
            Expr statement,
            List<Expr> arguments,
            List<List<String>> targets,
            PlanContext context,
            SourceRange targetRange,
            String text)
            implements Statement {
        public ExecuteImmediate {
            arguments = List.copyOf(arguments);
            targets = targets.stream().map(List::copyOf).toList();
        }
    }

    /// SET alone shows what was set, SET -v everything, SET key one setting.
    record ShowSettings(Optional<String> key, boolean all, String text) implements Statement {}

    record ResetSetting(Optional<String> key, String text) implements Statement {}
}
