package io.weir.sample.telemetry;

import com.sun.management.HotSpotDiagnosticMXBean;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufAllocatorMetricProvider;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryUsage;

/** What this JVM holds, now. */
interface MemoryUse {

    long heapUsed();

    long heapMax();

    /** What the allocator of the network buffers has taken from the system, in use or not. */
    long directUsed();

    long directMax();

    static MemoryUse ofThisJvm() {
        return new MemoryUse() {
            @Override
            public long heapUsed() {
                return heap().getUsed();
            }

            @Override
            public long heapMax() {
                return heap().getMax();
            }

            @Override
            public long directUsed() {
                return ByteBufAllocator.DEFAULT instanceof ByteBufAllocatorMetricProvider provider
                        ? provider.metric().usedDirectMemory()
                        : 0;
            }

            @Override
            public long directMax() {
                // Zero, the default, means as much as the heap.
                long told = Long.parseLong(ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class)
                        .getVMOption("MaxDirectMemorySize")
                        .getValue());
                return told > 0 ? told : heapMax();
            }

            private MemoryUsage heap() {
                return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage();
            }
        };
    }
}
