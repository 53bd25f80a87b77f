package dev.vitrine.contracts.catalog;

/**
 * Why a task, or a part of it, was not done.
 *
 * @param code stable name
 * @param message what happened and what to do about it
 */
public record TaskFault(String code, String message) {}
