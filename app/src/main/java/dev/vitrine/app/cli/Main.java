package dev.vitrine.app.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/// The command line's entry point: picks the command and turns what goes wrong into one clear
/// message and an exit code.
@Command(
        name = "vitrine",
        version = "vitrine 0.1.0",
        mixinStandardHelpOptions = true,
        description = "A desktop workbench for data pipelines and Spark SQL, with its own engine.",
        subcommands = {
            OpenCommand.class,
            SqlCommand.class,
            RunCommand.class,
            ExplainCommand.class,
            RecordingCommand.class,
            ShotCommand.class,
            DemoCommand.class,
            BenchCommand.class,
            CompatibilityCommand.class,
            TrainCommand.class
        })
public final class Main implements Callable<Integer> {
    /// A user's error.
    static final int USER_ERROR = 1;

    /// A bug of ours, as `sysexits.h` has it.
    static final int INTERNAL_ERROR = 70;

    /// Runs one command and exits with its code.
    public static void main(String[] args) {
        System.exit(
                new CommandLine(new Main())
                        .setExecutionExceptionHandler(new ErrorReport())
                        .setCaseInsensitiveEnumValuesAllowed(true)
                        .execute(args));
    }

    @Override
    public Integer call() throws Exception {
        return OpenCommand.openDefault();
    }
}
