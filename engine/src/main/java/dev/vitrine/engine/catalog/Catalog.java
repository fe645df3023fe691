package dev.vitrine.engine.catalog;

import dev.vitrine.engine.error.EngineException;
import dev.vitrine.engine.error.ErrorCode;
import dev.vitrine.engine.error.SourceRange;
import dev.vitrine.engine.spi.Connector;
import dev.vitrine.engine.spi.TableSource;
import dev.vitrine.engine.types.Schema;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The views and connectors of a session. Safe to use from many threads.
public final class Catalog {
    private static final int SOURCES_KEPT = 64;

    private final List<Connector> connectors;
    private final Map<String, View> views = new ConcurrentHashMap<>();
    private final Map<SourceKey, OpenedSource> sources = new ConcurrentHashMap<>();

    public Catalog(List<Connector> connectors) {
        this.connectors =
                connectors.stream().sorted(Comparator.comparing(Connector::format)).toList();
    }

    /// A catalog with the connectors on the class path, and `others`.
    public static Catalog withInstalledConnectors(Connector... others) {
        List<Connector> found = new ArrayList<>(List.of(others));
        ServiceLoader.load(Connector.class).forEach(found::add);
        return new Catalog(found);
    }

    public List<Connector> connectors() {
        return connectors;
    }

    public Optional<Connector> connector(String format) {
        return connectors.stream()
                .filter(connector -> connector.format().equalsIgnoreCase(format))
                .findFirst();
    }

    /// The connector that a file's name speaks for; a folder has none.
    public Optional<Connector> connectorForFile(String path) {
        String name = path.toLowerCase(Locale.ROOT);
        return connectors.stream()
                .filter(c -> c.fileEndings().stream().anyMatch(e -> name.endsWith("." + e)))
                .findFirst();
    }

    /// The views, sorted by name.
    public List<View> views() {
        return views.values().stream().sorted(Comparator.comparing(View::name)).toList();
    }

    public Optional<View> view(String name) {
        return Optional.ofNullable(views.get(name.toLowerCase(Locale.ROOT)));
    }

    /// Adds a view.
    ///
    /// @throws EngineException TABLE_OR_VIEW_ALREADY_EXISTS unless `replace`
    public void createView(View view, boolean replace) {
        String key = view.name().toLowerCase(Locale.ROOT);
        if (replace) {
            views.put(key, view);
        } else if (views.putIfAbsent(key, view) != null) {
            throw new EngineException(
                    ErrorCode.TABLE_OR_VIEW_ALREADY_EXISTS,
                    Map.of("relationName", "`" + view.name() + "`"));
        }
    }

    /// Whether there was such a view.
    public boolean dropView(String name) {
        return views.remove(name.toLowerCase(Locale.ROOT)) != null;
    }

    /// A table over files; opened ones are kept for as long as their files do not change.
    ///
    /// @param format a connector's format, or empty to go by the first file's name
    public TableSource open(
            String format,
            List<String> paths,
            Optional<Schema> schema,
            Map<String, String> options,
            @Nullable SourceRange where) {
        Connector connector =
                (format.isEmpty() && !paths.isEmpty()
                                ? connectorForFile(paths.getFirst())
                                : connector(format))
                        .orElseThrow(() ->
                                unknownFormat(
                                        format.isEmpty() ? String.join(", ", paths) : format,
                                        where));
        SourceKey key = new SourceKey(connector.format(), paths, schema, options);
        Optional<String> fingerprint = FileFingerprint.of(paths);
        OpenedSource known = sources.get(key);
        if (known != null && fingerprint.equals(Optional.of(known.fingerprint()))) {
            return known.source();
        }
        try {
            TableSource source = connector.open(paths, schema, options);
            if (sources.size() >= SOURCES_KEPT) {
                sources.clear();
            }
            fingerprint.ifPresent(print -> sources.put(key, new OpenedSource(source, print)));
            return source;
        } catch (EngineException e) {
            throw e.at(where);
        }
    }

    /// Drops what is kept of files opened before, here and in the connectors.
    public void forgetFiles() {
        sources.clear();
        connectors.forEach(Connector::forgetFiles);
    }

    private EngineException unknownFormat(String format, @Nullable SourceRange where) {
        return new EngineException(
                ErrorCode.DATA_SOURCE_NOT_FOUND,
                Map.of(
                        "provider",
                        "`" + format + "`",
                        "formats",
                        connectors.stream()
                                .map(Connector::format)
                                .collect(Collectors.joining(", "))),
                where);
    }

    private record SourceKey(
            String format,
            List<String> paths,
            Optional<Schema> schema,
            Map<String, String> options) {}

    private record OpenedSource(TableSource source, String fingerprint) {}
}
