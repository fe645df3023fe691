package dev.vitrine.app.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// An engine under test in a process of its own: answers requests, one a line, until its input
/// ends. Knows nothing but the JDK, so that a peer's process needs no other class of ours than this
/// one and [ResultDigest].
///
/// A line is a verb and its arguments with tabs between them, [escaped][#escape]. Each request is
/// answered by lines `row`, then one line `ok` with `name=value` fields, or `error` with a message:
///
/// | request | does | answers |
/// |---|---|---|
/// | `run SQL` | a statement without rows | |
/// | `fetch SQL` | a query, every value of every row taken | `millis`, `cpu`, `rows`, `peak`, counters |
/// | `materialize SQL` | a query, its whole result made but not taken | the same |
/// | `digest SQL` | a query, untimed | `rows`, `digest` |
/// | `rows LIMIT SQL` | a query, untimed | `row` lines |
/// | `forget` | drops what is known of files | |
public abstract class PeerLoop implements AutoCloseable {
    private static final Path STATUS = Path.of("/proc/self/status");
    private static final Path CLEAR_PEAK = Path.of("/proc/self/clear_refs");

    /// Runs a statement without rows.
    protected abstract void run(String sql) throws Exception;

    /// Runs a query, gives each row to `rows` and returns how many there were.
    protected abstract long fetch(String sql, Consumer<@Nullable Object[]> rows) throws Exception;

    /// As [#fetch], for results that may be larger than memory; untimed.
    protected long stream(String sql, Consumer<@Nullable Object[]> rows) throws Exception {
        return fetch(sql, rows);
    }

    /// Runs a query as far as its whole result and returns how many rows it has, or -1.
    protected abstract long materialize(String sql) throws Exception;

    /// Drops what is known of files from runs before.
    protected void forget() throws Exception {}

    /// More about the last query, by name.
    protected Map<String, String> counters() {
        return Map.of();
    }

    @Override
    public void close() throws IOException {}

    /// Answers requests from standard input on standard output until there are no more. What else
    /// the process prints goes to standard error.
    public final void serve() throws IOException {
        PrintStream out = System.out;
        System.setOut(System.err);
        out.println("ok");
        try (BufferedReader in =
                new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                String[] words = line.split("\t", -1);
                for (int i = 0; i < words.length; i++) {
                    words[i] = unescape(words[i]);
                }
                out.println(answer(words, out));
                out.flush();
            }
        }
    }

    private String answer(String[] words, PrintStream out) {
        try {
            Map<String, String> fields =
                    switch (words[0]) {
                        case "run" -> {
                            run(words[1]);
                            yield Map.of();
                        }
                        case "fetch" -> timed(() -> fetch(words[1], row -> {}));
                        case "materialize" -> timed(() -> materialize(words[1]));
                        case "digest" -> digest(words[1]);
                        case "rows" -> rows(Integer.parseInt(words[1]), words[2], out);
                        case "forget" -> {
                            forget();
                            yield Map.of();
                        }
                        default -> throw new IllegalArgumentException("unknown verb " + words[0]);
                    };
            StringBuilder line = new StringBuilder("ok");
            fields.forEach((name, value) ->
                    line.append('\t').append(name).append('=').append(escape(value)));
            return line.toString();
        } catch (Exception | StackOverflowError | OutOfMemoryError e) {
            // Whatever went wrong is this query's; the process lives and the parent tells it.
            String message = e.getMessage();
            return "error\t" + escape(e.getClass().getSimpleName() + ": " + message);
        }
    }

    /// Something to time.
    private interface Work {
        long rows() throws Exception;
    }

    private Map<String, String> timed(Work work) throws Exception {
        clearPeak();
        long cpu = cpuNanos();
        long start = System.nanoTime();
        long rows = work.rows();
        long nanos = System.nanoTime() - start;
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("millis", String.valueOf(nanos / 1e6));
        fields.put("cpu", String.valueOf((cpuNanos() - cpu) / 1e6));
        fields.put("rows", String.valueOf(rows));
        fields.put("peak", String.valueOf(peakBytes()));
        fields.putAll(counters());
        return fields;
    }

    private Map<String, String> digest(String sql) throws Exception {
        ResultDigest digest = new ResultDigest();
        long rows = stream(sql, digest::add);
        return Map.of("rows", String.valueOf(rows), "digest", digest.toString());
    }

    private Map<String, String> rows(int limit, String sql, PrintStream out) throws Exception {
        int[] left = {limit};
        stream(
                sql,
                row -> {
                    if (left[0]-- > 0) {
                        StringBuilder line = new StringBuilder("row");
                        for (Object value : row) {
                            line.append('\t').append(escape(ResultDigest.text(value)));
                        }
                        out.println(line);
                    }
                });
        return Map.of();
    }

    private static long cpuNanos() {
        return ManagementFactory.getOperatingSystemMXBean()
                        instanceof com.sun.management.OperatingSystemMXBean system
                ? system.getProcessCpuTime()
                : 0;
    }

    /// Starts the measuring of the peak afresh, where the system can (Linux: `proc(5)`).
    private static void clearPeak() throws IOException {
        if (Files.isWritable(CLEAR_PEAK)) {
            Files.writeString(CLEAR_PEAK, "5");
        }
    }

    /// Most memory the process had in use since [#clearPeak], in bytes; 0 where nobody tells.
    private static long peakBytes() throws IOException {
        if (!Files.isReadable(STATUS)) {
            return 0;
        }
        for (String line : Files.readAllLines(STATUS)) {
            if (line.startsWith("VmHWM:")) {
                return Long.parseLong(line.replaceAll("\\D", "")) * 1024;
            }
        }
        return 0;
    }

    /// `text` without tabs and line breaks.
    public static String escape(String text) {
        return text.replace("\\", "\\\\")
                .replace("\t", "\\t")
                .replace("\n", "\\n")
                .replace("\r", "\\r");
    }

    /// What [#escape] was given.
    public static String unescape(String text) {
        StringBuilder plain = new StringBuilder(text.length());
        boolean escaped = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (!escaped && c == '\\') {
                escaped = true;
                continue;
            }
            plain.append(
                    !escaped
                            ? c
                            : switch (c) {
                                case 't' -> '\t';
                                case 'n' -> '\n';
                                case 'r' -> '\r';
                                default -> c;
                            });
            escaped = false;
        }
        return plain.toString();
    }
}
