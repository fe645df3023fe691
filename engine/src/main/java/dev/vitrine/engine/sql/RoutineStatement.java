package dev.vitrine.engine.sql;

import dev.vitrine.engine.catalog.TableColumn;
import dev.vitrine.engine.error.SourceRange;
import dev.vitrine.engine.expr.Expr;
import dev.vitrine.engine.logical.LogicalPlan;
import dev.vitrine.engine.logical.PlanContext;
import dev.vitrine.engine.types.DataType;
import java.util.List;
import java.util.Optional;

/// A statement about functions written in SQL, and about session variables.
public sealed interface RoutineStatement extends Statement {
    /// @param returns the type of a scalar function's value, where it is given
    /// @param table the columns of a table function, where they are given
    /// @param body text of an expression or a query
    record CreateFunction(
            List<String> name,
            boolean temporary,
            boolean replace,
            boolean ifNotExists,
            List<TableColumn> parameters,
            Optional<DataType> returns,
            List<TableColumn> table,
            boolean returnsTable,
            String body,
            boolean query,
            Optional<String> comment,
            SourceRange nameRange,
            String text)
            implements RoutineStatement {
        public CreateFunction {
            name = List.copyOf(name);
            parameters = List.copyOf(parameters);
            table = List.copyOf(table);
        }
    }

    record DropFunction(
            List<String> name,
            boolean temporary,
            boolean ifExists,
            SourceRange nameRange,
            String text)
            implements RoutineStatement {}

    record RefreshFunction(List<String> name, SourceRange nameRange, String text)
            implements RoutineStatement {}

    /// @param type empty takes the initial value's
    record DeclareVariable(
            List<List<String>> names,
            boolean replace,
            Optional<DataType> type,
            Optional<Expr> initial,
            PlanContext context,
            SourceRange nameRange,
            String text)
            implements RoutineStatement {}

    record DropVariable(List<String> name, boolean ifExists, SourceRange nameRange, String text)
            implements RoutineStatement {}

    /// SET VARIABLE: the columns of the plan's one row are the values; a value is the column name
    /// DEFAULT for the initial one.
    ///
    /// @param values one for each target, or empty where `query` gives them
    record SetVariables(
            List<List<String>> targets,
            List<Expr> values,
            Optional<LogicalPlan> query,
            PlanContext context,
            SourceRange nameRange,
            String text)
            implements RoutineStatement {}
}
