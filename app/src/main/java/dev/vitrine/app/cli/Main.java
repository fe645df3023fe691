package dev.vitrine.app.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/// The command line's entry point.
@Command(
        name = "vitrine",
        version = "vitrine 0.1.0",
        mixinStandardHelpOptions = true,
        description = "A desktop workbench for data pipelines and Spark SQL.")
public final class Main implements Runnable {

    /// Runs one command and exits with its code.
    public static void main(String[] args) {
        System.exit(new CommandLine(new Main()).execute(args));
    }

    @Override
    public void run() {
        CommandLine.usage(this, System.out);
    }
}
