package dev.belay.server;

import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/// The drawing in docs/architecture.md, as far as this module goes.
@AnalyzeClasses(packages = "dev.belay.server", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest
    static final ArchRule packagesHaveNoCycles =
            slices().matching("dev.belay.server.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule nothingKnowsTheSupervisor =
            noClasses().should().dependOnClassesThat().resideInAPackage("dev.belay.supervisor..");

    @ArchTest
    static final ArchRule cliIsTheOutermostPackage =
            noClasses()
                    .that()
                    .resideOutsideOfPackage("dev.belay.server.cli")
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage("dev.belay.server.cli");

    @ArchTest
    static final ArchRule onlyHttpKnowsTheWebServer =
            noClasses()
                    .that()
                    .resideOutsideOfPackage("dev.belay.server.http")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage("io.javalin..", "org.eclipse.jetty..", "jakarta..");

    @ArchTest
    static final ArchRule onlyStorageKnowsTheDatabase =
            noClasses()
                    .that()
                    .resideOutsideOfPackage("dev.belay.server.storage")
                    .and()
                    .doNotHaveFullyQualifiedName("dev.belay.server.fleet.Fleet")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage("java.sql..", "org.sqlite..", "org.flywaydb..");

    @ArchTest
    static final ArchRule nothingMovesFilesOrForcesThemToDiskByItself =
            noClasses()
                    .should()
                    .callMethodWhere(JavaCall.Predicates.target(name("move").or(name("force"))));

    @ArchTest
    static final ArchRule nothingStartsProcesses =
            noClasses().should().dependOnClassesThat().areAssignableTo(ProcessBuilder.class);
}
