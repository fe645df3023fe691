package dev.vitrine.app.cli;

import dev.vitrine.app.background.TemporaryFolder;
import dev.vitrine.app.background.WarmUp;
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
        try (TemporaryFolder folder = TemporaryFolder.create("vitrine-train")) {
            String picture = folder.path().resolve("window.png").toString();
            int drawn = new CommandLine(new ShotCommand()).execute("--out", picture);
            WarmUp.run(WarmUp.AT_MOST, () -> true);
            return drawn;
        }
    }
}
