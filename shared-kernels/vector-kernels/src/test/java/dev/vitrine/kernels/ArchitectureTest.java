package dev.vitrine.kernels;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(
        packages = "dev.vitrine.kernels",
        importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule vectorApi_isBehindTheSimdClasses =
            noClasses()
                    .that()
                    .haveNameNotMatching("dev\\.vitrine\\.kernels\\.vector\\.Simd\\w*")
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage("jdk.incubator..");

    @ArchTest
    static final ArchRule kernels_needOnlyTheJdkAndNullnessAnnotations =
            classes()
                    .should()
                    .onlyDependOnClassesThat()
                    .resideInAnyPackage(
                            "dev.vitrine.kernels..",
                            "java..",
                            "jdk.incubator.vector..",
                            "org.jspecify.annotations..");

    @ArchTest
    static final ArchRule packages_dependOneWay =
            slices().matching("dev.vitrine.kernels.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule vector_knowsNobody =
            noClasses()
                    .that()
                    .resideInAPackage("dev.vitrine.kernels.vector..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(
                            "dev.vitrine.kernels.engine..", "dev.vitrine.kernels.exact..");

    @ArchTest
    static final ArchRule port_doesNotKnowItsImplementations =
            noClasses()
                    .that()
                    .resideInAPackage("dev.vitrine.kernels.engine..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage("dev.vitrine.kernels.exact..");
}
