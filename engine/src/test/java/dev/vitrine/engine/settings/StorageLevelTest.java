package dev.vitrine.engine.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.vitrine.engine.error.EngineException;
import org.junit.jupiter.api.Test;

final class StorageLevelTest {
    @Test
    void namesAreSparks() {
        assertEquals(13, StorageLevel.names().size());
        for (String name : StorageLevel.names()) {
            assertEquals(
                    name, StorageLevel.fromString(name.toLowerCase(java.util.Locale.ROOT)).name());
        }
        assertEquals(
                "StorageLevel(disk, memory, deserialized, 1 replicas)",
                StorageLevel.MEMORY_AND_DISK.toString());
        assertEquals(
                "StorageLevel(disk, memory, offheap, 1 replicas)",
                StorageLevel.OFF_HEAP.toString());
        assertEquals("StorageLevel(1 replicas)", StorageLevel.NONE.toString());
        assertEquals(
                "Disk Memory Deserialized 2x Replicated",
                StorageLevel.MEMORY_AND_DISK_2.description());
        assertFalse(StorageLevel.NONE.isValid());
        assertThrows(EngineException.class, () -> StorageLevel.fromString("MEMORY"));
    }
}
