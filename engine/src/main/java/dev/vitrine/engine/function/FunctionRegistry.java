package dev.vitrine.engine.function;

import dev.vitrine.engine.error.EngineException;
import dev.vitrine.engine.error.ErrorCode;
import dev.vitrine.engine.expr.Expr;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// All functions and operators by name. Immutable.
public final class FunctionRegistry {
    /// Made when first asked for: entries refer to one another through the registry.
    private static final class Builtin {
        static final FunctionRegistry REGISTRY = new FunctionRegistry(builtinEntries());
    }

    private final List<FunctionEntry> entries;
    private final Map<String, FunctionEntry> byName = new HashMap<>();

    /// Functions of the user's by lower-case name.
    private final Map<String, FunctionEntry> own;

    private FunctionRegistry(List<FunctionEntry> entries) {
        this.own = Map.of();
        this.entries = entries.stream().sorted(Comparator.comparing(FunctionEntry::name)).toList();
        for (FunctionEntry entry : entries) {
            register(entry.name(), entry);
            entry.aliases().forEach(alias -> register(alias, entry));
        }
    }

    private FunctionRegistry(FunctionRegistry builtin, Map<String, FunctionEntry> own) {
        this.own = Map.copyOf(own);
        this.entries = builtin.entries;
        this.byName.putAll(builtin.byName);
        this.byName.putAll(own);
    }

    private void register(String name, FunctionEntry entry) {
        if (byName.putIfAbsent(name, entry) != null) {
            throw EngineException.internal("two functions are called " + name);
        }
    }

    public static FunctionRegistry builtin() {
        return Builtin.REGISTRY;
    }

    private static List<FunctionEntry> builtinEntries() {
        List<FunctionEntry> all = new ArrayList<>();
        all.addAll(Operators.entries());
        all.addAll(MathFunctions.entries());
        all.addAll(RoundingFunctions.entries());
        all.addAll(StringFunctions.entries());
        all.addAll(TextFunctions.entries());
        all.addAll(Collations.entries());
        all.addAll(EncodingFunctions.entries());
        all.addAll(RegexFunctions.entries());
        all.addAll(NumberTextFunctions.entries());
        all.addAll(UrlFunctions.entries());
        all.addAll(DateTimeFunctions.entries());
        all.addAll(DateTimeTextFunctions.entries());
        all.addAll(MakeDateTimeFunctions.entries());
        all.addAll(TimeFunctions.entries());
        all.addAll(CalendarIntervals.entries());
        all.addAll(TimeWindowFunctions.entries());
        all.addAll(TimeUnitFunctions.entries());
        all.addAll(ExtractFunctions.entries());
        all.addAll(ZoneFunctions.entries());
        all.addAll(ConditionalFunctions.entries());
        all.addAll(CollectionFunctions.entries());
        all.addAll(ArrayFunctions.entries());
        all.addAll(ArrayShaping.entries());
        all.addAll(SequenceFunction.entries());
        all.addAll(MapFunctions.entries());
        all.addAll(HigherOrderFunctions.entries());
        all.addAll(MapLambdas.entries());
        all.addAll(HashFunctions.entries());
        all.addAll(RandomFunctions.entries());
        all.addAll(MiscFunctions.entries());
        all.addAll(JsonFunctions.entries());
        all.addAll(VariantFunctions.entries());
        all.addAll(CsvFunctions.entries());
        all.addAll(XpathFunctions.entries());
        all.addAll(AggregateFunctions.entries());
        all.addAll(HllFunctions.entries());
        all.add(CountMinSketch.entry());
        all.addAll(ThetaFunctions.entries());
        all.addAll(KllFunctions.entries());
        all.addAll(TopItems.entries());
        all.addAll(BitmapAggregates.entries());
        all.addAll(VectorFunctions.entries());
        all.addAll(ReflectFunctions.entries());
        all.addAll(WindowFunctions.entries());
        all.addAll(GeneratorFunctions.entries());
        all.addAll(GroupingFunctions.entries());
        return all;
    }

    /// This registry with a function of the user's, which stands for whatever had its name.
    public FunctionRegistry with(FunctionEntry added) {
        Map<String, FunctionEntry> changed = new HashMap<>(own);
        changed.put(added.name().toLowerCase(Locale.ROOT), added);
        return new FunctionRegistry(builtin(), changed);
    }

    /// This registry without the user's function of a name, whose built-in meaning, if there is
    /// one, is back.
    public FunctionRegistry without(String name) {
        Map<String, FunctionEntry> changed = new HashMap<>(own);
        changed.remove(name.toLowerCase(Locale.ROOT));
        return new FunctionRegistry(builtin(), changed);
    }

    /// The user's function of a name, letter case ignored.
    public Optional<FunctionEntry> own(String name) {
        return Optional.ofNullable(own.get(name.toLowerCase(Locale.ROOT)));
    }

    /// The user's functions, sorted by name.
    public List<FunctionEntry> own() {
        return own.values().stream().sorted(Comparator.comparing(FunctionEntry::name)).toList();
    }

    /// All built-in entries, operators included, sorted by name.
    public List<FunctionEntry> entries() {
        return entries;
    }

    /// The function of a name or alias, letter case ignored.
    public Optional<FunctionEntry> find(String name) {
        return Optional.ofNullable(byName.get(name.toLowerCase(Locale.ROOT)));
    }

    /// The expression for a call of function `name`; the name in `call` is what errors say.
    ///
    /// @throws EngineException UNRESOLVED_ROUTINE, WRONG_NUM_ARGS, DATATYPE_MISMATCH and the like
    public Expr resolve(String name, FunctionCall call) {
        FunctionEntry entry = find(name).orElseThrow(() -> unknown(name, call));
        return CollatedCalls.isOne(call)
                ? CollatedCalls.resolve(entry, call)
                : entry.resolver().resolve(call);
    }

    /// The expression for an operator between (or before) its operands.
    public Expr operator(String symbol, FunctionCall call) {
        return resolve(symbol, call.named(symbol));
    }

    private EngineException unknown(String name, FunctionCall call) {
        String suggestion = nearest(name).map(other -> " Did you mean `" + other + "`?").orElse("");
        return new EngineException(
                ErrorCode.UNRESOLVED_ROUTINE,
                Map.of("routineName", "`" + name + "`", "suggestion", suggestion),
                call.where());
    }

    private Optional<String> nearest(String name) {
        String wanted = name.toLowerCase(Locale.ROOT);
        int limit = Math.max(1, wanted.length() / 3);
        return byName.keySet().stream()
                .filter(other -> Character.isLetter(other.charAt(0)))
                .filter(other -> EditDistance.between(wanted, other) <= limit)
                .min(
                        Comparator.comparingInt(
                                        (String other) -> EditDistance.between(wanted, other))
                                .thenComparing(Comparator.naturalOrder()));
    }
}
