package dev.vitrine.engine.pipeline;

import java.util.List;

/// Brings node kinds; listed in `META-INF/services/dev.vitrine.engine.pipeline.NodeKindProvider`.
public interface NodeKindProvider {
    /// In the order of the palette.
    List<NodeKind> kinds();
}
