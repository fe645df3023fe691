package dev.vitrine.engine.expr;

import dev.vitrine.engine.expr.Expr.*;
import dev.vitrine.engine.types.DataType;
import dev.vitrine.engine.types.Values;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Prints expressions the way Spark names columns and writes plans.
final class ExprText {
    private ExprText() {}

    static String of(Expr expr) {
        return switch (expr) {
            case Literal literal -> literal(literal);
            case Attribute a -> a.name();
            case OuterReference(var a) -> "outer(" + a.name() + ")";
            case Alias(var input, var name, var id) -> of(input) + " AS " + name;
            case Cast(var input, var type, var mode) ->
                    (mode == EvalMode.TRY ? "TRY_CAST(" : "CAST(")
                            + of(input)
                            + " AS "
                            + type.sql()
                            + ")";
            case Arithmetic a ->
                    "(" + of(a.left()) + " " + a.op().symbol() + " " + of(a.right()) + ")";
            case Comparison(var op, var l, var r) ->
                    "(" + of(l) + " " + op.symbol() + " " + of(r) + ")";
            case And(var terms) -> join(terms, " AND ");
            case Or(var terms) -> join(terms, " OR ");
            case Not(IsNull(var input)) -> "(" + of(input) + " IS NOT NULL)";
            case Not(var input) -> "(NOT " + of(input) + ")";
            case IsNull(var input) -> "(" + of(input) + " IS NULL)";
            case In(var value, var options) -> "(" + of(value) + " IN (" + list(options) + "))";
            case Like(var value, var pattern, var escape, var ignoreCase) ->
                    of(value)
                            + (ignoreCase ? " ILIKE " : " LIKE ")
                            + of(pattern)
                            + (escape == '\\' ? "" : " ESCAPE '" + escape + "'");
            case Case(var branches, var otherwise, var type) ->
                    branches.stream()
                                    .map(b -> "WHEN " + of(b.when()) + " THEN " + of(b.then()))
                                    .collect(Collectors.joining(" ", "CASE ", ""))
                            + (otherwise instanceof Literal l && l.isNull()
                                    ? ""
                                    : " ELSE " + of(otherwise))
                            + " END";
            case Coalesce(var args, var type) -> "coalesce(" + list(args) + ")";
            case GetField g -> of(g.struct()) + "." + g.name();
            case Call c -> c.function().name() + "(" + list(c.args()) + ")";
            case AggregateCall a ->
                    a.function().name()
                            + "("
                            + (a.distinct() ? "DISTINCT " : "")
                            + (a.args().isEmpty() && a.function().name().equals("count")
                                    ? "1"
                                    : list(a.args()))
                            + ")"
                            + a.filter().map(f -> " FILTER (WHERE " + of(f) + ")").orElse("");
            case WindowCall(var function, var partitionBy, var orderBy, var frame) ->
                    of(function)
                            + Stream.of(
                                            partitionBy.isEmpty()
                                                    ? ""
                                                    : "PARTITION BY " + list(partitionBy),
                                            orderBy.isEmpty() ? "" : "ORDER BY " + list(orderBy),
                                            frame.map(Frame::sql).orElse(""))
                                    .filter(part -> !part.isEmpty())
                                    .collect(Collectors.joining(" ", " OVER (", ")"));
            case PositionCall p ->
                    p.function().functionName()
                            + "("
                            + list(p.args())
                            + ")"
                            + (p.ignoreNulls() ? " IGNORE NULLS" : "");
            case GeneratorCall g -> g.function().name() + "(" + list(g.args()) + ")";
            case MultiAlias m -> of(m.input()) + " AS (" + String.join(", ", m.names()) + ")";
            case SortKey(var input, var direction, var nullsFirst) ->
                    of(input)
                            + (direction == SortDirection.ASCENDING ? " ASC" : " DESC")
                            + (nullsFirst ? " NULLS FIRST" : " NULLS LAST");
            case ScalarSubquery s -> "scalarsubquery()";
            case Exists e -> "exists()";
            case InSubquery(var values, var plan) -> "(" + list(values) + " IN (listquery()))";
            case Lambda(var variables, var body) ->
                    "lambdafunction("
                            + Stream.concat(
                                            Stream.of(of(body)),
                                            variables.stream().map(LambdaVariable::name))
                                    .collect(Collectors.joining(", "))
                            + ")";
            case LambdaVariable variable -> variable.name();
            case NamedArgument(var name, var value) ->
                    name.equals("unit") ? of(value) : name + " => " + of(value);
            case UnresolvedLambda(var names, var body) ->
                    "lambdafunction(" + of(body) + ", " + String.join(", ", names) + ")";
            case UnresolvedAttribute(var parts, var where) -> String.join(".", parts);
            case InputColumn column -> column.name();
            case UnresolvedStar(var qualifier, var where) ->
                    qualifier.isEmpty() ? "*" : String.join(".", qualifier) + ".*";
            case UnresolvedFunction u ->
                    u.name()
                            + "("
                            + (u.distinct() ? "DISTINCT " : "")
                            + list(u.args().stream().filter(a -> !(a instanceof SortKey)).toList())
                            + ")"
                            + withinGroup(u.args())
                            + u.filter().map(f -> " FILTER (WHERE " + of(f) + ")").orElse("");
            case UnresolvedOperator(var symbol, var args, var where) ->
                    args.size() == 1
                            ? "(" + symbol + " " + of(args.getFirst()) + ")"
                            : join(args, " " + symbol + " ");
        };
    }

    private static String withinGroup(List<Expr> args) {
        List<Expr> keys = args.stream().filter(SortKey.class::isInstance).toList();
        return keys.isEmpty() ? "" : " WITHIN GROUP (ORDER BY " + list(keys) + ")";
    }

    private static String literal(Literal literal) {
        if (literal.value() == null) {
            return "NULL";
        }
        String text = Values.toLiteral(literal.value(), literal.type(), java.time.ZoneOffset.UTC);
        return switch (literal.type()) {
            case DataType.Time t -> "TIME '" + text + "'";
            case DataType.Simple.DATE -> "DATE '" + text + "'";
            case DataType.Simple.TIMESTAMP -> "TIMESTAMP '" + text + "'";
            case DataType.Simple.TIMESTAMP_NTZ -> "TIMESTAMP_NTZ '" + text + "'";
            case DataType.Simple.BOOLEAN -> text.toLowerCase(Locale.ROOT);
            case DataType.Simple.BINARY -> literal.value().toString();
            default -> text;
        };
    }

    private static String list(List<? extends Expr> exprs) {
        return exprs.stream().map(ExprText::of).collect(Collectors.joining(", "));
    }

    private static String join(List<Expr> terms, String with) {
        return terms.stream().map(ExprText::of).collect(Collectors.joining(with, "(", ")"));
    }
}
