package dev.vitrine.engine.physical;

import dev.vitrine.engine.expr.Expr;
import dev.vitrine.engine.expr.Expr.Attribute;
import dev.vitrine.engine.expr.PartitionFunction;
import dev.vitrine.engine.expr.PositionFunction;
import dev.vitrine.engine.expr.RowFunction;
import dev.vitrine.engine.logical.JoinType;
import dev.vitrine.engine.logical.LogicalPlan;
import dev.vitrine.engine.spi.FolderPartitions;
import dev.vitrine.engine.spi.SaveMode;
import dev.vitrine.engine.spi.ScanRequest;
import dev.vitrine.engine.spi.TableSource;
import dev.vitrine.engine.types.Field;
import dev.vitrine.engine.types.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// A node of a physical plan. `id` is unique in a query and names the node in events, counters and
/// generated code.
public sealed interface PhysicalPlan {
    int id();

    /// Reads a connector's table.
    record TableScan(int id, TableSource source, List<Attribute> output, ScanRequest request)
            implements PhysicalPlan {
        public TableScan {
            output = List.copyOf(output);
        }
    }

    /// Gives constant rows.
    record LocalRows(int id, List<Attribute> output, List<List<@Nullable Object>> rows)
            implements PhysicalPlan {
        public LocalRows {
            output = List.copyOf(output);
        }
    }

    /// Gives whole numbers from `start` to before `end`.
    record RangeRows(int id, Attribute attribute, long start, long end, long step)
            implements PhysicalPlan {}

    /// Computes `exprs`, attributes and aliases, for each row.
    record Project(int id, PhysicalPlan input, List<Expr> exprs) implements PhysicalPlan {
        public Project {
            exprs = List.copyOf(exprs);
        }
    }

    /// Keeps rows for which `predicate` is true.
    record Filter(int id, PhysicalPlan input, Expr predicate) implements PhysicalPlan {}

    /// Groups rows in a hash table. `groups` are attributes of the input.
    record HashAggregate(
            int id,
            PhysicalPlan input,
            List<Attribute> groups,
            List<AggregateItem> items,
            AggregateMode mode)
            implements PhysicalPlan {
        public HashAggregate {
            groups = List.copyOf(groups);
            items = List.copyOf(items);
        }
    }

    /// Looks each row of `left` up in a hash table of the rows of `right`.
    ///
    /// @param condition what must hold beside the keys' equality
    /// @param broadcast whether all tasks share one table, else each has its partition's
    record HashJoin(
            int id,
            PhysicalPlan left,
            PhysicalPlan right,
            JoinType joinType,
            List<JoinKey> keys,
            Optional<Expr> condition,
            boolean broadcast)
            implements PhysicalPlan {
        public HashJoin {
            keys = List.copyOf(keys);
        }
    }

    /// Holds each row of `left` against every row of `right`, which all tasks share, or against
    /// those in a range.
    record NestedLoopJoin(
            int id,
            PhysicalPlan left,
            PhysicalPlan right,
            JoinType joinType,
            Optional<Expr> condition,
            Optional<JoinRange> range)
            implements PhysicalPlan {}

    /// Sorts a task's rows; keys are attributes.
    record Sort(int id, PhysicalPlan input, List<Expr.SortKey> keys) implements PhysicalPlan {
        public Sort {
            keys = List.copyOf(keys);
        }
    }

    /// The first `limit` rows after `offset` in the order of `keys`, of a task's rows.
    record TopN(int id, PhysicalPlan input, List<Expr.SortKey> keys, long limit, long offset)
            implements PhysicalPlan {
        public TopN {
            keys = List.copyOf(keys);
        }
    }

    /// The first `limit` rows after `offset`, of a task's rows.
    record Limit(int id, PhysicalPlan input, long limit, long offset) implements PhysicalPlan {}

    /// The rows of all inputs.
    record Union(int id, List<PhysicalPlan> inputs, List<Attribute> output)
            implements PhysicalPlan {
        public Union {
            inputs = List.copyOf(inputs);
            output = List.copyOf(output);
        }
    }

    /// Adds what `calls`, aliases over window calls, give for each row. The rows come sorted by
    /// `partition`, then `order`; a partition is in one task.
    record Window(
            int id,
            PhysicalPlan input,
            List<Attribute> partition,
            List<Expr.SortKey> order,
            List<Expr.Alias> calls)
            implements PhysicalPlan {
        public Window {
            partition = List.copyOf(partition);
            order = List.copyOf(order);
            calls = List.copyOf(calls);
        }
    }

    /// Leaves out rows whose rank among a task's rows of equal `partition` is above `limit`: not
    /// all of them, but none other.
    record WindowGroupLimit(
            int id,
            PhysicalPlan input,
            List<Attribute> partition,
            List<Expr.SortKey> order,
            PositionFunction rank,
            int limit)
            implements PhysicalPlan {
        public WindowGroupLimit {
            partition = List.copyOf(partition);
            order = List.copyOf(order);
        }
    }

    /// Gives each row once for every projection.
    record Expand(int id, PhysicalPlan input, List<List<Expr>> projections, List<Attribute> output)
            implements PhysicalPlan {
        public Expand {
            projections = projections.stream().map(List::copyOf).toList();
            output = List.copyOf(output);
        }
    }

    /// Gives each row once for every row that `generator` makes of it.
    record Generate(
            int id,
            PhysicalPlan input,
            Expr.GeneratorCall generator,
            boolean outer,
            List<Attribute> added)
            implements PhysicalPlan {
        public Generate {
            added = List.copyOf(added);
        }
    }

    /// Gives the rows that a program's function makes of the input's.
    ///
    /// @param reads columns of the input that it is given
    /// @param keys how many of them, the first, the rows come sorted by for a function of groups
    record MapRows(
            int id,
            PhysicalPlan input,
            RowFunction function,
            List<Attribute> reads,
            int keys,
            List<Attribute> output)
            implements PhysicalPlan {
        public MapRows {
            reads = List.copyOf(reads);
            output = List.copyOf(output);
        }
    }

    /// Gives the rows that a program's function makes of partitions of its inputs, which are
    /// exchanges that spread rows as it says.
    record PartitionRows(
            int id, List<PhysicalPlan> inputs, PartitionFunction function, List<Attribute> output)
            implements PhysicalPlan {
        public PartitionRows {
            inputs = List.copyOf(inputs);
            output = List.copyOf(output);
        }
    }

    /// Keeps a random part of the rows.
    record Sample(int id, PhysicalPlan input, double fraction, long seed) implements PhysicalPlan {}

    /// The border between two stages: the rows of `input`, spread anew.
    record Exchange(int id, PhysicalPlan input, Partitioning partitioning)
            implements PhysicalPlan {}

    /// Reads the rows of an exchange that another place of the plan fills. Not the exchange's
    /// parent: whoever walks the plan meets the exchange once, where it stands.
    ///
    /// @param output its columns under the names and ids that they have here
    record ReusedExchange(int id, List<Attribute> output, Exchange exchange)
            implements PhysicalPlan {
        public ReusedExchange {
            output = List.copyOf(output);
        }
    }

    /// Writes rows to files.
    record WriteFiles(
            int id,
            PhysicalPlan input,
            String format,
            String path,
            SaveMode mode,
            Map<String, String> options,
            FolderPartitions partitions)
            implements PhysicalPlan {}

    /// A key of a hash join: attributes of the two sides.
    ///
    /// @param nullSafe whether NULL equals NULL
    record JoinKey(Attribute left, Attribute right, boolean nullSafe) {}

    enum AggregateMode {
        /// From rows to states.
        PARTIAL,
        /// From states to results.
        FINAL,
        /// From rows to results.
        COMPLETE
    }

    /// One aggregate: its call over attributes of the rows, the attributes that carry its state,
    /// and its result.
    record AggregateItem(Expr.AggregateCall call, List<Attribute> states, Attribute result) {
        public AggregateItem {
            states = List.copyOf(states);
        }
    }

    default List<Attribute> output() {
        return switch (this) {
            case TableScan s -> s.output;
            case LocalRows l -> l.output;
            case RangeRows r -> List.of(r.attribute);
            case Project p -> LogicalPlan.attributes(p.exprs);
            case Filter f -> f.input.output();
            case HashAggregate a -> {
                List<Attribute> all = new ArrayList<>(a.groups);
                for (AggregateItem item : a.items) {
                    if (a.mode == AggregateMode.PARTIAL) {
                        all.addAll(item.states);
                    } else {
                        all.add(item.result);
                    }
                }
                yield all;
            }
            case HashJoin j -> joined(j.left, j.right, j.joinType);
            case NestedLoopJoin j -> joined(j.left, j.right, j.joinType);
            case Sort s -> s.input.output();
            case TopN t -> t.input.output();
            case Limit l -> l.input.output();
            case Union u -> u.output;
            case Window w -> {
                List<Attribute> all = new ArrayList<>(w.input.output());
                w.calls.forEach(call -> all.add(call.toAttribute()));
                yield all;
            }
            case WindowGroupLimit w -> w.input.output();
            case Expand e -> e.output;
            case Generate g -> {
                List<Attribute> all = new ArrayList<>(g.input.output());
                all.addAll(g.added);
                yield all;
            }
            case MapRows m -> m.output;
            case PartitionRows p -> p.output;
            case Sample s -> s.input.output();
            case Exchange e -> e.input.output();
            case ReusedExchange r -> r.output;
            case WriteFiles w -> List.of();
        };
    }

    default List<PhysicalPlan> children() {
        return switch (this) {
            case TableScan s -> List.of();
            case LocalRows l -> List.of();
            case RangeRows r -> List.of();
            case Project p -> List.of(p.input);
            case Filter f -> List.of(f.input);
            case HashAggregate a -> List.of(a.input);
            case HashJoin j -> List.of(j.left, j.right);
            case NestedLoopJoin j -> List.of(j.left, j.right);
            case Sort s -> List.of(s.input);
            case TopN t -> List.of(t.input);
            case Limit l -> List.of(l.input);
            case Union u -> u.inputs;
            case Window w -> List.of(w.input);
            case WindowGroupLimit w -> List.of(w.input);
            case Expand e -> List.of(e.input);
            case Generate g -> List.of(g.input);
            case MapRows m -> List.of(m.input);
            case PartitionRows p -> p.inputs;
            case Sample s -> List.of(s.input);
            case Exchange e -> List.of(e.input);
            case ReusedExchange r -> List.of();
            case WriteFiles w -> List.of(w.input);
        };
    }

    /// This node with each child as `change` gives it; the same object where nothing changed.
    default PhysicalPlan mapChildren(UnaryOperator<PhysicalPlan> change) {
        List<PhysicalPlan> before = children();
        List<PhysicalPlan> c = before.stream().map(change).toList();
        boolean same = true;
        for (int i = 0; i < c.size(); i++) {
            same &= c.get(i) == before.get(i);
        }
        if (same) {
            return this;
        }
        return switch (this) {
            case TableScan s -> s;
            case LocalRows l -> l;
            case RangeRows r -> r;
            case ReusedExchange r -> r;
            case Project p -> new Project(p.id, c.get(0), p.exprs);
            case Filter f -> new Filter(f.id, c.get(0), f.predicate);
            case HashAggregate a -> new HashAggregate(a.id, c.get(0), a.groups, a.items, a.mode);
            case HashJoin j ->
                    new HashJoin(
                            j.id, c.get(0), c.get(1), j.joinType, j.keys, j.condition, j.broadcast);
            case NestedLoopJoin j ->
                    new NestedLoopJoin(j.id, c.get(0), c.get(1), j.joinType, j.condition, j.range);
            case Sort s -> new Sort(s.id, c.get(0), s.keys);
            case TopN t -> new TopN(t.id, c.get(0), t.keys, t.limit, t.offset);
            case Limit l -> new Limit(l.id, c.get(0), l.limit, l.offset);
            case Union u -> new Union(u.id, c, u.output);
            case Window w -> new Window(w.id, c.get(0), w.partition, w.order, w.calls);
            case WindowGroupLimit w ->
                    new WindowGroupLimit(w.id, c.get(0), w.partition, w.order, w.rank, w.limit);
            case Expand e -> new Expand(e.id, c.get(0), e.projections, e.output);
            case Generate g -> new Generate(g.id, c.get(0), g.generator, g.outer, g.added);
            case MapRows m -> new MapRows(m.id, c.get(0), m.function, m.reads, m.keys, m.output);
            case PartitionRows p -> new PartitionRows(p.id, c, p.function, p.output);
            case Sample s -> new Sample(s.id, c.get(0), s.fraction, s.seed);
            case Exchange e -> new Exchange(e.id, c.get(0), e.partitioning);
            case WriteFiles w ->
                    new WriteFiles(
                            w.id, c.get(0), w.format, w.path, w.mode, w.options, w.partitions);
        };
    }

    /// Calls `visit` on this node and all below, parents first.
    default void forEach(Consumer<PhysicalPlan> visit) {
        visit.accept(this);
        children().forEach(child -> child.forEach(visit));
    }

    default Schema schema() {
        return schema(output());
    }

    static Schema schema(List<Attribute> attributes) {
        return new Schema(
                attributes.stream().map(a -> new Field(a.name(), a.type(), a.nullable())).toList());
    }

    private static List<Attribute> joined(PhysicalPlan left, PhysicalPlan right, JoinType type) {
        List<Attribute> all = new ArrayList<>();
        boolean leftNullable = type == JoinType.RIGHT_OUTER || type == JoinType.FULL_OUTER;
        boolean rightNullable = type == JoinType.LEFT_OUTER || type == JoinType.FULL_OUTER;
        left.output().forEach(a -> all.add(a.withNullable(a.nullable() || leftNullable)));
        if (!type.leftOnly()) {
            right.output().forEach(a -> all.add(a.withNullable(a.nullable() || rightNullable)));
        }
        return all;
    }
}
