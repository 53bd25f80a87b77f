package dev.vitrine.servicekit;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Instant;

@AnalyzeClasses(
        packages = "dev.vitrine.servicekit",
        importOptions = ImportOption.DoNotIncludeTests.class)
final class ArchitectureTest {

    @ArchTest
    static final ArchRule the_kit_knows_no_service =
            noClasses()
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(
                            "dev.vitrine.embedding..",
                            "dev.vitrine.index..",
                            "dev.vitrine.retrieval..",
                            "dev.vitrine.recommender..",
                            "dev.vitrine.gateway..",
                            "dev.vitrine.standalone..",
                            "dev.vitrine.embedded..");

    @ArchTest
    static final ArchRule nobody_reads_the_system_clock =
            noClasses()
                    .should()
                    .callMethod(System.class, "currentTimeMillis")
                    .orShould()
                    .callMethod(Instant.class, "now");

    @ArchTest
    static final ArchRule the_incubator_module_stays_in_the_kernels =
            noClasses().should().dependOnClassesThat().resideInAPackage("jdk.incubator..");
}
