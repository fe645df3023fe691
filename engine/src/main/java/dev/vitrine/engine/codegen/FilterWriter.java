package dev.vitrine.engine.codegen;

import dev.vitrine.engine.expr.Expr;
import dev.vitrine.engine.physical.PhysicalPlan;
import java.util.List;
import java.util.Set;

/// Writes filters: before the joins as methods of their own that fill the selection vector, later
/// as conditions in the loop over rows. A condition over one coded column is evaluated once for
/// each entry of its dictionary.
final class FilterWriter {
    private final Columns columns;
    private final ExprWriter exprs;
    private final ClassMembers members;
    private final Splitting splitting;
    private int filters;

    /// @param members added to
    FilterWriter(Columns columns, ExprWriter exprs, ClassMembers members, Splitting splitting) {
        this.columns = columns;
        this.exprs = exprs;
        this.members = members;
        this.splitting = splitting;
    }

    /// Writes one term of a filter as a method.
    ///
    /// @param selected whether there is a selection vector already
    /// @return the statement that calls it
    String write(PhysicalPlan.Filter filter, Expr term, boolean selected) {
        if (!term.deterministic()) {
            throw new NotCompilable("the condition " + term.sql());
        }
        splitting.split(List.of(term), List.of(), 0);
        String name = "filter" + filters++;
        JavaSource body = new JavaSource();
        columns.startMethod();
        exprs.startIn(body);
        String holds = holds(exprs.write(term));
        body.line("sel[k] = row;");
        body.line("k += " + holds + " ? 1 : 0;");
        JavaSource method = new JavaSource();
        method.node(filter.id(), "Filter " + term.sql());
        method.line("private int " + name + RowLoop.parameters(selected) + " {");
        Set<String> used = columns.usedHere();
        String coded = used.size() == 1 && !term.canFail() ? used.iterator().next() : "";
        if (columns.mayBeCoded(coded)) {
            method.line("if (" + coded + "d != 0L && " + coded + "v == 0L) {");
            method.line("return " + name + "Coded" + RowLoop.arguments(selected) + ";");
            method.line("}");
        }
        columns.locals(method);
        method.line("int[] sel = this.sel;");
        method.line("int k = 0;");
        RowLoop.open(method, selected);
        method.append(body);
        method.line("}");
        method.line("return k;");
        method.line("}");
        members.method(method);
        if (columns.mayBeCoded(coded)) {
            members.method(codedMethods(name, coded, filter, term, selected));
        }
        return "n = " + name + RowLoop.arguments(selected) + ";";
    }

    /// The same term for a coded column: by code, after each entry has been tried.
    private JavaSource codedMethods(
            String name, String c, PhysicalPlan.Filter filter, Expr term, boolean selected) {
        members.field("boolean[] " + name + "Passes");
        members.field("Dictionary " + name + "Of");
        JavaSource methods = new JavaSource();
        methods.node(filter.id(), "Filter " + term.sql() + ", by code");
        methods.line("private int " + name + "Coded" + RowLoop.parameters(selected) + " {");
        methods.line("Dictionary entries = batch.dictionary(" + c.substring(1) + ");");
        methods.line("if (" + name + "Of != entries) {");
        methods.line("learn" + name + "(entries);");
        methods.line("}");
        methods.line("boolean[] passes = " + name + "Passes;");
        methods.line("long codes = " + c + "d;");
        methods.line("int[] sel = this.sel;");
        methods.line("int k = 0;");
        RowLoop.open(methods, selected);
        methods.line("sel[k] = row;");
        methods.line("k += passes[Mem.getInt(codes + 4L * row)] ? 1 : 0;");
        methods.line("}");
        methods.line("return k;");
        methods.line("}");
        methods.blank();
        methods.line("private void learn" + name + "(Dictionary entries) {");
        methods.line("boolean[] passes = new boolean[entries.size()];");
        methods.line("long codes = " + c + "d;");
        methods.line(c + "d = 0L;");
        methods.line("epoch++;");
        methods.line("for (int row = 0; row < passes.length; row++) {");
        methods.line("passes[row] = " + name + "Holds(row);");
        methods.line("}");
        methods.line(c + "d = codes;");
        methods.line("epoch++;");
        methods.line(name + "Passes = passes;");
        methods.line(name + "Of = entries;");
        methods.line("}");
        methods.blank();
        JavaSource body = new JavaSource();
        columns.startMethod();
        exprs.startIn(body);
        String holds = holds(exprs.write(term));
        methods.line("private boolean " + name + "Holds(int row) {");
        columns.locals(methods);
        methods.append(body);
        methods.line("return " + holds + ";");
        methods.line("}");
        return methods;
    }

    private static String holds(JavaValue value) {
        return value.neverNull() ? value.code() : value.code() + " & !" + value.isNull();
    }

    /// Writes, in a loop over rows, a `continue` for rows that a condition does not hold for.
    void skipUnless(JavaSource body, Expr predicate) {
        for (Expr term : splitting.terms(predicate)) {
            JavaValue value = exprs.write(term);
            String fails =
                    value.neverNull()
                            ? "!" + value.code()
                            : value.isNull() + " || !" + value.code();
            body.line("if (" + fails + ") {");
            body.line("continue;");
            body.line("}");
        }
    }
}
