package dev.vitrine.engine.memory;

import dev.vitrine.engine.batch.Batch;
import dev.vitrine.engine.batch.BatchAllocator;
import dev.vitrine.engine.batch.BatchImage;
import dev.vitrine.engine.batch.Dictionary;
import dev.vitrine.engine.error.EngineException;
import dev.vitrine.engine.types.DataType;
import dev.vitrine.engine.types.Schema;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongConsumer;

/// Batches in a file, written one after the other and read back in any order, any number of times.
/// A dictionary is written once and, read back, is one object for all its batches. Safe for many
/// threads. Closing it deletes the file.
public final class SpillFile implements AutoCloseable {
    private final Schema schema;
    private final Path path;
    private final RandomAccessFile file;
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
        this.schema = schema;
        this.path = path;
        this.count = count;
        try {
            // Not a channel, which is closed for all when one of its threads is interrupted.
            this.file = new RandomAccessFile(path.toFile(), "rw");
        } catch (IOException e) {
            throw SpillFolder.failed(path, e);
        }
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
                throw SpillFolder.failed(path, e.reason());
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
            throw SpillFolder.failed(path, e.reason());
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
            Files.deleteIfExists(path);
        } catch (IOException e) {
            throw SpillFolder.failed(path, e);
        } finally {
            synchronized (loaded) {
                loaded.values().forEach(Dictionary::close);
                loaded.clear();
            }
        }
    }
}
