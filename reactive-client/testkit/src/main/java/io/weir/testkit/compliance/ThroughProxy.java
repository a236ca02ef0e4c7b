package io.weir.testkit.compliance;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * On a test of the suite that stands between driver and server, or takes the server's place: it is not applicable where
 * nobody can, as {@link Fixture#noProxy()} says.
 */
@Documented
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface ThroughProxy {}
