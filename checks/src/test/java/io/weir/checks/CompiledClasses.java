package io.weir.checks;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;

/** The classes that the rules look at. */
final class CompiledClasses {

    private static final ImportOption NOT_THE_CHECKS_THEMSELVES =
            location -> !location.contains("/io/weir/checks/") && !location.contains("/checks/target/");

    private CompiledClasses() {}

    /** Main code of every artifact of the project that is on the class path. */
    static JavaClasses ofTheProject() {
        return Holder.PROJECT;
    }

    /** A planted violation alone. */
    static JavaClasses planted(String base) {
        return new ClassFileImporter().importPackages(base);
    }

    private static final class Holder {
        static final JavaClasses PROJECT = new ClassFileImporter()
                .withImportOption(NOT_THE_CHECKS_THEMSELVES)
                .importPackages("io.weir");
    }
}
