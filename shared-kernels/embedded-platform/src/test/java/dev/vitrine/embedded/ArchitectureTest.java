package dev.vitrine.embedded;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(
        packages = "dev.vitrine.embedded",
        importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule knowsNoSpringAndNoOtherModule =
            noClasses()
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(
                            "org.springframework..",
                            "dev.vitrine.contracts..",
                            "dev.vitrine.servicekit..",
                            "dev.vitrine.kernels..",
                            "dev.vitrine.evaluation..");

    /** Classes that Kafka does not promise to keep have one address. */
    @ArchTest
    static final ArchRule kafkasInsidesAreKnownToOneClass =
            noClasses()
                    .that()
                    .doNotHaveSimpleName("EmbeddedKafka")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(
                            "kafka..", "org.apache.kafka.metadata..", "org.apache.kafka.server..");

    @ArchTest
    static final ArchRule processesAreRunInOnePlace =
            noClasses()
                    .that()
                    .doNotHaveSimpleName("HostCommand")
                    .should()
                    .dependOnClassesThat()
                    .haveFullyQualifiedName("java.lang.ProcessBuilder");

    @ArchTest
    static final ArchRule nobodyReadsTheWallClock =
            noClasses()
                    .should()
                    .callMethod(System.class, "currentTimeMillis")
                    .orShould()
                    .callMethod("java.time.Instant", "now");

    @ArchTest
    static final ArchRule nobodyPrints =
            noClasses()
                    .should()
                    .accessField(System.class, "out")
                    .orShould()
                    .accessField(System.class, "err");
}
