package dev.vitrine.engine.types;

import com.ibm.icu.text.Collator;
import com.ibm.icu.util.ULocale;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.MissingResourceException;
import java.util.Optional;
import java.util.TreeMap;

/// How text is compared: by its bytes, in lower case, or by the rules of a language.
///
/// @param base [#BINARY], [#LOWER_CASE], [#UNICODE], or a locale such as `de` or `sr_Cyrl_SRB`
/// @param ignoresCase, of a language, whether letters of either case are equal (`_CI`)
/// @param ignoresAccents, of a language, whether accents make no difference (`_AI`)
/// @param ignoresTrailingBlanks whether blanks at the end make no difference (`_RTRIM`)
public record Collation(
        String base, boolean ignoresCase, boolean ignoresAccents, boolean ignoresTrailingBlanks) {
    public static final String BINARY = "UTF8_BINARY";
    public static final String LOWER_CASE = "UTF8_LCASE";
    public static final String UNICODE = "UNICODE";

    /// The collation of plain STRING.
    public static final Collation DEFAULT = new Collation(BINARY, false, false, false);

    private static final String TRIMMED = "_RTRIM";

    /// The languages that there are rules for; made when first asked for.
    private static final class Languages {
        static final Map<String, String> NAMES = names();

        private static Map<String, String> names() {
            Map<String, String> names = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
            names.put(UNICODE, UNICODE);
            for (ULocale locale : Collator.getAvailableULocales()) {
                if (locale.getVariant().isEmpty()) {
                    names.put(name(locale), name(locale));
                }
            }
            return names;
        }

        private static String name(ULocale locale) {
            StringBuilder name = new StringBuilder(locale.getLanguage());
            if (!locale.getScript().isEmpty()) {
                name.append('_').append(locale.getScript());
            }
            try {
                if (!locale.getISO3Country().isEmpty()) {
                    name.append('_').append(locale.getISO3Country());
                }
            } catch (MissingResourceException e) {
                // A region such as 419 has no country's code: it is called by its number.
                name.append('_').append(locale.getCountry());
            }
            return name.toString();
        }
    }

    /// The collation of a name, letter case ignored; empty where there is none.
    public static Optional<Collation> of(String written) {
        String name = written.toUpperCase(Locale.ROOT);
        boolean trimmed = name.endsWith(TRIMMED);
        if (trimmed) {
            name = name.substring(0, name.length() - TRIMMED.length());
        }
        if (name.equals(BINARY) || name.equals(LOWER_CASE)) {
            return Optional.of(new Collation(name, false, false, trimmed));
        }
        String left = name;
        Optional<Boolean> ignoresCase = Optional.empty();
        Optional<Boolean> ignoresAccents = Optional.empty();
        while (true) {
            if (ignoresCase.isEmpty() && (left.endsWith("_CI") || left.endsWith("_CS"))) {
                ignoresCase = Optional.of(left.endsWith("I"));
            } else if (ignoresAccents.isEmpty() && (left.endsWith("_AI") || left.endsWith("_AS"))) {
                ignoresAccents = Optional.of(left.endsWith("I"));
            } else {
                break;
            }
            left = left.substring(0, left.length() - 3);
        }
        boolean caseless = ignoresCase.orElse(false);
        boolean accentless = ignoresAccents.orElse(false);
        return Optional.ofNullable(Languages.NAMES.get(left))
                .map(base -> new Collation(base, caseless, accentless, trimmed));
    }

    /// Names that look like `written`.
    public static List<String> like(String written) {
        String start = written.toUpperCase(Locale.ROOT);
        List<String> names = new ArrayList<>(List.of(BINARY, LOWER_CASE, UNICODE, "UNICODE_CI"));
        names.removeIf(name -> !start.startsWith(name.substring(0, 3)));
        return names.isEmpty() ? List.of(UNICODE) : Collections.unmodifiableList(names);
    }

    /// The names of all bases, in alphabetical order but for the first two.
    public static List<String> bases() {
        List<String> bases = new ArrayList<>(List.of(BINARY, LOWER_CASE));
        bases.addAll(Languages.NAMES.values());
        return bases;
    }

    public String name() {
        return base
                + (ignoresCase ? "_CI" : "")
                + (ignoresAccents ? "_AI" : "")
                + (ignoresTrailingBlanks ? TRIMMED : "");
    }

    /// Whether it goes by the rules of a language.
    public boolean ofLanguage() {
        return !base.equals(BINARY) && !base.equals(LOWER_CASE);
    }

    public boolean lowerCase() {
        return base.equals(LOWER_CASE);
    }
}
