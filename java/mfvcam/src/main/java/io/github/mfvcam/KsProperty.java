package io.github.mfvcam;

import static java.util.Objects.requireNonNull;

import java.util.Objects;
import java.util.UUID;

/**
 * A kernel-streaming property of a camera's media source: the set and id of a {@code KSPROPERTY}.
 * Immutable.
 *
 * @since 0.1
 */
public final class KsProperty {

  /** What is asked of a property: the flags of a {@code KSPROPERTY}. */
  public enum Request {
    /** Its value ({@code KSPROPERTY_TYPE_GET}). */
    GET(0x1),
    /** To take a value ({@code KSPROPERTY_TYPE_SET}). */
    SET(0x2),
    /** What it supports ({@code KSPROPERTY_TYPE_BASICSUPPORT}). */
    BASIC_SUPPORT(0x200),
    /** Its default values ({@code KSPROPERTY_TYPE_DEFAULTVALUES}). */
    DEFAULT_VALUES(0x10000);

    final int flags;

    Request(int flags) {
      this.flags = flags;
    }
  }

  private final UUID set;
  private final int id;

  private KsProperty(UUID set, int id) {
    this.set = requireNonNull(set, "set");
    this.id = id;
  }

  /**
   * A property by its set and id.
   *
   * @param set the property set's GUID ({@code KSPROPERTY.Set})
   * @param id the property within the set ({@code KSPROPERTY.Id}), an unsigned 32-bit number
   * @return the property
   */
  public static KsProperty of(UUID set, int id) {
    return new KsProperty(set, id);
  }

  /**
   * The property set's GUID.
   *
   * @return the set
   */
  public UUID set() {
    return set;
  }

  /**
   * The property within the set.
   *
   * @return the id, an unsigned 32-bit number
   */
  public int id() {
    return id;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof KsProperty
        && set.equals(((KsProperty) other).set)
        && id == ((KsProperty) other).id;
  }

  @Override
  public int hashCode() {
    return Objects.hash(set, id);
  }

  @Override
  public String toString() {
    return "KsProperty {" + set + "} " + Integer.toUnsignedString(id);
  }
}
