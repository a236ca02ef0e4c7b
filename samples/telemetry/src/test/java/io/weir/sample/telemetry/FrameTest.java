package io.weir.sample.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class FrameTest {

    private static final String TITLE = "Weir  r2dbc:iotdb://127.0.0.1:6667/plant";

    @Test
    void aTerminalOfTheUsualWidthShowsGaugesAndThreeCurvesForEachMachine() {
        assertThat(plain(Snapshots.live(5), new Size(80, 16))).isEqualTo("""
                        ╭─ Weir  r2dbc:iotdb://127.0.0.1:6667/plant ──────────────────────── 01:02:05 ─╮
                        │ loaded   ██████████████████████████ 100 %  200,000 rows  50,000/s by tablets │
                        │ written         600/s                                   ▁▅█      86,400 rows │
                        │ read            600/s                                   ███      86,280 rows │
                        │ replayed     49,876/s                                   ▂▇█   1,234,567 rows │
                        │ query          1.2 ms                                             p99 4.8 ms │
                        │ heap           42 MiB                                   ▄▅▄        of 96 MiB │
                        │ direct          4 MiB                                   ▂▂▂        of 32 MiB │
                        ├─ machines ────────────────────────────────── every value comes from a query ─┤
                        │ press-a   running   70.0 °C ▇▇▇▇████  2.50 mm/s      ▁▅█  12.3 kW      █▅▁   │
                        │ press-b   warming   71.0 °C ▇▇▇▇████  2.50 mm/s      ▁▅█  12.3 kW      █▅▁   │
                        │ press-c   fault     72.0 °C ▇▇▇▇████  2.50 mm/s      ▁▅█  12.3 kW      █▅▁   │
                        │ press-d   cooling   73.0 °C ▇▇▇▇████  2.50 mm/s      ▁▅█  12.3 kW      █▅▁   │
                        │ press-e   idle      74.0 °C ▇▇▇▇████  2.50 mm/s      ▁▅█  12.3 kW      █▅▁   │
                        │                                                                              │
                        ╰─ Ctrl-C to stop ─────────────────────────────────────────────────────────────╯""");
    }

    @Test
    void aWideOneShowsGaugesSideBySideAndLongerCurves() {
        assertThat(plain(Snapshots.live(5), new Size(112, 14))).isEqualTo("""
                        ╭─ Weir  r2dbc:iotdb://127.0.0.1:6667/plant ──────────────────────────────────────────────────────── 01:02:05 ─╮
                        │ loaded   ████████████████████████████████████████ 100 %  200,000 rows  50,000/s by tablets                   │
                        │ written         600/s           ▁▅█      86,400 rows   query          1.2 ms                     p99 4.8 ms  │
                        │ read            600/s           ███      86,280 rows   heap           42 MiB           ▄▅▄        of 96 MiB  │
                        │ replayed     49,876/s           ▂▇█   1,234,567 rows   direct          4 MiB           ▂▂▂        of 32 MiB  │
                        ├─ machines ────────────────────────────────────────────────────────────────── every value comes from a query ─┤
                        │ press-a   running   70.0 °C ▅▅▆▆▆▆▆▆▇▇▇▇▇▇▇████  2.50 mm/s                 ▁▅█  12.3 kW                 █▅▁  │
                        │ press-b   warming   71.0 °C ▅▅▆▆▆▆▆▆▇▇▇▇▇▇▇████  2.50 mm/s                 ▁▅█  12.3 kW                 █▅▁  │
                        │ press-c   fault     72.0 °C ▅▅▆▆▆▆▆▆▇▇▇▇▇▇▇████  2.50 mm/s                 ▁▅█  12.3 kW                 █▅▁  │
                        │ press-d   cooling   73.0 °C ▅▅▆▆▆▆▆▆▇▇▇▇▇▇▇████  2.50 mm/s                 ▁▅█  12.3 kW                 █▅▁  │
                        │ press-e   idle      74.0 °C ▅▅▆▆▆▆▆▆▇▇▇▇▇▇▇████  2.50 mm/s                 ▁▅█  12.3 kW                 █▅▁  │
                        │                                                                                                              │
                        │                                                                                                              │
                        ╰─ Ctrl-C to stop ─────────────────────────────────────────────────────────────────────────────────────────────╯""");
    }

    @Test
    void aSmallOneShowsWhatFitsAndHowManyMachinesDoNot() {
        assertThat(plain(Snapshots.live(12), new Size(44, 14))).isEqualTo("""
                        ╭─ Weir  r2dbc:iotdb://127.0.0.1:6667/p… ──╮
                        │ loaded    100 %  200,000 rows  50,000/s  │
                        │ written         600/s     86,400 rows    │
                        │ read            600/s     86,280 rows    │
                        │ replayed     49,876/s  1,234,567 rows    │
                        │ query          1.2 ms      p99 4.8 ms    │
                        │ heap           42 MiB       of 96 MiB    │
                        │ direct          4 MiB       of 32 MiB    │
                        ├─ machines ───────────────────────────────┤
                        │ press-a   running   70.0 °C ▆▇▇▇▇▇▇▇████ │
                        │ press-b   warming   71.0 °C ▆▇▇▇▇▇▇▇████ │
                        │ press-c   fault     72.0 °C ▆▇▇▇▇▇▇▇████ │
                        │ … 9 more: make the window higher         │
                        ╰─ Ctrl-C to stop ─────────────────────────╯""");
    }

    @Test
    void whileHistoryIsLoadedTheBarGrowsAndNothingElseIsInvented() {
        assertThat(plain(Snapshots.loading(), new Size(80, 14))).isEqualTo("""
                        ╭─ Weir  r2dbc:iotdb://127.0.0.1:6667/plant ──────────────────────── 00:00:03 ─╮
                        │ loading  ██████░░░░░░░░░░░░░░░░░░░░░  25 %  50,000 rows  25,000/s by tablets │
                        │ written           0/s                                     ▁           0 rows │
                        │ read              0/s                                     ▁           0 rows │
                        │ replayed          0/s                                     ▁           0 rows │
                        │ query               -                                                  p99 - │
                        │ heap           30 MiB                                     ▃        of 96 MiB │
                        │ direct          4 MiB                                     ▂        of 32 MiB │
                        ├─ machines ────────────────────────────────── every value comes from a query ─┤
                        │                                                                              │
                        │                                                                              │
                        │                                                                              │
                        │                                                                              │
                        ╰─ Ctrl-C to stop ─────────────────────────────────────────────────────────────╯""");
    }

    @Test
    void whereNothingFitsOneLineSaysSo() {
        assertThat(plain(Snapshots.live(3), new Size(43, 30))).isEqualTo("Too small: 44x14 is needed                 ");
        assertThat(plain(Snapshots.live(3), new Size(10, 5))).isEqualTo("Too small:");
    }

    @Test
    void everySizeIsFilledExactly() {
        for (int columns = 44; columns <= 130; columns++) {
            for (int lines = 14; lines <= 40; lines += 13) {
                List<String> picture = Frame.of(Snapshots.live(12), TITLE, new Size(columns, lines), false);

                assertThat(picture).hasSize(lines);
                assertThat(picture).extracting(String::length).containsOnly(columns);
            }
        }
    }

    @Test
    void coloursAddNothingToSee() {
        List<String> coloured = Frame.of(Snapshots.live(5), TITLE, new Size(80, 16), true);

        assertThat(coloured).allMatch(line -> line.contains("\u001b["));
        assertThat(String.join("\n", coloured).replaceAll("\u001b\\[[0-9;]*m", ""))
                .isEqualTo(plain(Snapshots.live(5), new Size(80, 16)));
    }

    @Test
    void withoutColoursThereIsNoEscape() {
        assertThat(plain(Snapshots.live(5), new Size(80, 16))).doesNotContain("\u001b");
    }

    private static String plain(Snapshot now, Size size) {
        return String.join("\n", Frame.of(now, TITLE, size, false));
    }
}
