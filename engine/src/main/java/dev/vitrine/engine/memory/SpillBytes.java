package dev.vitrine.engine.memory;

import dev.vitrine.engine.batch.BatchAllocator;
import dev.vitrine.engine.batch.Mem;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.memory.ArrowBuf;

/// Where the bytes of a [SpillFile] are. Safe for many threads.
sealed interface SpillBytes {
    /// Writes the first bytes of `source` behind all that was written before.
    void write(long offset, byte[] source, int bytes) throws IOException;

    void read(long offset, byte[] target, int bytes) throws IOException;

    /// For errors.
    Path path();

    void close();

    /// In a file, which goes at the end.
    final class InFile implements SpillBytes {
        private final Path path;
        private final RandomAccessFile file;

        InFile(Path path) {
            this.path = path;
            try {
                // Not a channel, which is closed for all when one of its threads is interrupted.
                this.file = new RandomAccessFile(path.toFile(), "rw");
            } catch (IOException e) {
                throw SpillFolder.failed(path, e);
            }
        }

        @Override
        public void write(long offset, byte[] source, int bytes) throws IOException {
            synchronized (file) {
                file.seek(offset);
                file.write(source, 0, bytes);
            }
        }

        @Override
        public void read(long offset, byte[] target, int bytes) throws IOException {
            synchronized (file) {
                file.seek(offset);
                file.readFully(target, 0, bytes);
            }
        }

        @Override
        public Path path() {
            return path;
        }

        @Override
        public void close() {
            try {
                file.close();
                Files.deleteIfExists(path);
            } catch (IOException e) {
                throw SpillFolder.failed(path, e);
            }
        }
    }

    /// In memory, in pieces as they were written.
    final class InMemory implements SpillBytes {
        private final BatchAllocator allocator;
        private final List<Piece> pieces = new ArrayList<>();
        private boolean closed;

        private record Piece(long offset, int bytes, ArrowBuf memory) {}

        InMemory(BatchAllocator allocator) {
            this.allocator = allocator;
        }

        @Override
        public void write(long offset, byte[] source, int bytes) {
            // Allocated before anything is locked: others may have to free memory for it.
            ArrowBuf memory = allocator.allocate(bytes);
            Mem.copy(source, 0, memory.memoryAddress(), bytes);
            synchronized (this) {
                pieces.add(new Piece(offset, bytes, memory));
            }
        }

        @Override
        public synchronized void read(long offset, byte[] target, int bytes) throws IOException {
            if (closed) {
                throw new IOException("the memory is let go of");
            }
            int at = find(offset);
            int done = 0;
            while (done < bytes) {
                Piece piece = pieces.get(at++);
                int from = (int) (offset + done - piece.offset);
                int count = Math.min(bytes - done, piece.bytes - from);
                Mem.copy(piece.memory.memoryAddress() + from, target, done, (long) count);
                done += count;
            }
        }

        /// The piece that holds an offset.
        private int find(long offset) {
            int low = 0;
            int high = pieces.size() - 1;
            while (low < high) {
                int middle = (low + high + 1) >>> 1;
                if (pieces.get(middle).offset <= offset) {
                    low = middle;
                } else {
                    high = middle - 1;
                }
            }
            return low;
        }

        @Override
        public Path path() {
            return Path.of("memory");
        }

        @Override
        public synchronized void close() {
            if (!closed) {
                closed = true;
                pieces.forEach(piece -> piece.memory.close());
                pieces.clear();
            }
        }
    }
}
