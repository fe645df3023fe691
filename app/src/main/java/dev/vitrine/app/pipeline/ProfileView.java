package dev.vitrine.app.pipeline;

import dev.vitrine.app.text.Text;
import dev.vitrine.engine.pipeline.ColumnProfile;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;

/// What the values of a column are like: counts, range, and either a histogram or the most frequent
/// values.
final class ProfileView extends VBox {
    private static final double BARS_HEIGHT = 36;
    private static final double BAR = 12;
    private static final int ONE_LINE = 26;

    ProfileView(ColumnProfile profile, Text text) {
        super(3);
        getStyleClass().add("profile");
        setId("profile-" + profile.field().name());
        Label counts =
                new Label(
                        text.profileCounts(
                                profile.nulls() == 0
                                        ? text.profileNoNull()
                                        : text.profileNulls(
                                                percent(profile.nulls(), profile.rows())),
                                profile.distinct()));
        getChildren().add(counts);
        if (profile.histogram().isEmpty()) {
            long most = profile.top().isEmpty() ? 1 : profile.top().getFirst().count();
            profile.top().forEach(value -> getChildren().add(bar(value, most, profile)));
        } else {
            getChildren().add(histogram(profile.histogram(), text));
        }
        if (profile.min().isPresent()) {
            getChildren().add(range(profile, text));
        }
    }

    private static Region range(ColumnProfile profile, Text text) {
        String min = profile.min().orElse("");
        String max = profile.max().orElse("");
        if (profile.histogram().isEmpty() || min.length() + max.length() > ONE_LINE) {
            Label words = new Label(text.profileRange(min, max));
            words.setWrapText(true);
            return words;
        }
        Region gap = new Region();
        HBox.setHgrow(gap, Priority.ALWAYS);
        HBox range = new HBox(new Label(min), gap, new Label(max));
        range.getStyleClass().add("profile-range");
        return range;
    }

    private static HBox histogram(List<ColumnProfile.Bin> bins, Text text) {
        long most = bins.stream().mapToLong(ColumnProfile.Bin::count).max().orElse(1);
        List<Region> bars = new ArrayList<>();
        for (ColumnProfile.Bin bin : bins) {
            Region bar = new Region();
            bar.getStyleClass().add("profile-bar");
            double height = bin.count() == 0 ? 0 : Math.max(2, BARS_HEIGHT * bin.count() / most);
            bar.setMinHeight(height);
            bar.setMaxHeight(height);
            StackPane column = new StackPane(bar);
            column.setAlignment(Pos.BOTTOM_CENTER);
            HBox.setHgrow(column, Priority.ALWAYS);
            Tooltip.install(
                    column, new Tooltip(text.profileBin(bin.from(), bin.to(), bin.count())));
            bars.add(column);
        }
        HBox histogram = new HBox(1);
        histogram.getChildren().addAll(bars);
        histogram.setMinHeight(BARS_HEIGHT);
        histogram.setMaxHeight(BARS_HEIGHT);
        return histogram;
    }

    private static StackPane bar(ColumnProfile.ValueCount value, long most, ColumnProfile profile) {
        Region bar = new Region();
        bar.getStyleClass().addAll("profile-bar", "profile-value");
        bar.setMinHeight(BAR);
        Label name = new Label(value.value());
        Region gap = new Region();
        HBox.setHgrow(gap, Priority.ALWAYS);
        Label share = new Label(percent(value.count(), profile.rows()));
        share.setMinWidth(Region.USE_PREF_SIZE);
        HBox words = new HBox(8, name, gap, share);
        words.getStyleClass().add("profile-words");
        StackPane line = new StackPane(bar, words);
        StackPane.setAlignment(bar, Pos.CENTER_LEFT);
        bar.maxWidthProperty().bind(line.widthProperty().multiply((double) value.count() / most));
        return line;
    }

    private static String percent(long part, long all) {
        double share = all == 0 ? 0 : 100.0 * part / all;
        return share > 0 && share < 0.1 ? "< 0.1 %" : String.format(Locale.US, "%.1f %%", share);
    }
}
