package io.weir.core.wire;

import io.weir.core.Endpoint;
import io.weir.core.Endpoints;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.stream.Collectors;

/** Which shared wires are to be replaced by ones to other hosts. */
final class Balance {

    private Balance() {}

    /**
     * Those that are on a host by mistake: where hosts are tried in their order, all that are not on the first of those
     * that are well; else as many as make the hosts that are well even, the least busy ones.
     */
    static <L extends Lane> List<LaneSlot<L>> surplus(List<LaneSlot<L>> slots, Endpoints endpoints) {
        List<Endpoint> well = endpoints.all().stream()
                .filter(host -> endpoints.backoff(host).state().isWell())
                .toList();
        if (well.isEmpty()) {
            return List.of();
        }
        if (endpoints.choice() == Endpoints.Choice.IN_ORDER) {
            return slots.stream()
                    .filter(slot -> !slot.lane().endpoint().equals(well.get(0)))
                    .toList();
        }
        return evenOut(well.stream().map(host -> new Share<>(host, slots)).toList());
    }

    private static <L extends Lane> List<LaneSlot<L>> evenOut(List<Share<L>> shares) {
        Comparator<Share<L>> byCount = Comparator.comparingInt(share -> share.count);
        List<LaneSlot<L>> surplus = new ArrayList<>();
        while (true) {
            Share<L> most = shares.stream().max(byCount).orElseThrow();
            Share<L> least = shares.stream().min(byCount).orElseThrow();
            LaneSlot<L> idlest = most.count - least.count < 2 ? null : most.slots.poll();
            if (idlest == null) {
                return surplus;
            }
            surplus.add(idlest);
            most.count--;
            least.count++;
        }
    }

    /** What one host has, and would have. */
    private static final class Share<L extends Lane> {

        private final Deque<LaneSlot<L>> slots;
        private int count;

        Share(Endpoint host, List<LaneSlot<L>> all) {
            slots = all.stream()
                    .filter(slot -> slot.lane().endpoint().equals(host))
                    .sorted(Comparator.comparingInt(LaneSlot::load))
                    .collect(Collectors.toCollection(ArrayDeque::new));
            count = slots.size();
        }
    }
}
