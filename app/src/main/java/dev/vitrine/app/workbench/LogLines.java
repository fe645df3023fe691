package dev.vitrine.app.workbench;

import dev.vitrine.app.monitor.LogView;
import dev.vitrine.app.text.Text;
import dev.vitrine.engine.api.Session;
import dev.vitrine.engine.event.EngineEvent.LogLine;
import dev.vitrine.plan.FrameMailbox;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;

/// Brings the engine's log and the window's own lines into the log view, once a frame. Lines may
/// come from any thread.
final class LogLines {
    private final LogView view;
    private final Text text;
    private final ConcurrentLinkedQueue<LogLine> waiting = new ConcurrentLinkedQueue<>();
    private final FrameMailbox<Boolean> mailbox;

    LogLines(LogView view, Text text, Session session) {
        this.view = view;
        this.text = text;
        this.mailbox = new FrameMailbox<>(some -> drain());
        session.events()
                .subscribe(event -> {
                    if (event instanceof LogLine line) {
                        add(line);
                    }
                });
    }

    void warn(String source, String words) {
        add(new LogLine(0, LogLine.Level.WARN, source, words, Instant.now()));
    }

    /// A failure that nobody handled.
    void unexpected(Throwable failure) {
        add(
                new LogLine(
                        0,
                        LogLine.Level.ERROR,
                        "workbench",
                        text.unexpected(String.valueOf(failure.getMessage())),
                        Instant.now()));
    }

    private void add(LogLine line) {
        waiting.add(line);
        mailbox.post(true);
    }

    private void drain() {
        List<LogLine> lines = new ArrayList<>();
        for (LogLine line = waiting.poll(); line != null; line = waiting.poll()) {
            lines.add(line);
        }
        view.add(lines);
    }
}
