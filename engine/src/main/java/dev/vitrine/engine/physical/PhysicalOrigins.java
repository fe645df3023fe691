package dev.vitrine.engine.physical;

import dev.vitrine.engine.logical.LogicalPlan;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// The logical node behind each physical node.
public final class PhysicalOrigins {
    private final Map<Integer, LogicalPlan> byId = new HashMap<>();

    /// Says that `physical`, and all below it that nobody claimed, came from `logical`.
    void claim(PhysicalPlan physical, LogicalPlan logical) {
        if (byId.putIfAbsent(physical.id(), logical) == null) {
            physical.children().forEach(child -> claim(child, logical));
        }
    }

    public Optional<LogicalPlan> logical(int id) {
        return Optional.ofNullable(byId.get(id));
    }
}
