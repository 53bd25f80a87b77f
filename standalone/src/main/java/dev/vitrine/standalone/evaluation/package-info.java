/**
 * Measures recommendation models offline, on files of baskets and sessions, with the very classes
 * that answer in recommender-service: the one place where the launcher knows a service's classes,
 * and only those of its {@code algorithm} package. Start with {@code NextItemComparison}.
 */
@NullMarked
package dev.vitrine.standalone.evaluation;

import org.jspecify.annotations.NullMarked;
