package dev.vitrine.plan.optimizer;

import dev.vitrine.engine.event.EngineEvent.RuleApplied;
import dev.vitrine.engine.event.EngineEvent.RuleTime;
import dev.vitrine.engine.event.PlanTree;
import dev.vitrine.engine.snapshot.QuerySnapshot;
import dev.vitrine.plan.graph.RowText;
import dev.vitrine.plan.graph.RunKey;
import dev.vitrine.plan.view.PlanGraphView;
import dev.vitrine.plan.view.ZoomPane;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.BiConsumer;
import javafx.scene.control.Button;
import javafx.scene.control.CheckBox;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.control.SplitPane;
import javafx.scene.control.Tab;
import javafx.scene.control.TabPane;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/// Every rule application in order, with the part of the plan it changed before and after; and what
/// each rule cost, with a switch to leave it out of the next run. FX thread only.
public final class OptimizerView {
    private final Texts texts;
    private final StackPane pane = new StackPane();
    private final Label empty;
    private final SplitPane split;
    private final ListView<RuleApplied> steps = new ListView<>();
    private final ListView<RuleTime> rules = new ListView<>();
    private final ZoomPane before;
    private final ZoomPane after;
    private final Label position = new Label();
    private final Label what = new Label();
    private BiConsumer<String, Boolean> onSwitch = (rule, enabled) -> {};
    private RunKey shownRun = RunKey.NONE;
    private int shownSteps;
    private List<RuleTime> shownRules = List.of();

    /// All that the view says.
    public record Texts(
            String empty,
            String noChange,
            String before,
            String after,
            String steps,
            String rules,
            String previous,
            String next,
            String switchOff,
            ZoomPane.Texts zoom) {}

    public OptimizerView(Texts texts) {
        this.texts = texts;
        before = new ZoomPane(texts.zoom());
        after = new ZoomPane(texts.zoom());
        empty = new Label(texts.empty());
        empty.getStyleClass().add("empty-state");
        empty.setWrapText(true);
        steps.setCellFactory(list -> new StepCell());
        steps.getSelectionModel()
                .selectedItemProperty()
                .addListener((property, old, step) -> draw(step));
        rules.setCellFactory(list -> new RuleCell());
        TabPane lists = new TabPane(tab(texts.steps(), steps), tab(texts.rules(), rules));
        lists.setTabClosingPolicy(TabPane.TabClosingPolicy.UNAVAILABLE);
        lists.getStyleClass().add("dense-tabs");
        lists.setMinWidth(220);
        SplitPane sides = new SplitPane(side(texts.before(), before), side(texts.after(), after));
        BorderPane right = new BorderPane(sides);
        right.setTop(bar());
        split = new SplitPane(lists, right);
        split.setDividerPositions(0.24);
        SplitPane.setResizableWithParent(lists, false);
        split.setVisible(false);
        pane.getChildren().addAll(split, empty);
        pane.getStyleClass().add("plan-view");
        pane.getStylesheets()
                .add(
                        Objects.requireNonNull(
                                        PlanGraphView.class.getResource(
                                                "/dev/vitrine/plan/plan.css"))
                                .toExternalForm());
    }

    private static Tab tab(String title, Region content) {
        return new Tab(title, content);
    }

    private static VBox side(String title, ZoomPane zoom) {
        Label label = new Label(title);
        label.getStyleClass().addAll("muted", "side-title");
        VBox.setVgrow(zoom, Priority.ALWAYS);
        return new VBox(label, zoom);
    }

    private HBox bar() {
        Button back = new Button("‹");
        back.setAccessibleText(texts.previous());
        back.getStyleClass().add("flat");
        back.setOnAction(event -> step(-1));
        Button forth = new Button("›");
        forth.setAccessibleText(texts.next());
        forth.getStyleClass().add("flat");
        forth.setOnAction(event -> step(1));
        position.getStyleClass().add("muted");
        what.getStyleClass().add("strong");
        Region space = new Region();
        HBox.setHgrow(space, Priority.ALWAYS);
        HBox bar = new HBox(back, forth, what, space, position);
        bar.getStyleClass().add("view-bar");
        return bar;
    }

    public Region node() {
        return pane;
    }

    /// Called when the user switches a rule on or off for coming runs.
    public void setOnSwitch(BiConsumer<String, Boolean> listener) {
        onSwitch = listener;
    }

    private void step(int by) {
        int at = steps.getSelectionModel().getSelectedIndex() + by;
        if (at >= 0 && at < steps.getItems().size()) {
            steps.getSelectionModel().select(at);
            steps.scrollTo(Math.max(0, at - 3));
        }
    }

    public void show(QuerySnapshot snapshot) {
        boolean any = !snapshot.ruleTimes().isEmpty() || !snapshot.ruleSteps().isEmpty();
        if (!RunKey.of(snapshot).equals(shownRun)) {
            shownRun = RunKey.of(snapshot);
            shownSteps = 0;
            steps.getItems().clear();
        }
        if (snapshot.ruleSteps().size() != shownSteps) {
            List<RuleApplied> all = snapshot.ruleSteps();
            steps.getItems().addAll(all.subList(shownSteps, all.size()));
            shownSteps = all.size();
            if (steps.getSelectionModel().isEmpty()) {
                steps.getSelectionModel().selectFirst();
            }
        }
        if (!snapshot.ruleTimes().equals(shownRules)) {
            shownRules = snapshot.ruleTimes();
            rules.getItems().setAll(shownRules);
        }
        empty.setText(snapshot.ruleTimes().isEmpty() ? texts.empty() : texts.noChange());
        empty.setVisible(!any);
        split.setVisible(any);
    }

    private void draw(@Nullable RuleApplied step) {
        if (step == null) {
            return;
        }
        Set<String> old = texts(step.before());
        Set<String> now = texts(step.after());
        before.setContent(
                new PlanGraphView(step.before(), node -> !now.contains(text(node))).node(), false);
        after.setContent(
                new PlanGraphView(step.after(), node -> !old.contains(text(node))).node(), false);
        what.setText(step.rule() + "  ·  " + step.batch());
        position.setText(
                (steps.getSelectionModel().getSelectedIndex() + 1)
                        + " / "
                        + steps.getItems().size()
                        + "  ·  "
                        + RowText.time(step.nanos()));
    }

    private static Set<String> texts(PlanTree tree) {
        Set<String> all = new HashSet<>();
        tree.forEach(node -> all.add(text(node)));
        return all;
    }

    private static String text(PlanTree node) {
        return node.label() + node.details();
    }

    private static final class StepCell extends ListCell<RuleApplied> {
        @Override
        protected void updateItem(@Nullable RuleApplied step, boolean isEmpty) {
            super.updateItem(step, isEmpty);
            if (isEmpty || step == null) {
                setGraphic(null);
                return;
            }
            Label number = new Label(String.valueOf(getIndex() + 1));
            number.getStyleClass().addAll("muted", "step-number");
            Label name = new Label(step.rule());
            Label node = new Label(step.before().label());
            node.getStyleClass().add("muted");
            Region space = new Region();
            HBox.setHgrow(space, Priority.ALWAYS);
            HBox line = new HBox(number, name, space, node);
            line.getStyleClass().add("list-line");
            line.setSpacing(8);
            setGraphic(line);
        }
    }

    private final class RuleCell extends ListCell<RuleTime> {
        @Override
        protected void updateItem(@Nullable RuleTime rule, boolean isEmpty) {
            super.updateItem(rule, isEmpty);
            if (isEmpty || rule == null) {
                setGraphic(null);
                return;
            }
            CheckBox enabled = new CheckBox(rule.rule());
            enabled.setSelected(rule.enabled());
            enabled.setAccessibleHelp(texts.switchOff());
            enabled.setOnAction(event -> onSwitch.accept(rule.rule(), enabled.isSelected()));
            Label cost = new Label(rule.hits() + " × · " + RowText.time(rule.nanos()));
            cost.getStyleClass().add("muted");
            Region space = new Region();
            HBox.setHgrow(space, Priority.ALWAYS);
            HBox line = new HBox(enabled, space, cost);
            line.getStyleClass().add("list-line");
            line.setSpacing(8);
            setGraphic(line);
        }
    }
}
