package dev.vitrine.engine.api;

import dev.vitrine.engine.analysis.AnalyzedFrame;
import dev.vitrine.engine.error.EngineException;
import dev.vitrine.engine.expr.Expr;
import dev.vitrine.engine.logical.LogicalPlan;
import dev.vitrine.engine.logical.PlanContext;
import dev.vitrine.engine.rdd.Rdd;
import dev.vitrine.engine.settings.Settings;
import dev.vitrine.engine.sql.ExplainMode;
import dev.vitrine.engine.sql.Statement;
import dev.vitrine.engine.types.Field;
import dev.vitrine.engine.types.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/// What runs a [DataFrame]'s plan, and what is known of it without running. Users see it as
/// [DataFrame].
abstract sealed class FrameActions permits FrameCombinations {
    final Session session;
    final LogicalPlan plan;

    /// Empty where a frame around has to be known first.
    final Optional<AnalyzedFrame> analyzed;

    private final Optional<Schema> schema;

    FrameActions(Session session, LogicalPlan plan, Optional<AnalyzedFrame> below) {
        this.session = session;
        this.plan = plan;
        this.analyzed = OuterColumns.analyzed(session, plan, below);
        this.schema = analyzed.map(AnalyzedFrame::schema);
    }

    DataFrame self() {
        return switch (this) {
            case DataFrame frame -> frame;
        };
    }

    DataFrame with(LogicalPlan changed) {
        return new DataFrame(changed, this);
    }

    LogicalPlan plan() {
        return plan;
    }

    /// The session that the rows are computed in.
    public Session sparkSession() {
        return session;
    }

    // Known without running

    /// @throws EngineException where the rows name columns of a frame around, which is not known
    ///   yet
    public Schema schema() {
        return schema.orElseGet(() -> session.analyzed(plan).schema());
    }

    /// The columns' names, in order.
    public String[] columns() {
        return schema().names().toArray(String[]::new);
    }

    /// Names and types, these as Spark's classes are called: `IntegerType`.
    public List<Map.Entry<String, String>> dtypes() {
        return schema().fields().stream()
                .map(field -> Map.entry(field.name(), TypeNames.className(field.type())))
                .toList();
    }

    public void printSchema() {
        printSchema(Integer.MAX_VALUE);
    }

    /// @param level how deep nested types are gone into
    public void printSchema(int level) {
        System.out.println(TypeNames.tree(schema(), level));
    }

    public void explain() {
        explain("simple");
    }

    public void explain(boolean extended) {
        explain(extended ? "extended" : "simple");
    }

    /// Prints the plan; only `codegen` and `analyze` run it.
    ///
    /// @param mode `simple`, `extended`, `codegen`, `cost`, `formatted`, and ours: `analyze`,
    ///   `trace`
    /// @throws IllegalArgumentException for any other mode
    public void explain(String mode) {
        System.out.println(explained(mode));
    }

    String explained(String mode) {
        Statement.Query statement = new Statement.Query(plan, new PlanContext(), "DataFrame");
        ExplainMode chosen = ExplainMode.valueOf(mode.toUpperCase(Locale.ROOT));
        try (Query query =
                session.query(new Statement.Explain(chosen, statement, "EXPLAIN DataFrame"))) {
            return String.valueOf(query.await().value(0, 0));
        }
    }

    // Rows

    /// A query that computes the rows, not started.
    public Query query() {
        return query(plan);
    }

    private Query query(LogicalPlan changed) {
        return session.query(changed, new PlanContext(), "DataFrame");
    }

    private List<Row> rows(LogicalPlan changed) {
        try (Query query = query(changed)) {
            QueryResult result = query.await();
            return result.rows().stream()
                    .map(values -> JavaValues.row(values, result.schema()))
                    .toList();
        }
    }

    private LogicalPlan limited(int rows) {
        return new LogicalPlan.Limit(plan, Optional.of(Expr.Literal.of(rows)), Expr.Literal.of(0));
    }

    /// All rows.
    ///
    /// @throws EngineException for whatever fails while they are computed
    public Row[] collect() {
        return rows(plan).toArray(Row[]::new);
    }

    public List<Row> collectAsList() {
        return rows(plan);
    }

    /// The first rows.
    public Row[] take(int rows) {
        return takeAsList(rows).toArray(Row[]::new);
    }

    public List<Row> takeAsList(int rows) {
        return rows(limited(rows));
    }

    public Row[] head(int rows) {
        return take(rows);
    }

    /// The first row.
    ///
    /// @throws NoSuchElementException where there is none
    public Row head() {
        List<Row> rows = takeAsList(1);
        if (rows.isEmpty()) {
            throw new NoSuchElementException("The data frame has no rows");
        }
        return rows.getFirst();
    }

    /// The first row.
    ///
    /// @throws NoSuchElementException where there is none
    public Row first() {
        return head();
    }

    /// The last rows, in their order.
    public Row[] tail(int rows) {
        try (Query query = query()) {
            QueryResult result = query.await();
            List<Row> last = new ArrayList<>();
            long count = result.rowCount();
            for (long row = Math.max(0, count - rows); row < count; row++) {
                last.add(result.row(row));
            }
            return last.toArray(Row[]::new);
        }
    }

    public long count() {
        Column all = Functions.count(Functions.lit(1)).as("count");
        LogicalPlan counted = new LogicalPlan.Aggregate(plan, List.of(), List.of(all.expr()));
        return rows(counted).getFirst().getLong(0);
    }

    public boolean isEmpty() {
        return takeAsList(1).isEmpty();
    }

    /// The rows one after another: all are computed, but boxed as they are asked for. What the
    /// result holds is freed at its end, or when the iterator is closed.
    public LocalRows toLocalIterator() {
        return new LocalRows(query());
    }

    /// Calls `action` with each row, on this thread.
    public void foreach(Consumer<Row> action) {
        try (LocalRows rows = toLocalIterator()) {
            rows.forEachRemaining(action);
        }
    }

    /// Prints the first 20 rows as a table, long values cut.
    public void show() {
        show(20);
    }

    public void show(int rows) {
        show(rows, true);
    }

    public void show(boolean truncate) {
        show(20, truncate);
    }

    public void show(int rows, boolean truncate) {
        show(rows, truncate ? 20 : 0);
    }

    public void show(int rows, int truncate) {
        show(rows, truncate, false);
    }

    /// Prints rows as a table.
    ///
    /// @param truncate characters of a value at most, 0 for all
    /// @param vertical a line a value instead of a line a row
    public void show(int rows, int truncate, boolean vertical) {
        System.out.println(shown(rows, truncate, vertical));
    }

    String shown(int rows, int truncate, boolean vertical) {
        int count = Math.clamp(rows, 0, Integer.MAX_VALUE - 1);
        try (Query query = query(limited(count + 1))) {
            return new ShownRows(query.await(), count, truncate).text(vertical);
        }
    }

    /// The rows as an Rdd, in their order in as many partitions as there are slots.
    public Rdd<Row> rdd() {
        return RddFrames.rdd(self());
    }

    /// The same as [#rdd].
    public Rdd<Row> javaRDD() {
        return rdd();
    }

    /// The same as [#rdd].
    public Rdd<Row> toJavaRDD() {
        return rdd();
    }

    // Names for SQL

    /// Names the rows for SQL of this session.
    ///
    /// @throws EngineException TEMP_TABLE_OR_VIEW_ALREADY_EXISTS
    public void createTempView(String name) {
        session.createTempView(name, plan, false, false);
    }

    public void createOrReplaceTempView(String name) {
        session.createTempView(name, plan, false, true);
    }

    /// Names the rows `global_temp.name`.
    ///
    /// @throws EngineException TEMP_TABLE_OR_VIEW_ALREADY_EXISTS
    public void createGlobalTempView(String name) {
        session.createTempView(name, plan, true, false);
    }

    public void createOrReplaceGlobalTempView(String name) {
        session.createTempView(name, plan, true, true);
    }

    /// Writes the rows to files or a table, once one of its methods that says so is called.
    public DataFrameWriter write() {
        return new DataFrameWriter(self());
    }

    /// Writes the rows to a table, once one of its methods that says so is called.
    public DataFrameWriterV2 writeTo(String table) {
        return new DataFrameWriterV2(self(), table);
    }

    // Columns

    boolean sameName(String one, String other) {
        return session.settings().getBoolean(Settings.CASE_SENSITIVE)
                ? one.equals(other)
                : one.equalsIgnoreCase(other);
    }

    /// A column by its place.
    Column at(int ordinal) {
        Field field = schema().field(ordinal);
        return new Column(new Expr.InputColumn(plan, ordinal, field.name()));
    }

    /// All columns, by their places.
    List<Column> all() {
        List<Column> all = new ArrayList<>();
        for (int i = 0; i < schema().size(); i++) {
            all.add(at(i));
        }
        return all;
    }

    /// The places of the columns of a name.
    List<Integer> places(String name) {
        List<Integer> places = new ArrayList<>();
        for (int i = 0; i < schema().size(); i++) {
            if (sameName(schema().field(i).name(), name)) {
                places.add(i);
            }
        }
        return places;
    }

    /// This frame's column of a name, whatever else is called so where it is used.
    ///
    /// @throws EngineException UNRESOLVED_COLUMN, AMBIGUOUS_REFERENCE
    public Column col(String name) {
        List<String> parts = AttributeName.parts(name);
        if (parts.getLast().equals("*")) {
            return Functions.col(name);
        }
        List<Integer> found = places(parts.getFirst());
        if (found.size() != 1) {
            Expr column = new Expr.UnresolvedAttribute(parts, null);
            session.analyzed(new LogicalPlan.Project(plan, List.of(column)));
            return new Column(column);
        }
        Column column = at(found.getFirst());
        for (String field : parts.subList(1, parts.size())) {
            column = column.getField(field);
        }
        if (parts.size() > 1) {
            session.analyzed(new LogicalPlan.Project(plan, List.of(column.expr())));
        }
        return column;
    }

    /// The same as [#col].
    public Column apply(String name) {
        return col(name);
    }

    @Override
    public String toString() {
        return schema().fields().stream()
                .map(field -> field.name() + ": " + field.type().catalogString())
                .collect(Collectors.joining(", ", "[", "]"));
    }
}
