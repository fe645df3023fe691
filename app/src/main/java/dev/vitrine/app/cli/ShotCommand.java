package dev.vitrine.app.cli;

import dev.vitrine.app.background.TemporaryFolder;
import dev.vitrine.app.project.Project;
import dev.vitrine.app.project.SampleProject;
import dev.vitrine.app.workbench.WorkbenchShot;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `vitrine shot`: draws the window with a file open into a picture, without a display.
@Command(
        name = "shot",
        description = "Draws the window into a PNG.",
        mixinStandardHelpOptions = true)
final class ShotCommand implements Callable<Integer> {
    @Parameters(
            paramLabel = "FILE",
            arity = "0..1",
            description =
                    "A pipeline, a SQL file or a recorded run; the sample project's first pipeline"
                            + " by default.")
    private @Nullable Path file;

    @Option(
            names = "--out",
            required = true,
            paramLabel = "PNG",
            description = "Where the picture goes.")
    private Path out = Path.of("");

    @Option(
            names = "--run",
            description =
                    "How far it is run before: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).",
            defaultValue = "FINISHED")
    private WorkbenchShot.Run run = WorkbenchShot.Run.FINISHED;

    @Option(
            names = "--theme",
            description = "light or dark (default: ${DEFAULT-VALUE}).",
            defaultValue = "light")
    private String theme = "light";

    @Option(
            names = "--tool",
            description =
                    "The tool window in front: results, plan, optimizer, stages, code, runs …,"
                            + " or settings.",
            defaultValue = "")
    private String tool = "";

    @Option(
            names = "--size",
            description = "WIDTHxHEIGHT (default: ${DEFAULT-VALUE}).",
            defaultValue = "1600x980")
    private String size = "1600x980";

    @Override
    public Integer call() throws Exception {
        String[] sides = size.split("x");
        if (sides.length != 2 || !size.matches("\\d{3,4}x\\d{3,4}")) {
            throw new UserInputException(
                    "--size wants WIDTHxHEIGHT, for example 1600x980, not " + size);
        }
        int width = Integer.parseInt(sides[0]);
        int height = Integer.parseInt(sides[1]);
        if (file != null) {
            shoot(file.toAbsolutePath().normalize(), width, height);
            return 0;
        }
        // A copy that goes again: a picture leaves nothing but itself.
        try (TemporaryFolder copy = TemporaryFolder.create("vitrine-shot")) {
            Project sample = SampleProject.unpack(copy.path().resolve("sample"));
            shoot(sample.pipelines().getFirst(), width, height);
        }
        return 0;
    }

    private void shoot(Path shown, int width, int height) {
        if (!Files.isRegularFile(shown)) {
            throw new UserInputException("There is no file " + shown);
        }
        WorkbenchLauncher.shot(
                RunCommand.projectFolder(shown),
                shown,
                out.toAbsolutePath(),
                run,
                tool,
                theme,
                width,
                height);
    }
}
