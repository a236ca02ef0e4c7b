package io.weir.iotdb.protocol;

import io.weir.iotdb.type.BackupInfo;

/** Asks whether the server copies its writes to a second one. */
public record GetBackup() implements Request<GetBackup.Backup> {

    /** What the server says, if the status says so. */
    public record Backup(Status status, BackupInfo info) {}

    @Override
    public String method() {
        return "getBackupConfiguration";
    }

    @Override
    public void writeArguments(ThriftOutput out) {
        // Takes none.
    }

    @Override
    public Backup readValue(ThriftInput in) {
        in.expect(ThriftType.STRUCT);
        Status status = Status.MISSING;
        boolean enabled = false;
        String address = "";
        int port = 0;
        in.beginStruct();
        while (in.nextField()) {
            switch (in.fieldId()) {
                case 1 -> status = Status.read(in);
                case 2 -> enabled = in.boolField();
                case 3 -> address = in.stringField();
                case 4 -> port = in.i32Field();
                default -> in.skip();
            }
        }
        return new Backup(status, new BackupInfo(enabled, address, port));
    }
}
