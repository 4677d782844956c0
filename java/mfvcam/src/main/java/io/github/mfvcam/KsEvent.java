package io.github.mfvcam;

import static java.util.Objects.requireNonNull;

import java.util.Objects;
import java.util.UUID;

/**
 * A kernel-streaming event of a camera's media source and how often it is to be signalled: the set,
 * id and flags of a {@code KSEVENT}. Immutable.
 *
 * @since 0.1
 */
public final class KsEvent {

  /** How often a sync object is signalled. */
  public enum Mode {
    /** Every time, until the sync object is shut down ({@code KSEVENT_TYPE_ENABLE}). */
    ENABLE(1),
    /** The next time only ({@code KSEVENT_TYPE_ONESHOT}). */
    ONESHOT(2);

    final int flags;

    Mode(int flags) {
      this.flags = flags;
    }
  }

  private final UUID set;
  private final int id;
  private final Mode mode;

  private KsEvent(UUID set, int id, Mode mode) {
    this.set = requireNonNull(set, "set");
    this.id = id;
    this.mode = requireNonNull(mode, "mode");
  }

  /**
   * An event by its set and id.
   *
   * @param set the event set's GUID ({@code KSEVENT.Set})
   * @param id the event within the set ({@code KSEVENT.Id}), an unsigned 32-bit number
   * @param mode how often to signal
   * @return the event
   */
  public static KsEvent of(UUID set, int id, Mode mode) {
    return new KsEvent(set, id, mode);
  }

  /**
   * The same event in another mode.
   *
   * @param mode how often to signal
   * @return the event
   */
  public KsEvent withMode(Mode mode) {
    return new KsEvent(set, id, mode);
  }

  /**
   * The event set's GUID.
   *
   * @return the set
   */
  public UUID set() {
    return set;
  }

  /**
   * The event within the set.
   *
   * @return the id, an unsigned 32-bit number
   */
  public int id() {
    return id;
  }

  /**
   * How often to signal.
   *
   * @return the mode
   */
  public Mode mode() {
    return mode;
  }

  @Override
  public boolean equals(Object other) {
    if (!(other instanceof KsEvent)) {
      return false;
    }
    KsEvent that = (KsEvent) other;
    return set.equals(that.set) && id == that.id && mode == that.mode;
  }

  @Override
  public int hashCode() {
    return Objects.hash(set, id, mode);
  }

  @Override
  public String toString() {
    return "KsEvent " + MfvcamSource.nameOf(set, id) + " " + mode;
  }
}
