package dev.vitrine.engine.analysis;

import dev.vitrine.engine.logical.LogicalPlan;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A named query of WITH: its unresolved plan and the named queries it sees.
///
/// @param recursive whether it sees itself
/// @param maxLevel its MAX RECURSION LEVEL
/// @param outer what the query around its WITH sees, where that stands in a subquery
record CommonTable(
        String name,
        LogicalPlan plan,
        Map<String, CommonTable> visible,
        boolean recursive,
        Optional<Integer> maxLevel,
        @Nullable Scope outer) {

    CommonTable(String name, LogicalPlan plan, Map<String, CommonTable> visible) {
        this(name, plan, visible, false, Optional.empty(), null);
    }

    /// The scope of its query, where it is read at `place`: a name of the query around means the
    /// same there only if that is the one around its WITH too.
    Scope inside(Scope place) {
        Scope alone = place.alone(visible);
        return outer != null && outer == place.outer() ? alone.within(outer) : alone;
    }
}
