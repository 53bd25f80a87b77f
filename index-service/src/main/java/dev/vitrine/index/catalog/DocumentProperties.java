package dev.vitrine.index.catalog;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * How large a product may be.
 *
 * @param maxSize of the document as JSON
 * @param maxDepth objects and lists inside each other, the document itself included
 * @param maxFields members of all its objects together
 * @param maxStringLength characters of a text
 * @param maxSemanticText characters of the text to embed; longer ones are cut
 */
@Validated
@ConfigurationProperties("index.document")
record DocumentProperties(
        @DefaultValue("512KB") DataSize maxSize,
        @DefaultValue("10") @Min(1) @Max(100) int maxDepth,
        @DefaultValue("2000") @Min(1) int maxFields,
        @DefaultValue("65536") @Min(1) int maxStringLength,
        @DefaultValue("8192") @Min(1) int maxSemanticText) {}
