package dev.vitrine.app.bench;

import dev.vitrine.app.background.WarmUp;
import dev.vitrine.engine.api.LocalSession;
import dev.vitrine.engine.api.Query;
import dev.vitrine.engine.api.QueryResult;
import dev.vitrine.engine.api.Session;
import dev.vitrine.engine.batch.Batch;
import dev.vitrine.engine.event.EngineEvent;
import dev.vitrine.engine.settings.Settings;
import dev.vitrine.engine.types.DataType;
import dev.vitrine.engine.types.Field;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// This product behind [PeerLoop], in a process of its own like the engines beside it.
public final class VitrinePeer extends PeerLoop {
    private final Session session;
    private QueryCounters last = new QueryCounters();

    private VitrinePeer(Settings settings) {
        this.session = LocalSession.open(settings);
    }

    /// Arguments: settings as `key=value`.
    public static void main(String[] args) throws Exception {
        Settings settings = Settings.defaults();
        for (String arg : args) {
            int equals = arg.indexOf('=');
            settings = settings.with(arg.substring(0, equals), arg.substring(equals + 1));
        }
        // As the workbench does behind its first window.
        WarmUp.run(WarmUp.AT_MOST, () -> true);
        try (VitrinePeer peer = new VitrinePeer(settings)) {
            peer.serve();
        }
    }

    @Override
    protected void run(String sql) {
        try (Query query = session.query(sql)) {
            query.await();
        }
    }

    @Override
    protected long fetch(String sql, Consumer<@Nullable Object[]> rows) {
        try (Query query = query(sql)) {
            QueryResult result = query.await();
            List<Field> fields = result.schema().fields();
            for (Batch batch : result.batches()) {
                for (int row = 0; row < batch.rowCount(); row++) {
                    @Nullable Object[] values = new @Nullable Object[fields.size()];
                    for (int i = 0; i < values.length; i++) {
                        values[i] = comparable(batch.value(i, row), fields.get(i).type());
                    }
                    rows.accept(values);
                }
            }
            return result.rowCount();
        }
    }

    /// A value as JDBC gives it.
    private static @Nullable Object comparable(@Nullable Object value, DataType type) {
        return value instanceof Integer days && type == DataType.DATE
                ? LocalDate.ofEpochDay(days)
                : value;
    }

    @Override
    protected long materialize(String sql) {
        try (Query query = query(sql)) {
            return query.await().rowCount();
        }
    }

    private Query query(String sql) {
        QueryCounters counters = new QueryCounters();
        last = counters;
        Query query = session.query(sql);
        query.subscribe(counters);
        return query;
    }

    @Override
    protected Map<String, String> counters() {
        return last.fields();
    }

    @Override
    protected void forget() {
        session.forgetFiles();
    }

    @Override
    public void close() {
        session.close();
    }

    /// Sums what a query's tasks count.
    private static final class QueryCounters implements dev.vitrine.engine.event.EventListener {
        private long compiled;
        private long interpreted;
        private long bytes;
        private long spilled;
        private final StringBuilder failures = new StringBuilder();
        private final StringBuilder problems = new StringBuilder();

        @Override
        public synchronized void on(EngineEvent event) {
            if (event instanceof EngineEvent.TaskFinished task) {
                compiled += task.counters().rowsCompiled();
                interpreted += task.counters().rowsInterpreted();
                bytes += task.counters().bytesRead();
                spilled += task.counters().spilledBytes();
            } else if (event instanceof EngineEvent.CodeReady code && !code.problem().isEmpty()) {
                (code.failed() ? failures : problems)
                        .append("stage ")
                        .append(code.stageId())
                        .append(": ")
                        .append(code.problem().lines().findFirst().orElse(""))
                        .append("; ");
            }
        }

        synchronized Map<String, String> fields() {
            return Map.of(
                    "scanned", String.valueOf(bytes),
                    "spilled", String.valueOf(spilled),
                    "compiled", String.valueOf(compiled),
                    "interpreted", String.valueOf(interpreted),
                    "failures", failures.toString(),
                    "problems", problems.toString());
        }
    }
}
