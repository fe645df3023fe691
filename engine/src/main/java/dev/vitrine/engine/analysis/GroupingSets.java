package dev.vitrine.engine.analysis;

import dev.vitrine.engine.error.EngineException;
import dev.vitrine.engine.error.ErrorCode;
import dev.vitrine.engine.expr.Expr;
import dev.vitrine.engine.expr.Expr.Attribute;
import dev.vitrine.engine.function.CommonTypes;
import dev.vitrine.engine.function.GroupingFunctions;
import dev.vitrine.engine.logical.LogicalPlan;
import dev.vitrine.engine.types.DataType;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/// What GROUP BY asks for with ROLLUP, CUBE and GROUPING SETS: the expressions, and in which sets
/// they are grouped by.
final class GroupingSets {
    private static final int MAX_GROUPINGS = 64;
    private static final int MAX_SETS = 4096;

    private final List<Expr> exprs = new ArrayList<>();

    /// Each a list of indexes of `exprs`.
    private List<List<Integer>> sets = List.of(List.of());

    private final Function<Expr, Expr> resolver;

    private GroupingSets(Function<Expr, Expr> resolver) {
        this.resolver = resolver;
    }

    static boolean isIn(List<Expr> groupBy) {
        return groupBy.stream().anyMatch(GroupingSets::isAnalytics);
    }

    private static boolean isAnalytics(Expr expr) {
        return expr instanceof Expr.UnresolvedFunction f
                && (f.name().equals("rollup")
                        || f.name().equals("cube")
                        || f.name().equals("grouping sets"));
    }

    /// @param resolver gives a written expression its meaning
    static GroupingSets of(List<Expr> groupBy, Function<Expr, Expr> resolver) {
        GroupingSets result = new GroupingSets(resolver);
        for (Expr item : groupBy) {
            // Items side by side: each set of the one with each of the other.
            List<List<Integer>> combined = new ArrayList<>();
            List<List<Integer>> more = result.setsOf(item);
            for (List<Integer> left : result.sets) {
                for (List<Integer> right : more) {
                    List<Integer> both = new ArrayList<>(left);
                    both.addAll(right);
                    combined.add(both.stream().distinct().toList());
                }
            }
            if (combined.size() > MAX_SETS) {
                throw tooMany();
            }
            result.sets = combined;
        }
        if (result.exprs.size() > MAX_GROUPINGS) {
            throw tooMany();
        }
        return result;
    }

    private static EngineException tooMany() {
        return new EngineException(
                ErrorCode.GROUPING_SIZE_LIMIT_EXCEEDED, Map.of("maxSize", MAX_GROUPINGS));
    }

    List<Expr> exprs() {
        return List.copyOf(exprs);
    }

    /// What ROLLUP or CUBE makes sets of.
    private List<List<Integer>> parts(Expr.UnresolvedFunction f) {
        List<List<Integer>> parts = f.args().stream().map(this::elements).toList();
        if (parts.stream().anyMatch(List::isEmpty)) {
            throw new EngineException(
                    ErrorCode._LEGACY_ERROR_TEMP_0051,
                    Map.of("element", f.name().toUpperCase(Locale.ROOT)),
                    f.where());
        }
        return parts;
    }

    private List<List<Integer>> setsOf(Expr item) {
        if (!(item instanceof Expr.UnresolvedFunction f) || !isAnalytics(item)) {
            return List.of(elements(item));
        }
        List<List<Integer>> result = new ArrayList<>();
        switch (f.name()) {
            case "rollup" -> {
                List<List<Integer>> parts = parts(f);
                for (int length = parts.size(); length >= 0; length--) {
                    result.add(flat(parts.subList(0, length)));
                }
            }
            case "cube" -> {
                List<List<Integer>> parts = parts(f);
                if (parts.size() > 12) {
                    throw tooMany();
                }
                for (int bits = (1 << parts.size()) - 1; bits >= 0; bits--) {
                    List<List<Integer>> chosen = new ArrayList<>();
                    for (int i = 0; i < parts.size(); i++) {
                        if ((bits >> (parts.size() - 1 - i) & 1) != 0) {
                            chosen.add(parts.get(i));
                        }
                    }
                    result.add(flat(chosen));
                }
            }
            default -> {
                for (Expr element : f.args()) {
                    if (element instanceof Expr.UnresolvedFunction of
                            && of.name().equals("grouped by")) {
                        of.args().forEach(this::index);
                    } else {
                        result.addAll(setsOf(element));
                    }
                }
            }
        }
        return result;
    }

    private static List<Integer> flat(List<List<Integer>> parts) {
        return parts.stream().flatMap(List::stream).distinct().toList();
    }

    private List<Integer> elements(Expr item) {
        return item instanceof Expr.UnresolvedFunction f && f.name().equals("()")
                ? f.args().stream().map(this::index).toList()
                : List.of(index(item));
    }

    private int index(Expr written) {
        Expr expr = resolver.apply(written);
        for (int i = 0; i < exprs.size(); i++) {
            if (SameExpr.same(exprs.get(i), expr)) {
                return i;
            }
        }
        exprs.add(expr);
        return exprs.size() - 1;
    }

    /// @param plan the rows, once for each set
    /// @param groupings the columns that hold the groupings, NULL where not in the set
    /// @param id a bit for each grouping that is not in the set, the first the highest
    /// @param keys all that is grouped by
    record Expanded(
            LogicalPlan plan, List<Attribute> groupings, Attribute id, List<Attribute> keys) {

        /// What a call of grouping or grouping_id stands for.
        Expr replace(Expr.Call call, List<Expr> exprs) {
            if (call.function() == GroupingFunctions.GROUPING) {
                Expr wanted = call.args().getFirst();
                for (int i = 0; i < exprs.size(); i++) {
                    if (SameExpr.same(exprs.get(i), wanted)
                            || SameExpr.same(groupings.get(i), wanted)) {
                        return bit(exprs.size() - 1 - i);
                    }
                }
                throw new EngineException(
                        ErrorCode.GROUPING_COLUMN_MISMATCH,
                        Map.of("grouping", wanted.sql(), "groupingColumns", names(exprs)));
            }
            boolean all = call.args().isEmpty() || call.args().size() == exprs.size();
            for (int i = 0; all && i < call.args().size(); i++) {
                all =
                        SameExpr.same(exprs.get(i), call.args().get(i))
                                || SameExpr.same(groupings.get(i), call.args().get(i));
            }
            if (!all) {
                throw new EngineException(
                        ErrorCode.GROUPING_ID_COLUMN_MISMATCH,
                        Map.of(
                                "groupingIdColumn", names(call.args()),
                                "groupByColumns", names(exprs)));
            }
            return id;
        }

        private Expr bit(int place) {
            Expr.ArithmeticOp divide = Expr.ArithmeticOp.INTEGRAL_DIVIDE;
            Expr shifted =
                    new Expr.Arithmetic(
                            divide,
                            id,
                            Expr.Literal.of(1L << place),
                            DataType.BIGINT,
                            dev.vitrine.engine.expr.EvalMode.LEGACY);
            Expr bit =
                    new Expr.Arithmetic(
                            Expr.ArithmeticOp.REMAINDER,
                            shifted,
                            Expr.Literal.of(2L),
                            DataType.BIGINT,
                            dev.vitrine.engine.expr.EvalMode.LEGACY);
            return CommonTypes.cast(bit, DataType.TINYINT, dev.vitrine.engine.expr.EvalMode.LEGACY);
        }

        private static String names(List<Expr> exprs) {
            return exprs.stream().map(Expr::sql).toList().toString();
        }
    }

    /// `input` with each row once for each set; its columns keep their ids.
    Expanded expand(Analyzer analyzer, LogicalPlan input, LogicalPlan written) {
        List<Attribute> output = new ArrayList<>(input.output());
        List<Attribute> groupings = new ArrayList<>();
        for (Expr expr : exprs) {
            String name = expr instanceof Attribute a ? a.name() : expr.sql();
            groupings.add(
                    new Attribute(analyzer.context().newAttributeId(), name, expr.type(), true));
        }
        output.addAll(groupings);
        Attribute id =
                new Attribute(
                        analyzer.context().newAttributeId(),
                        "spark_grouping_id",
                        DataType.BIGINT,
                        false);
        output.add(id);
        boolean repeated =
                new HashSet<>(sets.stream().map(HashSet::new).toList()).size() < sets.size();
        Attribute position =
                new Attribute(
                        analyzer.context().newAttributeId(),
                        "_gen_grouping_pos",
                        DataType.INT,
                        false);
        if (repeated) {
            output.add(position);
        }
        List<List<Expr>> projections = new ArrayList<>();
        for (int s = 0; s < sets.size(); s++) {
            List<Integer> set = sets.get(s);
            List<Expr> projection = new ArrayList<>(input.output());
            long bits = 0;
            for (int i = 0; i < exprs.size(); i++) {
                boolean in = set.contains(i);
                projection.add(in ? exprs.get(i) : Expr.Literal.nullOf(exprs.get(i).type()));
                bits = bits << 1 | (in ? 0 : 1);
            }
            projection.add(Expr.Literal.of(bits));
            if (repeated) {
                projection.add(Expr.Literal.of(s));
            }
            projections.add(projection);
        }
        List<Attribute> keys = new ArrayList<>(groupings);
        keys.add(id);
        if (repeated) {
            keys.add(position);
        }
        LogicalPlan plan =
                analyzer.made(new LogicalPlan.Expand(input, projections, output), written);
        return new Expanded(plan, groupings, id, keys);
    }
}
