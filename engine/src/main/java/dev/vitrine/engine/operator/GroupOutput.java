package dev.vitrine.engine.operator;

import dev.vitrine.engine.batch.BatchBuilder;
import dev.vitrine.engine.batch.ColumnBuilder;
import dev.vitrine.engine.batch.Mem;
import dev.vitrine.engine.codegen.AggregateLayout;
import dev.vitrine.engine.expr.Accumulator;
import dev.vitrine.engine.expr.NativeAggregate;
import dev.vitrine.engine.kernel.KeyTable;
import dev.vitrine.engine.physical.PhysicalPlan;
import dev.vitrine.engine.physical.PhysicalPlan.AggregateMode;
import dev.vitrine.engine.types.DataType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Hands up the groups of a compiled aggregate: keys and states, or keys and results.
final class GroupOutput {
    /// A decimal of more digits holds every 64-bit number.
    private static final int MAX_LONG_DIGITS = 18;

    private GroupOutput() {}

    static void emit(
            AggregateLayout layout,
            KeyTable groups,
            PhysicalPlan plan,
            TaskContext context,
            Operator above) {
        context.metrics().entering(plan.id());
        int keys = layout.keys().types().size();
        try (RowOutput output = new RowOutput(context, plan.id(), plan.schema(), above)) {
            BatchBuilder builder = output.builder();
            for (int entry = 0; entry < groups.size(); entry++) {
                if (keys > 0) {
                    emitKey(layout, groups.key(entry), builder);
                }
                emitItems(layout, groups.payload(entry), keys, builder);
                output.endRow();
            }
            output.flush();
        }
    }

    private static void emitKey(AggregateLayout layout, long key, BatchBuilder builder) {
        long nulls = Mem.getLong(key);
        for (int i = 0; i < layout.keys().types().size(); i++) {
            ColumnBuilder column = builder.column(i);
            long slot = key + layout.keys().offset(i);
            if ((nulls >>> i & 1) != 0) {
                column.appendNull();
            } else {
                emitValue(layout.keys().types().get(i), slot, true, column);
            }
        }
    }

    /// @param inKey strings in keys are in [KeyTable]'s form, those in states are address and
    ///   length
    private static void emitValue(DataType type, long slot, boolean inKey, ColumnBuilder column) {
        switch (type) {
            case DataType.Simple.STRING, DataType.Simple.BINARY -> {
                if (inKey) {
                    column.appendBytes(KeyTable.stringAddress(slot), KeyTable.stringLength(slot));
                } else {
                    column.appendBytes(Mem.getLong(slot), (int) Mem.getLong(slot + 8));
                }
            }
            case DataType.Simple.BOOLEAN -> column.appendBoolean(Mem.getLong(slot) != 0);
            case DataType.Simple.DOUBLE -> column.appendDouble(Mem.getDouble(slot));
            case DataType.Simple.FLOAT ->
                    column.appendFloat(
                            inKey
                                    ? Float.intBitsToFloat((int) Mem.getLong(slot))
                                    : (float) Mem.getDouble(slot));
            default -> {
                if (ColumnBuilder.width(type) == 8) {
                    column.appendLong(Mem.getLong(slot));
                } else {
                    column.appendInt((int) Mem.getLong(slot));
                }
            }
        }
    }

    private static void emitItems(
            AggregateLayout layout, long payload, int firstColumn, BatchBuilder builder) {
        long seen = Mem.getLong(payload);
        int at = firstColumn;
        boolean states = layout.mode() == AggregateMode.PARTIAL;
        for (int i = 0; i < layout.items().size(); i++) {
            AggregateLayout.Slot slot = layout.items().get(i);
            long state = payload + slot.offset();
            boolean any = (seen >>> i & 1) != 0;
            switch (slot.form()) {
                case COUNT -> builder.column(at++).appendLong(Mem.getLong(state));
                case MIN, MAX -> {
                    if (any) {
                        emitValue(slot.state(), state, false, builder.column(at++));
                    } else {
                        builder.column(at++).appendNull();
                    }
                }
                case SUM -> {
                    if (!any) {
                        builder.column(at++).appendNull();
                    } else if (!states && slot.state() instanceof DataType.Decimal) {
                        emitDecimalSum(slot, payload, builder.column(at++));
                    } else {
                        emitSum(slot.state(), state, builder.column(at++));
                    }
                }
                case AVG -> {
                    if (states) {
                        emitSum(slot.state(), state, builder.column(at++));
                        builder.column(at++).appendLong(Mem.getLong(payload + slot.countOffset()));
                    } else {
                        emitAverage(slot, payload, builder.column(at++));
                    }
                }
                case NONE ->
                        throw dev.vitrine.engine.error.EngineException.internal(
                                "an aggregate without a native form was compiled");
            }
        }
    }

    private static void emitSum(DataType type, long state, ColumnBuilder column) {
        if (type == DataType.DOUBLE) {
            column.appendDouble(Mem.getDouble(state));
        } else if (!(type instanceof DataType.Decimal)) {
            column.appendLong(Mem.getLong(state));
        } else if (ColumnBuilder.width(type) == 8) {
            column.append(decimal(type, state));
        } else {
            column.appendDecimal(Mem.getLong(state + 8), Mem.getLong(state));
        }
    }

    /// A sum that has the result's scale and surely fits its precision is given as it is.
    private static void emitDecimalSum(
            AggregateLayout.Slot slot, long payload, ColumnBuilder column) {
        long low = Mem.getLong(payload + slot.offset());
        long high = Mem.getLong(payload + slot.offset() + 8);
        boolean plain =
                high == low >> 63
                        && slot.item().call().type() instanceof DataType.Decimal result
                        && slot.state() instanceof DataType.Decimal state
                        && result.scale() == state.scale()
                        && result.precision() > MAX_LONG_DIGITS;
        if (plain) {
            column.appendDecimal(high, low);
        } else {
            column.append(result(slot, payload));
        }
    }

    private static void emitAverage(AggregateLayout.Slot slot, long payload, ColumnBuilder column) {
        long count = Mem.getLong(payload + slot.countOffset());
        if (count == 0) {
            column.appendNull();
        } else if (slot.state() == DataType.DOUBLE
                && slot.item().call().type() == DataType.DOUBLE) {
            column.appendDouble(Mem.getDouble(payload + slot.offset()) / count);
        } else {
            column.append(result(slot, payload));
        }
    }

    /// The result as the interpreter makes it from the state: division, rounding and overflow are
    /// decided in one place.
    private static @Nullable Object result(AggregateLayout.Slot slot, long payload) {
        Accumulator accumulator = slot.item().call().function().accumulator(slot.site());
        List<@Nullable Object> values = new ArrayList<>();
        values.add(decimal(slot.state(), payload + slot.offset()));
        if (slot.form() == NativeAggregate.AVG) {
            values.add(Mem.getLong(payload + slot.countOffset()));
        }
        accumulator.merge(values);
        return accumulator.result();
    }

    private static BigDecimal decimal(DataType type, long state) {
        BigInteger value =
                BigInteger.valueOf(Mem.getLong(state + 8))
                        .shiftLeft(64)
                        .or(new BigInteger(Long.toUnsignedString(Mem.getLong(state))));
        return new BigDecimal(value, ((DataType.Decimal) type).scale());
    }
}
