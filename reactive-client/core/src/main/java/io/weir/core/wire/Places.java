package io.weir.core.wire;

/** The places that one {@link Lanes} has in the {@link Room}: as many as it has wires. Within the lanes' drain. */
final class Places {

    private final Room room;
    private int held;

    Places(Room room) {
        this.room = room;
    }

    boolean isFree() {
        return room.isFree();
    }

    boolean take() {
        if (!room.take()) {
            return false;
        }
        held++;
        return true;
    }

    /** Gives back the places of wires that are gone; tells whether there were any. */
    boolean shrinkTo(int wires) {
        int spare = held - wires;
        if (spare <= 0) {
            return false;
        }
        held -= spare;
        room.giveBack(spare);
        return true;
    }

    /** How many of the room others have. */
    int ofOthers() {
        return room.taken() - held;
    }

    /** To be called outside of the drain: others may take at once what was given back. */
    void tellOthers() {
        room.tell();
    }
}
