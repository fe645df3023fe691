package dev.vitrine.app.slt;

import dev.vitrine.engine.settings.Settings;
import java.util.Map;

/// A way to run the corpus: settings that may change how a query runs, never what it answers.
@SuppressWarnings("ImmutableEnumChecker") // Map.of is immutable
enum SltConfiguration {
    STANDARD(Map.of()),
    ALWAYS_COMPILED(Map.of(Settings.CODEGEN_MIN_ROWS.key(), "0")),
    INTERPRETED(Map.of(Settings.CODEGEN.key(), "false")),
    OPTIMIZER_OFF(Map.of(Settings.OPTIMIZER.key(), "false")),
    ONE_SLOT(Map.of(Settings.MASTER.key(), "local[1]")),
    BATCHES_OF_ONE(Map.of(Settings.BATCH_ROWS.key(), "1")),
    BATCHES_OF_THREE(Map.of(Settings.BATCH_ROWS.key(), "3")),
    NO_BROADCAST(Map.of(Settings.BROADCAST_THRESHOLD.key(), "-1")),
    ONE_SHUFFLE_PARTITION(Map.of(Settings.SHUFFLE_PARTITIONS.key(), "1")),
    /// Joins are planned with exchanges, and broadcast once sizes are known.
    JOINS_SWITCHED(
            Map.of(
                    Settings.BROADCAST_THRESHOLD.key(),
                    "-1",
                    Settings.ADAPTIVE_BROADCAST_THRESHOLD.key(),
                    "1g")),
    /// Each partition of a join counts as skewed and is split as far as can be.
    ALL_SKEWED(
            Map.of(
                    Settings.BROADCAST_THRESHOLD.key(),
                    "-1",
                    Settings.ADAPTIVE_COALESCE.key(),
                    "false",
                    Settings.ADAPTIVE_SKEW_FACTOR.key(),
                    "0",
                    Settings.ADAPTIVE_SKEW_BYTES.key(),
                    "0",
                    Settings.ADAPTIVE_PARTITION_BYTES.key(),
                    "1")),
    NOT_ADAPTIVE(Map.of(Settings.ADAPTIVE.key(), "false"));

    private static final int SHARE = 4;

    private final Map<String, String> changes;

    SltConfiguration(Map<String, String> changes) {
        this.changes = changes;
    }

    /// A fixed zone, and slots that do not depend on the machine, with this configuration's
    /// changes.
    Settings settings() {
        Settings settings =
                Settings.defaults()
                        .with(Settings.TIME_ZONE.key(), "UTC")
                        .with(Settings.MASTER.key(), "local[2]");
        for (Map.Entry<String, String> change : changes.entrySet()) {
            settings = settings.with(change.getKey(), change.getValue());
        }
        return settings;
    }

    /// Whether a query belongs to this configuration's share. The choice depends on nothing but the
    /// query's text and the configuration's name, so a failure is there again in the next run.
    boolean takes(String sql) {
        return this == STANDARD
                || "all".equals(System.getProperty("vitrine.matrix"))
                || Math.floorMod((name() + sql).hashCode(), SHARE) == 0;
    }
}
