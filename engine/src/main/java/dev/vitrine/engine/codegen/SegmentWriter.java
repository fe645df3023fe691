package dev.vitrine.engine.codegen;

import dev.vitrine.engine.expr.Expr;
import dev.vitrine.engine.physical.PhysicalPlan;
import dev.vitrine.engine.physical.PhysicalPlanTree;
import dev.vitrine.engine.types.DataType;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;

/// Writes the class of one segment. A step of some rows goes through loops of their own that leave
/// ever fewer rows in a selection vector: filters before the first join, then look-ups of joins by
/// columns of the input. One last loop over what is left does the rest of the joins and ends in a
/// hash table or in output columns. Columns that only the last loop reads are asked for when the
/// first row of a batch comes that far.
final class SegmentWriter {
    /// Bytes of writing a column beside its value.
    private static final int COLUMN_BYTES = 30;

    private final PhysicalPlan top;
    private final PhysicalPlan input;
    private final List<PhysicalPlan> chain;
    private final List<PhysicalPlan> counted = new ArrayList<>();
    private final Map<Integer, CountedAhead> countedAhead = new HashMap<>();
    private final ClassMembers members = new ClassMembers();
    private final Splitting splitting;
    private final Columns columns = new Columns();
    private final Constants constants = new Constants();
    private final Guards guards;
    private final ExprWriter exprs;
    private final FilterWriter filters;
    private final JoinWriter joins;
    private final @Nullable AggregateWriter aggregate;

    /// @param chain the segment's nodes from the input upwards; the last one is the top
    /// @param divisor 1, or more to make methods shorter
    /// @param narrow whether decimals that may fit 64 bits are taken to do so, on conditions
    SegmentWriter(
            List<PhysicalPlan> chain,
            PhysicalPlan input,
            ZoneId zone,
            int divisor,
            boolean narrow) {
        this.chain = chain;
        this.top = chain.getLast();
        this.input = input;
        this.guards = new Guards(a -> columns.bound(a, guards()), narrow);
        this.splitting = new Splitting(chain, divisor);
        this.exprs = new ExprWriter(constants, members, zone, guards, columns, splitting);
        this.filters = new FilterWriter(columns, exprs, members, splitting);
        this.joins = new JoinWriter(columns, exprs);
        this.aggregate = AggregateWriter.of(top, zone, columns, exprs, members, splitting);
    }

    private Guards guards() {
        return guards;
    }

    /// @param joins in the order of the class's tables
    /// @param counted nodes in the order of the class's counters
    /// @param conditional whether there may be batches that the class cannot take
    record Written(
            GeneratedCode code,
            List<JoinProbe> joins,
            List<PhysicalPlan> counted,
            Constants constants,
            Optional<AggregateLayout> aggregate,
            boolean conditional) {}

    Written write(String className) {
        columns.defineInput(input.output());
        JavaSource step = new JavaSource();
        boolean selected = writeFilters(step);
        List<PhysicalPlan> rest = afterFilters();
        selected = lookUpAhead(step, rest, selected);
        SortedSet<Integer> early = columns.inputUsed();
        if (selected) {
            step.line("if (n == 0) {");
            step.line("return;");
            step.line("}");
        }
        step.line("if (!bound) {");
        step.line("bindRest();");
        step.line("}");
        writeRows(step, rest, selected);
        JavaSource text = assemble(className, step, early);
        return text.finish((source, nodes) ->
                new Written(
                        new GeneratedCode(className, source, nodes, 0, false, ""),
                        joins.joins(),
                        counted,
                        constants,
                        Optional.ofNullable(aggregate).map(AggregateWriter::layout),
                        guards.areConditional()));
    }

    // Filters before the first join

    /// Whether rows are in the selection vector afterwards.
    private boolean writeFilters(JavaSource step) {
        boolean selected = false;
        for (PhysicalPlan node : chain) {
            if (node instanceof PhysicalPlan.Project project) {
                define(project);
            } else if (node instanceof PhysicalPlan.Filter filter) {
                for (Expr term : splitting.terms(filter.predicate())) {
                    step.line(filters.write(filter, term, selected));
                    selected = true;
                }
            } else {
                break;
            }
            count(node);
            step.node(node.id(), PhysicalPlanTree.label(node));
            step.line("counts[" + (counted.size() - 1) + "] += n;");
            step.noNode();
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
                columns.define(id, computed);
            }
        }
    }

    private void count(PhysicalPlan node) {
        counted.add(node);
        if (counted.size() > SegmentCode.MAX_COUNTED) {
            throw new NotCompilable("chains of more than " + SegmentCode.MAX_COUNTED + " nodes");
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

    // Look-ups ahead of the last loop

    private boolean lookUpAhead(JavaSource step, List<PhysicalPlan> rest, boolean selected) {
        boolean filtered = selected;
        boolean exact = true;
        int t = -1;
        for (PhysicalPlan node : rest) {
            JoinProbe join =
                    switch (node) {
                        case PhysicalPlan.HashJoin hash -> JoinProbe.of(hash);
                        case PhysicalPlan.NestedLoopJoin loop -> JoinProbe.of(loop);
                        default -> null;
                    };
            if (join == null) {
                exact &= node instanceof PhysicalPlan.Project && t >= 0;
            } else {
                t = joins.add(join);
                String call = joins.lookUpAhead(t, filtered, members::method);
                exact &= !call.isEmpty() && join.condition().isEmpty();
                if (!call.isEmpty()) {
                    step.node(node.id(), PhysicalPlanTree.label(node));
                    step.line(call);
                    filtered = true;
                }
            }
            if (exact) {
                countAhead(step, node, t);
            }
        }
        step.noNode();
        return filtered;
    }

    /// Counts a node's rows before the last loop: those selected, if no join so far gives a row
    /// twice. That later look-ups leave out rows then does not show in the node's count.
    private void countAhead(JavaSource step, PhysicalPlan node, int t) {
        count(node);
        countedAhead.put(node.id(), new CountedAhead(counted.size() - 1, joins.onceUpTo(t)));
        step.line("if (" + joins.onceUpTo(t) + ") {");
        step.line("counts[" + (counted.size() - 1) + "] += n;");
        step.line("}");
    }

    /// @param counter the counter's number
    /// @param where a field that says whether the counting was done ahead
    private record CountedAhead(int counter, String where) {}

    // The loop over selected rows

    private void writeRows(JavaSource step, List<PhysicalPlan> rest, boolean selected) {
        if (aggregate == null && joins.joins().isEmpty()) {
            writeColumns(step, selected);
            return;
        }
        if (aggregate != null && aggregate.isGrouped() && joins.joins().isEmpty()) {
            step.node(top.id(), PhysicalPlanTree.label(top));
            step.line("groups" + RowLoop.arguments(selected) + ";");
            step.noNode();
            members.method(aggregate.lookUpAhead(selected));
        }
        boolean wide = splitRows(rest);
        JavaSource body = new JavaSource();
        columns.startMethod();
        exprs.startIn(body);
        int loops = 0;
        int table = 0;
        for (PhysicalPlan node : rest) {
            switch (node) {
                case PhysicalPlan.HashJoin j -> loops += writeJoin(body, node, table++);
                case PhysicalPlan.NestedLoopJoin j -> loops += writeJoin(body, node, table++);
                case PhysicalPlan.Filter filter -> {
                    body.node(filter.id(), "Filter " + filter.predicate().sql());
                    filters.skipUnless(body, filter.predicate());
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
            aggregate.write(body, selected, wide);
        } else {
            body.node(top.id(), "Output");
            writeOutput(body, wide);
            body.line("outRows++;");
        }
        body.noNode();
        for (int i = 0; i < loops; i++) {
            body.line("}");
        }

        JavaSource method = new JavaSource();
        method.line("private void rows" + RowLoop.parameters(selected) + " {");
        columns.locals(method);
        if (aggregate != null) {
            aggregate.locals(method);
        }
        method.line("int[] sel = this.sel;");
        RowLoop.open(method, selected);
        method.append(body);
        if (aggregate == null) {
            // A probe row with many matches must not fill memory before the step ends.
            flushIfFull(method);
        }
        method.line("}");
        method.line("}");
        members.method(method);
        step.line("rows" + RowLoop.arguments(selected) + ";");
    }

    /// Cuts the expressions of the loop over rows.
    ///
    /// @return whether what is done at its end is to be several methods
    private boolean splitRows(List<PhysicalPlan> rest) {
        List<Expr> kept = new ArrayList<>();
        for (PhysicalPlan node : rest) {
            switch (node) {
                case PhysicalPlan.HashJoin join -> {
                    join.keys().forEach(key -> kept.add(key.left()));
                    join.condition().ifPresent(c -> kept.addAll(splitting.terms(c)));
                }
                case PhysicalPlan.NestedLoopJoin join ->
                        join.condition().ifPresent(c -> kept.addAll(splitting.terms(c)));
                case PhysicalPlan.Filter filter -> kept.addAll(splitting.terms(filter.predicate()));
                default -> {
                    // columns are computed where they are used
                }
            }
        }
        if (aggregate == null) {
            List<Expr.Attribute> output = top.output();
            return splitting.split(kept, output, COLUMN_BYTES * output.size());
        }
        kept.addAll(aggregate.kept());
        return splitting.split(kept, aggregate.spread(), aggregate.overheads());
    }

    /// Writes the output columns of a row, as several methods where they are many.
    private void writeOutput(JavaSource body, boolean wide) {
        List<Expr.Attribute> output = top.output();
        List<Integer> sizes =
                output.stream().map(a -> COLUMN_BYTES + splitting.measure(a)).toList();
        int from = 0;
        for (int count : wide ? splitting.parts(sizes) : List.of(output.size())) {
            int first = from;
            int last = from + count;
            from = last;
            if (!wide) {
                writeColumns(body, first, last);
                continue;
            }
            String name = exprs.variable("output");
            ExprWriter.Apart<String> apart =
                    exprs.apart(() -> {
                        writeColumns(exprs.out(), first, last);
                        return name;
                    });
            JavaSource method = new JavaSource();
            method.node(top.id(), "Output, part");
            method.line("private void " + name + apart.parameters() + " {");
            method.append(apart.body());
            method.line("}");
            members.method(method);
            body.line(name + apart.arguments() + ";");
        }
    }

    private void writeColumns(JavaSource body, int from, int to) {
        for (int i = from; i < to; i++) {
            writeColumn(body, top.output().get(i), i);
        }
    }

    private int writeJoin(JavaSource body, PhysicalPlan node, int table) {
        return joins.write(
                body, table, () -> bump(body, node), term -> filters.skipUnless(body, term));
    }

    private void bump(JavaSource body, PhysicalPlan node) {
        CountedAhead ahead = countedAhead.get(node.id());
        if (ahead == null) {
            count(node);
            body.line("counts[" + (counted.size() - 1) + "]++;");
        } else {
            body.line("if (!" + ahead.where + ") {");
            body.line("counts[" + ahead.counter + "]++;");
            body.line("}");
        }
    }

    private static void flushIfFull(JavaSource method) {
        method.line("if (outRows >= outLimit) {");
        method.line("flush();");
        method.line("}");
    }

    /// One method a column: short loops that the JIT compiles well, however many columns there are.
    private void writeColumns(JavaSource step, boolean selected) {
        List<Expr.Attribute> output = top.output();
        Statements calls = new Statements();
        for (int i = 0; i < output.size(); i++) {
            splitting.split(List.of(output.get(i)), List.of(), COLUMN_BYTES);
            JavaSource body = new JavaSource();
            columns.startMethod();
            exprs.startIn(body);
            writeColumn(body, output.get(i), i);
            JavaSource method = new JavaSource();
            method.node(top.id(), "Output " + output.get(i).name());
            method.line("private void column" + i + RowLoop.parameters(selected) + " {");
            columns.locals(method);
            method.line("int[] sel = this.sel;");
            RowLoop.open(method, selected);
            method.append(body);
            method.line("}");
            method.line("}");
            members.method(method);
            calls.add("column" + i + RowLoop.arguments(selected) + ";");
        }
        JavaSource method = new JavaSource();
        String parameters = RowLoop.parameters(selected);
        String arguments = RowLoop.arguments(selected);
        calls.writeVoid(
                method,
                "private void columns",
                "columns",
                parameters.substring(1, parameters.length() - 1),
                arguments.substring(1, arguments.length() - 1));
        members.method(method);
        step.line("columns" + arguments + ";");
        step.line("outRows += n;");
        flushIfFull(step);
    }

    private void writeColumn(JavaSource body, Expr.Attribute attribute, int index) {
        JavaValue value = exprs.write(attribute);
        String column = "o" + index;
        String code = value.code();
        String append =
                switch (value.kind()) {
                    case BOOLEAN -> ".appendBoolean(" + code + ")";
                    case INT -> ".appendInt(" + code + ")";
                    case LONG ->
                            attribute.type() instanceof DataType.Decimal
                                    ? ".appendUnscaled(" + code + ")"
                                    : ".appendLong(" + code + ")";
                    case FLOAT -> ".appendFloat(" + code + ")";
                    case DOUBLE -> ".appendDouble(" + code + ")";
                    case STRING -> ".appendBytes(" + code + ".address, " + code + ".length)";
                    case WIDE -> ".appendDecimal(" + value.words() + ")";
                };
        if (value.neverNull()) {
            body.line(column + append + ";");
        } else {
            body.line("if (" + value.isNull() + ") {");
            body.line(column + ".appendNull();");
            body.line("} else {");
            body.line(column + append + ";");
            body.line("}");
        }
    }

    // The class around it all

    private JavaSource assemble(String className, JavaSource step, SortedSet<Integer> early) {
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
        text.line("private Batch batch;");
        text.line("private boolean bound;");
        columns.declare(text);
        joins.declare(text);
        text.line("private long key;");
        if (aggregate != null) {
            aggregate.declare(text);
        } else {
            for (int i = 0; i < top.output().size(); i++) {
                text.line("private ColumnBuilder o" + i + ";");
            }
        }
        constants.fields().forEach(text::line);
        members.fields().forEach(text::line);
        guards.declare(text);
        text.blank();
        writeInit(text);
        text.blank();
        writeFits(text);
        text.blank();
        writeProcess(text, step, early);
        for (JavaSource method : members.methods()) {
            text.blank();
            text.append(method);
        }
        text.line("}");
        return text;
    }

    private void writeInit(JavaSource text) {
        Statements init = new Statements();
        init.addAll(constants.inits());
        init.addAll(members.inits());
        init.add("key = keyMemory();");
        joins.init(init);
        columns.initBuilds(init);
        if (aggregate != null) {
            aggregate.init(init);
        } else {
            for (int i = 0; i < top.output().size(); i++) {
                init.add("o" + i + " = column(" + i + ");");
            }
        }
        init.writeVoid(text, "protected void init", "init", "Object[] constants", "constants");
    }

    private void writeFits(JavaSource text) {
        Statements fits = new Statements();
        columns.boundsOfInput(fits);
        guards.check(fits);
        fits.writeTest(text, "public boolean fits", "fits", "Batch batch", "batch");
    }

    /// @param early the columns that the loops before the last one read
    private void writeProcess(JavaSource text, JavaSource step, SortedSet<Integer> early) {
        SortedSet<Integer> late = columns.inputUsed();
        late.removeAll(early);
        text.line("public void process(Batch batch) {");
        text.line("this.batch = batch;");
        text.line("epoch++;");
        text.line("bound = false;");
        text.line("bindFirst();");
        text.line("int rows = batch.rowCount();");
        text.line("for (int from = 0; from < rows; from += STEP) {");
        text.line("check();");
        text.line("step(from, Math.min(from + STEP, rows));");
        text.line("}");
        text.line("}");
        text.blank();
        Statements first = new Statements();
        columns.bind(first, early);
        first.writeVoid(text, "private void bindFirst", "bindFirst", "", "");
        text.blank();
        Statements rest = new Statements();
        rest.add("bound = true;");
        columns.bind(rest, late);
        if (aggregate != null) {
            aggregate.bind(rest);
        }
        rest.writeVoid(text, "private void bindRest", "bindRest", "", "");
        text.blank();
        text.line("private void step(int from, int to) {");
        text.line("int n = to - from;");
        text.append(step);
        text.line("}");
    }
}
