package dev.vitrine.servicekit;

import dev.vitrine.kernels.vector.KernelSelection;
import dev.vitrine.kernels.vector.VectorMath;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.actuate.info.Info;
import org.springframework.boot.actuate.info.InfoContributor;

/**
 * Says which vector kernels this JVM runs on and why: in the log, under {@code /actuator/info} and
 * as gauge {@code vitrine.kernels.bits}. A forgotten module flag costs a factor of ten in speed and
 * would show nowhere else. It also warms the kernels, beside the rest of the start.
 */
public final class KernelInfo implements InfoContributor, ApplicationRunner {

    private static final Logger log = LoggerFactory.getLogger(KernelInfo.class);
    private static final Duration WARM_UP = Duration.ofMillis(500);

    private final KernelSelection selection;
    private final FutureTask<Double> warmUp;

    /**
     * @param dimensions length of the vectors to warm up with
     * @param requireSimd whether scalar kernels are a start-up failure, as in production
     */
    public KernelInfo(MeterRegistry meters, int dimensions, boolean requireSimd) {
        this.selection = VectorMath.selection();
        if (requireSimd && !selection.simd()) {
            throw new IllegalStateException(
                    "vector kernels are scalar ("
                            + selection.reason()
                            + "), but vitrine.kernels.require-simd is set");
        }
        log.info(
                "vector kernels: {} ({} bits): {}",
                selection.name(),
                selection.bits(),
                selection.reason());
        Gauge.builder("vitrine.kernels.bits", selection, KernelSelection::bits)
                .tag("kernels", selection.name())
                .description("Width of the vector kernels; 32 = scalar")
                .register(meters);
        this.warmUp = new FutureTask<>(() -> VectorMath.warmUp(dimensions, WARM_UP));
        Thread.ofPlatform().name("kernel-warm-up").daemon().start(warmUp);
    }

    /** Readiness follows the runners: no request meets cold kernels. */
    @Override
    public void run(ApplicationArguments arguments)
            throws InterruptedException, ExecutionException {
        log.debug("vector kernels are warm: {} ns a row", warmUp.get());
    }

    @Override
    public void contribute(Info.Builder builder) {
        builder.withDetail(
                "kernels",
                Map.of(
                        "name",
                        selection.name(),
                        "bits",
                        selection.bits(),
                        "reason",
                        selection.reason()));
    }
}
