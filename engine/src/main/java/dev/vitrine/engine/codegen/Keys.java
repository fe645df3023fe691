package dev.vitrine.engine.codegen;

import dev.vitrine.engine.kernel.KeyLayout;
import dev.vitrine.engine.types.DataType;
import java.util.ArrayList;
import java.util.List;

/// Writes keys of hash tables: as one or two words where they are that, in memory otherwise.
final class Keys {
    private Keys() {}

    /// Whether keys of these types fit one or two words and need no memory.
    static boolean areWords(List<DataType> types) {
        return types.size() <= 2
                && !types.isEmpty()
                && types.stream().noneMatch(t -> Columns.isString(t) || JavaKind.isWide(t));
    }

    /// A key's words as Java expressions, with commas; NULLs are 0.
    static String words(List<JavaValue> values) {
        List<String> words = new ArrayList<>();
        for (JavaValue value : values) {
            String word = word(value);
            words.add(value.neverNull() ? word : value.isNull() + " ? 0L : " + word);
        }
        return String.join(", ", words);
    }

    /// A Java expression whose bit i says that part i of a key is NULL.
    ///
    /// @param keepsNulls by part, whether a NULL is told from others; those that are not, never are
    static String nullBits(List<JavaValue> values, List<Boolean> keepsNulls) {
        List<String> bits = new ArrayList<>();
        for (int i = 0; i < values.size(); i++) {
            if (!values.get(i).neverNull() && keepsNulls.get(i)) {
                bits.add("(" + values.get(i).isNull() + " ? " + (1L << i) + "L : 0L)");
            }
        }
        return bits.isEmpty() ? "0L" : String.join(" | ", bits);
    }

    private static String word(JavaValue value) {
        return switch (value.kind()) {
            case BOOLEAN -> "(" + value.code() + " ? 1L : 0L)";
            case DOUBLE, FLOAT -> "(long) Hash.bits(" + value.code() + ")";
            case INT, LONG -> "(long) " + value.code();
            case STRING, WIDE ->
                    throw new IllegalArgumentException("a " + value.kind() + " is no word");
        };
    }

    /// Writes a key to the memory at `key`.
    static void put(
            JavaSource body,
            String key,
            KeyLayout layout,
            List<JavaValue> values,
            List<Boolean> keepsNulls) {
        for (int i = 0; i < values.size(); i++) {
            JavaValue value = values.get(i);
            String slot = key + " + " + layout.offset(i);
            boolean nullable = !value.neverNull() && keepsNulls.get(i);
            if (nullable) {
                body.line("if (" + value.isNull() + ") {");
                body.line("Mem.putLong(" + slot + ", 0L);");
                if (layout.isString(i) || layout.isWide(i)) {
                    body.line("Mem.putLong(" + slot + " + 8, 0L);");
                }
                body.line("} else {");
            }
            if (layout.isWide(i)) {
                body.line("WideDecimal.put(" + slot + ", " + value.words() + ");");
            } else if (value.kind() == JavaKind.STRING) {
                body.line("KeyTable.putString(" + slot + ", " + value.code() + ");");
            } else {
                body.line("Mem.putLong(" + slot + ", " + word(value) + ");");
            }
            if (nullable) {
                body.line("}");
            }
        }
        body.line("Mem.putLong(" + key + ", " + nullBits(values, keepsNulls) + ");");
    }
}
