package dev.vitrine.engine.pipeline;

import dev.vitrine.engine.logical.LogicalPlan;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What a node of some kind is and does: the palette, the form, the checks and the plan come from
/// here. Stateless.
public interface NodeKind {
    /// As documents name it, for example `file-source`.
    String id();

    String title();

    NodeCategory category();

    /// A drawing's name that user interfaces map to an icon, for example `filter`.
    String icon();

    /// Markdown: one sentence that says what it does, then what is worth knowing.
    String help();

    /// Words that people search it by, beside its title.
    default List<String> keywords() {
        return List.of();
    }

    List<Port> inputs();

    List<Port> outputs();

    List<FormField> fields();

    /// The unresolved plan of this node over the plans of its inputs, in the order of [#inputs].
    /// Never has a side effect but for what it tells the context.
    LogicalPlan toPlan(NodeContext context, List<LogicalPlan> inputs);

    /// Problems that can be seen from the settings alone.
    default List<NodeProblem> validate(PipelineDocument.Node node) {
        List<NodeProblem> problems = new ArrayList<>();
        NodeConfig config = new NodeConfig(node, fields());
        for (FormField field : fields()) {
            if (field.required() && config.isEmpty(field.id())) {
                problems.add(
                        NodeProblem.of(
                                node.id(),
                                field.id(),
                                field.label() + " is not set.",
                                field.help()));
            }
        }
        return problems;
    }

    /// The node's settings in a few words, for example `delay > 15`; empty where there are none
    /// yet.
    default String summary(NodeConfig config) {
        return "";
    }

    /// The settings of a new node.
    default Map<String, Object> newConfig() {
        Map<String, Object> config = new LinkedHashMap<>();
        for (FormField field : fields()) {
            if (!field.defaultValue().equals(FormField.emptyValue(field.type()))) {
                config.put(field.id(), field.defaultValue());
            }
        }
        return config;
    }
}
