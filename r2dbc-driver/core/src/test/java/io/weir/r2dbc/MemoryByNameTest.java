package io.weir.r2dbc;

/** Values bound by name. */
class MemoryByNameTest extends MemoryTestKit<String> {

    @Override
    public String block() {
        return "by name";
    }

    @Override
    public String getPlaceholder(int index) {
        return ":v" + index;
    }

    @Override
    public String getIdentifier(int index) {
        return "v" + index;
    }
}
