package dev.vitrine.engine.memory;

import dev.vitrine.engine.batch.Batch;
import dev.vitrine.engine.batch.BatchAllocator;
import dev.vitrine.engine.batch.BatchImage;
import dev.vitrine.engine.batch.Dictionary;
import dev.vitrine.engine.error.EngineException;
import dev.vitrine.engine.types.DataType;
import dev.vitrine.engine.types.Schema;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongConsumer;

/// Batches as bytes, in a file or in memory, written one after the other and read back in any
/// order, any number of times. A dictionary is written once and, read back, is one object for all
/// its batches. Safe for many threads. Closing it deletes the file.
public final class SpillFile implements AutoCloseable {
    private final Schema schema;
    private final SpillBytes file;
    private final Map<Dictionary, Integer> written = new HashMap<>();
    private final List<Entries> entries = new ArrayList<>();
    private final Map<Integer, Dictionary> loaded = new HashMap<>();
    private final LongConsumer count;
    private final Object writing = new Object();
    private long end;

    /// Where a batch lies.
    public record Place(long offset, int rows) {}

    private record Entries(long offset, DataType type) {}

    /// @param count told how many bytes the file has grown by
    SpillFile(Schema schema, Path path, LongConsumer count) {
        this(schema, new SpillBytes.InFile(path), count);
    }

    private SpillFile(Schema schema, SpillBytes bytes, LongConsumer count) {
        this.schema = schema;
        this.file = bytes;
        this.count = count;
    }

    /// One whose bytes stay in memory.
    public static SpillFile inMemory(Schema schema, BatchAllocator allocator) {
        return new SpillFile(schema, new SpillBytes.InMemory(allocator), bytes -> {});
    }

    /// Writes a batch, which stays the caller's.
    ///
    /// @throws EngineException SPILL_FAILED
    public Place write(Batch batch) {
        synchronized (writing) {
            long before = end;
            try {
                for (int column = 0; column < schema.size(); column++) {
                    Dictionary dictionary = batch.dictionary(column);
                    if (dictionary != null && !written.containsKey(dictionary)) {
                        writeDictionary(dictionary, schema.field(column).type());
                    }
                }
                long at = end;
                SpillWriter writer = new SpillWriter(file, at);
                BatchImage.write(batch, this::number, writer);
                end = writer.finish();
                count.accept(end - before);
                return new Place(at, batch.rowCount());
            } catch (SpillWriter.Failed e) {
                throw SpillFolder.failed(file.path(), e.reason());
            }
        }
    }

    private int number(Dictionary dictionary) {
        return java.util.Objects.requireNonNull(written.get(dictionary));
    }

    private void writeDictionary(Dictionary dictionary, DataType type) {
        SpillWriter writer = new SpillWriter(file, end);
        BatchImage.write(dictionary, writer);
        synchronized (entries) {
            entries.add(new Entries(end, type));
            written.put(dictionary, entries.size() - 1);
        }
        end = writer.finish();
    }

    /// The batch at a place, which the caller closes.
    ///
    /// @throws EngineException SPILL_FAILED
    public Batch read(Place place, BatchAllocator allocator) {
        try {
            return BatchImage.read(
                    schema,
                    place.rows,
                    dictionary -> dictionary(dictionary, allocator),
                    new SpillReader(file, place.offset),
                    allocator);
        } catch (SpillWriter.Failed e) {
            throw SpillFolder.failed(file.path(), e.reason());
        }
    }

    private Dictionary dictionary(int number, BatchAllocator allocator) {
        Entries found;
        synchronized (entries) {
            found = entries.get(number);
        }
        synchronized (loaded) {
            Dictionary dictionary = loaded.get(number);
            if (dictionary == null) {
                dictionary =
                        BatchImage.readDictionary(
                                found.type, new SpillReader(file, found.offset), allocator);
                loaded.put(number, dictionary);
            }
            return dictionary.retain();
        }
    }

    /// Copies all bytes to a file in which nothing is written yet; places are the same there.
    ///
    /// @throws EngineException SPILL_FAILED
    public void copyTo(SpillFile target) {
        synchronized (writing) {
            byte[] piece = new byte[SpillWriter.BLOCK_BYTES];
            try {
                for (long at = 0; at < end; at += piece.length) {
                    int bytes = (int) Math.min(piece.length, end - at);
                    file.read(at, piece, bytes);
                    target.file.write(at, piece, bytes);
                }
            } catch (IOException e) {
                throw SpillFolder.failed(target.file.path(), e);
            }
            synchronized (target.writing) {
                synchronized (target.entries) {
                    target.entries.addAll(entries);
                    target.written.putAll(written);
                }
                target.end = end;
                target.count.accept(end);
            }
        }
    }

    /// Bytes of the file.
    public long sizeBytes() {
        synchronized (writing) {
            return end;
        }
    }

    @Override
    public void close() {
        try {
            // First, so that whoever reads now can load no dictionary any more.
            file.close();
        } finally {
            synchronized (loaded) {
                loaded.values().forEach(Dictionary::close);
                loaded.clear();
            }
        }
    }
}
