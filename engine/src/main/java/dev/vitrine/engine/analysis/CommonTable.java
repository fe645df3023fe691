package dev.vitrine.engine.analysis;

import dev.vitrine.engine.logical.LogicalPlan;
import java.util.Map;

/// A named query of WITH: its unresolved plan and the named queries it sees.
record CommonTable(String name, LogicalPlan plan, Map<String, CommonTable> visible) {}
