/** What values are in TDengine: types, the fields of prepared statements, batches of values. Imports nothing of ours but core. */
@NullMarked
package io.weir.tdengine.type;

import org.jspecify.annotations.NullMarked;
