package dev.vitrine.app.preferences;

import dev.vitrine.engine.pipeline.CodeTrust;
import dev.vitrine.engine.pipeline.PipelineFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.Set;

/// The code that this user wrote or allowed, as a file of digests (SHA-256), one a line. What
/// cannot be read is not trusted. Safe to use from many threads.
public final class TrustedCode implements CodeTrust {
    private final Path file;
    private final Set<String> digests = new LinkedHashSet<>();

    public TrustedCode(Path file) {
        this.file = file;
        try {
            if (Files.exists(file)) {
                digests.addAll(Files.readAllLines(file));
            }
        } catch (IOException e) {
            digests.clear();
        }
    }

    /// The file that lies beside this user's preferences.
    public static TrustedCode beside(PreferencesFile preferences) {
        return new TrustedCode(preferences.path().resolveSibling("trusted-code"));
    }

    @Override
    public synchronized boolean trusts(String source) {
        return digests.contains(digest(source));
    }

    /// Trusts a source from now on.
    ///
    /// @throws dev.vitrine.engine.error.EngineException FILE_NOT_WRITTEN
    public synchronized void trust(String source) {
        if (digests.add(digest(source))) {
            PipelineFile.writeText(file, String.join("\n", digests) + "\n");
        }
    }

    private static String digest(String source) {
        try {
            byte[] hash =
                    MessageDigest.getInstance("SHA-256")
                            .digest(source.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
