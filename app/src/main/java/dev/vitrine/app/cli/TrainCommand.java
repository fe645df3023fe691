package dev.vitrine.app.cli;

import dev.vitrine.app.background.WarmUp;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/// `vitrine train`: uses the window and the engine once, for the JVM to note which classes they
/// load and what of them runs often; started with `-XX:AOTCacheOutput`, it leaves an AOT cache.
@Command(
        name = "train",
        hidden = true,
        description = "Draws the window and runs queries of every kind, for the AOT cache.")
final class TrainCommand implements Callable<Integer> {
    @Override
    public Integer call() throws Exception {
        Path picture = Files.createTempFile("vitrine-train", ".png");
        try {
            int drawn = new CommandLine(new ShotCommand()).execute("--out", picture.toString());
            WarmUp.run(WarmUp.AT_MOST, () -> true);
            return drawn;
        } finally {
            Files.delete(picture);
        }
    }
}
