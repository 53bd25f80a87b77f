package dev.vitrine.gateway;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Instant;
import org.springframework.web.bind.annotation.RestController;

@AnalyzeClasses(
        packages = "dev.vitrine.gateway",
        importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule ownClassesOnly =
            noClasses()
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(
                            "dev.vitrine.embedding..",
                            "dev.vitrine.index..",
                            "dev.vitrine.recommender..",
                            "dev.vitrine.retrieval..",
                            "dev.vitrine.standalone..",
                            "jdk.incubator.vector..");

    @ArchTest
    static final ArchRule noCycles =
            slices().matching("dev.vitrine.gateway.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule featuresDoNotKnowEachOther =
            slices().matching("dev.vitrine.gateway.(catalog|search|recommend)..")
                    .should()
                    .notDependOnEachOther();

    @ArchTest
    static final ArchRule gatewayKnowsNoKafkaClientAndNoDatabase =
            noClasses()
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage("org.apache.kafka..", "java.sql..", "javax.sql..");

    @ArchTest
    static final ArchRule controllersArePackagePrivate =
            classes().that().areAnnotatedWith(RestController.class).should().bePackagePrivate();

    @ArchTest
    static final ArchRule nobodyReadsTheSystemClock =
            noClasses()
                    .should()
                    .callMethod(System.class, "currentTimeMillis")
                    .orShould()
                    .callMethod(Instant.class, "now");
}
