package dev.vitrine.engine.logical;

import dev.vitrine.engine.error.SourceRange;
import dev.vitrine.engine.expr.Expr;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// A form of a query that analysis writes as simpler nodes; none is left after it.
public sealed interface QueryForm extends LogicalPlan {

    /// Rows become columns: for each of `values` a column with the aggregates of the rows whose
    /// `columns` have that value.
    ///
    /// @param groupings what is grouped by, or empty for all columns that neither `aggregates` nor
    ///   `columns` name, as `PIVOT` of SQL has it
    /// @param columns one or several columns
    /// @param values constants, of which an alias names the column; rows of them where there are
    ///   several columns
    record Pivot(
            LogicalPlan input,
            Optional<List<Expr>> groupings,
            List<Expr> aggregates,
            List<Expr> columns,
            List<Expr> values,
            @Nullable SourceRange where)
            implements QueryForm {
        public Pivot {
            groupings = groupings.map(List::copyOf);
            aggregates = List.copyOf(aggregates);
            columns = List.copyOf(columns);
            values = List.copyOf(values);
        }
    }

    /// Columns become rows: each row once for every one of `sets`, with its columns' values and
    /// what they are called.
    ///
    /// @param ids columns that each row keeps, or empty for all that no set has
    /// @param sets the columns of each row made, as many as there are `valueNames`
    /// @param nameColumn what the column with the sets' names is called
    /// @param keepNulls whether rows are kept of which all values are NULL
    record Unpivot(
            LogicalPlan input,
            Optional<List<Expr>> ids,
            List<ColumnSet> sets,
            String nameColumn,
            List<String> valueNames,
            boolean keepNulls,
            @Nullable SourceRange where)
            implements QueryForm {
        public Unpivot {
            ids = ids.map(List::copyOf);
            sets = List.copyOf(sets);
            valueNames = List.copyOf(valueNames);
        }

        /// @param name what rows of these columns are called, or empty for the columns' names
        public record ColumnSet(List<Expr> columns, Optional<String> name) {
            public ColumnSet {
                columns = List.copyOf(columns);
            }
        }
    }

    /// What stands before a pipe operator that is a clause of its own: none of what is below is
    /// part of it.
    record PipeInput(LogicalPlan input) implements QueryForm {}

    /// `|> SELECT` and `|> EXTEND`: a list without aggregates.
    ///
    /// @param extend whether the list comes after the input's columns
    record PipeSelect(LogicalPlan input, List<Expr> list, boolean extend) implements QueryForm {
        public PipeSelect {
            list = List.copyOf(list);
        }
    }

    /// `|> SET`: columns get other values, one after the other.
    record PipeSet(LogicalPlan input, List<Assignment> assignments) implements QueryForm {
        public PipeSet {
            assignments = List.copyOf(assignments);
        }

        /// @param column an [Expr.UnresolvedAttribute]
        public record Assignment(Expr column, Expr value) {}
    }

    /// `|> DROP`; the columns are [Expr.UnresolvedAttribute]s.
    record PipeDrop(LogicalPlan input, List<Expr> columns) implements QueryForm {
        public PipeDrop {
            columns = List.copyOf(columns);
        }
    }

    /// `|> AGGREGATE`: gives what it groups by, then the aggregates.
    record PipeAggregate(LogicalPlan input, List<Expr> groupings, List<Expr> aggregates)
            implements QueryForm {
        public PipeAggregate {
            groupings = List.copyOf(groupings);
            aggregates = List.copyOf(aggregates);
        }
    }

    /// What a node is, in a word.
    default String label() {
        return switch (this) {
            case Pivot p -> "'Pivot";
            case Unpivot u -> "'Unpivot";
            case PipeInput p -> "'PipeInput";
            case PipeSelect p -> p.extend ? "'Extend" : "'Select";
            case PipeSet p -> "'Set";
            case PipeDrop p -> "'Drop";
            case PipeAggregate p -> "'Aggregate";
        };
    }

    /// What the plan's text says of it besides.
    default List<String> details() {
        return switch (this) {
            case Pivot p ->
                    List.of(texts(p.aggregates) + " FOR " + texts(p.columns), texts(p.values));
            case Unpivot u ->
                    List.of(
                            u.valueNames + " FOR " + u.nameColumn,
                            u.keepNulls ? "include nulls" : "exclude nulls");
            case PipeInput p -> List.of();
            case PipeSelect p -> List.of(texts(p.list));
            case PipeSet p -> List.of(texts(written()));
            case PipeDrop p -> List.of(texts(p.columns));
            case PipeAggregate p -> List.of(texts(p.groupings), texts(p.aggregates));
        };
    }

    private static String texts(List<Expr> exprs) {
        return exprs.stream().map(Expr::sql).toList().toString();
    }

    /// The plans below, as [LogicalPlan#children] has them.
    default List<LogicalPlan> inputs() {
        return switch (this) {
            case Pivot p -> List.of(p.input);
            case Unpivot u -> List.of(u.input);
            case PipeInput p -> List.of(p.input);
            case PipeSelect p -> List.of(p.input);
            case PipeSet p -> List.of(p.input);
            case PipeDrop p -> List.of(p.input);
            case PipeAggregate p -> List.of(p.input);
        };
    }

    /// This form over other inputs.
    default QueryForm withInputs(List<LogicalPlan> inputs) {
        return switch (this) {
            case Pivot p ->
                    new Pivot(
                            inputs.getFirst(),
                            p.groupings,
                            p.aggregates,
                            p.columns,
                            p.values,
                            p.where);
            case Unpivot u ->
                    new Unpivot(
                            inputs.getFirst(),
                            u.ids,
                            u.sets,
                            u.nameColumn,
                            u.valueNames,
                            u.keepNulls,
                            u.where);
            case PipeInput p -> new PipeInput(inputs.getFirst());
            case PipeSelect p -> new PipeSelect(inputs.getFirst(), p.list, p.extend);
            case PipeSet p -> new PipeSet(inputs.getFirst(), p.assignments);
            case PipeDrop p -> new PipeDrop(inputs.getFirst(), p.columns);
            case PipeAggregate p -> new PipeAggregate(inputs.getFirst(), p.groupings, p.aggregates);
        };
    }

    /// The expressions of this node, as [LogicalPlan#exprs] has them.
    default List<Expr> written() {
        return switch (this) {
            case Pivot p -> {
                List<Expr> all = new ArrayList<>(p.groupings.orElse(List.of()));
                all.addAll(p.aggregates);
                all.addAll(p.columns);
                all.addAll(p.values);
                yield all;
            }
            case Unpivot u -> {
                List<Expr> all = new ArrayList<>(u.ids.orElse(List.of()));
                u.sets.forEach(set -> all.addAll(set.columns()));
                yield all;
            }
            case PipeInput p -> List.of();
            case PipeSelect p -> p.list;
            case PipeSet p -> {
                List<Expr> all = new ArrayList<>();
                p.assignments.forEach(a -> all.addAll(List.of(a.column(), a.value())));
                yield all;
            }
            case PipeDrop p -> p.columns;
            case PipeAggregate p -> {
                List<Expr> all = new ArrayList<>(p.groupings);
                all.addAll(p.aggregates);
                yield all;
            }
        };
    }

    /// This form with each of its expressions replaced by `change`'s answer.
    default QueryForm mapWritten(UnaryOperator<Expr> change) {
        return switch (this) {
            case Pivot p ->
                    new Pivot(
                            p.input,
                            p.groupings.map(list -> mapped(list, change)),
                            mapped(p.aggregates, change),
                            mapped(p.columns, change),
                            mapped(p.values, change),
                            p.where);
            case Unpivot u ->
                    new Unpivot(
                            u.input,
                            u.ids.map(list -> mapped(list, change)),
                            u.sets.stream()
                                    .map(set ->
                                            new Unpivot.ColumnSet(
                                                    mapped(set.columns(), change), set.name()))
                                    .toList(),
                            u.nameColumn,
                            u.valueNames,
                            u.keepNulls,
                            u.where);
            case PipeInput p -> p;
            case PipeSelect p -> new PipeSelect(p.input, mapped(p.list, change), p.extend);
            case PipeSet p ->
                    new PipeSet(
                            p.input,
                            p.assignments.stream()
                                    .map(a ->
                                            new PipeSet.Assignment(
                                                    change.apply(a.column()),
                                                    change.apply(a.value())))
                                    .toList());
            case PipeDrop p -> new PipeDrop(p.input, mapped(p.columns, change));
            case PipeAggregate p ->
                    new PipeAggregate(
                            p.input, mapped(p.groupings, change), mapped(p.aggregates, change));
        };
    }

    private static List<Expr> mapped(List<Expr> exprs, UnaryOperator<Expr> change) {
        return exprs.stream().map(change).toList();
    }
}
