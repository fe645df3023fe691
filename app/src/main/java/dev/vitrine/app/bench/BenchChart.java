package dev.vitrine.app.bench;

import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/// A benchmark's ratios as an SVG picture: a row a query, a bar a peer, on a logarithmic scale with
/// a line at 1, where both take as long. Bars to the left of it are queries where this product is
/// faster.
public final class BenchChart {
    private static final int LABEL = 110;
    private static final int PLOT = 560;
    private static final int BAR = 8;
    private static final int TOP = 56;

    /// Colours that people who confuse red and green tell apart (Okabe and Ito, 2008).
    private static final List<String> COLOURS = List.of("#0072B2", "#E69F00", "#009E73");

    private BenchChart() {}

    /// The picture, or an empty text where there is nothing to compare with.
    public static String of(BenchResult result) {
        List<String> others = result.columns().subList(1, result.columns().size());
        if (others.isEmpty()) {
            return "";
        }
        String first = result.columns().getFirst();
        double least = 1;
        double most = 1;
        for (BenchResult.Line line : result.queries()) {
            for (String other : others) {
                OptionalDouble ratio = line.ratio(first, other);
                least = Math.min(least, ratio.orElse(1));
                most = Math.max(most, ratio.orElse(1));
            }
        }
        Scale scale =
                new Scale(
                        Math.floor(Math.log10(least) * 2) / 2, Math.ceil(Math.log10(most) * 2) / 2);
        int rowHeight = BAR * others.size() + 6;
        int height = TOP + rowHeight * result.queries().size() + 24;
        StringBuilder svg = new StringBuilder();
        svg.append(
                String.format(
                        Locale.ROOT,
                        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" font-family=\"sans-serif\" font-size=\"11\">%n",
                        LABEL + PLOT + 20,
                        height));
        svg.append(
                String.format(
                        "<rect width=\"100%%\" height=\"100%%\" fill=\"#ffffff\"/>%n"
                                + "<text x=\"8\" y=\"18\" font-size=\"13\">%s</text>%n",
                        escape(result.title())));
        for (int i = 0; i < others.size(); i++) {
            int x = LABEL + 170 * i;
            svg.append(
                    String.format(
                            "<rect x=\"%d\" y=\"28\" width=\"10\" height=\"10\" fill=\"%s\"/>%n"
                                    + "<text x=\"%d\" y=\"37\">time / %s</text>%n",
                            x, COLOURS.get(i % COLOURS.size()), x + 14, escape(others.get(i))));
        }
        scale.lines(svg, height);
        for (int row = 0; row < result.queries().size(); row++) {
            BenchResult.Line line = result.queries().get(row);
            int y = TOP + row * rowHeight;
            svg.append(
                    String.format(
                            "<text x=\"%d\" y=\"%d\" text-anchor=\"end\">%s</text>%n",
                            LABEL - 6, y + rowHeight / 2 + 1, escape(line.query())));
            for (int i = 0; i < others.size(); i++) {
                OptionalDouble ratio = line.ratio(first, others.get(i));
                if (ratio.isPresent()) {
                    scale.bar(
                            svg, ratio.getAsDouble(), y + i * BAR, COLOURS.get(i % COLOURS.size()));
                }
            }
        }
        return svg.append("</svg>\n").toString();
    }

    /// @param low power of ten at the left edge
    /// @param high at the right
    private record Scale(double low, double high) {
        double x(double ratio) {
            double range = Math.max(high - low, 0.5);
            return LABEL + PLOT * (Math.log10(ratio) - low) / range;
        }

        void lines(StringBuilder svg, int height) {
            for (double power = low; power <= Math.max(high, low + 0.5) + 1e-9; power += 0.5) {
                double ratio = Math.pow(10, power);
                boolean one = Math.abs(power) < 1e-9;
                svg.append(
                        String.format(
                                Locale.ROOT,
                                "<line x1=\"%.1f\" y1=\"%d\" x2=\"%.1f\" y2=\"%d\" stroke=\"%s\"/>%n"
                                        + "<text x=\"%.1f\" y=\"%d\" text-anchor=\"middle\" fill=\"#555555\">%.2g</text>%n",
                                x(ratio),
                                TOP - 6,
                                x(ratio),
                                height - 20,
                                one ? "#000000" : "#dddddd",
                                x(ratio),
                                height - 7,
                                ratio));
            }
        }

        void bar(StringBuilder svg, double ratio, int y, String colour) {
            double from = Math.min(x(1), x(ratio));
            double width = Math.max(1, Math.abs(x(1) - x(ratio)));
            svg.append(
                    String.format(
                            Locale.ROOT,
                            "<rect x=\"%.1f\" y=\"%d\" width=\"%.1f\" height=\"%d\" fill=\"%s\"><title>%.2f</title></rect>%n",
                            from,
                            y,
                            width,
                            BAR - 1,
                            colour,
                            ratio));
        }
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
