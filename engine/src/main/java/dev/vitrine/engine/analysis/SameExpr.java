package dev.vitrine.engine.analysis;

import dev.vitrine.engine.expr.Expr;
import dev.vitrine.engine.types.DataType;

/// Whether two expressions mean the same: attributes are compared by id alone.
final class SameExpr {
    private SameExpr() {}

    static boolean same(Expr a, Expr b) {
        return canonical(a).equals(canonical(b));
    }

    static Expr canonical(Expr expr) {
        return expr.transformUp(node ->
                switch (node) {
                    case Expr.Attribute a -> new Expr.Attribute(a.id(), "", DataType.NULL, true);
                    case Expr.Alias(var input, var name, var id) -> input;
                    default -> node;
                });
    }
}
