package dev.vitrine.engine.logical;

import dev.vitrine.engine.error.SourceRange;
import java.util.IdentityHashMap;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// What is known of one query's plan nodes and expressions beside the trees themselves: where they
/// came from, their ids, and the next attribute id. One per query; used by one thread at a time.
public final class PlanContext {
    private final IdentityHashMap<LogicalPlan, Origin> origins = new IdentityHashMap<>();
    private final IdentityHashMap<LogicalPlan, Integer> ids = new IdentityHashMap<>();
    private final IdentityHashMap<Object, SourceRange> ranges = new IdentityHashMap<>();
    private final AtomicLong nextAttributeId;
    private int nextNodeId = 1;

    public PlanContext() {
        this(new AtomicLong(1));
    }

    /// @param nextAttributeId shared by contexts whose plans are put together
    public PlanContext(AtomicLong nextAttributeId) {
        this.nextAttributeId = nextAttributeId;
    }

    /// A fresh attribute id.
    public long newAttributeId() {
        return nextAttributeId.getAndIncrement();
    }

    public Origin origin(LogicalPlan node) {
        return origins.getOrDefault(node, Origin.NONE);
    }

    /// Says where `node` came from, unless that is known; gives the node back.
    public <P extends LogicalPlan> P mark(P node, Origin origin) {
        if (!origin.equals(Origin.NONE)) {
            origins.putIfAbsent(node, origin);
        }
        return node;
    }

    /// Gives `made`, which took the place of `replaced`, its origin and id where it has none of its
    /// own.
    @SuppressWarnings("ReferenceEquality") // equal plans at different places have different origins
    public void inherit(LogicalPlan made, LogicalPlan replaced) {
        if (made == replaced) {
            return;
        }
        mark(made, origin(replaced));
        Integer id = ids.get(replaced);
        if (id != null) {
            ids.putIfAbsent(made, id);
        }
    }

    /// The id of a plan node, stable for as long as nothing but `inherit` touches it.
    public int id(LogicalPlan node) {
        return ids.computeIfAbsent(node, n -> nextNodeId++);
    }

    /// Remembers the SQL range of an expression.
    public <T> T place(T expr, @Nullable SourceRange range) {
        if (range != null) {
            ranges.putIfAbsent(expr, range);
        }
        return expr;
    }

    public Optional<SourceRange> range(Object expr) {
        return Optional.ofNullable(ranges.get(expr));
    }
}
