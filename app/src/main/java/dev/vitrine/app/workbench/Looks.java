package dev.vitrine.app.workbench;

import dev.vitrine.app.preferences.Preferences;
import dev.vitrine.app.theme.Theme;
import java.util.ArrayList;
import java.util.List;
import javafx.application.Application;
import javafx.scene.Parent;

/// The colours and the size of the text in a project's windows.
final class Looks {
    private static final double TEXT_PIXELS = 13;

    private final List<Parent> roots = new ArrayList<>();
    private Preferences.Appearance appearance;

    Looks(Preferences.Appearance appearance) {
        this.appearance = appearance;
    }

    /// Gives a window's contents these looks, now and later.
    void add(Parent root) {
        roots.removeIf(each -> each.getScene() == null && each.getParent() == null);
        root.getStyleClass().add("workbench");
        roots.add(root);
        dress(root);
    }

    void change(Preferences.Appearance next) {
        appearance = next;
        useStylesheet();
        roots.forEach(this::dress);
    }

    /// The stylesheet below all others is the program's, not a window's.
    void useStylesheet() {
        Application.setUserAgentStylesheet(Theme.of(appearance.theme()).userAgentStylesheet());
    }

    private void dress(Parent root) {
        Theme.of(appearance.theme()).apply(root);
        int percent = appearance.scalePercent();
        root.setStyle(
                percent == 100 ? "" : "-fx-font-size: " + TEXT_PIXELS * percent / 100 + "px;");
    }
}
