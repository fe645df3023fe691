package dev.vitrine.engine.sql;

import dev.vitrine.engine.error.EngineException;
import dev.vitrine.engine.error.ErrorCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// Reads SHOW and DESCRIBE.
final class ShowStatements {
    private final StatementParts parts;

    ShowStatements(StatementParts parts) {
        this.parts = parts;
    }

    Statement functions(SqlGrammar.ShowFunctionsContext node, String text) {
        String scope = node.scope == null ? "ALL" : node.scope.getText().toUpperCase(Locale.ROOT);
        if (!List.of("ALL", "USER", "SYSTEM").contains(scope)) {
            throw new EngineException(
                    ErrorCode.INVALID_SQL_SYNTAX__SHOW_FUNCTIONS_INVALID_SCOPE,
                    Map.of("scope", "`" + scope.toLowerCase(Locale.ROOT) + "`"),
                    parts.range(node));
        }
        List<SqlGrammar.MultipartContext> names = new ArrayList<>(node.multipart());
        names.remove(node.from);
        Optional<String> pattern = StatementParts.string(node.string());
        if (!names.isEmpty()) {
            pattern = Optional.of(StatementParts.names(names.getFirst()).getLast());
        }
        return new ShowStatement.Functions(
                scope, StatementParts.optionalNames(node.from), pattern, text);
    }

    Statement columns(SqlGrammar.ShowColumnsContext node, String text) {
        List<String> table = new ArrayList<>(StatementParts.names(node.table));
        if (node.from != null) {
            List<String> database = StatementParts.names(node.from);
            if (table.size() > 1 && !table.getFirst().equalsIgnoreCase(database.getLast())) {
                throw new EngineException(
                        ErrorCode.SHOW_COLUMNS_WITH_CONFLICT_NAMESPACE,
                        Map.of(
                                "namespaceA",
                                "`" + database.getLast() + "`",
                                "namespaceB",
                                "`" + table.getFirst() + "`"),
                        parts.range(node));
            }
            table = new ArrayList<>(database);
            table.add(StatementParts.names(node.table).getLast());
        }
        return new ShowStatement.Columns(table, parts.range(node.table), text);
    }

    Statement describeFunction(SqlGrammar.DescribeFunctionContext node, String text) {
        List<String> name;
        if (node.multipart() != null) {
            name = StatementParts.names(node.multipart());
        } else if (node.string() != null) {
            name = List.of(LiteralBuilder.string(node.string()));
        } else {
            name =
                    List.of(
                            node.functionName() == null
                                    ? node.comparisonOperator() != null
                                            ? node.comparisonOperator().getText()
                                            : node.reserved().getText()
                                    : Quoting.identifier(node.functionName().getText()));
        }
        return new ShowStatement.DescribeFunction(
                name, node.EXTENDED() != null, parts.range(node), text);
    }

    Statement describeTable(SqlGrammar.DescribeTableContext node, String text) {
        SqlGrammar.MultipartContext table = node.multipart(0);
        return new ShowStatement.DescribeTable(
                StatementParts.names(table),
                node.EXTENDED() != null || node.FORMATTED() != null,
                parts.partition(node.partitionSpec()),
                Optional.ofNullable(node.column).map(StatementParts::names),
                parts.range(table),
                text);
    }
}
