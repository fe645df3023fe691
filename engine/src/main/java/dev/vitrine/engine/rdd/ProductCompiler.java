package dev.vitrine.engine.rdd;

import dev.vitrine.engine.error.EngineException;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.AccessibleObject;
import java.lang.reflect.Constructor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.codehaus.janino.SimpleCompiler;
import org.jspecify.annotations.Nullable;

/// Makes the code for one record or bean class: Java compiled by Janino, one class for each, kept
/// for as long as the record's; classes that are not public are reached by method handles.
final class ProductCompiler {
    private static final String PACKAGE = "dev.vitrine.generated";

    private static final ClassValue<Constructor<?>> COMPILED =
            new ClassValue<>() {
                @Override
                protected Constructor<?> computeValue(Class<?> type) {
                    return compile(
                            type.isRecord()
                                    ? ProductShape.ofRecord(type)
                                    : ProductShape.ofBean(type));
                }
            };

    private ProductCompiler() {}

    static ProductCode code(ProductShape shape, List<ValueCodec> codecs) {
        if (!shape.isPublic() || !sees(shape.product())) {
            return new Reflected(shape, codecs);
        }
        try {
            return (ProductCode)
                    COMPILED.get(shape.product())
                            .newInstance(codecs, shape.product().getSimpleName());
        } catch (ReflectiveOperationException e) {
            throw EngineException.internal("a generated encoder could not be made", e);
        }
    }

    /// Whether a class beside `type` would find the engine's.
    private static boolean sees(Class<?> type) {
        try {
            ClassLoader loader = type.getClassLoader();
            return loader != null
                    && Class.forName(ProductCode.class.getName(), false, loader)
                            == ProductCode.class;
        } catch (ClassNotFoundException e) {
            return false;
        }
    }

    private static Constructor<?> compile(ProductShape shape) {
        String name = shape.product().getSimpleName() + "Code";
        try {
            SimpleCompiler compiler = new SimpleCompiler();
            compiler.setParentClassLoader(shape.product().getClassLoader());
            compiler.cook(name + ".java", source(shape, name));
            return compiler.getClassLoader()
                    .loadClass(PACKAGE + "." + name)
                    .getConstructor(Object.class, String.class);
        } catch (Exception e) {
            throw EngineException.internal("the encoder of " + shape.product(), e);
        }
    }

    /// The text of the class.
    static String source(ProductShape shape, String name) {
        String type = shape.product().getCanonicalName();
        List<String> out = new ArrayList<>();
        out.add("package " + PACKAGE + ";");
        out.add("");
        out.add("// Objects of " + type);
        out.add(
                "public final class "
                        + name
                        + " extends "
                        + ProductCode.class.getCanonicalName()
                        + " {");
        out.add("public " + name + "(Object codecs, String typeName) {");
        out.add("super(codecs, typeName);");
        out.add("}");
        out.add("protected Object make(Object[] columns) throws Exception {");
        List<String> values = new ArrayList<>();
        for (int i = 0; i < shape.components().size(); i++) {
            Class<?> component = shape.components().get(i).getter().getReturnType();
            values.add(cast(component, "java(" + i + ", columns[" + i + "])"));
        }
        if (shape.isRecord()) {
            out.add("return new " + type + "(" + String.join(", ", values) + ");");
        } else {
            out.add(type + " made = new " + type + "();");
            for (int i = 0; i < values.size(); i++) {
                String setter = shape.components().get(i).setter().orElseThrow().getName();
                out.add("made." + setter + "(" + values.get(i) + ");");
            }
            out.add("return made;");
        }
        out.add("}");
        out.add("protected Object[] values(Object object) throws Exception {");
        out.add(type + " given = (" + type + ") object;");
        out.add("Object[] columns = new Object[" + values.size() + "];");
        for (int i = 0; i < values.size(); i++) {
            ProductShape.Component component = shape.components().get(i);
            String value = "given." + component.getter().getName() + "()";
            Class<?> returned = component.getter().getReturnType();
            String boxed =
                    returned.isPrimitive()
                            ? boxOf(returned) + ".valueOf(" + value + ")"
                            : "(Object) " + value;
            out.add("columns[" + i + "] = engine(" + i + ", " + boxed + ");");
        }
        out.add("return columns;");
        out.add("}");
        out.add("}");
        return String.join("\n", out);
    }

    private static String cast(Class<?> type, String value) {
        return type.isPrimitive()
                ? "((" + boxOf(type) + ") " + value + ")." + type.getName() + "Value()"
                : "(" + type.getCanonicalName() + ") " + value;
    }

    private static String boxOf(Class<?> primitive) {
        return java.lang.invoke.MethodType.methodType(primitive)
                .wrap()
                .returnType()
                .getSimpleName();
    }

    /// The same by method handles.
    private static final class Reflected extends ProductCode {
        private final MethodHandle constructor;
        private final List<MethodHandle> getters = new ArrayList<>();
        private final List<MethodHandle> setters = new ArrayList<>();

        Reflected(ProductShape shape, List<ValueCodec> codecs) {
            super(codecs, shape.product().getSimpleName());
            try {
                MethodHandles.Lookup lookup = MethodHandles.lookup();
                Class<?>[] parameters =
                        shape.isRecord()
                                ? Arrays.stream(shape.product().getRecordComponents())
                                        .map(java.lang.reflect.RecordComponent::getType)
                                        .toArray(Class[]::new)
                                : new Class<?>[0];
                Constructor<?> found = shape.product().getDeclaredConstructor(parameters);
                open(found);
                this.constructor =
                        lookup.unreflectConstructor(found)
                                .asSpreader(Object[].class, parameters.length);
                for (ProductShape.Component component : shape.components()) {
                    open(component.getter());
                    getters.add(lookup.unreflect(component.getter()));
                    if (component.setter().isPresent()) {
                        open(component.setter().get());
                        setters.add(lookup.unreflect(component.setter().get()));
                    }
                }
            } catch (ReflectiveOperationException e) {
                throw EngineException.internal("the class " + shape.product(), e);
            }
        }

        private static void open(AccessibleObject member) {
            member.setAccessible(true);
        }

        @Override
        boolean compiled() {
            return false;
        }

        @Override
        protected Object make(@Nullable Object[] columns) throws Exception {
            @Nullable Object[] values = new @Nullable Object[size()];
            for (int i = 0; i < values.length; i++) {
                values[i] = java(i, columns[i]);
            }
            try {
                if (setters.isEmpty()) {
                    return constructor.invoke(values);
                }
                Object made = constructor.invoke(new Object[0]);
                for (int i = 0; i < values.length; i++) {
                    setters.get(i).invoke(made, values[i]);
                }
                return made;
            } catch (Throwable e) {
                throw asException(e);
            }
        }

        @Override
        protected @Nullable Object[] values(Object object) throws Exception {
            @Nullable Object[] columns = new @Nullable Object[size()];
            try {
                for (int i = 0; i < columns.length; i++) {
                    columns[i] = engine(i, getters.get(i).invoke(object));
                }
            } catch (Throwable e) {
                throw asException(e);
            }
            return columns;
        }

        private static Exception asException(Throwable e) {
            if (e instanceof Error error) {
                throw error;
            }
            return (Exception) e;
        }
    }
}
