package dev.vitrine.plan;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/// The plan visualizer draws what the engine publishes and never reaches into a plan.
@AnalyzeClasses(packages = "dev.vitrine.plan", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule onlyWhatTheEnginePublishes =
            noClasses()
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(
                            "dev.vitrine.engine.batch..",
                            "dev.vitrine.engine.memory..",
                            "dev.vitrine.engine.kernel..",
                            "dev.vitrine.engine.expr..",
                            "dev.vitrine.engine.function..",
                            "dev.vitrine.engine.spi..",
                            "dev.vitrine.engine.logical..",
                            "dev.vitrine.engine.catalog..",
                            "dev.vitrine.engine.sql..",
                            "dev.vitrine.engine.analysis..",
                            "dev.vitrine.engine.optimizer..",
                            "dev.vitrine.engine.physical..",
                            "dev.vitrine.engine.storage..",
                            "dev.vitrine.engine.codegen..",
                            "dev.vitrine.engine.operator..",
                            "dev.vitrine.engine.schedule..",
                            "dev.vitrine.engine.rdd..",
                            "dev.vitrine.engine.record..",
                            "dev.vitrine.engine.api..",
                            "dev.vitrine.engine.pipeline..",
                            "org.apache.arrow..");

    @ArchTest
    static final ArchRule onlyTheMailboxTouchesPlatform =
            noClasses()
                    .that()
                    .haveNameNotMatching("dev\\.vitrine\\.plan\\.FrameMailbox(\\$.*)?")
                    .should()
                    .dependOnClassesThat()
                    .haveFullyQualifiedName("javafx.application.Platform");

    @ArchTest
    static final ArchRule layoutIsPureFunctions =
            noClasses()
                    .that()
                    .resideInAnyPackage("dev.vitrine.plan.graph..", "dev.vitrine.plan.layout..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage("javafx..")
                    .allowEmptyShould(true);

    @ArchTest
    static final ArchRule noUnsafe =
            noClasses()
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage("sun.misc..", "jdk.internal..");

    @ArchTest
    static final ArchRule packagesAreFreeOfCycles =
            slices().matching("dev.vitrine.plan.(*)..")
                    .should()
                    .beFreeOfCycles()
                    .allowEmptyShould(true);
}
