package dev.belay.packaging;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import dev.belay.packaging.digest.Digests;
import java.nio.channels.FileChannel;
import java.nio.file.CopyOption;
import java.nio.file.Files;
import java.nio.file.Path;

@AnalyzeClasses(
        packages = "dev.belay.packaging",
        importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest
    static final ArchRule packagesHaveNoCycles =
            slices().matching("dev.belay.packaging.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule onlyTheDiskForces =
            noClasses()
                    .that()
                    .doNotHaveFullyQualifiedName("dev.belay.packaging.durable.Disk")
                    .should()
                    .callMethod(FileChannel.class, "force", boolean.class);

    @ArchTest
    static final ArchRule onlyTheDiskMoves =
            noClasses()
                    .that()
                    .doNotHaveFullyQualifiedName("dev.belay.packaging.durable.Disk")
                    .should()
                    .callMethod(Files.class, "move", Path.class, Path.class, CopyOption[].class);

    @ArchTest
    static final ArchRule failureNamesFailuresOfIoAndDoesNone =
            noClasses()
                    .that()
                    .resideInAPackage("..failure..")
                    .should()
                    .dependOnClassesThat(
                            resideOutsideOfPackages(
                                            "java.lang..",
                                            "java.util..",
                                            "org.jspecify..",
                                            "dev.belay.packaging.failure..")
                                    .and(not(assignableTo(Exception.class))));

    @ArchTest
    static final ArchRule digestReadsNoFiles =
            noClasses()
                    .that()
                    .resideInAPackage("..digest..")
                    .and()
                    .doNotBelongToAnyOf(Digests.class)
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage("java.nio.file..", "java.nio.channels..", "java.net..");

    @ArchTest
    static final ArchRule nobodyStartsProcesses =
            noClasses().should().dependOnClassesThat().belongToAnyOf(ProcessBuilder.class);
}
