package dev.vitrine.engine.optimizer.rules;

import dev.vitrine.engine.expr.Expr;
import dev.vitrine.engine.logical.LogicalPlan;
import dev.vitrine.engine.logical.LogicalPlan.Project;
import dev.vitrine.engine.optimizer.Rule;
import dev.vitrine.engine.optimizer.RuleContext;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// `Project(Project(x, b AS c), c + 1 AS d)` becomes `Project(x, b + 1 AS d)`, unless that would
/// compute something dear twice, or something that gives another value each time.
public record CollapseProjects() implements Rule {
    @Override
    public LogicalPlan apply(LogicalPlan node, RuleContext context) {
        if (node instanceof Project(Project(var input, var inner), var outer)) {
            Map<Long, Integer> uses = new HashMap<>();
            outer.forEach(expr ->
                    expr.forEach(e -> {
                        if (e instanceof Expr.Attribute a) {
                            uses.merge(a.id(), 1, Integer::sum);
                        }
                    }));
            for (Expr expr : inner) {
                boolean cheap = expr instanceof Expr.Alias(var e, var n, var id) && isCheap(e);
                boolean twice =
                        expr instanceof Expr.Alias(var e, var n, var id)
                                && uses.getOrDefault(id, 0) > 1;
                if (!expr.deterministic() || !cheap && twice) {
                    return node;
                }
            }
            return new Project(input, Substitution.into(outer, inner));
        }
        return node;
    }

    private static boolean isCheap(Expr expr) {
        return expr instanceof Expr.Attribute || expr instanceof Expr.Literal;
    }

    /// The definitions of a projection in place of its names.
    static final class Substitution {
        private Substitution() {}

        /// `exprs` over the output of a projection, as expressions over its input; names and ids
        /// stay.
        static List<Expr> into(List<Expr> exprs, List<Expr> projection) {
            Map<Long, Expr> definitions = definitions(projection);
            return exprs.stream()
                    .map(expr -> {
                        Expr replaced = into(expr, definitions);
                        return expr instanceof Expr.Attribute a && replaced != expr
                                ? named(a, replaced)
                                : replaced;
                    })
                    .toList();
        }

        static Expr into(Expr expr, Map<Long, Expr> definitions) {
            return expr.transformUp(
                    e -> e instanceof Expr.Attribute a ? definitions.getOrDefault(a.id(), e) : e);
        }

        /// What each alias of a projection stands for.
        static Map<Long, Expr> definitions(List<Expr> projection) {
            Map<Long, Expr> definitions = new HashMap<>();
            for (Expr expr : projection) {
                if (expr instanceof Expr.Alias(var input, var name, var id)) {
                    definitions.put(id, input);
                }
            }
            return definitions;
        }

        private static Expr named(Expr.Attribute attribute, Expr definition) {
            return new Expr.Alias(definition, attribute.name(), attribute.id());
        }
    }
}
