package dev.vitrine.engine.pipeline.kinds;

import dev.vitrine.engine.pipeline.FormField;
import dev.vitrine.engine.pipeline.NodeCategory;
import dev.vitrine.engine.pipeline.Port;
import java.util.List;

/// What a kind says of itself, so that a kind's class holds its plan and little else.
record Description(
        String id,
        String title,
        NodeCategory category,
        String icon,
        String help,
        List<String> keywords,
        List<Port> inputs,
        List<Port> outputs,
        List<FormField> fields) {}
