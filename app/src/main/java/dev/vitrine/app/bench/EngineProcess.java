package dev.vitrine.app.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// One engine's process and the talk with it, as [PeerLoop] describes it. Closing it ends the
/// process.
final class EngineProcess implements AutoCloseable {
    private static final int LOG_LINES = 15;

    private final BenchEngine engine;
    private final Path log;
    private final Process process;
    private final PrintStream requests;
    private final BufferedReader answers;

    private EngineProcess(BenchEngine engine, Path log, Process process) {
        this.engine = engine;
        this.log = log;
        this.process = process;
        this.requests = new PrintStream(process.getOutputStream(), true, StandardCharsets.UTF_8);
        this.answers =
                new BufferedReader(
                        new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    /// Starts `command` and waits until it answers.
    static EngineProcess start(BenchEngine engine, List<String> command) throws IOException {
        Path log = Files.createTempFile("vitrine-bench-" + engine.label(), ".log");
        log.toFile().deleteOnExit();
        Process process = new ProcessBuilder(command).redirectError(log.toFile()).start();
        EngineProcess started = new EngineProcess(engine, log, process);
        started.answer();
        return started;
    }

    /// What an engine answered.
    ///
    /// @param error what went wrong, or empty
    record Answer(Map<String, String> fields, List<List<String>> rows, String error) {
        double number(String name) {
            return Double.parseDouble(fields.getOrDefault(name, "0"));
        }

        String text(String name) {
            return fields.getOrDefault(name, "");
        }
    }

    BenchEngine engine() {
        return engine;
    }

    /// Sends a request and waits for its answer.
    ///
    /// @throws BenchException if the process ended instead
    Answer ask(String... words) throws IOException {
        requests.println(String.join("\t", Arrays.stream(words).map(PeerLoop::escape).toList()));
        return answer();
    }

    /// As [#ask], for requests that must not fail.
    void must(String... words) throws IOException {
        Answer answer = ask(words);
        if (!answer.error().isEmpty()) {
            throw new BenchException(
                    engine.label()
                            + " refused: "
                            + words[words.length - 1]
                            + "\n"
                            + answer.error());
        }
    }

    private Answer answer() throws IOException {
        List<List<String>> rows = new ArrayList<>();
        for (String line = answers.readLine(); line != null; line = answers.readLine()) {
            String[] words = line.split("\t", -1);
            List<String> rest = Arrays.stream(words).skip(1).map(PeerLoop::unescape).toList();
            switch (words[0]) {
                case "row" -> rows.add(rest);
                case "error" -> {
                    return new Answer(Map.of(), rows, String.join("\t", rest));
                }
                case "ok" -> {
                    Map<String, String> fields = new LinkedHashMap<>();
                    for (String field : rest) {
                        int equals = field.indexOf('=');
                        fields.put(field.substring(0, equals), field.substring(equals + 1));
                    }
                    return new Answer(fields, rows, "");
                }
                default -> throw new BenchException(engine.label() + " said: " + line);
            }
        }
        throw new BenchException("The process of " + engine.label() + " ended:\n" + lastLines());
    }

    private String lastLines() throws IOException {
        List<String> lines = Files.readAllLines(log, StandardCharsets.ISO_8859_1);
        return String.join(
                "\n", lines.subList(Math.max(0, lines.size() - LOG_LINES), lines.size()));
    }

    @Override
    public void close() throws IOException {
        // The end of its input ends the process.
        requests.close();
        try {
            if (!process.waitFor(10, java.util.concurrent.TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
        answers.close();
        Files.deleteIfExists(log);
    }
}
