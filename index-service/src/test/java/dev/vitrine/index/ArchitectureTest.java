package dev.vitrine.index;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import org.springframework.web.bind.annotation.RestController;

@AnalyzeClasses(
        packages = "dev.vitrine.index",
        importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    private static final String[] WRITER = {
        "dev.vitrine.index.catalog..",
        "dev.vitrine.index.command..",
        "dev.vitrine.index.intake..",
        "dev.vitrine.index.outbox..",
        "dev.vitrine.index.scan..",
        "dev.vitrine.index.store..",
        "dev.vitrine.index.task..",
        "dev.vitrine.index.transaction..",
        "dev.vitrine.index.worker.."
    };

    private static final String[] SHARD = {
        "dev.vitrine.index.apply..",
        "dev.vitrine.index.text..",
        "dev.vitrine.index.vector..",
        "dev.vitrine.index.column..",
        "dev.vitrine.index.execute..",
        "dev.vitrine.index.quality..",
        "dev.vitrine.index.snapshot.."
    };

    @ArchTest
    static final ArchRule ownClassesOnly =
            noClasses()
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(
                            "dev.vitrine.embedding..",
                            "dev.vitrine.retrieval..",
                            "dev.vitrine.recommender..",
                            "dev.vitrine.gateway..",
                            "dev.vitrine.standalone..",
                            "dev.vitrine.embedded..",
                            "jdk.incubator.vector..");

    @ArchTest
    static final ArchRule noCycles =
            slices().matching("dev.vitrine.index.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule writerKnowsNoShard =
            noClasses()
                    .that()
                    .resideInAnyPackage(WRITER)
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(SHARD);

    /** A shard needs no database: its state comes by topic, and a search never reads PostgreSQL. */
    @ArchTest
    static final ArchRule shardKnowsNeitherWriterNorDatabase =
            noClasses()
                    .that()
                    .resideInAnyPackage(SHARD)
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(
                            "dev.vitrine.index.catalog..",
                            "dev.vitrine.index.command..",
                            "dev.vitrine.index.outbox..",
                            "dev.vitrine.index.scan..",
                            "dev.vitrine.index.store..",
                            "java.sql..",
                            "javax.sql..",
                            "org.springframework.jdbc..",
                            "org.springframework.data..");

    @ArchTest
    static final ArchRule vectorsBesideProductsKnowNoOtherFeature =
            noClasses()
                    .that()
                    .resideInAPackage("dev.vitrine.index.store..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(
                            "dev.vitrine.index.catalog..", "dev.vitrine.index.outbox..");

    @ArchTest
    static final ArchRule controllersArePackagePrivate =
            classes().that().areAnnotatedWith(RestController.class).should().bePackagePrivate();

    @ArchTest
    static final ArchRule nobodyReadsTheSystemClock =
            noClasses()
                    .should()
                    .callMethod(System.class, "currentTimeMillis")
                    .orShould()
                    .callMethod(Instant.class, "now")
                    .orShould()
                    .callMethod(LocalDate.class, "now")
                    .orShould()
                    .callMethod(LocalDateTime.class, "now");
}
