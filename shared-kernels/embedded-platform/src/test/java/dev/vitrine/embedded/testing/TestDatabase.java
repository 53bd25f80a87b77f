package dev.vitrine.embedded.testing;

/**
 * An empty database of a test's own.
 *
 * @param name of the database
 * @param jdbcUrl its address, without credentials
 * @param user a superuser, so that {@code CREATE EXTENSION} works
 * @param password of the user
 */
public record TestDatabase(String name, String jdbcUrl, String user, String password) {}
