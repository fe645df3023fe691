package dev.vitrine.engine.error;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The one exception of the engine: a code, its arguments and, where known, the place in the SQL
/// text.
///
/// Arguments are values, never prose; names in them are already quoted with back-ticks.
public final class EngineException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final ErrorCode code;
    private final transient Map<String, String> args;
    private final transient @Nullable SourceRange where;

    public EngineException(
            ErrorCode code,
            Map<String, ?> args,
            @Nullable SourceRange where,
            @Nullable Throwable cause) {
        super(code.message(args), cause);
        this.code = code;
        Map<String, String> texts = new LinkedHashMap<>();
        args.forEach((key, value) -> texts.put(key, String.valueOf(value)));
        this.args = Map.copyOf(texts);
        this.where = where;
    }

    public EngineException(ErrorCode code, Map<String, ?> args) {
        this(code, args, null, null);
    }

    public EngineException(ErrorCode code, Map<String, ?> args, @Nullable SourceRange where) {
        this(code, args, where, null);
    }

    /// A bug of ours, said in one sentence.
    public static EngineException internal(String what) {
        return new EngineException(ErrorCode.INTERNAL_ERROR, Map.of("message", what));
    }

    /// A bug of ours with the exception that showed it.
    public static EngineException internal(String what, @Nullable Throwable cause) {
        return new EngineException(ErrorCode.INTERNAL_ERROR, Map.of("message", what), null, cause);
    }

    public ErrorCode code() {
        return code;
    }

    /// The argument values by the names used in the message template.
    public Map<String, String> args() {
        return args;
    }

    /// Where in the statement's text the error lies, if it lies there.
    public Optional<SourceRange> where() {
        return Optional.ofNullable(where);
    }

    /// This error placed at `range`, unless it already has a place.
    public EngineException at(@Nullable SourceRange range) {
        if (where != null || range == null) {
            return this;
        }
        EngineException placed = new EngineException(code, args, range, getCause());
        placed.setStackTrace(getStackTrace());
        return placed;
    }
}
