package dev.vitrine.engine.codegen;

import dev.vitrine.engine.expr.CallSite;
import dev.vitrine.engine.expr.Expr;
import dev.vitrine.engine.expr.NativeAggregate;
import dev.vitrine.engine.kernel.KeyLayout;
import dev.vitrine.engine.physical.PhysicalPlan;
import dev.vitrine.engine.physical.PhysicalPlan.AggregateItem;
import dev.vitrine.engine.physical.PhysicalPlan.AggregateMode;
import dev.vitrine.engine.types.DataType;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Where the states of a compiled aggregate lie in the payload of its hash table: bits that say
/// which items have seen a value, in as many words as that takes, then the items' states.
///
/// @param keys layout of the grouping key
/// @param items in the plan's order
public record AggregateLayout(
        KeyLayout keys, List<Slot> items, int payloadBytes, AggregateMode mode) {
    public AggregateLayout {
        items = List.copyOf(items);
    }

    /// @param offset of the state from the payload's start
    /// @param countOffset of the count of an AVG
    /// @param sharesSum whether the sum of an AVG is that of a SUM over the same argument, which
    ///   keeps it up to date
    /// @param state type of the state: of the sum, or of the smallest or largest value
    public record Slot(
            AggregateItem item,
            NativeAggregate form,
            DataType state,
            int offset,
            int countOffset,
            boolean sharesSum,
            CallSite site) {}

    /// Offset of the word that holds an item's bit.
    public static int seenOffset(int item) {
        return item / 64 * 8;
    }

    /// An item's bit in its word.
    public static long seenBit(int item) {
        return 1L << item;
    }

    static AggregateLayout of(PhysicalPlan.HashAggregate plan, ZoneId zone) {
        List<DataType> keyTypes = plan.groups().stream().map(Expr.Attribute::type).toList();
        if (!KeyLayout.supports(keyTypes)) {
            throw new NotCompilable("grouping by " + keyTypes.stream().map(DataType::sql).toList());
        }
        List<Slot> slots = new ArrayList<>();
        int at = 8 * ((plan.items().size() + 63) / 64);
        for (AggregateItem item : plan.items()) {
            Expr.AggregateCall call = item.call();
            CallSite site =
                    new CallSite(
                            call.args().stream().map(Expr::type).toList(),
                            call.type(),
                            call.mode(),
                            zone);
            NativeAggregate form = call.function().nativeForm(site);
            if (form == NativeAggregate.NONE || call.distinct()) {
                throw new NotCompilable("the aggregate " + call.sql());
            }
            DataType state = item.states().getFirst().type();
            boolean extreme = form == NativeAggregate.MIN || form == NativeAggregate.MAX;
            if (extreme && JavaKind.of(state).isEmpty()) {
                throw new NotCompilable("the aggregate " + call.sql() + " of " + state.sql());
            }
            Slot sum = form == NativeAggregate.AVG ? sumOf(call, state, slots) : null;
            int offset = sum == null ? at : sum.offset;
            at += sum == null ? width(form, state) : 0;
            slots.add(new Slot(item, form, state, offset, at, sum != null, site));
            at += form == NativeAggregate.AVG ? 8 : 0;
        }
        return new AggregateLayout(new KeyLayout(keyTypes), slots, at, plan.mode());
    }

    /// The SUM among `slots` whose state is the sum that an AVG needs.
    private static @Nullable Slot sumOf(
            Expr.AggregateCall average, DataType state, List<Slot> slots) {
        for (Slot slot : slots) {
            Expr.AggregateCall call = slot.item.call();
            if (slot.form == NativeAggregate.SUM
                    && slot.state.equals(state)
                    && call.args().equals(average.args())
                    && call.filter().equals(average.filter())) {
                return slot;
            }
        }
        return null;
    }

    /// Bytes of a state but for the count of an AVG: sums of decimals and strings take 16.
    private static int width(NativeAggregate form, DataType state) {
        if (form.isMoments() || form == NativeAggregate.VALUES) {
            return 8 * form.words();
        }
        return state instanceof DataType.Decimal
                        || state == DataType.STRING
                        || state == DataType.BINARY
                ? 16
                : 8;
    }
}
