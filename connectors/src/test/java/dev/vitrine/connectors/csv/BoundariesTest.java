package dev.vitrine.connectors.csv;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vitrine.connectors.Tables;
import dev.vitrine.connectors.file.DataFile;
import dev.vitrine.connectors.file.FileListing;
import dev.vitrine.engine.error.EngineException;
import dev.vitrine.engine.error.ErrorCode;
import dev.vitrine.engine.spi.ScanRequest;
import dev.vitrine.engine.spi.TableSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BoundariesTest {
    private static final Dialect DIALECT =
            new Dialect((byte) ',', (byte) '"', (byte) '"', Dialect.NONE, false);

    @TempDir Path folder;

    /// Prose in quotes, with commas, quotes and line breaks of its own.
    @Test
    void cutsInProseAreStartsOfRecords() throws IOException {
        Random random = new Random(5);
        StringBuilder text = new StringBuilder();
        Set<Long> starts = new HashSet<>();
        while (text.length() < 3_000_000) {
            starts.add((long) text.length());
            text.append(random.nextInt(100_000)).append(",\"");
            int words = random.nextInt(60);
            for (int i = 0; i < words; i++) {
                text.append(
                        switch (random.nextInt(12)) {
                            case 0 -> "\n";
                            case 1 -> ", ";
                            case 2 -> " \"\"so\"\" ";
                            default -> "word ";
                        });
            }
            text.append("\",").append(random.nextInt(1000)).append(",x\n");
        }
        starts.add((long) text.length());
        Path path = Files.writeString(folder.resolve("prose.csv"), text);
        DataFile file = FileListing.list(List.of(path.toString())).getFirst();
        Boundaries boundaries = new Boundaries(file, DIALECT, 4);
        for (long bytes : new long[] {20_000, 77_777, 1_000_000}) {
            Boundaries.OptionalCuts cuts = boundaries.near(bytes);
            assertTrue(starts.containsAll(cuts.cuts()), () -> "wrong cuts every " + bytes);
            assertTrue(starts.containsAll(boundaries.exact(bytes)));
        }
    }

    /// Far from the sample, a value holds lines that look like records: the reader notices, and the
    /// next plan is right.
    @Test
    void aWrongCutIsAnErrorOnceAndNeverWrongRows() throws IOException {
        StringBuilder text = new StringBuilder("a,b\n");
        for (int i = 0; text.length() < 5_600_000; i++) {
            text.append(i).append(",plain\n");
        }
        text.append("0,\"");
        for (int i = 0; i < 200_000; i++) {
            text.append(i).append(",inside\n");
        }
        text.append("\"\n1,end\n");
        Path path = Files.writeString(folder.resolve("evil.csv"), text);
        TableSource source =
                new CsvConnector().open(List.of(path.toString()), Optional.empty(), Map.of());
        ScanRequest all = ScanRequest.all(source.schema());
        long whole = Tables.read(source, all, Long.MAX_VALUE).size();
        EngineException e =
                assertThrows(EngineException.class, () -> Tables.read(source, all, 1 << 20));
        assertEquals(ErrorCode.FILE_UNREADABLE, e.code());
        assertEquals(whole, Tables.read(source, all, 1 << 20).size());
    }
}
