package dev.vitrine.engine.operator;

import dev.vitrine.engine.expr.Expr;
import dev.vitrine.engine.function.Evaluator;
import dev.vitrine.engine.function.ExprEvaluator;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Expressions bound to the columns of an input, for interpreted operators.
final class Interpreted {
    private Interpreted() {}

    static Evaluator bind(Expr expr, List<Expr.Attribute> input, ZoneId zone) {
        return ExprEvaluator.compile(expr, ordinals(input), zone);
    }

    static List<Evaluator> bind(List<Expr> exprs, List<Expr.Attribute> input, ZoneId zone) {
        Map<Long, Integer> ordinals = ordinals(input);
        return exprs.stream().map(expr -> ExprEvaluator.compile(expr, ordinals, zone)).toList();
    }

    /// A condition, true or false. Its terms are asked one after another: a row for which one is
    /// NULL is gone for the next, as it is where they are filters of their own.
    static Evaluator condition(Expr condition, List<Expr.Attribute> input, ZoneId zone) {
        List<Evaluator> terms = bind(Expr.conjuncts(condition), input, zone);
        return row -> {
            for (Evaluator term : terms) {
                if (!Boolean.TRUE.equals(term.eval(row))) {
                    return false;
                }
            }
            return true;
        };
    }

    /// Column index by attribute id.
    static Map<Long, Integer> ordinals(List<Expr.Attribute> input) {
        Map<Long, Integer> ordinals = new HashMap<>();
        for (int i = 0; i < input.size(); i++) {
            ordinals.putIfAbsent(input.get(i).id(), i);
        }
        return ordinals;
    }

    /// Column index of an attribute.
    static int ordinal(Expr.Attribute attribute, List<Expr.Attribute> input) {
        Integer ordinal = ordinals(input).get(attribute.id());
        if (ordinal == null) {
            throw dev.vitrine.engine.error.EngineException.internal(
                    "the attribute "
                            + attribute.name()
                            + "#"
                            + attribute.id()
                            + " is not in the input");
        }
        return ordinal;
    }
}
