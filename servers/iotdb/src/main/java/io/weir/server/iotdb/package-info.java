/**
 * A real Apache IoTDB as a child process, for tests, samples, benchmarks and the {@code dev} script.
 *
 * <p>Needs the JDK alone. The server's own class path is kept apart in a file, so that its old Netty and Reactor never
 * meet ours.
 */
@NullMarked
package io.weir.server.iotdb;

import org.jspecify.annotations.NullMarked;
