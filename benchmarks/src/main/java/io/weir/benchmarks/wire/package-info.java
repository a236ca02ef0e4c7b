/** What a FIFO wire costs on NIO: one flush per burst, shared wires, bytes held while nobody asks. See ADR 4. */
@NullMarked
package io.weir.benchmarks.wire;

import org.jspecify.annotations.NullMarked;
