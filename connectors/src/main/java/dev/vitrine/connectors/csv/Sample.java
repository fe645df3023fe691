package dev.vitrine.connectors.csv;

import dev.vitrine.connectors.file.ByteInput;
import dev.vitrine.connectors.file.DataFile;
import java.io.IOException;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.List;

/// Some of a file's text: its beginning, and in large files windows spread over the rest.
///
/// @param head from the start on, without byte order mark
/// @param windows from places further on, each beginning anywhere in a record
/// @param complete whether `head` is the whole text
record Sample(byte[] head, List<byte[]> windows, boolean complete) {
    private static final int HEAD_BYTES = 4 << 20;
    private static final int WINDOW_BYTES = 64 << 10;
    private static final int WINDOWS = 24;

    static Sample of(DataFile file, Charset charset) {
        try {
            byte[] head = ByteInput.head(file, charset, 0, HEAD_BYTES);
            boolean complete = head.length < HEAD_BYTES;
            List<byte[]> windows = new ArrayList<>();
            if (!complete && ByteInput.isPlain(file, charset)) {
                long rest = file.sizeBytes() - HEAD_BYTES - WINDOW_BYTES;
                for (int i = 1; i <= WINDOWS && rest > 0; i++) {
                    long from = HEAD_BYTES + rest * i / WINDOWS;
                    windows.add(ByteInput.head(file, charset, from, WINDOW_BYTES));
                }
            }
            if (CsvSource.hasByteOrderMark(head, head.length)) {
                head = java.util.Arrays.copyOfRange(head, 3, head.length);
            }
            return new Sample(head, windows, complete);
        } catch (IOException e) {
            throw file.failure(e);
        }
    }
}
