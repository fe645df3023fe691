package dev.vitrine.engine.codegen;

import dev.vitrine.engine.error.EngineException;
import dev.vitrine.engine.event.EngineEvent;
import dev.vitrine.engine.logical.JoinType;
import dev.vitrine.engine.physical.PhysicalPlan;
import dev.vitrine.engine.physical.PhysicalPlan.AggregateMode;
import dev.vitrine.engine.physical.PhysicalPlanTree;
import dev.vitrine.engine.settings.Settings;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/// Compiles what can be compiled of a stage: finds the chains of operators that one class can do,
/// writes and compiles them.
public final class StageCompiler {
    /// How much shorter than usual methods are made at most.
    private static final int MAX_DIVISOR = 4;

    private final int stageId;
    private final Settings settings;
    private final Consumer<GeneratedCode> report;
    private final Map<Integer, CompiledStage.Segment> segments = new HashMap<>();

    private StageCompiler(int stageId, Settings settings, Consumer<GeneratedCode> report) {
        this.stageId = stageId;
        this.settings = settings;
        this.report = report;
    }

    /// @param rows rows the stage is expected to read; below the setting's threshold nothing is
    ///   compiled
    /// @param report told of each class made, and of each that could not be
    public static CompiledStage compile(
            int stageId,
            PhysicalPlan plan,
            long rows,
            Settings settings,
            Consumer<GeneratedCode> report) {
        if (!settings.getBoolean(Settings.CODEGEN)
                || rows < settings.getLong(Settings.CODEGEN_MIN_ROWS)) {
            return CompiledStage.NONE;
        }
        StageCompiler compiler = new StageCompiler(stageId, settings, report);
        compiler.visit(plan);
        return new CompiledStage(compiler.segments);
    }

    private void visit(PhysicalPlan plan) {
        if (plan instanceof PhysicalPlan.Exchange || plan instanceof PhysicalPlan.ReusedExchange) {
            return;
        }
        List<PhysicalPlan> chain = chain(plan);
        if (worthwhile(chain)) {
            PhysicalPlan input = streamed(chain.getLast());
            Collections.reverse(chain);
            compile(chain, input);
            visit(input);
        } else if (chain.isEmpty()) {
            plan.children().forEach(this::visit);
        } else {
            visit(streamed(chain.getLast()));
        }
    }

    /// The longest chain from `top` downwards that one class can do.
    private static List<PhysicalPlan> chain(PhysicalPlan top) {
        List<PhysicalPlan> chain = new ArrayList<>();
        PhysicalPlan node = top;
        if (node instanceof PhysicalPlan.HashAggregate a && a.mode() != AggregateMode.COMPLETE) {
            chain.add(node);
            if (a.mode() == AggregateMode.FINAL) {
                return chain;
            }
            node = a.input();
        }
        while (fuses(node)) {
            chain.add(node);
            node = streamed(node);
        }
        return chain;
    }

    private static boolean fuses(PhysicalPlan node) {
        return node instanceof PhysicalPlan.Filter
                || node instanceof PhysicalPlan.Project
                || node instanceof PhysicalPlan.HashJoin join && keepsOrDropsLeft(join.joinType())
                || node instanceof PhysicalPlan.NestedLoopJoin loop
                        && keepsOrDropsLeft(loop.joinType());
    }

    /// Whether a join gives no row that its left side had no part in.
    private static boolean keepsOrDropsLeft(JoinType type) {
        return type != JoinType.FULL_OUTER && type != JoinType.RIGHT_OUTER;
    }

    /// Whether a chain does more than pick columns, which needs no code.
    private static boolean worthwhile(List<PhysicalPlan> chain) {
        return chain.stream()
                .anyMatch(node ->
                        !(node instanceof PhysicalPlan.Project project)
                                || !project.exprs().stream()
                                        .allMatch(e ->
                                                e instanceof dev.vitrine.engine.expr.Expr.Attribute
                                                        || e
                                                                instanceof
                                                                dev.vitrine.engine.expr.Expr.Alias(
                                                                        dev.vitrine.engine.expr.Expr
                                                                                        .Attribute
                                                                                a,
                                                                        var n,
                                                                        var id)));
    }

    private static PhysicalPlan streamed(PhysicalPlan node) {
        return node.children().getFirst();
    }

    private void compile(List<PhysicalPlan> chain, PhysicalPlan input) {
        String className = "Stage" + stageId + (segments.isEmpty() ? "" : "_" + segments.size());
        PhysicalPlan top = chain.getLast();
        long start = System.nanoTime();
        try {
            // What merges states cannot leave a batch to another class.
            boolean narrow =
                    !(top instanceof PhysicalPlan.HashAggregate a
                            && a.mode() == AggregateMode.FINAL);
            CompiledStage.Segment segment = segment(className, chain, input, narrow);
            segments.put(top.id(), segment);
            report.accept(segment.code());
        } catch (NotCompilable e) {
            report.accept(problem(className, chain, start, "Interpreted because of " + e.what()));
        } catch (EngineException e) {
            report.accept(
                    problem(
                            className,
                            chain,
                            start,
                            EngineEvent.CodeReady.FAILURE + e.getMessage()));
        }
    }

    /// @param narrow whether decimals that may fit 64 bits are taken to do so; batches for which
    ///   that is wrong go to another class, made when the first of them comes
    private CompiledStage.Segment segment(
            String className, List<PhysicalPlan> chain, PhysicalPlan input, boolean narrow) {
        long start = System.nanoTime();
        Attempt attempt = attempt(className, chain, input, narrow);
        SegmentWriter.Written written = attempt.written;
        JaninoCompiler.Compiled compiled = attempt.compiled;
        GeneratedCode code =
                new GeneratedCode(
                        compiled.className(),
                        written.code().source(),
                        written.code().lineNodes(),
                        System.nanoTime() - start,
                        compiled.cached(),
                        "");
        return new CompiledStage.Segment(
                chain.getLast(),
                input,
                written.joins(),
                written.counted(),
                written.aggregate(),
                compiled::create,
                written.constants()::make,
                code,
                new CompiledStage.Wider(() ->
                        written.conditional()
                                ? wider(className + "_wide", chain, input)
                                : Optional.empty()));
    }

    private Optional<CompiledStage.Segment> wider(
            String className, List<PhysicalPlan> chain, PhysicalPlan input) {
        try {
            return Optional.of(segment(className, chain, input, false));
        } catch (NotCompilable e) {
            return Optional.empty();
        }
    }

    private record Attempt(SegmentWriter.Written written, JaninoCompiler.Compiled compiled) {}

    /// Writes and compiles a class; again with shorter methods where one came out too long.
    private Attempt attempt(
            String className, List<PhysicalPlan> chain, PhysicalPlan input, boolean narrow) {
        for (int divisor = 1; ; divisor *= 2) {
            SegmentWriter.Written written =
                    new SegmentWriter(chain, input, settings.timeZone(), divisor, narrow)
                            .write(className);
            try {
                return new Attempt(
                        written, JaninoCompiler.compile(className, written.code().source()));
            } catch (NotCompilable e) {
                if (!e.isTooLong() || divisor == MAX_DIVISOR) {
                    throw e;
                }
            }
        }
    }

    private static GeneratedCode problem(
            String className, List<PhysicalPlan> chain, long start, String why) {
        List<String> nodes = chain.stream().map(PhysicalPlanTree::label).toList();
        String text =
                "// " + String.join(" → ", nodes) + "\n// " + why.replace("\n", "\n// ") + "\n";
        return new GeneratedCode(
                className,
                text,
                Collections.nCopies(text.split("\n").length, 0),
                System.nanoTime() - start,
                false,
                why);
    }
}
