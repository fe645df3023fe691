package dev.vitrine.engine.codegen;

import dev.vitrine.engine.expr.EvalMode;
import dev.vitrine.engine.expr.Expr;
import dev.vitrine.engine.expr.Expr.ArithmeticOp;
import dev.vitrine.engine.types.DataType;
import java.util.List;

/// Writes arithmetic and casts. Decimals are unscaled longs, under [Guards].
final class ArithmeticWriter {
    private final ExprWriter exprs;
    private final Guards guards;

    ArithmeticWriter(ExprWriter exprs, Guards guards) {
        this.exprs = exprs;
        this.guards = guards;
    }

    JavaValue arithmetic(Expr.Arithmetic a) {
        boolean zeroCheck = a.op().ordinal() >= ArithmeticOp.DIVIDE.ordinal();
        if (a.mode() == EvalMode.TRY || a.mode() == EvalMode.LEGACY && zeroCheck) {
            return exprs.interpreted(a);
        }
        if (a.type() instanceof DataType.Decimal) {
            return zeroCheck ? exprs.interpreted(a) : decimalArithmetic(a);
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
        guards.require(guards.bound(a));
        JavaValue l = exprs.write(a.left());
        JavaValue r = exprs.writeAfter(l, a.right());
        int exact;
        String code;
        if (a.op() == ArithmeticOp.MULTIPLY) {
            exact = left.scale() + right.scale();
            code = l.code() + " * " + r.code();
        } else {
            exact = Math.max(left.scale(), right.scale());
            code =
                    times(l.code(), exact - left.scale())
                            + " "
                            + a.op().symbol()
                            + " "
                            + times(r.code(), exact - right.scale());
        }
        if (exact > type.scale()) {
            code = "CheckedMath.rescaleDown(" + code + ", " + power(exact - type.scale()) + ")";
        } else if (exact < type.scale()) {
            guards.require(guards.scaled(guards.bound(a), type.scale() - exact));
            code = times("(" + code + ")", type.scale() - exact);
        }
        return exprs.strict(JavaKind.LONG, List.of(l, r), code, false);
    }

    private static String times(String code, int powers) {
        return powers == 0 ? code : code + " * " + power(powers);
    }

    private static String power(int powers) {
        if (powers > 18) {
            throw new NotCompilable("decimals rescaled by more than 18 digits");
        }
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
            return exprs.strict(
                    JavaKind.DOUBLE,
                    List.of(value),
                    "CheckedMath.toDouble(" + value.code() + ", " + d.scale() + ")",
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
                int scale = from instanceof DataType.Decimal source ? source.scale() : 0;
                guards.require(guards.bound(cast));
                JavaValue value = exprs.write(cast.input());
                return exprs.strict(
                        JavaKind.LONG,
                        List.of(value),
                        times("(long) " + value.code(), target.scale() - scale),
                        false);
            }
        }
        return exprs.interpreted(cast);
    }

    private static int width(DataType integral) {
        return dev.vitrine.engine.batch.ColumnBuilder.width(integral);
    }
}
