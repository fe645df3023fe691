package dev.vitrine.engine.api;

import dev.vitrine.engine.expr.Expr;
import dev.vitrine.engine.logical.JoinType;
import dev.vitrine.engine.logical.LogicalPlan;
import dev.vitrine.engine.logical.PlanContext;
import dev.vitrine.engine.sql.SqlParser;
import dev.vitrine.engine.types.DataType;
import dev.vitrine.engine.types.Schema;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A table to be computed: an unresolved plan in a session. Immutable and lazy; nothing runs before
/// [#collect] or [#count]. Method names are Spark's.
public final class DataFrame {
    private final Session session;
    private final LogicalPlan plan;

    private DataFrame(Session session, LogicalPlan plan) {
        this.session = session;
        this.plan = plan;
    }

    /// A table or view by name.
    public static DataFrame table(Session session, String name) {
        return new DataFrame(
                session, new LogicalPlan.UnresolvedRelation(List.of(name.split("\\.")), null));
    }

    /// Files of a format, with its options.
    public static DataFrame files(
            Session session, String format, List<String> paths, Map<String, String> options) {
        return new DataFrame(
                session,
                new LogicalPlan.UnresolvedFiles(format, paths, Optional.empty(), options, null));
    }

    /// Whole numbers from `start` to before `end` in a column `id`.
    public static DataFrame range(Session session, long start, long end) {
        return new DataFrame(
                session,
                new LogicalPlan.Range(
                        new Expr.Attribute(
                                new PlanContext().newAttributeId(), "id", DataType.BIGINT, false),
                        start,
                        end,
                        1));
    }

    LogicalPlan plan() {
        return plan;
    }

    private DataFrame with(LogicalPlan changed) {
        return new DataFrame(session, changed);
    }

    private static List<Expr> exprs(Column... columns) {
        return Arrays.stream(columns).map(Column::expr).toList();
    }

    public DataFrame select(Column... columns) {
        return with(new LogicalPlan.Project(plan, exprs(columns)));
    }

    public DataFrame select(String... names) {
        return select(Arrays.stream(names).map(Functions::col).toArray(Column[]::new));
    }

    /// Columns as they stand in a select list, `"a", "b + 1 AS c"`.
    public DataFrame selectExpr(String... sql) {
        return select(
                Arrays.stream(sql)
                        .flatMap(text ->
                                SqlParser.parseNamedExpressions(text, new PlanContext()).stream())
                        .map(Column::new)
                        .toArray(Column[]::new));
    }

    public DataFrame filter(Column condition) {
        return with(new LogicalPlan.Filter(plan, condition.expr()));
    }

    public DataFrame filter(String condition) {
        return filter(Functions.expr(condition));
    }

    public DataFrame where(Column condition) {
        return filter(condition);
    }

    /// Adds a column after all others.
    public DataFrame withColumn(String name, Column column) {
        return select(Functions.col("*"), column.as(name));
    }

    public DataFrame join(DataFrame right, Column condition, String how) {
        JoinType type =
                switch (how) {
                    case "inner" -> JoinType.INNER;
                    case "left", "left_outer", "leftouter" -> JoinType.LEFT_OUTER;
                    case "right", "right_outer", "rightouter" -> JoinType.RIGHT_OUTER;
                    case "outer", "full", "full_outer", "fullouter" -> JoinType.FULL_OUTER;
                    case "semi", "left_semi", "leftsemi" -> JoinType.LEFT_SEMI;
                    case "anti", "left_anti", "leftanti" -> JoinType.LEFT_ANTI;
                    case "cross" -> JoinType.CROSS;
                    default -> throw new IllegalArgumentException("No join is called " + how);
                };
        return with(new LogicalPlan.Join(plan, right.plan, type, Optional.of(condition.expr())));
    }

    public DataFrame join(DataFrame right, Column condition) {
        return join(right, condition, "inner");
    }

    /// A name that columns can be qualified with.
    public DataFrame as(String alias) {
        return with(new LogicalPlan.SubqueryAlias(plan, alias, List.of()));
    }

    public GroupedData groupBy(Column... columns) {
        return new GroupedData(exprs(columns));
    }

    public GroupedData groupBy(String... names) {
        return groupBy(Arrays.stream(names).map(Functions::col).toArray(Column[]::new));
    }

    /// Aggregates all rows to one.
    public DataFrame agg(Column... aggregates) {
        return with(new LogicalPlan.Aggregate(plan, List.of(), exprs(aggregates)));
    }

    public DataFrame orderBy(Column... columns) {
        return with(
                new LogicalPlan.Sort(
                        plan, Arrays.stream(columns).map(Column::sortKey).toList(), true));
    }

    public DataFrame limit(int rows) {
        return with(
                new LogicalPlan.Limit(
                        plan, Optional.of(Expr.Literal.of(rows)), Expr.Literal.of(0)));
    }

    public DataFrame distinct() {
        return with(new LogicalPlan.Distinct(plan));
    }

    public DataFrame union(DataFrame other) {
        return with(new LogicalPlan.Union(List.of(plan, other.plan), false, List.of()));
    }

    public void createOrReplaceTempView(String name) {
        session.createTempView(name, plan, new PlanContext());
    }

    /// Writes the rows to files, once [DataFrameWriter#save] is called.
    public DataFrameWriter write() {
        return new DataFrameWriter(session, plan);
    }

    /// The columns, found without running.
    public Schema schema() {
        return switch (session.analyze(plan, new PlanContext())) {
            case Analysis.Valid(var schema) -> schema;
            case Analysis.Invalid(var errors) -> {
                try (Query query = query()) {
                    yield query.await().schema();
                }
            }
        };
    }

    /// A query that computes it, not started.
    public Query query() {
        return session.query(plan, new PlanContext(), "DataFrame");
    }

    /// All rows, boxed as `DataType` says.
    public List<List<@Nullable Object>> collect() {
        try (Query query = query()) {
            return query.await().rows();
        }
    }

    public long count() {
        List<List<@Nullable Object>> rows =
                with(new LogicalPlan.Aggregate(
                                plan,
                                List.of(),
                                List.of(Functions.count(Functions.lit(1)).as("count").expr())))
                        .collect();
        return (Long) java.util.Objects.requireNonNull(rows.getFirst().getFirst());
    }

    /// Rows in groups, to be aggregated.
    public final class GroupedData {
        private final List<Expr> groupings;

        private GroupedData(List<Expr> groupings) {
            this.groupings = groupings;
        }

        public DataFrame agg(Column... aggregates) {
            List<Expr> outputs = new ArrayList<>(groupings);
            outputs.addAll(exprs(aggregates));
            return with(new LogicalPlan.Aggregate(plan, groupings, outputs));
        }

        public DataFrame count() {
            return agg(Functions.count(Functions.lit(1)).as("count"));
        }
    }
}
