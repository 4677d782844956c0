package io.github.mfvcam;

import java.util.Locale;
import java.util.stream.LongStream;

/**
 * What mfvcam.dll holds for this process at a moment: all 0 when everything is closed. Immutable.
 * What the garbage collector released may take a moment to disappear from here.
 *
 * @since 0.1
 */
public final class Ledger {
  private final long[] counts;

  Ledger(long[] counts) {
    this.counts = counts;
  }

  /**
   * Cameras not yet released.
   *
   * @return how many
   */
  public long cameras() {
    return counts[0];
  }

  /**
   * Sync objects not yet released.
   *
   * @return how many
   */
  public long syncObjects() {
    return counts[1];
  }

  /**
   * Media sources not yet released.
   *
   * @return how many
   */
  public long mediaSources() {
    return counts[2];
  }

  /**
   * Readers not yet drained and released.
   *
   * @return how many
   */
  public long readers() {
    return counts[3];
  }

  /**
   * Event handles that were duplicated and not yet closed.
   *
   * @return how many
   */
  public long handles() {
    return counts[4];
  }

  /**
   * Calls of any thread that use an object right now.
   *
   * @return how many
   */
  public long calls() {
    return counts[5];
  }

  /**
   * Whether nothing is left alive.
   *
   * @return true if all counts are 0
   */
  public boolean isEmpty() {
    return LongStream.of(counts).allMatch(count -> count == 0);
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "%d cameras, %d sync objects, %d media sources, %d readers, %d handles, %d calls",
        cameras(),
        syncObjects(),
        mediaSources(),
        readers(),
        handles(),
        calls());
  }
}
