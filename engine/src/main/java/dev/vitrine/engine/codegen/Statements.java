package dev.vitrine.engine.codegen;

import java.util.ArrayList;
import java.util.List;

/// Statements of a method, written as several methods where they are many. No statement may use
/// another one's local variables.
final class Statements {
    /// Characters of Java text for a method; two make about one byte of bytecode.
    private static final int MAX_CHARACTERS = 4_000;

    private final List<List<String>> groups = new ArrayList<>();

    void add(String... lines) {
        groups.add(List.of(lines));
    }

    void addAll(List<String> statements) {
        statements.forEach(this::add);
    }

    /// @param head modifiers, result type and name
    /// @param name the name alone, to which numbers are added for the parts
    void writeVoid(JavaSource text, String head, String name, String parameters, String arguments) {
        write(text, head, new Shape("void", name, parameters, arguments));
    }

    /// The same for a test: statements may leave with `return false`, the rest holds.
    void writeTest(JavaSource text, String head, String name, String parameters, String arguments) {
        write(text, head, new Shape("boolean", name, parameters, arguments));
    }

    private record Shape(String result, String name, String parameters, String arguments) {
        boolean isTest() {
            return result.equals("boolean");
        }

        String call(int part) {
            return name + part + "(" + arguments + ")";
        }
    }

    private void write(JavaSource text, String head, Shape shape) {
        List<List<List<String>>> parts = parts();
        text.line(head + "(" + shape.parameters + ") {");
        if (parts.size() == 1) {
            writeBody(text, parts.getFirst(), shape);
            return;
        }
        List<List<String>> calls = new ArrayList<>();
        for (int i = 0; i < parts.size(); i++) {
            calls.add(
                    shape.isTest()
                            ? List.of("if (!" + shape.call(i) + ") {", "return false;", "}")
                            : List.of(shape.call(i) + ";"));
        }
        writeBody(text, calls, shape);
        for (int i = 0; i < parts.size(); i++) {
            text.blank();
            String name = shape.name + i;
            text.line("private " + shape.result + " " + name + "(" + shape.parameters + ") {");
            writeBody(text, parts.get(i), shape);
        }
    }

    private static void writeBody(JavaSource text, List<List<String>> groups, Shape shape) {
        groups.forEach(group -> group.forEach(text::line));
        if (shape.isTest()) {
            text.line("return true;");
        }
        text.line("}");
    }

    private List<List<List<String>>> parts() {
        List<List<List<String>>> parts = new ArrayList<>();
        List<List<String>> part = new ArrayList<>();
        int characters = 0;
        for (List<String> group : groups) {
            int length = group.stream().mapToInt(String::length).sum();
            if (characters + length > MAX_CHARACTERS && !part.isEmpty()) {
                parts.add(part);
                part = new ArrayList<>();
                characters = 0;
            }
            part.add(group);
            characters += length;
        }
        parts.add(part);
        return parts;
    }
}
