package dev.vitrine.app.bench;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/// The class paths of the peers and the jar of Spark's tests, fetched by Maven when they are first
/// wanted and remembered by version. None of it is ever on this process's class path.
final class PeerLibraries {
    private static final String DUCKDB = "org.duckdb:duckdb_jdbc:2.0.0.1";
    private static final String SPARK = "org.apache.spark:spark-sql_2.13:4.2.0";
    private static final String SPARK_TESTS = SPARK + ":test-jar";

    /// Of a jar of tests, nothing but itself.
    private static final String ALONE =
            """
            <type>test-jar</type>
            <exclusions>
              <exclusion>
                <groupId>*</groupId>
                <artifactId>*</artifactId>
              </exclusion>
            </exclusions>\
            """;

    private final Path folder;

    /// @param folder where the class paths are remembered
    PeerLibraries(Path folder) {
        this.folder = folder;
    }

    /// The jars a peer needs, with path separators between them.
    ///
    /// @throws BenchException if Maven cannot find them
    String classPath(BenchEngine peer) throws IOException {
        return jars(
                switch (peer) {
                    case DUCKDB -> DUCKDB;
                    case SPARK -> SPARK;
                    case VITRINE -> throw new IllegalArgumentException("no peer");
                });
    }

    /// The jar of Spark's own tests of SQL, which holds texts of queries.
    ///
    /// @throws BenchException if Maven cannot find it
    Path sparkTests() throws IOException {
        return Path.of(jars(SPARK_TESTS));
    }

    private String jars(String artifact) throws IOException {
        Path known = folder.resolve(artifact.replace(':', '_') + ".classpath");
        if (Files.exists(known)) {
            String classPath = Files.readString(known).strip();
            if (Arrays.stream(classPath.split(File.pathSeparator))
                    .allMatch(jar -> Files.exists(Path.of(jar)))) {
                return classPath;
            }
        }
        Files.createDirectories(folder);
        System.err.println("Fetching " + artifact);
        fetch(artifact, known.toAbsolutePath());
        return Files.readString(known).strip();
    }

    private static void fetch(String artifact, Path target) throws IOException {
        Path project = Files.createTempDirectory("vitrine-peer");
        Path pom = project.resolve("pom.xml");
        String[] parts = artifact.split(":");
        Files.writeString(
                pom,
                """
                <project xmlns="http://maven.apache.org/POM/4.0.0">
                  <modelVersion>4.0.0</modelVersion>
                  <groupId>dev.vitrine</groupId>
                  <artifactId>peer</artifactId>
                  <version>1</version>
                  <packaging>pom</packaging>
                  <dependencies>
                    <dependency>
                      <groupId>%s</groupId>
                      <artifactId>%s</artifactId>
                      <version>%s</version>
                      %s
                    </dependency>
                  </dependencies>
                </project>
                """
                        .formatted(parts[0], parts[1], parts[2], parts.length > 3 ? ALONE : ""));
        List<String> command =
                List.of(
                        "mvn",
                        "-q",
                        "-B",
                        "-f",
                        pom.toString(),
                        "dependency:build-classpath",
                        "-Dmdep.includeScope=runtime",
                        "-Dmdep.outputFile=" + target);
        String output;
        try {
            Process maven = new ProcessBuilder(command).redirectErrorStream(true).start();
            output =
                    new String(maven.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                            .strip();
            if (maven.waitFor() == 0 && Files.exists(target)) {
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BenchException("Interrupted while Maven fetched " + artifact, e);
        } catch (IOException e) {
            throw new BenchException(
                    "Maven is needed to fetch " + artifact + ": put mvn on the PATH", e);
        } finally {
            Files.deleteIfExists(pom);
            Files.deleteIfExists(project);
        }
        throw new BenchException(
                "Maven could not fetch "
                        + artifact
                        + "; leave the peer out, or see what it said:\n"
                        + output.lines()
                                .filter(line -> line.contains("ERROR"))
                                .findFirst()
                                .orElse(output));
    }
}
