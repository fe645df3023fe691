package dev.vitrine.engine.optimizer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vitrine.engine.event.EngineEvent;
import dev.vitrine.engine.expr.Expr;
import dev.vitrine.engine.fixtures.Planning;
import dev.vitrine.engine.fixtures.Tpch;
import dev.vitrine.engine.logical.LogicalPlan;
import dev.vitrine.sample.BenchmarkQueries;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TpchPlansTest {
    private record Optimized(
            Planning.Analyzed analyzed, LogicalPlan plan, List<EngineEvent> events) {}

    private static Optimized optimize(int number, String... settings) {
        Planning planning = new Planning(Tpch.connector());
        for (int i = 0; i < settings.length; i += 2) {
            planning.with(settings[i], settings[i + 1]);
        }
        Planning.Analyzed analyzed = planning.analyze(BenchmarkQueries.tpch("q" + number));
        assertEquals(List.of(), PlanChecks.problems(analyzed.plan()));
        List<EngineEvent> events = new ArrayList<>();
        LogicalPlan plan =
                new Optimizer(
                                Optimizer.standardBatches(),
                                analyzed.context(),
                                planning.settings(),
                                1,
                                events::add)
                        .optimize(analyzed.plan());
        return new Optimized(analyzed, plan, events);
    }

    @ParameterizedTest
    @ValueSource(
            ints = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22})
    void everyQueryBecomesJoinsWithConditions(int number) {
        Optimized optimized = optimize(number);
        assertEquals(List.of(), PlanChecks.problems(optimized.plan));
        assertEquals(List.of(), PlanChecks.differences(optimized.analyzed.plan(), optimized.plan));
        optimized.plan.forEach(node -> {
            assertFalse(
                    node instanceof LogicalPlan.Join join && join.condition().isEmpty(),
                    "a join without condition");
            node.exprs()
                    .forEach(e ->
                            assertFalse(
                                    e.any(s ->
                                            s instanceof Expr.ScalarSubquery
                                                    || s instanceof Expr.Exists
                                                    || s instanceof Expr.InSubquery)));
        });
    }

    @ParameterizedTest
    @ValueSource(
            ints = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22})
    void whatIsNeededForExecutionRunsWithTheOptimizerOff(int number) {
        Optimized optimized = optimize(number, "vitrine.optimizer.enabled", "false");
        assertEquals(List.of(), PlanChecks.problems(optimized.plan));
        assertEquals(List.of(), PlanChecks.differences(optimized.analyzed.plan(), optimized.plan));
        optimized.plan.forEach(node ->
                node.exprs()
                        .forEach(e -> assertFalse(e.any(s -> s instanceof Expr.ScalarSubquery))));
    }

    @Test
    void excludedRulesDoNotRunAndAreListedAsOff() {
        Optimized optimized =
                optimize(
                        3, "spark.sql.optimizer.excludedRules", "ReorderJoins, PushFilterIntoJoin");
        for (EngineEvent event : optimized.events) {
            switch (event) {
                case EngineEvent.RuleApplied applied -> {
                    assertFalse(applied.rule().equals("ReorderJoins"));
                    assertFalse(applied.rule().equals("PushFilterIntoJoin"));
                }
                case EngineEvent.RulesFinished finished -> {
                    List<String> off =
                            finished.rules().stream()
                                    .filter(rule -> !rule.enabled())
                                    .map(EngineEvent.RuleTime::rule)
                                    .distinct()
                                    .sorted()
                                    .toList();
                    assertEquals(List.of("PushFilterIntoJoin", "ReorderJoins"), off);
                }
                default -> {}
            }
        }
    }

    @Test
    void theTraceSaysWhatEachRuleChanged() {
        Optimized optimized = optimize(6);
        long applied =
                optimized.events.stream().filter(e -> e instanceof EngineEvent.RuleApplied).count();
        assertTrue(applied > 3, "applications: " + applied);
        assertTrue(optimized.events.getLast() instanceof EngineEvent.RulesFinished);
    }
}
