package dev.vitrine.app.text;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.text.MessageFormat;
import java.util.Locale;
import java.util.Objects;
import java.util.Properties;

/// Makes [Text] from a file of texts: a method's name is the key, its arguments fill the places.
public final class Texts {
    private Texts() {}

    /// The texts in English.
    public static Text english() {
        Properties texts = load("text.properties");
        InvocationHandler handler =
                (proxy, method, args) -> {
                    String pattern = texts.getProperty(method.getName());
                    if (pattern == null) {
                        return "!" + method.getName();
                    }
                    return args == null
                            ? pattern
                            : new MessageFormat(pattern.replace("'", "''"), Locale.US).format(args);
                };
        return (Text)
                Proxy.newProxyInstance(
                        Text.class.getClassLoader(), new Class<?>[] {Text.class}, handler);
    }

    static Properties load(String file) {
        Properties texts = new Properties();
        try (Reader in =
                new InputStreamReader(
                        Objects.requireNonNull(Texts.class.getResourceAsStream(file), file),
                        StandardCharsets.UTF_8)) {
            texts.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return texts;
    }
}
