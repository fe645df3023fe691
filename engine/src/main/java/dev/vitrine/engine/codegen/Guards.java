package dev.vitrine.engine.codegen;

import dev.vitrine.engine.expr.Casts;
import dev.vitrine.engine.expr.EvalMode;
import dev.vitrine.engine.expr.Expr;
import dev.vitrine.engine.types.DataType;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Collects what must hold of a batch for decimal arithmetic in 64 bits to be exact: interval
/// arithmetic over the largest magnitudes of its columns. A batch for which it does not hold goes
/// to a class that computes in 128 bits.
final class Guards {
    /// A little below 2^63, so that rounding in double cannot hide an overflow.
    private static final double LIMIT = 9.2e18;

    private static final int MAX_CHARACTERS = 120;

    private final Function<Expr.Attribute, Bound> columns;
    private final boolean narrow;
    private final Set<String> conditions = new LinkedHashSet<>();
    private final Map<String, Bound> named = new LinkedHashMap<>();
    private final IdentityHashMap<Expr, Bound> known = new IdentityHashMap<>();

    /// The largest magnitude that an expression can have: a Java expression of type double, and its
    /// value where that is known when the code is written.
    record Bound(String code, double known) {
        static Bound of(double value) {
            return new Bound(Double.toString(value), value);
        }

        boolean isKnown() {
            return !Double.isNaN(known);
        }
    }

    /// @param columns the bound of a column or of what defines it
    /// @param narrow whether decimals are taken to fit 64 bits if they may, on conditions; else
    ///   only if they surely do
    Guards(Function<Expr.Attribute, Bound> columns, boolean narrow) {
        this.columns = columns;
        this.narrow = narrow;
    }

    /// Whether 64 bits are taken to suffice for what `bound` bounds.
    boolean fits(Bound bound) {
        if (bound.isKnown()) {
            return bound.known < LIMIT;
        }
        if (narrow) {
            conditions.add(bound.code + " < " + LIMIT);
        }
        return narrow;
    }

    /// Whether there are batches for which [#check] fails.
    boolean areConditional() {
        return !conditions.isEmpty();
    }

    /// Declares the bounds that have a name.
    void declare(JavaSource text) {
        named.values().forEach(bound -> text.line("private double " + bound.code + ";"));
    }

    /// Checks the conditions for a batch.
    void check(Statements text) {
        named.forEach((code, bound) -> text.add(bound.code + " = " + code + ";"));
        for (String condition : conditions) {
            text.add("if (!(" + condition + ")) {", "return false;", "}");
        }
    }

    /// The bound of a whole-number or decimal expression, as an unscaled value.
    Bound bound(Expr expr) {
        Bound before = known.get(expr);
        if (before != null) {
            return before;
        }
        Bound bound = boundOf(expr);
        known.put(expr, bound);
        return bound;
    }

    /// A bound of some length gets a name, so that those made from it stay short.
    private Bound unknown(String code) {
        if (code.length() <= MAX_CHARACTERS) {
            return new Bound(code, Double.NaN);
        }
        return named.computeIfAbsent(code, c -> new Bound("bound" + named.size(), Double.NaN));
    }

    private Bound boundOf(Expr expr) {
        return switch (expr) {
            case Expr.Literal literal -> Bound.of(magnitude(literal));
            case Expr.Attribute attribute -> columns.apply(attribute);
            case Expr.Alias(var input, var name, var id) -> bound(input);
            case Expr.Cast(var input, var type, var mode)
                    when input.type() instanceof DataType.Decimal from
                            && type instanceof DataType.Decimal to
                            && to.scale() >= from.scale() ->
                    scaled(bound(input), to.scale() - from.scale());
            case Expr.Cast(var input, var type, var mode)
                    when input.type().isIntegral() && type instanceof DataType.Decimal to ->
                    scaled(bound(input), to.scale());
            case Expr.Arithmetic a when a.type() instanceof DataType.Decimal type ->
                    arithmetic(a, type);
            case Expr.Arithmetic a when a.type().isIntegral() && a.mode() == EvalMode.ANSI ->
                    wholeNumbers(a);
            case Expr.Case(var branches, var otherwise, var type) -> {
                List<Expr> results = new ArrayList<>();
                branches.forEach(branch -> results.add(branch.then()));
                results.add(otherwise);
                yield largest(results);
            }
            case Expr.Coalesce(var args, var type) -> largest(args);
            case Expr.Call call when ArithmeticWriter.changesSign(call) ->
                    bound(call.args().getFirst());
            default -> Bound.of(declared(expr.type()));
        };
    }

    private Bound arithmetic(Expr.Arithmetic a, DataType.Decimal type) {
        DataType.Decimal left = (DataType.Decimal) a.left().type();
        DataType.Decimal right = (DataType.Decimal) a.right().type();
        return switch (a.op()) {
            case ADD, SUBTRACT -> {
                int scale = Math.max(left.scale(), right.scale());
                Bound exact =
                        sum(
                                scaled(bound(a.left()), scale - left.scale()),
                                scaled(bound(a.right()), scale - right.scale()));
                yield scaled(exact, Math.max(0, type.scale() - scale));
            }
            case MULTIPLY -> {
                int more = Math.max(0, type.scale() - left.scale() - right.scale());
                yield scaled(product(bound(a.left()), bound(a.right())), more);
            }
            case DIVIDE, INTEGRAL_DIVIDE, REMAINDER -> Bound.of(declared(type));
        };
    }

    /// Overflow is an error, so the type's bound holds too.
    private Bound wholeNumbers(Expr.Arithmetic a) {
        Bound left = bound(a.left());
        Bound right = bound(a.right());
        Bound declared = Bound.of(declared(a.type()));
        return switch (a.op()) {
            case ADD, SUBTRACT -> least(declared, sum(left, right));
            case MULTIPLY -> least(declared, product(left, right));
            case REMAINDER -> least(left, right);
            case DIVIDE, INTEGRAL_DIVIDE -> left;
        };
    }

    private Bound least(Bound a, Bound b) {
        return a.isKnown() && b.isKnown()
                ? Bound.of(Math.min(a.known, b.known))
                : unknown("Math.min(" + a.code + ", " + b.code + ")");
    }

    private Bound largest(List<Expr> exprs) {
        Bound result = Bound.of(0);
        for (Expr expr : exprs) {
            Bound next = bound(expr);
            result =
                    result.isKnown() && next.isKnown()
                            ? Bound.of(Math.max(result.known, next.known))
                            : either(result, next, "Math.max(", ", ", ")");
        }
        return result;
    }

    Bound scaled(Bound bound, int powers) {
        return powers == 0 ? bound : product(bound, Bound.of(Math.pow(10, powers)));
    }

    private Bound sum(Bound a, Bound b) {
        return a.isKnown() && b.isKnown()
                ? Bound.of(a.known + b.known)
                : either(a, b, "(", " + ", ")");
    }

    private Bound product(Bound a, Bound b) {
        return a.isKnown() && b.isKnown()
                ? Bound.of(a.known * b.known)
                : either(a, b, "(", " * ", ")");
    }

    /// Where one side alone is too large, no batch is waited for in which the result fits.
    private Bound either(Bound a, Bound b, String before, String between, String after) {
        if (a.known >= LIMIT || b.known >= LIMIT) {
            return Bound.of(Double.POSITIVE_INFINITY);
        }
        return unknown(before + a.code + between + b.code + after);
    }

    private static double magnitude(Expr.Literal literal) {
        @Nullable Object value = literal.value();
        return switch (value) {
            case null -> 0;
            case BigDecimal d -> Math.abs(d.unscaledValue().doubleValue());
            case Number n -> Math.abs(n.doubleValue());
            default -> 0;
        };
    }

    /// The bound that a type alone gives.
    static double declared(DataType type) {
        return switch (type) {
            case DataType.Decimal(int precision, int scale) -> Math.pow(10, precision);
            case DataType.Simple.BIGINT -> 9.3e18;
            default -> Math.pow(10, Casts.digits(type));
        };
    }
}
