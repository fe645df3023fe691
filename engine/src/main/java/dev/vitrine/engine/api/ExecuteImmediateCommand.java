package dev.vitrine.engine.api;

import dev.vitrine.engine.analysis.Analyzer;
import dev.vitrine.engine.error.EngineException;
import dev.vitrine.engine.error.ErrorCode;
import dev.vitrine.engine.expr.Expr;
import dev.vitrine.engine.sql.Parameters;
import dev.vitrine.engine.sql.RoutineStatement;
import dev.vitrine.engine.sql.SqlParser;
import dev.vitrine.engine.sql.Statement;
import dev.vitrine.engine.types.DataType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Runs EXECUTE IMMEDIATE: a statement whose text and parameters are values.
final class ExecuteImmediateCommand {
    private final CommandContext commands;

    ExecuteImmediateCommand(CommandContext commands) {
        this.commands = commands;
    }

    QueryResult run(Statement.ExecuteImmediate execute) {
        Analyzer analyzer = commands.session().analyzer(execute.context(), commands.settings());
        String sql = text(execute, analyzer);
        Statement statement = parsed(sql, execute, analyzer);
        if (statement instanceof Statement.ExecuteImmediate) {
            throw new EngineException(ErrorCode.NESTED_EXECUTE_IMMEDIATE, Map.of("sqlString", sql));
        }
        if (!execute.targets().isEmpty()) {
            return into(execute, statement, sql);
        }
        return statement instanceof Statement.Query query
                ? commands.query()
                        .execute(commands.query().planning().plan(query.plan(), query.context()))
                : new CommandRunner(commands.session(), commands.query(), commands.settings())
                        .run(statement);
    }

    private static String text(Statement.ExecuteImmediate execute, Analyzer analyzer) {
        Expr.Literal text = value(execute.statement(), analyzer);
        if (text.type() != DataType.STRING && text.type() != DataType.NULL) {
            throw new EngineException(
                    ErrorCode.INVALID_EXPR_TYPE_FOR_QUERY_EXECUTE_IMMEDIATE,
                    Map.of("exprType", "\"" + text.type().sql() + "\""));
        }
        if (text.value() == null) {
            throw new EngineException(
                    ErrorCode.NULL_QUERY_STRING_EXECUTE_IMMEDIATE,
                    Map.of("varName", "`" + execute.statement().sql() + "`"));
        }
        return text.value().toString();
    }

    private static Expr.Literal value(Expr written, Analyzer analyzer) {
        return analyzer.constantValue(written)
                .orElseThrow(() ->
                        new EngineException(
                                ErrorCode.UNSUPPORTED_EXPR_FOR_PARAMETER,
                                Map.of("invalidExprSql", "\"" + written.sql() + "\"")));
    }

    private Statement parsed(String sql, Statement.ExecuteImmediate execute, Analyzer analyzer) {
        Map<String, Expr> named = new HashMap<>();
        List<Expr> positional = new ArrayList<>();
        List<String> nameless = new ArrayList<>();
        for (Expr argument : execute.arguments()) {
            Expr written = argument instanceof Expr.Alias(var in, var name, var id) ? in : argument;
            Expr value = value(written, analyzer);
            positional.add(value);
            Optional<String> name =
                    argument instanceof Expr.Alias alias
                            ? Optional.of(alias.name())
                            : argument instanceof Expr.UnresolvedAttribute(var parts, var where)
                                    ? Optional.of(parts.getLast())
                                    : Optional.empty();
            name.ifPresentOrElse(n -> named.put(n, value), () -> nameless.add(argument.sql()));
        }
        SqlParser.ParameterForms forms = SqlParser.parameterForms(sql);
        if (forms.named() && forms.positional()) {
            throw new EngineException(ErrorCode.INVALID_QUERY_MIXED_QUERY_PARAMETERS, Map.of());
        }
        if (forms.named() && !nameless.isEmpty()) {
            throw new EngineException(
                    ErrorCode.ALL_PARAMETERS_MUST_BE_NAMED,
                    Map.of("exprs", String.join(", ", nameless)));
        }
        try {
            return SqlParser.parse(
                    sql, commands.session().parseContext(new Parameters(named, positional)));
        } catch (EngineException e) {
            // Its place is in the text that was run, not in this one.
            throw new EngineException(e.code(), e.args(), null, e);
        }
    }

    private QueryResult into(Statement.ExecuteImmediate execute, Statement statement, String sql) {
        if (!(statement instanceof Statement.Query query)) {
            throw new EngineException(
                    ErrorCode.INVALID_STATEMENT_FOR_EXECUTE_INTO, Map.of("sqlString", sql));
        }
        return new RoutineCommands(commands)
                .run(
                        new RoutineStatement.SetVariables(
                                execute.targets(),
                                List.of(),
                                Optional.of(query.plan()),
                                query.context(),
                                execute.targetRange(),
                                execute.text()));
    }
}
