package dev.vitrine.engine.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.vitrine.engine.error.EngineException;
import dev.vitrine.engine.error.ErrorCode;
import dev.vitrine.engine.event.EngineEvent;
import dev.vitrine.engine.settings.Settings;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

/// A session with two small tables for tests of the Java API. Closing it fails where memory was not
/// given back.
abstract class ApiTest {
    @TempDir Path folder;

    Session session;

    /// `t(id, k, v, s)`: six rows, NULLs in k, v and s.
    DataFrame t;

    /// `u(k, name)`.
    DataFrame u;

    final AtomicInteger started = new AtomicInteger();

    @BeforeEach
    void open() {
        session =
                Session.builder()
                        .master("local[2]")
                        .config(Settings.TIME_ZONE.key(), "UTC")
                        .config(Settings.WAREHOUSE_DIR.key(), folder.resolve("tables").toString())
                        .create();
        session.events()
                .subscribe(event -> {
                    if (event instanceof EngineEvent.QueryStarted) {
                        started.incrementAndGet();
                    }
                });
        t =
                session.createDataFrame(
                        List.of(
                                Row.of(1, "a", 10L, "apple"),
                                Row.of(2, "a", 20L, "Banana"),
                                Row.of(3, "b", 30L, null),
                                Row.of(4, "b", null, "date"),
                                Row.of(5, null, 50L, "elder berry"),
                                Row.of(6, "c", 60L, "fig")),
                        "id INT, k STRING, v BIGINT, s STRING");
        u =
                session.createDataFrame(
                        List.of(Row.of("a", "Anna"), Row.of("b", "Bert"), Row.of("x", "Xaver")),
                        "k STRING, name STRING");
        t.createOrReplaceTempView("t");
        u.createOrReplaceTempView("u");
    }

    @AfterEach
    void close() {
        session.close();
    }

    /// The frame has the columns and rows of the SQL text; rows in any order.
    void same(String sql, DataFrame frame) {
        same(session.sql(sql), frame);
    }

    void same(DataFrame expected, DataFrame frame) {
        assertEquals(types(expected), types(frame));
        assertEquals(sorted(expected), sorted(frame));
    }

    /// As [#same], in the same order.
    void sameOrdered(String sql, DataFrame frame) {
        assertEquals(types(session.sql(sql)), types(frame));
        assertEquals(Arrays.toString(session.sql(sql).collect()), Arrays.toString(frame.collect()));
    }

    private static String types(DataFrame frame) {
        return frame.schema().catalogString();
    }

    static List<String> sorted(DataFrame frame) {
        return Stream.of(frame.collect()).map(Row::toString).sorted().toList();
    }

    /// The frame's rows, in order, as `[1,a]`.
    static void rows(DataFrame frame, String... expected) {
        assertEquals(List.of(expected), Stream.of(frame.collect()).map(Row::toString).toList());
    }

    static void fails(ErrorCode code, Executable call) {
        EngineException error = assertThrows(EngineException.class, call);
        assertEquals(code, error.code(), error::getMessage);
    }
}
