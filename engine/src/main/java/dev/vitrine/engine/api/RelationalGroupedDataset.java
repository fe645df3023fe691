package dev.vitrine.engine.api;

import dev.vitrine.engine.error.EngineException;
import dev.vitrine.engine.error.ErrorCode;
import dev.vitrine.engine.expr.Expr;
import dev.vitrine.engine.logical.LogicalPlan;
import dev.vitrine.engine.logical.QueryForm;
import dev.vitrine.engine.types.DataType;
import dev.vitrine.engine.types.Field;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Rows in groups, to be aggregated; under Spark's name.
public final class RelationalGroupedDataset {
    /// The setting that says how many values a pivot may find by itself.
    private static final String PIVOT_LIMIT = "spark.sql.pivotMaxValues";

    private final DataFrame frame;

    /// What the groups are made by, analytics such as ROLLUP as one call.
    private final List<Expr> groupings;

    /// The columns that stand before the aggregates.
    private final List<Expr> columns;

    private final Optional<PivotedBy> pivot;

    private record PivotedBy(Column column, List<Expr> values) {}

    private RelationalGroupedDataset(
            DataFrame frame, List<Expr> groupings, List<Expr> columns, Optional<PivotedBy> pivot) {
        this.frame = frame;
        this.groupings = groupings;
        this.columns = columns;
        this.pivot = pivot;
    }

    private RelationalGroupedDataset(DataFrame frame, List<Expr> groupings, List<Expr> columns) {
        this(frame, groupings, columns, Optional.empty());
    }

    static RelationalGroupedDataset by(DataFrame frame, Column... columns) {
        List<Expr> groupings = Column.exprs(columns);
        return new RelationalGroupedDataset(frame, groupings, groupings);
    }

    /// @param name `rollup` or `cube`
    static RelationalGroupedDataset analytics(DataFrame frame, String name, Column... columns) {
        Column[] bare =
                Arrays.stream(columns)
                        .map(c -> c.expr() instanceof Expr.Alias a ? new Column(a.input()) : c)
                        .toArray(Column[]::new);
        return new RelationalGroupedDataset(
                frame, List.of(Functions.call(name, bare).expr()), Column.exprs(columns));
    }

    static RelationalGroupedDataset sets(
            DataFrame frame, List<List<Column>> sets, Column... columns) {
        Column[] all =
                Functions.with(
                        Functions.call("grouped by", columns),
                        sets.stream()
                                .map(set -> Functions.call("()", set.toArray(Column[]::new)))
                                .toArray(Column[]::new));
        return new RelationalGroupedDataset(
                frame, List.of(Functions.call("grouping sets", all).expr()), Column.exprs(columns));
    }

    /// A column of aggregates for each value of a column, which a query over all rows finds now.
    ///
    /// @throws EngineException _LEGACY_ERROR_TEMP_1324 where there are more than
    ///   `spark.sql.pivotMaxValues`
    public RelationalGroupedDataset pivot(Column column) {
        int most = Integer.parseInt(frame.sparkSession().settings().get(PIVOT_LIMIT, "10000"));
        List<@Nullable Object> values = new ArrayList<>();
        DataFrame found =
                frame.select(column.as("value")).distinct().orderBy("value").limit(most + 1);
        found.foreach(row -> values.add(row.get(0)));
        if (values.size() > most) {
            throw new EngineException(
                    ErrorCode._LEGACY_ERROR_TEMP_1324,
                    Map.of("pivotColumn", column, "maxValues", most, "config", PIVOT_LIMIT));
        }
        return pivot(column, values);
    }

    public RelationalGroupedDataset pivot(String column) {
        return pivot(frame.col(column));
    }

    public RelationalGroupedDataset pivot(String column, List<?> values) {
        return pivot(frame.col(column), values);
    }

    /// A column of aggregates for each of some values of a column.
    ///
    /// @param values constants, as [Functions#lit] takes them
    /// @throws EngineException REPEATED_CLAUSE for a pivot of a pivot, UNSUPPORTED_FEATURE after
    ///   rollup and cube
    public RelationalGroupedDataset pivot(Column column, List<?> values) {
        if (pivot.isPresent()) {
            throw new EngineException(
                    ErrorCode.REPEATED_CLAUSE, Map.of("clause", "PIVOT", "operation", "SUBQUERY"));
        }
        if (!groupings.equals(columns)) {
            throw new EngineException(
                    ErrorCode.UNSUPPORTED_FEATURE,
                    Map.of("feature", "PIVOT after ROLLUP, CUBE or GROUPING SETS"));
        }
        List<Expr> constants = new ArrayList<>();
        values.forEach(value -> constants.add(Literals.of(value)));
        return new RelationalGroupedDataset(
                frame, groupings, columns, Optional.of(new PivotedBy(column, constants)));
    }

    private DataFrame aggregated(List<Column> aggregates) {
        if (pivot.isPresent()) {
            return frame.with(
                    new QueryForm.Pivot(
                            frame.plan(),
                            Optional.of(groupings),
                            aggregates.stream().map(Column::expr).toList(),
                            List.of(pivot.get().column.expr()),
                            pivot.get().values,
                            null));
        }
        List<Expr> outputs = new ArrayList<>(columns);
        aggregates.forEach(aggregate -> outputs.add(aggregate.expr()));
        return frame.with(new LogicalPlan.Aggregate(frame.plan(), groupings, outputs));
    }

    public DataFrame agg(Column first, Column... more) {
        return aggregated(List.of(Functions.with(first, more)));
    }

    /// @param aggregates column to function, `{"price": "max", "*": "count"}`
    public DataFrame agg(Map<String, String> aggregates) {
        List<Column> calls = new ArrayList<>();
        aggregates.forEach((column, function) -> {
            String name = function.toLowerCase(Locale.ROOT);
            calls.add(
                    switch (name) {
                        case "mean", "average" -> Functions.avg(Functions.col(column));
                        case "count", "size" ->
                                Functions.count(
                                        column.equals("*")
                                                ? Functions.lit(1)
                                                : Functions.col(column));
                        default -> Functions.call_function(name, Functions.col(column));
                    });
        });
        return aggregated(calls);
    }

    /// Rows of each group, as `count`.
    public DataFrame count() {
        return aggregated(List.of(Functions.count(Functions.lit(1)).as("count")));
    }

    /// @throws EngineException where a column is no number
    public DataFrame sum(String... names) {
        return each(Functions::sum, names);
    }

    public DataFrame avg(String... names) {
        return each(Functions::avg, names);
    }

    public DataFrame mean(String... names) {
        return avg(names);
    }

    public DataFrame min(String... names) {
        return each(Functions::min, names);
    }

    public DataFrame max(String... names) {
        return each(Functions::max, names);
    }

    /// An aggregate of each column named; of all numbers that are not grouped by where none is.
    private DataFrame each(Function<Column, Column> aggregate, String... names) {
        List<Column> chosen = new ArrayList<>();
        for (String name : names) {
            chosen.add(frame.col(name));
        }
        if (names.length == 0) {
            for (int i = 0; i < frame.schema().size(); i++) {
                Field field = frame.schema().field(i);
                DataType type = field.type();
                if (type.isNumeric() && !isGrouping(field.name())) {
                    chosen.add(frame.at(i));
                }
            }
        }
        return aggregated(chosen.stream().map(aggregate).toList());
    }

    private boolean isGrouping(String name) {
        return columns.stream().anyMatch(column -> frame.sameName(column.sql(), name));
    }
}
