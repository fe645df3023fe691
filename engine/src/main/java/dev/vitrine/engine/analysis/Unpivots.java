package dev.vitrine.engine.analysis;

import dev.vitrine.engine.error.EngineException;
import dev.vitrine.engine.error.ErrorCode;
import dev.vitrine.engine.expr.Expr;
import dev.vitrine.engine.expr.Expr.Attribute;
import dev.vitrine.engine.function.CommonTypes;
import dev.vitrine.engine.logical.LogicalPlan;
import dev.vitrine.engine.logical.QueryForm;
import dev.vitrine.engine.types.DataType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// UNPIVOT as an Expand: each row once for every set of columns, those of nothing but NULL left out
/// unless they are asked for.
final class Unpivots {
    private final Analyzer analyzer;
    private final QueryForm.Unpivot unpivot;
    private final Resolved input;
    private final ExprResolver resolver;

    Unpivots(Analyzer analyzer, QueryForm.Unpivot unpivot, Resolved input, Scope scope) {
        this.analyzer = analyzer;
        this.unpivot = unpivot;
        this.input = input;
        this.resolver = new ExprResolver(analyzer, scope.over(input));
    }

    Resolved resolved() {
        int width = unpivot.valueNames().size();
        if (unpivot.sets().stream().anyMatch(set -> set.columns().size() != width)) {
            throw new EngineException(
                    ErrorCode.UNPIVOT_VALUE_SIZE_MISMATCH, Map.of("names", width), unpivot.where());
        }
        List<List<Attribute>> sets =
                unpivot.sets().stream().map(set -> columns(set.columns())).toList();
        List<Attribute> ids = ids(sets);
        if (sets.isEmpty()) {
            sets = input.columns().stream().filter(c -> !has(ids, c)).map(List::of).toList();
            if (sets.isEmpty()) {
                throw new EngineException(
                        ErrorCode.UNPIVOT_REQUIRES_VALUE_COLUMNS, Map.of(), unpivot.where());
            }
        }
        List<DataType> types = new ArrayList<>();
        for (int i = 0; i < width; i++) {
            types.add(commonType(i, sets));
        }
        return plan(ids, sets, types);
    }

    private static boolean has(List<Attribute> columns, Attribute wanted) {
        return columns.stream().anyMatch(c -> c.id() == wanted.id());
    }

    private List<Attribute> columns(List<Expr> written) {
        List<Attribute> columns = new ArrayList<>();
        for (Expr name : written) {
            if (name instanceof Expr.UnresolvedStar(var qualifier, var where)) {
                columns.addAll(resolver.scope().star(qualifier, where));
            } else if (resolver.resolve(name) instanceof Attribute column) {
                columns.add(column);
            } else {
                throw new EngineException(
                        ErrorCode.UNPIVOT_REQUIRES_ATTRIBUTES,
                        Map.of("expressions", "\"" + OutputNames.of(name) + "\""),
                        analyzer.range(name).orElse(unpivot.where()));
            }
        }
        return columns;
    }

    private List<Attribute> ids(List<List<Attribute>> sets) {
        if (unpivot.ids().isPresent()) {
            return columns(unpivot.ids().get());
        }
        return input.columns().stream()
                .filter(c -> sets.stream().noneMatch(set -> has(set, c)))
                .toList();
    }

    /// The type that all columns at place `index` of their sets meet in; text is nothing that
    /// numbers become.
    private DataType commonType(int index, List<List<Attribute>> sets) {
        Optional<DataType> common = Optional.of(DataType.NULL);
        for (List<Attribute> set : sets) {
            DataType type = set.get(index).type();
            common =
                    common.flatMap(t ->
                            (t == DataType.STRING) != (type == DataType.STRING)
                                            && t != DataType.NULL
                                            && type != DataType.NULL
                                    ? Optional.empty()
                                    : CommonTypes.of(t, type));
        }
        return common.orElseThrow(() ->
                new EngineException(
                        ErrorCode.UNPIVOT_VALUE_DATA_TYPE_MISMATCH,
                        Map.of("types", types(index, sets)),
                        unpivot.where()));
    }

    private static String types(int index, List<List<Attribute>> sets) {
        return sets.stream()
                .collect(
                        Collectors.groupingBy(
                                set -> set.get(index).type().sql(),
                                java.util.LinkedHashMap::new,
                                Collectors.mapping(
                                        set -> "`" + set.get(index).name() + "`",
                                        Collectors.joining(", "))))
                .entrySet()
                .stream()
                .map(e -> "\"" + e.getKey() + "\" (" + e.getValue() + ")")
                .collect(Collectors.joining(", "));
    }

    private Resolved plan(List<Attribute> ids, List<List<Attribute>> sets, List<DataType> types) {
        List<List<Expr>> projections = new ArrayList<>();
        for (int i = 0; i < sets.size(); i++) {
            List<Attribute> set = sets.get(i);
            List<Expr> row = new ArrayList<>();
            ids.forEach(id -> row.add(id.withQualifier(List.of())));
            Optional<String> name =
                    unpivot.sets().isEmpty() ? Optional.empty() : unpivot.sets().get(i).name();
            row.add(
                    Expr.Literal.of(
                            name.orElseGet(() ->
                                    set.stream()
                                            .map(Attribute::name)
                                            .collect(Collectors.joining("_")))));
            for (int c = 0; c < set.size(); c++) {
                Attribute column = set.get(c).withQualifier(List.of());
                row.add(CommonTypes.cast(column, types.get(c), analyzer.mode()));
            }
            projections.add(row);
        }
        List<Attribute> output = new ArrayList<>();
        ids.forEach(id -> output.add(attribute(id.name(), id.type(), id.nullable())));
        output.add(attribute(unpivot.nameColumn(), DataType.STRING, false));
        List<Attribute> values = new ArrayList<>();
        for (int c = 0; c < types.size(); c++) {
            int place = c;
            boolean nullable = sets.stream().anyMatch(set -> set.get(place).nullable());
            values.add(attribute(unpivot.valueNames().get(c), types.get(c), nullable));
        }
        output.addAll(values);
        LogicalPlan plan =
                analyzer.made(new LogicalPlan.Expand(input.plan(), projections, output), unpivot);
        if (!unpivot.keepNulls()) {
            List<Expr> tests =
                    values.stream().map(v -> (Expr) new Expr.Not(new Expr.IsNull(v))).toList();
            Expr any = tests.size() == 1 ? tests.getFirst() : new Expr.Or(tests);
            plan = analyzer.made(new LogicalPlan.Filter(plan, any), unpivot);
        }
        List<Attribute> named = new ArrayList<>();
        for (int i = 0; i < output.size(); i++) {
            Attribute column = output.get(i);
            named.add(i < ids.size() ? column.withQualifier(ids.get(i).qualifier()) : column);
        }
        return new Resolved(plan, named, List.of());
    }

    private Attribute attribute(String name, DataType type, boolean nullable) {
        return new Attribute(analyzer.context().newAttributeId(), name, type, nullable);
    }
}
