package dev.vitrine.engine.codegen;

import dev.vitrine.engine.expr.Expr;
import dev.vitrine.engine.expr.Expr.ComparisonOp;
import dev.vitrine.engine.kernel.Hash;
import dev.vitrine.engine.kernel.LikeMatcher;
import dev.vitrine.engine.kernel.LongSet;
import dev.vitrine.engine.kernel.StringSet;
import dev.vitrine.engine.types.Binary;
import dev.vitrine.engine.types.DataType;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;

/// Writes conditions and what chooses by them.
final class LogicWriter {
    private static final int MAX_INLINE_OPTIONS = 16;

    private final ExprWriter exprs;
    private final Constants constants;

    LogicWriter(ExprWriter exprs, Constants constants) {
        this.exprs = exprs;
        this.constants = constants;
    }

    JavaValue comparison(Expr.Comparison c) {
        if (!c.left().type().equals(c.right().type())
                && !(c.left().type() instanceof DataType.Decimal l
                        && c.right().type() instanceof DataType.Decimal r
                        && l.scale() == r.scale())) {
            return exprs.interpreted(c);
        }
        if (JavaKind.of(c.left().type()).isEmpty()) {
            return exprs.interpreted(c);
        }
        JavaValue left = exprs.write(c.left());
        JavaValue right =
                c.op() == ComparisonOp.NULL_SAFE_EQ
                        ? exprs.write(c.right())
                        : exprs.writeAfter(left, c.right());
        if (c.op() == ComparisonOp.NULL_SAFE_EQ) {
            JavaValue equal =
                    exprs.strict(
                            JavaKind.BOOLEAN,
                            List.of(left, right),
                            test(ComparisonOp.EQ, left, right),
                            true);
            if (equal.neverNull()) {
                return equal;
            }
            String both = "(" + left.isNull() + " && " + right.isNull() + ")";
            return new JavaValue(
                    "(" + both + " || !" + equal.isNull() + " && " + equal.code() + ")",
                    "false",
                    JavaKind.BOOLEAN);
        }
        boolean guarded = left.kind() == JavaKind.STRING;
        return exprs.strict(
                JavaKind.BOOLEAN, List.of(left, right), test(c.op(), left, right), guarded);
    }

    private static String test(ComparisonOp op, JavaValue left, JavaValue right) {
        String java =
                switch (op) {
                    case EQ, NULL_SAFE_EQ -> "==";
                    case NOT_EQ -> "!=";
                    case LT -> "<";
                    case LE -> "<=";
                    case GT -> ">";
                    case GE -> ">=";
                };
        String l = left.code();
        String r = right.code();
        if (left.kind() == JavaKind.WIDE || right.kind() == JavaKind.WIDE) {
            String words = "(" + left.words() + ", " + right.words() + ")";
            return switch (op) {
                case EQ, NULL_SAFE_EQ -> "WideDecimal.equal" + words;
                case NOT_EQ -> "!WideDecimal.equal" + words;
                case LT, LE, GT, GE -> "WideDecimal.compare" + words + " " + java + " 0";
            };
        }
        return switch (left.kind()) {
            case INT, LONG -> l + " " + java + " " + r;
            case BOOLEAN -> "(" + l + " ? 1 : 0) " + java + " (" + r + " ? 1 : 0)";
            case FLOAT, DOUBLE ->
                    "CheckedMath.compare((double) " + l + ", (double) " + r + ") " + java + " 0";
            case STRING ->
                    switch (op) {
                        case EQ, NULL_SAFE_EQ -> "StringRef.equal(" + l + ", " + r + ")";
                        case NOT_EQ -> "!StringRef.equal(" + l + ", " + r + ")";
                        default -> "StringRef.compare(" + l + ", " + r + ") " + java + " 0";
                    };
            case WIDE -> throw new IllegalArgumentException("compared above");
        };
    }

    /// AND or OR from left to right; a later term is not evaluated once the result is known.
    JavaValue connective(List<Expr> terms, boolean and) {
        String result = exprs.variable("holds");
        String unknown = exprs.variable("n");
        boolean nullable = terms.stream().anyMatch(Expr::nullable);
        exprs.out().line("boolean " + result + " = " + and + ";");
        if (nullable) {
            exprs.out().line("boolean " + unknown + " = false;");
        }
        String going = and ? result : "!" + result;
        int open = 0;
        for (int i = 0; i < terms.size(); i++) {
            if (i > 0) {
                exprs.out().line("if (" + going + ") {");
                exprs.enter();
                open++;
            }
            JavaValue value = exprs.write(terms.get(i));
            String decided = and ? "!" + value.code() : value.code();
            // A column of a row that an outer join may lack is looked at where the row is there.
            if (value.neverNull() || !nullable) {
                exprs.out().line("if (" + decided + ") {");
            } else {
                exprs.out().line("if (" + value.isNull() + ") {");
                exprs.out().line(unknown + " = true;");
                exprs.out().line("} else if (" + decided + ") {");
            }
            exprs.out().line(result + " = " + !and + ";");
            exprs.out().line("}");
        }
        for (int i = 0; i < open; i++) {
            exprs.leave();
            exprs.out().line("}");
        }
        if (!nullable) {
            return new JavaValue(result, "false", JavaKind.BOOLEAN);
        }
        String isNull = exprs.variable("n");
        exprs.out().line("boolean " + isNull + " = " + unknown + " && " + going + ";");
        return new JavaValue(result, isNull, JavaKind.BOOLEAN);
    }

    /// Options that are not all constants of the value's type have been made an OR of comparisons
    /// by [Splitting#regroup].
    JavaValue in(Expr.In in) {
        if (!Splitting.isOfLiterals(in) || JavaKind.of(in.value().type()).isEmpty()) {
            return exprs.interpreted(in);
        }
        boolean many = in.options().size() > MAX_INLINE_OPTIONS;
        if (many && exprs.kindOf(in.value()) == JavaKind.WIDE) {
            return exprs.interpreted(in);
        }
        if (in.options().isEmpty()) {
            return new JavaValue("false", "false", JavaKind.BOOLEAN);
        }
        List<Expr> known = in.options().stream().filter(o -> !isNull(o)).toList();
        JavaValue value = exprs.write(in.value());
        String found;
        if (known.size() > MAX_INLINE_OPTIONS) {
            found = membership(value, known);
        } else if (known.isEmpty()) {
            found = "false";
        } else {
            List<String> tests = new ArrayList<>();
            for (Expr option : known) {
                tests.add(test(ComparisonOp.EQ, value, exprs.write(option)));
            }
            found = String.join(" || ", tests);
        }
        JavaValue result = exprs.strict(JavaKind.BOOLEAN, List.of(value), found, true);
        if (known.size() == in.options().size()) {
            return result;
        }
        // Among the options is a NULL: what is not found may be that.
        String isNull = exprs.variable("n");
        String unknown = "!" + result.code();
        exprs.out()
                .line(
                        "boolean "
                                + isNull
                                + " = "
                                + (result.neverNull()
                                        ? unknown
                                        : result.isNull() + " || " + unknown)
                                + ";");
        return new JavaValue(result.code(), isNull, JavaKind.BOOLEAN);
    }

    private static boolean isNull(Expr option) {
        return option instanceof Expr.Literal l && l.isNull();
    }

    /// A look-up among many constants.
    private String membership(JavaValue value, List<Expr> options) {
        if (value.kind() == JavaKind.STRING) {
            StringSet set = new StringSet(options.stream().map(LogicWriter::bytes).toList());
            return constants.object("StringSet", () -> set) + ".contains(" + value.code() + ")";
        }
        LongSet set = new LongSet(options.stream().flatMapToLong(LogicWriter::word).toArray());
        String word =
                switch (value.kind()) {
                    case BOOLEAN -> value.code() + " ? 1L : 0L";
                    case FLOAT, DOUBLE -> "Hash.bits((double) " + value.code() + ")";
                    default -> "(long) " + value.code();
                };
        return constants.object("LongSet", () -> set) + ".contains(" + word + ")";
    }

    private static byte[] bytes(Expr option) {
        Object value = ((Expr.Literal) option).value();
        return value instanceof Binary binary
                ? binary.toBytes()
                : String.valueOf(value).getBytes(StandardCharsets.UTF_8);
    }

    /// The word under which a constant is found; none where no 64-bit value equals it.
    private static LongStream word(Expr option) {
        Object value = ((Expr.Literal) option).value();
        return switch (value) {
            case BigDecimal d ->
                    d.unscaledValue().bitLength() < Long.SIZE
                            ? LongStream.of(d.unscaledValue().longValue())
                            : LongStream.empty();
            case Boolean b -> LongStream.of(b ? 1 : 0);
            case Double d -> LongStream.of(Hash.bits(d));
            case Float f -> LongStream.of(Hash.bits((double) f));
            case Number n -> LongStream.of(n.longValue());
            case null, default -> throw new NotCompilable("the option " + option.sql());
        };
    }

    JavaValue like(Expr.Like like) {
        boolean constant =
                like.pattern() instanceof Expr.Literal l
                        && l.value() instanceof String pattern
                        && valid(pattern, like.escape())
                        && !like.ignoreCase()
                        && like.value().type() == DataType.STRING;
        if (!constant) {
            return exprs.interpreted(like);
        }
        String pattern =
                (String) java.util.Objects.requireNonNull(((Expr.Literal) like.pattern()).value());
        JavaValue value = exprs.write(like.value());
        String matcher =
                constants.object("LikeMatcher", () -> new LikeMatcher(pattern, like.escape()));
        return exprs.strict(
                JavaKind.BOOLEAN, List.of(value), matcher + ".matches(" + value.code() + ")", true);
    }

    private static boolean valid(String pattern, char escape) {
        for (int i = 0; i < pattern.length(); i++) {
            if (pattern.charAt(i) == escape) {
                i++;
                if (i == pattern.length()
                        || "%_".indexOf(pattern.charAt(i)) < 0 && pattern.charAt(i) != escape) {
                    return false;
                }
            }
        }
        return true;
    }

    JavaValue caseWhen(Expr.Case c) {
        JavaKind kind = exprs.kindOf(c);
        if (kind == JavaKind.STRING || c.type() instanceof DataType.Decimal) {
            for (Expr.Case.Branch branch : c.branches()) {
                requireSame(branch.then(), c.type());
            }
            requireSame(c.otherwise(), c.type());
        }
        String result = kind.isHeld() ? exprs.heldField(kind) : exprs.variable("v");
        String isNull = exprs.variable("n");
        if (!kind.isHeld()) {
            exprs.out().line(kind.javaType() + " " + result + " = " + kind.zero() + ";");
        }
        exprs.out().line("boolean " + isNull + " = false;");
        int open = 0;
        for (Expr.Case.Branch branch : c.branches()) {
            JavaValue when = exprs.write(branch.when());
            String holds =
                    when.neverNull() ? when.code() : "!" + when.isNull() + " && " + when.code();
            exprs.out().line("if (" + holds + ") {");
            exprs.enter();
            assign(kind, result, isNull, exprs.write(branch.then()));
            exprs.leave();
            exprs.out().line("} else {");
            exprs.enter();
            open++;
        }
        assign(kind, result, isNull, exprs.write(c.otherwise()));
        for (int i = 0; i < open; i++) {
            exprs.leave();
            exprs.out().line("}");
        }
        return new JavaValue(result, c.nullable() ? isNull : "false", kind);
    }

    private static void requireSame(Expr expr, DataType type) {
        if (!expr.type().equals(type) && expr.type() != DataType.NULL) {
            throw new NotCompilable("CASE over " + expr.type().sql() + " and " + type.sql());
        }
    }

    JavaValue coalesce(Expr.Coalesce c) {
        JavaKind kind = exprs.kindOf(c);
        c.args().forEach(arg -> requireSame(arg, c.type()));
        String result = kind.isHeld() ? exprs.heldField(kind) : exprs.variable("v");
        String isNull = exprs.variable("n");
        if (!kind.isHeld()) {
            exprs.out().line(kind.javaType() + " " + result + " = " + kind.zero() + ";");
        }
        exprs.out().line("boolean " + isNull + " = true;");
        int open = 0;
        for (Expr arg : c.args()) {
            exprs.out().line("if (" + isNull + ") {");
            exprs.enter();
            open++;
            exprs.out().line(isNull + " = false;");
            assign(kind, result, isNull, exprs.write(arg));
        }
        for (int i = 0; i < open; i++) {
            exprs.leave();
            exprs.out().line("}");
        }
        return new JavaValue(result, c.nullable() ? isNull : "false", kind);
    }

    /// Writes `expr` so that it is computed only under a condition; elsewhere it is NULL.
    JavaValue under(String condition, Expr expr) {
        JavaKind kind = exprs.kindOf(expr);
        String result = kind.isHeld() ? exprs.heldField(kind) : exprs.variable("v");
        String isNull = exprs.variable("n");
        if (!kind.isHeld()) {
            exprs.out().line(kind.javaType() + " " + result + " = " + kind.zero() + ";");
        }
        exprs.out().line("boolean " + isNull + " = true;");
        exprs.out().line("if (" + condition + ") {");
        exprs.enter();
        exprs.out().line(isNull + " = false;");
        assign(kind, result, isNull, exprs.write(expr));
        exprs.leave();
        exprs.out().line("}");
        return new JavaValue(result, isNull, kind);
    }

    private void assign(JavaKind kind, String result, String isNull, JavaValue value) {
        if (value.isNull().equals("true")) {
            exprs.out().line(isNull + " = true;");
            return;
        }
        if (!value.neverNull()) {
            exprs.out().line("if (" + value.isNull() + ") {");
            exprs.out().line(isNull + " = true;");
            exprs.out().line("} else {");
        }
        exprs.out()
                .line(
                        kind.isHeld()
                                ? result + ".set(" + value.code() + ");"
                                : result + " = " + value.code() + ";");
        if (!value.neverNull()) {
            exprs.out().line("}");
        }
    }
}
