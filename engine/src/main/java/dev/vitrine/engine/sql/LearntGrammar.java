package dev.vitrine.engine.sql;

import org.antlr.v4.runtime.Lexer;
import org.antlr.v4.runtime.Parser;
import org.antlr.v4.runtime.dfa.DFA;
import org.antlr.v4.runtime.dfa.DFAState;

/// What ANTLR learns from each text it keeps for all later ones. Ordinary statements soon teach it
/// nothing new; comments in comments or thousands of parentheses teach it what no other text needs,
/// a gigabyte of it in the end. So it forgets everything when that is too much.
final class LearntGrammar {
    private static final long MOST_CONFIGURATIONS = 1_000_000;

    /// States that may come before it is counted again.
    private static final int STEP = 100;

    private static volatile int parserStates;
    private static volatile int lexerStates;

    private LearntGrammar() {}

    /// Called after a text was read.
    static void trim(Parser parser) {
        DFA[] learnt = parser.getInterpreter().decisionToDFA;
        int states = states(learnt);
        if (Math.abs(states - parserStates) >= STEP) {
            parserStates = states;
            if (configurations(learnt) > MOST_CONFIGURATIONS) {
                parser.getInterpreter().clearDFA();
                parserStates = 0;
            }
        }
    }

    /// As for parsers.
    static void trim(Lexer lexer) {
        DFA[] learnt = lexer.getInterpreter().decisionToDFA;
        int states = states(learnt);
        if (Math.abs(states - lexerStates) >= STEP) {
            lexerStates = states;
            if (configurations(learnt) > MOST_CONFIGURATIONS) {
                lexer.getInterpreter().clearDFA();
                lexerStates = 0;
            }
        }
    }

    private static int states(DFA[] learnt) {
        int states = 0;
        for (DFA dfa : learnt) {
            states += dfa.states.size();
        }
        return states;
    }

    private static long configurations(DFA[] learnt) {
        long configurations = 0;
        for (DFA dfa : learnt) {
            // Other threads add to it under this lock.
            synchronized (dfa.states) {
                for (DFAState state : dfa.states.keySet()) {
                    configurations += state.configs.size();
                }
            }
        }
        return configurations;
    }
}
