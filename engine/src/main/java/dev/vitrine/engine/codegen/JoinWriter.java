package dev.vitrine.engine.codegen;

import dev.vitrine.engine.expr.Expr;
import dev.vitrine.engine.kernel.KeyLayout;
import dev.vitrine.engine.logical.JoinType;
import dev.vitrine.engine.physical.JoinRange;
import dev.vitrine.engine.physical.PhysicalPlan;
import dev.vitrine.engine.types.DataType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/// Writes the joins of a segment. Where the keys are columns of the input, rows are looked up in a
/// loop of their own, ahead of all else that is done for a row: rows without a match are left out
/// of the selection vector early, and look-ups that miss the cache overlap. Other joins are looked
/// up where they stand.
final class JoinWriter {
    private final Columns columns;
    private final ExprWriter exprs;
    private final List<JoinProbe> joins = new ArrayList<>();
    private final Set<Integer> ahead = new HashSet<>();

    JoinWriter(Columns columns, ExprWriter exprs) {
        this.columns = columns;
        this.exprs = exprs;
    }

    /// The joins in the order of the class's tables.
    List<JoinProbe> joins() {
        return List.copyOf(joins);
    }

    /// Defines the build side's columns and gives the join its number.
    int add(JoinProbe join) {
        int t = joins.size();
        joins.add(join);
        List<DataType> types = join.keys().stream().map(k -> k.right().type()).toList();
        if (!KeyLayout.supports(types)) {
            throw new NotCompilable("joining on " + types.stream().map(DataType::sql).toList());
        }
        for (PhysicalPlan.JoinKey key : join.keys()) {
            if (!key.left().type().equals(key.right().type())) {
                throw new NotCompilable(
                        "join keys of "
                                + key.left().type().sql()
                                + " and "
                                + key.right().type().sql());
            }
        }
        for (Expr.Attribute a : join.build().output()) {
            if (JavaKind.of(a.type()).isEmpty() && !join.type().leftOnly()) {
                throw new NotCompilable("build columns of type " + a.type().sql());
            }
        }
        String missing = join.type() == JoinType.LEFT_OUTER ? "none" + t : "false";
        columns.defineBuild(t, join.build().output(), "b" + t, missing);
        return t;
    }

    /// The forms of a [dev.vitrine.engine.kernel.JoinTable] that methods are written for; inline
    /// look-ups work for all.
    private enum Form {
        INLINE,
        HASHED,
        DIRECT,
        RANKED
    }

    // Look-ups ahead

    /// Writes the look-up of join `t` as methods of their own, if its keys come from the input and
    /// cannot fail.
    ///
    /// @param selected whether there is a selection vector already
    /// @return the statement that does it, or an empty string
    String lookUpAhead(int t, boolean selected, Consumer<JavaSource> methods) {
        JoinProbe join = joins.get(t);
        boolean simple =
                !join.keys().isEmpty()
                        && join.keys().stream()
                                .allMatch(k ->
                                        k.left().deterministic()
                                                && columns.fieldOf(k.left()) != null);
        if (!simple) {
            return "";
        }
        columns.startMethod();
        exprs.startIn(new JavaSource());
        join.keys().forEach(k -> exprs.write(k.left()));
        if (!columns.onlyInputHere()) {
            return "";
        }
        String args = selected ? "n" : "from, to";
        String name = "probe" + t;
        methods.accept(aheadMethod(name + "Hashed", t, selected, Form.HASHED));
        String call = name + "Hashed(" + args + ");";
        if (mayBeDirect(join)) {
            methods.accept(aheadMethod(name + "Direct", t, selected, Form.DIRECT));
            methods.accept(aheadMethod(name + "Ranked", t, selected, Form.RANKED));
            String ranked = "r" + t + " ? " + name + "Ranked(" + args + ") : ";
            call = "d" + t + " ? " + name + "Direct(" + args + ") : " + ranked + call;
        }
        call = "n = " + call;
        ahead.add(t);
        return call;
    }

    /// Whether any join was looked up ahead, so that there is a selection vector.
    boolean anyAhead() {
        return !ahead.isEmpty();
    }

    /// The field that says that no row has two matches in join `t` or one before it, so that as
    /// many rows come out of it as are selected.
    String onceUpTo(int t) {
        return "once" + t;
    }

    private JavaSource aheadMethod(String name, int t, boolean selected, Form form) {
        JoinProbe join = joins.get(t);
        JavaSource body = new JavaSource();
        columns.startMethod();
        exprs.startIn(body);
        String found = form == Form.RANKED ? findBit(body, t) : lookUp(body, t, form);
        body.line("sel[k] = row;");
        for (int earlier : ahead) {
            body.line("match" + earlier + "[k] = match" + earlier + "[i];");
        }
        body.line("match" + t + "[k] = m" + t + ";");
        boolean plainAnti = join.type() == JoinType.LEFT_ANTI && join.condition().isEmpty();
        boolean needsMatch =
                join.type() == JoinType.INNER
                        || join.type() == JoinType.CROSS
                        || join.type() == JoinType.LEFT_SEMI;
        body.line(
                needsMatch
                        ? "k += " + found + " ? 1 : 0;"
                        : plainAnti ? "k += " + found + " ? 0 : 1;" : "k++;");

        JavaSource method = new JavaSource();
        method.node(join.node().id(), "Look up " + label(join));
        method.line("private int " + name + RowLoop.parameters(selected) + " {");
        columns.locals(method);
        for (int earlier : ahead) {
            method.line("int[] match" + earlier + " = this.match" + earlier + ";");
        }
        method.line("int[] match" + t + " = this.match" + t + ";");
        method.line("int[] sel = this.sel;");
        if (form == Form.HASHED) {
            method.line("JoinTable t" + t + " = this.t" + t + ";");
        } else {
            method.line("long heads = t" + t + ".heads();");
        }
        method.line("boolean f" + t + " = t" + t + ".isFiltered();");
        method.line("long words = t" + t + ".words();");
        method.line("long least = t" + t + ".directMin();");
        method.line("long places = t" + t + ".directSize();");
        method.line("int k = 0;");
        RowLoop.open(method, selected);
        method.append(body);
        method.line("}");
        if (form == Form.RANKED) {
            findRanks(method, t);
        }
        method.line("return k;");
        method.line("}");
        return method;
    }

    /// Declares `m<t>`, the key's distance from the least one where it is in the bitmap.
    ///
    /// @return a condition that it is there
    private String findBit(JavaSource body, int t) {
        JavaValue key = exprs.write(joins.get(t).keys().getFirst().left());
        body.line("long at = (long) " + key.code() + " - least;");
        String outside = "(at | places - 1L - at) < 0L";
        body.line(
                "at = "
                        + (key.neverNull() ? outside : key.isNull() + " || " + outside)
                        + " ? places : at;");
        body.line("boolean there = (Mem.getLong(words + 16L * (at >> 6)) >>> at & 1L) != 0L;");
        body.line("int m" + t + " = there ? (int) at : -1;");
        return "there";
    }

    /// Turns the distances that [#findBit] left into the first matching rows.
    private void findRanks(JavaSource method, int t) {
        String match = "match" + t + "[j]";
        method.line("for (int j = 0; j < k; j++) {");
        method.line("int at = " + match + ";");
        method.line("if (at >= 0) {");
        method.line("long word = words + 16L * (at >> 6);");
        method.line("long rank = Mem.getLong(word + 8);");
        method.line("rank += (long) Long.bitCount(Mem.getLong(word) & (1L << at) - 1L);");
        method.line(match + " = Mem.getInt(heads + 4L * rank) - 1;");
        method.line("}");
        method.line("}");
    }

    private static String label(JoinProbe join) {
        return join.keys().stream()
                .map(k -> k.left().name() + " = " + k.right().name())
                .toList()
                .toString();
    }

    private static boolean mayBeDirect(JoinProbe join) {
        if (join.keys().size() != 1 || join.keys().getFirst().nullSafe()) {
            return false;
        }
        return isWhole(join.keys().getFirst().left().type());
    }

    private static boolean isWhole(DataType type) {
        return type == DataType.INT || type == DataType.BIGINT || type == DataType.DATE;
    }

    /// Declares `m<t>`, the first matching row of the build side or -1.
    ///
    /// @return a condition that there is one
    private String lookUp(JavaSource body, int t, Form form) {
        JoinProbe join = joins.get(t);
        String m = "m" + t;
        if (join.range().isPresent()) {
            lookUpRange(body, t, join.range().get());
            return m + " >= 0";
        }
        if (join.keys().isEmpty()) {
            body.line("int " + m + " = t" + t + ".rows() > 0 ? 0 : -1;");
            return m + " >= 0";
        }
        List<JavaValue> values = new ArrayList<>();
        List<Boolean> keepsNulls = new ArrayList<>();
        List<String> nulls = new ArrayList<>();
        for (PhysicalPlan.JoinKey key : join.keys()) {
            JavaValue value = exprs.write(key.left());
            values.add(value);
            keepsNulls.add(key.nullSafe());
            if (!value.neverNull() && !key.nullSafe() && !nulls.contains(value.isNull())) {
                nulls.add(value.isNull());
            }
        }
        body.line("int " + m + " = -1;");
        if (!nulls.isEmpty()) {
            body.line("if (!(" + String.join(" || ", nulls) + ")) {");
        }
        List<DataType> types = join.keys().stream().map(k -> k.left().type()).toList();
        if (form == Form.DIRECT) {
            body.line("long at = (long) " + values.getFirst().code() + " - least;");
            body.line("at = (at | places - 1L - at) < 0L ? places : at;");
            body.line(m + " = Mem.getInt(heads + 4L * at) - 1;");
        } else if (Keys.areWords(types)) {
            boolean filtered = form == Form.HASHED && types.size() > 1 && isWhole(types.getFirst());
            if (filtered) {
                body.line("long at = (long) " + values.getFirst().code() + " - least;");
                body.line("at = (at | places - 1L - at) < 0L ? places : at;");
                body.line(
                        "if (!f"
                                + t
                                + " || (Mem.getLong(words + 16L * (at >> 6)) >>> at & 1L) != 0L) {");
            }
            String method = "t" + t + ".first" + types.size();
            body.line(
                    m
                            + " = "
                            + method
                            + "("
                            + Keys.nullBits(values, keepsNulls)
                            + ", "
                            + Keys.words(values)
                            + ");");
            if (filtered) {
                body.line("}");
            }
        } else {
            Keys.put(body, "key", new KeyLayout(types), values, keepsNulls);
            body.line(m + " = t" + t + ".first(key);");
        }
        if (!nulls.isEmpty()) {
            body.line("}");
        }
        return m + " >= 0";
    }

    // The join itself, in the loop over rows

    /// Writes join `t`; answers how many loops it leaves open.
    ///
    /// @param given writes what counts a row that the join gives
    /// @param skipUnless writes a `continue` where a condition does not hold
    int write(JavaSource body, int t, Runnable given, Consumer<Expr> skipUnless) {
        JoinProbe join = joins.get(t);
        body.node(join.node().id(), join.type().label() + " join " + label(join));
        if (ahead.contains(t)) {
            body.line("int m" + t + " = match" + t + "[i];");
        } else if (mayBeDirect(join)) {
            inlineLookUp(body, t);
        } else {
            lookUp(body, t, Form.INLINE);
        }
        return switch (join.type()) {
            case INNER, CROSS -> {
                openMatches(body, t);
                join.condition().ifPresent(skipUnless);
                given.run();
                yield 1;
            }
            case LEFT_OUTER -> {
                outer(body, t, given, skipUnless);
                yield 1;
            }
            case LEFT_SEMI, LEFT_ANTI -> {
                exists(body, t, skipUnless);
                given.run();
                yield 0;
            }
            case RIGHT_OUTER, FULL_OUTER -> throw new NotCompilable(join.type().label() + " joins");
        };
    }

    private void inlineLookUp(JavaSource body, int t) {
        JavaValue key = exprs.write(joins.get(t).keys().getFirst().left());
        String call = "t" + t + ".firstOf((long) " + key.code() + ")";
        body.line(
                "int m"
                        + t
                        + " = "
                        + (key.neverNull() ? call : key.isNull() + " ? -1 : " + call)
                        + ";");
    }

    /// Declares `m<t>`, the first place in the build side's order, `end<t>` and `bound<t>`, which
    /// say how far the places go on.
    private void lookUpRange(JavaSource body, int t, JoinRange range) {
        Map<Expr, JavaValue> values = new HashMap<>();
        range.bounds().forEach(bound -> values.put(bound, exprs.write(bound)));
        String nulls =
                values.values().stream()
                        .filter(value -> !value.neverNull())
                        .map(JavaValue::isNull)
                        .distinct()
                        .collect(Collectors.joining(" || "));
        String least = range.least().map(b -> word(b, values)).orElse("Long.MIN_VALUE");
        String greatest = range.greatest().map(b -> word(b, values)).orElse("Long.MAX_VALUE");
        String bound =
                range.other()
                        .map(o -> (o.atMost() ? "~" : "") + word(o.bound(), values))
                        .orElse("Long.MIN_VALUE");
        body.line("int m" + t + " = -1;");
        body.line("int end" + t + " = 0;");
        body.line("long bound" + t + " = 0L;");
        if (!nulls.isEmpty()) {
            body.line("if (!(" + nulls + ")) {");
        }
        body.line("end" + t + " = x" + t + ".end(" + greatest + ");");
        body.line("bound" + t + " = " + bound + ";");
        body.line("m" + t + " = " + nextPlace(t, "x" + t + ".start(" + least + ")") + ";");
        if (!nulls.isEmpty()) {
            body.line("}");
        }
    }

    private static String word(Expr.Attribute column, Map<Expr, JavaValue> values) {
        String code = Objects.requireNonNull(values.get(column)).code();
        return column.type() == DataType.DOUBLE || column.type() == DataType.FLOAT
                ? "RangeIndex.word((double) " + code + ")"
                : "((long) " + code + ")";
    }

    private static String nextPlace(int t, String from) {
        return "x" + t + ".next(" + from + ", end" + t + ", bound" + t + ")";
    }

    private void openMatches(JavaSource body, int t) {
        String b = "b" + t;
        if (joins.get(t).range().isPresent()) {
            String p = "p" + t;
            String following = nextPlace(t, p + " + 1");
            body.line(
                    "for (int "
                            + p
                            + " = m"
                            + t
                            + "; "
                            + p
                            + " >= 0; "
                            + p
                            + " = "
                            + following
                            + ") {");
            exprs.enter();
            poll(body, p);
            body.line("int " + b + " = x" + t + ".row(" + p + ");");
            return;
        }
        String next = "u" + t + " ? -1 : t" + t + ".next(" + b + ")";
        body.line("for (int " + b + " = m" + t + "; " + b + " >= 0; " + b + " = " + next + ") {");
        exprs.enter();
        if (joins.get(t).keys().isEmpty()) {
            poll(body, b);
        }
    }

    private static void poll(JavaSource body, String counter) {
        body.line("if ((" + counter + " & 0xFFFF) == 0xFFFF) {");
        body.line("poll();");
        body.line("}");
    }

    private void outer(JavaSource body, int t, Runnable given, Consumer<Expr> skipUnless) {
        String b = "b" + t;
        String missing = "none" + t;
        String matched = "matched" + t;
        body.line("boolean " + matched + " = false;");
        body.line("while (true) {");
        exprs.enter();
        boolean ranged = joins.get(t).range().isPresent();
        body.line("boolean " + missing + " = m" + t + " < 0;");
        String row = ranged ? missing + " ? -1 : x" + t + ".row(m" + t + ")" : "m" + t;
        body.line("int " + b + " = " + row + ";");
        body.line("if (" + missing + ") {");
        body.line("if (" + matched + ") {");
        body.line("break;");
        body.line("}");
        body.line("} else {");
        String next =
                ranged
                        ? nextPlace(t, "m" + t + " + 1")
                        : "u" + t + " ? -1 : t" + t + ".next(" + b + ")";
        body.line("m" + t + " = " + next + ";");
        body.line("}");
        joins.get(t)
                .condition()
                .ifPresent(condition -> {
                    body.line("if (!" + missing + ") {");
                    exprs.enter();
                    skipUnless.accept(condition);
                    exprs.leave();
                    body.line("}");
                });
        body.line(matched + " = true;");
        given.run();
    }

    private void exists(JavaSource body, int t, Consumer<Expr> skipUnless) {
        JoinProbe join = joins.get(t);
        String found = "found" + t;
        if (join.condition().isEmpty()) {
            if (ahead.contains(t)) {
                return;
            }
            body.line("boolean " + found + " = m" + t + " >= 0;");
        } else {
            body.line("boolean " + found + " = false;");
            openMatches(body, t);
            skipUnless.accept(join.condition().get());
            body.line(found + " = true;");
            body.line("break;");
            exprs.leave();
            body.line("}");
        }
        body.line("if (" + (join.type() == JoinType.LEFT_SEMI ? "!" : "") + found + ") {");
        body.line("continue;");
        body.line("}");
    }

    // The class around it

    void declare(JavaSource text) {
        for (int t = 0; t < joins.size(); t++) {
            text.line("private JoinTable t" + t + ";");
            text.line("private boolean d" + t + ";");
            text.line("private boolean r" + t + ";");
            text.line("private boolean u" + t + ";");
            text.line("private boolean once" + t + ";");
            if (joins.get(t).range().isPresent()) {
                text.line("private RangeIndex x" + t + ";");
            }
            if (ahead.contains(t)) {
                text.line("private final int[] match" + t + " = new int[STEP];");
            }
        }
    }

    void init(Statements text) {
        for (int t = 0; t < joins.size(); t++) {
            int number = t;
            text.add("t" + t + " = tables[" + t + "];");
            text.add("d" + t + " = t" + t + ".isDirect();");
            text.add("r" + t + " = t" + t + ".isRanked();");
            text.add("u" + t + " = t" + t + ".isUnique();");
            joins.get(t).range().ifPresent(range -> text.add(indexed(number, range)));
            String here = joins.get(t).type().leftOnly() ? "true" : "u" + t;
            text.add("once" + t + " = " + (t == 0 ? here : "once" + (t - 1) + " && " + here) + ";");
        }
    }

    /// The statement that asks for the order of the build side.
    private String indexed(int t, JoinRange range) {
        List<Long> build = joins.get(t).build().output().stream().map(Expr.Attribute::id).toList();
        int other = range.other().map(o -> build.indexOf(o.column().id())).orElse(-1);
        boolean atMost = range.other().isPresent() && range.other().get().atMost();
        return "x%d = t%d.range(%d, %d, %b);"
                .formatted(t, t, build.indexOf(range.column().id()), other, atMost);
    }
}
