package dev.vitrine.engine.codegen;

import dev.vitrine.engine.batch.ColumnBuilder;
import dev.vitrine.engine.expr.EvalMode;
import dev.vitrine.engine.expr.Expr;
import dev.vitrine.engine.logical.JoinType;
import dev.vitrine.engine.physical.PhysicalPlan;
import dev.vitrine.engine.physical.PhysicalPlan.AggregateMode;
import dev.vitrine.engine.physical.PhysicalPlanTree;
import dev.vitrine.engine.types.DataType;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Writes the class of one segment: filters before the first join as loops of their own that fill a
/// selection vector, then one loop over it that probes joins and ends in a hash table or in output
/// columns.
final class SegmentWriter {
    private final PhysicalPlan top;
    private final PhysicalPlan input;
    private final List<PhysicalPlan> chain;
    private final List<PhysicalPlan.HashJoin> joins = new ArrayList<>();
    private final List<PhysicalPlan> counted = new ArrayList<>();
    private final List<String> fields = new ArrayList<>();
    private final List<JavaSource> methods = new ArrayList<>();
    private final Map<Long, ExprWriter.Source> sources = new HashMap<>();
    private final Map<Long, Guards.Bound> bounds = new HashMap<>();
    private final Map<Long, String> columnFields = new HashMap<>();
    private final Set<String> usedHere = new LinkedHashSet<>();
    private final Set<Integer> usedInput = new LinkedHashSet<>();
    private final Set<String> usedBuild = new LinkedHashSet<>();
    private final Constants constants = new Constants();
    private final Guards guards;
    private final ExprWriter exprs;
    private final @Nullable AggregateLayout aggregate;

    /// @param chain the segment's nodes from the input upwards; the last one is the top
    SegmentWriter(List<PhysicalPlan> chain, PhysicalPlan input, ZoneId zone) {
        this.chain = chain;
        this.top = chain.getLast();
        this.input = input;
        this.guards = new Guards(this::bound);
        this.exprs =
                new ExprWriter(constants, fields, zone, guards, this::source, new JavaSource());
        this.aggregate =
                top instanceof PhysicalPlan.HashAggregate a ? AggregateLayout.of(a, zone) : null;
    }

    /// @param joins in the order of the class's tables
    /// @param counted nodes in the order of the class's counters
    record Written(
            GeneratedCode code,
            List<PhysicalPlan.HashJoin> joins,
            List<PhysicalPlan> counted,
            Constants constants,
            Optional<AggregateLayout> aggregate) {}

    Written write(String className) {
        defineInput();
        JavaSource step = new JavaSource();
        boolean selected = writeFilters(step);
        writeRows(step, selected);
        JavaSource text = assemble(className, step);
        return text.finish((source, nodes) ->
                new Written(
                        new GeneratedCode(className, source, nodes, 0, false, ""),
                        joins,
                        counted,
                        constants,
                        Optional.ofNullable(aggregate)));
    }

    // Sources of attributes

    private void defineInput() {
        List<Expr.Attribute> output = input.output();
        for (int i = 0; i < output.size(); i++) {
            Expr.Attribute a = output.get(i);
            if (sources.containsKey(a.id()) || JavaKind.of(a.type()).isEmpty()) {
                continue;
            }
            String c = "c" + i;
            String isNull = a.nullable() ? c + "v != 0L && !Mem.getBit(" + c + "v, row)" : "false";
            sources.put(
                    a.id(), new ExprWriter.Source.Column(isNull, read(a.type(), c, "row", "o")));
            columnFields.put(a.id(), c);
        }
    }

    private static String read(DataType type, String c, String row, String offsets) {
        if (type == DataType.STRING || type == DataType.BINARY) {
            return offsets.equals("o")
                    ? "$out.set(" + c + ", " + c + "o, " + row + ")"
                    : "ColumnStore.string(" + c + ", " + c + "o, " + row + ", $out)";
        }
        if (type == DataType.BOOLEAN) {
            return offsets.equals("o")
                    ? "Mem.getBit(" + c + ", " + row + ")"
                    : "Mem.getByte(" + c + " + " + row + ") != 0";
        }
        if (type == DataType.DOUBLE) {
            return "Mem.getDouble(" + c + " + 8L * " + row + ")";
        }
        if (type == DataType.FLOAT) {
            return "Mem.getFloat(" + c + " + 4L * " + row + ")";
        }
        return switch (ColumnBuilder.width(type)) {
            case 8 -> "Mem.getLong(" + c + " + 8L * " + row + ")";
            case 16 -> "Mem.getLong(" + c + " + 16L * " + row + ")";
            case 4 -> "Mem.getInt(" + c + " + 4L * " + row + ")";
            case 2 -> "Mem.getShort(" + c + " + 2L * " + row + ")";
            default -> "Mem.getByte(" + c + " + " + row + ")";
        };
    }

    private Optional<ExprWriter.Source> source(long id) {
        String c = columnFields.get(id);
        if (c != null) {
            use(c);
        }
        return Optional.ofNullable(sources.get(id));
    }

    private void use(String c) {
        usedHere.add(c);
        if (c.startsWith("c")) {
            usedInput.add(Integer.parseInt(c.substring(1)));
        } else {
            usedBuild.add(c);
        }
    }

    private Guards.Bound bound(Expr.Attribute attribute) {
        ExprWriter.Source source = sources.get(attribute.id());
        if (source instanceof ExprWriter.Source.Defined(var expr)) {
            return guards.bound(expr);
        }
        double declared = Guards.declared(attribute.type());
        boolean small = declared < 1e9;
        String c = columnFields.get(attribute.id());
        if (small || c == null) {
            return Guards.Bound.of(declared);
        }
        use(c);
        return bounds.computeIfAbsent(
                attribute.id(), id -> new Guards.Bound(c + "max", Double.NaN));
    }

    // Filters before the first join

    /// Whether rows are in the selection vector afterwards.
    private boolean writeFilters(JavaSource step) {
        boolean selected = false;
        int filters = 0;
        for (PhysicalPlan node : chain) {
            if (node instanceof PhysicalPlan.Project project) {
                define(project);
                count(node);
                step.node(node.id(), PhysicalPlanTree.label(node));
                step.line("counts[" + (counted.size() - 1) + "] += n;");
                step.noNode();
            } else if (node instanceof PhysicalPlan.Filter filter) {
                for (Expr term : Expr.conjuncts(filter.predicate())) {
                    String name = "filter" + filters++;
                    methods.add(filterMethod(name, filter, term, selected));
                    step.line("n = " + name + "(" + (selected ? "n" : "from, to") + ");");
                    selected = true;
                }
                count(node);
                step.line("counts[" + (counted.size() - 1) + "] += n;");
            } else {
                break;
            }
        }
        return selected;
    }

    private void define(PhysicalPlan.Project project) {
        for (Expr expr : project.exprs()) {
            if (!expr.deterministic()) {
                throw new NotCompilable(
                        "the expression " + expr.sql() + ", which gives other values each time");
            }
            if (expr instanceof Expr.Alias(var computed, var name, var id)) {
                sources.put(id, new ExprWriter.Source.Defined(computed));
            }
        }
    }

    private void count(PhysicalPlan node) {
        counted.add(node);
        if (counted.size() > 60) {
            throw new NotCompilable("chains of more than 60 nodes");
        }
    }

    private JavaSource filterMethod(
            String name, PhysicalPlan.Filter filter, Expr term, boolean selected) {
        if (!term.deterministic()) {
            throw new NotCompilable("the condition " + term.sql());
        }
        JavaSource body = new JavaSource();
        usedHere.clear();
        exprs.startIn(body);
        JavaValue value = exprs.write(term);
        body.line("sel[k] = row;");
        String holds = value.neverNull() ? value.code() : value.code() + " & !" + value.isNull();
        body.line("k += " + holds + " ? 1 : 0;");

        JavaSource method = new JavaSource();
        method.node(filter.id(), "Filter " + term.sql());
        method.line(
                "private int " + name + "(" + (selected ? "int n" : "int from, int to") + ") {");
        locals(method);
        method.line("int[] sel = this.sel;");
        method.line("int k = 0;");
        if (selected) {
            method.line("for (int i = 0; i < n; i++) {");
            method.line("int row = sel[i];");
        } else {
            method.line("for (int row = from; row < to; row++) {");
        }
        method.append(body);
        method.line("}");
        method.line("return k;");
        method.line("}");
        return method;
    }

    private void locals(JavaSource method) {
        for (String c : usedHere) {
            method.line("long " + c + " = this." + c + ";");
            if (c.startsWith("c")) {
                method.line("long " + c + "v = this." + c + "v;");
            } else {
                method.line("long " + c + "n = this." + c + "n;");
            }
            method.line("long " + c + "o = this." + c + "o;");
        }
    }

    // The loop over selected rows

    private void writeRows(JavaSource step, boolean selected) {
        List<PhysicalPlan> rest = afterFilters();
        boolean perColumn =
                aggregate == null
                        && rest.stream().noneMatch(PhysicalPlan.HashJoin.class::isInstance);
        if (perColumn) {
            writeColumns(step, selected);
            return;
        }
        JavaSource body = new JavaSource();
        usedHere.clear();
        exprs.startIn(body);
        int loops = 0;
        for (PhysicalPlan node : rest) {
            switch (node) {
                case PhysicalPlan.HashJoin join -> {
                    body.node(
                            join.id(),
                            PhysicalPlanTree.label(join)
                                    + " "
                                    + join.keys().stream()
                                            .map(k -> k.left().name() + " = " + k.right().name())
                                            .toList());
                    loops += probe(body, join);
                }
                case PhysicalPlan.Filter filter -> {
                    body.node(filter.id(), "Filter " + filter.predicate().sql());
                    skipUnless(body, filter.predicate());
                    bump(body, filter);
                }
                case PhysicalPlan.Project project -> {
                    define(project);
                    body.node(project.id(), "Project");
                    bump(body, project);
                }
                default -> {
                    // the aggregate at the top, below
                }
            }
        }
        if (aggregate != null) {
            body.node(top.id(), PhysicalPlanTree.label(top));
            writeGroup(body, aggregate, (PhysicalPlan.HashAggregate) top);
        } else {
            body.node(top.id(), "Output");
            List<Expr.Attribute> output = top.output();
            for (int i = 0; i < output.size(); i++) {
                writeColumn(body, output.get(i), i);
            }
            body.line("outRows++;");
        }
        body.noNode();
        for (int i = 0; i < loops; i++) {
            body.line("}");
        }

        JavaSource method = new JavaSource();
        method.line("private void rows(" + (selected ? "int n" : "int from, int to") + ") {");
        locals(method);
        if (selected) {
            method.line("int[] sel = this.sel;");
            method.line("for (int i = 0; i < n; i++) {");
            method.line("int row = sel[i];");
        } else {
            method.line("for (int row = from; row < to; row++) {");
        }
        method.append(body);
        if (aggregate == null) {
            // A probe row with many matches must not fill memory before the step ends.
            method.line("if (outRows >= outLimit) {");
            method.line("flush();");
            method.line("}");
        }
        method.line("}");
        method.line("}");
        methods.add(method);
        step.line("rows(" + (selected ? "n" : "from, to") + ");");
        if (aggregate == null) {
            step.line("if (outRows >= outLimit) {");
            step.line("flush();");
            step.line("}");
        }
    }

    private List<PhysicalPlan> afterFilters() {
        int i = 0;
        while (i < chain.size()
                && (chain.get(i) instanceof PhysicalPlan.Filter
                        || chain.get(i) instanceof PhysicalPlan.Project)) {
            i++;
        }
        return chain.subList(i, chain.size());
    }

    /// One method a column: short loops that the JIT compiles well, however many columns there are.
    private void writeColumns(JavaSource step, boolean selected) {
        List<Expr.Attribute> output = top.output();
        for (int i = 0; i < output.size(); i++) {
            JavaSource body = new JavaSource();
            usedHere.clear();
            exprs.startIn(body);
            writeColumn(body, output.get(i), i);
            JavaSource method = new JavaSource();
            String name = "column" + i;
            method.node(top.id(), "Output " + output.get(i).name());
            method.line(
                    "private void "
                            + name
                            + "("
                            + (selected ? "int n" : "int from, int to")
                            + ") {");
            locals(method);
            if (selected) {
                method.line("int[] sel = this.sel;");
                method.line("for (int i = 0; i < n; i++) {");
                method.line("int row = sel[i];");
            } else {
                method.line("for (int row = from; row < to; row++) {");
            }
            method.append(body);
            method.line("}");
            method.line("}");
            methods.add(method);
            step.line(name + "(" + (selected ? "n" : "from, to") + ");");
        }
        step.line("outRows += n;");
        step.line("if (outRows >= outLimit) {");
        step.line("flush();");
        step.line("}");
    }

    private void writeColumn(JavaSource body, Expr.Attribute attribute, int index) {
        JavaValue value = exprs.write(attribute);
        String column = "o" + index;
        String append =
                switch (value.kind()) {
                    case BOOLEAN -> column + ".appendBoolean(" + value.code() + ")";
                    case INT -> column + ".appendInt(" + value.code() + ")";
                    case LONG ->
                            column
                                    + (attribute.type() instanceof DataType.Decimal
                                            ? ".appendUnscaled("
                                            : ".appendLong(")
                                    + value.code()
                                    + ")";
                    case FLOAT -> column + ".appendFloat(" + value.code() + ")";
                    case DOUBLE -> column + ".appendDouble(" + value.code() + ")";
                    case STRING ->
                            column
                                    + ".appendBytes("
                                    + value.code()
                                    + ".address, "
                                    + value.code()
                                    + ".length)";
                };
        if (value.neverNull()) {
            body.line(append + ";");
        } else {
            body.line("if (" + value.isNull() + ") {");
            body.line(column + ".appendNull();");
            body.line("} else {");
            body.line(append + ";");
            body.line("}");
        }
    }

    private void skipUnless(JavaSource body, Expr predicate) {
        for (Expr term : Expr.conjuncts(predicate)) {
            JavaValue value = exprs.write(term);
            String fails =
                    value.neverNull()
                            ? "!" + value.code()
                            : value.isNull() + " || !" + value.code();
            body.line("if (" + fails + ") {");
            body.line("continue;");
            body.line("}");
        }
    }

    private void bump(JavaSource body, PhysicalPlan node) {
        count(node);
        body.line("counts[" + (counted.size() - 1) + "]++;");
    }

    /// Writes a probe; answers how many loops it leaves open.
    private int probe(JavaSource body, PhysicalPlan.HashJoin join) {
        int t = joins.size();
        joins.add(join);
        List<DataType> keyTypes = join.keys().stream().map(k -> k.right().type()).toList();
        if (!dev.vitrine.engine.kernel.KeyLayout.supports(keyTypes)) {
            throw new NotCompilable("joining on " + keyTypes.stream().map(DataType::sql).toList());
        }
        String first = "m" + t;
        writeLookup(body, join, t, first);
        String buildRow = "b" + t;
        boolean outer = join.joinType() == JoinType.LEFT_OUTER;
        String missing = outer ? "none" + t : "false";
        defineBuild(join, t, buildRow, missing);
        return switch (join.joinType()) {
            case INNER, CROSS -> {
                body.line(
                        "for (int "
                                + buildRow
                                + " = "
                                + first
                                + "; "
                                + buildRow
                                + " >= 0; "
                                + buildRow
                                + " = t"
                                + t
                                + ".next("
                                + buildRow
                                + ")) {");
                exprs.enter();
                join.condition().ifPresent(c -> skipUnless(body, c));
                bump(body, join);
                yield 1;
            }
            case LEFT_OUTER -> {
                String matched = "matched" + t;
                body.line("boolean " + matched + " = false;");
                body.line("while (true) {");
                exprs.enter();
                body.line("int " + buildRow + " = " + first + ";");
                body.line("boolean " + missing + " = " + buildRow + " < 0;");
                body.line("if (" + missing + ") {");
                body.line("if (" + matched + ") {");
                body.line("break;");
                body.line("}");
                body.line("} else {");
                body.line(first + " = t" + t + ".next(" + buildRow + ");");
                body.line("}");
                if (join.condition().isPresent()) {
                    body.line("if (!" + missing + ") {");
                    exprs.enter();
                    skipUnless(body, join.condition().get());
                    exprs.leave();
                    body.line("}");
                }
                body.line(matched + " = true;");
                bump(body, join);
                yield 1;
            }
            case LEFT_SEMI, LEFT_ANTI -> {
                String found = "found" + t;
                if (join.condition().isEmpty()) {
                    body.line("boolean " + found + " = " + first + " >= 0;");
                } else {
                    body.line("boolean " + found + " = false;");
                    body.line(
                            "for (int "
                                    + buildRow
                                    + " = "
                                    + first
                                    + "; "
                                    + buildRow
                                    + " >= 0; "
                                    + buildRow
                                    + " = t"
                                    + t
                                    + ".next("
                                    + buildRow
                                    + ")) {");
                    exprs.enter();
                    skipUnless(body, join.condition().get());
                    body.line(found + " = true;");
                    body.line("break;");
                    exprs.leave();
                    body.line("}");
                }
                boolean semi = join.joinType() == JoinType.LEFT_SEMI;
                body.line("if (" + (semi ? "!" : "") + found + ") {");
                body.line("continue;");
                body.line("}");
                bump(body, join);
                yield 0;
            }
            case RIGHT_OUTER, FULL_OUTER ->
                    throw new NotCompilable(join.joinType().label() + " joins");
        };
    }

    private void writeLookup(JavaSource body, PhysicalPlan.HashJoin join, int t, String first) {
        List<JavaValue> values = new ArrayList<>();
        List<String> nulls = new ArrayList<>();
        for (PhysicalPlan.JoinKey key : join.keys()) {
            if (!key.left().type().equals(key.right().type())) {
                throw new NotCompilable(
                        "join keys of "
                                + key.left().type().sql()
                                + " and "
                                + key.right().type().sql());
            }
            JavaValue value = exprs.write(key.left());
            values.add(value);
            if (!value.neverNull() && !key.nullSafe()) {
                nulls.add(value.isNull());
            }
        }
        body.line("int " + first + " = -1;");
        if (!nulls.isEmpty()) {
            body.line("if (!(" + String.join(" || ", nulls) + ")) {");
        }
        DataType single = join.keys().getFirst().left().type();
        boolean maybeDirect =
                join.keys().size() == 1
                        && !join.keys().getFirst().nullSafe()
                        && (single == DataType.INT
                                || single == DataType.BIGINT
                                || single == DataType.DATE);
        if (maybeDirect) {
            body.line("if (d" + t + ") {");
            body.line(first + " = t" + t + ".firstDirect(" + values.getFirst().code() + ");");
            body.line("} else {");
        }
        var layout =
                new dev.vitrine.engine.kernel.KeyLayout(
                        join.keys().stream().map(k -> k.left().type()).toList());
        writeKey(
                body,
                "key",
                layout,
                values,
                join.keys().stream().map(PhysicalPlan.JoinKey::nullSafe).toList());
        body.line(first + " = t" + t + ".first(key);");
        if (maybeDirect) {
            body.line("}");
        }
        if (!nulls.isEmpty()) {
            body.line("}");
        }
    }

    private static void writeKey(
            JavaSource body,
            String key,
            dev.vitrine.engine.kernel.KeyLayout layout,
            List<JavaValue> values,
            List<Boolean> nullKeys) {
        List<String> nullBits = new ArrayList<>();
        for (int i = 0; i < values.size(); i++) {
            JavaValue value = values.get(i);
            String slot = key + " + " + layout.offset(i);
            boolean nullable = !value.neverNull() && nullKeys.get(i);
            if (nullable) {
                nullBits.add("(" + value.isNull() + " ? " + (1L << i) + "L : 0L)");
                body.line("if (" + value.isNull() + ") {");
                body.line("Mem.putLong(" + slot + ", 0L);");
                if (layout.isString(i)) {
                    body.line("Mem.putLong(" + slot + " + 8, 0L);");
                }
                body.line("} else {");
            }
            body.line(
                    switch (value.kind()) {
                        case STRING -> "KeyTable.putString(" + slot + ", " + value.code() + ");";
                        case BOOLEAN ->
                                "Mem.putLong(" + slot + ", " + value.code() + " ? 1L : 0L);";
                        case DOUBLE, FLOAT ->
                                "Mem.putLong("
                                        + slot
                                        + ", (long) Hash.bits("
                                        + value.code()
                                        + "));";
                        case INT, LONG -> "Mem.putLong(" + slot + ", (long) " + value.code() + ");";
                    });
            if (nullable) {
                body.line("}");
            }
        }
        body.line(
                "Mem.putLong("
                        + key
                        + ", "
                        + (nullBits.isEmpty() ? "0L" : String.join(" | ", nullBits))
                        + ");");
    }

    private void defineBuild(PhysicalPlan.HashJoin join, int t, String row, String missing) {
        List<Expr.Attribute> output = join.right().output();
        for (int i = 0; i < output.size(); i++) {
            Expr.Attribute a = output.get(i);
            if (JavaKind.of(a.type()).isEmpty()) {
                if (!join.joinType().leftOnly()) {
                    throw new NotCompilable("build columns of type " + a.type().sql());
                }
                continue;
            }
            String c = "t" + t + "c" + i;
            List<String> nulls = new ArrayList<>();
            if (!missing.equals("false")) {
                nulls.add(missing);
            }
            if (a.nullable()) {
                nulls.add(c + "n != 0L && Mem.getByte(" + c + "n + " + row + ") != 0");
            }
            String isNull = nulls.isEmpty() ? "false" : String.join(" || ", nulls);
            sources.put(
                    a.id(), new ExprWriter.Source.Column(isNull, read(a.type(), c, row, "store")));
            columnFields.put(a.id(), c);
        }
    }

    // Aggregation

    private void writeGroup(
            JavaSource body, AggregateLayout layout, PhysicalPlan.HashAggregate plan) {
        if (plan.groups().isEmpty()) {
            body.line("long p = groups.payload(0);");
        } else {
            List<JavaValue> values = new ArrayList<>();
            List<Boolean> nullKeys = new ArrayList<>();
            for (Expr.Attribute group : plan.groups()) {
                values.add(exprs.write(group));
                nullKeys.add(true);
            }
            writeKey(body, "groupKey", layout.keys(), values, nullKeys);
            body.line("long p = groups.findOrInsert(groups.hashScratch());");
        }
        // The arguments first: evaluating them must not come between the lookup and its use.
        for (int i = 0; i < layout.items().size(); i++) {
            writeItem(body, layout.items().get(i), i);
        }
    }

    private void writeItem(JavaSource body, AggregateLayout.Slot slot, int index) {
        if (aggregate != null && aggregate.mode() == AggregateMode.FINAL) {
            writeMerge(body, slot, index);
            return;
        }
        Expr.AggregateCall call = slot.item().call();
        exprs.enter();
        List<String> skips = new ArrayList<>();
        if (call.filter().isPresent()) {
            JavaValue filter = exprs.write(call.filter().get());
            skips.add(
                    filter.neverNull()
                            ? "!" + filter.code()
                            : filter.isNull() + " || !" + filter.code());
        }
        List<JavaValue> args = new ArrayList<>();
        exprs.leave();
        for (Expr arg : call.args()) {
            JavaValue value = exprs.write(arg);
            args.add(value);
            if (!value.neverNull()) {
                skips.add(value.isNull());
            }
        }
        if (!skips.isEmpty()) {
            body.line("if (!(" + String.join(" || ", skips) + ")) {");
        }
        String at = "p + " + slot.offset();
        switch (slot.form()) {
            case COUNT -> body.line("AggregateState.count(" + at + ");");
            case SUM -> {
                body.line(add(slot, at, args.getFirst()));
                body.line(seen(index));
            }
            case AVG -> {
                if (!slot.sharesSum()) {
                    body.line(add(slot, at, args.getFirst()));
                }
                body.line("AggregateState.count(p + " + slot.countOffset() + ");");
            }
            case MIN, MAX -> extreme(body, slot, at, args.getFirst(), index);
            case NONE -> throw new NotCompilable(call.sql());
        }
        if (!skips.isEmpty()) {
            body.line("}");
        }
    }

    private static String seen(int index) {
        return "Mem.putLong(p, Mem.getLong(p) | " + (1L << index) + "L);";
    }

    private static String add(AggregateLayout.Slot slot, String at, JavaValue value) {
        if (slot.state() instanceof DataType.Decimal) {
            return "AggregateState.addDecimal(" + at + ", " + value.code() + ");";
        }
        if (slot.state() == DataType.DOUBLE) {
            return "AggregateState.addDouble(" + at + ", (double) " + value.code() + ");";
        }
        String method = slot.site().mode() == EvalMode.ANSI ? "addLong" : "addLongWrapping";
        return "AggregateState." + method + "(" + at + ", (long) " + value.code() + ");";
    }

    private void extreme(
            JavaSource body, AggregateLayout.Slot slot, String at, JavaValue value, int index) {
        String which = slot.form() == dev.vitrine.engine.expr.NativeAggregate.MIN ? "min" : "max";
        String first = "(Mem.getLong(p) & " + (1L << index) + "L) == 0L";
        body.line(
                switch (value.kind()) {
                    case STRING ->
                            "AggregateState."
                                    + which
                                    + "String(groups, "
                                    + at
                                    + ", "
                                    + first
                                    + ", "
                                    + value.code()
                                    + ");";
                    case DOUBLE, FLOAT ->
                            "AggregateState."
                                    + which
                                    + "Double("
                                    + at
                                    + ", "
                                    + first
                                    + ", (double) "
                                    + value.code()
                                    + ");";
                    case BOOLEAN ->
                            "AggregateState."
                                    + which
                                    + "Long("
                                    + at
                                    + ", "
                                    + first
                                    + ", "
                                    + value.code()
                                    + " ? 1L : 0L);";
                    case INT, LONG ->
                            "AggregateState."
                                    + which
                                    + "Long("
                                    + at
                                    + ", "
                                    + first
                                    + ", (long) "
                                    + value.code()
                                    + ");";
                });
        body.line(seen(index));
    }

    private void writeMerge(JavaSource body, AggregateLayout.Slot slot, int index) {
        String at = "p + " + slot.offset();
        Expr.Attribute state = slot.item().states().getFirst();
        if (slot.sharesSum()) {
            body.line("// its sum is kept by the SUM of the same argument");
        } else if (slot.state() instanceof DataType.Decimal && JavaKind.isWide(slot.state())) {
            // Sums come in 128 bits and need no guard.
            String c = columnFields.get(state.id());
            use(java.util.Objects.requireNonNull(c));
            body.line("if (" + c + "v == 0L || Mem.getBit(" + c + "v, row)) {");
            body.line(
                    "AggregateState.addDecimal("
                            + at
                            + ", Mem.getLong("
                            + c
                            + " + 16L * row + 8), Mem.getLong("
                            + c
                            + " + 16L * row));");
            body.line(seen(index));
            body.line("}");
        } else {
            JavaValue value = exprs.write(state);
            if (!value.neverNull()) {
                body.line("if (!" + value.isNull() + ") {");
            }
            switch (slot.form()) {
                case COUNT ->
                        body.line("AggregateState.addLong(" + at + ", " + value.code() + ");");
                case SUM, AVG -> {
                    body.line(add(slot, at, value));
                    body.line(seen(index));
                }
                case MIN, MAX -> extreme(body, slot, at, value, index);
                case NONE -> throw new NotCompilable(slot.item().call().sql());
            }
            if (!value.neverNull()) {
                body.line("}");
            }
        }
        if (slot.form() == dev.vitrine.engine.expr.NativeAggregate.AVG) {
            JavaValue count = exprs.write(slot.item().states().get(1));
            if (count.neverNull()) {
                body.line(
                        "AggregateState.addLong(p + "
                                + slot.countOffset()
                                + ", "
                                + count.code()
                                + ");");
            } else {
                body.line("if (!" + count.isNull() + ") {");
                body.line(
                        "AggregateState.addLong(p + "
                                + slot.countOffset()
                                + ", "
                                + count.code()
                                + ");");
                body.line("}");
            }
        }
    }

    // The class around it all

    private JavaSource assemble(String className, JavaSource step) {
        JavaSource text = new JavaSource();
        text.line("import dev.vitrine.engine.batch.*;");
        text.line("import dev.vitrine.engine.codegen.SegmentCode;");
        text.line("import dev.vitrine.engine.function.Evaluator;");
        text.line("import dev.vitrine.engine.kernel.*;");
        text.blank();
        for (PhysicalPlan node : chain) {
            text.line("// " + PhysicalPlanTree.label(node).replace('\n', ' '));
        }
        text.line("public final class " + className + " extends SegmentCode {");
        for (int i : usedInput) {
            text.line("private long c" + i + ";");
            text.line("private long c" + i + "v;");
            text.line("private long c" + i + "o;");
        }
        for (String c : usedBuild) {
            text.line("private long " + c + ";");
            text.line("private long " + c + "n;");
            text.line("private long " + c + "o;");
            text.line("private double " + c + "max;");
        }
        for (int t = 0; t < joins.size(); t++) {
            text.line("private JoinTable t" + t + ";");
            text.line("private boolean d" + t + ";");
        }
        text.line("private long key;");
        if (aggregate != null) {
            text.line("private long groupKey;");
        } else {
            for (int i = 0; i < top.output().size(); i++) {
                text.line("private ColumnBuilder o" + i + ";");
            }
        }
        constants.fields().forEach(text::line);
        fields.forEach(text::line);
        text.blank();
        writeInit(text);
        text.blank();
        writeFits(text);
        text.blank();
        writeProcess(text, step);
        for (JavaSource method : methods) {
            text.blank();
            text.append(method);
        }
        text.line("}");
        return text;
    }

    private void writeInit(JavaSource text) {
        text.line("protected void init(Object[] constants) {");
        constants.inits().forEach(text::line);
        text.line("key = keyMemory();");
        for (int t = 0; t < joins.size(); t++) {
            text.line("t" + t + " = tables[" + t + "];");
            text.line("d" + t + " = t" + t + ".isDirect();");
        }
        for (String c : usedBuild) {
            int split = c.indexOf('c');
            String table = c.substring(0, split);
            String column = c.substring(split + 1);
            text.line(c + " = " + table + ".data(" + column + ");");
            text.line(c + "n = " + table + ".nulls(" + column + ");");
            text.line(c + "o = " + table + ".offsets(" + column + ");");
            if (bounds.values().stream().anyMatch(b -> b.code().equals(c + "max"))) {
                text.line(c + "max = " + table + ".maxAbs(" + column + ");");
            }
        }
        if (aggregate != null) {
            text.line("groupKey = groups.scratch();");
            if (((PhysicalPlan.HashAggregate) top).groups().isEmpty()) {
                text.line("groups.findOrInsert(groups.hashScratch());");
            }
        } else {
            for (int i = 0; i < top.output().size(); i++) {
                text.line("o" + i + " = column(" + i + ");");
            }
        }
        text.line("}");
    }

    private void writeFits(JavaSource text) {
        text.line("public boolean fits(Batch batch) {");
        for (Guards.Bound bound : bounds.values()) {
            if (bound.code().startsWith("c")) {
                String column = bound.code().substring(1, bound.code().length() - 3);
                text.line("double " + bound.code() + " = Bounds.maxAbs(batch, " + column + ");");
            }
        }
        List<String> conditions = guards.conditions();
        text.line(
                "return "
                        + (conditions.isEmpty() ? "true" : String.join(" && ", conditions))
                        + ";");
        text.line("}");
    }

    private void writeProcess(JavaSource text, JavaSource step) {
        text.line("public void process(Batch batch) {");
        for (int i : usedInput) {
            text.line("c" + i + " = batch.dataAddress(" + i + ");");
            text.line("c" + i + "v = batch.validityAddress(" + i + ");");
            text.line("c" + i + "o = batch.offsetAddress(" + i + ");");
        }
        text.line("int rows = batch.rowCount();");
        text.line("for (int from = 0; from < rows; from += STEP) {");
        text.line("check();");
        text.line("step(from, Math.min(from + STEP, rows));");
        text.line("}");
        text.line("}");
        text.blank();
        text.line("private void step(int from, int to) {");
        text.line("int n = to - from;");
        text.append(step);
        text.line("}");
    }
}
