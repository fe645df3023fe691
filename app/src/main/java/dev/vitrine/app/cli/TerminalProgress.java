package dev.vitrine.app.cli;

import dev.vitrine.engine.snapshot.QuerySnapshot;
import dev.vitrine.engine.snapshot.QuerySnapshot.RunState;
import dev.vitrine.engine.snapshot.QuerySnapshot.StageState;
import java.io.PrintStream;
import java.util.function.Consumer;

/// Shows a run on a terminal: a line a stage, redrawn in place; where standard error is no
/// terminal, a line when a stage ends.
final class TerminalProgress implements Consumer<QuerySnapshot> {
    private static final int BAR = 20;

    private final PrintStream err;
    private final boolean live;
    private int drawn;
    private int told;

    TerminalProgress(PrintStream err, boolean live) {
        this.err = err;
        this.live = live;
    }

    @Override
    public void accept(QuerySnapshot snapshot) {
        if (live) {
            redraw(snapshot);
        } else {
            tell(snapshot);
        }
    }

    private void redraw(QuerySnapshot snapshot) {
        StringBuilder text = new StringBuilder();
        if (drawn > 0) {
            text.append("\u001b[").append(drawn).append('A');
        }
        drawn = 0;
        for (StageState stage : snapshot.stages()) {
            text.append("\u001b[2K").append(line(stage)).append('\n');
            drawn++;
        }
        err.print(text);
        err.flush();
    }

    private void tell(QuerySnapshot snapshot) {
        int done = 0;
        for (StageState stage : snapshot.stages()) {
            if (stage.state() == RunState.SUCCEEDED || stage.state() == RunState.FAILED) {
                done++;
                if (done > told) {
                    err.println(line(stage));
                }
            }
        }
        told = Math.max(told, done);
    }

    private static String line(StageState stage) {
        int filled = stage.tasks() == 0 ? 0 : BAR * stage.tasksDone() / stage.tasks();
        String mark =
                switch (stage.state()) {
                    case WAITING -> "·";
                    case RUNNING -> "▶";
                    case SUCCEEDED -> "✓";
                    case FAILED -> "✗";
                    case CANCELLED -> "■";
                    case SKIPPED -> "–";
                };
        String time =
                stage.finishedAt() >= 0
                        ? String.format(" %.2f s", (stage.finishedAt() - stage.startedAt()) / 1e9)
                        : "";
        return String.format(
                "%s stage %d [%s%s] %d/%d tasks, %,d rows%s  %s",
                mark,
                stage.stageId(),
                "█".repeat(filled),
                "░".repeat(BAR - filled),
                stage.tasksDone(),
                stage.tasks(),
                stage.counters().rowsRead(),
                time,
                stage.label());
    }
}
