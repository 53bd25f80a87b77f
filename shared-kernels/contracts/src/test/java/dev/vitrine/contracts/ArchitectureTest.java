package dev.vitrine.contracts;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(
        packages = "dev.vitrine.contracts",
        importOptions = ImportOption.DoNotIncludeTests.class)
final class ArchitectureTest {

    @ArchTest
    static final ArchRule contracts_know_neither_spring_nor_kafka_nor_other_modules =
            noClasses()
                    .should()
                    .dependOnClassesThat(
                            resideInAPackage("org.springframework..")
                                    .or(resideInAPackage("org.apache.kafka.."))
                                    .or(
                                            resideInAPackage("dev.vitrine..")
                                                    .and(
                                                            not(
                                                                    resideInAPackage(
                                                                            "dev.vitrine.contracts..")))));

    @ArchTest
    static final ArchRule packages_have_no_cycles =
            slices().matching("dev.vitrine.contracts.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule nobody_reads_the_system_clock =
            noClasses()
                    .should()
                    .callMethod(System.class, "currentTimeMillis")
                    .orShould()
                    .callMethod(java.time.Instant.class, "now");

    @ArchTest
    static final ArchRule public_types_are_immutable =
            classes().that().arePublic().should().haveOnlyFinalFields();
}
