package dev.vitrine.engine.schedule;

import dev.vitrine.engine.physical.PhysicalPlan;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// A physical plan as it ran in the end.
///
/// @param notes what adaptive execution decided, by node id
public record AdaptedPlan(PhysicalPlan plan, Map<Integer, List<String>> notes) {
    static AdaptedPlan of(List<Stage> stages, List<Adaptive.Decision> decisions) {
        Map<Integer, PhysicalPlan> filled = new HashMap<>();
        for (Stage stage : stages) {
            stage.output().ifPresent(exchange -> filled.put(exchange.id(), stage.plan()));
        }
        Map<Integer, List<String>> notes = new HashMap<>();
        for (Adaptive.Decision decision : decisions) {
            notes.computeIfAbsent(decision.nodeId(), id -> new ArrayList<>())
                    .add(
                            "%s: %s (%s)"
                                    .formatted(
                                            decision.rule(),
                                            decision.what(),
                                            decision.statistic()));
        }
        return new AdaptedPlan(whole(stages.getLast().plan(), filled), notes);
    }

    /// A stage's plan with what fills the exchanges that it reads below them.
    private static PhysicalPlan whole(PhysicalPlan plan, Map<Integer, PhysicalPlan> filled) {
        return plan.mapChildren(child -> {
            if (child instanceof PhysicalPlan.Exchange exchange) {
                PhysicalPlan input = filled.getOrDefault(exchange.id(), exchange.input());
                return new PhysicalPlan.Exchange(
                        exchange.id(), whole(input, filled), exchange.partitioning());
            }
            return whole(child, filled);
        });
    }
}
