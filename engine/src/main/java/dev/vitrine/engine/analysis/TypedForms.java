package dev.vitrine.engine.analysis;

import dev.vitrine.engine.error.EngineException;
import dev.vitrine.engine.error.ErrorCode;
import dev.vitrine.engine.expr.EvalMode;
import dev.vitrine.engine.expr.Expr;
import dev.vitrine.engine.function.Casting;
import dev.vitrine.engine.function.Collations;
import dev.vitrine.engine.function.CommonTypes;
import dev.vitrine.engine.types.DataType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// Resolves what SQL has a form of its own for (CAST, AND, IN, LIKE, CASE): brings the operands to
/// the types that the form wants.
final class TypedForms {
    private final ExprResolver exprs;

    TypedForms(ExprResolver exprs) {
        this.exprs = exprs;
    }

    Expr cast(Expr written, Expr input, DataType type, EvalMode mode) {
        EvalMode effective = mode == EvalMode.TRY ? mode : exprs.analyzer().mode();
        if (!Casting.canCast(
                input.type().withoutCollations(), type.withoutCollations(), effective)) {
            throw Casting.impossible(
                    "\"" + OutputNames.of(written) + "\"", input.type(), type, effective, null);
        }
        return CommonTypes.cast(input, type, effective);
    }

    List<Expr> booleans(Expr parent, List<Expr> terms) {
        List<Expr> resolved = new ArrayList<>();
        // A text beside a BOOLEAN is one; of three terms the first two are brought together first.
        boolean texts = terms.size() == 1;
        for (Expr term : terms) {
            Expr r = exprs.resolve(term);
            texts |= resolved.size() < 2 && r.type() == DataType.BOOLEAN;
            if (r.type() == DataType.NULL) {
                r = CommonTypes.cast(r, DataType.BOOLEAN, exprs.analyzer().mode());
            }
            resolved.add(r);
        }
        if (texts) {
            EvalMode mode = exprs.analyzer().mode();
            resolved.replaceAll(r ->
                    r.type() == DataType.STRING ? CommonTypes.cast(r, DataType.BOOLEAN, mode) : r);
        }
        for (int i = 0; i < resolved.size(); i++) {
            if (resolved.get(i).type() != DataType.BOOLEAN) {
                throw notBoolean(parent, terms.get(i), resolved, i);
            }
        }
        return resolved;
    }

    private EngineException notBoolean(Expr parent, Expr written, List<Expr> terms, int at) {
        Map<String, Object> args = new LinkedHashMap<>();
        args.put("sqlExpr", "\"" + OutputNames.of(parent) + "\"");
        String type = "\"" + terms.get(at).type().sql() + "\"";
        ErrorCode code = ErrorCode.DATATYPE_MISMATCH__UNEXPECTED_INPUT_TYPE;
        if (parent instanceof Expr.And || parent instanceof Expr.Or) {
            int other = at == 0 ? 1 : at - 1;
            boolean differ = !terms.get(other).type().equals(terms.get(at).type());
            code =
                    differ
                            ? ErrorCode.DATATYPE_MISMATCH__BINARY_OP_DIFF_TYPES
                            : ErrorCode.DATATYPE_MISMATCH__BINARY_OP_WRONG_TYPE;
            args.put("left", "\"" + terms.get(Math.min(at, other)).type().sql() + "\"");
            args.put("right", "\"" + terms.get(Math.max(at, other)).type().sql() + "\"");
            args.put("inputType", "\"BOOLEAN\"");
            args.put("actualDataType", type);
        } else {
            args.put("paramIndex", "first");
            args.put("requiredType", "\"BOOLEAN\"");
            args.put("inputSql", "\"" + OutputNames.of(written) + "\"");
            args.put("inputType", type);
        }
        return new EngineException(code, args, exprs.analyzer().range(written).orElse(null));
    }

    List<Expr> common(Expr written, List<Expr> operands) {
        DataType type =
                CommonTypes.of(operands)
                        .orElseThrow(() ->
                                new EngineException(
                                        ErrorCode.DATATYPE_MISMATCH__DATA_DIFF_TYPES,
                                        Map.of(
                                                "sqlExpr",
                                                "\"" + OutputNames.of(written) + "\"",
                                                "dataType",
                                                operands.stream()
                                                        .map(e -> "\"" + e.type().sql() + "\"")
                                                        .collect(
                                                                Collectors.joining(
                                                                        ", ", "[", "]")))));
        return operands.stream()
                .map(e -> CommonTypes.cast(e, type, exprs.analyzer().mode()))
                .toList();
    }

    Expr in(Expr written, Expr value, List<Expr> options) {
        List<Expr> all = new ArrayList<>();
        all.add(exprs.resolve(value));
        all.addAll(exprs.resolveAll(options));
        List<Expr> common = common(written, exprs.aligned(all));
        return new Expr.In(
                exprs.ordered(common.getFirst(), written, "in"), common.subList(1, common.size()));
    }

    Expr like(Expr.Like like) {
        Expr writtenValue = exprs.resolve(like.value());
        Expr writtenPattern = exprs.resolve(like.pattern());
        boolean ignoreCase =
                like.ignoreCase() || Collations.ignoresCase(List.of(writtenValue, writtenPattern));
        Expr value = text(like, writtenValue);
        Expr pattern = text(like, writtenPattern);
        if (pattern instanceof Expr.Literal(String p, var type)) {
            checkPattern(p, like.escape());
        }
        return new Expr.Like(value, pattern, like.escape(), ignoreCase);
    }

    private Expr text(Expr written, Expr expr) {
        if (!CommonTypes.implicitly(expr.type(), DataType.STRING, false)) {
            throw new EngineException(
                    ErrorCode.DATATYPE_MISMATCH__BINARY_OP_WRONG_TYPE,
                    Map.of(
                            "sqlExpr", "\"" + OutputNames.of(written) + "\"",
                            "inputType", "\"STRING\"",
                            "actualDataType", "\"" + expr.type().sql() + "\""));
        }
        return CommonTypes.cast(expr, DataType.STRING, exprs.analyzer().mode());
    }

    private static void checkPattern(String pattern, char escape) {
        int at = pattern.indexOf(escape);
        while (at >= 0) {
            if (at + 1 == pattern.length()) {
                throw new EngineException(
                        ErrorCode.INVALID_FORMAT__ESC_AT_THE_END,
                        Map.of("format", "'" + pattern + "'"));
            }
            char next = pattern.charAt(at + 1);
            if (next != '_' && next != '%' && next != escape) {
                throw new EngineException(
                        ErrorCode.INVALID_FORMAT__ESC_IN_THE_MIDDLE,
                        Map.of("format", "'" + pattern + "'", "char", "'" + next + "'"));
            }
            at = pattern.indexOf(escape, at + 2);
        }
    }

    Expr choice(Expr.Case choice) {
        List<Expr> values = new ArrayList<>();
        List<Expr> tests = new ArrayList<>();
        for (Expr.Case.Branch branch : choice.branches()) {
            tests.addAll(booleans(choice, List.of(branch.when())));
            values.add(exprs.resolve(branch.then()));
        }
        values.add(exprs.resolve(choice.otherwise()));
        List<Expr> common = common(choice, values);
        List<Expr.Case.Branch> branches = new ArrayList<>();
        for (int i = 0; i < tests.size(); i++) {
            branches.add(new Expr.Case.Branch(tests.get(i), common.get(i)));
        }
        return new Expr.Case(branches, common.getLast(), common.getLast().type());
    }
}
