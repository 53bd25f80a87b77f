package dev.vitrine.benchmarks.engine;

import java.util.concurrent.CountDownLatch;
import org.codelibs.opensearch.runner.OpenSearchRunner;

/** Main class of the peer's own JVM: one node, until it is told to end. */
final class OpenSearchNode {

    private OpenSearchNode() {}

    /**
     * Starts the node.
     *
     * @param arguments folder and base port; HTTP answers one port higher
     */
    public static void main(String[] arguments) throws InterruptedException {
        OpenSearchRunner runner = new OpenSearchRunner();
        runner.onBuild((number, settings) -> {
            settings.put("discovery.type", "single-node");
            settings.put("cluster.routing.allocation.disk.threshold_enabled", false);
            settings.put("http.host", "127.0.0.1");
        });
        runner.build(
                OpenSearchRunner.newConfigs()
                        .clusterName("peer")
                        .numOfNode(1)
                        .basePath(arguments[0])
                        .baseHttpPort(Integer.parseInt(arguments[1]))
                        .pluginTypes("org.opensearch.knn.plugin.KNNPlugin"));
        runner.ensureYellow();
        // All threads of an embedded node are daemons.
        new CountDownLatch(1).await();
    }
}
