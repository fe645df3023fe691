package dev.vitrine.ui.driver;

import dev.vitrine.app.workbench.Engine;
import dev.vitrine.app.workbench.WorkbenchShot;
import dev.vitrine.sample.SampleProject;
import java.nio.file.Files;
import java.nio.file.Path;

/// Draws the window by hand: `Shot file light|dark run|- tool|- out.png real|fake`.
final class Shot {
    private Shot() {}

    public static void main(String[] args) throws Exception {
        Path folder = Files.createTempDirectory("vitrine").resolve("sample");
        SampleProject.unpack(folder);
        Engine engine = args[5].equals("real") ? Engines.local() : Engines.scripted(40);
        WorkbenchShot.write(
                engine,
                new WorkbenchShot.Scenery(
                        folder,
                        folder.resolve(args[0]),
                        args[2].equals("run"),
                        args[3].equals("-") ? "" : args[3],
                        args[1],
                        1480,
                        920),
                Path.of(args[4]));
        System.exit(0);
    }
}
