package dev.vitrine.engine.optimizer.rules;

import dev.vitrine.engine.expr.Expr;
import dev.vitrine.engine.expr.Expr.Attribute;
import dev.vitrine.engine.expr.Expr.ComparisonOp;
import dev.vitrine.engine.logical.LogicalPlan;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/// The conditions of a group of inner joins. Equalities between columns fall into classes of
/// columns that are all equal: any two of a class can be joined on, whether a condition says so or
/// it follows from others, and one equality between two sides does for all of its class, since
/// within each side the class's columns are equal already.
///
/// @param classes columns that are equal, by id
/// @param others all other conditions
record JoinConditions(List<List<Attribute>> classes, List<Expr> others) {

    static JoinConditions of(List<Expr> conditions) {
        List<Expr> others = new ArrayList<>();
        Map<Long, Long> leaders = new HashMap<>();
        Map<Long, Attribute> attributes = new TreeMap<>();
        for (Expr condition : conditions) {
            if (condition instanceof Expr.Comparison equality
                    && equality.op() == ComparisonOp.EQ
                    && equality.left() instanceof Attribute a
                    && equality.right() instanceof Attribute b
                    && a.type().equals(b.type())) {
                attributes.putIfAbsent(a.id(), a);
                attributes.putIfAbsent(b.id(), b);
                leaders.put(leader(a.id(), leaders), leader(b.id(), leaders));
            } else {
                others.add(condition);
            }
        }
        Map<Long, List<Attribute>> classes = new LinkedHashMap<>();
        for (Attribute attribute : attributes.values()) {
            classes.computeIfAbsent(leader(attribute.id(), leaders), id -> new ArrayList<>())
                    .add(attribute);
        }
        return new JoinConditions(List.copyOf(classes.values()), others);
    }

    private static long leader(long id, Map<Long, Long> leaders) {
        long at = id;
        Long next = leaders.get(at);
        while (next != null && next != at) {
            at = next;
            next = leaders.get(at);
        }
        return at;
    }

    /// The conditions that are about one relation alone, equalities that follow included.
    List<Expr> within(LogicalPlan relation) {
        Set<Long> ids = relation.outputIds();
        List<Expr> found = new ArrayList<>();
        for (Expr other : others) {
            if (!other.references().isEmpty() && ids.containsAll(other.references())) {
                found.add(other);
            }
        }
        for (List<Attribute> equal : classes) {
            List<Attribute> here = equal.stream().filter(a -> ids.contains(a.id())).toList();
            for (int i = 1; i < here.size(); i++) {
                found.add(equality(here.getFirst(), here.get(i)));
            }
        }
        return found;
    }

    /// Conditions that both sides together can answer and neither alone.
    List<Expr> between(LogicalPlan a, LogicalPlan b) {
        Set<Long> left = a.outputIds();
        Set<Long> right = b.outputIds();
        List<Expr> found = new ArrayList<>();
        for (List<Attribute> equal : classes) {
            Optional<Attribute> onLeft = first(equal, left);
            Optional<Attribute> onRight = first(equal, right);
            if (onLeft.isPresent() && onRight.isPresent()) {
                found.add(equality(onLeft.get(), onRight.get()));
            }
        }
        for (Expr other : others) {
            Set<Long> references = other.references();
            boolean both =
                    references.stream().allMatch(id -> left.contains(id) || right.contains(id));
            boolean one = left.containsAll(references) || right.containsAll(references);
            if (both && !one) {
                found.add(other);
            }
        }
        return found;
    }

    private static Optional<Attribute> first(List<Attribute> attributes, Set<Long> ids) {
        return attributes.stream().filter(a -> ids.contains(a.id())).findFirst();
    }

    /// The same for the same two columns, whichever side they are on.
    private static Expr equality(Attribute a, Attribute b) {
        return a.id() < b.id()
                ? new Expr.Comparison(ComparisonOp.EQ, a, b)
                : new Expr.Comparison(ComparisonOp.EQ, b, a);
    }
}
