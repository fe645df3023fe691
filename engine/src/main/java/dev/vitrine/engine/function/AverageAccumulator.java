package dev.vitrine.engine.function;

import dev.vitrine.engine.expr.Accumulator;
import dev.vitrine.engine.expr.CallSite;
import dev.vitrine.engine.types.DataType;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// avg: a sum and a count, divided at the end.
final class AverageAccumulator implements Accumulator {
    private final CallSite site;
    private final boolean decimal;
    private BigDecimal exact = BigDecimal.ZERO;
    private double sum;
    private long count;

    AverageAccumulator(CallSite site, DataType sumType) {
        this.site = site;
        this.decimal = sumType instanceof DataType.Decimal;
    }

    @Override
    public void add(@Nullable Object[] args) {
        take(args[0], 1);
    }

    @Override
    public List<@Nullable Object> state() {
        return Arrays.asList(decimal ? exact : (Object) sum, count);
    }

    @Override
    public void merge(List<@Nullable Object> state) {
        take(state.get(0), state.get(1) instanceof Long n ? n : 0);
    }

    private void take(@Nullable Object value, long rows) {
        if (value instanceof BigDecimal d) {
            exact = exact.add(d);
            count += rows;
        } else if (value instanceof Number n) {
            sum += n.doubleValue();
            count += rows;
        }
    }

    @Override
    public @Nullable Object result() {
        if (count == 0) {
            return null;
        }
        if (site.type() instanceof DataType.Decimal type) {
            BigDecimal mean =
                    exact.divide(BigDecimal.valueOf(count), type.scale(), RoundingMode.HALF_UP);
            return NumberOperations.fit(mean, type, site.mode());
        }
        return sum / count;
    }
}
