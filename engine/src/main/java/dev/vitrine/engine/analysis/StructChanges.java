package dev.vitrine.engine.analysis;

import dev.vitrine.engine.error.EngineException;
import dev.vitrine.engine.error.ErrorCode;
import dev.vitrine.engine.expr.Expr;
import dev.vitrine.engine.types.DataType;
import dev.vitrine.engine.types.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Structs with a field set or left out, which only the API's columns have: they become
/// `named_struct` of the other fields. A NULL struct stays NULL.
final class StructChanges {
    /// `(struct, value, name, …)`: the value for the field that the names lead to.
    static final String WITH_FIELD = "with field";

    /// `(struct, name, …)`: without that field.
    static final String WITHOUT_FIELD = "without field";

    private final Analyzer analyzer;
    private final Scope scope;

    StructChanges(Analyzer analyzer, Scope scope) {
        this.analyzer = analyzer;
        this.scope = scope;
    }

    static boolean isOne(Expr.UnresolvedFunction call) {
        return call.name().equals(WITH_FIELD) || call.name().equals(WITHOUT_FIELD);
    }

    Expr resolve(Expr.UnresolvedFunction call, List<Expr> args) {
        return call.name().equals(WITH_FIELD)
                ? with(args.getFirst(), args.get(1), names(args, 2))
                : without(args.getFirst(), names(args, 1));
    }

    private static List<String> names(List<Expr> args, int from) {
        return args.subList(from, args.size()).stream().map(Expr::sql).toList();
    }

    private Expr with(Expr struct, Expr value, List<String> path) {
        List<Field> fields = fields(struct);
        List<Expr> pairs = new ArrayList<>();
        boolean set = false;
        for (int i = 0; i < fields.size(); i++) {
            Field field = fields.get(i);
            Expr old = new Expr.GetField(struct, i, field.name(), field.type());
            boolean named = scope.sameName(field.name(), path.getFirst());
            set |= named;
            pairs.add(Expr.Literal.of(named ? path.getFirst() : field.name()));
            pairs.add(!named ? old : path.size() == 1 ? value : with(old, value, rest(path)));
        }
        if (!set && path.size() > 1) {
            throw missing(path.getFirst(), fields);
        }
        if (!set) {
            pairs.add(Expr.Literal.of(path.getFirst()));
            pairs.add(value);
        }
        return unlessNull(struct, pairs);
    }

    private Expr without(Expr struct, List<String> path) {
        List<Field> fields = fields(struct);
        List<Expr> pairs = new ArrayList<>();
        for (int i = 0; i < fields.size(); i++) {
            Field field = fields.get(i);
            Expr old = new Expr.GetField(struct, i, field.name(), field.type());
            boolean named = scope.sameName(field.name(), path.getFirst());
            if (named && path.size() == 1) {
                continue;
            }
            pairs.add(Expr.Literal.of(field.name()));
            pairs.add(named ? without(old, rest(path)) : old);
        }
        if (pairs.isEmpty()) {
            throw new EngineException(
                    ErrorCode.DATATYPE_MISMATCH__CANNOT_DROP_ALL_FIELDS, Map.of());
        }
        return unlessNull(struct, pairs);
    }

    private static List<String> rest(List<String> path) {
        return path.subList(1, path.size());
    }

    private static List<Field> fields(Expr struct) {
        if (struct.type() instanceof DataType.Struct(var fields)) {
            return fields;
        }
        throw new EngineException(
                ErrorCode.INVALID_EXTRACT_BASE_FIELD_TYPE,
                Map.of(
                        "base", "\"" + struct.sql() + "\"",
                        "other", "\"" + struct.type().sql() + "\""));
    }

    private static EngineException missing(String name, List<Field> fields) {
        return new EngineException(
                ErrorCode.FIELD_NOT_FOUND,
                Map.of(
                        "fieldName",
                        "`" + name + "`",
                        "fields",
                        String.join(
                                ", ", fields.stream().map(f -> "`" + f.name() + "`").toList())));
    }

    private Expr unlessNull(Expr struct, List<Expr> pairs) {
        Expr made =
                analyzer.functions().resolve("named_struct", analyzer.call("named_struct", pairs));
        return struct.nullable()
                ? new Expr.Case(
                        List.of(
                                new Expr.Case.Branch(
                                        new Expr.IsNull(struct), Expr.Literal.nullOf(made.type()))),
                        made,
                        made.type())
                : made;
    }
}
