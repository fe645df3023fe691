package dev.vitrine.engine.analysis;

import dev.vitrine.engine.error.EngineException;
import dev.vitrine.engine.error.ErrorCode;
import dev.vitrine.engine.expr.Expr;
import dev.vitrine.engine.expr.Expr.Attribute;
import dev.vitrine.engine.function.CommonTypes;
import dev.vitrine.engine.logical.LogicalPlan;
import dev.vitrine.engine.types.DataType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// UNION, INTERSECT and EXCEPT: the same number of columns on all sides, brought to common types.
final class SetOperations {
    private static final String[] ORDINALS = {"first", "second", "third", "fourth", "fifth"};

    private final Analyzer analyzer;

    SetOperations(Analyzer analyzer) {
        this.analyzer = analyzer;
    }

    /// Rows that are told apart hold no VARIANTs.
    static void checkComparable(List<Expr.Attribute> columns) {
        for (Expr.Attribute column : columns) {
            if (column.type().hasVariant()) {
                throw new EngineException(
                        ErrorCode.UNSUPPORTED_FEATURE__SET_OPERATION_ON_VARIANT_TYPE,
                        Map.of(
                                "colName", "`" + column.name() + "`",
                                "dataType", "\"" + column.type().sql() + "\""));
            }
        }
    }

    Resolved union(LogicalPlan.Union union, List<LogicalPlan> inputs) {
        List<LogicalPlan> ordered = union.byName() ? byName(union, inputs) : inputs;
        List<LogicalPlan> aligned = align("UNION", union, ordered);
        List<Attribute> first = aligned.getFirst().output();
        List<Attribute> output = new ArrayList<>();
        for (int i = 0; i < first.size(); i++) {
            int column = i;
            boolean nullable = aligned.stream().anyMatch(in -> in.output().get(column).nullable());
            output.add(
                    new Attribute(
                            analyzer.context().newAttributeId(),
                            first.get(i).name(),
                            first.get(i).type(),
                            nullable));
        }
        return Resolved.of(analyzer.made(new LogicalPlan.Union(aligned, false, output), union));
    }

    Resolved operation(LogicalPlan.SetOperation written, LogicalPlan left, LogicalPlan right) {
        checkComparable(left.output());
        List<LogicalPlan> aligned = align(written.kind().name(), written, List.of(left, right));
        return Resolved.of(
                analyzer.made(
                        new LogicalPlan.SetOperation(
                                aligned.get(0), aligned.get(1), written.kind(), written.all()),
                        written));
    }

    private List<LogicalPlan> align(
            String operator, LogicalPlan written, List<LogicalPlan> inputs) {
        List<Attribute> first = inputs.getFirst().output();
        List<DataType> types = new ArrayList<>(first.stream().map(Attribute::type).toList());
        for (int table = 1; table < inputs.size(); table++) {
            List<Attribute> other = inputs.get(table).output();
            if (other.size() != first.size()) {
                throw new EngineException(
                        ErrorCode.NUM_COLUMNS_MISMATCH,
                        Map.of(
                                "operator", operator,
                                "firstNumColumns", first.size(),
                                "invalidOrdinalNum", ordinal(table),
                                "invalidNumColumns", other.size()),
                        analyzer.context().origin(written).sql().orElse(null));
            }
            for (int i = 0; i < other.size(); i++) {
                Optional<DataType> common = CommonTypes.of(types.get(i), other.get(i).type());
                if (common.isEmpty()) {
                    throw new EngineException(
                            ErrorCode.INCOMPATIBLE_COLUMN_TYPE,
                            Map.of(
                                    "operator",
                                    operator,
                                    "columnOrdinalNumber",
                                    ordinal(i),
                                    "tableOrdinalNumber",
                                    ordinal(table),
                                    "dataType1",
                                    "\"" + types.get(i).sql() + "\"",
                                    "dataType2",
                                    "\"" + other.get(i).type().sql() + "\""),
                            analyzer.context().origin(written).sql().orElse(null));
                }
                types.set(i, common.get());
            }
        }
        return inputs.stream().map(input -> analyzer.castColumns(input, types)).toList();
    }

    private static String ordinal(int index) {
        return index < ORDINALS.length ? ORDINALS[index] : (index + 1) + "th";
    }

    private List<LogicalPlan> byName(LogicalPlan.Union union, List<LogicalPlan> inputs) {
        List<Attribute> first = inputs.getFirst().output();
        List<LogicalPlan> ordered = new ArrayList<>();
        for (LogicalPlan input : inputs) {
            Map<String, Attribute> byName = new HashMap<>();
            input.output().forEach(a -> byName.put(a.name().toLowerCase(Locale.ROOT), a));
            List<Expr> columns = new ArrayList<>();
            for (Attribute wanted : first) {
                Attribute found = byName.get(wanted.name().toLowerCase(Locale.ROOT));
                if (found == null) {
                    throw new EngineException(
                            ErrorCode.UNRESOLVED_COLUMN__WITHOUT_SUGGESTION,
                            Map.of("objectName", Scope.quoted(List.of(wanted.name()))));
                }
                columns.add(found);
            }
            // One with more columns stays as it is, and is refused for their number.
            ordered.add(
                    columns.size() < input.output().size() || columns.equals(input.output())
                            ? input
                            : analyzer.made(new LogicalPlan.Project(input, columns), union));
        }
        return ordered;
    }
}
