package dev.vitrine.index.task;

import dev.vitrine.contracts.catalog.CatalogRef;
import dev.vitrine.contracts.catalog.ImportReport;

/**
 * A queued task that this process runs now.
 *
 * @param id its id
 * @param catalog catalogue that it works on
 * @param spec what was kept to run it
 * @param done how far an earlier process got
 * @param report what it had come to by then
 */
public record ClaimedTask(
        String id, CatalogRef catalog, String spec, long done, ImportReport report) {}
