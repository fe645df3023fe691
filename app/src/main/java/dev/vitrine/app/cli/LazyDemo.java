package dev.vitrine.app.cli;

import dev.vitrine.engine.api.DataFrame;
import dev.vitrine.engine.api.Session;
import dev.vitrine.engine.event.EngineEvent;
import dev.vitrine.engine.event.EngineEvent.TaskStarted;
import java.util.concurrent.atomic.AtomicInteger;

/// Transformations only describe; actions run.
record LazyDemo() implements DemoTopic {
    @Override
    public String name() {
        return "lazy";
    }

    @Override
    public String title() {
        return "transformations run nothing; an action runs them all at once";
    }

    @Override
    public void show(Session session, DemoScript script) {
        AtomicInteger tasks = new AtomicInteger();
        Runnable unsubscribe = session.events().subscribe(event -> count(event, tasks));
        script.step("Three transformations.");
        DataFrame frame =
                session.table("airports").filter("latitude > 40").select("state").distinct();
        script.say("table(airports).filter(latitude > 40).select(state).distinct()");
        script.say("tasks started so far: " + tasks.get());
        script.step("An action.");
        long rows = frame.count();
        script.say("count() = " + rows);
        script.say("tasks started so far: " + tasks.get());
        script.step("The same action again: nothing was kept, so all of it runs again.");
        frame.count();
        script.say("tasks started so far: " + tasks.get());
        unsubscribe.run();
    }

    private static void count(EngineEvent event, AtomicInteger tasks) {
        if (event instanceof TaskStarted) {
            tasks.incrementAndGet();
        }
    }
}
