/**
 * The launcher as a user of a running Vitrine: it speaks the public REST interface and nothing
 * else. Read {@link dev.vitrine.standalone.client.VitrineClient} first.
 */
@NullMarked
package dev.vitrine.standalone.client;

import org.jspecify.annotations.NullMarked;
