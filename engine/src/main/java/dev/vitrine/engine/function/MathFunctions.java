package dev.vitrine.engine.function;

import static dev.vitrine.engine.function.ScalarDefinition.define;

import dev.vitrine.engine.expr.CallSite;
import dev.vitrine.engine.expr.EvalMode;
import dev.vitrine.engine.expr.Expr;
import dev.vitrine.engine.types.DataType;
import dev.vitrine.engine.types.Values;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.DoubleUnaryOperator;
import org.jspecify.annotations.Nullable;

/// Functions of numbers.
final class MathFunctions {
    private static final String G = "math";

    private MathFunctions() {}

    static List<FunctionEntry> entries() {
        List<FunctionEntry> all = new ArrayList<>();
        all.addAll(ofDoubles());
        all.addAll(others());
        return all;
    }

    private static List<FunctionEntry> ofDoubles() {
        return List.of(
                real("sqrt", "Square root of x; NaN below zero.", "sqrt(4)", "2.0", Math::sqrt),
                real("cbrt", "Cube root of x.", "cbrt(27.0)", "3.0", Math::cbrt),
                real("exp", "e to the power of x.", "exp(0)", "1.0", StrictMath::exp),
                real("expm1", "exp(x) - 1.", "expm1(0)", "0.0", StrictMath::expm1),
                logarithm(
                        "ln",
                        "Natural logarithm of x; NULL at and below zero.",
                        "ln(1)",
                        "0.0",
                        0,
                        StrictMath::log),
                logarithm(
                        "log10",
                        "Logarithm of x to base 10; NULL at and below zero.",
                        "log10(10)",
                        "1.0",
                        0,
                        StrictMath::log10),
                logarithm(
                        "log1p",
                        "ln(1 + x); NULL at and below minus one.",
                        "log1p(0)",
                        "0.0",
                        -1,
                        StrictMath::log1p),
                logarithm(
                        "log2",
                        "Logarithm of x to base 2; NULL at and below zero.",
                        "log2(2)",
                        "1.0",
                        0,
                        x -> StrictMath.log(x) / StrictMath.log(2)),
                real("sin", "Sine of x in radians.", "sin(0)", "0.0", Math::sin),
                real("cos", "Cosine of x in radians.", "cos(0)", "1.0", Math::cos),
                real("tan", "Tangent of x in radians.", "tan(0)", "0.0", Math::tan),
                real("sec", "Secant of x in radians.", "sec(0)", "1.0", x -> 1 / Math.cos(x)),
                real("csc", "Cosecant of x in radians.", "", "", x -> 1 / Math.sin(x)),
                real(
                        "asinh",
                        "Inverse hyperbolic sine of x.",
                        "asinh(0)",
                        "0.0",
                        MathFunctions::asinh),
                real(
                        "acosh",
                        "Inverse hyperbolic cosine of x.",
                        "acosh(1)",
                        "0.0",
                        x -> StrictMath.log(x + Math.sqrt(x * x - 1))),
                real(
                        "atanh",
                        "Inverse hyperbolic tangent of x.",
                        "atanh(0)",
                        "0.0",
                        x -> 0.5 * (StrictMath.log1p(x) - StrictMath.log1p(-x))),
                real("cot", "Cotangent of x in radians.", "", "", x -> 1 / Math.tan(x)),
                real("asin", "Arc sine of x.", "asin(0)", "0.0", Math::asin),
                real("acos", "Arc cosine of x.", "acos(1)", "0.0", Math::acos),
                real("atan", "Arc tangent of x.", "atan(0)", "0.0", Math::atan),
                real("sinh", "Hyperbolic sine of x.", "sinh(0)", "0.0", Math::sinh),
                real("cosh", "Hyperbolic cosine of x.", "cosh(0)", "1.0", Math::cosh),
                real("tanh", "Hyperbolic tangent of x.", "tanh(0)", "0.0", Math::tanh),
                real("degrees", "Radians to degrees.", "degrees(0)", "0.0", Math::toDegrees),
                real("radians", "Degrees to radians.", "radians(0)", "0.0", Math::toRadians),
                real(
                        "rint",
                        "x rounded to the nearest whole number, ties to even, as a double.",
                        "rint(12.5)",
                        "12.0",
                        Math::rint),
                define(G, "pow(x, y)", "x to the power of y.", "pow(2, 3)", "8.0")
                        .takes(ArgType.DOUBLE, ArgType.DOUBLE)
                        .returns(DataType.DOUBLE)
                        .java("java.lang.StrictMath.pow($0, $1)")
                        .computedBy((a, s) -> StrictMath.pow((Double) a[0], (Double) a[1]))
                        .alsoNamed("power"),
                define(G, "atan2(y, x)", "Angle of the point (x, y).", "atan2(0, 1)", "0.0")
                        .takes(ArgType.DOUBLE, ArgType.DOUBLE)
                        .returns(DataType.DOUBLE)
                        // Adding 0.0 makes 0.0 of -0.0.
                        .java("java.lang.Math.atan2($0 + 0.0, $1 + 0.0)")
                        .computedBy((a, s) -> Math.atan2((Double) a[0] + 0.0, (Double) a[1] + 0.0)),
                define(G, "hypot(x, y)", "Square root of x² + y².", "hypot(3, 4)", "5.0")
                        .takes(ArgType.DOUBLE, ArgType.DOUBLE)
                        .returns(DataType.DOUBLE)
                        .java("java.lang.Math.hypot($0, $1)")
                        .computedBy((a, s) -> Math.hypot((Double) a[0], (Double) a[1])),
                define(
                                G,
                                "log(base[, x])",
                                "Logarithm of x to a base; of one argument the natural one.",
                                "log(2, 8)",
                                "3.0")
                        .takes(ArgType.DOUBLE)
                        .maybe(ArgType.DOUBLE)
                        .returns(DataType.DOUBLE)
                        .nullable()
                        .computedBy((a, s) -> log(a)),
                define(G, "pi()", "The number π.", "pi()", "3.141592653589793")
                        .returns(DataType.DOUBLE)
                        .computedBy((a, s) -> Math.PI),
                define(G, "e()", "Euler's number.", "e()", "2.718281828459045")
                        .returns(DataType.DOUBLE)
                        .computedBy((a, s) -> Math.E));
    }

    private static @Nullable Object log(@Nullable Object[] args) {
        double first = (Double) args[0];
        if (args.length == 1) {
            return first <= 0 ? null : (Object) StrictMath.log(first);
        }
        double x = (Double) args[1];
        return first <= 0 || x <= 0 ? null : (Object) (StrictMath.log(x) / StrictMath.log(first));
    }

    private static FunctionEntry real(
            String name, String doc, String example, String result, DoubleUnaryOperator of) {
        ScalarDefinition definition =
                define(G, name + "(x)", doc, example, result)
                        .takes(ArgType.DOUBLE)
                        .returns(DataType.DOUBLE);
        switch (name) {
            case "sec" -> definition.java("(1.0 / java.lang.Math.cos($0))");
            case "csc" -> definition.java("(1.0 / java.lang.Math.sin($0))");
            case "asinh", "acosh", "atanh" -> definition.java(site -> Optional.empty());
            case "cot" -> definition.java("(1.0 / java.lang.Math.tan($0))");
            case "degrees" -> definition.java("java.lang.Math.toDegrees($0)");
            case "radians" -> definition.java("java.lang.Math.toRadians($0)");
            case "exp", "expm1" -> definition.java("java.lang.StrictMath." + name + "($0)");
            default -> definition.java("java.lang.Math." + name + "($0)");
        }
        return definition.computedBy((a, s) -> of.applyAsDouble((Double) a[0]));
    }

    private static double asinh(double x) {
        double magnitude = Math.abs(x);
        double result =
                Double.isInfinite(x)
                        ? magnitude
                        : StrictMath.log(magnitude + Math.sqrt(magnitude * magnitude + 1));
        return Math.copySign(result, x);
    }

    private static FunctionEntry logarithm(
            String name,
            String doc,
            String example,
            String result,
            double above,
            DoubleUnaryOperator of) {
        return define(G, name + "(x)", doc, example, result)
                .takes(ArgType.DOUBLE)
                .returns(DataType.DOUBLE)
                .nullable()
                .computedBy((a, s) ->
                        (Double) a[0] <= above ? null : (Object) of.applyAsDouble((Double) a[0]));
    }

    private static List<FunctionEntry> others() {
        return List.of(
                define(G, "abs(x)", "x without its sign.", "abs(-1)", "1")
                        .takes(ArgType.NUMBER_OR_INTERVAL)
                        .failsWhere(MathFunctions::integralInAnsi)
                        .java(MathFunctions::absTemplate)
                        .computedBy((a, s) -> negated(a[0], s, true)),
                define(G, "negative(x)", "x with the other sign.", "negative(1)", "-1")
                        .takes(ArgType.NUMBER_OR_INTERVAL)
                        .failsWhere(MathFunctions::integralInAnsi)
                        .java(MathFunctions::negativeTemplate)
                        .computedBy((a, s) -> negated(a[0], s, false)),
                define(G, "positive(x)", "x as it is.", "positive(1)", "1")
                        .takes(ArgType.NUMBER_OR_INTERVAL)
                        .java("$0")
                        .computedBy((a, s) -> a[0]),
                define(G, "signum(x)", "-1.0, 0.0 or 1.0 by the sign of x.", "signum(40)", "1.0")
                        .takes(ArgType.DOUBLE)
                        .prepared(call ->
                                IntervalOperators.isInterval(call.type(0))
                                        ? call.withArg(
                                                0, IntervalOperators.amount(call, call.arg(0)))
                                        : call)
                        .returns(DataType.DOUBLE)
                        .java("java.lang.Math.signum($0)")
                        .computedBy((a, s) -> Math.signum((Double) a[0]))
                        .alsoNamed("sign"),
                define(
                                G,
                                "pmod(a, b)",
                                "a modulo b, never negative for positive b.",
                                "pmod(-10, 3)",
                                "2")
                        .takes(ArgType.ANY, ArgType.ANY)
                        .prepared(Operators::numbers)
                        .ofCommonType()
                        .failsInAnsi()
                        .computedBy((a, s) -> positiveModulo(a, s)),
                define(
                                G,
                                "width_bucket(x, min, max, n)",
                                "Which of n equal parts from min to max x is in; 0 below, n + 1 above.",
                                "width_bucket(5.3, 0.2, 10.6, 5)",
                                "3")
                        .takes(ArgType.ANY, ArgType.ANY, ArgType.ANY, ArgType.BIGINT)
                        .prepared(MathFunctions::bucketed)
                        .returns(DataType.BIGINT)
                        .nullable()
                        .computedBy((a, s) -> bucket(a)),
                define(G, "factorial(n)", "n!; NULL outside 0 to 20.", "factorial(5)", "120")
                        .takes(ArgType.INT)
                        .returns(DataType.BIGINT)
                        .nullable()
                        .computedBy((a, s) -> factorial((Integer) a[0])),
                extreme(
                        "greatest",
                        "Largest of the arguments; NULLs are skipped.",
                        "greatest(10, 9, 2, 4, 3)",
                        "10",
                        1),
                extreme(
                        "least",
                        "Smallest of the arguments; NULLs are skipped.",
                        "least(10, 9, 2, 4, 3)",
                        "2",
                        -1),
                define(G, "isnan(x)", "Whether x is NaN.", "isnan(cast('NaN' as double))", "true")
                        .takes(ArgType.DOUBLE)
                        .returns(DataType.BOOLEAN)
                        .seesNulls(ScalarDefinition.Nullability.NEVER)
                        .computedBy((a, s) -> a[0] instanceof Double d && Double.isNaN(d)),
                define(G, "nanvl(x, y)", "x, or y where x is NaN.", "nanvl(1.5D, 2.5D)", "1.5")
                        .takes(ArgType.DOUBLE, ArgType.DOUBLE)
                        .returns(DataType.DOUBLE)
                        .seesNulls(ScalarDefinition.Nullability.BY_ARGUMENTS)
                        .computedBy((a, s) ->
                                a[0] instanceof Double d && Double.isNaN(d) ? a[1] : a[0]),
                define(G, "bin(n)", "n in binary digits.", "bin(13)", "1101")
                        .takes(ArgType.BIGINT)
                        .returns(DataType.STRING)
                        .computedBy((a, s) -> Long.toBinaryString((Long) a[0])),
                define(G, "bit_count(n)", "Number of bits set in n.", "bit_count(7)", "3")
                        .takes(ArgType.INTEGRAL)
                        .prepared(call ->
                                call.type(0) == DataType.BOOLEAN
                                        ? call.withArg(
                                                0,
                                                CommonTypes.cast(
                                                        call.arg(0), DataType.BIGINT, call.mode()))
                                        : call)
                        .returns(DataType.INT)
                        .java("java.lang.Long.bitCount($0)")
                        .computedBy((a, s) -> Long.bitCount(((Number) a[0]).longValue())));
    }

    private static FunctionCall bucketed(FunctionCall call) {
        FunctionCall typed = call;
        for (int i = 0; i < 3; i++) {
            boolean interval = IntervalOperators.isInterval(call.type(i));
            typed =
                    typed.withArg(
                            i,
                            interval
                                    ? CommonTypes.cast(
                                            IntervalOperators.amount(call, call.arg(i)),
                                            DataType.DOUBLE,
                                            call.mode())
                                    : call.as(i, ArgType.DOUBLE));
        }
        return typed;
    }

    private static @Nullable Object bucket(@Nullable Object[] a) {
        double x = (Double) a[0];
        double min = (Double) a[1];
        double max = (Double) a[2];
        long count = (Long) a[3];
        boolean known =
                count > 0
                        && count < Long.MAX_VALUE
                        && !Double.isNaN(x)
                        && min != max
                        && Double.isFinite(min)
                        && Double.isFinite(max);
        if (!known) {
            return null;
        }
        double from = Math.min(min, max);
        double to = Math.max(min, max);
        boolean rising = min < max;
        if (rising ? x < from : x > to) {
            return 0L;
        }
        if (rising ? x >= to : x <= from) {
            return count + 1;
        }
        double share = rising ? (x - from) / (to - from) : (to - x) / (to - from);
        return (long) (count * share) + 1;
    }

    private static boolean integralInAnsi(CallSite site) {
        return site.mode() == EvalMode.ANSI && site.type().isIntegral()
                || IntervalOperators.isInterval(site.type());
    }

    private static Optional<String> absTemplate(CallSite site) {
        return site.type() == DataType.DOUBLE || site.type() == DataType.FLOAT
                ? Optional.of("java.lang.Math.abs($0)")
                : Optional.empty();
    }

    private static Optional<String> negativeTemplate(CallSite site) {
        return site.type() == DataType.DOUBLE || site.type() == DataType.FLOAT
                ? Optional.of("(-$0)")
                : Optional.empty();
    }

    static @Nullable Object negated(@Nullable Object value, CallSite site, boolean onlyBelowZero) {
        if (value != null && IntervalOperators.isInterval(site.type())) {
            return IntervalOperators.negated(value, site.mode(), onlyBelowZero);
        }
        return switch (value) {
            case null -> null;
            case BigDecimal d -> onlyBelowZero ? d.abs() : d.negate();
            case Double d -> onlyBelowZero ? Math.abs(d) : (Object) (-d);
            case Float f -> onlyBelowZero ? Math.abs(f) : (Object) (-f);
            case Number n -> {
                long number = n.longValue();
                if (onlyBelowZero && number >= 0) {
                    yield n;
                }
                boolean overflows =
                        number == Long.MIN_VALUE || !NumberOperations.fits(-number, site.type());
                if (overflows && site.mode() == EvalMode.ANSI) {
                    throw NumberOperations.overflow(
                            (site.type() == DataType.BIGINT ? "long" : "integer") + " overflow");
                }
                yield NumberOperations.box(-number, site.type());
            }
            default -> null;
        };
    }

    private static @Nullable Object positiveModulo(@Nullable Object[] args, CallSite site) {
        NumberOperations.Operation remainder =
                NumberOperations.of(
                        Expr.ArithmeticOp.REMAINDER,
                        site.argTypes().getFirst(),
                        site.type(),
                        site.mode());
        Object left = args[0];
        Object right = args[1];
        if (left == null || right == null) {
            return null;
        }
        Object first = remainder.apply(left, right);
        return switch (first) {
            case null -> null;
            case BigDecimal d ->
                    d.signum() < 0 ? d.add((BigDecimal) right).remainder((BigDecimal) right) : d;
            case Double d -> d < 0 ? (d + (Double) right) % (Double) right : d;
            case Float f -> f < 0 ? (f + (Float) right) % (Float) right : f;
            case Number n when n.longValue() < 0 -> {
                long r = ((Number) right).longValue();
                yield NumberOperations.box((n.longValue() + r) % r, site.type());
            }
            default -> first;
        };
    }

    private static @Nullable Object factorial(int n) {
        if (n < 0 || n > 20) {
            return null;
        }
        long product = 1;
        for (int i = 2; i <= n; i++) {
            product *= i;
        }
        return product;
    }

    /// Among texts there are only texts: they do not become numbers or dates here.
    private static FunctionCall withoutMixedTexts(FunctionCall call) {
        long texts = call.args().stream().filter(a -> a.type() == DataType.STRING).count();
        long nulls = call.args().stream().filter(a -> a.type() == DataType.NULL).count();
        if (texts > 0 && texts + nulls < call.size()) {
            throw call.differing(call.args());
        }
        return call;
    }

    private static FunctionEntry extreme(
            String name, String doc, String example, String result, int sign) {
        return define("conditional", name + "(a, b, …)", doc, example, result)
                .takes(ArgType.ANY, ArgType.ANY)
                .andMore(ArgType.ANY)
                .prepared(MathFunctions::withoutMixedTexts)
                .ofCommonType()
                .seesNulls(ScalarDefinition.Nullability.ALWAYS)
                .computedBy((a, s) -> {
                    Object best = null;
                    for (Object value : a) {
                        if (value != null
                                && (best == null || sign * Values.compare(value, best) > 0)) {
                            best = value;
                        }
                    }
                    return best;
                });
    }
}
