package dev.vitrine.engine.analysis;

import dev.vitrine.engine.logical.LogicalPlan;
import dev.vitrine.engine.logical.QueryForm;

/// Writes each [QueryForm] as simpler nodes.
final class QueryForms {
    private final Analyzer analyzer;

    QueryForms(Analyzer analyzer) {
        this.analyzer = analyzer;
    }

    Resolved resolve(QueryForm form, Scope scope) {
        return switch (form) {
            case QueryForm.Pivot pivot ->
                    new Pivots(analyzer, pivot, analyzer.resolve(pivot.input(), scope), scope)
                            .resolved();
            case QueryForm.Unpivot unpivot ->
                    new Unpivots(analyzer, unpivot, analyzer.resolve(unpivot.input(), scope), scope)
                            .resolved();
            case QueryForm.PipeInput piped -> analyzer.resolve(piped.input(), scope);
            case QueryForm.PipeSelect select ->
                    pipes(select, select.input(), scope).select(select.list(), select.extend());
            case QueryForm.PipeSet set ->
                    pipes(set, set.input(), scope).assigned(set.assignments());
            case QueryForm.PipeDrop drop ->
                    pipes(drop, drop.input(), scope).without(drop.columns());
            case QueryForm.PipeAggregate aggregate ->
                    pipes(aggregate, aggregate.input(), scope)
                            .aggregated(aggregate.groupings(), aggregate.aggregates());
        };
    }

    private PipeSteps pipes(QueryForm form, LogicalPlan input, Scope scope) {
        return new PipeSteps(analyzer, form, analyzer.resolve(input, scope), scope);
    }
}
