package dev.vitrine.engine.operator;

import dev.vitrine.engine.batch.Batch;
import dev.vitrine.engine.batch.BatchBuilder;
import dev.vitrine.engine.batch.ColumnBuilder;
import dev.vitrine.engine.batch.Mem;
import dev.vitrine.engine.codegen.AggregateLayout;
import dev.vitrine.engine.expr.Accumulator;
import dev.vitrine.engine.expr.EvalMode;
import dev.vitrine.engine.expr.NativeAggregate;
import dev.vitrine.engine.kernel.KeyLayout;
import dev.vitrine.engine.kernel.KeyTable;
import dev.vitrine.engine.kernel.WideDecimal;
import dev.vitrine.engine.physical.PhysicalPlan;
import dev.vitrine.engine.physical.PhysicalPlan.AggregateMode;
import dev.vitrine.engine.types.DataType;
import dev.vitrine.engine.types.Schema;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Hands up the groups of a compiled aggregate: keys and states, or keys and results.
final class GroupOutput {
    /// A decimal of more digits holds every 64-bit number.
    private static final int MAX_LONG_DIGITS = 18;

    /// Rows of a batch: few enough that long strings do not make it too large.
    private static final int MAX_ROWS = 1 << 14;

    /// Rows of a batch made while memory is short.
    private static final int FEW_ROWS = 1 << 12;

    private static final int TEXTS_AT_ONCE = 1024;

    private GroupOutput() {}

    static void emit(
            AggregateLayout layout,
            KeyTable groups,
            PhysicalPlan plan,
            TaskContext context,
            Operator above) {
        context.metrics().entering(plan.id());
        boolean states = layout.mode() == AggregateMode.PARTIAL;
        emit(
                layout,
                states,
                groups,
                plan.schema(),
                MAX_ROWS,
                context,
                batch -> {
                    context.metrics().gave(plan.id(), batch.rowCount());
                    above.accept(batch);
                    context.metrics().entering(plan.id());
                });
    }

    /// Hands out keys and states, whatever the aggregate gives in the end.
    ///
    /// @param schema of the rows that the aggregate's partial half gives
    static void emitStates(
            AggregateLayout layout,
            KeyTable groups,
            Schema schema,
            TaskContext context,
            Consumer<Batch> to) {
        emit(layout, true, groups, schema, FEW_ROWS, context, to);
    }

    private static void emit(
            AggregateLayout layout,
            boolean states,
            KeyTable groups,
            Schema schema,
            int maxRows,
            TaskContext context,
            Consumer<Batch> to) {
        int step = Math.min(context.batchRows(), maxRows);
        try (BatchBuilder builder =
                new BatchBuilder(
                        schema, context.allocator(), Math.min(step, Math.max(groups.size(), 1)))) {
            GroupValues values = new GroupValues(states, context);
            int count;
            for (int from = 0; from < groups.size(); from += count) {
                context.check();
                count = values.fitting(layout, groups, from, Math.min(step, groups.run(from)));
                emitRows(layout, states, groups, values, from, count, builder);
                try (Batch batch = builder.build(count)) {
                    to.accept(batch);
                }
            }
        }
    }

    private static void emitRows(
            AggregateLayout layout,
            boolean states,
            KeyTable groups,
            GroupValues values,
            int from,
            int count,
            BatchBuilder builder) {
        int keys = layout.keys().types().size();
        long nulls = 0;
        for (int entry = from; entry < from + count; entry++) {
            nulls |= Mem.getLong(groups.key(entry));
        }
        for (int i = 0; i < keys; i++) {
            emitKeys(layout, i, nulls, groups, from, count, builder.column(i));
        }
        int at = keys;
        for (int i = 0; i < layout.items().size(); i++) {
            AggregateLayout.Slot slot = layout.items().get(i);
            ColumnBuilder column = builder.column(at++);
            long first = groups.payload(from);
            switch (slot.form()) {
                case COUNT -> column.appendStrided(first + slot.offset(), groups.stride(), count);
                case MIN, MAX, SUM -> emitSeen(slot, i, states, groups, from, count, column);
                case AVG -> {
                    if (states) {
                        emitSums(slot, groups, from, count, column);
                        builder.column(at++)
                                .appendStrided(first + slot.countOffset(), groups.stride(), count);
                    } else {
                        WideDecimal mean = new WideDecimal();
                        for (int entry = from; entry < from + count; entry++) {
                            emitAverage(slot, groups.payload(entry), mean, column);
                        }
                    }
                }
                case MOMENTS, MOMENTS_4, PAIRS -> {
                    if (states) {
                        int words = slot.form().words();
                        for (int w = 0; w < words; w++) {
                            ColumnBuilder part = w == 0 ? column : builder.column(at++);
                            part.appendStrided(
                                    first + slot.offset() + 8L * w, groups.stride(), count);
                        }
                    } else {
                        for (int entry = from; entry < from + count; entry++) {
                            column.append(moments(slot, groups.payload(entry)));
                        }
                    }
                }
                case VALUES -> {
                    for (int entry = from; entry < from + count; entry++) {
                        values.emit(slot, groups.payload(entry) + slot.offset(), column);
                    }
                }
                case NONE ->
                        throw dev.vitrine.engine.error.EngineException.internal(
                                "an aggregate without a native form was compiled");
            }
        }
    }

    private static void emitKeys(
            AggregateLayout layout,
            int index,
            long nulls,
            KeyTable groups,
            int from,
            int count,
            ColumnBuilder column) {
        DataType type = layout.keys().types().get(index);
        int offset = layout.keys().offset(index);
        if ((nulls >>> index & 1) == 0 && ColumnBuilder.width(type) > 0) {
            column.appendStrided(groups.key(from) + offset, groups.stride(), count);
            return;
        }
        if (layout.keys().isString(index)) {
            emitTexts(index, groups.key(from), groups.stride(), offset, count, column);
            return;
        }
        for (int entry = from; entry < from + count; entry++) {
            long key = groups.key(entry);
            if ((Mem.getLong(key) >>> index & 1) != 0) {
                column.appendNull();
            } else {
                emitValue(type, key + offset, true, column);
            }
        }
    }

    private static void emitTexts(
            int index, long firstKey, long stride, int offset, int count, ColumnBuilder column) {
        long[] addresses = new long[Math.min(count, TEXTS_AT_ONCE)];
        int[] lengths = new int[addresses.length];
        for (int from = 0; from < count; from += addresses.length) {
            int n = Math.min(addresses.length, count - from);
            for (int i = 0; i < n; i++) {
                long key = firstKey + (from + i) * stride;
                boolean isNull = (Mem.getLong(key) >>> index & 1) != 0;
                addresses[i] = KeyTable.stringAddress(key + offset);
                lengths[i] = isNull ? -1 : KeyTable.stringLength(key + offset);
            }
            column.appendTexts(addresses, lengths, n);
        }
    }

    /// @param inKey floats in keys are as they are, those in states are doubles; strings are of
    ///   states, address and length
    private static void emitValue(DataType type, long slot, boolean inKey, ColumnBuilder column) {
        switch (type) {
            case DataType.Simple.STRING, DataType.Simple.BINARY ->
                    column.appendBytes(Mem.getLong(slot), (int) Mem.getLong(slot + 8));
            case DataType.Simple.BOOLEAN -> column.appendBoolean(Mem.getLong(slot) != 0);
            case DataType.Simple.FLOAT -> {
                if (inKey) {
                    column.appendStrided(slot, 0, 1);
                } else {
                    column.appendFloat((float) Mem.getDouble(slot));
                }
            }
            // Both words of a wide decimal, as a column holds them.
            default -> column.appendStrided(slot, 0, 1);
        }
    }

    /// A smallest or largest value or a sum, NULL where no value was seen.
    private static void emitSeen(
            AggregateLayout.Slot slot,
            int item,
            boolean states,
            KeyTable groups,
            int from,
            int count,
            ColumnBuilder column) {
        boolean sum = slot.form() == NativeAggregate.SUM;
        boolean finished = sum && !states && slot.state() instanceof DataType.Decimal;
        int word = AggregateLayout.seenOffset(item);
        long bit = AggregateLayout.seenBit(item);
        long seen = -1;
        for (int entry = from; entry < from + count; entry++) {
            seen &= Mem.getLong(groups.payload(entry) + word);
        }
        if ((seen & bit) != 0 && sum && !finished) {
            emitSums(slot, groups, from, count, column);
            return;
        }
        for (int entry = from; entry < from + count; entry++) {
            long payload = groups.payload(entry);
            if ((Mem.getLong(payload + word) & bit) == 0) {
                column.appendNull();
            } else if (finished) {
                emitDecimalSum(slot, payload, column);
            } else if (sum) {
                emitSum(slot.state(), payload + slot.offset(), column);
            } else {
                emitValue(slot.state(), payload + slot.offset(), false, column);
            }
        }
    }

    private static void emitSums(
            AggregateLayout.Slot slot, KeyTable groups, int from, int count, ColumnBuilder column) {
        if (slot.state() instanceof DataType.Decimal && ColumnBuilder.width(slot.state()) == 8) {
            for (int entry = from; entry < from + count; entry++) {
                emitSum(slot.state(), groups.payload(entry) + slot.offset(), column);
            }
        } else {
            column.appendStrided(groups.payload(from) + slot.offset(), groups.stride(), count);
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

    private static void emitAverage(
            AggregateLayout.Slot slot, long payload, WideDecimal mean, ColumnBuilder column) {
        long count = Mem.getLong(payload + slot.countOffset());
        if (count == 0) {
            column.appendNull();
        } else if (slot.state() == DataType.DOUBLE
                && slot.item().call().type() == DataType.DOUBLE) {
            column.appendDouble(Mem.getDouble(payload + slot.offset()) / count);
        } else if (slot.state() instanceof DataType.Decimal sum
                && slot.item().call().type() instanceof DataType.Decimal type
                && slot.site().mode() == EvalMode.ANSI) {
            long high = Mem.getLong(payload + slot.offset() + 8);
            long low = Mem.getLong(payload + slot.offset());
            int up = type.scale() - sum.scale();
            mean.divide(high, low, 0, count, up, type.precision(), type.scale());
            if (KeyLayout.isWide(type)) {
                column.appendDecimal(mean.high, mean.low);
            } else {
                column.appendUnscaled(mean.low);
            }
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

    private static @Nullable Object moments(AggregateLayout.Slot slot, long payload) {
        Accumulator accumulator = slot.item().call().function().accumulator(slot.site());
        List<@Nullable Object> values = new ArrayList<>();
        for (int w = 0; w < slot.form().words(); w++) {
            values.add(Mem.getDouble(payload + slot.offset() + 8L * w));
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
