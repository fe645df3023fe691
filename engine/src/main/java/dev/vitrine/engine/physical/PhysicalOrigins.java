package dev.vitrine.engine.physical;

import dev.vitrine.engine.logical.LogicalPlan;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// The logical node behind each physical node.
public final class PhysicalOrigins {
    private final Map<Integer, LogicalPlan> byId = new HashMap<>();

    /// Says that `physical`, and all below it that nobody claimed, came from `logical`. An exchange
    /// gives the rows of what is below it, and comes from where that does.
    void claim(PhysicalPlan physical, LogicalPlan logical) {
        LogicalPlan below =
                physical instanceof PhysicalPlan.Exchange exchange
                        ? byId.get(exchange.input().id())
                        : null;
        LogicalPlan from = below == null ? logical : below;
        if (byId.putIfAbsent(physical.id(), from) == null) {
            physical.children().forEach(child -> claim(child, from));
        }
    }

    public Optional<LogicalPlan> logical(int id) {
        return Optional.ofNullable(byId.get(id));
    }
}
