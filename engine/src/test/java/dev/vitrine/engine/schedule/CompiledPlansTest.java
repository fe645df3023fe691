package dev.vitrine.engine.schedule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vitrine.engine.batch.Batch;
import dev.vitrine.engine.batch.BatchAllocator;
import dev.vitrine.engine.event.EngineEvent;
import dev.vitrine.engine.expr.EvalMode;
import dev.vitrine.engine.expr.Expr;
import dev.vitrine.engine.expr.Expr.ArithmeticOp;
import dev.vitrine.engine.expr.Expr.Attribute;
import dev.vitrine.engine.expr.Expr.ComparisonOp;
import dev.vitrine.engine.expr.Expr.Literal;
import dev.vitrine.engine.logical.JoinType;
import dev.vitrine.engine.logical.LogicalPlan;
import dev.vitrine.engine.logical.PlanContext;
import dev.vitrine.engine.memory.MemoryArbiter;
import dev.vitrine.engine.physical.PhysicalPlan;
import dev.vitrine.engine.physical.Planner;
import dev.vitrine.engine.settings.Settings;
import dev.vitrine.engine.storage.Block;
import dev.vitrine.engine.types.DataType;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Plans made by hand, run compiled and interpreted: the rows must be the same.
final class CompiledPlansTest {
    @TempDir private Path localDir;
    private final PlanContext context = new PlanContext();
    private final List<EngineEvent> events = new ArrayList<>();

    @Test
    void filtersAndProjections() {
        Attribute id = attribute("id", DataType.BIGINT);
        LogicalPlan range = new LogicalPlan.Range(id, 0, 5_000, 1);
        Expr third = arithmetic(ArithmeticOp.REMAINDER, id, Literal.of(3L));
        LogicalPlan filtered =
                new LogicalPlan.Filter(
                        range, new Expr.Comparison(ComparisonOp.EQ, third, Literal.of(1L)));
        Expr text =
                new Expr.Case(
                        List.of(
                                new Expr.Case.Branch(
                                        new Expr.Comparison(ComparisonOp.LT, id, Literal.of(100L)),
                                        Literal.of("small")),
                                new Expr.Case.Branch(
                                        new Expr.Comparison(ComparisonOp.LT, id, Literal.of(1000L)),
                                        Literal.nullOf(DataType.STRING))),
                        Literal.of("more than twelve bytes"),
                        DataType.STRING);
        LogicalPlan plan =
                new LogicalPlan.Project(
                        filtered,
                        List.of(
                                id,
                                alias(
                                        "twice",
                                        arithmetic(ArithmeticOp.MULTIPLY, id, Literal.of(2L))),
                                alias("size", text)));
        assertSame(plan, 1_667);
    }

    @ParameterizedTest
    @EnumSource(JoinType.class)
    void joins(JoinType type) {
        Attribute a = attribute("a", DataType.BIGINT);
        Attribute b = attribute("b", DataType.BIGINT);
        Attribute c = attribute("c", DataType.STRING);
        LogicalPlan left = new LogicalPlan.Range(a, 0, 3_000, 1);
        List<List<Object>> rows = new ArrayList<>();
        for (long i = 0; i < 400; i++) {
            rows.add(List.of(i * 10 % 2_500, i % 3 == 0 ? "three" : "a text of some length " + i));
        }
        LogicalPlan right = new LogicalPlan.LocalRelation(List.of(b, c), new ArrayList<>(rows));
        Expr condition =
                type == JoinType.CROSS
                        ? new Expr.Comparison(ComparisonOp.LT, b, Literal.of(5L))
                        : Expr.and(
                                List.of(
                                        new Expr.Comparison(ComparisonOp.EQ, a, b),
                                        new Expr.Comparison(
                                                ComparisonOp.NOT_EQ, c, Literal.of("three"))));
        LogicalPlan plan = new LogicalPlan.Join(left, right, type, Optional.of(condition));
        assertSame(plan, -1);
    }

    private void assertSame(LogicalPlan plan, int expectedRows) {
        Settings compiled = Settings.defaults().with(Settings.CODEGEN_MIN_ROWS.key(), "0");
        Settings interpreted = Settings.defaults().with(Settings.CODEGEN.key(), "false");
        List<List<Object>> expected = run(plan, interpreted);
        events.clear();
        List<List<Object>> actual = run(plan, compiled);
        if (expectedRows >= 0) {
            assertEquals(expectedRows, expected.size());
        }
        assertEquals(expected, actual);
        for (EngineEvent event : events) {
            if (event instanceof EngineEvent.CodeReady code && !code.problem().isEmpty()) {
                assertTrue(code.problem().contains("joins"), code.problem() + "\n" + code.source());
            }
        }
    }

    private List<List<Object>> run(LogicalPlan logical, Settings settings) {
        PhysicalPlan plan = new Planner(context, settings, p -> 1_000, p -> 100).plan(logical);
        try (MemoryArbiter arbiter = new MemoryArbiter(1L << 30, 2, localDir);
                BatchAllocator memory = arbiter.root();
                Executors executors =
                        new Executors(Master.parse("local[2]"), settings, arbiter, events::add)) {
            Driver driver =
                    new Driver(
                            1,
                            plan,
                            settings,
                            executors,
                            arbiter,
                            memory,
                            (write, schema) -> {
                                throw new AssertionError("no sink here");
                            },
                            events::add,
                            new FailurePlace(id -> ""),
                            () -> false,
                            System.nanoTime());
            List<List<Object>> rows = new ArrayList<>();
            for (Block block : driver.run()) {
                try (Batch batch = block.pin(memory)) {
                    for (int row = 0; row < batch.rowCount(); row++) {
                        List<Object> values = new ArrayList<>();
                        for (int column = 0; column < batch.schema().size(); column++) {
                            values.add(batch.value(column, row));
                        }
                        rows.add(values);
                    }
                }
            }
            driver.close();
            driver.closeMemory();
            return rows;
        }
    }

    private Attribute attribute(String name, DataType type) {
        return new Attribute(context.newAttributeId(), name, type, false);
    }

    private Expr alias(String name, Expr expr) {
        return new Expr.Alias(expr, name, context.newAttributeId());
    }

    private static Expr arithmetic(ArithmeticOp op, Expr left, Expr right) {
        return new Expr.Arithmetic(op, left, right, left.type(), EvalMode.ANSI);
    }
}
