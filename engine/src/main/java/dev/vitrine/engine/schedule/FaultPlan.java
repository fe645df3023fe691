package dev.vitrine.engine.schedule;

import dev.vitrine.engine.error.EngineException;
import dev.vitrine.engine.error.ErrorCode;
import dev.vitrine.engine.settings.Settings;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// The faults to provoke in each query of a session.
///
/// @param seed of whatever is drawn: the same queries of a session, in the same order, are hit in
///   the same tasks
public record FaultPlan(long seed, List<Fault> faults) {
    public FaultPlan {
        faults = List.copyOf(faults);
    }

    /// The plan as [#parse] reads it, for the setting `vitrine.faults`.
    public String text() {
        return faults.stream().map(Fault::text).collect(Collectors.joining("; "))
                + (faults.isEmpty() ? "" : "; ")
                + "seed="
                + seed;
    }

    /// Reads `kill executor=executor-1 after=2; fail p=0.1 attempt=0 stage=1; lose stage=0 task=3
    /// after=2; lose cache=flights partition=2 after=1; silence after=1; slow executor=executor-2
    /// delay=50ms; shrink bytes=65536 after=1; shrink memory=8 after=1; seed=7`, in any order;
    /// `memory` is MiB, `cache=*` whatever is cached; an empty text is no faults.
    ///
    /// @throws EngineException INVALID_SETTING
    public static FaultPlan parse(String text) {
        long seed = 0;
        List<Fault> faults = new ArrayList<>();
        for (String part : text.split(";")) {
            String[] words = part.strip().split("\\s+");
            if (words[0].isEmpty()) {
                continue;
            }
            if (words.length == 1 && words[0].startsWith("seed=")) {
                seed = number(words[0].substring(5), part);
            } else {
                faults.add(fault(words, part));
            }
        }
        return new FaultPlan(seed, faults);
    }

    private static Fault fault(String[] words, String part) {
        Map<String, String> options = new LinkedHashMap<>();
        for (int i = 1; i < words.length; i++) {
            String[] option = words[i].split("=", 2);
            if (option.length != 2) {
                throw invalid(part);
            }
            options.put(option[0], option[1]);
        }
        String executor = options.getOrDefault("executor", "");
        int after = integer(options, "after", 0, part);
        int stage = integer(options, "stage", -1, part);
        return switch (words[0]) {
            case "kill" -> new Fault.KillExecutor(executor, after);
            case "silence" -> new Fault.SilenceExecutor(executor, after);
            case "fail" ->
                    new Fault.FailTask(
                            probability(options.getOrDefault("p", "1"), part),
                            integer(options, "attempt", 0, part),
                            stage);
            case "lose" -> lose(options, stage, after, part);
            case "slow" ->
                    new Fault.SlowExecutor(
                            executor,
                            number(
                                    options.getOrDefault("delay", "100ms").replaceAll("ms$", ""),
                                    part));
            case "shrink" ->
                    new Fault.ShrinkMemory(
                            options.containsKey("memory")
                                    ? number(options.get("memory"), part) << 20
                                    : number(options.getOrDefault("bytes", "65536"), part),
                            after);
            default -> throw invalid(part);
        };
    }

    private static Fault lose(Map<String, String> options, int stage, int after, String part) {
        String cache = options.get("cache");
        return cache == null
                ? new Fault.LoseOutput(stage, integer(options, "task", -1, part), after)
                : new Fault.LoseCached(
                        cache.equals("*") ? "" : cache,
                        integer(options, "partition", -1, part),
                        after);
    }

    private static int integer(
            Map<String, String> options, String key, int otherwise, String part) {
        String value = options.get(key);
        return value == null ? otherwise : (int) number(value, part);
    }

    private static double probability(String value, String part) {
        try {
            double probability = Double.parseDouble(value);
            if (probability >= 0 && probability <= 1) {
                return probability;
            }
        } catch (NumberFormatException e) {
            throw invalid(part);
        }
        throw invalid(part);
    }

    private static long number(String value, String part) {
        try {
            return Long.parseLong(value);
        } catch (NumberFormatException e) {
            throw invalid(part);
        }
    }

    private static EngineException invalid(String part) {
        return new EngineException(
                ErrorCode.INVALID_SETTING,
                Map.of(
                        "key", Settings.FAULTS.key(),
                        "value", "'" + part.strip() + "'",
                        "expected",
                                "kill, silence, fail, lose, slow or shrink with options such as"
                                        + " after=2, or seed=7"));
    }
}
