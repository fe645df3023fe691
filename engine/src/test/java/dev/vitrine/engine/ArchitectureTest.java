package dev.vitrine.engine;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;

/// The engine's layers and the few permissions that single packages have.
@AnalyzeClasses(packages = "dev.vitrine.engine", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {

    /// The order in which the engine's packages may know each other, lowest first: a package sees
    /// its own row and the rows above it in this list, and never one further down.
    private static final List<List<String>> LAYERS =
            List.of(
                    List.of("error", "types", "settings"),
                    List.of("event", "batch", "memory"),
                    List.of("snapshot"),
                    List.of("kernel"),
                    List.of("expr"),
                    List.of("function"),
                    List.of("spi"),
                    List.of("logical"),
                    List.of("catalog", "sql", "analysis", "optimizer"),
                    List.of("physical"),
                    List.of("storage"),
                    List.of("codegen", "operator"),
                    List.of("schedule"),
                    List.of("rdd"),
                    List.of("record"),
                    List.of("eventlog"),
                    List.of("api"),
                    List.of("pipeline"));

    @ArchTest
    void packagesSeeOnlyLowerLayers(JavaClasses classes) {
        var architecture =
                layeredArchitecture()
                        .consideringOnlyDependenciesInLayers()
                        .withOptionalLayers(true)
                        .as("engine layers: " + LAYERS);
        for (var name : packages(0)) {
            architecture = architecture.layer(name).definedBy("dev.vitrine.engine." + name + "..");
        }
        for (int level = 1; level < LAYERS.size(); level++) {
            var users = packages(level).toArray(String[]::new);
            for (var name : LAYERS.get(level)) {
                architecture = architecture.whereLayer(name).mayOnlyBeAccessedByLayers(users);
            }
        }
        architecture.check(classes);
    }

    /// A package that the list above does not name would escape the rule of layers.
    @ArchTest
    static final ArchRule everyPackageHasALayer =
            classes()
                    .should()
                    .resideInAnyPackage(
                            packages(0).stream()
                                    .map(name -> "dev.vitrine.engine." + name + "..")
                                    .toArray(String[]::new))
                    .orShould()
                    .haveSimpleName("package-info");

    @ArchTest
    static final ArchRule packagesAreFreeOfCycles =
            slices().matching("dev.vitrine.engine.(*)..")
                    .should()
                    .beFreeOfCycles()
                    .allowEmptyShould(true);

    @ArchTest
    static final ArchRule noUserInterface =
            noClasses()
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(
                            "javafx..", "com.sun.javafx..", "java.awt..", "javax.swing..");

    @ArchTest
    static final ArchRule onlyMemTouchesUnsafe =
            noClasses()
                    .that()
                    .haveNameNotMatching("dev\\.vitrine\\.engine\\.batch\\.Mem(\\$.*)?")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage("sun.misc..", "jdk.internal..");

    @ArchTest
    static final ArchRule vectorsAreTouchedWhereDataIs =
            noClasses()
                    .that()
                    .resideOutsideOfPackages(
                            "dev.vitrine.engine.batch..",
                            "dev.vitrine.engine.kernel..",
                            "dev.vitrine.engine.operator..",
                            "dev.vitrine.engine.storage..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage("org.apache.arrow.vector..");

    private static List<String> packages(int fromLevel) {
        return LAYERS.subList(fromLevel, LAYERS.size()).stream().flatMap(List::stream).toList();
    }
}
