package dev.vitrine.engine.function;

import dev.vitrine.engine.error.EngineException;
import dev.vitrine.engine.error.ErrorCode;
import dev.vitrine.engine.expr.Accumulator;
import dev.vitrine.engine.expr.AggregateFunction;
import dev.vitrine.engine.expr.CallSite;
import dev.vitrine.engine.types.DataType;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The value of the only row of a group; a second row is the error of a scalar subquery with more
/// than one. Made by the optimizer, unknown to users.
public final class SingleValue implements AggregateFunction {
    public static final SingleValue INSTANCE = new SingleValue();

    private SingleValue() {}

    @Override
    public String name() {
        return "single_value";
    }

    @Override
    public List<DataType> stateTypes(CallSite site) {
        return List.of(DataType.BIGINT, site.type());
    }

    @Override
    public Accumulator accumulator(CallSite site) {
        return new Accumulator() {
            private long rows;
            private @Nullable Object value;

            @Override
            public void add(@Nullable Object[] args) {
                rows++;
                value = args[0];
                check();
            }

            @Override
            public List<@Nullable Object> state() {
                return Arrays.asList(rows, value);
            }

            @Override
            public void merge(List<@Nullable Object> state) {
                Object count = state.get(0);
                if (count instanceof Long more && more > 0) {
                    rows += more;
                    value = state.get(1);
                    check();
                }
            }

            @Override
            public @Nullable Object result() {
                return value;
            }

            private void check() {
                if (rows > 1) {
                    throw new EngineException(ErrorCode.SCALAR_SUBQUERY_TOO_MANY_ROWS, Map.of());
                }
            }
        };
    }
}
