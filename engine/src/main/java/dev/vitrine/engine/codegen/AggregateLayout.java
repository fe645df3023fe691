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

/// Where the states of a compiled aggregate lie in the payload of its hash table: a word whose bit
/// i says that item i has seen a value, then the items' states.
///
/// @param keys layout of the grouping key
/// @param items in the plan's order
public record AggregateLayout(
        KeyLayout keys, List<Slot> items, int payloadBytes, AggregateMode mode) {
    private static final int MAX_ITEMS = 64;

    public AggregateLayout {
        items = List.copyOf(items);
    }

    /// @param offset of the state from the payload's start
    /// @param state type of the state: of the sum, or of the smallest or largest value
    public record Slot(
            AggregateItem item, NativeAggregate form, DataType state, int offset, CallSite site) {
        /// Offset of the count of an AVG.
        public int countOffset() {
            return offset + width(state);
        }
    }

    static AggregateLayout of(PhysicalPlan.HashAggregate plan, ZoneId zone) {
        List<DataType> keyTypes = plan.groups().stream().map(Expr.Attribute::type).toList();
        if (!KeyLayout.supports(keyTypes)) {
            throw new NotCompilable("grouping by " + keyTypes.stream().map(DataType::sql).toList());
        }
        if (plan.items().size() > MAX_ITEMS) {
            throw new NotCompilable("more than " + MAX_ITEMS + " aggregates");
        }
        List<Slot> slots = new ArrayList<>();
        int at = 8;
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
            if (extreme && (JavaKind.isWide(state) || JavaKind.of(state).isEmpty())) {
                throw new NotCompilable("the aggregate " + call.sql() + " of " + state.sql());
            }
            slots.add(new Slot(item, form, state, at, site));
            at += width(state) + (form == NativeAggregate.AVG ? 8 : 0);
        }
        return new AggregateLayout(new KeyLayout(keyTypes), slots, at, plan.mode());
    }

    /// Bytes of a state: sums of decimals and strings take 16.
    private static int width(DataType state) {
        return state instanceof DataType.Decimal
                        || state == DataType.STRING
                        || state == DataType.BINARY
                ? 16
                : 8;
    }
}
