package dev.vitrine.app.cli;

import dev.vitrine.engine.api.LocalSession;
import dev.vitrine.engine.api.Session;
import dev.vitrine.engine.settings.Settings;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Option;

/// The options that every command with a session has.
final class SessionOptions {
    @Option(
            names = "--master",
            paramLabel = "MASTER",
            description =
                    "Where it runs: local[slots], local[*] (default), local[slots,failures] or"
                            + " local-cluster[executors,slots,MiB].")
    private String master = "local[*]";

    @Option(
            names = "--conf",
            paramLabel = "KEY=VALUE",
            description = "A setting, under Spark's key where Spark has it.")
    private Map<String, String> settings = new LinkedHashMap<>();

    /// Opens a session with these options.
    Session open() {
        Settings all = Settings.defaults().with(Settings.MASTER.key(), master);
        for (Map.Entry<String, String> entry : settings.entrySet()) {
            all = all.with(entry.getKey(), entry.getValue());
        }
        return LocalSession.open(all);
    }
}
