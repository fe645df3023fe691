package dev.vitrine.engine.sql;

import dev.vitrine.engine.error.EngineException;
import dev.vitrine.engine.error.SourceRange;
import dev.vitrine.engine.expr.EvalMode;
import dev.vitrine.engine.expr.Expr;
import dev.vitrine.engine.logical.LogicalPlan;
import dev.vitrine.engine.types.DataType;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import org.antlr.v4.runtime.ParserRuleContext;

/// Reads what stands between operators: columns, calls, CASE, subqueries.
final class PrimaryBuilder {
    private final SourceText source;
    private final ExprBuilder exprs;
    private final LiteralBuilder literals;
    private final TypeBuilder types;
    private final Function<SqlGrammar.QueryContext, LogicalPlan> queries;
    private final WindowBuilder windows;

    PrimaryBuilder(
            SourceText source,
            ExprBuilder exprs,
            LiteralBuilder literals,
            TypeBuilder types,
            Function<SqlGrammar.QueryContext, LogicalPlan> queries) {
        this.source = source;
        this.exprs = exprs;
        this.literals = literals;
        this.types = types;
        this.queries = queries;
        this.windows = new WindowBuilder(source, exprs);
    }

    WindowBuilder windows() {
        return windows;
    }

    LogicalPlan query(SqlGrammar.QueryContext node) {
        return queries.apply(node);
    }

    Expr primary(SqlGrammar.PrimaryContext node) {
        SourceRange where = source.range(node);
        return switch (node) {
            case SqlGrammar.LiteralPrimaryContext literal -> literals.literal(literal.literal());
            case SqlGrammar.LambdaPrimaryContext lambda ->
                    new Expr.UnresolvedLambda(
                            names(lambda.lambda().identifier()),
                            exprs.expression(lambda.lambda().expression()));
            case SqlGrammar.NamedParameterContext parameter ->
                    source.parameter(Quoting.identifier(parameter.identifier().getText()), where);
            case SqlGrammar.PositionalParameterContext parameter -> source.parameter(where);
            case SqlGrammar.CaseExpressionContext choice -> choice(choice);
            case SqlGrammar.CastExpressionContext cast ->
                    new Expr.Cast(
                            exprs.expression(cast.expression()),
                            types.type(cast.dataType()),
                            cast.TRY_CAST() != null ? EvalMode.TRY : EvalMode.ANSI);
            case SqlGrammar.ExistsSubqueryContext exists -> new Expr.Exists(query(exists.query()));
            case SqlGrammar.ExtractContext extract -> {
                String field =
                        extract.STRING() != null
                                ? Quoting.string(extract.STRING().getText())
                                : extract.identifier().getText();
                yield exprs.function(
                        "extract",
                        where,
                        Expr.Literal.of(field),
                        exprs.expression(extract.expression()));
            }
            case SqlGrammar.SubstringFromContext part -> {
                Expr text = exprs.expression(part.text);
                Expr from = exprs.expression(part.from);
                yield part.length == null
                        ? exprs.function("substring", where, text, from)
                        : exprs.function(
                                "substring", where, text, from, exprs.expression(part.length));
            }
            case SqlGrammar.TrimFromContext trim -> trim(trim, where);
            case SqlGrammar.OverlayPlacingContext part -> {
                List<Expr> args = new ArrayList<>();
                args.add(exprs.expression(part.text));
                args.add(exprs.expression(part.replacement));
                args.add(exprs.expression(part.from));
                if (part.length != null) {
                    args.add(exprs.expression(part.length));
                }
                yield exprs.function("overlay", where, args.toArray(Expr[]::new));
            }
            case SqlGrammar.PositionInContext position ->
                    exprs.function(
                            "position",
                            where,
                            exprs.chain(position.part),
                            exprs.expression(position.text));
            case SqlGrammar.StructCallContext struct -> struct(struct, where);
            case SqlGrammar.FunctionCallContext call -> call(call, where);
            case SqlGrammar.CurrentTimeContext now ->
                    new Expr.UnresolvedAttribute(
                            List.of(now.getText().toLowerCase(Locale.ROOT)), where);
            case SqlGrammar.StarContext star -> new Expr.UnresolvedStar(List.of(), where);
            case SqlGrammar.QualifiedStarContext star ->
                    new Expr.UnresolvedStar(names(star.identifier()), where);
            case SqlGrammar.ScalarSubqueryContext subquery ->
                    new Expr.ScalarSubquery(query(subquery.query()));
            case SqlGrammar.ParenthesizedContext inner -> exprs.expression(inner.expression());
            case SqlGrammar.RowConstructorContext row ->
                    exprs.row(row.namedExpression().stream().map(exprs::named).toList(), where);
            case SqlGrammar.ColumnContext column ->
                    new Expr.UnresolvedAttribute(
                            List.of(Quoting.identifier(column.getText())), where);
            default -> throw EngineException.internal("the expression " + node.getText());
        };
    }

    static List<String> names(List<? extends ParserRuleContext> identifiers) {
        return identifiers.stream().map(i -> Quoting.identifier(i.getText())).toList();
    }

    /// A function's name in lower case, its schema before it; nothing before a built-in one.
    static String called(SqlGrammar.CalledNameContext node) {
        List<String> parts = new ArrayList<>(names(node.identifier()));
        parts.add(Quoting.identifier(node.functionName().getText()));
        String name = String.join(".", parts).toLowerCase(Locale.ROOT);
        for (String builtin : List.of("system.builtin.", "builtin.")) {
            if (name.startsWith(builtin)) {
                return name.substring(builtin.length());
            }
        }
        return name;
    }

    private Expr choice(SqlGrammar.CaseExpressionContext node) {
        List<Expr.Case.Branch> branches = new ArrayList<>();
        for (SqlGrammar.WhenClauseContext clause : node.whenClause()) {
            Expr when = exprs.expression(clause.when);
            if (node.operand != null) {
                Expr operand = exprs.expression(node.operand);
                when =
                        new Expr.UnresolvedOperator(
                                "=", List.of(operand, when), source.range(clause.when));
            }
            branches.add(new Expr.Case.Branch(when, exprs.expression(clause.then)));
        }
        Expr otherwise =
                node.otherwise == null
                        ? Expr.Literal.nullOf(DataType.NULL)
                        : exprs.expression(node.otherwise);
        return new Expr.Case(branches, otherwise, DataType.NULL);
    }

    private Expr trim(SqlGrammar.TrimFromContext node, SourceRange where) {
        String name =
                node.side == null
                        ? "trim"
                        : switch (node.side.getType()) {
                            case SqlGrammar.LEADING -> "ltrim";
                            case SqlGrammar.TRAILING -> "rtrim";
                            default -> "trim";
                        };
        Expr text = exprs.expression(node.text);
        return node.characters == null
                ? exprs.function(name, where, text)
                : exprs.function(name, where, text, exprs.expression(node.characters));
    }

    /// `struct(a AS x, b)` is named_struct where a name is given.
    private Expr struct(SqlGrammar.StructCallContext node, SourceRange where) {
        List<Expr> fields = node.namedExpression().stream().map(exprs::named).toList();
        return new Expr.UnresolvedFunction("struct", fields, false, Optional.empty(), where);
    }

    private Expr call(SqlGrammar.FunctionCallContext node, SourceRange where) {
        String name = called(node.calledName());
        List<Expr> args = new ArrayList<>();
        if (node.STAR() != null) {
            args.add(new Expr.UnresolvedStar(List.of(), source.range(node.STAR().getSymbol())));
        } else {
            args.addAll(DateTimeUnits.named(name, exprs.arguments(node.arguments())));
        }
        if (node.withinGroup() != null) {
            node.withinGroup().sortItem().forEach(item -> args.add(exprs.sortKey(item)));
        }
        boolean distinct = node.setQuantifier() != null && node.setQuantifier().DISTINCT() != null;
        Optional<Expr> filter = Optional.ofNullable(node.where).map(exprs::expression);
        boolean ignoreNulls = !node.IGNORE().isEmpty();
        Expr call = new Expr.UnresolvedFunction(name, args, distinct, ignoreNulls, filter, where);
        if (node.OVER() == null) {
            return call;
        }
        return node.windowSpec() != null
                ? windows.over(call, node.windowSpec())
                : windows.over(call, node.identifier());
    }

    Expr argument(SqlGrammar.ArgumentContext node) {
        if (node.name != null) {
            return new Expr.NamedArgument(
                    Quoting.identifier(node.name.getText()), exprs.expression(node.expression()));
        }
        return node.expression() != null
                ? exprs.expression(node.expression())
                : new Expr.UnresolvedStar(
                        List.of(Quoting.identifier(node.identifier().getText())),
                        source.range((ParserRuleContext) node));
    }
}
