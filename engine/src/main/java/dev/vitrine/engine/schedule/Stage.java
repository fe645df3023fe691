package dev.vitrine.engine.schedule;

import dev.vitrine.engine.physical.PhysicalPlan;
import dev.vitrine.engine.physical.PhysicalPlanTree;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/// The part of a plan between exchanges.
///
/// @param plan the stage's own nodes; exchanges at its leaves belong to the stages that feed them
/// @param output the exchange it feeds, or empty for the stage that gives the result
/// @param parents stages whose exchanges it reads
record Stage(
        int id, PhysicalPlan plan, Optional<PhysicalPlan.Exchange> output, List<Integer> parents) {

    /// Cuts a plan into stages, each after the stages it reads from; the last one gives the result.
    static List<Stage> cut(PhysicalPlan plan) {
        List<Stage> stages = new ArrayList<>();
        cut(plan, Optional.empty(), stages);
        return stages;
    }

    private static int cut(
            PhysicalPlan plan, Optional<PhysicalPlan.Exchange> output, List<Stage> stages) {
        List<Integer> parents = new ArrayList<>();
        findExchanges(plan, stages, parents);
        int id = stages.size();
        stages.add(new Stage(id, plan, output, List.copyOf(parents)));
        return id;
    }

    private static void findExchanges(
            PhysicalPlan plan, List<Stage> stages, List<Integer> parents) {
        if (plan instanceof PhysicalPlan.Exchange exchange) {
            parents.add(cut(exchange.input(), Optional.of(exchange), stages));
            return;
        }
        plan.children().forEach(child -> findExchanges(child, stages, parents));
    }

    /// The nodes that run in this stage; the exchange it feeds is among them.
    List<PhysicalPlan> nodes() {
        List<PhysicalPlan> nodes = new ArrayList<>();
        output.ifPresent(nodes::add);
        collect(plan, nodes);
        return nodes;
    }

    List<Integer> nodeIds() {
        return nodes().stream().map(PhysicalPlan::id).toList();
    }

    /// Its operators in words, in the direction rows go.
    String label() {
        List<String> words = new ArrayList<>();
        PhysicalPlan node = plan;
        while (true) {
            if (!(node instanceof PhysicalPlan.Exchange)
                    && !(node instanceof PhysicalPlan.Project && !words.isEmpty())) {
                words.add(PhysicalPlanTree.label(node));
            }
            if (node instanceof PhysicalPlan.Exchange || node.children().isEmpty()) {
                break;
            }
            node = node.children().getFirst();
        }
        if (words.isEmpty()) {
            words.add("Read");
        }
        Collections.reverse(words);
        return String.join(" → ", words);
    }

    private static void collect(PhysicalPlan plan, List<PhysicalPlan> nodes) {
        if (plan instanceof PhysicalPlan.Exchange) {
            return;
        }
        nodes.add(plan);
        plan.children().forEach(child -> collect(child, nodes));
    }
}
