package dev.vitrine.engine.operator;

import dev.vitrine.engine.expr.Expr;
import dev.vitrine.engine.expr.Expr.Attribute;
import dev.vitrine.engine.logical.JoinType;
import dev.vitrine.engine.physical.PhysicalPlan;
import dev.vitrine.engine.physical.PhysicalPlan.HashJoin;
import dev.vitrine.engine.physical.PhysicalPlan.JoinKey;
import dev.vitrine.engine.spi.ColumnFilter;
import dev.vitrine.engine.spi.ScanRequest;
import dev.vitrine.engine.types.DataType;
import java.util.ArrayList;
import java.util.List;

/// What the broadcast joins of a stage tell the scan below them: a row whose key is smaller or
/// larger than all keys of a build side finds no partner there, so the source may leave out row
/// groups and pages that hold only such rows. Sales are often stored in the order of their dates,
/// and queries often ask for a few months.
final class KeyBounds {
    /// Above that many rows a build side is not looked through.
    private static final long MOST_ROWS = 100_000;

    private final StageContext shared;

    KeyBounds(StageContext shared) {
        this.shared = shared;
    }

    /// The request of a scan in `stage` with the bounds that hold for its rows.
    ScanRequest narrowed(PhysicalPlan stage, PhysicalPlan.TableScan scan) {
        List<HashJoin> joins = new ArrayList<>();
        if (!collect(stage, scan, joins)) {
            return scan.request();
        }
        List<ColumnFilter> filters = new ArrayList<>(scan.request().filters());
        for (HashJoin join : joins) {
            for (JoinKey key : join.keys()) {
                int column =
                        scan.output().stream().map(Attribute::id).toList().indexOf(key.left().id());
                if (column >= 0 && !key.nullSafe() && isWhole(key)) {
                    String name = scan.request().columns().field(column).name();
                    filters.addAll(bounds(join, key, name));
                }
            }
        }
        return new ScanRequest(scan.request().columns(), filters, scan.request().limit());
    }

    private static boolean isWhole(JoinKey key) {
        DataType type = key.left().type();
        return type.equals(key.right().type())
                && (type == DataType.INT || type == DataType.BIGINT || type == DataType.DATE);
    }

    private List<ColumnFilter> bounds(HashJoin join, JoinKey key, String column) {
        PhysicalPlan.Exchange exchange =
                switch (join.right()) {
                    case PhysicalPlan.Exchange e -> e;
                    case PhysicalPlan.ReusedExchange r -> r.exchange();
                    default -> throw new IllegalStateException("a join without an exchange");
                };
        if (shared.rowCount(exchange) > MOST_ROWS) {
            return List.of();
        }
        int ordinal = Interpreted.ordinal(key.right(), join.right().output());
        return shared.broadcast(join, exchange)
                .bounds(ordinal)
                .map(b ->
                        List.of(
                                new ColumnFilter(column, ColumnFilter.Op.GE, List.of(b.least())),
                                new ColumnFilter(
                                        column, ColumnFilter.Op.LE, List.of(b.greatest()))))
                .orElse(List.of());
    }

    /// Finds the joins that drop rows of `scan` which they have no partner for, where nothing
    /// between needs those rows; false where the scan is not below `plan`.
    private static boolean collect(
            PhysicalPlan plan, PhysicalPlan.TableScan scan, List<HashJoin> joins) {
        switch (plan) {
            case PhysicalPlan.TableScan found -> {
                return found.id() == scan.id();
            }
            case HashJoin join -> {
                boolean drops =
                        join.joinType() == JoinType.INNER || join.joinType() == JoinType.LEFT_SEMI;
                if (drops && join.broadcast()) {
                    joins.add(join);
                } else if (join.joinType() == JoinType.FULL_OUTER) {
                    joins.clear();
                }
                return collect(join.left(), scan, joins);
            }
            case PhysicalPlan.Project p when p.exprs().stream().allMatch(Expr::deterministic) -> {
                return collect(p.input(), scan, joins);
            }
            case PhysicalPlan.Filter f when f.predicate().deterministic() -> {
                return collect(f.input(), scan, joins);
            }
            case PhysicalPlan.Exchange e -> {
                return false;
            }
            default -> {
                // It may need the rows that a join above it would drop, if only to number them.
                for (PhysicalPlan child : plan.children()) {
                    joins.clear();
                    if (collect(child, scan, joins)) {
                        return true;
                    }
                }
                return false;
            }
        }
    }
}
