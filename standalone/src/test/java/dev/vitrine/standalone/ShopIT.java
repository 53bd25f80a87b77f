package dev.vitrine.standalone;

import org.junit.platform.suite.api.IncludeClassNamePatterns;
import org.junit.platform.suite.api.SelectPackages;
import org.junit.platform.suite.api.Suite;

/**
 * The tests of {@code shop} as one: two JVMs share this module's integration tests out between
 * them, and each that got one of these would load the demo catalogue.
 */
@Suite
@SelectPackages("dev.vitrine.standalone.shop")
@IncludeClassNamePatterns(".*IT")
final class ShopIT {}
