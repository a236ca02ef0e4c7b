package io.weir.r2dbc;

/** Values bound by position. */
class MemoryByPositionTest extends MemoryTestKit<Integer> {

    @Override
    public String block() {
        return "by position";
    }

    @Override
    public String getPlaceholder(int index) {
        return "?";
    }

    @Override
    public Integer getIdentifier(int index) {
        return index;
    }
}
