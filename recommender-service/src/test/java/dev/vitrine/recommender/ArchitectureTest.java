package dev.vitrine.recommender;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Clock;
import java.time.Instant;
import org.springframework.web.bind.annotation.RestController;

@AnalyzeClasses(
        packages = "dev.vitrine.recommender",
        importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule services_neverSeeEachOther =
            noClasses()
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(
                            "dev.vitrine.index..",
                            "dev.vitrine.retrieval..",
                            "dev.vitrine.embedding..",
                            "dev.vitrine.gateway..",
                            "dev.vitrine.standalone..");

    @ArchTest
    static final ArchRule features_haveNoCycles =
            slices().matching("dev.vitrine.recommender.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule kafka_staysWithTheReaders =
            noClasses()
                    .that()
                    .resideOutsideOfPackages(
                            "dev.vitrine.recommender.catalog..",
                            "dev.vitrine.recommender.interaction..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage("org.apache.kafka..");

    /** Tools measure with these classes, without a service around them. */
    @ArchTest
    static final ArchRule learning_isPlainJava =
            noClasses()
                    .that()
                    .resideInAnyPackage(
                            "dev.vitrine.recommender.algorithm",
                            "dev.vitrine.recommender.algorithm.boughttogether..",
                            "dev.vitrine.recommender.algorithm.sessionknn..",
                            "dev.vitrine.recommender.algorithm.trending..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(
                            "org.springframework..",
                            "dev.vitrine.contracts..",
                            "dev.vitrine.servicekit..");

    @ArchTest
    static final ArchRule controllers_arePackagePrivate =
            classes().that().areAnnotatedWith(RestController.class).should().bePackagePrivate();

    @ArchTest
    static final ArchRule clocks_areInjected =
            noClasses()
                    .should()
                    .callMethod(System.class, "currentTimeMillis")
                    .orShould()
                    .callMethod(Instant.class, "now")
                    .orShould()
                    .callMethod(Clock.class, "systemUTC");
}
