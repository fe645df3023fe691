package dev.vitrine.app.project;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/// The project that comes with Vitrine, as a project of the user's.
public final class SampleProject {
    private SampleProject() {}

    /// Unpacks what is missing in `folder`; what the user changed stays as it is.
    public static Project unpack(Path folder) {
        try {
            dev.vitrine.sample.SampleProject.unpack(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
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
