package dev.vitrine.engine.optimizer.rules;

import dev.vitrine.engine.expr.Expr;
import dev.vitrine.engine.logical.LogicalPlan;
import dev.vitrine.engine.logical.LogicalPlan.Filter;
import dev.vitrine.engine.logical.LogicalPlan.Project;
import dev.vitrine.engine.optimizer.Rule;
import dev.vitrine.engine.optimizer.RuleContext;

/// `Filter(Project(x, a + 1 AS b), b > 2)` becomes `Project(Filter(x, a + 1 > 2), a + 1 AS b)`. A
/// filter also goes below a sort, a repartitioning, and stays above a projection whose values
/// differ each time.
public record PushFilterThroughProject() implements Rule {
    @Override
    public LogicalPlan apply(LogicalPlan node, RuleContext context) {
        return switch (node) {
            case Filter(Project(var input, var exprs), var predicate)
                    when exprs.stream().allMatch(Expr::deterministic) ->
                    new Project(
                            new Filter(
                                    input,
                                    CollapseProjects.Substitution.into(
                                            predicate,
                                            CollapseProjects.Substitution.definitions(exprs))),
                            exprs);
            case Filter(LogicalPlan.Sort(var input, var keys, boolean global), var predicate)
                    when predicate.deterministic() ->
                    new LogicalPlan.Sort(new Filter(input, predicate), keys, global);
            case Filter(LogicalPlan.Repartition(var input, var exprs, int n), var predicate)
                    when predicate.deterministic() ->
                    new LogicalPlan.Repartition(new Filter(input, predicate), exprs, n);
            default -> node;
        };
    }
}
