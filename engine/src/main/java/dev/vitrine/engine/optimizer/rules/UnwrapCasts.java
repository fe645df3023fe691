package dev.vitrine.engine.optimizer.rules;

import dev.vitrine.engine.error.EngineException;
import dev.vitrine.engine.expr.Casts;
import dev.vitrine.engine.expr.EvalMode;
import dev.vitrine.engine.expr.Expr;
import dev.vitrine.engine.expr.Expr.Literal;
import dev.vitrine.engine.function.Casting;
import dev.vitrine.engine.logical.LogicalPlan;
import dev.vitrine.engine.optimizer.Rule;
import dev.vitrine.engine.optimizer.RuleContext;
import dev.vitrine.engine.types.DataType;
import dev.vitrine.engine.types.Values;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// `CAST(a AS BIGINT) = 5` becomes `a = 5`, where the constant exists in a's own type: columns are
/// compared as they are stored, and scans can be pruned by it. Only for widening casts of numbers,
/// which keep the order.
public record UnwrapCasts() implements Rule {
    @Override
    public LogicalPlan apply(LogicalPlan node, RuleContext context) {
        return node.mapExprs(expr -> expr.transformUp(UnwrapCasts::unwrap));
    }

    private static Expr unwrap(Expr expr) {
        return switch (expr) {
            case Expr.Comparison(var op, Expr.Cast cast, Literal literal) ->
                    narrowed(cast, literal)
                            .<Expr>map(value -> new Expr.Comparison(op, cast.input(), value))
                            .orElse(expr);
            case Expr.Comparison(var op, Literal literal, Expr.Cast cast) ->
                    narrowed(cast, literal)
                            .<Expr>map(value -> new Expr.Comparison(op, value, cast.input()))
                            .orElse(expr);
            case Expr.In(Expr.Cast cast, var options) -> {
                List<Expr> values = new ArrayList<>();
                for (Expr option : options) {
                    Optional<Literal> value =
                            option instanceof Literal literal
                                    ? narrowed(cast, literal)
                                    : Optional.empty();
                    if (value.isEmpty()) {
                        yield expr;
                    }
                    values.add(value.get());
                }
                yield new Expr.In(cast.input(), values);
            }
            default -> expr;
        };
    }

    /// The constant in the type of the cast's input, where it is exactly the same there.
    private static Optional<Literal> narrowed(Expr.Cast cast, Literal literal) {
        DataType from = cast.input().type();
        DataType to = cast.type();
        if (!widens(from, to)) {
            return Optional.empty();
        }
        Object value = literal.value();
        if (value == null) {
            return Optional.of(Literal.nullOf(from));
        }
        try {
            Object narrow = Casting.caster(to, from, EvalMode.TRY, ZoneOffset.UTC).cast(value);
            if (narrow == null) {
                return Optional.empty();
            }
            Object back = Casting.caster(from, to, EvalMode.TRY, ZoneOffset.UTC).cast(narrow);
            return back != null && Values.compare(back, value) == 0
                    ? Optional.of(new Literal(narrow, from))
                    : Optional.empty();
        } catch (EngineException e) {
            return Optional.empty();
        }
    }

    /// Whether different values stay different, and in order.
    private static boolean widens(DataType from, DataType to) {
        boolean exactTarget = to.isIntegral() || to instanceof DataType.Decimal;
        boolean wholeOrDecimal = from.isIntegral() || from instanceof DataType.Decimal;
        boolean keepsFraction =
                !(from instanceof DataType.Decimal(int p, int scale))
                        || (to instanceof DataType.Decimal(int q, int wider) && wider >= scale);
        boolean smallToDouble =
                to == DataType.DOUBLE && from.isIntegral() && from != DataType.BIGINT;
        return Casts.neverFails(from, to)
                && (smallToDouble || (exactTarget && wholeOrDecimal && keepsFraction));
    }
}
