package dev.vitrine.engine.sql;

import org.antlr.v4.runtime.Parser;
import org.antlr.v4.runtime.dfa.DFA;
import org.antlr.v4.runtime.dfa.DFAState;

/// What ANTLR learns from each text it keeps for all later ones. Ordinary statements soon teach it
/// nothing new; thousands of parentheses teach it what no other text needs, a gigabyte of it in the
/// end. So it forgets everything when that is too much.
final class LearntGrammar {
    /// Some hundred bytes each.
    private static final long MOST_CONFIGURATIONS = 1_000_000;

    /// States that may come before configurations are counted again.
    private static final int STEP = 100;

    private static volatile int countedStates;

    private LearntGrammar() {}

    /// Called after a text was read.
    static void trim(Parser parser) {
        DFA[] learnt = parser.getInterpreter().decisionToDFA;
        int states = 0;
        for (DFA dfa : learnt) {
            states += dfa.states.size();
        }
        if (Math.abs(states - countedStates) >= STEP) {
            countedStates = states;
            if (configurations(learnt) > MOST_CONFIGURATIONS) {
                parser.getInterpreter().clearDFA();
            }
        }
    }

    static long configurations(DFA[] learnt) {
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
