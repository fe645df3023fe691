package dev.vitrine.engine.function;

import dev.vitrine.engine.error.EngineException;
import dev.vitrine.engine.error.ErrorCode;
import dev.vitrine.engine.expr.CallSite;
import dev.vitrine.engine.expr.EvalMode;
import dev.vitrine.engine.expr.Expr;
import dev.vitrine.engine.expr.ScalarFunction;
import dev.vitrine.engine.types.DataType;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// What is checked and changed of values on their way into tables and out of them. These functions
/// have no entry in the registry: nobody writes them.
public final class StoredValues {
    private StoredValues() {}

    /// `text` as CHAR(length): filled up with blanks, longer only by blanks that are cut off.
    ///
    /// Fails with EXCEED_LIMIT_LENGTH.
    public static Expr fixedText(Expr text, int length) {
        return call(Check.FIXED, text, length);
    }

    /// `text` as VARCHAR(length): longer only by blanks that are cut off.
    ///
    /// Fails with EXCEED_LIMIT_LENGTH.
    public static Expr limitedText(Expr text, int length) {
        return call(Check.LIMITED, text, length);
    }

    /// `text` filled up with blanks, as CHAR(length) is read.
    public static Expr filledText(Expr text, int length) {
        return call(Check.FILLED, text, length);
    }

    /// `value`, which must not be NULL.
    ///
    /// Fails with NOT_NULL_ASSERT_VIOLATION.
    ///
    /// @param column for the message
    public static Expr notNull(Expr value, String column) {
        return new Expr.Call(
                new NotNull(),
                List.of(value, Expr.Literal.of(column)),
                value.type(),
                EvalMode.ANSI);
    }

    private static Expr call(Check check, Expr text, int length) {
        return new Expr.Call(
                check,
                List.of(text, new Expr.Literal(length, DataType.INT)),
                DataType.STRING,
                EvalMode.ANSI);
    }

    /// @param fills whether shorter texts are filled up with blanks
    /// @param limits whether longer texts are errors
    private record Check(String name, boolean fills, boolean limits) implements ScalarFunction {
        static final Check FIXED = new Check("char_type_write_side_check", true, true);
        static final Check LIMITED = new Check("varchar_type_write_side_check", false, true);
        static final Check FILLED = new Check("char_type_read_side_padding", true, false);

        @Override
        public Object evaluate(@Nullable Object[] args, CallSite site) {
            String text = String.valueOf(args[0]);
            int length = (Integer) Objects.requireNonNull(args[1]);
            int points = text.codePointCount(0, text.length());
            if (points <= length) {
                return fills ? text + " ".repeat(length - points) : text;
            }
            return limits ? cut(text, length) : text;
        }

        /// Without the blanks that are too many.
        private static String cut(String text, int length) {
            int end = text.offsetByCodePoints(0, length);
            if (!text.substring(end).chars().allMatch(c -> c == ' ')) {
                throw new EngineException(ErrorCode.EXCEED_LIMIT_LENGTH, Map.of("limit", length));
            }
            return text.substring(0, end);
        }

        @Override
        public boolean canFail(CallSite site) {
            return limits;
        }
    }

    private record NotNull() implements ScalarFunction {
        @Override
        public String name() {
            return "assertnotnull";
        }

        @Override
        public Object evaluate(@Nullable Object[] args, CallSite site) {
            if (args[0] == null) {
                throw new EngineException(
                        ErrorCode.NOT_NULL_ASSERT_VIOLATION,
                        Map.of("walkedTypePath", "`" + args[1] + "`"));
            }
            return args[0];
        }

        @Override
        public boolean nullPropagating() {
            return false;
        }

        @Override
        public boolean nullable(List<Expr> args) {
            return false;
        }

        @Override
        public boolean canFail(CallSite site) {
            return true;
        }
    }
}
