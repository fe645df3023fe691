package dev.vitrine.engine.api;

import dev.vitrine.engine.expr.BatchFunction;
import dev.vitrine.engine.expr.CallSite;
import dev.vitrine.engine.expr.Expr;
import dev.vitrine.engine.rdd.UserCode;
import dev.vitrine.engine.types.DataType;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A call of a [VectorUdf] from a plan.
record UserVectorFunction(
        String name, VectorUdf function, boolean deterministic, boolean canGiveNull)
        implements BatchFunction {
    @Override
    public boolean nullPropagating() {
        return false;
    }

    @Override
    public boolean nullable(List<Expr> args) {
        return canGiveNull;
    }

    @Override
    public boolean canFail(CallSite site) {
        return true;
    }

    @Override
    public @Nullable Object evaluate(@Nullable Object[] args, CallSite site) {
        return evaluateAll(Collections.singletonList(args), site).getFirst();
    }

    @Override
    public List<@Nullable Object> evaluateAll(List<@Nullable Object[]> rows, CallSite site) {
        List<ColumnView> columns = new ArrayList<>();
        for (int c = 0; c < site.argTypes().size(); c++) {
            DataType type = site.argTypes().get(c);
            @Nullable Object[] values = new @Nullable Object[rows.size()];
            for (int i = 0; i < values.length; i++) {
                values[i] = JavaValues.toJava(rows.get(i)[c], type);
            }
            columns.add(new ColumnView(values));
        }
        return UserCode.of(name, site)
                .call(
                        () -> "a batch of " + rows.size() + " rows",
                        () -> {
                            List<@Nullable Object> results = new ArrayList<>(rows.size());
                            function.call(
                                    columns,
                                    rows.size(),
                                    value ->
                                            results.add(
                                                    UserFunction.checked(
                                                            value, canGiveNull, site)));
                            if (results.size() != rows.size()) {
                                throw new IllegalStateException(
                                        "it gave " + results.size() + " values");
                            }
                            return results;
                        });
    }
}
