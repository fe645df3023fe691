package dev.vitrine.engine.rdd;

import dev.vitrine.engine.expr.Expr;
import dev.vitrine.engine.expr.PartitionFunction.Spread;
import dev.vitrine.engine.logical.LogicalPlan;
import dev.vitrine.engine.types.Field;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Makes one plan of the lineage that a job needs: a node for each stage, whose tasks run all
/// narrow steps at once.
final class JobPlan {
    private final SparkContext context;
    private final IdentityHashMap<Shuffle<?, ?, ?>, LogicalPlan> writers = new IdentityHashMap<>();

    JobPlan(SparkContext context) {
        this.context = context;
    }

    /// The plan that gives rows of some partitions; checkpoints that were asked for are made first.
    <T extends @Nullable Object> LogicalPlan of(
            Lineage<T> lineage, List<Integer> partitions, StageRows<T> rows) {
        makeCheckpoints(lineage, Collections.newSetFromMap(new IdentityHashMap<>()));
        return stage(lineage, false, partitions, rows);
    }

    /// The plan that computes all partitions, even where they are kept.
    <T extends @Nullable Object> LogicalPlan computing(Lineage<T> lineage, StageRows<T> rows) {
        return stage(lineage, true, all(lineage), rows);
    }

    static List<Integer> all(Lineage<?> lineage) {
        return IntStream.range(0, lineage.partitions()).boxed().toList();
    }

    private static void makeCheckpoints(Lineage<?> lineage, Set<Lineage<?>> seen) {
        if (!seen.add(lineage)) {
            return;
        }
        for (Dependency dependency : lineage.dependencies()) {
            switch (dependency) {
                case Dependency.Narrow(var parent) -> makeCheckpoints(parent, seen);
                case Dependency.Shuffled(var shuffle) -> makeCheckpoints(shuffle.parent(), seen);
                case Dependency.Frame f -> {}
                case Dependency.Kept k -> {}
            }
        }
        lineage.checkpointIfAsked();
    }

    private <T extends @Nullable Object> LogicalPlan stage(
            Lineage<T> top, boolean compute, List<Integer> partitions, StageRows<T> rows) {
        List<Dependency> reads = new ArrayList<>();
        Set<Lineage<?>> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        collect(top, compute, reads, seen);
        List<LogicalPlan> inputs = new ArrayList<>();
        List<Spread> spreads = new ArrayList<>();
        for (Dependency read : reads) {
            switch (read) {
                case Dependency.Shuffled(var shuffle) -> {
                    inputs.add(writer(shuffle));
                    spreads.add(shuffle.spread());
                }
                case Dependency.Frame(var plan, int count) -> {
                    inputs.add(plan);
                    spreads.add(new Spread(Spread.Kind.IN_ORDER, count, "in order"));
                }
                case Dependency.Kept(var lineage, var plan) -> {
                    inputs.add(plan);
                    spreads.add(
                            new Spread(
                                    Spread.Kind.NUMBERED,
                                    Math.max(1, lineage.partitions()),
                                    "partitions as kept"));
                }
                case Dependency.Narrow n -> {}
            }
        }
        List<Expr.Attribute> columns = new ArrayList<>();
        for (Field field : rows.columns().fields()) {
            columns.add(
                    new Expr.Attribute(
                            columns.size() + 1L, field.name(), field.type(), field.nullable()));
        }
        return new LogicalPlan.PartitionRows(
                inputs, new RddStage<>(top, partitions, rows, reads, spreads), columns);
    }

    private <K extends @Nullable Object, V extends @Nullable Object> LogicalPlan writer(
            Shuffle<K, V, ?> shuffle) {
        LogicalPlan plan = writers.get(shuffle);
        if (plan == null) {
            plan =
                    stage(
                            shuffle.parent(),
                            false,
                            all(shuffle.parent()),
                            shuffle.writing(context.bytes()));
            writers.put(shuffle, plan);
        }
        return plan;
    }

    /// What a stage reads from others: where its narrow steps end.
    ///
    /// @param compute whether `lineage` is not to be read where it is kept
    private static void collect(
            Lineage<?> lineage, boolean compute, List<Dependency> reads, Set<Lineage<?>> seen) {
        if (!seen.add(lineage)) {
            return;
        }
        if (!compute && lineage.stored().isPresent()) {
            reads.add(lineage.stored().get());
            return;
        }
        for (Dependency dependency : lineage.dependencies()) {
            if (dependency instanceof Dependency.Narrow(var parent)) {
                collect(parent, false, reads, seen);
            } else if (!reads.contains(dependency)) {
                reads.add(dependency);
            }
        }
    }
}
