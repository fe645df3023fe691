package dev.vitrine.engine.api;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// A [UDF0] to [UDF10] as a function of an array.
///
/// @param arity number of arguments
record JavaFunction(int arity, Body body) {

    @FunctionalInterface
    interface Body {
        @Nullable Object call(@Nullable Object[] args) throws Exception;
    }

    /// The interfaces, each at the place of its number of arguments.
    private static final List<Class<?>> INTERFACES =
            List.of(
                    UDF0.class,
                    UDF1.class,
                    UDF2.class,
                    UDF3.class,
                    UDF4.class,
                    UDF5.class,
                    UDF6.class,
                    UDF7.class,
                    UDF8.class,
                    UDF9.class,
                    UDF10.class);

    /// The function that objects of a class are, if they are one; the object is made when the
    /// function is first called.
    static Optional<JavaFunction> of(Class<?> type, Supplier<Object> object) {
        for (int arity = 0; arity < INTERFACES.size(); arity++) {
            if (INTERFACES.get(arity).isAssignableFrom(type)) {
                return Optional.of(
                        new JavaFunction(
                                arity, args -> of(object.get()).orElseThrow().body.call(args)));
            }
        }
        return Optional.empty();
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
