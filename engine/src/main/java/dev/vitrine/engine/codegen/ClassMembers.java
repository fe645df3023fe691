package dev.vitrine.engine.codegen;

import java.util.ArrayList;
import java.util.List;

/// Fields and methods of the class being written, collected while its expressions are.
final class ClassMembers {
    private final List<String> fields = new ArrayList<>();
    private final List<String> inits = new ArrayList<>();
    private final List<JavaSource> methods = new ArrayList<>();

    /// @param declaration type and name
    void field(String declaration) {
        fields.add("private " + declaration + ";");
    }

    /// A field that is assigned once, when the instance is linked: constructors are not split, and
    /// thousands of initializers would not fit one.
    void field(String type, String name, String value) {
        field(type + " " + name);
        inits.add(name + " = " + value + ";");
    }

    void method(JavaSource method) {
        methods.add(method);
    }

    List<String> fields() {
        return fields;
    }

    /// Statements for the class's `init`.
    List<String> inits() {
        return inits;
    }

    List<JavaSource> methods() {
        return methods;
    }
}
