package io.weir.testkit.compliance;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** On a test of the suite: it applies to stores that can do this. For other stores it is reported as not applicable. */
@Documented
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface Needs {

    Capability value();

    /** Turns it round: the test is for stores that can not, and shows how the driver refuses. */
    boolean missing() default false;
}
