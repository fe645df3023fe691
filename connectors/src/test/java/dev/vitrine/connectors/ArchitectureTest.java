package dev.vitrine.connectors;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/// What a connector may know: the engine's seams, never its inside, and no other connector.
@AnalyzeClasses(packages = "dev.vitrine.connectors", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule noUserInterface =
            noClasses()
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(
                            "javafx..", "com.sun.javafx..", "java.awt..", "javax.swing..");

    @ArchTest
    static final ArchRule noUnsafe =
            noClasses()
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage("sun.misc..", "jdk.internal..");

    @ArchTest
    static final ArchRule theInsideOfTheEngineIsClosed =
            noClasses()
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(
                            "dev.vitrine.engine.analysis..",
                            "dev.vitrine.engine.optimizer..",
                            "dev.vitrine.engine.physical..",
                            "dev.vitrine.engine.codegen..",
                            "dev.vitrine.engine.operator..",
                            "dev.vitrine.engine.schedule..",
                            "dev.vitrine.engine.snapshot..");

    @ArchTest
    static final ArchRule connectorsAreFreeOfCycles =
            slices().matching("dev.vitrine.connectors.(*)..")
                    .should()
                    .beFreeOfCycles()
                    .allowEmptyShould(true);
}
