package dev.vitrine.app.bench;

import dev.vitrine.engine.api.LocalSession;
import dev.vitrine.engine.api.Query;
import dev.vitrine.engine.api.Session;
import dev.vitrine.engine.event.EngineEvent;
import dev.vitrine.engine.event.NodeCounters;
import dev.vitrine.engine.event.PlanPhase;
import dev.vitrine.engine.event.PlanTree;
import dev.vitrine.engine.settings.Settings;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// How many rows the optimizer expects from each join of a workload, beside how many there are.
///
/// The error of an estimate is its Q-error (Moerkotte, Neumann, Steidl, VLDB 2009): the factor
/// between the two numbers, whichever is larger; none is taken for one row.
///
/// @param title what was run
public record JoinEstimates(String title, List<Join> joins) {
    public JoinEstimates {
        joins = List.copyOf(joins);
    }

    /// A join of a query.
    ///
    /// @param operator what the plan calls it, with what it joins on
    public record Join(String query, String operator, double expected, long actual) {
        /// 1 where the estimate is right.
        public double error() {
            double e = Math.max(expected, 1);
            double a = Math.max(actual, 1);
            return Math.max(e / a, a / e);
        }
    }

    /// Runs each query once in a session of its own.
    public static JoinEstimates measure(Workload workload, int slots) {
        Settings settings = Settings.defaults().with(Settings.MASTER.key(), "local[" + slots + "]");
        List<Join> joins = new ArrayList<>();
        try (Session session = LocalSession.open(settings)) {
            workload.define(session);
            for (Workload.Named named : workload.queries()) {
                System.err.println("Estimating " + named.name());
                joins.addAll(joins(session, named));
            }
        }
        return new JoinEstimates(
                workload.title() + ", rows of joins as expected and as they are", joins);
    }

    private static List<Join> joins(Session session, Workload.Named named) {
        List<PlanTree> estimated = new ArrayList<>();
        Map<Integer, Long> rows = new HashMap<>();
        try (Query query = session.query(named.timed().sql())) {
            query.subscribe(event -> {
                if (event instanceof EngineEvent.PlanReady plan
                        && plan.phase() == PlanPhase.PHYSICAL) {
                    collect(plan.plan(), estimated);
                } else if (event instanceof EngineEvent.QueryFinished finished) {
                    finished.nodes().stream()
                            .forEach((NodeCounters node) -> rows.put(node.nodeId(), node.rows()));
                }
            });
            query.await();
        }
        return estimated.stream()
                .filter(node -> rows.containsKey(node.id()))
                .map(node ->
                        new Join(
                                named.name(),
                                node.label() + " " + String.join(", ", node.details()),
                                node.estimatedRows(),
                                rows.getOrDefault(node.id(), 0L)))
                .toList();
    }

    /// Collects the joins that have an estimate. A join that only thins out the rows for another
    /// has none, and below the next aggregate those above it get fewer rows than was asked of the
    /// optimizer.
    ///
    /// @return whether the rows of `node` are thinned out
    private static boolean collect(PlanTree node, List<PlanTree> found) {
        boolean thinned = false;
        for (PlanTree child : node.children()) {
            thinned |= collect(child, found);
        }
        if (!node.label().contains("Join")) {
            return thinned && !node.label().contains("Aggregate");
        }
        if (node.estimatedRows() < 0 || thinned) {
            return true;
        }
        found.add(node);
        return false;
    }

    /// The error that a part of the joins does not exceed.
    ///
    /// @param part from 0 to 1
    public double quantile(double part) {
        double[] sorted = joins.stream().mapToDouble(Join::error).sorted().toArray();
        if (sorted.length == 0) {
            return Double.NaN;
        }
        int index = (int) Math.ceil(part * sorted.length) - 1;
        return sorted[Math.clamp(index, 0, sorted.length - 1)];
    }

    /// A table for people, a line a join.
    public String text() {
        StringBuilder text = new StringBuilder(title).append('\n');
        text.append("       expected rows   actual rows   Q-error\n");
        for (Join join : joins) {
            text.append(
                    String.format(
                            Locale.ROOT,
                            "%-4s %,15.0f %,13d %9.2f  %s%n",
                            join.query(),
                            join.expected(),
                            join.actual(),
                            join.error(),
                            shortened(join.operator())));
        }
        return text.append(
                        String.format(
                                Locale.ROOT,
                                "%d joins: median %.2f, 95th percentile %.2f, largest %.2f%n",
                                joins.size(),
                                quantile(0.5),
                                quantile(0.95),
                                quantile(1)))
                .toString();
    }

    private static String shortened(String operator) {
        String line = operator.replace('\n', ' ');
        return line.length() <= 90 ? line : line.substring(0, 89) + "…";
    }
}
