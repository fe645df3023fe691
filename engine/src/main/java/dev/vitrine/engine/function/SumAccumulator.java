package dev.vitrine.engine.function;

import dev.vitrine.engine.expr.Accumulator;
import dev.vitrine.engine.expr.CallSite;
import dev.vitrine.engine.expr.EvalMode;
import dev.vitrine.engine.types.DataType;
import java.math.BigDecimal;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// sum, in the result's type from the first value on.
final class SumAccumulator implements Accumulator {
    private final CallSite site;
    private @Nullable Object sum;
    private boolean overflowed;

    SumAccumulator(CallSite site) {
        this.site = site;
    }

    @Override
    public void add(@Nullable Object[] args) {
        take(args[0]);
    }

    @Override
    public List<@Nullable Object> state() {
        // A decimal too long for its type might not fit a column either.
        return Collections.singletonList(site.mode() == EvalMode.ANSI ? result() : sum);
    }

    @Override
    public void merge(List<@Nullable Object> state) {
        take(state.getFirst());
    }

    private void take(@Nullable Object value) {
        if (value == null || overflowed) {
            return;
        }
        Object before = sum;
        sum =
                switch (site.type()) {
                    case DataType.Simple.DOUBLE ->
                            (before == null ? 0.0 : (Double) before)
                                    + ((Number) value).doubleValue();
                    case DataType.Decimal d -> {
                        BigDecimal addend = (BigDecimal) value;
                        yield before == null ? addend : ((BigDecimal) before).add(addend);
                    }
                    case DataType.YearMonthInterval i ->
                            Math.addExact(before == null ? 0 : (Integer) before, (Integer) value);
                    default ->
                            add(before == null ? 0 : (Long) before, ((Number) value).longValue());
                };
    }

    private @Nullable Object add(long a, long b) {
        long result = a + b;
        if (((a ^ result) & (b ^ result)) < 0 && site.mode() != EvalMode.LEGACY) {
            if (site.mode() == EvalMode.ANSI) {
                throw NumberOperations.overflow("long overflow");
            }
            overflowed = true;
            return null;
        }
        return result;
    }

    @Override
    public @Nullable Object result() {
        return sum instanceof BigDecimal d && site.type() instanceof DataType.Decimal type
                ? NumberOperations.fit(d, type, site.mode())
                : sum;
    }
}
