package dev.vitrine.ui.driver;

import dev.vitrine.app.sql.EngineSqlLanguage;
import dev.vitrine.app.workbench.Engine;
import dev.vitrine.engine.api.LocalSession;
import dev.vitrine.engine.pipeline.SqlExpressions;
import dev.vitrine.engine.settings.Settings;

/// The engines that stories are told on.
public final class Engines {
    private Engines() {}

    /// The real engine, on two task slots.
    public static Engine local() {
        LocalSession session =
                LocalSession.open(Settings.defaults().with(Settings.MASTER.key(), "local[2]"));
        return new Engine(session, new EngineSqlLanguage(session), new SqlExpressions());
    }
}
