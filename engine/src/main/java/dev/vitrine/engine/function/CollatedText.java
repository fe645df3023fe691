package dev.vitrine.engine.function;

import com.ibm.icu.text.Collator;
import com.ibm.icu.text.RuleBasedCollator;
import com.ibm.icu.text.StringSearch;
import com.ibm.icu.util.ULocale;
import dev.vitrine.engine.types.Binary;
import dev.vitrine.engine.types.Collation;
import java.text.StringCharacterIterator;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// Text as a collation sees it: what stands for a text in comparisons, and where one text occurs in
/// another.
sealed interface CollatedText {
    Map<Collation, CollatedText> KNOWN = new ConcurrentHashMap<>();

    /// A String or a [Binary] whose order by bytes is that of the texts, and which is equal for
    /// equal texts.
    Object key(String text);

    /// The first place, from index `from` on, that is equal to `part`.
    Optional<Place> find(String text, String part, int from);

    /// Whether `part` stands just at index `at`; the place it takes.
    Optional<Place> at(String text, String part, int at);

    /// Indexes of UTF-16 units.
    record Place(int start, int end) {}

    static CollatedText of(Collation collation) {
        return KNOWN.computeIfAbsent(
                collation,
                c ->
                        c.ofLanguage()
                                ? new OfLanguage(c, collator(c))
                                : new ByCharacter(c.lowerCase(), c.ignoresTrailingBlanks()));
    }

    private static RuleBasedCollator collator(Collation collation) {
        ULocale locale =
                collation.base().equals(Collation.UNICODE)
                        ? ULocale.ROOT
                        : new ULocale(collation.base());
        RuleBasedCollator collator = (RuleBasedCollator) Collator.getInstance(locale);
        RuleBasedCollator own = collator.cloneAsThawed();
        if (collation.ignoresAccents()) {
            own.setStrength(Collator.PRIMARY);
            own.setCaseLevel(!collation.ignoresCase());
        } else {
            own.setStrength(collation.ignoresCase() ? Collator.SECONDARY : Collator.TERTIARY);
        }
        return (RuleBasedCollator) own.freeze();
    }

    static String withoutTrailingBlanks(String text) {
        int end = text.length();
        while (end > 0 && text.charAt(end - 1) == ' ') {
            end--;
        }
        return text.substring(0, end);
    }

    /// Character by character, of which the lower-case form may stand for both.
    record ByCharacter(boolean lowerCase, boolean trimmed) implements CollatedText {
        private static final int CAPITAL_I_WITH_DOT = 0x130;
        private static final int DOT_ABOVE = 0x307;
        private static final int FINAL_SIGMA = 0x3C2;
        private static final int SIGMA = 0x3C3;

        @Override
        public Object key(String text) {
            String seen = trimmed ? withoutTrailingBlanks(text) : text;
            return lowerCase ? lower(seen) : seen;
        }

        @Override
        public Optional<Place> find(String text, String part, int from) {
            String wanted = lowerCase ? lower(part) : part;
            for (int i = from; i <= text.length(); i = next(text, i)) {
                int end = matchEnd(text, wanted, i);
                if (end >= 0) {
                    return Optional.of(new Place(i, end));
                }
            }
            return Optional.empty();
        }

        @Override
        public Optional<Place> at(String text, String part, int at) {
            int end = matchEnd(text, lowerCase ? lower(part) : part, at);
            return end < 0 ? Optional.empty() : Optional.of(new Place(at, end));
        }

        private static int next(String text, int at) {
            return at < text.length() ? at + Character.charCount(text.codePointAt(at)) : at + 1;
        }

        /// Where the text that is `wanted` ends, of all that begins at `from`; -1 for none.
        private int matchEnd(String text, String wanted, int from) {
            int matched = 0;
            int at = from;
            while (matched < wanted.length()) {
                if (at >= text.length()) {
                    return -1;
                }
                int point = text.codePointAt(at);
                String seen = lowerCase ? lower(point) : Character.toString(point);
                if (!wanted.startsWith(seen, matched)) {
                    return -1;
                }
                matched += seen.length();
                at += Character.charCount(point);
            }
            return at;
        }

        private static String lower(String text) {
            StringBuilder lower = new StringBuilder(text.length());
            text.codePoints().forEach(point -> lower.append(lower(point)));
            return lower.toString();
        }

        private static String lower(int point) {
            return switch (point) {
                case CAPITAL_I_WITH_DOT -> "i" + (char) DOT_ABOVE;
                case FINAL_SIGMA -> Character.toString(SIGMA);
                default -> Character.toString(Character.toLowerCase(point));
            };
        }
    }

    /// By the rules of a language.
    record OfLanguage(Collation collation, RuleBasedCollator collator) implements CollatedText {
        @Override
        public Object key(String text) {
            String seen = collation.ignoresTrailingBlanks() ? withoutTrailingBlanks(text) : text;
            return Binary.copyOf(collator.getCollationKey(seen).toByteArray());
        }

        @Override
        public Optional<Place> find(String text, String part, int from) {
            if (part.isEmpty()) {
                return Optional.of(new Place(from, from));
            }
            if (from >= text.length()) {
                return Optional.empty();
            }
            StringSearch search =
                    new StringSearch(part, new StringCharacterIterator(text), collator);
            int start = search.following(from);
            // What begins just at `from` counts as following it.
            return start == StringSearch.DONE
                    ? Optional.empty()
                    : Optional.of(new Place(start, start + search.getMatchLength()));
        }

        @Override
        public Optional<Place> at(String text, String part, int at) {
            return find(text, part, at).filter(place -> place.start() == at);
        }
    }
}
