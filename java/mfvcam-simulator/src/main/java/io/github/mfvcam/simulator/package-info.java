/**
 * Virtual cameras where Windows has none.
 *
 * @since 0.1
 */
package io.github.mfvcam.simulator;
