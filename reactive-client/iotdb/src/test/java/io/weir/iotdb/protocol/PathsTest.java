package io.weir.iotdb.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PathsTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "root",
                "root.a.b1",
                "root.**",
                "root.*.s",
                "root.a.`b c; drop`.d",
                "root.`x``y`",
                "root.Halle_1.größe"
            })
    void aPathStaysAsItIs(String path) {
        assertThat(Paths.checked(path)).isEqualTo(path);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ".",
                "root.",
                "root..a",
                "root.a b",
                "root.a limit 1",
                "root.a;",
                "root.'a'",
                "root.\"a\"",
                "root.`a",
                "root.`a`b`",
                "root.a\nlimit",
                "root.f(a)",
                "root.a,root.b"
            })
    void whatCouldEndAStatementIsNoPath(String path) {
        assertThatThrownBy(() -> Paths.checked(path))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("is no path");
    }

    @Test
    void aNameMayHoldAnything() {
        assertThat(Paths.quoted("a `b` c")).isEqualTo("`a ``b`` c`");
    }
}
