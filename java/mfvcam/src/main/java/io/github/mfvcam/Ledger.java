package io.github.mfvcam;

import java.util.Locale;
import java.util.stream.LongStream;

/**
 * What mfvcam.dll holds for this process at a moment: all 0 when everything is closed. Immutable.
 * What the garbage collector released may take a moment to disappear from here. A sync object that
 * has ended with its camera holds handles alone until it is closed; a {@link SyncEvent} and a
 * {@link SyncSemaphore} are the program's and not counted.
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
   * Watches of events and signals not yet ended.
   *
   * @return how many
   */
  public long watches() {
    return counts[4];
  }

  /**
   * Notification queues not yet released.
   *
   * @return how many
   */
  public long queues() {
    return counts[5];
  }

  /**
   * Kernel handles of mfvcam's own not yet closed: of a sync object the duplicate of its event or
   * semaphore, a second one shared by all sync objects of that event, and an event that ends waits.
   *
   * @return how many
   */
  public long handles() {
    return counts[6];
  }

  /**
   * Calls of any thread that use an object right now.
   *
   * @return how many
   */
  public long calls() {
    return counts[7];
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
        "%d cameras, %d sync objects, %d media sources, %d readers, %d watches, %d queues,"
            + " %d handles, %d calls",
        cameras(),
        syncObjects(),
        mediaSources(),
        readers(),
        watches(),
        queues(),
        handles(),
        calls());
  }
}
