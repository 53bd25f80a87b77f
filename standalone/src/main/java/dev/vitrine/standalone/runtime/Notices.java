package dev.vitrine.standalone.runtime;

/** Takes what the user should know while something starts, runs or ends. Called from any thread. */
@FunctionalInterface
public interface Notices {
    void say(String line);
}
