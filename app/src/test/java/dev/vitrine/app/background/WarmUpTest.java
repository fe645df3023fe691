package dev.vitrine.app.background;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vitrine.engine.api.LocalSession;
import dev.vitrine.engine.api.Session;
import dev.vitrine.engine.settings.Settings;
import java.io.File;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class WarmUpTest {
    @Test
    void allQueriesRunOnceAndLeaveNothing() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        long before = folders();
        // A question before each query; the 18th is the second round's first.
        WarmUp.run(Duration.ofMinutes(5), () -> asked.incrementAndGet() <= 17);
        assertEquals(18, asked.get());
        assertEquals(before, folders());
    }

    @Test
    void stopsWhereTimeIsOver() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        WarmUp.run(Duration.ZERO, () -> asked.incrementAndGet() > 0);
        assertTrue(asked.get() <= 1, "no query began after the end");
    }

    @Test
    void theEndOfWhatRunsBehindASessionIsWaitedFor() {
        List<Throwable> problems = new CopyOnWriteArrayList<>();
        try (Session session = LocalSession.open(Settings.defaults())) {
            WarmUp.behind(session, problems::add).run();
        }
        assertTrue(
                Thread.getAllStackTraces().keySet().stream()
                        .noneMatch(thread -> thread.getName().equals("warm-up")));
        assertEquals(List.of(), problems);
    }

    private static long folders() {
        String[] names = new File(System.getProperty("java.io.tmpdir")).list();
        return Arrays.stream(names == null ? new String[0] : names)
                .filter(name -> name.startsWith("vitrine-warm-up"))
                .count();
    }
}
