/**
 * PostgreSQL and Kafka for the tests of every module, shipped as this module's test-jar. Start at
 * {@link dev.vitrine.embedded.testing.TestPlatform}.
 */
@NullMarked
package dev.vitrine.embedded.testing;

import org.jspecify.annotations.NullMarked;
