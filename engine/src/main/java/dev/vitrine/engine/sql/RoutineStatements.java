package dev.vitrine.engine.sql;

import dev.vitrine.engine.catalog.TableColumn;
import dev.vitrine.engine.error.EngineException;
import dev.vitrine.engine.error.ErrorCode;
import dev.vitrine.engine.expr.Expr;
import dev.vitrine.engine.types.DataType;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Reads the statements about functions and variables.
final class RoutineStatements {
    private final StatementParts parts;

    RoutineStatements(StatementParts parts) {
        this.parts = parts;
    }

    Statement create(SqlGrammar.CreateFunctionContext node, String text) {
        if (node.REPLACE() != null && node.EXISTS() != null) {
            throw invalid("CREATE FUNCTION with both IF NOT EXISTS and REPLACE", node);
        }
        if (node.TEMPORARY() != null && node.EXISTS() != null) {
            throw invalid("CREATE TEMPORARY FUNCTION with IF NOT EXISTS", node);
        }
        Optional<String> comment = Optional.empty();
        for (SqlGrammar.FunctionClauseContext clause : node.functionClause()) {
            if (clause.COMMENT() != null) {
                comment = StatementParts.string(clause.string());
            }
            if (clause.LANGUAGE() != null
                    && !clause.identifier(0).getText().equalsIgnoreCase("SQL")) {
                throw parts.unsupported("A function in another language than SQL", clause);
            }
        }
        Optional<DataType> returns =
                Optional.ofNullable(node.dataType()).map(new TypeBuilder(parts.source())::type);
        return new RoutineStatement.CreateFunction(
                StatementParts.names(node.multipart()),
                node.TEMPORARY() != null,
                node.REPLACE() != null,
                node.EXISTS() != null,
                parameters(node.parameter()),
                returns,
                node.field().stream().map(parts::column).toList(),
                node.TABLE() != null,
                parts.slice(node.query() == null ? node.expression() : node.query()),
                node.query() != null,
                comment,
                parts.range(node.multipart()),
                text);
    }

    private EngineException invalid(String what, SqlGrammar.CreateFunctionContext node) {
        return new EngineException(
                ErrorCode.INVALID_SQL_SYNTAX__CREATE_ROUTINE,
                Map.of("what", what),
                parts.range(node.multipart()));
    }

    private List<TableColumn> parameters(List<SqlGrammar.ParameterContext> nodes) {
        List<TableColumn> parameters = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (SqlGrammar.ParameterContext node : nodes) {
            String name = StatementParts.name(node.identifier());
            if (!names.add(name.toLowerCase(Locale.ROOT))) {
                throw new EngineException(
                        ErrorCode.DUPLICATE_ROUTINE_PARAMETER_NAMES,
                        Map.of("names", "`" + name + "`"),
                        parts.range(node));
            }
            if (node.NOT() != null) {
                throw new EngineException(
                        ErrorCode.USER_DEFINED_FUNCTIONS__NOT_NULL_ON_FUNCTION_PARAMETERS,
                        Map.of("input", parts.slice(node)),
                        parts.range(node));
            }
            parameters.add(
                    new TableColumn(
                            name,
                            new TypeBuilder(parts.source()).type(node.dataType()),
                            true,
                            TypeBuilder.textLength(node.dataType()),
                            Optional.ofNullable(node.expression()).map(parts::slice),
                            StatementParts.string(node.string())));
        }
        return parameters;
    }

    Statement drop(SqlGrammar.DropFunctionContext node, String text) {
        return new RoutineStatement.DropFunction(
                StatementParts.names(node.multipart()),
                node.TEMPORARY() != null,
                node.EXISTS() != null,
                parts.range(node.multipart()),
                text);
    }

    Statement declare(SqlGrammar.DeclareVariableContext node, String text) {
        return new RoutineStatement.DeclareVariable(
                node.multipart().stream().map(StatementParts::names).toList(),
                node.REPLACE() != null,
                Optional.ofNullable(node.dataType()).map(new TypeBuilder(parts.source())::type),
                Optional.ofNullable(node.expression()).map(parts.queries().exprs()::expression),
                parts.context(),
                parts.range(node.multipart(0)),
                text);
    }

    Statement set(SqlGrammar.SetVariableContext node, String text) {
        List<List<String>> targets = new ArrayList<>();
        List<Expr> values = new ArrayList<>();
        for (SqlGrammar.AssignmentContext assignment : node.assignment()) {
            targets.add(StatementParts.names(assignment.multipart()));
            values.add(parts.queries().exprs().expression(assignment.expression()));
        }
        return new RoutineStatement.SetVariables(
                targets,
                values,
                Optional.empty(),
                parts.context(),
                parts.range(node.assignment(0)),
                text);
    }

    Statement set(SqlGrammar.SetVariablesContext node, String text) {
        return new RoutineStatement.SetVariables(
                node.multipart().stream().map(StatementParts::names).toList(),
                List.of(),
                Optional.of(parts.queries().query(node.query())),
                parts.context(),
                parts.range(node.multipart(0)),
                text);
    }

    Statement execute(SqlGrammar.ExecuteImmediateContext node, String text) {
        ExprBuilder exprs = parts.queries().exprs();
        List<Expr> arguments = new ArrayList<>();
        for (SqlGrammar.NamedExpressionContext argument : node.namedExpression()) {
            Expr value = exprs.named(argument);
            boolean list = node.namedExpression().size() == 1;
            arguments.addAll(list ? exprs.rowElements(value) : List.of(value));
        }
        return new Statement.ExecuteImmediate(
                exprs.expression(node.text),
                arguments,
                node.multipart().stream().map(StatementParts::names).toList(),
                parts.context(),
                node.multipart().isEmpty() ? parts.range(node) : parts.range(node.multipart(0)),
                text);
    }
}
