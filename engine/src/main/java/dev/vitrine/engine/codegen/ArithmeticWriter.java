package dev.vitrine.engine.codegen;

import dev.vitrine.engine.expr.EvalMode;
import dev.vitrine.engine.expr.Expr;
import dev.vitrine.engine.expr.Expr.ArithmeticOp;
import dev.vitrine.engine.types.DataType;
import java.util.List;

/// Writes arithmetic and casts. Decimals are unscaled longs where [Guards] say that they fit, else
/// [dev.vitrine.engine.kernel.WideDecimal]s.
final class ArithmeticWriter {
    /// The largest power of ten that a `long` holds.
    private static final int MOST_POWERS = 18;

    private final ExprWriter exprs;

    ArithmeticWriter(ExprWriter exprs) {
        this.exprs = exprs;
    }

    JavaValue arithmetic(Expr.Arithmetic a) {
        boolean zeroCheck = a.op().ordinal() >= ArithmeticOp.DIVIDE.ordinal();
        if (a.mode() == EvalMode.TRY || a.mode() == EvalMode.LEGACY && zeroCheck) {
            return exprs.interpreted(a);
        }
        if (a.type() instanceof DataType.Decimal) {
            return a.op() == ArithmeticOp.REMAINDER ? exprs.interpreted(a) : decimalArithmetic(a);
        }
        JavaKind kind = JavaKind.require(a.type());
        boolean narrow = a.type() == DataType.TINYINT || a.type() == DataType.SMALLINT;
        if (narrow || !a.type().isNumeric() || kind != JavaKind.require(a.left().type())) {
            return exprs.interpreted(a);
        }
        JavaValue left = exprs.write(a.left());
        JavaValue right = exprs.writeAfter(left, a.right());
        boolean ansi = a.mode() == EvalMode.ANSI;
        String l = left.code();
        String r = right.code();
        boolean floating = kind == JavaKind.DOUBLE || kind == JavaKind.FLOAT;
        if (!zeroCheck && (floating || !ansi)) {
            return exprs.strict(
                    kind, List.of(left, right), l + " " + a.op().symbol() + " " + r, false);
        }
        String suffix = kind == JavaKind.INT ? "Int" : kind == JavaKind.LONG ? "Long" : "Double";
        String method =
                switch (a.op()) {
                    case ADD -> "add";
                    case SUBTRACT -> "subtract";
                    case MULTIPLY -> "multiply";
                    case DIVIDE, INTEGRAL_DIVIDE -> "divide";
                    case REMAINDER -> "remainder";
                };
        String call = "CheckedMath." + method + suffix + "(" + l + ", " + r + ")";
        String code = kind == JavaKind.FLOAT ? "(float) " + call : call;
        return exprs.strict(kind, List.of(left, right), code, true);
    }

    private JavaValue decimalArithmetic(Expr.Arithmetic a) {
        DataType.Decimal type = (DataType.Decimal) a.type();
        if (!(a.left().type() instanceof DataType.Decimal left)
                || !(a.right().type() instanceof DataType.Decimal right)) {
            return exprs.interpreted(a);
        }
        int exact =
                a.op() == ArithmeticOp.MULTIPLY
                        ? left.scale() + right.scale()
                        : Math.max(left.scale(), right.scale());
        boolean fits = exprs.kindOf(a) == JavaKind.LONG;
        // Without more digits than a word has, or on the conditions that the guards name.
        boolean narrow =
                fits
                        && a.op() != ArithmeticOp.DIVIDE
                        && exprs.kindOf(a.left()) == JavaKind.LONG
                        && exprs.kindOf(a.right()) == JavaKind.LONG
                        && Math.abs(exact - type.scale()) <= MOST_POWERS;
        boolean wide = a.mode() == EvalMode.ANSI && exact >= type.scale();
        if (!narrow && !wide && !(a.op() == ArithmeticOp.DIVIDE && a.mode() == EvalMode.ANSI)) {
            return exprs.interpreted(a);
        }
        JavaValue l = exprs.write(a.left());
        JavaValue r = exprs.writeAfter(l, a.right());
        if (narrow) {
            return narrow(a.op(), l, r, left.scale(), right.scale(), type.scale());
        }
        JavaValue result = wide(a.op(), l, r, left.scale(), right.scale(), type);
        return fits ? exprs.narrowed(result) : result;
    }

    private JavaValue narrow(
            ArithmeticOp op, JavaValue l, JavaValue r, int left, int right, int scale) {
        int exact;
        String code;
        if (op == ArithmeticOp.MULTIPLY) {
            exact = left + right;
            code = l.code() + " * " + r.code();
        } else {
            exact = Math.max(left, right);
            code =
                    times(l.code(), exact - left)
                            + " "
                            + op.symbol()
                            + " "
                            + times(r.code(), exact - right);
        }
        if (exact > scale) {
            code = "CheckedMath.rescaleDown(" + code + ", " + power(exact - scale) + ")";
        } else if (exact < scale) {
            code = times("(" + code + ")", scale - exact);
        }
        return exprs.strict(JavaKind.LONG, List.of(l, r), code, false);
    }

    /// The result has at most as many digits after the point as the exact one, but for a quotient.
    private JavaValue wide(
            ArithmeticOp op, JavaValue l, JavaValue r, int left, int right, DataType.Decimal type) {
        String words = l.words() + ", " + r.words();
        String end = ", " + type.precision() + ", " + type.scale() + ")";
        int exact = op == ArithmeticOp.MULTIPLY ? left + right : Math.max(left, right);
        String call =
                switch (op) {
                    case ADD, SUBTRACT ->
                            (op == ArithmeticOp.ADD ? "add(" : "subtract(")
                                    + l.words()
                                    + ", "
                                    + (exact - left)
                                    + ", "
                                    + r.words()
                                    + ", "
                                    + (exact - right)
                                    + ", "
                                    + (exact - type.scale())
                                    + end;
                    case MULTIPLY -> "multiply(" + words + ", " + (exact - type.scale()) + end;
                    case DIVIDE -> "divide(" + words + ", " + (type.scale() - left + right) + end;
                    case INTEGRAL_DIVIDE, REMAINDER ->
                            throw new IllegalArgumentException("interpreted");
                };
        return exprs.wide(List.of(l, r), call);
    }

    /// Whether a call only changes the sign of a decimal, or does not.
    static boolean changesSign(Expr.Call call) {
        return call.type() instanceof DataType.Decimal
                && call.args().size() == 1
                && call.args().getFirst().type().equals(call.type())
                && switch (call.function().name()) {
                    case "abs", "negative", "positive" -> true;
                    default -> false;
                };
    }

    /// Writes a call of which [#changesSign] holds.
    JavaValue sign(Expr.Call call) {
        JavaValue value = exprs.write(call.args().getFirst());
        String name = call.function().name();
        if (name.equals("positive")) {
            return value;
        }
        boolean onlyBelowZero = name.equals("abs");
        if (value.kind() == JavaKind.WIDE) {
            String call128 = "negate(" + value.words() + ", " + onlyBelowZero + ")";
            return exprs.wide(List.of(value), call128);
        }
        String code = onlyBelowZero ? "Math.abs(" + value.code() + ")" : "-" + value.code();
        return exprs.strict(JavaKind.LONG, List.of(value), code, false);
    }

    private static String times(String code, int powers) {
        return powers == 0 ? code : code + " * " + power(powers);
    }

    private static String power(int powers) {
        long value = 1;
        for (int i = 0; i < powers; i++) {
            value *= 10;
        }
        return value + "L";
    }

    JavaValue cast(Expr.Cast cast) {
        DataType from = cast.input().type();
        DataType to = cast.type();
        if (from.equals(to)) {
            return exprs.write(cast.input());
        }
        if (from == DataType.NULL) {
            return exprs.literal(Expr.Literal.nullOf(to));
        }
        if (from.isIntegral() && to.isIntegral() && width(to) >= width(from)) {
            JavaValue value = exprs.write(cast.input());
            return value.kind() == JavaKind.require(to)
                    ? value
                    : exprs.strict(JavaKind.LONG, List.of(value), value.code(), false);
        }
        if (from.isIntegral() && to == DataType.DOUBLE
                || from == DataType.FLOAT && to == DataType.DOUBLE) {
            JavaValue value = exprs.write(cast.input());
            return exprs.strict(JavaKind.DOUBLE, List.of(value), "(double) " + value.code(), false);
        }
        if (from instanceof DataType.Decimal d && to == DataType.DOUBLE) {
            JavaValue value = exprs.write(cast.input());
            boolean wide = value.kind() == JavaKind.WIDE;
            return exprs.strict(
                    JavaKind.DOUBLE,
                    List.of(value),
                    (wide
                                    ? "WideDecimal.toDouble(" + value.words()
                                    : "CheckedMath.toDouble(" + value.code())
                            + ", "
                            + d.scale()
                            + ")",
                    false);
        }
        if (to instanceof DataType.Decimal target) {
            boolean widens =
                    from instanceof DataType.Decimal source
                            ? target.scale() >= source.scale()
                                    && target.precision() - target.scale()
                                            >= source.precision() - source.scale()
                            : from.isIntegral()
                                    && target.precision() - target.scale()
                                            >= dev.vitrine.engine.expr.Casts.digits(from);
            if (widens) {
                return widened(cast, target);
            }
        }
        return exprs.interpreted(cast);
    }

    private JavaValue widened(Expr.Cast cast, DataType.Decimal target) {
        int scale = cast.input().type() instanceof DataType.Decimal source ? source.scale() : 0;
        int up = target.scale() - scale;
        JavaValue value = exprs.write(cast.input());
        if (exprs.kindOf(cast) == JavaKind.LONG
                && value.kind() != JavaKind.WIDE
                && up <= MOST_POWERS) {
            return exprs.strict(
                    JavaKind.LONG, List.of(value), times("(long) " + value.code(), up), false);
        }
        JavaValue wide =
                exprs.wide(
                        List.of(value),
                        "rescale("
                                + value.words()
                                + ", "
                                + up
                                + ", 0, "
                                + target.precision()
                                + ", "
                                + target.scale()
                                + ")");
        return exprs.kindOf(cast) == JavaKind.LONG ? exprs.narrowed(wide) : wide;
    }

    private static int width(DataType integral) {
        return dev.vitrine.engine.batch.ColumnBuilder.width(integral);
    }
}
