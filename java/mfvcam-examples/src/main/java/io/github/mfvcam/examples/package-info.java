/** Small programs on mfvcam's public API, to read and to run. */
package io.github.mfvcam.examples;
