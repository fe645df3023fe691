package dev.vitrine.engine.sql;

import java.util.List;

/// Text with the places where its lines may be broken: a group stands on one line where it fits,
/// and is broken at all its places where it does not. After Wadler, "A prettier printer" (2003),
/// with groups decided from the outside in.
sealed interface FormatDoc {
    /// What never fits on a line.
    int ENDLESS = 1 << 20;

    /// Characters on one line; at least [#ENDLESS] where a break is forced.
    int width();

    record Word(String text) implements FormatDoc {
        @Override
        public int width() {
            return text.length();
        }
    }

    /// A place to break; on one line `flat`.
    record Line(String flat) implements FormatDoc {
        static final Line SPACE = new Line(" ");
        static final Line NOTHING = new Line("");

        @Override
        public int width() {
            return flat.length();
        }
    }

    /// A break. Several that follow each other are one.
    record Hard() implements FormatDoc {
        @Override
        public int width() {
            return ENDLESS;
        }
    }

    /// Parts one after the other.
    record Row(List<FormatDoc> parts, int width) implements FormatDoc {
        Row(List<FormatDoc> parts) {
            this(
                    List.copyOf(parts),
                    (int) Math.min(2L * ENDLESS, parts.stream().mapToLong(FormatDoc::width).sum()));
        }
    }

    /// Lines that begin in it stand further right.
    record Nest(FormatDoc inner) implements FormatDoc {
        @Override
        public int width() {
            return inner.width();
        }
    }

    record Group(FormatDoc inner) implements FormatDoc {
        @Override
        public int width() {
            return inner.width();
        }
    }

    /// Lays a document out in lines of at most `lineWidth` characters, where that is possible.
    static String print(FormatDoc doc, int lineWidth) {
        Printer printer = new Printer(lineWidth);
        printer.print(doc, 0, false);
        return printer.out.toString();
    }

    /// Writes documents; blanks at the ends of lines are never written.
    final class Printer {
        private static final int INDENT = 2;

        private final int lineWidth;
        private final StringBuilder out = new StringBuilder();
        private int lineStart;
        private boolean begun;

        private Printer(int lineWidth) {
            this.lineWidth = lineWidth;
        }

        private void print(FormatDoc doc, int indent, boolean flat) {
            switch (doc) {
                case Word word -> word(word.text, indent);
                case Line line -> {
                    if (flat) {
                        word(line.flat, indent);
                    } else {
                        newLine();
                    }
                }
                case Hard hard -> newLine();
                case Row row -> row.parts.forEach(part -> print(part, indent, flat));
                case Nest nest -> print(nest.inner, indent + INDENT, flat);
                case Group group -> {
                    int column = begun ? out.length() - lineStart : indent;
                    print(group.inner, indent, flat || column + group.width() <= lineWidth);
                }
            }
        }

        private void word(String text, int indent) {
            if (begun) {
                out.append(text);
            } else if (!text.isBlank()) {
                out.append(" ".repeat(indent)).append(text.stripLeading());
                begun = true;
            }
            int last = text.lastIndexOf('\n');
            if (last >= 0) {
                lineStart = out.length() - (text.length() - last - 1);
            }
        }

        private void newLine() {
            if (begun) {
                while (!out.isEmpty() && out.charAt(out.length() - 1) == ' ') {
                    out.setLength(out.length() - 1);
                }
                out.append('\n');
                lineStart = out.length();
                begun = false;
            }
        }
    }
}
