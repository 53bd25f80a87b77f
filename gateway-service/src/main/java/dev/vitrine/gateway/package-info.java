/**
 * gateway-service: the edge. What passes through unchanged is a route ({@link
 * dev.vitrine.gateway.catalog.CatalogRoutes}); where results of several services are joined there
 * is a controller beside it. Features: {@code alias}, {@code task}, {@code catalog}, {@code
 * search}, {@code recommend}, {@code event}, {@code console}; {@code edge} guards every request,
 * {@code client} calls the other services, {@code documentation} describes what passes through.
 */
@NullMarked
package dev.vitrine.gateway;

import org.jspecify.annotations.NullMarked;
