package dev.vitrine.engine.function;

import dev.vitrine.engine.error.EngineException;
import dev.vitrine.engine.expr.CallSite;
import dev.vitrine.engine.expr.EvalMode;
import dev.vitrine.engine.expr.Expr;
import dev.vitrine.engine.expr.LambdaValue;
import dev.vitrine.engine.expr.ScalarFunction;
import dev.vitrine.engine.types.DataType;
import dev.vitrine.engine.types.Values;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Turns expressions into trees of closures over boxed values: the engine's definition of what
/// every expression means, against which compiled code is held.
public final class ExprEvaluator {
    private static final RowValues NO_ROW =
            ordinal -> {
                throw EngineException.internal("a constant asked for column " + ordinal);
            };

    /// Where in a row the parameters of lambdas begin.
    private static final int FIRST_PARAMETER = 1 << 24;

    private final Map<Long, Integer> ordinals;
    private final ZoneId zone;

    private ExprEvaluator(Map<Long, Integer> ordinals, ZoneId zone) {
        this.ordinals = Map.copyOf(ordinals);
        this.zone = zone;
    }

    /// An evaluator of a resolved expression without subqueries and aggregates.
    ///
    /// @param ordinals where in a row the attribute of each id is found
    /// @param zone the session's time zone
    public static Evaluator compile(Expr expr, Map<Long, Integer> ordinals, ZoneId zone) {
        return new ExprEvaluator(ordinals, zone).compile(expr);
    }

    /// The value of an expression that reads no columns.
    public static @Nullable Object constant(Expr expr, ZoneId zone) {
        boolean collated = PlainText.isWanted(expr, subquery -> false);
        Expr plain = collated ? PlainText.ALONE.lowered(expr) : expr;
        return compile(plain, Map.of(), zone).eval(NO_ROW);
    }

    private Evaluator compile(Expr expr) {
        return switch (expr) {
            case Expr.Literal(var value, var type) -> row -> value;
            case Expr.Attribute attribute -> {
                Integer ordinal = ordinals.get(attribute.id());
                if (ordinal == null) {
                    throw EngineException.internal(
                            "column " + attribute.name() + "#" + attribute.id() + " is not there");
                }
                int at = ordinal;
                yield row -> row.get(at);
            }
            case Expr.Alias(var input, var name, var id) -> compile(input);
            case Expr.Cast(var input, var type, var mode) -> cast(input, type, mode);
            case Expr.Arithmetic arithmetic -> arithmetic(arithmetic);
            case Expr.Comparison(var op, var left, var right) -> comparison(op, left, right);
            case Expr.And(var terms) -> connective(terms, false);
            case Expr.Or(var terms) -> connective(terms, true);
            case Expr.Not(var input) -> {
                Evaluator in = compile(input);
                yield row -> {
                    Object value = in.eval(row);
                    return value == null ? null : !(Boolean) value;
                };
            }
            case Expr.IsNull(var input) -> {
                Evaluator in = compile(input);
                yield row -> in.eval(row) == null;
            }
            case Expr.In(var value, var options) -> in(value, options);
            case Expr.Like like -> like(like);
            case Expr.Case(var branches, var otherwise, var type) -> branches(branches, otherwise);
            case Expr.Coalesce(var args, var type) -> {
                Evaluator[] all = compileAll(args);
                yield row -> {
                    for (Evaluator arg : all) {
                        Object value = arg.eval(row);
                        if (value != null) {
                            return value;
                        }
                    }
                    return null;
                };
            }
            case Expr.GetField(var struct, var ordinal, var name, var type) -> {
                Evaluator in = compile(struct);
                yield row -> in.eval(row) instanceof List<?> fields ? fields.get(ordinal) : null;
            }
            case Expr.Call call -> call(call);
            case Expr.SortKey(var input, var direction, var nullsFirst) -> compile(input);
            case Expr.OuterReference o -> throw notEvaluable(o);
            case Expr.AggregateCall a -> throw notEvaluable(a);
            case Expr.WindowCall w -> throw notEvaluable(w);
            case Expr.PositionCall p -> throw notEvaluable(p);
            case Expr.GeneratorCall g -> throw notEvaluable(g);
            case Expr.MultiAlias m -> throw notEvaluable(m);
            case Expr.Subquery s -> throw notEvaluable(s);
            case Expr.Lambda lambda -> lambda(lambda);
            case Expr.LambdaVariable variable -> {
                Integer ordinal = ordinals.get(variable.id());
                if (ordinal == null) {
                    throw EngineException.internal(
                            "parameter " + variable.name() + " has no lambda around it");
                }
                int at = ordinal;
                yield row -> row.get(at);
            }
            case Expr.NamedArgument n -> throw notEvaluable(n);
            case Expr.UnresolvedLambda u -> throw notEvaluable(u);
            case Expr.UnresolvedAttribute u -> throw notEvaluable(u);
            case Expr.InputColumn u -> throw notEvaluable(u);
            case Expr.UnresolvedStar u -> throw notEvaluable(u);
            case Expr.UnresolvedFunction u -> throw notEvaluable(u);
            case Expr.UnresolvedOperator u -> throw notEvaluable(u);
        };
    }

    private Evaluator[] compileAll(List<Expr> exprs) {
        return exprs.stream().map(this::compile).toArray(Evaluator[]::new);
    }

    private Evaluator cast(Expr input, DataType type, EvalMode mode) {
        Evaluator in = compile(input);
        Casting.Caster caster = Casting.caster(input.type(), type, mode, zone);
        return row -> {
            Object value = in.eval(row);
            return value == null ? null : caster.cast(value);
        };
    }

    private Evaluator arithmetic(Expr.Arithmetic node) {
        Evaluator left = compile(node.left());
        Evaluator right = compile(node.right());
        NumberOperations.Operation operation =
                NumberOperations.of(node.op(), node.left().type(), node.type(), node.mode());
        return row -> {
            Object l = left.eval(row);
            if (l == null) {
                return null;
            }
            Object r = right.eval(row);
            return r == null ? null : operation.apply(l, r);
        };
    }

    private Evaluator comparison(Expr.ComparisonOp op, Expr leftExpr, Expr rightExpr) {
        Evaluator left = compile(leftExpr);
        Evaluator right = compile(rightExpr);
        if (op == Expr.ComparisonOp.NULL_SAFE_EQ) {
            return row -> {
                Object l = left.eval(row);
                Object r = right.eval(row);
                if (l == null || r == null) {
                    return l == null && r == null;
                }
                return Values.compare(l, r) == 0;
            };
        }
        return row -> {
            Object l = left.eval(row);
            if (l == null) {
                return null;
            }
            Object r = right.eval(row);
            return r == null ? null : holds(op, Values.compare(l, r));
        };
    }

    private static boolean holds(Expr.ComparisonOp op, int order) {
        return switch (op) {
            case EQ, NULL_SAFE_EQ -> order == 0;
            case NOT_EQ -> order != 0;
            case LT -> order < 0;
            case LE -> order <= 0;
            case GT -> order > 0;
            case GE -> order >= 0;
        };
    }

    /// AND (`decisive` false) or OR (`decisive` true): the first decisive term ends it, NULL
    /// decides only at the end.
    private Evaluator connective(List<Expr> terms, boolean decisive) {
        Evaluator[] all = compileAll(terms);
        return row -> {
            boolean unknown = false;
            for (Evaluator term : all) {
                Object value = term.eval(row);
                if (value == null) {
                    unknown = true;
                } else if ((Boolean) value == decisive) {
                    return decisive;
                }
            }
            return unknown ? null : !decisive;
        };
    }

    private Evaluator in(Expr value, List<Expr> options) {
        Evaluator in = compile(value);
        Evaluator[] all = compileAll(options);
        return row -> {
            if (all.length == 0) {
                return false;
            }
            Object wanted = in.eval(row);
            if (wanted == null) {
                return null;
            }
            boolean unknown = false;
            for (Evaluator option : all) {
                Object candidate = option.eval(row);
                if (candidate == null) {
                    unknown = true;
                } else if (Values.compare(wanted, candidate) == 0) {
                    return true;
                }
            }
            return unknown ? null : false;
        };
    }

    private Evaluator like(Expr.Like like) {
        Evaluator value = compile(like.value());
        if (like.pattern() instanceof Expr.Literal(String text, var type)) {
            LikePattern pattern = LikePattern.of(text, like.escape(), like.ignoreCase());
            return row -> value.eval(row) instanceof String s ? pattern.matches(s) : null;
        }
        Evaluator pattern = compile(like.pattern());
        return row -> {
            Object v = value.eval(row);
            Object p = v == null ? null : pattern.eval(row);
            return (v == null || p == null)
                    ? null
                    : LikePattern.of((String) p, like.escape(), like.ignoreCase())
                            .matches((String) v);
        };
    }

    private Evaluator branches(List<Expr.Case.Branch> branches, Expr otherwise) {
        Evaluator[] whens = compileAll(branches.stream().map(Expr.Case.Branch::when).toList());
        Evaluator[] thens = compileAll(branches.stream().map(Expr.Case.Branch::then).toList());
        Evaluator last = compile(otherwise);
        return row -> {
            for (int i = 0; i < whens.length; i++) {
                if (Boolean.TRUE.equals(whens[i].eval(row))) {
                    return thens[i].eval(row);
                }
            }
            return last.eval(row);
        };
    }

    private Evaluator call(Expr.Call call) {
        Evaluator[] args = compileAll(call.args());
        ScalarFunction function = call.function();
        boolean propagating = function.nullPropagating();
        CallSite site =
                new CallSite(
                        call.args().stream().map(Expr::type).toList(),
                        call.type(),
                        call.mode(),
                        zone);
        return row -> {
            @Nullable Object[] values = new @Nullable Object[args.length];
            for (int i = 0; i < args.length; i++) {
                values[i] = args[i].eval(row);
                if (propagating && values[i] == null) {
                    return null;
                }
            }
            return function.evaluate(values, site);
        };
    }

    /// A lambda's parameters are read as further columns of the row, far above the real ones.
    private Evaluator lambda(Expr.Lambda lambda) {
        int count = lambda.variables().size();
        int first =
                Math.max(
                        FIRST_PARAMETER,
                        ordinals.values().stream()
                                .mapToInt(ordinal -> ordinal + 1)
                                .max()
                                .orElse(0));
        Map<Long, Integer> inner = new HashMap<>(ordinals);
        for (int i = 0; i < count; i++) {
            inner.put(lambda.variables().get(i).id(), first + i);
        }
        Evaluator body = new ExprEvaluator(inner, zone).compile(lambda.body());
        return row ->
                (LambdaValue)
                        args ->
                                body.eval(ordinal ->
                                        ordinal >= first && ordinal < first + count
                                                ? args[ordinal - first]
                                                : row.get(ordinal));
    }

    private static EngineException notEvaluable(Expr expr) {
        return EngineException.internal(expr.sql() + " cannot be evaluated row by row");
    }
}
