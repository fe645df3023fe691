package dev.vitrine.engine.schedule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.vitrine.engine.error.EngineException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class FaultPlanTest {
    private static final FaultPlan ALL =
            new FaultPlan(
                    7,
                    List.of(
                            new Fault.KillExecutor("executor-1", 2),
                            new Fault.KillExecutor("", 0),
                            new Fault.SilenceExecutor("", 1),
                            new Fault.FailTask(0.25, 1, 3),
                            new Fault.FailTask(1, 0, -1),
                            new Fault.LoseOutput(0, 4, 5),
                            new Fault.LoseOutput(-1, -1, 0),
                            new Fault.LoseCached("flights", 2, 1),
                            new Fault.LoseCached("", -1, 0),
                            new Fault.SlowExecutor("executor-2", 50),
                            new Fault.ShrinkMemory(65536, 1)));

    @Test
    void textIsReadBack() {
        assertEquals(ALL, FaultPlan.parse(ALL.text()));
        assertEquals(new FaultPlan(0, List.of()), FaultPlan.parse("  "));
    }

    @Test
    void optionsMayBeLeftOut() {
        assertEquals(
                new FaultPlan(
                        0, List.of(new Fault.KillExecutor("", 0), new Fault.FailTask(1, 0, -1))),
                FaultPlan.parse("kill; fail"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"explode", "kill after", "fail p=2", "lose stage=x", "seed=y"})
    void otherTextIsAnError(String text) {
        assertThrows(EngineException.class, () -> FaultPlan.parse(text));
    }
}
