package dev.vitrine.engine.api;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A [UDF0] to [UDF10] as a function of an array.
///
/// @param arity number of arguments
record JavaFunction(int arity, Body body) {

    @FunctionalInterface
    interface Body {
        @Nullable Object call(@Nullable Object[] args) throws Exception;
    }

    /// The function that an object is, if it is one.
    @SuppressWarnings({"rawtypes", "unchecked"}) // what it is given is checked by the call itself
    static Optional<JavaFunction> of(Object object) {
        return switch (object) {
            case UDF0 f -> Optional.of(new JavaFunction(0, a -> f.call()));
            case UDF1 f -> Optional.of(new JavaFunction(1, a -> f.call(a[0])));
            case UDF2 f -> Optional.of(new JavaFunction(2, a -> f.call(a[0], a[1])));
            case UDF3 f -> Optional.of(new JavaFunction(3, a -> f.call(a[0], a[1], a[2])));
            case UDF4 f -> Optional.of(new JavaFunction(4, a -> f.call(a[0], a[1], a[2], a[3])));
            case UDF5 f ->
                    Optional.of(new JavaFunction(5, a -> f.call(a[0], a[1], a[2], a[3], a[4])));
            case UDF6 f ->
                    Optional.of(
                            new JavaFunction(6, a -> f.call(a[0], a[1], a[2], a[3], a[4], a[5])));
            case UDF7 f ->
                    Optional.of(
                            new JavaFunction(
                                    7, a -> f.call(a[0], a[1], a[2], a[3], a[4], a[5], a[6])));
            case UDF8 f ->
                    Optional.of(
                            new JavaFunction(
                                    8,
                                    a -> f.call(a[0], a[1], a[2], a[3], a[4], a[5], a[6], a[7])));
            case UDF9 f ->
                    Optional.of(
                            new JavaFunction(
                                    9,
                                    a ->
                                            f.call(
                                                    a[0], a[1], a[2], a[3], a[4], a[5], a[6], a[7],
                                                    a[8])));
            case UDF10 f ->
                    Optional.of(
                            new JavaFunction(
                                    10,
                                    a ->
                                            f.call(
                                                    a[0], a[1], a[2], a[3], a[4], a[5], a[6], a[7],
                                                    a[8], a[9])));
            default -> Optional.empty();
        };
    }
}
