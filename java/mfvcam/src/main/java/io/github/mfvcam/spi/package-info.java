/**
 * What a stand-in for Windows' virtual cameras implements.
 *
 * @since 0.1
 */
package io.github.mfvcam.spi;
