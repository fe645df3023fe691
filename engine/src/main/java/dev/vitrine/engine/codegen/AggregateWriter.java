package dev.vitrine.engine.codegen;

import dev.vitrine.engine.expr.EvalMode;
import dev.vitrine.engine.expr.Expr;
import dev.vitrine.engine.expr.NativeAggregate;
import dev.vitrine.engine.physical.PhysicalPlan;
import dev.vitrine.engine.physical.PhysicalPlan.AggregateMode;
import dev.vitrine.engine.types.DataType;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Writes how a row finds its group and updates the group's states.
///
/// Where all keys are string columns of the input and a batch has all of them coded, the groups are
/// found in an array indexed by the codes; a combination of codes is looked up in the hash table
/// once for each set of dictionaries. Where no join comes before, the groups of a step are found in
/// a loop of their own, so that look-ups that miss the cache overlap.
final class AggregateWriter {
    private final PhysicalPlan.HashAggregate plan;
    private final AggregateLayout layout;
    private final Columns columns;
    private final ExprWriter exprs;
    private final List<String> codedKeys;
    private long seen;
    private boolean ahead;

    AggregateWriter(
            PhysicalPlan.HashAggregate plan,
            AggregateLayout layout,
            Columns columns,
            ExprWriter exprs) {
        this.plan = plan;
        this.layout = layout;
        this.columns = columns;
        this.exprs = exprs;
        this.codedKeys = new ArrayList<>();
    }

    /// Whether there is more than one group.
    boolean isGrouped() {
        return !plan.groups().isEmpty();
    }

    AggregateLayout layout() {
        return layout;
    }

    /// Writes the method that finds the groups of a step's rows; [#write] then takes them from
    /// where it leaves them.
    JavaSource lookUpAhead(boolean selected) {
        JavaSource body = new JavaSource();
        columns.startMethod();
        exprs.startIn(body);
        ahead = true;
        findGroup(body);
        body.line("offsets[" + RowLoop.index(selected) + "] = p - groups.base();");
        JavaSource method = new JavaSource();
        method.node(plan.id(), "Look up groups");
        method.line("private void groups" + RowLoop.parameters(selected) + " {");
        columns.locals(method);
        locals(method);
        method.line("KeyTable groups = this.groups;");
        method.line("long[] offsets = this.offsets;");
        method.line("int[] sel = this.sel;");
        if (remembersLast()) {
            method.line("long last = 0L;");
            method.line("long lastOffset = 0L;");
        }
        RowLoop.open(method, selected);
        method.append(body);
        method.line("}");
        method.line("}");
        return method;
    }

    /// @param selected whether the loop is over the selection vector
    void write(JavaSource body, boolean selected) {
        if (ahead) {
            body.line("long p = groups.base() + offsets[" + RowLoop.index(selected) + "];");
        } else {
            findGroup(body);
        }
        for (int i = 0; i < layout.items().size(); i++) {
            item(body, layout.items().get(i), i);
        }
        if (seen != 0) {
            body.line("Mem.putLong(p, Mem.getLong(p) | " + seen + "L);");
        }
    }

    // The group

    private void findGroup(JavaSource body) {
        if (plan.groups().isEmpty()) {
            body.line("long p = groups.payload(0);");
            return;
        }
        findCodedKeys();
        if (codedKeys.isEmpty()) {
            body.line("long p;");
            lookUp(body);
            return;
        }
        body.line("long p = 0L;");
        body.line("int place = 0;");
        body.line("if (places != null) {");
        for (int i = 0; i < codedKeys.size(); i++) {
            String c = codedKeys.get(i);
            String code = "Mem.getInt(" + c + "d + 4L * row) + 1";
            if (plan.groups().get(i).nullable()) {
                code = c + "v != 0L && !Mem.getBit(" + c + "v, row) ? 0 : " + code;
            }
            body.line(
                    i == 0
                            ? "place = " + code + ";"
                            : "place = place * size" + i + " + (" + code + ");");
        }
        body.line("p = places[place];");
        body.line("}");
        body.line("if (p == 0L) {");
        lookUp(body);
        body.line("if (places != null) {");
        body.line("places[place] = p - groups.base();");
        body.line("}");
        body.line("} else {");
        body.line("p += groups.base();");
        body.line("}");
    }

    private void findCodedKeys() {
        for (Expr.Attribute group : plan.groups()) {
            String c = columns.fieldOf(group);
            if (c == null || !columns.mayBeCoded(c)) {
                codedKeys.clear();
                return;
            }
            codedKeys.add(c);
        }
    }

    /// Finds the group in the hash table, by words or by a key in memory.
    private void lookUp(JavaSource body) {
        exprs.enter();
        List<JavaValue> values = new ArrayList<>();
        List<Boolean> keepsNulls = new ArrayList<>();
        for (Expr.Attribute group : plan.groups()) {
            values.add(exprs.write(group));
            keepsNulls.add(true);
        }
        List<DataType> types = layout.keys().types();
        if (remembersLast()) {
            lookUpUnlessLast(body, values.getFirst());
        } else if (Keys.areWords(types)) {
            body.line(
                    "p = groups.findOrInsert"
                            + types.size()
                            + "("
                            + Keys.nullBits(values, keepsNulls)
                            + ", "
                            + Keys.words(values)
                            + ");");
        } else {
            Keys.put(body, "groupKey", layout.keys(), values, keepsNulls);
            body.line("p = groups.findOrInsert(groups.hashScratch());");
        }
        exprs.leave();
    }

    /// Whether rows that follow one another with the same key are looked up once.
    private boolean remembersLast() {
        return ahead && layout.keys().types().size() == 1 && Keys.areWords(layout.keys().types());
    }

    private static void lookUpUnlessLast(JavaSource body, JavaValue key) {
        body.line("long word = " + Keys.words(List.of(key)) + ";");
        String same = "lastOffset != 0L && word == last";
        body.line("if (" + (key.neverNull() ? same : same + " && !" + key.isNull()) + ") {");
        body.line("p = groups.base() + lastOffset;");
        body.line("} else {");
        String nullBits = Keys.nullBits(List.of(key), List.of(true));
        body.line("p = groups.findOrInsert1(" + nullBits + ", word);");
        if (key.neverNull()) {
            body.line("last = word;");
            body.line("lastOffset = p - groups.base();");
        } else {
            body.line("if (!" + key.isNull() + ") {");
            body.line("last = word;");
            body.line("lastOffset = p - groups.base();");
            body.line("}");
        }
        body.line("}");
    }

    // The states

    private void item(JavaSource body, AggregateLayout.Slot slot, int index) {
        if (layout.mode() == AggregateMode.FINAL) {
            merge(body, slot, index);
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
        boolean always = skips.isEmpty();
        if (!always) {
            body.line("if (!(" + String.join(" || ", skips) + ")) {");
        }
        String at = "p + " + slot.offset();
        switch (slot.form()) {
            case COUNT -> body.line("AggregateState.count(" + at + ");");
            case SUM -> {
                body.line(add(slot, at, args.getFirst()));
                markSeen(body, index, always);
            }
            case AVG -> {
                if (!slot.sharesSum()) {
                    body.line(add(slot, at, args.getFirst()));
                }
                body.line("AggregateState.count(p + " + slot.countOffset() + ");");
            }
            case MIN, MAX -> {
                extreme(body, slot, at, args.getFirst(), index);
                markSeen(body, index, always);
            }
            case NONE -> throw new NotCompilable(call.sql());
        }
        if (!always) {
            body.line("}");
        }
    }

    /// Says that an item has seen a value: at once where some rows bring none, else with the others
    /// after the last item.
    private void markSeen(JavaSource body, int index, boolean always) {
        if (always) {
            seen |= 1L << index;
        } else {
            body.line("Mem.putLong(p, Mem.getLong(p) | " + (1L << index) + "L);");
        }
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

    private static void extreme(
            JavaSource body, AggregateLayout.Slot slot, String at, JavaValue value, int index) {
        String which = slot.form() == NativeAggregate.MIN ? "min" : "max";
        String first = "(Mem.getLong(p) & " + (1L << index) + "L) == 0L";
        String call =
                switch (value.kind()) {
                    case STRING -> "String(groups, " + at + ", " + first + ", " + value.code();
                    case DOUBLE, FLOAT ->
                            "Double(" + at + ", " + first + ", (double) " + value.code();
                    case BOOLEAN ->
                            "Long(" + at + ", " + first + ", " + value.code() + " ? 1L : 0L";
                    case INT, LONG -> "Long(" + at + ", " + first + ", (long) " + value.code();
                };
        body.line("AggregateState." + which + call + ");");
    }

    private void merge(JavaSource body, AggregateLayout.Slot slot, int index) {
        String at = "p + " + slot.offset();
        Expr.Attribute state = slot.item().states().getFirst();
        if (slot.sharesSum()) {
            body.line("// its sum is kept by the SUM of the same argument");
        } else if (slot.state() instanceof DataType.Decimal && JavaKind.isWide(slot.state())) {
            mergeWide(body, state, at, index);
        } else {
            JavaValue value = exprs.write(state);
            boolean always = value.neverNull();
            if (!always) {
                body.line("if (!" + value.isNull() + ") {");
            }
            switch (slot.form()) {
                case COUNT ->
                        body.line("AggregateState.addLong(" + at + ", " + value.code() + ");");
                case SUM, AVG -> {
                    body.line(add(slot, at, value));
                    markSeen(body, index, always);
                }
                case MIN, MAX -> {
                    extreme(body, slot, at, value, index);
                    markSeen(body, index, always);
                }
                case NONE -> throw new NotCompilable(slot.item().call().sql());
            }
            if (!always) {
                body.line("}");
            }
        }
        if (slot.form() == NativeAggregate.AVG) {
            mergeCount(body, slot);
        }
    }

    /// Sums come in 128 bits and need no guard.
    private void mergeWide(JavaSource body, Expr.Attribute state, String at, int index) {
        String c = Objects.requireNonNull(columns.fieldOf(state));
        columns.use(c);
        body.line("if (" + c + "v == 0L || Mem.getBit(" + c + "v, row)) {");
        String word = "Mem.getLong(" + c + " + 16L * row";
        body.line("AggregateState.addDecimal(" + at + ", " + word + " + 8), " + word + "));");
        markSeen(body, index, false);
        body.line("}");
    }

    private void mergeCount(JavaSource body, AggregateLayout.Slot slot) {
        JavaValue count = exprs.write(slot.item().states().get(1));
        if (!count.neverNull()) {
            body.line("if (!" + count.isNull() + ") {");
        }
        body.line("AggregateState.addLong(p + " + slot.countOffset() + ", " + count.code() + ");");
        if (!count.neverNull()) {
            body.line("}");
        }
    }

    // The class around it

    void declare(JavaSource text) {
        text.line("private long groupKey;");
        if (ahead) {
            text.line("private final long[] offsets = new long[STEP];");
        }
        if (!codedKeys.isEmpty()) {
            text.line("private long[] places;");
            text.line(
                    "private final Dictionary[] placed = new Dictionary["
                            + codedKeys.size()
                            + "];");
            for (int i = 1; i < codedKeys.size(); i++) {
                text.line("private int size" + i + ";");
            }
        }
    }

    void init(JavaSource text) {
        text.line("groupKey = groups.scratch();");
        if (plan.groups().isEmpty()) {
            text.line("groups.findOrInsert(groups.hashScratch());");
        }
    }

    /// The array of groups as a local variable of the loop.
    void locals(JavaSource method) {
        if (!codedKeys.isEmpty()) {
            method.line("long[] places = this.places;");
            for (int i = 1; i < codedKeys.size(); i++) {
                method.line("int size" + i + " = this.size" + i + ";");
            }
        }
    }

    /// Prepares the array of groups for the batch at hand.
    void bind(JavaSource text) {
        if (codedKeys.isEmpty()) {
            return;
        }
        List<String> dictionaries = new ArrayList<>();
        for (String c : codedKeys) {
            dictionaries.add("batch.dictionary(" + c.substring(1) + ")");
        }
        text.line("places = places(places, placed, new Dictionary[] {");
        text.line(String.join(", ", dictionaries));
        text.line("});");
        for (int i = 1; i < codedKeys.size(); i++) {
            text.line(
                    "size"
                            + i
                            + " = placed["
                            + i
                            + "] == null ? 0 : placed["
                            + i
                            + "].size() + 1;");
        }
    }

    static @Nullable AggregateWriter of(
            PhysicalPlan top, java.time.ZoneId zone, Columns columns, ExprWriter exprs) {
        return top instanceof PhysicalPlan.HashAggregate plan
                ? new AggregateWriter(plan, AggregateLayout.of(plan, zone), columns, exprs)
                : null;
    }
}
