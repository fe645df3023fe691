package dev.vitrine.engine.rdd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vitrine.engine.api.LocalSession;
import dev.vitrine.engine.api.Session;
import dev.vitrine.engine.event.EngineEvent;
import dev.vitrine.engine.settings.Settings;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Every operation gives what plain Java gives, in any number of slices, empty ones among them, on
/// one executor and on several, and whatever fails meanwhile. Closing a session fails where memory
/// leaked.
@Timeout(120)
final class RddOperationsTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "local[2]         |",
                "local-cluster[2,1,64] |",
                "local[2]         | fail p=0.3 attempt=0; seed=1",
                "local[2]         | lose stage=0 after=1; seed=2",
                "local-cluster[2,1,64] | fail p=0.2 attempt=0; lose after=2; seed=3",
                "local-cluster[3,1,64] | kill after=2; fail p=0.1 attempt=0; seed=4",
            })
    void answersAreThoseOfPlainJava(String master, String faults) {
        AtomicInteger fired = new AtomicInteger();
        Settings settings =
                Settings.defaults()
                        .with(Settings.MASTER.key(), master)
                        .with(Settings.FAULTS.key(), faults == null ? "" : faults)
                        .with("spark.deploy.maxExecutorRetries", "100000");
        int[] slices = faults == null ? new int[] {1, 3, 50} : new int[] {4};
        try (Session session = LocalSession.open(settings)) {
            session.events()
                    .subscribe(event -> {
                        if (event instanceof EngineEvent.FaultFired) {
                            fired.incrementAndGet();
                        }
                    });
            for (RddCases.Case one : RddCases.all()) {
                for (int count : slices) {
                    assertEquals(
                            String.valueOf(one.expected().apply(count)),
                            String.valueOf(one.run().apply(session.sparkContext(), count)),
                            () -> one.name() + " in " + count + " slices");
                }
            }
        }
        assertTrue(faults == null || fired.get() > 0);
    }
}
