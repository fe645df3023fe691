package dev.vitrine.engine.sql;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.antlr.v4.runtime.CharStreams;
import org.antlr.v4.runtime.dfa.DFA;
import org.antlr.v4.runtime.dfa.DFAState;
import org.junit.jupiter.api.Test;

class LearntGrammarTest {
    /// Each text teaches the lexer states of its own, with a configuration a level.
    @Test
    void commentsInCommentsAreForgotten() {
        for (int i = 0; i < 12; i++) {
            String text = "/*".repeat(1_500 + i) + " x ".repeat(i) + "*/".repeat(1_500 + i) + " a";
            assertEquals(2, SqlLexing.tokens(text).size());
            assertTrue(configurations() < 6_000_000, "after " + i);
        }
        assertEquals(4, SqlLexing.tokens("select a from t").size());
    }

    private static long configurations() {
        long configurations = 0;
        SqlTokens lexer = new SqlTokens(CharStreams.fromString(""));
        for (DFA dfa : lexer.getInterpreter().decisionToDFA) {
            synchronized (dfa.states) {
                for (DFAState state : dfa.states.keySet()) {
                    configurations += state.configs.size();
                }
            }
        }
        return configurations;
    }
}
