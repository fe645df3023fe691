package dev.vitrine.engine.sql;

import dev.vitrine.engine.error.EngineException;
import dev.vitrine.engine.error.ErrorCode;
import dev.vitrine.engine.error.SourceRange;
import dev.vitrine.engine.expr.EvalMode;
import dev.vitrine.engine.expr.Expr;
import dev.vitrine.engine.expr.SortDirection;
import dev.vitrine.engine.function.Collations;
import dev.vitrine.engine.logical.LogicalPlan;
import dev.vitrine.engine.logical.PlanContext;
import dev.vitrine.engine.types.DataType;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.tree.ParseTree;
import org.antlr.v4.runtime.tree.TerminalNode;
import org.jspecify.annotations.Nullable;

/// Reads expressions, operators from loosest to tightest.
final class ExprBuilder {
    private final SourceText source;
    private final PlanContext context;
    private final LiteralBuilder literals;
    private final TypeBuilder types;
    private final PrimaryBuilder primaries;

    /// Struct calls that were written as `(a, b)`.
    private final Set<Expr> rows = Collections.newSetFromMap(new IdentityHashMap<>());

    ExprBuilder(
            SourceText source,
            PlanContext context,
            Function<SqlGrammar.QueryContext, LogicalPlan> queries) {
        this.source = source;
        this.context = context;
        this.literals = new LiteralBuilder(source);
        this.types = new TypeBuilder(source);
        this.primaries = new PrimaryBuilder(source, this, literals, types, queries);
    }

    private <T> T at(ParserRuleContext node, T expr) {
        return context.place(expr, source.range(node));
    }

    /// The elements of a row `(a, b)`, or the one expression.
    List<Expr> rowElements(Expr expr) {
        return rows.contains(expr) && expr instanceof Expr.UnresolvedFunction f
                ? f.args()
                : List.of(expr);
    }

    Expr row(List<Expr> elements, SourceRange where) {
        Expr row = new Expr.UnresolvedFunction("struct", elements, false, Optional.empty(), where);
        rows.add(row);
        return row;
    }

    WindowBuilder windows() {
        return primaries.windows();
    }

    List<Expr> expressions(List<SqlGrammar.ExpressionContext> nodes) {
        return nodes.stream().map(this::expression).toList();
    }

    /// The arguments of a call, or none.
    List<Expr> arguments(SqlGrammar.@Nullable ArgumentsContext node) {
        return node == null
                ? List.of()
                : node.argument().stream().map(primaries::argument).toList();
    }

    Expr named(SqlGrammar.NamedExpressionContext node) {
        Expr expr = expression(node.expression());
        if (node.identifierList() != null) {
            List<String> names = PrimaryBuilder.names(node.identifierList().anyName());
            return at(node, new Expr.MultiAlias(expr, names));
        }
        ParserRuleContext name = node.anyName() != null ? node.anyName() : node.identifier();
        return name == null
                ? expr
                : at(node, new Expr.Alias(expr, Quoting.identifier(name.getText()), 0));
    }

    Expr expression(SqlGrammar.ExpressionContext node) {
        List<Expr> terms = node.conjunction().stream().map(this::conjunction).toList();
        return terms.size() == 1 ? terms.getFirst() : at(node, Expr.or(terms));
    }

    private Expr conjunction(SqlGrammar.ConjunctionContext node) {
        List<Expr> terms = node.negation().stream().map(this::negation).toList();
        return terms.size() == 1 ? terms.getFirst() : at(node, new Expr.And(terms));
    }

    private Expr negation(SqlGrammar.NegationContext node) {
        return node.negation() != null
                ? at(node, new Expr.Not(negation(node.negation())))
                : predicated(node.predicated());
    }

    private Expr predicated(SqlGrammar.PredicatedContext node) {
        Expr expr = chain(node.comparison());
        for (SqlGrammar.PredicateContext predicate : node.predicate()) {
            SourceRange where = source.range(node.comparison()).cover(source.range(predicate));
            expr = context.place(predicate(expr, predicate, where), where);
        }
        return expr;
    }

    private Expr predicate(Expr value, SqlGrammar.PredicateContext node, SourceRange where) {
        Expr test = context.place(positive(value, node, where), where);
        boolean negated = node.negator() != null;
        return negated ? new Expr.Not(test) : test;
    }

    private Expr positive(Expr value, SqlGrammar.PredicateContext node, SourceRange where) {
        if (node.BETWEEN() != null) {
            return function("between", where, value, chain(node.lower), chain(node.upper));
        }
        if (node.query() != null) {
            return new Expr.InSubquery(rowElements(value), primaries.query(node.query()));
        }
        if (node.IN() != null) {
            return new Expr.In(value, expressions(node.expression()));
        }
        if (node.LIKE() != null || node.ILIKE() != null) {
            return like(value, node, where);
        }
        if (node.RLIKE() != null) {
            return function("rlike", where, value, chain(node.pattern));
        }
        if (node.DISTINCT() != null) {
            Expr same = operator("<=>", where, value, chain(node.right));
            return new Expr.Not(same);
        }
        if (node.TRUE() != null || node.FALSE() != null) {
            Expr constant = new Expr.Literal(node.TRUE() != null, DataType.BOOLEAN);
            return operator("<=>", where, value, constant);
        }
        return new Expr.IsNull(value);
    }

    private Expr like(Expr value, SqlGrammar.PredicateContext node, SourceRange where) {
        boolean ignoreCase = node.ILIKE() != null;
        if (node.pattern != null) {
            char escape = node.escape == null ? '\\' : escape(node);
            return new Expr.Like(value, chain(node.pattern), escape, ignoreCase);
        }
        List<Expr> tests = new ArrayList<>();
        for (Expr pattern : expressions(node.expression())) {
            tests.add(context.place(new Expr.Like(value, pattern, '\\', ignoreCase), where));
        }
        // The caller negates the whole: NOT LIKE ANY is NOT (all of them), for "one it is not
        // like".
        boolean all = (node.ALL() != null) != (node.negator() != null);
        return all ? Expr.and(tests) : Expr.or(tests);
    }

    private char escape(SqlGrammar.PredicateContext node) {
        String text = Quoting.string(node.escape.getText());
        if (text.length() != 1) {
            throw new EngineException(
                    ErrorCode.INVALID_ESCAPE_CHAR,
                    Map.of("sqlExpr", "\"" + node.escape.getText() + "\""),
                    source.range(node.escape));
        }
        return text.charAt(0);
    }

    Expr function(String name, SourceRange where, Expr... args) {
        return new Expr.UnresolvedFunction(name, List.of(args), false, Optional.empty(), where);
    }

    private Expr operator(String symbol, SourceRange where, Expr... args) {
        return new Expr.UnresolvedOperator(symbol, List.of(args), where);
    }

    /// Operands with operators between them, all of one level: `a - b + c` is `((a - b) + c)`.
    Expr chain(ParserRuleContext node) {
        if (node instanceof SqlGrammar.SignedContext signed) {
            return signed(signed);
        }
        Expr left = chain((ParserRuleContext) node.getChild(0));
        int start = source.range((ParserRuleContext) node.getChild(0)).start();
        for (int i = 1; i + 1 < node.getChildCount(); i += 2) {
            ParserRuleContext operand = (ParserRuleContext) node.getChild(i + 1);
            SourceRange where = new SourceRange(start, source.range(operand).end());
            left =
                    context.place(
                            operator(symbol(node.getChild(i)), where, left, chain(operand)), where);
        }
        return left;
    }

    private static String symbol(ParseTree operator) {
        String text = operator.getText();
        return switch (text) {
            case "==" -> "=";
            case "!=" -> "<>";
            case "!<" -> ">=";
            case "!>" -> "<=";
            default -> text.equalsIgnoreCase("div") ? "div" : text;
        };
    }

    private Expr signed(SqlGrammar.SignedContext node) {
        if (node.signed() == null) {
            return postfix(node.postfix());
        }
        String symbol = ((TerminalNode) node.getChild(0)).getText();
        if (symbol.equals("-") && isNumber(node.signed())) {
            SqlGrammar.LiteralPrimaryContext primary =
                    (SqlGrammar.LiteralPrimaryContext) node.signed().postfix().primary();
            SqlGrammar.NumberLiteralContext number =
                    (SqlGrammar.NumberLiteralContext) primary.literal();
            return at(node, literals.number(number.number(), true));
        }
        return at(node, operator(symbol, source.range(node), signed(node.signed())));
    }

    private static boolean isNumber(SqlGrammar.SignedContext node) {
        return node.postfix() != null
                && node.postfix().suffix().isEmpty()
                && node.postfix().primary() instanceof SqlGrammar.LiteralPrimaryContext primary
                && primary.literal() instanceof SqlGrammar.NumberLiteralContext;
    }

    private Expr postfix(SqlGrammar.PostfixContext node) {
        Expr expr = at(node.primary(), primaries.primary(node.primary()));
        for (SqlGrammar.SuffixContext suffix : node.suffix()) {
            SourceRange where = source.range(node.primary()).cover(source.range(suffix));
            expr = context.place(suffix(expr, suffix, where), where);
        }
        return expr;
    }

    private Expr suffix(Expr expr, SqlGrammar.SuffixContext suffix, SourceRange where) {
        return switch (suffix) {
            case SqlGrammar.SubscriptContext subscript ->
                    function("[]", where, expr, expression(subscript.expression()));
            case SqlGrammar.FieldAccessContext access -> {
                String name = Quoting.identifier(access.anyName().getText());
                if (expr instanceof Expr.UnresolvedAttribute(var parts, var range)) {
                    List<String> longer = new ArrayList<>(parts);
                    longer.add(name);
                    yield new Expr.UnresolvedAttribute(longer, where);
                }
                yield function(".", where, expr, Expr.Literal.of(name));
            }
            case SqlGrammar.CastSuffixContext cast ->
                    new Expr.Cast(expr, types.type(cast.dataType()), EvalMode.ANSI);
            case SqlGrammar.CollateSuffixContext collate ->
                    function(
                            Collations.COLLATE,
                            where,
                            expr,
                            Expr.Literal.of(collationName(collate.multipart())));
            case SqlGrammar.VariantSuffixContext path ->
                    function(
                            "variant_get",
                            where,
                            expr,
                            Expr.Literal.of(variantPath(path.variantPath())));
            default -> throw EngineException.internal("the suffix " + suffix.getText());
        };
    }

    /// The path of `value:name.other[0]`.
    private static String variantPath(SqlGrammar.VariantPathContext node) {
        StringBuilder path = new StringBuilder("$");
        for (ParseTree child : node.children) {
            switch (child) {
                case SqlGrammar.AnyNameContext name ->
                        path.append("['").append(Quoting.identifier(name.getText())).append("']");
                case SqlGrammar.VariantElementContext element ->
                        path.append(
                                element.string() == null
                                        ? element.getText()
                                        : "['" + Quoting.string(element.string().getText()) + "']");
                default -> {}
            }
        }
        return path.toString();
    }

    static String collationName(SqlGrammar.MultipartContext node) {
        return node.identifier().stream()
                .map(part -> Quoting.identifier(part.getText()))
                .collect(Collectors.joining("."));
    }

    Expr.SortKey sortKey(SqlGrammar.SortItemContext node) {
        return at(
                node, sortKey(expression(node.expression()), node.direction(), node.nullsOrder()));
    }

    static Expr.SortKey sortKey(
            Expr expr,
            SqlGrammar.@Nullable DirectionContext direction,
            SqlGrammar.@Nullable NullsOrderContext nulls) {
        boolean descending = direction != null && direction.DESC() != null;
        boolean nullsFirst = nulls == null ? !descending : nulls.FIRST() != null;
        return new Expr.SortKey(
                expr, descending ? SortDirection.DESCENDING : SortDirection.ASCENDING, nullsFirst);
    }

    EngineException unsupported(String feature, ParserRuleContext node) {
        return new EngineException(
                ErrorCode.UNSUPPORTED_FEATURE, Map.of("feature", feature), source.range(node));
    }
}
