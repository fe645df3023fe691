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
    static Optional<JavaFunction> ofObject(Object object) {
        return switch (object) {
            case UDF0<?> f -> Optional.of(of(f));
            case UDF1<?, ?> f -> Optional.of(of(f));
            case UDF2<?, ?, ?> f -> Optional.of(of(f));
            case UDF3<?, ?, ?, ?> f -> Optional.of(of(f));
            case UDF4<?, ?, ?, ?, ?> f -> Optional.of(of(f));
            case UDF5<?, ?, ?, ?, ?, ?> f -> Optional.of(of(f));
            case UDF6<?, ?, ?, ?, ?, ?, ?> f -> Optional.of(of(f));
            case UDF7<?, ?, ?, ?, ?, ?, ?, ?> f -> Optional.of(of(f));
            case UDF8<?, ?, ?, ?, ?, ?, ?, ?, ?> f -> Optional.of(of(f));
            case UDF9<?, ?, ?, ?, ?, ?, ?, ?, ?, ?> f -> Optional.of(of(f));
            case UDF10<?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?> f -> Optional.of(of(f));
            default -> Optional.empty();
        };
    }

    static JavaFunction of(UDF0<?> function) {
        @SuppressWarnings("unchecked") // what it is given is checked by the call itself
        UDF0<@Nullable Object> f = (UDF0<@Nullable Object>) function;
        return new JavaFunction(0, a -> f.call());
    }

    static JavaFunction of(UDF1<?, ?> function) {
        @SuppressWarnings("unchecked") // what it is given is checked by the call itself
        UDF1<@Nullable Object, @Nullable Object> f =
                (UDF1<@Nullable Object, @Nullable Object>) function;
        return new JavaFunction(1, a -> f.call(a[0]));
    }

    static JavaFunction of(UDF2<?, ?, ?> function) {
        @SuppressWarnings("unchecked") // what it is given is checked by the call itself
        UDF2<@Nullable Object, @Nullable Object, @Nullable Object> f =
                (UDF2<@Nullable Object, @Nullable Object, @Nullable Object>) function;
        return new JavaFunction(2, a -> f.call(a[0], a[1]));
    }

    static JavaFunction of(UDF3<?, ?, ?, ?> function) {
        @SuppressWarnings("unchecked") // what it is given is checked by the call itself
        UDF3<@Nullable Object, @Nullable Object, @Nullable Object, @Nullable Object> f =
                (UDF3<@Nullable Object, @Nullable Object, @Nullable Object, @Nullable Object>)
                        function;
        return new JavaFunction(3, a -> f.call(a[0], a[1], a[2]));
    }

    static JavaFunction of(UDF4<?, ?, ?, ?, ?> function) {
        @SuppressWarnings("unchecked") // what it is given is checked by the call itself
        UDF4<
                        @Nullable Object,
                        @Nullable Object,
                        @Nullable Object,
                        @Nullable Object,
                        @Nullable Object>
                f =
                        (UDF4<
                                        @Nullable Object,
                                        @Nullable Object,
                                        @Nullable Object,
                                        @Nullable Object,
                                        @Nullable Object>)
                                function;
        return new JavaFunction(4, a -> f.call(a[0], a[1], a[2], a[3]));
    }

    static JavaFunction of(UDF5<?, ?, ?, ?, ?, ?> function) {
        @SuppressWarnings("unchecked") // what it is given is checked by the call itself
        UDF5<
                        @Nullable Object,
                        @Nullable Object,
                        @Nullable Object,
                        @Nullable Object,
                        @Nullable Object,
                        @Nullable Object>
                f =
                        (UDF5<
                                        @Nullable Object,
                                        @Nullable Object,
                                        @Nullable Object,
                                        @Nullable Object,
                                        @Nullable Object,
                                        @Nullable Object>)
                                function;
        return new JavaFunction(5, a -> f.call(a[0], a[1], a[2], a[3], a[4]));
    }

    static JavaFunction of(UDF6<?, ?, ?, ?, ?, ?, ?> function) {
        @SuppressWarnings("unchecked") // what it is given is checked by the call itself
        UDF6<
                        @Nullable Object,
                        @Nullable Object,
                        @Nullable Object,
                        @Nullable Object,
                        @Nullable Object,
                        @Nullable Object,
                        @Nullable Object>
                f =
                        (UDF6<
                                        @Nullable Object,
                                        @Nullable Object,
                                        @Nullable Object,
                                        @Nullable Object,
                                        @Nullable Object,
                                        @Nullable Object,
                                        @Nullable Object>)
                                function;
        return new JavaFunction(6, a -> f.call(a[0], a[1], a[2], a[3], a[4], a[5]));
    }

    static JavaFunction of(UDF7<?, ?, ?, ?, ?, ?, ?, ?> function) {
        @SuppressWarnings("unchecked") // what it is given is checked by the call itself
        UDF7<
                        @Nullable Object,
                        @Nullable Object,
                        @Nullable Object,
                        @Nullable Object,
                        @Nullable Object,
                        @Nullable Object,
                        @Nullable Object,
                        @Nullable Object>
                f =
                        (UDF7<
                                        @Nullable Object,
                                        @Nullable Object,
                                        @Nullable Object,
                                        @Nullable Object,
                                        @Nullable Object,
                                        @Nullable Object,
                                        @Nullable Object,
                                        @Nullable Object>)
                                function;
        return new JavaFunction(7, a -> f.call(a[0], a[1], a[2], a[3], a[4], a[5], a[6]));
    }

    static JavaFunction of(UDF8<?, ?, ?, ?, ?, ?, ?, ?, ?> function) {
        @SuppressWarnings("unchecked") // what it is given is checked by the call itself
        UDF8<
                        @Nullable Object,
                        @Nullable Object,
                        @Nullable Object,
                        @Nullable Object,
                        @Nullable Object,
                        @Nullable Object,
                        @Nullable Object,
                        @Nullable Object,
                        @Nullable Object>
                f =
                        (UDF8<
                                        @Nullable Object,
                                        @Nullable Object,
                                        @Nullable Object,
                                        @Nullable Object,
                                        @Nullable Object,
                                        @Nullable Object,
                                        @Nullable Object,
                                        @Nullable Object,
                                        @Nullable Object>)
                                function;
        return new JavaFunction(8, a -> f.call(a[0], a[1], a[2], a[3], a[4], a[5], a[6], a[7]));
    }

    static JavaFunction of(UDF9<?, ?, ?, ?, ?, ?, ?, ?, ?, ?> function) {
        @SuppressWarnings("unchecked") // what it is given is checked by the call itself
        UDF9<
                        @Nullable Object,
                        @Nullable Object,
                        @Nullable Object,
                        @Nullable Object,
                        @Nullable Object,
                        @Nullable Object,
                        @Nullable Object,
                        @Nullable Object,
                        @Nullable Object,
                        @Nullable Object>
                f =
                        (UDF9<
                                        @Nullable Object,
                                        @Nullable Object,
                                        @Nullable Object,
                                        @Nullable Object,
                                        @Nullable Object,
                                        @Nullable Object,
                                        @Nullable Object,
                                        @Nullable Object,
                                        @Nullable Object,
                                        @Nullable Object>)
                                function;
        return new JavaFunction(
                9, a -> f.call(a[0], a[1], a[2], a[3], a[4], a[5], a[6], a[7], a[8]));
    }

    static JavaFunction of(UDF10<?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?> function) {
        @SuppressWarnings("unchecked") // what it is given is checked by the call itself
        UDF10<
                        @Nullable Object,
                        @Nullable Object,
                        @Nullable Object,
                        @Nullable Object,
                        @Nullable Object,
                        @Nullable Object,
                        @Nullable Object,
                        @Nullable Object,
                        @Nullable Object,
                        @Nullable Object,
                        @Nullable Object>
                f =
                        (UDF10<
                                        @Nullable Object,
                                        @Nullable Object,
                                        @Nullable Object,
                                        @Nullable Object,
                                        @Nullable Object,
                                        @Nullable Object,
                                        @Nullable Object,
                                        @Nullable Object,
                                        @Nullable Object,
                                        @Nullable Object,
                                        @Nullable Object>)
                                function;
        return new JavaFunction(
                10, a -> f.call(a[0], a[1], a[2], a[3], a[4], a[5], a[6], a[7], a[8], a[9]));
    }
}
