package dev.vitrine.engine.sql;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.antlr.v4.runtime.CharStreams;
import org.antlr.v4.runtime.CommonTokenStream;
import org.junit.jupiter.api.Test;

class LearntGrammarTest {
    @Test
    void depthIsForgotten() {
        int depth = 1_500;
        SqlParser.parse("select " + "(".repeat(depth) + "1" + ")".repeat(depth));
        SqlParser.parse(
                "select cast(1 as " + "array<".repeat(depth) + "int" + ">".repeat(depth) + ")");
        assertTrue(learnt() < 1_500_000, "configurations: " + learnt());
    }

    @Test
    void commentsInCommentsAreCounted() {
        int depth = 200_000;
        String text = "/*".repeat(depth) + " x " + "*/".repeat(depth) + " a";
        assertEquals(2, SqlLexing.tokens(text).size());
        assertEquals(2, SqlLexing.tokens("/* a /* b */ c */ d").size());
        assertEquals(1, SqlLexing.tokens("/* a /* b */ c").size());
        assertEquals(3, SqlLexing.tokens("/**/ a /* */").size());
    }

    private static long learnt() {
        SqlGrammar parser =
                new SqlGrammar(new CommonTokenStream(new SqlTokens(CharStreams.fromString(""))));
        return LearntGrammar.configurations(parser.getInterpreter().decisionToDFA);
    }
}
