package io.weir.iotdb.chaos;

import io.weir.testkit.Cut;
import io.weir.testkit.FaultProxy;
import io.weir.testkit.Link;
import java.time.Duration;
import java.util.List;
import java.util.Random;

/** What goes wrong between the client and the server, short of the server's end. */
final class Trouble {

    private final FaultProxy proxy;
    private final Random random;
    private int made;

    Trouble(FaultProxy proxy, Random random) {
        this.proxy = proxy;
        this.random = random;
    }

    /** How many times something was done to a connection. */
    int made() {
        return made;
    }

    /** Something for one of the connections that live. What slowed one down before has an end. */
    void make() {
        end();
        List<Link> alive =
                proxy.links().stream().filter(link -> !link.isEnded()).toList();
        if (alive.isEmpty()) {
            return;
        }
        made++;
        Link link = alive.get(random.nextInt(alive.size()));
        switch (random.nextInt(6)) {
            case 0 -> link.cut(Cut.RST);
            case 1 -> link.cut(Cut.FIN);
            // In the middle of a reply, or of a request.
            case 2 -> link.toClient().cutAt(link.toClient().bytes() + random.nextInt(2000), Cut.RST);
            case 3 -> link.toServer().cutAt(link.toServer().bytes() + random.nextInt(2000), Cut.FIN);
            case 4 -> link.toClient().splitEveryByte(true);
            default -> link.toClient().delay(Duration.ofMillis(1 + random.nextInt(3)));
        }
    }

    /** Connections that still bear something get well. */
    void end() {
        proxy.forAll(Link::pass);
    }
}
