package io.weir.benchmarks.peer.iotdb;

import io.weir.benchmarks.worker.Checksum;
import java.util.List;
import java.util.Locale;
import org.apache.iotdb.rpc.IoTDBConnectionException;
import org.apache.iotdb.rpc.StatementExecutionException;
import org.apache.iotdb.session.Session;
import org.apache.tsfile.enums.TSDataType;
import org.apache.tsfile.write.record.Tablet;
import org.apache.tsfile.write.schema.IMeasurementSchema;
import org.apache.tsfile.write.schema.MeasurementSchema;

/**
 * Writes the data that both sides scan: one aligned device of the tree model with an INT64, a DOUBLE, a BOOLEAN and a
 * TEXT of 14 characters, one row per millisecond, and no nulls.
 */
final class Loader {

    private static final String DEVICE = "root.bench.scan";
    private static final long FIRST_TIME = 1_700_000_000_000L;
    private static final int TABLET_ROWS = 10_000;

    private final Session session;
    private final int rows;

    Loader(Session session, int rows) {
        this.session = session;
        this.rows = rows;
    }

    void load(Checksum checksum) throws IoTDBConnectionException, StatementExecutionException {
        session.createDatabase("root.bench");
        List<IMeasurementSchema> columns = List.of(
                new MeasurementSchema("counter", TSDataType.INT64),
                new MeasurementSchema("temperature", TSDataType.DOUBLE),
                new MeasurementSchema("running", TSDataType.BOOLEAN),
                new MeasurementSchema("label", TSDataType.TEXT));
        Tablet tablet = new Tablet(DEVICE, columns, TABLET_ROWS);
        for (int row = 0; row < rows; row++) {
            fill(tablet, tablet.getRowSize(), row);
            checksum.endRow();
            if (tablet.getRowSize() == TABLET_ROWS || row == rows - 1) {
                session.insertAlignedTablet(tablet, true);
                tablet.reset();
            }
        }
        // From here on a scan reads files, as it would after a day, and not the write buffer.
        session.executeNonQueryStatement("FLUSH");
    }

    private static void fill(Tablet tablet, int index, int row) {
        tablet.addTimestamp(index, FIRST_TIME + row);
        tablet.addValue(index, 0, row * 7_919L);
        tablet.addValue(index, 1, 20 + Math.sin(row / 1000.0) * 5);
        tablet.addValue(index, 2, row % 3 == 0);
        tablet.addValue(index, 3, String.format(Locale.ROOT, "machine-%06d", row % 1_000_000));
    }
}
