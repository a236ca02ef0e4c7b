package io.weir.server.tdengine.session;

import java.util.Arrays;

/** A server's version, compared by its numbers; what follows them does not count. */
record Version(String text) {

    private static final int NUMBERS = 4;

    static Version of(String text) {
        return new Version(text);
    }

    boolean isBefore(int... other) {
        return Arrays.compare(numbers(), other) < 0;
    }

    private int[] numbers() {
        String[] words = text.split("[^0-9]+", -1);
        int[] numbers = new int[NUMBERS];
        for (int i = 0; i < NUMBERS && i < words.length && !words[i].isEmpty(); i++) {
            numbers[i] = Integer.parseInt(words[i]);
        }
        return numbers;
    }
}
