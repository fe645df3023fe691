package dev.vitrine.engine.codegen;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import org.junit.jupiter.api.Test;

class JaninoCompilerTest {
    @Test
    void namesOfClassesAndColumnsDoNotMatter() {
        assertEquals(
                JaninoCompiler.shape("Stage3", "class Stage3 {\n  long city_12 = town_null4;\n}"),
                JaninoCompiler.shape("Stage1_2", "class Stage1_2 {\nlong c_12 = d_null4;\n}"));
    }

    @Test
    void numbersAndLiteralsMatter() {
        String shape = JaninoCompiler.shape("Stage0", "long a_1 = b_2 + 10L;");
        assertNotEquals(shape, JaninoCompiler.shape("Stage0", "long a_1 = b_3 + 10L;"));
        assertNotEquals(shape, JaninoCompiler.shape("Stage0", "long a_1 = b_2 + 11L;"));
        assertNotEquals(shape, JaninoCompiler.shape("Stage0", "long a1 = b_2 + 10L;"));
    }

    @Test
    void commentsAreLeftOutAndTheirLinesStay() {
        assertEquals(
                "\nint x;\n\nint v7;\n",
                JaninoCompiler.shape("Stage0", "// one\n  int x;\n    // two, a_1\nint y_7;"));
    }

    @Test
    void otherWordsWithNumbersStay() {
        assertEquals(
                "putKey2(x, 0x1F_2, _3, v9);\n",
                JaninoCompiler.shape("Stage9", "putKey2(x, 0x1F_2, _3, long_name_9);"));
    }
}
