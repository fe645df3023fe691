package dev.vitrine.engine.pipeline.kinds;

import dev.vitrine.engine.pipeline.FormField;
import dev.vitrine.engine.pipeline.NodeCategory;
import dev.vitrine.engine.pipeline.NodeKind;
import dev.vitrine.engine.pipeline.Port;
import java.util.List;

/// A kind that reads its answers from a [Description].
abstract class Described implements NodeKind {
    private final Description description;

    Described(Description description) {
        this.description = description;
    }

    @Override
    public final String id() {
        return description.id();
    }

    @Override
    public final String title() {
        return description.title();
    }

    @Override
    public final NodeCategory category() {
        return description.category();
    }

    @Override
    public final String icon() {
        return description.icon();
    }

    @Override
    public final String help() {
        return description.help();
    }

    @Override
    public final List<String> keywords() {
        return description.keywords();
    }

    @Override
    public final List<Port> inputs() {
        return description.inputs();
    }

    @Override
    public final List<Port> outputs() {
        return description.outputs();
    }

    @Override
    public final List<FormField> fields() {
        return description.fields();
    }
}
