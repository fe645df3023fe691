package dev.vitrine.engine.rdd;

import java.util.ArrayList;
import java.util.List;

/// Lineage as text, in the form of Spark's `toDebugString`: an Rdd a line, the number of partitions
/// where a stage begins, and one step to the right for each shuffle.
final class LineageText {
    private final List<String> lines = new ArrayList<>();

    private LineageText() {}

    static String of(Lineage<?> lineage) {
        LineageText text = new LineageText();
        String count = "(" + lineage.partitions() + ")";
        text.lines.add(count + " " + described(lineage));
        text.parents(lineage, rail(count));
        return String.join("\n", text.lines);
    }

    /// The line that goes down from the middle of a number of partitions.
    private static String rail(String count) {
        int left = (count.length() - 1) / 2;
        return " ".repeat(left) + "|" + " ".repeat(count.length() - left);
    }

    private static String described(Lineage<?> lineage) {
        return lineage
                + " ["
                + (lineage.level().isValid() ? lineage.level().description() : "")
                + "]";
    }

    private void parents(Lineage<?> lineage, String prefix) {
        List<Dependency> dependencies = lineage.dependencies();
        for (int i = 0; i < dependencies.size(); i++) {
            boolean last = i == dependencies.size() - 1;
            switch (dependencies.get(i)) {
                case Dependency.Narrow(var parent) -> {
                    lines.add(prefix + described(parent));
                    parents(parent, prefix);
                }
                case Dependency.Shuffled(var shuffle) -> shuffled(shuffle.parent(), prefix, last);
                case Dependency.Frame f -> lines.add(prefix + "rows of a frame");
                case Dependency.Kept k -> {}
            }
        }
    }

    private void shuffled(Lineage<?> parent, String prefix, boolean last) {
        String count = "(" + parent.partitions() + ")";
        String own = prefix.replaceAll("\\|\\s+$", "");
        lines.add(own + "+-" + count + " " + described(parent));
        parents(parent, own + (last ? "  " : "| ") + rail(count));
    }
}
