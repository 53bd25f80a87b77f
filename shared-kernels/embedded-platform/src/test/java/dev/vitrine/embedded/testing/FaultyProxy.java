package dev.vitrine.embedded.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A TCP proxy on a free loopback port through which a test makes a server slow, silent or
 * unreachable. It begins by passing everything on. Thread-safe.
 */
public final class FaultyProxy implements AutoCloseable {

    private enum Mode {
        PASS,
        HANG,
        REFUSE
    }

    private final int target;
    private final ServerSocket server;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private Mode mode = Mode.PASS;
    private Duration delay = Duration.ZERO;
    private boolean closed;

    /**
     * @param target loopback port of the server
     */
    public FaultyProxy(int target) {
        this.target = target;
        try {
            this.server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofVirtual().name("faulty-proxy").start(this::accept);
    }

    /** Where clients connect to. */
    public int port() {
        return server.getLocalPort();
    }

    /** Passes everything on, at once. */
    public void heal() {
        set(Mode.PASS, Duration.ZERO);
    }

    /** Passes everything on, each piece after so long. */
    public void delay(Duration eachPiece) {
        set(Mode.PASS, eachPiece);
    }

    /** Takes connections and bytes and says nothing, as a host that has gone without a word. */
    public void hang() {
        set(Mode.HANG, Duration.ZERO);
    }

    /** Cuts every connection, and new ones as soon as they come. */
    public void refuse() {
        set(Mode.REFUSE, Duration.ZERO);
        open.forEach(FaultyProxy::cut);
    }

    private void set(Mode newMode, Duration newDelay) {
        lock.lock();
        try {
            mode = newMode;
            delay = newDelay;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket client = server.accept();
                Thread.ofVirtual().name("faulty-proxy-connection").start(() -> serve(client));
            } catch (IOException closing) {
                // The next look at the server socket ends the loop.
                Thread.onSpinWait();
            }
        }
    }

    private void serve(Socket client) {
        open.add(client);
        if (refusing()) {
            cut(client);
            open.remove(client);
            return;
        }
        try (client;
                Socket upstream = new Socket(InetAddress.getLoopbackAddress(), target)) {
            open.add(upstream);
            Thread back =
                    Thread.ofVirtual()
                            .name("faulty-proxy-answers")
                            .start(() -> pump(upstream, client));
            pump(client, upstream);
            back.join();
            open.remove(upstream);
        } catch (IOException gone) {
            cut(client);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            open.remove(client);
        }
    }

    private void pump(Socket from, Socket to) {
        byte[] buffer = new byte[8192];
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            int read = in.read(buffer);
            while (read >= 0 && awaitLeave()) {
                out.write(buffer, 0, read);
                out.flush();
                read = in.read(buffer);
            }
        } catch (IOException gone) {
            // Either end may go at any time; the other one is told below.
            Thread.onSpinWait();
        }
        cut(from);
        cut(to);
    }

    /** Waits while nothing may pass; false when the connection is to end. */
    private boolean awaitLeave() {
        lock.lock();
        try {
            long nanos = delay.toNanos();
            while (nanos > 0 && mode == Mode.PASS && !closed) {
                nanos = changed.awaitNanos(nanos);
            }
            while (mode == Mode.HANG && !closed) {
                if (!changed.await(1, TimeUnit.MINUTES)) {
                    return false;
                }
            }
            return mode == Mode.PASS && !closed;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            lock.unlock();
        }
    }

    private boolean refusing() {
        lock.lock();
        try {
            return mode == Mode.REFUSE;
        } finally {
            lock.unlock();
        }
    }

    private static void cut(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        lock.lock();
        try {
            closed = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        server.close();
        open.forEach(FaultyProxy::cut);
    }
}
