package dev.vitrine.engine.schedule;

import dev.vitrine.engine.error.EngineException;
import dev.vitrine.engine.error.ErrorCode;
import dev.vitrine.engine.settings.Settings;
import java.util.Map;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Where stages run, as `spark.master` says it.
public sealed interface Master {
    /// Parts of a master in brackets, between commas.
    Pattern LOCAL = Pattern.compile("local(?:\\[\\s*(\\d{1,6}|\\*)\\s*(?:,\\s*(\\d{1,6})\\s*)?])?");

    Pattern LOCAL_CLUSTER =
            Pattern.compile(
                    "local-cluster\\[\\s*(\\d{1,4})\\s*,\\s*(\\d{1,4})\\s*,\\s*(\\d{1,8})\\s*]");

    /// `local[slots]` or `local[slots,failures]`: one executor, which cannot be lost.
    ///
    /// @param maxFailures failures of a task before its query fails, where the master says so
    record Local(int slots, OptionalInt maxFailures) implements Master {}

    /// `local-cluster[executors,slots,MiB]`: executors in this process, which can be lost.
    ///
    /// @param memoryMebibytes of blocks that each keeps in memory
    record LocalCluster(int executors, int slots, int memoryMebibytes) implements Master {}

    /// Tasks that run at the same time.
    default int totalSlots() {
        return switch (this) {
            case Local local -> local.slots;
            case LocalCluster cluster -> cluster.executors * cluster.slots;
        };
    }

    /// @throws EngineException INVALID_SETTING where it is none of these forms
    static Master parse(String text) {
        Matcher local = LOCAL.matcher(text.strip());
        if (local.matches()) {
            String slots = local.group(1);
            String failures = local.group(2);
            return new Local(
                    slots == null
                            ? 1
                            : slots.equals("*")
                                    ? Runtime.getRuntime().availableProcessors()
                                    : positive(slots, text),
                    failures == null
                            ? OptionalInt.empty()
                            : OptionalInt.of(positive(failures, text)));
        }
        Matcher cluster = LOCAL_CLUSTER.matcher(text.strip());
        if (cluster.matches()) {
            return new LocalCluster(
                    positive(cluster.group(1), text),
                    positive(cluster.group(2), text),
                    positive(cluster.group(3), text));
        }
        throw invalid(text);
    }

    private static int positive(String number, String text) {
        int value = Integer.parseInt(number);
        if (value == 0) {
            throw invalid(text);
        }
        return value;
    }

    private static EngineException invalid(String text) {
        return new EngineException(
                ErrorCode.INVALID_SETTING,
                Map.of(
                        "key", Settings.MASTER.key(),
                        "value", "'" + text + "'",
                        "expected",
                                "local[slots], local[*], local[slots,failures] or"
                                        + " local-cluster[executors,slots,MiB]"));
    }
}
