package dev.vitrine.app.cli;

import dev.vitrine.app.project.Project;
import dev.vitrine.sample.SampleProject;
import java.io.IOException;
import java.nio.file.Path;

/// The sample project in the user's own folder.
final class SampleFolder {
    private SampleFolder() {}

    /// Unpacks what is missing of it.
    static Project unpack() throws IOException {
        Path folder = Path.of(System.getProperty("user.home"), ".vitrine", "sample");
        SampleProject.unpack(folder);
        return new Project(folder);
    }
}
