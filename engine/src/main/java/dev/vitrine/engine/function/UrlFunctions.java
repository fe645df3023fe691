package dev.vitrine.engine.function;

import static dev.vitrine.engine.function.ScalarDefinition.define;

import dev.vitrine.engine.error.EngineException;
import dev.vitrine.engine.error.ErrorCode;
import dev.vitrine.engine.expr.EvalMode;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Functions of URLs.
final class UrlFunctions {
    private static final String G = "url";
    private static final ArgType S = ArgType.STRING;

    private UrlFunctions() {}

    static List<FunctionEntry> entries() {
        return List.of(
                parser(
                        "parse_url",
                        "A part of a URL: HOST, PATH, QUERY, REF, PROTOCOL, FILE, AUTHORITY, USERINFO.",
                        "parse_url('http://spark.apache.org/path?query=1', 'HOST')",
                        "spark.apache.org",
                        false),
                parser(
                        "try_parse_url",
                        "As parse_url, with NULL for what is no URL.",
                        "try_parse_url('http://spark.apache.org/path?query=1', 'QUERY', 'query')",
                        "1",
                        true),
                define(
                                G,
                                "url_encode(str)",
                                "str as it may stand in a URL's query.",
                                "url_encode('https://spark.apache.org')",
                                "https%3A%2F%2Fspark.apache.org")
                        .takes(S)
                        .computedBy(
                                (a, s) -> URLEncoder.encode((String) a[0], StandardCharsets.UTF_8)),
                decoder("url_decode", "What url_encode made of a string.", false),
                decoder(
                        "try_url_decode",
                        "As url_decode, with NULL for what cannot be decoded.",
                        true));
    }

    private static FunctionEntry decoder(String name, String doc, boolean tries) {
        return define(
                        G,
                        name + "(str)",
                        doc,
                        name + "('https%3A%2F%2Fspark.apache.org')",
                        "https://spark.apache.org")
                .takes(S)
                .nullable()
                .fails()
                .computedBy((a, s) -> {
                    try {
                        return URLDecoder.decode((String) a[0], StandardCharsets.UTF_8);
                    } catch (IllegalArgumentException e) {
                        if (tries) {
                            return null;
                        }
                        throw new EngineException(
                                ErrorCode.CANNOT_DECODE_URL,
                                Map.of("url", "'" + a[0] + "'"),
                                null,
                                e);
                    }
                });
    }

    private static FunctionEntry parser(
            String name, String doc, String example, String result, boolean tries) {
        return define(G, name + "(url, part[, key])", doc, example, result)
                .takes(S, S)
                .maybe(S)
                .nullable()
                .failsInAnsi()
                .computedBy((a, s) ->
                        part(
                                (String) a[0],
                                (String) a[1],
                                a.length > 2 ? (String) a[2] : null,
                                tries ? EvalMode.TRY : s.mode()));
    }

    private static @Nullable Object part(
            String url, String part, @Nullable String key, EvalMode mode) {
        URI uri;
        try {
            uri = new URI(url);
        } catch (URISyntaxException e) {
            if (mode == EvalMode.ANSI) {
                throw new EngineException(
                        ErrorCode.INVALID_URL, Map.of("url", "'" + url + "'"), null, e);
            }
            return null;
        }
        if (key != null) {
            return part.equals("QUERY") ? value(uri.getRawQuery(), key) : null;
        }
        return switch (part) {
            case "HOST" -> uri.getHost();
            case "PATH" -> uri.getRawPath() == null ? "" : uri.getRawPath();
            case "QUERY" -> uri.getRawQuery();
            case "REF" -> uri.getRawFragment();
            case "PROTOCOL" -> uri.getScheme();
            case "FILE" ->
                    uri.getRawQuery() == null
                            ? uri.getRawPath()
                            : uri.getRawPath() + "?" + uri.getRawQuery();
            case "AUTHORITY" -> uri.getRawAuthority();
            case "USERINFO" -> uri.getRawUserInfo();
            default -> null;
        };
    }

    private static @Nullable Object value(@Nullable String query, String key) {
        if (query == null) {
            return null;
        }
        Matcher matcher =
                Pattern.compile("(?:^|&)" + Pattern.quote(key) + "=([^&]*)").matcher(query);
        return matcher.find() ? matcher.group(1) : null;
    }
}
