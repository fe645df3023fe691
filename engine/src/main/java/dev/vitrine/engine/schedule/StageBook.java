package dev.vitrine.engine.schedule;

import dev.vitrine.engine.physical.PhysicalPlan;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/// The stages of one query, each after those it reads from, and how far they are. Used by the
/// driver's thread.
final class StageBook {
    private final List<Stage> stages;
    private final Map<Integer, StageRun> runs = new LinkedHashMap<>();

    StageBook(PhysicalPlan plan) {
        stages = new ArrayList<>(Stage.cut(plan));
    }

    /// A copy, which stays as it is while stages are changed.
    List<Stage> all() {
        return List.copyOf(stages);
    }

    /// The stage that gives the result.
    Stage last() {
        return stages.getLast();
    }

    Stage stage(int id) {
        return stages.get(id);
    }

    /// Those that have begun.
    Collection<StageRun> runs() {
        return runs.values();
    }

    Optional<StageRun> run(Stage stage) {
        return Optional.ofNullable(runs.get(stage.id()));
    }

    StageRun run(int stageId) {
        return Objects.requireNonNull(runs.get(stageId));
    }

    boolean hasBegun(Stage stage) {
        return runs.containsKey(stage.id());
    }

    void begin(StageRun run) {
        runs.put(run.id(), run);
    }

    /// Takes a changed stage for one that has not begun.
    void replace(Stage changed) {
        stages.set(changed.id(), changed);
    }

    boolean isFinished(Stage stage) {
        return run(stage).filter(run -> run.isFinished() && run.done()).isPresent();
    }

    /// Whether all that a stage reads is there.
    boolean hasInput(Stage stage) {
        return stage.parents().stream().allMatch(parent -> isFinished(stages.get(parent)));
    }

    /// The stages that read what a stage gives.
    List<Stage> readers(Stage stage) {
        return stages.stream().filter(s -> s.parents().contains(stage.id())).toList();
    }

    /// The stage that fills an exchange.
    Stage writer(PhysicalPlan.Exchange exchange) {
        return stages.stream()
                .filter(s -> s.output().filter(o -> o.id() == exchange.id()).isPresent())
                .findFirst()
                .orElseThrow();
    }

    /// Whether what a stage gives will still be read.
    boolean isNeeded(Stage stage) {
        return stage.output().isEmpty()
                || readers(stage).stream()
                        .anyMatch(reader -> !isFinished(reader) && isNeeded(reader));
    }

    /// Whether a stage is another one or reads from it, perhaps through others.
    boolean dependsOn(Stage stage, Stage on) {
        return stage.id() == on.id()
                || stage.parents().stream().anyMatch(p -> dependsOn(stages.get(p), on));
    }
}
