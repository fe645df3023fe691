package dev.vitrine.engine.api;

import dev.vitrine.engine.error.EngineException;
import dev.vitrine.engine.error.ErrorCode;
import dev.vitrine.engine.rdd.Encoders;
import dev.vitrine.engine.types.DataType;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.reflect.Method;
import java.net.URI;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;

/// A function written as Java source: compiled in memory by the runtime's own compiler, loaded in a
/// class loader of its own. Nothing of it runs before the function is called.
final class JavaSnippet {
    private static final Pattern PACKAGE =
            Pattern.compile("^\\s*package\\s+([\\w.]+)\\s*;", Pattern.MULTILINE);
    private static final Pattern CLASS =
            Pattern.compile("\\b(?:class|record|enum)\\s+([A-Za-z_$][\\w$]*)");

    private static final int KEPT = 64;

    private static final Map<String, Class<?>> LOADED =
            new LinkedHashMap<>(KEPT, 0.75f, true) {
                private static final long serialVersionUID = 1L;

                @Override
                protected boolean removeEldestEntry(Map.Entry<String, Class<?>> eldest) {
                    return size() > KEPT;
                }
            };

    private final String name;
    private final String source;
    private final @Nullable JavaCompiler compiler;

    JavaSnippet(String name, String source) {
        this(name, source, ToolProvider.getSystemJavaCompiler());
    }

    /// @param compiler null where the runtime has none
    JavaSnippet(String name, String source, @Nullable JavaCompiler compiler) {
        this.name = name;
        this.source = source;
        this.compiler = compiler;
    }

    /// The function, whose type is that of the class' `call`.
    UserDefinedFunction function() {
        Class<?> loaded = loaded();
        if (!VectorUdf.class.isAssignableFrom(loaded)) {
            for (Method method : loaded.getMethods()) {
                if (method.getName().equals("call") && !method.isBridge()) {
                    return function(loaded, Encoders.typeOf(method.getGenericReturnType()));
                }
            }
        }
        throw invalid(1, 1, "the class does not say what it gives: name the type");
    }

    UserDefinedFunction function(DataType type) {
        return function(loaded(), type);
    }

    private UserDefinedFunction function(Class<?> loaded, DataType type) {
        try {
            return UserDefinedFunction.of(loaded, new Made(this, loaded), type);
        } catch (IllegalArgumentException e) {
            throw invalid(1, 1, String.valueOf(e.getMessage()));
        }
    }

    /// The one object of a snippet's class, made when it is first asked for.
    private static final class Made implements Supplier<Object> {
        private final JavaSnippet snippet;
        private final Class<?> type;
        private volatile @Nullable Object made;

        Made(JavaSnippet snippet, Class<?> type) {
            this.snippet = snippet;
            this.type = type;
        }

        @Override
        public Object get() {
            Object known = made;
            return known == null ? make() : known;
        }

        private synchronized Object make() {
            Object known = made;
            if (known == null) {
                try {
                    var constructor = type.getDeclaredConstructor();
                    constructor.setAccessible(true);
                    known = constructor.newInstance();
                } catch (ReflectiveOperationException | LinkageError e) {
                    throw snippet.invalid(1, 1, "the class cannot be made: " + e);
                }
                made = known;
            }
            return known;
        }
    }

    /// The class, of which nothing has run yet. The same source gives the same class for a while,
    /// since documents are analyzed at each edit.
    private Class<?> loaded() {
        synchronized (LOADED) {
            Class<?> known = LOADED.get(source);
            if (known != null && compiler != null) {
                return known;
            }
        }
        Matcher className = CLASS.matcher(source);
        if (!className.find()) {
            throw invalid(1, 1, "there is no class in it");
        }
        Matcher packageName = PACKAGE.matcher(source);
        String prefix = packageName.find() ? packageName.group(1) + "." : "";
        Map<String, byte[]> classes = compiled(className.group(1));
        try {
            Class<?> made = new Loader(classes).loadClass(prefix + className.group(1));
            synchronized (LOADED) {
                LOADED.put(source, made);
            }
            return made;
        } catch (ClassNotFoundException | LinkageError e) {
            throw invalid(1, 1, "the class cannot be loaded: " + e);
        }
    }

    private Map<String, byte[]> compiled(String className) {
        if (compiler == null) {
            throw new EngineException(
                    ErrorCode.NO_JAVA_COMPILER, Map.of("functionName", "`" + name + "`"));
        }
        DiagnosticCollector<JavaFileObject> found = new DiagnosticCollector<>();
        try (StandardJavaFileManager standard =
                        compiler.getStandardFileManager(found, Locale.ENGLISH, null);
                InMemory files = new InMemory(standard)) {
            boolean done =
                    compiler.getTask(
                                    null,
                                    files,
                                    found,
                                    List.of(
                                            "-proc:none",
                                            "-Xlint:none",
                                            "-classpath",
                                            System.getProperty("java.class.path", "")),
                                    null,
                                    List.of(new Source(className, source)))
                            .call();
            if (!done) {
                Diagnostic<?> error =
                        found.getDiagnostics().stream()
                                .filter(d -> d.getKind() == Diagnostic.Kind.ERROR)
                                .findFirst()
                                .orElseThrow();
                throw invalid(
                        error.getLineNumber(),
                        error.getColumnNumber(),
                        error.getMessage(Locale.ENGLISH));
            }
            return files.classes();
        } catch (IOException e) {
            throw EngineException.internal("compiling " + name, e);
        }
    }

    private EngineException invalid(long line, long column, String reason) {
        return new EngineException(
                ErrorCode.INVALID_JAVA_SNIPPET,
                Map.of(
                        "functionName",
                        "`" + name + "`",
                        "line",
                        line,
                        "column",
                        column,
                        "reason",
                        reason));
    }

    private static final class Source extends SimpleJavaFileObject {
        private final String text;

        Source(String className, String text) {
            super(URI.create("string:///" + className + ".java"), Kind.SOURCE);
            this.text = text;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return text;
        }
    }

    private static final class Compiled extends SimpleJavaFileObject {
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

        Compiled(String className) {
            super(URI.create("memory:///" + className.replace('.', '/') + ".class"), Kind.CLASS);
        }

        @Override
        public OutputStream openOutputStream() {
            return bytes;
        }
    }

    /// Keeps what the compiler writes.
    private static final class InMemory extends ForwardingJavaFileManager<JavaFileManager> {
        private final Map<String, Compiled> written = new HashMap<>();

        InMemory(JavaFileManager rest) {
            super(rest);
        }

        @Override
        public JavaFileObject getJavaFileForOutput(
                Location location, String className, JavaFileObject.Kind kind, FileObject sibling) {
            return written.computeIfAbsent(className, Compiled::new);
        }

        Map<String, byte[]> classes() {
            Map<String, byte[]> classes = new HashMap<>();
            written.forEach((name, file) -> classes.put(name, file.bytes.toByteArray()));
            return classes;
        }
    }

    private static final class Loader extends ClassLoader {
        private final Map<String, byte[]> classes;

        Loader(Map<String, byte[]> classes) {
            super(JavaSnippet.class.getClassLoader());
            this.classes = classes;
        }

        @Override
        protected Class<?> findClass(String name) throws ClassNotFoundException {
            byte[] bytes =
                    Optional.ofNullable(classes.get(name))
                            .orElseThrow(() -> new ClassNotFoundException(name));
            return defineClass(name, bytes, 0, bytes.length);
        }
    }
}
