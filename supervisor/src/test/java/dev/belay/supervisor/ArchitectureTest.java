package dev.belay.supervisor;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.io.FileDescriptor;
import java.nio.channels.FileChannel;
import java.nio.file.CopyOption;
import java.nio.file.Files;
import java.nio.file.Path;

/// The rules of `docs/architecture.md`, for this module.
@AnalyzeClasses(
        packages = "dev.belay.supervisor",
        importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest
    static final ArchRule NO_PACKAGE_CYCLES =
            slices().matching("dev.belay.supervisor.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule USES_ONLY_WHAT_IT_MAY =
            noClasses().should().dependOnClassesThat().resideInAPackage("dev.belay.server..");

    @ArchTest
    static final ArchRule ONLY_DURABLE_MOVES =
            noClasses()
                    .should()
                    .callMethod(Files.class, "move", Path.class, Path.class, CopyOption[].class);

    @ArchTest
    static final ArchRule ONLY_DURABLE_FORCES_FILES =
            noClasses().should().callMethod(FileChannel.class, "force", boolean.class);

    @ArchTest
    static final ArchRule ONLY_DURABLE_SYNCS_DESCRIPTORS =
            noClasses().should().callMethod(FileDescriptor.class, "sync");

    @ArchTest
    static final ArchRule ONLY_SERVICE_AND_DATABASE_START_PROCESSES =
            noClasses()
                    .that()
                    .resideOutsideOfPackages("..supervisor.service..", "..supervisor.database..")
                    .should()
                    .dependOnClassesThat()
                    .belongToAnyOf(ProcessBuilder.class);

    @ArchTest
    static final ArchRule CLI_IS_OUTERMOST =
            noClasses()
                    .that(
                            com.tngtech.archunit.base.DescribedPredicate.not(
                                    resideInAPackage("..supervisor.cli..")))
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage("..supervisor.cli..");

    @ArchTest
    static final ArchRule MERGE_IS_PURE =
            noClasses()
                    .that()
                    .resideInAnyPackage("..supervisor.merge..", "..supervisor.settings..")
                    .should()
                    .dependOnClassesThat()
                    .belongToAnyOf(Files.class, FileChannel.class, ProcessBuilder.class);
}
