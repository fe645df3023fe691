package dev.vitrine.engine.codegen;

import dev.vitrine.engine.expr.Expr;
import dev.vitrine.engine.physical.PhysicalPlan;
import dev.vitrine.engine.types.DataType;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Decides which parts of expressions become methods of their own. The JIT leaves methods above
/// 8,000 bytes of bytecode to the JVM's interpreter for good, and is slow to compile those above
/// some 3,000: what would make a method longer than that is cut by the estimated bytes of its
/// parts.
final class Splitting {
    /// Bytes up to which a method stays whole.
    private static final int WHOLE = 3_000;

    /// Bytes at which a part of an expression, or a run of aggregates or columns, is cut off.
    private static final int PART = 1_200;

    /// Terms, branches and arguments that are nested in one another before they are cut.
    private static final int NESTED = 16;

    /// Bytes above which a computed column that is used more than once is computed once a row.
    private static final int SHARED = 60;

    private static final int CALL = 25;

    /// Terms of a condition that are methods of their own.
    private static final int MAX_TERMS = 48;

    private final int divisor;
    private final Map<Long, Expr> definitions = new HashMap<>();
    private final Map<Long, Integer> uses = new HashMap<>();
    private final IdentityHashMap<Expr, Integer> measured = new IdentityHashMap<>();
    private final IdentityHashMap<Expr, Expr> regrouped = new IdentityHashMap<>();
    private final IdentityHashMap<Expr, List<Expr>> conjuncts = new IdentityHashMap<>();
    private final Set<Expr> parts = Collections.newSetFromMap(new IdentityHashMap<>());
    private final Set<Long> shared = new HashSet<>();

    /// @param chain the nodes whose expressions are written
    /// @param divisor 1, or more to cut smaller where methods came out too long
    Splitting(List<PhysicalPlan> chain, int divisor) {
        this.divisor = divisor;
        for (PhysicalPlan node : chain) {
            switch (node) {
                case PhysicalPlan.Project project -> {
                    for (Expr expr : project.exprs()) {
                        if (expr instanceof Expr.Alias(var computed, var name, var id)) {
                            definitions.put(id, computed);
                            countUses(computed);
                        }
                    }
                }
                case PhysicalPlan.Filter filter -> countUses(filter.predicate());
                case PhysicalPlan.HashAggregate aggregate ->
                        aggregate.items().forEach(item -> countUses(item.call()));
                default -> {
                    // joins read computed columns seldom
                }
            }
        }
    }

    private void countUses(Expr expr) {
        expr.forEach(node -> {
            if (node instanceof Expr.Attribute a) {
                uses.merge(a.id(), 1, Integer::sum);
            }
        });
    }

    /// Cuts what is too much for one method.
    ///
    /// @param kept expressions that the method computes in any case
    /// @param spread those that [#parts] may spread over other methods
    /// @param overheads bytes beside the expressions
    /// @return whether it was too much
    boolean split(
            Collection<? extends Expr> kept, Collection<? extends Expr> spread, int overheads) {
        Set<Long> known = new HashSet<>();
        long total = overheads;
        for (Expr root : kept) {
            total += full(root, known);
        }
        for (Expr root : spread) {
            total += full(root, known);
        }
        if (total <= WHOLE / divisor) {
            return false;
        }
        spread.forEach(this::measure);
        int left = 0;
        for (Expr root : kept) {
            left += measure(root);
            if (left > PART / divisor && measure(root) > CALL) {
                left -= measure(root) - CALL;
                Expr expr = regroup(root);
                parts.add(expr);
                measured.put(expr, CALL);
            }
        }
        return true;
    }

    /// The terms of a condition that are written one after the other: those of an AND, in groups
    /// where they are many; the same objects each time.
    List<Expr> terms(Expr predicate) {
        return conjuncts.computeIfAbsent(
                predicate,
                p -> {
                    List<Expr> terms = Expr.conjuncts(p);
                    if (terms.size() <= MAX_TERMS) {
                        return terms;
                    }
                    int size = (terms.size() + MAX_TERMS - 1) / MAX_TERMS;
                    List<Expr> groups = new ArrayList<>();
                    for (int from = 0; from < terms.size(); from += size) {
                        List<Expr> group = terms.subList(from, Math.min(from + size, terms.size()));
                        groups.add(group.size() == 1 ? group.getFirst() : new Expr.And(group));
                    }
                    return groups;
                });
    }

    /// Spreads roots over methods.
    ///
    /// @param bytes of each root, as [#measure] gives them with what is done with the value
    /// @return the number of roots in each method, in order
    List<Integer> parts(List<Integer> bytes) {
        List<Integer> counts = new ArrayList<>();
        int count = 0;
        int total = 0;
        for (int root : bytes) {
            if (count > 0 && total + root > PART / divisor) {
                counts.add(count);
                count = 0;
                total = 0;
            }
            count++;
            total += root;
        }
        counts.add(count);
        return counts;
    }

    /// Whether an expression is a method of its own.
    boolean isPart(Expr expr) {
        return parts.contains(expr);
    }

    /// Whether a computed column is a method that computes it once a row.
    boolean isShared(long attributeId) {
        return shared.contains(attributeId);
    }

    /// The same expression with long runs of terms, branches or arguments nested in groups; the
    /// same object each time. The order of evaluation stays.
    Expr regroup(Expr expr) {
        return switch (expr) {
            case Expr.And(var terms) when terms.size() > NESTED ->
                    regrouped.computeIfAbsent(
                            expr,
                            e ->
                                    new Expr.And(
                                            groups(terms).stream()
                                                    .map(g ->
                                                            g.size() == 1
                                                                    ? g.getFirst()
                                                                    : new Expr.And(g))
                                                    .toList()));
            case Expr.Or(var terms) when terms.size() > NESTED ->
                    regrouped.computeIfAbsent(
                            expr,
                            e ->
                                    new Expr.Or(
                                            groups(terms).stream()
                                                    .map(g ->
                                                            g.size() == 1
                                                                    ? g.getFirst()
                                                                    : new Expr.Or(g))
                                                    .toList()));
            case Expr.Case(var branches, var otherwise, var type) when branches.size() > NESTED ->
                    regrouped.computeIfAbsent(
                            expr,
                            e ->
                                    new Expr.Case(
                                            branches.subList(0, NESTED),
                                            new Expr.Case(
                                                    branches.subList(NESTED, branches.size()),
                                                    otherwise,
                                                    type),
                                            type));
            case Expr.Coalesce(var args, var type) when args.size() > NESTED -> {
                List<Expr> first = args.subList(0, NESTED);
                List<Expr> rest = args.subList(NESTED, args.size());
                yield regrouped.computeIfAbsent(
                        expr,
                        e ->
                                new Expr.Coalesce(
                                        List.of(
                                                new Expr.Coalesce(first, type),
                                                new Expr.Coalesce(rest, type)),
                                        type));
            }
            case Expr.In(var value, var options)
                    when !options.isEmpty()
                            && !isOfLiterals(expr)
                            && value.deterministic()
                            && options.stream().allMatch(o -> o.type().equals(value.type())) ->
                    regrouped.computeIfAbsent(
                            expr,
                            e ->
                                    options.size() == 1
                                            ? equal(value, options.getFirst())
                                            : new Expr.Or(
                                                    options.stream()
                                                            .map(o -> equal(value, o))
                                                            .toList()));
            default -> expr;
        };
    }

    private static Expr equal(Expr value, Expr option) {
        return new Expr.Comparison(Expr.ComparisonOp.EQ, value, option);
    }

    /// Whether all options of an IN are constants of the value's type.
    static boolean isOfLiterals(Expr expr) {
        return expr instanceof Expr.In in
                && in.options().stream()
                        .allMatch(o ->
                                o instanceof Expr.Literal l
                                        && (l.isNull() || l.type().equals(in.value().type())));
    }

    private static List<List<Expr>> groups(List<Expr> terms) {
        int size = NESTED;
        while (terms.size() > size * NESTED) {
            size *= NESTED;
        }
        List<List<Expr>> groups = new ArrayList<>();
        for (int from = 0; from < terms.size(); from += size) {
            groups.add(terms.subList(from, Math.min(from + size, terms.size())));
        }
        return groups;
    }

    /// Bytes of an expression's code in the method that asks for it, after parts are cut off.
    int measure(Expr root) {
        Expr expr = regroup(root);
        Integer known = measured.get(expr);
        if (known != null) {
            return known;
        }
        int bytes;
        Expr defined = expr instanceof Expr.Attribute c ? definitions.get(c.id()) : null;
        if (expr instanceof Expr.Attribute a && defined != null) {
            bytes = measure(defined);
            boolean repeated = uses.getOrDefault(a.id(), 0) > 1;
            if (repeated && full(defined, new HashSet<>()) > SHARED) {
                shared.add(a.id());
                bytes = CALL;
            }
        } else {
            bytes = own(expr);
            for (Expr child : expr.children()) {
                bytes += measure(child);
            }
            if (bytes > PART / divisor) {
                parts.add(expr);
                bytes = CALL;
            }
        }
        measured.put(expr, bytes);
        return bytes;
    }

    /// Bytes with nothing cut off, each computed column counted once.
    private long full(Expr expr, Set<Long> known) {
        if (expr instanceof Expr.Attribute a) {
            Expr defined = definitions.get(a.id());
            if (!known.add(a.id())) {
                return 2;
            }
            if (defined != null) {
                return full(defined, known);
            }
        }
        long bytes = own(expr);
        for (Expr child : expr.children()) {
            bytes += full(child, known);
        }
        return bytes;
    }

    /// Bytes of a node alone: a rule of thumb from generated classes.
    private static int own(Expr expr) {
        int strict = expr.nullable() ? 14 : 0;
        return switch (expr) {
            case Expr.Literal l -> 4;
            case Expr.Attribute a -> {
                boolean string = a.type() == DataType.STRING || a.type() == DataType.BINARY;
                yield (string ? 65 : 27) + 2 * strict;
            }
            case Expr.Alias a -> 0;
            case Expr.Cast c -> 14 + strict;
            case Expr.Arithmetic a -> 14 + strict;
            case Expr.Comparison c -> 20 + strict;
            case Expr.And(var terms) -> 16 * terms.size() + strict;
            case Expr.Or(var terms) -> 16 * terms.size() + strict;
            case Expr.Not n -> 6;
            case Expr.IsNull i -> 4;
            case Expr.In in -> 8 * Math.min(in.options().size(), NESTED) + strict;
            case Expr.Like l -> 15 + strict;
            case Expr.Case c -> 22 * c.branches().size() + 10 + strict;
            case Expr.Coalesce c -> 22 * c.args().size() + 10;
            case Expr.Call c -> 30 + 14 * c.args().size() + strict;
            case Expr.GetField g -> 50;
            // What is left has no code of its own; the writer says so.
            default -> 0;
        };
    }
}
