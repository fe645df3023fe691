package dev.vitrine.engine.codegen;

import dev.vitrine.engine.expr.CallSite;
import dev.vitrine.engine.expr.EvalMode;
import dev.vitrine.engine.expr.Expr;
import dev.vitrine.engine.expr.Expr.ArithmeticOp;
import dev.vitrine.engine.expr.Expr.ComparisonOp;
import dev.vitrine.engine.function.ExprEvaluator;
import dev.vitrine.engine.kernel.LikeMatcher;
import dev.vitrine.engine.types.Binary;
import dev.vitrine.engine.types.DataType;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongFunction;

/// Writes Java statements that compute expressions for one row. What has no Java form is evaluated
/// by the interpreter's evaluator.
final class ExprWriter {
    private static final int MAX_INLINE_OPTIONS = 16;

    private final Constants constants;
    private final List<String> fields;
    private final ZoneId zone;
    private final Guards guards;
    private final LongFunction<Optional<Source>> sources;
    private JavaSource out;
    private Scope scope = new Scope(null);
    private int variables;

    /// Where an attribute's value comes from.
    sealed interface Source {
        /// Java code that reads it: `value` where `isNull` does not hold; for strings, `value` is a
        /// call that fills `$out`.
        record Column(String isNull, String value) implements Source {}

        /// An expression over other attributes.
        record Defined(Expr expr) implements Source {}
    }

    /// Values already in variables; those of an inner scope are not known in the outer one.
    private record Scope(Map<Long, JavaValue> values, Optional<Scope> outer) {
        Scope(@org.jspecify.annotations.Nullable Scope outer) {
            this(new HashMap<>(), Optional.ofNullable(outer));
        }

        Optional<JavaValue> find(long id) {
            JavaValue value = values.get(id);
            return value != null ? Optional.of(value) : outer.flatMap(o -> o.find(id));
        }
    }

    /// @param fields declarations of the class's fields, added to
    ExprWriter(
            Constants constants,
            List<String> fields,
            ZoneId zone,
            Guards guards,
            LongFunction<Optional<Source>> sources,
            JavaSource out) {
        this.constants = constants;
        this.fields = fields;
        this.zone = zone;
        this.guards = guards;
        this.sources = sources;
        this.out = out;
    }

    /// Goes on in `target`, with nothing in variables yet.
    void startIn(JavaSource target) {
        out = target;
        scope = new Scope(null);
    }

    JavaSource out() {
        return out;
    }

    void enter() {
        scope = new Scope(scope);
    }

    void leave() {
        scope = scope.outer().orElseThrow();
    }

    String variable(String prefix) {
        return prefix + variables++;
    }

    /// Writes the computation of `expr`.
    JavaValue write(Expr expr) {
        return switch (expr) {
            case Expr.Literal literal -> literal(literal);
            case Expr.Attribute attribute -> attribute(attribute);
            case Expr.Alias(var input, var name, var id) -> write(input);
            case Expr.Cast cast -> cast(cast);
            case Expr.Arithmetic arithmetic -> arithmetic(arithmetic);
            case Expr.Comparison comparison -> comparison(comparison);
            case Expr.And(var terms) -> connective(terms, true);
            case Expr.Or(var terms) -> connective(terms, false);
            case Expr.Not(var input) -> {
                JavaValue value = write(input);
                yield new JavaValue("(!" + value.code() + ")", value.isNull(), JavaKind.BOOLEAN);
            }
            case Expr.IsNull(var input) ->
                    new JavaValue("(" + write(input).isNull() + ")", "false", JavaKind.BOOLEAN);
            case Expr.In in -> in(in);
            case Expr.Like like -> like(like);
            case Expr.Case c -> caseWhen(c);
            case Expr.Coalesce c -> coalesce(c);
            case Expr.Call call -> call(call);
            case Expr.GetField field -> interpreted(field);
            case Expr.AggregateCall a -> throw impossible(a);
            case Expr.WindowCall w -> throw impossible(w);
            case Expr.PositionCall p -> throw impossible(p);
            case Expr.GeneratorCall g -> throw impossible(g);
            case Expr.MultiAlias m -> throw impossible(m);
            case Expr.SortKey k -> throw impossible(k);
            case Expr.ScalarSubquery s -> throw impossible(s);
            case Expr.Exists e -> throw impossible(e);
            case Expr.InSubquery i -> throw impossible(i);
            case Expr.OuterReference o -> throw impossible(o);
            case Expr.UnresolvedAttribute u -> throw impossible(u);
            case Expr.UnresolvedStar u -> throw impossible(u);
            case Expr.UnresolvedFunction u -> throw impossible(u);
            case Expr.UnresolvedOperator u -> throw impossible(u);
        };
    }

    private static NotCompilable impossible(Expr expr) {
        return new NotCompilable(expr.sql());
    }

    private JavaValue literal(Expr.Literal literal) {
        Optional<JavaKind> known = JavaKind.of(literal.type());
        if (literal.value() == null) {
            JavaKind kind = known.orElse(JavaKind.INT);
            String zero = kind == JavaKind.STRING ? stringField() : kind.zero();
            return new JavaValue(zero, "true", kind);
        }
        JavaKind kind = JavaKind.require(literal.type());
        String code =
                switch (literal.value()) {
                    case Boolean b -> b.toString();
                    case Byte b -> constants.primitive(kind, (int) b);
                    case Short s -> constants.primitive(kind, (int) s);
                    case BigDecimal d -> {
                        guards.require(guards.bound(literal));
                        yield constants.primitive(kind, d.unscaledValue().longValueExact());
                    }
                    case String s -> constants.string(s.getBytes(StandardCharsets.UTF_8));
                    case Binary b -> constants.string(b.toBytes());
                    default -> constants.primitive(kind, literal.value());
                };
        return new JavaValue(code, "false", kind);
    }

    private JavaValue attribute(Expr.Attribute attribute) {
        Optional<JavaValue> known = scope.find(attribute.id());
        if (known.isPresent()) {
            return known.get();
        }
        Source source =
                sources.apply(attribute.id())
                        .orElseThrow(() -> new NotCompilable("the attribute " + attribute.name()));
        JavaValue value =
                switch (source) {
                    case Source.Defined(var expr) -> write(expr);
                    case Source.Column(var isNull, var read) -> column(attribute, isNull, read);
                };
        scope.values().put(attribute.id(), value);
        return value;
    }

    private JavaValue column(Expr.Attribute attribute, String isNull, String read) {
        JavaKind kind = JavaKind.require(attribute.type());
        String name = name(attribute.name());
        String nullVariable = "false";
        if (!isNull.equals("false")) {
            nullVariable = variable(name + "_null");
            out.line("boolean " + nullVariable + " = " + isNull + ";");
        }
        if (attribute.type() instanceof DataType.Decimal && JavaKind.isWide(attribute.type())) {
            guards.require(guards.bound(attribute));
        }
        if (kind == JavaKind.STRING) {
            String field = stringField();
            String fill = read.replace("$out", field) + ";";
            if (nullVariable.equals("false")) {
                out.line(fill);
            } else {
                out.line("if (!" + nullVariable + ") {");
                out.line(fill);
                out.line("}");
            }
            return new JavaValue(field, nullVariable, kind);
        }
        String variable = variable(name + "_");
        String code =
                nullVariable.equals("false")
                        ? read
                        : nullVariable + " ? " + kind.zero() + " : " + read;
        out.line(kind.javaType() + " " + variable + " = " + code + ";");
        return new JavaValue(variable, nullVariable, kind);
    }

    /// A Java name like a column's name.
    static String name(String column) {
        StringBuilder name = new StringBuilder();
        for (int i = 0; i < column.length() && name.length() < 24; i++) {
            char c = column.charAt(i);
            boolean letter = c < 128 && (Character.isLetter(c) || c == '_');
            name.append(letter || c < 128 && Character.isDigit(c) && name.length() > 0 ? c : '_');
        }
        return name.isEmpty() ? "v" : name.toString();
    }

    private String stringField() {
        String field = variable("s");
        fields.add("private final StringRef " + field + " = new StringRef();");
        return field;
    }

    /// A variable for a value that is computed only where no operand is NULL.
    private JavaValue strict(
            JavaKind kind, List<JavaValue> operands, String code, boolean guarded) {
        String isNull = anyNull(operands);
        String variable = variable("v");
        if (isNull.equals("false")) {
            out.line(kind.javaType() + " " + variable + " = " + code + ";");
        } else if (isNull.equals("true")) {
            out.line(kind.javaType() + " " + variable + " = " + kind.zero() + ";");
        } else if (guarded) {
            out.line(
                    kind.javaType()
                            + " "
                            + variable
                            + " = "
                            + isNull
                            + " ? "
                            + kind.zero()
                            + " : "
                            + code
                            + ";");
        } else {
            out.line(kind.javaType() + " " + variable + " = " + code + ";");
        }
        return new JavaValue(variable, isNull, kind);
    }

    private String anyNull(List<JavaValue> operands) {
        List<String> nulls = new ArrayList<>();
        for (JavaValue operand : operands) {
            if (operand.isNull().equals("true")) {
                return "true";
            }
            if (!operand.neverNull() && !nulls.contains(operand.isNull())) {
                nulls.add(operand.isNull());
            }
        }
        if (nulls.isEmpty()) {
            return "false";
        }
        if (nulls.size() == 1) {
            return nulls.getFirst();
        }
        String variable = variable("n");
        out.line("boolean " + variable + " = " + String.join(" || ", nulls) + ";");
        return variable;
    }

    private JavaValue arithmetic(Expr.Arithmetic a) {
        boolean zeroCheck = a.op().ordinal() >= ArithmeticOp.DIVIDE.ordinal();
        if (a.mode() == EvalMode.TRY || a.mode() == EvalMode.LEGACY && zeroCheck) {
            return interpreted(a);
        }
        if (a.type() instanceof DataType.Decimal) {
            return zeroCheck ? interpreted(a) : decimalArithmetic(a);
        }
        JavaKind kind = JavaKind.require(a.type());
        boolean narrow = a.type() == DataType.TINYINT || a.type() == DataType.SMALLINT;
        if (narrow || !a.type().isNumeric() || kind != JavaKind.require(a.left().type())) {
            return interpreted(a);
        }
        JavaValue left = write(a.left());
        JavaValue right = write(a.right());
        boolean ansi = a.mode() == EvalMode.ANSI;
        String l = left.code();
        String r = right.code();
        boolean floating = kind == JavaKind.DOUBLE || kind == JavaKind.FLOAT;
        if (!zeroCheck && (floating || !ansi)) {
            return strict(kind, List.of(left, right), l + " " + a.op().symbol() + " " + r, false);
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
        return strict(kind, List.of(left, right), code, true);
    }

    private JavaValue decimalArithmetic(Expr.Arithmetic a) {
        DataType.Decimal type = (DataType.Decimal) a.type();
        if (!(a.left().type() instanceof DataType.Decimal left)
                || !(a.right().type() instanceof DataType.Decimal right)) {
            return interpreted(a);
        }
        guards.require(guards.bound(a));
        JavaValue l = write(a.left());
        JavaValue r = write(a.right());
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
            guards.require(Guards.scaled(guards.bound(a), type.scale() - exact));
            code = times("(" + code + ")", type.scale() - exact);
        }
        return strict(JavaKind.LONG, List.of(l, r), code, false);
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

    private JavaValue cast(Expr.Cast cast) {
        DataType from = cast.input().type();
        DataType to = cast.type();
        if (from.equals(to)) {
            return write(cast.input());
        }
        if (from == DataType.NULL) {
            return literal(Expr.Literal.nullOf(to));
        }
        if (from.isIntegral() && to.isIntegral() && width(to) >= width(from)) {
            JavaValue value = write(cast.input());
            return value.kind() == JavaKind.require(to)
                    ? value
                    : strict(JavaKind.LONG, List.of(value), value.code(), false);
        }
        if (from.isIntegral() && to == DataType.DOUBLE
                || from == DataType.FLOAT && to == DataType.DOUBLE) {
            JavaValue value = write(cast.input());
            return strict(JavaKind.DOUBLE, List.of(value), "(double) " + value.code(), false);
        }
        if (from instanceof DataType.Decimal d && to == DataType.DOUBLE) {
            JavaValue value = write(cast.input());
            return strict(
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
                JavaValue value = write(cast.input());
                return strict(
                        JavaKind.LONG,
                        List.of(value),
                        times("(long) " + value.code(), target.scale() - scale),
                        false);
            }
        }
        return interpreted(cast);
    }

    private static int width(DataType integral) {
        return dev.vitrine.engine.batch.ColumnBuilder.width(integral);
    }

    private JavaValue comparison(Expr.Comparison c) {
        if (!c.left().type().equals(c.right().type())
                && !(c.left().type() instanceof DataType.Decimal l
                        && c.right().type() instanceof DataType.Decimal r
                        && l.scale() == r.scale())) {
            return interpreted(c);
        }
        if (JavaKind.of(c.left().type()).isEmpty()) {
            return interpreted(c);
        }
        JavaValue left = write(c.left());
        JavaValue right = write(c.right());
        if (c.op() == ComparisonOp.NULL_SAFE_EQ) {
            JavaValue equal =
                    strict(
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
        return strict(JavaKind.BOOLEAN, List.of(left, right), test(c.op(), left, right), guarded);
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
        };
    }

    /// AND or OR from left to right; a later term is not evaluated once the result is known.
    private JavaValue connective(List<Expr> terms, boolean and) {
        String result = variable("b");
        String unknown = variable("n");
        boolean nullable = terms.stream().anyMatch(Expr::nullable);
        out.line("boolean " + result + " = " + and + ";");
        if (nullable) {
            out.line("boolean " + unknown + " = false;");
        }
        String going = and ? result : "!" + result;
        int open = 0;
        for (int i = 0; i < terms.size(); i++) {
            if (i > 0) {
                out.line("if (" + going + ") {");
                enter();
                open++;
            }
            JavaValue value = write(terms.get(i));
            String decided = and ? "!" + value.code() : value.code();
            if (value.neverNull()) {
                out.line("if (" + decided + ") {");
            } else {
                out.line("if (" + value.isNull() + ") {");
                out.line(unknown + " = true;");
                out.line("} else if (" + decided + ") {");
            }
            out.line(result + " = " + !and + ";");
            out.line("}");
        }
        for (int i = 0; i < open; i++) {
            leave();
            out.line("}");
        }
        if (!nullable) {
            return new JavaValue(result, "false", JavaKind.BOOLEAN);
        }
        String isNull = variable("n");
        out.line("boolean " + isNull + " = " + unknown + " && " + going + ";");
        return new JavaValue(result, isNull, JavaKind.BOOLEAN);
    }

    private JavaValue in(Expr.In in) {
        boolean simple =
                in.options().size() <= MAX_INLINE_OPTIONS
                        && in.options().stream()
                                .allMatch(o ->
                                        o instanceof Expr.Literal l
                                                && !l.isNull()
                                                && l.type().equals(in.value().type()));
        if (!simple || JavaKind.of(in.value().type()).isEmpty()) {
            return interpreted(in);
        }
        JavaValue value = write(in.value());
        List<String> tests = new ArrayList<>();
        for (Expr option : in.options()) {
            tests.add(test(ComparisonOp.EQ, value, write(option)));
        }
        return strict(JavaKind.BOOLEAN, List.of(value), String.join(" || ", tests), true);
    }

    private JavaValue like(Expr.Like like) {
        boolean constant =
                like.pattern() instanceof Expr.Literal l
                        && l.value() instanceof String pattern
                        && valid(pattern, like.escape())
                        && !like.ignoreCase()
                        && like.value().type() == DataType.STRING;
        if (!constant) {
            return interpreted(like);
        }
        String pattern =
                (String) java.util.Objects.requireNonNull(((Expr.Literal) like.pattern()).value());
        JavaValue value = write(like.value());
        String matcher =
                constants.object("LikeMatcher", () -> new LikeMatcher(pattern, like.escape()));
        return strict(
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

    private JavaValue caseWhen(Expr.Case c) {
        JavaKind kind = JavaKind.require(c.type());
        if (kind == JavaKind.STRING || c.type() instanceof DataType.Decimal) {
            for (Expr.Case.Branch branch : c.branches()) {
                requireSame(branch.then(), c.type());
            }
            requireSame(c.otherwise(), c.type());
        }
        String result = kind == JavaKind.STRING ? stringField() : variable("v");
        String isNull = variable("n");
        if (kind != JavaKind.STRING) {
            out.line(kind.javaType() + " " + result + " = " + kind.zero() + ";");
        }
        out.line("boolean " + isNull + " = false;");
        int open = 0;
        for (Expr.Case.Branch branch : c.branches()) {
            JavaValue when = write(branch.when());
            String holds =
                    when.neverNull() ? when.code() : "!" + when.isNull() + " && " + when.code();
            out.line("if (" + holds + ") {");
            enter();
            assign(kind, result, isNull, write(branch.then()));
            leave();
            out.line("} else {");
            enter();
            open++;
        }
        assign(kind, result, isNull, write(c.otherwise()));
        for (int i = 0; i < open; i++) {
            leave();
            out.line("}");
        }
        return new JavaValue(result, c.nullable() ? isNull : "false", kind);
    }

    private static void requireSame(Expr expr, DataType type) {
        if (!expr.type().equals(type) && expr.type() != DataType.NULL) {
            throw new NotCompilable("CASE over " + expr.type().sql() + " and " + type.sql());
        }
    }

    private JavaValue coalesce(Expr.Coalesce c) {
        JavaKind kind = JavaKind.require(c.type());
        c.args().forEach(arg -> requireSame(arg, c.type()));
        String result = kind == JavaKind.STRING ? stringField() : variable("v");
        String isNull = variable("n");
        if (kind != JavaKind.STRING) {
            out.line(kind.javaType() + " " + result + " = " + kind.zero() + ";");
        }
        out.line("boolean " + isNull + " = true;");
        int open = 0;
        for (Expr arg : c.args()) {
            out.line("if (" + isNull + ") {");
            enter();
            open++;
            out.line(isNull + " = false;");
            assign(kind, result, isNull, write(arg));
        }
        for (int i = 0; i < open; i++) {
            leave();
            out.line("}");
        }
        return new JavaValue(result, c.nullable() ? isNull : "false", kind);
    }

    private void assign(JavaKind kind, String result, String isNull, JavaValue value) {
        if (value.isNull().equals("true")) {
            out.line(isNull + " = true;");
            return;
        }
        if (!value.neverNull()) {
            out.line("if (" + value.isNull() + ") {");
            out.line(isNull + " = true;");
            out.line("} else {");
        }
        out.line(
                kind == JavaKind.STRING
                        ? result + ".set(" + value.code() + ");"
                        : result + " = " + value.code() + ";");
        if (!value.neverNull()) {
            out.line("}");
        }
    }

    private JavaValue call(Expr.Call call) {
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
            args.add(write(arg));
        }
        for (int i = args.size() - 1; i >= 0; i--) {
            code = code.replace("$" + i, args.get(i).code());
        }
        JavaKind kind = JavaKind.require(call.type());
        if (kind != JavaKind.STRING) {
            return strict(kind, args, code, true);
        }
        String field = stringField();
        String isNull = anyNull(args);
        String filled = code.replace("$out", field).replace("$arena", "arena") + ";";
        if (isNull.equals("false")) {
            out.line(filled);
        } else {
            out.line("if (!(" + isNull + ")) {");
            out.line(filled);
            out.line("}");
        }
        return new JavaValue(field, isNull, kind);
    }

    /// Evaluates a whole subtree by the interpreter, its columns boxed.
    private JavaValue interpreted(Expr expr) {
        JavaKind kind = JavaKind.require(expr.type());
        if (expr.type() instanceof DataType.Decimal) {
            guards.require(Guards.Bound.of(Guards.declared(expr.type())));
        }
        Map<Long, Expr.Attribute> attributes = new LinkedHashMap<>();
        expr.forEach(node -> {
            if (node instanceof Expr.Attribute a) {
                attributes.putIfAbsent(a.id(), a);
            }
        });
        Map<Long, Integer> ordinals = new HashMap<>();
        List<JavaValue> values = new ArrayList<>();
        for (Expr.Attribute attribute : attributes.values()) {
            ordinals.put(attribute.id(), values.size());
            values.add(attribute(attribute));
        }
        String evaluator =
                constants.object("Evaluator", () -> ExprEvaluator.compile(expr, ordinals, zone));
        String args = variable("args");
        fields.add("private final Object[] " + args + " = new Object[" + values.size() + "];");
        int i = 0;
        for (Expr.Attribute attribute : attributes.values()) {
            JavaValue value = values.get(i);
            String boxed = boxed(value, attribute.type());
            String code = value.neverNull() ? boxed : "(" + value.isNull() + ") ? null : " + boxed;
            out.line(args + "[" + i + "] = " + code + ";");
            i++;
        }
        String object = variable("o");
        out.line("Object " + object + " = eval(" + evaluator + ", " + args + ");");
        String isNull = expr.nullable() ? variable("n") : "false";
        if (expr.nullable()) {
            out.line("boolean " + isNull + " = " + object + " == null;");
        }
        if (kind == JavaKind.STRING) {
            String field = stringField();
            out.line("toString(" + object + ", " + field + ");");
            return new JavaValue(field, isNull, kind);
        }
        String variable = variable("v");
        out.line(
                kind.javaType()
                        + " "
                        + variable
                        + " = "
                        + unboxed(object, expr.type(), kind)
                        + ";");
        return new JavaValue(variable, isNull, kind);
    }

    private static String boxed(JavaValue value, DataType type) {
        String code = value.code();
        return switch (type) {
            case DataType.Decimal d -> "decimal(" + code + ", " + d.scale() + ")";
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
            case STRING -> throw new IllegalArgumentException("no primitive");
        };
    }
}
