/**
 * What an image of a service consists of. Read {@link dev.vitrine.packaging.ServiceArtifact}, then
 * {@link dev.vitrine.packaging.ImageLayout}.
 */
@NullMarked
package dev.vitrine.packaging;

import org.jspecify.annotations.NullMarked;
