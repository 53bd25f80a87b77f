package dev.vitrine.standalone;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Clock;
import java.time.Instant;

@AnalyzeClasses(
        packages = "dev.vitrine.standalone",
        importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule packages_haveNoCycles =
            slices().matching("dev.vitrine.standalone.(*)..").should().beFreeOfCycles();

    /** The commands use Vitrine as everybody does; only the runtime starts what it is made of. */
    @ArchTest
    static final ArchRule services_areStartedInOnePackage =
            noClasses()
                    .that()
                    .resideOutsideOfPackages(
                            "dev.vitrine.standalone.runtime..",
                            "dev.vitrine.standalone.evaluation..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(
                            "dev.vitrine.embedded..",
                            "dev.vitrine.embedding..",
                            "dev.vitrine.index..",
                            "dev.vitrine.retrieval..",
                            "dev.vitrine.recommender..",
                            "dev.vitrine.gateway..",
                            "org.springframework..");

    /** No shortcut past the interfaces: of a service the launcher knows its name only. */
    @ArchTest
    static final ArchRule services_areNotCalledAsClasses =
            noClasses()
                    .that()
                    .resideOutsideOfPackage("dev.vitrine.standalone.evaluation..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(
                            "dev.vitrine.embedding..",
                            "dev.vitrine.index..",
                            "dev.vitrine.retrieval..",
                            "dev.vitrine.recommender..",
                            "dev.vitrine.gateway..");

    /** What is measured must be what answers; more of the service is not needed for it. */
    @ArchTest
    static final ArchRule evaluation_knowsAlgorithmsOnly =
            noClasses()
                    .that()
                    .resideInAPackage("dev.vitrine.standalone.evaluation..")
                    .should()
                    .dependOnClassesThat(
                            resideInAnyPackage(
                                            "dev.vitrine.embedding..",
                                            "dev.vitrine.index..",
                                            "dev.vitrine.retrieval..",
                                            "dev.vitrine.recommender..",
                                            "dev.vitrine.gateway..",
                                            "org.springframework..")
                                    .and(
                                            resideOutsideOfPackage(
                                                    "dev.vitrine.recommender.algorithm..")));

    @ArchTest
    static final ArchRule processes_areStartedInOnePlace =
            noClasses()
                    .that()
                    .doNotHaveSimpleName("ChildJvm")
                    .should()
                    .dependOnClassesThat()
                    .haveFullyQualifiedName("java.lang.ProcessBuilder");

    @ArchTest
    static final ArchRule parser_staysWithTheCommands =
            noClasses()
                    .that()
                    .resideOutsideOfPackage("dev.vitrine.standalone.command..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage("picocli..");

    @ArchTest
    static final ArchRule nobody_readsTheWallClock =
            noClasses()
                    .that()
                    .doNotHaveSimpleName("Environment")
                    .should()
                    .callMethod(System.class, "currentTimeMillis")
                    .orShould()
                    .callMethod(Instant.class, "now")
                    .orShould()
                    .callMethod(Clock.class, "systemUTC");

    @ArchTest
    static final ArchRule nobody_printsPastTheConsole =
            noClasses()
                    .should()
                    .accessField(System.class, "out")
                    .orShould()
                    .accessField(System.class, "err");
}
