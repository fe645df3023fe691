package dev.vitrine.app.bench;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/// The command lines that start the engines' processes.
///
/// @param slots threads that run queries
/// @param memoryBytes what an engine may use for data, 0 for its default; with a limit the heap is
///   1 GiB at most
/// @param libraries class paths of the peers
record EngineCommand(int slots, long memoryBytes, PeerLibraries libraries) {
    private static final String HEAP_UNDER_LIMIT = "-Xmx1g";

    /// Packages that Spark opens for itself where it is started by its own scripts
    /// (`JavaModuleOptions`).
    private static final List<String> OPENED_FOR_SPARK =
            List.of(
                    "java.lang",
                    "java.lang.invoke",
                    "java.lang.reflect",
                    "java.io",
                    "java.net",
                    "java.nio",
                    "java.util",
                    "java.util.concurrent",
                    "java.util.concurrent.atomic",
                    "jdk.internal.ref",
                    "sun.nio.ch",
                    "sun.nio.cs",
                    "sun.security.action",
                    "sun.util.calendar");

    /// Starts an engine that answers requests.
    EngineProcess start(BenchEngine engine) throws IOException {
        return EngineProcess.start(engine, command(engine, List.of()));
    }

    /// The command of a process that runs `statements`, prints the last one's rows and ends; of one
    /// that answers requests where there are none.
    List<String> command(BenchEngine engine, List<String> statements) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        switch (engine) {
            case VITRINE -> {
                command.addAll(ownFlags());
                command.addAll(List.of("-cp", System.getProperty("java.class.path")));
                if (statements.isEmpty()) {
                    command.addAll(
                            List.of(
                                    VitrinePeer.class.getName(),
                                    "spark.master=local[" + slots + "]",
                                    "vitrine.memory.limit=" + memoryBytes));
                } else {
                    command.addAll(
                            List.of(
                                    "dev.vitrine.app.cli.Main",
                                    "sql",
                                    "--master",
                                    "local[" + slots + "]",
                                    "-e",
                                    String.join(";\n", statements)));
                }
            }
            case DUCKDB -> {
                command.add("--enable-native-access=ALL-UNNAMED");
                command.addAll(List.of("-cp", classPath(engine), DuckDbPeer.class.getName()));
                command.addAll(
                        List.of(
                                String.valueOf(slots),
                                String.valueOf(memoryBytes),
                                temporary("duckdb")));
                command.addAll(statements);
            }
            case SPARK -> {
                command.addAll(sparkFlags());
                command.addAll(List.of("-cp", classPath(engine), sparkProgram()));
                command.addAll(List.of(String.valueOf(slots), temporary("spark")));
                command.addAll(statements);
            }
        }
        return command;
    }

    /// The flags of this very process, so that the product is measured as it is started.
    private List<String> ownFlags() {
        List<String> flags =
                new ArrayList<>(
                        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                                .filter(flag ->
                                        !flag.startsWith("-XX:StartFlightRecording")
                                                && !flag.startsWith("-agentlib")
                                                && !flag.startsWith("-javaagent"))
                                .toList());
        if (memoryBytes > 0) {
            flags.removeIf(flag -> flag.startsWith("-Xmx"));
            flags.add(HEAP_UNDER_LIMIT);
        }
        return flags;
    }

    private List<String> sparkFlags() {
        List<String> flags = new ArrayList<>();
        flags.add(memoryBytes > 0 ? HEAP_UNDER_LIMIT : "-XX:MaxRAMPercentage=40");
        flags.add("-XX:+IgnoreUnrecognizedVMOptions");
        flags.add("--add-modules=jdk.incubator.vector");
        flags.add("--enable-native-access=ALL-UNNAMED");
        flags.add("--sun-misc-unsafe-memory-access=allow");
        flags.add("-Dio.netty.tryReflectionSetAccessible=true");
        for (String opened : OPENED_FOR_SPARK) {
            flags.add("--add-opens=java.base/" + opened + "=ALL-UNNAMED");
        }
        flags.add("--add-opens=java.security.jgss/sun.security.krb5=ALL-UNNAMED");
        return flags;
    }

    /// The peer's jars and, for the classes that need only the JDK, ours.
    private String classPath(BenchEngine peer) throws IOException {
        try {
            Path own =
                    Path.of(
                            PeerLoop.class
                                    .getProtectionDomain()
                                    .getCodeSource()
                                    .getLocation()
                                    .toURI());
            return own + File.pathSeparator + libraries.classPath(peer);
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String sparkProgram() throws IOException {
        Path program = Path.of(temporary("spark-program")).resolve("SparkPeer.java");
        try (InputStream in = EngineCommand.class.getResourceAsStream("SparkPeer.java")) {
            Files.write(program, Objects.requireNonNull(in).readAllBytes());
        }
        program.toFile().deleteOnExit();
        return program.toString();
    }

    /// A new folder for what a process leaves.
    private static String temporary(String name) throws IOException {
        Path folder = Files.createTempDirectory("vitrine-bench-" + name);
        folder.toFile().deleteOnExit();
        return folder.toString();
    }
}
