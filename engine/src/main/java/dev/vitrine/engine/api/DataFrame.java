package dev.vitrine.engine.api;

import dev.vitrine.engine.error.EngineException;
import dev.vitrine.engine.error.ErrorCode;
import dev.vitrine.engine.expr.Expr;
import dev.vitrine.engine.logical.LogicalPlan;
import dev.vitrine.engine.logical.QueryForm;
import dev.vitrine.engine.rdd.Encoder;
import dev.vitrine.engine.settings.StorageLevel;
import dev.vitrine.engine.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A table to be computed: an unresolved plan in a session. Immutable and lazy: nothing runs before
/// an action such as [#collect], [#count], [#show] or a write, but what is wrong in names and types
/// is said by the call that is wrong. Method names and their meaning are those of Spark's
/// `Dataset<Row>`.
public final class DataFrame extends FrameCombinations {
    DataFrame(Session session, LogicalPlan plan) {
        super(session, plan, Optional.empty());
    }

    /// A frame made of another.
    DataFrame(LogicalPlan plan, FrameActions below) {
        super(below.session, plan, below.analyzed);
    }

    /// The rows of a query; any other statement runs now, and its answer is the frame.
    static DataFrame of(Session session, Statement statement) {
        if (statement instanceof Statement.Query(var plan, var context, var written)) {
            return new DataFrame(session, plan);
        }
        try (Query query = session.query(statement)) {
            QueryResult answer = query.await();
            return new DataFrame(
                    session, LocalRelations.of(answer.schema().fields(), answer.rows()));
        }
    }

    private DataFrame project(List<Column> columns) {
        return with(new LogicalPlan.Project(plan, columns.stream().map(Column::expr).toList()));
    }

    /// The rows as objects: columns are found by the names of a record's components, and widened to
    /// their types. Nothing is read but what the class has.
    ///
    /// @throws EngineException UNRESOLVED_COLUMN for a component that is no column,
    ///   AMBIGUOUS_REFERENCE for one that is several, CANNOT_UP_CAST_DATATYPE where values could be
    ///   lost
    public <T extends @Nullable Object> Dataset<T> as(Encoder<T> encoder) {
        return new Dataset<>(this, encoder);
    }

    // Columns

    public DataFrame select(Column... columns) {
        return project(Arrays.stream(columns).flatMap(DataFrame::several).toList());
    }

    /// The columns of [#colRegex], or the one.
    private static java.util.stream.Stream<Column> several(Column column) {
        return column.expr() instanceof Expr.UnresolvedFunction call && call.name().equals("()")
                ? call.args().stream().map(Column::new)
                : java.util.stream.Stream.of(column);
    }

    public DataFrame select(String first, String... more) {
        return select(Functions.with(Functions.col(first), Functions.names(more)));
    }

    /// Columns as they stand in a select list, `"a", "b + 1 AS c"`.
    public DataFrame selectExpr(String... sql) {
        return select(Arrays.stream(sql).map(Functions::expr).toArray(Column[]::new));
    }

    /// The columns whose whole name matches a regular expression in back-ticks; without these, the
    /// column of that name.
    public Column colRegex(String name) {
        boolean regex = name.length() > 1 && name.startsWith("`") && name.endsWith("`");
        if (!regex) {
            return col(name);
        }
        Pattern pattern =
                Pattern.compile(name.substring(1, name.length() - 1), Pattern.CASE_INSENSITIVE);
        Column[] matching =
                all().stream()
                        .filter(column -> pattern.matcher(column.toString()).matches())
                        .toArray(Column[]::new);
        return Functions.call("()", matching);
    }

    /// Adds a column after all others, or replaces those of the same name.
    public DataFrame withColumn(String name, Column column) {
        return withColumns(Map.of(name, column));
    }

    /// Adds or replaces columns, all computed from the columns as they are.
    ///
    /// @throws EngineException COLUMN_ALREADY_EXISTS where two of the names are the same
    public DataFrame withColumns(Map<String, Column> columns) {
        List<String> names = List.copyOf(columns.keySet());
        refuseTwice(names);
        List<Column> changed = all();
        for (Map.Entry<String, Column> added : columns.entrySet()) {
            Column named = added.getValue().as(added.getKey());
            List<Integer> places = places(added.getKey());
            places.forEach(place -> changed.set(place, named));
            if (places.isEmpty()) {
                changed.add(named);
            }
        }
        return project(changed);
    }

    private void refuseTwice(List<String> names) {
        for (int i = 0; i < names.size(); i++) {
            for (String before : names.subList(0, i)) {
                if (sameName(before, names.get(i))) {
                    throw new EngineException(
                            ErrorCode.COLUMN_ALREADY_EXISTS,
                            Map.of("columnName", "`" + before.toLowerCase(Locale.ROOT) + "`"));
                }
            }
        }
    }

    /// Renames the columns of a name; does nothing where there are none.
    public DataFrame withColumnRenamed(String name, String changed) {
        return withColumnsRenamed(Map.of(name, changed));
    }

    /// Renames columns, one after another as the map gives them.
    public DataFrame withColumnsRenamed(Map<String, String> changes) {
        List<String> names = new ArrayList<>(schema().names());
        changes.forEach((from, to) -> names.replaceAll(name -> sameName(name, from) ? to : name));
        return names.equals(schema().names()) ? this : toDF(names.toArray(String[]::new));
    }

    /// The same columns under other names.
    ///
    /// @throws EngineException ASSIGNMENT_ARITY_MISMATCH
    public DataFrame toDF(String... names) {
        if (names.length != schema().size()) {
            throw new EngineException(
                    ErrorCode.ASSIGNMENT_ARITY_MISMATCH,
                    Map.of("numTarget", names.length, "numExpr", schema().size()));
        }
        List<Column> renamed = new ArrayList<>();
        for (int i = 0; i < names.length; i++) {
            Column column = at(i);
            renamed.add(schema().field(i).name().equals(names[i]) ? column : column.as(names[i]));
        }
        return project(renamed);
    }

    public DataFrame toDF() {
        return this;
    }

    /// Leaves columns out by name; names that there are not change nothing.
    public DataFrame drop(String... names) {
        List<Integer> dropped = Arrays.stream(names).flatMap(n -> places(n).stream()).toList();
        return without(dropped);
    }

    public DataFrame drop(Column column) {
        return without(new ColumnPlaces(this).of(column));
    }

    public DataFrame drop(Column first, Column... more) {
        ColumnPlaces places = new ColumnPlaces(this);
        return without(
                Arrays.stream(Functions.with(first, more))
                        .flatMap(column -> places.of(column).stream())
                        .toList());
    }

    private DataFrame without(Collection<Integer> places) {
        if (places.isEmpty()) {
            return this;
        }
        List<Column> kept = new ArrayList<>();
        for (int i = 0; i < schema().size(); i++) {
            if (!places.contains(i)) {
                kept.add(at(i));
            }
        }
        return project(kept);
    }

    /// Each row as a line of JSON in a column `value`.
    public DataFrame toJSON() {
        return select(
                Functions.to_json(Functions.struct(all().toArray(Column[]::new))).as("value"));
    }

    // Rows

    public DataFrame filter(Column condition) {
        return with(new LogicalPlan.Filter(plan, condition.expr()));
    }

    public DataFrame filter(String condition) {
        return filter(Functions.expr(condition));
    }

    public DataFrame where(Column condition) {
        return filter(condition);
    }

    public DataFrame where(String condition) {
        return filter(condition);
    }

    /// @param rows at most
    public DataFrame limit(int rows) {
        return with(
                new LogicalPlan.Limit(
                        plan, Optional.of(Expr.Literal.of(rows)), Expr.Literal.of(0)));
    }

    /// All rows but the first ones.
    public DataFrame offset(int rows) {
        return with(new LogicalPlan.Limit(plan, Optional.empty(), Expr.Literal.of(rows)));
    }

    public DataFrame distinct() {
        return with(new LogicalPlan.Distinct(plan));
    }

    public DataFrame dropDuplicates() {
        return distinct();
    }

    /// One row, the first met, of those that are equal in some columns.
    public DataFrame dropDuplicates(String[] names) {
        List<Integer> keys = new ArrayList<>();
        for (String name : names) {
            List<Integer> places = places(name);
            if (places.isEmpty()) {
                col(name);
            }
            keys.addAll(places);
        }
        List<Expr> outputs = new ArrayList<>();
        for (int i = 0; i < schema().size(); i++) {
            Column column = at(i);
            outputs.add(
                    (keys.contains(i)
                                    ? column
                                    : Functions.first(column).as(schema().field(i).name()))
                            .expr());
        }
        List<Expr> groupings = keys.stream().distinct().map(i -> at(i).expr()).toList();
        return groupings.isEmpty()
                ? limit(1)
                : with(new LogicalPlan.Aggregate(plan, groupings, outputs));
    }

    public DataFrame dropDuplicates(String first, String... more) {
        List<String> names = new ArrayList<>(List.of(first));
        names.addAll(Arrays.asList(more));
        return dropDuplicates(names.toArray(String[]::new));
    }

    /// @see #sample(boolean, double, long)
    public DataFrame sample(double fraction) {
        return sample(fraction, ThreadLocalRandom.current().nextLong());
    }

    /// @see #sample(boolean, double, long)
    public DataFrame sample(double fraction, long seed) {
        return sample(false, fraction, seed);
    }

    /// @see #sample(boolean, double, long)
    public DataFrame sample(boolean withReplacement, double fraction) {
        return sample(withReplacement, fraction, ThreadLocalRandom.current().nextLong());
    }

    /// A random part of the rows, the same for the same seed over the same files.
    ///
    /// @throws EngineException UNSUPPORTED_FEATURE with replacement
    public DataFrame sample(boolean withReplacement, double fraction, long seed) {
        if (withReplacement) {
            throw new EngineException(
                    ErrorCode.UNSUPPORTED_FEATURE, Map.of("feature", "Sampling with replacement"));
        }
        if (!(fraction >= 0 && fraction <= 1)) {
            throw new EngineException(
                    ErrorCode._LEGACY_ERROR_TEMP_0064,
                    Map.of("msg", "The sampled share " + fraction));
        }
        return with(new LogicalPlan.Sample(plan, fraction, seed));
    }

    public DataFrame[] randomSplit(double[] weights) {
        return randomSplit(weights, ThreadLocalRandom.current().nextLong());
    }

    /// Parts of the rows, each row in one of them by chance.
    ///
    /// @param weights each part's share of their sum
    public DataFrame[] randomSplit(double[] weights, long seed) {
        return FrameSamples.split(this, weights, seed);
    }

    public List<DataFrame> randomSplitAsList(double[] weights, long seed) {
        return List.of(randomSplit(weights, seed));
    }

    // Order and place

    public DataFrame orderBy(Column... columns) {
        return with(new LogicalPlan.Sort(plan, Column.sortKeys(columns), true));
    }

    public DataFrame orderBy(String first, String... more) {
        return orderBy(Functions.with(Functions.col(first), Functions.names(more)));
    }

    public DataFrame sort(Column... columns) {
        return orderBy(columns);
    }

    public DataFrame sort(String first, String... more) {
        return orderBy(first, more);
    }

    /// Sorts the rows of each partition for itself.
    public DataFrame sortWithinPartitions(Column... columns) {
        return with(new LogicalPlan.Sort(plan, Column.sortKeys(columns), false));
    }

    public DataFrame sortWithinPartitions(String first, String... more) {
        return sortWithinPartitions(Functions.with(Functions.col(first), Functions.names(more)));
    }

    public DataFrame repartition(int partitions) {
        return repartition(partitions, new Column[0]);
    }

    /// Rows that are equal in these columns in one partition.
    public DataFrame repartition(Column... columns) {
        return repartition(0, columns);
    }

    public DataFrame repartition(int partitions, Column... columns) {
        return with(new LogicalPlan.Repartition(plan, Column.exprs(columns), partitions));
    }

    /// Unlike Spark's, by hash: equal rows are together, but partitions are no ranges.
    public DataFrame repartitionByRange(Column... columns) {
        return repartitionByRange(0, columns);
    }

    /// Unlike Spark's, by hash: equal rows are together, but partitions are no ranges.
    public DataFrame repartitionByRange(int partitions, Column... columns) {
        Expr[] keys =
                Column.sortKeys(columns).stream().map(Expr.SortKey::input).toArray(Expr[]::new);
        return with(new LogicalPlan.Repartition(plan, List.of(keys), partitions));
    }

    /// At most so many partitions.
    public DataFrame coalesce(int partitions) {
        return repartition(partitions);
    }

    /// Advice to the planner, which finds build sides and partitions itself: only `repartition` and
    /// `coalesce` with a number change anything.
    public DataFrame hint(String name, Object... parameters) {
        boolean spreads = name.equalsIgnoreCase("repartition") || name.equalsIgnoreCase("coalesce");
        return spreads && parameters.length == 1 && parameters[0] instanceof Integer partitions
                ? repartition(partitions)
                : this;
    }

    // Groups

    public RelationalGroupedDataset groupBy(Column... columns) {
        return RelationalGroupedDataset.by(this, columns);
    }

    public RelationalGroupedDataset groupBy(String first, String... more) {
        return groupBy(Functions.with(Functions.col(first), Functions.names(more)));
    }

    /// Groups by the columns, by all but the last, and so on down to all rows.
    public RelationalGroupedDataset rollup(Column... columns) {
        return RelationalGroupedDataset.analytics(this, "rollup", columns);
    }

    public RelationalGroupedDataset rollup(String first, String... more) {
        return rollup(Functions.with(Functions.col(first), Functions.names(more)));
    }

    /// Groups by every choice of the columns.
    public RelationalGroupedDataset cube(Column... columns) {
        return RelationalGroupedDataset.analytics(this, "cube", columns);
    }

    public RelationalGroupedDataset cube(String first, String... more) {
        return cube(Functions.with(Functions.col(first), Functions.names(more)));
    }

    /// Groups by each of the sets; the result has `columns`.
    public RelationalGroupedDataset groupingSets(List<List<Column>> sets, Column... columns) {
        return RelationalGroupedDataset.sets(this, sets, columns);
    }

    /// Aggregates all rows to one.
    public DataFrame agg(Column first, Column... more) {
        return groupBy().agg(first, more);
    }

    /// @param aggregates column to function, `{"price": "max", "*": "count"}`
    public DataFrame agg(Map<String, String> aggregates) {
        return groupBy().agg(aggregates);
    }

    // Helpers of their own

    /// Replaces and drops NULLs.
    public DataFrameNaFunctions na() {
        return new DataFrameNaFunctions(this);
    }

    /// Statistics.
    public DataFrameStatFunctions stat() {
        return new DataFrameStatFunctions(this);
    }

    /// Number, mean, deviation, least and greatest of columns, as text; of all numbers and strings
    /// where none are named.
    public DataFrame describe(String... names) {
        DataFrame chosen = names.length == 0 ? this : select(Functions.names(names));
        return new FrameSummary(chosen).of(List.of("count", "mean", "stddev", "min", "max"));
    }

    /// Statistics of all numbers and strings, as text.
    ///
    /// @param statistics `count`, `mean`, `stddev`, `min`, `max`, `count_distinct`,
    ///   `approx_count_distinct` or percentiles such as `25%`
    public DataFrame summary(String... statistics) {
        return new FrameSummary(this)
                .of(
                        statistics.length == 0
                                ? List.of(
                                        "count", "mean", "stddev", "min", "25%", "50%", "75%",
                                        "max")
                                : List.of(statistics));
    }

    /// Rows as columns, named by the first column. Computes the rows to know those names.
    public DataFrame transpose() {
        return transpose(at(0));
    }

    public DataFrame transpose(Column index) {
        return new FrameTransposition(this).by(index);
    }

    /// Columns as rows: each row once for every column of `values`, with that column's name and
    /// value. NULLs stay.
    ///
    /// @param ids columns that each row keeps
    public DataFrame unpivot(Column[] ids, Column[] values, String nameColumn, String valueColumn) {
        return unpivoted(Optional.of(Column.exprs(ids)), List.of(values), nameColumn, valueColumn);
    }

    /// [#unpivot] of all columns but `ids`.
    public DataFrame unpivot(Column[] ids, String nameColumn, String valueColumn) {
        ColumnPlaces places = new ColumnPlaces(this);
        List<Integer> kept = Arrays.stream(ids).flatMap(id -> places.of(id).stream()).toList();
        List<Column> values = new ArrayList<>();
        for (int i = 0; i < schema().size(); i++) {
            if (!kept.contains(i)) {
                values.add(at(i));
            }
        }
        return unpivoted(Optional.of(Column.exprs(ids)), values, nameColumn, valueColumn);
    }

    private DataFrame unpivoted(
            Optional<List<Expr>> ids, List<Column> values, String nameColumn, String valueColumn) {
        return with(
                new QueryForm.Unpivot(
                        plan,
                        ids,
                        values.stream()
                                .map(value ->
                                        new QueryForm.Unpivot.ColumnSet(
                                                List.of(value.expr()), Optional.empty()))
                                .toList(),
                        nameColumn,
                        List.of(valueColumn),
                        true,
                        null));
    }

    /// The same as [#unpivot].
    public DataFrame melt(Column[] ids, Column[] values, String nameColumn, String valueColumn) {
        return unpivot(ids, values, nameColumn, valueColumn);
    }

    /// The same as [#unpivot].
    public DataFrame melt(Column[] ids, String nameColumn, String valueColumn) {
        return unpivot(ids, nameColumn, valueColumn);
    }

    /// What a function makes of this, for chains of calls.
    public DataFrame transform(Function<DataFrame, DataFrame> change) {
        return change.apply(this);
    }

    // Kept rows

    /// Keeps the rows once an action has computed them: in memory, and in files where that is
    /// short.
    public DataFrame cache() {
        return persist();
    }

    public DataFrame persist() {
        return persist(StorageLevel.MEMORY_AND_DISK);
    }

    /// Keeps the rows at a level once an action has computed them.
    public DataFrame persist(StorageLevel level) {
        session.keep(plan, level);
        return this;
    }

    /// The level at which the rows are to be kept; [StorageLevel#NONE] where they are not.
    public StorageLevel storageLevel() {
        return session.storageLevel(plan);
    }

    /// Lets go of rows that [#cache] keeps.
    public DataFrame unpersist() {
        session.release(plan);
        return this;
    }

    public DataFrame unpersist(boolean blocking) {
        return unpersist();
    }

    /// Computes the rows now, into files of the folder for checkpoints, and gives a frame that
    /// reads them from there.
    ///
    /// @throws dev.vitrine.engine.error.EngineException INVALID_SETTING where no folder is set
    public DataFrame checkpoint() {
        return checkpoint(true);
    }

    /// @param eager whether now; else with the first action
    public DataFrame checkpoint(boolean eager) {
        return new DataFrame(session, session.checkpoint(plan, true, eager));
    }

    /// Computes the rows now and gives a frame that reads them from where the session keeps them.
    public DataFrame localCheckpoint() {
        return localCheckpoint(true);
    }

    /// @param eager whether now; else with the first action
    public DataFrame localCheckpoint(boolean eager) {
        return new DataFrame(session, session.checkpoint(plan, false, eager));
    }
}
