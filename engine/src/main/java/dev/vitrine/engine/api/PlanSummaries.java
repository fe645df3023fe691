package dev.vitrine.engine.api;

import dev.vitrine.engine.physical.Partitioning;
import dev.vitrine.engine.physical.PhysicalPlan;
import dev.vitrine.engine.spi.ColumnFilter;
import dev.vitrine.engine.spi.ScanRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/// Reads a [PlanSummary] off a planned query.
final class PlanSummaries {
    private final QueryPlanning.Planned planned;
    private final long splitBytes;
    private final List<PlanSummary.Scan> scans = new ArrayList<>();
    private final List<PlanSummary.Exchange> exchanges = new ArrayList<>();

    private PlanSummaries(QueryPlanning.Planned planned, long splitBytes) {
        this.planned = planned;
        this.splitBytes = splitBytes;
    }

    /// @param splitBytes bytes that one split should read at most
    static PlanSummary of(QueryPlanning.Planned planned, long splitBytes) {
        PlanSummaries made = new PlanSummaries(planned, splitBytes);
        made.visit(planned.physical(), "");
        return new PlanSummary(made.scans, made.exchanges);
    }

    /// @param above the nearest pipeline node above `plan`, or empty
    private void visit(PhysicalPlan plan, String above) {
        String own = planned.pipelineNode(plan.id());
        switch (plan) {
            case PhysicalPlan.TableScan scan -> scans.add(scan(scan, own));
            case PhysicalPlan.Exchange exchange ->
                    exchanges.add(exchange(exchange, producer(exchange, above), above, false));
            case PhysicalPlan.ReusedExchange reused ->
                    exchanges.add(exchange(reused.exchange(), own, above, true));
            default -> {}
        }
        // An exchange belongs to whom it gives rows, not to whom it gets them from.
        boolean passes = own.isEmpty() || plan instanceof PhysicalPlan.Exchange;
        plan.children().forEach(child -> visit(child, passes ? above : own));
    }

    /// The first pipeline node below an exchange that is not the one it works for: a partial
    /// aggregate is part of that.
    private String producer(PhysicalPlan plan, String above) {
        String own = planned.pipelineNode(plan.id());
        if (!own.isEmpty() && !own.equals(above)) {
            return own;
        }
        return plan.children().stream()
                .map(child -> producer(child, above))
                .filter(found -> !found.isEmpty())
                .findFirst()
                .orElse("");
    }

    private PlanSummary.Scan scan(PhysicalPlan.TableScan scan, String node) {
        List<String> columns = scan.request().columns().names();
        List<String> leftOut = new ArrayList<>(scan.source().schema().names());
        leftOut.removeAll(columns);
        ScanRequest unfiltered =
                new ScanRequest(scan.request().columns(), List.of(), OptionalLong.empty());
        // Rows to be cached may not be there yet: nobody knows their splits.
        boolean cached = scan.source().kept().isPresent();
        return new PlanSummary.Scan(
                node,
                scan.source().format(),
                columns,
                leftOut,
                scan.request().filters().stream().map(PlanSummaries::text).toList(),
                cached ? 0 : scan.source().splits(scan.request(), splitBytes).size(),
                cached ? 0 : scan.source().splits(unfiltered, splitBytes).size());
    }

    private static PlanSummary.Exchange exchange(
            PhysicalPlan.Exchange exchange, String from, String to, boolean reused) {
        Partitioning partitioning = exchange.partitioning();
        return new PlanSummary.Exchange(
                from,
                to,
                spread(partitioning),
                partitioning.partitions(),
                partitioning.text(),
                reused);
    }

    private static PlanSummary.Spread spread(Partitioning partitioning) {
        return switch (partitioning) {
            case Partitioning.Hashed hashed -> PlanSummary.Spread.HASH;
            case Partitioning.Numbered numbered -> PlanSummary.Spread.NUMBERED;
            case Partitioning.Single single -> PlanSummary.Spread.SINGLE;
            case Partitioning.Merged merged -> PlanSummary.Spread.SINGLE;
            case Partitioning.InOrder inOrder -> PlanSummary.Spread.ROUND_ROBIN;
            case Partitioning.RoundRobin robin -> PlanSummary.Spread.ROUND_ROBIN;
            case Partitioning.Broadcast broadcast -> PlanSummary.Spread.BROADCAST;
        };
    }

    private static String text(ColumnFilter filter) {
        String values =
                filter.values().stream().map(String::valueOf).collect(Collectors.joining(", "));
        String column = filter.column();
        return switch (filter.op()) {
            case EQ -> column + " = " + values;
            case LT -> column + " < " + values;
            case LE -> column + " <= " + values;
            case GT -> column + " > " + values;
            case GE -> column + " >= " + values;
            case IN -> column + " IN (" + values + ")";
            case IS_NULL -> column + " IS NULL";
            case IS_NOT_NULL -> column + " IS NOT NULL";
        };
    }
}
