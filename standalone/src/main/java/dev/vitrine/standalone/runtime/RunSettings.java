package dev.vitrine.standalone.runtime;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What was asked for on the command line and in the environment.
 *
 * @param data where everything is kept
 * @param home the checkout, where the JVM options lie
 * @param processes true to give each service a process of its own
 * @param port the gateway's port if it was given as an option
 * @param environment the variables; {@code VITRINE_*} of them are read
 */
public record RunSettings(
        DataDirectory data,
        Path home,
        boolean processes,
        OptionalInt port,
        Map<String, String> environment) {
    private static final String LOOPBACK = "127.0.0.1";

    public RunSettings {
        environment = Map.copyOf(environment);
    }

    /** The same, with a variable for the case that the user has not set it. */
    public RunSettings withDefault(String name, String value) {
        Map<String, String> variables = new HashMap<>(environment);
        variables.putIfAbsent(name, value);
        return new RunSettings(data, home, processes, port, variables);
    }

    Optional<String> variable(String name) {
        return Optional.ofNullable(environment.get(name)).filter(value -> !value.isBlank());
    }

    /** The address that the services listen on. */
    String bind() {
        return variable("VITRINE_BIND").orElse(LOOPBACK);
    }

    InetAddress bindAddress() throws StartFailedException {
        try {
            return InetAddress.getByName(bind());
        } catch (UnknownHostException unknown) {
            throw new StartFailedException(
                    "VITRINE_BIND is no address of this machine: " + bind(), unknown);
        }
    }

    /** The address under which a service that listens on {@link #bind()} is reached from here. */
    String reachableHost() throws StartFailedException {
        InetAddress address = bindAddress();
        if (address.isAnyLocalAddress()) {
            return LOOPBACK;
        }
        String host = address.getHostAddress();
        return host.contains(":") ? "[" + host + "]" : host;
    }

    /** The ports that the user fixed. */
    Map<Part, Integer> askedPorts() throws StartFailedException {
        Map<Part, Integer> asked = new EnumMap<>(Part.class);
        for (Part part : Part.values()) {
            Optional<String> value = variable(part.portVariable());
            if (value.isPresent()) {
                asked.put(part, portNumber(part.portVariable(), value.get()));
            }
        }
        if (port.isPresent()) {
            asked.put(Part.GATEWAY, port.getAsInt());
        }
        return asked;
    }

    private static int portNumber(String variable, String value) throws StartFailedException {
        try {
            int number = Integer.parseInt(value);
            if (number >= 1 && number <= 65535) {
                return number;
            }
        } catch (NumberFormatException notANumber) {
            throw new StartFailedException(variable + " is no port: " + value, notANumber);
        }
        throw new StartFailedException(variable + " is no port: " + value);
    }
}
