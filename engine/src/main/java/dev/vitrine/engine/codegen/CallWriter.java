package dev.vitrine.engine.codegen;

import dev.vitrine.engine.expr.CallSite;
import dev.vitrine.engine.expr.EvalMode;
import dev.vitrine.engine.expr.Expr;
import dev.vitrine.engine.function.ExprEvaluator;
import dev.vitrine.engine.types.DataType;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Writes calls of functions: by their Java form, or by the interpreter's evaluator.
final class CallWriter {
    /// Columns that one method boxes for the evaluator.
    private static final int MAX_BOXED = 32;

    private final ExprWriter exprs;
    private final Constants constants;
    private final ClassMembers members;
    private final ArithmeticWriter arithmetic;
    private final ZoneId zone;

    CallWriter(
            ExprWriter exprs,
            ArithmeticWriter arithmetic,
            Constants constants,
            ClassMembers members,
            ZoneId zone) {
        this.exprs = exprs;
        this.arithmetic = arithmetic;
        this.constants = constants;
        this.members = members;
        this.zone = zone;
    }

    JavaValue call(Expr.Call call) {
        if (ArithmeticWriter.changesSign(call)) {
            return arithmetic.sign(call);
        }
        CallSite site =
                new CallSite(
                        call.args().stream().map(Expr::type).toList(),
                        call.type(),
                        call.mode(),
                        zone);
        Optional<String> template =
                call.function().nullPropagating() && call.mode() != EvalMode.TRY
                        ? call.function().javaTemplate(site)
                        : Optional.empty();
        boolean plain =
                template.isPresent()
                        && !(call.type() instanceof DataType.Decimal)
                        && call.args().stream()
                                .allMatch(a ->
                                        JavaKind.of(a.type()).isPresent()
                                                && !(a.type() instanceof DataType.Decimal));
        if (!plain) {
            return interpreted(call);
        }
        List<JavaValue> args = new ArrayList<>();
        String code = template.get();
        for (Expr arg : call.args()) {
            args.add(exprs.writeAfter(args, arg));
        }
        for (int i = args.size() - 1; i >= 0; i--) {
            code = code.replace("$" + i, args.get(i).code());
        }
        JavaKind kind = JavaKind.require(call.type());
        if (kind != JavaKind.STRING) {
            return exprs.strict(kind, args, code, true);
        }
        String field = exprs.heldField(kind);
        String isNull = exprs.anyNull(args);
        String filled = code.replace("$out", field).replace("$arena", "arena") + ";";
        if (isNull.equals("false")) {
            exprs.out().line(filled);
        } else {
            exprs.out().line("if (!(" + isNull + ")) {");
            exprs.out().line(filled);
            exprs.out().line("}");
        }
        return new JavaValue(field, isNull, kind);
    }

    /// Evaluates a whole subtree by the interpreter, its columns boxed.
    JavaValue interpreted(Expr expr) {
        JavaKind kind = exprs.kindOf(expr);
        Map<Long, Expr.Attribute> attributes = new LinkedHashMap<>();
        expr.forEach(node -> {
            if (node instanceof Expr.Attribute a) {
                attributes.putIfAbsent(a.id(), a);
            }
        });
        Map<Long, Integer> ordinals = new HashMap<>();
        attributes.keySet().forEach(id -> ordinals.put(id, ordinals.size()));
        String evaluator =
                constants.object("Evaluator", () -> ExprEvaluator.compile(expr, ordinals, zone));
        String args = exprs.variable("args");
        members.field("Object[]", args, "new Object[" + attributes.size() + "]");
        box(List.copyOf(attributes.values()), args);
        String object = exprs.variable("result");
        exprs.out().line("Object " + object + " = eval(" + evaluator + ", " + args + ");");
        String isNull = expr.nullable() ? exprs.variable("n") : "false";
        if (expr.nullable()) {
            exprs.out().line("boolean " + isNull + " = " + object + " == null;");
        }
        if (kind.isHeld()) {
            String field = exprs.heldField(kind);
            String fill = kind == JavaKind.STRING ? "toString(" : "toWide(";
            exprs.out().line(fill + object + ", " + field + ");");
            return new JavaValue(field, isNull, kind);
        }
        String variable = exprs.variable("v");
        exprs.out()
                .line(
                        kind.javaType()
                                + " "
                                + variable
                                + " = "
                                + unboxed(object, expr.type(), kind)
                                + ";");
        return new JavaValue(variable, isNull, kind);
    }

    /// Fills an array with the values of columns.
    private void box(List<Expr.Attribute> attributes, String args) {
        for (int from = 0; from < attributes.size(); from += MAX_BOXED) {
            int first = from;
            int last = Math.min(from + MAX_BOXED, attributes.size());
            if (attributes.size() <= MAX_BOXED) {
                box(attributes, args, first, last);
                continue;
            }
            ExprWriter.Apart<String> apart =
                    exprs.apart(() -> {
                        box(attributes, args, first, last);
                        return exprs.variable("box");
                    });
            JavaSource method = new JavaSource();
            method.back(exprs.out().currentNode());
            method.line("private void " + apart.result() + apart.parameters() + " {");
            method.append(apart.body());
            method.line("}");
            members.method(method);
            exprs.out().line(apart.result() + apart.arguments() + ";");
        }
    }

    private void box(List<Expr.Attribute> attributes, String args, int from, int to) {
        for (int i = from; i < to; i++) {
            JavaValue value = exprs.attribute(attributes.get(i));
            String boxed = boxed(value, attributes.get(i).type());
            String code = value.neverNull() ? boxed : "(" + value.isNull() + ") ? null : " + boxed;
            exprs.out().line(args + "[" + i + "] = " + code + ";");
        }
    }

    private static String boxed(JavaValue value, DataType type) {
        String code = value.code();
        return switch (type) {
            case DataType.Decimal d ->
                    value.kind() == JavaKind.WIDE
                            ? "WideDecimal.toBigDecimal(" + value.words() + ", " + d.scale() + ")"
                            : "decimal(" + code + ", " + d.scale() + ")";
            case DataType.Simple.BINARY -> "(Object) binary(" + code + ")";
            case DataType.Simple.TINYINT -> "(Object) Byte.valueOf((byte) " + code + ")";
            case DataType.Simple.SMALLINT -> "(Object) Short.valueOf((short) " + code + ")";
            default ->
                    switch (value.kind()) {
                        case BOOLEAN -> "(Object) Boolean.valueOf(" + code + ")";
                        case INT -> "(Object) Integer.valueOf(" + code + ")";
                        case LONG -> "(Object) Long.valueOf(" + code + ")";
                        case FLOAT -> "(Object) Float.valueOf(" + code + ")";
                        case DOUBLE -> "(Object) Double.valueOf(" + code + ")";
                        case STRING -> "(Object) " + code + ".toString()";
                        case WIDE -> throw new IllegalArgumentException("no decimal");
                    };
        };
    }

    private static String unboxed(String object, DataType type, JavaKind kind) {
        if (type instanceof DataType.Decimal) {
            return "unscaled(" + object + ")";
        }
        return switch (kind) {
            case BOOLEAN -> "toBoolean(" + object + ")";
            case INT -> "toInt(" + object + ")";
            case LONG -> "toLong(" + object + ")";
            case FLOAT -> "toFloat(" + object + ")";
            case DOUBLE -> "toDouble(" + object + ")";
            case STRING, WIDE -> throw new IllegalArgumentException("no primitive");
        };
    }
}
