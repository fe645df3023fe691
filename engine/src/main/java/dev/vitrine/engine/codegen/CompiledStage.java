package dev.vitrine.engine.codegen;

import dev.vitrine.engine.physical.PhysicalPlan;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The compiled segments of one stage, by the node at their top.
///
/// @param segments by the id of the top node
public record CompiledStage(Map<Integer, Segment> segments) {
    public static final CompiledStage NONE = new CompiledStage(Map.of());

    public CompiledStage {
        segments = Map.copyOf(segments);
    }

    /// A chain of operators that one class does.
    ///
    /// @param top the node whose rows come out
    /// @param input the node whose batches go in
    /// @param joins the joins in the chain, in the order of the class's tables
    /// @param counted the nodes whose rows the class counts, in the order of its counters
    /// @param aggregate how its hash table is laid out, where it ends in one
    /// @param factory makes an instance for a task
    /// @param constants makes the values that an instance gets
    /// @param code the class's source, for the user to read
    /// @param wider what takes batches whose decimals do not fit 64 bits, if the class does not
    public record Segment(
            PhysicalPlan top,
            PhysicalPlan input,
            List<JoinProbe> joins,
            List<PhysicalPlan> counted,
            Optional<AggregateLayout> aggregate,
            Supplier<SegmentCode> factory,
            Supplier<Object[]> constants,
            GeneratedCode code,
            Wider wider) {
        public Segment {
            joins = List.copyOf(joins);
            counted = List.copyOf(counted);
        }
    }

    /// The same chain of operators as a class that computes decimals in 128 bits, made when first
    /// asked for.
    public static final class Wider {
        private final Supplier<Optional<Segment>> make;
        private Optional<Segment> made = Optional.empty();
        private boolean asked;

        Wider(Supplier<Optional<Segment>> make) {
            this.make = make;
        }

        /// Empty where there can be none, or no batch needs it.
        public synchronized Optional<Segment> segment() {
            if (!asked) {
                made = make.get();
                asked = true;
            }
            return made;
        }

        private synchronized Optional<Segment> known() {
            return made;
        }
    }

    /// The segment whose top is node `nodeId`, if that was compiled.
    public @Nullable Segment segment(int nodeId) {
        return segments.get(nodeId);
    }

    /// The plan node at work on the line of generated code that threw `error`, or 0.
    public int nodeOf(Throwable error) {
        for (Segment segment : segments.values()) {
            int node = nodeOf(error, segment.code);
            if (node == 0) {
                node = segment.wider.known().map(wide -> nodeOf(error, wide.code)).orElse(0);
            }
            if (node != 0) {
                return node;
            }
        }
        return 0;
    }

    private static int nodeOf(Throwable error, GeneratedCode code) {
        for (StackTraceElement frame : error.getStackTrace()) {
            if (frame.getClassName().equals(code.className())) {
                return code.nodeAt(frame.getLineNumber());
            }
        }
        return 0;
    }
}
