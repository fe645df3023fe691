package dev.vitrine.engine.rdd;

import dev.vitrine.engine.expr.PartitionFunction;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The code of one stage: the narrow steps down to what it reads from others, and how what they
/// give becomes rows.
final class RddStage<T extends @Nullable Object> implements PartitionFunction {
    private final Lineage<T> top;
    private final List<Integer> partitions;
    private final StageRows<T> rows;
    private final List<Dependency> reads;
    private final List<Spread> spreads;

    /// @param partitions those that its tasks compute, one each
    RddStage(
            Lineage<T> top,
            List<Integer> partitions,
            StageRows<T> rows,
            List<Dependency> reads,
            List<Spread> spreads) {
        this.top = top;
        this.partitions = List.copyOf(partitions);
        this.rows = rows;
        this.reads = List.copyOf(reads);
        this.spreads = List.copyOf(spreads);
    }

    /// The steps in the direction objects go, along the first of several inputs.
    @Override
    public String text() {
        List<String> words = new ArrayList<>();
        words.add(rows.name());
        Optional<Lineage<?>> next = Optional.of(top);
        Optional<Origin> before = Optional.empty();
        while (next.isPresent()) {
            Lineage<?> lineage = next.get();
            boolean kept =
                    reads.stream()
                            .anyMatch(r ->
                                    r instanceof Dependency.Kept(var of, var plan)
                                            && of == lineage);
            List<Dependency> from = lineage.dependencies();
            boolean reading = !from.isEmpty() && !(from.getFirst() instanceof Dependency.Narrow);
            String word =
                    lineage.origin().operation()
                            + (kept ? " (kept)" : "")
                            + (reading && !kept ? " (read)" : "");
            if (before.equals(Optional.of(lineage.origin()))) {
                // One operation in several steps.
                words.set(words.size() - 1, word);
            } else {
                words.add(word);
            }
            before = Optional.of(lineage.origin());
            next =
                    !kept && !from.isEmpty() && from.getFirst() instanceof Dependency.Narrow(var p)
                            ? Optional.of(p)
                            : Optional.empty();
        }
        Collections.reverse(words);
        return String.join(" → ", words);
    }

    @Override
    public List<String> details() {
        return LineageText.of(top).lines().toList();
    }

    /// One at least, which does nothing where there are no partitions.
    @Override
    public int tasks() {
        return Math.max(1, partitions.size());
    }

    @Override
    public List<Spread> spreads() {
        return spreads;
    }

    @Override
    public String input(int task) {
        return task < partitions.size() ? "partition " + partitions.get(task) : "nothing";
    }

    @Override
    public Iterator<List<@Nullable Object>> rows(int task, Inputs inputs) {
        if (task >= partitions.size()) {
            return Items.none();
        }
        int partition = partitions.get(task);
        TaskInputs read = new TaskInputs(reads, inputs, top.context().bytes());
        return rows.rows().of(partition, top.iterator(partition, read));
    }
}
