package dev.vitrine.engine.analysis;

import dev.vitrine.engine.logical.LogicalPlan;
import java.util.Map;
import java.util.Optional;

/// A named query of WITH: its unresolved plan and the named queries it sees.
///
/// @param recursive whether it sees itself
/// @param maxLevel its MAX RECURSION LEVEL
record CommonTable(
        String name,
        LogicalPlan plan,
        Map<String, CommonTable> visible,
        boolean recursive,
        Optional<Integer> maxLevel) {

    CommonTable(String name, LogicalPlan plan, Map<String, CommonTable> visible) {
        this(name, plan, visible, false, Optional.empty());
    }
}
