package dev.vitrine.engine.pipeline;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// Where nodes lie on the canvas, by node id. Immutable; nodes without a place are laid out by the
/// canvas.
public record PipelineLayout(Map<String, Position> positions) {
    public static final PipelineLayout EMPTY = new PipelineLayout(Map.of());

    public PipelineLayout {
        positions = Collections.unmodifiableMap(new LinkedHashMap<>(positions));
    }

    /// A node's top left corner, in canvas units.
    public record Position(double x, double y) {
        public Position plus(double dx, double dy) {
            return new Position(x + dx, y + dy);
        }

        /// The nearest place on the grid of 8.
        public Position snapped() {
            return new Position(Math.round(x / 8) * 8.0, Math.round(y / 8) * 8.0);
        }
    }

    public Optional<Position> position(String id) {
        return Optional.ofNullable(positions.get(id));
    }

    public PipelineLayout with(String id, Position position) {
        return withAll(Map.of(id, position));
    }

    public PipelineLayout withAll(Map<String, Position> changed) {
        Map<String, Position> all = new LinkedHashMap<>(positions);
        all.putAll(changed);
        return new PipelineLayout(all);
    }

    public PipelineLayout without(String id) {
        Map<String, Position> all = new LinkedHashMap<>(positions);
        all.remove(id);
        return new PipelineLayout(all);
    }
}
