package dev.vitrine.plan.timeline;

import dev.vitrine.engine.snapshot.QuerySnapshot;
import dev.vitrine.engine.snapshot.QuerySnapshot.RunState;
import dev.vitrine.engine.snapshot.QuerySnapshot.TaskState;
import dev.vitrine.plan.graph.RowText;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javafx.geometry.VPos;
import javafx.scene.canvas.Canvas;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.control.Tooltip;
import javafx.scene.input.MouseEvent;
import javafx.scene.layout.Pane;
import javafx.scene.paint.Color;
import javafx.scene.paint.Paint;
import javafx.scene.shape.Rectangle;
import javafx.scene.text.Font;
import javafx.scene.text.TextAlignment;
import org.jspecify.annotations.Nullable;

/// Tasks over time: a lane a slot, a bar a task, drawn on a canvas so that many thousands stay
/// smooth; bars narrower than a pixel share it.
final class TaskBars extends Pane {
    private static final double LEFT = 96;
    private static final double TOP = 8;
    private static final double BOTTOM = 22;
    private static final double MAX_LANE = 34;
    private static final int TICKS = 6;

    private final Canvas canvas = new Canvas();
    private final String stageWord;
    private final Map<RunState, Rectangle> swatches = new EnumMap<>(RunState.class);
    private final Rectangle ink = swatch("swatch-text");
    private final Rectangle line = swatch("swatch-line");
    private final Tooltip tip = new Tooltip();
    private List<Bar> bars = List.of();
    private @Nullable QuerySnapshot snapshot;

    private record Bar(double x, double y, double width, double height, TaskState task) {}

    /// @param stageWord the word for stage, before its number
    TaskBars(String stageWord) {
        this.stageWord = stageWord;
        for (RunState state : RunState.values()) {
            Rectangle swatch = swatch("swatch-" + state.name().toLowerCase(java.util.Locale.ROOT));
            swatches.put(state, swatch);
        }
        getChildren().add(canvas);
        getChildren().addAll(swatches.values());
        getChildren().addAll(ink, line);
        setMinWidth(240);
        canvas.addEventHandler(MouseEvent.MOUSE_MOVED, this::hover);
        canvas.addEventHandler(MouseEvent.MOUSE_EXITED, event -> tip.hide());
    }

    /// Colours come from the theme: the canvas asks shapes that nobody sees.
    private static Rectangle swatch(String styleClass) {
        Rectangle swatch = new Rectangle(1, 1);
        swatch.getStyleClass().add(styleClass);
        swatch.setManaged(false);
        swatch.setOpacity(0);
        swatch.setMouseTransparent(true);
        return swatch;
    }

    @Override
    protected void layoutChildren() {
        canvas.setWidth(getWidth());
        canvas.setHeight(getHeight());
        draw();
    }

    void show(QuerySnapshot newest) {
        snapshot = newest;
        draw();
    }

    private void draw() {
        QuerySnapshot shown = snapshot;
        GraphicsContext g = canvas.getGraphicsContext2D();
        g.clearRect(0, 0, canvas.getWidth(), canvas.getHeight());
        if (shown == null || shown.tasks().isEmpty() || canvas.getWidth() < LEFT + 20) {
            bars = List.of();
            return;
        }
        Map<String, Integer> lanes = lanes(shown);
        double height = Math.min(MAX_LANE, (canvas.getHeight() - TOP - BOTTOM) / lanes.size());
        double span = Math.max(1, shown.elapsedNanos());
        double scale = (canvas.getWidth() - LEFT - 12) / span;
        axis(g, span, scale, TOP + lanes.size() * height);
        g.setFont(Font.font("Inter", 11));
        g.setTextBaseline(VPos.CENTER);
        g.setTextAlign(TextAlignment.LEFT);
        g.setFill(ink.getFill());
        lanes.forEach((name, lane) -> g.fillText(name, 8, TOP + (lane + 0.5) * height, LEFT - 14));
        List<Bar> drawn = new ArrayList<>();
        for (TaskState task : shown.tasks()) {
            long end = task.finishedAt() >= 0 ? task.finishedAt() : shown.elapsedNanos();
            double x = LEFT + task.startedAt() * scale;
            double y = TOP + lanes.getOrDefault(lane(task), 0) * height + 2;
            double width = Math.max(1, (end - task.startedAt()) * scale - 1);
            g.setFill(fill(task));
            g.fillRoundRect(x, y, width, height - 4, 3, 3);
            if (width > 30 && height > 14) {
                g.setFill(Color.WHITE);
                g.fillText(
                        task.stageId() + "." + task.task(), x + 4, y + (height - 4) / 2, width - 6);
            }
            drawn.add(new Bar(x, y, width, height - 4, task));
        }
        bars = drawn;
    }

    private void axis(GraphicsContext g, double span, double scale, double bottom) {
        g.setFont(Font.font("Inter", 10));
        g.setTextBaseline(VPos.TOP);
        g.setTextAlign(TextAlignment.CENTER);
        for (int i = 0; i <= TICKS; i++) {
            double at = span * i / TICKS;
            double x = LEFT + at * scale;
            g.setStroke(line.getFill());
            g.setLineWidth(1);
            g.strokeLine(Math.round(x) + 0.5, TOP, Math.round(x) + 0.5, bottom + 3);
            g.setFill(ink.getFill());
            g.fillText(RowText.time((long) at), Math.min(x, canvas.getWidth() - 24), bottom + 6);
        }
    }

    /// Stages alternate between two strengths of the colour, so that neighbours differ.
    private Paint fill(TaskState task) {
        Rectangle swatch = swatches.get(task.state());
        Paint paint = swatch == null ? Color.GRAY : swatch.getFill();
        return paint instanceof Color color && task.stageId() % 2 == 1
                ? color.deriveColor(0, 1, 0.82, 1)
                : paint;
    }

    private static Map<String, Integer> lanes(QuerySnapshot snapshot) {
        Map<String, Integer> lanes = new TreeMap<>();
        snapshot.tasks().forEach(task -> lanes.put(lane(task), 0));
        int next = 0;
        for (Map.Entry<String, Integer> entry : lanes.entrySet()) {
            entry.setValue(next++);
        }
        return lanes;
    }

    private static String lane(TaskState task) {
        return task.executor() + " · " + task.slot();
    }

    private void hover(MouseEvent event) {
        for (Bar bar : bars) {
            boolean inside =
                    event.getX() >= bar.x
                            && event.getX() <= bar.x + Math.max(3, bar.width)
                            && event.getY() >= bar.y
                            && event.getY() <= bar.y + bar.height;
            if (inside) {
                TaskState task = bar.task;
                long end =
                        task.finishedAt() >= 0 || snapshot == null
                                ? task.finishedAt()
                                : snapshot.elapsedNanos();
                tip.setText(
                        stageWord
                                + " "
                                + task.stageId()
                                + "."
                                + task.task()
                                + (task.attempt() > 0 ? " #" + task.attempt() : "")
                                + "\n"
                                + task.input()
                                + "\n"
                                + RowText.time(end - task.startedAt())
                                + "\n"
                                + RowText.count(task.counters().rowsRead())
                                + " → "
                                + RowText.rows(task.counters().rowsWritten())
                                + (task.error().isEmpty() ? "" : "\n" + task.error()));
                tip.show(canvas, event.getScreenX() + 12, event.getScreenY() + 12);
                return;
            }
        }
        tip.hide();
    }
}
