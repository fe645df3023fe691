package dev.vitrine.engine.function;

import dev.vitrine.engine.error.EngineException;
import dev.vitrine.engine.error.ErrorCode;
import dev.vitrine.engine.expr.Expr;
import dev.vitrine.engine.types.DataType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/// Takes the collations out of expressions: comparisons get what text is compared by
/// ([CollationKey]), and all text is plain.
///
/// @param subqueries what becomes of a subquery, whose plan is not looked into here
public record PlainText(UnaryOperator<Expr.Subquery> subqueries) {
    /// For expressions without subqueries.
    static final PlainText ALONE = new PlainText(subquery -> subquery);

    /// Whether there are collations in an expression.
    ///
    /// @param subqueries whether there are in a subquery
    public static boolean isWanted(Expr expr, Predicate<Expr.Subquery> subqueries) {
        return expr.any(node ->
                switch (node) {
                    case Expr.Subquery subquery -> subqueries.test(subquery);
                    case Expr.Literal l -> l.type().hasCollation();
                    case Expr.Attribute a -> a.type().hasCollation();
                    case Expr.OuterReference(var a) -> a.type().hasCollation();
                    case Expr.Cast cast -> cast.type().hasCollation();
                    case Expr.Call call -> call.type().hasCollation() || Collations.isCollate(call);
                    default -> false;
                });
    }

    /// What `expr` is compared by.
    public Expr key(Expr expr) {
        return CollationKey.of(expr.type(), lowered(expr));
    }

    /// The expression over plain text.
    public Expr lowered(Expr expr) {
        return switch (expr) {
            case Expr.Comparison(var op, var left, var right) ->
                    new Expr.Comparison(op, key(left), key(right));
            case Expr.In(var value, var options) ->
                    new Expr.In(key(value), options.stream().map(this::key).toList());
            case Expr.InSubquery(var values, var plan) ->
                    subqueries.apply(
                            new Expr.InSubquery(values.stream().map(this::key).toList(), plan));
            case Expr.Subquery subquery -> subqueries.apply(subquery);
            case Expr.SortKey(var input, var direction, var nullsFirst) ->
                    new Expr.SortKey(key(input), direction, nullsFirst);
            case Expr.WindowCall(var function, var partition, var order, var frame) ->
                    new Expr.WindowCall(
                            lowered(function),
                            partition.stream().map(this::key).toList(),
                            order.stream().map(key -> (Expr.SortKey) lowered(key)).toList(),
                            frame);
            case Expr.AggregateCall call -> aggregateCall(call);
            case Expr.Cast(var input, var type, var mode) -> {
                Expr in = lowered(input);
                DataType plain = type.withoutCollations();
                boolean same = in.type().equals(plain) && !input.type().equals(type);
                yield same ? in : new Expr.Cast(in, plain, mode);
            }
            case Expr.Call call when Collations.isCollate(call) -> lowered(call.args().getFirst());
            default -> withPlainType(expr.mapChildren(this::lowered));
        };
    }

    private Expr aggregateCall(Expr.AggregateCall call) {
        String name = call.function().name();
        List<Expr> args = new ArrayList<>();
        for (int i = 0; i < call.args().size(); i++) {
            Expr arg = call.args().get(i);
            boolean compared =
                    switch (name) {
                        case "count" -> call.distinct();
                        case "approx_count_distinct" -> true;
                        case "max_by", "min_by", "listagg" -> i > 0;
                        case "mode" -> false;
                        default -> false;
                    };
            args.add(compared ? key(arg) : lowered(arg));
        }
        boolean extreme = name.equals("min") || name.equals("max");
        if (extreme && call.args().getFirst().type().hasCollation()) {
            args.add(key(call.args().getFirst()));
            return AggregateFunctions.extremeBy(
                    name.equals("max"), args, call.filter().map(this::lowered), call.mode());
        }
        if (call.distinct() && !name.equals("count") && compares(call.args(), name)) {
            throw new EngineException(
                    ErrorCode.UNSUPPORTED_FEATURE,
                    Map.of("feature", name + "(DISTINCT) over a window, of text with a collation"));
        }
        return new Expr.AggregateCall(
                call.function(),
                args,
                call.distinct(),
                call.filter().map(this::lowered),
                call.type().withoutCollations(),
                call.mode());
    }

    private static boolean compares(List<Expr> args, String function) {
        return !function.equals("approx_count_distinct")
                && args.stream().anyMatch(arg -> arg.type().hasCollation());
    }

    private static Expr withPlainType(Expr expr) {
        return switch (expr) {
            case Expr.Literal(var value, var type) ->
                    new Expr.Literal(value, type.withoutCollations());
            case Expr.Attribute a -> a.withType(a.type().withoutCollations());
            case Expr.OuterReference(var a) ->
                    new Expr.OuterReference(a.withType(a.type().withoutCollations()));
            case Expr.Case(var branches, var otherwise, var type) ->
                    new Expr.Case(branches, otherwise, type.withoutCollations());
            case Expr.Coalesce(var args, var type) ->
                    new Expr.Coalesce(args, type.withoutCollations());
            case Expr.GetField(var struct, var ordinal, var name, var type) ->
                    new Expr.GetField(struct, ordinal, name, type.withoutCollations());
            case Expr.Call(var function, var args, var type, var mode) ->
                    new Expr.Call(function, args, type.withoutCollations(), mode);
            case Expr.PositionCall(var function, var args, var ignoreNulls, var type) ->
                    new Expr.PositionCall(function, args, ignoreNulls, type.withoutCollations());
            case Expr.GeneratorCall(var function, var args, var fields) ->
                    new Expr.GeneratorCall(
                            function,
                            args,
                            fields.stream()
                                    .map(f -> f.withType(f.type().withoutCollations()))
                                    .toList());
            case Expr.LambdaVariable(var id, var name, var type, var nullable) ->
                    new Expr.LambdaVariable(id, name, type.withoutCollations(), nullable);
            case Expr.Lambda(var variables, var body) ->
                    new Expr.Lambda(
                            variables.stream()
                                    .map(v -> (Expr.LambdaVariable) withPlainType(v))
                                    .toList(),
                            body);
            default -> expr;
        };
    }
}
