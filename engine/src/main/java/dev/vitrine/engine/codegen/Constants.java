package dev.vitrine.engine.codegen;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/// The values that generated code gets from outside, so that classes of one shape differ in them
/// alone: field `k0`, `k1` … in order. Each is made anew for every instance.
final class Constants {
    private final List<Supplier<Object>> values = new ArrayList<>();
    private final List<String> fields = new ArrayList<>();
    private final List<String> inits = new ArrayList<>();

    /// A field of a primitive kind.
    String primitive(JavaKind kind, Object boxed) {
        String name = "k" + values.size();
        String wrapper =
                switch (kind) {
                    case BOOLEAN -> "Boolean";
                    case INT -> "Integer";
                    case LONG -> "Long";
                    case FLOAT -> "Float";
                    case DOUBLE -> "Double";
                    case STRING, WIDE -> throw new IllegalArgumentException("no primitive");
                };
        fields.add("private " + kind.javaType() + " " + name + ";");
        inits.add(
                name
                        + " = (("
                        + wrapper
                        + ") constants["
                        + values.size()
                        + "])."
                        + kind.javaType()
                        + "Value();");
        values.add(() -> boxed);
        return name;
    }

    /// A field of type `javaType` for the object that `make` gives.
    String object(String javaType, Supplier<Object> make) {
        String name = "k" + values.size();
        fields.add("private " + javaType + " " + name + ";");
        inits.add(name + " = (" + javaType + ") constants[" + values.size() + "];");
        values.add(make);
        return name;
    }

    /// A field for a constant string or binary.
    String string(byte[] bytes) {
        String name = "k" + values.size();
        fields.add("private StringRef " + name + ";");
        inits.add(name + " = new StringRef();");
        inits.add("constant((byte[]) constants[" + values.size() + "], " + name + ");");
        values.add(() -> bytes);
        return name;
    }

    List<String> fields() {
        return fields;
    }

    List<String> inits() {
        return inits;
    }

    Object[] make() {
        return values.stream().map(Supplier::get).toArray();
    }
}
