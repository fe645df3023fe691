package dev.vitrine.app.project;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// The project that comes with Vitrine, unpacked from resources where it is not yet.
public final class SampleProject {
    private static final String ROOT = "/dev/vitrine/sample/";
    private static final List<String> FILES =
            List.of(
                    "pipelines/busiest-airports.pipeline.json",
                    "pipelines/crowded-routes.pipeline.json",
                    "pipelines/bird-strikes.pipeline.json",
                    "queries/delays.sql",
                    "data/flights-3m.parquet",
                    "data/airports.csv",
                    "data/birdstrikes.csv");

    private SampleProject() {}

    /// Unpacks what is missing in `folder`; changed files stay as they are.
    public static Project unpack(Path folder) {
        for (String name : FILES) {
            Path target = folder.resolve(name);
            if (Files.exists(target)) {
                continue;
            }
            try (InputStream in = SampleProject.class.getResourceAsStream(ROOT + name)) {
                if (in != null) {
                    Files.createDirectories(target.getParent());
                    Files.copy(in, target);
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return new Project(folder);
    }

    /// Where this user's copy is.
    public static Path ofUser() {
        String data = System.getenv("XDG_DATA_HOME");
        Path folder =
                data == null || data.isBlank()
                        ? Path.of(System.getProperty("user.home"), ".local", "share")
                        : Path.of(data);
        return folder.resolve("vitrine").resolve("sample");
    }
}
