package io.weir.benchmarks;

import io.weir.benchmarks.worker.Sample;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The samples of two sides that did the same work by turns. */
public record Duel(List<Sample> ours, List<Sample> peer) {

    /** One side: does the work once each time it is asked. */
    @FunctionalInterface
    public interface Side {
        Sample sample();
    }

    public Duel {
        ours = List.copyOf(ours);
        peer = List.copyOf(peer);
    }

    /**
     * Lets both warm up, then work by turns (A B A B …), so that whatever else happens on the machine meets both.
     *
     * @param warmUps how many samples of each side are thrown away
     * @param samples how many of each side count
     */
    public static Duel fight(Side ours, Side peer, int warmUps, int samples) {
        for (int i = 0; i < warmUps; i++) {
            ours.sample();
            peer.sample();
        }
        List<Sample> first = new ArrayList<>();
        List<Sample> second = new ArrayList<>();
        for (int i = 0; i < samples; i++) {
            first.add(ours.sample());
            second.add(peer.sample());
        }
        return new Duel(first, second);
    }

    /** How many samples the side with fewer has. */
    public int samples() {
        return Math.min(ours.size(), peer.size());
    }

    /** Whether every sample of both sides read the same rows with the same values. */
    public boolean sameWork() {
        return all().map(sample -> sample.rows() + ":" + sample.checksum())
                        .distinct()
                        .count()
                == 1;
    }

    /** Whether no thread took its figures with it: else CPU and allocation are too low. */
    public boolean complete() {
        return all().allMatch(sample -> sample.threadsEnded() == 0);
    }

    private Stream<Sample> all() {
        return Stream.concat(ours.stream(), peer.stream());
    }

    double ours(Measure measure) {
        return Median.of(ours, measure::of);
    }

    double peer(Measure measure) {
        return Median.of(peer, measure::of);
    }
}
