package io.weir.benchmarks.peer.iotdb;

import io.weir.benchmarks.worker.Run;
import io.weir.benchmarks.worker.iotdb.Data;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.iotdb.rpc.IoTDBConnectionException;
import org.apache.iotdb.rpc.StatementExecutionException;
import org.apache.iotdb.session.Session;
import org.apache.tsfile.enums.TSDataType;
import org.apache.tsfile.write.record.Tablet;
import org.apache.tsfile.write.schema.IMeasurementSchema;
import org.apache.tsfile.write.schema.MeasurementSchema;

/** Writes the data that both sides read, to aligned devices of the tree model. */
final class Loader {

    static final List<IMeasurementSchema> COLUMNS = List.of(
            new MeasurementSchema("counter", TSDataType.INT64),
            new MeasurementSchema("temperature", TSDataType.DOUBLE),
            new MeasurementSchema("running", TSDataType.BOOLEAN),
            new MeasurementSchema("label", TSDataType.TEXT));

    private static final int TABLET_ROWS = 10_000;

    private final Session session;

    Loader(Session session) {
        this.session = session;
    }

    /** As many rows as the size says. */
    void scan(Run run) throws IoTDBConnectionException, StatementExecutionException {
        load(run, new Tablet(Data.SCAN, COLUMNS, TABLET_ROWS), run.size());
    }

    /** As many rows as the size says. */
    void longer(Run run) throws IoTDBConnectionException, StatementExecutionException {
        load(run, new Tablet(Data.LONG, COLUMNS, TABLET_ROWS), run.size());
    }

    void wide(Run run) throws IoTDBConnectionException, StatementExecutionException {
        List<IMeasurementSchema> columns = IntStream.range(0, Data.WIDE_COLUMNS)
                .<IMeasurementSchema>mapToObj(i -> new MeasurementSchema(Data.wideColumn(i), TSDataType.DOUBLE))
                .toList();
        load(run, new Tablet(Data.WIDE, columns, TABLET_ROWS), Data.WIDE_ROWS);
    }

    private void load(Run run, Tablet tablet, int rows) throws IoTDBConnectionException, StatementExecutionException {
        for (int row = 0; row < rows; row++) {
            fill(tablet, tablet.getRowSize(), row);
            run.checksum().endRow();
            if (tablet.getRowSize() == TABLET_ROWS || row == rows - 1) {
                session.insertAlignedTablet(tablet, true);
                tablet.reset();
            }
        }
        // From here on a scan reads files, as it would after a day, and not the write buffer.
        session.executeNonQueryStatement("FLUSH");
    }

    /** One row, by the setters without boxes. */
    static void fill(Tablet tablet, int index, long row) {
        tablet.addTimestamp(index, Data.FIRST_TIME + row);
        if (tablet.getSchemas().size() == Data.WIDE_COLUMNS) {
            for (int column = 0; column < Data.WIDE_COLUMNS; column++) {
                tablet.addValue(index, column, Data.temperature(row + column));
            }
            return;
        }
        tablet.addValue(index, 0, Data.counter(row));
        tablet.addValue(index, 1, Data.temperature(row));
        tablet.addValue(index, 2, Data.running(row));
        tablet.addValue(index, 3, Data.label(row));
    }
}
