package dev.vitrine.ui.fake;

import dev.vitrine.app.sql.EngineSqlLanguage;
import dev.vitrine.app.workbench.Engine;
import dev.vitrine.app.workbench.WorkbenchShot;
import dev.vitrine.sample.SampleProject;
import java.nio.file.Files;
import java.nio.file.Path;

/// Draws the window over the fake engine: `FakeShot file theme run tool out.png`.
final class FakeShot {
    private FakeShot() {}

    public static void main(String[] args) throws Exception {
        Path folder = Files.createTempDirectory("vitrine-sample");
        SampleProject.unpack(folder);
        FakeSession session = new FakeSession(40);
        WorkbenchShot.write(
                new Engine(session, new EngineSqlLanguage(session), new dev.vitrine.engine.pipeline.SqlExpressions()),
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
