package dev.vitrine.engine.codegen;

import dev.vitrine.engine.expr.Expr;
import dev.vitrine.engine.kernel.WideDecimal;
import dev.vitrine.engine.types.Binary;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/// Writes Java statements that compute expressions for one row. What has no Java form is evaluated
/// by the interpreter's evaluator.
final class ExprWriter {
    /// Nodes of an expression whose value is looked for among those computed before.
    private static final int MAX_COMMON_NODES = 24;

    private final Constants constants;
    private final ClassMembers members;
    private final Guards guards;
    private final Columns columns;
    private final Splitting splitting;
    private final ArithmeticWriter arithmetic;
    private final LogicWriter logic;
    private final CallWriter calls;
    private final Map<Long, Shared> shared = new HashMap<>();
    private JavaSource out = new JavaSource();
    private Scope scope = new Scope(null);
    private int variables;

    /// Where an attribute's value comes from.
    sealed interface Source {
        /// Java code that reads it: `value` where `isNull` does not hold; for strings, `value` is a
        /// call that fills `$out`, for decimals of 128 bits the address.
        record Column(String isNull, String value) implements Source {}

        /// An expression over other attributes.
        record Defined(Expr expr) implements Source {}
    }

    /// Values already in variables; those of an inner scope are not known in the outer one.
    private record Scope(
            Map<Long, JavaValue> columns, Map<Expr, JavaValue> computed, Optional<Scope> outer) {
        Scope(@org.jspecify.annotations.Nullable Scope outer) {
            this(new HashMap<>(), new HashMap<>(), Optional.ofNullable(outer));
        }

        Optional<JavaValue> column(long id) {
            JavaValue value = columns.get(id);
            return value != null ? Optional.of(value) : outer.flatMap(o -> o.column(id));
        }

        Optional<JavaValue> computed(Expr expr) {
            JavaValue value = computed.get(expr);
            return value != null ? Optional.of(value) : outer.flatMap(o -> o.computed(expr));
        }
    }

    /// @param members of the class, added to
    ExprWriter(
            Constants constants,
            ClassMembers members,
            ZoneId zone,
            Guards guards,
            Columns columns,
            Splitting splitting) {
        this.constants = constants;
        this.members = members;
        this.guards = guards;
        this.columns = columns;
        this.splitting = splitting;
        this.arithmetic = new ArithmeticWriter(this);
        this.logic = new LogicWriter(this, constants);
        this.calls = new CallWriter(this, arithmetic, constants, members, zone);
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

    /// The kind that [#write] gives: a decimal is a `long` where [Guards] say that it fits.
    JavaKind kindOf(Expr expr) {
        return JavaKind.isWide(expr.type()) && !guards.fits(guards.bound(expr))
                ? JavaKind.WIDE
                : JavaKind.require(expr.type());
    }

    /// Writes the computation of `expr`.
    JavaValue write(Expr whole) {
        Expr expr = splitting.regroup(whole);
        boolean common = isCommon(expr);
        Optional<JavaValue> known = common ? scope.computed(expr) : Optional.empty();
        if (known.isPresent()) {
            return known.get();
        }
        JavaValue value = splitting.isPart(expr) ? part(expr) : writeHere(expr);
        if (common) {
            scope.computed().put(expr, value);
        }
        return value;
    }

    /// Whether an expression is worth looking for among those computed before for the same row.
    private static boolean isCommon(Expr expr) {
        boolean computes =
                expr instanceof Expr.Arithmetic
                        || expr instanceof Expr.Cast
                        || expr instanceof Expr.Call
                        || expr instanceof Expr.Case
                        || expr instanceof Expr.Coalesce;
        int[] nodes = {0};
        return computes
                && !expr.any(node ->
                        ++nodes[0] > MAX_COMMON_NODES
                                || node instanceof Expr.Call call
                                        && !call.function().deterministic());
    }

    private JavaValue writeHere(Expr expr) {
        return switch (expr) {
            case Expr.Literal literal -> literal(literal);
            case Expr.Attribute attribute -> attribute(attribute);
            case Expr.Alias(var input, var name, var id) -> write(input);
            case Expr.Cast cast -> arithmetic.cast(cast);
            case Expr.Arithmetic a -> arithmetic.arithmetic(a);
            case Expr.Comparison comparison -> logic.comparison(comparison);
            case Expr.And(var terms) -> logic.connective(terms, true);
            case Expr.Or(var terms) -> logic.connective(terms, false);
            case Expr.Not(var input) -> {
                JavaValue value = write(input);
                yield new JavaValue("(!" + value.code() + ")", value.isNull(), JavaKind.BOOLEAN);
            }
            case Expr.IsNull(var input) ->
                    new JavaValue("(" + write(input).isNull() + ")", "false", JavaKind.BOOLEAN);
            case Expr.In in -> logic.in(in);
            case Expr.Like like -> logic.like(like);
            case Expr.Case c -> logic.caseWhen(c);
            case Expr.Coalesce c -> logic.coalesce(c);
            case Expr.Call call -> calls.call(call);
            case Expr.GetField field -> interpreted(field);
            case Expr.AggregateCall a -> throw impossible(a);
            case Expr.WindowCall w -> throw impossible(w);
            case Expr.PositionCall p -> throw impossible(p);
            case Expr.GeneratorCall g -> throw impossible(g);
            case Expr.MultiAlias m -> throw impossible(m);
            case Expr.SortKey k -> throw impossible(k);
            case Expr.Subquery s -> throw impossible(s);
            case Expr.OuterReference o -> throw impossible(o);
            case Expr.Lambda l -> throw impossible(l);
            case Expr.LambdaVariable v -> throw impossible(v);
            case Expr.NamedArgument n -> throw impossible(n);
            case Expr.UnresolvedLambda u -> throw impossible(u);
            case Expr.UnresolvedAttribute u -> throw impossible(u);
            case Expr.InputColumn u -> throw impossible(u);
            case Expr.UnresolvedStar u -> throw impossible(u);
            case Expr.UnresolvedFunction u -> throw impossible(u);
            case Expr.UnresolvedOperator u -> throw impossible(u);
        };
    }

    /// Writes the computation of an operand that comes after others. Where one of those is NULL so
    /// is the result, and what could fail must not be computed.
    JavaValue writeAfter(List<JavaValue> before, Expr expr) {
        String isNull = expr.canFail() ? anyNull(before) : "false";
        return isNull.equals("false") ? write(expr) : logic.under("!" + isNull, expr);
    }

    JavaValue writeAfter(JavaValue before, Expr expr) {
        return writeAfter(List.of(before), expr);
    }

    /// Evaluates a whole subtree by the interpreter.
    JavaValue interpreted(Expr expr) {
        return calls.interpreted(expr);
    }

    private static NotCompilable impossible(Expr expr) {
        return new NotCompilable(expr.sql());
    }

    JavaValue literal(Expr.Literal literal) {
        Optional<JavaKind> known = JavaKind.of(literal.type());
        if (literal.value() == null) {
            JavaKind kind = known.orElse(JavaKind.INT);
            String zero = kind == JavaKind.STRING ? heldField(kind) : kind.zero();
            return new JavaValue(zero, "true", kind);
        }
        JavaKind kind = kindOf(literal);
        String code =
                switch (literal.value()) {
                    case Boolean b -> b.toString();
                    case Byte b -> constants.primitive(kind, (int) b);
                    case Short s -> constants.primitive(kind, (int) s);
                    case BigDecimal d when kind == JavaKind.WIDE ->
                            constants.object(
                                    kind.javaType(), () -> WideDecimal.of(d.unscaledValue()));
                    case BigDecimal d ->
                            constants.primitive(kind, d.unscaledValue().longValueExact());
                    case String s -> constants.string(s.getBytes(StandardCharsets.UTF_8));
                    case Binary b -> constants.string(b.toBytes());
                    default -> constants.primitive(kind, literal.value());
                };
        return new JavaValue(code, "false", kind);
    }

    JavaValue attribute(Expr.Attribute attribute) {
        Optional<JavaValue> known = scope.column(attribute.id());
        if (known.isPresent()) {
            return known.get();
        }
        Source source =
                columns.source(attribute.id())
                        .orElseThrow(() -> new NotCompilable("the attribute " + attribute.name()));
        JavaValue value =
                switch (source) {
                    case Source.Defined(var expr) ->
                            splitting.isShared(attribute.id())
                                    ? shared(attribute.id(), expr)
                                    : write(expr);
                    case Source.Column(var isNull, var read) -> column(attribute, isNull, read);
                };
        scope.columns().put(attribute.id(), value);
        return value;
    }

    private JavaValue column(Expr.Attribute attribute, String isNull, String read) {
        JavaKind kind = kindOf(attribute);
        String name = name(attribute.name());
        String nullVariable = "false";
        if (!isNull.equals("false")) {
            nullVariable = variable(name + "_null");
            out.line("boolean " + nullVariable + " = " + isNull + ";");
        }
        if (kind.isHeld()) {
            String field = heldField(kind);
            String fill =
                    kind == JavaKind.WIDE
                            ? field + ".read(" + read + ");"
                            : read.replace("$out", field) + ";";
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
        String value = JavaKind.isWide(attribute.type()) ? "Mem.getLong(" + read + ")" : read;
        String code =
                nullVariable.equals("false")
                        ? value
                        : nullVariable + " ? " + kind.zero() + " : " + value;
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

    /// A field for values of a kind that is held by an object.
    String heldField(JavaKind kind) {
        String field = variable(kind == JavaKind.STRING ? "s" : "w");
        members.field(kind.javaType(), field, "new " + kind.javaType() + "()");
        return field;
    }

    /// A decimal of 128 bits that a statement computes where no operand is NULL.
    ///
    /// @param call of a method of [WideDecimal], without the object
    JavaValue wide(List<JavaValue> operands, String call) {
        String isNull = anyNull(operands);
        String field = heldField(JavaKind.WIDE);
        if (isNull.equals("false")) {
            out.line(field + "." + call + ";");
        } else {
            out.line("if (!" + isNull + ") {");
            out.line(field + "." + call + ";");
            out.line("}");
        }
        return new JavaValue(field, isNull, JavaKind.WIDE);
    }

    /// The same decimal as a `long`, which it is known to fit.
    JavaValue narrowed(JavaValue wide) {
        return strict(JavaKind.LONG, List.of(wide), wide.code() + ".low", true);
    }

    /// A variable for a value that is computed only where no operand is NULL.
    JavaValue strict(JavaKind kind, List<JavaValue> operands, String code, boolean guarded) {
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

    String anyNull(List<JavaValue> operands) {
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

    // Methods of their own

    /// What was written as a method's body.
    ///
    /// @param rows declarations of the row variables that it needs beside the input's row
    record Apart<T>(T result, JavaSource body, List<String> rows) {
        /// The method's parameters.
        String parameters(String... first) {
            List<String> all = new ArrayList<>(List.of("int row"));
            all.addAll(List.of(first));
            all.addAll(rows);
            return "(" + String.join(", ", all) + ")";
        }

        /// The arguments for a call.
        String arguments(String... first) {
            List<String> all = new ArrayList<>(List.of("row"));
            all.addAll(List.of(first));
            rows.forEach(declaration -> all.add(variableOf(declaration)));
            return "(" + String.join(", ", all) + ")";
        }
    }

    private static String variableOf(String declaration) {
        return declaration.substring(declaration.indexOf(' ') + 1);
    }

    /// Lets `write` write the body of a method that the code at hand is to call.
    <T> Apart<T> apart(Supplier<T> write) {
        JavaSource caller = out;
        Scope outer = scope;
        columns.openPart();
        out = new JavaSource();
        out.back(caller.currentNode());
        scope = new Scope(null);
        T result = write.get();
        Apart<T> apart = new Apart<>(result, out, columns.closePart());
        out = caller;
        scope = outer;
        return apart;
    }

    private JavaValue part(Expr expr) {
        String name = variable("part");
        Apart<JavaValue> apart = apart(() -> writeHere(expr));
        JavaValue value = apart.result;
        boolean held = value.kind().isHeld();
        JavaSource method = methodAt(out.currentNode());
        String result = held ? "void" : value.kind().javaType();
        method.line("private " + result + " " + name + apart.parameters() + " {");
        method.append(apart.body);
        String isNull = value.isNull();
        if (needsField(value)) {
            isNull = name + "Null";
            members.field("boolean " + isNull);
            method.line(isNull + " = " + value.isNull() + ";");
        }
        if (!held) {
            method.line("return " + value.code() + ";");
        }
        method.line("}");
        members.method(method);
        return called(new JavaValue(value.code(), isNull, value.kind()), name + apart.arguments());
    }

    private static JavaSource methodAt(int node) {
        JavaSource method = new JavaSource();
        method.back(node);
        return method;
    }

    private static boolean needsField(JavaValue value) {
        return !value.neverNull() && !value.isNull().equals("true");
    }

    /// Calls a part and takes its value into variables.
    private JavaValue called(JavaValue value, String call) {
        String code = value.code();
        if (value.kind().isHeld()) {
            out.line(call + ";");
        } else {
            code = variable("v");
            out.line(value.kind().javaType() + " " + code + " = " + call + ";");
        }
        String isNull = value.isNull();
        if (needsField(value)) {
            isNull = variable("n");
            out.line("boolean " + isNull + " = " + value.isNull() + ";");
        }
        return new JavaValue(code, isNull, value.kind());
    }

    /// A computed column that several methods read: computed when the first asks for it, and kept
    /// until the row changes.
    private record Shared(JavaValue value, String call, List<String> rows) {}

    private JavaValue shared(long attributeId, Expr defined) {
        Shared known = shared.get(attributeId);
        if (known == null) {
            known = share(defined);
            shared.put(attributeId, known);
        }
        columns.useRows(known.rows);
        return called(known.value, known.call);
    }

    private Shared share(Expr defined) {
        String name = variable("part");
        Apart<JavaValue> apart = apart(() -> writeHere(defined));
        JavaValue value = apart.result;
        boolean held = value.kind().isHeld();
        String result = held ? "void" : value.kind().javaType();
        JavaSource method = methodAt(out.currentNode());
        method.line("private " + result + " " + name + apart.parameters() + " {");
        List<String> same = new ArrayList<>(List.of(name + "Epoch == epoch"));
        List<String> keeps = new ArrayList<>();
        List<String> variables = new ArrayList<>(List.of("int row"));
        apart.rows.stream().filter(r -> r.startsWith("int ")).forEach(variables::add);
        for (String declaration : variables) {
            String variable = variableOf(declaration);
            members.field("int " + name + "_" + variable);
            same.add(name + "_" + variable + " == " + variable);
            keeps.add(name + "_" + variable + " = " + variable + ";");
        }
        members.field("int " + name + "Epoch");
        keeps.add(name + "Epoch = epoch;");
        method.line("if (" + String.join(" && ", same) + ") {");
        method.line(held ? "return;" : "return " + name + "Value;");
        method.line("}");
        method.append(apart.body);
        String isNull = value.isNull();
        if (needsField(value)) {
            isNull = name + "Null";
            members.field("boolean " + isNull);
            method.line(isNull + " = " + value.isNull() + ";");
        }
        keeps.forEach(method::line);
        if (!held) {
            members.field(value.kind().javaType() + " " + name + "Value");
            method.line(name + "Value = " + value.code() + ";");
            method.line("return " + name + "Value;");
        }
        method.line("}");
        members.method(method);
        return new Shared(
                new JavaValue(value.code(), isNull, value.kind()),
                name + apart.arguments(),
                apart.rows);
    }
}
