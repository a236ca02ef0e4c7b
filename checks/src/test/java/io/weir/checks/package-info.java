/**
 * What no compiler proves: the arrows between artifacts and rooms, what may be called, what users see, what the
 * documents promise. Each rule is proven to bite on a small planted violation.
 */
@NullMarked
package io.weir.checks;

import org.jspecify.annotations.NullMarked;
