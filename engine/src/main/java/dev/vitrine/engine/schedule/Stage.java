package dev.vitrine.engine.schedule;

import dev.vitrine.engine.physical.PhysicalPlan;
import dev.vitrine.engine.physical.PhysicalPlanTree;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The part of a plan between exchanges.
///
/// @param plan the stage's own nodes; exchanges at its leaves belong to the stages that feed them
/// @param output the exchange it feeds, or empty for the stage that gives the result
/// @param parents stages whose exchanges it reads
record Stage(
        int id, PhysicalPlan plan, Optional<PhysicalPlan.Exchange> output, List<Integer> parents) {

    /// Cuts a plan into stages, each after the stages it reads from; the last one gives the result.
    static List<Stage> cut(PhysicalPlan plan) {
        Cutter cutter = new Cutter(new ArrayList<>(), new HashMap<>());
        cutter.cut(plan, Optional.empty());
        return cutter.stages;
    }

    /// @param byExchange the stage that fills an exchange, by the exchange's id
    private record Cutter(List<Stage> stages, Map<Integer, Integer> byExchange) {
        int cut(PhysicalPlan plan, Optional<PhysicalPlan.Exchange> output) {
            List<Integer> parents = new ArrayList<>();
            findExchanges(plan, parents);
            int id = stages.size();
            stages.add(new Stage(id, plan, output, List.copyOf(parents)));
            return id;
        }

        private void findExchanges(PhysicalPlan plan, List<Integer> parents) {
            Optional<PhysicalPlan.Exchange> read = exchangeRead(plan);
            if (read.isEmpty()) {
                plan.children().forEach(child -> findExchanges(child, parents));
                return;
            }
            PhysicalPlan.Exchange exchange = read.get();
            Integer stage = byExchange.get(exchange.id());
            if (stage == null) {
                stage = cut(exchange.input(), read);
                byExchange.put(exchange.id(), stage);
            }
            if (!parents.contains(stage)) {
                parents.add(stage);
            }
        }
    }

    /// The exchange whose rows a leaf of a stage reads.
    static Optional<PhysicalPlan.Exchange> exchangeRead(PhysicalPlan leaf) {
        return switch (leaf) {
            case PhysicalPlan.Exchange exchange -> Optional.of(exchange);
            case PhysicalPlan.ReusedExchange reused -> Optional.of(reused.exchange());
            default -> Optional.empty();
        };
    }

    /// This stage with another plan, which reads exchanges that some of `stages` fill.
    Stage withPlan(PhysicalPlan changed, List<Stage> stages) {
        Set<Integer> read = new HashSet<>();
        collectExchanges(changed, read);
        List<Integer> reads =
                stages.stream()
                        .filter(s -> s.output().filter(e -> read.contains(e.id())).isPresent())
                        .map(Stage::id)
                        .toList();
        return new Stage(id, changed, output, reads);
    }

    private static void collectExchanges(PhysicalPlan plan, Set<Integer> read) {
        exchangeRead(plan)
                .ifPresentOrElse(
                        exchange -> read.add(exchange.id()),
                        () -> plan.children().forEach(child -> collectExchanges(child, read)));
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
