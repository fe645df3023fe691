package dev.vitrine.engine.sql;

import dev.vitrine.engine.error.SourceRange;
import dev.vitrine.engine.logical.LogicalPlan;
import dev.vitrine.engine.logical.PlanContext;
import dev.vitrine.engine.types.Schema;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A statement as parsed: names not looked up, types not known.
public sealed interface Statement {
    /// The statement's text.
    String text();

    record Query(LogicalPlan plan, PlanContext context, String text) implements Statement {}

    record Explain(ExplainMode mode, Statement statement, String text) implements Statement {}

    /// A temporary view of a query.
    ///
    /// @param columns names for the view's columns, or empty to keep the query's
    /// @param query text of the query
    record CreateView(
            String name,
            List<String> columns,
            LogicalPlan plan,
            PlanContext context,
            String query,
            boolean replace,
            boolean ifNotExists,
            SourceRange nameRange,
            String text)
            implements Statement {
        public CreateView {
            columns = List.copyOf(columns);
        }
    }

    /// A view over files: CREATE TEMP VIEW … USING format OPTIONS (…).
    ///
    /// @param options with lower-case keys; `path` among them names the files
    record CreateViewUsing(
            String name,
            Optional<Schema> schema,
            String format,
            Map<String, String> options,
            boolean replace,
            SourceRange nameRange,
            String text)
            implements Statement {
        public CreateViewUsing {
            options = Map.copyOf(options);
        }
    }

    record DropView(String name, boolean ifExists, SourceRange nameRange, String text)
            implements Statement {}

    /// CACHE TABLE: reads a table or view and keeps its rows.
    ///
    /// @param view the view to make first, for CACHE TABLE … AS
    record CacheTable(String name, Optional<CreateView> view, SourceRange nameRange, String text)
            implements Statement {}

    record UncacheTable(String name, boolean ifExists, SourceRange nameRange, String text)
            implements Statement {}

    record ClearCache(String text) implements Statement {}

    record SetSetting(String key, String value, String text) implements Statement {}

    /// SET alone shows what was set, SET -v everything, SET key one setting.
    record ShowSettings(Optional<String> key, boolean all, String text) implements Statement {}

    record ResetSetting(Optional<String> key, String text) implements Statement {}

    /// Tables and views, or views only.
    ///
    /// @param viewsOnly SHOW VIEWS
    /// @param pattern with `*` for any run and `|` between choices
    record ShowTables(boolean viewsOnly, Optional<String> pattern, String text)
            implements Statement {}

    record ShowFunctions(Optional<String> pattern, String text) implements Statement {}

    record ShowColumns(List<String> table, SourceRange tableRange, String text)
            implements Statement {
        public ShowColumns {
            table = List.copyOf(table);
        }
    }

    record DescribeFunction(String name, boolean extended, String text) implements Statement {}

    record DescribeTable(List<String> table, boolean extended, SourceRange tableRange, String text)
            implements Statement {
        public DescribeTable {
            table = List.copyOf(table);
        }
    }
}
