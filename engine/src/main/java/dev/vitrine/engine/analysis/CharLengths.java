package dev.vitrine.engine.analysis;

import dev.vitrine.engine.expr.Expr;
import dev.vitrine.engine.function.ExprEvaluator;
import dev.vitrine.engine.function.StoredValues;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Which columns of a query are CHAR, and what that means where they are compared: with each other
/// and with constants, the shorter is filled up with blanks first.
final class CharLengths {
    private static final Set<String> COMPARISONS =
            Set.of("=", "==", "<=>", "<>", "!=", "<", "<=", ">", ">=", "between");

    private final ZoneId zone;
    private final Map<Long, Integer> lengths = new HashMap<>();

    CharLengths(ZoneId zone) {
        this.zone = zone;
    }

    /// Says that a column is CHAR(length).
    void note(long id, int length) {
        lengths.put(id, length);
    }

    /// Says what is known of a query below.
    void noteAll(CharLengths others) {
        lengths.putAll(others.lengths);
    }

    /// Says that a column is another by a new name.
    void renamed(Expr.Alias alias) {
        length(alias.input()).ifPresent(length -> note(alias.id(), length));
    }

    /// The operands of an operator or function, filled up where it compares.
    List<Expr> aligned(String name, List<Expr> operands) {
        return COMPARISONS.contains(name) ? aligned(operands) : operands;
    }

    /// Values that are compared with each other.
    List<Expr> aligned(List<Expr> values) {
        if (lengths.isEmpty() || values.stream().noneMatch(v -> length(v).isPresent())) {
            return values;
        }
        List<Integer> widths = new ArrayList<>();
        for (Expr value : values) {
            Optional<Integer> width = length(value).or(() -> constant(value));
            if (width.isEmpty()) {
                return values;
            }
            widths.add(width.get());
        }
        int widest = widths.stream().mapToInt(w -> w).max().orElseThrow();
        List<Expr> aligned = new ArrayList<>();
        for (int i = 0; i < values.size(); i++) {
            Expr value = values.get(i);
            aligned.add(widths.get(i) < widest ? filled(value, widest) : value);
        }
        return aligned;
    }

    private static Expr filled(Expr value, int width) {
        return switch (value) {
            case Expr.Literal(String text, var type) ->
                    new Expr.Literal(
                            text + " ".repeat(width - text.codePointCount(0, text.length())), type);
            case Expr.Literal absent -> absent;
            default -> StoredValues.filledText(value, width);
        };
    }

    private Optional<Integer> length(Expr expr) {
        return switch (expr) {
            case Expr.Attribute a -> Optional.ofNullable(lengths.get(a.id()));
            case Expr.OuterReference(var a) -> Optional.ofNullable(lengths.get(a.id()));
            default -> Optional.empty();
        };
    }

    private Optional<Integer> constant(Expr expr) {
        if (!expr.type().isText() || !expr.foldable()) {
            return Optional.empty();
        }
        return ExprEvaluator.constant(expr, zone) instanceof String text
                ? Optional.of(text.codePointCount(0, text.length()))
                : Optional.empty();
    }
}
