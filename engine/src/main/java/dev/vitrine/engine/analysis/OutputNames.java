package dev.vitrine.engine.analysis;

import dev.vitrine.engine.expr.Expr;
import java.util.List;

/// The names Spark gives to columns that have none: the expression as written, names without
/// qualifiers.
final class OutputNames {
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
                    when f.name().equals("extract") && f.args().size() == 2 ->
                    named(
                            "extract("
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
            default -> expr.mapChildren(OutputNames::plain);
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
