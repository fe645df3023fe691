package dev.vitrine.engine.logical;

import dev.vitrine.engine.error.EngineException;
import dev.vitrine.engine.error.SourceRange;
import dev.vitrine.engine.expr.Expr;
import dev.vitrine.engine.expr.PartitionFunction;
import dev.vitrine.engine.expr.PlanNode;
import dev.vitrine.engine.expr.RowFunction;
import dev.vitrine.engine.spi.ColumnFilter;
import dev.vitrine.engine.spi.FolderPartitions;
import dev.vitrine.engine.spi.SaveMode;
import dev.vitrine.engine.spi.TableSource;
import dev.vitrine.engine.types.Schema;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// A node of a logical plan: an immutable record over its inputs.
///
/// The `Unresolved…` records, [With], [SubqueryAlias] and [UsingJoin] are gone after analysis.
/// Attribute ids are unique in a query after analysis: a relation met twice has fresh ids. Nodes
/// have no ids of their own; see [PlanContext].
public sealed interface LogicalPlan extends PlanNode
        permits LogicalPlan.UnresolvedRelation,
                LogicalPlan.UnresolvedFiles,
                LogicalPlan.UnresolvedInlineTable,
                LogicalPlan.With,
                LogicalPlan.SubqueryAlias,
                LogicalPlan.UsingJoin,
                LogicalPlan.Scan,
                LogicalPlan.LocalRelation,
                LogicalPlan.Range,
                LogicalPlan.Project,
                LogicalPlan.Filter,
                LogicalPlan.Aggregate,
                LogicalPlan.Join,
                LogicalPlan.Sort,
                LogicalPlan.Limit,
                LogicalPlan.Distinct,
                LogicalPlan.Union,
                LogicalPlan.SetOperation,
                LogicalPlan.Window,
                LogicalPlan.WindowGroupLimit,
                LogicalPlan.Expand,
                LogicalPlan.Generate,
                LogicalPlan.UnresolvedGenerate,
                LogicalPlan.MapRows,
                LogicalPlan.PartitionRows,
                LogicalPlan.LateralJoin,
                LogicalPlan.Repartition,
                LogicalPlan.Sample,
                LogicalPlan.Write,
                LogicalPlan.UnresolvedInsert,
                QueryForm {

    /// A table or view by name, or a file as `format.`path``.
    record UnresolvedRelation(List<String> nameParts, @Nullable SourceRange where)
            implements LogicalPlan {
        public UnresolvedRelation {
            nameParts = List.copyOf(nameParts);
        }
    }

    /// Files read with options, as `DataFrameReader` and file source nodes ask for.
    record UnresolvedFiles(
            String format,
            List<String> paths,
            Optional<Schema> givenSchema,
            Map<String, String> options,
            @Nullable SourceRange where)
            implements LogicalPlan {
        public UnresolvedFiles {
            paths = List.copyOf(paths);
            options = Map.copyOf(options);
        }
    }

    /// `VALUES (…), (…)`; names are `col1`, `col2` … unless an alias gives others.
    record UnresolvedInlineTable(
            List<String> names, List<List<Expr>> rows, @Nullable SourceRange where)
            implements LogicalPlan {
        public UnresolvedInlineTable {
            names = List.copyOf(names);
            rows = rows.stream().map(List::copyOf).toList();
        }
    }

    /// Common table expressions in scope of `input`; a later one sees the earlier ones.
    ///
    /// @param recursive whether each sees itself too
    record With(LogicalPlan input, List<Cte> ctes, boolean recursive) implements LogicalPlan {
        public With {
            ctes = List.copyOf(ctes);
        }

        public With withInput(LogicalPlan changed) {
            return new With(changed, ctes, recursive);
        }

        /// @param maxLevel how many times a recursive one may add rows, if it says so
        public record Cte(String name, LogicalPlan plan, Optional<Integer> maxLevel) {
            public Cte(String name, LogicalPlan plan) {
                this(name, plan, Optional.empty());
            }
        }
    }

    /// A name, and optionally column names, for a plan's output.
    record SubqueryAlias(LogicalPlan input, String alias, List<String> columnNames)
            implements LogicalPlan {
        public SubqueryAlias {
            columnNames = List.copyOf(columnNames);
        }
    }

    /// A join on columns of equal name, which appear once; `columns` empty means NATURAL.
    record UsingJoin(LogicalPlan left, LogicalPlan right, JoinType joinType, List<String> columns)
            implements LogicalPlan {
        public UsingJoin {
            columns = List.copyOf(columns);
        }
    }

    /// Rows of a connector's table: the columns of `output`, of the rows that `filters` do not rule
    /// out.
    ///
    /// `filters` only prune (see `ScanRequest`): a Filter with the whole condition stays above.
    record Scan(
            TableSource source,
            List<Expr.Attribute> output,
            List<ColumnFilter> filters,
            OptionalLong limit)
            implements LogicalPlan {
        public Scan {
            output = List.copyOf(output);
            filters = List.copyOf(filters);
        }
    }

    /// Constant rows; values boxed as `DataType` says.
    record LocalRelation(List<Expr.Attribute> output, List<List<@Nullable Object>> rows)
            implements LogicalPlan {
        public LocalRelation {
            output = List.copyOf(output);
            rows =
                    rows.stream()
                            .map(row ->
                                    java.util.Collections.unmodifiableList(new ArrayList<>(row)))
                            .toList();
        }
    }

    /// Whole numbers from `start` up to, not including, `end`.
    record Range(Expr.Attribute attribute, long start, long end, long step)
            implements LogicalPlan {}

    /// `exprs` are attributes and aliases after analysis.
    record Project(LogicalPlan input, List<Expr> exprs) implements LogicalPlan {
        public Project {
            exprs = List.copyOf(exprs);
        }
    }

    record Filter(LogicalPlan input, Expr predicate) implements LogicalPlan {}

    /// Groups by `groupings`, then computes `outputs` (attributes of groupings, aliases over
    /// aggregates and groupings). No grouping means one group of all rows.
    record Aggregate(LogicalPlan input, List<Expr> groupings, List<Expr> outputs)
            implements LogicalPlan {
        public Aggregate {
            groupings = List.copyOf(groupings);
            outputs = List.copyOf(outputs);
        }
    }

    record Join(LogicalPlan left, LogicalPlan right, JoinType joinType, Optional<Expr> condition)
            implements LogicalPlan {}

    /// `global` false sorts within partitions (SORT BY).
    record Sort(LogicalPlan input, List<Expr.SortKey> keys, boolean global) implements LogicalPlan {
        public Sort {
            keys = List.copyOf(keys);
        }
    }

    /// At most `limit` rows after the first `offset`. The two are expressions until analysis, then
    /// BIGINT literals; a missing limit means all.
    record Limit(LogicalPlan input, Optional<Expr> limit, Expr offset) implements LogicalPlan {}

    record Distinct(LogicalPlan input) implements LogicalPlan {}

    /// UNION ALL; after analysis all inputs have equal types and `output` is new attributes.
    record Union(List<LogicalPlan> inputs, boolean byName, List<Expr.Attribute> attributes)
            implements LogicalPlan {
        public Union {
            inputs = List.copyOf(inputs);
            attributes = List.copyOf(attributes);
        }
    }

    /// INTERSECT or EXCEPT, ALL or DISTINCT; the output has the left side's names.
    record SetOperation(LogicalPlan left, LogicalPlan right, Kind kind, boolean all)
            implements LogicalPlan {
        public enum Kind {
            INTERSECT,
            EXCEPT
        }
    }

    /// Adds `calls` (aliases over window calls of one partitioning and order) to the input's
    /// columns.
    record Window(LogicalPlan input, List<Expr> calls) implements LogicalPlan {
        public Window {
            calls = List.copyOf(calls);
        }
    }

    /// The rows of which `rank`, a row_number, rank or dense_rank, may be at most `limit`; others
    /// may be among them.
    record WindowGroupLimit(LogicalPlan input, Expr.WindowCall rank, int limit)
            implements LogicalPlan {}

    /// Gives each row once for every projection: what `output` is called in each of them.
    record Expand(LogicalPlan input, List<List<Expr>> projections, List<Expr.Attribute> attributes)
            implements LogicalPlan {
        public Expand {
            projections = projections.stream().map(List::copyOf).toList();
            attributes = List.copyOf(attributes);
        }
    }

    /// Gives each row once for every row that `generator` makes of it, with its columns added.
    ///
    /// @param outer whether a row for which there is none is kept, with NULLs
    record Generate(
            LogicalPlan input,
            Expr.GeneratorCall generator,
            boolean outer,
            List<Expr.Attribute> added)
            implements LogicalPlan {
        public Generate {
            added = List.copyOf(added);
        }
    }

    /// The rows that a program's function makes of the input's. A wall: nothing is known of how its
    /// columns come from those below.
    ///
    /// @param reads the input's columns that the function is given, in this order; before analysis
    ///   none are named and it is given all
    /// @param keys how many of them, the first, make the groups of a function of groups
    record MapRows(
            LogicalPlan input,
            RowFunction function,
            List<Expr> reads,
            int keys,
            List<Expr.Attribute> made)
            implements LogicalPlan {
        public MapRows {
            reads = List.copyOf(reads);
            made = List.copyOf(made);
        }
    }

    /// The rows that a program's function makes of the partitions of any number of inputs, spread
    /// as it says. A wall as [MapRows] is.
    record PartitionRows(
            List<LogicalPlan> inputs, PartitionFunction function, List<Expr.Attribute> made)
            implements LogicalPlan {
        public PartitionRows {
            inputs = List.copyOf(inputs);
            made = List.copyOf(made);
        }
    }

    /// `LATERAL VIEW`, or a table function after FROM; gone after analysis.
    ///
    /// @param function the call; its arguments see the columns of `input`
    /// @param alias name of the added columns' table
    /// @param columns their names, or none for the function's own
    record UnresolvedGenerate(
            LogicalPlan input,
            Expr function,
            boolean outer,
            Optional<String> alias,
            List<String> columns)
            implements LogicalPlan {
        public UnresolvedGenerate {
            columns = List.copyOf(columns);
        }
    }

    /// A join whose right side sees the columns of the left; [Expr.OuterReference]s in it after
    /// analysis.
    record LateralJoin(
            LogicalPlan left, LogicalPlan right, JoinType joinType, Optional<Expr> condition)
            implements LogicalPlan {}

    /// Spreads rows over `partitions` by hash of `exprs`, or evenly where there are none.
    record Repartition(LogicalPlan input, List<Expr> exprs, int partitions) implements LogicalPlan {
        public Repartition {
            exprs = List.copyOf(exprs);
        }
    }

    /// A random part of the rows, the same for the same seed and splits.
    record Sample(LogicalPlan input, double fraction, long seed) implements LogicalPlan {}

    /// Writes the rows to files in folder `path`; has no output.
    record Write(
            LogicalPlan input,
            String format,
            String path,
            SaveMode mode,
            Map<String, String> options,
            FolderPartitions partitions)
            implements LogicalPlan {
        public Write {
            options = Map.copyOf(options);
        }
    }

    /// INSERT: rows for a table, whose columns they are yet to be matched with; a [Write] after
    /// analysis.
    ///
    /// @param columns the columns that the rows give in their order, or none for all of the table's
    /// @param byName whether rows are matched by the names of their columns
    /// @param partition the PARTITION clause: columns with a constant, and those whose value the
    ///   rows give
    /// @param ifNotExists OVERWRITE only where that partition has no rows yet
    record UnresolvedInsert(
            LogicalPlan input,
            List<String> table,
            List<String> columns,
            boolean byName,
            boolean overwrite,
            List<PartitionValue> partition,
            boolean ifNotExists,
            @Nullable SourceRange where)
            implements LogicalPlan {
        public UnresolvedInsert {
            table = List.copyOf(table);
            columns = List.copyOf(columns);
            partition = List.copyOf(partition);
        }

        public record PartitionValue(String column, Optional<Expr> value) {}
    }

    @Override
    default List<Expr.Attribute> output() {
        return switch (this) {
            case Scan scan -> scan.output;
            case LocalRelation local -> local.output;
            case Range range -> List.of(range.attribute);
            case Project(var input, var exprs) -> attributes(exprs);
            case Filter(var input, var predicate) -> input.output();
            case Aggregate(var input, var groupings, var outputs) -> attributes(outputs);
            case Join(var left, var right, var type, var condition) -> joined(left, right, type);
            case Sort(var input, var keys, var global) -> input.output();
            case Limit(var input, var limit, var offset) -> input.output();
            case Distinct(var input) -> input.output();
            case Union(var inputs, var byName, var attributes) -> attributes;
            case SetOperation(var left, var right, var kind, var all) -> left.output();
            case Window(var input, var calls) -> {
                List<Expr.Attribute> all = new ArrayList<>(input.output());
                all.addAll(attributes(calls));
                yield all;
            }
            case WindowGroupLimit(var input, var rank, var limit) -> input.output();
            case Expand e -> e.attributes;
            case Generate g -> {
                List<Expr.Attribute> all = new ArrayList<>(g.input.output());
                all.addAll(g.added);
                yield all;
            }
            case MapRows m -> m.made;
            case PartitionRows p -> p.made;
            case LateralJoin(var left, var right, var type, var condition) ->
                    joined(left, right, type);
            case UnresolvedGenerate u -> throw unresolved(this);
            case Repartition(var input, var exprs, var n) -> input.output();
            case Sample(var input, var fraction, var seed) -> input.output();
            case Write w -> List.of();
            case UnresolvedInsert u -> List.of();
            case SubqueryAlias(var input, var alias, var names) -> throw unresolved(this);
            case With(var input, var ctes, boolean recursive) -> throw unresolved(this);
            case UsingJoin u -> throw unresolved(this);
            case UnresolvedRelation u -> throw unresolved(this);
            case UnresolvedFiles u -> throw unresolved(this);
            case UnresolvedInlineTable u -> throw unresolved(this);
            case QueryForm f -> throw unresolved(this);
        };
    }

    /// The plans directly below, left to right; plans of subquery expressions and CTE definitions
    /// are not among them.
    default List<LogicalPlan> children() {
        return switch (this) {
            case UnresolvedRelation u -> List.of();
            case UnresolvedFiles u -> List.of();
            case UnresolvedInlineTable u -> List.of();
            case Scan s -> List.of();
            case LocalRelation l -> List.of();
            case Range r -> List.of();
            case With(var input, var ctes, boolean recursive) -> List.of(input);
            case SubqueryAlias(var input, var alias, var names) -> List.of(input);
            case UsingJoin(var left, var right, var type, var columns) -> List.of(left, right);
            case Project(var input, var exprs) -> List.of(input);
            case Filter(var input, var predicate) -> List.of(input);
            case Aggregate(var input, var groupings, var outputs) -> List.of(input);
            case Join(var left, var right, var type, var condition) -> List.of(left, right);
            case Sort(var input, var keys, var global) -> List.of(input);
            case Limit(var input, var limit, var offset) -> List.of(input);
            case Distinct(var input) -> List.of(input);
            case Union(var inputs, var byName, var attributes) -> inputs;
            case SetOperation(var left, var right, var kind, var all) -> List.of(left, right);
            case Window(var input, var calls) -> List.of(input);
            case WindowGroupLimit(var input, var rank, var limit) -> List.of(input);
            case Expand e -> List.of(e.input);
            case Generate g -> List.of(g.input);
            case MapRows m -> List.of(m.input);
            case PartitionRows p -> p.inputs;
            case LateralJoin j -> List.of(j.left, j.right);
            case UnresolvedGenerate u -> List.of(u.input);
            case Repartition(var input, var exprs, var n) -> List.of(input);
            case Sample(var input, var fraction, var seed) -> List.of(input);
            case Write w -> List.of(w.input);
            case UnresolvedInsert u -> List.of(u.input);
            case QueryForm f -> f.inputs();
        };
    }

    /// This node with each child replaced by `change`'s answer; the same object where no child
    /// changed.
    default LogicalPlan mapChildren(UnaryOperator<LogicalPlan> change) {
        List<LogicalPlan> before = children();
        List<LogicalPlan> after = new ArrayList<>(before.size());
        boolean same = true;
        for (LogicalPlan child : before) {
            LogicalPlan changed = change.apply(child);
            same &= changed == child;
            after.add(changed);
        }
        return same ? this : withChildren(after);
    }

    private LogicalPlan withChildren(List<LogicalPlan> c) {
        return switch (this) {
            case UnresolvedRelation u -> u;
            case UnresolvedFiles u -> u;
            case UnresolvedInlineTable u -> u;
            case Scan s -> s;
            case LocalRelation l -> l;
            case Range r -> r;
            case With w -> w.withInput(c.getFirst());
            case SubqueryAlias s -> new SubqueryAlias(c.getFirst(), s.alias, s.columnNames);
            case UsingJoin u -> new UsingJoin(c.get(0), c.get(1), u.joinType, u.columns);
            case Project p -> new Project(c.getFirst(), p.exprs);
            case Filter f -> new Filter(c.getFirst(), f.predicate);
            case Aggregate a -> new Aggregate(c.getFirst(), a.groupings, a.outputs);
            case Join j -> new Join(c.get(0), c.get(1), j.joinType, j.condition);
            case Sort s -> new Sort(c.getFirst(), s.keys, s.global);
            case Limit l -> new Limit(c.getFirst(), l.limit, l.offset);
            case Distinct d -> new Distinct(c.getFirst());
            case Union u -> new Union(c, u.byName, u.attributes);
            case SetOperation s -> new SetOperation(c.get(0), c.get(1), s.kind, s.all);
            case Window w -> new Window(c.getFirst(), w.calls);
            case WindowGroupLimit w -> new WindowGroupLimit(c.getFirst(), w.rank, w.limit);
            case Expand e -> new Expand(c.getFirst(), e.projections, e.attributes);
            case Generate g -> new Generate(c.getFirst(), g.generator, g.outer, g.added);
            case MapRows m -> new MapRows(c.getFirst(), m.function, m.reads, m.keys, m.made);
            case PartitionRows p -> new PartitionRows(c, p.function, p.made);
            case LateralJoin j -> new LateralJoin(c.get(0), c.get(1), j.joinType, j.condition);
            case UnresolvedGenerate u ->
                    new UnresolvedGenerate(c.getFirst(), u.function, u.outer, u.alias, u.columns);
            case Repartition r -> new Repartition(c.getFirst(), r.exprs, r.partitions);
            case Sample s -> new Sample(c.getFirst(), s.fraction, s.seed);
            case Write w ->
                    new Write(c.getFirst(), w.format, w.path, w.mode, w.options, w.partitions);
            case UnresolvedInsert u ->
                    new UnresolvedInsert(
                            c.getFirst(),
                            u.table,
                            u.columns,
                            u.byName,
                            u.overwrite,
                            u.partition,
                            u.ifNotExists,
                            u.where);
            case QueryForm f -> f.withInputs(c);
        };
    }

    /// The expressions of this node itself.
    default List<Expr> exprs() {
        return switch (this) {
            case UnresolvedRelation u -> List.of();
            case UnresolvedFiles u -> List.of();
            case UnresolvedInlineTable u -> u.rows.stream().flatMap(List::stream).toList();
            case Scan s -> List.of();
            case LocalRelation l -> List.of();
            case Range r -> List.of();
            case With w -> List.of();
            case SubqueryAlias s -> List.of();
            case UsingJoin u -> List.of();
            case Project(var input, var exprs) -> exprs;
            case Filter(var input, var predicate) -> List.of(predicate);
            case Aggregate(var input, var groupings, var outputs) -> {
                List<Expr> all = new ArrayList<>(groupings);
                all.addAll(outputs);
                yield all;
            }
            case Join(var left, var right, var type, var condition) ->
                    condition.map(List::of).orElse(List.of());
            case Sort(var input, var keys, var global) -> List.copyOf(keys);
            case Limit(var input, var limit, var offset) ->
                    limit.map(l -> List.of(l, offset)).orElse(List.of(offset));
            case Distinct d -> List.of();
            case Union u -> List.of();
            case SetOperation s -> List.of();
            case Window(var input, var calls) -> calls;
            case WindowGroupLimit(var input, var rank, var limit) -> List.of(rank);
            case Expand e -> e.projections.stream().flatMap(List::stream).toList();
            case Generate g -> List.of(g.generator);
            case MapRows m -> m.reads;
            case PartitionRows p -> List.of();
            case LateralJoin j -> j.condition.map(List::of).orElse(List.of());
            case UnresolvedGenerate u -> List.of(u.function);
            case Repartition(var input, var exprs, var n) -> exprs;
            case Sample s -> List.of();
            case Write w -> List.of();
            case UnresolvedInsert u -> List.of();
            case QueryForm f -> f.written();
        };
    }

    /// This node with each of its own expressions replaced by `change`'s answer (whole expressions;
    /// use [Expr#transformUp] inside `change` to go deeper); the same object where none changed.
    default LogicalPlan mapExprs(UnaryOperator<Expr> change) {
        return switch (this) {
            case UnresolvedRelation u -> u;
            case UnresolvedFiles u -> u;
            case UnresolvedInlineTable(var names, var rows, var where) -> {
                List<List<Expr>> changed = rows.stream().map(row -> mapAll(row, change)).toList();
                boolean same = true;
                for (int i = 0; i < rows.size(); i++) {
                    same &= changed.get(i) == rows.get(i);
                }
                yield same ? this : new UnresolvedInlineTable(names, changed, where);
            }
            case Scan s -> s;
            case LocalRelation l -> l;
            case Range r -> r;
            case With w -> w;
            case SubqueryAlias s -> s;
            case UsingJoin u -> u;
            case Project(var input, var exprs) -> {
                List<Expr> changed = mapAll(exprs, change);
                yield changed == exprs ? this : new Project(input, changed);
            }
            case Filter(var input, var predicate) -> {
                Expr changed = change.apply(predicate);
                yield changed == predicate ? this : new Filter(input, changed);
            }
            case Aggregate(var input, var groupings, var outputs) -> {
                List<Expr> g = mapAll(groupings, change);
                List<Expr> o = mapAll(outputs, change);
                yield g == groupings && o == outputs ? this : new Aggregate(input, g, o);
            }
            case Join(var left, var right, var type, var condition) -> {
                Optional<Expr> changed = condition.map(change);
                yield same(changed, condition) ? this : new Join(left, right, type, changed);
            }
            case Sort(var input, var keys, var global) -> {
                List<Expr.SortKey> changed = new ArrayList<>();
                boolean same = true;
                for (Expr.SortKey key : keys) {
                    Expr.SortKey k = (Expr.SortKey) change.apply(key);
                    same &= k == key;
                    changed.add(k);
                }
                yield same ? this : new Sort(input, changed, global);
            }
            case Limit(var input, var limit, var offset) -> {
                Optional<Expr> l = limit.map(change);
                Expr o = change.apply(offset);
                yield same(l, limit) && o == offset ? this : new Limit(input, l, o);
            }
            case Distinct d -> d;
            case Union u -> u;
            case SetOperation s -> s;
            case Window(var input, var calls) -> {
                List<Expr> changed = mapAll(calls, change);
                yield changed == calls ? this : new Window(input, changed);
            }
            case WindowGroupLimit(var input, var rank, var limit) -> {
                Expr changed = change.apply(rank);
                yield changed == rank
                        ? this
                        : new WindowGroupLimit(input, (Expr.WindowCall) changed, limit);
            }
            case Expand(var input, var projections, var attributes) -> {
                List<List<Expr>> changed = new ArrayList<>();
                boolean same = true;
                for (List<Expr> projection : projections) {
                    List<Expr> p = mapAll(projection, change);
                    same &= p == projection;
                    changed.add(p);
                }
                yield same ? this : new Expand(input, changed, attributes);
            }
            case Generate(var input, var generator, var outer, var added) -> {
                Expr changed = change.apply(generator);
                yield changed == generator
                        ? this
                        : new Generate(input, (Expr.GeneratorCall) changed, outer, added);
            }
            case MapRows m -> {
                List<Expr> changed = mapAll(m.reads, change);
                yield changed == m.reads
                        ? this
                        : new MapRows(m.input, m.function, changed, m.keys, m.made);
            }
            case PartitionRows p -> p;
            case LateralJoin(var left, var right, var type, var condition) -> {
                Optional<Expr> changed = condition.map(change);
                yield same(changed, condition) ? this : new LateralJoin(left, right, type, changed);
            }
            case UnresolvedGenerate u -> {
                Expr changed = change.apply(u.function);
                yield changed == u.function
                        ? this
                        : new UnresolvedGenerate(u.input, changed, u.outer, u.alias, u.columns);
            }
            case Repartition(var input, var exprs, var n) -> {
                List<Expr> changed = mapAll(exprs, change);
                yield changed == exprs ? this : new Repartition(input, changed, n);
            }
            case Sample s -> s;
            case Write w -> w;
            case UnresolvedInsert u -> u;
            case QueryForm f -> f.mapWritten(change);
        };
    }

    /// Calls `visit` on this node and all below, parents first.
    default void forEach(Consumer<LogicalPlan> visit) {
        visit.accept(this);
        children().forEach(child -> child.forEach(visit));
    }

    /// Calls `visit` on the plans of the subqueries in this node's own expressions.
    default void forEachSubquery(Consumer<LogicalPlan> visit) {
        for (Expr expr : exprs()) {
            expr.forEach(e -> {
                if (e instanceof Expr.Subquery subquery) {
                    visit.accept((LogicalPlan) subquery.plan());
                }
            });
        }
    }

    /// The ids of the output's columns, in their order.
    default Set<Long> outputIds() {
        Set<Long> ids = new LinkedHashSet<>();
        output().forEach(a -> ids.add(a.id()));
        return ids;
    }

    /// The output as a schema.
    default Schema schema() {
        return new Schema(
                output().stream()
                        .map(a ->
                                new dev.vitrine.engine.types.Field(
                                        a.name(), a.type(), a.nullable()))
                        .toList());
    }

    /// The attributes that resolved attributes and aliases give.
    static List<Expr.Attribute> attributes(List<Expr> exprs) {
        return exprs.stream()
                .map(expr ->
                        switch (expr) {
                            case Expr.Attribute attribute -> attribute;
                            case Expr.Alias alias -> alias.toAttribute();
                            default ->
                                    throw EngineException.internal(
                                            "the output " + expr.sql() + " has no name");
                        })
                .toList();
    }

    private static List<Expr.Attribute> joined(LogicalPlan left, LogicalPlan right, JoinType type) {
        List<Expr.Attribute> all = new ArrayList<>();
        boolean leftNullable = type == JoinType.RIGHT_OUTER || type == JoinType.FULL_OUTER;
        boolean rightNullable = type == JoinType.LEFT_OUTER || type == JoinType.FULL_OUTER;
        left.output().forEach(a -> all.add(a.withNullable(a.nullable() || leftNullable)));
        if (!type.leftOnly()) {
            right.output().forEach(a -> all.add(a.withNullable(a.nullable() || rightNullable)));
        }
        return all;
    }

    private static EngineException unresolved(LogicalPlan plan) {
        return EngineException.internal(
                "an unresolved " + plan.getClass().getSimpleName() + " was asked for its output");
    }

    private static List<Expr> mapAll(List<Expr> list, UnaryOperator<Expr> change) {
        List<Expr> changed = new ArrayList<>(list.size());
        boolean same = true;
        for (Expr expr : list) {
            Expr c = change.apply(expr);
            same &= c == expr;
            changed.add(c);
        }
        return same ? list : changed;
    }

    private static boolean same(Optional<Expr> a, Optional<Expr> b) {
        return a.isPresent() ? b.isPresent() && a.get() == b.get() : b.isEmpty();
    }
}
