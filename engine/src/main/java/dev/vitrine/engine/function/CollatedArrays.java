package dev.vitrine.engine.function;

import dev.vitrine.engine.expr.CallSite;
import dev.vitrine.engine.expr.ScalarFunction;
import dev.vitrine.engine.types.DataType;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Arrays as sets, of elements with collations: of equal ones the first counts.
///
/// @param name of the function of plain arrays
/// @param of the arrays' type with its collations
record CollatedArrays(String name, DataType of) implements ScalarFunction {
    @Override
    public @Nullable Object evaluate(@Nullable Object[] args, CallSite site) {
        List<?> first = (List<?>) args[0];
        List<@Nullable Object> result = new ArrayList<>();
        if (first == null) {
            return result;
        }
        List<?> second = args.length > 1 && args[1] instanceof List<?> list ? list : List.of();
        Set<@Nullable Object> seen = new HashSet<>();
        Set<@Nullable Object> others = new HashSet<>(keys(second));
        for (Object item : first) {
            Object key = key(item);
            boolean wanted =
                    switch (name) {
                        case "array_intersect" -> others.contains(key);
                        case "array_except" -> !others.contains(key);
                        default -> true;
                    };
            if (wanted && seen.add(key)) {
                result.add(item);
            }
        }
        if (name.equals("array_union")) {
            for (Object item : second) {
                if (seen.add(key(item))) {
                    result.add(item);
                }
            }
        }
        return result;
    }

    private List<@Nullable Object> keys(List<?> items) {
        List<@Nullable Object> keys = new ArrayList<>();
        items.forEach(item -> keys.add(key(item)));
        return keys;
    }

    private @Nullable Object key(@Nullable Object item) {
        return CollatedFunctions.key(item, ((DataType.Array) of).element());
    }
}
