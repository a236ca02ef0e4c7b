/** What values are in IoTDB: types, dialects, the precision of time. Imports nothing of ours but core. */
@NullMarked
package io.weir.iotdb.type;

import org.jspecify.annotations.NullMarked;
