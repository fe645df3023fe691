package dev.vitrine.app.workbench;

import dev.vitrine.app.text.Text;
import dev.vitrine.plan.code.CodeView;
import dev.vitrine.plan.optimizer.OptimizerView;
import dev.vitrine.plan.timeline.StagesView;
import dev.vitrine.plan.view.PlanView;
import dev.vitrine.plan.view.ZoomPane;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/// The plan visualizer's views with the window's words.
final class RunViews {
    private RunViews() {}

    /// Plan, optimizer, stages and code, in this order.
    ///
    /// @param onRule told of a rule that is switched on or off
    /// @param onPipelineNode told of the pipeline node behind a plan node that is clicked
    static List<SnapshotView> of(
            Text text, BiConsumer<String, Boolean> onRule, Consumer<String> onPipelineNode) {
        ZoomPane.Texts zoom = new ZoomPane.Texts(text.zoomIn(), text.zoomOut(), text.zoomFit());
        PlanView plan =
                new PlanView(
                        new PlanView.Texts(
                                text.emptyPlan(), text.planEstimated(), text.planActual(), zoom));
        plan.setOnPipelineNode(onPipelineNode);
        OptimizerView optimizer =
                new OptimizerView(
                        new OptimizerView.Texts(
                                text.emptyOptimizer(),
                                text.optimizerNoChange(),
                                text.optimizerBefore(),
                                text.optimizerAfter(),
                                text.optimizerSteps(),
                                text.optimizerRules(),
                                text.optimizerPrevious(),
                                text.optimizerNext(),
                                text.optimizerSwitch(),
                                zoom));
        optimizer.setOnSwitch(onRule);
        StagesView stages =
                new StagesView(
                        new StagesView.Texts(
                                text.emptyStages(), text.stageWord(), text.tasksWord(), zoom));
        CodeView code =
                new CodeView(
                        new CodeView.Texts(
                                text.emptyCode(),
                                text.stageWord(),
                                text.codeInterpreted(),
                                text.codeCached()));
        return List.of(
                SnapshotView.of(plan.node(), plan::show),
                SnapshotView.of(optimizer.node(), optimizer::show),
                SnapshotView.of(stages.node(), stages::show),
                SnapshotView.of(code.node(), code::show));
    }
}
