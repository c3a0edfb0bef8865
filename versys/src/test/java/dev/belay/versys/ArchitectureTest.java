package dev.belay.versys;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "dev.belay.versys", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest
    static final ArchRule packagesHaveNoCycles =
            slices().matching("dev.belay.versys.(**)").should().beFreeOfCycles();

    /// Bytes in, values out: no files, no network, no clock.
    @ArchTest
    static final ArchRule purePackagesDoNoIo =
            noClasses()
                    .that()
                    .resideInAnyPackage(
                            "..versys.version..",
                            "..versys.release..",
                            "..versys.graph..",
                            "..versys.plan..",
                            "..versys.picture..",
                            "..versys.metadata..",
                            "..versys.trust..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage("java.nio.file..", "java.nio.channels..", "java.net..")
                    .orShould()
                    .dependOnClassesThat()
                    .haveNameMatching(
                            "java\\.io\\.(File|FileInputStream|FileOutputStream|RandomAccessFile)")
                    .orShould()
                    .callMethod(java.time.Instant.class, "now");

    @ArchTest
    static final ArchRule onlyCommandsParseCommandLines =
            noClasses()
                    .that()
                    .resideOutsideOfPackages("..versys.cli..", "..versys.console..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage("picocli..");

    @ArchTest
    static final ArchRule commandsAreOutermost =
            noClasses()
                    .that()
                    .resideOutsideOfPackage("..versys.cli..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage("..versys.cli..");
}
