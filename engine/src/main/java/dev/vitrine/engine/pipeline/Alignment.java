package dev.vitrine.engine.pipeline;

import dev.vitrine.engine.pipeline.PipelineLayout.Position;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/// Ways to bring nodes into line. All nodes are of one size, so their corners are what counts.
public enum Alignment {
    /// Left edges on one line.
    LEFT,
    /// Upper edges on one line.
    TOP,
    /// Equal distances from left to right; the outermost stay.
    ACROSS,
    /// Equal distances from top to bottom; the outermost stay.
    DOWN;

    /// Where nodes at `places` go.
    Map<String, Position> of(Map<String, Position> places) {
        Map<String, Position> after = new LinkedHashMap<>();
        switch (this) {
            case LEFT -> {
                double least = least(places, Position::x);
                places.forEach((id, at) -> after.put(id, new Position(least, at.y())));
            }
            case TOP -> {
                double least = least(places, Position::y);
                places.forEach((id, at) -> after.put(id, new Position(at.x(), least)));
            }
            case ACROSS ->
                    spread(places, Position::x)
                            .forEach((id, x) -> after.put(id, new Position(x, at(places, id).y())));
            case DOWN ->
                    spread(places, Position::y)
                            .forEach((id, y) -> after.put(id, new Position(at(places, id).x(), y)));
        }
        return after;
    }

    private static Position at(Map<String, Position> places, String id) {
        return places.getOrDefault(id, new Position(0, 0));
    }

    private static double least(Map<String, Position> places, ToDoubleFunction<Position> axis) {
        return places.values().stream().mapToDouble(axis).min().orElse(0);
    }

    private static Map<String, Double> spread(
            Map<String, Position> places, ToDoubleFunction<Position> axis) {
        List<Map.Entry<String, Position>> sorted =
                places.entrySet().stream()
                        .sorted(
                                Comparator.comparingDouble(
                                        entry -> axis.applyAsDouble(entry.getValue())))
                        .toList();
        Map<String, Double> spread = new LinkedHashMap<>();
        if (!sorted.isEmpty()) {
            double first = axis.applyAsDouble(sorted.getFirst().getValue());
            double last = axis.applyAsDouble(sorted.getLast().getValue());
            double step = sorted.size() == 1 ? 0 : (last - first) / (sorted.size() - 1);
            for (int i = 0; i < sorted.size(); i++) {
                spread.put(sorted.get(i).getKey(), first + i * step);
            }
        }
        return spread;
    }
}
