package dev.vitrine.connectors.file;

import dev.vitrine.engine.error.EngineException;
import dev.vitrine.engine.error.ErrorCode;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Map;

/// One file of a table as it was when the table was opened.
///
/// @param path absolute
/// @param sizeBytes its length then
/// @param modifiedMillis its time of change then
/// @param partition values of the `key=value` folders it lies in, in order, still escaped
public record DataFile(
        Path path, long sizeBytes, long modifiedMillis, Map<String, String> partition) {

    static DataFile of(Path path, Map<String, String> partition) {
        try {
            BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
            return new DataFile(
                    path, attributes.size(), attributes.lastModifiedTime().toMillis(), partition);
        } catch (IOException e) {
            throw unreadable(path, e);
        }
    }

    /// The file's name without its folders.
    public String name() {
        return path.getFileName().toString();
    }

    /// Throws FILE_CHANGED if the file is no longer what it was.
    public void checkUnchanged() {
        if (!isUnchanged()) {
            throw changed(null);
        }
    }

    /// The error for a file that another program wrote to meanwhile.
    public EngineException changed(@org.jspecify.annotations.Nullable Throwable cause) {
        return new EngineException(ErrorCode.FILE_CHANGED, Map.of("path", path), null, cause);
    }

    /// What to throw for `cause`, met while reading: FILE_CHANGED if the file is no longer what it
    /// was, else FILE_UNREADABLE.
    public EngineException failure(Throwable cause) {
        if (cause instanceof EngineException known) {
            return known;
        }
        return isUnchanged() ? unreadable(path, cause) : changed(cause);
    }

    /// The error for a file that cannot be read.
    public static EngineException unreadable(Path path, Throwable cause) {
        String message = cause.getMessage();
        String reason = cause.getClass().getSimpleName() + (message == null ? "" : ": " + message);
        return new EngineException(
                ErrorCode.FILE_UNREADABLE, Map.of("path", path, "reason", reason), null, cause);
    }

    /// The number, from 1, of the line that holds byte `offset` of the file's text.
    public long lineAt(long offset, Charset charset) throws IOException {
        long line = 1;
        byte[] block = new byte[1 << 16];
        try (ByteInput again = ByteInput.open(this, charset, 0, Long.MAX_VALUE)) {
            long left = offset;
            while (left > 0) {
                int read = again.read(block, 0, (int) Math.min(block.length, left));
                if (read < 0) {
                    break;
                }
                for (int i = 0; i < read; i++) {
                    line += block[i] == '\n' ? 1 : 0;
                }
                left -= read;
            }
        }
        return line;
    }

    /// The error for a file that is not as its format wants it.
    public EngineException unreadable(String reason) {
        return new EngineException(
                ErrorCode.FILE_UNREADABLE, Map.of("path", path, "reason", reason));
    }

    private boolean isUnchanged() {
        try {
            BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
            return attributes.size() == sizeBytes
                    && attributes.lastModifiedTime().toMillis() == modifiedMillis;
        } catch (IOException e) {
            return false;
        }
    }
}
