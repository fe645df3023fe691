package dev.vitrine.app.pipeline;

import dev.vitrine.app.text.Text;
import dev.vitrine.engine.api.PlanSummary;
import dev.vitrine.engine.pipeline.EdgeMark;
import java.util.ArrayList;
import java.util.List;

/// Marks of edges as icons and words.
final class EdgeMarkText {
    private EdgeMarkText() {}

    /// An icon's name.
    static String icon(EdgeMark mark) {
        return switch (mark) {
            case EdgeMark.PushDown pushDown -> "push-down";
            case EdgeMark.Shuffle(var exchange) ->
                    switch (exchange.spread()) {
                        case BROADCAST -> "broadcast";
                        case SINGLE -> "single";
                        case HASH, NUMBERED, ROUND_ROBIN -> "shuffle";
                    };
        };
    }

    /// What it says, one sentence a line.
    static List<String> lines(EdgeMark mark, Text text) {
        return switch (mark) {
            case EdgeMark.PushDown(var scan) -> lines(scan, text);
            case EdgeMark.Shuffle(var exchange) -> lines(exchange, text);
        };
    }

    private static List<String> lines(PlanSummary.Scan scan, Text text) {
        List<String> lines = new ArrayList<>();
        if (!scan.leftOut().isEmpty()) {
            int read = scan.columns().size();
            lines.add(text.pushDownColumns(read, read + scan.leftOut().size()));
        }
        if (!scan.filters().isEmpty()) {
            lines.add(text.pushDownFilters(String.join(", ", scan.filters())));
        }
        if (scan.parts() < scan.allParts()) {
            lines.add(text.pushDownParts(scan.parts(), scan.allParts()));
        }
        return lines;
    }

    private static List<String> lines(PlanSummary.Exchange exchange, Text text) {
        List<String> lines = new ArrayList<>();
        lines.add(
                switch (exchange.spread()) {
                    case HASH -> text.shuffleHash(exchange.partitions());
                    case NUMBERED -> text.shuffleNumbered(exchange.partitions());
                    case SINGLE -> text.shuffleSingle();
                    case BROADCAST -> text.shuffleBroadcast();
                    case ROUND_ROBIN -> text.shuffleRoundRobin(exchange.partitions());
                });
        lines.add(exchange.text());
        if (exchange.reused()) {
            lines.add(text.shuffleReused());
        }
        return lines;
    }
}
