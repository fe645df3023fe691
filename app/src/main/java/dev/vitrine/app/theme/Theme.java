package dev.vitrine.app.theme;

import atlantafx.base.theme.PrimerDark;
import atlantafx.base.theme.PrimerLight;
import java.io.InputStream;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import javafx.scene.Parent;
import javafx.scene.text.Font;

/// A set of colours: AtlantaFX below, `app.css` (which knows roles only) and one small file with
/// the roles' colours above it.
public enum Theme {
    LIGHT(new PrimerLight().getUserAgentStylesheet()),
    DARK(new PrimerDark().getUserAgentStylesheet());

    private static final List<String> FONTS =
            List.of(
                    "/com/formdev/flatlaf/fonts/inter/Inter-Regular.otf",
                    "/com/formdev/flatlaf/fonts/inter/Inter-SemiBold.otf",
                    "/com/formdev/flatlaf/fonts/inter/Inter-Italic.otf",
                    "/com/formdev/flatlaf/fonts/jetbrains_mono/JetBrainsMono-Regular.ttf",
                    "/com/formdev/flatlaf/fonts/jetbrains_mono/JetBrainsMono-Bold.ttf");

    private final String base;

    Theme(String base) {
        this.base = base;
    }

    /// The theme called `id` in the preferences; light where there is none.
    public static Theme of(String id) {
        for (Theme theme : values()) {
            if (theme.id().equals(id)) {
                return theme;
            }
        }
        return LIGHT;
    }

    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    public Theme other() {
        return this == LIGHT ? DARK : LIGHT;
    }

    /// The stylesheet below all others, for `Application.setUserAgentStylesheet`.
    public String userAgentStylesheet() {
        return base;
    }

    /// Our stylesheets, in order.
    public List<String> stylesheets() {
        return List.of(resource("app.css"), resource(id() + ".css"));
    }

    /// Gives `root` this theme's colours in place of another's.
    public void apply(Parent root) {
        root.getStylesheets().setAll(stylesheets());
    }

    /// Loads the fonts that come with the program. Once, before the first scene.
    public static void loadFonts() {
        for (String font : FONTS) {
            InputStream in = Theme.class.getResourceAsStream(font);
            if (in != null) {
                Font.loadFont(in, 13);
            }
        }
    }

    private static String resource(String name) {
        return Objects.requireNonNull(Theme.class.getResource(name), name).toExternalForm();
    }
}
