package dev.vitrine.engine.eventlog;

import dev.vitrine.engine.event.PlanPhase;
import dev.vitrine.engine.event.PlanTree;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads the logical plans out of the text of `EXPLAIN EXTENDED`, which logs hold where
/// `spark.sql.ui.explainMode` is `extended`.
final class PlanText {
    private static final Map<String, PlanPhase> SECTIONS =
            Map.of(
                    "== Parsed Logical Plan ==", PlanPhase.PARSED,
                    "== Analyzed Logical Plan ==", PlanPhase.ANALYZED,
                    "== Optimized Logical Plan ==", PlanPhase.OPTIMIZED);

    /// Three characters a level, then the node's text.
    private static final Pattern LINE = Pattern.compile("((?:[: ] {2})*)([+:]- )?(.*)");

    private static final int INDENT = 3;

    private PlanText() {}

    static Map<PlanPhase, PlanTree> logical(String text) {
        Map<PlanPhase, PlanTree> plans = new EnumMap<>(PlanPhase.class);
        PlanPhase phase = null;
        List<String> lines = new ArrayList<>();
        for (String line : (text + "\n== end ==").lines().toList()) {
            if (line.startsWith("== ")) {
                if (phase != null && !lines.isEmpty()) {
                    plans.put(phase, tree(lines));
                }
                phase = SECTIONS.get(line.strip());
                lines.clear();
            } else if (phase != null
                    && !line.isBlank()
                    // The analyzed plan's text begins with its columns.
                    && !(phase == PlanPhase.ANALYZED
                            && lines.isEmpty()
                            && line.matches("[^(\\[]+: \\S.*"))) {
                lines.add(line);
            }
        }
        return plans;
    }

    private static PlanTree tree(List<String> lines) {
        return new Reader(lines).node(0);
    }

    private static final class Reader {
        private final List<String> lines;
        private int next;

        private Reader(List<String> lines) {
            this.lines = lines;
        }

        private static int depth(Matcher line) {
            return line.group(1).length() / INDENT + (line.group(2) == null ? 0 : 1);
        }

        private PlanTree node(int depth) {
            Matcher line = match();
            int id = ++next;
            List<PlanTree> children = new ArrayList<>();
            while (next < lines.size() && depth(match()) > depth) {
                children.add(node(depth(match())));
            }
            String text = line.group(3);
            int space = text.indexOf(' ');
            return new PlanTree(
                    id,
                    space < 0 ? text : text.substring(0, space),
                    space < 0 ? List.of() : List.of(text.substring(space + 1)),
                    "",
                    -1,
                    children);
        }

        private Matcher match() {
            Matcher line = LINE.matcher(lines.get(next));
            if (!line.matches()) {
                throw new IllegalStateException("every line matches");
            }
            return line;
        }
    }
}
