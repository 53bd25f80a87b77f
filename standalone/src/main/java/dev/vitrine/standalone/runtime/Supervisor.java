package dev.vitrine.standalone.runtime;

import java.io.IOException;
import java.net.URI;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts all parts of a Vitrine, watches over those that are processes, and ends them: services,
 * then Kafka, then PostgreSQL.
 *
 * <p>Life cycle: {@link #start} once, {@link #close} at any time and from any thread, also while it
 * starts. The launcher's one shutdown hook is {@code close}.
 */
public final class Supervisor implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Supervisor.class);

    /** More than this at a time only compete for two cores. */
    private static final int STARTS_AT_A_TIME = 2;

    /** A shard without a snapshot reads everything first. */
    private static final Duration READY_PATIENCE = Duration.ofMinutes(10);

    private static final Duration START_ENDS_WITHIN = Duration.ofSeconds(25);

    private final RunSettings settings;
    private final Notices notices;
    private final ExecutorService starts =
            Executors.newFixedThreadPool(
                    STARTS_AT_A_TIME, Thread.ofPlatform().name("start-", 0).factory());
    // One thread for each part: a service that starts may wait for a platform that starts, too.
    private final ScheduledExecutorService restarts =
            Executors.newScheduledThreadPool(
                    Part.values().length,
                    Thread.ofPlatform().name("restart-", 0).daemon().factory());
    private final Map<Part, Backoff> backoffs = new EnumMap<>(Part.class);
    private final Set<Part> withheld = EnumSet.noneOf(Part.class);
    private final AtomicBoolean closing = new AtomicBoolean();
    private final CountDownLatch ended = new CountDownLatch(1);

    private volatile @Nullable RunLock lock;
    private volatile @Nullable StateBoard board;
    private volatile @Nullable ServiceHost services;
    private volatile @Nullable Database database;
    private volatile @Nullable Broker broker;
    private volatile Map<Part, Integer> ports = Map.of();

    public Supervisor(RunSettings settings, Notices notices) {
        this.settings = settings;
        this.notices = notices;
    }

    /**
     * Starts everything and returns when every service takes requests.
     *
     * @throws StartFailedException when a part does not start; the caller closes what did
     */
    public RunState start() throws StartFailedException {
        StateFile file = new StateFile(settings.data());
        try {
            lock = RunLock.take(settings.data());
            Leftovers.clear(file, notices);
        } catch (IOException unusable) {
            throw new StartFailedException(
                    "The data folder %s cannot be used: %s"
                            .formatted(settings.data().root(), unusable),
                    unusable);
        }
        Map<Part, Integer> chosen = Ports.choose(askedOfUs(), settings.bindAddress());
        ports = chosen;
        int gatewayPort = chosen.getOrDefault(Part.GATEWAY, 0);
        if (gatewayPort != Part.GATEWAY.preferredPort()
                && !settings.askedPorts().containsKey(Part.GATEWAY)) {
            notices.say(
                    "Port %d is in use; the gateway takes %d"
                            .formatted(Part.GATEWAY.preferredPort(), gatewayPort));
        }
        String host = settings.reachableHost();
        StateBoard states =
                new StateBoard(
                        file,
                        new RunState(
                                RunState.STARTING,
                                ProcessRef.current(),
                                URI.create("http://" + host + ":" + gatewayPort),
                                settings.processes(),
                                firstStates(chosen)));
        board = states;
        ServiceHost host0 = settings.processes() ? new OwnProcesses(settings) : new OneProcess();
        services = host0;
        startPlatform(states, chosen);
        startServices(states, host0);
        return states.state();
    }

    /**
     * Returns when the readiness probe of every service is good: a service that takes requests may
     * still be reading what it missed.
     *
     * @throws StartFailedException when one does not get there in time
     */
    public void awaitReady() throws StartFailedException {
        String host = settings.reachableHost();
        try (Health health = new Health()) {
            for (Part service : Part.services()) {
                URI address = URI.create("http://" + host + ":" + ports.getOrDefault(service, 0));
                if (!health.await(address, READY_PATIENCE, () -> !closing.get())) {
                    throw new StartFailedException(service.label() + " did not become ready");
                }
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new StartFailedException("Vitrine was told to end while it started");
        }
    }

    /** True once there is something to end. */
    public boolean hasStarted() {
        return board != null;
    }

    /** What is known about a part now; empty before the start. */
    public Optional<PartState> part(Part part) {
        StateBoard states = board;
        return states == null ? Optional.empty() : states.state().part(part);
    }

    /** A connection to the PostgreSQL in use, for drills that look whether it holds the truth. */
    public Connection openDatabase() throws SQLException {
        Database base = database;
        if (base == null) {
            throw new SQLException("No database has been started");
        }
        return DriverManager.getConnection(base.jdbcUrl(), base.user(), base.password());
    }

    /** The {@code bootstrap.servers} of the Kafka in use. */
    public String kafkaAddress() {
        Broker kafka = broker;
        if (kafka == null) {
            throw new IllegalStateException("No Kafka has been started");
        }
        return kafka.bootstrap();
    }

    /** From now on a part that ends is not started again, for drills of long outages. */
    public void withhold(Part part) {
        synchronized (withheld) {
            withheld.add(part);
        }
    }

    /** Ends {@link #withhold}: the part is started again now if it ended meanwhile. */
    public void giveBack(Part part) {
        StateBoard states = board;
        if (states == null) {
            return;
        }
        boolean ended;
        synchronized (withheld) {
            withheld.remove(part);
            ended = part(part).filter(PartState::restarting).isPresent();
        }
        if (ended) {
            restartAfter(states, part, Duration.ZERO);
        }
    }

    /** Tells the other commands how far this Vitrine is. */
    public void phase(String phase) {
        StateBoard states = board;
        if (states != null) {
            states.update(state -> state.withPhase(phase));
        }
    }

    /** Returns when {@link #close} has been called and is done. */
    public void awaitEnd() throws InterruptedException {
        ended.await();
    }

    private Map<Part, Integer> askedOfUs() throws StartFailedException {
        Map<Part, Integer> asked = new EnumMap<>(Part.class);
        asked.putAll(settings.askedPorts());
        // A server of the user's own has its own port.
        if (settings.variable("VITRINE_JDBC_URL").isPresent()) {
            asked.remove(Part.POSTGRESQL);
        }
        if (settings.variable("VITRINE_KAFKA").isPresent()) {
            asked.remove(Part.KAFKA);
        }
        return asked;
    }

    private static List<PartState> firstStates(Map<Part, Integer> ports) {
        List<PartState> states = new ArrayList<>();
        for (Part part : Part.values()) {
            states.add(
                    new PartState(
                            part.label(),
                            PartState.STARTING,
                            null,
                            ports.getOrDefault(part, 0),
                            part.isService() ? Versions.vitrine() : null,
                            0));
        }
        return states;
    }

    private void startPlatform(StateBoard states, Map<Part, Integer> chosen)
            throws StartFailedException {
        notices.say("Starting PostgreSQL and Kafka");
        all(
                List.of(
                        () -> {
                            startDatabase(states, chosen.getOrDefault(Part.POSTGRESQL, 0));
                            return Part.POSTGRESQL;
                        },
                        () -> {
                            startBroker(states, chosen.getOrDefault(Part.KAFKA, 0));
                            return Part.KAFKA;
                        }));
    }

    private void startDatabase(StateBoard states, int port) throws StartFailedException {
        Database started = Database.start(settings, port);
        database = started;
        if (closing.get()) {
            started.close();
            throw notNeeded(Part.POSTGRESQL);
        }
        platformReady(
                states, Part.POSTGRESQL, started.process(), started.port(), started.version());
        started.process().ifPresent(process -> watch(Part.POSTGRESQL, process));
    }

    private void startBroker(StateBoard states, int port) throws StartFailedException {
        Broker started =
                Broker.start(
                        settings, port, launched -> recordProcess(states, Part.KAFKA, launched));
        broker = started;
        if (closing.get()) {
            started.close();
            throw notNeeded(Part.KAFKA);
        }
        platformReady(
                states,
                Part.KAFKA,
                started.process(),
                started.port(),
                started.process().isPresent() ? Versions.kafka() : "external");
        started.process().ifPresent(process -> watch(Part.KAFKA, process));
    }

    /** Before it is ready: whoever finds the launcher killed must find its child, too. */
    private static void recordProcess(StateBoard states, Part part, ProcessHandle launched) {
        states.updatePart(part, state -> state.with(state.state(), ProcessRef.of(launched)));
    }

    private static void platformReady(
            StateBoard states,
            Part part,
            Optional<ProcessHandle> process,
            int port,
            String version) {
        states.updatePart(
                part,
                state ->
                        new PartState(
                                state.name(),
                                process.isPresent() ? PartState.READY : PartState.EXTERNAL,
                                process.map(ProcessRef::of).orElse(null),
                                port,
                                version,
                                state.restarts()));
    }

    private void startServices(StateBoard states, ServiceHost host) throws StartFailedException {
        notices.say("Starting " + Part.services().size() + " services");
        List<Callable<Part>> tasks = new ArrayList<>();
        for (Part service : Part.services()) {
            tasks.add(() -> {
                startService(states, host, service);
                return service;
            });
        }
        all(tasks);
    }

    private void startService(StateBoard states, ServiceHost host, Part service)
            throws StartFailedException {
        long from = System.nanoTime();
        ProcessHandle process =
                host.start(
                        service,
                        variables(service),
                        launched -> recordProcess(states, service, launched));
        states.updatePart(service, state -> state.with(PartState.READY, ProcessRef.of(process)));
        LOG.info("{} ready after {} ms", service.label(), (System.nanoTime() - from) / 1_000_000);
        watch(service, process);
    }

    private Map<String, String> variables(Part service) throws StartFailedException {
        Database base = database;
        Broker kafka = broker;
        if (base == null || kafka == null) {
            throw notNeeded(service);
        }
        return ServiceSettings.of(
                service, settings, ports, settings.reachableHost(), base, kafka.bootstrap());
    }

    /**
     * Runs tasks side by side and fails with the first that fails; the others are not waited for.
     */
    private void all(List<Callable<Part>> tasks) throws StartFailedException {
        ExecutorCompletionService<Part> completion = new ExecutorCompletionService<>(starts);
        try {
            List<Future<Part>> submitted = new ArrayList<>();
            for (Callable<Part> task : tasks) {
                submitted.add(completion.submit(task));
            }
            for (int done = 0; done < submitted.size(); done++) {
                Part part = completion.take().get();
                LOG.debug("{} started", part.label());
            }
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof StartFailedException known) {
                throw known;
            }
            throw new StartFailedException("A part did not start: " + failed.getCause(), failed);
        } catch (RejectedExecutionException ending) {
            throw new StartFailedException("Vitrine was told to end while it started", ending);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new StartFailedException("Vitrine was told to end while it started");
        }
    }

    private static StartFailedException notNeeded(Part part) {
        return new StartFailedException(part.label() + " was not needed any more");
    }

    /** Has a part that is a process of its own started again when it ends by itself. */
    private void watch(Part part, ProcessHandle process) {
        if (process.pid() == ProcessHandle.current().pid()) {
            return;
        }
        long from = System.nanoTime();
        var _ =
                process.onExit()
                        .thenAccept(gone -> died(part, Duration.ofNanos(System.nanoTime() - from)));
    }

    private void died(Part part, Duration lived) {
        StateBoard states = board;
        if (closing.get() || states == null) {
            return;
        }
        Duration wait;
        synchronized (backoffs) {
            wait = backoffs.computeIfAbsent(part, key -> new Backoff()).next(lived);
        }
        synchronized (withheld) {
            states.updatePart(part, state -> state.with(PartState.RESTARTING, null).restarted());
            if (withheld.contains(part)) {
                return;
            }
        }
        String line =
                "%s ended after %d s; it is started again in %d s"
                        .formatted(part.label(), lived.toSeconds(), wait.toSeconds());
        LOG.warn(line);
        notices.say(line);
        restartAfter(states, part, wait);
    }

    private void restartAfter(StateBoard states, Part part, Duration wait) {
        try {
            var _ =
                    restarts.schedule(
                            () -> restart(states, part), wait.toMillis(), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException ending) {
            LOG.debug("{} is not restarted: the end has come", part.label());
        }
    }

    private void restart(StateBoard states, Part part) {
        ServiceHost host = services;
        if (closing.get() || host == null) {
            return;
        }
        try {
            int port = ports.getOrDefault(part, 0);
            switch (part) {
                case POSTGRESQL -> {
                    Database former = database;
                    if (former != null) {
                        former.close();
                    }
                    startDatabase(states, port);
                }
                case KAFKA -> startBroker(states, port);
                case GATEWAY, EMBEDDING, INDEX, RETRIEVAL, RECOMMENDER ->
                        startService(states, host, part);
            }
            notices.say(part.label() + " runs again");
        } catch (StartFailedException | RuntimeException failed) {
            LOG.warn("{} could not be started again", part.label(), failed);
            died(part, Duration.ZERO);
        }
    }

    @Override
    public void close() {
        if (!closing.compareAndSet(false, true)) {
            awaitOtherClose();
            return;
        }
        try {
            restarts.shutdownNow();
            starts.shutdown();
            closePart("the services", services);
            letStartsEnd();
            // Again, for a service whose start was under way.
            closePart("the services", services);
            closePart("kafka", broker);
            closePart("postgresql", database);
            StateBoard states = board;
            if (states != null) {
                states.delete();
            }
            closePart("the lock", lock);
        } finally {
            ended.countDown();
        }
    }

    private void letStartsEnd() {
        try {
            if (!endedInTime(starts)) {
                starts.shutdownNow();
            }
            // Those that were interrupted have to end what they had begun; nobody else knows of it.
            if (!endedInTime(starts) || !endedInTime(restarts)) {
                LOG.warn("a start did not end; a process of it may be left");
            }
        } catch (InterruptedException interrupted) {
            starts.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }

    private static boolean endedInTime(ExecutorService tasks) throws InterruptedException {
        return tasks.awaitTermination(START_ENDS_WITHIN.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void awaitOtherClose() {
        try {
            ended.await();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static void closePart(String name, @Nullable AutoCloseable part) {
        if (part == null) {
            return;
        }
        try {
            part.close();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } catch (Exception failed) {
            // What comes after it must still be closed.
            LOG.warn("{} did not end cleanly", name, failed);
        }
    }
}
