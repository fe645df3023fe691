package dev.vitrine.engine.operator;

import dev.vitrine.engine.batch.Batch;
import dev.vitrine.engine.expr.Expr;
import dev.vitrine.engine.function.Evaluator;
import dev.vitrine.engine.logical.JoinType;
import dev.vitrine.engine.physical.PhysicalPlan;
import dev.vitrine.engine.types.Values;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Joins rows with a build side held as boxed rows, interpreted: by key, or each with each where
/// there are no keys.
final class HashJoinOperator implements Operator {
    private final int nodeId;
    private final JoinType joinType;
    private final BuildSide build;
    private final int[] leftColumns;
    private final int[] rightColumns;
    private final boolean[] nullSafe;
    private final Optional<Evaluator> condition;
    private final TaskContext context;
    private final Operator above;
    private final RowOutput output;
    private final int leftWidth;
    private final List<@Nullable Object> noBuildRow;
    private final BatchRow row = new BatchRow();
    private final BitSet matched = new BitSet();

    HashJoinOperator(
            PhysicalPlan.HashJoin plan, BuildSide build, TaskContext context, Operator above) {
        this(
                plan,
                plan.joinType(),
                plan.left(),
                plan.right(),
                plan.keys(),
                plan.condition(),
                build,
                context,
                above);
    }

    HashJoinOperator(
            PhysicalPlan.NestedLoopJoin plan,
            BuildSide build,
            TaskContext context,
            Operator above) {
        this(
                plan,
                plan.joinType(),
                plan.left(),
                plan.right(),
                List.of(),
                plan.condition(),
                build,
                context,
                above);
    }

    private HashJoinOperator(
            PhysicalPlan plan,
            JoinType joinType,
            PhysicalPlan left,
            PhysicalPlan right,
            List<PhysicalPlan.JoinKey> keys,
            Optional<Expr> condition,
            BuildSide build,
            TaskContext context,
            Operator above) {
        this.nodeId = plan.id();
        this.joinType = joinType;
        this.build = build;
        this.context = context;
        this.above = above;
        this.output = new RowOutput(context, nodeId, plan.schema(), above);
        List<Expr.Attribute> leftOutput = left.output();
        List<Expr.Attribute> rightOutput = right.output();
        this.leftWidth = leftOutput.size();
        this.noBuildRow = Collections.nCopies(rightOutput.size(), null);
        leftColumns =
                keys.stream().mapToInt(k -> Interpreted.ordinal(k.left(), leftOutput)).toArray();
        rightColumns =
                keys.stream().mapToInt(k -> Interpreted.ordinal(k.right(), rightOutput)).toArray();
        nullSafe = new boolean[keys.size()];
        for (int i = 0; i < nullSafe.length; i++) {
            nullSafe[i] = keys.get(i).nullSafe();
        }
        List<Expr.Attribute> both = new ArrayList<>(leftOutput);
        both.addAll(rightOutput);
        this.condition =
                condition.map(c -> Interpreted.condition(c, both, context.settings().timeZone()));
    }

    @Override
    public void accept(Batch batch) {
        context.metrics().entering(nodeId);
        context.metrics().interpreted(batch.rowCount());
        List<List<@Nullable Object>> rows = build.rows();
        for (int i = 0; i < batch.rowCount(); i++) {
            if ((i & 127) == 0) {
                context.check();
            }
            row.at(batch, i);
            boolean any = false;
            int candidates = 0;
            for (int candidate : candidates(batch, i, rows.size())) {
                if ((++candidates & 1023) == 0) {
                    context.check();
                }
                List<@Nullable Object> buildRow = rows.get(candidate);
                if (condition.isPresent()
                        && !Boolean.TRUE.equals(condition.get().eval(row.with(buildRow)))) {
                    continue;
                }
                any = true;
                matched.set(candidate);
                if (joinType.leftOnly()) {
                    break;
                }
                give(batch, i, buildRow);
            }
            boolean alone =
                    switch (joinType) {
                        case LEFT_SEMI -> any;
                        case LEFT_ANTI, LEFT_OUTER, FULL_OUTER -> !any;
                        case INNER, CROSS, RIGHT_OUTER -> false;
                    };
            if (alone) {
                give(batch, i, joinType.leftOnly() ? List.of() : noBuildRow);
            }
        }
        output.flush();
    }

    private Iterable<Integer> candidates(Batch batch, int index, int rows) {
        if (leftColumns.length == 0) {
            return () -> java.util.stream.IntStream.range(0, rows).iterator();
        }
        List<@Nullable Object> key = new ArrayList<>(leftColumns.length);
        for (int column : leftColumns) {
            key.add(Values.hashKey(batch.value(column, index)));
        }
        Map<List<@Nullable Object>, List<Integer>> byKey = build.index(rightColumns, nullSafe);
        return byKey.getOrDefault(key, List.of());
    }

    private void give(Batch batch, int index, List<@Nullable Object> buildRow) {
        List<@Nullable Object> values = new ArrayList<>(leftWidth + buildRow.size());
        for (int column = 0; column < leftWidth; column++) {
            values.add(batch.value(column, index));
        }
        values.addAll(buildRow);
        output.add(values);
    }

    @Override
    public void finish() {
        if (joinType == JoinType.FULL_OUTER) {
            List<List<@Nullable Object>> rows = build.rows();
            List<@Nullable Object> noLeft = Collections.nCopies(leftWidth, null);
            for (int i = 0; i < rows.size(); i++) {
                if (!matched.get(i)) {
                    List<@Nullable Object> values = new ArrayList<>(noLeft);
                    values.addAll(rows.get(i));
                    output.add(values);
                }
            }
            output.flush();
        }
        above.finish();
    }

    @Override
    public boolean satisfied() {
        return above.satisfied() && joinType != JoinType.FULL_OUTER;
    }

    @Override
    public void close() {
        output.close();
        above.close();
    }
}
