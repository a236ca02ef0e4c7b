/**
 * The harness: starts ours and a peer in JVMs of their own, lets them work by turns, and compares medians. Systems have
 * packages of their own beside this one.
 */
@NullMarked
package io.weir.benchmarks;

import org.jspecify.annotations.NullMarked;
