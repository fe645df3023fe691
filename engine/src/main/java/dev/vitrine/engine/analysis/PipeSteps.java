package dev.vitrine.engine.analysis;

import dev.vitrine.engine.error.EngineException;
import dev.vitrine.engine.error.ErrorCode;
import dev.vitrine.engine.expr.Expr;
import dev.vitrine.engine.expr.Expr.Attribute;
import dev.vitrine.engine.function.FunctionEntry;
import dev.vitrine.engine.function.FunctionKind;
import dev.vitrine.engine.logical.QueryForm;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Pipe operators over a resolved input. Tables' aliases go on through them, and name the values
/// that columns had before `|> SET` and `|> DROP`.
final class PipeSteps {
    private final Analyzer analyzer;
    private final QueryForm form;
    private final Resolved input;
    private final Scope scope;

    PipeSteps(Analyzer analyzer, QueryForm form, Resolved input, Scope scope) {
        this.analyzer = analyzer;
        this.form = form;
        this.input = input;
        this.scope = scope;
    }

    Resolved select(List<Expr> list, boolean extend) {
        refuseAggregates(extend ? "EXTEND" : "SELECT", list);
        if (!extend) {
            return qualified(
                    SelectBlock.of(analyzer, form, input, list, null, scope).finished(), input);
        }
        List<Expr> all = new ArrayList<>();
        input.columns().forEach(c -> all.add(c.withQualifier(List.of())));
        all.addAll(list);
        return withHidden(input, all, input.hidden());
    }

    /// `visible` over `from`, with further columns that only qualified names reach.
    private Resolved withHidden(Resolved from, List<Expr> visible, List<Attribute> hidden) {
        List<Expr> list = new ArrayList<>(visible);
        hidden.forEach(c -> list.add(c.withQualifier(List.of())));
        Resolved made =
                qualified(SelectBlock.of(analyzer, form, from, list, null, scope).finished(), from);
        int shown = made.columns().size() - hidden.size();
        List<Attribute> kept = new ArrayList<>();
        for (int i = 0; i < hidden.size(); i++) {
            kept.add(made.columns().get(shown + i).withQualifier(hidden.get(i).qualifier()));
        }
        return new Resolved(made.plan(), made.columns().subList(0, shown), kept);
    }

    /// `made` with the qualifiers that its columns have in `from`.
    private static Resolved qualified(Resolved made, Resolved from) {
        List<Attribute> columns = new ArrayList<>();
        for (Attribute column : made.columns()) {
            columns.add(
                    from.columns().stream()
                            .filter(c -> c.id() == column.id())
                            .findFirst()
                            .map(c -> column.withQualifier(c.qualifier()))
                            .orElse(column));
        }
        return new Resolved(made.plan(), columns, made.hidden());
    }

    Resolved assigned(List<QueryForm.PipeSet.Assignment> assignments) {
        Resolved current = input;
        for (QueryForm.PipeSet.Assignment assignment : assignments) {
            refuseAggregates("SET", List.of(assignment.value()));
            Attribute replaced = visible(current, assignment.column());
            List<Expr> list = new ArrayList<>();
            for (Attribute column : current.columns()) {
                list.add(
                        column.id() == replaced.id()
                                ? new Expr.Alias(assignment.value(), column.name(), 0)
                                : column.withQualifier(List.of()));
            }
            current = withHidden(current, list, hiddenWith(current, replaced));
        }
        return current;
    }

    Resolved without(List<Expr> columns) {
        Resolved current = input;
        for (Expr column : columns) {
            Attribute dropped = visible(current, column);
            List<Expr> list = new ArrayList<>();
            current.columns().stream()
                    .filter(c -> c.id() != dropped.id())
                    .forEach(c -> list.add(c.withQualifier(List.of())));
            current = withHidden(current, list, hiddenWith(current, dropped));
        }
        return current;
    }

    private static List<Attribute> hiddenWith(Resolved current, Attribute more) {
        List<Attribute> hidden = new ArrayList<>(current.hidden());
        if (!more.qualifier().isEmpty()) {
            hidden.add(more);
        }
        return hidden;
    }

    /// The column of a name, as the input shows it.
    private Attribute visible(Resolved current, Expr name) {
        Scope columns = scope.over(current);
        Expr.UnresolvedAttribute written = (Expr.UnresolvedAttribute) name;
        Expr found =
                columns.find(written.nameParts(), written.where())
                        .orElseThrow(
                                () -> columns.unresolved(written.nameParts(), written.where()));
        return current.columns().stream()
                .filter(c -> c.id() == ((Attribute) found).id())
                .findFirst()
                .orElseThrow();
    }

    Resolved aggregated(List<Expr> groupings, List<Expr> aggregates) {
        for (Expr aggregate : aggregates) {
            if (aggregateIn(aggregate).isEmpty()) {
                throw new EngineException(
                        ErrorCode.PIPE_OPERATOR_AGGREGATE_EXPRESSION_CONTAINS_NO_AGGREGATE_FUNCTION,
                        Map.of("expr", OutputNames.of(aggregate)),
                        analyzer.range(aggregate).orElse(null));
            }
        }
        List<Expr> list = new ArrayList<>();
        List<Expr> keys = new ArrayList<>();
        for (Expr grouping : groupings) {
            Expr named = column(grouping);
            list.add(named);
            keys.add(named instanceof Expr.Alias(var in, var name, var id) ? in : named);
        }
        list.addAll(aggregates);
        return qualified(
                SelectBlock.of(analyzer, form, input, list, keys, scope).finished(), input);
    }

    /// What to group by: a number is the place of an input's column.
    private Expr column(Expr grouping) {
        if (!(grouping instanceof Expr.Literal(Integer position, var type))) {
            return grouping;
        }
        int columns = input.columns().size();
        if (position < 1 || position > columns) {
            throw new EngineException(
                    ErrorCode.GROUP_BY_POS_OUT_OF_RANGE,
                    Map.of("index", position, "size", columns),
                    analyzer.range(grouping).orElse(null));
        }
        return input.columns().get(position - 1).withQualifier(List.of());
    }

    private void refuseAggregates(String clause, List<Expr> list) {
        for (Expr expr : list) {
            Optional<Expr> aggregate = aggregateIn(expr);
            if (aggregate.isPresent()) {
                throw new EngineException(
                        ErrorCode.PIPE_OPERATOR_CONTAINS_AGGREGATE_FUNCTION,
                        Map.of("expr", OutputNames.of(aggregate.get()), "clause", clause),
                        analyzer.range(aggregate.get())
                                .or(() -> analyzer.range(expr))
                                .orElse(null));
            }
        }
    }

    /// An aggregate over groups, not over a window, in an unresolved expression.
    private Optional<Expr> aggregateIn(Expr expr) {
        List<Expr> inside =
                expr instanceof Expr.WindowCall window
                        ? window.function().children()
                        : expr.children();
        boolean aggregate =
                expr instanceof Expr.UnresolvedFunction f
                        && analyzer.functions()
                                .find(f.name())
                                .map(FunctionEntry::kind)
                                .equals(Optional.of(FunctionKind.AGGREGATE));
        return aggregate
                ? Optional.of(expr)
                : inside.stream().map(this::aggregateIn).flatMap(Optional::stream).findFirst();
    }
}
