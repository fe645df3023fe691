package dev.vitrine.engine.codegen;

import dev.vitrine.engine.expr.EvalMode;
import dev.vitrine.engine.expr.Expr;
import dev.vitrine.engine.expr.NativeAggregate;
import dev.vitrine.engine.physical.PhysicalPlan;
import dev.vitrine.engine.physical.PhysicalPlan.AggregateMode;
import dev.vitrine.engine.physical.PhysicalPlanTree;
import dev.vitrine.engine.types.DataType;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Writes how a row finds its group and updates the group's states.
///
/// Where all keys are columns of the input, strings that a batch has coded or whole numbers of a
/// small range, the groups are found in an array, see [GroupPlaces]; a combination of keys is
/// looked up in the hash table once for each array. Where no join comes before, the groups of a
/// step are found in a loop of their own, so that look-ups that miss the cache overlap.
final class AggregateWriter {
    /// Bytes of an update beside its arguments, and of a key beside its value.
    private static final int ITEM_BYTES = 40;

    private static final int KEY_BYTES = 30;

    private final PhysicalPlan.HashAggregate plan;
    private final AggregateLayout layout;
    private final Columns columns;
    private final ExprWriter exprs;
    private final ClassMembers members;
    private final Splitting splitting;
    private final List<String> codedKeys;
    private final SortedMap<Integer, Long> seen = new TreeMap<>();
    private boolean ahead;

    AggregateWriter(
            PhysicalPlan.HashAggregate plan,
            AggregateLayout layout,
            Columns columns,
            ExprWriter exprs,
            ClassMembers members,
            Splitting splitting) {
        this.plan = plan;
        this.layout = layout;
        this.columns = columns;
        this.exprs = exprs;
        this.members = members;
        this.splitting = splitting;
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
        splitting.split(plan.groups(), List.of(), KEY_BYTES * plan.groups().size());
        ahead = true;
        findCodedKeys();
        if (!codedKeys.isEmpty()) {
            members.method(lookUpCoded(selected));
        }
        JavaSource body = body();
        body.line(
                "long at = keys + "
                        + layout.keys().bytes()
                        + "L * ("
                        + RowLoop.index(selected)
                        + ");");
        putKey(body, "at");
        JavaSource method = new JavaSource();
        method.node(plan.id(), "Look up groups");
        method.line("private void groups" + RowLoop.parameters(selected) + " {");
        if (!codedKeys.isEmpty()) {
            method.line("if (places != null) {");
            method.line("codedGroups" + RowLoop.arguments(selected) + ";");
            method.line("return;");
            method.line("}");
        }
        columns.locals(method);
        method.line("int[] sel = this.sel;");
        method.line("long keys = this.groupKeys;");
        RowLoop.open(method, selected);
        method.append(body);
        method.line("}");
        String count = selected ? "n" : "to - from";
        method.line("groups.findOrInsertAll(keys, " + count + ", found);");
        method.line("}");
        return method;
    }

    /// The same for batches with codes for all keys.
    private JavaSource lookUpCoded(boolean selected) {
        JavaSource body = body();
        findGroup(body);
        body.line("found[" + RowLoop.index(selected) + "] = p;");
        JavaSource method = new JavaSource();
        method.node(plan.id(), "Look up groups by codes");
        method.line("private void codedGroups" + RowLoop.parameters(selected) + " {");
        columns.locals(method);
        locals(method);
        method.line("KeyTable groups = this.groups;");
        method.line("long[] found = this.found;");
        method.line("int[] sel = this.sel;");
        RowLoop.open(method, selected);
        method.append(body);
        method.line("}");
        method.line("}");
        return method;
    }

    private JavaSource body() {
        JavaSource body = new JavaSource();
        columns.startMethod();
        exprs.startIn(body);
        return body;
    }

    /// @param selected whether the loop is over the selection vector
    /// @param wide whether the updates are too much for one method
    void write(JavaSource body, boolean selected, boolean wide) {
        if (ahead) {
            body.line("long p = found[" + RowLoop.index(selected) + "];");
        } else {
            findCodedKeys();
            findGroup(body);
        }
        if (wide) {
            List<Integer> sizes = new ArrayList<>();
            for (AggregateLayout.Slot slot : layout.items()) {
                int bytes = ITEM_BYTES;
                for (Expr root : roots(slot)) {
                    bytes += splitting.measure(root);
                }
                sizes.add(bytes);
            }
            int from = 0;
            for (int count : splitting.parts(sizes)) {
                update(body, from, from + count);
                from += count;
            }
        } else {
            items(body, 0, layout.items().size());
        }
    }

    /// The expressions that the loop over rows computes whatever there is to update.
    List<Expr> kept() {
        return ahead ? List.of() : List.copyOf(plan.groups());
    }

    /// The expressions that the states' updates compute.
    List<Expr> spread() {
        return layout.items().stream().flatMap(slot -> roots(slot).stream()).toList();
    }

    /// Bytes of the updates beside their expressions.
    int overheads() {
        return ITEM_BYTES * layout.items().size() + (ahead ? 0 : KEY_BYTES * plan.groups().size());
    }

    private List<Expr> roots(AggregateLayout.Slot slot) {
        if (layout.mode() == AggregateMode.FINAL) {
            return List.copyOf(slot.item().states());
        }
        List<Expr> roots = new ArrayList<>(slot.item().call().args());
        slot.item().call().filter().ifPresent(roots::add);
        return roots;
    }

    /// Some items' updates as a method of their own.
    private void update(JavaSource body, int from, int to) {
        String name = exprs.variable("update");
        ExprWriter.Apart<String> apart =
                exprs.apart(() -> {
                    items(exprs.out(), from, to);
                    return name;
                });
        JavaSource method = new JavaSource();
        method.node(plan.id(), PhysicalPlanTree.label(plan) + ", part");
        method.line("private void " + name + apart.parameters("long p") + " {");
        method.append(apart.body());
        method.line("}");
        members.method(method);
        body.line(name + apart.arguments("p") + ";");
    }

    private void items(JavaSource body, int from, int to) {
        seen.clear();
        for (int i = from; i < to; i++) {
            item(body, layout.items().get(i), i);
        }
        seen.forEach((offset, bits) -> body.line(putSeen(offset, bits)));
    }

    private static String putSeen(int offset, long bits) {
        String word = "p + " + offset + "L";
        return "Mem.putLong(" + word + ", Mem.getLong(" + word + ") | " + hex(bits) + ");";
    }

    private static String hex(long bits) {
        return "0x" + Long.toHexString(bits) + "L";
    }

    // The group

    private void findGroup(JavaSource body) {
        if (plan.groups().isEmpty()) {
            body.line("long p = groups.payload(0);");
            return;
        }
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
            String code =
                    columns.mayBeCoded(c)
                            ? "Mem.getInt(" + c + "d + 4L * row) + 1"
                            : "(int) (" + columns.number(c) + " - low" + i + ") + 1";
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
        body.line("places[place] = p;");
        body.line("}");
        body.line("}");
    }

    private void findCodedKeys() {
        for (Expr.Attribute group : plan.groups()) {
            String c = columns.fieldOf(group);
            if (c == null || !columns.mayBeCoded(c) && !columns.isNumber(c)) {
                codedKeys.clear();
                return;
            }
            codedKeys.add(c);
        }
    }

    /// Finds the group in the hash table, by words or by a key in memory.
    private void lookUp(JavaSource body) {
        List<DataType> types = layout.keys().types();
        if (!Keys.areWords(types)) {
            putKey(body, "groupKey");
            body.line("p = groups.findOrInsert(groups.hashScratch());");
            return;
        }
        exprs.enter();
        List<JavaValue> values = plan.groups().stream().map(exprs::write).toList();
        body.line(
                "p = groups.findOrInsert"
                        + types.size()
                        + "("
                        + Keys.nullBits(values, keepsNulls())
                        + ", "
                        + Keys.words(values)
                        + ");");
        exprs.leave();
    }

    /// Writes a row's key to memory.
    private void putKey(JavaSource body, String address) {
        exprs.enter();
        List<JavaValue> values = plan.groups().stream().map(exprs::write).toList();
        Keys.put(body, address, layout.keys(), values, keepsNulls());
        exprs.leave();
    }

    private List<Boolean> keepsNulls() {
        return Collections.nCopies(plan.groups().size(), true);
    }

    // The states

    private void item(JavaSource body, AggregateLayout.Slot slot, int index) {
        if (layout.mode() == AggregateMode.FINAL) {
            merge(body, slot, index);
            return;
        }
        Expr.AggregateCall call = slot.item().call();
        boolean filtered = call.filter().isPresent();
        if (filtered) {
            JavaValue filter = exprs.write(call.filter().get());
            body.line(
                    filter.neverNull()
                            ? "if (" + filter.code() + ") {"
                            : "if (!" + filter.isNull() + " && " + filter.code() + ") {");
            exprs.enter();
        }
        List<String> skips = new ArrayList<>();
        List<JavaValue> args = new ArrayList<>();
        for (Expr arg : call.args()) {
            JavaValue value = exprs.write(arg);
            args.add(value);
            if (!value.neverNull()) {
                skips.add(value.isNull());
            }
        }
        boolean always = skips.isEmpty() && !filtered;
        if (!skips.isEmpty()) {
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
            case MOMENTS, MOMENTS_4, PAIRS -> {
                List<String> numbers = args.stream().map(a -> "(double) " + a.code()).toList();
                body.line(moments("add", slot, at, numbers));
            }
            case VALUES ->
                    body.line("ValueWords.add(groups, " + at + ", " + word(args.getFirst()) + ");");
            case NONE -> throw new NotCompilable(call.sql());
        }
        if (!skips.isEmpty()) {
            body.line("}");
        }
        if (filtered) {
            exprs.leave();
            body.line("}");
        }
    }

    /// Says that an item has seen a value: at once where some rows bring none, else with the others
    /// after the last item.
    private void markSeen(JavaSource body, int index, boolean always) {
        if (always) {
            seen.merge(
                    AggregateLayout.seenOffset(index),
                    AggregateLayout.seenBit(index),
                    (a, b) -> a | b);
        } else {
            body.line(putSeen(AggregateLayout.seenOffset(index), AggregateLayout.seenBit(index)));
        }
    }

    private static String add(AggregateLayout.Slot slot, String at, JavaValue value) {
        if (slot.state() instanceof DataType.Decimal decimal) {
            if (value.kind() != JavaKind.WIDE) {
                return "AggregateState.addDecimal(" + at + ", " + value.code() + ");";
            }
            if (slot.site().mode() != EvalMode.ANSI) {
                throw new NotCompilable("sums of decimals that may exceed 128 bits");
            }
            int scale = decimal.scale();
            return "AggregateState.addWide(" + at + ", " + value.words() + ", " + scale + ");";
        }
        if (slot.state() == DataType.DOUBLE) {
            return "AggregateState.addDouble(" + at + ", (double) " + value.code() + ");";
        }
        String method = slot.site().mode() == EvalMode.ANSI ? "addLong" : "addLongWrapping";
        return "AggregateState." + method + "(" + at + ", (long) " + value.code() + ");";
    }

    private static String moments(
            String verb, AggregateLayout.Slot slot, String at, List<String> numbers) {
        String what =
                switch (slot.form()) {
                    case MOMENTS -> "Moments";
                    case MOMENTS_4 -> "Moments4";
                    case PAIRS -> "Pairs";
                    case NONE, COUNT, SUM, MIN, MAX, AVG, VALUES ->
                            throw new IllegalArgumentException(slot.form() + " has no moments");
                };
        return "AggregateState."
                + verb
                + what
                + "("
                + at
                + ", "
                + String.join(", ", numbers)
                + ");";
    }

    /// A number as the word that a list of values holds.
    private static String word(JavaValue value) {
        return switch (value.kind()) {
            case DOUBLE, FLOAT -> "ValueWords.word((double) " + value.code() + ")";
            case INT, LONG -> "(long) " + value.code();
            case BOOLEAN, STRING, WIDE -> throw new NotCompilable("a list of " + value.kind());
        };
    }

    private static void extreme(
            JavaSource body, AggregateLayout.Slot slot, String at, JavaValue value, int index) {
        String which = slot.form() == NativeAggregate.MIN ? "min" : "max";
        String first =
                "(Mem.getLong(p + "
                        + AggregateLayout.seenOffset(index)
                        + "L) & "
                        + hex(AggregateLayout.seenBit(index))
                        + ") == 0L";
        if (JavaKind.isWide(slot.state())) {
            String words = value.words();
            String call = "Wide(" + at + ", " + first + ", " + words + ");";
            body.line("AggregateState." + which + call);
            return;
        }
        String call =
                switch (value.kind()) {
                    case WIDE -> throw new IllegalArgumentException("a narrow state");
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
        } else if (slot.form().isMoments()) {
            mergeMoments(body, slot, at);
        } else if (JavaKind.isWide(slot.state())
                && (slot.form() == NativeAggregate.SUM || slot.form() == NativeAggregate.AVG)) {
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
                case VALUES ->
                        body.line("ValueWords.addAll(groups, " + at + ", " + value.code() + ");");
                case MOMENTS, MOMENTS_4, PAIRS, NONE ->
                        throw new NotCompilable(slot.item().call().sql());
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

    /// The parts of a state are NULL together or not at all.
    private void mergeMoments(JavaSource body, AggregateLayout.Slot slot, String at) {
        List<String> numbers = new ArrayList<>();
        List<String> nulls = new ArrayList<>();
        for (Expr.Attribute state : slot.item().states()) {
            JavaValue value = exprs.write(state);
            numbers.add(value.code());
            if (!value.neverNull()) {
                nulls.add(value.isNull());
            }
        }
        if (!nulls.isEmpty()) {
            body.line("if (!(" + String.join(" || ", nulls) + ")) {");
        }
        body.line(moments("merge", slot, at, numbers));
        if (!nulls.isEmpty()) {
            body.line("}");
        }
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
            text.line("private final long[] found = new long[STEP];");
            text.line("private long groupKeys;");
        }
        if (!codedKeys.isEmpty()) {
            text.line("private long[] places;");
            String numbers =
                    String.join(", ", codedKeys.stream().map(c -> c.substring(1)).toList());
            text.line(
                    "private final GroupPlaces groupPlaces = new GroupPlaces(new int[] {"
                            + numbers
                            + "});");
            keyVariables().forEach((name, value) -> text.line("private " + name + ";"));
            text.line("public void forgetGroups() {");
            text.line("places = null;");
            text.line("groupPlaces.forget();");
            text.line("}");
        }
    }

    /// What places are computed with: declarations of variables, and where their values are from.
    private SortedMap<String, String> keyVariables() {
        SortedMap<String, String> variables = new TreeMap<>();
        for (int i = 0; i < codedKeys.size(); i++) {
            if (i > 0) {
                variables.put("int size" + i, "groupPlaces.size(" + i + ")");
            }
            if (!columns.mayBeCoded(codedKeys.get(i))) {
                variables.put("long low" + i, "groupPlaces.low(" + i + ")");
            }
        }
        return variables;
    }

    void init(Statements text) {
        text.add("groupKey = groups.scratch();");
        if (ahead) {
            text.add("groupKeys = stepMemory(" + layout.keys().bytes() + ");");
        }
        if (plan.groups().isEmpty()) {
            text.add("groups.findOrInsert(groups.hashScratch());");
        }
    }

    /// The array of groups as a local variable of the loop.
    void locals(JavaSource method) {
        if (!codedKeys.isEmpty()) {
            method.line("long[] places = this.places;");
            for (String declaration : keyVariables().keySet()) {
                String name = declaration.substring(declaration.indexOf(' ') + 1);
                method.line(declaration + " = this." + name + ";");
            }
        }
    }

    /// Prepares the array of groups for the batch at hand.
    void bind(Statements text) {
        if (codedKeys.isEmpty()) {
            return;
        }
        text.add("places = groupPlaces.bind(batch);");
        keyVariables()
                .forEach((declaration, value) -> {
                    String name = declaration.substring(declaration.indexOf(' ') + 1);
                    text.add(name + " = " + value + ";");
                });
    }

    static @Nullable AggregateWriter of(
            PhysicalPlan top,
            java.time.ZoneId zone,
            Columns columns,
            ExprWriter exprs,
            ClassMembers members,
            Splitting splitting) {
        return top instanceof PhysicalPlan.HashAggregate plan
                ? new AggregateWriter(
                        plan, AggregateLayout.of(plan, zone), columns, exprs, members, splitting)
                : null;
    }
}
