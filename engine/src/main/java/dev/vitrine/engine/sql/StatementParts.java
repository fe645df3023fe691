package dev.vitrine.engine.sql;

import dev.vitrine.engine.catalog.TableColumn;
import dev.vitrine.engine.error.EngineException;
import dev.vitrine.engine.error.ErrorCode;
import dev.vitrine.engine.error.SourceRange;
import dev.vitrine.engine.expr.Expr;
import dev.vitrine.engine.logical.PlanContext;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.antlr.v4.runtime.ParserRuleContext;
import org.jspecify.annotations.Nullable;

/// Reads what several kinds of statements have: names, columns, properties, partitions.
///
/// @param context of the one statement being read
record StatementParts(SourceText source, PlanContext context, QueryBuilder queries) {

    static List<String> names(SqlGrammar.MultipartContext node) {
        return PrimaryBuilder.names(node.identifier());
    }

    static List<String> optionalNames(SqlGrammar.@Nullable MultipartContext node) {
        return node == null ? List.of() : names(node);
    }

    static String name(ParserRuleContext node) {
        return Quoting.identifier(node.getText());
    }

    static List<String> names(SqlGrammar.IdentifierListContext node) {
        return PrimaryBuilder.names(node.anyName());
    }

    static Optional<String> string(SqlGrammar.@Nullable StringContext node) {
        return Optional.ofNullable(node).map(LiteralBuilder::string);
    }

    SourceRange range(ParserRuleContext node) {
        return source.range(node);
    }

    String slice(ParserRuleContext node) {
        return source.slice(node);
    }

    EngineException unsupported(String feature, ParserRuleContext where) {
        return new EngineException(
                ErrorCode.UNSUPPORTED_FEATURE, Map.of("feature", feature), range(where));
    }

    /// Keys keep their letter case.
    static Map<String, String> properties(SqlGrammar.PropertiesContext node) {
        Map<String, String> properties = new LinkedHashMap<>();
        for (SqlGrammar.OptionContext option : node.option()) {
            SqlGrammar.OptionValueContext value = option.optionValue();
            boolean quoted = value.STRING() != null || value.DOUBLE_QUOTED() != null;
            properties.put(
                    key(option.optionKey()),
                    quoted ? Quoting.string(value.getText()) : value.getText());
        }
        return properties;
    }

    /// Keys in lower case.
    static Map<String, String> options(SqlGrammar.@Nullable PropertiesContext node) {
        Map<String, String> options = new LinkedHashMap<>();
        if (node != null) {
            properties(node).forEach((k, v) -> options.put(k.toLowerCase(Locale.ROOT), v));
        }
        return options;
    }

    static String key(SqlGrammar.OptionKeyContext node) {
        return node.identifier().isEmpty()
                ? Quoting.string(node.getText())
                : String.join(".", PrimaryBuilder.names(node.identifier()));
    }

    static List<String> keys(SqlGrammar.PropertyKeysContext node) {
        return node.propertyKey().stream().map(k -> key(k.optionKey())).toList();
    }

    /// Columns of a PARTITION clause with their constants, where they have one.
    Map<String, Optional<Expr>> partition(SqlGrammar.@Nullable PartitionSpecContext node) {
        Map<String, Optional<Expr>> partition = new LinkedHashMap<>();
        if (node != null) {
            for (SqlGrammar.PartitionValueContext value : node.partitionValue()) {
                Optional<Expr> constant =
                        Optional.ofNullable(value.expression()).map(queries.exprs()::expression);
                if (partition.put(name(value.identifier()), constant) != null) {
                    throw new EngineException(
                            ErrorCode.DUPLICATE_KEY,
                            Map.of("keyColumn", "`" + name(value.identifier()) + "`"),
                            range(value));
                }
            }
        }
        return partition;
    }

    TableColumn column(SqlGrammar.ColumnDefinitionContext node) {
        return column(name(node.anyName()), node.dataType(), node.columnClause());
    }

    TableColumn column(
            String name,
            SqlGrammar.DataTypeContext type,
            List<SqlGrammar.ColumnClauseContext> clauses) {
        boolean nullable = true;
        Optional<String> defaultSql = Optional.empty();
        Optional<String> comment = Optional.empty();
        for (SqlGrammar.ColumnClauseContext clause : clauses) {
            if (clause.NOT() != null) {
                nullable = false;
            } else if (clause.DEFAULT() != null) {
                defaultSql = Optional.of(slice(clause.expression()));
            } else {
                comment = string(clause.string());
            }
        }
        return new TableColumn(
                name,
                new TypeBuilder(source).type(type),
                nullable,
                TypeBuilder.textLength(type),
                defaultSql,
                comment);
    }

    TableColumn column(SqlGrammar.FieldContext node) {
        return new TableColumn(
                name(node.anyName()),
                new TypeBuilder(source).type(node.dataType()),
                node.NOT() == null,
                TypeBuilder.textLength(node.dataType()),
                Optional.empty(),
                string(node.string()));
    }
}
