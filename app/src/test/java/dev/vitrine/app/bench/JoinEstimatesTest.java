package dev.vitrine.app.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vitrine.app.bench.JoinEstimates.Join;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JoinEstimatesTest {
    @Test
    void theErrorIsAFactorEitherWay() {
        assertEquals(4, new Join("q", "", 400, 100).error());
        assertEquals(4, new Join("q", "", 100, 400).error());
        assertEquals(1, new Join("q", "", 0.2, 0).error());
        JoinEstimates four =
                new JoinEstimates(
                        "t",
                        List.of(
                                new Join("a", "", 1, 1),
                                new Join("b", "", 20, 10),
                                new Join("c", "", 30, 10),
                                new Join("d", "", 90, 10)));
        assertEquals(2, four.quantile(0.5));
        assertEquals(9, four.quantile(0.95));
    }

    @Test
    void joinsOfAQueryAreCounted(@TempDir Path folder) {
        Workload workload = new Workloads(folder, 0, 1).tpch(0.001).only(List.of("q3"));
        JoinEstimates found = JoinEstimates.measure(workload, 1);
        assertEquals(2, found.joins().size());
        found.joins().forEach(join -> assertTrue(join.expected() >= 0, join.toString()));
        assertTrue(found.joins().stream().anyMatch(join -> join.actual() > 0));
    }
}
