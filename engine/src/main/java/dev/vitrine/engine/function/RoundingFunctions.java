package dev.vitrine.engine.function;

import static dev.vitrine.engine.function.ScalarDefinition.define;

import dev.vitrine.engine.expr.CallSite;
import dev.vitrine.engine.expr.EvalMode;
import dev.vitrine.engine.expr.Expr;
import dev.vitrine.engine.types.DataType;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Functions that round numbers.
final class RoundingFunctions {
    private static final String G = "math";

    /// Digits beyond which no number has any.
    private static final int MAX_DIGITS = 400;

    private static final FunctionEntry FLOOR_AT = decimalAt("floor", RoundingMode.FLOOR);
    private static final FunctionEntry CEILING_AT = decimalAt("ceil", RoundingMode.CEILING);

    private RoundingFunctions() {}

    static List<FunctionEntry> entries() {
        return List.of(
                define(
                                G,
                                "floor(x[, digits])",
                                "Largest whole number not above x.",
                                "floor(-0.1)",
                                "-1")
                        .takes(ArgType.NUMERIC)
                        .returns(RoundingFunctions::wholeType)
                        .java(site -> wholeTemplate(site, "floor"))
                        .computedBy((a, s) -> whole(a[0], RoundingMode.FLOOR))
                        .orElse(2, call -> wholeAt(call, FLOOR_AT)),
                define(
                                G,
                                "ceil(x[, digits])",
                                "Smallest whole number not below x.",
                                "ceil(-0.1)",
                                "0")
                        .takes(ArgType.NUMERIC)
                        .returns(RoundingFunctions::wholeType)
                        .java(site -> wholeTemplate(site, "ceil"))
                        .computedBy((a, s) -> whole(a[0], RoundingMode.CEILING))
                        .orElse(2, call -> wholeAt(call, CEILING_AT))
                        .alsoNamed("ceiling"),
                rounder(
                        "round",
                        "x rounded half up to a number of digits after the point.",
                        "round(2.5)",
                        "3",
                        RoundingMode.HALF_UP),
                rounder(
                        "bround",
                        "x rounded half to even to a number of digits after the point.",
                        "bround(2.5)",
                        "2",
                        RoundingMode.HALF_EVEN));
    }

    private static Expr wholeAt(FunctionCall call, FunctionEntry entry) {
        FunctionCall typed = call.withArg(1, call.as(1, ArgType.INT));
        if (call.type(0) == DataType.NULL) {
            return Expr.Literal.nullOf(DataType.DOUBLE);
        }
        DataType decimal =
                call.type(0) instanceof DataType.Decimal
                        ? call.type(0)
                        : CommonTypes.decimalFor(call.as(0, ArgType.NUMERIC).type());
        return entry.resolver()
                .resolve(typed.withArg(0, CommonTypes.cast(call.arg(0), decimal, call.mode())));
    }

    private static FunctionEntry decimalAt(String name, RoundingMode mode) {
        return define(G, name + "(x, digits)", "", "", "")
                .takes(ArgType.NUMERIC, ArgType.INT)
                .returns(RoundingFunctions::roundType)
                .failsInAnsi()
                .computedBy((a, s) -> round(a, s, mode));
    }

    private static DataType wholeType(FunctionCall call) {
        return call.type(0) instanceof DataType.Decimal(int p, int s)
                ? DataType.Decimal.adjusted(p - s + 1, 0)
                : DataType.BIGINT;
    }

    private static Optional<String> wholeTemplate(CallSite site, String name) {
        DataType type = site.argTypes().getFirst();
        if (type == DataType.DOUBLE || type == DataType.FLOAT) {
            return Optional.of("((long) java.lang.Math." + name + "($0))");
        }
        return type.isIntegral() ? Optional.of("((long) $0)") : Optional.empty();
    }

    private static @Nullable Object whole(@Nullable Object value, RoundingMode mode) {
        return switch (value) {
            case null -> null;
            case BigDecimal d -> d.setScale(0, mode);
            case Double d -> (long) (mode == RoundingMode.FLOOR ? Math.floor(d) : Math.ceil(d));
            case Float f -> (long) (mode == RoundingMode.FLOOR ? Math.floor(f) : Math.ceil(f));
            case Number n -> n.longValue();
            default -> null;
        };
    }

    private static FunctionEntry rounder(
            String name, String doc, String example, String result, RoundingMode mode) {
        return define(G, name + "(x[, digits])", doc, example, result)
                .takes(ArgType.NUMERIC)
                .maybe(ArgType.INT)
                .returns(RoundingFunctions::roundType)
                .failsWhere(site ->
                        site.mode() == EvalMode.ANSI
                                && site.argTypes().getFirst().isIntegral()
                                && site.argTypes().size() > 1)
                .computedBy((a, s) -> round(a, s, mode));
    }

    private static DataType roundType(FunctionCall call) {
        if (!(call.type(0) instanceof DataType.Decimal(int precision, int scale))) {
            return call.type(0);
        }
        int digits = call.size() == 1 ? 0 : digits(call);
        int whole = precision - scale + 1;
        // A digit more before the point, for the carry, but the scale never gives way to it.
        int kept = Math.clamp(digits, 0, scale);
        int wanted = digits < 0 ? Math.max(whole, -digits + 1) : whole + kept;
        return new DataType.Decimal(Math.min(wanted, DataType.Decimal.MAX_PRECISION), kept);
    }

    private static int digits(FunctionCall call) {
        Object value = ExprEvaluator.constant(call.constant(call.arg(1), "scale"), call.zone());
        return value == null ? 0 : (Integer) value;
    }

    private static @Nullable Object round(
            @Nullable Object[] args, CallSite site, RoundingMode mode) {
        int digits = args.length > 1 ? Math.clamp((Integer) args[1], -MAX_DIGITS, MAX_DIGITS) : 0;
        return switch (args[0]) {
            case null -> null;
            case BigDecimal d ->
                    NumberOperations.fit(
                            d.setScale(digits, mode), (DataType.Decimal) site.type(), site.mode());
            case Double d ->
                    Double.isFinite(d)
                            ? (Object) BigDecimal.valueOf(d).setScale(digits, mode).doubleValue()
                            : d;
            case Float f ->
                    Float.isFinite(f)
                            ? (Object)
                                    new BigDecimal(Float.toString(f))
                                            .setScale(digits, mode)
                                            .floatValue()
                            : f;
            case Number n when digits >= 0 -> n;
            case Number n -> {
                BigDecimal rounded = BigDecimal.valueOf(n.longValue()).setScale(digits, mode);
                boolean fits =
                        rounded.toBigInteger().bitLength() < 64
                                && NumberOperations.fits(rounded.longValue(), site.type());
                if (!fits && site.mode() == EvalMode.ANSI) {
                    throw NumberOperations.overflow("Overflow in round");
                }
                yield NumberOperations.box(rounded.longValue(), site.type());
            }
            default -> null;
        };
    }
}
