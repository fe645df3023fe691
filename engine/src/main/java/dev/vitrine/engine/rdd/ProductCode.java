package dev.vitrine.engine.rdd;

import dev.vitrine.engine.error.EngineException;
import dev.vitrine.engine.error.ErrorCode;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Reads and makes objects of one record or bean class. Generated classes extend it, which is why
/// it is public; nobody else should.
public abstract class ProductCode {
    private final ValueCodec[] codecs;
    private final String typeName;

    protected ProductCode(Object codecs, String typeName) {
        this.codecs = ((List<?>) codecs).toArray(ValueCodec[]::new);
        this.typeName = typeName;
    }

    /// Whether this is generated code.
    boolean compiled() {
        return true;
    }

    final int size() {
        return codecs.length;
    }

    /// @throws EngineException for what the class' constructor throws
    final Object read(@Nullable Object[] columns) {
        try {
            return make(columns);
        } catch (EngineException e) {
            throw e;
        } catch (Exception e) {
            throw new EngineException(
                    ErrorCode.FAILED_METHOD_CALL,
                    Map.of("method", "The constructor of " + typeName, "reason", e),
                    null,
                    e);
        }
    }

    final @Nullable Object[] write(Object object) {
        try {
            return values(object);
        } catch (EngineException e) {
            throw e;
        } catch (Exception e) {
            throw new EngineException(
                    ErrorCode.FAILED_METHOD_CALL,
                    Map.of("method", "A component's method of " + typeName, "reason", e),
                    null,
                    e);
        }
    }

    /// The object whose components have these values.
    protected abstract Object make(@Nullable Object[] columns) throws Exception;

    /// The values of an object's components.
    protected abstract @Nullable Object[] values(Object object) throws Exception;

    /// A component as Java has it.
    protected final @Nullable Object java(int component, @Nullable Object value) {
        return codecs[component].toJava(value);
    }

    /// A component as the engine has it.
    protected final @Nullable Object engine(int component, @Nullable Object value) {
        return codecs[component].toEngine(value);
    }
}
