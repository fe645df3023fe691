package dev.vitrine.engine.optimizer;

import java.util.List;

/// Rules that run together, over and over until none changes the plan, at most `maxPasses` times.
public record RuleBatch(String name, int maxPasses, List<Rule> rules) {
    private static final int FIXED_POINT = 100;

    public RuleBatch {
        rules = List.copyOf(rules);
    }

    /// A batch that runs once.
    public static RuleBatch once(String name, Rule... rules) {
        return new RuleBatch(name, 1, List.of(rules));
    }

    /// A batch that runs until nothing changes.
    public static RuleBatch fixedPoint(String name, Rule... rules) {
        return new RuleBatch(name, FIXED_POINT, List.of(rules));
    }
}
