package dev.vitrine.engine.settings;

import dev.vitrine.engine.error.EngineException;
import dev.vitrine.engine.error.ErrorCode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Where rows are kept that are cached, under Spark's names.
///
/// @param useDisk whether what does not fit memory goes to a file, or all where memory is not used
/// @param useOffHeap said of memory outside of Java's heap; here all rows are, so it changes
///   nothing but the name
/// @param deserialized whether rows in memory lie as operators read them; else as compressed bytes,
///   which each reader unpacks for itself
/// @param replication executors that hold each partition
public record StorageLevel(
        boolean useDisk,
        boolean useMemory,
        boolean useOffHeap,
        boolean deserialized,
        int replication) {
    public static final StorageLevel NONE = new StorageLevel(false, false, false, false, 1);
    public static final StorageLevel DISK_ONLY = new StorageLevel(true, false, false, false, 1);
    public static final StorageLevel DISK_ONLY_2 = DISK_ONLY.times(2);
    public static final StorageLevel DISK_ONLY_3 = DISK_ONLY.times(3);
    public static final StorageLevel MEMORY_ONLY = new StorageLevel(false, true, false, true, 1);
    public static final StorageLevel MEMORY_ONLY_2 = MEMORY_ONLY.times(2);
    public static final StorageLevel MEMORY_ONLY_SER =
            new StorageLevel(false, true, false, false, 1);
    public static final StorageLevel MEMORY_ONLY_SER_2 = MEMORY_ONLY_SER.times(2);
    public static final StorageLevel MEMORY_AND_DISK = new StorageLevel(true, true, false, true, 1);
    public static final StorageLevel MEMORY_AND_DISK_2 = MEMORY_AND_DISK.times(2);
    public static final StorageLevel MEMORY_AND_DISK_SER =
            new StorageLevel(true, true, false, false, 1);
    public static final StorageLevel MEMORY_AND_DISK_SER_2 = MEMORY_AND_DISK_SER.times(2);
    public static final StorageLevel OFF_HEAP = new StorageLevel(true, true, true, false, 1);

    private static final Map<String, StorageLevel> NAMES = new LinkedHashMap<>();

    static {
        NAMES.put("NONE", NONE);
        NAMES.put("DISK_ONLY", DISK_ONLY);
        NAMES.put("DISK_ONLY_2", DISK_ONLY_2);
        NAMES.put("DISK_ONLY_3", DISK_ONLY_3);
        NAMES.put("MEMORY_ONLY", MEMORY_ONLY);
        NAMES.put("MEMORY_ONLY_2", MEMORY_ONLY_2);
        NAMES.put("MEMORY_ONLY_SER", MEMORY_ONLY_SER);
        NAMES.put("MEMORY_ONLY_SER_2", MEMORY_ONLY_SER_2);
        NAMES.put("MEMORY_AND_DISK", MEMORY_AND_DISK);
        NAMES.put("MEMORY_AND_DISK_2", MEMORY_AND_DISK_2);
        NAMES.put("MEMORY_AND_DISK_SER", MEMORY_AND_DISK_SER);
        NAMES.put("MEMORY_AND_DISK_SER_2", MEMORY_AND_DISK_SER_2);
        NAMES.put("OFF_HEAP", OFF_HEAP);
    }

    private StorageLevel times(int copies) {
        return new StorageLevel(useDisk, useMemory, useOffHeap, deserialized, copies);
    }

    /// The names that [#fromString] knows.
    public static List<String> names() {
        return List.copyOf(NAMES.keySet());
    }

    /// The level of a name, in any letter case.
    ///
    /// @throws EngineException INVALID_SETTING
    public static StorageLevel fromString(String name) {
        StorageLevel level = NAMES.get(name.strip().toUpperCase(Locale.ROOT));
        if (level == null) {
            throw new EngineException(
                    ErrorCode.INVALID_SETTING,
                    Map.of(
                            "key",
                            "storageLevel",
                            "value",
                            "'" + name + "'",
                            "expected",
                            String.join(", ", NAMES.keySet())));
        }
        return level;
    }

    /// Its name, or what it is made of where it has none.
    public String name() {
        for (Map.Entry<String, StorageLevel> named : NAMES.entrySet()) {
            if (named.getValue().equals(this)) {
                return named.getKey();
            }
        }
        return toString();
    }

    /// Whether it keeps anything.
    public boolean isValid() {
        return (useMemory || useDisk) && replication > 0;
    }

    /// For people, as Spark's views have it: `Disk Memory Deserialized 1x Replicated`.
    public String description() {
        return (useDisk ? "Disk " : "")
                + (useMemory ? useOffHeap ? "Memory (off heap) " : "Memory " : "")
                + (deserialized ? "Deserialized " : "Serialized ")
                + replication
                + "x Replicated";
    }

    @Override
    public String toString() {
        List<String> words = new ArrayList<>();
        if (useDisk) {
            words.add("disk");
        }
        if (useMemory) {
            words.add("memory");
        }
        if (useOffHeap) {
            words.add("offheap");
        }
        if (deserialized) {
            words.add("deserialized");
        }
        words.add(replication + " replicas");
        return "StorageLevel(" + String.join(", ", words) + ")";
    }
}
