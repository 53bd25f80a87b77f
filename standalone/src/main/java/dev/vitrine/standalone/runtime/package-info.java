/**
 * Runs a Vitrine on this machine: ports, the state file by which the other commands find it, the
 * platform (PostgreSQL, Kafka), the five services in this process or in their own, and the way
 * down. Read {@link dev.vitrine.standalone.runtime.Supervisor} first.
 */
@NullMarked
package dev.vitrine.standalone.runtime;

import org.jspecify.annotations.NullMarked;
