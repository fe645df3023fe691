package dev.vitrine.engine.rdd;

import dev.vitrine.engine.error.EngineException;
import dev.vitrine.engine.error.ErrorCode;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// The components of a record, or the properties of a bean sorted by name.
record ProductShape(Class<?> product, List<Component> components) {

    /// @param setter of a bean; a record's components go to its constructor
    record Component(String name, Type type, Method getter, Optional<Method> setter) {}

    static ProductShape ofRecord(Class<?> type) {
        List<Component> components = new ArrayList<>();
        for (RecordComponent c : type.getRecordComponents()) {
            components.add(
                    new Component(
                            c.getName(), c.getGenericType(), c.getAccessor(), Optional.empty()));
        }
        return new ProductShape(type, components);
    }

    /// The properties that have both `getX`, or `isX`, and `setX`.
    ///
    /// @throws EngineException ENCODER_NOT_FOUND where there are none, or no constructor without
    ///   parameters
    static ProductShape ofBean(Class<?> type) {
        List<Component> components = new ArrayList<>();
        for (Method getter : type.getMethods()) {
            String name = getter.getName();
            int prefix = name.startsWith("get") ? 3 : name.startsWith("is") ? 2 : 0;
            if (prefix == 0
                    || name.length() == prefix
                    || getter.getParameterCount() > 0
                    || Modifier.isStatic(getter.getModifiers())) {
                continue;
            }
            String rest = name.substring(prefix);
            Arrays.stream(type.getMethods())
                    .filter(m ->
                            m.getName().equals("set" + rest)
                                    && m.getParameterCount() == 1
                                    && m.getParameterTypes()[0] == getter.getReturnType())
                    .findFirst()
                    .ifPresent(setter ->
                            components.add(
                                    new Component(
                                            rest.substring(0, 1).toLowerCase(Locale.ROOT)
                                                    + rest.substring(1),
                                            getter.getGenericReturnType(),
                                            getter,
                                            Optional.of(setter))));
        }
        boolean makeable =
                Arrays.stream(type.getDeclaredConstructors())
                        .anyMatch(c -> c.getParameterCount() == 0);
        if (components.isEmpty() || !makeable) {
            throw new EngineException(
                    ErrorCode.ENCODER_NOT_FOUND, Map.of("typeName", type.getName()));
        }
        components.sort(Comparator.comparing(Component::name));
        return new ProductShape(type, components);
    }

    boolean isRecord() {
        return product.isRecord();
    }

    /// Whether code of another package may use the class.
    boolean isPublic() {
        boolean open = true;
        for (Class<?> c = product; c != null; c = c.getEnclosingClass()) {
            open &= Modifier.isPublic(c.getModifiers());
        }
        return open
                && !product.getModule().isNamed()
                && components.stream()
                        .allMatch(c ->
                                Modifier.isPublic(c.getter().getModifiers())
                                        && isPublic(c.getter().getReturnType()));
    }

    private static boolean isPublic(Class<?> type) {
        boolean open = true;
        for (Class<?> c = type; c != null; c = c.getEnclosingClass()) {
            open &= Modifier.isPublic(c.getModifiers());
        }
        return open;
    }
}
