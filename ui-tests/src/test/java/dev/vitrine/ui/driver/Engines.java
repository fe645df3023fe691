package dev.vitrine.ui.driver;

import dev.vitrine.app.sql.EngineSqlLanguage;
import dev.vitrine.app.workbench.Engine;
import dev.vitrine.engine.api.LocalSession;
import dev.vitrine.engine.api.Session;
import dev.vitrine.engine.pipeline.SqlExpressions;
import dev.vitrine.engine.settings.Settings;
import dev.vitrine.ui.fake.FakeSession;

/// The engines that stories are told on.
public final class Engines {
    private Engines() {}

    /// An engine that plays back runs, each step of which takes a while.
    public static Engine scripted(long stepMillis) {
        return of(new FakeSession(stepMillis));
    }

    /// The real engine, on two task slots.
    public static Engine local() {
        return of(LocalSession.open(Settings.defaults().with(Settings.MASTER.key(), "local[2]")));
    }

    public static Engine of(Session session) {
        return new Engine(session, new EngineSqlLanguage(session), new SqlExpressions());
    }
}
