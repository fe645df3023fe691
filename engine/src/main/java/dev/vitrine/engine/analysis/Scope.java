package dev.vitrine.engine.analysis;

import dev.vitrine.engine.error.EngineException;
import dev.vitrine.engine.error.ErrorCode;
import dev.vitrine.engine.error.SourceRange;
import dev.vitrine.engine.expr.Expr;
import dev.vitrine.engine.expr.Expr.Attribute;
import dev.vitrine.engine.types.DataType;
import dev.vitrine.engine.types.Field;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The columns that names can mean at one place of a query.
///
/// @param columns visible columns in order, with their qualifiers
/// @param hidden columns that only a qualified name reaches: the other side's of a USING join
/// @param outer the scope around a subquery, or null
/// @param ctes named queries by lower-case name
record Scope(
        List<Attribute> columns,
        List<Attribute> hidden,
        @Nullable Scope outer,
        Map<String, CommonTable> ctes,
        boolean caseSensitive) {
    Scope {
        columns = List.copyOf(columns);
        hidden = List.copyOf(hidden);
    }

    Scope over(Resolved input) {
        return new Scope(input.columns(), input.hidden(), outer, ctes, caseSensitive);
    }

    Scope over(List<Attribute> visible) {
        return new Scope(visible, List.of(), outer, ctes, caseSensitive);
    }

    /// The scope of a subquery inside this one.
    Scope inner() {
        return new Scope(List.of(), List.of(), this, ctes, caseSensitive);
    }

    /// The scope of a view's or common table's body: nothing around it is seen.
    Scope alone(Map<String, CommonTable> visibleCtes) {
        return new Scope(List.of(), List.of(), null, visibleCtes, caseSensitive);
    }

    /// This scope in a subquery of `around`.
    Scope within(Scope around) {
        return new Scope(columns, hidden, around, ctes, caseSensitive);
    }

    Scope with(Map<String, CommonTable> more) {
        return new Scope(columns, hidden, outer, more, caseSensitive);
    }

    boolean sameName(String a, String b) {
        return caseSensitive ? a.equals(b) : a.equalsIgnoreCase(b);
    }

    /// What a name means among this scope's own columns: a column, or a field in one.
    ///
    /// @throws EngineException AMBIGUOUS_REFERENCE
    Optional<Expr> find(List<String> parts, @Nullable SourceRange where) {
        for (int at = parts.size() - 1; at >= 0; at--) {
            List<String> qualifier = parts.subList(0, at);
            Map<Long, Attribute> found = new LinkedHashMap<>();
            match(columns, qualifier, parts.get(at), found);
            if (found.isEmpty() && !qualifier.isEmpty()) {
                match(hidden, qualifier, parts.get(at), found);
            }
            if (found.size() > 1) {
                throw ambiguous(parts, List.copyOf(found.values()), where);
            }
            if (found.size() == 1) {
                Attribute known = found.values().iterator().next();
                // The name is kept as written: `SELECT A` gives a column A.
                Expr column =
                        new Attribute(known.id(), parts.get(at), known.type(), known.nullable());
                return Optional.of(fields(column, parts.subList(at + 1, parts.size()), where));
            }
        }
        return Optional.empty();
    }

    /// The columns with these ids, hidden ones among them.
    List<Attribute> withIds(Set<Long> ids) {
        return Stream.concat(columns.stream(), hidden.stream())
                .filter(column -> ids.contains(column.id()))
                .collect(
                        Collectors.toMap(
                                Attribute::id, c -> c, (first, again) -> first, LinkedHashMap::new))
                .values()
                .stream()
                .toList();
    }

    private void match(
            List<Attribute> among,
            List<String> qualifier,
            String name,
            Map<Long, Attribute> found) {
        for (Attribute column : among) {
            if (sameName(column.name(), name) && qualifies(column.qualifier(), qualifier)) {
                found.putIfAbsent(column.id(), column);
            }
        }
    }

    boolean qualifies(List<String> own, List<String> written) {
        int skip = own.size() - written.size();
        if (skip < 0) {
            return false;
        }
        for (int i = 0; i < written.size(); i++) {
            if (!sameName(own.get(skip + i), written.get(i))) {
                return false;
            }
        }
        return true;
    }

    Expr fields(Expr struct, List<String> names, @Nullable SourceRange where) {
        Expr expr = struct;
        for (String name : names) {
            expr = field(expr, name, where);
        }
        return expr;
    }

    private Expr field(Expr struct, String name, @Nullable SourceRange where) {
        if (!(struct.type() instanceof DataType.Struct(var fields))) {
            throw new EngineException(
                    ErrorCode.INVALID_EXTRACT_BASE_FIELD_TYPE,
                    Map.of(
                            "base", "\"" + struct.sql() + "\"",
                            "other", "\"" + struct.type().sql() + "\""),
                    where);
        }
        for (int i = 0; i < fields.size(); i++) {
            if (sameName(fields.get(i).name(), name)) {
                return new Expr.GetField(struct, i, fields.get(i).name(), fields.get(i).type());
            }
        }
        throw new EngineException(
                ErrorCode.FIELD_NOT_FOUND,
                Map.of(
                        "fieldName",
                        "`" + name + "`",
                        "fields",
                        fields.stream()
                                .map(Field::name)
                                .map(f -> "`" + f + "`")
                                .collect(Collectors.joining(", "))),
                where);
    }

    /// The columns that `*` or `qualifier.*` stands for.
    List<Attribute> star(List<String> qualifier, @Nullable SourceRange where) {
        List<Attribute> chosen = new ArrayList<>();
        for (Attribute column : columns) {
            if (qualifies(column.qualifier(), qualifier)) {
                chosen.add(column);
            }
        }
        if (chosen.isEmpty() && !qualifier.isEmpty()) {
            List<String> tables =
                    columns.stream().map(c -> String.join(".", c.qualifier())).distinct().toList();
            throw new EngineException(
                    ErrorCode.CANNOT_RESOLVE_STAR_EXPAND,
                    Map.of(
                            "targetString",
                            "`" + String.join("`.`", qualifier) + "`",
                            "columns",
                            String.join(", ", tables)),
                    where);
        }
        return chosen;
    }

    private static EngineException ambiguous(
            List<String> parts, List<Attribute> found, @Nullable SourceRange where) {
        return new EngineException(
                ErrorCode.AMBIGUOUS_REFERENCE,
                Map.of(
                        "name", quoted(parts),
                        "referenceNames",
                                found.stream()
                                        .map(Scope::qualified)
                                        .collect(Collectors.joining(", ", "[", "]"))),
                where);
    }

    private static String qualified(Attribute column) {
        List<String> parts = new ArrayList<>(column.qualifier());
        parts.add(column.name());
        return quoted(parts);
    }

    static String quoted(List<String> parts) {
        return parts.stream()
                .map(part -> "`" + part.replace("`", "``") + "`")
                .collect(Collectors.joining("."));
    }

    EngineException unresolved(List<String> parts, @Nullable SourceRange where) {
        if (columns.isEmpty()) {
            return new EngineException(
                    ErrorCode.UNRESOLVED_COLUMN__WITHOUT_SUGGESTION,
                    Map.of("objectName", quoted(parts)),
                    where);
        }
        Map<String, String> shown = new LinkedHashMap<>();
        for (Attribute column : columns) {
            shown.putIfAbsent(column.name(), qualified(column));
        }
        String proposal =
                Suggestions.nearest(parts.getLast(), shown.keySet()).stream()
                        .map(name -> shown.getOrDefault(name, name))
                        .collect(Collectors.joining(", ", "[", "]"));
        return new EngineException(
                ErrorCode.UNRESOLVED_COLUMN__WITH_SUGGESTION,
                Map.of("objectName", quoted(parts), "proposal", proposal),
                where);
    }
}
