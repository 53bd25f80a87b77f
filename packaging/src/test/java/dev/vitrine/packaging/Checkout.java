package dev.vitrine.packaging;

import java.nio.file.Path;

/** The files that the tests are about; tests run in the folder of their module. */
final class Checkout {

    static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    static final Path CHART = ROOT.resolve("helm/vitrine");
    static final Path COMPOSE_FILE = ROOT.resolve("docker-compose.yml");
    static final String VERSION = "0.1.0";

    private Checkout() {}
}
