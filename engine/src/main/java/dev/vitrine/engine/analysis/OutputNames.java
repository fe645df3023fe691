package dev.vitrine.engine.analysis;

import dev.vitrine.engine.expr.Expr;
import dev.vitrine.engine.expr.SortDirection;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/// The names Spark gives to columns that have none: the expression as written, names without
/// qualifiers.
final class OutputNames {
    /// Casts written as functions, which have no name of their own.
    private static final Set<String> CASTS =
            Set.of(
                    "bigint",
                    "binary",
                    "boolean",
                    "date",
                    "decimal",
                    "double",
                    "float",
                    "int",
                    "smallint",
                    "string",
                    "timestamp",
                    "tinyint");

    /// Functions that Spark shows in capitals.
    private static final Set<String> CAPITALS =
            Set.of(
                    "acos", "acosh", "asin", "asinh", "atan", "atan2", "atanh", "cbrt", "cos",
                    "cosh", "cot", "csc", "degrees", "exp", "expm1", "hypot", "log", "log10",
                    "log1p", "log2", "radians", "sec", "signum", "sin", "sinh", "sqrt", "tan",
                    "tanh");

    /// By the unit of time that is their first argument.
    private static final Map<String, String> WITH_UNIT =
            Map.of(
                    "dateadd", "timestampadd",
                    "date_add", "timestampadd",
                    "datediff", "timestampdiff",
                    "date_diff", "timestampdiff",
                    "timediff", "timestampdiff");

    /// Whose keys are shown as they are written.
    private static final Set<String> SHORT_KEYS =
            Set.of("mode", "percentile_cont", "percentile_disc");

    private OutputNames() {}

    static String of(Expr written) {
        return plain(written).sql();
    }

    private static Expr plain(Expr expr) {
        return switch (expr) {
            case Expr.UnresolvedAttribute(var parts, var where) ->
                    new Expr.UnresolvedAttribute(List.of(parts.getLast()), where);
            case Expr.Alias(var input, var name, var id) -> plain(input);
            case Expr.UnresolvedLambda(var names, var body) ->
                    named(
                            "lambdafunction("
                                    + plain(anonymous(body, names)).sql()
                                    + ", namedlambdavariable()".repeat(names.size())
                                    + ")");
            case Expr.UnresolvedFunction f
                    when f.name().equals("count")
                            && f.args().size() == 1
                            && f.args().getFirst() instanceof Expr.UnresolvedStar s
                            && s.qualifier().isEmpty() ->
                    new Expr.UnresolvedFunction(
                            f.name(),
                            List.of(Expr.Literal.of(1)),
                            f.distinct(),
                            f.filter().map(OutputNames::plain),
                            f.where());
            case Expr.UnresolvedFunction f when f.name().equals("[]") ->
                    named(plain(f.args().get(0)).sql() + "[" + plain(f.args().get(1)).sql() + "]");
            case Expr.UnresolvedFunction f when f.name().equals(".") ->
                    named(plain(f.args().get(0)).sql() + "." + f.args().get(1).sql());
            case Expr.UnresolvedFunction f
                    when (f.name().equals("extract") || f.name().equals("datepart"))
                            && f.args().size() == 2 ->
                    named(
                            f.name()
                                    + "("
                                    + f.args().get(0).sql()
                                    + " FROM "
                                    + plain(f.args().get(1)).sql()
                                    + ")");
            case Expr.UnresolvedFunction f when f.name().equals("if") && f.args().size() == 3 ->
                    named(
                            "(IF("
                                    + plain(f.args().get(0)).sql()
                                    + ", "
                                    + plain(f.args().get(1)).sql()
                                    + ", "
                                    + plain(f.args().get(2)).sql()
                                    + "))");
            case Expr.UnresolvedFunction f when f.args().size() == 1 && CASTS.contains(f.name()) ->
                    plain(f.args().getFirst());
            case Expr.UnresolvedFunction f when f.args().size() == 1 && f.name().equals("isnull") ->
                    new Expr.IsNull(plain(f.args().getFirst()));
            case Expr.UnresolvedFunction f
                    when f.args().size() == 1 && f.name().equals("isnotnull") ->
                    new Expr.Not(new Expr.IsNull(plain(f.args().getFirst())));
            case Expr.UnresolvedFunction f when CAPITALS.contains(f.name()) ->
                    renamed(f, f.name().toUpperCase(Locale.ROOT));
            case Expr.UnresolvedFunction f when WITH_UNIT.containsKey(f.name()) && hasUnit(f) ->
                    renamed(f, WITH_UNIT.get(f.name()));
            case Expr.UnresolvedFunction f when SHORT_KEYS.contains(f.name()) -> shortKeys(f);
            case Expr.UnresolvedOperator(var symbol, var args, var where)
                    when args.size() == 2 && (symbol.equals("<>") || symbol.equals("!=")) ->
                    new Expr.Not(
                            new Expr.UnresolvedOperator(
                                    "=", args.stream().map(OutputNames::plain).toList(), where));
            case Expr.And(var terms) when terms.size() > 2 -> halved(terms, Expr.And::new);
            case Expr.Or(var terms) when terms.size() > 2 -> halved(terms, Expr.Or::new);
            case Expr.WindowCall w when w.frame().isEmpty() && frame(w).isPresent() ->
                    new Expr.WindowCall(w.function(), w.partitionBy(), w.orderBy(), frame(w))
                            .mapChildren(OutputNames::plain);
            default -> expr.mapChildren(OutputNames::plain);
        };
    }

    private static Expr renamed(Expr.UnresolvedFunction f, String name) {
        return new Expr.UnresolvedFunction(
                        name, f.args(), f.distinct(), f.ignoreNulls(), f.filter(), f.where())
                .mapChildren(OutputNames::plain);
    }

    private static boolean hasUnit(Expr.UnresolvedFunction f) {
        return !f.args().isEmpty()
                && f.args().getFirst() instanceof Expr.NamedArgument(var name, var value)
                && name.equals("unit");
    }

    /// `f` with a key that says no more than which way it goes.
    private static Expr shortKeys(Expr.UnresolvedFunction f) {
        StringBuilder text = new StringBuilder();
        List<Expr> args = new ArrayList<>();
        for (Expr arg : f.args()) {
            if (arg instanceof Expr.SortKey(var input, var direction, var nullsFirst)) {
                text.append(text.isEmpty() ? " WITHIN GROUP (ORDER BY " : ", ")
                        .append(plain(input).sql())
                        .append(direction == SortDirection.DESCENDING ? " DESC" : "");
            } else {
                args.add(plain(arg));
            }
        }
        Expr.UnresolvedFunction bare =
                new Expr.UnresolvedFunction(
                        f.name(), args, f.distinct(), false, Optional.empty(), f.where());
        return named(
                bare.sql()
                        + text
                        + (text.isEmpty() ? "" : ")")
                        + f.filter().map(e -> " FILTER (WHERE " + plain(e).sql() + ")").orElse(""));
    }

    /// Many terms as two, each of half of them: how Spark's parser reads them.
    private static Expr halved(List<Expr> terms, Function<List<Expr>, Expr> pair) {
        int size = terms.size();
        if (size == 1) {
            return plain(terms.getFirst());
        }
        int left = (size - 1) / 2 + 1;
        return pair.apply(
                List.of(
                        halved(terms.subList(0, left), pair),
                        halved(terms.subList(left, size), pair)));
    }

    /// The frame of a window that has none in the text; empty where it has none to show.
    private static Optional<Expr.Frame> frame(Expr.WindowCall window) {
        if (!(window.function() instanceof Expr.UnresolvedFunction f)) {
            return Optional.empty();
        }
        return switch (f.name()) {
            case "lag", "lead" -> Optional.empty();
            case "row_number", "rank", "dense_rank", "percent_rank", "ntile" ->
                    Optional.of(Expr.Frame.TO_ROW);
            default ->
                    Optional.of(
                            window.orderBy().isEmpty() ? Expr.Frame.WHOLE : Expr.Frame.TO_PEERS);
        };
    }

    private static Expr anonymous(Expr body, List<String> parameters) {
        return body.transformUp(node ->
                node instanceof Expr.UnresolvedAttribute(var parts, var where)
                                && parts.size() == 1
                                && parameters.contains(parts.getFirst())
                        ? named("namedlambdavariable()")
                        : node);
    }

    private static Expr named(String text) {
        return new Expr.UnresolvedAttribute(List.of(text), null);
    }
}
