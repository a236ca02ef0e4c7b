package io.weir.testkit.compliance;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * On an override of an inherited test: it cannot apply to this store. It is not run, and reported as not applicable with the
 * reason, in one line.
 */
@Test
@ExtendWith(Applicability.class)
@Documented
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface NotApplicable {

    /** Why, in a few words: {@code %s has no transactions}, where {@code %s} is the {@link Reported#store() store}. */
    String value();
}
