package dev.vitrine.app.cli;

import dev.vitrine.app.project.Project;
import dev.vitrine.app.project.SampleProject;
import dev.vitrine.app.workbench.WorkbenchShot;
import dev.vitrine.engine.eventlog.SparkEventLog;
import dev.vitrine.engine.eventlog.SparkLogImport;
import dev.vitrine.engine.record.RunSummary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// `vitrine open`: opens the workbench on a project folder or a file.
@Command(name = "open", description = "Opens the workbench.", mixinStandardHelpOptions = true)
final class OpenCommand implements Callable<Integer> {
    @Parameters(
            paramLabel = "PATH",
            description =
                    "A project folder, a pipeline, a SQL file, a data file, a recorded run or a Spark"
                            + " event log.")
    private Path path = Path.of("");

    @Override
    public Integer call() throws IOException {
        if (!Files.exists(path)) {
            throw new UserInputException("There is nothing at " + path);
        }
        Path full = path.toAbsolutePath().normalize();
        if (!hasDisplay()) {
            throw new UserInputException(
                    "There is no display to open a window on; use vitrine run, sql or shot instead");
        }
        if (SparkEventLog.isEventLog(full)) {
            Path run = imported(full);
            WorkbenchLauncher.open(RunCommand.projectFolder(run), run);
            return 0;
        }
        WorkbenchLauncher.open(
                Files.isDirectory(full) ? full : RunCommand.projectFolder(full), full);
        return 0;
    }

    /// The queries of an event log as the runs of a project of their own, which the system's folder
    /// for temporary files keeps; gives the longest one's recording.
    static Path imported(Path log) throws IOException {
        Path project = Files.createTempDirectory("vitrine-event-log");
        SparkLogImport imported =
                SparkLogImport.into(
                        SparkEventLog.open(log), project.resolve(".vitrine").resolve("runs"));
        imported.application().damaged().forEach(System.err::println);
        return imported.files().stream()
                .max(Comparator.comparingLong(file -> RunSummary.read(file).elapsedNanos()))
                .orElseThrow(
                        () -> new UserInputException("There is no query in the event log " + log));
    }

    /// The workbench on the sample project; with no display the sample pipeline in the terminal,
    /// and a picture of the window.
    static int openDefault() throws Exception {
        Project project = SampleProject.unpack(SampleProject.ofUser());
        if (hasDisplay()) {
            WorkbenchLauncher.open(project.folder(), project.folder());
            return 0;
        }
        Path pipeline = project.pipelines().getFirst();
        System.err.println(
                "No display: running the sample pipeline " + pipeline.getFileName() + " here.");
        int code = new picocli.CommandLine(new RunCommand()).execute(pipeline.toString());
        Path picture = Path.of("vitrine.png").toAbsolutePath();
        WorkbenchLauncher.shot(
                project.folder(),
                pipeline,
                picture,
                WorkbenchShot.Run.FINISHED,
                "",
                "light",
                1600,
                980);
        System.err.println("A picture of the window is in " + picture);
        return code;
    }

    private static boolean hasDisplay() {
        boolean linux = System.getProperty("os.name").startsWith("Linux");
        return !linux
                || !System.getenv().getOrDefault("DISPLAY", "").isEmpty()
                || !System.getenv().getOrDefault("WAYLAND_DISPLAY", "").isEmpty();
    }
}
