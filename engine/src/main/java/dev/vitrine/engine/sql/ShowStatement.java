package dev.vitrine.engine.sql;

import dev.vitrine.engine.error.SourceRange;
import dev.vitrine.engine.expr.Expr;
import dev.vitrine.engine.logical.LogicalPlan;
import dev.vitrine.engine.logical.PlanContext;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A statement that shows what the catalog holds. Patterns have `*` for any run and `|` between
/// choices.
public sealed interface ShowStatement extends Statement {
    /// Tables and views, or views only.
    ///
    /// @param database empty for the current one
    /// @param viewsOnly SHOW VIEWS
    record Tables(boolean viewsOnly, List<String> database, Optional<String> pattern, String text)
            implements ShowStatement {}

    record TableExtended(
            List<String> database,
            String pattern,
            Map<String, Optional<Expr>> partition,
            String text)
            implements ShowStatement {}

    record Databases(Optional<String> pattern, String text) implements ShowStatement {}

    record CurrentDatabase(String text) implements ShowStatement {}

    record Catalogs(Optional<String> pattern, String text) implements ShowStatement {}

    record TableProperties(
            List<String> table, Optional<String> key, SourceRange tableRange, String text)
            implements ShowStatement {}

    record Partitions(
            List<String> table,
            Map<String, Optional<Expr>> partition,
            SourceRange tableRange,
            String text)
            implements ShowStatement {}

    record CreateTable(List<String> table, SourceRange tableRange, String text)
            implements ShowStatement {}

    /// @param scope USER, SYSTEM or ALL
    record Functions(String scope, List<String> database, Optional<String> pattern, String text)
            implements ShowStatement {}

    record Columns(List<String> table, SourceRange tableRange, String text)
            implements ShowStatement {}

    record DescribeFunction(List<String> name, boolean extended, SourceRange range, String text)
            implements ShowStatement {}

    record DescribeDatabase(List<String> name, boolean extended, SourceRange nameRange, String text)
            implements ShowStatement {}

    /// @param column empty for the whole table
    record DescribeTable(
            List<String> table,
            boolean extended,
            Map<String, Optional<Expr>> partition,
            Optional<List<String>> column,
            SourceRange tableRange,
            String text)
            implements ShowStatement {}

    record DescribeQuery(LogicalPlan plan, PlanContext context, String text)
            implements ShowStatement {}
}
