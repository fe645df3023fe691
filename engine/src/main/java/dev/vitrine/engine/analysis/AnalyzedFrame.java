package dev.vitrine.engine.analysis;

import dev.vitrine.engine.logical.LogicalPlan;
import dev.vitrine.engine.types.Field;
import dev.vitrine.engine.types.Schema;
import java.util.Optional;

/// An unresolved plan with what analysis found of it: a frame made over it needs not be analyzed
/// from the ground again. Only names and types are taken from here; what runs is analyzed as a
/// whole.
public final class AnalyzedFrame {
    /// How far down a node looks: a sort key through DISTINCT into a select list.
    private static final int GENERATIONS = 4;

    private final LogicalPlan plan;
    private final Resolved resolved;
    private final InputColumns inputs;
    private final CharLengths chars;
    private final Optional<AnalyzedFrame> below;

    AnalyzedFrame(
            LogicalPlan plan,
            Resolved resolved,
            InputColumns inputs,
            CharLengths chars,
            Optional<AnalyzedFrame> below) {
        this.plan = plan;
        this.resolved = resolved;
        this.inputs = inputs;
        this.chars = chars;
        this.below = below;
    }

    /// The columns that `*` stands for.
    public Schema schema() {
        return new Schema(
                resolved.columns().stream()
                        .map(c -> new Field(c.name(), c.type(), c.nullable()))
                        .toList());
    }

    InputColumns inputs() {
        return inputs;
    }

    CharLengths chars() {
        return chars;
    }

    /// What is known of a plan, this very object, here or somewhat further down.
    @SuppressWarnings("ReferenceEquality") // a frame is its plan object
    Optional<Resolved> known(LogicalPlan wanted) {
        Optional<AnalyzedFrame> frame = Optional.of(this);
        for (int i = 0; i < GENERATIONS && frame.isPresent(); i++) {
            if (frame.get().plan == wanted) {
                return Optional.of(frame.get().resolved);
            }
            frame = frame.get().below;
        }
        return Optional.empty();
    }
}
