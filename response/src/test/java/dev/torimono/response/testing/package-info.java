/** What tests of this module share. */
@org.jspecify.annotations.NullMarked
package dev.torimono.response.testing;
