package dev.vitrine.app;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/// What the workbench may know, and who in it owns the toolkit.
@AnalyzeClasses(packages = "dev.vitrine.app", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule connectorsComeByServiceLoader =
            noClasses().should().dependOnClassesThat().resideInAPackage("dev.vitrine.connectors..");

    @ArchTest
    static final ArchRule theInsideOfTheEngineIsClosed =
            noClasses()
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(
                            "dev.vitrine.engine.kernel..",
                            "dev.vitrine.engine.expr..",
                            "dev.vitrine.engine.logical..",
                            "dev.vitrine.engine.analysis..",
                            "dev.vitrine.engine.optimizer..",
                            "dev.vitrine.engine.physical..",
                            "dev.vitrine.engine.storage..",
                            "dev.vitrine.engine.codegen..",
                            "dev.vitrine.engine.operator..",
                            "dev.vitrine.engine.schedule..");

    @ArchTest
    static final ArchRule onlyTheWorkbenchTouchesPlatform =
            noClasses()
                    .that()
                    .resideOutsideOfPackage("dev.vitrine.app.workbench..")
                    .should()
                    .dependOnClassesThat()
                    .haveFullyQualifiedName("javafx.application.Platform");

    /// So that `vitrine sql` starts without JavaFX; the class named `…Launcher` is the one door.
    @ArchTest
    static final ArchRule theCommandLineHoldsNoJavaFx =
            noClasses()
                    .that()
                    .resideInAnyPackage("dev.vitrine.app.cli..", "dev.vitrine.app.bench..")
                    .and()
                    .haveNameNotMatching(".*Launcher(\\$.*)?")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage("javafx..", "atlantafx..");

    @ArchTest
    static final ArchRule noUnsafe =
            noClasses()
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage("sun.misc..", "jdk.internal..");

    @ArchTest
    static final ArchRule packagesAreFreeOfCycles =
            slices().matching("dev.vitrine.app.(*)..")
                    .should()
                    .beFreeOfCycles()
                    .allowEmptyShould(true);
}
